"""One indicator of a region's profile: its value, its change, where it stands among the peers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from indicators.catalog import Indicator
from indicators.standing import Apart, Place


@dataclass(frozen=True, slots=True)
class Value:
    """A level in its unit, and where it stands among the peers' values of its year.

    Attributes:
        place, apart: None with too few peers, for limits (≥, ≤), and for `apart` where all peers are alike.
        around: The exact value of each peer of that year, with the ids of its inputs.
    """

    value: float
    unit: str
    comparator: str
    inputs: tuple[str, ...]
    place: Place | None = None
    apart: Apart | None = None
    around: Mapping[str, tuple[float, tuple[str, ...]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Change:
    """Against the year before. `printed`: stated by the source, else computed from the two years' levels."""

    value: float
    unit: str
    comparator: str
    inputs: tuple[str, ...]
    printed: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """One indicator of the profile.

    Attributes:
        level: None where the sources give only the growth.
        path: Values of consecutive years up to the latest that compare with it; see `consecutive`.
        per_head: The level divided by the population of its year, where the catalogue allows it.
        divided: Whether the catalogue has the level per head (computed, or as an indicator of its own), so that the
            level itself, which grows with the size of a region, says nothing of how well it does.
    """

    indicator: Indicator
    year: int
    level: Value | None
    change: Change | None
    path: tuple[float, ...]
    per_head: Value | None
    origin: str
    divided: bool = False

    @property
    def fair(self) -> Value | None:
        """What is compared with regions of other sizes: the value per head where the catalogue allows it, else the
        level; None where it should be per head and the population of the year is not known.
        """
        return self.per_head if self.divided else self.level

    @property
    def years(self) -> tuple[int, int] | None:
        """First and last year of the path."""
        return (self.year - len(self.path) + 1, self.year) if self.path else None

    @property
    def inputs(self) -> tuple[str, ...]:
        """The printed values behind the entry: the level first, else those of the change."""
        if self.level:
            return self.level.inputs
        return self.change.inputs if self.change else ()
