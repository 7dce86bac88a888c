"""What an edition can show over time: the options of the Trends page, looked up once for each edition."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from indicators.catalog import Catalog, Indicator
from indicators.compare import DENOMINATORS, Basis
from indicators.development import TREND, Mode, bases_of, leaders, modes_of
from indicators.observation import SCENARIOS
from indicators.queries import Edition
from indicators.region_sets import whole_country
from indicators.regions import COUNTRY
from indicators.selection import Selection
from pages.parts.page import Page

MEASURES = ("level", "growth", "change")
MOST_LEADERS = 8


@dataclass(frozen=True, slots=True)
class Offer:
    """What an edition can show over time.

    Attributes:
        frame: `Edition.available` of the measures that are drawn.
        levels: The same of levels alone.
        names: Indicators in the catalogue's order.
        reports: Those that only reports have.
        default: The first with many regions and years.
    """

    edition_id: str
    frame: pd.DataFrame
    levels: pd.DataFrame
    names: tuple[str, ...]
    reports: frozenset[str]
    default: str


@st.cache_resource(max_entries=2)
def _offer(edition_id: str, _edition: Edition, _catalog: Catalog) -> Offer:
    """Cached for each edition: it looks at every observation."""
    frame = _edition.available(Selection(measures=MEASURES))
    known = frame.groupby("indicator").agg(regions=("region", "nunique"), years=("years", "max"))
    names = tuple(name for name in _catalog.indicators if name in known.index)
    half = len(whole_country(_catalog.folder)) / 2
    telling = [name for name in names if known.at[name, "regions"] > half and known.at[name, "years"] >= TREND]
    tables = set(frame.loc[frame["origin"] == "table", "indicator"])
    levels = _edition.available(Selection(measures=MEASURES[:1]))
    return Offer(edition_id, frame, levels, names, frozenset(names) - tables, (telling or [*names, ""])[0])


@st.cache_data(max_entries=256)
def _leaders(edition_id: str, indicator: str, regions: tuple[str, ...], _edition: Edition) -> list[str]:
    """The regions with the largest latest values, largest first."""
    rows = _edition.observations(
        Selection(indicators=(indicator,), regions=regions, measures=MEASURES[:1], scenarios=SCENARIOS[:1], whole=True)
    )
    return leaders(rows, MOST_LEADERS)


def offer_of(page: Page) -> Offer:
    return _offer(page.edition.id, page.edition, page.catalog)


def leading(page: Page, indicator: str, regions: Sequence[str]) -> list[str]:
    """The regions of some that have the largest latest values of an indicator, largest first."""
    return _leaders(page.edition.id, indicator, tuple(regions), page.edition) if regions else []


def modes(offer: Offer, indicators: Sequence[Indicator], catalog: Catalog) -> list[Mode]:
    """The modes that the edition has values for, of some region at least."""
    return _modes(offer.edition_id, tuple(one.id for one in indicators), offer, catalog)


def bases(offer: Offer, indicators: Sequence[Indicator], mode: Mode, catalog: Catalog) -> list[Basis]:
    """The bases for which some region of the indicators has a denominator as well."""
    return _bases(offer.edition_id, tuple(one.id for one in indicators), mode, offer, catalog)


@st.cache_data(max_entries=256)
def _modes(edition_id: str, names: tuple[str, ...], _offer: Offer, _catalog: Catalog) -> list[Mode]:
    rows = _offer.frame.loc[_offer.frame["indicator"].isin(names)]
    levels = _offer.levels.loc[_offer.levels["indicator"].isin(names)]
    several = bool((levels["years"] > 1).any())
    everywhere = levels.loc[
        levels["region"].isin([COUNTRY, *whole_country(_catalog.folder)]), "indicator"
    ].value_counts()
    possible = {
        "level": len(levels) > 0,
        "growth": several or int(rows["n"].sum()) > int(levels["n"].sum()),
        "index": several,
        "share": bool((everywhere > 1).any()),
    }
    return [mode for mode in modes_of([_catalog.indicators[name] for name in names]) if possible[mode]]


@st.cache_data(max_entries=512)
def _bases(edition_id: str, names: tuple[str, ...], mode: Mode, _offer: Offer, _catalog: Catalog) -> list[Basis]:
    levels = _offer.levels
    regions = set(levels.loc[levels["indicator"].isin(names), "region"])
    under = {basis: set(levels.loc[levels["indicator"] == name, "region"]) for basis, name in DENOMINATORS.items()}
    possible = bases_of([_catalog.indicators[name] for name in names], mode)
    return [basis for basis in possible if basis == "total" or regions & under[basis]]
