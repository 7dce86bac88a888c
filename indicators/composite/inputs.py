"""The data step: one value for each region and indicator, or none; each with its year and what it was printed as."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from indicators.catalog import Catalog
from indicators.comparability import Note, judge
from indicators.compare import DENOMINATORS, breaks_with_denominator, divide, quotient_unit, with_inputs
from indicators.composite.recipe import Part, Recipe
from indicators.observation import SCENARIOS
from indicators.selection import Selection
from indicators.usable import is_exact, is_whole

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Inputs:
    """Regions by indicators.

    Attributes:
        units: Unit of each part on its basis.
        values, years: Nan and 0 where there is no value.
        rows: One row for each value, in observation columns with `inputs`, and `part`, the code of its indicator.
        printed: The observations that these were computed from, as they were found.
        notes: What was left out: `other_series`, `before_break`.
    """

    regions: tuple[str, ...]
    parts: tuple[Part, ...]
    units: tuple[str, ...]
    values: Numbers
    years: NDArray[np.int64]
    rows: pd.DataFrame
    printed: pd.DataFrame
    notes: tuple[Note, ...]


def wanted(recipe: Recipe, regions: Sequence[str]) -> Selection:
    """What must be read for a recipe: its indicators and their denominators in its years."""
    under = [DENOMINATORS[part.basis] for part in recipe.parts if part.basis != "total"]
    return Selection(
        indicators=tuple(dict.fromkeys([*(part.indicator for part in recipe.parts), *under])),
        regions=tuple(regions),
        years=(recipe.first_year, recipe.year),
        measures=("level",),
        scenarios=SCENARIOS[:1],
        whole=True,
    )


def gather(
    found: pd.DataFrame, recipe: Recipe, regions: Sequence[str], catalog: Catalog, breaks: pd.DataFrame
) -> Inputs:
    """The latest value that compares, for each region and part.

    Taken are exact actual levels of whole regions in the indicator's own unit, of one series: the one with most values.
    Where several years may be taken, none from before a break that lies between it and the newest value: these would
    not compare.

    Args:
        found: Observations of `wanted`.
        breaks: `Edition.breaks` of the indicators and their denominators.
    """
    rows = with_inputs(_usable(found, regions, recipe, catalog))
    notes: list[Note] = []
    taken: list[pd.DataFrame] = []
    for part in recipe.parts:
        own = _main_series(rows.loc[rows["indicator"] == part.indicator], part, catalog, notes)
        if part.basis != "total":
            own = divide(own, rows, part.basis)
        own = _after_breaks(own, breaks_with_denominator(breaks, [part.indicator], part.basis), part, catalog, notes)
        own = own.sort_values("year", kind="stable").drop_duplicates("region", keep="last")
        taken.append(own.assign(part=part.code))
    values, years = _matrices(taken, regions)
    filled = [frame for frame in taken if len(frame)] or taken[:1]
    units = tuple(quotient_unit(catalog.indicators[part.indicator], part.basis) for part in recipe.parts)
    used = pd.concat(filled, ignore_index=True)
    behind = {name for names in used["inputs"] for name in names}
    printed = found.loc[found["observation_id"].isin(behind)].reset_index(drop=True)
    return Inputs(tuple(regions), recipe.parts, units, values, years, used, printed, tuple(notes))


def comparability(inputs: Inputs, catalog: Catalog, breaks: pd.DataFrame, sources: pd.DataFrame) -> list[Note]:
    """What a reader must know of the values that entered, each indicator for itself.

    Args:
        breaks: As in `gather`.
        sources: `Edition.sources`.
    """
    told: dict[str, Note] = {}
    for part in inputs.parts:
        rows = inputs.rows.loc[inputs.rows["part"] == part.code]
        own = breaks_with_denominator(breaks, [part.indicator], part.basis)
        found = judge(rows, "index", catalog, own, sources)
        for note in (*found.refusals, *found.notes):
            told.setdefault(f"{note.code} {sorted(map(str, note.params.values()))}", note)
    return list(told.values())


def _usable(found: pd.DataFrame, regions: Sequence[str], recipe: Recipe, catalog: Catalog) -> pd.DataFrame:
    years = found["year"].fillna(0)
    levels = is_exact(found) & is_whole(found) & found["base_year"].isna() & (found["measure"] == "level")
    current = found["standing"] == "current"
    canonical = found["unit"] == [catalog.indicators[name].unit for name in found["indicator"]]
    here = found["region"].isin(list(regions)) & years.between(recipe.first_year, recipe.year)
    return found.loc[levels & current & canonical & here]


def _main_series(rows: pd.DataFrame, part: Part, catalog: Catalog, notes: list[Note]) -> pd.DataFrame:
    series = rows["series"].fillna("")
    if series.nunique() < 2:
        return rows
    main = series.value_counts().index[0]
    notes.append(Note("other_series", _named(part, catalog, int((series != main).sum()))))
    return rows.loc[series == main]


def _after_breaks(
    rows: pd.DataFrame, breaks: pd.DataFrame, part: Part, catalog: Catalog, notes: list[Note]
) -> pd.DataFrame:
    """Without values that a break parts from the newest one, where these would have been taken."""
    if rows.empty:
        return rows
    newest = int(rows["year"].max())
    own = breaks.loc[breaks["series"].isna() | breaks["series"].isin(rows["series"].dropna().unique().tolist())]
    crossed = [int(year) for year in own["year"] if year <= newest]
    if not crossed:
        return rows
    kept = rows.loc[rows["year"] >= max(crossed)]
    lost = set(rows["region"]) - set(kept["region"])
    if lost:
        notes.append(Note("before_break", {**_named(part, catalog, len(lost)), "year": max(crossed)}))
    return kept


def _named(part: Part, catalog: Catalog, n: int) -> Mapping[str, object]:
    indicator = catalog.indicators[part.indicator]
    return {"indicator_zh": indicator.zh, "indicator_en": indicator.en, "n": n}


def _matrices(taken: Sequence[pd.DataFrame], regions: Sequence[str]) -> tuple[Numbers, NDArray[np.int64]]:
    place = {code: number for number, code in enumerate(regions)}
    values = np.full((len(regions), len(taken)), np.nan)
    years = np.zeros((len(regions), len(taken)), dtype=np.int64)
    for column, frame in enumerate(taken):
        where = [place[code] for code in frame["region"]]
        values[where, column] = frame["value"].to_numpy(dtype=float)
        years[where, column] = frame["year"].to_numpy(dtype=int)
    return values, years
