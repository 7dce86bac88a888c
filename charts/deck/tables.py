"""What PowerPoint has no chart for, as native tables: heat tables, coverage, and any chart of an unknown kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import pandas as pd

from charts.chart import headings
from charts.deck.ink import LEADING, NAMESPACES, Run, fill, paragraph
from charts.deck.lines import Draw
from charts.deck.markup import EMU
from charts.deck.paper import Box, Paper, shares
from charts.deck.reading import Work, plain
from charts.layout import shorten, text_width, wrap
from charts.numbers import plain as written
from charts.theme import LIGHT, ink_on

MOST_ROWS = 34
TALLEST_ROW = 32.0
LIST_ROW, LIST_ROWS = 21.0, 16
LIST_SLIDES = 3
"""A plain table fills at most so many slides; the rest is in the data export, and the last slide says so."""


@dataclass(frozen=True, slots=True)
class Tile:
    """One cell of a table: text, fill, colour of the text, and an edge where it is highlighted."""

    words: str
    fill: str | None = None
    ink: str = LIGHT.ink
    edge: str | None = None
    bold: bool = False
    align: str = "ctr"


def heat(work: Work) -> list[Draw]:
    """Coloured cells, rows by columns; as many rows and columns on a slide as can be read."""
    names, heads = (list(work.chart.labels[key]) for key in ("names", "heads"))
    trace = work.chart.spec["data"][0]
    cells: dict[tuple[int, int], Tile] = {}
    for n, words in enumerate(work.chart.labels["cells"]):
        row, column = round(-trace["base"][n] - 0.97), round(trace["x"][n])
        line = trace["marker"]["line"]
        edge = line["color"][n] if line["width"][n] else None
        color = trace["marker"]["color"][n]
        cells[row, column] = Tile(plain(words), color, trace["textfont"]["color"][n] or ink_on(color), edge)
    return _paged(work, names, heads, cells)


def _paged(work: Work, names: list[str], heads: list[str], cells: dict[tuple[int, int], Tile]) -> list[Draw]:
    widest = max(text_width(tile.words, 10) for tile in cells.values()) + 8
    least = max(widest, 28.0 if max(map(len, heads)) <= 6 else 56.0)
    rows, columns = shares(len(names), MOST_ROWS), shares(len(heads), max(1, int(700 / least)))
    return [partial(_heat, work, names, heads, cells, down, right) for down in rows for right in columns]


def _heat(
    work: Work, names: list[str], heads: list[str], cells: dict[tuple[int, int], Tile], down: range, right: range,
    paper: Paper, box: Box,
) -> None:  # fmt: skip
    size = 13.0
    first = min(max(text_width(names[row], size) for row in down) + 14, 0.34 * box.w)
    wide = min((box.w - first) / len(right), 150.0)
    letters, lines = _head_lines([heads[column] for column in right], wide - 6)
    head = max(map(len, lines)) * letters * LEADING + 6
    tall = min((box.h - head) / len(down), TALLEST_ROW)
    widest = max((text_width(cells[row, c].words, 1) for row in down for c in right if (row, c) in cells), default=1)
    size = min(size, tall * 0.75, (wide - 5) / max(widest, 0.1))
    top = [Tile(""), *(Tile("\n".join(words), None, LIGHT.muted) for words in lines)]
    body = [
        [Tile(shorten(names[row], first - 8, size), align="l"), *(cells.get((row, c), Tile("")) for c in right)]
        for row in down
    ]
    xml = table_xml(
        [first, *([wide] * len(right))], [head, *([tall] * len(down))], [top, *body], size, letters, work.lang
    )
    place = Box(box.x, box.y, first + wide * len(right), head + tall * len(down))
    paper.table(work.chart.title, place, xml, work.chart.alt)


def _head_lines(heads: Sequence[str], width: float) -> tuple[float, list[list[str]]]:
    """Column heads in at most four lines, at the largest size at which they fit."""
    for size in (11.0, 10.0, 9.0, 8.0):
        lines = [wrap(head, width, size) for head in heads]
        whole = all(text_width(word, size) <= width for head in heads for word in head.split(" ") if word.isascii())
        if whole and max(map(len, lines)) <= 4:
            return size, lines
    lines = [wrap(head, width, 8.0) for head in heads]
    return 8.0, [
        found if len(found) <= 4 else [*found[:3], shorten("".join(found[3:]) + "…", width, 8.0)] for found in lines
    ]


def plain_table(work: Work) -> list[Draw]:
    """The chart's numbers as a list, for a kind that has no drawing of its own."""
    # Where names stand beside codes, the codes stay out; alone, that column has the names.
    codes = ("region", "indicator") if "region_name" in work.chart.table else ()
    hidden = [c for c in (*codes, "observation_id") if c in work.chart.table]
    table = work.chart.table.drop(columns=hidden)
    table = table.drop(columns=[c for c in table if table[c].isna().all()])
    names = headings(work.chart.table, work.lang)
    heads = [names[c] for c in map(str, table)]
    rows = [
        [_shown(column, value) for column, value in zip(table, values, strict=True)]
        for values in table.itertuples(index=False)
    ]
    numeric = [pd.api.types.is_numeric_dtype(table[c]) for c in table]
    parts = shares(len(rows), LIST_ROWS)[:LIST_SLIDES]
    left_out = len(rows) - parts[-1].stop
    return [
        partial(_list, work, heads, numeric, [rows[n] for n in part], left_out if part is parts[-1] else 0)
        for part in parts
    ]


