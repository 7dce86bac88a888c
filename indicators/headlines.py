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
from indicators.profile import consecutive, cuts_of
from indicators.region_sets import whole_country
from indicators.regions import COUNTRY

FILE = "headlines.yml"
LISTS = ("overview", "region", "aside", "twice")


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
class Move:
    """A province's change on the year before: in percent, or in percentage points for shares and rates."""

    region: str
    change: float
    unit: str


@dataclass(frozen=True, slots=True)
class StandOut:
    """What stands out in an indicator's latest year of which every province has a value.

    Attributes:
        provinces: How many there are.
        leader, value: The province with the best value, or the largest where neither is better.
        national, summed: The country's value, and whether it is a sum of the provinces.
        share: Part of the country that the leader has, in percent; None where the indicator does not add up.
        above: How many provinces are better than the country as a whole; None where that compares nothing.
        up, down: The largest rise and fall; None where nobody rose or fell, or not every province's two years compare.
    """

    indicator: Indicator
    year: int
    provinces: int
    leader: str
    value: float
    unit: str
    national: float | None
    summed: bool
    share: float | None
    above: int | None
    up: Move | None
    down: Move | None


def load_headlines(catalog: Catalog) -> Mapping[str, tuple[str, ...]]:
    """The lists of `headlines.yml`, checked against the catalogue.

    Raises:
        CatalogError: Every fault found, as `file: entry: what`.
    """
    return read_headlines(catalog.folder / FILE, frozenset(catalog.indicators))


@lru_cache(maxsize=4)
def read_headlines(path: Path, known: frozenset[str]) -> Mapping[str, tuple[str, ...]]:
    try:
        lists = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise CatalogError([f"{path.name}: cannot be read: {' '.join(str(error).split())}"]) from error
    if not isinstance(lists, dict) or set(lists) != set(LISTS):
        raise CatalogError([f"{path.name}: must hold the lists {', '.join(LISTS)}"])
    faults = [
        f"{path.name}: {name}: {one!r} is no indicator"
        for name in LISTS
        for one in lists[name] or ()
        if one not in known
    ]
    if faults:
        raise CatalogError(faults)
    return {name: tuple(lists[name] or ()) for name in LISTS}


def national(rows: pd.DataFrame, catalog: Catalog) -> pd.DataFrame:
    """The country's levels: the printed value of a year, else the sum of the provinces that add up to it.

    A sum is made only for an indicator that may be summed over regions, and only of years in which all of them have a
    value.

    Args:
        rows: Actual exact levels of the country and whole provinces; one for each indicator, region and year.
    Returns:
        Rows of the country with `inputs` and `sources`, and `summed`: how many provinces were added, 0 where printed.
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
                catalog.indicators[name],
                int(last["year"]),
                float(last["value"]),
                str(last["unit"]),
                int(last["summed"]),
                change,
                unit,
                consecutive(values, int(last["year"]), cuts),
                tuple(last["inputs"]),
            )
        )
    return found


def _same_making(changes: pd.DataFrame, country: pd.DataFrame) -> pd.DataFrame:
    """Changes between two printed or two summed values; one against the other would compare unlike things."""
    summed = {(row.indicator, int(row.year)): row.summed > 0 for row in country.itertuples()}
    alike = [
        summed[row.indicator, int(row.year)] == summed.get((row.indicator, int(row.year) - 1))
        for row in changes.itertuples()
    ]
    return changes.loc[alike]


def stand_outs(
    ids: Iterable[str], rows: pd.DataFrame, country: pd.DataFrame, catalog: Catalog, breaks: pd.DataFrame
) -> list[StandOut]:
    """Leader and largest moves of each indicator; one that no year has of all provinces is left out.

    Args:
        rows: Actual exact levels of whole regions; one row for each indicator, region and year.
        country: Rows of `national`.
    """
    members = whole_country(catalog.folder)
    provinces = rows.loc[rows["region"].isin(members)]
    latest = _latest_full_years(provinces, len(members))
    years = provinces["indicator"].map(latest)
    two = provinces.loc[((provinces["year"] == years) | (provinces["year"] == years - 1)).fillna(False)]
    changes = year_on_year(with_inputs(two), catalog, breaks)
    found = []
    for name in (name for name in ids if name in latest):
        own = two.loc[(two["indicator"] == name) & (two["year"] == latest[name])]
        whole = country.loc[(country["indicator"] == name) & (country["year"] == latest[name])]
        moves = changes.loc[changes["indicator"] == name]
        found.append(_stand_out(catalog.indicators[name], own, whole, moves))
    return found


def _latest_full_years(provinces: pd.DataFrame, members: int) -> dict[str, int]:
    """For each indicator the last year in which every province has a value."""
    counts = provinces.groupby(["indicator", "year"])["region"].nunique()
    return {str(name): int(year) for name, year in counts.index[counts == members]}


def _stand_out(indicator: Indicator, own: pd.DataFrame, whole: pd.DataFrame, moves: pd.DataFrame) -> StandOut:
    first = own.loc[rank(own, indicator) == 1].iloc[0]
    national = float(whole["value"].iloc[0]) if len(whole) else None
    adds_up = "regions" in indicator.sum_over
    share = float(first["value"]) / national * 100 if adds_up and national else None
    above = None
    if not adds_up and national is not None:
        above = int(((own["value"] < national) if indicator.direction == "lower" else (own["value"] > national)).sum())
    up = down = None
    if len(moves) == len(own):
        rise, fall = moves.loc[moves["value"].idxmax()], moves.loc[moves["value"].idxmin()]
        up = Move(str(rise["region"]), float(rise["value"]), str(rise["unit"])) if rise["value"] > 0 else None
        down = Move(str(fall["region"]), float(fall["value"]), str(fall["unit"])) if fall["value"] < 0 else None
    return StandOut(
        indicator=indicator,
        year=int(first["year"]),
        provinces=len(own),
        leader=str(first["region"]),
        value=float(first["value"]),
        unit=str(first["unit"]),
        national=national,
        summed=len(whole) > 0 and int(whole["summed"].iloc[0]) > 0,
        share=share,
        above=above,
        up=up,
        down=down,
    )
