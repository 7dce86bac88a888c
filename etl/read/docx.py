"""A Word document to its text and tables. Run by the worker process (`etl.read.limits`).

The text is what is shown: inserted text counts, deleted and hidden text does not; labels that Word computes are written
out; text boxes follow the paragraph that they hang on, notes stand at the end. Page headers and footers, comments and
the table of contents are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from etl.read.grid import Document, Grid
from etl.read.lines import Cell, as_grid, caption, grid_lines, heading, is_layout, one_line, superscript, text_of
from etl.read.numbering import Numbering
from etl.read.package import Package
from indicators.errors import Problem, SourceError

_UNSEEN = """
del moveFrom instrText delText delInstrText fldData Fallback pgNum rt footnoteReference endnoteReference annotationRef
footnoteRef endnoteRef separator continuationSeparator pPr rPr tblPr tblGrid trPr tcPr sectPr sdtPr sdtEndPr customXmlPr
"""
_LEFT_OUT = frozenset(_UNSEEN.split())
_BREAK = "\0"
_CONTENTS = re.compile(r"(?:toc|目录) ?\d", re.I)
_HEADING = re.compile(r"(?:heading|标题) ?(\d)", re.I)
_NO = ("0", "false", "off")


def read(data: bytes, where: str) -> Document:
    """The text and tables of a document.

    Raises:
        SourceError: `damaged_file`, `password_protected`, `too_costly`.
    """
    package = Package(data, where)
    main = package.main_part()
    root = package.xml(main)
    body = next((child for child in root if _name(child) == "body"), None) if root is not None else None
    if body is None:
        raise SourceError(Problem("damaged_file", where, params={"what": f"no {main}"}, source_id=where))
    reading = _Reading(where, _Styles(package.related(main, "styles")), Numbering(package.related(main, "numbering")))
    reading.blocks(body)
    for kind in ("footnotes", "endnotes"):
        for note in _children(package.related(main, kind)):
            if _value(note, "type") in ("", "normal"):
                reading.blocks(note)
    return Document(text_of(reading.lines), tuple(reading.grids))


class _Styles:
    """What a paragraph's style says of it: heading level, contents, list."""

    def __init__(self, root: Any | None) -> None:
        self._styles = {_value(style, "styleId"): style for style in _children(root) if _name(style) == "style"}

    def name(self, style: str) -> str:
        return next((_value(child, "val") for child in self._styles.get(style, ()) if _name(child) == "name"), style)

    def chain(self, style: str) -> Iterator[Any]:
        """The paragraph properties of a style and of those that it is based on, nearest first."""
        seen: set[str] = set()
        while style and style not in seen and (element := self._styles.get(style)) is not None:
            seen.add(style)
            yield from (child for child in element if _name(child) == "pPr")
            style = next((_value(child, "val") for child in element if _name(child) == "basedOn"), "")


class _Reading:
    """Collects lines and tables in the order of the document. libxml2 bounds the depth of nesting at 256."""

    def __init__(self, where: str, styles: _Styles, numbering: Numbering) -> None:
        self.lines: list[str] = []
        self.grids: list[Grid] = []
        self._where = where
        self._styles = styles
        self._numbering = numbering

    def blocks(self, parent: Any) -> None:
        """Paragraphs and tables of a body, a cell, a note or a text box."""
        for element in parent:
            match _name(element):
                case "p":
                    self._paragraph(element)
                case "tbl":
                    self._table(element)
                case "sdt" if _is_left_out(element):
                    continue
                case name if name not in _LEFT_OUT:
                    self.blocks(element)

    def _paragraph(self, paragraph: Any) -> None:
        properties = _child(paragraph, "pPr")
        style = _own(properties, "pStyle")
        name = self._styles.name(style)
        if _CONTENTS.fullmatch(name):
            return
        boxes: list[Any] = []
        label = self._label(properties, style)
        parts = [line for part in _inline(paragraph, boxes).split(_BREAK) if (line := one_line(part))]
        if parts:
            parts[0] = label + parts[0]
            level = self._level(properties, style, name)
            self.lines += [heading("".join(parts), level)] if level and len(parts) < 3 else parts
        for box in boxes:
            self.blocks(box)

    def _label(self, properties: Any | None, style: str) -> str:
        numbers: dict[str, str] = {}
        for source in (*([properties] if properties is not None else []), *self._styles.chain(style)):
            for child in _children(_child(source, "numPr")):
                numbers.setdefault(_name(child), _value(child, "val"))
        number, level = numbers.get("numId", "0"), numbers.get("ilvl", "0")
        return self._numbering.label(number, int(level)) if number != "0" and re.fullmatch("[0-8]", level) else ""

    def _level(self, properties: Any | None, style: str, name: str) -> int:
        """1 to 9 for a heading, by its style's name or its outline level; 0 for other text."""
        if match := _HEADING.fullmatch(name):
            return int(match[1])
        for source in (*([properties] if properties is not None else []), *self._styles.chain(style)):
            outline = _own(source, "outlineLvl")
            if outline:
                return int(outline) + 1 if outline in "012345678" else 0
        return 0

    def _table(self, table: Any) -> None:
        rows = [row for row in _rows(table) if row]
        if not rows:
            return
        nested = any(_name(element) == "tbl" for element in table.iterdescendants())
        cells = [] if nested else self._cells(rows)
        if nested or is_layout(cells):
            for row in rows:
                for cell in row:
                    self.blocks(cell)
            return
        grid = as_grid(cells, caption(self.lines), self._where)
        if any(any(row) for row in grid.rows):
            self.grids.append(grid)
            self.lines += grid_lines(grid)

    def _cells(self, rows: list[list[Any]]) -> list[list[Cell]]:
        """The cells of a table; those merged downwards are said by each of their rows anew."""
        found: list[list[Cell]] = []
        above: dict[int, tuple[int, int]] = {}  # first column of a cell that goes on downwards -> its row and place
        for number, row in enumerate(rows):
            cells: list[Cell] = []
            column = 0
            for element in row:
                properties = _child(element, "tcPr")
                wide = _integer(_own(properties, "gridSpan"), 1)
                merge = _child(properties, "vMerge")
                start = above.get(column)
                if merge is not None and _value(merge, "val") != "restart" and start is not None:
                    first = found[start[0]][start[1]]
                    found[start[0]][start[1]] = Cell(first.text, number - start[0] + 1, first.columns)
                else:
                    above.pop(column, None)
                    if merge is not None:
                        above[column] = (number, len(cells))
                    cells.append(Cell(self._cell_text(element), 1, wide))
                column += wide
            found.append(cells)
        return found

    def _cell_text(self, cell: Any) -> str:
        inner = _Reading(self._where, self._styles, self._numbering)
        inner.blocks(cell)
        return "\n".join(line.lstrip("# ") for line in inner.lines)


