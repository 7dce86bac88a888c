"""Tables of tiles: regions by indicators, and where there are data at all."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import Any, Literal

import pandas as pd

from charts.cells import Cell, fit_upright, table_canvas
from charts.chart import Chart, empty_chart, finish, headed, kinds_line, region_name, when
from charts.layout import Look, escape
from charts.numbers import Scale, axis_scale, plain
from charts.points import Point, hover, kind_mark, points_of, table_of, value_text
from charts.theme import ramp
from indicators.catalog import Catalog
from indicators.compare import ranks
from indicators.distribution import percentile
from indicators.labels import text

Show = Literal["rank", "value", "percentile"]


def heat_table(
    frame: pd.DataFrame,
    catalog: Catalog,
    look: Look,
    *,
    source: str = "",
    title: str | None = None,
    place: str = "",
    show: Show = "rank",
    highlight: Sequence[str] = (),
    notes: Sequence[str] = (),
) -> Chart:
    """Regions by indicators: colour is the percentile within each indicator, the text is rank, value or percentile.

    Better, by the catalogue's direction, is further along the scale (larger where neither is better). Percentile: share
    of the other regions that are worse, ties counted half. Rows in order of their mean percentile.

    Args:
        frame: Actual values, at most one for each region and indicator.
        show: What the cells say.
        highlight: Region codes whose cells get a firm edge.
        place: Among whom, for the title.
        source, title, notes: As in `line.trend`.
    Raises:
        ValueError: A region has several values of one indicator.
    """
    points = points_of(frame)
    if not points:
        return empty_chart("frame", look.lang, source=source)
    cells = {(p.region, p.indicator): p for p in points}
    if len(cells) < len(points):
        raise ValueError("a region has several values of one indicator; choose one year and kind")
    columns = list(dict.fromkeys(p.indicator for p in points))
    scales, places, percentiles = {}, {}, {}
    for column in columns:
        entry = catalog.indicators[column]
        members = [p for p in points if p.indicator == column]
        values = [p.value for p in members]
        scales[column] = axis_scale(values, members[0].unit, look.lang, catalog, indicator=entry)
        lower = entry.direction == "lower"
        for p, rank in zip(members, ranks(values, lower_is_better=lower), strict=True):
            part = percentile(p.value, values)
            places[p.region, column], percentiles[p.region, column] = rank, 1 - part if lower else part
    rows = list(dict.fromkeys(p.region for p in points))
    means = {r: _mean([v for (region, _), v in percentiles.items() if region == r]) for r in rows}
    rows.sort(key=lambda r: (-means[r], r))
    drawn = [cells[r, c] for r in rows for c in columns if (r, c) in cells]
    names = [region_name(catalog, r, look.lang) for r in rows]
    heads = _heads(columns, scales, show, catalog, look)
    key_to_columns, full = [], heads
    if look.width == "narrow" and not fit_upright(heads, names, look):
        # Slanted heads of a phone's narrow columns run into one another: numbers stand there, the names below.
        numbered = [f"{n} {head}" for n, head in enumerate(heads, 1)]
        key_to_columns = [text("charts.columns_key", look.lang, key=text("charts.semicolon", look.lang).join(numbered))]
        heads = [str(n) for n in range(1, len(heads) + 1)]
    tiles = _heat_tiles(rows, columns, names, cells, scales, places, percentiles, show, highlight, catalog, look)
    canvas = table_canvas(tiles, names, heads, 22, look)
    what = (
        text("charts.indicators_n", look.lang, n=len(columns))
        if len(columns) > 1
        else catalog.indicators[columns[0]].name(look.lang)
    )
    shown = text(f"charts.heat_{show}", look.lang)
    then = when((p.year for p in points), look.lang)
    then = text("charts.place_when", look.lang, place=place, when=then) if place else then
    heading = title or headed(what, shown, then, look.lang)
    table = table_of(drawn, catalog, scales, look.lang)
    table["rank"] = [places[p.region, p.indicator] for p in drawn]
    table["percentile"] = [round(100 * percentiles[p.region, p.indicator], 1) for p in drawn]
    firsts = {r: sum(places.get((r, c)) == 1 for c in columns) for r in rows}
    leader = max(rows, key=lambda r: firsts[r])
    if not any(canvas.data[0]["text"]):
        key_to_columns.append(text("charts.note_cells_bare", look.lang))
    said = [*key_to_columns, *notes, text(f"charts.note_percentile_{look.mode}", look.lang)]
    if len({p.year for p in points}) > 1:
        said.append(text("charts.note_years_differ", look.lang))
    alt = text(
        "charts.alt_heat", look.lang, title=heading, rows=len(rows), columns=len(columns),
        leader=region_name(catalog, leader, look.lang), n=firsts[leader],
    )  # fmt: skip
    unit = text("charts.rank_axis", look.lang) if show == "rank" else text("charts.dot", look.lang).join(
        dict.fromkeys(scale.name for scale in scales.values()) if show == "value" else ["%"]
    )  # fmt: skip
    key = kinds_line((p.kind for p in drawn), look.lang)
    return finish(
        look, canvas, table=table, title=heading, unit=unit, subtitle=key, source=source, notes=said, alt=alt,
        kind="heat", labels={"names": names, "heads": full, "cells": [tile.words for tile in tiles]},
    )  # fmt: skip


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _heads(columns: Sequence[str], scales: Mapping[str, Scale], show: Show, catalog: Catalog, look: Look) -> list[str]:
    """The columns' names, with the unit where the cells say values."""
    names = [catalog.indicators[c].name(look.lang) for c in columns]
    if show != "value":
        return names
    return [
        text("charts.axis", look.lang, what=name, unit=scales[c].name) for name, c in zip(names, columns, strict=True)
    ]


