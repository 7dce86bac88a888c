"""How sure a rank is: the index again under many other defensible choices, and which choice moves the ranks most.

In each simulation all choices are drawn at once, independently of each other:

- weights: each weight of an indicator and of a theme times a number between 0.75 and 1.25, all equally likely
- normalisation: min-max, standard score or rank
- treatment of outliers: the published rule, none, or the one chosen
- aggregation: arithmetic or geometric mean; standard scores have no geometric mean and are always averaged
  arithmetically, so that for them this draw has no bearing
- indicators: all of them, or all but one, each case equally likely

Method: OECD/JRC Handbook (2008), step 7; Saisana, Saltelli and Tarantola (2005), JRSS A 168(2), 307-323. Shares of the
variance by the estimators of Saltelli et al. (2010), Computer Physics Communications 181, 259-270, table 2 (b) and (f):
first order from f(B)(f(A_B)-f(A)), total effect from (f(A)-f(A_B))²/2; pooled over the regions as Gamboa, Janon, Klein
and Lagnoux (arXiv:1311.1797) do for several outputs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from indicators.composite.aggregate import places
from indicators.composite.normalise import normalise
from indicators.composite.recipe import AGGREGATIONS, NORMALISATIONS, Aggregation, Normalisation, Recipe, Treatment
from indicators.composite.treat import treat
from indicators.composite.weigh import Weights

Numbers = NDArray[np.float64]
Whole = NDArray[np.int64]
Source = Literal["weights", "normalisation", "treatment", "aggregation", "indicators"]
SOURCES: tuple[Source, ...] = get_args(Source)
SIMULATIONS = 1000
SEED = 2005
SPREAD = 0.25
"""Weights are changed by up to so large a part of themselves."""
RANGE = (5, 95)


@dataclass(frozen=True, slots=True)
class Draws:
    """What is drawn for each simulation (first axis).

    Attributes:
        within, across: Weights of the indicators and of the themes.
        normalisation, treatment, aggregation: Places in the lists of choices.
        dropped: The indicator that is left out, or the number of indicators for none.
    """

    within: Numbers
    across: Numbers
    normalisation: Whole
    treatment: Whole
    aggregation: Whole
    dropped: Whole

    def with_source(self, source: Source, other: Draws) -> Draws:
        """These draws, with one source of uncertainty from others."""
        if source == "weights":
            return replace(self, within=other.within, across=other.across)
        if source == "indicators":
            return replace(self, dropped=other.dropped)
        if source == "normalisation":
            return replace(self, normalisation=other.normalisation)
        if source == "treatment":
            return replace(self, treatment=other.treatment)
        return replace(self, aggregation=other.aggregation)


@dataclass(frozen=True, slots=True)
class Effect:
    """What one source of uncertainty does to the ranks.

    Attributes:
        shift: Mean absolute shift of a region, in places, when this source alone varies around the recipe.
        first, total: Share of the variance of the ranks (summed over the regions) that this source explains by itself,
            and together with all its interactions; nan where no rank ever changes.
    """

    source: Source
    shift: float
    first: float
    total: float


@dataclass(frozen=True, slots=True)
class Simulated:
    """Attributes:
    ranks: Simulations by regions.
    low, middle, high: 5th percentile, median and 95th percentile of each region's rank; ranks that did occur.
    effects: In the order of `SOURCES`.
    """

    ranks: Whole
    low: Whole
    middle: Whole
    high: Whole
    effects: tuple[Effect, ...]
    seed: int


class Model:
    """The index as a function of what is drawn."""

    def __init__(self, values: Numbers, lower: Sequence[bool], recipe: Recipe, weights: Weights) -> None:
        """Args:
        values: Regions by indicators, raw.
        lower: For each indicator whether low values are better.
        weights: The weights that are varied.
        """
        self.weights = weights
        self.known = np.isfinite(values).astype(float)
        self.treatments: tuple[Treatment, ...] = tuple(dict.fromkeys(("auto", "none", recipe.treatment)))
        self._scales: dict[tuple[int, int, int], Numbers] = {}
        for t, how in enumerate(self.treatments):
            treated = [treat(column, how, recipe.winsorised).values for column in values.T]
            for n, normalisation in enumerate(NORMALISATIONS):
                for a, aggregation in enumerate(AGGREGATIONS):
                    self._scales[t, n, a] = self._scale(treated, lower, normalisation, aggregation)
        self.recipe = (
            NORMALISATIONS.index(recipe.normalisation),
            self.treatments.index(recipe.treatment),
            AGGREGATIONS.index(recipe.aggregation),
        )

    def _scale(
        self, treated: Sequence[Numbers], lower: Sequence[bool], how: Normalisation, aggregation: Aggregation
    ) -> Numbers:
        """All indicators on one scale, on that of logarithms for a geometric mean; 0 where there is no value."""
        geometric = aggregation == "geometric" and how != "zscore"
        columns = [
            normalise(column, how, lower=low, positive=geometric) for column, low in zip(treated, lower, strict=True)
        ]
        scaled = np.column_stack(columns)
        return np.where(self.known > 0, np.log(scaled) if geometric else scaled, 0.0)

    def draw(self, generator: np.random.Generator, count: int) -> Draws:
        """As many draws, each source independent of the others."""
        m, k = len(self.weights.within), len(self.weights.across)
        return Draws(
            within=self.weights.within * generator.uniform(1 - SPREAD, 1 + SPREAD, (count, m)),
            across=self.weights.across * generator.uniform(1 - SPREAD, 1 + SPREAD, (count, k)),
            normalisation=generator.integers(0, len(NORMALISATIONS), count),
            treatment=generator.integers(0, len(self.treatments), count),
            aggregation=generator.integers(0, len(AGGREGATIONS), count),
            dropped=generator.integers(0, m + 1, count),
        )

    def unchanged(self, count: int) -> Draws:
        """The recipe itself, as often as asked."""
        m = len(self.weights.within)
        normalisation, treatment, aggregation = (np.full(count, place, dtype=np.int64) for place in self.recipe)
        return Draws(
            within=np.broadcast_to(self.weights.within, (count, m)),
            across=np.broadcast_to(self.weights.across, (count, len(self.weights.across))),
            normalisation=normalisation,
            treatment=treatment,
            aggregation=aggregation,
            dropped=np.full(count, m, dtype=np.int64),
        )

    def ranks(self, draws: Draws) -> Whole:
        """The ranks in each simulation: simulations by regions."""
        count, m = draws.within.shape
        within = draws.within * (np.arange(m) != draws.dropped[:, None])
        scores = np.empty((count, len(self.known)))
        for (t, n, a), scale in self._scales.items():
            here = (draws.treatment == t) & (draws.normalisation == n) & (draws.aggregation == a)
            if here.any():
                scores[here] = self._scores(scale, within[here], draws.across[here])
        return places(scores)

    def _scores(self, scale: Numbers, within: Numbers, across: Numbers) -> Numbers:
        """Weighted means in two levels of what each region has, in one multiplication for each theme."""
        total = np.zeros((len(within), len(scale)))
        weight = np.zeros_like(total)
        for place in range(len(self.weights.themes)):
            columns = self.weights.of == place
            above = within[:, columns] @ scale[:, columns].T
            below = within[:, columns] @ self.known[:, columns].T
            there = below > 0
            score = np.divide(above, below, out=np.zeros_like(above), where=there)
            total += across[:, place, None] * score
            weight += across[:, place, None] * there
        return np.divide(total, weight, out=np.full_like(total, np.nan), where=weight > 0)


def simulate(model: Model, count: int = SIMULATIONS, seed: int = SEED) -> Simulated:
    """Ranks under `count` changes of the recipe; the same seed gives the same result.

    Args:
        count: Simulations; the sensitivity takes six times as many besides.
    """
    generator = np.random.default_rng(seed)
    one, other = model.draw(generator, count), model.draw(generator, count)
    ranks = model.ranks(one)
    low, middle, high = np.percentile(ranks, (RANGE[0], 50, RANGE[1]), axis=0, method="inverted_cdf").astype(np.int64)
    first, total = variance_shares(model, one, other, ranks)
    effects = tuple(Effect(source, _shift(model, source, one), first[source], total[source]) for source in SOURCES)
    return Simulated(ranks, low, middle, high, effects, seed)


def variance_shares(
    model: Model, one: Draws, other: Draws, ranks: Whole
) -> tuple[Mapping[Source, float], Mapping[Source, float]]:
    """First-order and total-effect shares of the variance of the ranks, summed over the regions."""
    there = model.ranks(other).astype(float)
    here = ranks.astype(float)
    variance = float(np.concatenate([here, there]).var(axis=0).sum())
    first: dict[Source, float] = {}
    total: dict[Source, float] = {}
    for source in SOURCES:
        mixed = model.ranks(one.with_source(source, other)).astype(float)
        gained = float(((there - there.mean(axis=0)) * (mixed - here)).mean(axis=0).sum())
        lost = float(((here - mixed) ** 2).mean(axis=0).sum()) / 2
        first[source] = gained / variance if variance > 0 else float("nan")
        total[source] = lost / variance if variance > 0 else float("nan")
    return first, total


def _shift(model: Model, source: Source, draws: Draws) -> float:
    """Mean absolute distance from the recipe's ranks when one source alone varies.

    A source with few cases is taken case by case, each once, so that nothing is left to chance.
    """
    cases = {
        "normalisation": len(NORMALISATIONS),
        "treatment": len(model.treatments),
        "aggregation": len(AGGREGATIONS),
        "indicators": draws.within.shape[1] + 1,
    }
    count = cases.get(source, len(draws.within))
    every = np.arange(count)
    listed = replace(draws, normalisation=every, treatment=every, aggregation=every, dropped=every)
    varied = model.unchanged(count).with_source(source, listed)
    return float(np.abs(model.ranks(varied) - model.ranks(model.unchanged(1))).mean())
