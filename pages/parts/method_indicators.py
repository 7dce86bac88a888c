"""Method, the indicators: what each one means, what may be done with it, and how much data there is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from charts.numbers import compact
from indicators.catalog import Indicator
from indicators.selection import Selection
from pages.parts import choose, entries
from pages.parts.page import Page

ALL = "all"


def show(page: Page) -> None:
    """A theme or a search, and the definitions."""
    first, second = st.columns([1, 2])
    with first:
        themes = [*page.catalog.themes, ALL]
        theme = choose.one(page, "theme", page.text("data.theme"), themes, lambda name: _theme(page, name))
    with second:
        asked = choose.words(page, "q", page.text("method.search"), page.text("method.search_hint"))
    found = matching(page.catalog.indicators, asked) if asked.strip() else [
        indicator for indicator in page.catalog.indicators.values() if theme in (ALL, indicator.theme)
    ]  # fmt: skip
    if not found:
        st.info(page.text("method.search_nothing", words=asked), icon=":material/search_off:")
        return
    st.caption(page.text("method.search_found" if asked.strip() else "method.listed", n=len(found)))
    held = _coverage(page)
    st.html(entries.listing(_entry(page, indicator, held.get(indicator.id)) for indicator in found))


def matching(indicators: Mapping[str, Indicator], asked: str) -> list[Indicator]:
    """The indicators whose names, aliases, meaning or id contain every word asked for; matches in a name come first."""
    words = asked.lower().split()

    def has_all(texts: tuple[str, ...]) -> bool:
        joined = "\n".join(texts).lower()
        return all(word in joined for word in words)

    found = [
        (not has_all((i.zh, i.en, *i.aliases)), place, i)
        for place, i in enumerate(indicators.values())
        if has_all((i.id, i.zh, i.en, *i.aliases, *i.meaning.values()))
    ]
    return [indicator for _, _, indicator in sorted(found, key=lambda item: item[:2])]


def _theme(page: Page, name: str) -> str:
    return page.text("data.all_themes") if name == ALL else page.catalog.themes[name].name(page.lang)


def _coverage(page: Page) -> dict[str, dict[str, Any]]:
    """For each indicator with current values: how many, of how many regions, from when to when."""
    available = page.edition.available(Selection())
    rows = available.groupby("indicator").agg(
        n=("n", "sum"), regions=("region", "nunique"), first=("first_year", "min"), last=("last_year", "max")
    )  # fmt: skip
    return {str(name): dict(held) for name, held in rows.to_dict("index").items()}


def _entry(page: Page, indicator: Indicator, held: dict[str, Any] | None) -> str:
    other = indicator.en if page.lang == "zh" else indicator.zh
    return entries.entry(
        indicator.name(page.lang),
        aside=f"{other} · {indicator.id}",
        lines=[indicator.meaning[page.lang]],
        quiet=[page.text("charts.dot").join(_traits(page, indicator)), _aliases(page, indicator), _held(page, held)],
    )


def _traits(page: Page, indicator: Indicator) -> list[str]:
    """Unit, kind and what may be computed, each in a few words."""
    names, comma = page.catalog.indicators, page.text("charts.list_comma")
    unit = page.catalog.units[indicator.unit]
    said = [
        page.text("charts.unit_line", unit=unit.name(page.lang)),
        page.text(f"method.kind_{indicator.kind}"),
        page.text(f"method.period_{indicator.period}"),
        page.text(f"method.direction_{indicator.direction}"),
        page.text("method.sum_over", what=comma.join(page.text(f"method.sum_{name}") for name in indicator.sum_over))
        if indicator.sum_over else page.text("method.sum_nothing"),
    ]  # fmt: skip
    if indicator.ratio_of:
        over, under = (names[name].name(page.lang) for name in indicator.ratio_of)
        said.append(page.text("method.ratio_of", over=over, under=under))
    if indicator.parts_of:
        said.append(page.text("method.parts_of", total=names[indicator.parts_of].name(page.lang)))
    if indicator.per:
        said.append(page.text("method.per", what=comma.join(names[name].name(page.lang) for name in indicator.per)))
    low, high = (
        compact(bound, indicator.unit, page.lang, page.catalog, indicator=indicator) for bound in indicator.plausible
    )
    said.append(page.text("method.plausible", low=low, high=high))
    return said


def _aliases(page: Page, indicator: Indicator) -> str:
    """The Chinese words that reports and tables use; they are what the reader looks for, so they stay Chinese."""
    words = [word for word in indicator.aliases if word != indicator.zh]
    return page.text("method.aliases", words=page.text("charts.list_comma").join(words)) if words else ""


def _held(page: Page, held: dict[str, Any] | None) -> str:
    if held is None:
        return page.text("method.no_data")
    if held["first"] is None or held["first"] != held["first"]:
        years = page.text("charts.no_year")
    elif held["first"] == held["last"]:
        years = page.text("charts.year", year=held["first"])
    else:
        years = page.text("charts.years", first=held["first"], last=held["last"])
    return page.text("method.has_data", n=f"{held['n']:,}", regions=held["regions"], years=years)
