"""Dots in strips: where each stands so that none covers another."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from charts.axes import Axis
from charts.points import Point
from indicators.distribution import Quartiles, quartiles

DOT = {"wide": 11.0, "narrow": 9.0}
"""Pixels from one dot to the next where they touch."""
STRIP = {1: (130.0, 300.0), 2: (74.0, 110.0)}
"""Least and greatest height of a strip in pixels, where there is one and where there are several."""


@dataclass(frozen=True, slots=True)
class Strip:
    """The dots of one year: `offsets` are pixels below the strip's middle, `middle` pixels from the top of the plot."""

    year: int | None
    points: list[Point]
    offsets: list[float]
    quartiles: Quartiles | None
    middle: float = 0.0


def swarm(places: Sequence[float], size: float, first: Sequence[bool] = ()) -> list[float]:
    """How far from the middle line each dot stands so that none touches another, the nearest free place for each.

    Args:
        places: Pixels along the axis.
        size: Pixels between the middles of two dots that touch.
        first: Which dots choose first, so that they stand on the middle line if they can.
    """
    found: dict[int, float] = {}
    for i in sorted(range(len(places)), key=lambda i: (not (first and first[i]), places[i])):
        near = [(abs(places[i] - places[j]), y) for j, y in found.items() if abs(places[i] - places[j]) < size]
        reach = [(y, math.sqrt(size**2 - apart**2)) for apart, y in near]
        free = [0.0, *(y + side * way for y, way in reach for side in (1, -1))]
        open_places = [y for y in free if all(abs(y - other) >= way - 1e-6 for other, way in reach)]
        found[i] = min(open_places, key=lambda y: (round(abs(y), 6), y))
    return [found[i] for i in range(len(places))]


def strips_of(points: Sequence[Point]) -> list[Strip]:
    """The years, oldest first; offsets and middles are filled in once the axis is known."""
    years = sorted({p.year for p in points}, key=lambda year: (year is None, year or 0))
    strips = []
    for year in years:
        members = [p for p in points if p.year == year]
        strips.append(Strip(year, members, [], quartiles([p.value for p in members])))
    return strips


def placed(
    strips: Sequence[Strip], axis: Axis, width: float, dot: float, first: Sequence[str]
) -> tuple[list[Strip], float]:
    """The strips with their dots' places, and the height of one: a strip that would be too high is pressed together.

    Args:
        width: Pixels of the axis.
        dot: Pixels from one dot to the next where they touch.
        first: Regions that stand on the middle line if they can.
    """
    least, most = STRIP[min(len(strips), 2)]
    offsets = [
        swarm([axis.part(axis.scale.of(p.value)) * width for p in s.points], dot, [p.region in first for p in s.points])
        for s in strips
    ]
    needed = 2 * max(abs(y) for side in offsets for y in side) + 3 * dot
    height = min(max(needed, least), most)
    press = min(1.0, (most - 2 * dot) / max(needed - 3 * dot, 1))
    found = [
        Strip(s.year, s.points, [round(y * press, 2) for y in side], s.quartiles, (n + 0.5) * height)
        for n, (s, side) in enumerate(zip(strips, offsets, strict=True))
    ]
    return found, height
