"""Values and changes of a profile in words; Overview uses them too."""

from __future__ import annotations

import re
from dataclasses import replace

from charts.numbers import compact, count_word, join_unit, plain, unit_name
from indicators.catalog import Indicator
from indicators.profile import Change, Value
from indicators.standing import Apart, Place
from pages.parts.page import Page


def literal(words: str) -> str:
    """Other people's words inside Markdown: its signs stay signs."""
    return re.sub(r"([\\`*_{}\[\]<>#|~$:])", r"\\\1", words)


def amount(page: Page, value: float, unit: str, indicator: Indicator, comparator: str = "eq") -> str:
    """A value with its unit: 5,100亿元. What is given per person says so in its name, so the unit need not."""
    if unit == "yuan_per_person":
        before = "" if comparator == "eq" else page.text(f"charts.comparator_{comparator}") + " "
        number = plain(value, indicator.decimals, strip=True)
        return before + join_unit(number, unit_name("yuan", page.lang, page.catalog), page.lang)
    return compact(value, unit, page.lang, page.catalog, indicator=indicator, comparator=comparator)


def change(page: Page, value: float, unit: str, indicator: Indicator, comparator: str = "eq") -> str:
    """A change with its sign: growth with one decimal, points with two, anything else in the indicator's own unit."""
    before = "" if comparator == "eq" else page.text(f"charts.comparator_{comparator}") + " "
    plus = "+" if value > 0 else ""
    if unit == "percent":
        return before + plus + page.text("charts.value_percent", n=plain(value, 1), nth="")
    if unit == "percentage_point":
        return before + plus + page.text("charts.value_percentage_point", n=plain(value, 2, strip=True), nth="")
    return before + compact(value, unit, page.lang, page.catalog, indicator=indicator, sign=True)


def change_of(page: Page, found: Change, indicator: Indicator) -> str:
    return change(page, found.value, found.unit, indicator, found.comparator)


def per_head(page: Page, value: Value, indicator: Indicator, short: bool = False) -> str:
    """A quotient with about three digits: money for a person, things and people for 10,000 people.

    Args:
        short: Without the word for what is counted, or "per person", where a heading says it.
    """
    size = abs(value.value)
    number = plain(value.value, 0 if size >= 100 else 1 if size >= 10 else 2)
    if value.unit != "per_10k":
        unit = "yuan" if short and value.unit == "yuan_per_person" else value.unit
        return join_unit(number, unit_name(unit, page.lang, page.catalog), page.lang)
    if short:
        return " ".join(page.text("region.per_10k", n=number, word="").split())
    word = count_word(indicator, page.lang) if indicator.unit == "count" else page.text("region.people")
    return " ".join(page.text("region.per_10k", n=number, word=word).split())


def place(page: Page, found: Place | None) -> str:
    """3/31, or a dash where no rank is given."""
    return page.text("region.place", rank=found.rank, of=found.of) if found else page.text("region.none")


def distance(found: Apart) -> str:
    """Standard deviations from the peers' median, with its sign: above 0 is better."""
    return ("+" if found.distance > 0 else "") + plain(found.distance, 2)


def compared(page: Page, value: Value, indicator: Indicator, number: float | None = None) -> str:
    """A value that was compared, or another number in its unit (the peers' median)."""
    shown = value.value if number is None else number
    if value.unit == indicator.unit:
        return amount(page, shown, value.unit, indicator)
    return per_head(page, replace(value, value=shown), indicator)


def year(page: Page, number: int) -> str:
    return page.text("charts.year", year=number)
