"""The choices of the Targets page: each is one widget and one parameter of the URL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from indicators.targets import VERDICTS, Judged
from pages.parts import choose
from pages.parts.page import Page

ALL, UNDATED = "all", "none"


@dataclass(frozen=True, slots=True)
class Choice:
    """What is shown; empty tuples and `ALL` limit nothing."""

    regions: tuple[str, ...]
    theme: str
    indicator: str
    verdicts: tuple[str, ...]
    due: str

    def of(self, judged: Sequence[Judged], page: Page) -> list[Judged]:
        """The targets that meet all the choices, in their order."""
        return [one for one in judged if all(self._meets(one, page).values())]

    def holds(self, region: str, indicator: str, page: Page) -> bool:
        """Whether region, theme and indicator are among what was chosen."""
        theme = page.catalog.indicators[indicator].theme
        return (
            (not self.regions or region in self.regions)
            and self.theme in (ALL, theme)
            and self.indicator in (ALL, indicator)
        )

    def _meets(self, one: Judged, page: Page) -> dict[str, bool]:
        target = one.target
        return {
            "regions": not self.regions or target["region"] in self.regions,
            "theme": self.theme in (ALL, page.catalog.indicators[target["indicator"]].theme),
            "indicator": self.indicator in (ALL, target["indicator"]),
            "verdict": not self.verdicts or one.verdict in self.verdicts,
            "due": self.due in (ALL, due_of(one)),
        }

    def too_narrow(self, judged: Sequence[Judged], page: Page) -> list[str]:
        """Of a choice that nothing meets: the choices without which something would, else all that limit."""
        limits = ("regions", "theme", "indicator", "verdict", "due")
        met = [self._meets(one, page) for one in judged]
        single = [name for name in limits if any(all(v for k, v in row.items() if k != name) for row in met)]
        return single or [name for name in limits if not all(row[name] for row in met)]


def due_of(one: Judged) -> str:
    return UNDATED if one.year is None else str(one.year)


def ask(page: Page, judged: Sequence[Judged]) -> Choice:
    """The widgets, and what they choose."""
    regions = page.catalog.regions
    codes = sorted({one.target["region"] for one in judged})
    have = {one.target["indicator"] for one in judged}
    first, second, third, fourth, fifth = _places(page)
    with first:
        chosen = choose.many(
            page, "r", page.text("regions"), codes, lambda code: regions.path(code, page.lang),
            placeholder=page.text("all_regions"),
        )  # fmt: skip
    themes = [name for name in page.catalog.themes if any(one.id in have for one in page.catalog.of_theme(name))]
    with second:
        theme = choose.one(page, "theme", page.text("theme"), [ALL, *themes], lambda name: _theme_name(page, name))
    offered = [one.id for one in page.catalog.indicators.values() if one.id in have and theme in (ALL, one.theme)]
    with third:
        indicator = choose.one(page, "i", page.text("indicator"), [ALL, *offered], lambda name: _name(page, name))
    with fourth:
        verdicts = choose.many(
            page, "v", page.text("verdict"), [name for name in VERDICTS if any(one.verdict == name for one in judged)],
            lambda name: page.text(f"verdict_{name}"), placeholder=page.text("every"),
        )  # fmt: skip
    years = sorted({due_of(one) for one in judged})
    with fifth:
        due = choose.one(page, "due", page.text("due"), [ALL, *years], lambda name: _due_name(page, name))
    return Choice(chosen, theme, indicator, verdicts, due)


def _places(page: Page) -> Sequence[Any]:
    """Where the widgets stand: in two lines; on a phone all but the first are folded away, the chart being nearer."""
    if page.narrow:
        first = st.container()
        more = st.expander(page.text("more"), icon=":material/tune:")
        return (first, more, more, more, more)
    return (*st.columns([4, 2, 3]), *st.columns([4, 5]))


def _theme_name(page: Page, name: str) -> str:
    return page.text("every") if name == ALL else page.catalog.themes[name].name(page.lang)


def _name(page: Page, name: str) -> str:
    return page.text("every") if name == ALL else page.catalog.indicators[name].name(page.lang)


def _due_name(page: Page, name: str) -> str:
    return {ALL: page.text("every"), UNDATED: page.text("undated")}.get(name, name)


def in_words(page: Page, choice: Choice) -> Mapping[str, str]:
    """The choice in the reader's words, for the exports; what limits nothing is left out."""
    comma = page.text("charts.list_comma")
    said = {
        "regions": comma.join(page.catalog.regions.path(code, page.lang) for code in choice.regions),
        "theme": "" if choice.theme == ALL else _theme_name(page, choice.theme),
        "indicator": "" if choice.indicator == ALL else _name(page, choice.indicator),
        "verdict": comma.join(page.text(f"verdict_{name}") for name in choice.verdicts),
        "due": "" if choice.due == ALL else _due_name(page, choice.due),
    }
    return {page.text(name): words for name, words in said.items() if words}
