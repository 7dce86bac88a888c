"""Room on the canvas: how wide text is, where lines break, how labels keep clear of each other, and the figure's frame.

Plotly places what it is told; whether labels fit is decided here from their lengths, in pixels.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Literal

from charts.theme import FONT, FOOT_SIZE, LABEL_SIZE, SUBTITLE_SIZE, THEMES, TITLE_SIZE, Mode, Theme
from indicators.labels import text

Width = Literal["wide", "narrow"]
PIXELS: dict[str, int] = {"wide": 660, "narrow": 340}
"""The least width that a chart of this kind is drawn at; text is wrapped to it, so that nothing is cut off there."""
PAD = 12


@dataclass(frozen=True, slots=True)
class Look:
    """How a chart is shown.

    Attributes:
        lang: `zh` or `en`.
        mode: `light` or `dark`.
        width: `wide` from about 660 px on, `narrow` for a phone (from 340 px on).
    """

    lang: str = "zh"
    mode: Mode = "light"
    width: Width = "wide"

    @property
    def theme(self) -> Theme:
        return THEMES[self.mode]

    @property
    def pixels(self) -> int:
        return PIXELS[self.width]

    @property
    def narrow(self) -> bool:
        return self.width == "narrow"


_NEVER_FIRST = "，。；：、）》！？”’,.;:)%"
_NEVER_LAST = "（《“‘("


@lru_cache(maxsize=4096)
def text_width(words: str, size: float = LABEL_SIZE) -> float:
    """Width in pixels, slightly generous: a Chinese character is one em, capitals and digits about 0.6."""
    ems = 0.0
    for character in words:
        if unicodedata.east_asian_width(character) in "WF" or character in "“”‘’…—≥≤≈●○◇╌■□▤▨":
            ems += 1.0
        elif character.isupper() or character in "mwMW%@&":
            ems += 0.72
        elif character in " .,:;'|!ijlI()[]":
            ems += 0.34
        else:
            ems += 0.58
    return ems * size


def wrap(words: str, width: float, size: float) -> list[str]:
    """Lines no wider than `width` pixels: broken at spaces in Latin text, in Chinese anywhere but at punctuation."""
    lines: list[str] = []
    line, room = "", 0.0
    for piece in pieces(words, size, width):
        wide = text_width(piece, size)
        if line and room + wide > width and piece[0] not in _NEVER_FIRST and line[-1] not in _NEVER_LAST:
            lines.append(line.rstrip())
            line, room = "", 0.0
            piece = piece.lstrip()
            wide = text_width(piece, size)
        line, room = line + piece, room + wide
    return [*lines, line.rstrip()] if line.strip() else lines or [""]


def balanced(words: str, width: float, size: float) -> list[str]:
    """As `wrap`, with lines of about the same length, so that no single character is left on the last one."""
    lines = wrap(words, width, size)
    if len(lines) < 2:
        return lines
    whole = max(text_width(piece, size) for piece in pieces(words, size))
    for narrower in (text_width(words, size) / len(lines) + size * step for step in (0.3, 0.8, 1.3, 2.0)):
        tried = wrap(words, min(max(narrower, whole), width), size)
        if len(tried) == len(lines):
            return tried
    return lines


def pieces(words: str, size: float, width: float = math.inf) -> list[str]:
    """Unbreakable pieces: a Chinese character, or a Latin word with the space before it, cut if wider than a line."""
    found: list[str] = []
    for character in words:
        wide = unicodedata.east_asian_width(character) in "WF"
        new = not found or wide or character == " " or unicodedata.east_asian_width(found[-1][-1]) in "WF"
        if new or text_width(found[-1] + character, size) > width:
            found.append(character)
        else:
            found[-1] += character
    return found


def shorten(words: str, width: float, size: float = LABEL_SIZE) -> str:
    """The text, or as much of it as fits with an ellipsis."""
    if text_width(words, size) <= width:
        return words
    while words and text_width(words + "…", size) > width:
        words = words[:-1]
    return words.rstrip() + "…"


def escape(words: str) -> str:
    """Text for Plotly, which reads a little HTML in labels."""
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def spread(places: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Positions as near as can be to `places`, at least `gap` apart and inside [low, high]; the order is kept.

    Where there is no room for all, the gap is made smaller evenly. Method: without the gaps, places in order may only
    rise; isotonic regression (pooling neighbours that do not) finds the nearest such places.
    """
    count = len(places)
    gap = min(gap, (high - low) / max(count - 1, 1))
    order = sorted(range(count), key=lambda i: places[i])
    blocks: list[tuple[float, int]] = []
    for rank, i in enumerate(order):
        total, members = places[i] - rank * gap, 1
        while blocks and blocks[-1][0] / blocks[-1][1] > total / members:
            before = blocks.pop()
            total, members = total + before[0], members + before[1]
        blocks.append((total, members))
    level = [
        min(max(total / members, low), high - gap * (count - 1)) for total, members in blocks for _ in range(members)
    ]
    found = [0.0] * count
    for rank, i in enumerate(order):
        found[i] = level[rank] + rank * gap
    return found


