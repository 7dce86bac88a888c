"""The values of two years matched by region: what a dumbbell and a slope are drawn of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from charts.chart import Break, Chart, break_note, breaks_for, empty_chart, titled, what_is_shown
from charts.layout import Look
from charts.numbers import Scale, axis_scale
from charts.points import Point, only_indicator, points_of, region_label
from indicators.catalog import Catalog, Indicator
from indicators.labels import text


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


def matched(
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
