"""With whom a region is compared: regions of its kind, chosen by a rule that the page can state.

Pure functions over observations. Peers are always of the region's own level, since totals of a county and of a province
do not compare, and only regions that have data. Four rules:

- `similar`: nearest in population and GDP per head.
- `near`: neighbours in the tree: the same parent; for a province, its set in `data/catalog/region_sets.yml`. No
  adjacency on the ground: the tile grid of the maps is none, and no list of borders is among the data.
- `level`: every region of the level.
- `hand`: picked by the reader.

Methods: see `data/catalog/methods/region.yml`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

import numpy as np
import pandas as pd

from indicators.catalog import Catalog
from indicators.compare import DENOMINATORS, divide, with_inputs
from indicators.region_sets import RegionSet
from indicators.usable import is_exact, is_whole

Rule = Literal["similar", "near", "level", "hand"]
RULES: tuple[Rule, ...] = ("similar", "near", "level", "hand")
POPULATION, GDP = DENOMINATORS["per_head"], DENOMINATORS["per_gdp"]
INPUTS = (POPULATION, GDP)
"""Indicators that `similar` needs; it takes the second per head of the first."""
NEAREST = 10
"""So many regions are the similar ones; all that tie with the last of them are in as well."""
LEAST = 5
"""With fewer others that have both inputs in one year no region is called similar."""
COVERED = 2 / 3
"""A year is taken only if so many of the regions that ever had both inputs have them then."""
OTHERS = "others"
SAME = 1e-9
"""Distances and spreads that differ by less are the same: they are sums of rounded numbers."""


@dataclass(frozen=True, slots=True)
class Trait:
    """What one region looks like to the rule `similar`.

    Attributes:
        population: Residents at the year's end.
        gdp_per_head: Yuan per resident, current prices.
        apart: Difference from the region in question in the logarithm of population and of GDP per head, each in
            standard deviations over the level.
        distance: Euclidean length of `apart`.
        inputs: Ids of the printed population and GDP.
    """

    population: float
    gdp_per_head: float
    apart: tuple[float, float]
    distance: float
    inputs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Peers:
    """The regions that one region is compared with.

    Attributes:
        code: The region itself, which is never a member.
        members: Codes; nearest first for `similar`, else in ascending order.
        year: Year of the inputs; None for rules that need none.
        traits: For `similar` the region and all others of its level, members or not; empty else.
        group: For `near` the id of the region set or the code of the parent.
        missing: Why there are no members: indicators that the region has no value of, or `OTHERS` when it has no
            others to be compared with.
    """

    code: str
    rule: Rule
    members: tuple[str, ...] = ()
    year: int | None = None
    traits: Mapping[str, Trait] = field(default_factory=lambda: MappingProxyType({}))
    group: str | None = None
    missing: tuple[str, ...] = ()

    @property
    def everyone(self) -> tuple[str, ...]:
        """The region and its peers, the order of a query."""
        return (self.code, *self.members)

    @property
    def distances(self) -> dict[str, float]:
        """Distance of each member, nearest first; empty for rules that measure none."""
        return {code: self.traits[code].distance for code in self.members if code in self.traits}

    @property
    def inputs(self) -> tuple[str, ...]:
        """Ids of the observations that the choice rests on: those of every region that was measured."""
        return tuple(dict.fromkeys(one for trait in self.traits.values() for one in trait.inputs))


# -- the rules ---------------------------------------------------------------------------------------------------------


def similar(code: str, rows: pd.DataFrame, catalog: Catalog, most: int = NEAREST) -> Peers:
    """The `most` regions of the level nearest in population and GDP per head.

    The inputs are ln(population) and ln(GDP / population) of one year, each minus the level's mean and divided by its
    sample standard deviation (n - 1); the distance is Euclidean. The year is the newest in which the region has both
    and so do `COVERED` of all regions of the level that ever had both.

    Args:
        rows: Observations of `INPUTS`; used are exact actual levels of whole regions, of one series.
    """
    level = [region.code for region in catalog.regions if region.level == catalog.regions[code].level]
    if len(level) == 1:
        return Peers(code, "similar", missing=(OTHERS,))
    inputs = _inputs(rows.loc[rows["region"].isin(level)], code)
    own = set(inputs.loc[inputs["region"] == code, "indicator"])
    missing = tuple(name for name in INPUTS if name not in own)
    if missing:
        return Peers(code, "similar", missing=missing)
    year = _year(inputs, code)
    if year is None:
        return Peers(code, "similar", missing=(OTHERS,))
    traits = _traits(code, _known(inputs.loc[inputs["year"] == year]))
    others = sorted((other for other in traits if other != code), key=lambda other: (traits[other].distance, other))
    last = traits[others[min(most, len(others)) - 1]].distance
    members = tuple(other for other in others if traits[other].distance <= last + SAME)
    return Peers(code, "similar", members, year, MappingProxyType(traits))


def near(code: str, having: Iterable[str], catalog: Catalog, sets: Mapping[str, RegionSet]) -> Peers:
    """Neighbours in the tree: the members of the smallest set with the region, else those under the same parent.

    Args:
        having: Codes of the regions that have data.
        sets: `load_region_sets`.
    """
    region = catalog.regions[code]
    around = sorted(
        (one for one in sets.values() if code in one.codes and not one.whole), key=lambda one: len(one.codes)
    )
    if around:
        return _chosen(code, "near", (other for other in having if other in around[0].codes), catalog, around[0].id)
    same = (other for other in having if region.parent and catalog.regions[other].parent == region.parent)
    # Directly below the country lie provinces alone: all of them are the rule `level`, not neighbours.
    beside = same if region.level != "province" else ()
    return _chosen(code, "near", beside, catalog, region.parent)


def same_level(code: str, having: Iterable[str], catalog: Catalog) -> Peers:
    """Every region of the level that has data."""
    return _chosen(code, "level", having, catalog)


def by_hand(code: str, picked: Iterable[str], having: Iterable[str], catalog: Catalog) -> Peers:
    """What the reader picked, as far as it is of the same level and has data."""
    offered = set(having)
    return _chosen(code, "hand", (other for other in picked if other in offered), catalog)


def all_rules(
    code: str, having: Sequence[str], rows: pd.DataFrame, catalog: Catalog, sets: Mapping[str, RegionSet]
) -> dict[Rule, Peers]:
    """The peers by every rule that needs no picking, in the order of `RULES`; `Peers.missing` explains empty ones."""
    return {
        "similar": similar(code, rows, catalog),
        "near": near(code, having, catalog, sets),
        "level": same_level(code, having, catalog),
    }


def usable(found: Mapping[Rule, Peers]) -> tuple[Rule, ...]:
    """The rules worth offering: those with members; of two with the same members only the plainer one.

    Where a level has no more regions than the nearest would be, `similar` and `level` are the same, and so on.
    """
    kept: list[Rule] = []
    for rule in reversed([rule for rule in RULES if rule in found and found[rule].members]):
        if all(set(found[rule].members) != set(found[other].members) for other in kept):
            kept.insert(0, rule)
    return tuple(kept)


# -- steps -------------------------------------------------------------------------------------------------------------


def _chosen(code: str, rule: Rule, codes: Iterable[str], catalog: Catalog, group: str | None = None) -> Peers:
    """Peers of the region's own level among codes, without itself."""
    level = catalog.regions[code].level
    members = tuple(sorted({other for other in codes if other != code and catalog.regions[other].level == level}))
    return Peers(code, rule, members, group=group, missing=() if members else (OTHERS,))


