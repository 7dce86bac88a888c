"""The tile map of the provinces as one group of shapes, each tile with its name and value."""

from __future__ import annotations

from charts.deck.ink import Run, paragraph
from charts.deck.lines import Draw
from charts.deck.paper import Block, Box, Paper
from charts.deck.reading import Work, of_kinds, plain
from charts.layout import text_width, wrap
from charts.theme import ink_on

TALL = 0.62
"""A tile's height to its width."""
KEY = 176.0
SIZES = (12.0, 11.0, 10.0, 9.0, 8.0, 7.0)


def tiles(work: Work) -> list[Draw]:
    return [lambda paper, box: _map(paper, box, work)]


def _map(paper: Paper, box: Box, work: Work) -> None:
    trace = work.chart.spec["data"][0]
    columns = [round(x) for x in trace["x"]]
    rows = [round(-base - 0.97) for base in trace["base"]]
    across, down = max(columns) + 1, max(rows) + 1
    wide = min((box.w - KEY) / across, box.h / down / TALL)
    tall = wide * TALL
    words = [[plain(part) for part in trace["text"][n].rsplit("<br>", 1)] for n in range(len(rows))]
    inside = Box(0, 0, wide - 2, tall - 2)
    # One size for all, but that of the few longest names, which would make all the others small.
    sizes = sorted(_size(name, more, inside) for name, *more in words)
    usual = sizes[len(sizes) // 8]
    blocks = []
    for n, (column, row) in enumerate(zip(columns, rows, strict=True)):
        place = Box(box.x + column * wide + 1, box.y + row * tall + 1, wide - 2, tall - 2)
        color, line = trace["marker"]["color"][n], trace["marker"]["line"]
        edge = line["color"][n] if line["width"][n] else None
        name, *more = words[n]
        ink = trace["textfont"]["color"][n] or ink_on(color)
        size = min(usual, _size(name, more, inside))
        lines = wrap(name, place.w - 4, size)
        runs = [Run(line, size, ink) for line in lines] + [Run(line, size, ink, True) for line in more]
        written = "".join(paragraph([run], work.lang, align="ctr", spacing=size * 1.18) for run in runs)
        blocks.append(Block(name, place, color, edge, written))
    paper.group(work.chart.title, blocks, work.chart.alt)
    _key(paper, Box(box.x + across * wide + 36, box.y, KEY - 36, down * tall), work)


def _size(name: str, more: list[str], place: Box) -> float:
    """The largest size at which name and value fit a tile without a word being cut in two."""
    for size in SIZES:
        lines = wrap(name, place.w - 4, size)
        whole = all(text_width(word, size) <= place.w - 4 for word in (*name.split(" "), *more))
        if whole and (len(lines) + len(more)) * size * 1.2 <= place.h - 2:
            return size
    return SIZES[-1]


def _key(paper: Paper, box: Box, work: Work) -> None:
    """The classes, highest first, as squares with their range."""
    ink = work.chart.spec["layout"]["font"]["color"]
    unit = work.word("unit", unit=work.chart.unit)
    lines = wrap(unit, box.w, 12)
    traces = of_kinds(work.chart.spec, "legend")
    classes = [*reversed(traces[:-1]), traces[-1]]
    top = box.bottom - len(classes) * 22 - len(lines) * 16 - 6
    paper.text(unit, Box(box.x, top, box.w, len(lines) * 16), [[Run(line, 12, ink)] for line in lines], spacing=16)
    blocks = []
    for n, trace in enumerate(classes):
        y = top + len(lines) * 16 + 6 + n * 22
        name = plain(trace["name"])
        blocks.append(Block(name, Box(box.x, y + 3, 16, 16), trace["marker"]["color"]))
        paper.text(name, Box(box.x + 24, y, box.w - 24, 22), [[Run(name, 12, ink)]], anchor="ctr")
    paper.group(paper.word("key"), blocks, paper.word("key"))
