"""A native chart: its XML and the workbook that "Edit data" opens, which hold the same numbers.

`Native` stands in for the chart data of python-pptx, whose own charts have no hollow or hatched points, no shifted
labels, no gaps, and whose workbooks run text that begins with = as a formula.
"""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import xlsxwriter

from charts.deck.ink import NAMESPACES, clean, fill, safe, style
from charts.layout import text_width
from charts.theme import LIGHT
from indicators.labels import text

Cell = str | int | float | None
TEXT_STAYS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
"""How a workbook is opened for writing, so that text in it is never run as a formula, a link or a number."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the workbook: heading in row `top`, values below it; None leaves a cell empty.

    `formulas` of ours work the values out of other columns; an empty one leaves a cell as it is.
    """

    sheet: str
    number: int
    head: str
    values: tuple[Cell, ...]
    code: str = "General"
    formulas: tuple[str, ...] = ()
    top: int = 1

    @property
    def letter(self) -> str:
        first, second = divmod(self.number, 26)
        return (chr(64 + first) if first else "") + chr(65 + second)

    @property
    def title(self) -> str:
        """The heading as a series' name."""
        place = f"'{self.sheet}'!${self.letter}${self.top}"
        return f"<c:tx><c:strRef><c:f>{place}</c:f><c:strCache>{_cached([self.head])}</c:strCache></c:strRef></c:tx>"

    @property
    def data(self) -> str:
        """The values: numbers where all are, else text. Empty cells are left out, which makes a gap."""
        first, last = self.top + 1, self.top + len(self.values)
        place = f"'{self.sheet}'!${self.letter}${first}:${self.letter}${last}"
        if any(isinstance(value, str) for value in self.values):
            return f"<c:strRef><c:f>{place}</c:f><c:strCache>{_cached(self.values)}</c:strCache></c:strRef>"
        code = f"<c:formatCode>{safe(self.code)}</c:formatCode>"
        return f"<c:numRef><c:f>{place}</c:f><c:numCache>{code}{_cached(self.values)}</c:numCache></c:numRef>"


def _cached(values: Sequence[Cell]) -> str:
    points = "".join(
        f'<c:pt idx="{n}"><c:v>{safe(value if isinstance(value, str) else repr(value))}</c:v></c:pt>'
        for n, value in enumerate(values)
        if value is not None
    )
    return f'<c:ptCount val="{len(values)}"/>{points}'


@dataclass(slots=True)
class Book:
    """The workbook of one chart: the plotted numbers, and on a second sheet where each value comes from.

    In a workbook with more in it the numbers stand on the sheet of that name, from its row `top` and from column
    `left` on, counted from 1 and from 0.
    """

    lang: str
    columns: list[Column] = field(default_factory=list)
    evidence: Sequence[Sequence[Cell]] = ()
    sheet: str = ""
    top: int = 1
    left: int = 0

    def add(self, head: str, values: Sequence[Cell], code: str = "General", formulas: Sequence[str] = ()) -> Column:
        """A further column; `formulas` may name the cells of those before it by `letter` and `top`."""
        sheet, number = self.sheet or text("deck.sheet_data", self.lang), self.left + len(self.columns)
        column = Column(sheet, number, clean(head), tuple(map(_cell, values)), code, tuple(formulas), self.top)
        self.columns.append(column)
        return column

    def write(self, book: Any, sheet: Any) -> None:
        """Put the columns onto a sheet of an open workbook."""
        plain, head = _formats(book, self.lang)
        for column in self.columns:
            style_of = plain
            if column.code != "General":
                style_of = book.add_format({**_font(self.lang), "num_format": column.code})
            _write(sheet, column.number, [column.head, *column.values], head, style_of, self.top - 1)
            for row, formula in enumerate(column.formulas, self.top):
                if formula:
                    sheet.write_formula(row, column.number, formula, style_of, column.values[row - self.top])

    def blob(self) -> bytes:
        """As .xlsx; text is never read as a formula, a link or a number."""
        out = io.BytesIO()
        with xlsxwriter.Workbook(out, TEXT_STAYS) as book:
            sheet = book.add_worksheet(text("deck.sheet_data", self.lang))
            self.write(book, sheet)
            sheet.freeze_panes(1, 1)
            if self.evidence:
                plain, head = _formats(book, self.lang)
                second = book.add_worksheet(text("deck.sheet_evidence", self.lang))
                for number, cells in enumerate(zip(*self.evidence, strict=True)):
                    _write(second, number, cells, head, plain)
                second.freeze_panes(1, 0)
        return out.getvalue()


def _font(lang: str) -> dict[str, Any]:
    return {"font_name": "Microsoft YaHei" if lang == "zh" else "Arial", "font_size": 10}


def _formats(book: Any, lang: str) -> tuple[Any, Any]:
    return book.add_format(_font(lang)), book.add_format({**_font(lang), "bold": True, "bottom": 1})


def _cell(value: Any) -> Cell:
    """A value as a cell holds it: None for what is missing."""
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return None
    return clean(value) if isinstance(value, str) else value


def _write(sheet: Any, number: int, cells: Sequence[Cell], head: Any, plain: Any, top: int = 0) -> None:
    widest = max(text_width(str(cell), 1.0) for cell in cells if cell is not None)
    sheet.set_column(number, number, min(max(widest / 0.55 + 2, 8), 60))
    for row, cell in enumerate(cells, top):
        if isinstance(cell, str):
            sheet.write_string(row, number, cell, plain if row > top else head)
        elif cell is not None:
            sheet.write_number(row, number, cell, plain if row > top else head)


@dataclass(frozen=True, slots=True)
class Native:
    """A chart for `Paper.chart`: the inside of its plot area, and its workbook."""

    plot: str
    book: Book
    size: float = 11

    @property
    def xlsx_blob(self) -> bytes:
        return self.book.blob()

    def xml_bytes(self, _kind: object = None) -> bytes:
        """The whole part; missing values are gaps, and all text has both fonts."""
        properties = style("defRPr", self.size, LIGHT.ink)
        spoken = "zh-CN" if self.book.lang == "zh" else "en-US"
        return (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
            f'<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" {NAMESPACES}>'
            f'<c:date1904 val="0"/><c:lang val="{spoken}"/><c:roundedCorners val="0"/>'
            f'<c:chart><c:autoTitleDeleted val="1"/><c:plotArea>{self.plot}<c:spPr>{fill(None)}</c:spPr></c:plotArea>'
            '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
            f"<c:spPr>{fill(None)}<a:ln>{fill(None)}</a:ln></c:spPr>"
            f"<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr>{properties}</a:pPr><a:endParaRPr/></a:p></c:txPr>"
            "</c:chartSpace>"
        ).encode()
