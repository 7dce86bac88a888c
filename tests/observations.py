"""Invented observations as a query returns them: the columns and types of an edition, everything but the point left at its default."""

from typing import Any

import pandas as pd
import pyarrow as pa

from indicators.compare import with_inputs
from indicators.observation import OBSERVATIONS, observation_id
from indicators.queries_files import pandas_type

DEFAULTS: dict[str, Any] = {
    **dict.fromkeys(OBSERVATIONS.names), "measure": "level", "comparator": "eq", "scenario": "actual", "status": "A", "standing": "current",
    "origin": "table", "source_id": "tables/t", "printed": "1", "row": "r", "column": "c", "published": "2020",
}  # fmt: skip


def observed(region: str, indicator: str, year: int | None, value: float, unit: str, **more: Any) -> dict[str, Any]:
    made = {**DEFAULTS, "region": region, "indicator": indicator, "year": year, "value": value, "unit": unit, **more}
    return {**made, "observation_id": observation_id(made)}


def frame_of(rows: list[dict[str, Any]]) -> pd.DataFrame:
    return pa.Table.from_pylist(rows, schema=OBSERVATIONS).to_pandas(types_mapper=pandas_type)


def breaks_of(*rows: tuple[str, int], series: str | None = None) -> pd.DataFrame:
    """Breaks of (indicator, year) as `Edition.breaks` returns them."""
    made = [
        {"indicator": name, "series": series, "year": year, "zh": f"{year}年改口径", "en": f"changed in {year}"}
        for name, year in rows
    ]
    return pd.DataFrame(made, columns=["indicator", "series", "year", "zh", "en"])


def money(year: int | None, value: float, region: str = "110000", **more: Any) -> dict[str, Any]:
    return observed(region, "rd_expenditure", year, value, more.pop("unit", "yuan"), **more)


def people(year: int, value: float, region: str = "110000", **more: Any) -> dict[str, Any]:
    return observed(region, "population", year, value, "person", **more)


def inputs(*rows: dict[str, Any]) -> pd.DataFrame:
    return with_inputs(frame_of(list(rows)))


def ids(*rows: dict[str, Any]) -> tuple[str, ...]:
    return tuple(row["observation_id"] for row in rows)
