"""The profile of one region: its latest values, their change, its place among peers, strengths and weaknesses.

Pure functions over observations. Only actual values of the whole region make the profile: what is limited to a part of
it or to a grade is listed by `partial`, and targets by `promised`, so that the kinds of truth never mix.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import pandas as pd

from indicators.catalog import Catalog, Indicator
from indicators.compare import DENOMINATORS, can_divide, crosses_break, divide, with_inputs, year_on_year
from indicators.observation import SCENARIOS

MIN_PEERS = 5
"""With fewer values of a year a rank says nothing and is not given."""
SIMILAR = 10
"""How many regions of nearest population make the peers of similar size."""
RECENT = 5
"""Strengths and weaknesses rest on values of so many years up to the newest one of the region."""
QUARTER = 4
SHORTEST_PATH = 2
POPULATION = DENOMINATORS["per_head"]


@dataclass(frozen=True, slots=True)
class Place:
    """Place among peers, by values before rounding; ties share the better place.

    Attributes:
        rank: 1 is the best, or the largest where no direction is better.
        last: The same counted from the other end.
        of: How many regions have an exact value of that year, this one included.
    """

    rank: int
    last: int
    of: int

    @property
    def best_quarter(self) -> bool:
        return self.rank <= self.of / QUARTER

    @property
    def worst_quarter(self) -> bool:
        return self.last <= self.of / QUARTER


@dataclass(frozen=True, slots=True)
class Value:
    """A level in its unit. `peers`: regions with an exact value of that year; `place` is None below `MIN_PEERS`."""

    value: float
    unit: str
    comparator: str
    inputs: tuple[str, ...]
    place: Place | None
    peers: int


@dataclass(frozen=True, slots=True)
class Change:
    """Against the year before. `printed`: stated by the source, else computed from the two years' levels."""

    value: float
    unit: str
    comparator: str
    inputs: tuple[str, ...]
    printed: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """One indicator of the profile.

    Attributes:
        level: None where the sources give only the growth.
        path: Values of consecutive years up to the latest that compare with it; see `consecutive`.
        per_head: The level divided by the population of its year, where the catalogue allows it.
    """

    indicator: Indicator
    year: int
    level: Value | None
    change: Change | None
    path: tuple[float, ...]
    per_head: Value | None
    origin: str

    @property
    def inputs(self) -> tuple[str, ...]:
        """The printed values behind the entry: the level first, else those of the change."""
        if self.level:
            return self.level.inputs
        return self.change.inputs if self.change else ()


@dataclass(frozen=True, slots=True)
class Standing:
    """A strength or a weakness: an entry and the place that makes it one."""

    entry: Entry
    shown: Value
    place: Place


# -- choosing rows ----------------------------------------------------------------------------------------------------


def whole(own: pd.DataFrame) -> pd.DataFrame:
    """The actual values of the whole region and of a full year."""
    whole = own["scope"].isna() & own["grade"].isna() & own["part_year"].isna()
    return own.loc[(own["scenario"] == SCENARIOS[0]) & whole & own["year"].notna()]


def partial(own: pd.DataFrame) -> pd.DataFrame:
    """Actual values that the profile leaves out: of a part, a grade or some months, shares, ranks, growth on other
    years.
    """
    actual = own.loc[own["scenario"] == SCENARIOS[0]]
    limited = actual["scope"].notna() | actual["grade"].notna() | actual["part_year"].notna() | actual["year"].isna()
    to_other_year = actual["measure"].isin(["growth", "change"]) & (actual["base_year"] != actual["year"] - 1).fillna(
        True
    )
    return actual.loc[limited | actual["measure"].isin(["share", "rank"]) | to_other_year]


def promised(own: pd.DataFrame) -> pd.DataFrame:
    """Targets and requirements."""
    return own.loc[own["scenario"] != SCENARIOS[0]]


def same_level(catalog: Catalog, code: str, having: Iterable[str]) -> tuple[str, ...]:
    """The default peers: the regions of the same level among those that have data, the region itself included."""
    level = catalog.regions[code].level
    return tuple(other for other in having if catalog.regions[other].level == level)


def similar_size(populations: Mapping[str, float], code: str, most: int = SIMILAR) -> tuple[str, ...]:
    """The region and the `most` others whose population is nearest in proportion; empty when its own is not known."""
    if code not in populations:
        return ()
    own = math.log(populations[code])
    others = sorted(
        (name for name in populations if name != code), key=lambda name: abs(math.log(populations[name]) - own)
    )
    return (code, *others[:most])


def needed(own: pd.DataFrame) -> list[tuple[str, int]]:
    """Indicator and year of each value whose peers must be known, with the population of these years."""
    pairs = {(row.indicator, row.year) for row in _latest(_rows(whole(own))).values()}
    return sorted(pairs | {(POPULATION, year) for _, year in pairs})


# -- the profile -------------------------------------------------------------------------------------------------------


