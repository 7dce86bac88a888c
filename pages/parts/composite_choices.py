"""The choices of the Index page. What they make is one recipe; what they offer comes from the data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import streamlit as st

from indicators.across import Years
from indicators.catalog import Catalog
from indicators.compare import BASES, can_divide
from indicators.composite.build import LEAST_PARTS, LEAST_REGIONS
from indicators.composite.recipe import (
    AGGREGATIONS,
    CHOSEN,
    MOST_PULLED,
    MOST_YEARS,
    NORMALISATIONS,
    TREATMENTS,
    WEIGHTINGS,
    Part,
    Recipe,
    decode,
)
from indicators.composite.usual import load_usual
from indicators.region_sets import load_region_sets
from pages.parts import choose
from pages.parts.compare_offer import Offer, divided, offer
from pages.parts.page import Page
from pages.parts.peer_sets import everyone

HEAVIEST = 5.0
STEP = 0.5


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen.

    Attributes:
        recipe: None while no indicator is chosen.
        among: Codes of the regions that are compared.
        lit: Those that stand out.
    """

    recipe: Recipe | None
    among: tuple[str, ...]
    lit: tuple[str, ...]


def choose_all(page: Page) -> Choice:
    """Regions and year on top; how the index is made folded away below them."""
    offered = parts_on_offer(page)
    with choose.row(page):
        name, among, lit = regions(page)
        year = choose.year(page, "y", page.text("year"), *_years(page, offered))
    with st.expander(page.text("how"), icon=":material/tune:"):
        query = {"y": [str(year)], "set": [name], "r": list(lit), **_make(page, offered, year)}
    if name == everyone(page).code:
        query.pop("set")
    return Choice(decode(query) if query["parts"] else None, among, lit)


@st.cache_resource(max_entries=4, show_spinner=False)
def _on_offer(edition_id: str, _offered: Offer, _catalog: Catalog) -> Mapping[str, Years]:
    del edition_id
    found: dict[str, Years] = {}
    for name in _offered.loose:
        indicator = _catalog.indicators[name]
        if indicator.direction == "neutral" or (name, None) not in _offered.provinces:
            continue
        for basis in sorted(BASES, key=lambda basis: basis == "total"):
            if can_divide(indicator, basis):
                years = divided(_offered.provinces[name, None], indicator, basis, _offered)
                full = {year: codes for year, codes in years.items() if len(codes) >= LEAST_REGIONS}
                if full:
                    found[Part(name, basis).code] = full
    return found


def parts_on_offer(page: Page) -> Mapping[str, Years]:
    """The indicators that can enter an index, on each basis, with the regions that have them by year."""
    return _on_offer(page.edition.id, offer(page), page.catalog)


def _years(page: Page, offered: Mapping[str, Years]) -> tuple[list[int], int]:
    """The years in which an index can be made, newest first, and the usual one: the latest with most indicators."""
    have: dict[int, set[str]] = {}
    for code, found in offered.items():
        for year in found:
            have.setdefault(year, set()).add(code)
    usual = {part.code for part in load_usual(page.catalog.folder).parts}
    options = sorted((year for year, codes in have.items() if len(codes) >= LEAST_PARTS), reverse=True)
    return options, max(options, key=lambda year: (len(have[year] & usual), year))


def regions(page: Page) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """The set of regions, its members, and the regions that are to stand out."""
    whole = everyone(page)
    lit = choose.many(
        page, "r", page.text("lit"), whole.members, lambda code: page.catalog.regions[code].name(page.lang),
        help=page.text("lit_help"), placeholder=page.text("lit_none"),
    )  # fmt: skip
    options = {name: found.codes for name, found in load_region_sets(page.catalog.folder).items()}
    options |= {CHOSEN: lit} if len(lit) > 1 else {}
    named = partial(set_name, page)
    chosen = choose.one(page, "set", page.text("set"), list(options), named, whole.code)
    return chosen, options[chosen], lit


def set_name(page: Page, code: str) -> str:
    """The name of a set on screen; that of the regions that the reader picked is no set's of the catalogue."""
    sets = load_region_sets(page.catalog.folder)
    return sets[code].name(page.lang) if code in sets else page.text("set_chosen")


