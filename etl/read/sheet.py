"""The sheets of an .xlsx file as grids of cells as they are shown. Run by the worker process (`etl.read.limits`).

Formulas give the value that was stored with them; one without is shown as itself (`=A1+B1`), so that it can be told.
What is hidden is not shown and so not read: its place stays, blank, and `Grid.told` says so.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any
from xml.etree.ElementTree import XMLPullParser

import openpyxl
from openpyxl.utils import get_column_letter, range_boundaries

from etl.read.grid import Document, Grid, Merged
from indicators.errors import Problem, SourceError

MAX_CELLS = 300_000
"""Filled cells of a file; a sheet may have twice as many places up to its last filled cell in each direction."""
MAX_BYTES = 256 * 1024 * 1024
"""Of all parts of the package, unpacked."""
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ROW, _COLUMN, _MERGED = f"{_MAIN}row", f"{_MAIN}col", f"{_MAIN}mergeCell"
_CELL, _FORMULA, _VALUE = f"{_MAIN}c", f"{_MAIN}f", f"{_MAIN}v"
_TRUE = ("1", "true")
_DECIMALS = re.compile(r"(?P<whole>[#0,]*[#0])(?:\.(?P<fraction>[0#]+))?(?P<scale>,*)(?P<percent>%?)[ _]*")
_AS_STORED = re.compile(r"^(?:General|@|)$|E[+-]|\?/", re.I)
_IGNORED_IN_FORMAT = re.compile(r"\[[^\]]*\]|_.|\*.|\\(?=[ ()-])|\"\"")


@dataclass(slots=True)
class _Layout:
    """What a sheet's XML says besides its values."""

    last_row: int = 0
    merged: list[Merged] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: set[int] = field(default_factory=set)
    unsaved: dict[tuple[int, int], str] = field(default_factory=dict)