def _inline(parent: Any, boxes: list[Any], raised: bool = False) -> str:
    """The text of a paragraph; text boxes in it are put aside."""
    parts: list[str] = []
    for element in parent:
        match _name(element):
            case "t":
                parts.append(superscript(element.text or "") if raised else element.text or "")
            case "br" | "cr":
                parts.append(_BREAK)
            case "tab" | "ptab":
                parts.append(" ")
            case "noBreakHyphen":
                parts.append("-")
            case "sub" | "sup" if element.prefix == "m":
                parts.append(_inline(element, boxes, _name(element) == "sup"))
            case "den":  # of a fraction in a formula
                parts.append("/" + _inline(element, boxes))
            case "sdt" if _is_left_out(element):
                continue
            case "sym":
                parts.append(_symbol(element))
            case "txbxContent":
                boxes.append(element)
            case "r":
                properties = _child(element, "rPr")
                if not _is_on(properties, "vanish"):
                    parts.append(_inline(element, boxes, _own(properties, "vertAlign") == "superscript"))
            case name if name not in _LEFT_OUT:
                parts.append(_inline(element, boxes, raised))
    return "".join(parts)


def _symbol(element: Any) -> str:
    """A character of a symbol font; those of a private area have no meaning outside it."""
    code = _value(element, "char")
    number = int(code, 16) if re.fullmatch("[0-9A-Fa-f]{1,5}", code) else 0
    return chr(number) if 0x20 <= number < 0xD800 else ""


def _rows(table: Any) -> Iterator[list[Any]]:
    """The rows of a table as lists of cells, also within content controls; deleted rows are left out."""
    for element in table:
        if _name(element) == "tr":
            if _child(_child(element, "trPr"), "del") is None:
                yield list(_row_cells(element))
        elif _name(element) not in _LEFT_OUT:
            yield from _rows(element)


def _row_cells(row: Any) -> Iterator[Any]:
    for element in row:
        if _name(element) == "tc":
            yield element
        elif _name(element) not in _LEFT_OUT:
            yield from _row_cells(element)


def _is_left_out(control: Any) -> bool:
    """Whether a content control is a table of contents, or shows but its invitation to write something."""
    properties = _child(control, "sdtPr")
    gallery = _child(_child(properties, "docPartObj"), "docPartGallery")
    if gallery is not None and _value(gallery, "val") == "Table of Contents":
        return True
    return _is_on(properties, "showingPlcHdr")


def _is_on(properties: Any | None, name: str) -> bool:
    child = _child(properties, name)
    return child is not None and _value(child, "val") not in _NO


def _children(element: Any | None) -> Iterator[Any]:
    yield from () if element is None else element


def _child(element: Any | None, name: str) -> Any | None:
    return next((child for child in _children(element) if _name(child) == name), None)


def _own(element: Any | None, name: str) -> str:
    """The value of a property; empty without one."""
    child = _child(element, name)
    return _value(child, "val") if child is not None else ""


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _value(element: Any, name: str) -> str:
    """An attribute by its local name: both editions of the standard have names of their own for the same."""
    return next((str(value) for key, value in element.items() if key.rpartition("}")[2] == name), "")


def _integer(text: str, otherwise: int) -> int:
    return int(text) if re.fullmatch(r"\d{1,4}", text) else otherwise
