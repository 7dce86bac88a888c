"""A web page to its article's text and tables. Run by the worker process (`etl.read.limits`)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from etl.read import furniture
from etl.read.encoding import declared_charset, decode
from etl.read.grid import Document, Grid
from etl.read.lines import Cell, as_grid, caption, grid_lines, heading, is_layout, one_line, superscript, text_of
from indicators.errors import Problem, SourceError

_BLOCKS_NAMES = """
address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure
footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol p pre section summary table tbody td
tfoot th thead tr ul
"""
_BLOCKS = frozenset(_BLOCKS_NAMES.split())
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_MAX_SPAN = 1000
_DEEP = "Excessive depth"
_BREAK = "\0"  # no page has it: a text with NUL is refused before


def read(data: bytes, where: str) -> Document:
    """The article of a page.

    Raises:
        SourceError: `unknown_encoding`, `not_text`, `too_costly` for nesting that no page needs, `no_text`.
    """
    text = decode(data, where, declared_charset(data))
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True, no_network=True)
    root = etree.fromstring(text.encode(), parser) if text.strip() else None
    if any(_DEEP in entry.message for entry in parser.error_log):
        params = {"what": "nested too deeply"}
        raise SourceError(Problem("too_costly", where, params=params, source_id=where))
    if root is None:
        raise SourceError(Problem("no_text", where, source_id=where))
    furniture.remove(root)
    page = _Page(where)
    page.read(root)
    return Document(text_of(page.lines), tuple(page.grids))


class _Page:
    """Collects lines and tables in one walk over the page, without recursion: pages nest as deep as they like."""

    def __init__(self, where: str) -> None:
        self.lines: list[str] = []
        self.grids: list[Grid] = []
        self._where = where
        self._line: list[str] = []
        self._counters: list[int | None] = []

    def read(self, root: Any) -> None:
        """Lines of everything below `root`."""
        steps: list[tuple[str, Any]] = [("open", root)]
        while steps:
            what, element = steps.pop()
            if what == "text":
                self._line.append(element)
            elif what == "close":
                self._close(element)
            elif element.tag == "table" and (rows := _data_rows(element)) is not None:
                self._table(element, rows)
            else:
                self._open(element)
                steps.append(("close", element))
                for child in reversed(element):
                    if child.tail:
                        steps.append(("text", _shown(child.tail, element)))
                    steps.append(("open", child))
                if element.text:
                    steps.append(("text", _shown(element.text, element)))
        self._end_line()

    def _open(self, element: Any) -> None:
        if _is_block(element):
            self._end_line()
        if element.tag in ("ol", "ul"):
            self._counters.append(_start(element) if element.tag == "ol" else None)
        elif element.tag == "li" and self._counters and (number := self._counters[-1]) is not None:
            self._line.append(f"{number}. ")
            self._counters[-1] = number + 1

    def _close(self, element: Any) -> None:
        if element.tag == "br":
            self._line.append(_BREAK)
        elif element.tag in _HEADINGS:
            self._end_line(_HEADINGS[element.tag])
        elif _is_block(element):
            self._end_line()
        if element.tag in ("ol", "ul") and self._counters:
            self._counters.pop()

    def _end_line(self, level: int = 0) -> None:
        text, self._line = "".join(self._line), []
        parts = [line for part in text.split(_BREAK) if (line := one_line(part))]
        if level:  # a heading set in two lines is one heading
            parts = [heading("".join(parts), level)] if parts else []
        self.lines += [line for line in parts if not furniture.is_furniture_line(line.lstrip("# "))]

    def _table(self, element: Any, rows: list[list[Cell]]) -> None:
        self._end_line()
        title = next(element.iter("caption"), None)
        if title is not None and (line := one_line(_plain(title))):
            self.lines.append(line)
        grid = as_grid(rows, caption(self.lines), self._where)
        if any(any(row) for row in grid.rows):
            self.grids.append(grid)
            self.lines += grid_lines(grid)


def _shown(text: str, element: Any) -> str:
    if element.tag == "sup":
        return superscript(text)
    if element.tag in ("pre", "textarea"):
        return text.replace("\n", _BREAK)
    return text


def _is_block(element: Any) -> bool:
    if element.tag in _BLOCKS:
        return True
    style = element.get("style")
    return bool(style) and re.search(r"display\s*:\s*(?:block|flex|grid|table)\b", style[:1000]) is not None


def _start(element: Any) -> int | None:
    """The first number of a numbered list; None where the numbers are not shown."""
    style = element.get("style") or ""
    if "none" in style[:1000] or element.get("type") not in (None, "1"):
        return None
    start = element.get("start") or "1"
    return int(start) if re.fullmatch(r"\d{1,6}", start) else 1


def _data_rows(table: Any) -> list[list[Cell]] | None:
    """The rows of a table that holds data; None for one that only places text."""
    if (table.get("role") or "") in ("presentation", "none") or next(table.iterdescendants("table"), None) is not None:
        return None
    rows = [
        [Cell(_plain(cell), _span(cell, "rowspan"), _span(cell, "colspan")) for cell in row if cell.tag in ("td", "th")]
        for row in _rows(table)
    ]
    rows = [row for row in rows if row]
    if not rows or is_layout(rows):
        return None
    return rows


def _rows(table: Any) -> Iterator[Any]:
    for part in table:
        if part.tag == "tr":
            yield part
        elif part.tag in ("thead", "tbody", "tfoot"):
            yield from (row for row in part if row.tag == "tr")


def _span(cell: Any, name: str) -> int:
    """How many rows or columns a cell covers; 0 in a page means: to the end."""
    given = cell.get(name)
    if not given:
        return 1
    number = int(given) if re.fullmatch(r"\s*\d{1,6}\s*", given) else 1
    return min(number or _MAX_SPAN, _MAX_SPAN)


def _plain(cell: Any) -> str:
    """A cell's text, its paragraphs and lines on lines of their own."""
    if not len(cell):
        return (cell.text or "").strip()
    parts: list[str] = []
    steps: list[tuple[str, Any]] = [("open", cell)]
    while steps:
        what, element = steps.pop()
        if what == "text":
            parts.append(element)
            continue
        if element is not cell and (element.tag == "br" or _is_block(element)):
            parts.append("\n")
        for child in reversed(element):
            if child.tail:
                steps.append(("text", _shown(child.tail, element)))
            steps.append(("open", child))
        if element.text:
            steps.append(("text", _shown(element.text, element)))
    return "".join(parts).replace(_BREAK, "\n").strip()
