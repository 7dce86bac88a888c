"""The properties of rows that the rules of comparability look at: columns, and what follows from them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeAlias

import pandas as pd

from indicators.catalog import Catalog, Indicator

Value: TypeAlias = Any
"""Text or a whole number, None where there is none; a frozenset where a row has several (the origins behind it)."""

_TOTALS = frozenset({"count", "person", "person_year", "yuan", "sqm"})
"""Units of totals, which grow with the size of a region; shares, rates and quotients compare across levels."""
_MONEY = frozenset({"yuan", "yuan_per_person"})
_COLUMNS = (
    "region", "indicator", "year", "base_year", "measure", "unit", "comparator", "scenario", "status", "grade", "scope",
    "series", "standing", "part_year",
)  # fmt: skip


def each(value: Value) -> Iterable[Value]:
    """The values of one row: of a property that has several, all of them."""
    return value if isinstance(value, frozenset) else (value,)


class Rows:
    """Rows as columns of plain values, each made when a rule asks for it: the rules look at a few of many rows."""

    def __init__(self, frame: pd.DataFrame, catalog: Catalog, sources: pd.DataFrame) -> None:
        self.frame = frame
        self.catalog = catalog
        self._sources = sources
        self._made: dict[str, list[Value]] = {}
        self._different: dict[str, frozenset[Value]] = {}

    def __len__(self) -> int:
        return len(self.frame)

    def __getitem__(self, name: str) -> list[Value]:
        """A property by row.

        Raises:
            KeyError: There is no such property.
        """
        if name not in self._made:
            self._made[name] = PROPERTIES[name](self)
        return self._made[name]

    def different(self, name: str) -> frozenset[Value]:
        """The values that a property takes: most rules find in them alone that they have nothing to say."""
        if name not in self._different:
            self._different[name] = frozenset(one for value in frozenset(self[name]) for one in each(value))
        return self._different[name]

    def column(self, name: str) -> list[Value]:
        """A column of the frame, all None where the frame lacks it."""
        if name not in self.frame:
            return [None] * len(self.frame)
        column = self.frame[name]
        values: list[Value] = column.tolist()
        if column.hasnans:
            values = [None if missing else value for value, missing in zip(values, column.isna().tolist(), strict=True)]
        return values

    def entries(self) -> list[Indicator]:
        return [self.catalog.indicators[str(name)] for name in self["indicator"]]

    def source(self, name: str) -> Mapping[str, Value]:
        """A column of the sources by source id."""
        if name not in self._sources:
            return {}
        values = (None if pd.isna(value) else value for value in self._sources[name].tolist())
        return dict(zip(self._sources["source_id"].tolist(), values, strict=True))

    def behind(self) -> list[Sequence[str]]:
        """The sources behind each row: those of all inputs of a derived one."""
        if "sources" in self.frame:
            found: list[Sequence[str]] = self.frame["sources"].tolist()
            return found
        return [(name,) for name in self.frame["source_id"].tolist()]


def _of_sources(name: str) -> Callable[[Rows], list[Value]]:
    def read(rows: Rows) -> list[Value]:
        known = rows.source(name)
        return [frozenset(known.get(one) for one in sources) - {None} for sources in rows.behind()]

    return read


def _definition(rows: Rows) -> list[Value]:
    """The definition that a row's own source states; a denominator has another, which says nothing about the row."""
    known = rows.source("definition_zh")
    return [known.get(name) for name in rows.column("source_id")]


def _span(rows: Rows) -> list[Value]:
    """Years from a growth rate's base to its year; where none is printed, it is the year before."""
    years = zip(rows["year"], rows["base_year"], strict=True)
    return [None if year is None else 1 if base is None else int(year) - int(base) for year, base in years]


def _yes(answer: bool) -> str:
    return "yes" if answer else "no"


def _column(name: str) -> Callable[[Rows], list[Value]]:
    return lambda rows: rows.column(name)


PROPERTIES: Mapping[str, Callable[[Rows], list[Value]]] = {
    **{name: _column(name) for name in _COLUMNS},
    "level": lambda rows: [rows.catalog.regions[code].level for code in rows["region"]],
    "total": lambda rows: [_yes(unit in _TOTALS) for unit in rows["unit"]],
    "money": lambda rows: [_yes(unit in _MONEY) for unit in rows["unit"]],
    "period": lambda rows: [one.period for one in rows.entries()],
    "addable": lambda rows: [_yes("regions" in one.sum_over) for one in rows.entries()],
    "quantity": lambda rows: [one.vintage_of or one.id for one in rows.entries()],
    "derived": lambda rows: [_yes(origin == "derived") for origin in rows.column("origin")],
    "span": _span,
    "definition": _definition,
    "origin_behind": _of_sources("origin"),
    "reading": _of_sources("reading"),
}
"""Property -> its value by row. A rule can look at these alone."""
