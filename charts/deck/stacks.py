"""Bars put together from parts as native stacked bars, the first on top and the total at their end."""

from __future__ import annotations

from functools import partial
from typing import Any

from charts.bar import span_with_room
from charts.deck.cloud import FOOT, value_axis
from charts.deck.ink import Run
from charts.deck.lines import Draw
from charts.deck.markup import Axis, Label, axis_xml, bar_style, decimals_in, inner, labels, number_code
from charts.deck.native import Book, Column, Native
from charts.deck.paper import Box, Paper, shares
from charts.deck.reading import Work
from charts.layout import shorten, text_width
from charts.theme import LIGHT

MOST = 24
SLOT = 44.0
TIGHT = 1.48


def stack(work: Work) -> list[Draw]:
    return [partial(_stack, work, part) for part in shares(len(work.chart.labels["names"]), MOST)]


def _stack(work: Work, part: range, paper: Paper, box: Box) -> None:
    chart = work.chart
    parts, totals = list(chart.labels["heads"]), list(chart.labels["cells"])
    traces = [trace for trace in chart.spec["data"] if trace["type"] == "bar"]
    if len(parts) > 1:
        box = _key(paper, box, parts)
    slot = min((box.h - 8 - FOOT) / len(part), SLOT)
    size = max(6.0, min(12.0, slot / TIGHT))
    names = [shorten(chart.labels["names"][n], 0.4 * box.w, size) for n in part]
    left = max(text_width(name, size) for name in names) + 14
    box = Box(box.x, box.y, box.w, slot * len(part) + 8 + FOOT)
    place = Box(box.x + left, box.y + 8, box.w - left - 16, slot * len(part))
    values = [_values(trace, part) for trace in traces]
    every = [_values(trace, range(len(totals))) for trace in traces]
    ends = [[sum(v for v in row if (v > 0) == up) for row in zip(*every, strict=True)] for up in (True, False)]
    low, high = min(0.0, *ends[1]), max(0.0, *ends[0])
    room = max(text_width(words, size) for words in totals) + 12
    span = span_with_room(low, high, place.w, 0, room)
    scale = value_axis(chart.spec["layout"]["xaxis"], work.word("unit", unit=chart.unit), [low, high])
    scale = Axis("b", low=min(scale.low or 0.0, low), high=span[1], step=scale.step, grid=True, code=scale.code,
                 title=scale.title, crosses="max", numbers="high")  # fmt: skip
    book = work.book()
    across = book.add(work.word("unit", unit=chart.unit), [chart.labels["names"][n] for n in part])
    code = number_code(decimals_in(totals))
    columns = [book.add(head, found, code) for head, found in zip(parts, values, strict=True)]
    found = {n: Label("outEnd", size=size, code=code) for n in range(len(part))}
    single = len(parts) == 1
    body = "".join(
        _series(n, column, across, trace["marker"]["color"], _at(trace, part), found if single else {}, code)
        for n, (column, trace) in enumerate(zip(columns, traces, strict=True))
    )
    if not single:
        body += _totals(len(parts), book, columns, across, work, code, size)
    under = Axis("l", values=False, line=True, reverse=True, size=size, color=LIGHT.ink)
    where = inner((place.x - box.x) / box.w, (place.y - box.y) / box.h, place.w / box.w, place.h / box.h)
    form = ("clustered", "") if single else ("stacked", '<c:overlap val="100"/>')
    native = Native(
        f'{where}<c:barChart><c:barDir val="bar"/><c:grouping val="{form[0]}"/><c:varyColors val="0"/>{body}'
        f'<c:gapWidth val="45"/>{form[1]}<c:axId val="1"/><c:axId val="2"/></c:barChart>'
        f"{axis_xml(under, 1, 2)}{axis_xml(scale, 2, 1)}",
        book,
        size,
    )
    paper.chart(chart.title, box, native, chart.alt)


def _at(trace: dict[str, Any], part: range) -> list[int]:
    """Where the bars stand in a trace: it has those in full colour first."""
    order = {row: n for n, row in enumerate(trace["y"])}
    return [order[n] for n in part]


def _values(trace: dict[str, Any], part: range) -> list[float]:
    return [trace["x"][n] for n in _at(trace, part)]


def _series(
    number: int, column: Column, across: Column, colors: list[str], at: list[int], found: dict[int, Label], code: str
) -> str:
    """One part of all bars; those that are not of the first one's colour have their own."""
    usual = colors[at[0]]
    points = "".join(
        f'<c:dPt><c:idx val="{n}"/><c:invertIfNegative val="0"/><c:bubble3D val="0"/>'
        f"{bar_style(colors[place], 'actual')}</c:dPt>"
        for n, place in enumerate(at)
        if colors[place] != usual
    )
    return (
        f'<c:ser><c:idx val="{number}"/><c:order val="{number}"/>{column.title}{bar_style(usual, "actual")}'
        f'<c:invertIfNegative val="0"/>{points}{labels(found, code)}<c:cat>{across.data}</c:cat>'
        f"<c:val>{column.data}</c:val></c:ser>"
    )


def _totals(number: int, book: Book, columns: list[Column], across: Column, work: Work, code: str, size: float) -> str:
    """Bars without colour behind the last part, worked out by the workbook: their value stands where they begin."""
    first, last = columns[0].letter, columns[-1].letter
    count = len(columns[0].values)
    rows = range(book.top + 1, book.top + 1 + count)
    sums = [float(sum(v for v in row if isinstance(v, int | float)))
            for row in zip(*(column.values for column in columns), strict=True)]  # fmt: skip
    column = book.add(work.word("total"), sums, code, [f"=SUM({first}{n}:{last}{n})" for n in rows])
    found = {n: Label("inBase", size=size, code=code) for n in range(count)}
    return (
        f'<c:ser><c:idx val="{number}"/><c:order val="{number}"/>{column.title}'
        '<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr><c:invertIfNegative val="0"/>'
        f"{labels(found, code)}<c:cat>{across.data}</c:cat><c:val>{column.data}</c:val></c:ser>"
    )


def _key(paper: Paper, box: Box, parts: list[str]) -> Box:
    """The parts' names with their colours above the plot; what is left of the box."""
    lines: list[list[Run]] = [[]]
    room, size = 0.0, 12.0 if box.w > 600 else 10.0
    for number, name in enumerate(parts):
        wide = text_width(f"■ {name}    ", size)
        if room and room + wide > box.w:
            lines.append([])
            room = 0.0
        color = LIGHT.series[number % len(LIGHT.series)]
        lines[-1] += [Run("■ ", size, color), Run(f"{name}    ", size, LIGHT.ink)]
        room += wide
    height = len(lines) * 17.0
    paper.text(paper.word("key"), Box(box.x, box.y, box.w, height), lines, spacing=17)
    return box.below(height + 6)
