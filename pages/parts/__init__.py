"""What the pages share: the choice in the URL, widgets, evidence, the frame around a chart."""
