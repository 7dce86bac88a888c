"""The choices of the Compare page. Options come from the data, so that no choice leads to an empty page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from charts import heat
from charts.numbers import unit_name
from indicators.across import COVERED, LEAST, Years, common, comparable, usual_year
from indicators.catalog import Indicator
from indicators.compare import DENOMINATORS, Basis, can_divide
from indicators.distribution import same_regions, wide
from indicators.headlines import load_headlines
from indicators.observation import SCENARIOS
from indicators.region_sets import load_region_sets
from pages.parts import choose
from pages.parts.compare_offer import Offer
from pages.parts.page import Page
from pages.parts.peer_sets import Among, everyone, peer_sets

MODES = ("ranking", "distribution", "change", "scatter", "map", "heat", "figures")
FORMS = ("dumbbell", "slope", "ranks")
SCALES = ("linear", "x", "y", "xy")
ONE_SCALE = ("linear", "x")
STRIPS = 5
"""Years that a distribution shows at most."""
CELLS: tuple[heat.Show, ...] = ("rank", "value", "percentile")
CHOSEN = "chosen"
COLUMNS = 8
"""Indicators that a heat table starts with at most."""


def more(page: Page) -> Any:
    """The finer choices: beside one another, on a phone folded away so that the chart is near."""
    return st.expander(page.text("more"), icon=":material/tune:") if page.narrow else choose.row(page)


def subject(page: Page, offered: Offer) -> tuple[str, str | None]:
    """Indicator and scope."""
    ranked = [name for name in offered.loose if offered.rankable(name)]
    options = [*ranked, *(name for name in offered.loose if name not in set(ranked))]
    few = frozenset(options[len(ranked) :])

    def say(name: str) -> str:
        words = page.catalog.indicators[name].name(page.lang)
        return page.text("few", name=words) if name in few else words

    least = COVERED * len(page.catalog.regions.provinces())
    widely = (n for n in ranked if any(len(found) >= least for found in offered.provinces.get((n, None), {}).values()))
    indicator = choose.one(page, "i", page.text("indicator"), options, say, next(widely, None))
    scopes = offered.scopes(indicator)
    scope = None
    if len(scopes) > 1 or scopes not in ([], [None]):
        codes = {scope or "-": scope for scope in scopes}
        chosen = choose.one(page, "scope", page.text("scope"), list(codes), lambda code: _scope_name(page, codes[code]))
        scope = codes[chosen]
    return indicator, scope


def mode(page: Page, offered: Offer, indicator: str, scope: str | None) -> str:
    """The view, of those that the data allow; not asked where there is only one."""
    modes = _modes(offered, indicator, scope)
    if len(modes) == 1:
        return modes[0]
    return choose.segment(page, "mode", page.text("mode"), modes, lambda code: page.text(f"mode_{code}"))


def _scope_name(page: Page, scope: str | None) -> str:
    return page.catalog.scope_name(scope, page.lang) if scope else page.text("scope_whole")


def _modes(offered: Offer, indicator: str, scope: str | None) -> list[str]:
    """The views that the data allow."""
    if not offered.rankable(indicator):
        return ["figures"]
    years = offered.provinces[indicator, scope]
    allowed = {"ranking", "distribution", "scatter", "map", "heat"}
    if len(comparable(years)) > 1:
        allowed.add("change")
    if indicator in offered.reported:
        allowed.add("figures")
    return [mode for mode in MODES if mode in allowed]


def regions(page: Page, years: Years, sets_too: bool) -> tuple[Among, tuple[str, ...]]:
    """The regions that are compared, and those that are to stand out."""
    whole = everyone(page)
    lit = choose.many(
        page,
        "r",
        page.text("lit"),
        whole.members,
        lambda code: page.catalog.regions[code].name(page.lang),
        help=page.text("lit_help"),
    )
    if not sets_too:
        return whole, lit
    options = {one.code: one for one in among(page, lit) if comparable(years, one.members)}
    chosen = choose.one(page, "set", page.text("set"), list(options), lambda code: options[code].name)
    return options[chosen], lit


def among(page: Page, lit: tuple[str, ...]) -> list[Among]:
    """Every set of regions that can be picked, all provinces first; those without data are left out by `regions`.

    Args:
        lit: The regions that are to stand out: each of them with its peers is a set as well, and so are two or more.
    """
    sets = load_region_sets(page.catalog.folder).values()
    found = [Among(one.id, one.name(page.lang), one.codes) for one in sets]
    found += peer_sets(page, lit)
    if len(lit) >= LEAST:
        found.append(Among(CHOSEN, page.text("set_chosen"), lit))
    return found


def basis(page: Page, several: Sequence[Indicator], offered: Offer, years: Iterable[int]) -> Basis:
    """Total, per head or per GDP: what the catalogue and the denominators' years allow for one of the indicators."""
    wanted = set(years)
    options: list[Basis] = ["total"]
    for kind, under in DENOMINATORS.items():
        have = offered.provinces.get((under, None), {})
        if wanted & have.keys() and any(can_divide(one, kind) for one in several):
            options.append(kind)
    if len(options) == 1:
        return "total"
    found = choose.one(page, "basis", page.text("basis"), options, lambda code: page.text(f"basis_{code}"))
    return next(kind for kind in options if kind == found)


