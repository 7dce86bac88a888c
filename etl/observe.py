"""Figures with an indicator and cells of tables become observations; one value of each key becomes the one that is
shown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from etl.read.report import Report
from etl.read.table import Table
from indicators.choice import preference
from indicators.observation import observation_id, observation_key

Row = dict[str, Any]
_AS_READ = (
    "indicator",
    "year",
    "base_year",
    "measure",
    "unit",
    "value",
    "comparator",
    "grade",
    "scope",
    "start",
    "end",
    "section",
    "rule",
    "confidence",
)
"""Fields that an observation has from its figure as they are."""


def of_report(report: Report, figures: Iterable[Mapping[str, Any]]) -> list[Row]:
    """One row for each figure; `observation_id` is None where the figure fits no indicator."""
    rows = []
    for figure in figures:
        row: Row = {
            **dict.fromkeys(("part_year", "series", "row", "column")),
            **{name: figure[name] for name in _AS_READ},
            "region": report.region,
            "scenario": figure["status"],
            "status": "A",
            "standing": "current",
            "origin": "report",
            "source_id": report.source_id,
            "published": report.published,
            "printed": figure["text"],
        }
        rows.append({"observation_id": observation_id(row) if figure["indicator"] else None, **row})
    return rows


def of_table(table: Table) -> list[Row]:
    """One row for each cell; `section` is its address in the file."""
    card = table.card
    column_sources = {str(header): source for header, source in (card.get("column_sources") or {}).items()}
    rows = []
    for cell in table.cells:
        published = column_sources.get(cell.column, card).get("published") or card["published"]
        row: Row = {
            **dict.fromkeys(("part_year", "grade", "start", "end")),
            "region": cell.region,
            "indicator": cell.measure.indicator,
            "year": cell.year,
            "base_year": cell.year - cell.measure.years_before if cell.measure.years_before else None,
            "measure": cell.measure.measure,
            "unit": cell.measure.unit,
            "value": float(cell.value),
            "comparator": "eq",
            "scenario": "actual",
            "status": cell.measure.status,
            "scope": cell.measure.scope,
            "series": card.get("series"),
            "standing": card.get("standing") or "current",
            "origin": "table",
            "source_id": table.source_id,
            "published": str(published),
            "printed": cell.printed,
            "row": cell.row,
            "column": cell.column,
            "section": cell.place,
            "rule": "table_cell",
            "confidence": 1.0,
        }
        rows.append({"observation_id": observation_id(row), **row})
    return rows


def settle(rows: Iterable[Row]) -> list[Row]:
    """Give every row its standing: within a key one is `current`.

    The written rule is `indicators.choice.preference`. A row that its card calls superseded is never shown; where no
    other value exists the key has none.
    """
    groups: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in rows:
        groups[observation_key(row)].append(row)
    settled = []
    for group in groups.values():
        group.sort(key=preference)
        shown = group[0]
        for row in group:
            if row["standing"] == "superseded" or (row is not shown and row["source_id"] == shown["source_id"]):
                settled.append(row if row["standing"] == "superseded" else {**row, "standing": "other"})
            else:
                settled.append({**row, "standing": "current" if row is shown else "other"})
    return settled
