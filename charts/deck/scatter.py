"""Two indicators against each other as a native scatter chart, points named where there is room."""

from __future__ import annotations

import math
from typing import Any

from charts.deck.lines import Draw
from charts.deck.markup import (
    SYMBOLS,
    Axis,
    Label,
    Marker,
    Series,
    axis_xml,
    decimals_in,
    inner,
    line_style,
    number_code,
    series_xml,
)
from charts.deck.native import Native
from charts.deck.paper import Box, Paper
from charts.deck.reading import Work, of_kinds
from charts.layout import shorten, text_width
from charts.pointlabels import LABEL, place_labels
from charts.theme import LIGHT

SIDES = {("middle", "right"): "r", ("middle", "left"): "l", ("top", "center"): "t", ("bottom", "center"): "b"}


def scatter(work: Work) -> list[Draw]:
    return [lambda paper, box: _scatter(paper, box, work)]


def _scatter(paper: Paper, box: Box, work: Work) -> None:
    layout = work.chart.spec["layout"]
    points = next(trace for trace in work.chart.spec["data"] if "customdata" in trace)
    crossed = of_kinds(work.chart.spec, "median", "fit")
    heads = list(work.chart.labels["heads"])
    axes = [axis_of(layout["xaxis"], "b", heads[0], box.w), axis_of(layout["yaxis"], "l", heads[1], box.h)]
    left = max(text_width(words, 11) for words in layout["yaxis"]["ticktext"]) + 34
    place = Box(box.x + left, box.y + 10, box.w - left - 30, box.h - 10 - 46)
    book = work.book()
    names = list(work.chart.labels["names"])
    said = [work.word(trace["meta"]["kind"]) for trace in crossed]
    book.add(work.word("region"), [*names, *(words for words in said for _ in range(2))])
    ends = [_ends(trace, axes) for trace in crossed]
    across = book.add(heads[0], [*points["x"], *(x for xs, _ in ends for x in xs)])
    drawn = []
    labels = _named(points, names, axes, place)
    rest: list[float | None] = [None for _ in crossed for _ in range(2)]
    for color in sorted(set(points["marker"]["color"]), key=lambda c: c == LIGHT.accent):
        own = [n for n, c in enumerate(points["marker"]["color"]) if c == color]
        values = [points["y"][n] if n in set(own) else None for n in range(len(names))]
        head = heads[1] if color == LIGHT.accent or len(set(points["marker"]["color"])) == 1 else work.word("others")
        column = book.add(head, [*values, *rest])
        marks = {n: _marker(points["marker"], n) for n in own}
        drawn.append(Series(column, line_style(None), marks[own[0]], marks, {n: labels[n] for n in own if n in labels}))
    for number, (trace, (_, ys)) in enumerate(zip(crossed, ends, strict=True)):
        only: list[float | None] = [None] * (len(names) + len(rest))
        only[len(names) + 2 * number : len(names) + 2 * number + 2] = ys
        if trace["meta"]["kind"] == "fit":
            drawn.append(Series(book.add(said[number], only), line_style(LIGHT.accent, 2)))
            continue
        column = book.add(f"{said[number]} {trace['text'][1].split(' ')[-1]}", only)
        upright = trace["x"][0] == trace["x"][1]
        note = Label("r" if upright else "t", True, False, color=LIGHT.muted, size=10)
        at = len(names) + 2 * number + 1
        drawn.append(Series(column, line_style(LIGHT.axis, 1.2, "dash"), None, {}, {at: note}))
    where = inner((place.x - box.x) / box.w, (place.y - box.y) / box.h, place.w / box.w, place.h / box.h)
    body = "".join(series_xml(n, one, across, scatter=True) for n, one in enumerate(drawn))
    native = Native(
        f'{where}<c:scatterChart><c:scatterStyle val="lineMarker"/><c:varyColors val="0"/>{body}<c:axId val="1"/>'
        f'<c:axId val="2"/></c:scatterChart>{axis_xml(axes[0], 1, 2)}{axis_xml(axes[1], 2, 1)}',
        book,
    )
    paper.chart(work.chart.title, box, native, work.chart.alt)