def read(data: bytes, where: str, sheet: str | int | None = None) -> Document:
    """The sheets of a workbook that hold anything, in order.

    Args:
        sheet: Name or number (from 1) of the one that is wanted; the others are then given by name alone.
    Raises:
        SourceError: `too_large`, `damaged_file`.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            unpacked = sum(part.file_size for part in package.infolist())
            if unpacked > MAX_BYTES:
                raise _too_large(where, unpacked)
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    except (zipfile.BadZipFile, KeyError, ValueError) as error:
        what = " ".join(str(error).split())[:200]
        raise SourceError(Problem("damaged_file", where, params={"what": what}, source_id=where)) from error
    grids: list[Grid] = []
    left = MAX_CELLS
    for number, worksheet in enumerate(book.worksheets, 1):
        if sheet is not None and _squeezed(str(sheet)) not in (str(number), _squeezed(worksheet.title)):
            grids.append(Grid(worksheet.title, ()))
            continue
        grid, cells = _grid(worksheet, where, left)
        left -= cells
        grids.append(grid)
    return Document("", tuple(grids))


def _squeezed(name: str) -> str:
    return "".join(name.split())


def _grid(worksheet: Any, where: str, most: int) -> tuple[Grid, int]:
    """A sheet as a grid, and how many of its cells are filled."""
    layout = _layout(worksheet)
    rows, odd = _rows(worksheet, layout.last_row, where, most)
    filled = sum(map(bool, (text for row in rows for text in row)))
    width = max(map(len, rows), default=0)
    for (row_number, column), formula in layout.unsaved.items():
        if row_number < len(rows):
            rows[row_number] += [""] * (column + 1 - len(rows[row_number]))
            rows[row_number][column] = formula
            width = max(width, column + 1)
    told = _hide(rows, layout, worksheet.sheet_state != "visible")
    if odd:
        told += (("format_not_applied", ", ".join(odd[:5]) + (" …" if len(odd) > 5 else "")),)
    while rows and not any(rows[-1]):
        rows.pop()
    if not any(any(row) for row in rows):
        return Grid(worksheet.title, (), told=told), 0
    whole = tuple(tuple(row + [""] * (width - len(row))) for row in rows)
    merged = tuple(m for m in layout.merged if m.row < len(whole) and m.column < width)
    return Grid(worksheet.title, whole, merged, told), filled


def _rows(worksheet: Any, last_row: int, where: str, most: int) -> tuple[list[list[str]], list[str]]:
    """The texts of a sheet up to the last filled one of each row, and the cells whose format was not applied.

    Raises:
        SourceError: `table_too_large`, as soon as it is.
    """
    worksheet.reset_dimensions()  # the sheet's own word on its size may be anything
    rows: list[list[str]] = []
    odd: list[str] = []
    filled = width = 0
    for row in worksheet.iter_rows(max_row=last_row) if last_row else ():
        texts: list[str] = []
        for column, cell in enumerate(row):
            value = cell.value
            if value is None:
                continue
            texts += [""] * (column - len(texts))
            if type(value) in (int, float):
                style = cell.number_format
                texts.append(_number(value, style))
                if _is_odd(style):
                    odd.append(f"{get_column_letter(column + 1)}{len(rows) + 1} {style}")
            else:
                texts.append(_text(cell))
        filled += len(texts)
        width = max(width, len(texts))
        rows.append(texts)
        if filled > 2 * most or width * len(rows) > 2 * MAX_CELLS:
            raise SourceError(Problem("table_too_large", where, params={"limit": str(MAX_CELLS)}, source_id=where))
    return rows, odd


def _hide(rows: list[list[str]], layout: _Layout, hidden: bool) -> tuple[tuple[str, str], ...]:
    """Blank what is not shown; what was hidden, as (problem code, where in the sheet)."""
    told = [("hidden_sheet", "")] if hidden else []
    lost_rows, lost_columns = [], set()
    for number in layout.hidden_rows:
        if number < len(rows) and any(rows[number]):
            lost_rows.append(str(number + 1))
            rows[number] = []
    for row in rows:
        for column in layout.hidden_columns:
            if column < len(row) and row[column]:
                lost_columns.add(column)
                row[column] = ""
    if lost_rows:
        told.append(("hidden_rows", " ".join(lost_rows[:20]) + (" …" if len(lost_rows) > 20 else "")))
    if lost_columns:
        told.append(("hidden_columns", " ".join(get_column_letter(column + 1) for column in sorted(lost_columns)[:20])))
    return tuple(told)


def _layout(worksheet: Any) -> _Layout:
    """Read what openpyxl's streaming reader leaves out: merged and hidden places, formulas without a value.

    Rows after the last one with a value or formula are dropped before parsing: formats alone may fill a million rows.
    """
    with worksheet._get_source() as part:
        xml = part.read()
    end = xml.rfind(b"</sheetData>")
    last = max(xml.rfind(mark, 0, max(end, 0)) for mark in (b"<v", b"<f", b"<is"))
    if end >= 0:  # else another prefix is in use; all of it is parsed
        close = xml.find(b"</row>", last, end) + len(b"</row>") if last >= 0 else xml.find(b"<sheetData>") + 11
        xml = xml[:close] + xml[end:]
    layout = _Layout()
    parser: Any = XMLPullParser(("end",))
    for offset in range(0, len(xml), 1 << 16):
        parser.feed(xml[offset : offset + (1 << 16)])
        for _, element in parser.read_events():
            if element.tag == _ROW:
                _note_row(layout, element)
            elif element.tag == _COLUMN and element.get("hidden") in _TRUE:
                first, last_column = int(element.get("min")) - 1, int(element.get("max"))
                layout.hidden_columns.update(range(first, min(last_column, 16_384)))
            elif element.tag == _MERGED:
                left, top, right, bottom = range_boundaries(element.get("ref"))
                layout.merged.append(Merged(top - 1, left - 1, bottom - top + 1, right - left + 1))
    return layout


def _note_row(layout: _Layout, row: Any) -> None:
    """Keep what a row says of itself, and its formulas that have no value."""
    layout.last_row = int(row.get("r") or layout.last_row + 1)
    if row.get("hidden") in _TRUE:
        layout.hidden_rows.append(layout.last_row - 1)
    for formula in row.iterfind(f"{_CELL}/{_FORMULA}/.."):
        value = formula.find(_VALUE)
        if (value is None or not value.text) and formula.get("r"):
            column, line, _, _ = range_boundaries(formula.get("r"))
            layout.unsaved[line - 1, column - 1] = f"={formula.find(_FORMULA).text or ''}"
    row.clear()


def _text(cell: Any) -> str:
    """A filled cell without a number as the sheet shows it; a text that is set in begins with blanks."""
    value = cell.value
    match value:
        case bool():
            return str(value).upper()
        case datetime() | date():
            return _date(value, cell.number_format)
        case time() | timedelta():
            return str(value)
    indent = int(cell.alignment.indent or 0) if cell.has_style else 0
    return "\u3000" * min(indent, 15) + str(value).replace("\r\n", "\n").rstrip()


@lru_cache(maxsize=1000)
def _pattern(number_format: str) -> tuple[re.Match[str] | None, bool]:
    """What a number format does to a positive number, None where it is not applied; whether negatives are bracketed."""
    positive, _, rest = _IGNORED_IN_FORMAT.sub("", number_format).partition(";")
    return _DECIMALS.fullmatch(positive.strip()), rest.split(";")[0].strip().startswith("(")


@lru_cache(maxsize=1000)
def _is_odd(number_format: str) -> bool:
    """Whether a format shows something else than the number that is read (`0!.0,"万"`)."""
    return _pattern(number_format)[0] is None and not _AS_STORED.search(_IGNORED_IN_FORMAT.sub("", number_format))


def _number(value: int | float, number_format: str) -> str:
    """A number by its format: decimals, thousands, percent and scaling. With any other format as it is stored."""
    stored = f"{value:.15g}"
    exact = Decimal(stored)
    pattern, bracketed = _pattern(number_format or "General")
    if pattern is None or not exact.is_finite():
        return f"{exact:f}" if "e" in stored else stored
    if pattern["percent"]:
        exact *= 100
    exact /= Decimal(1000) ** len(pattern["scale"])
    fraction = pattern["fraction"] or ""
    shown = abs(exact).quantize(Decimal(1).scaleb(-len(fraction)), ROUND_HALF_UP)
    text = f"{shown:,f}" if "," in pattern["whole"] else f"{shown:f}"
    for optional in reversed(fraction):  # `#` shows a digit only where there is one
        if optional != "#" or not text.endswith("0"):
            break
        text = text[:-1]
    text = text.removesuffix(".") + pattern["percent"]
    if exact < 0 and shown:
        return f"({text})" if bracketed else f"-{text}"
    return text


def _date(value: datetime | date, number_format: str) -> str:
    """A date as exact as its format shows it: a year, a month or a day."""
    letters = _IGNORED_IN_FORMAT.sub("", number_format).lower()
    year_word = "年" if "年" in letters else ""
    if "d" not in letters and "m" not in letters:
        return f"{value:%Y}{year_word}"
    if "d" not in letters:
        return f"{value:%Y}年{value.month}月" if year_word else f"{value:%Y-%m}"
    return f"{value:%Y-%m-%d}"


def _too_large(where: str, unpacked: int) -> SourceError:
    params = {"megabytes": f"{unpacked / 1024 / 1024:.0f}", "limit": f"{MAX_BYTES / 1024 / 1024:.0f}"}
    return SourceError(Problem("too_large", where, params=params, source_id=where))
