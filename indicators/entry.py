"""One indicator of a region's profile: its newest value, its change, and what is compared with the peers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from indicators.catalog import Indicator
from indicators.standing import Apart, Place


@dataclass(frozen=True, slots=True)
class Value:
    """A level in its unit, with the ids of the printed values behind it."""

    value: float
    unit: str
    comparator: str
    inputs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Compared(Value):
    """The exact value of the newest year in which enough peers have one as well, and where it stands among theirs.

    Attributes:
        year: May be earlier than that of the newest value.
        apart: None where all peers are alike.
        around: The exact value of each peer of that year.
    """

    year: int
    place: Place
    apart: Apart | None
    around: Mapping[str, Value]


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
        year, level: The newest value; the level is None where the sources give only the growth.
        path: Values of consecutive years up to the latest that compare with it; see `consecutive`.
        per_head: The level divided by the population of its year, where the catalogue allows it.
        compared, compared_per_head: None where in no year enough peers have a value beside the region's own exact one.
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
    compared: Compared | None = None
    compared_per_head: Compared | None = None

    @property
    def fair(self) -> Compared | None:
        """What is compared with regions of other sizes: the value per head where the catalogue allows it, else the
        level.
        """
        return self.compared_per_head if self.divided else self.compared

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
