"""How one indicator's values are spread over regions: quartiles, percentiles, concentration, dispersion.

Pure functions over plain values, one for each region. Values are taken as they are, before any rounding; none is
weighted, so that each region counts once.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from indicators.catalog import Indicator

FEW = 5
"""Of fewer regions quartiles and percentiles say nothing and are not given."""
MANY = 10
"""From so many regions on, their upper and lower tenth are told."""
FIRST = 5
FENCE = 1.5
"""Values beyond the quartiles by more than this multiple of their distance lie apart."""
WIDE = 30
"""From this multiple of the lowest value on, a logarithmic scale is worth offering."""
STEADY = 0.02
"""A coefficient of variation that changes by less than this part of itself stays about the same."""


@dataclass(frozen=True, slots=True)
class Quartiles:
    """Lower quartile, median, upper quartile."""

    low: float
    median: float
    high: float

    def apart(self, value: float) -> bool:
        """Whether a value lies beyond the fences, 1.5 times the quartiles' distance. Method: Tukey (1977)."""
        reach = FENCE * (self.high - self.low)
        return value < self.low - reach or value > self.high + reach


def quantile(values: Sequence[float], part: float) -> float:
    """The value below which about `part` (0 to 1) of the values lie.

    Method: linear interpolation between the sorted values at place (n − 1) · part, definition 7 of Hyndman and Fan
    (1996), which spreadsheets use as well.

    Raises:
        ValueError: There are no values.
    """
    if not values:
        raise ValueError("there is no quantile of no values")
    ordered = sorted(values)
    place = (len(ordered) - 1) * part
    below = math.floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def quartiles(values: Sequence[float]) -> Quartiles | None:
    """The quartiles; None of fewer than five values."""
    if len(values) < FEW:
        return None
    return Quartiles(quantile(values, 0.25), quantile(values, 0.5), quantile(values, 0.75))


def percentile(value: float, values: Sequence[float]) -> float:
    """The part of the other values that lie below one of them, equal ones counted half: 0 lowest, 1 highest.

    0.5 where it is the only value.
    """
    below = sum(v < value for v in values)
    equal = sum(v == value for v in values) - 1
    return (below + equal / 2) / (len(values) - 1) if len(values) > 1 else 0.5


def share_of_first(values: Sequence[float], first: int = FIRST) -> float | None:
    """The part of the sum that the largest `first` values hold.

    None where there are fewer than four times as many values, and where one is negative.
    """
    total = sum(values)
    if len(values) < 4 * first or min(values) < 0 or total <= 0:
        return None
    return sum(sorted(values, reverse=True)[:first]) / total


def tenths(values: Sequence[float]) -> float | None:
    """The 90th percentile as a multiple of the 10th; None of fewer than ten values or where the latter is not positive.

    Method: the interdecile ratio P90/P10 of income statistics (OECD Income Distribution Database).
    """
    if len(values) < MANY:
        return None
    low = quantile(values, 0.1)
    return quantile(values, 0.9) / low if low > 0 else None


def variation(values: Sequence[float]) -> float | None:
    """Coefficient of variation: standard deviation (of all values, not of a sample) over mean.

    None of fewer than five values and where one is negative or all are zero: the mean says nothing there.
    """
    if len(values) < FEW or min(values) < 0 or sum(values) <= 0:
        return None
    mean = math.fsum(values) / len(values)
    return math.sqrt(math.fsum((value - mean) ** 2 for value in values) / len(values)) / mean


def drift(first: float, last: float) -> str:
    """How two years' coefficients of variation compare: `closer`, `apart` or `same`.

    Method: σ-convergence, a falling dispersion over regions (Barro and Sala-i-Martin 1992).
    """
    if abs(last - first) < STEADY * first:
        return "same"
    return "closer" if last < first else "apart"


def adds_up(indicator: Indicator, basis: str, scope: str | None) -> bool:
    """Whether a region's part of the sum over regions means something: totals of whole regions that may be summed."""
    return "regions" in indicator.sum_over and basis == "total" and scope is None


def wide(values: Sequence[float]) -> bool:
    """Whether the values are so far apart that a logarithmic scale shows more of them; they must all be positive."""
    return len(values) > 1 and min(values) > 0 and max(values) / min(values) > WIDE


def same_regions(by_year: Mapping[int, frozenset[str]], last: int, most: int) -> list[int]:
    """Years that may stand beside the last one: those in which every region of the last one has a value.

    Evenly spread, oldest first, `last` at the end, at most `most`. Else the dispersion would change with the regions.
    """
    fit = [year for year in sorted(by_year) if year <= last and by_year[year] >= by_year[last]]
    if len(fit) <= most:
        return fit
    return [fit[round(n * (len(fit) - 1) / (most - 1))] for n in range(most)]