class _Row(NamedTuple):
    """The columns that the profile looks at; for hundreds of rows, plain ones are many times faster than frames."""

    region: str
    indicator: str
    year: int
    base_year: int | None
    measure: str
    unit: str
    value: float
    comparator: str
    series: str | None
    origin: str
    observation_id: str


def profile(code: str, own: pd.DataFrame, peers: pd.DataFrame, catalog: Catalog, breaks: pd.DataFrame) -> list[Entry]:
    """Every indicator that the region has an actual value of, in the catalogue's order.

    Args:
        own: All current observations of the region.
        peers: Actual levels of whole regions, the region's own included, at the pairs of `needed`.
        breaks: `Edition.breaks` of the indicators.
    """
    actual = whole(own)
    rows = _rows(actual)
    latest = _latest(rows)
    peers = _of_same_series(peers, latest)
    printed = _printed_changes(rows)
    computed = _computed_changes(actual, latest, catalog, breaks)
    equals = _equals(_rows(peers), catalog)
    heads = _per_head(peers, latest, catalog)
    entries = []
    for indicator in catalog.indicators.values():
        row = latest.get(indicator.id)
        if row is None:
            years = [year for name, year in printed if name == indicator.id]
            if years:
                entries.append(_growth_alone(indicator, max(years), printed))
            continue
        key = (row.indicator, row.year)
        place, of = _place(code, equals.get(key, {}), indicator)
        level = Value(
            row.value, row.unit, row.comparator, (row.observation_id,), place if row.comparator == "eq" else None, of
        )
        change = printed[key][0] if key in printed else computed.get(indicator.id)
        path = consecutive(_line(rows, row), row.year, cuts_of(breaks, indicator.id, row.series))
        entries.append(Entry(indicator, row.year, level, change, path, _head(code, indicator, heads), row.origin))
    return entries


def strengths(
    entries: Sequence[Entry], aside: Sequence[str] = (), most: int = 5
) -> tuple[list[Standing], list[Standing]]:
    """The indicators in the best and in the worst quarter of the peers, the furthest out first.

    By the value per head where the catalogue allows it, else by the value itself. Indicators without a better
    direction, those of `aside`, and values older than `RECENT` years before the region's newest do not count.
    """
    if not entries:
        return [], []
    since = max(entry.year for entry in entries) - RECENT + 1
    candidates = []
    for entry in entries:
        shown = entry.per_head if entry.per_head and entry.per_head.place else entry.level
        if entry.year < since or entry.indicator.direction == "neutral" or entry.indicator.id in aside:
            continue
        if shown and shown.place:
            candidates.append(Standing(entry, shown, shown.place))
    best = sorted((one for one in candidates if one.place.best_quarter), key=lambda one: one.place.rank / one.place.of)
    worst = sorted(
        (one for one in candidates if one.place.worst_quarter), key=lambda one: one.place.last / one.place.of
    )
    return best[:most], worst[:most]


def _rows(frame: pd.DataFrame) -> list[_Row]:
    """Rows with plain Python values; text and years that are missing are None."""
    columns = []
    for name in _Row._fields:
        values = frame[name].tolist()
        columns.append(
            [None if pd.isna(value) else value for value in values] if name in ("series", "base_year") else values
        )
    return [_Row(*values) for values in zip(*columns, strict=True)]


def _is_level(row: _Row) -> bool:
    return row.measure == "level" and row.unit != "percentage_point"


def _latest(rows: Iterable[_Row]) -> dict[str, _Row]:
    """The newest level of each indicator; the series without a name before named ones."""
    found: dict[str, _Row] = {}
    for row in sorted(filter(_is_level, rows), key=lambda row: (-row.year, row.series or "")):
        found.setdefault(row.indicator, row)
    return found


def _line(rows: Iterable[_Row], latest: _Row) -> dict[int, float]:
    """Year -> value of the latest value's own series, exact values only."""
    if latest.comparator != "eq":
        return {}
    same = (row for row in rows if row.indicator == latest.indicator and row.series == latest.series and _is_level(row))
    return {row.year: row.value for row in same if row.comparator == "eq"}


def cuts_of(breaks: pd.DataFrame, indicator: str, series: object) -> list[int]:
    """The years from which values of one series of an indicator do not compare with earlier ones."""
    columns = (breaks[name].tolist() for name in ("indicator", "series", "year"))
    return [
        int(year)
        for name, only, year in zip(*columns, strict=True)
        if name == indicator and (pd.isna(only) or only == series)
    ]


def consecutive(values: Mapping[int, float], last: int, cuts: Iterable[int]) -> tuple[float, ...]:
    """The values of consecutive years up to `last`, as far back as no year is missing and no break lies between.

    Returns:
        The values in the order of the years; empty when they are fewer than `SHORTEST_PATH`.
    """
    cuts, path, year = tuple(cuts), [], last
    while year in values and not crosses_break(year, last, cuts):
        path.append(values[year])
        year -= 1
    return tuple(reversed(path)) if len(path) >= SHORTEST_PATH else ()


