"""The parts of a grid: title, header rows, labels, body, notes. Nothing here knows what the numbers mean."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from etl.read.grid import Grid, Merged
from etl.read.words import TableWords, plain
from indicators.printed import read_number

YEAR = re.compile(r"(?<![0-9A-Za-z.])((?:19|20)\d\d)(?![0-9A-Za-z.])")
_UNIT_STATED = re.compile(r"单位:(?P<unit>[^()]+)")
_UNIT_PART = re.compile(r"[\s(（]{0,3}(?:计量)?[单單]\s*位\s*[:：]")
_LETTERS = re.compile(r"[A-Z]{1,3}")
_LOOK = 40
"""Rows from the top in which a header may stand."""
_LABELS = 12
"""Columns from the left of which one may name the rows."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A grid with its parts.

    Attributes:
        cells: All texts, a merged cell's text in each place that it covers.
        covered: Place (row, column) -> the merged cell that covers it.
        label: The column that names the rows.
        title: Texts above the header and the grid's name, top down.
        headers: For each column, the texts of its header rows, top down, repeated ones once.
        body: Rows of values, by their index.
        notes: Texts below the table.
    """

    cells: tuple[tuple[str, ...], ...]
    covered: Mapping[tuple[int, int], Merged]
    label: int
    title: tuple[str, ...]
    header_rows: tuple[int, ...]
    headers: tuple[tuple[str, ...], ...]
    body: tuple[int, ...]
    notes: tuple[str, ...]

    def header(self, column: int) -> str:
        """A column's header rows joined: `2023年 / 万元`."""
        return " / ".join(self.headers[column])

    def titles(self) -> list[str]:
        """What the lines above the table say besides the unit, top down; the grid's name first."""
        texts = (_UNIT_PART.split(text, maxsplit=1)[0].strip() for text in self.title)
        return [text for text in texts if text]

    def stated_units(self) -> tuple[str, ...]:
        """The units that the title states (`单位：万元、人`)."""
        return tuple(unit for text in self.title for unit in stated_units(text))


def stated_units(text: str) -> tuple[str, ...]:
    """Unit words after 单位: in a text."""
    return tuple(
        word.strip()
        for match in _UNIT_STATED.finditer(plain(text))
        for word in re.split(r"[、,;]", match["unit"])
        if word.strip()
    )


def states_unit(text: str) -> bool:
    return _UNIT_STATED.search(plain(text)) is not None


def years_in(texts: Sequence[str]) -> tuple[int, ...]:
    """The different years that texts name, ascending."""
    return tuple(sorted({int(year) for text in texts for year in YEAR.findall(plain(text))}))


def column_letter(column: int) -> str:
    """A column's name in a cell address: 0 is A, 26 is AA."""
    name = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        name = chr(ord("A") + letter) + name
    return name


def column_of(name: str) -> int | None:
    """The column that a letter names; None where it is no letter."""
    if not _LETTERS.fullmatch(name):
        return None
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def spread(grid: Grid) -> tuple[list[list[str]], dict[tuple[int, int], Merged]]:
    """The grid's texts with merged ones in all their places, and which merged cell covers which place."""
    cells = [list(row) for row in grid.rows]
    width = len(cells[0]) if cells else 0
    covered: dict[tuple[int, int], Merged] = {}
    for merged in grid.merged:
        if merged.row >= len(cells) or merged.column >= width:
            continue
        text = cells[merged.row][merged.column]
        for row in range(merged.row, min(merged.row + merged.rows, len(cells))):
            for column in range(merged.column, min(merged.column + merged.columns, width)):
                cells[row][column] = text
                covered[row, column] = merged
    return cells, covered


