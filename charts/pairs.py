"""Two years side by side: dumbbell and slope."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Literal

import pandas as pd

from charts.bar import span_with_room
from charts.chart import Break, Chart, finish, titled
from charts.layout import (
    PAD,
    Canvas,
    Look,
    escape,
    halo,
    shorten,
    text_width,
    unit_title,
    value_axis,
)
from charts.matched import Pair, Pairs, matched
from charts.numbers import compact, tick_texts, ticks
from charts.points import hover, table_of, value_text
from charts.slopework import FOCUS, NAMED, heights, slope_canvas
from charts.theme import LABEL_SIZE
from indicators.catalog import Catalog
from indicators.labels import text

ROW = {"wide": 23, "narrow": 22}


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
    pairs = matched(frame, catalog, look, first, last, title, value_label, unit, breaks)
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
    pairs = matched(frame, catalog, look, first, last, title, value_label, unit, breaks)
    if isinstance(pairs, Chart):
        return pairs
    canvas = slope_canvas(pairs, highlight, by, (first, last), catalog, look)
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
    places = [heights(pairs.members, side, by, pairs) for side in (0, 1)]
    chart.table["rank"] = [round(-place) for both in zip(*places, strict=True) for place in both]
    return replace(chart, unit=unit_shown)


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
