"""Charts as PowerPoint slides that can still be edited: native charts with their data, tables and shapes.

`to_pptx` is all that a page needs, with `Slide` and `Cover` to say what is shown and `Evidence` where values come from.
"""

from charts.deck.build import to_pptx
from charts.deck.model import Cover, Evidence, Slide

__all__ = ["Cover", "Evidence", "Slide", "to_pptx"]
