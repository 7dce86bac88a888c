"""A chart's numbers as a table for paper: regions by years or indicators where each cell has one value, else a list."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd

from charts.chart import Chart, headings
from charts.deck.reading import plain
from charts.numbers import plain as written
from charts.report.model import Section, Table
from indicators.labels import sentences, text

MOST_COLUMNS = 8
MOST_ROWS = 90
MOST_DECIMALS, COMPUTED = 4, 2
"""Decimals at most of values that somebody printed, and of scores that we computed."""
LATEST = 5
"""Of more years than fit, the first one and the latest ones are printed."""
_HIDDEN = ("region", "indicator", "observation_id")


def table_in(section: Section, lang: str) -> Table | None:
    """The table of a section: its own, else its chart's numbers."""
    if section.table:
        return section.table
    return table_of(section.drawn, lang) if section.drawn else None


def table_title(section: Section, table: Table, n: int, lang: str) -> str:
    """The caption with the table's number, and its unit where the title does not say it."""
    title = section.chart.title if section.chart and section.chart.title else section.heading
    said = text("report.table", lang, n=n, title=title)
    unit = text("deck.unit", lang, unit=table.unit) if table.unit and table.unit not in title else ""
    inside = text("charts.semicolon", lang).join(part for part in (unit, table.kind) if part)
    return said + text("report.brackets", lang, inside=inside) if inside else said


def table_of(chart: Chart, lang: str) -> Table | None:
    """The numbers of a chart; None where it has none."""
    if chart.table.empty:
        return None
    if chart.kind in ("heat", "coverage"):
        return _cut(_of_cells(chart), lang)
    table = chart.table.reset_index(drop=True)
    if {"amount", "median", "value"} <= set(table):
        return _own(table, lang)
    keyed = {"region_name", "indicator_name", "year", "value", "unit", "kind"} <= set(table)
    key = ["region", "indicator", "year"]
    if keyed and not table["year"].isna().any() and not table.duplicated(key).any():
        if table["year"].nunique() > 1:
            return _cut(_by_year(table, lang), lang)
        if 1 < table["indicator"].nunique() < MOST_COLUMNS:
            return _cut(_by_indicator(table, lang), lang)
    return _cut(_list(table, lang), lang)


def _of_cells(chart: Chart) -> Table:
    """A table-like chart as it stands: its rows, columns and cells."""
    names, heads = (list(chart.labels[key]) for key in ("names", "heads"))
    trace = chart.spec["data"][0]
    rows = [[name, *[""] * len(heads)] for name in names]
    for n, words in enumerate(chart.labels["cells"]):
        rows[round(-trace["base"][n] - 0.97)][round(trace["x"][n]) + 1] = plain(words)
    return Table(["", *heads], rows, [False, *[True] * len(heads)], chart.unit)


def _by_year(table: pd.DataFrame, lang: str) -> Table:
    """Lines by years, or years by lines where the years are many and the lines few."""
    units, several = table["unit"].unique(), table["indicator"].nunique() > 1
    names = [_line(row, several, len(units) > 1, lang) for row in table.to_dict("records")]
    lines, years = list(dict.fromkeys(names)), sorted(int(year) for year in table["year"].unique())
    kind = _one_kind(table, lang)
    decimals = {indicator: _decimals(rows["value"]) for indicator, rows in table.groupby("indicator")}
    cells = {
        (name, int(row["year"])): _cell(row, decimals[row["indicator"]], kind, lang)
        for name, row in zip(names, table.to_dict("records"), strict=True)
    }
    unit = str(units[0]) if len(units) == 1 else ""
    if len(years) >= MOST_COLUMNS and len(lines) < MOST_COLUMNS:
        rows = [
            [text("charts.year", lang, year=year), *(cells.get((line, year), "") for line in lines)] for year in years
        ]
        return Table([text("report.year", lang), *lines], rows, [False, *[True] * len(lines)], unit, kind)
    shown = years if len(years) < MOST_COLUMNS else [years[0], *years[-LATEST:]]
    rows = [[line, *(cells.get((line, year), "") for year in shown)] for line in lines]
    gone = text("report.years_left_out", lang, n=len(years) - len(shown)) if len(shown) < len(years) else ""
    heads = ["", *(text("charts.year", lang, year=year) for year in shown)]
    return Table(heads, rows, [False, *[True] * len(shown)], unit, kind, gone)


def _line(row: dict[Any, Any], several: bool, units: bool, lang: str) -> str:
    name = str(row["region_name"])
    if several:
        name = f"{name} {row['indicator_name']}"
    return name + text("report.brackets", lang, inside=row["unit"]) if units else name


