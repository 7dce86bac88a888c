"""How indicators develop: levels, growth, index or share of the country of chosen regions over their years.

Pure functions over frames of observations, on top of `compare`: they choose which rows belong in a view, what is
computed from them, and what the reader must be told about it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from indicators.catalog import Catalog, Indicator
from indicators.comparability import Note
from indicators.compare import (
    SERIES,
    Basis,
    can_divide,
    divide,
    in_points,
    index_to,
    quotient_unit,
    with_inputs,
    year_on_year,
)
from indicators.observation import SCENARIOS
from indicators.regions import COUNTRY
from indicators.shares import share_of_whole
from indicators.usable import is_whole

Mode = Literal["level", "growth", "index", "share"]
MODES: tuple[Mode, ...] = ("level", "growth", "index", "share")
LINE = ["region", "indicator", "grade", "scope", "part_year"]
TREND = 3
"""From so many years on, values show a development; fewer are figures to be read one by one."""
COVERED = 0.9
"""A base year is proposed only where so large a part of the series has a value."""


@dataclass(frozen=True, slots=True)
class View:
    """What of the rows is shown. `years`: first and last, both included; values without a year are not limited."""

    mode: Mode = "level"
    basis: Basis = "total"
    base_year: int | None = None
    years: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Development:
    """The rows of a view with `inputs`; notes on how they were made; or why there are none (a code of `EMPTY`)."""

    rows: pd.DataFrame
    notes: tuple[Note, ...] = ()
    empty: str | None = None


EMPTY = ("no_level", "no_growth", "no_years", "per_head", "per_gdp", "growth", "index", "share")
"""Why a view is empty: nothing printed of the kind; nothing in the years; no denominator; no two adjacent years; no
value in the base year; no whole."""


def modes_of(indicators: Sequence[Indicator]) -> list[Mode]:
    """The modes that make sense for some of the indicators: only what adds up has a share of the country."""
    return [mode for mode in MODES if mode != "share" or any("regions" in one.sum_over for one in indicators)]


def bases_of(indicators: Sequence[Indicator], mode: Mode) -> list[Basis]:
    """The bases that some of the indicators allow; a share of the country is one of totals."""
    bases: tuple[Basis, ...] = ("total", "per_head", "per_gdp") if mode != "share" else ("total",)
    return [basis for basis in bases if basis == "total" or any(can_divide(one, basis) for one in indicators)]


def unit_of(indicator: Indicator, mode: Mode, basis: Basis) -> str:
    """The unit of an indicator's values in a view."""
    unit = quotient_unit(indicator, basis) if can_divide(indicator, basis) else indicator.unit
    if mode == "growth":
        return "percentage_point" if in_points(indicator, unit) else "percent"
    return {"index": "index", "share": "percent"}.get(mode, unit)


def develop(
    frame: pd.DataFrame,
    view: View,
    catalog: Catalog,
    breaks: pd.DataFrame,
    *,
    denominators: pd.DataFrame | None = None,
    everywhere: pd.DataFrame | None = None,
) -> Development:
    """The rows of a view.

    Args:
        frame: Current observations of the chosen indicators and regions, of all years: growth and index look beyond
            the window.
        breaks: The breaks of the indicators on the view's basis (`compare.breaks_with_denominator`).
        denominators: Rows of the basis's denominator, for a basis other than the total.
        everywhere: Levels of country and provinces, for shares of the country.
    """
    canonical = [catalog.indicators[name].unit for name in frame["indicator"].tolist()]
    rows = with_inputs(frame)
    levels = rows.loc[(rows["measure"] == "level") & (rows["unit"] == canonical)]
    base = levels if view.mode == "level" and view.basis == "total" else levels.loc[levels["scenario"] == SCENARIOS[0]]
    if view.basis != "total":
        allowed = [can_divide(catalog.indicators[name], view.basis) for name in base["indicator"].tolist()]
        base = divide(base.loc[allowed], rows.iloc[:0] if denominators is None else denominators, view.basis)
        if base.empty:
            return Development(base, empty=view.basis if len(levels) else "no_level")
    made = _made(base, rows, view, catalog, breaks, everywhere)
    if made.empty:
        return Development(made, empty=_reason(view, levels))
    shown = _inside(made, view.years)
    if shown.empty:
        return Development(shown, empty="no_years")
    return Development(shown, tuple(_notes(shown, _inside(levels, view.years), view, catalog, breaks)))


