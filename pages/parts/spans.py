"""A derived value in words: its middle and the bounds between which it lies."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from charts.numbers import Scale, axis_scale
from pages.parts.page import Page

MOST_DECIMALS = 6


def bounds(page: Page, row: Mapping[str, Any]) -> str:
    """From low to high on one scale, with as many digits as tell the two apart: 4066.2–4069.7家.

    Args:
        row: `low`, `high`, `value`, `unit` and `indicator` of a derived row.
    """
    scale = _scale(page, row)
    low, high = (None if pd.isna(row[end]) else float(row[end]) for end in ("low", "high"))
    decimals = _decimals(scale, low, high)
    first, last = (None if end is None else _written(scale, end, decimals) for end in (low, high))
    if last is None or first is None:
        said = f"≥ {first}" if last is None else f"≤ {last}"
    elif first == last:
        said = first
    else:
        joint = page.text("evidence.to") if first.startswith("−") or last.startswith("−") else "–"
        said = f"{first}{joint}{last}"
    return scale.joined(said)


def middle(page: Page, row: Mapping[str, Any]) -> str:
    """The value itself with the digits of its bounds."""
    scale = _scale(page, row)
    low, high = (None if pd.isna(row[end]) else float(row[end]) for end in ("low", "high"))
    return scale.joined(_written(scale, float(row["value"]), _decimals(scale, low, high)))


def exact(page: Page, row: Mapping[str, Any]) -> str:
    """A printed value with its unit and all its digits, in the form of the bounds beside it."""
    scale = _scale(page, row)
    number = _written(scale, float(row["value"]), MOST_DECIMALS)
    return scale.joined(number.rstrip("0").rstrip(".") if "." in number else number)


def _scale(page: Page, row: Mapping[str, Any]) -> Scale:
    indicator = page.catalog.indicators[row["indicator"]]
    return axis_scale([float(row["value"])], row["unit"], page.lang, page.catalog, indicator=indicator)


def _decimals(scale: Scale, low: float | None, high: float | None) -> int:
    width = 0.0 if low is None or high is None else (high - low) / scale.factor
    if width <= 0:
        return max(scale.decimals, 2)
    return min(max(1 - math.floor(math.log10(width)), 0), MOST_DECIMALS)


def _written(scale: Scale, value: float, decimals: int) -> str:
    text = scale.text(value, decimals=decimals)
    # Beside print, which has no separators, four digits are read more easily without.
    return text.replace(",", "") if abs(value / scale.factor) < 10_000 else text