def _by_indicator(table: pd.DataFrame, lang: str) -> Table:
    """Regions by indicators of one year."""
    heads: dict[str, str] = {}
    cells: dict[tuple[str, str], str] = {}
    kind = _one_kind(table, lang)
    decimals = {indicator: _decimals(rows["value"]) for indicator, rows in table.groupby("indicator")}
    for row in table.to_dict("records"):
        heads[row["indicator"]] = str(row["indicator_name"]) + text("report.brackets", lang, inside=row["unit"])
        cells[row["region_name"], row["indicator"]] = _cell(row, decimals[row["indicator"]], kind, lang)
    regions = list(dict.fromkeys(table["region_name"]))
    rows = [[name, *(cells.get((name, indicator), "") for indicator in heads)] for name in regions]
    return Table(["", *heads.values()], rows, [False, *[True] * len(heads)], kind=kind)


def _one_kind(table: pd.DataFrame, lang: str) -> str:
    """What all values are, where none is an actual value: it is said once, above the table."""
    kinds = set(table["kind"])
    return str(kinds.pop()) if len(kinds) == 1 and text("charts.kind_actual", lang) not in kinds else ""


def _cell(row: dict[Any, Any], decimals: int, quiet: str, lang: str) -> str:
    """A value; one that is neither an actual value nor of the kind that is said anyway says what it is."""
    before = row.get("comparator")
    said = "" if before is None or pd.isna(before) else f"{before} "
    kind = row["kind"]
    after = "" if kind in (quiet, text("charts.kind_actual", lang)) else text("report.brackets", lang, inside=kind)
    return f"{said}{written(float(row['value']), decimals)}{after}"


def _decimals(values: pd.Series, most: int = MOST_DECIMALS) -> int:
    """As many decimals as the value that has most, at most `most`; one column has the same in all its cells."""
    shown = [written(float(value), most, strip=True).partition(".")[2] for value in values.dropna()]
    return max(map(len, shown), default=0)


def _own(table: pd.DataFrame, lang: str) -> Table:
    """Distances from the peers: of each indicator the region's own row, which is the first; the peers are counted."""
    own = table.drop_duplicates("indicator")[["indicator_name", "year", "amount", "median", "value"]]
    gone = text("report.peers_left_out", lang, n=len(table) - len(own))
    heading = text("report.distance", lang, unit=table["unit"].iloc[0])
    return replace(_list(own.rename(columns={"value": heading}), lang), left_out=gone)


def _list(table: pd.DataFrame, lang: str) -> Table:
    """All that the chart's rows say; a column that says the same everywhere and a column of nothing are left out.

    Values of one indicator and year stand in their order.
    """
    if "rank" not in table and {"value", "region"} <= set(table) and table["region"].is_unique:
        table = table.sort_values("value", ascending=False, kind="stable")
    shown = table.drop(columns=[name for name in _HIDDEN if name in table])
    shown = shown.drop(columns=[name for name in shown if shown[name].isna().all()])
    units = shown["unit"].unique() if "unit" in shown else []
    quiet = [name for name in ("indicator_name", "unit", "year", "kind", "status") if name in shown and len(shown) > 1]
    shown = shown.drop(columns=[name for name in quiet if shown[name].nunique(dropna=False) == 1])
    names = headings(shown, lang)
    numeric = [pd.api.types.is_numeric_dtype(shown[name]) for name in shown]
    computed = "observation_id" not in table
    # Values of several units have nothing in common but their column.
    mixed = len(units) > 1
    columns = [_written(name, shown[name], COMPUTED if computed else MOST_DECIMALS, strip=mixed) for name in shown]
    rows = [list(cells) for cells in zip(*columns, strict=True)]
    return Table([names[str(name)] for name in shown], rows, numeric, str(units[0]) if len(units) == 1 else "")


def _written(name: object, column: pd.Series, most: int, *, strip: bool) -> list[str]:
    """A column as text; numbers of one unit have the same decimals, unless `strip`; counts and years none."""
    if not pd.api.types.is_numeric_dtype(column):
        return ["" if pd.isna(value) else str(value) for value in column]
    decimals = _decimals(column, most)
    plain_number = name in ("year", "base_year", "rank")
    return [
        "" if pd.isna(value) else f"{value:.0f}" if plain_number else written(float(value), decimals, strip=strip)
        for value in column
    ]


def _cut(table: Table, lang: str) -> Table:
    if len(table.rows) <= MOST_ROWS:
        return table
    gone = text("report.rows_left_out", lang, n=len(table.rows) - MOST_ROWS)
    said = sentences((table.left_out, gone), lang)
    return Table(table.heads, table.rows[:MOST_ROWS], table.numeric, table.unit, table.kind, said)
