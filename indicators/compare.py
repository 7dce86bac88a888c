"""Arithmetic of comparison: per head, per GDP, growth, index, share, rank; and what a reader must know before comparing.

Pure functions over frames of observations (columns of `observation.OBSERVATIONS`). A computed row keeps the printed rows
that it comes from in `inputs` (a tuple of observation ids), so that derived values lead back to their sentences as well,
and has the origin `derived`. A value that cannot be computed is left out, never 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
import pandas as pd

from indicators.catalog import Catalog, Indicator
from indicators.observation import SCENARIOS
from indicators.regions import COUNTRY

Basis = Literal["total", "per_head", "per_gdp"]
SERIES = ["region", "indicator", "measure", "unit", "grade", "scope", "scenario", "series"]
"""Columns that tell one line of a chart from another."""

_DENOMINATORS: Mapping[Basis, str] = {"per_head": "population", "per_gdp": "gdp"}
# Canonical unit of the numerator -> (factor, unit of the result). Money over money is a percentage; counts are given for
# 10,000 people and for 100 million yuan of GDP, the sizes that Chinese yearbooks use.
_QUOTIENTS: Mapping[tuple[Basis, str], tuple[float, str]] = {
    ("per_head", "yuan"): (1.0, "yuan_per_person"),
    ("per_head", "count"): (1e4, "per_10k"),
    ("per_head", "person"): (1e4, "per_10k"),
    ("per_head", "person_year"): (1e4, "per_10k"),
    ("per_gdp", "yuan"): (100.0, "percent"),
    ("per_gdp", "count"): (1e8, "per_100m_yuan"),
    ("per_gdp", "person"): (1e8, "per_100m_yuan"),
    ("per_gdp", "person_year"): (1e8, "per_100m_yuan"),
}


@dataclass(frozen=True, slots=True)
class Note:
    """Something that a reader must know before comparing; the sentence is label `notes.<code>`."""

    code: str
    params: Mapping[str, Any] = field(default_factory=dict)


def with_inputs(frame: pd.DataFrame) -> pd.DataFrame:
    """The same rows with `inputs` naming themselves."""
    return frame.assign(inputs=[(name,) for name in frame["observation_id"]])


def can_divide(indicator: Indicator, basis: Basis) -> bool:
    """Whether the catalogue allows that basis for an indicator and the units have a quotient."""
    if basis == "total":
        return True
    return _DENOMINATORS[basis] in indicator.per and (basis, indicator.unit) in _QUOTIENTS


def divide(frame: pd.DataFrame, denominators: pd.DataFrame, basis: Basis) -> pd.DataFrame:
    """Levels per head (population at the year's end) or per GDP (current prices) of the same region and year.

    Args:
        frame: Rows with `inputs` (see `with_inputs`); only levels are divided, others are left out.
        denominators: Current rows of `population` or `gdp` for the whole region.
    Returns:
        Rows in canonical quotient units; rows without a denominator of their region and year are left out.
    """
    if basis == "total":
        return frame
    right = denominators.loc[denominators["indicator"] == _DENOMINATORS[basis], ["region", "year", "value", "observation_id"]]
    right = right.rename(columns={"value": "_under", "observation_id": "_under_id"})
    levels = frame.loc[(frame["measure"] == "level") & frame["unit"].isin([unit for kind, unit in _QUOTIENTS if kind == basis])]
    joined = levels.merge(right, on=["region", "year"], how="inner")
    joined = joined.loc[joined["_under"] > 0]
    quotients = [_QUOTIENTS[basis, unit] for unit in joined["unit"]]
    return joined.assign(
        value=joined["value"] / joined["_under"] * [factor for factor, _ in quotients],
        unit=[unit for _, unit in quotients],
        origin="derived",
        inputs=[(*inputs, under) for inputs, under in zip(joined["inputs"], joined["_under_id"], strict=True)],
    ).drop(columns=["_under", "_under_id"])


def crosses_break(first: int, last: int, years: Iterable[int]) -> bool:
    """Whether a break lies between two years: values from a break year on do not compare with earlier ones."""
    return any(first < year <= last for year in years)


def year_on_year(frame: pd.DataFrame, catalog: Catalog, breaks: pd.DataFrame) -> pd.DataFrame:
    """Change against the year before: levels in percent, shares and rates in percentage points.

    Args:
        frame: Rows with `inputs`; one row for each series and year.
        breaks: `Edition.breaks` of the indicators.
    Returns:
        One row for each pair of adjacent years; none across a break, none where a percent would divide by zero or
        a negative number.
    """
    levels = frame.loc[frame["measure"].isin(["level", "share"]) & frame["year"].notna()]
    before = levels[[*SERIES, "year", "value", "inputs"]].assign(year=levels["year"] + 1)
    before = before.rename(columns={"value": "_before", "inputs": "_before_inputs"})
    joined = levels.merge(before, on=[*SERIES, "year"], how="inner")
    cut = {(row.indicator, row.year) for row in breaks.itertuples()}
    joined = joined.loc[[pair not in cut for pair in zip(joined["indicator"], joined["year"], strict=True)]]
    joined = joined.loc[_in_points(joined, catalog) | (joined["_before"] > 0)]
    points = _in_points(joined, catalog)
    change = np.where(points, joined["value"] - joined["_before"], (joined["value"] / joined["_before"].where(~points) - 1) * 100)
    return joined.assign(
        value=change,
        unit=np.where(points, "percentage_point", "percent"),
        measure=np.where(points, "change", "growth"),
        base_year=(joined["year"] - 1).astype("Int16"),
        origin="derived",
        inputs=[(*now, *then) for now, then in zip(joined["inputs"], joined["_before_inputs"], strict=True)],
    ).drop(columns=["_before", "_before_inputs"])


def _in_points(frame: pd.DataFrame, catalog: Catalog) -> np.ndarray:
    """Which rows change in percentage points: ratios, and everything that is already a percentage."""
    ratio = [catalog.indicators[name].kind in ("share", "rate") for name in frame["indicator"]]
    return np.array(ratio, dtype=bool) | (frame["unit"] == "percent").to_numpy()


def index_to(frame: pd.DataFrame, base_year: int) -> pd.DataFrame:
    """Each series as an index with the base year = 100; series without a positive value in the base year are left out."""
    base = frame.loc[(frame["year"] == base_year) & (frame["value"] > 0), [*SERIES, "value", "inputs"]]
    base = base.rename(columns={"value": "_base", "inputs": "_base_inputs"})
    joined = frame.merge(base, on=SERIES, how="inner")
    return joined.assign(
        value=joined["value"] / joined["_base"] * 100,
        unit="index",
        origin="derived",
        inputs=[tuple(dict.fromkeys((*now, *then))) for now, then in zip(joined["inputs"], joined["_base_inputs"], strict=True)],
    ).drop(columns=["_base", "_base_inputs"])


def share_of_whole(frame: pd.DataFrame, everywhere: pd.DataFrame, catalog: Catalog) -> pd.DataFrame:
    """Each level as a part of the whole country, in percent.

    The whole is the printed national value of the year; where none is printed, the sum of all provinces, if the indicator may be
    summed over regions and every one of those that ever report it has a value in that year.

    Args:
        frame: Levels with `inputs`.
        everywhere: Current levels of the same indicators for the country and all provinces, whole regions only.
    """
    provinces = {region.code for region in catalog.regions.provinces()}
    wholes: list[dict[str, Any]] = []
    for (indicator, year), rows in everywhere.groupby(["indicator", "year"]):
        national = rows.loc[rows["region"] == COUNTRY]
        if len(national):
            wholes.append({"indicator": indicator, "year": year, "_whole": national["value"].iloc[0],
                           "_ids": (national["observation_id"].iloc[0],)})
            continue
        reporting = set(everywhere.loc[everywhere["indicator"] == indicator, "region"]) & provinces
        parts = rows.loc[rows["region"].isin(provinces)]
        if "regions" in catalog.indicators[indicator].sum_over and set(parts["region"]) == reporting:
            wholes.append({"indicator": indicator, "year": year, "_whole": parts["value"].sum(), "_ids": tuple(parts["observation_id"])})
    totals = pd.DataFrame(wholes, columns=["indicator", "year", "_whole", "_ids"]).astype({"year": "Int16"})
    levels = frame.loc[(frame["measure"] == "level") & (frame["region"] != COUNTRY)]
    joined = levels.merge(totals, on=["indicator", "year"], how="inner")
    joined = joined.loc[joined["_whole"] > 0]
    return joined.assign(
        value=joined["value"] / joined["_whole"].astype(float) * 100,
        unit="percent",
        measure="share",
        origin="derived",
        inputs=[(*now, *ids) for now, ids in zip(joined["inputs"], joined["_ids"], strict=True)],
    ).drop(columns=["_whole", "_ids"])


def rank(frame: pd.DataFrame, indicator: Indicator) -> pd.Series:
    """Competition ranks of values (1, 2, 2, 4) before any rounding; 1 is the best where the indicator has a direction, else the largest."""
    return frame["value"].rank(method="min", ascending=indicator.direction == "lower").astype("Int64")


def one_for_each(frame: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    """The first row of each combination, whole regions before parts: so that a bar stands for one value."""
    whole = frame["scope"].isna().astype(int) + frame["grade"].isna().astype(int)
    ordered = frame.assign(_whole=whole).sort_values("_whole", ascending=False, kind="stable").drop(columns="_whole")
    return ordered.drop_duplicates(columns)


def notes(frame: pd.DataFrame, catalog: Catalog, breaks: pd.DataFrame, sources: pd.DataFrame) -> list[Note]:
    """What keeps the rows of one chart from being compared without a thought.

    Args:
        frame: The rows that are shown, of one or more indicators.
        breaks: `Edition.breaks` of the indicators.
        sources: `Edition.sources`.
    """
    if frame.empty:
        return []
    found: list[Note] = []
    used = sources.loc[sources["source_id"].isin(frame["source_id"].unique())]
    for indicator, rows in frame.groupby("indicator", sort=False):
        name = {"indicator_zh": catalog.indicators[str(indicator)].zh, "indicator_en": catalog.indicators[str(indicator)].en}
        if len(set(rows["origin"]) - {"derived"}) > 1:
            found.append(Note("mixed_origins", name))
        if rows["scope"].notna().any():
            found.append(Note("scoped", {**name, "n": int(rows["scope"].notna().sum())}))
        if rows["grade"].nunique(dropna=False) > 1:
            found.append(Note("mixed_grades", name))
    years = frame.loc[frame["year"].notna()]
    for row in breaks.itertuples():
        affected = years.loc[years["indicator"] == row.indicator, "year"]
        if len(affected) and affected.min() < row.year <= affected.max():
            found.append(Note("break", {"year": row.year, "zh": row.zh, "en": row.en}))
    if frame["scenario"].nunique() > 1 or (frame["scenario"] != SCENARIOS[0]).any():
        found.append(Note("not_actual", {"n": int((frame["scenario"] != SCENARIOS[0]).sum())}))
    if (frame["comparator"] != "eq").any():
        found.append(Note("inexact", {"n": int((frame["comparator"] != "eq").sum())}))
    if frame["year"].isna().any():
        found.append(Note("no_year", {"n": int(frame["year"].isna().sum())}))
    if (used["reading"] == "second_hand").any():
        second_hand = frame["source_id"].isin(used.loc[used["reading"] == "second_hand", "source_id"])
        found.append(Note("second_hand", {"n": int(second_hand.sum())}))
    levels = {catalog.regions[code].level for code in frame["region"].unique()}
    if len(levels) > 1:
        found.append(Note("mixed_levels"))
    return list({(note.code, *map(str, note.params.values())): note for note in found}.values())
