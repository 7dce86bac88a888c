"""Values across regions: one for each region, indicator and year, on the chosen basis; and which year to take."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import pandas as pd

from indicators import compare
from indicators.catalog import Catalog
from indicators.comparability import Note
from indicators.compare import Basis
from indicators.observation import SCENARIOS
from indicators.queries import Edition
from indicators.regions import COUNTRY
from indicators.selection import Selection

LEAST = 2
"""Regions that a comparison takes at least."""
COVERED = 2 / 3
"""Part of the regions that must have a value for a year to be taken by itself."""
Years: TypeAlias = dict[int, frozenset[str]]
"""Year -> the regions that have a value."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to read.

    Attributes:
        years: The years themselves, not a range.
        scope: Of the first indicator: a scope as printed, or None for whole regions. The others are of whole regions.
        planned: Targets and requirements too.
    """

    indicators: tuple[str, ...]
    years: tuple[int, ...]
    regions: tuple[str, ...]
    basis: Basis = "total"
    scope: str | None = None
    planned: bool = False


def read(edition: Edition, catalog: Catalog, wanted: Wanted) -> tuple[pd.DataFrame, list[Note]]:
    """The rows of the regions and of the country, with `inputs`; and what was left out of them.

    One series for each indicator, the one with most values: values of different series do not belong into one ranking.
    """
    divided = {name for name in wanted.indicators if compare.can_divide(catalog.indicators[name], wanted.basis)}
    under = compare.DENOMINATORS.get(wanted.basis)
    found = edition.observations(
        Selection(
            indicators=tuple(dict.fromkeys((*wanted.indicators, *([under] if under else [])))),
            regions=(*wanted.regions, COUNTRY),
            years=(min(wanted.years), max(wanted.years)),
            measures=("level",),
            scenarios=SCENARIOS if wanted.planned else SCENARIOS[:1],
        )
    )
    found = compare.with_inputs(found.loc[found["year"].isin(wanted.years)])
    rows = found.loc[found["indicator"].isin(wanted.indicators) & found["grade"].isna() & found["base_year"].isna()]
    rows = rows.loc[rows["part_year"].isna()]
    whole = rows["scope"].isna()
    if wanted.scope is not None:
        whole = whole.where(rows["indicator"] != wanted.indicators[0], rows["scope"] == wanted.scope)
    rows = rows.loc[whole]
    rows = rows.loc[rows["unit"] == [catalog.indicators[name].unit for name in rows["indicator"]]]
    rows, notes = _one_series(rows, catalog)
    if under:
        quotients = compare.divide(rows.loc[rows["indicator"].isin(divided)], found, wanted.basis)
        rows = pd.concat(
            [part for part in (quotients, rows.loc[~rows["indicator"].isin(divided)]) if len(part)] or [quotients]
        )
    order = {name: place for place, name in enumerate(wanted.indicators)}
    rows = rows.sort_values("indicator", key=lambda names: names.map(order), kind="stable")
    return rows.reset_index(drop=True), notes


def _one_series(rows: pd.DataFrame, catalog: Catalog) -> tuple[pd.DataFrame, list[Note]]:
    """Only the main series of each indicator, and a note where that leaves values out."""
    series = rows["series"].fillna("")
    counts = rows.groupby(["indicator", series]).size()
    if len(counts) == rows["indicator"].nunique():
        return rows, []
    main = {str(name): max(part.items(), key=lambda item: item[1])[0][1] for name, part in counts.groupby(level=0)}
    kept = series == [main[name] for name in rows["indicator"]]
    notes = []
    for name, left_out in rows.loc[~kept].groupby("indicator"):
        indicator = catalog.indicators[str(name)]
        notes.append(
            Note("other_series", {"indicator_zh": indicator.zh, "indicator_en": indicator.en, "n": len(left_out)})
        )
    return rows.loc[kept], notes


def comparable(years: Years, among: Iterable[str] | None = None) -> list[int]:
    """The years with at least two of the regions, newest first."""
    chosen = None if among is None else frozenset(among)
    return sorted(
        (year for year, regions in years.items() if len(regions if chosen is None else regions & chosen) >= LEAST),
        reverse=True,
    )


def common(left: Years, right: Years) -> Years:
    """The regions by year that have both."""
    return {year: found & right[year] for year, found in left.items() if year in right}


def earlier(years: Years, last: int, among: frozenset[str]) -> dict[int, int]:
    """The years before `last`, newest first, with the number of regions that have a value in both."""
    counts = {year: len(years[year] & years[last] & among) for year in sorted(years, reverse=True) if year < last}
    return {year: n for year, n in counts.items() if n >= LEAST}


def usual_year(years: Years, among: Sequence[str], options: Sequence[int]) -> int:
    """The latest year in which at least two thirds of the regions have a value; else the one in which most have one."""
    chosen = frozenset(among)
    full = [year for year in options if len(years[year] & chosen) >= COVERED * len(chosen)]
    return full[0] if full else max(options, key=lambda year: (len(years[year] & chosen), year))


def regional(rows: pd.DataFrame) -> pd.DataFrame:
    """Without the country: its value is a reference, not a competitor."""
    return rows.loc[rows["region"] != COUNTRY]


def actual(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.loc[rows["scenario"] == SCENARIOS[0]]


def figures(edition: Edition, indicator: str, reports_only: bool) -> pd.DataFrame:
    """The loose figures of an indicator, whatever their region, year, scope and measure, with `inputs`."""
    origins = ("report",) if reports_only else ()
    return compare.with_inputs(edition.observations(Selection(indicators=(indicator,), origins=origins)))


def complete(rows: pd.DataFrame, column: str, wanted: Sequence[object]) -> pd.DataFrame:
    """Only regions that have a row for every wanted value of a column."""
    have = rows.loc[rows[column].isin(list(wanted))].groupby("region")[column].nunique()
    return rows.loc[rows["region"].isin(have.index[have == len(set(wanted))])]
