"""The ink of line charts: traces with their cuts, the single plot, and the grid of small multiples."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from charts.chart import Break
from charts.layout import PAD, Canvas, Look, escape, label, shorten, text_width, value_axis, wrap, year_axis
from charts.linelabels import (
    Line,
    Panel,
    Pen,
    break_marks,
    end_labels,
    end_names,
    reference_line,
    year_of,
    years_of,
)
from charts.numbers import Scale, tick_texts
from charts.points import Point, hover, value_text
from charts.theme import FONT, LABEL_SIZE, readable
from indicators.labels import text

PLOT = {"wide": 360, "narrow": 280}
PANEL = {"wide": 170, "narrow": 150}
VALUE_ROOM = 32
"""Pixels between two points of a year that both have their value written above them: a line of text and two markers."""


def draw(plots: Sequence[Panel], pen: Pen) -> Canvas:
    """All panels on one canvas."""
    years = years_of([line for plot in plots for line in plot.lines])
    pen = replace(pen, span=(years[0], years[-1]))
    canvas = _single(plots[0], pen) if len(plots) == 1 and not plots[0].title else _grid(plots, pen)
    canvas.data = [t for plot in plots for line in reversed(plot.lines) for t in _traces(line, plot, pen)] + canvas.data
    return canvas


def _traces(line: Line, plot: Panel, pen: Pen) -> list[dict[str, Any]]:
    """The traces of one line: actual, derived, then targets with their dotted connector, and requirements."""
    actual = [p for p in line.points if p.kind == "actual"]
    derived = [p for p in line.points if p.kind == "derived"]
    runs = (("actual", actual), ("derived", derived))
    traces = [_run(line, kind, points, plot, pen) for kind, points in runs if points]
    for point in (p for p in line.points if p.kind == "target"):
        before = [p for p in actual if year_of(p) < year_of(point)]
        traces.append(_run(line, "target", [*before[-1:], point], plot, pen))
    traces += [_requirement(line, p, plot, pen) for p in line.points if p.kind == "requirement"]
    return traces


def _run(line: Line, kind: str, points: Sequence[Point], plot: Panel, pen: Pen) -> dict[str, Any]:
    """One trace; None entries cut it where years are missing, the series changes or a break lies between."""
    scale, quiet, target = plot.scale, line.focus is None, kind == "target"
    slots: list[Point | None] = list(points) if target else _with_cuts(points, pen.breaks_of(line))
    crowded = pen.span[1] - pen.span[0] >= (7 if pen.look.narrow or plot.title else 14)
    size = 3 if quiet else 5 if crowded else 7
    marker: dict[str, Any] = {"symbol": line.symbol, "size": size, "color": line.color}
    if kind == "derived":
        marker |= {"symbol": "diamond-open", "size": size + 1, "line": {"width": 1.5, "color": line.color}}
    if target:
        # The connector starts at an actual value that is drawn already: only the target itself gets a marker.
        sizes = [size + 2 if p is not None and p.kind == "target" else 0 for p in slots]
        marker |= {"symbol": f"{line.symbol}-open", "size": sizes, "line": {"width": 2, "color": line.color}}
    width = 1 if quiet else 1.4 if target else 2.4
    solid = kind == "actual" or (kind == "derived" and pen.computed)
    own = [p if p is not None and p.kind == kind else None for p in slots]
    trace: dict[str, Any] = {
        "type": "scatter", "name": escape(line.name), "legendgroup": line.name, "showlegend": False,
        "mode": "lines+markers", "connectgaps": False, "cliponaxis": False,
        "x": [None if p is None else p.year for p in slots],
        "y": [None if p is None else scale.of(p.value) for p in slots],
        "customdata": [None if p is None else p.id for p in own],
        "hovertext": ["" if p is None else hover(p, pen.whats[p.indicator], scale, pen.catalog) for p in own],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "line": {"color": line.color, "width": width, "dash": "solid" if solid else "dot"}, "marker": marker,
        "xaxis": f"x{plot.suffix}", "yaxis": f"y{plot.suffix}", "meta": {"kind": kind},
    }  # fmt: skip
    if any(p is not None and p.low is not None and p.high is not None for p in slots):
        trace["error_y"] = _interval(slots, scale, line.color)
    labelled = _labelled(line, own, plot, pen.look)
    if any(labelled):
        ink = readable(line.color, pen.look.theme.background)
        trace |= {"mode": "lines+markers+text", "text": labelled, "textposition": "top center"}
        trace["textfont"] = {"color": ink, "size": LABEL_SIZE}
    return trace


def _with_cuts(points: Sequence[Point], breaks: Sequence[Break]) -> list[Point | None]:
    slots: list[Point | None] = []
    last: Point | None = None
    for point in points:
        if last is not None and _cut(last, point, breaks):
            slots.append(None)
        slots.append(point)
        last = point
    return slots


def _cut(one: Point, other: Point, breaks: Sequence[Break]) -> bool:
    """Whether no line may be drawn between two points.

    "More than 6 trillion" after 6.45 is no fall: a bound stands by itself.
    """
    missing = year_of(other) - year_of(one) > 1
    apart = bool({"ge", "le"} & {one.comparator, other.comparator}) or one.series != other.series
    return missing or apart or any(year_of(one) < b.year <= year_of(other) for b in breaks)


def _interval(slots: Sequence[Point | None], scale: Scale, color: str) -> dict[str, Any]:
    """Whiskers from `low` to `high` of derived values."""
    above = [scale.of(p.high - p.value) if p and p.high is not None else 0 for p in slots]
    below = [scale.of(p.value - p.low) if p and p.low is not None else 0 for p in slots]
    return {
        "type": "data", "symmetric": False, "array": above, "arrayminus": below, "color": color, "thickness": 1.2,
        "width": 3,
    }  # fmt: skip


def _labelled(line: Line, own: Sequence[Point | None], plot: Panel, look: Look) -> list[str]:
    """Values written at the points themselves: all where the plot holds few, else only points that stand alone.

    The end of a line is labelled in the margin and left out here.
    """
    if line.focus is None:
        return []
    drawn = sum(len(other.points) for other in plot.lines)
    few = len(plot.lines) == 1 and drawn <= (5 if look.narrow or plot.title else 12)
    words = []
    for number, point in enumerate(own):
        before = own[number - 1] if number else None
        after = own[number + 1] if number + 1 < len(own) else None
        alone = before is None and after is None and len(line.points) <= 3 and not plot.title
        shown = few or (alone and point is not None and _has_room(line, point, plot, look))
        ended = point is line.end and not plot.title
        words.append(value_text(point, plot.scale) if shown and point is not None and not ended else "")
    return words


def _has_room(line: Line, point: Point, plot: Panel, look: Look) -> bool:
    """Whether no other line has a point of that year where the value would be written, or be read for this one."""
    pixels = PLOT[look.width] / (plot.span[1] - plot.span[0])
    others = [other for one in plot.lines if one is not line for other in one.points if other.year == point.year]
    return all(abs(plot.scale.of(other.value - point.value)) * pixels >= VALUE_ROOM for other in others)


def _requirement(line: Line, point: Point, plot: Panel, pen: Pen) -> dict[str, Any]:
    """A horizontal dash at the year, or across the plot where the requirement has none."""
    first, last = (point.year, point.year) if point.year is not None else pen.span
    side = 0.45 if point.year is not None else 0.3
    value = plot.scale.of(point.value)
    words = f"{text('charts.kind_requirement', pen.look.lang)} {value_text(point, plot.scale)}"
    return {
        "type": "scatter", "name": escape(line.name), "legendgroup": line.name, "showlegend": False,
        "mode": "lines+text", "x": [first - side, last + side], "y": [value, value],
        "customdata": [point.id] * 2, "text": [words, ""],
        "textposition": "top right", "textfont": {"color": readable(line.color, pen.look.theme.background)},
        "hovertext": [hover(point, pen.whats[point.indicator], plot.scale, pen.catalog)] * 2,
        "hovertemplate": "%{hovertext}<extra></extra>", "cliponaxis": False,
        "line": {"color": line.color, "width": 2, "dash": "dash"}, "meta": {"kind": "requirement"},
        "xaxis": f"x{plot.suffix}", "yaxis": f"y{plot.suffix}",
    }  # fmt: skip


def _single(plot: Panel, pen: Pen) -> Canvas:
    """One plotting area with labels at the line ends, or a legend where the names are too long for the margin."""
    look = pen.look
    height = PLOT[look.width]
    texts = tick_texts(list(plot.ticks))
    left = PAD + 8 + max(text_width(t) for t in texts)
    years = years_of(plot.lines)
    focused = [line for line in plot.lines if line.focus is not None]
    names = end_names(focused, plot, pen)
    longest = max((text_width(name) for name in names), default=0)
    legend = longest > look.pixels * (0.3 if look.narrow else 0.34)
    if legend:
        names = [value_text(line.end, plot.scale) for line in focused]
        longest = max(text_width(name) for name in names)
    right = longest + 16
    width = look.pixels - left - right
    marks, above = break_marks(plot.lines, pen, years, width)
    axes = {
        "xaxis": year_axis(look, years, width),
        "yaxis": value_axis(look, plot.ticks, texts, plot.span),
    }
    unit = label(plot.scale.name, look, x=0, y=1, xref="paper", yref="paper", xanchor="left", yanchor="bottom",
                 xshift=PAD - 2 - round(left), yshift=8 + above, color=look.theme.muted, name="unit")  # fmt: skip
    annotations = [unit, *end_labels(focused, names, plot, look, height), *marks["annotations"]]
    shapes = marks["shapes"] + reference_line(plot, pen)
    keys = _legend_keys(focused, plot) if legend else []
    shown = [line.name for line in focused] if legend else []
    return Canvas(keys, height, left, right, above + 24, 30, axes, annotations, shapes, shown)


def _legend_keys(lines: Sequence[Line], plot: Panel) -> list[dict[str, Any]]:
    """Traces without points that stand in the legend for the lines."""
    return [
        {
            "type": "scatter", "mode": "lines+markers", "x": [None], "y": [None], "name": escape(line.name),
            "legendgroup": line.name, "showlegend": True, "hoverinfo": "skip",
            "line": {"color": line.color, "width": 2.4},
            "marker": {"symbol": line.symbol, "size": 7, "color": line.color},
            "xaxis": f"x{plot.suffix}", "yaxis": f"y{plot.suffix}", "meta": {"kind": "legend"},
        }
        for line in lines
    ]  # fmt: skip


def _grid(plots: Sequence[Panel], pen: Pen) -> Canvas:
    """Small multiples: two columns on a phone, up to four elsewhere; one legend where panels hold several lines."""
    look = pen.look
    columns = min(len(plots), 2 if look.narrow else 3 if len(plots) in (3, 5, 6, 9) else 4 if len(plots) > 4 else 2)
    rows = math.ceil(len(plots) / columns)
    texts = [tick_texts(list(plot.ticks)) for plot in plots]
    tick_room = max(text_width(t) for panel in texts for t in panel) + 10
    left, right = tick_room + PAD, 26.0
    years = sorted({y for plot in plots for y in years_of(plot.lines)})
    total_width = look.pixels - left - right
    gap_x, height = tick_room + 22, float(PANEL[look.width])
    width = (total_width - gap_x * (columns - 1)) / columns
    heads = [_head(plot, width + tick_room, look) for plot in plots]
    above = 10 + 17.0 * max(head.count("<br>") + 1 for head in heads)
    gap_y = 32 + above
    plot_height = rows * height + (rows - 1) * gap_y
    canvas = Canvas([], plot_height, left, right, above, 30)
    for plot, words, head in zip(plots, texts, heads, strict=True):
        row, column = divmod(plot.number, columns)
        x0 = column * (width + gap_x) / total_width
        y1 = 1 - row * (height + gap_y) / plot_height
        domain_x, domain_y = [x0, x0 + width / total_width], [max(y1 - height / plot_height, 0.0), y1]
        x_axis = year_axis(look, years, width) | {"domain": domain_x, "anchor": f"y{plot.suffix}"}
        y_axis = value_axis(look, plot.ticks, words, plot.span) | {"domain": domain_y, "anchor": f"x{plot.suffix}"}
        canvas.axes |= {f"xaxis{plot.suffix}": x_axis, f"yaxis{plot.suffix}": y_axis}
        place = {"x": x0, "y": y1, "xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "bottom"}
        canvas.annotations.append(
            label("", look, **place, align="left", yshift=6, xshift=4 - tick_room, size=LABEL_SIZE + 1, name="panel")
            | {"text": head}
        )
        marks, _ = break_marks(plot.lines, pen, years, width, plot.suffix)
        canvas.shapes += marks["shapes"] + reference_line(plot, pen)
    focused = {line.name: line for plot in plots for line in plot.lines if line.focus is not None}
    if any(len(plot.lines) > 1 for plot in plots):
        canvas.legend = list(focused)
        canvas.data = _legend_keys(list(focused.values()), plots[0])
    return canvas


def _head(plot: Panel, width: float, look: Look) -> str:
    """A panel's title in at most two lines, its unit below."""
    lines = wrap(plot.title, width, LABEL_SIZE + 1)
    if len(lines) > 2:
        lines = [lines[0], shorten("".join(lines[1:]), width, LABEL_SIZE + 1)]
    shown = [escape(line) for line in lines]
    if plot.unit:
        shown.append(f'<span style="color:{look.theme.muted};font-size:{LABEL_SIZE}px">{escape(plot.unit)}</span>')
    return "<br>".join(shown)


