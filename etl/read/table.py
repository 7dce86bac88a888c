"""A statistical table: a CSV of regions by columns, and its card, which says what the cells are and where they come
from.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import yaml

from etl.read.report import decode
from indicators.catalog import Catalog
from indicators.errors import Problem, SourceError, UnknownUnitError
from indicators.observation import STATUSES

READINGS = ("official", "copy", "restated", "second_hand")
CARD_STANDINGS = ("current", "superseded")
ROW_COLUMNS = ("region_code", "region")
_TEXTS = ("title", "publisher", "publication", "how_read", "definition")
_FIELDS = frozenset(
    (
        *_TEXTS,
        "published",
        "url",
        "reading",
        "columns",
        "indicator",
        "unit",
        "scope",
        "status",
        "standing",
        "series",
        "breaks",
        "notes",
        "column_sources",
    )
)
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_YEAR = re.compile(r"(19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Column:
    """What the cells under one header are."""

    header: str
    indicator: str
    unit: str
    factor: Decimal
    year: int
    scope: str | None
    status: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One printed number with its place. `value` is in the canonical unit, exact."""

    region: str
    row: str
    column: Column
    printed: str
    value: Decimal


@dataclass(frozen=True, slots=True)
class Table:
    """A table as read: its card's words and its cells."""

    source_id: str
    file: str
    card: Mapping[str, Any]
    columns: tuple[Column, ...]
    cells: tuple[Cell, ...]
    problems: tuple[Problem, ...] = field(default=())

    @property
    def indicators(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(column.indicator for column in self.columns))


def read_table(path: Path, data: bytes, card_data: bytes, source_id: str, catalog: Catalog) -> Table:
    """Read one table by its card.

    A row or cell that cannot be read is left out and told in `problems`; its neighbours go through.

    Raises:
        SourceError: The card or the whole table cannot be used; every fault of it, together.
    """
    where = f"{path.parent.name}/{path.name}"
    card = _card(f"{path.parent.name}/{path.stem}.yml", card_data, source_id)
    rows = list(csv.reader(io.StringIO(decode(data, where).removeprefix("\ufeff"))))
    if not rows or tuple(rows[0][:2]) != ROW_COLUMNS:
        raise SourceError(Problem("bad_header", where, params={"wanted": ",".join(ROW_COLUMNS)}, source_id=source_id))
    columns = _columns(card, rows[0][2:], where, source_id, catalog)
    problems: list[Problem] = []
    cells = tuple(_cells(rows, columns, where, source_id, catalog, problems))
    return Table(source_id, where, card, columns, cells, tuple(problems))


def _card(where: str, data: bytes, source_id: str) -> Mapping[str, Any]:
    def fault(code: str, **params: str) -> Problem:
        return Problem(code, where, params=params, source_id=source_id)

    try:
        card = yaml.load(decode(data, where), Loader=_Loader)
    except yaml.YAMLError as error:
        raise SourceError(fault("bad_card", what=" ".join(str(error).split()))) from error
    if not isinstance(card, dict):
        raise SourceError(fault("bad_card", what="no fields"))
    problems = [fault("unknown_field", field=str(name)) for name in card if name not in _FIELDS]
    for name in _TEXTS:
        if not isinstance(card.get(name), dict) or not all(card[name].get(lang) for lang in ("zh", "en")):
            problems.append(fault("field_missing", field=f"{name}.zh, {name}.en"))
    problems += [
        fault("field_missing", field=name) for name in ("published", "reading", "columns") if not card.get(name)
    ]
    for name, allowed in (("reading", READINGS), ("standing", CARD_STANDINGS), ("status", tuple(STATUSES))):
        if card.get(name) and card[name] not in allowed:
            problems.append(fault("bad_value", field=name, value=str(card[name]), allowed=" ".join(allowed)))
    for number, item in enumerate(card.get("breaks") or [], 1):
        if not isinstance(item, dict) or not all(item.get(name) for name in ("year", "zh", "en")):
            problems.append(fault("field_missing", field=f"breaks[{number}].year, zh, en"))
    if problems:
        raise SourceError(*problems)
    return card


