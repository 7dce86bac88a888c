"""A statistical table: a sheet, a CSV or a table of a document, and its card, which says what the cells are and where
they come from.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from etl.read.axes import Axes
from etl.read.cards import read_card, specs
from etl.read.frame import Frame, Framer, years_in
from etl.read.measure import bare_name
from etl.read.pick import Picked, pick
from etl.read.places import Places
from etl.read.values import Cell, Cells
from etl.read.words import TableWords, load_words, plain
from indicators.catalog import Catalog
from indicators.errors import Problem, Severity, SourceError

ROW_COLUMNS = ("region_code", "region")
"""How a plain CSV begins: one header row, every further column in the card, in its order."""
_SAME = 20
"""Problems of one code that are told one by one; the rest are counted."""


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

    def __call__(self, code: str, place: str, severity: Severity = "error", /, **params: str) -> None:
        self.problems.append(Problem(code, place, severity, params, self.source_id))

    def stop_at_errors(self) -> None:
        """
        Raises:
            SourceError: Something told so far is an error; what is the same for many columns is told once.
        """
        errors: dict[tuple[str, str], Problem] = {}
        for problem in self.problems:
            if problem.severity == "error":
                errors.setdefault((problem.code, str(sorted(problem.params.items()))), problem)
        if errors:
            raise SourceError(*errors.values())

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
        told(code, where, "note" if code == "hidden_sheet" else "warning", at=place)
    strict = tuple(picked.grid.rows[0][:2]) == ROW_COLUMNS if picked.grid.rows and picked.prefix is None else False
    axes = _axes(picked, card, catalog, words, told, where, strict)
    columns = axes.columns()
    told.stop_at_errors()
    lines = axes.rows()
    cells, missing = Cells(axes, picked.prefix, words, told).read(lines, columns)
    if not cells and not strict:
        told("no_values", where)
        told.stop_at_errors()
    title = card.get("title") or _printed_title(axes.frame, picked, path)
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
    bare = {bare_name(str(spec.get("header")), catalog) for spec in specs(card, "indicators")}
    return lambda text: bare_name(text, catalog) in bare


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


def _printed_title(frame: Frame, picked: Picked, path: Path) -> dict[str, str]:
    """What stands above the table, else its name or the file's."""
    lines = frame.titles()  # a sheet's name comes first and says less than a line above the table
    if path.suffix.lower() == ".xlsx" and len(lines) > 1:
        lines = [text for text in lines if text != picked.grid.name] or lines
    title = lines[0] if lines else picked.grid.name or path.stem
    return {"zh": title, "en": title}
