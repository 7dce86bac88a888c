"""A straight line through the points of two indicators, and whether it means anything.

Pure functions. The line is drawn only where all the rules of `fit.yml` hold; otherwise the reader is told which does
not. What the indicators have to do with each other by definition is `fit_rules.related`.
"""

from __future__ import annotations

import itertools
import math
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from indicators.fit_rules import Rules


@dataclass(frozen=True, slots=True)
class Line:
    """y = start + slope · x, where x and y are decimal logarithms on logarithmic axes.

    Attributes:
        slope, low, high: The slope and its 95 % interval.
        ends: Smallest and largest x of the points (values, not logarithms).
    """

    start: float
    slope: float
    low: float
    high: float
    ends: tuple[float, float]
    log_x: bool = False
    log_y: bool = False

    def at(self, x: float) -> float:
        """The line's y (a value, not a logarithm) at x."""
        y = self.start + self.slope * (math.log10(x) if self.log_x else x)
        return 10.0**y if self.log_y else y

    @property
    def certain(self) -> bool:
        """Whether the slope's interval leaves out zero."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True, slots=True)
class Fit:
    """The line, or why there is none.

    Attributes:
        reason: None, or `few`, `constant`, `unclear`, `one_region`, `bent`.
        correlation: Spearman's coefficient; None where it cannot be had.
        region: Whose omission changes the verdict, with the reason `one_region`.
    """

    line: Line | None
    reason: str | None
    n: int
    correlation: float | None = None
    region: str | None = None


def spearman(x: Sequence[float], y: Sequence[float]) -> float | None:
    """Spearman's coefficient: Pearson's coefficient of the ranks, equal values sharing their mean rank.

    None for fewer than two pairs and where one side is constant.
    """
    if len(x) < 2 or len(set(x)) < 2 or len(set(y)) < 2:
        return None
    return float(np.corrcoef(_ranks(x), _ranks(y))[0, 1])


def _ranks(values: Sequence[float]) -> list[float]:
    """Ranks from 1, equal values sharing their mean rank."""
    ordered = sorted(values)
    first = {value: place for place, value in reversed(list(enumerate(ordered, 1)))}
    last = {value: place for place, value in enumerate(ordered, 1)}
    return [(first[value] + last[value]) / 2 for value in values]


def theil_sen(x: Sequence[float], y: Sequence[float], z: float) -> tuple[float, float, float, float]:
    """The median of the slopes between all pairs of points with different x, its interval, and the line's start.

    Method: Theil (1950) and Sen (1968, Journal of the American Statistical Association 63): the interval cuts as many
    of the sorted slopes from both ends as the normal approximation of Kendall's S with ties allows, rounded
    outwards. The start is the median of y − slope · x (Conover 1980).

    Args:
        z: Standard normal quantile of the interval, 1.96 for 95 %.
    Returns:
        start, slope, low, high.
    Raises:
        ValueError: All x are equal.
    """
    pairs = itertools.combinations(zip(x, y, strict=True), 2)
    slopes = sorted((b[1] - a[1]) / (b[0] - a[0]) for a, b in pairs if a[0] != b[0])
    if not slopes:
        raise ValueError("there is no slope where all x are equal")
    slope = statistics.median(slopes)
    reach = z * math.sqrt(_variance(x, y))
    cut = max(0, math.floor((len(slopes) - reach) / 2) - 1)
    start = statistics.median(b - slope * a for a, b in zip(x, y, strict=True))
    return start, slope, slopes[cut], slopes[len(slopes) - 1 - cut]


def _variance(x: Sequence[float], y: Sequence[float]) -> float:
    """The variance of Kendall's S, less what ties on either side take from it."""
    n = len(x)

    def part(k: int) -> int:
        return k * (k - 1) * (2 * k + 5)

    ties = sum(part(list(side).count(value)) for side in (x, y) for value in set(side))
    return max(part(n) - ties, 0) / 18


def judge(
    across: Mapping[str, float], up: Mapping[str, float], rules: Rules, *, log_x: bool = False, log_y: bool = False
) -> Fit:
    """The line through the regions that have both values, or the first rule that forbids one.

    Values of zero or less have no place on a logarithmic axis; their regions are left out there.
    """
    regions = sorted(across.keys() & up.keys())
    regions = [r for r in regions if (not log_x or across[r] > 0) and (not log_y or up[r] > 0)]
    x = [math.log10(across[r]) if log_x else across[r] for r in regions]
    y = [math.log10(up[r]) if log_y else up[r] for r in regions]
    n = len(regions)
    if n < rules.least:
        return Fit(None, "few", n)
    found = spearman(x, y)
    if found is None:
        return Fit(None, "constant", n)
    if abs(found) < rules.critical(n):
        return Fit(None, "unclear", n, found)
    for place, region in enumerate(regions):
        without = spearman(x[:place] + x[place + 1 :], y[:place] + y[place + 1 :])
        if without is None or without * found <= 0 or abs(without) < rules.critical(n - 1):
            return Fit(None, "one_region", n, found, region)
    start, slope, low, high = theil_sen(x, y, rules.z)
    line = Line(
        start, slope, low, high, (min(across[r] for r in regions), max(across[r] for r in regions)), log_x, log_y
    )
    if not line.certain:
        return Fit(None, "unclear", n, found)
    if _bent(x, y, rules.z):
        return Fit(None, "bent", n, found)
    return Fit(line, None, n, found)


def _bent(x: Sequence[float], y: Sequence[float], z: float) -> bool:
    """Whether the slope of the half with smaller x differs from that of the other half: their intervals do not meet.

    A point in the middle belongs to both halves. A half whose x are all equal has no slope and tells nothing.
    """
    order = sorted(range(len(x)), key=lambda i: (x[i], y[i]))
    size = (len(x) + 1) // 2
    sides = [([x[i] for i in half], [y[i] for i in half]) for half in (order[:size], order[-size:])]
    if any(len(set(across)) < 2 for across, _ in sides):
        return False
    (_, _, low_a, high_a), (_, _, low_b, high_b) = (theil_sen(*side, z) for side in sides)
    return high_a < low_b or high_b < low_a