def _columns(
    card: Mapping[str, Any], headers: list[str], where: str, source_id: str, catalog: Catalog
) -> tuple[Column, ...]:
    """One spec for each value column, in the file's order; headers and specs must agree."""
    if card["columns"] == "years":
        specs = [
            {"header": header, "indicator": card.get("indicator"), "unit": card.get("unit"), "year": header}
            for header in headers
        ]
    else:
        specs = list(card["columns"])
    problems: list[Problem] = []
    columns: list[Column] = []
    for spec in specs:
        column, problem = _column(spec, card, where, source_id, catalog)
        if column:
            columns.append(column)
        elif problem:
            problems.append(problem)
    named = [str(spec.get("header")) for spec in specs]
    if named != headers:
        params = {"wanted": ", ".join(named), "found": ", ".join(headers)}
        problems.append(Problem("headers_differ", where, params=params, source_id=source_id))
    if problems:
        raise SourceError(*problems)
    return tuple(columns)


def _column(
    spec: Mapping[str, Any], card: Mapping[str, Any], where: str, source_id: str, catalog: Catalog
) -> tuple[Column | None, Problem | None]:
    header, indicator, year = str(spec.get("header")), str(spec.get("indicator")), str(spec.get("year"))
    place = f"{where} · {header}"
    if indicator not in catalog.indicators:
        return None, Problem("unknown_indicator", place, params={"indicator": indicator}, source_id=source_id)
    if not _YEAR.fullmatch(year):
        return None, Problem("bad_date", place, params={"field": "year", "value": year}, source_id=source_id)
    try:
        unit, factor = catalog.units.of_word(str(spec.get("unit")))
    except UnknownUnitError:
        return None, Problem("unknown_unit", place, params={"unit": str(spec.get("unit"))}, source_id=source_id)
    wanted = catalog.indicators[indicator].unit
    if unit.id != wanted:
        params = {"unit": unit.id, "wanted": wanted, "indicator": indicator}
        return None, Problem("unit_differs", place, params=params, source_id=source_id)
    scope = spec.get("scope") or card.get("scope")
    status = str(spec.get("status") or card.get("status") or "A")
    return Column(header, indicator, unit.id, factor, int(year), str(scope) if scope else None, status), None


def _cells(
    rows: list[list[str]],
    columns: tuple[Column, ...],
    where: str,
    source_id: str,
    catalog: Catalog,
    problems: list[Problem],
) -> Iterator[Cell]:
    seen: set[str] = set()
    for line, row in enumerate(rows[1:], 2):
        place = f"{where}:{line}"
        if not any(cell.strip() for cell in row):
            continue
        if len(row) != len(columns) + 2:
            params = {"found": str(len(row)), "wanted": str(len(columns) + 2)}
            problems.append(Problem("row_length", place, params=params, source_id=source_id))
            continue
        if row[0] not in catalog.regions:
            problems.append(Problem("unknown_region", place, params={"region": row[0]}, source_id=source_id))
            continue
        if row[0] in seen:
            problems.append(Problem("row_twice", place, params={"region": row[0]}, source_id=source_id))
            continue
        seen.add(row[0])
        for column, printed in zip(columns, row[2:], strict=True):
            if not printed.strip():
                continue
            try:
                value = Decimal(printed.replace(",", "").strip()) * column.factor
            except InvalidOperation:
                params = {"value": printed, "column": column.header}
                problems.append(Problem("not_a_number", place, params=params, source_id=source_id))
                continue
            if not value.is_finite():
                problems.append(
                    Problem(
                        "not_a_number", place, params={"value": printed, "column": column.header}, source_id=source_id
                    )
                )
                continue
            yield Cell(row[0], row[1], column, printed, value)
