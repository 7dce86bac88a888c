"""The ink of a slope: lines from one year to another, and their names spread at both ends."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from charts.layout import PAD, Canvas, Look, escape, label, shorten, spread, text_width
from charts.matched import Pair, Pairs
from charts.numbers import Scale
from charts.points import hover, marker_of, value_text
from charts.theme import LABEL_SIZE, readable, series_style
from indicators.catalog import Catalog
from indicators.compare import ranks
from indicators.labels import text

SLOPE_GAP = 16
NAMED = 12
"""By value only so many regions are all named; of more, those in colour."""
FOCUS = 8
"""So many regions are coloured at most."""


def slope_canvas(
    pairs: Pairs, highlight: Sequence[str], by: str, years: tuple[int, int], catalog: Catalog, look: Look
) -> Canvas:
    members, scale = pairs.members, pairs.scale
    focus = ([p for p in members if p.last.region in highlight] or members)[:FOCUS]
    styles = {
        id(pair): series_style(focus.index(pair), look.mode) if pair in focus else (look.theme.rest, "circle")
        for pair in members
    }
    named = members if by == "rank" or len(members) <= NAMED else focus
    ends = [heights(members, side, by, pairs) for side in (0, 1)]
    words = [_slope_words(named, side, by, ends[side], members, scale) for side in (0, 1)]
    most = look.pixels * 0.36
    words = [[shorten(w, most) for w in side] for side in words]
    least = min(320.0, len(members) * 40.0 + 20.0) if by == "rank" else 320.0
    height = max(least, len(named) * SLOPE_GAP + 20.0)
    every = [*ends[0], *ends[1]]
    low, high = min(every), max(every)
    spare = (high - low or 1.0) * max(0.04, 14 / height)
    span = (low - spare, high + spare)
    margins = [PAD + 12 + max(map(text_width, side)) for side in words]
    data = [
        _slope_trace(pair, styles[id(pair)], (ends[0][n], ends[1][n]), pair in focus, pairs, catalog)
        for n, pair in reversed(list(enumerate(members)))
    ]
    annotations = [
        a
        for side in (0, 1)
        for a in _slope_labels(
            named, words[side], [ends[side][members.index(p)] for p in named], side, styles, span, height, look
        )
    ]
    axes = {
        "xaxis": {
            "range": [0, 1], "tickmode": "array", "tickvals": [0, 1],
            "ticktext": [text("charts.year", look.lang, year=y) for y in years], "side": "top", "showgrid": True,
            "gridcolor": look.theme.axis, "zeroline": False, "ticks": "", "fixedrange": True,
            "tickfont": {"size": LABEL_SIZE + 1, "color": look.theme.ink},
        },
        "yaxis": {"range": [*span], "visible": False, "fixedrange": True},
    }  # fmt: skip
    return Canvas(data, height, margins[0], margins[1], 24, 10, axes, annotations)


def heights(members: Sequence[Pair], side: int, by: str, pairs: Pairs) -> list[float]:
    """Where each line starts or ends: the plotted value, or the rank upside down."""
    values = [(p.first, p.last)[side].value for p in members]
    if by == "rank":
        return [-float(r) for r in ranks(values, lower_is_better=pairs.indicator.direction == "lower")]
    return [pairs.scale.of(v) for v in values]


def _slope_words(
    named: Sequence[Pair], side: int, by: str, heights: Sequence[float], members: Sequence[Pair], scale: Scale
) -> list[str]:
    """Name and value (or rank) for the left ends, value and name for the right ones."""
    found = []
    for pair in named:
        place = heights[members.index(pair)]
        value = str(round(-place)) if by == "rank" else value_text((pair.first, pair.last)[side], scale)
        found.append(f"{pair.name} {value}" if side == 0 else f"{value} {pair.name}")
    return found


def _slope_trace(
    pair: Pair, style: tuple[str, str], ends: tuple[float, float], lit: bool, pairs: Pairs, catalog: Catalog
) -> dict[str, Any]:
    color, symbol = style
    return {
        "type": "scatter", "mode": "lines+markers", "name": escape(pair.name), "showlegend": False, "cliponaxis": False,
        "x": [0, 1], "y": list(ends), "customdata": [pair.first.id, pair.last.id],
        "hovertext": [hover(p, pairs.what, pairs.scale, catalog) for p in (pair.first, pair.last)],
        "hovertemplate": "%{hovertext}<extra></extra>", "line": {"color": color, "width": 2.4 if lit else 1.2},
        "marker": {
            "symbol": [marker_of(p, symbol) for p in (pair.first, pair.last)], "size": 7 if lit else 5, "color": color,
        },
    }  # fmt: skip


def _slope_labels(
    members: Sequence[Pair], words: Sequence[str], heights: Sequence[float], side: int,
    styles: dict[int, tuple[str, str]], span: tuple[float, float], height: float, look: Look,
) -> list[dict[str, Any]]:  # fmt: skip
    """Names at the ends, spread so that none touches another; a hairline leads from a moved label to its point."""
    theme = look.theme
    wanted = [(h - span[0]) / (span[1] - span[0]) * height for h in heights]
    places = spread(wanted, SLOPE_GAP - 1, 4, height - 4)
    found = []
    for pair, line, at, want, place in zip(members, words, heights, wanted, places, strict=True):
        color = styles[id(pair)][0]
        ink = theme.muted if color == theme.rest else readable(color, theme.background)
        options: dict[str, Any] = {"x": side, "y": at, "xref": "x", "yref": "y", "yanchor": "middle", "color": ink}
        options |= {"xanchor": "right", "align": "right"} if side == 0 else {"xanchor": "left", "align": "left"}
        out = -1 if side == 0 else 1
        if abs(place - want) < 3:
            found.append(label(line, look, **options, xshift=8 * out, yshift=place - want))
        else:
            arrow = {"showarrow": True, "arrowhead": 0, "arrowwidth": 0.7, "arrowcolor": color, "standoff": 5}
            found.append({**label(line, look, **options), **arrow, "ax": 12 * out, "ay": want - place})
    return found
