"""Weights in two levels: of the indicators within a theme, and of the themes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indicators.composite.normalise import min_max

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Weights:
    """Attributes:
    themes: Theme ids in order.
    of: For each indicator the place of its theme.
    within: Of each indicator in its theme; they add up to 1 in every theme.
    across: Of each theme; they add up to 1.
    """

    themes: tuple[str, ...]
    of: NDArray[np.int64]
    within: Numbers
    across: Numbers

    @property
    def effective(self) -> Numbers:
        """What each indicator counts for in the index; they add up to 1."""
        return self.within * self.across[self.of]


def equal(themes: Sequence[str]) -> Weights:
    """The same for all indicators of a theme, and the same for all themes.

    Args:
        themes: The theme of each indicator.
    """
    return own(themes, {}, np.ones(len(themes)))


def own(themes: Sequence[str], of_theme: Mapping[str, float], of_indicator: Numbers) -> Weights:
    """Weights as given, scaled so that they add up to 1; a theme whose indicators all weigh nothing weighs nothing.

    Args:
        of_theme: 1 for a theme that is not named.
    Raises:
        ValueError: Nothing weighs anything.
    """
    names = tuple(dict.fromkeys(themes))
    of = np.array([names.index(theme) for theme in themes], dtype=np.int64)
    sums = np.bincount(of, weights=of_indicator, minlength=len(names))
    across = np.array([of_theme.get(name, 1.0) for name in names]) * (sums > 0)
    if not across.sum() > 0:
        raise ValueError("nothing weighs anything")
    within = of_indicator / np.where(sums > 0, sums, 1)[of]
    return Weights(names, of, within, across / across.sum())


def entropy(themes: Sequence[str], values: Numbers) -> Weights:
    """More weight for indicators in which the regions differ more, by Shannon's entropy.

    With x scaled to 0 to 1 (min-max), p = x / sum of x and e = -sum of p ln p / ln n (0 ln 0 = 0), the weight is in
    proportion to 1 - e. A theme weighs what its indicators do together.

    Method: Shannon (1948); as a method of weighting: Zeleny, Multiple Criteria Decision Making (1982).

    Args:
        values: Regions by indicators, more being better; nan where there is none.
    """
    told = np.array([1 - shannon(column) for column in values.T])
    names = tuple(dict.fromkeys(themes))
    sums = {name: float(told[[theme == name for theme in themes]].sum()) for name in names}
    return own(themes, sums, told)


def shannon(values: Numbers) -> float:
    """The entropy of one indicator as a share of the greatest possible, 0 to 1."""
    known = min_max(values[np.isfinite(values)], span=(0.0, 1.0))
    shares = known / known.sum()
    positive = shares[shares > 0]
    return float(-(positive * np.log(positive)).sum() / np.log(len(known)))
