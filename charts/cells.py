"""Tiles as the ink of maps and heat tables: one trace of floating bars that carry text and can be clicked."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from charts.layout import PAD, Canvas, Look, balanced, escape, pieces, text_width
from charts.theme import LABEL_SIZE, ink_on

HEAD_SIZE = 11


@dataclass(frozen=True, slots=True)
class Cell:
    """One tile: place (column, row from the top), fill, text lines, hover text, and what a click leads to."""

    column: float
    row: float
    fill: str
    words: str
    hover: str = ""
    id: str | None = None
    edge: str | None = None
    ink: str | None = None


def _margins(names: Sequence[str], heads: Sequence[str], look: Look) -> tuple[list[list[str]], float, float]:
    """Row names in lines, the room that they take, and the width that is left to each column."""
    lines = [balanced(name, look.pixels * 0.34, LABEL_SIZE) for name in names]
    left = PAD + 10 + max((text_width(line) for name in lines for line in name), default=0)
    return lines, left, (look.pixels - left - PAD) / len(heads)


def fit_upright(heads: Sequence[str], names: Sequence[str], look: Look) -> bool:
    """Whether the column heads of a table can stand upright, in lines above one another."""
    return _heads(heads, _margins(names, heads, look)[2], HEAD_SIZE)[3] == 0


def table_canvas(tiles: Sequence[Cell], names: Sequence[str], heads: Sequence[str], row: float, look: Look) -> Canvas:
    """Cells with row names at the left and column heads on top, upright where they fit, else slanted."""
    lines, left, width = _margins(names, heads, look)
    row = max(row, 6 + max(map(len, lines), default=1) * LABEL_SIZE * 1.35)
    size = HEAD_SIZE
    ticktext, above, right, angle = _heads(heads, width, size)
    axes = grid_axes((len(heads), len(names)))
    axes["xaxis"] |= {
        "visible": True, "side": "top", "tickmode": "array", "tickvals": [*range(len(heads))], "ticktext": ticktext,
        "tickangle": angle, "tickfont": {"size": size, "color": look.theme.muted}, "ticks": "", "automargin": True,
        "ticklabeloverflow": "allow",
    }  # fmt: skip
    axes["yaxis"] |= {
        "visible": True, "tickmode": "array", "tickvals": [-n - 0.5 for n in range(len(names))],
        "ticktext": ["<br>".join(map(escape, name)) for name in lines],
        "tickfont": {"size": LABEL_SIZE, "color": look.theme.ink}, "ticks": "",
        "automargin": True, "ticklabelstandoff": 4,
    }  # fmt: skip
    widest = max((text_width(cell.words, size) for cell in tiles), default=0)
    letters = size if widest <= width - 2 else 9
    # What does not fit is left to the hover text and the table; half a number would be read as another one.
    if max((text_width(cell.words, letters) for cell in tiles), default=0) > 0.94 * width:
        tiles = [Cell(c.column, c.row, c.fill, "", c.hover, c.id, c.edge, c.ink) for c in tiles]
    return Canvas(tiles_of(tiles, look, letters), len(names) * row, left, right, above, 4, axes)


def _heads(heads: Sequence[str], width: float, size: float) -> tuple[list[str], float, float, int]:
    """Column heads, the room above and at the right that they need, and their angle.

    In lines above one another where they fit; short ones (years) thinned out, counted from the last; long ones slanted.
    """
    wrapped = [balanced(head, width - 4, size) for head in heads]
    whole = all(text_width(piece, size) <= width for head in heads for piece in pieces(head, size))
    if whole and max(map(len, wrapped)) <= 6:
        return ["<br>".join(map(escape, lines)) for lines in wrapped], 8 + max(map(len, wrapped)) * size * 1.35, PAD, 0
    longest = max(text_width(head, size) for head in heads)
    if longest <= 44:
        step = math.ceil((longest + 6) / width)
        return [escape(h) if (len(heads) - 1 - n) % step == 0 else "" for n, h in enumerate(heads)], 22, PAD + 8, 0
    slanted = [balanced(head, 170, size) for head in heads]
    longest = max(text_width(line, size) for lines in slanted for line in lines)
    more = (max(map(len, slanted)) - 1) * size * 1.35
    ticktext = ["<br>".join(map(escape, lines)) for lines in slanted]
    return ticktext, 14 + (longest + more) * 0.72, max(PAD, (longest + more) * 0.72 - width / 2), -45


def grid_axes(size: tuple[int, int]) -> dict[str, Any]:
    common = {"visible": False, "showgrid": False, "zeroline": False, "fixedrange": True}
    return {"xaxis": {**common, "range": [-0.5, size[0] - 0.5]}, "yaxis": {**common, "range": [-float(size[1]), 0]}}


def tiles_of(cells: Sequence[Cell], look: Look, size: float) -> list[dict[str, Any]]:
    """Tiles as one trace of floating bars: they grow with the page, carry their text, and can be clicked."""
    theme = look.theme
    return [
        {
            "type": "bar", "x": [c.column for c in cells], "y": [0.94] * len(cells),
            "base": [-c.row - 0.97 for c in cells], "width": 0.94, "customdata": [c.id for c in cells],
            "text": [c.words for c in cells], "textposition": "inside",
            "insidetextanchor": "middle", "textangle": 0, "constraintext": "none", "showlegend": False,
            "textfont": {"size": size, "color": [c.ink or ink_on(c.fill) for c in cells]},
            "hovertext": [c.hover for c in cells], "hovertemplate": "%{hovertext}<extra></extra>",
            "marker": {
                "color": [c.fill for c in cells], "cornerradius": 3,
                "line": {
                    "color": [c.edge or theme.background for c in cells],
                    "width": [2.5 if c.edge else 0 for c in cells],
                },
            },
        }
    ]  # fmt: skip
