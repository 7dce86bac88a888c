"""What the rows and columns of a table stand for, by its card: regions, years, indicators."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from etl.read.cards import specs
from etl.read.frame import Frame, column_letter, years_in
from etl.read.headers import Headers
from etl.read.measure import Measure, Tell, measure, year_of
from etl.read.places import Places
from etl.read.words import TableWords, plain
from indicators.catalog import Catalog
from indicators.printed import read_number


@dataclass(frozen=True, slots=True)
class Line:
    """A row or a column: its place, its printed name, and what is known by it alone."""

    index: int
    name: str
    region: str | None = None
    year: int | None = None
    measure: Measure | None = None


@dataclass(frozen=True, slots=True)
class Axes:
    """Reads both axes of one table.

    Args:
        strict: Every column beside the first two must be in the card, in its order (a plain CSV).
    """

    card: Mapping[str, Any]
    frame: Frame
    catalog: Catalog
    words: TableWords
    places: Places
    tell: Tell
    where: str
    rows_are: str
    strict: bool = False

    def columns(self) -> list[Line]:
        """The columns that hold values."""
        kind = self.card.get("columns") or "years"
        if isinstance(kind, list):
            return self._listed()
        ignored = {index for header in self._names("ignore") for index in self.headers.matching(header)}
        beside = {self.frame.label, self._column("years"), *self._unit_column()}
        lines = []
        for index in range(2 if self.strict else 0, len(self.frame.headers)):
            if index in ignored or index in beside:
                continue
            # A column without numbers is one of words, unless its header is a year: then its cells are missing values.
            if not (self.strict or self._has_numbers(index) or (kind == "years" and self._is_year(index))):
                continue
            line = self._year_column(index) if kind == "years" else self._region_column(index)
            if line:
                lines.append(line)
        self._tell_twice(lines)
        return lines

    def rows(self) -> list[Line]:
        """The rows that hold values; what stands for nothing known is told for each."""
        skipped = {plain(name) for name in self._names("skip")}
        body = [row for row in self.frame.body if plain(self._label(row)) not in skipped]
        match self.rows_are:
            case "regions":
                lines: list[Line | None] = self._region_rows(body)
            case "years":
                lines = [self._year_row(row) for row in body]
            case _:
                lines = [self._indicator_row(row) for row in body]
        seen: set[tuple[Any, ...]] = set()
        kept = []
        for line in lines:
            if line is None:
                continue
            key = (line.region, line.year, line.measure)
            if key in seen:
                self.tell("row_twice", self._at(line.index), region=line.name.strip())
                continue
            seen.add(key)
            kept.append(line)
        return kept

    @property
    def headers(self) -> Headers:
        return Headers(self.frame, self.catalog)

    # columns

    def _listed(self) -> list[Line]:
        given = specs(self.card, "columns")
        if self.strict:
            wanted = [str(spec.get("header")) for spec in given]
            found = [self.frame.header(index) for index in range(2, len(self.frame.headers))]
            if wanted != found:
                self.tell("headers_differ", self.where, wanted=", ".join(wanted), found=", ".join(found))
                return []
            return [self._spec_column(spec, index) for index, spec in enumerate(given, 2)]
        lines = []
        for spec in given:
            name = str(spec.get("column") or spec.get("header"))
            matching = self.headers.matching(name, letter=bool(spec.get("column")))
            if len(matching) == 1:
                lines.append(self._spec_column(spec, matching[0]))
            elif matching:
                columns = ", ".join(f"{column_letter(index)} ({self.frame.header(index)})" for index in matching)
                self.tell("header_twice", f"{self.where} · {name}", header=name, columns=columns)
            else:
                heads = [self.frame.header(index) for index in range(len(self.frame.headers))]
                self.tell("header_missing", f"{self.where} · {name}", header=name, found=", ".join(filter(None, heads)))
        self._tell_unread({line.index for line in lines})
        return lines

    def _spec_column(self, spec: Mapping[str, Any], index: int) -> Line:
        header = self.frame.header(index)
        place = f"{self.where} · {header}"
        texts = self.frame.headers[index]
        year = year_of(spec, texts, self.tell, place)
        return Line(index, header, None, year, self._measure(spec, texts, place, bool(spec.get("indicator"))))

    def _year_column(self, index: int) -> Line | None:
        header = self.frame.header(index)
        place = f"{self.where} · {header or column_letter(index)}"
        years = years_in(self.frame.headers[index])
        if len(years) != 1:
            if self.strict:
                self.tell("bad_date", place, field="columns", value=header)
            else:
                self.tell("year_unclear", place, text=header or column_letter(index))
            return None
        return Line(index, header, None, years[0], self._measure({}, self.frame.headers[index], place, False))

    def _is_year(self, index: int) -> bool:
        return len(years_in(self.frame.headers[index])) == 1

    def _region_column(self, index: int) -> Line | None:
        header = self.frame.header(index)
        place = f"{self.where} · {header or column_letter(index)}"
        code, candidates = None, ""
        for text in self.frame.headers[index]:
            found = self.places.find(text)
            code, candidates = code or found.code, candidates or self.places.names(found.candidates)
        if code is None and self.words.is_total(header):
            code = str(self.card["total"]) if self.card.get("total") else None
            if code is None:
                return None
        if code is None:
            self._tell_name(place, header, candidates)
            return None
        return Line(index, header, code, None, self._measure({}, self.frame.headers[index], place, False))

    def _measure(self, spec: Mapping[str, Any], texts: Sequence[str], place: str, own: bool) -> Measure | None:
        """A column's measure, where the column or the card has an indicator; else the rows must have it."""
        if not own and (self.rows_are == "indicators" or not (self.card.get("indicator") or self.strict)):
            if self.rows_are != "indicators":
                self.tell("field_missing", place, field="indicator")
            return None
        stated = self.frame.stated_units()
        return measure(spec, self.card, texts, stated, self.catalog, self.tell, place)

    def _tell_twice(self, lines: Iterable[Line]) -> None:
        """Two columns that stand for the same: the card must say which is meant."""
        seen: dict[tuple[Any, ...], Line] = {}
        for line in lines:
            first = seen.setdefault((line.region, line.year), line)
            if first is not line:
                columns = ", ".join(f"{column_letter(one.index)} ({one.name})" for one in (first, line))
                name = str(line.year or line.region)
                self.tell("header_twice", f"{self.where} · {name}", header=name, columns=columns)

    def _tell_unread(self, used: set[int]) -> None:
        beside = {self.frame.label, self._column("years"), *self._unit_column()}
        unread = [
            self.frame.header(index) or column_letter(index)
            for index in range(len(self.frame.headers))
            if index not in used and index not in beside and self._has_numbers(index)
        ]
        if unread:
            self.tell("columns_unread", self.where, "note", number=str(len(unread)), columns=", ".join(unread))

    def _has_numbers(self, column: int) -> bool:
        """Whether a column holds numbers that are more than the codes of its rows' regions."""
        texts = [self.frame.cells[row][column].strip() for row in self.frame.body]
        if not any(read_number(text) for text in texts):
            return False
        return not all(len(text) == 6 and text.isdecimal() and self.places.known(text) for text in texts if text)

    # rows

    def _label(self, row: int) -> str:
        return self.frame.cells[row][self.frame.label]

    def _name(self, row: int) -> str:
        """A row's printed name; beside a code, the words next to it."""
        label = self._label(row)
        if label.strip().isdecimal() and self.rows_are == "regions":
            cells = self.frame.cells[row]
            for column in (self.frame.label + 1, self.frame.label - 1):
                text = cells[column] if 0 <= column < len(cells) else ""
                if text.strip() and not read_number(text):
                    return text
        return label

    def _region_rows(self, body: Sequence[int]) -> list[Line | None]:
        labels = [self._label(row) for row in body]
        lines: list[Line | None] = []
        for row, label, found in zip(body, labels, self.places.find_all(labels), strict=True):
            code = found.code
            if code is None and self.words.is_total(label):
                if not self.card.get("total"):
                    self.tell("row_skipped", self._at(row), "note", label=label.strip())
                    continue
                code = str(self.card["total"])
            if code is None:
                if self.strict or self._has_values(row):
                    self._tell_name(self._at(row), label, self.places.names(found.candidates))
                elif label.strip():
                    self.tell("row_skipped", self._at(row), "note", label=label.strip())
                continue
            year = self._row_year(row)
            if year is not None or self._column("years") is None:
                lines.append(Line(row, self._name(row), code, year))
        return lines

    def _row_year(self, row: int) -> int | None:
        column = self._column("years")
        if column is None:
            return None
        years = years_in([self.frame.cells[row][column]])
        if len(years) == 1:
            return years[0]
        self.tell("year_unclear", self._at(row), text=self.frame.cells[row][column])
        return None

    def _year_row(self, row: int) -> Line | None:
        years = years_in([self._label(row)])
        if len(years) == 1:
            return Line(row, self._label(row), None, years[0])
        if self._has_values(row):
            self.tell("year_unclear", self._at(row), text=self._label(row))
        return None

    def _indicator_row(self, row: int) -> Line | None:
        label = self._label(row)
        place = f"{self._at(row)} · {label.strip()}"
        matching = [
            spec
            for spec in specs(self.card, "indicators")
            if self.headers.bare(str(spec.get("header"))) == self.headers.bare(label)
        ]
        exact = [spec for spec in matching if plain(str(spec.get("header"))) == plain(label)]
        matching = exact or matching
        if len(matching) != 1:
            if self._has_values(row):
                self.tell("row_skipped", self._at(row), "note", label=label.strip())
            return None
        units = [self.frame.cells[row][column] for column in self._unit_column()]
        stated = self.frame.stated_units()
        found = measure(matching[0], self.card, [label, *units], stated, self.catalog, self.tell, place)
        if found is None:
            return None
        return Line(row, label, None, year_of(matching[0], [label], self.tell, place), found)

    def _has_values(self, row: int) -> bool:
        return any(read_number(text) for at, text in enumerate(self.frame.cells[row]) if at != self.frame.label)

    def _unit_column(self) -> list[int]:
        headers = self.frame.headers
        return [
            i for i, parts in enumerate(headers) if parts and plain(parts[-1]).casefold() in self.words.unit_headers
        ]

    # both

    def _column(self, field: str) -> int | None:
        """The column that a field of the card names."""
        return self.headers.one(str(self.card[field])) if self.card.get(field) else None

    def _names(self, field: str) -> list[str]:
        given = self.card.get(field) or []
        return [str(name) for name in (given if isinstance(given, list) else [given])]

    def _at(self, row: int) -> str:
        return f"{self.where}:{row + 1}"

    def _tell_name(self, place: str, name: str, candidates: str) -> None:
        if candidates:
            self.tell("ambiguous_region", place, name=name.strip(), candidates=candidates)
        elif name.strip().isdecimal():
            self.tell("unknown_region", place, region=name.strip())
        else:
            self.tell("unknown_name", place, name=name.strip())