def _shown(column: object, value: object) -> str:
    if value is None or pd.isna(value):
        return ""
    if isinstance(value, int | float) and column not in ("year", "base_year"):
        return written(float(value), 4, strip=True)
    return str(value)


def _list(
    work: Work, heads: list[str], numeric: list[bool], rows: list[list[str]], left_out: int, paper: Paper, box: Box
) -> None:
    size = 11.0
    asked = [
        max(text_width(cell, size) for cell in (head, *(row[n] for row in rows))) + 26 for n, head in enumerate(heads)
    ]
    scale = min(1.25, box.w / sum(asked))
    widths = [width * scale for width in asked]
    aligns = ["r" if number else "l" for number in numeric]
    top = [
        Tile(shorten(head, widths[n] - 14, size), LIGHT.surface, LIGHT.ink, None, True, aligns[n])
        for n, head in enumerate(heads)
    ]
    body = [[Tile(shorten(cell, widths[n] - 14, size), align=aligns[n]) for n, cell in enumerate(row)] for row in rows]
    tall = min(LIST_ROW, (box.h - 18) / (len(rows) + 1))
    xml = table_xml(widths, [tall] * (len(rows) + 1), [top, *body], size, size, work.lang, 5)
    place = Box(box.x, box.y, sum(widths), tall * (len(rows) + 1))
    paper.table(work.chart.title, place, xml, work.chart.alt)
    if left_out:
        words = work.word("rows_left_out", n=left_out)
        paper.text(words, Box(box.x, place.bottom + 4, box.w, 15), [[Run(words, 11, LIGHT.muted)]], spacing=14)


def table_xml(
    widths: Sequence[float],
    heights: Sequence[float],
    rows: Sequence[Sequence[Tile]],
    size: float,
    head: float,
    lang: str,
    margin: float = 2,
) -> str:
    """A native table; widths and heights in points, the first row is the head."""
    grid = "".join(f'<a:gridCol w="{round(width * EMU)}"/>' for width in widths)
    body = "".join(
        f'<a:tr h="{round(height * EMU)}">'
        + "".join(_cell(tile, size if n else head, lang, margin) for tile in row)
        + "</a:tr>"
        for n, (height, row) in enumerate(zip(heights, rows, strict=True))
    )
    return f'<a:tbl {NAMESPACES}><a:tblPr firstRow="1"/><a:tblGrid>{grid}</a:tblGrid>{body}</a:tbl>'


def _cell(tile: Tile, size: float, lang: str, margin: float) -> str:
    heat = tile.fill is not None
    lines = [paragraph([Run(words, size, tile.ink, tile.bold)], lang, align=tile.align, spacing=size * 1.22)
             for words in tile.words.split("\n")]  # fmt: skip
    color = tile.edge or (LIGHT.background if heat else LIGHT.grid)
    width = round((2.25 if tile.edge else 1) * EMU)
    sides = ("lnL", "lnR", "lnT", "lnB") if heat else ("lnB",)
    edges = "".join(f'<a:{side} w="{width}">{fill(color)}</a:{side}>' for side in sides)
    side = round(margin * EMU)
    return (
        f"<a:tc><a:txBody><a:bodyPr/><a:lstStyle/>{''.join(lines)}</a:txBody>"
        f'<a:tcPr marL="{side}" marR="{side}" marT="0" marB="0" anchor="ctr">{edges}{fill(tile.fill)}</a:tcPr></a:tc>'
    )
