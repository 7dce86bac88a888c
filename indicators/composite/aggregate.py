"""From indicators to themes to the index: weighted means, of what a region has.

Where a value is missing, the weights of the others are scaled up to 1; nothing is put in its place. Method: OECD/JRC
Handbook (2008), step 6: linear and geometric aggregation.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from indicators.composite.recipe import Aggregation
from indicators.composite.weigh import Weights

Numbers = NDArray[np.float64]


def mean(values: Numbers, weights: Numbers, how: Aggregation) -> Numbers:
    """Weighted mean over the last axis of the values that there are; nan where there is none.

    Raises:
        ValueError: A geometric mean of a number that is not positive.
    """
    known = np.isfinite(values)
    if how == "geometric":
        if (values[known] <= 0).any():
            raise ValueError("a geometric mean takes positive numbers only")
        values = np.log(np.where(known, values, 1.0))
    total = np.where(known, values, 0.0) @ weights
    weight = known @ weights
    found = np.divide(total, weight, out=np.full_like(total, np.nan), where=weight > 0)
    return np.exp(found) if how == "geometric" else found


def aggregate(values: Numbers, weights: Weights, how: Aggregation) -> tuple[Numbers, Numbers]:
    """Theme scores (regions by themes) and the index of each region."""
    scores = [
        mean(values[:, weights.of == place], weights.within[weights.of == place], how)
        for place in range(len(weights.themes))
    ]
    themes = np.column_stack(scores)
    return themes, mean(themes, weights.across, how)


def places(scores: Numbers) -> NDArray[np.int64]:
    """Competition ranks along the last axis, 1 for the highest; equal scores share a rank, missing ones come last."""
    filled = np.where(np.isfinite(scores), scores, -np.inf)
    order = np.argsort(-filled, axis=-1, kind="stable")
    ordered = np.take_along_axis(filled, order, axis=-1)
    position = np.broadcast_to(np.arange(1, scores.shape[-1] + 1), scores.shape)
    new = np.ones(scores.shape, dtype=bool)
    new[..., 1:] = ordered[..., 1:] != ordered[..., :-1]
    shared = np.maximum.accumulate(np.where(new, position, 0), axis=-1)
    found = np.empty(scores.shape, dtype=np.int64)
    np.put_along_axis(found, order, shared, axis=-1)
    return found