def _heat_tiles(
    rows: Sequence[str], columns: Sequence[str], names: Sequence[str], cells: Mapping[tuple[str, str], Point],
    scales: Mapping[str, Scale], places: Mapping[tuple[str, str], int], percentiles: Mapping[tuple[str, str], float],
    show: Show, highlight: Sequence[str], catalog: Catalog, look: Look,
) -> list[Cell]:  # fmt: skip
    every = list(cells.values())
    tiles = []
    for (down, region), (across, column) in itertools.product(enumerate(rows), enumerate(columns)):
        point = cells.get((region, column))
        if point is None:
            head = catalog.indicators[column].name(look.lang)
            told = "<br>".join([f"<b>{escape(names[down])}</b>", escape(head), text("charts.no_value", look.lang)])
            tiles.append(Cell(across, down, look.theme.empty, "–", told, ink=look.theme.muted))
            continue
        part, rank, scale = percentiles[region, column], places[region, column], scales[column]
        words = {"rank": str(rank), "value": value_text(point, scale), "percentile": plain(100 * part, 0)}[show]
        words += kind_mark(point, every, look.lang)
        told = hover(point, catalog.indicators[column].name(look.lang), scale, catalog)
        told += f"<br>{text('charts.ranked', look.lang, rank=rank)}"
        fill, edge = ramp(look.theme.sequential, 0.05 + 0.85 * part), look.theme.ink if region in highlight else None
        tiles.append(Cell(across, down, fill, words, told, point.id, edge))
    return tiles


def coverage(
    counts: pd.DataFrame,
    look: Look,
    *,
    rows: Sequence[tuple[Any, str]],
    columns: Sequence[tuple[Any, str]],
    title: str,
    source: str = "",
    notes: Sequence[str] = (),
) -> Chart:
    """How many values there are: rows (regions, themes) by columns (years, themes), darker where there are more.

    Args:
        counts: Columns `row`, `column` (ids) and `count`; pairs that are missing count 0.
        rows, columns: Ids and names in display order; other ids in `counts` are an error.
        title: What is counted, with the unit (数值个数).
    Raises:
        KeyError: `counts` has an id that is in neither list.
    """
    at_row, at_column = ({key: n for n, (key, _) in enumerate(side)} for side in (rows, columns))
    found = {
        (at_row[r], at_column[c]): int(n) for r, c, n in counts[["row", "column", "count"]].itertuples(index=False)
    }
    if not found or not any(found.values()):
        return empty_chart("frame", look.lang, title=title, source=source)
    most = max(found.values())
    tiles = []
    for down, across in itertools.product(range(len(rows)), range(len(columns))):
        n = found.get((down, across), 0)
        name = f"<b>{escape(rows[down][1])}</b>{text('charts.dot', look.lang)}{escape(str(columns[across][1]))}"
        # The square root keeps single values visible beside cells with hundreds.
        fill = ramp(look.theme.sequential, 0.1 + 0.8 * (n / most) ** 0.5) if n else look.theme.empty
        told = f"{name}<br>{text('charts.values_n', look.lang, n=plain(n, 0))}"
        tiles.append(Cell(across, down, fill, plain(n, 0) if n else "", told, f"{rows[down][0]}|{columns[across][0]}"))
    canvas = table_canvas(tiles, [name for _, name in rows], [str(name) for _, name in columns], 20, look)
    table = pd.DataFrame(
        [{"row": rows[r][1], "column": columns[c][1], "value": n} for (r, c), n in sorted(found.items())]
    )
    (down, across), n = max(found.items(), key=lambda item: item[1])
    leader = f"{rows[down][1]}{text('charts.dot', look.lang)}{columns[across][1]}"
    value = text("charts.values_n", look.lang, n=plain(n, 0))
    alt = text(
        "charts.alt_coverage", look.lang, title=title, rows=len(rows), columns=len(columns),
        total=plain(sum(found.values()), 0), leader=leader, value=value,
    )  # fmt: skip
    unit = text("charts.values_unit", look.lang)
    return finish(
        look, canvas, table=table, title=title, unit=unit, subtitle=text("charts.unit_line", look.lang, unit=unit),
        source=source, notes=notes, alt=alt, kind="coverage",
        labels={
            "names": [name for _, name in rows], "heads": [str(name) for _, name in columns],
            "cells": [tile.words for tile in tiles],
        },
    )  # fmt: skip
