"""Where one value stands among those of the peers: its place, and how far it is from their median.

Pure functions over values by region; all of one indicator and year. The rules are methods of
`data/catalog/methods/region.yml`.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Mapping
from dataclasses import dataclass

from indicators.catalog import Indicator

MIN_PEERS = 5
"""With fewer peers that have a value of the year neither a place nor a distance is given."""
FAR = 1.0
"""More standard deviations than this from the peers' median make a strength or a weakness."""
ALIKE = 1e-12
"""Peers whose values spread by less are all the same: nothing can be measured in their standard deviation."""


@dataclass(frozen=True, slots=True)
class Place:
    """Place among the peers and itself, by values before rounding; ties share the better place.

    Attributes:
        rank: 1 is the best, or the largest where no direction is better.
        last: The same counted from the other end.
        of: How many regions have an exact value of that year, this one included.
    """

    rank: int
    last: int
    of: int


@dataclass(frozen=True, slots=True)
class Apart:
    """How far a value is from the median of its peers.

    Attributes:
        distance: In standard deviations; above 0 is better than the median, or more where no direction is better.
        median: The peers' median, in the unit of the values.
        sd: Sample standard deviation (n - 1) of the peers' values, or of their natural logarithms.
        logs: Whether distances are between logarithms: true for amounts, which differ by factors.
        peers: The distance of each peer from the same median.
    """

    distance: float
    median: float
    sd: float
    logs: bool
    peers: Mapping[str, float]

    @property
    def strong(self) -> bool:
        return self.distance > FAR

    @property
    def weak(self) -> bool:
        return self.distance < -FAR


def place_of(code: str, values: Mapping[str, float], indicator: Indicator) -> Place | None:
    """The place of a region among values by region, its own among them; None with fewer than `MIN_PEERS` others."""
    of = len(values)
    if code not in values or of <= MIN_PEERS:
        return None
    own = values[code]
    above, below = sum(value > own for value in values.values()), sum(value < own for value in values.values())
    if indicator.direction == "lower":
        above, below = below, above
    return Place(above + 1, below + 1, of)


def apart_of(code: str, values: Mapping[str, float], indicator: Indicator) -> Apart | None:
    """The distance of a region's value from the median of the others, in their standard deviations.

    Amounts (kind `level`, per head or not) that are all above 0 are measured in logarithms: regions differ by factors,
    and a few giants make the plain standard deviation larger than the median, so that nobody could be weak. Shares,
    rates and indices are measured as they are. The region itself belongs neither to the median nor to the deviation.

    Returns:
        None with fewer than `MIN_PEERS` others, and where they are all alike.
    """
    others = {region: value for region, value in values.items() if region != code}
    if code not in values or len(others) < MIN_PEERS:
        return None
    logs = indicator.kind == "level" and min(values.values()) > 0
    median = statistics.median(others.values())

    def on_scale(value: float) -> float:
        return math.log(value) if logs else value

    sd = statistics.stdev(map(on_scale, others.values()))
    if sd <= ALIKE * max(1.0, abs(on_scale(median))):
        return None
    sign = -1.0 if indicator.direction == "lower" else 1.0
    middle = on_scale(median)
    distances = {region: sign * (on_scale(value) - middle) / sd for region, value in values.items()}
    return Apart(distances.pop(code), median, sd, logs, distances)
