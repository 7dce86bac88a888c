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


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the workbook: heading in row 1, values from row 2 on; None leaves a cell empty.

    `formulas` of ours work the values out of other columns.
    """

    sheet: str
    number: int
    head: str
    values: tuple[Cell, ...]
    code: str = "General"
    formulas: tuple[str, ...] = ()

    @property
    def _letter(self) -> str:
        first, second = divmod(self.number, 26)
        return (chr(64 + first) if first else "") + chr(65 + second)

    @property
    def title(self) -> str:
        """The heading as a series' name."""
        place = f"'{self.sheet}'!${self._letter}$1"
        return f"<c:tx><c:strRef><c:f>{place}</c:f><c:strCache>{_cached([self.head])}</c:strCache></c:strRef></c:tx>"

    @property
    def data(self) -> str:
        """The values: numbers where all are, else text. Empty cells are left out, which makes a gap."""
        place = f"'{self.sheet}'!${self._letter}$2:${self._letter}${len(self.values) + 1}"
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
    """The workbook of one chart: the plotted numbers, and on a second sheet where each value comes from."""

    lang: str
    columns: list[Column] = field(default_factory=list)
    evidence: Sequence[Sequence[Cell]] = ()

    def add(self, head: str, values: Sequence[Cell], code: str = "General", formulas: Sequence[str] = ()) -> Column:
        sheet = text("deck.sheet_data", self.lang)
        column = Column(sheet, len(self.columns), clean(head), tuple(map(_cell, values)), code, tuple(formulas))
        self.columns.append(column)
        return column

    def blob(self) -> bytes:
        """As .xlsx; text is never read as a formula, a link or a number."""
        out = io.BytesIO()
        options = {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        with xlsxwriter.Workbook(out, options) as book:
            font = {"font_name": "Microsoft YaHei" if self.lang == "zh" else "Arial", "font_size": 10}
            plain, head = book.add_format(font), book.add_format({**font, "bold": True, "bottom": 1})
            sheet = book.add_worksheet(text("deck.sheet_data", self.lang))
            for column in self.columns:
                style_of = book.add_format({**font, "num_format": column.code}) if column.code != "General" else plain
                _write(sheet, column.number, [column.head, *column.values], head, style_of)
                for row, formula in enumerate(column.formulas, 1):
                    sheet.write_formula(row, column.number, formula, style_of, column.values[row - 1])
            sheet.freeze_panes(1, 1)
            if self.evidence:
                second = book.add_worksheet(text("deck.sheet_evidence", self.lang))
                for number, cells in enumerate(zip(*self.evidence, strict=True)):
                    _write(second, number, cells, head, plain)
                second.freeze_panes(1, 0)
        return out.getvalue()


def _cell(value: Any) -> Cell:
    """A value as a cell holds it: None for what is missing."""
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return None
    return clean(value) if isinstance(value, str) else value


def _write(sheet: Any, number: int, cells: Sequence[Cell], head: Any, plain: Any) -> None:
    widest = max(text_width(str(cell), 1.0) for cell in cells if cell is not None)
    sheet.set_column(number, number, min(max(widest / 0.55 + 2, 8), 60))
    for row, cell in enumerate(cells):
        if isinstance(cell, str):
            sheet.write_string(row, number, cell, plain if row else head)
        elif cell is not None:
            sheet.write_number(row, number, cell, plain if row else head)


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
