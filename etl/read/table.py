"""A statistical table: a sheet, a CSV or a table of a document, and its card, which says what the cells are and where
they come from.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from etl.read.axes import Axes, Line
from etl.read.cards import read_card, specs
from etl.read.frame import UNIT_STATED, Frame, Framer, column_letter, years_in
from etl.read.measure import Measure, without_unit
from etl.read.pick import Picked, pick
from etl.read.places import Places
from etl.read.words import TableWords, load_words, plain, sign, without_marks
from indicators.catalog import Catalog
from indicators.errors import Problem, Severity, SourceError
from indicators.printed import Printed, read_number

ROW_COLUMNS = ("region_code", "region")
"""How a plain CSV begins: one header row, every further column in the card, in its order."""
_SAME = 20
"""Problems of one code that are told one by one; the rest are counted."""


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


@dataclass(frozen=True, slots=True)
class Table:
    """A table as read.

    Attributes:
        card: The card's words, the title as printed where the card has none.
        notes: What is printed below the table.
        missing: Cells that hold no number, by kind (`data/catalog/tables.yml`).
        problems: Rows and cells that were left out, and what a reader should know.
    """

    source_id: str
    file: str
    card: Mapping[str, Any]
    cells: tuple[Cell, ...]
    notes: tuple[str, ...] = ()
    missing: Mapping[str, int] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    @property
    def indicators(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(cell.measure.indicator for cell in self.cells))


class _Told:
    """Keeps what is to be told of one table."""

    def __init__(self, source_id: str) -> None:
        self.source_id = source_id
        self.problems: list[Problem] = []

    def __call__(self, code: str, place: str, severity: Severity = "error", **params: str) -> None:
        self.problems.append(Problem(code, place, severity, params, self.source_id))

    def stop_at_errors(self) -> None:
        """
        Raises:
            SourceError: Something told so far is an error.
        """
        errors = [problem for problem in self.problems if problem.severity == "error"]
        if errors:
            raise SourceError(*errors)

    def few(self) -> tuple[Problem, ...]:
        """The problems; of many with one code the first ones and how many there are."""
        numbers = Counter(problem.code for problem in self.problems)
        shown: Counter[str] = Counter()
        kept: list[Problem] = []
        for problem in self.problems:
            shown[problem.code] += 1
            if shown[problem.code] <= _SAME:
                kept.append(problem)
            elif shown[problem.code] == _SAME + 1:
                params = {"code": problem.code, "number": str(numbers[problem.code] - _SAME)}
                kept.append(Problem("more_of_same", problem.where, problem.severity, params, self.source_id))
        return tuple(kept)


def read_table(path: Path, data: bytes, card_data: bytes, source_id: str, catalog: Catalog) -> Table:
    """Read one table by its card, `<source_id>.yml`.

    A row or cell that cannot be read is left out and told in `problems`; its neighbours go through.

    Raises:
        SourceError: The card or the whole table cannot be used; every fault of it, together.
    """
    where = f"{path.parent.name}/{path.name}"
    words = load_words(catalog.folder)
    card = read_card(f"{source_id}.yml", card_data, source_id, catalog, words)
    told = _Told(source_id)
    picked = pick(path, data, card, where, source_id)
    for code, place in picked.told:
        told(code, where, "note" if code == "hidden_sheet" else "warning", place=place)
    strict = tuple(picked.grid.rows[0][:2]) == ROW_COLUMNS if picked.grid.rows and picked.prefix is None else False
    axes = _axes(picked, card, catalog, words, told, where, strict)
    columns = axes.columns()
    told.stop_at_errors()
    lines = axes.rows()
    cells, missing = _Cells(axes, picked, words, told, strict).read(lines, columns)
    if not cells and not strict:
        told("no_values", where)
        told.stop_at_errors()
    title = card.get("title") or _printed_title(axes.frame, path)
    return Table(source_id, where, {**card, "title": title}, cells, axes.frame.notes, missing, told.few())


def _axes(
    picked: Picked,
    card: Mapping[str, Any],
    catalog: Catalog,
    words: TableWords,
    told: _Told,
    where: str,
    strict: bool,
) -> Axes:
    """The table's parts and how to read its axes.

    Raises:
        SourceError: No column names the rows, or the rows are of unequal length throughout.
    """
    rows_are = _rows_are(card)
    within = str(card["within"]) if card.get("within") else None
    level = str(card["level"]) if card.get("level") else None
    places = Places(catalog, words, within, level, _years(picked, card))
    if strict:
        frame = _strict_frame(picked, told, where)
    else:
        label = str(card["regions"]) if card.get("regions") and rows_are == "regions" else None
        found = Framer(
            picked.grid, _is_label(rows_are, card, places, catalog, words), words, label, card.get("header_rows")
        ).frame()
        if found is None:
            params = {"rows": rows_are, "wanted": ",".join(ROW_COLUMNS)}
            raise SourceError(Problem("bad_header", where, params=params, source_id=told.source_id))
        frame = found
    return Axes(card, frame, catalog, words, places, told, where, rows_are, strict)


def _rows_are(card: Mapping[str, Any]) -> str:
    if card.get("rows"):
        return str(card["rows"])
    if card.get("indicators"):
        return "indicators"
    return "years" if card.get("region") or card.get("columns") == "regions" else "regions"


def _is_label(rows_are: str, card: Mapping[str, Any], places: Places, catalog: Catalog, words: TableWords) -> Any:
    """The test for a text that names a row."""
    if rows_are == "regions":
        return lambda text: places.known(text) or words.is_total(text)
    if rows_are == "years":
        return lambda text: len(years_in([text])) == 1 and len(plain(text)) <= 8
    bare = {_bare(str(spec.get("header")), catalog) for spec in specs(card, "indicators")}
    return lambda text: _bare(text, catalog) in bare


def _bare(text: str, catalog: Catalog) -> str:
    return without_marks(plain(without_unit(text, catalog)))


def _years(picked: Picked, card: Mapping[str, Any]) -> tuple[int, int] | None:
    """First and last year that the card or the table's head names."""
    given = [
        str(spec["year"]) for spec in (card, *specs(card, "columns")) if isinstance(spec, dict) and spec.get("year")
    ]
    years = years_in([*given, picked.grid.name, *(text for row in picked.grid.rows[:6] for text in row)])
    return (years[0], years[-1]) if years else None


