"""The choices of the Trends page. Options come from the data: what could never be filled is not offered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from indicators.catalog import Indicator
from indicators.compare import Basis
from indicators.development import Mode, base_years, is_sparse, unit_of, whole_first
from indicators.observation import SCENARIOS
from indicators.region_sets import load_region_sets
from indicators.regions import COUNTRY
from indicators.selection import Selection
from pages.parts import choose
from pages.parts.page import Page
from pages.parts.trends_offer import MEASURES, Offer, bases, leading, modes, offer_of

MOST_INDICATORS = 6
LEADING = 5
COLOURED = 8
"""So many lines are told apart by colour; a larger set of regions highlights its leaders."""
FEW = 12
"""So few figures are all shown, those of parts as well."""
SLIDER = 210
"""Width of the years' slider in pixels: beside the other views, where it has to share a line."""
ALL, CHOSEN = "all", "chosen"
Row = Sequence[AbstractContextManager[Any]]


@dataclass(frozen=True, slots=True)
class Choice:
    """What the reader wants to see.

    Attributes:
        regions: All regions that are drawn, in the order of the choice.
        highlight: Those of them in colour; empty where there is no background.
        frame: Current observations of indicators and regions, of all years.
        hidden: How many values of parts are left out of `frame`.
        panels: None for one chart.
    """

    indicators: tuple[Indicator, ...]
    regions: tuple[str, ...]
    highlight: tuple[str, ...]
    frame: pd.DataFrame
    hidden: int = 0
    mode: Mode = "level"
    basis: Basis = "total"
    base_year: int | None = None
    years: tuple[int, int] | None = None
    panels: str | None = None


def ask(page: Page) -> Choice | None:
    """All widgets of the page; None, with the reason on the page, where nothing is chosen."""
    offer = offer_of(page)
    boxes = _boxes(page)
    names = _indicators(page, offer, boxes)
    if not names:
        st.info(page.text("trends.empty_indicators"), icon=":material/search_off:")
        return None
    indicators = tuple(page.catalog.indicators[name] for name in names)
    regions, highlight = _regions(page, offer, indicators, boxes)
    if not regions:
        st.info(page.text("trends.empty_regions"), icon=":material/search_off:")
        return None
    rows = page.edition.observations(Selection(indicators=names, regions=regions, measures=MEASURES))
    choice = Choice(indicators, regions, highlight, _in_order_of(rows, names, regions))
    return _view(page, offer, choice, boxes)


@dataclass(frozen=True, slots=True)
class Boxes:
    """Where the choices stand. On a phone what is chosen less often waits in a drawer."""

    indicators: AbstractContextManager[Any]
    regions: AbstractContextManager[Any]
    mode: AbstractContextManager[Any]
    further: AbstractContextManager[Any]
    drawer: bool


def _boxes(page: Page) -> Boxes:
    if page.narrow:
        indicators, regions, mode = st.container(), st.container(), st.container()
        return Boxes(indicators, regions, mode, st.expander(page.text("trends.more"), icon=":material/tune:"), True)
    indicators, regions = st.container(), st.container()
    views = st.container(horizontal=True, gap="small")
    return Boxes(indicators, regions, views, views, False)


def _pair(box: AbstractContextManager[Any], boxes: Boxes) -> Row:
    """Two cells side by side, a narrow one before a wide one; on a phone the first is in the drawer."""
    if boxes.drawer:
        return boxes.further, box
    with box:
        return st.columns([1, 3])


def _in_order_of(rows: pd.DataFrame, names: Sequence[str], regions: Sequence[str]) -> pd.DataFrame:
    """Rows in the order of the choice, which is that of panels, colours and legend."""
    places = {code: place for place, code in enumerate(regions)}
    order = {name: place * len(places) for place, name in enumerate(names)}
    ranks = [order[name] + places[code] for name, code in zip(rows["indicator"], rows["region"], strict=True)]
    return rows.iloc[np.argsort(ranks, kind="stable")]


def _indicators(page: Page, offer: Offer, boxes: Boxes) -> tuple[str, ...]:
    themes = [
        theme
        for theme in page.catalog.themes
        if any(page.catalog.indicators[name].theme == theme for name in offer.names)
    ]

    def say_theme(name: str) -> str:
        return page.text("trends.theme_all") if name == ALL else page.catalog.themes[name].name(page.lang)

    def say(name: str) -> str:
        words = page.catalog.indicators[name].name(page.lang)
        return page.text("trends.report_only", name=words) if name in offer.reports else words

    first, second = _pair(boxes.indicators, boxes)
    with first:
        theme = choose.one(page, "t", page.text("trends.theme"), [ALL, *themes], say_theme)
    options = [name for name in offer.names if theme in (ALL, page.catalog.indicators[name].theme)]
    default = offer.default if offer.default in options else options[0]
    with second:
        return choose.many(page, "i", page.text("trends.indicators"), options, say, [default], most=MOST_INDICATORS)


