"""Two years side by side: dumbbells as two rows of points joined by high-low lines, slopes as lines of two points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from charts.deck.ink import fill
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
from charts.deck.native import Book, Column, Native
from charts.deck.paper import Box, Paper
from charts.deck.reading import Work, of_kinds
from charts.layout import shorten, spread, text_width
from charts.numbers import plain, tick_texts, ticks
from charts.theme import LIGHT, blend, readable


def dumbbell(work: Work) -> list[Draw]:
    return [lambda paper, box: _dumbbell(paper, box, work)]


def _dumbbell(paper: Paper, box: Box, work: Work) -> None:
    """Regions from left to right: hollow for the earlier year, filled for the later one."""
    sides = [of_kinds(work.chart.spec, kind)[0] for kind in ("first", "last")]
    names = list(work.chart.labels["names"])
    values = [side["x"] for side in sides]
    decimals = decimals_in(words for side in sides for words in side["text"])
    every = [v for side in values for v in side]
    low, high = min(every), max(every)
    marks = ticks(0.0 if 0 < low < 0.5 * high else low, high, 7)
    texts = tick_texts(marks)
    left = max(text_width(words, 11) for words in texts) + 12
    slot = (box.w - left - 8) / len(names)
    size = max(8.0, min(12.0, slot / 2.4))
    widest = max(text_width(name, size) for name in names)
    upright = widest <= slot - 2
    if not upright:
        names = [shorten(name, 110, size) for name in names]
        widest = max(text_width(name, size) for name in names)
    below = size * 1.6 + 8 if upright else widest * 0.72 + size + 10
    place = Box(box.x + left, box.y + 16, box.w - left - 8, box.h - 16 - below)
    book = work.book()
    across = book.add(work.word("unit", unit=work.chart.unit), work.chart.labels["names"])
    code = number_code(decimals)
    bottom = marks[0] + (marks[-1] - marks[0]) * 18 / place.h
    labelled = _labelled(sides, values, slot, bottom)
    drawn = []
    for number, (side, head) in enumerate(zip(sides, work.chart.labels["heads"], strict=True)):
        column = book.add(head, values[number], code)
        marker = side["marker"]
        points = {
            n: Marker(SYMBOLS[symbol], 9, _end_color(marker["line"]["color"][n], number), hollow=number == 0)
            for n, symbol in enumerate(marker["symbol"])
        }
        drawn.append(Series(column, line_style(None), points[0], points, labelled[number], code=code))
    drawn[0] = replace(drawn[0], joints=_joints(book, work, values, code))
    under = Axis("b", values=False, line=True, size=size, color=LIGHT.ink, turn=0 if upright else -45, crosses="min")
    scale = Axis("l", low=marks[0], high=marks[-1], step=marks[1] - marks[0], grid=True,
                 code=number_code(decimals_in(texts)))  # fmt: skip
    paper.chart(work.chart.title, box, _lines(box, place, book, drawn, across, "", (under, scale)), work.chart.alt)


def _end_color(color: str, number: int) -> str:
    """Paler for the earlier year, so that the years differ even where a program fills hollow markers."""
    return blend(color, LIGHT.background, 0.45) if number == 0 else color


def _joints(book: Book, work: Work, values: Sequence[Sequence[float]], code: str) -> tuple[Column, Column]:
    """How far each region rose and fell, worked out by the workbook: the lines that join the points follow an edit."""
    one, two = (column.letter for column in book.columns[-2:])
    rows = range(book.top + 1, book.top + 1 + len(values[0]))
    pairs = list(zip(*values, strict=True))
    rose = book.add(
        work.word("rose"), [max(b - a, 0.0) for a, b in pairs], code, [f"=MAX({two}{n}-{one}{n},0)" for n in rows]
    )
    fell = book.add(
        work.word("fell"), [max(a - b, 0.0) for a, b in pairs], code, [f"=MAX({one}{n}-{two}{n},0)" for n in rows]
    )
    return rose, fell


def _labelled(
    sides: Sequence[dict[str, Any]], values: Sequence[Sequence[float]], slot: float, bottom: float
) -> list[dict[int, Label]]:
    """Values above the higher and below the lower point: of all where they fit side by side, else of those in colour
    where these are few. A point next to the axis below, by the name of its region, has its value beside it or not.
    """
    size = 10.0
    widest = max(text_width(words, size) for side in sides for words in side["text"])
    colors = sides[0]["marker"]["line"]["color"]
    lit = [n for n, color in enumerate(colors) if color != LIGHT.rest]
    shown = list(range(len(colors))) if widest <= slot - 4 else lit if len(lit) <= 4 < len(colors) else []
    found: list[dict[int, Label]] = [{}, {}]
    for n in shown:
        for number in (0, 1):
            own, other = values[number][n], values[1 - number][n]
            above = own > other or (own == other and number == 1)
            side = "t" if above else "b" if own > bottom else "r"
            if side == "r" and slot < 2.4 * widest:
                continue
            words = sides[number]["text"][n]
            before = words.split(" ")[0] if " " in words else ""
            found[number][n] = Label(side, size=size, code=number_code(decimals_in([words]), before),
                                     color=LIGHT.ink if number else LIGHT.muted)  # fmt: skip
    return found


def slope(work: Work) -> list[Draw]:
    return [lambda paper, box: _slope(paper, box, work)]


def _slope(paper: Paper, box: Box, work: Work) -> None:
    """A line for each region between two years; names and values at both ends where they are named on screen."""
    traces = list(reversed(work.chart.spec["data"]))
    names = list(work.chart.labels["names"])
    ranked = "rank" in work.chart.table
    heights = [[-y if ranked else y for y in trace["y"]] for trace in traces]
    every = [y for pair in heights for y in pair]
    low, high = min(every), max(every)
    spare = (high - low or abs(high) or 1.0) * 0.03
    span = (low - spare, high + spare)
    code = number_code(0 if ranked else _decimals(work, names))
    named = _named(work, names, traces)
    size = min(12.0, max(7.0, (box.h - 40) / max(len(named), 1) / 1.32))
    shown = [shorten(name, 0.28 * box.w, size) for name in names]
    wide = max(text_width(f"{shown[n]}  {plain(max(map(abs, heights[n])), 2)}", size) for n in named) + 16
    place = Box(box.x + wide, box.y + 6, box.w - 2 * wide, box.h - 6 - 26)
    middle = min(place.w, 460.0)
    place = Box(box.x + (box.w - middle) / 2, place.y, middle, place.h)
    book = work.book()
    across = book.add(work.word("unit", unit=work.chart.unit), list(work.chart.labels["heads"]))
    found = _both_ends(named, heights, span, ranked, place, box, size, traces)
    drawn = []
    for n in reversed(range(len(names))):
        trace = traces[n]
        column = book.add(names[n], heights[n], code)
        color, marker = trace["line"]["color"], trace["marker"]
        points = {
            side: Marker(SYMBOLS.get(symbol.removesuffix("-open"), "circle"), marker["size"], color, "open" in symbol)
            for side, symbol in enumerate(marker["symbol"])
        }
        line = line_style(color, trace["line"]["width"])
        drawn.append(Series(column, line, points[0], points, found.get(n, {}), code=code))
    under = Axis("b", values=False, size=13, color=LIGHT.ink, crosses="max" if ranked else "min")
    scale = Axis("l", low=span[0], high=span[1], hidden=True, reverse=ranked)
    drops = f'<c:hiLowLines><c:spPr><a:ln w="9525">{fill(LIGHT.axis)}</a:ln></c:spPr></c:hiLowLines>'
    paper.chart(work.chart.title, box, _lines(box, place, book, drawn, across, drops, (under, scale)), work.chart.alt)


def _both_ends(
    named: Sequence[int], heights: Sequence[Sequence[float]], span: tuple[float, float], ranked: bool, place: Box,
    box: Box, size: float, traces: Sequence[dict[str, Any]],
) -> dict[int, dict[int, Label]]:  # fmt: skip
    """Labels left of the first and right of the last point of these lines, moved until none lies on another."""
    found: dict[int, dict[int, Label]] = {n: {} for n in named}
    for side in (0, 1):
        parts = [(heights[n][side] - span[0]) / (span[1] - span[0]) for n in named]
        wanted = [(1 - part if ranked else part) * place.h for part in parts]
        for n, want, got in zip(named, wanted, spread(wanted, size * 1.3, 4, place.h - 4), strict=True):
            color = traces[n]["line"]["color"]
            ink = LIGHT.muted if color == LIGHT.rest else readable(color, LIGHT.background)
            shift = (0.0, (want - got) / box.h if abs(want - got) >= 1 else 0.0)
            found[n][side] = Label("r" if side else "l", True, color=ink, size=size, shift=shift)
    return found


def _named(work: Work, names: Sequence[str], traces: Sequence[dict[str, Any]]) -> list[int]:
    """The lines that carry their names: all while they are few or ranked, else those in colour."""
    lit = [n for n, trace in enumerate(traces) if trace["line"]["color"] != LIGHT.rest]
    return list(range(len(names))) if len(names) <= 12 or "rank" in work.chart.table else lit


def _decimals(work: Work, names: Sequence[str]) -> int:
    """The decimals of the values at the ends, as on screen."""
    ends = [note["text"] for note in work.chart.spec["layout"]["annotations"] if note.get("xref") == "x"]
    return decimals_in(end.split(" ")[-1] if _value_last(end) else end for end in ends)


def _value_last(words: str) -> bool:
    """Whether a slope's label has its value last."""
    return words[-1:].isdigit()


def _lines(
    box: Box, place: Box, book: Any, drawn: Sequence[Series], across: Any, joint: str, axes: tuple[Axis, Axis]
) -> Native:
    where = inner((place.x - box.x) / box.w, (place.y - box.y) / box.h, place.w / box.w, place.h / box.h)
    body = "".join(series_xml(n, one, across) for n, one in enumerate(drawn))
    return Native(
        f'{where}<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>{body}{joint}<c:marker val="1"/>'
        f'<c:axId val="1"/><c:axId val="2"/></c:lineChart>{axis_xml(axes[0], 1, 2)}{axis_xml(axes[1], 2, 1)}',
        book,
    )
