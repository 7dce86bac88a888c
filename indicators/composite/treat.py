"""Outliers: which indicators have them, and what is done about them, value by value.

Rule: an indicator is treated when its absolute skewness exceeds 2 and its kurtosis 3.5 at once. First the values of the
longer tail are pulled in to the next one, one after the other, until the rule is met or a given number of values has
been changed (winsorising); where that is not enough, the untouched values of a long upper tail are put on a logarithmic
scale instead.

Method: the usual treatment of composite indicators after Groeneveld and Meeden (1984), with the limits that COINr has
by default (`winsorise`, `log_CT`, `qTreat`); the Global Innovation Index follows the same rule with limits of its own.
Skewness and kurtosis are the sample ones that spreadsheets give (G1, G2).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from indicators.composite.recipe import Treatment

Numbers = NDArray[np.float64]
Action = Literal["kept", "winsorised", "log"]
SKEWNESS, KURTOSIS = 2.0, 3.5
LEAST = 5
"""Of fewer values nothing can be said about outliers."""
OFFSET = 0.01


@dataclass(frozen=True, slots=True)
class Treated:
    """One indicator after treatment; missing values stay missing.

    Attributes:
        changed: Places of the values that were pulled in.
        before, after: Skewness and kurtosis; nan of fewer than five different values.
        outlying: Whether the rule is still not met.
    """

    values: Numbers
    action: Action
    changed: tuple[int, ...]
    before: tuple[float, float]
    after: tuple[float, float]

    @property
    def outlying(self) -> bool:
        return _outlying(*self.after)


def skewness(values: Numbers) -> float:
    """Sample skewness G1; nan of fewer than three values or of equal ones."""
    known = values[np.isfinite(values)]
    n = len(known)
    apart = known - known.mean() if n else known
    squares = float((apart**2).sum())
    if n < 3 or squares <= 0:
        return float("nan")
    return float(np.sqrt(n) * (apart**3).sum() / squares**1.5 * np.sqrt(n * (n - 1)) / (n - 2))


def kurtosis(values: Numbers) -> float:
    """Sample excess kurtosis G2; nan of fewer than four values or of equal ones."""
    known = values[np.isfinite(values)]
    n = len(known)
    apart = known - known.mean() if n else known
    squares = float((apart**2).sum())
    if n < 4 or squares <= 0:
        return float("nan")
    ratio = n * float((apart**4).sum()) / squares**2
    return float(((n + 1) * (ratio - 3) + 6) * (n - 1) / ((n - 2) * (n - 3)))


def treat(values: Numbers, how: Treatment, most: int = 5) -> Treated:
    """One indicator's values, treated where the rule asks for it.

    Args:
        values: Nan where there is none.
        how: `auto` as described above; `winsorise` and `log` only the one; `none` leaves everything.
        most: So many values are pulled in at most.
    """
    before = _shape(values)
    if how == "none" or not _outlying(*before):
        return Treated(values, "kept", (), before, before)
    if how != "log":
        pulled, changed = winsorise(values, most)
        after = _shape(pulled)
        if changed and (how == "winsorise" or not _outlying(*after) or before[0] < 0):
            return Treated(pulled, "winsorised", changed, before, after)
    if how == "winsorise" or before[0] < 0:
        return Treated(values, "kept", (), before, before)
    logged = on_log_scale(values)
    return Treated(logged, "log", (), before, _shape(logged))


def winsorise(values: Numbers, most: int) -> tuple[Numbers, tuple[int, ...]]:
    """Pull in the outermost value of the longer tail to the next one until the rule is met.

    Returns:
        The values, and the places of those that changed: at most `most`.
    """
    current = values.copy()
    while _outlying(*_shape(current)):
        high = skewness(current) >= 0
        edge = np.nanmax(current) if high else np.nanmin(current)
        rest = current[np.isfinite(current) & (current != edge)]
        pulled = np.where(current == edge, rest.max() if high else rest.min(), current)
        if np.sum(np.isfinite(values) & (pulled != values)) > most:
            break
        current = pulled
    return current, tuple(np.flatnonzero(np.isfinite(values) & (current != values)).tolist())


def on_log_scale(values: Numbers) -> Numbers:
    """ln(x - min + 1 % of the range): defined for zeros and negative values, and it keeps the order."""
    low, high = np.nanmin(values), np.nanmax(values)
    logged: Numbers = np.log(values - low + OFFSET * (high - low))
    return logged


def _shape(values: Numbers) -> tuple[float, float]:
    if np.isfinite(values).sum() < LEAST:
        return float("nan"), float("nan")
    return skewness(values), kurtosis(values)


def _outlying(skew: float, kurt: float) -> bool:
    return abs(skew) > SKEWNESS and kurt > KURTOSIS
