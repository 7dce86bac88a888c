"""Files to sources: reports with front matter, tables with cards."""
