"""The tile map of the provinces as one group of shapes, each tile with its name and value."""

from __future__ import annotations

from charts.deck.ink import Run, paragraph
from charts.deck.lines import Draw
from charts.deck.paper import Box, Paper, describe, put_text
from charts.deck.reading import Work, of_kinds, plain
from charts.layout import shorten, text_width, wrap
from charts.theme import ink_on

TALL = 0.72
"""A tile's height to its width."""
KEY = 190.0


def tiles(work: Work) -> list[Draw]:
    return [lambda paper, box: _map(paper, box, work)]


def _map(paper: Paper, box: Box, work: Work) -> None:
    trace = work.chart.spec["data"][0]
    columns = [round(x) for x in trace["x"]]
    rows = [round(-base - 0.97) for base in trace["base"]]
    across, down = max(columns) + 1, max(rows) + 1
    wide = min((box.w - KEY) / across, box.h / down / TALL)
    tall = wide * TALL
    group = paper.slide.shapes.add_group_shape()
    for n, (column, row) in enumerate(zip(columns, rows, strict=True)):
        place = Box(box.x + column * wide + 1, box.y + row * tall + 1, wide - 2, tall - 2)
        color, line = trace["marker"]["color"][n], trace["marker"]["line"]
        edge = line["color"][n] if line["width"][n] else None
        name, *more = (plain(part) for part in trace["text"][n].rsplit("<br>", 1))
        shape = paper.rectangle(name, place, color, edge=edge, to=group)
        ink = trace["textfont"]["color"][n] or ink_on(color)
        put_text(shape, _words(name, more, place, ink, work.lang), "ctr", 1)
    describe(group, work.chart.title, work.chart.alt)
    _key(paper, Box(box.x + across * wide + 36, box.y, KEY - 36, down * tall), work)


def _words(name: str, more: list[str], place: Box, ink: str, lang: str) -> str:
    """Name in up to two lines and the value, at the largest size at which they fit the tile."""
    for size in (12.0, 11.0, 10.0, 9.0, 8.0, 7.0):
        lines = wrap(name, place.w - 4, size)
        whole = all(text_width(word, size) <= place.w - 4 for word in name.split(" "))
        fits = (len(lines) + len(more)) * size * 1.2 <= place.h - 2
        if whole and fits and all(text_width(line, size) <= place.w - 2 for line in (*lines, *more)):
            break
    else:
        lines = [shorten(name, place.w - 4, size)]
    runs = [Run(line, size, ink) for line in lines] + [Run(line, size, ink, True) for line in more]
    return "".join(paragraph([run], lang, align="ctr", spacing=size * 1.18) for run in runs)


def _key(paper: Paper, box: Box, work: Work) -> None:
    """The classes, highest first, as squares with their range."""
    group = paper.slide.shapes.add_group_shape()
    ink = work.chart.spec["layout"]["font"]["color"]
    unit = work.word("unit", unit=work.chart.unit)
    lines = wrap(unit, box.w, 12)
    traces = of_kinds(work.chart.spec, "legend")
    classes = [*reversed(traces[:-1]), traces[-1]]
    top = box.bottom - len(classes) * 22 - len(lines) * 16 - 6
    paper.text(unit, Box(box.x, top, box.w, len(lines) * 16), [[Run(line, 12, ink)] for line in lines], spacing=16)
    for n, trace in enumerate(classes):
        y = top + len(lines) * 16 + 6 + n * 22
        name = plain(trace["name"])
        paper.rectangle(name, Box(box.x, y + 3, 16, 16), trace["marker"]["color"], to=group)
        paper.text(name, Box(box.x + 24, y, box.w - 24, 22), [[Run(name, 12, ink)]], anchor="ctr")
    describe(group, paper.word("key"), paper.word("key"))