def basis_of(indicator: Indicator, chosen: Basis) -> Basis:
    """The basis that holds for one of several indicators: what cannot be divided stays as it is."""
    return chosen if can_divide(indicator, chosen) else "total"


def second(page: Page, offered: Offer, first: str, scope: str | None) -> str:
    """The other indicator of a scatter: one that shares a year with the first; by default of another theme."""
    years = offered.provinces[first, scope]
    options = [
        name
        for name in offered.loose
        if name != first and comparable(common(years, offered.provinces.get((name, None), {})))
    ]
    themes = page.catalog.indicators
    usual = usual_year(years, list(frozenset().union(*years.values())), comparable(years))
    apart = [
        name for name in options if themes[name].theme != themes[first].theme and usual in offered.provinces[name, None]
    ]
    return choose.one(
        page, "i2", page.text("second"), options, lambda name: themes[name].name(page.lang), next(iter(apart), None)
    )


def columns(page: Page, offered: Offer, first: str, year: int, among: Sequence[str]) -> tuple[str, ...]:
    """The further indicators of a heat table: those that most of the regions have in that year."""
    chosen = frozenset(among)
    least = max(LEAST, COVERED * len(chosen))

    def have(name: str) -> int:
        return len(offered.provinces.get((name, None), {}).get(year, frozenset()) & chosen)

    options = [name for name in offered.loose if name != first and have(name) >= least]
    aside = load_headlines(page.catalog)["aside"]
    usual = [name for name in options if name not in aside and page.catalog.indicators[name].direction != "neutral"]
    box = st.expander(page.text("columns")) if page.narrow else st.container()
    with box:
        return choose.many(
            page,
            "columns",
            page.text("columns"),
            options,
            lambda name: page.catalog.indicators[name].name(page.lang),
            usual[: COLUMNS - 1],
        )


def positive(rows: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
    """Only regions whose values of these indicators can stand on a logarithmic axis."""
    unfit = rows.loc[rows["indicator"].isin(list(names)) & (rows["value"] <= 0), "region"]
    return rows.loc[~rows["region"].isin(unfit)]


def plans(page: Page, offered: Offer, indicator: str, chosen: Basis) -> bool:
    """Whether targets stand beside the results: asked only where there are some."""
    return indicator in offered.targets and chosen == "total" and choose.flag(page, "plans", page.text("plans"))


def strips(page: Page, years: Years, last: int, regions: Sequence[str]) -> list[int]:
    """The years of a distribution: the last one, and earlier ones of the same regions if they are asked for."""
    own = {year: found & frozenset(regions) for year, found in years.items()}
    fit = same_regions(own, last, STRIPS)
    return fit if len(fit) > 1 and choose.flag(page, "over", page.text("over")) else [last]


def log_scale(page: Page, rows: pd.DataFrame) -> bool:
    """Whether the axis of a distribution is logarithmic: asked only where the values are far apart."""
    if not wide(rows["value"].tolist()):
        return False
    return choose.one(page, "log", page.text("scale"), ONE_SCALE, lambda code: page.text(f"one_scale_{code}")) == "x"


def with_plans(page: Page, found: pd.DataFrame) -> pd.DataFrame:
    """Loose figures without targets and requirements, unless these are asked for or there is nothing else."""
    planned = found["scenario"] != SCENARIOS[0]
    if planned.any() and not planned.all() and not choose.flag(page, "plans", page.text("plans")):
        return found.loc[~planned]
    return found


def one_measure(page: Page, found: pd.DataFrame) -> pd.DataFrame:
    """The rows of one measure and unit, which share an axis; asked only where there are several."""
    counts = found.groupby(["measure", "unit"], sort=False).size().sort_values(ascending=False, kind="stable")
    pairs = {f"{measure}.{unit}": (str(measure), str(unit)) for measure, unit in counts.index}
    code = next(iter(pairs))
    if len(pairs) > 1:
        several = [measure for measure, _ in pairs.values()]
        code = choose.segment(
            page, "measure", page.text("measure"), list(pairs), lambda code: _measure_name(page, *pairs[code], several)
        )
    measure, unit = pairs[code]
    return found.loc[(found["measure"] == measure) & (found["unit"] == unit)].reset_index(drop=True)


def _measure_name(page: Page, measure: str, unit: str, several: Sequence[str]) -> str:
    """A measure in words, with its unit where it comes in several."""
    words = page.text(f"measure_{measure}")
    if several.count(measure) == 1:
        return words
    return page.text("measure_in", measure=words, unit=unit_name(unit, page.lang, page.catalog))
