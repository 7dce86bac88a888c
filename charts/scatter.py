"""Two indicators against each other."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from typing import Any

import pandas as pd

from charts.axes import LEAST, Axis, axis_of
from charts.chart import Chart, empty_chart, finish, kinds_line, titled, when
from charts.layout import PAD, Canvas, Look, escape, halo, text_width, wrap
from charts.pointlabels import LABEL, Box, place_labels
from charts.points import Point, hover, marker_of, points_of, region_label, table_of
from charts.theme import LABEL_SIZE
from indicators.catalog import Catalog
from indicators.fit import Line
from indicators.labels import text

PLOT = {"wide": 400, "narrow": 300}


def scatter(
    frame: pd.DataFrame,
    catalog: Catalog,
    look: Look,
    *,
    x: str,
    y: str,
    source: str = "",
    title: str | None = None,
    place: str = "",
    x_label: str | None = None,
    y_label: str | None = None,
    x_unit: str | None = None,
    y_unit: str | None = None,
    log_x: bool = False,
    log_y: bool = False,
    highlight: Sequence[str] = (),
    medians: bool = True,
    line: Line | None = None,
    notes: Sequence[str] = (),
) -> Chart:
    """Regions as points, one indicator across and one upwards, with names where they do not collide.

    Args:
        frame: Rows of both indicators, at most one row for each region and indicator (of one year, normally).
        x, y: Indicator ids.
        x_label, y_label, x_unit, y_unit: Where values were computed (per head, growth): what they are, and their unit.
        log_x, log_y: Logarithmic axis; zero and negative values cannot be drawn there and are counted in a note.
        highlight: Region codes in full colour; the others are pale.
        medians: A cross of dashed lines at the medians.
        line: A line through the points, in canonical units and on the same axes (`indicators.fit.judge`).
        place: Among whom, for the title.
        source, title, notes: As in `line.trend`.
    Raises:
        ValueError: A region has several rows of one indicator.
    """
    pairs, notes_found = _matched(frame, look.lang, (x, x_unit, log_x), (y, y_unit, log_y))
    if not pairs:
        # Only regions with both values that no logarithmic axis takes leave a note behind.
        return empty_chart("scatter_log" if notes_found else "scatter", look.lang, source=source)
    shown = [(x, x_label, log_x), (y, y_label, log_y)]
    axes = [
        axis_of([pair[n] for pair in pairs], name, words, log, catalog, look)
        for n, (name, words, log) in enumerate(shown)
    ]
    names = [region_label(pair[0], catalog, look.lang) for pair in pairs]
    canvas = _canvas(pairs, names, axes, highlight, medians, catalog, look)
    if line is not None:
        canvas.data.insert(0, _line(line, axes, look))
    across, up = axes
    both = [p for pair in pairs for p in pair]
    whats = text("charts.versus", look.lang, y=up.what, x=across.what)
    heading = title or titled(look.lang, what=whats, when=when((p.year for p in both), look.lang), place=place)
    if len({p.year for p in both}) > 1:
        notes_found.append(text("charts.note_years_differ", look.lang))
    if log_x or log_y:
        notes_found.append(text("charts.note_log", look.lang))
    sides = [[pair[n].value for pair in pairs] for n in (0, 1)]
    leaders = [names[side.index(max(side))] for side in sides]
    alt = text(
        "charts.alt_scatter", look.lang, title=heading, n=len(pairs), xleader=leaders[0], yleader=leaders[1],
        xlow=across.scale.full(min(sides[0])), xhigh=across.scale.full(max(sides[0])),
        ylow=up.scale.full(min(sides[1])), yhigh=up.scale.full(max(sides[1])),
    )  # fmt: skip
    if line is not None:
        alt += text(f"charts.alt_line_{'up' if line.slope > 0 else 'down'}", look.lang)
    unit = text("charts.dot", look.lang).join(dict.fromkeys(axis.scale.name for axis in axes))
    key = kinds_line((p.kind for p in both), look.lang)
    return finish(
        look, canvas, table=table_of(both, catalog, {a.indicator: a.scale for a in axes}, look.lang), title=heading,
        unit=unit, subtitle=key, source=source, notes=[*notes, *notes_found], alt=alt, kind="scatter",
        labels={
            "names": names, "heads": [text("charts.axis", look.lang, what=a.what, unit=a.scale.name) for a in axes],
        },
    )  # fmt: skip


def _matched(
    frame: pd.DataFrame, lang: str, *wanted: tuple[str, str | None, bool]
) -> tuple[list[tuple[Point, Point]], list[str]]:
    """Regions with both values, and notes on those that have one or cannot be drawn."""
    sides: list[dict[tuple[Any, ...], Point]] = []
    for name, unit, _ in wanted:
        side: dict[tuple[Any, ...], Point] = {}
        rows = frame[frame["indicator"] == name] if "indicator" in frame else frame
        for point in points_of(rows, unit=unit):
            if side.setdefault(point.line[1:], point) is not point:
                raise ValueError(f"{name}: region {point.region} has several values; choose one year and kind")
        sides.append(side)
    both = [key for key in sides[0] if key in sides[1]]
    drawn = [
        k
        for k in both
        if all(not log or side[k].value > LEAST for side, (_, _, log) in zip(sides, wanted, strict=True))
    ]
    notes = []
    incomplete = len({*sides[0], *sides[1]}) - len(both)
    if incomplete and both:
        notes.append(text("charts.note_incomplete", lang, n=incomplete))
    if len(both) > len(drawn):
        notes.append(text("charts.note_not_positive", lang, n=len(both) - len(drawn)))
    return [(sides[0][k], sides[1][k]) for k in drawn], notes


def _canvas(
    pairs: Sequence[tuple[Point, Point]], names: Sequence[str], axes: Sequence[Axis], highlight: Sequence[str],
    medians: bool, catalog: Catalog, look: Look,
) -> Canvas:  # fmt: skip
    across, up = axes
    heads = [text("charts.axis", look.lang, what=a.what, unit=a.scale.name) for a in axes]
    left = PAD + 12 + max(map(text_width, up.texts()))
    height, right = PLOT[look.width], 24.0
    width = look.pixels - left - right
    up_lines = wrap(heads[1], look.pixels - 2 * PAD, LABEL_SIZE)
    across_lines = wrap(heads[0], width, LABEL_SIZE)
    layout_axes = {"xaxis": across.layout(look), "yaxis": up.layout(look)}
    layout_axes["xaxis"]["title"] = {
        "text": "<br>".join(map(escape, across_lines)), "standoff": 8,
        "font": {"size": LABEL_SIZE, "color": look.theme.muted},
    }  # fmt: skip
    head = {
        "text": "<br>".join(map(escape, up_lines)), "x": 0, "y": 1, "xref": "paper", "yref": "paper", "xanchor": "left",
        "yanchor": "bottom", "xshift": PAD - 2 - round(left), "yshift": 8, "showarrow": False, "align": "left",
        "font": {"size": LABEL_SIZE, "color": look.theme.muted}, "name": "unit",
    }  # fmt: skip
    crossed = _medians(pairs, axes, look) if medians and len(pairs) >= 5 else []
    data = [_median_line(n, *middle, axes, look) for n, middle in enumerate(crossed)]
    boxes = [_median_box(n, *middle, axes, (width, height)) for n, middle in enumerate(crossed)]
    data.append(_points(pairs, names, axes, highlight, (width, height), boxes, catalog, look))
    above, below = 10 + 17 * len(up_lines), 32 + 17 * len(across_lines)
    return Canvas(data, height, left, right, above, below, layout_axes, [head])


def _points(
    pairs: Sequence[tuple[Point, Point]], names: Sequence[str], axes: Sequence[Axis], highlight: Sequence[str],
    size: tuple[float, float], taken: Sequence[Box], catalog: Catalog, look: Look,
) -> dict[str, Any]:  # fmt: skip
    theme = look.theme
    lit = [not highlight or pair[0].region in highlight for pair in pairs]
    plotted = [tuple(axis.scale.of(p.value) for p, axis in zip(pair, axes, strict=True)) for pair in pairs]
    places = [(axes[0].part(px) * size[0], axes[1].part(py) * size[1]) for px, py in plotted]
    positions = place_labels(places, names, lit if highlight else None, size, obstacles=taken)
    hovers = [
        "<br>".join(hover(p, a.what, a.scale, catalog) for p, a in zip(pair, axes, strict=True)) for pair in pairs
    ]
    return {
        "type": "scatter", "mode": "markers+text", "showlegend": False, "cliponaxis": False,
        "x": [p[0] for p in plotted], "y": [p[1] for p in plotted],
        "customdata": [[p.id for p in pair] for pair in pairs],
        "text": [escape(name) if place else "" for name, place in zip(names, positions, strict=True)],
        "textposition": [place or "middle right" for place in positions],
        "textfont": halo(look) | {"size": LABEL, "color": [theme.ink if on else theme.muted for on in lit]},
        "hovertext": hovers, "hovertemplate": "%{hovertext}<extra></extra>",
        "marker": {
            "symbol": [marker_of(max(pair, key=lambda p: p.kind != "actual"), "circle") for pair in pairs],
            "size": [11 if on and highlight else 9 for on in lit],
            "color": [theme.accent if on else theme.rest for on in lit],
            "line": {"color": theme.background, "width": 1}, "opacity": 0.95,
        },
    }  # fmt: skip


def _medians(pairs: Sequence[tuple[Point, Point]], axes: Sequence[Axis], look: Look) -> list[tuple[float, str]]:
    """Where each axis's median lies on it, and what stands at its line."""
    found = []
    for n, axis in enumerate(axes):
        middle = statistics.median(pair[n].value for pair in pairs)
        found.append((axis.scale.of(middle), f"\u00a0{text('charts.median', look.lang)} {axis.scale.text(middle)}"))
    return found


