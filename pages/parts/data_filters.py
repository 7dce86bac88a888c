"""The filters of the Data page: each is one widget, one URL parameter and one field of the selection."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from indicators.observation import STANDINGS
from indicators.queries import Edition
from indicators.selection import EVERYTHING, Selection
from pages.parts import choose
from pages.parts.page import Page

ALL = "all"
_FREE: Mapping[str, Any] = {"years": None, "whole": False}
"""What a field of a selection holds when it limits nothing; else an empty tuple."""
_NARROWED = ("regions", "years", "origins", "scenarios", "measures", "standings", "whole", "indicators")


def selection(page: Page) -> Selection:
    """The widgets, and what they choose. Only what the edition holds is offered."""
    offered, found = _offered(page.edition, str(page.edition.folder))
    first, second, third = st.columns([2, 3, 3])
    with first:
        theme = _theme(page, set(offered["indicator"]))
    with second:
        indicators = _indicators(page, theme, set(offered["indicator"]))
    with third:
        codes = sorted(offered["region"].unique())
        regions = choose.many(
            page, "r", page.text("data.regions"), codes, lambda code: page.catalog.regions.path(code, page.lang),
            placeholder=page.text("data.all"),
        )  # fmt: skip
    first, second = st.columns([2, 6], vertical_alignment="bottom")
    with first:
        years = _years(page, int(offered["first_year"].min()), int(offered["last_year"].max()))
    with second, st.expander(page.text("data.more_filters"), icon=":material/tune:", key="data.more"):
        return Selection(
            indicators=indicators, regions=regions, years=years, **_kinds(page, found),
            whole=choose.flag(page, "whole", page.text("data.whole"), help=page.text("data.whole_help")),
        )  # fmt: skip


@st.cache_resource(max_entries=4, show_spinner=False)
def _offered(_edition: Edition, folder: str) -> tuple[pd.DataFrame, dict[str, list[str]]]:
    """What the whole edition in a folder holds; an edition never changes."""
    return _edition.available(EVERYTHING), _edition.values_of(("origin", "scenario", "measure"), EVERYTHING)


def _theme(page: Page, known: set[str]) -> str:
    themes = [name for name in page.catalog.themes if any(i.id in known for i in page.catalog.of_theme(name))]

    def say(name: str) -> str:
        return page.text("data.all_themes") if name == ALL else page.catalog.themes[name].name(page.lang)

    return choose.one(page, "theme", page.text("data.theme"), [ALL, *themes], say)


def _indicators(page: Page, theme: str, known: set[str]) -> tuple[str, ...]:
    """The indicators chosen; all of the theme when none is."""
    options = [i.id for i in page.catalog.indicators.values() if i.id in known and theme in (ALL, i.theme)]
    chosen = choose.many(
        page, "i", page.text("data.indicators"), options, lambda name: page.catalog.indicators[name].name(page.lang),
        placeholder=page.text("data.all"),
    )  # fmt: skip
    return chosen or (() if theme == ALL else tuple(options))


def _years(page: Page, first: int, last: int) -> tuple[int, int] | None:
    """The years, or None for all of them: values without a year are left out only when the years are narrowed."""
    years = choose.years(page, "y", page.text("data.years"), first, last)
    return None if years == (first, last) else years


def _kinds(page: Page, found: dict[str, list[str]]) -> dict[str, tuple[str, ...]]:
    """Kind of source, kind of truth, measure and standing: each as a field of the selection."""
    kinds = {}
    columns = st.columns(4)
    for place, name in zip(columns, ("origin", "scenario", "measure"), strict=False):
        with place:
            label, say = page.text(f"data.column_{name}"), partial(_say, page, name)
            chosen = choose.many(page, name, label, found[name], say, placeholder=page.text("data.all"))
            kinds[f"{name}s"] = chosen
    with columns[3]:
        label, options = page.text("data.column_standing"), ["current", ALL]
        standing = choose.one(page, "standing", label, options, lambda value: page.text(f"data.standings_{value}"))
    return {**kinds, "standings": ("current",) if standing == "current" else ()}


def described(page: Page, chosen: Selection) -> dict[str, str]:
    """What was chosen in the reader's words, for the exports."""
    catalog, comma = page.catalog, page.text("charts.list_comma")
    said = {
        "indicators": [catalog.indicators[name].name(page.lang) for name in chosen.indicators],
        "regions": [catalog.regions.path(code, page.lang) for code in chosen.regions],
        "years": [page.text("charts.years", first=chosen.years[0], last=chosen.years[1])] if chosen.years else [],
        "column_origin": _words(page, "origin", chosen.origins),
        "column_scenario": _words(page, "scenario", chosen.scenarios),
        "column_measure": _words(page, "measure", chosen.measures),
        "column_standing": [] if chosen.standings == ("current",) else _words(page, "standing", STANDINGS),
        "whole": [page.text("data.whole_yes")] if chosen.whole else [],
    }
    return {page.text(f"data.{name}"): comma.join(words) for name, words in said.items() if words}


def _say(page: Page, column: str, value: str) -> str:
    return page.text(f"common.{column}_{value}")


def _words(page: Page, column: str, values: Sequence[str]) -> list[str]:
    return [_say(page, column, value) for value in values]


def ways_out(page: Page, chosen: Selection) -> list[tuple[str, int]]:
    """For an empty result: the filters of which leaving out one gives rows, with how many there are then."""
    limits = asdict(chosen)
    found = []
    for name in _NARROWED:
        wider = Selection(**{**limits, name: _FREE.get(name, ())})
        if wider != chosen and (count := page.edition.count(wider)):
            found.append((name, count))
    return found
