"""Arithmetic of comparison: per head, per GDP, growth, index, rank; shares of the country are in `shares`.

Pure functions over frames of observations (columns of `observation.OBSERVATIONS`). A computed row has the origin
`derived`, an id of its own (that of the row it describes and the operation), the printed rows that it comes from in
`inputs` (a tuple of observation ids), so that derived values lead back to their sentences as well, and their sources in
`sources`; what belongs to one printed value alone (the text, its place) is empty. A value that cannot be computed is
left out, never 0.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import numpy as np
import pandas as pd

from indicators.catalog import Catalog, Indicator
from indicators.comparability import crosses_break as crosses_break
from indicators.computed import derived, keys, matched, ones, places_of, tuples
from indicators.usable import is_computable, is_exact, is_whole

Basis = Literal["total", "per_head", "per_gdp"]
BASES: tuple[Basis, ...] = ("total", "per_head", "per_gdp")
SERIES = ["region", "indicator", "measure", "unit", "grade", "scope", "scenario", "series", "part_year"]
"""Columns that tell one line of a chart from another."""

DENOMINATORS: Mapping[Basis, str] = {"per_head": "population", "per_gdp": "gdp"}
# Canonical unit of the numerator -> (factor, unit of the result). Money over money is a percentage; counts are given
# for 10,000 people and for 100 million yuan of GDP, the sizes that Chinese yearbooks use.
QUOTIENTS: Mapping[tuple[Basis, str], tuple[float, str]] = {
    ("per_head", "yuan"): (1.0, "yuan_per_person"),
    ("per_head", "count"): (1e4, "per_10k"),
    ("per_head", "person"): (1e4, "per_10k"),
    ("per_head", "person_year"): (1e4, "per_10k"),
    ("per_gdp", "yuan"): (100.0, "percent"),
    ("per_gdp", "count"): (1e8, "per_100m_yuan"),
    ("per_gdp", "person"): (1e8, "per_100m_yuan"),
    ("per_gdp", "person_year"): (1e8, "per_100m_yuan"),
}


def with_inputs(frame: pd.DataFrame) -> pd.DataFrame:
    """The same rows with `inputs` and `sources` naming themselves and where they stand; derived rows keep theirs."""
    made = {"inputs": ones(frame["observation_id"]), "sources": ones(frame["source_id"])}
    for name, own in made.items():
        if name in frame:
            given = frame[name].tolist()
            made[name] = tuples([one if isinstance(one, tuple) else self for one, self in zip(given, own, strict=True)])
    return frame.assign(**made)


def can_divide(indicator: Indicator, basis: Basis) -> bool:
    """Whether the catalogue allows that basis for an indicator and the units have a quotient."""
    if basis == "total":
        return True
    return DENOMINATORS[basis] in indicator.per and (basis, indicator.unit) in QUOTIENTS


def quotient_unit(indicator: Indicator, basis: Basis) -> str:
    """The unit of an indicator's values on a basis that `can_divide` allows."""
    return indicator.unit if basis == "total" else QUOTIENTS[basis, indicator.unit][1]


def divide(frame: pd.DataFrame, denominators: pd.DataFrame, basis: Basis) -> pd.DataFrame:
    """Levels per head (population at the year's end) or per GDP (current prices) of the same region and year.

    Args:
        frame: Rows with `inputs` (see `with_inputs`); only levels are divided, others are left out.
        denominators: Rows of `population` or `gdp`; used are exact actual levels of the whole region.
    Returns:
        Rows in canonical quotient units; rows without a denominator of their region and year are left out.
    Raises:
        ValueError: There are several denominators for one region and year.
    """
    if basis == "total":
        return frame
    under = denominators.loc[denominators["indicator"] == DENOMINATORS[basis]]
    under = under.loc[is_exact(under) & is_whole(under) & under["year"].notna() & (under["value"] > 0)]
    # Half a year's spending over a year's end population is neither a half nor a year.
    levels = frame.loc[(frame["measure"] == "level") & frame["year"].notna() & frame["part_year"].isna()]
    levels = levels.loc[[(basis, unit) in QUOTIENTS for unit in levels["unit"].tolist()]]
    places = places_of(under, ["region", "year"])
    found = [places.get(key, -1) for key in keys(levels, ["region", "year"])]
    levels, under = matched(levels, under, found)
    quotients = [QUOTIENTS[basis, unit] for unit in levels["unit"].tolist()]
    value = (
        levels["value"].to_numpy()
        / under["value"].to_numpy()
        * np.array([factor for factor, _ in quotients], dtype=float)
    )
    return derived(levels, under, basis, value=value, unit=[unit for _, unit in quotients])


def breaks_with_denominator(breaks: pd.DataFrame, indicators: Sequence[str], basis: Basis) -> pd.DataFrame:
    """The breaks of indicators on a basis: a break of the denominator breaks every quotient.

    Args:
        breaks: `Edition.breaks` of the indicators and of the denominator.
    """
    own = breaks.loc[breaks["indicator"].isin(list(indicators))]
    if basis == "total":
        return own
    under = breaks.loc[breaks["indicator"] == DENOMINATORS[basis]]
    # The numerator's rows carry the numerator's series, to which the denominator's break is not limited.
    copies = [under.assign(indicator=name, series=None) for name in indicators if name != DENOMINATORS[basis]]
    return pd.concat([own, *[copy for copy in copies if len(copy)]], ignore_index=True)