@dataclass(slots=True)
class Canvas:
    """What `assemble` frames: the traces and what lies over them, sizes in pixels around the plotting area.

    Attributes:
        plot: Height of the plotting area.
        left, right, above, below: Room that labels need beside it (title, notes and source are added by the frame).
        axes: Layout entries such as `xaxis`, `yaxis`, `xaxis2`.
        legend: Names in the legend; empty when series are labelled directly.
    """

    data: list[dict[str, Any]]
    plot: float
    left: float
    right: float = 16
    above: float = 0
    below: float = 28
    axes: dict[str, Any] = field(default_factory=dict)
    annotations: list[dict[str, Any]] = field(default_factory=list)
    shapes: list[dict[str, Any]] = field(default_factory=list)
    legend: Sequence[str] = ()


def assemble(look: Look, canvas: Canvas, *, title: str, subtitle: str, foot: Sequence[str]) -> dict[str, Any]:
    """The whole figure as a plain dict: title and subtitle above, legend, then notes and source line below the plot."""
    theme, inner = look.theme, look.pixels - 2 * PAD
    size = TITLE_SIZE[look.width]
    heads = balanced(title, inner, size * 1.06)  # bold
    subs = wrap(subtitle, inner, SUBTITLE_SIZE) if subtitle else []
    feet = [line for part in foot for line in wrap(part, inner, FOOT_SIZE)]
    rows = _legend_rows(canvas.legend, inner)
    top = PAD + len(heads) * size * 1.3 + len(subs) * SUBTITLE_SIZE * 1.45 + 12 + canvas.above
    footer = len(feet) * FOOT_SIZE * 1.4 + PAD
    bottom = canvas.below + rows * 22 + 8 + footer
    below_title = top - PAD - len(heads) * size * 1.3 - 4
    layout: dict[str, Any] = {
        "template": {},
        "autosize": True,
        "height": round(top + canvas.plot + bottom),
        "margin": {"t": round(top), "b": round(bottom), "l": round(canvas.left), "r": round(canvas.right), "pad": 0},
        "paper_bgcolor": theme.background,
        "plot_bgcolor": theme.background,
        "font": {"family": FONT, "size": LABEL_SIZE, "color": theme.ink},
        "showlegend": bool(canvas.legend),
        "legend": {
            "orientation": "h", "x": 0.01, "xref": "container", "xanchor": "left", "yref": "container",
            "y": (footer + 2) / (top + canvas.plot + bottom), "yanchor": "bottom", "font": {"size": LABEL_SIZE},
            "itemclick": False, "itemdoubleclick": False, "bgcolor": "rgba(0,0,0,0)",
        },
        "hoverlabel": {
            "bgcolor": theme.surface, "bordercolor": theme.axis, "align": "left",
            "font": {"family": FONT, "size": LABEL_SIZE + 1, "color": theme.ink},
        },
        "hovermode": "closest",
        "clickmode": "event+select",
        "dragmode": False,
        "annotations": [
            _beside("title", heads, canvas.left, top - PAD, "top", size, theme.ink),
            _beside("subtitle", subs, canvas.left, below_title, "top", SUBTITLE_SIZE, theme.muted),
            *canvas.annotations,
            _beside("source", feet, canvas.left, PAD / 2 - bottom, "bottom", FOOT_SIZE, theme.muted),
        ],
        "shapes": canvas.shapes,
        **canvas.axes,
    }  # fmt: skip
    return {"data": canvas.data, "layout": layout}


