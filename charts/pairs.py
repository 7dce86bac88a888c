"""Two years side by side: dumbbell and slope."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import pandas as pd

from charts.bar import only_indicator, ranks, span_with_room
from charts.chart import Break, Chart, break_note, breaks_for, empty_chart, finish, titled, what_is_shown
from charts.layout import (
    PAD,
    Canvas,
    Look,
    escape,
    halo,
    label,
    shorten,
    spread,
    text_width,
    unit_title,
    value_axis,
)
from charts.numbers import Scale, axis_scale, compact, tick_texts, ticks
from charts.points import Point, hover, marker_of, points_of, region_label, table_of, value_text
from charts.theme import LABEL_SIZE, readable, series_style
from indicators.catalog import Catalog, Indicator
from indicators.labels import text

ROW = {"wide": 23, "narrow": 22}
SLOPE_GAP = 16
NAMED = 12
FOCUS = 8


@dataclass(frozen=True, slots=True)
class Pair:
    """The two values of one region (and grade and scope)."""

    name: str
    first: Point
    last: Point


@dataclass(frozen=True, slots=True)
class Pairs:
    """What both charts need: the pairs, best later value first, and how to write them."""

    members: list[Pair]
    indicator: Indicator
    scale: Scale
    what: str
    title: str
    notes: list[str]


def dumbbell(
    frame: pd.DataFrame,
    catalog: Catalog,
    look: Look,
    *,
    first: int,
    last: int,
    source: str = "",
    title: str | None = None,
    value_label: str | None = None,
    unit: str | None = None,
    highlight: Sequence[str] = (),
    limit: int | None = None,
    breaks: Sequence[Break] = (),
    notes: Sequence[str] = (),
) -> Chart:
    """Each region's value in two years on one line: hollow for the earlier year, filled for the later one.

    Only actual and derived values of regions that have both years are drawn; the others are counted in a note.

    Args:
        frame: Observations of one indicator and unit; rows of other years are left out.
        first, last: The two years.
        limit: Only so many regions with the best later values; highlighted ones always stay.
        breaks: A break between the two years is told in a note.
        source, title, value_label, unit, highlight, notes: As in `line.trend`.
    Raises:
        ValueError: The frame holds several indicators or units.
    """
    pairs = _pairs(frame, catalog, look, first, last, title, value_label, unit, breaks)
    if isinstance(pairs, Chart):
        return pairs
    members, said = pairs.members, [*notes, *pairs.notes]
    if limit is not None and len(members) > limit:
        kept = [p for n, p in enumerate(members) if n < limit or p.last.region in highlight]
        said.append(text("charts.note_shortened", look.lang, all=len(members), n=len(kept)))
        members = kept
    canvas = _dumbbell_canvas(members, pairs, highlight, catalog, look)
    key = f"○ {text('charts.year', look.lang, year=first)}  ● {text('charts.year', look.lang, year=last)}"
    return _finished("dumbbell", canvas, members, pairs, said, key, source, catalog, look)


def slope(
    frame: pd.DataFrame,
    catalog: Catalog,
    look: Look,
    *,
    first: int,
    last: int,
    source: str = "",
    title: str | None = None,
    place: str = "",
    value_label: str | None = None,
    unit: str | None = None,
    highlight: Sequence[str] = (),
    by: Literal["value", "rank"] = "value",
    breaks: Sequence[Break] = (),
    notes: Sequence[str] = (),
) -> Chart:
    """A line from each region's earlier to its later value, or rank, with its name at both ends.

    Arguments as in `dumbbell`; `by="rank"` places regions by competition rank among those with both values, and the
    title names them by `place`. Up to eight regions are coloured (`highlight`, else the best later values), the others
    are grey. By value only those in colour are named where there are more than twelve, since names could not stand near
    their points.
    """
    pairs = _pairs(frame, catalog, look, first, last, title, value_label, unit, breaks)
    if isinstance(pairs, Chart):
        return pairs
    canvas = _slope_canvas(pairs, highlight, by, (first, last), catalog, look)
    if by == "rank" and title is None:
        when = text("charts.two_years", look.lang, first=first, last=last)
        what = text("charts.what_of", look.lang, what=pairs.what, measure=text("charts.measure_rank", look.lang))
        pairs = replace(pairs, title=titled(look.lang, what=what, when=when, place=place))
    said = [*notes, *pairs.notes]
    if by == "value" and len(pairs.members) > NAMED:
        coloured = sum(p.last.region in highlight for p in pairs.members) or FOCUS
        said.append(text("charts.note_rest", look.lang, n=len(pairs.members) - min(coloured, FOCUS)))
    unit_shown = text("charts.rank_axis", look.lang) if by == "rank" else pairs.scale.name
    key = text("charts.unit_line", look.lang, unit=unit_shown)
    chart = _finished("slope", canvas, pairs.members, pairs, said, key, source, catalog, look)
    if by == "value":
        return chart
    places = [_heights(pairs.members, side, by, pairs) for side in (0, 1)]
    chart.table["rank"] = [round(-place) for both in zip(*places, strict=True) for place in both]
    return replace(chart, unit=unit_shown)


def _pairs(
    frame: pd.DataFrame, catalog: Catalog, look: Look, first: int, last: int, title: str | None,
    value_label: str | None, unit: str | None, breaks: Sequence[Break],
) -> Pairs | Chart:  # fmt: skip
    """Match the two years; an empty chart where nothing matches."""
    points = [p for p in points_of(frame, unit=unit) if p.year in (first, last) and p.kind in ("actual", "derived")]
    lines: dict[Any, dict[int | None, Point]] = {}
    for point in points:
        lines.setdefault(point.line, {})[point.year] = point
    members = [
        Pair(region_label(years[last], catalog, look.lang), years[first], years[last])
        for years in lines.values()
        if first in years and last in years
    ]
    if not members:
        return empty_chart("pairs", look.lang, first=first, last=last)
    indicator = only_indicator(points, catalog)
    lower = indicator.direction == "lower"
    members.sort(key=lambda p: (p.last.value if lower else -p.last.value, p.last.region))
    values = [v for p in members for v in (p.first.value, p.last.value)]
    scale = axis_scale(values, points[0].unit, look.lang, catalog, indicator=indicator)
    what = what_is_shown(indicator, points[0].measure, value_label, look.lang)
    when = text("charts.two_years", look.lang, first=first, last=last)
    notes = _between(members, breaks, first, last, look.lang)
    missing = len(lines) - len(members)
    if missing:
        notes.append(text("charts.note_incomplete", look.lang, n=missing))
    heading = title or titled(look.lang, what=what, when=when, unit=scale.name)
    return Pairs(members, indicator, scale, what, heading, notes)


def _between(members: Sequence[Pair], breaks: Sequence[Break], first: int, last: int, lang: str) -> list[str]:
    """Notes on breaks that lie between the two years, and on pairs whose values are of different series."""
    found: dict[tuple[int, str], None] = {}
    for pair in members:
        series = (pair.first.series, pair.last.series)
        for b in breaks_for(breaks, indicator=pair.last.indicator, region=pair.last.region, series=series):
            if first < b.year <= last:
                found[(b.year, b.text)] = None
    notes = [break_note(year, words, lang) for year, words in sorted(found)]
    apart = [pair.name for pair in members if pair.first.series != pair.last.series]
    if apart:
        names = text("charts.list_comma", lang).join(apart[:5]) + ("…" if len(apart) > 5 else "")
        notes.append(text("charts.note_series_differ", lang, names=names))
    return notes


def _finished(
    kind: str, canvas: Canvas, members: Sequence[Pair], pairs: Pairs, notes: Sequence[str], key: str, source: str,
    catalog: Catalog, look: Look,
) -> Chart:  # fmt: skip
    lang, scale = look.lang, pairs.scale
    latest = [p.last for p in members]
    best = members[0]
    mover = max(members, key=lambda p: abs(p.last.value - p.first.value))
    change = mover.last.value - mover.first.value
    # A share changes by percentage points, never by percent.
    change_unit = "percentage_point" if scale.unit == "percent" else scale.unit
    written = compact(change, change_unit, lang, catalog, indicator=pairs.indicator, sign=True)
    alt = text(
        "charts.alt_pairs", lang, title=pairs.title, n=len(members), last=best.last.year,
        low=scale.full(min(p.value for p in latest)), high=scale.full(max(p.value for p in latest)), leader=best.name,
        value=scale.full(best.last.value), mover=mover.name, change=written,
    )  # fmt: skip
    drawn = [p for pair in members for p in (pair.first, pair.last)]
    derived = text("charts.key_derived", lang) if any(p.kind == "derived" for p in drawn) else ""
    key = "   ".join(part for part in (key, derived) if part)
    return finish(
        look, canvas, table=table_of(drawn, catalog, {pairs.indicator.id: scale}, lang), title=pairs.title,
        unit=scale.name, subtitle=key, source=source, notes=notes, alt=alt, kind=kind,
        labels={
            "names": [pair.name for pair in members],
            "heads": [text("charts.year", lang, year=p.year) for p in (best.first, best.last)],
        },
    )  # fmt: skip


def _dumbbell_canvas(
    members: Sequence[Pair], pairs: Pairs, highlight: Sequence[str], catalog: Catalog, look: Look
) -> Canvas:
    scale, theme = pairs.scale, look.theme
    names = [shorten(pair.name, look.pixels * 0.4) for pair in members]
    left = PAD + 12 + max(map(text_width, names))
    values = [scale.of(v) for pair in members for v in (pair.first.value, pair.last.value)]
    labels = [(value_text(p.first, scale), value_text(p.last, scale)) for p in members]
    room = max(text_width(words) for both in labels for words in both) + 14
    low, high = min(values), max(values)
    low = 0.0 if 0 < low < 0.5 * high else low
    width = look.pixels - left - 16
    span = span_with_room(low, high, width, room, room)
    marks = [t for t in ticks(low, high, 4 if look.narrow else 6) if span[0] <= t <= span[1]]
    rows = range(len(members))
    colors = [theme.accent if not highlight or p.last.region in highlight else theme.rest for p in members]
    axes = {
        "xaxis": value_axis(look, marks, tick_texts(marks), span) | {
            "title": unit_title(scale.name, look), "zeroline": low < 0 < high,
        },
        "yaxis": {
            "range": [len(members) - 0.4, -0.6], "tickmode": "array", "tickvals": [*rows],
            "ticktext": [*map(escape, names)],
            "showgrid": False, "zeroline": False, "ticks": "", "fixedrange": True, "automargin": True,
            "tickfont": {"size": LABEL_SIZE, "color": theme.ink}, "ticklabelstandoff": 6,
        },
    }  # fmt: skip
    joints = {
        "type": "scatter", "mode": "lines", "hoverinfo": "skip", "showlegend": False, "meta": {"kind": "joint"},
        "x": [x for p in members for x in (scale.of(p.first.value), scale.of(p.last.value), None)],
        "y": [y for row in rows for y in (row, row, None)], "line": {"color": theme.rest, "width": 3},
    }  # fmt: skip
    ends = [_ends(members, colors, labels, number, pairs, catalog, look) for number in (0, 1)]
    return Canvas([joints, *ends], len(members) * ROW[look.width] + 8, left, 16, 0, 46, axes)


def _ends(
    members: Sequence[Pair], colors: Sequence[str], labels: Sequence[tuple[str, str]], number: int, pairs: Pairs,
    catalog: Catalog, look: Look,
) -> dict[str, Any]:  # fmt: skip
    """The markers of one year, with the value on the side that is away from the other year."""
    points = [(p.first, p.last)[number] for p in members]
    others = [(p.last, p.first)[number] for p in members]
    right = [p.value > o.value or (p.value == o.value and number == 1) for p, o in zip(points, others, strict=True)]
    # The earlier end is hollow by its fill: an open symbol would lose it.
    marks = ["diamond" if p.kind == "derived" else "circle" for p in points]
    ink = look.theme.muted if number == 0 else look.theme.ink
    fill = [look.theme.background] * len(points) if number == 0 else list(colors)
    return {
        "type": "scatter", "mode": "markers+text", "showlegend": False, "cliponaxis": False,
        "x": [pairs.scale.of(p.value) for p in points], "y": [*range(len(points))],
        "customdata": [p.id for p in points], "text": [both[number] for both in labels],
        "textposition": ["middle right" if side else "middle left" for side in right],
        "textfont": halo(look, ink),
        "marker": {"symbol": marks, "size": 10, "color": fill, "line": {"color": list(colors), "width": 2}},
        "hovertext": [hover(p, pairs.what, pairs.scale, catalog) for p in points],
        "hovertemplate": "%{hovertext}<extra></extra>", "meta": {"kind": "first" if number == 0 else "last"},
    }  # fmt: skip


def _slope_canvas(
    pairs: Pairs, highlight: Sequence[str], by: str, years: tuple[int, int], catalog: Catalog, look: Look
) -> Canvas:
    members, scale = pairs.members, pairs.scale
    focus = ([p for p in members if p.last.region in highlight] or members)[:FOCUS]
    styles = {
        id(pair): series_style(focus.index(pair), look.mode) if pair in focus else (look.theme.rest, "circle")
        for pair in members
    }
    named = members if by == "rank" or len(members) <= NAMED else focus
    heights = [_heights(members, side, by, pairs) for side in (0, 1)]
    words = [_slope_words(named, side, by, heights[side], members, scale) for side in (0, 1)]
    most = look.pixels * 0.36
    words = [[shorten(w, most) for w in side] for side in words]
    least = min(320.0, len(members) * 40.0 + 20.0) if by == "rank" else 320.0
    height = max(least, len(named) * SLOPE_GAP + 20.0)
    every = [*heights[0], *heights[1]]
    low, high = min(every), max(every)
    spare = (high - low or 1.0) * max(0.04, 14 / height)
    span = (low - spare, high + spare)
    margins = [PAD + 12 + max(map(text_width, side)) for side in words]
    data = [
        _slope_trace(pair, styles[id(pair)], (heights[0][n], heights[1][n]), pair in focus, pairs, catalog)
        for n, pair in reversed(list(enumerate(members)))
    ]
    annotations = [
        a
        for side in (0, 1)
        for a in _slope_labels(
            named, words[side], [heights[side][members.index(p)] for p in named], side, styles, span, height, look
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


def _heights(members: Sequence[Pair], side: int, by: str, pairs: Pairs) -> list[float]:
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
