"""The unit that a cell of a table is printed in (亿元, 万人), found from its printed and its canonical value."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from charts.numbers import unit_name
from indicators.labels import has
from indicators.printed import read_number
from pages.parts.page import Page


def printed_unit(page: Page, cell: Mapping[str, Any]) -> str:
    """In words; empty where it cannot be told: the value is 0, or the unit is one of its own kind (per mille)."""
    number = read_number(cell["printed"])
    if not cell["value"] or (number and not number.value):
        return ""
    power = round(math.log10(cell["value"] / float(number.value))) if number else 0
    if power and not has(f"charts.power_{power}"):
        return ""
    name = unit_name(cell["unit"], page.lang, page.catalog, page.catalog.indicators[cell["indicator"]])
    gap = " " if page.lang == "en" else ""
    return f"{page.text(f'charts.power_{power}')}{gap}{name}" if power else name