def _beside(
    name: str, lines: Sequence[str], left: float, shift: float, anchor: str, size: float, color: str
) -> dict[str, Any]:
    """Text at the figure's left edge: title and subtitle above the plot, notes and source below it.

    They are annotations, because Plotly's own title is not placed reliably when it has several lines.
    """
    words = "<br>".join(map(escape, lines))
    return {
        "name": name, "text": f"<b>{words}</b>" if name == "title" else words, "xref": "paper", "yref": "paper", "x": 0,
        "y": 1 if anchor == "top" else 0, "xanchor": "left", "yanchor": anchor, "xshift": PAD - round(left) - 2,
        "yshift": round(shift), "align": "left", "showarrow": False, "borderpad": 0, "visible": bool(lines),
        "font": {"size": size, "color": color},
    }  # fmt: skip


def _legend_rows(names: Sequence[str], inner: float) -> int:
    if not names:
        return 0
    rows, room = 1, 0.0
    for name in names:
        wide = text_width(name) + 50
        if room and room + wide > inner:
            rows, room = rows + 1, 0.0
        room += wide
    return rows


def label(words: str, look: Look, **options: Any) -> dict[str, Any]:
    """An annotation without arrow; options are Plotly's, `color` and `size` go to the font."""
    font = {"size": options.pop("size", LABEL_SIZE), "color": options.pop("color", look.theme.ink)}
    return {"text": escape(words), "showarrow": False, "font": font, **options}


def value_axis(look: Look, values: Sequence[float], texts: Sequence[str], span: tuple[float, float]) -> dict[str, Any]:
    """A value axis with given ticks, hairline grid and a firmer zero line."""
    theme = look.theme
    return {
        "range": list(span), "tickmode": "array", "tickvals": list(values), "ticktext": list(texts), "showgrid": True,
        "gridcolor": theme.grid, "gridwidth": 1, "zeroline": span[0] < 0 < span[1], "zerolinecolor": theme.axis,
        "zerolinewidth": 1.2, "showline": False, "ticks": "", "tickfont": {"color": theme.muted}, "fixedrange": True,
        "automargin": True, "ticklabelstandoff": 4,
    }  # fmt: skip


def unit_title(name: str, look: Look) -> dict[str, Any]:
    """An axis title that names the unit."""
    words = text("charts.unit_line", look.lang, unit=name)
    return {"text": escape(words), "font": {"size": LABEL_SIZE, "color": look.theme.muted}, "standoff": 8}


def halo(look: Look, color: str | None = None, reach: int = 1) -> dict[str, Any]:
    """Font of text that may lie over a line: an edge in the background's colour keeps it readable.

    Args:
        reach: Pixels around each character; 1 leaves a dashed line visible between two digits.
    """
    ground = look.theme.background
    rings = [(-far, 0, far) for far in range(1, reach + 1)]
    shadow = ", ".join(f"{x}px {y}px 1px {ground}" for ring in rings for x in ring for y in ring if x or y)
    return {"size": LABEL_SIZE, "color": color or look.theme.ink, "shadow": shadow}


def year_axis(look: Look, years: Sequence[int], width: float) -> dict[str, Any]:
    """A time axis with whole years only; the last year always has a tick."""
    theme = look.theme
    first, last = min(years), max(years)
    room = max(2, int(width // 46))
    step = next((s for s in (1, 2, 5, 10, 20, 50) if (last - first) / s < room), 100)
    shown = list(range(last, first - 1, -step))[::-1]
    side = 0.35 if last - first < 8 else 0.02 * (last - first) + 0.2
    return {
        "range": [first - side, last + side], "tickmode": "array", "tickvals": shown, "ticktext": [*map(str, shown)],
        "showgrid": False, "zeroline": False, "showline": True, "linecolor": theme.axis, "ticks": "outside",
        "tickcolor": theme.axis, "ticklen": 4, "tickfont": {"color": theme.muted}, "fixedrange": True,
        "automargin": True,
    }  # fmt: skip
