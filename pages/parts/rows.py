"""Rows of observations as people read them: names instead of codes, amounts on one scale for each indicator."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from charts.numbers import Scale, axis_scale
from indicators.catalog import Indicator
from indicators.labels import has, months
from indicators.observation import STATUSES
from pages.parts.page import Page

WORDS = {"zh": (90, 80), "en": (165, 115)}
"""Pixels of the columns of units and of grades, which few rows have: those first rows would cut the others."""
DECIMALS = 3
"""Digits after the point that the browser shows of a number."""
NUMBER = 115
"""Pixels of a column of numbers: measured by its first rows alone, it would cut longer ones further down."""
ROW = 33
"""Pixels of a row, the heading too: 35 of 16 at our base size of 15."""
MOST = 15
"""Rows of a table that are seen without scrolling."""
ORDER = (
    "region", "indicator", "year", "value", "unit", "printed", "scenario", "measure", "comparator", "scope", "grade",
    "part_year", "base_year", "status", "standing", "source_id", "published", "section",
)  # fmt: skip
"""Columns as the reader sees them, the most asked for first; their headings are labels `data.column_<name>`."""


def rule_name(page: Page, rule: str | None) -> str:
    """How the reader found what a figure is said of, in words; the code itself where it has none."""
    key = f"rules.{rule}"
    return page.text(key) if has(key) else rule or ""


def readable(page: Page, frame: pd.DataFrame, columns: tuple[str, ...] = ORDER) -> pd.DataFrame:
    """The same rows in the reader's language, in the same order.

    Amounts are given in 万, 亿 or thousand, million, billion: one scale for all rows of an indicator and unit, named
    in the column beside.
    Rows without an indicator (figures of a report that fit none) leave its cell empty. Columns in which no row says
    anything are left out.
    """
    values, units = _scaled(page, frame)
    shown: dict[str, Any] = {"value": values, "unit": units}
    for name in columns:
        if name not in shown:
            words = {value: _say(page, name, value) for value in frame[name].unique()}
            shown[name] = [None if pd.isna(value) else words[value] for value in frame[name]]
    said = [name for name in columns if any(value is not None for value in shown[name])]
    return pd.DataFrame({heading(page, name): shown[name] for name in said})


def height(count: int) -> int:
    """Pixels for a table of so many rows: all of them up to fifteen, then it scrolls."""
    return ROW * (min(count, MOST) + 1) + 3


def heading(page: Page, column: str) -> str:
    return page.text(f"data.column_{column}")


def column_config(page: Page) -> dict[str, Any]:
    """How the columns of numbers and of long texts are shown."""
    return {
        heading(page, "region"): st.column_config.TextColumn(pinned=not page.narrow),
        heading(page, "value"): st.column_config.NumberColumn(format="localized", width=NUMBER),
        heading(page, "printed"): st.column_config.TextColumn(alignment="right", width=NUMBER),
        heading(page, "year"): st.column_config.NumberColumn(format="%d"),
        heading(page, "base_year"): st.column_config.NumberColumn(format="%d"),
        heading(page, "unit"): st.column_config.TextColumn(width=WORDS[page.lang][0]),
        heading(page, "grade"): st.column_config.TextColumn(width=WORDS[page.lang][1]),
    }


def _scaled(page: Page, frame: pd.DataFrame) -> tuple[list[float], list[str]]:
    values, units = [0.0] * len(frame), [""] * len(frame)
    numbered = frame.reset_index(drop=True)
    for (name, unit), rows in numbered.groupby(["indicator", "unit"], sort=False, dropna=False):
        scale = _scale(page, page.catalog.indicators.get(str(name)), str(unit), rows["value"])
        for place, value in rows["value"].items():
            values[place], units[place] = scale.of(value), scale.name
    return values, units


def _scale(page: Page, indicator: Indicator | None, unit: str, values: pd.Series) -> Scale:
    """The largest scale, from that of the middle value down, on which no value loses digits in the table."""
    size = float(values.abs().median())
    while True:
        scale = axis_scale([size], unit, page.lang, page.catalog, indicator=indicator)
        last_digits = values / scale.factor * 10**DECIMALS
        if scale.factor == 1 or (abs(last_digits - last_digits.round()) < 1e-6 * (1 + abs(last_digits))).all():
            return scale
        size = min(size, scale.factor) / 1000


def _say(page: Page, column: str, value: Any) -> Any:
    """One cell in words; None where there is nothing to say."""
    if pd.isna(value):
        return None
    match column:
        case "region":
            return page.catalog.regions.path(value, page.lang)
        case "indicator":
            return page.catalog.indicators[value].name(page.lang)
        case "scenario" | "measure" | "grade" | "standing":
            return page.text(f"common.{column}_{value}")
        case "status":
            return page.text(f"common.status_{STATUSES[value]}")
        case "comparator":
            return None if value == "eq" else page.text(f"charts.comparator_{value}")
        case "part_year":
            return months(value, page.lang)
        case "scope":
            return page.catalog.scope_name(value, page.lang)
        case "source_id":
            return source_titles(page).get(value, value)
    return value


def source_titles(page: Page) -> dict[str, str]:
    """Source id -> title in the reader's language."""
    sources = page.edition.sources
    return dict(zip(sources["source_id"], sources[f"title_{page.lang}"], strict=True))