def _make(page: Page, offered: Mapping[str, Years], year: int) -> dict[str, list[str]]:
    """How the index is made, as the parameters of a URL."""
    with choose.row(page):
        years = choose.one(
            page, "years", page.text("years"), [str(n) for n in range(1, MOST_YEARS + 1)],
            lambda n: page.text("years_one") if n == "1" else page.text("years_n", n=n),
        )  # fmt: skip
        treatment = _option(page, "treat", TREATMENTS)
        normalisation = _option(page, "norm", NORMALISATIONS)
    codes = indicators(page, offered, range(year - int(years) + 1, year + 1))
    with choose.row(page):
        weighting = _option(page, "weigh", WEIGHTINGS)
        # Standard scores are negative for about half of the regions, and have no geometric mean.
        means = AGGREGATIONS if normalisation != "zscore" else AGGREGATIONS[:1]
        aggregation = _option(page, "agg", means)
    with st.columns(3)[0] if not page.narrow else st.container():
        pulled = slider(page, "win", page.text("win"), 0, MOST_PULLED, 5) if treatment in ("auto", "winsorise") else 5
    left, right = st.columns(2)
    with left:
        cover = slider(page, "cover", page.text("cover"), 0, 100, 66)
    with right:
        theme_cover = slider(page, "themes", page.text("theme_cover"), 0, 100, 66)
    st.caption(page.text("cover_help"))
    made = {
        "parts": list(codes),
        "years": [years],
        "treat": [treatment],
        "win": [str(int(pulled))],
        "norm": [normalisation],
        "weigh": [weighting],
        "agg": [aggregation],
        "cover": [str(int(cover))],
        "themes": [str(int(theme_cover))],
    }
    return made | (_weights(page, codes) if weighting == "own" else {})


def indicators(page: Page, offered: Mapping[str, Years], years: range) -> tuple[str, ...]:
    """The parts of the index, of the themes that were chosen; no theme chosen means all."""
    options = [code for code, found in offered.items() if any(year in found for year in years)]
    here = {theme_of(page, code) for code in options}
    topics = choose.many(
        page, "topics", page.text("topics"), [name for name in page.catalog.themes if name in here],
        lambda name: page.catalog.themes[name].name(page.lang), placeholder=page.text("topics_all"),
    )  # fmt: skip
    options = [code for code in options if not topics or theme_of(page, code) in topics]
    usual = [part.code for part in load_usual(page.catalog.folder).parts if part.code in options]
    # Where too few of the usual indicators are known, the first basis of each indicator stands in.
    first = list({Part.of(code).indicator: code for code in reversed(options)}.values())[::-1]
    return choose.many(
        page, "parts", page.text("indicators"), options, lambda code: part_name(page, Part.of(code)),
        usual if len(usual) > 1 else first, help=page.text("indicators_help"),
    )  # fmt: skip


def _weights(page: Page, codes: Sequence[str]) -> dict[str, list[str]]:
    """A slider for each theme and, in it, for each indicator; what weighs 1 is left out."""
    st.caption(page.text("weights_help"))
    themes: dict[str, list[str]] = {}
    for code in codes:
        themes.setdefault(theme_of(page, code), []).append(code)
    found: dict[str, float] = {}
    for theme, members in themes.items():
        left, right = st.columns([1, 2])
        with left:
            name = page.catalog.themes[theme].name(page.lang)
            found[theme] = slider(page, f"w_{theme}", page.text("weight_theme", theme=name), 0.0, HEAVIEST, 1.0)
        with right:
            for code in members if len(members) > 1 else []:
                label = part_name(page, Part.of(code))
                found[code] = slider(page, f"w_{code}", label, 0.0, HEAVIEST, 1.0)
    return {f"w_{name}": [f"{weight:g}"] for name, weight in found.items() if weight != 1}


def _option(page: Page, name: str, options: Sequence[str]) -> str:
    return choose.one(page, name, page.text(name), options, lambda code: page.text(f"{name}_{code}"))


def slider(page: Page, name: str, label: str, low: Any, high: Any, default: Any) -> Any:
    """A number; of what a link asks for, the nearest that there is."""
    key = f"{page.name}.{name}"
    kind = type(default)
    step = STEP if kind is float else 1

    def decode(values: list[str]) -> Any:
        try:
            asked = float(values[0])
        except ValueError:
            return None
        return kind(min(max(round(asked / step) * step, low), high)) if abs(asked) < 1e6 else None

    page.state.fill(name, key, default, decode)
    if not page.state.silent:
        st.slider(label, low, high, step=kind(step), key=key)
    chosen = page.state.values[key]
    page.state.keep(name, [f"{chosen:g}"], [f"{default:g}"])
    return chosen


def theme_of(page: Page, code: str) -> str:
    return page.catalog.indicators[Part.of(code).indicator].theme


def part_name(page: Page, part: Part) -> str:
    """An indicator with its basis: R&D经费支出（人均）."""
    name = page.catalog.indicators[part.indicator].name(page.lang)
    return name if part.basis == "total" else page.text(f"part_{part.basis}", name=name)
