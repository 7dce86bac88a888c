"""Small tables and cards for the tests of tables, and short ways to read them."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml

from etl.read.table import Table, read_table
from indicators.catalog import Catalog
from indicators.errors import SourceError

ROOT = Path(__file__).resolve().parents[2]
ABOUT = {"publisher": "甲市统计局", "published": "2024", "reading": "official"}
YEARS = {**ABOUT, "columns": "years", "indicator": "gdp", "unit": "亿元"}
PLAIN: list[list[Any]] = [["地区", "2021年", "2022年"], ["北京", 1, 2], ["天津", 3, 4]]


def book(rows: Sequence[Sequence[Any]], merge: Sequence[str] = (), title: str = "表1") -> openpyxl.Workbook:
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    for area in merge:
        sheet.merge_cells(area)
    return made


def saved(made: openpyxl.Workbook) -> bytes:
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def read(data: bytes | openpyxl.Workbook, card: dict[str, Any], catalog: Catalog, name: str = "x.xlsx") -> Table:
    content = data if isinstance(data, bytes) else saved(data)
    return read_table(
        Path("tables") / name, content, yaml.safe_dump(card, allow_unicode=True).encode(), "tables/x", catalog
    )


def values(table: Table) -> list[tuple[str, int, str, float, str | None]]:
    return [(c.region, c.year, c.measure.indicator, float(c.value), c.place) for c in table.cells]


def told(table: Table) -> list[tuple[str, str]]:
    return [(p.code, p.where) for p in table.problems]


def codes_of(error: pytest.ExceptionInfo[SourceError]) -> list[str]:
    return [problem.code for problem in error.value.problems]


def csv_of(rows: Sequence[Sequence[Any]]) -> str:
    return "\n".join(",".join("" if cell is None else str(cell) for cell in row) for row in rows) + "\n"


def two_sheets() -> openpyxl.Workbook:
    made = book(PLAIN)
    made.create_sheet("乙表").append(["地区", 2021])
    return made