def axis_of(axis: dict[str, Any], place: str, head: str, room: float) -> Axis:
    """The axis as on screen; a logarithmic one begins at 1, 2 or 5 of a decade and ends at a whole one."""
    head = shorten(head, room - 24, 11)
    marks = axis["tickvals"]
    if axis["type"] == "log":
        low, high = (10.0**end for end in axis["range"])
        decade = 10.0 ** math.floor(math.log10(low))
        start = max(decade * step for step in (1, 2, 5) if decade * step <= low * 1.0001)
        digits = max(0, -math.floor(math.log10(start)))
        small = f"[<0.1]0.{'0' * digits};[<1]0.0;#,##0" if digits > 1 else "[<1]0.0;#,##0"
        return Axis(place, low=float(f"{start:.6g}"), high=float(f"{high:.2g}"), log=True, grid=True, line=True,
                    code=small if digits else number_code(0), title=head, crosses="min", between="midCat")  # fmt: skip
    step, top = marks[1] - marks[0], marks[-1]
    code = number_code(decimals_in(axis["ticktext"]))
    return Axis(place, low=marks[0], high=top, step=step, grid=True, line=True, code=code, title=head, crosses="min",
                between="midCat")  # fmt: skip


def _ends(trace: dict[str, Any], axes: list[Axis]) -> tuple[list[float], list[float]]:
    """Where a line begins and ends: a median's at the edges of the native plot."""
    if trace["meta"]["kind"] == "fit":
        return _clipped(trace["x"], trace["y"], axes)
    if trace["x"][0] == trace["x"][1]:
        return trace["x"], _inside(trace["y"], axes[1])
    return _inside(trace["x"], axes[0]), trace["y"]


def _clipped(xs: list[float], ys: list[float], axes: list[Axis]) -> tuple[list[float], list[float]]:
    """A fitted line as far as it lies inside the native plot: other programs do not cut it off at the edges."""
    ends = [[part_of(axis, value) for value in side] for axis, side in zip(axes, (xs, ys), strict=True)]
    first, last = 0.0, 1.0
    for start, end in ends:
        if start == end:
            continue
        low, high = sorted(((0.0 - start) / (end - start), (1.0 - start) / (end - start)))
        first, last = max(first, low), min(last, high)
    if (first, last) == (0.0, 1.0) or first >= last:
        return xs, ys
    # A hair inside, as for medians.
    hair = 1e-4 * (last - first)
    first, last = first + hair, last - hair
    found = [
        [_value_at(axis, start + (end - start) * t) for t in (first, last)]
        for axis, (start, end) in zip(axes, ends, strict=True)
    ]
    return found[0], found[1]


def _value_at(axis: Axis, part: float) -> float:
    """The value that lies at this part of the axis."""
    low, high = float(axis.low or 0.0), float(axis.high or 1.0)
    return low * (high / low) ** part if axis.log else low + (high - low) * part


def _inside(ends: list[float], axis: Axis) -> list[float]:
    """A median's line from edge to edge of the native plot."""
    if axis.low is None or axis.high is None:
        return ends
    # A hair inside, so that no rounding of logarithms puts the ends beyond the axis.
    return [axis.low * 1.0005, axis.high * 0.9995] if axis.log else [axis.low, axis.high]


def _marker(marker: dict[str, Any], at: int) -> Marker:
    symbol = marker["symbol"][at]
    hollow = symbol.endswith("-open")
    name = SYMBOLS.get(symbol.removesuffix("-open"), "circle")
    return Marker(name, marker["size"][at] * 0.9, marker["color"][at], hollow)


def _named(points: dict[str, Any], names: list[str], axes: list[Axis], place: Box) -> dict[int, Label]:
    """Names that neither touch one another nor cover points; those in colour choose first and always have one."""
    size = 10.5
    colors = points["marker"]["color"]
    lit = [color == LIGHT.accent for color in colors]
    several = len(set(colors)) > 1
    zoom = LABEL / size
    spots = [
        (part_of(axes[0], x) * place.w * zoom, part_of(axes[1], y) * place.h * zoom)
        for x, y in zip(points["x"], points["y"], strict=True)
    ]
    room = (place.w * zoom, place.h * zoom)
    chosen = place_labels(spots, names, lit if several else None, room, order=tuple(SIDES))
    return {
        n: Label(
            SIDES[(side.split()[0], side.split()[1])],
            words=names[n],
            size=size,
            bold=several and lit[n],
            color=LIGHT.ink if lit[n] else LIGHT.muted,
        )
        for n, side in enumerate(chosen)
        if side
    }


def part_of(axis: Axis, value: float) -> float:
    low, high = float(axis.low or 0.0), float(axis.high or 1.0)
    if axis.log:
        low, high, value = math.log10(low), math.log10(high), math.log10(value)
    return (value - low) / (high - low)
