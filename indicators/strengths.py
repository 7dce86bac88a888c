"""What a region is good and bad at by a stated rule, and how its indicators move.

Pure functions over the entries of a profile; the rules are methods of `data/catalog/methods/region.yml`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from indicators.entry import Compared, Entry
from indicators.standing import Apart

RECENT = 5
"""Strengths and weaknesses rest on values of so many years up to the newest one of the region."""


@dataclass(frozen=True, slots=True)
class Standing:
    """An entry with the value that is compared and how far it is from the peers' median."""

    entry: Entry
    shown: Compared
    apart: Apart


@dataclass(frozen=True, slots=True)
class Moves:
    """How many indicators with a better direction changed against the year before."""

    better: int
    worse: int
    same: int


def standings(entries: Sequence[Entry], aside: Sequence[str] = ()) -> list[Standing]:
    """Every indicator that can be a strength or a weakness, the furthest above the peers' median first.

    Left out are indicators without a better direction, those of `aside` (other vintages of what counts already), values
    compared in a year that is not among the `RECENT` ones up to the region's newest, and values without a distance.
    """
    since = max((entry.year for entry in entries), default=0) - RECENT + 1
    found = [
        Standing(entry, entry.fair, entry.fair.apart)
        for entry in entries
        if entry.indicator.direction != "neutral" and entry.indicator.id not in aside
        if entry.fair and entry.fair.apart and entry.fair.year >= since
    ]
    return sorted(found, key=lambda one: -one.apart.distance)


def strengths(found: Sequence[Standing]) -> tuple[list[Standing], list[Standing]]:
    """Those more than `standing.FAR` standard deviations better, and worse, than the median; the furthest out first."""
    return [one for one in found if one.apart.strong], [one for one in reversed(found) if one.apart.weak]


def moves(entries: Sequence[Entry]) -> Moves:
    """How the recent indicators with a better direction changed against the year before."""
    since = max((entry.year for entry in entries), default=0) - RECENT + 1
    signs = [
        (entry.change.value > 0) - (entry.change.value < 0)
        if entry.indicator.direction == "higher"
        else (entry.change.value < 0) - (entry.change.value > 0)
        for entry in entries
        if entry.change and entry.year >= since and entry.indicator.direction != "neutral"
    ]
    return Moves(signs.count(1), signs.count(-1), signs.count(0))
