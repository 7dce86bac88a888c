"""What an edition lets a reader compare: options of the Compare and Index pages, looked up once for each edition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from indicators.across import LEAST, Years
from indicators.catalog import Catalog, Indicator
from indicators.compare import DENOMINATORS, Basis, can_divide
from indicators.queries import Edition
from indicators.selection import Selection
from pages.parts.page import Page


@dataclass(frozen=True, slots=True)
class Offer:
    """What can be compared in an edition.

    Attributes:
        provinces: For each indicator and scope (None: whole regions) the provinces with an actual level, by year.
        reported: Indicators with figures of reports.
        loose: Every indicator with current values, in the catalogue's order.
        targets: Indicators for which provinces have targets.
    """

    provinces: Mapping[tuple[str, str | None], Years]
    reported: frozenset[str]
    loose: tuple[str, ...]
    targets: frozenset[str]

    def rankable(self, indicator: str) -> bool:
        """Whether some year has two provinces or more."""
        return any(
            len(regions) >= LEAST
            for (name, _), years in self.provinces.items()
            if name == indicator
            for regions in years.values()
        )

    def scopes(self, indicator: str) -> list[str | None]:
        """The scopes whose values can be compared, the whole region first."""
        return [
            scope
            for (name, scope), years in self.provinces.items()
            if name == indicator and any(len(regions) >= LEAST for regions in years.values())
        ]


@st.cache_resource(max_entries=4, show_spinner=False)
def _offer(edition_id: str, _edition: Edition, _catalog: Catalog) -> Offer:
    """An edition never changes, so this is worked out once for each."""
    del edition_id
    codes = tuple(region.code for region in _catalog.regions.provinces())
    found: dict[tuple[str, str | None], Years] = {}
    rows = _edition.regions_by_year(Selection(regions=codes, measures=("level",), scenarios=("actual",)))
    for row in rows.itertuples():
        scope = None if pd.isna(row.scope) else str(row.scope)
        found.setdefault((row.indicator, scope), {})[int(row.year)] = frozenset(row.regions)
    everything = _edition.available()
    have = set(everything["indicator"])
    targets = _edition.available(Selection(regions=codes, scenarios=("target", "requirement"), measures=("level",)))
    reported = frozenset(everything.loc[everything["origin"] == "report", "indicator"])
    return Offer(
        found, reported, tuple(name for name in _catalog.indicators if name in have), frozenset(targets["indicator"])
    )


def offer(page: Page) -> Offer:
    return _offer(page.edition.id, page.edition, page.catalog)


def divided(years: Years, indicator: Indicator, chosen: Basis, offered: Offer) -> Years:
    """The regions by year that still have a value on that basis: those with a denominator."""
    if chosen == "total" or not can_divide(indicator, chosen):
        return years
    under = offered.provinces.get((DENOMINATORS[chosen], None), {})
    return {year: found & under[year] for year, found in years.items() if year in under}
