"""The cells of a table where its rows and columns meet: numbers, and what stands in place of one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from etl.read.axes import Axes, Line
from etl.read.frame import column_letter, years_in
from etl.read.measure import Measure, Tell
from etl.read.words import TableWords, sign
from indicators.printed import Printed, read_number


@dataclass(frozen=True, slots=True)
class Cell:
    """One printed number with its place. `value` is in the canonical unit, exact.

    Attributes:
        row, column: The headers of its row and column, as printed.
        place: Its address in the file (`Sheet1!C7`, `#2!C7` for the second table); None in a plain CSV.
    """

    region: str
    year: int
    measure: Measure
    row: str
    column: str
    place: str | None
    printed: str
    value: Decimal


@dataclass(slots=True)
class Cells:
    """Reads the cells where rows and columns meet."""

    axes: Axes
    prefix: str | None
    words: TableWords
    told: Tell
    missing: Counter[str] = field(default_factory=Counter)
    unsaved: list[str] = field(default_factory=list)
    marked: list[str] = field(default_factory=list)
    merged: set[tuple[int, int]] = field(default_factory=set)
    yearless: set[int] = field(default_factory=set)

    def read(self, rows: Iterable[Line], columns: Iterable[Line]) -> tuple[tuple[Cell, ...], dict[str, int]]:
        signs = {sign(str(text)): kind for text, kind in (self.axes.card.get("missing") or {}).items()}
        signs = {**self.words.missing, **signs}
        columns = tuple(columns)
        cells = tuple(cell for row in rows for column in columns if (cell := self._cell(row, column, signs)))
        where = self.axes.where
        if self.unsaved:
            self.told("formula_without_value", where, number=str(len(self.unsaved)), first=self.unsaved[0])
        if self.marked:
            listed = ", ".join(self.marked[:10]) + (" …" if len(self.marked) > 10 else "")
            self.told("footnote_marks", where, "note", number=str(len(self.marked)), cells=listed)
        for kind, number in sorted(self.missing.items()):
            if kind != "blank":
                names = {f"kind_{lang}": name for lang, name in self.words.kinds[kind].items()}
                status = self.words.statuses[kind]
                self.told("missing_values", where, "note", number=str(number), status=status, **names)
        return cells, dict(self.missing)

    def _cell(self, row: Line, column: Line, signs: Mapping[str, str]) -> Cell | None:
        printed = self.axes.frame.cells[row.index][column.index]
        place = f"{self.prefix or ''}{column_letter(column.index)}{row.index + 1}"
        kind = signs.get(sign(printed))
        if kind:
            self.missing[kind] += 1
            return None
        if printed.startswith("="):
            self.unsaved.append(place)
            return None
        cover = self.axes.frame.covered.get((row.index, column.index))
        if cover and cover.rows * cover.columns > 1:
            if (cover.row, cover.column) not in self.merged:
                self.merged.add((cover.row, cover.column))
                self.told("merged_value", f"{self.axes.where} {place}", value=printed)
            return None
        number = read_number(printed)
        if number is None:
            line = f"{self.axes.where}:{row.index + 1}"
            self.told("not_a_number", line, value=printed, column=column.name)
            return None
        return self._valued(row, column, printed, number, place)

    def _valued(self, row: Line, column: Line, printed: str, number: Printed, place: str) -> Cell | None:
        """The cell with what its row, its column, the card and the title say of it."""
        measure = column.measure or row.measure
        year = self._year(row, column, place)
        region = row.region or column.region or self.axes.card.get("region")
        if measure is None or year is None or region is None:
            return None
        if number.unit and number.unit != measure.word.replace("％", "%"):
            self.told("unit_printed_differs", f"{self.axes.where} {place}", given=measure.word, printed=number.unit)
            return None
        if number.marks:
            self.marked.append(f"{place} {printed}")
        value = number.value * measure.factor
        shown = None if self.axes.strict else place
        name = " ".join(row.name.split()) if not self.axes.strict else self.axes.frame.cells[row.index][1]
        return Cell(str(region), year, measure, name, column.name, shown, printed, value)

    def _year(self, row: Line, column: Line, place: str) -> int | None:
        year = row.year if row.year is not None else column.year
        if row.year is not None and column.year not in (None, row.year):
            self.told("year_differs", f"{self.axes.where} {place}", given=str(row.year), printed=str(column.year))
            return None
        if year is None and self.axes.card.get("year"):
            year = int(str(self.axes.card["year"]))
        if year is None:
            years = years_in(self.axes.frame.title)
            year = years[0] if len(years) == 1 else None
        if year is None and column.index not in self.yearless:
            self.yearless.add(column.index)
            self.told("year_missing", f"{self.axes.where} · {column.name}")
        return year