def _median_line(number: int, at: float, words: str, axes: Sequence[Axis], look: Look) -> dict[str, Any]:
    """One line of the cross at the medians, with its value at the end."""
    other = axes[1 - number].span
    ends: dict[str, Any] = {"x": [at, at], "y": [*other]} if number == 0 else {"x": [*other], "y": [at, at]}
    return {
        "type": "scatter", "mode": "lines+text", **ends, "text": ["", words], "hoverinfo": "skip",
        "textposition": "bottom right" if number == 0 else "top left", "showlegend": False, "cliponaxis": False,
        "line": {"color": look.theme.axis, "width": 1.2, "dash": "dash"}, "meta": {"kind": "median"},
        "textfont": halo(look, look.theme.muted) | {"size": LABEL},
    }  # fmt: skip


def _median_box(number: int, at: float, words: str, axes: Sequence[Axis], size: tuple[float, float]) -> Box:
    """The room that the words at a median's line take, in pixels from the lower left corner."""
    wide, tall = text_width(words, LABEL), LABEL * 1.4
    if number == 0:
        left = axes[0].part(at) * size[0]
        return left, size[1] - tall, left + wide, size[1]
    foot = axes[1].part(at) * size[1]
    return size[0] - wide, foot, size[0], foot + tall


def _line(line: Line, axes: Sequence[Axis], look: Look) -> dict[str, Any]:
    """The line from the smallest to the largest value across; what leaves the plot is cut off there."""
    across, up = axes
    return {
        "type": "scatter", "mode": "lines", "showlegend": False, "hoverinfo": "skip", "meta": {"kind": "fit"},
        "x": [across.scale.of(x) for x in line.ends], "y": [up.scale.of(line.at(x)) for x in line.ends],
        "line": {"color": look.theme.accent, "width": 2},
    }  # fmt: skip
