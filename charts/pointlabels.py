"""Names beside points: where each finds room."""

from __future__ import annotations

import math
from collections.abc import Sequence

from charts.layout import text_width

LABEL = 11
_CORNERS = (("top", "right"), ("bottom", "right"), ("top", "left"), ("bottom", "left"))
BESIDE = (("middle", "right"), ("middle", "left"), ("top", "center"), ("bottom", "center"), *_CORNERS)
ABOVE = (("top", "center"), ("bottom", "center"), ("middle", "right"), *_CORNERS, ("middle", "left"))
"""For points in a row, where a name between two of them could belong to either."""
Box = tuple[float, float, float, float]


def place_labels(
    places: Sequence[tuple[float, float]],
    names: Sequence[str],
    first: Sequence[bool] | None,
    size: tuple[float, float],
    named: Sequence[bool] | None = None,
    order: Sequence[tuple[str, str]] = BESIDE,
    obstacles: Sequence[Box] = (),
) -> list[str | None]:
    """Plotly text positions such that labels neither touch one another nor cover points; None where there is no room.

    Greedy: highlighted points choose first (and keep a place even if crowded, inside the plot if they can), then points
    far from the others.

    Args:
        places: Pixels from the lower left corner.
        first: Which points choose first.
        size: Width and height of the plot in pixels.
        named: Which points may have a name at all; without it, all.
        order: The sides of a point in the order in which they are tried.
        obstacles: Boxes of other text: left, bottom, right, top.
    """
    points: list[Box] = [(px - 6, py - 6, px + 6, py + 6) for px, py in places]
    lonely = [min((math.dist(p, o) for o in places if o is not p), default=1e9) for p in places]
    wanted = [i for i in range(len(places)) if named is None or named[i]]
    turns = sorted(wanted, key=lambda i: (not (first and first[i]), -lonely[i]))
    taken = list(obstacles)
    chosen: list[str | None] = [None] * len(places)
    for i in turns:
        options = _options(places[i], names[i], order)
        inside = [one for one in options if _inside(one[1], size)]
        apart = [one for one in inside if not any(_meet(one[1], other) for other in taken)]
        free = [one for one in apart if not any(_meet(one[1], other) for n, other in enumerate(points) if n != i)]
        if free or (first and first[i]):
            position, box = (free or apart or inside or options)[0]
            chosen[i] = position
            taken.append(box)
    return chosen


def _options(place: tuple[float, float], name: str, order: Sequence[tuple[str, str]]) -> list[tuple[str, Box]]:
    px, py = place
    wide, tall, gap = text_width(name, LABEL), LABEL * 1.25, 7.0
    sides = {
        "right": (px + gap, px + gap + wide),
        "left": (px - gap - wide, px - gap),
        "center": (px - wide / 2, px + wide / 2),
    }
    levels = {
        "middle": (py - tall / 2, py + tall / 2),
        "top": (py + gap, py + gap + tall),
        "bottom": (py - gap - tall, py - gap),
    }
    return [(f"{v} {h}", (sides[h][0], levels[v][0], sides[h][1], levels[v][1])) for v, h in order]


def _inside(box: Box, size: tuple[float, float]) -> bool:
    return box[0] >= 0 and box[2] <= size[0] + 20 and box[1] >= 0 and box[3] <= size[1] + 8


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