def _inputs(rows: pd.DataFrame, code: str) -> pd.DataFrame:
    """Exact actual levels of whole regions above 0, one for each region and year, of the series that the region in
    question has: its unnamed one before named ones. Values under other definitions are not compared with it.
    """
    kept = rows.loc[
        rows["indicator"].isin(INPUTS)
        & (rows["measure"] == "level")
        & is_exact(rows)
        & is_whole(rows)
        & rows["year"].notna()
        & (rows["value"] > 0)
    ]
    series = kept["series"].astype("object").where(kept["series"].notna(), "")
    ordered = kept.assign(series=series).sort_values("series", kind="stable")
    own = ordered.loc[ordered["region"] == code].drop_duplicates("indicator").set_index("indicator")["series"]
    same = ordered["series"] == ordered["indicator"].map(own)
    return ordered.loc[same].drop_duplicates(["region", "indicator", "year"])


def _year(inputs: pd.DataFrame, code: str) -> int | None:
    """The newest year in which the region and enough others have both."""
    pairs = inputs.duplicated(["region", "year"])  # One row for each input, so that the second one makes a pair.
    regions, years = inputs["region"][pairs].to_numpy(), inputs["year"][pairs].to_numpy(dtype=int)
    least = max(LEAST + 1, COVERED * len(set(regions)))
    own = sorted(set(years[regions == code].tolist()), reverse=True)
    return next((year for year in own if (years == year).sum() >= least), None)


def _known(inputs: pd.DataFrame) -> dict[str, tuple[float, float, tuple[str, ...]]]:
    """Region -> population, GDP per head and the ids of both, where there are both; inputs of one year."""
    people = inputs.loc[inputs["indicator"] == POPULATION]
    quotients = divide(with_inputs(inputs.loc[inputs["indicator"] == GDP]), people, "per_head")
    size = dict(zip(people["region"], people["value"], strict=True))
    columns = (quotients[name].tolist() for name in ("region", "value", "inputs"))
    return {
        region: (float(size[region]), float(value), tuple(ids)) for region, value, ids in zip(*columns, strict=True)
    }


def _traits(code: str, known: Mapping[str, tuple[float, float, tuple[str, ...]]]) -> dict[str, Trait]:
    """Every region of one year as the distance sees it."""
    codes = sorted(known)
    logs = np.log([known[region][:2] for region in codes])
    spread = logs.std(axis=0, ddof=1)
    # Where all are alike, that input tells nobody apart.
    apart = (logs - logs[codes.index(code)]) / np.where(spread > SAME, spread, np.inf)
    return {
        region: Trait(people, rich, (float(away[0]), float(away[1])), float(np.hypot(*away)), ids)
        for region, away in zip(codes, apart, strict=True)
        for people, rich, ids in [known[region]]
    }
