"""Actual values that a target may be judged by, what meets it, and the pace between values.

Pure functions over plain rows of observations. What a printed value stands for: `indicators.interval`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from indicators import interval
from indicators.catalog import Indicator

_SAME = ("region", "grade", "scope", "unit", "series")
Row = dict[str, Any]


def plain(frame: pd.DataFrame) -> list[Row]:
    """The rows as plain Python values, None where there is none."""
    return [
        {
            str(name): value if isinstance(value, tuple) else None if pd.isna(value) else value
            for name, value in row.items()
        }
        for row in frame.to_dict("records")
    ]


@dataclass(frozen=True, slots=True)
class Known:
    """An actual value and the bounds that its print leaves open.

    Attributes:
        low, high: Bounds from rounding; infinite where a limit (≥, ≤) is printed.
        inputs, sources: The printed values behind it (several for a computed growth) and where they stand.
        indicator: Not that of the target where a year was filled from another publication.
    """

    year: int
    value: float
    low: float
    high: float
    comparator: str
    indicator: str
    inputs: tuple[str, ...]
    sources: tuple[str, ...]
    computed: bool = False

    @property
    def exact(self) -> bool:
        return self.comparator == "eq"


@dataclass(frozen=True, slots=True)
class Pace:
    """Change a year between two values: in the unit, and compound in percent where that makes sense."""

    absolute: float
    compound: float | None


# -- what meets a target ----------------------------------------------------------------------------------------------


def goal_of(target: Row, indicator: Indicator) -> tuple[float, str]:
    """The value that must be met and from which side.

    A printed limit says the side itself (以上, 以内); else the indicator's better direction does, a rank counts down,
    and without a direction a target is a least. Of a range (4.5%—5%) the end that is met first counts.
    """
    comparator = target["comparator"]
    side = comparator if comparator in ("ge", "le") else "ge"
    if comparator in ("eq", "approx") and (indicator.direction == "lower" or target["measure"] == "rank"):
        side = "le"
    reading = interval.read(target["printed"], target["value"], target["unit"])
    if reading and len(reading.values) == 2:
        return float(reading.values[0] if side == "ge" else reading.values[-1]), side
    return float(target["value"]), side


def meets(known: Known, target: Row, goal: float, side: str) -> tuple[bool | None, str]:
    """Whether a value meets a goal, and how: `clear`, `rounding` (only as it was rounded), `about` (within the
    roundness of an approximate target). None where a printed limit leaves it open.
    """
    value, low, high = known.value, known.low, known.high
    if side == "le":
        value, low, high, goal = -value, -high, -low, -goal
    if low >= goal:
        return True, "clear"
    if high < goal:
        slack = _slack(target)
        return (True, "about") if slack and value >= goal - slack else (False, "clear")
    if not known.exact and known.comparator != "approx":
        return None, "limit"
    return True, "rounding"


def _slack(target: Row) -> float:
    """Half a unit of the last printed digit of a target of about so much; a printed range has its own ends."""
    if target["comparator"] != "approx":
        return 0.0
    reading = interval.read(target["printed"], target["value"], target["unit"])
    return float(reading.last / 2) if reading and len(reading.values) == 1 else 0.0


# -- the same quantity -------------------------------------------------------------------------------------------------


def has(scope: str, words: Iterable[str]) -> bool:
    """Whether a scope holds one of some words."""
    return any(word in scope for word in words)


def _same(target: Row, row: Row) -> bool:
    return all(target[name] == row[name] for name in _SAME)


def same_values(target: Row, rows: Iterable[Row], measure: str) -> list[Known]:
    """Actual values of the target's own quantity, oldest first."""
    found = [
        known(row) for row in rows
        if row["measure"] == measure and row["year"] is not None and row["base_year"] is None and _same(target, row)
    ]  # fmt: skip
    return sorted(found, key=lambda one: one.year)


def known(row: Row) -> Known:
    value = float(row["value"])
    bounds = interval.of_row(row)
    low, high = (bounds.low, bounds.high) if bounds else (value, value)
    return Known(
        int(row["year"]), value, -math.inf if low is None else float(low), math.inf if high is None else float(high),
        row["comparator"], row["indicator"], (row["observation_id"],), (row["source_id"],),
    )  # fmt: skip


def nearby(rows: Iterable[Row]) -> tuple[str, ...]:
    """The latest actual values of the same indicator and region that are another quantity."""
    others = sorted(
        (row for row in rows if row["year"] is not None), key=lambda row: (-row["year"], row["scope"] or "")
    )
    return tuple(row["observation_id"] for row in others[:3])


# -- pace ----


def pace(start: Known, value: float, year: int, unit: str) -> Pace | None:
    """The change a year from a known value to another one; None where no time lies between.

    Compound growth only of amounts: a share or a rank changes in its own unit.
    """
    years = year - start.year
    if years <= 0:
        return None
    amounts = unit not in ("percent", "percentage_point", "rank") and start.value > 0 and value > 0
    compound = ((value / start.value) ** (1 / years) - 1) * 100 if amounts else None
    return Pace((value - start.value) / years, compound)


# -- growth ----


def printed_growth(target: Row, rows: Iterable[Row], years: int) -> list[Known]:
    found = [
        known(row) for row in rows
        if row["measure"] == target["measure"] and row["year"] is not None and _same(target, row)
        and (1 if row["base_year"] is None else row["year"] - row["base_year"]) == years
    ]  # fmt: skip
    return sorted(found, key=lambda one: one.year)


def computed_growth(target: Row, rows: Iterable[Row], years: int) -> list[Known]:
    """Growth in percent (or change in the unit) between two exact levels so many years apart, with its bounds."""
    in_percent = target["measure"] == "growth"
    levels = {
        one.year: (one, row) for row in rows
        if row["measure"] == "level" and row["year"] is not None and row["comparator"] == "eq"
        and all(target[name] == row[name] for name in _SAME if name != "unit")
        and (in_percent or row["unit"] == target["unit"])
        for one in [known(row)]
    }  # fmt: skip
    found = []
    for year, (now, row) in sorted(levels.items()):
        then, earlier = levels.get(year - years, (None, None))
        if then is None or earlier is None or (in_percent and (then.low <= 0 or row["unit"] != earlier["unit"])):
            continue
        if in_percent:
            value = (now.value / then.value - 1) * 100
            low, high = (now.low / then.high - 1) * 100, (now.high / then.low - 1) * 100
        else:
            value, low, high = now.value - then.value, now.low - then.high, now.high - then.low
        found.append(
            Known(year, value, low, high, "eq", now.indicator, (*now.inputs, *then.inputs),
                  tuple(dict.fromkeys((*now.sources, *then.sources))), computed=True)
        )  # fmt: skip
    return found