def tiny(points: Sequence[Point], scale: Scale, pen: Pen, height: int) -> dict[str, Any]:
    """The figure of a sparkline: a bare line, cut like any other, with its last point marked."""
    theme = pen.look.theme
    slots = _with_cuts(points, ())
    last = len(slots) - 1
    alone = [(n == 0 or slots[n - 1] is None) and (n == last or slots[n + 1] is None) for n in range(len(slots))]
    sizes = [7 if n == last else 4 if single else 0 for n, single in enumerate(alone)]
    values = [scale.of(p.value) for p in points]
    spare = (max(values) - min(values) or abs(values[0]) or 1.0) * 0.18
    hidden = {"visible": False, "fixedrange": True}
    years = [year_of(p) for p in points]
    trace = {
        "type": "scatter", "mode": "lines+markers", "connectgaps": False, "cliponaxis": False, "showlegend": False,
        "x": [None if p is None else p.year for p in slots],
        "y": [None if p is None else scale.of(p.value) for p in slots],
        "customdata": [None if p is None else p.id for p in slots],
        "hovertext": ["" if p is None else hover(p, pen.whats[p.indicator], scale, pen.catalog) for p in slots],
        "hovertemplate": "%{hovertext}<extra></extra>", "line": {"color": theme.accent, "width": 1.8},
        "marker": {"size": sizes, "color": theme.accent},
    }  # fmt: skip
    side = max(0.3, (years[-1] - years[0]) * 0.04)
    layout = {
        "template": {}, "autosize": True, "height": height, "margin": {"t": 4, "b": 4, "l": 4, "r": 6},
        "paper_bgcolor": "rgba(0,0,0,0)", "plot_bgcolor": "rgba(0,0,0,0)", "showlegend": False, "dragmode": False,
        "xaxis": {**hidden, "range": [years[0] - side, years[-1] + side]},
        "yaxis": {**hidden, "range": [min(values) - spare, max(values) + spare]},
        "hoverlabel": {"font": {"family": FONT}},
    }  # fmt: skip
    return {"data": [trace], "layout": layout}
