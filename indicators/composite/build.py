"""All steps of an index, one after the other; or why there can be none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indicators.catalog import Catalog
from indicators.composite.aggregate import aggregate, places
from indicators.composite.inputs import Inputs
from indicators.composite.normalise import normalise
from indicators.composite.recipe import Part, Recipe, better, unfit
from indicators.composite.simulate import SIMULATIONS, Model, Simulated, simulate
from indicators.composite.treat import Treated, treat
from indicators.composite.weigh import Weights, entropy, equal, own

Numbers = NDArray[np.float64]
LEAST_REGIONS = 5
LEAST_PARTS = 2


class RefusedError(ValueError):
    """An index that cannot be built. `code` and `params` are those of the sentence `composite.refused_<code>`."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(f"{code}: {params}" if params else code)
        self.code = code
        self.params: Mapping[str, Any] = params


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A region without a score: how many indicators and themes it has, of how many."""

    region: str
    indicators: int
    of_indicators: int
    themes: int
    of_themes: int


@dataclass(frozen=True, slots=True)
class Composite:
    """An index with all its steps. Rows are `regions`, columns `parts`, unless said otherwise.

    Attributes:
        inputs: As gathered, with the regions and indicators that were left out since.
        regions, left_out: The regions with a score, and those without.
        parts, unusable: The indicators that entered, and those that could not: with too few different values.
        raw, treated, normalised: The values after each step.
        scores: Regions by themes (`weights.themes`).
        index, ranks: Of each region.
        simulated: Ranks under other choices.
    """

    recipe: Recipe
    inputs: Inputs
    regions: tuple[str, ...]
    left_out: tuple[LeftOut, ...]
    parts: tuple[Part, ...]
    unusable: tuple[Part, ...]
    raw: Numbers
    treated: tuple[Treated, ...]
    normalised: Numbers
    weights: Weights
    scores: Numbers
    index: Numbers
    ranks: NDArray[np.int64]
    simulated: Simulated

    @property
    def incomplete(self) -> tuple[str, ...]:
        """The regions whose score rests on fewer than all indicators."""
        return tuple(code for code, row in zip(self.regions, self.raw, strict=True) if np.isnan(row).any())


def build(recipe: Recipe, inputs: Inputs, catalog: Catalog, simulations: int = SIMULATIONS) -> Composite:
    """The index of a recipe.

    Raises:
        RefusedError: It cannot be built; says why.
    """
    check(recipe, catalog)
    rows, columns, left_out = screen(inputs, recipe, catalog)
    raw = inputs.values[np.ix_(rows, columns)]
    parts = tuple(inputs.parts[column] for column in columns)
    lower = [better(part, catalog) == "lower" for part in parts]
    treated = tuple(treat(column, recipe.treatment, recipe.winsorised) for column in raw.T)
    positive = recipe.aggregation == "geometric"
    normalised = np.column_stack(
        [
            normalise(one.values, recipe.normalisation, lower=low, positive=positive)
            for one, low in zip(treated, lower, strict=True)
        ]
    )
    weights = _weights(recipe, parts, normalised, catalog)
    scores, index = aggregate(normalised, weights, recipe.aggregation)
    return Composite(
        recipe=recipe,
        inputs=inputs,
        regions=tuple(inputs.regions[row] for row in rows),
        left_out=left_out,
        parts=parts,
        unusable=tuple(part for part in inputs.parts if part not in parts),
        raw=raw,
        treated=treated,
        normalised=normalised,
        weights=weights,
        scores=scores,
        index=index,
        ranks=places(index),
        simulated=simulate(Model(raw, lower, recipe, weights), simulations),
    )


def check(recipe: Recipe, catalog: Catalog) -> None:
    """What can be said before any data are read.

    Raises:
        RefusedError: `unfit_part`, `few_parts`, or `not_positive`.
    """
    for part in recipe.parts:
        if why := unfit(part, catalog):
            raise RefusedError("unfit_part", part=part.code, why=why)
    if len(recipe.parts) < LEAST_PARTS:
        raise RefusedError("few_parts", n=len(recipe.parts), least=LEAST_PARTS)
    if recipe.aggregation == "geometric" and recipe.normalisation == "zscore":
        raise RefusedError("not_positive")


def screen(inputs: Inputs, recipe: Recipe, catalog: Catalog) -> tuple[list[int], list[int], tuple[LeftOut, ...]]:
    """The regions and indicators that enter, by their places, and the regions that do not.

    An indicator with fewer than five values, or with equal ones, says nothing and does not count as missing either.

    Raises:
        RefusedError: Too few of either are left.
    """
    themes = [catalog.indicators[part.indicator].theme for part in inputs.parts]
    columns = list(range(len(inputs.parts)))
    while True:
        known = np.isfinite(inputs.values[:, columns])
        rows, left_out = _covered(inputs.regions, known, [themes[column] for column in columns], recipe)
        usable = [column for column in columns if _says_something(inputs.values[rows, column])]
        if usable == columns:
            break
        columns = usable
        if len(columns) < LEAST_PARTS:
            break
    if len(inputs.regions) < LEAST_REGIONS:
        raise RefusedError("few_regions", n=len(inputs.regions), least=LEAST_REGIONS)
    if len(rows) < LEAST_REGIONS:
        raise RefusedError("few_covered", n=len(rows), of=len(inputs.regions), least=LEAST_REGIONS, cover=recipe.cover)
    if len(columns) < LEAST_PARTS:
        raise RefusedError("few_usable", n=len(columns), of=len(inputs.parts), least=LEAST_PARTS)
    return rows, columns, left_out


def _covered(
    regions: Sequence[str], known: NDArray[np.bool_], themes: Sequence[str], recipe: Recipe
) -> tuple[list[int], tuple[LeftOut, ...]]:
    rows: list[int] = []
    left_out: list[LeftOut] = []
    every = len(set(themes))
    for row, have in enumerate(known):
        held = len({theme for theme, there in zip(themes, have, strict=True) if there})
        enough = 100 * have.sum() >= recipe.cover * len(themes) and 100 * held >= recipe.theme_cover * every
        if enough and have.any():
            rows.append(row)
        else:
            left_out.append(LeftOut(regions[row], int(have.sum()), len(themes), held, every))
    return rows, tuple(left_out)


def _says_something(values: Numbers) -> bool:
    known = values[np.isfinite(values)]
    return len(known) >= LEAST_REGIONS and bool(known.min() < known.max())


def _weights(recipe: Recipe, parts: Sequence[Part], normalised: Numbers, catalog: Catalog) -> Weights:
    themes = [catalog.indicators[part.indicator].theme for part in parts]
    if recipe.weighting == "equal":
        return equal(themes)
    if recipe.weighting == "entropy":
        return entropy(themes, normalised)
    try:
        return own(themes, dict(recipe.weights), np.array([recipe.weight(part.code) for part in parts]))
    except ValueError as error:
        raise RefusedError("no_weight") from error