def year_on_year(frame: pd.DataFrame, catalog: Catalog, breaks: pd.DataFrame) -> pd.DataFrame:
    """Change against the year before: levels in percent, shares and rates in percentage points.

    Args:
        frame: Rows with `inputs`; one row for each series and year.
        breaks: `Edition.breaks` of the indicators.
    Returns:
        One row for each pair of adjacent years; none across a break, none of a value that is printed as a limit (≥, ≤),
        none where a percent would divide by zero or a negative number.
    Raises:
        ValueError: There are several rows for one series and year.
    """
    levels = frame.loc[is_computable(frame) & frame["measure"].isin(["level", "share"])]
    places = places_of(levels, [*SERIES, "year"])
    now, before = matched(
        levels, levels, [places.get((*key[:-1], key[-1] - 1), -1) for key in keys(levels, [*SERIES, "year"])]
    )
    points = change_in_points(now, catalog)
    then, value = before["value"].to_numpy(), now["value"].to_numpy()
    keep = ~_broken(now, before["year"], now["year"], breaks) & (points | (then > 0))
    now, before, points, then, value = now.loc[keep], before.loc[keep], points[keep], then[keep], value[keep]
    percent = (value / np.where(points, np.nan, then) - 1) * 100
    return derived(
        now,
        before,
        "growth",
        value=np.where(points, value - then, percent),
        unit=np.where(points, "percentage_point", "percent"),
        measure=np.where(points, "change", "growth"),
        base_year=before["year"].to_numpy(),
    )


def in_points(indicator: Indicator, unit: str) -> bool:
    """Whether values change in percentage points: shares and rates, and everything that is already a percentage."""
    return indicator.kind in ("share", "rate") or unit == "percent"


def index_to(frame: pd.DataFrame, base_year: int, breaks: pd.DataFrame | None = None) -> pd.DataFrame:
    """Each series as an index with the base year = 100.

    Args:
        frame: Rows with `inputs`; one row for each series and year.
        breaks: `Edition.breaks` of the indicators, if years beyond a break are to be left out.
    Returns:
        None of a series without a positive value in the base year, none beyond a break as seen from the base year, none
        of a value that is printed as a limit (≥, ≤).
    Raises:
        ValueError: There are several rows for one series in the base year.
    """
    rows = frame.loc[is_computable(frame)]
    base = rows.loc[(rows["year"] == base_year) & (rows["value"] > 0)]
    places = places_of(base, SERIES)
    now, base = matched(rows, base, [places.get(key, -1) for key in keys(rows, SERIES)])
    if breaks is not None:
        keep = ~_broken(now, now["year"].clip(upper=base_year), now["year"].clip(lower=base_year), breaks)
        now, base = now.loc[keep], base.loc[keep]
    value = now["value"].to_numpy() / base["value"].to_numpy() * 100
    return derived(now, base, "index", value=value, unit="index", base_year=base["year"].to_numpy())


def _broken(frame: pd.DataFrame, first: pd.Series, last: pd.Series, breaks: pd.DataFrame) -> Any:
    """For each row whether a break of its indicator (and series, if the break is of one) lies between two years."""
    low, high = first.to_numpy(dtype=int), last.to_numpy(dtype=int)
    found = np.zeros(len(frame), dtype=bool)
    for row in breaks.itertuples():
        here = (frame["indicator"] == row.indicator).to_numpy(dtype=bool)
        if not pd.isna(row.series):
            here = here & (frame["series"] == row.series).fillna(False).to_numpy(dtype=bool)
        found |= here & (low < row.year) & (high >= row.year)
    return found


def change_in_points(frame: pd.DataFrame, catalog: Catalog) -> Any:
    """`in_points` for each row of a frame."""
    pairs = list(zip(frame["indicator"].tolist(), frame["unit"].tolist(), strict=True))
    known = {pair: in_points(catalog.indicators[pair[0]], pair[1]) for pair in set(pairs)}
    return np.array([known[pair] for pair in pairs], dtype=bool)


def ranks(values: Sequence[float], *, lower_is_better: bool = False) -> list[int]:
    """Competition ranks (1, 2, 2, 4) of unrounded values."""
    ordered = sorted(values, reverse=not lower_is_better)
    first: dict[float, int] = {}
    for place, value in enumerate(ordered, 1):
        first.setdefault(value, place)
    return [first[value] for value in values]


def rank(frame: pd.DataFrame, indicator: Indicator) -> pd.Series:
    """The `ranks` of a frame's values; 1 is the best, or the largest where there is no better."""
    found = ranks(frame["value"].tolist(), lower_is_better=indicator.direction == "lower")
    return pd.Series(found, index=frame.index, dtype="Int64")
