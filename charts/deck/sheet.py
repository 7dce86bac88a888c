"""The native charts of a slide on a sheet of a workbook: the same drawing, with its numbers below it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from xlsxwriter.chart_line import ChartLine

from charts.chart import Chart
from charts.deck.ink import Run, clean
from charts.deck.kinds import NATIVE
from charts.deck.native import Book, Native
from charts.deck.paper import Box, Paper
from charts.deck.reading import Work, in_light
from charts.layout import text_width

WIDE, TALL, GAP = 860.0, 400.0, 30.0
"""Points: the room of one drawing, and what is left between two."""
HEAD_ROWS = 3
ROW = 15.0
INSET = (7.2, 3.6)
"""What a spreadsheet leaves free inside a text box, at its sides and above."""


def can_draw(chart: Chart) -> bool:
    """Whether a spreadsheet has a chart of this kind."""
    return not chart.empty and not chart.table.empty and chart.kind in NATIVE


def draw(book: Any, sheet: Any, chart: Chart, lang: str) -> None:
    """Put a chart below the first `HEAD_ROWS` rows of an empty sheet, and the plotted numbers below the chart.

    Args:
        book, sheet: Of xlsxwriter, open for writing.
        chart: One that `can_draw`.
    """
    shelf = _Shelf(lang, sheet.get_name())
    work = Work(replace(chart, spec=in_light(chart.spec)), lang, shelf=shelf.book)
    draws = NATIVE[chart.kind](work)
    shelf.top = HEAD_ROWS + round(len(draws) * (TALL + GAP) / ROW) + 2
    for number, one in enumerate(draws):
        one(OnSheet(None, lang, book, sheet), Box(INSET[0], number * (TALL + GAP), WIDE, TALL))
    for numbers in shelf.books:
        numbers.write(book, sheet)


@dataclass(slots=True)
class _Shelf:
    """Blocks of columns side by side."""

    lang: str
    sheet: str
    top: int = 1
    books: list[Book] = field(default_factory=list)

    def book(self) -> Book:
        left = sum(len(book.columns) + 1 for book in self.books)
        self.books.append(Book(self.lang, sheet=self.sheet, top=self.top, left=left))
        return self.books[-1]


@dataclass(frozen=True, slots=True)
class OnSheet(Paper):
    """A sheet that is drawn on as if it were a slide."""

    book: Any = None
    sheet: Any = None

    def text(
        self, name: str, box: Box, lines: Sequence[Sequence[Run]], *, align: str = "l", anchor: str = "t",
        spacing: float | None = None, after: float = 0, shape: Any = None,
    ) -> Any:  # fmt: skip
        """A text box for each run: a spreadsheet's has one style."""
        for number, line in enumerate(lines):
            x, y = box.x, box.y + number * (spacing or 16.0)
            for run in line:
                wide = text_width(run.words, run.size) if len(line) > 1 else box.w
                # A little wider than reckoned, lest another font breaks the line.
                place = Box(x - INSET[0], y - INSET[1], 1.1 * wide + 2 * INSET[0], run.size * 1.5 + 2 * INSET[1])
                font = {"size": run.size, "color": run.color, "bold": run.bold}
                across = {"horizontal": "center" if align == "ctr" else "left", "vertical": "top"}
                style = {"line": {"none": True}, "fill": {"none": True}, "font": font, "align": across}
                self.sheet.insert_textbox(HEAD_ROWS, 0, clean(run.words), {**_placed(place), **style})
                x += wide

    def line(self, name: str, start: tuple[float, float], end: tuple[float, float], color: str, dash: str) -> None:
        """A line is a box as thin as a line."""
        place = Box(start[0], start[1], max(end[0] - start[0], 0.75), max(end[1] - start[1], 0.75))
        style = {"line": {"none": True}, "fill": {"color": color}, "description": clean(name)}
        self.sheet.insert_textbox(HEAD_ROWS, 0, "", {**_placed(place), **style})

    def chart(self, name: str, box: Box, native: Native, alt: str) -> Any:
        made = _Ready(native.xml_bytes().decode())
        made.embedded = True
        self.book.charts.append(made)
        made.set_size({"width": _pixels(box.w), "height": _pixels(box.h)})
        place = {key: value for key, value in _placed(box).items() if key not in ("width", "height")}
        self.sheet.insert_chart(HEAD_ROWS, 0, made, {**place, "description": clean(alt)})
        return made


class _Ready(ChartLine):  # type: ignore[misc]
    """A chart whose XML is written already; xlsxwriter only gives it its place in the file."""

    def __init__(self, xml: str) -> None:
        super().__init__()
        self._xml = xml
        # It is asked for a series, which then is neither looked up nor written.
        self.add_series({"values": "='1'!$A$1"})
        self.formula_ids: dict[str, int] = {}

    def _assemble_xml_file(self) -> None:
        self.fh.write(self._xml)
        self._xml_close()


def _placed(box: Box) -> dict[str, Any]:
    x, y, w, h = map(_pixels, (box.x, box.y, box.w, box.h))
    return {"x_offset": max(x, 0), "y_offset": max(y, 0), "width": w, "height": h, "object_position": 3}


def _pixels(points: float) -> int:
    return max(round(points * 96 / 72), 0)