def _made(
    base: pd.DataFrame,
    rows: pd.DataFrame,
    view: View,
    catalog: Catalog,
    breaks: pd.DataFrame,
    everywhere: pd.DataFrame | None,
) -> pd.DataFrame:
    if view.mode == "growth":
        computed = year_on_year(base, catalog, breaks)
        return _with_printed(computed, rows) if view.basis == "total" else computed
    if view.mode == "index":
        return base.iloc[:0] if view.base_year is None else index_to(base, view.base_year, breaks)
    if view.mode == "share":
        return share_of_whole(base, rows.iloc[:0] if everywhere is None else everywhere, catalog)
    return base


def _with_printed(computed: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Computed changes with those that a source prints against the year before; the printed stands for both."""
    changes = rows.loc[rows["measure"].isin(["growth", "change"])]
    annual = (changes["base_year"].isna() | (changes["base_year"] == changes["year"] - 1)).fillna(True)
    printed = changes.loc[annual.astype(bool)]
    if printed.empty or computed.empty:
        return computed if printed.empty else printed
    keys = [*LINE, "year", "unit"]
    known = set(printed[keys].astype(str).itertuples(index=False, name=None))
    fresh = [key not in known for key in computed[keys].astype(str).itertuples(index=False, name=None)]
    return pd.concat([printed, computed.loc[fresh]], ignore_index=True)


def _inside(rows: pd.DataFrame, years: tuple[int, int] | None) -> pd.DataFrame:
    if years is None:
        return rows
    return rows.loc[rows["year"].isna() | rows["year"].between(*years).fillna(False)]


def _reason(view: View, levels: pd.DataFrame) -> str:
    if levels.empty:
        return "no_growth" if view.mode == "growth" else "no_level"
    return view.mode


def _notes(shown: pd.DataFrame, levels: pd.DataFrame, view: View, catalog: Catalog, breaks: pd.DataFrame) -> list[Note]:
    """How the values were made, and what was left out because it could not be computed."""
    notes = []
    derived = shown.loc[shown["origin"] == "derived"]
    if view.basis != "total":
        notes.append(Note(view.basis))
    if view.mode == "share":
        whole = ["share_summed" if len(inputs) > 2 else "share_printed" for inputs in derived["inputs"]]
        notes += [Note(code) for code in dict.fromkeys(whole)]
    if view.mode == "index":
        notes += _cut(shown, levels, breaks)
    if view.mode in ("growth", "index"):
        money = {name for name in derived["indicator"].unique() if catalog.indicators[name].unit == "yuan"}
        if money and view.basis != "per_gdp":
            notes.append(Note("nominal"))
        if len(derived) and len(derived) < len(shown):
            notes.append(Note("printed_growth"))
    if view.mode != "level" or view.basis != "total":
        notes += _left_out(shown, levels)
    return notes


def _cut(shown: pd.DataFrame, levels: pd.DataFrame, breaks: pd.DataFrame) -> list[Note]:
    """Indicators whose index ends at a break, with the years that it covers."""
    notes = []
    for name, rows in shown.groupby("indicator", sort=False):
        years = {int(year) for year in rows["year"]}
        known = levels.loc[(levels["indicator"] == name) & levels["year"].notna(), "year"]
        if name in set(breaks["indicator"]) and not {int(year) for year in known} <= years:
            notes.append(Note("cut", {"indicator": str(name), "first": min(years), "last": max(years)}))
    return notes


def _left_out(shown: pd.DataFrame, levels: pd.DataFrame) -> list[Note]:
    """Indicators, and regions of the others, that have levels in the window but nothing in the view; ids and codes."""
    notes = []
    gone = [name for name in levels["indicator"].unique() if name not in set(shown["indicator"])]
    if gone:
        notes.append(Note("left_out", {"indicators": tuple(gone)}))
    known = set(zip(shown["region"], shown["indicator"], strict=True))
    pairs = dict.fromkeys(zip(levels["region"], levels["indicator"], strict=True))
    regions = dict.fromkeys(
        region for region, name in pairs if (region, name) not in known and name not in gone and region != COUNTRY
    )
    if regions:
        notes.append(Note("left_out", {"regions": tuple(regions)}))
    return notes


def whole_first(frame: pd.DataFrame) -> pd.DataFrame:
    """Without the values of parts (a scope, a grade, some months) of an indicator and region that has whole ones."""
    whole = is_whole(frame)
    known = set(zip(frame.loc[whole, "region"], frame.loc[whole, "indicator"], strict=True))
    alone = [pair not in known for pair in zip(frame["region"], frame["indicator"], strict=True)]
    return frame.loc[whole | pd.Series(alone, index=frame.index, dtype=bool)]


def is_sparse(rows: pd.DataFrame) -> bool:
    """Whether no series has values of `TREND` years: then there are figures, but no development."""
    return rows.empty or int(rows.groupby(LINE, dropna=False)["year"].nunique().max()) < TREND


def what_compares(rows: pd.DataFrame) -> Note:
    """What can be said about figures that are too few for a development.

    Returns:
        `one_value`; `one_year` (regions of the same year compare); `few_years` (one region, or all regions of the same
        few years: before and after compare); `different` (years, parts or kinds of truth differ).
    """
    kinds = rows[["grade", "scope", "part_year", "scenario", "comparator"]].drop_duplicates()
    years = [set(group["year"].dropna()) for _, group in rows.groupby(LINE, dropna=False)]
    every = sorted(int(year) for year in set().union(*years))
    params = {
        "n": len(rows),
        "regions": int(rows["region"].nunique()),
        "first": every[0] if every else "",
        "last": every[-1] if every else "",
    }
    if len(rows) == 1:
        return Note("one_value", params)
    if len(kinds) > 1 or any(not own for own in years) or len(set(map(frozenset, years))) > 1:
        return Note("different", params)
    return Note("one_year" if len(every) == 1 else "few_years", params)


def leaders(frame: pd.DataFrame, n: int) -> list[str]:
    """The regions with the largest values of the latest year that two thirds of the regions report.

    Args:
        frame: Levels of one indicator, whole regions, one row for each region and year.
    """
    dated = frame.loc[frame["year"].notna()]
    counts = dated.groupby("year")["region"].nunique()
    if counts.empty:
        return []
    year = counts.index[counts >= counts.max() * 2 / 3].max()
    latest = dated.loc[dated["year"] == year].sort_values(["value", "region"], ascending=[False, True])
    return list(dict.fromkeys(latest["region"]))[:n]


def base_years(frame: pd.DataFrame, breaks: pd.DataFrame) -> tuple[list[int], int | None]:
    """Years that can be the base of an index, and the one to start with.

    Proposed is the first year after the last break (so that the index reaches the present) in which most series have a
    value; a break so late that it leaves no `TREND` years is passed over.

    Args:
        frame: Actual levels of the chosen indicators and regions inside the window.
    """
    rows = frame.loc[frame["year"].notna() & (frame["value"] > 0)]
    counts = rows.groupby("year")[SERIES[0]].count()
    if counts.empty:
        return [], None
    years = [int(year) for year in counts.index]
    cuts = [int(year) for year in breaks["year"] if years[0] < year <= years[-1] - TREND + 1]
    start = max(cuts, default=years[0])
    after = {int(year): count for year, count in counts.items() if year >= start}
    return years, min(year for year, count in after.items() if count >= COVERED * max(after.values()))
