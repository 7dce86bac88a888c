"""From sources to editions: read, clean, extract, map, check, publish. The command line is `python -m etl`."""