def _strict_frame(picked: Picked, told: _Told, where: str) -> Frame:
    """The frame of a plain CSV: what is in which row and column is fixed."""
    header, *rows = picked.grid.rows
    body = []
    for index, length in enumerate(picked.lengths[1:], 1):
        if length == len(header):
            body.append(index)
        elif length:
            told("row_length", f"{where}:{index + 1}", found=str(length), wanted=str(len(header)))
    filled = tuple(index for index in body if any(text.strip() for text in rows[index - 1]))
    return Frame(picked.grid.rows, {}, 0, (), (0,), tuple((text,) for text in header), filled, ())


def _printed_title(frame: Frame, path: Path) -> dict[str, str]:
    """What stands above the table, else its name or the file's."""
    lines = [text for text in frame.title if not UNIT_STATED.search(text)]
    title = (lines[1] if len(lines) > 1 else lines[0]) if lines else path.stem
    return {"zh": title, "en": title}


@dataclass(slots=True)
class _Cells:
    """Reads the cells where rows and columns meet."""

    axes: Axes
    picked: Picked
    words: TableWords
    told: _Told
    strict: bool
    missing: Counter[str] = field(default_factory=Counter)
    unsaved: list[str] = field(default_factory=list)
    marked: list[str] = field(default_factory=list)
    merged: set[tuple[int, int]] = field(default_factory=set)

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
        place = f"{self.picked.prefix or ''}{column_letter(column.index)}{row.index + 1}"
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
        shown = None if self.strict else place
        name = " ".join(row.name.split()) if not self.strict else self.axes.frame.cells[row.index][1]
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
        if year is None:
            self.told("year_missing", f"{self.axes.where} · {column.name}")
        return year
