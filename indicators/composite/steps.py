"""Every step of an index as a table, for looking at and for taking away.

A wide table has one row for each region with a score (`region`) and one column for each indicator (the code of its
part) or theme (its id).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd

from indicators.catalog import Catalog
from indicators.composite.build import Composite
from indicators.composite.recipe import better
from indicators.composite.simulate import SOURCES

PRINTED = ["indicator", "region", "year", "value", "unit", "printed", "status", "source_id", "observation_id"]


def printed(found: Composite, catalog: Catalog) -> pd.DataFrame:
    """The printed values that everything rests on, numerators and denominators."""
    return found.inputs.printed[PRINTED].sort_values(["indicator", "region", "year"]).reset_index(drop=True)


def values(found: Composite, catalog: Catalog) -> pd.DataFrame:
    """Raw values on their basis, of all regions, those without a score too."""
    codes = [part.code for part in found.inputs.parts]
    return _wide(found.inputs.regions, dict(zip(codes, found.inputs.values.T, strict=True)))


def years(found: Composite, catalog: Catalog) -> pd.DataFrame:
    """The year of each value; missing where there is none."""
    columns = {
        part.code: pd.array([year or None for year in column.tolist()], dtype="Int64")
        for part, column in zip(found.inputs.parts, found.inputs.years.T, strict=True)
    }
    return _wide(found.inputs.regions, columns)


def treatment(found: Composite, catalog: Catalog) -> pd.DataFrame:
    """What was done to each indicator, with the numbers that the rule looks at."""
    return pd.DataFrame(
        {
            "part": part.code,
            "skewness_before": one.before[0],
            "kurtosis_before": one.before[1],
            "action": one.action,
            "changed": len(one.changed),
            "skewness_after": one.after[0],
            "kurtosis_after": one.after[1],
            "outlying": one.outlying,
        }
        for part, one in zip(found.parts, found.treated, strict=True)
    )


def changes(found: Composite, catalog: Catalog) -> pd.DataFrame:
    """Each value that was pulled in: what it was and what it became."""
    units = dict(zip(found.inputs.parts, found.inputs.units, strict=True))
    rows = [
        (part.code, found.regions[place], found.raw[place, column], one.values[place], units[part])
        for column, (part, one) in enumerate(zip(found.parts, found.treated, strict=True))
        for place in one.changed
    ]
    return pd.DataFrame(rows, columns=["part", "region", "before", "after", "unit"])


def treated(found: Composite, catalog: Catalog) -> pd.DataFrame:
    """Values after treatment; on a logarithmic scale where `treatment` says so."""
    return _wide(found.regions, {part.code: one.values for part, one in zip(found.parts, found.treated, strict=True)})


def normalised(found: Composite, catalog: Catalog) -> pd.DataFrame:
    """Values on one scale, more being better."""
    return _wide(
        found.regions, {part.code: column for part, column in zip(found.parts, found.normalised.T, strict=True)}
    )


def weights(found: Composite, catalog: Catalog) -> pd.DataFrame:
    """What each indicator weighs in its theme, its theme in the index, and so it in the index; in percent."""
    given = found.weights
    return pd.DataFrame(
        {
            "part": [part.code for part in found.parts],
            "theme": [given.themes[place] for place in given.of],
            "better": [better(part, catalog) for part in found.parts],
            "weight_in_theme": 100 * given.within,
            "weight_of_theme": 100 * given.across[given.of],
            "weight_in_index": 100 * given.effective,
        }
    )


def themes(found: Composite, catalog: Catalog) -> pd.DataFrame:
    """Theme scores."""
    return _wide(found.regions, dict(zip(found.weights.themes, found.scores.T, strict=True)))


def index(found: Composite, catalog: Catalog) -> pd.DataFrame:
    """Score and rank of each region, the places between which it stands in 90 % of the simulations, and on how many
    indicators it rests; best first.
    """
    table = pd.DataFrame(
        {
            "rank": found.ranks,
            "region": list(found.regions),
            "score": found.index,
            "low": found.simulated.low,
            "middle": found.simulated.middle,
            "high": found.simulated.high,
            "have": np.isfinite(found.raw).sum(axis=1),
        }
    )
    return table.sort_values(["rank", "region"], ignore_index=True)


def effects(found: Composite, catalog: Catalog) -> pd.DataFrame:
    """What each source of uncertainty does to the ranks; see `simulate.Effect`."""
    told = found.simulated.effects
    return pd.DataFrame(
        {
            "choice": list(SOURCES),
            "shift": [one.shift for one in told],
            "first_order": [one.first for one in told],
            "total_effect": [one.total for one in told],
        }
    )


def simulations(found: Composite, catalog: Catalog) -> pd.DataFrame:
    """The rank of each region (column) in each simulation (row, numbered from 1)."""
    ranks = found.simulated.ranks
    return pd.DataFrame({"simulation": np.arange(1, len(ranks) + 1)} | dict(zip(found.regions, ranks.T, strict=True)))


def left_out(found: Composite, catalog: Catalog) -> pd.DataFrame:
    """The regions without a score, and what they have."""
    return pd.DataFrame(
        [(one.region, one.indicators, one.of_indicators, one.themes, one.of_themes) for one in found.left_out],
        columns=["region", "have", "of_indicators", "have_themes", "of_themes"],
    )


def contributions(found: Composite) -> pd.DataFrame:
    """What each theme adds to the score of a region: for an arithmetic mean they add up to the score.

    Raises:
        ValueError: The index is a geometric mean, which has no such parts.
    """
    if found.recipe.aggregation == "geometric":
        raise ValueError("a geometric mean does not add up")
    known = np.isfinite(found.scores)
    weight = known * found.weights.across
    shares = np.where(known, found.scores, 0.0) * weight / weight.sum(axis=1, keepdims=True)
    return _wide(found.regions, dict(zip(found.weights.themes, shares.T, strict=True)))


STEPS: Mapping[str, Callable[[Composite, Catalog], pd.DataFrame]] = {
    "index": index,
    "themes": themes,
    "weights": weights,
    "normalised": normalised,
    "treated": treated,
    "treatment": treatment,
    "changes": changes,
    "values": values,
    "years": years,
    "printed": printed,
    "effects": effects,
    "simulations": simulations,
    "left_out": left_out,
}
"""The tables from the result back to what was printed."""


def _wide(regions: tuple[str, ...], columns: Mapping[str, object]) -> pd.DataFrame:
    return pd.DataFrame({"region": list(regions)} | dict(columns))
