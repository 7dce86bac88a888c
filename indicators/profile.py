"""The profile of one region: its latest values, their change, its place and distance among peers.

Place and distance rest on the newest year in which enough peers have a value as well: a region that is the first to
publish a year keeps its place of the year before, which the entry names.

Pure functions over observations. Only actual values of the whole region make the profile: what is limited to a part of
it or to a grade is listed by `partial`, and targets by `promised`, so that the kinds of truth never mix.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple, TypeAlias

import pandas as pd

from indicators.catalog import Catalog, Indicator
from indicators.compare import DENOMINATORS, can_divide, crosses_break, divide, with_inputs, year_on_year
from indicators.entry import Change as Change
from indicators.entry import Compared
from indicators.entry import Entry as Entry
from indicators.entry import Value as Value
from indicators.observation import SCENARIOS
from indicators.standing import apart_of, place_of

SHORTEST_PATH = 2
POPULATION = DENOMINATORS["per_head"]


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


def needed(own: pd.DataFrame) -> list[tuple[str, int]]:
    """Indicator and year of each exact level of the latest one's series, with the population of these years: peers
    are looked for in all of them.
    """
    rows = _rows(whole(own))
    pairs = {(row.indicator, year) for row in _latest(rows).values() for year in _line(rows, row)}
    return sorted(pairs | {(POPULATION, year) for _, year in pairs})


# -- the profile -------------------------------------------------------------------------------------------------------


_Exact: TypeAlias = dict[str, dict[int, dict[str, Value]]]
"""Indicator -> year -> region -> exact value; for each indicator of one series."""


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
    printed = _printed_changes(rows)
    computed = _computed_changes(actual, latest, catalog, breaks)
    exact = _exact((row for row in _rows(peers) if _same_series(row.indicator, row.series, latest)), catalog)
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
        level = Value(row.value, row.unit, row.comparator, (row.observation_id,))
        change = printed[key][0] if key in printed else computed.get(indicator.id)
        path = consecutive(_line(rows, row), row.year, cuts_of(breaks, indicator.id, row.series))
        head = heads.get(indicator.id, {})
        per_head = head.get(row.year, {}).get(code)
        standing = [_compared(code, indicator, years) for years in (exact.get(indicator.id, {}), head)]
        divided = can_divide(indicator, "per_head")
        entries.append(Entry(indicator, row.year, level, change, path, per_head, row.origin, divided, *standing))
    return entries


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


def _same_series(indicator: str, series: object, latest: Mapping[str, _Row]) -> bool:
    """Whether a peer's value rests on the definition of the region's own: other series are not compared with it."""
    own = latest.get(indicator)
    return own is not None and (None if pd.isna(series) else series) == own.series


def _exact(rows: Iterable[_Row], catalog: Catalog) -> _Exact:
    """The exact values in the indicator's own unit; rows of one series."""
    found: _Exact = {}
    for row in rows:
        if row.comparator == "eq" and row.unit == catalog.indicators[row.indicator].unit:
            regions = found.setdefault(row.indicator, {}).setdefault(row.year, {})
            regions.setdefault(row.region, Value(row.value, row.unit, row.comparator, (row.observation_id,)))
    return found


def _compared(code: str, indicator: Indicator, years: Mapping[int, Mapping[str, Value]]) -> Compared | None:
    """The region's value of the newest year in which it has a place among its peers.

    Args:
        years: Year -> region -> exact value, the region's own included.
    """
    for year in sorted(years, reverse=True):
        values = {region: one.value for region, one in years[year].items()}
        place = place_of(code, values, indicator)
        if place:
            around = dict(years[year])
            own = around.pop(code)
            apart = apart_of(code, values, indicator)
            return Compared(own.value, own.unit, own.comparator, own.inputs, year, place, apart, around)
    return None


def _per_head(peers: pd.DataFrame, latest: Mapping[str, _Row], catalog: Catalog) -> _Exact:
    """The exact values per head in the years whose population is known.

    An indicator is left out when the catalogue has its quotient as an indicator of its own.
    """
    printed = {
        indicator.ratio_of[0] for indicator in catalog.indicators.values() if indicator.ratio_of[1:] == (POPULATION,)
    }
    divided = {name for name in latest if can_divide(catalog.indicators[name], "per_head") and name not in printed}
    columns = (peers[name].tolist() for name in ("indicator", "series"))
    wanted = pd.Series(
        [name in divided and _same_series(name, series, latest) for name, series in zip(*columns, strict=True)],
        index=peers.index,
        dtype=bool,
    )
    if not wanted.any():
        return {}
    exact = peers["comparator"] == "eq"
    quotients = divide(
        with_inputs(peers.loc[wanted & exact]), peers.loc[exact & (peers["indicator"] == POPULATION)], "per_head"
    )
    found: _Exact = {}
    columns = (quotients[name].tolist() for name in ("indicator", "year", "region", "value", "unit", "inputs"))
    for name, year, region, value, unit, inputs in zip(*columns, strict=True):
        found.setdefault(name, {}).setdefault(int(year), {})[region] = Value(value, unit, "eq", tuple(inputs))
    return found


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
