"""One scale for all indicators: min-max, standard score, or rank; more is always better on it.

Method: OECD/JRC Handbook on Constructing Composite Indicators (2008), step 5. Missing values stay missing.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from indicators.composite.recipe import Normalisation

Numbers = NDArray[np.float64]
SPAN = (0.0, 100.0)
POSITIVE = (1.0, 100.0)
"""The span of min-max where a geometric mean follows: a single 0 would make the whole mean 0."""


def normalise(values: Numbers, how: Normalisation, *, lower: bool = False, positive: bool = False) -> Numbers:
    """One indicator on the chosen scale.

    Args:
        lower: Low values are better.
        positive: Only positive numbers may come out, for a geometric mean.
    Raises:
        ValueError: All values are equal, or standard scores are to be positive: about half of them never are.
    """
    turned = -values if lower else values
    if how == "minmax":
        return min_max(turned, span=POSITIVE if positive else SPAN)
    if how == "rank":
        return rank_score(turned)
    if positive:
        raise ValueError("standard scores are not positive")
    return z_score(turned)


def min_max(
    values: Numbers, low: float | None = None, high: float | None = None, span: tuple[float, float] = SPAN
) -> Numbers:
    """The lowest value at the start of `span`, the highest at its end.

    Args:
        low, high: Goalposts in place of the lowest and highest value; what lies beyond them is cut to them.
    """
    bottom = float(np.nanmin(values)) if low is None else low
    top = float(np.nanmax(values)) if high is None else high
    if not top > bottom:
        raise ValueError("all values are equal")
    part: Numbers = np.clip((values - bottom) / (top - bottom), 0, 1)
    return span[0] + (span[1] - span[0]) * part


def z_score(values: Numbers) -> Numbers:
    """Distance from the mean in standard deviations (n - 1)."""
    apart: Numbers = values - np.nanmean(values)
    deviation = float(np.nanstd(values, ddof=1))
    if not deviation > 0:
        raise ValueError("all values are equal")
    return apart / deviation


def ranks(values: Numbers) -> Numbers:
    """1 for the lowest value; equal values share the lowest rank that they take (1, 2, 2, 4)."""
    known = np.isfinite(values)
    ordered = np.sort(values[known])
    found = np.full(len(values), np.nan)
    found[known] = np.searchsorted(ordered, values[known], side="left") + 1
    return found


def rank_score(values: Numbers) -> Numbers:
    """The rank as a share of the number of values, in percent: 100 for the best, positive for all."""
    known = int(np.isfinite(values).sum())
    if known and np.nanmax(values) == np.nanmin(values):
        raise ValueError("all values are equal")
    return 100 * ranks(values) / known
