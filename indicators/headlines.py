"""The headline figures of the whole country, and what stands out among the provinces in their latest year.

Data: `data/catalog/headlines.yml`. Pure functions over observations; nothing is said that the rows do not hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pandas as pd
import yaml

from indicators.catalog import Catalog, Indicator
from indicators.compare import rank, with_inputs, year_on_year
from indicators.errors import CatalogError
from indicators.profile import MIN_PEERS, consecutive, cuts_of
from indicators.region_sets import whole_country
from indicators.regions import COUNTRY

FILE = "headlines.yml"
LISTS = ("overview", "region", "aside")


@dataclass(frozen=True, slots=True)
class Headline:
    """One figure of the country.

    Attributes:
        summed: How many provinces were added up; 0 where a national value is printed.
        change, change_unit: Against the year before; None across a break or without that year.
        path: Values of consecutive years up to the latest that compare with it.
        inputs: The printed values behind the figure.
    """

    indicator: Indicator
    year: int
    value: float
    unit: str
    summed: int
    change: float | None
    change_unit: str
    path: tuple[float, ...]
    inputs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StandOut:
    """What stands out in an indicator's latest year among the provinces.

    Attributes:
        leader: Code of the province with the best value, or the largest where no direction is better.
        share: Part of the country that the leader has, in percent; None where the indicator does not add up.
        above: How many provinces are better than the country as a whole; None where that compares nothing.
        national, summed: The country's value, and whether it is a sum of provinces.
        mover: Province with the largest change for the better on the year before; None when no two years compare or none
            got better.
    """

    indicator: Indicator
    year: int
    provinces: int
    leader: str
    value: float
    unit: str
    share: float | None
    above: int | None
    national: float | None
    summed: bool
    mover: str | None
    change: float | None
    change_unit: str


def load_headlines(catalog: Catalog) -> Mapping[str, tuple[str, ...]]:
    """The lists of `headlines.yml`, checked against the catalogue.

    Raises:
        CatalogError: Every fault found, as `file: entry: what`.
    """
    return _load(catalog.folder / FILE, frozenset(catalog.indicators))


@lru_cache(maxsize=4)
def _load(path: Path, known: frozenset[str]) -> Mapping[str, tuple[str, ...]]:
    try:
        lists = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise CatalogError([f"{path.name}: cannot be read: {' '.join(str(error).split())}"]) from error
    if not isinstance(lists, dict) or set(lists) != set(LISTS):
        raise CatalogError([f"{path.name}: must hold the lists {', '.join(LISTS)}"])
    faults = [f"{path.name}: {name}: {one!r} is no indicator" for name in LISTS for one in lists[name] or () if one not in known]
    if faults:
        raise CatalogError(faults)
    return {name: tuple(lists[name] or ()) for name in LISTS}


def national(rows: pd.DataFrame, catalog: Catalog) -> pd.DataFrame:
    """The country's levels: the printed value of a year, else the sum of the provinces that add up to it.

    A sum is made only for an indicator that may be summed over regions, and only of years in which every one of them has a value.

    Args:
        rows: Actual exact levels of whole regions: the country and its provinces; one row for each indicator, region and year.
    Returns:
        Rows of the country with `inputs` and `sources`, and `summed`: how many provinces were added up, 0 where printed.
    """
    printed = with_inputs(rows.loc[rows["region"] == COUNTRY]).assign(summed=0)
    members = whole_country(catalog.folder)
    additive = [name for name, indicator in catalog.indicators.items() if "regions" in indicator.sum_over]
    parts = rows.loc[rows["region"].isin(members) & rows["indicator"].isin(additive)]
    groups: dict[tuple[str, int], list[int]] = {}
    for at, key in enumerate(zip(parts["indicator"].tolist(), parts["year"].tolist(), strict=True)):
        groups.setdefault(key, []).append(at)
    known = set(zip(printed["indicator"], printed["year"], strict=True))
    full = [at for key, at in groups.items() if len(at) == len(members) and key not in known]
    if not full:
        return printed
    values, ids, sources = (parts[name].tolist() for name in ("value", "observation_id", "source_id"))
    made = with_inputs(parts.iloc[[at[0] for at in full]]).assign(
        region=COUNTRY,
        value=[sum(values[one] for one in at) for at in full],
        origin="derived",
        summed=len(members),
    )
    made["inputs"] = [tuple(ids[one] for one in at) for at in full]
    made["sources"] = [tuple(dict.fromkeys(sources[one] for one in at)) for at in full]
    return pd.concat([printed, made], ignore_index=True)


def headlines(ids: Sequence[str], country: pd.DataFrame, catalog: Catalog, breaks: pd.DataFrame) -> list[Headline]:
    """The latest figure of each indicator, in the order of `ids`; indicators without any are left out.

    Args:
        country: Rows of `national`.
    """
    changes = {
        (str(row.indicator), int(row.year)): (float(row.value), str(row.unit))
        for row in _same_making(year_on_year(country, catalog, breaks), country).itertuples()
    }
    found = []
    for name in ids:
        rows = country.loc[country["indicator"] == name]
        if rows.empty:
            continue
        last = rows.loc[rows["year"].idxmax()]
        alike = rows.loc[(rows["summed"] > 0) == (last["summed"] > 0)]
        cuts = cuts_of(breaks, name, last["series"])
        values = dict(zip(alike["year"].astype(int), alike["value"].astype(float), strict=True))
        change, unit = changes.get((name, int(last["year"])), (None, ""))
        found.append(
            Headline(
                catalog.indicators[name], int(last["year"]), float(last["value"]), str(last["unit"]), int(last["summed"]), change, unit,
                consecutive(values, int(last["year"]), cuts), tuple(last["inputs"]),
            )
        )  # fmt: skip
    return found


def _same_making(changes: pd.DataFrame, country: pd.DataFrame) -> pd.DataFrame:
    """Changes between two printed or two summed values; one against the other would compare unlike things."""
    summed = {(row.indicator, int(row.year)): row.summed > 0 for row in country.itertuples()}
    alike = [
        summed[row.indicator, int(row.year)] == summed.get((row.indicator, int(row.year) - 1)) for row in changes.itertuples()
    ]
    return changes.loc[alike]


def stand_outs(ids: Iterable[str], rows: pd.DataFrame, country: pd.DataFrame, catalog: Catalog, breaks: pd.DataFrame) -> list[StandOut]:
    """Leader and largest mover of each indicator's latest year; a year with fewer than `MIN_PEERS` provinces says nothing.

    Args:
        rows: Actual exact levels of whole provinces (rows of the country are not looked at).
        country: Rows of `national`.
    """
    provinces = rows.loc[rows["region"] != COUNTRY]
    newest = provinces["indicator"].map(provinces.groupby("indicator")["year"].max())
    every_change = year_on_year(with_inputs(provinces.loc[provinces["year"] >= newest - 1]), catalog, breaks)
    found = []
    for name in ids:
        indicator = catalog.indicators[name]
        own = provinces.loc[provinces["indicator"] == name]
        if own.empty:
            continue
        year = int(own["year"].max())
        latest = own.loc[own["year"] == year]
        if len(latest) < MIN_PEERS:
            continue
        first = latest.loc[rank(latest, indicator) == 1].iloc[0]
        whole = country.loc[(country["indicator"] == name) & (country["year"] == year)]
        total = float(whole["value"].iloc[0]) if len(whole) else None
        adds_up = "regions" in indicator.sum_over
        better = (latest["value"] < total) if indicator.direction == "lower" else (latest["value"] > (total or 0.0))
        changes = every_change.loc[every_change["indicator"] == name]
        best = changes.loc[(rank(changes, indicator) == 1) & _for_the_better(changes, indicator)]
        best = best if len(changes) >= MIN_PEERS else best.iloc[:0]
        found.append(
            StandOut(
                indicator, year, len(latest), str(first["region"]), float(first["value"]), str(first["unit"]),
                float(first["value"]) / total * 100 if adds_up and total else None,
                int(better.sum()) if not adds_up and total is not None else None,
                total,
                bool(len(whole)) and int(whole["summed"].iloc[0]) > 0,
                str(best["region"].iloc[0]) if len(best) else None,
                float(best["value"].iloc[0]) if len(best) else None,
                str(best["unit"].iloc[0]) if len(best) else "",
            )
        )  # fmt: skip
    return found


def _for_the_better(changes: pd.DataFrame, indicator: Indicator) -> pd.Series:
    return changes["value"] < 0 if indicator.direction == "lower" else changes["value"] > 0