def _of_same_series(peers: pd.DataFrame, latest: Mapping[str, _Row]) -> pd.DataFrame:
    """The peers' values of the statistical series that the region's own latest value is of: others never compare."""
    own = {(row.indicator, row.year): row.series or "" for row in latest.values()}
    columns = (peers["indicator"].tolist(), peers["year"].tolist(), peers["series"].fillna("").tolist())
    return peers.loc[[own.get((name, year), "") == series for name, year, series in zip(*columns, strict=True)]]


def _equals(rows: Iterable[_Row], catalog: Catalog) -> dict[tuple[str, int], dict[str, float]]:
    """Indicator and year -> region -> its exact value in the indicator's own unit."""
    found: dict[tuple[str, int], dict[str, float]] = {}
    for row in rows:
        if row.comparator == "eq" and row.unit == catalog.indicators[row.indicator].unit:
            found.setdefault((row.indicator, row.year), {}).setdefault(row.region, row.value)
    return found


def _place(code: str, values: Mapping[str, float], indicator: Indicator) -> tuple[Place | None, int]:
    """The place of a region among values by region, and how many values there are."""
    of = len(values)
    if code not in values or of < MIN_PEERS:
        return None, of
    own = values[code]
    above, below = sum(value > own for value in values.values()), sum(value < own for value in values.values())
    if indicator.direction == "lower":
        above, below = below, above
    return Place(above + 1, below + 1, of), of


def _per_head(peers: pd.DataFrame, latest: Mapping[str, _Row], catalog: Catalog) -> dict[str, list[tuple[str, Value]]]:
    """Values per head of every peer in the year of the region's own latest value, by indicator; without places yet.

    An indicator is left out when the catalogue has its quotient as an indicator of its own.
    """
    printed = {
        indicator.ratio_of[0] for indicator in catalog.indicators.values() if indicator.ratio_of[1:] == (POPULATION,)
    }
    years = {
        name: row.year
        for name, row in latest.items()
        if row.comparator == "eq" and can_divide(catalog.indicators[name], "per_head") and name not in printed
    }
    pairs = zip(peers["indicator"].tolist(), peers["year"].tolist(), strict=True)
    wanted = pd.Series([years.get(name) == year for name, year in pairs], index=peers.index, dtype=bool)
    if not wanted.any():
        return {}
    exact = peers["comparator"] == "eq"
    quotients = divide(
        with_inputs(peers.loc[wanted & exact]), peers.loc[exact & (peers["indicator"] == POPULATION)], "per_head"
    )
    found: dict[str, list[tuple[str, Value]]] = {}
    columns = (quotients[name].tolist() for name in ("indicator", "region", "value", "unit", "inputs"))
    for name, region, value, unit, inputs in zip(*columns, strict=True):
        found.setdefault(name, []).append((region, Value(value, unit, "eq", tuple(inputs), None, 0)))
    return found


def _head(code: str, indicator: Indicator, heads: Mapping[str, list[tuple[str, Value]]]) -> Value | None:
    values = dict(heads.get(indicator.id, ()))
    if code not in values:
        return None
    place, of = _place(code, {region: value.value for region, value in values.items()}, indicator)
    return replace(values[code], place=place, peers=of)


def _computed_changes(
    actual: pd.DataFrame, latest: Mapping[str, _Row], catalog: Catalog, breaks: pd.DataFrame
) -> dict[str, Change]:
    """The change of each latest value against the year before."""
    pairs = zip(actual["indicator"].tolist(), actual["year"].tolist(), strict=True)
    near = [name in latest and latest[name].year - year in (0, 1) for name, year in pairs]
    two = actual.loc[near]
    two = two.loc[(two["comparator"] == "eq") & (two["measure"] == "level")]
    if two.empty:
        return {}
    changes = year_on_year(with_inputs(two), catalog, breaks)
    found: dict[str, Change] = {}
    columns = (changes[name].tolist() for name in ("indicator", "series", "value", "unit", "inputs"))
    for name, series, value, unit, inputs in zip(*columns, strict=True):
        if (None if pd.isna(series) else series) == latest[name].series:
            found[name] = Change(value, unit, "eq", tuple(inputs), False)
    return found


def _printed_changes(rows: Iterable[_Row]) -> dict[tuple[str, int], tuple[Change, str]]:
    """Changes against the year before as the sources print them, with their origin; growth before absolute change."""
    found: dict[tuple[str, int], tuple[Change, str]] = {}
    for row in sorted(rows, key=lambda row: row.measure, reverse=True):
        if row.measure in ("growth", "change") and row.base_year == row.year - 1:
            change = Change(row.value, row.unit, row.comparator, (row.observation_id,), True)
            found.setdefault((row.indicator, row.year), (change, row.origin))
    return found


def _growth_alone(indicator: Indicator, year: int, printed: Mapping[tuple[str, int], tuple[Change, str]]) -> Entry:
    change, origin = printed[indicator.id, year]
    return Entry(indicator, year, None, change, (), None, origin)
