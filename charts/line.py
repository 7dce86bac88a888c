"""Lines over years: one or several series, in one plot or as small multiples."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

import pandas as pd

from charts.chart import (
    Break,
    Chart,
    break_note,
    empty_chart,
    finish,
    kinds_line,
    qualified,
    region_name,
    titled,
    what_is_shown,
    when,
)  # fmt: skip
from charts.layout import Look
from charts.linelabels import Line, Panel, Pen, year_of
from charts.linework import draw, tiny
from charts.numbers import Scale, axis_scale, ticks
from charts.points import LineKey, Point, limits, points_of, table_of
from charts.theme import series_style
from indicators.catalog import Catalog
from indicators.labels import text

Panels = Literal["indicator", "region"]
FOCUS = 8
"""At most so many series in colour; the others are grey."""


def trend(
    frame: pd.DataFrame,
    catalog: Catalog,
    look: Look,
    *,
    source: str = "",
    title: str | None = None,
    value_label: str | None = None,
    unit: str | None = None,
    panels: Panels | None = None,
    highlight: Sequence[str] = (),
    breaks: Sequence[Break] = (),
    reference: float | None = None,
    notes: Sequence[str] = (),
) -> Chart:
    """Series over years.

    A line is one indicator of one region (and grade and scope). Missing years leave a gap; a break, or values of
    different `series`, cut the line. Targets are hollow and joined by dots, requirements are dashes, derived values are
    open diamonds on a dotted line. Indicators of different units never share an axis: they get a panel each.

    Args:
        frame: Observations: region, indicator, year, value, and unit unless given; further columns as they have.
        source: The line below the chart, of `chart.source_line`.
        title: Replaces the title that the frame gives.
        value_label: What the values are, where they are not the indicator itself (同比增速, 指数).
        unit: Canonical unit of computed values (`percent` for growth, `index`).
        panels: One panel for each indicator or region; otherwise one plot.
        highlight: Region codes or indicator ids in colour; the others are grey. Without it up to eight series are
            coloured, those with the largest latest values first.
        breaks: Where figures stop being comparable.
        reference: A value with a reference line, as 100 of an index.
        notes: Further notes for the reader.
    Returns:
        Empty when no row has a value and a year.
    """
    everything = points_of(frame, unit=unit)
    if not everything:
        return empty_chart("frame", look.lang, source=source)
    dated = [p for p in everything if p.year is not None or p.kind == "requirement"]
    if all(p.year is None for p in dated):
        return empty_chart("years", look.lang, source=source)
    ids = list(dict.fromkeys(p.indicator for p in dated))
    if panels is None and len({p.unit for p in dated}) > 1:
        panels = "indicator"
    lines = _lines(dated, catalog, look, panels, highlight)
    plots = _panels(lines, catalog, look, panels, reference)
    whats = {i: what_is_shown(catalog.indicators[i], dated[0].measure, value_label, look.lang) for i in ids}
    canvas = draw(plots, Pen(look, catalog, whats, tuple(breaks), reference, all(p.kind == "derived" for p in dated)))
    scales = {p.indicator: plot.scale for plot in plots for line in plot.lines for p in line.points}
    units = list(dict.fromkeys(plot.scale.name for plot in plots))
    drawn = [p for line in lines for p in line.points]
    heading = title or _title(drawn, catalog, look.lang, value_label, units)
    said = [*notes, *_notes(plots, lines, len(everything) - len(dated), breaks, look.lang, panels)]
    return finish(
        look,
        canvas,
        table=table_of(drawn, catalog, scales, look.lang),
        title=heading,
        unit=text("charts.dot", look.lang).join(units),
        subtitle=kinds_line((p.kind for p in drawn), look.lang),
        source=source,
        notes=said,
        alt=_alt(heading, drawn, lines, scales, catalog, look.lang),
        kind="trend",
    )


def _lines(
    points: list[Point], catalog: Catalog, look: Look, panels: Panels | None, highlight: Sequence[str]
) -> list[Line]:
    """Group the points into lines, decide which are in colour, and name them by what tells them apart."""
    groups: dict[LineKey, list[Point]] = {}
    for point in points:
        groups.setdefault(point.line, []).append(point)
    keys = list(groups)
    many_regions = len({k[1] for k in keys}) > 1 and panels != "region"
    many_indicators = len({k[0] for k in keys}) > 1 and panels != "indicator"
    focus = _focus(groups, highlight, panels)
    lines = []
    for key in keys:
        first = groups[key][0]
        parts = [region_name(catalog, key[1], look.lang)] if many_regions or not many_indicators else []
        parts += [catalog.indicators[key[0]].name(look.lang)] if many_indicators else []
        name = qualified(text("charts.dot", look.lang).join(parts), look.lang, *limits(first, catalog, look.lang))
        number = focus.get(key)
        color, symbol = (look.theme.rest, "circle") if number is None else series_style(number, look.mode)
        lines.append(Line(name, tuple(sorted(groups[key], key=year_of)), number, color, symbol))
    return sorted(lines, key=lambda line: FOCUS if line.focus is None else line.focus)


def _focus(groups: dict[LineKey, list[Point]], highlight: Sequence[str], panels: Panels | None) -> dict[LineKey, int]:
    """Colour numbers of the lines in focus. The same region (or indicator) keeps its colour in all panels."""

    def identity(key: LineKey) -> tuple[str | None, ...]:
        return {"indicator": key[1:], "region": (key[0], *key[2:])}.get(panels or "", key)

    chosen = [k for h in highlight for k in groups if h in (k[0], k[1])]
    if not chosen:
        chosen = list(groups)
        if len({identity(k) for k in chosen}) > FOCUS:
            chosen.sort(key=lambda k: -max(groups[k], key=year_of).value)
    order = list(dict.fromkeys(identity(k) for k in chosen))[:FOCUS]
    return {k: order.index(identity(k)) for k in groups if identity(k) in order}


def _panels(
    lines: list[Line], catalog: Catalog, look: Look, panels: Panels | None, reference: float | None
) -> list[Panel]:
    """One panel for all lines, or one each; panels of the same unit by region share scale and range."""
    if panels is None:
        return [_panel("", lines, [p for line in lines for p in line.points], catalog, look, reference, 0)]
    groups: dict[str, list[Line]] = {}
    for line in lines:
        first = line.points[0]
        groups.setdefault(first.indicator if panels == "indicator" else first.region, []).append(line)
    plots = []
    for number, (key, members) in enumerate(groups.items()):
        if panels == "indicator":
            name, measured = catalog.indicators[key].name(look.lang), members
        else:
            name, measured = region_name(catalog, key, look.lang), lines
        measured_points = [p for line in measured for p in line.points]
        plot = _panel(name, members, measured_points, catalog, look, reference, number)
        if panels == "indicator":
            plot = replace(plot, unit=plot.scale.name)
        plots.append(plot)
    return plots


def _panel(
    title: str, lines: Sequence[Line], measured: list[Point], catalog: Catalog, look: Look, reference: float | None,
    number: int,
) -> Panel:  # fmt: skip
    """A panel whose scale and range fit all `measured` points."""
    entry = catalog.indicators[measured[0].indicator]
    scale = axis_scale((p.value for p in measured), measured[0].unit, look.lang, catalog, indicator=entry)
    values = [scale.of(v) for p in measured for v in (p.value, p.low, p.high) if v is not None]
    if reference is not None:
        values.append(scale.of(reference))
    low, high = min(values), max(values)
    # A line may start above zero only where the movement would otherwise be lost; the chart then says so.
    if low > 0 and low < 0.6 * high:
        low = 0.0
    if high < 0 and high > 0.6 * low:
        high = 0.0
    marks = ticks(low, high, 7 if not look.narrow and not title else 5)
    spare = (marks[-1] - marks[0]) * 0.04
    span = (marks[0] - (spare if min(values) <= marks[0] != 0 else 0), max(marks[-1], high + spare))
    return Panel(title, tuple(lines), scale, tuple(marks), span, number)


def _title(points: list[Point], catalog: Catalog, lang: str, value_label: str | None, units: list[str]) -> str:
    """What, when and in which unit; the place where all lines are of one region.

    An index says its base, which is its unit.
    """
    regions = list(dict.fromkeys(p.region for p in points))
    entries = [catalog.indicators[name] for name in dict.fromkeys(p.indicator for p in points)]
    names = [what_is_shown(entry, points[0].measure, value_label, lang) for entry in entries]
    if len(names) > 1 and value_label:
        names = [*(entry.name(lang) for entry in entries[:-1]), names[-1]]
    what = text("charts.list_comma", lang).join(names)
    if len(names) > 2:
        what = text("charts.indicators_n", lang, n=len(names))
        what = text("charts.what_of", lang, what=what, measure=value_label) if value_label else what
    place = region_name(catalog, regions[0], lang) if len(regions) == 1 else ""
    unit = units[0] if len(units) == 1 and not (value_label and points[0].unit == "index") else ""
    return titled(lang, what=what, when=when((p.year for p in points), lang), unit=unit, place=place)


def _notes(
    plots: list[Panel], lines: list[Line], undated: int, breaks: Sequence[Break], lang: str, panels: Panels | None
) -> list[str]:
    """What the chart itself has to tell the reader."""
    said = []
    covered = {p.year for line in lines for p in line.points}
    first = min(y for y in covered if y is not None)
    last = max(y for y in covered if y is not None)
    for b in {(b.year, b.text): b for b in breaks if first < b.year <= last}.values():
        said.append(break_note(b.year, b.text, lang))
    if any(plot.span[0] > 0 for plot in plots):
        said.append(text("charts.note_axis_cut", lang))
    if len(plots) > 1 and len({(plot.scale.name, plot.span) for plot in plots}) > 1:
        said.append(text("charts.note_own_axes", lang))
    rest = sum(line.focus is None for line in lines)
    if rest:
        said.append(text("charts.note_rest", lang, n=rest))
    if undated:
        said.append(text("charts.note_no_year", lang, n=undated))
    if any(p.scope or p.grade for line in lines for p in line.points) and panels is None and len(lines) > 1:
        said.append(text("charts.note_scope", lang))
    if any(p.comparator != "eq" for line in lines for p in line.points):
        said.append(text("charts.note_comparator", lang))
    return said


def _alt(
    title: str, points: list[Point], lines: list[Line], scales: dict[str, Scale], catalog: Catalog, lang: str
) -> str:
    """Range, latest year and who leads in it; for each indicator where there are several."""
    names = {id(p): line.name for line in lines for p in line.points}
    indicators = list(dict.fromkeys(p.indicator for p in points))
    said = []
    for indicator in indicators:
        own = [p for p in points if p.indicator == indicator]
        measured = [p for p in own if p.kind in ("actual", "derived")] or own
        last = max(year_of(p) for p in measured)
        leader = max((p for p in measured if year_of(p) == last), key=lambda p: p.value)
        low, high = min(p.value for p in measured), max(p.value for p in measured)
        scale = scales[indicator]
        said.append(
            text(
                "charts.alt_trend_of" if len(indicators) > 1 else "charts.alt_trend_one",
                lang,
                what=catalog.indicators[indicator].name(lang),
                low=scale.full(low),
                high=scale.full(high),
                year=last,
                leader=names[id(leader)],
                value=scale.full(leader.value),
            )
        )
    joined = text("charts.semicolon", lang).join(said)
    return text(
        "charts.alt_trend", lang, title=title, n=len(lines), when=when((p.year for p in points), lang), said=joined
    )


def sparkline(
    frame: pd.DataFrame,
    catalog: Catalog,
    look: Look,
    *,
    value_label: str | None = None,
    unit: str | None = None,
    height: int = 44,
) -> Chart:
    """A tiny line of one series without axes, its last value marked; for a cell of a page beside the number.

    Args:
        frame: Observations of one region and indicator; actual and derived values with a year are drawn.
        height: In pixels; the width is that of the place it stands in.
    Returns:
        Empty when no row has a value and a year. The figure has no title or source: the page has them beside it.
    """
    drawn = (p for p in points_of(frame, unit=unit) if p.year is not None and p.kind in ("actual", "derived"))
    points = sorted(drawn, key=year_of)
    if not points:
        return empty_chart("frame", look.lang)
    indicator = catalog.indicators[points[0].indicator]
    scale = axis_scale((p.value for p in points), points[0].unit, look.lang, catalog, indicator=indicator)
    what = what_is_shown(indicator, points[0].measure, value_label, look.lang)
    alt = text(
        "charts.alt_spark", look.lang, what=what, first=points[0].year, last=points[-1].year,
        low=scale.full(points[0].value), high=scale.full(points[-1].value),
    )  # fmt: skip
    pen = Pen(look, catalog, {indicator.id: what}, (), None)
    table = table_of(points, catalog, {indicator.id: scale}, look.lang)
    return Chart(tiny(points, scale, pen, height), table, what, scale.name, "", alt)