class Framer:
    """Finds the parts of one grid.

    Args:
        is_label: Whether a text names a row (a region, a year, an indicator).
        words: The words of tables.
        label: Header or letter of the column that names the rows; None to find it.
        header_rows: How many rows the header has; None to find it.
    """

    def __init__(
        self,
        grid: Grid,
        is_label: Callable[[str], bool],
        words: TableWords,
        label: str | None = None,
        header_rows: int | None = None,
    ) -> None:
        self._cells, self._covered = spread(grid)
        self._name = grid.name
        self._width = len(self._cells[0]) if self._cells else 0
        self._is_label = cache(is_label)
        self._several = [len(set(row) - {""}) > 1 for row in self._cells]
        self._words = words
        self._label = label
        self._wanted_rows = header_rows

    def frame(self) -> Frame | None:
        """The parts; None where no column names the rows."""
        label = self._label_column()
        if label is None:
            return None
        labelled = [row for row in range(len(self._cells)) if self._names_row(row, label)]
        if not labelled:
            return None
        end = self._end(labelled[0])
        first = labelled[0]
        # Rows of a name alone (all values blank) and rows of values with an unknown name belong to the body.
        while first and self._wanted_rows is None:
            if not (self._is_lone_label(first - 1, label) or self._has_numbers(first - 1, label)):
                break
            first -= 1
        header = self._header_rows(first, label)
        heads = {tuple(self._cells[row]) for row in header}
        above = range(header[0] if header else first)
        title = [self._name] if self._name else []
        title += [text for row in above for text in self._texts(row)]
        body = tuple(
            row
            for row in range(first, end)
            if any(self._cells[row])
            and tuple(self._cells[row]) not in heads
            and not (row < labelled[0] and self._is_numbering(row, label))
        )
        return Frame(
            cells=tuple(map(tuple, self._cells)),
            covered=self._covered,
            label=label,
            title=tuple(title),
            header_rows=tuple(header),
            headers=tuple(self._column_header(column, header, label) for column in range(self._width)),
            body=body,
            notes=tuple(" ".join(self._texts(row)) for row in range(end, len(self._cells)) if any(self._cells[row])),
        )

    def _label_column(self) -> int | None:
        if self._label is not None:
            for row in self._cells[:_LOOK]:
                for column, text in enumerate(row):
                    if text and plain(text) == plain(self._label):
                        return column
            column_number = column_of(self._label)
            return column_number if column_number is not None and column_number < self._width else None
        # Of a province beside its cities the cities name the rows: the column with more different names.
        counts = []
        for column in range(min(self._width, _LABELS)):
            names = [row[column] for number, row in enumerate(self._cells) if self._names_row(number, column)]
            counts.append((len(set(names)), len(names)))
        best = max(counts, default=(0, 0))
        return counts.index(best) if best[0] else None

    def _names_row(self, row: int, column: int) -> bool:
        """Whether a cell names its row: a text that is one, in a row that is more than this one cell."""
        text = self._cells[row][column]
        return bool(text) and self._several[row] and self._is_label(text)

    def _is_lone_label(self, row: int, label: int) -> bool:
        text = self._cells[row][label]
        return bool(text) and len(self._texts(row)) == 1 and (row, label) not in self._covered and self._is_label(text)

    def _texts(self, row: int) -> list[str]:
        """The texts of a row, a merged one once."""
        texts: list[str] = []
        for column, text in enumerate(self._cells[row]):
            merged = self._covered.get((row, column))
            if text and (merged is None or (merged.row, merged.column) == (row, column)):
                texts.append(text)
        return texts

    def _has_numbers(self, row: int, label: int) -> bool:
        """Whether a row holds values: numbers that are no years."""
        cells = [text for column, text in enumerate(self._cells[row]) if column != label and text]
        numbers = [text for text in cells if read_number(text) and not YEAR.fullmatch(text.strip())]
        return bool(numbers) and 2 * len(numbers) >= len(cells)

    def _is_numbering(self, row: int, label: int) -> bool:
        """Whether a row between header and body numbers the columns (`甲 | 1 | 2 | 3`)."""
        numbers = [text.strip() for column, text in enumerate(self._cells[row]) if column != label and text.strip()]
        counted = [str(number) for number in range(1, len(numbers) + 1)]
        return len(numbers) > 1 and numbers == counted and len(self._cells[row][label].strip()) < 2

    def _end(self, first: int) -> int:
        """The row at which the notes begin."""
        for row in range(first, len(self._cells)):
            texts = self._texts(row)
            if texts and self._words.is_note(texts[0]):
                return row
        last = len(self._cells)
        while last > first + 1 and self._is_footnote(last - 1):
            last -= 1
        return last

    def _is_footnote(self, row: int) -> bool:
        """A line of words alone at the table's end that begins with a footnote's mark."""
        texts = self._texts(row)
        return len(texts) == 1 and re.match(r"[①-⑳*†‡]|\[\d\]", texts[0]) is not None and not read_number(texts[0])

    def _header_rows(self, first: int, label: int) -> list[int]:
        if self._wanted_rows is not None:
            return list(range(max(first - self._wanted_rows, 0), first))
        rows: list[int] = []
        for row in range(first - 1, -1, -1):
            if self._is_header(row, label):
                rows.insert(0, row)
            elif rows or (any(self._cells[row]) and not self._is_section(row, label)):
                break
        return rows

    def _is_section(self, row: int, label: int) -> bool:
        """Whether a row between header and body is the name of the rows below it (`一、经济`)."""
        return len(self._texts(row)) == 1 and bool(self._cells[row][label]) and row > 0 and self._several[row - 1]

    def _is_header(self, row: int, label: int) -> bool:
        """Whether a row heads columns; a line with one text over the whole table is a title or a unit."""
        texts = [text for text in self._texts(row) if not states_unit(text)]
        if not texts or any(self._words.is_title(text) for text in texts):
            return False
        if len(set(self._cells[row]) - {""} - {text for text in self._cells[row] if states_unit(text)}) > 1:
            return True
        columns = [column for column, text in enumerate(self._cells[row]) if text]
        if label in columns or not columns:
            return False
        return len(columns) > 1 or bool(YEAR.search(texts[0])) or bool(re.fullmatch(r"[(（].{1,8}[)）]", texts[0]))

    def _column_header(self, column: int, header: Sequence[int], label: int) -> tuple[str, ...]:
        parts: list[str] = []
        for row in header:
            text = self._cells[row][column] or self._from_left(row, column, header, label)
            text = " ".join(text.split())
            if text and (not parts or parts[-1] != text):
                parts.append(text)
        return tuple(parts)

    def _from_left(self, row: int, column: int, header: Sequence[int], label: int) -> str:
        """An upper header that stands once over several columns without being merged, as in a CSV."""
        if row == header[-1] or not any(self._cells[below][column] for below in header if below > row):
            return ""
        if any(self._cells[above][column] for above in header if above < row):
            return ""
        for left in range(column - 1, label, -1):
            if self._cells[row][left]:
                return "" if (row, left) in self._covered else self._cells[row][left]
        return ""
