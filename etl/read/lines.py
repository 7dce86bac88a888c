"""What the readers of html, docx and pdf share: lines of text, headings, and tables that are told apart from layout."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from etl.read.grid import Grid, Merged
from indicators.errors import Problem, SourceError

MAX_PLACES = 2_000_000
"""Cells of a table, blank ones with them: a span of thousands of columns must not be laid out."""
_SPACES = re.compile(r"[ \t\n\r\f\v\u00a0\u2028\u2029]+")
_CHINESE = r"\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u201c\u201d\u2018\u2019\u2014\u2026"
_JOINED = re.compile(rf"(?<=[{_CHINESE}])[ \t\r\f\v\u00a0]*\n\s*(?=[{_CHINESE}])")
_NUMBERED = re.compile(
    r"[第（(]?[一二三四五六七八九十百]{1,4}(?:[章节部篇编条][分]?|[、.．）)])|[（(]\d{1,2}[）)]|\d{1,2}[.．、](?!\d)"
)
_SENTENCE = re.compile("[。；！？]")
_SUPERSCRIPT = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
_LONGEST_HEADING = 80
_LONGEST_CAPTION = 50
_PROSE_CELL = 60


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as it stands in the source: its text, newlines between its paragraphs, and how many places it covers."""

    text: str
    rows: int = 1
    columns: int = 1


def one_line(text: str) -> str:
    """A text as one line: blanks drawn together, a line break between Chinese characters without any."""
    return _SPACES.sub(" ", _JOINED.sub("", text)).strip(" \u3000")


def heading(text: str, level: int) -> str:
    """A heading's line: as printed where its number tells it (一、 （一） 第一章 1.), else marked with `#`."""
    if _NUMBERED.match(text) or not 0 < len(text) <= _LONGEST_HEADING or "。" in text or "\n" in text:
        return text
    return f"{'#' * min(max(level, 1), 6)} {text}"


def superscript(text: str) -> str:
    """Digits that stand raised, as raised characters: m², never m2, and a note's mark is no part of a number."""
    return text.translate(_SUPERSCRIPT)


def is_layout(rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether a table only places text on a page: one row or column, or cells most of whose text is prose."""
    if len([row for row in rows if row]) < 2 or max(sum(cell.columns for cell in row) for row in rows) < 2:
        return True
    width = max(len(row) for row in rows)
    if width < 2:
        return True
    inner = [cell.text for row in rows if len(row) > 1 for cell in row]
    prose = sum(len(text) for text in inner if len(text) >= _PROSE_CELL and _SENTENCE.search(text))
    return prose * 2 > sum(map(len, inner))


def as_grid(rows: Sequence[Sequence[Cell]], name: str, where: str) -> Grid:
    """A table's cells in their places; what a cell spans is blank but for its first place.

    Raises:
        SourceError: `too_costly` for a table of more than `MAX_PLACES` places.
    """
    filled: dict[tuple[int, int], str] = {}
    merged: list[Merged] = []
    width = 0
    for number, row in enumerate(rows):
        column = 0
        for cell in row:
            while (number, column) in filled:
                column += 1
            high, wide = max(1, min(cell.rows, len(rows) - number)), max(1, cell.columns)
            if len(filled) + high * wide > MAX_PLACES:
                raise _too_costly(where)
            if high * wide > 1:
                filled.update({(number + y, column + x): "" for y in range(high) for x in range(wide)})
                merged.append(Merged(number, column, high, wide))
            filled[number, column] = one_line(cell.text)
            column += wide
            width = max(width, column)
    if len(rows) * width > MAX_PLACES:
        raise _too_costly(where)
    places = tuple(tuple(filled.get((y, x), "") for x in range(width)) for y in range(len(rows)))
    return Grid(name, places, tuple(merged))


def grid_lines(grid: Grid) -> list[str]:
    """A table's rows as lines of text, blank rows left out."""
    return [f"| {' | '.join(row)} |" for row in grid.rows if any(row)]


def caption(lines: Sequence[str]) -> str:
    """The name of the table that follows these lines: the short line above it, with a line of its unit."""
    parts: list[str] = []
    for line in reversed(lines[-2:]):
        if not line or len(line) > _LONGEST_CAPTION or line.startswith("|") or _SENTENCE.search(line):
            break
        parts.insert(0, line.lstrip("# "))
        if not re.match(r"[（(]?\s*(?:计量)?单\s*位", line):
            break
    return " ".join(parts)


def text_of(lines: Iterable[str]) -> str:
    """The lines as a document's text, blank ones left out."""
    return "\n".join(line for line in lines if line)


def _too_costly(where: str) -> SourceError:
    params = {"what": f"> {MAX_PLACES} cells"}
    return SourceError(Problem("too_costly", where, params=params, source_id=where))
