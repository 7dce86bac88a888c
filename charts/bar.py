"""Horizontal bars: rankings of regions, and the few figures that a report gives."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from charts.chart import (
    Chart,
    empty_chart,
    finish,
    kinds_line,
    qualified,
    region_name,
    titled,
    what_is_shown,
    when,
)
from charts.layout import PAD, Canvas, Look, escape, halo, shorten, text_width, unit_title, value_axis, wrap
from charts.numbers import Scale, axis_scale, tick_texts, ticks
from charts.points import Point, hover, limits, only_indicator, points_of, region_label, table_of, value_text
from charts.reference import Reference, far_notes, reference_marks, references
from charts.theme import LABEL_SIZE, blend
from indicators.catalog import Catalog, Indicator
from indicators.compare import ranks
from indicators.labels import text

ROW = {"wide": 21, "narrow": 20}
FEW_ROW = 34
PATTERN = {"derived": "/", "requirement": "-"}


def ranking(
    frame: pd.DataFrame,
    catalog: Catalog,
    look: Look,
    *,
    source: str = "",
    title: str | None = None,
    value_label: str | None = None,
    unit: str | None = None,
    highlight: Sequence[str] = (),
    reference: str | None = None,
    median: bool = True,
    limit: int | None = None,
    notes: Sequence[str] = (),
) -> Chart:
    """Regions in order of one indicator, best first.

    Ranks are competition ranks of the unrounded actual values; targets (hollow), requirements and derived values
    (hatched) stand in their place without a rank. ≥, ≤ and ≈ stand before values that a source prints so; grade and
    scope stand in brackets behind the region, the year too where the years differ.

    Args:
        frame: Observations of one indicator and unit, one row for each bar.
        source, title, value_label, unit, notes: As in `line.trend`.
        highlight: Region codes in full colour; the others are pale. Without it all bars have one colour.
        reference: Code of a region whose value is a line instead of a bar, as the country's.
        median: Draw the median of the ranked values, where there are five or more.
        limit: List only so many bars from the top; highlighted ones always stay.
    Raises:
        ValueError: The frame holds several indicators or units.
    """
    points = points_of(frame, unit=unit)
    bars = [p for p in points if p.region != reference]
    if not bars:
        return empty_chart("frame", look.lang, source=source)
    indicator = only_indicator(points, catalog)
    place = _ranked(bars, indicator)
    lower = indicator.direction == "lower"
    bars.sort(key=lambda p: (p.value if lower else -p.value, p.region))
    every = len(bars)
    scale = axis_scale((p.value for p in bars), bars[0].unit, look.lang, catalog, indicator=indicator)
    apart = [p for p in points if p.region == reference]
    ranked = [p for p in bars if median and id(p) in place]
    lines, far = references(apart, bars, ranked, catalog, look.lang), far_notes(apart, bars, scale, catalog, look.lang)
    if limit is not None:
        bars = [p for n, p in enumerate(bars) if n < limit or p.region in highlight]
    what = what_is_shown(indicator, bars[0].measure, value_label, look.lang)
    years = [p.year for p in bars]
    mixed = len(set(years)) > 1
    names = [_bar_name(p, place.get(id(p)), mixed, catalog, look.lang) for p in bars]
    focus = [not highlight or p.region in highlight for p in bars]
    canvas = _bars(bars, names, focus, scale, what, lines, catalog, look, ROW[look.width])
    heading = title or titled(look.lang, what=what, when=when(years, look.lang), unit=scale.name)
    table = table_of(bars, catalog, {indicator.id: scale}, look.lang)
    table.insert(0, "rank", pd.array([place.get(id(p)) for p in bars], dtype="Int64"))
    said = [*notes, *far, *_notes(bars, mixed, look.lang)]
    if len(place) < len(bars):
        said.append(text("charts.note_unranked", look.lang))
    if len(bars) < every:
        said.append(text("charts.note_shortened", look.lang, all=every, n=len(bars)))
    best = bars[0]
    alt = text(
        "charts.alt_ranking", look.lang, title=heading, n=len(bars), low=scale.full(min(p.value for p in bars)),
        high=scale.full(max(p.value for p in bars)), leader=region_label(best, catalog, look.lang),
        value=scale.full(best.value),
    )  # fmt: skip
    return finish(
        look,
        canvas,
        table=table,
        title=heading,
        unit=scale.name,
        subtitle=kinds_line((p.kind for p in bars), look.lang, "glyph_bar"),
        source=source,
        notes=said,
        alt=alt,
        kind="ranking",
        labels={"names": names},
    )


def figures(
    frame: pd.DataFrame,
    catalog: Catalog,
    look: Look,
    *,
    source: str = "",
    title: str | None = None,
    value_label: str | None = None,
    unit: str | None = None,
    notes: Sequence[str] = (),
) -> Chart:
    """The few values that reports give of one indicator, a bar each, oldest first; year and limits in the label.

    For values too sparse for a line. Arguments as in `ranking`.

    Raises:
        ValueError: The frame holds several indicators or units.
    """
    bars = points_of(frame, unit=unit)
    if not bars:
        return empty_chart("frame", look.lang, source=source)
    indicator = only_indicator(bars, catalog)
    lang = look.lang
    bars.sort(key=lambda p: (p.region, p.year is None, p.year or 0, p.kind, p.scope or "", p.grade or ""))
    regions = list(dict.fromkeys(p.region for p in bars))
    scale = axis_scale((p.value for p in bars), bars[0].unit, lang, catalog, indicator=indicator)
    what = what_is_shown(indicator, bars[0].measure, value_label, lang)
    names = [_figure_name(p, len(regions) > 1, catalog, lang) for p in bars]
    canvas = _bars(bars, names, [True] * len(bars), scale, what, [], catalog, look, FEW_ROW)
    place = region_name(catalog, regions[0], lang) if len(regions) == 1 else ""
    heading = title or titled(lang, what=what, when=when((p.year for p in bars), lang), unit=scale.name, place=place)
    latest = max(bars, key=lambda p: p.year or 0)
    alt = text(
        "charts.alt_figures", lang, title=heading, n=len(bars), low=scale.full(min(p.value for p in bars)),
        high=scale.full(max(p.value for p in bars)), leader=names[bars.index(latest)], value=scale.full(latest.value),
    )  # fmt: skip
    return finish(
        look,
        canvas,
        table=table_of(bars, catalog, {indicator.id: scale}, lang),
        title=heading,
        unit=scale.name,
        subtitle=kinds_line((p.kind for p in bars), lang, "glyph_bar"),
        source=source,
        notes=[*notes, *_notes(bars, False, lang)],
        alt=alt,
        kind="figures",
        labels={"names": names},
    )


def _ranked(bars: Sequence[Point], indicator: Indicator) -> dict[int, int]:
    """Ranks by the identity of the point: of actual values, of derived ones where the chart holds nothing else."""
    kinds = {p.kind for p in bars}
    ranked = [p for p in bars if p.kind == ("derived" if kinds == {"derived"} else "actual")]
    places = ranks([p.value for p in ranked], lower_is_better=indicator.direction == "lower")
    return {id(p): rank for p, rank in zip(ranked, places, strict=True)}


def _bar_name(point: Point, rank: int | None, mixed_years: bool, catalog: Catalog, lang: str) -> str:
    year = text("charts.no_year", lang) if point.year is None else str(point.year)
    grade, scope = limits(point, catalog, lang)
    name = qualified(region_name(catalog, point.region, lang), lang, year if mixed_years else None, grade, scope)
    return f"{rank}  {name}" if rank is not None else name


def _figure_name(point: Point, several_regions: bool, catalog: Catalog, lang: str) -> str:
    year = when([point.year], lang)
    region = f"{region_name(catalog, point.region, lang)} " if several_regions else ""
    kind = None if point.kind == "actual" else text(f"charts.kind_{point.kind}", lang)
    return qualified(region + year, lang, kind, *limits(point, catalog, lang))


def _notes(bars: Sequence[Point], mixed_years: bool, lang: str) -> list[str]:
    conditions = {
        "note_years_differ": mixed_years,
        "note_scope": len({(p.scope, p.grade) for p in bars}) > 1,
        "note_comparator": any(p.comparator != "eq" for p in bars),
    }
    return [text(f"charts.{key}", lang) for key, holds in conditions.items() if holds]


def _bars(
    bars: Sequence[Point], names: Sequence[str], focus: Sequence[bool], scale: Scale, what: str,
    references: Sequence[Reference], catalog: Catalog, look: Look, row: float,
) -> Canvas:  # fmt: skip
    """The canvas of horizontal bars, the first on top, each with its value at the end."""
    share, most = 0.4 if look.narrow else 0.36, 2 if row >= FEW_ROW else 1
    rows_of = [_name_lines(name, look.pixels * share, most) for name in names]
    words = [value_text(p, scale) for p in bars]
    left = PAD + 12 + max(text_width(part) for parts in rows_of for part in parts)
    values = [scale.of(p.value) for p in bars]
    reach = [*values, *(scale.of(r.value) for r in references), 0.0]
    low, high = min(reach), max(reach)
    width = look.pixels - left - 16
    room = max(map(text_width, words)) + 10
    span = span_with_room(low, high, width, room if low < 0 else 0, room if high > 0 else 0)
    marks = [t for t in ticks(low, high, 4 if look.narrow else 6) if span[0] <= t <= span[1]]
    above, annotations, shapes = reference_marks(references, scale, look, span, width)
    rows = list(range(len(bars)))
    axes = {
        # Anywhere in its row a bar can be pointed at: a short one is too small a mark.
        "hovermode": "y",
        "xaxis": value_axis(look, marks, tick_texts(marks), span) | {"title": unit_title(scale.name, look)},
        "yaxis": {
            "range": [len(bars) - 0.4, -0.6], "tickmode": "array", "tickvals": rows,
            "ticktext": ["<br>".join(map(escape, parts)) for parts in rows_of],
            "showgrid": False, "zeroline": False, "ticks": "", "fixedrange": True, "automargin": True,
            "tickfont": {"size": LABEL_SIZE, "color": look.theme.ink}, "ticklabelstandoff": 6,
        },
    }  # fmt: skip
    trace = {
        "type": "bar", "orientation": "h", "x": values, "y": rows, "customdata": [p.id for p in bars],
        "text": words, "textposition": "outside", "cliponaxis": False, "constraintext": "none", "textangle": 0,
        "textfont": halo(look, reach=3), "width": 0.72, "showlegend": False,
        "hovertext": [hover(p, what, scale, catalog) for p in bars], "hovertemplate": "%{hovertext}<extra></extra>",
        "marker": _fills(bars, focus, look), "meta": {"kinds": [p.kind for p in bars]},
    }  # fmt: skip
    return Canvas([trace], len(bars) * row + 8, left, 16, above, 46, axes, annotations, shapes)


def _name_lines(name: str, width: float, most: int) -> list[str]:
    """A bar's name in at most so many lines; what does not fit ends in an ellipsis."""
    lines = wrap(name, width, LABEL_SIZE)
    return lines if len(lines) <= most else [*lines[: most - 1], shorten("".join(lines[most - 1 :]), width)]


def span_with_room(low: float, high: float, width: float, left: float, right: float) -> tuple[float, float]:
    """The range of a horizontal axis that leaves so many pixels for labels beside the outermost values."""
    extent = high - low or abs(high) or 1.0
    each = extent / max(width - left - right, 60)
    return low - each * left, high + each * max(right, 0 if high > low else 1)


def _fills(bars: Sequence[Point], focus: Sequence[bool], look: Look) -> dict[str, Any]:
    """Solid for actual values, hollow for targets, hatched for requirements and derived values."""
    theme = look.theme
    pale = blend(theme.accent, theme.background, 0.62)
    colors = [theme.accent if lit else pale for lit in focus]
    return {
        "color": [theme.background if p.kind == "target" else c for p, c in zip(bars, colors, strict=True)],
        "line": {"color": colors, "width": [0 if p.kind == "actual" else 1.6 for p in bars]},
        "pattern": {
            "shape": [PATTERN.get(p.kind, "") for p in bars], "fgcolor": colors, "bgcolor": theme.background, "size": 6,
            "solidity": 0.35,
        },
        "cornerradius": 2,
    }  # fmt: skip
