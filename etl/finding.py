"""What the checks share: their outcome, and a finding with the observations that it is about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from indicators.catalog import Catalog
from indicators.derive import of_part_year
from indicators.errors import Problem, Severity
from indicators.interval import Interval

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Check:
    """The outcome of one check: rows or groups compared, and what it found."""

    name: str
    compared: int
    problems: tuple[Problem, ...]


def finding(code: str, severity: Severity, rows: Sequence[Row], catalog: Catalog, /, **params: str) -> Problem:
    """A finding about observations, the first of which names place, indicator, region and year.

    Args:
        params: What the sentence says besides, ready to be read.
    """
    row = rows[0]
    indicator, region = catalog.indicators[row["indicator"]], catalog.regions[row["region"]]
    said = {
        "indicator_zh": indicator.zh, "indicator_en": indicator.en, "region_zh": region.name("zh"),
        "region_en": region.name("en"), "year": "–" if row["year"] is None else str(row["year"]), **params,
    }  # fmt: skip
    ids = tuple(dict.fromkeys(one["observation_id"] for one in rows))
    return Problem(code, place(row), severity, said, row["source_id"], ids)


def place(row: Row) -> str:
    """Where a value stands, for a person who looks it up."""
    if row["origin"] == "table":
        return f"{row['source_id']} · {row['row']} · {row['column']}"
    return f"{row['source_id']} [{row['start']}:{row['end']}]"


def whole_levels(rows: Iterable[Row]) -> dict[tuple[str, Any, int], dict[str, Row]]:
    """The shown actual levels of whole regions: (region, series, year) -> indicator -> row."""
    levels: dict[tuple[str, Any, int], dict[str, Row]] = defaultdict(dict)
    for row in rows:
        if (
            row["measure"] == "level" and row["standing"] == "current" and row["scenario"] == "actual"
            and row["year"] is not None and row["scope"] is None and row["grade"] is None
        ):  # fmt: skip
            levels[row["region"], row["series"], row["year"]][row["indicator"]] = row
    return levels


def same_time(one: Row, other: Row) -> bool:
    """Whether two values of a year are of the same time: whole years, or as one report gives them for its day."""
    if of_part_year(one) or of_part_year(other):
        return bool(one["source_id"] == other["source_id"])
    return True


def percent(value: float) -> str:
    """A difference in percent with its sign; finer where it is small."""
    return f"{value:+.2f}".replace("-", "−") if abs(value) < 1 else f"{value:+.1f}".replace("-", "−")


def total(intervals: Iterable[Interval]) -> Interval:
    added = Interval.exactly(0)
    for one in intervals:
        added = added.plus(one)
    return added
