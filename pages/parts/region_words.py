"""Values and changes of a profile in words; Overview uses them too."""

from __future__ import annotations

import re
from dataclasses import replace

from charts.chart import qualified
from charts.numbers import compact, count_word, join_unit, plain, unit_name
from indicators.catalog import Indicator
from indicators.entry import Change, Compared, Entry, Value
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


def place(page: Page, entry: Entry, found: Compared | None) -> str:
    """3/31, or a dash where no rank is given."""
    if found is None:
        return page.text("region.none")
    return dated(page, page.text("region.place", rank=found.place.rank, of=found.place.of), entry, found)


def distance(page: Page, entry: Entry, found: Compared | None) -> str | None:
    """Standard deviations from the peers' median, with its sign; None where it does not say better or worse."""
    if found is None or found.apart is None or entry.indicator.direction == "neutral":
        return None
    return dated(page, deviations(found.apart.distance), entry, found)


def deviations(number: float) -> str:
    """Standard deviations with their sign: above 0 is better."""
    return ("+" if number > 0 else "") + plain(number, 2)


def dated(page: Page, said: str, entry: Entry, found: Compared) -> str:
    """What is said of a value compared; behind it its year, where that is not the one of the newest value."""
    return qualified(said, page.lang, None if found.year == entry.year else year(page, found.year))


def compared(page: Page, value: Value, indicator: Indicator, number: float | None = None) -> str:
    """A value that was compared, or another number in its unit (the peers' median)."""
    shown = value.value if number is None else number
    if value.unit == indicator.unit:
        return amount(page, shown, value.unit, indicator)
    return per_head(page, replace(value, value=shown), indicator)


def year(page: Page, number: int) -> str:
    return page.text("charts.year", year=number)