def _regions(
    page: Page, offer: Offer, indicators: Sequence[Indicator], boxes: Boxes
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The regions that are drawn, and those in colour (none: the chart picks)."""
    available = offer.frame.loc[offer.frame["indicator"].isin([one.id for one in indicators])]
    offered = _in_order(page, set(available["region"]))
    sets = {
        name: [code for code in one.codes if code in offered]
        for name, one in load_region_sets(page.catalog.folder).items()
    }
    kept = [CHOSEN, *(name for name, codes in sets.items() if len(codes) > 1)]

    def say_set(name: str) -> str:
        return (
            page.text("trends.set_chosen")
            if name == CHOSEN
            else load_region_sets(page.catalog.folder)[name].name(page.lang)
        )

    def say(code: str) -> str:
        return page.catalog.regions.path(code, page.lang)

    first, second = _pair(boxes.regions, boxes) if len(kept) > 1 else (boxes.regions, boxes.regions)
    group = CHOSEN
    if len(kept) > 1:
        with first:
            group = choose.one(page, "g", page.text("trends.set"), kept, say_set)
    provinces = [code for code in offered if page.catalog.regions[code].level == "province"]
    members = provinces if group == CHOSEN else sets[group]
    largest = leading(page, indicators[0].id, members)
    with second:
        if group == CHOSEN:
            default = largest[:LEADING] or offered[:COLOURED]
            # The country dwarfs the parts of a total; of a share it is the measure that the parts are read against.
            if COUNTRY in offered and "regions" not in indicators[0].sum_over:
                default = [COUNTRY, *default]
            return choose.many(page, "r", page.text("trends.regions"), offered, say, default), ()
        default = largest[:LEADING] if len(members) > COLOURED else []
        options = [code for code in offered if code in members or code == COUNTRY]
        highlight = choose.many(
            page,
            "h",
            page.text("trends.highlight"),
            options,
            say,
            default,
            COLOURED,
            placeholder=page.text("trends.highlight_none"),
        )
    return tuple(dict.fromkeys([*highlight, *members])), highlight


def _in_order(page: Page, codes: set[str]) -> list[str]:
    """The country, then provinces, then the rest, each by code."""
    levels = {"country": 0, "province": 1}
    return sorted(codes, key=lambda code: (levels.get(page.catalog.regions[code].level, 2), code))


def _view(page: Page, offer: Offer, choice: Choice, boxes: Boxes) -> Choice:
    """How the rows are shown: mode, base year, basis, panels, years, values of parts."""
    names = [one.id for one in choice.indicators]
    here, levels = (
        frame.loc[frame["indicator"].isin(names) & frame["region"].isin(choice.regions)]
        for frame in (offer.frame, offer.levels)
    )
    whole = whole_first(choice.frame)
    few = is_sparse(whole)
    offered = modes(offer, choice.indicators, page.catalog)
    mode: Any = offered[0]
    with boxes.mode:
        if len(offered) > 1:
            mode = choose.segment(
                page, "mode", page.text("trends.mode"), offered, lambda name: page.text(f"trends.mode_{name}")
            )
        slot = st.container(width=120) if mode == "index" else None
    allowed = bases(offer, choice.indicators, mode, page.catalog)
    basis: Any = "total"
    with boxes.further:
        if len(allowed) > 1:
            basis = choose.segment(
                page, "basis", page.text("trends.basis"), allowed, lambda name: page.text(f"trends.basis_{name}")
            )
        panels = None if few and mode == "level" else _panels(page, choice, mode, basis)
        with st.container(width="stretch" if boxes.drawer else SLIDER):
            years = _years(page, here if mode == "growth" or levels.empty else levels)
        parts = len(whole) < len(choice.frame) and choose.flag(
            page, "parts", page.text("trends.parts"), few and len(choice.frame) <= FEW, page.text("trends.parts_help")
        )
    base = None
    if slot:
        with slot:
            base = _base_year(page, whole, years)
    frame = choice.frame if parts else whole
    return replace(
        choice,
        frame=frame,
        hidden=len(choice.frame) - len(frame),
        mode=mode,
        basis=basis,
        base_year=base,
        years=years,
        panels=panels,
    )


def _panels(page: Page, choice: Choice, mode: Mode, basis: Basis) -> str | None:
    """One chart, or small multiples; lines of different units never share an axis."""
    alike = len({unit_of(one, mode, basis) for one in choice.indicators}) == 1
    several = len(choice.indicators) > 1
    offered = {"one": alike, "indicator": several, "region": alike and len(choice.regions) > 1}
    options = [name for name, possible in offered.items() if possible]
    chosen = options[0]
    if len(options) > 1:
        chosen = choose.segment(
            page,
            "panels",
            page.text("trends.panels"),
            options,
            lambda name: page.text(f"trends.panels_{name}"),
            "indicator" if several else "one",
        )
    return None if chosen == "one" else chosen


def _years(page: Page, available: pd.DataFrame) -> tuple[int, int] | None:
    known = available.loc[available["first_year"].notna()]
    if known.empty:
        return None
    return choose.years(
        page, "y", page.text("trends.years"), int(known["first_year"].min()), int(known["last_year"].max())
    )


def _base_year(page: Page, frame: pd.DataFrame, years: tuple[int, int] | None) -> int | None:
    rows = frame.loc[(frame["measure"] == "level") & (frame["scenario"] == SCENARIOS[0])]
    rows = rows if years is None else rows.loc[rows["year"].between(*years).fillna(False)]
    options, default = base_years(rows, page.edition.breaks(list(rows["indicator"].unique())))
    if not options:
        return None
    return choose.year(page, "base", page.text("trends.base_year"), options[::-1], default)


def in_words(page: Page, choice: Choice, regions: str) -> Mapping[str, str]:
    """The choice in the reader's words, for the exports."""
    said = {
        "indicators": page.text("charts.list_comma").join(one.name(page.lang) for one in choice.indicators),
        "regions": regions,
        "mode": page.text(f"trends.mode_{choice.mode}"),
        "basis": page.text(f"trends.basis_{choice.basis}"),
        "base_year": str(choice.base_year or ""),
        "years": page.text("charts.years", first=choice.years[0], last=choice.years[1]) if choice.years else "",
    }
    return {page.text(f"trends.{name}"): words for name, words in said.items() if words}
