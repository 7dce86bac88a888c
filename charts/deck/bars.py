"""Rankings and single figures as native horizontal bars, the first on top."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from charts.bar import span_with_room
from charts.deck.ink import Run
from charts.deck.lines import Draw
from charts.deck.markup import Axis, Label, axis_xml, bar_style, decimals_in, inner, labels, number_code
from charts.deck.native import Column, Native
from charts.deck.paper import Box, Paper, shares
from charts.deck.reading import Work, notes_of, plain
from charts.layout import shorten, text_width
from charts.theme import LIGHT

MOST = 36
"""Bars on one slide; more are spread evenly over several."""
THICK = 30.0
STRIP = 15.0
LINE = 1.48
"""Height of a Chinese line in ems in the tallest of the usual fonts: a lower row loses every second name in Impress."""


def ranking(work: Work) -> list[Draw]:
    """The slides' drawings: the bars of each share one scale."""
    names = work.chart.labels["names"]
    return [partial(_bars, work, share) for share in shares(len(names), MOST)]


def _bars(work: Work, part: range, paper: Paper, box: Box) -> None:
    trace = work.chart.spec["data"][0]
    values = trace["x"]
    slot = min((box.h - 8) / len(part), 2.2 * THICK)
    size = max(6.0, min(13.0, slot / LINE))
    names = [shorten(work.chart.labels["names"][n], 0.42 * box.w, size) for n in part]
    left = max(text_width(name, size) for name in names) + 14
    room = max(text_width(trace["text"][n], size) for n in part) + 12
    lines = _references(work)
    strip = STRIP * len(lines) + (4 if lines else 0)
    slot = min((box.h - strip - 8) / len(part), slot)
    chart = Box(box.x, box.y + strip, box.w, slot * len(part) + 8)
    place = Box(chart.x + left, chart.y + 4, chart.w - left - 8, chart.h - 8)
    reach = [0.0, *values, *(at for at, _, _ in lines)]
    low, high = min(reach), max(reach)
    span = span_with_room(low, high, place.w, room if low < 0 else 0, room if high > 0 or low == high else 0)
    book = work.book(trace["customdata"][n] for n in part)
    unit = work.word("unit", unit=work.chart.unit)
    decimals = decimals_in(trace["text"])
    across = book.add(unit, [work.chart.labels["names"][n] for n in part])
    shown = book.add(work.chart.title, [values[n] for n in part], number_code(decimals))
    under = Axis("l", values=False, line=True, reverse=True, size=size, color=LIGHT.ink)
    scale = Axis("b", low=span[0], high=span[1], hidden=True, crosses="max")
    gap = max(25, min(500, round((slot / min(slot * 0.72, THICK) - 1) * 100)))
    where = inner((place.x - chart.x) / chart.w, (place.y - chart.y) / chart.h, place.w / chart.w, place.h / chart.h)
    native = Native(
        f'{where}<c:barChart><c:barDir val="bar"/><c:grouping val="clustered"/><c:varyColors val="0"/>'
        f'{_series(trace, part, across, shown, decimals, size)}<c:gapWidth val="{gap}"/><c:axId val="1"/>'
        f'<c:axId val="2"/></c:barChart>{axis_xml(under, 1, 2)}{axis_xml(scale, 2, 1)}',
        book,
        size,
    )
    for row, (at, words, dash) in enumerate(lines):
        x = place.x + (at - span[0]) / (span[1] - span[0]) * place.w
        wide = text_width(words, 11) + 8
        start = min(max(x - wide / 2, box.x), box.right - wide)
        over = Box(start, box.y + strip - STRIP * (row + 1) - 2, wide, STRIP)
        paper.text(words, over, [[Run(words, 11, LIGHT.muted)]], align="ctr", spacing=14)
        paper.line(words, (x, over.bottom), (x, chart.bottom), LIGHT.muted, dash)
    paper.chart(work.chart.title, chart, native, work.chart.alt)


def _series(trace: dict[str, Any], part: range, across: Column, shown: Column, decimals: int, size: float) -> str:
    """The bars; each point that is not plain has its own fill, and its own number format where it has a comparator."""
    marker, kinds = trace["marker"], trace["meta"]["kinds"]
    usual = marker["line"]["color"][part[0]] if kinds[part[0]] == "actual" else LIGHT.accent
    points, found = "", {}
    for at, n in enumerate(part):
        color, kind = marker["line"]["color"][n], kinds[n]
        if (color, kind) != (usual, "actual"):
            fill = bar_style(color, kind, marker["pattern"]["shape"][n])
            points += f'<c:dPt><c:idx val="{at}"/><c:invertIfNegative val="0"/><c:bubble3D val="0"/>{fill}</c:dPt>'
        words = trace["text"][n]
        before = words.split(" ")[0] if " " in words else ""
        found[at] = Label("outEnd", size=size, code=number_code(decimals_in([words]), before))
    code = number_code(decimals)
    return (
        f'<c:ser><c:idx val="0"/><c:order val="0"/>{shown.title}{bar_style(usual, "actual")}'
        f'<c:invertIfNegative val="0"/>{points}{labels(found, code)}<c:cat>{across.data}</c:cat>'
        f"<c:val>{shown.data}</c:val></c:ser>"
    )


def _references(work: Work) -> Sequence[tuple[float, str, str]]:
    """The lines across the bars: where they stand, what they say, how they are drawn."""
    spec = work.chart.spec
    shapes = [shape for shape in spec["layout"]["shapes"] if shape["type"] == "line"]
    return [
        (shape["x0"], plain(note["text"]), shape["line"]["dash"])
        for shape, note in zip(shapes, notes_of(spec, "reference"), strict=True)
    ]
