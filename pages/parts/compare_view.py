"""What all views of the Compare page share: the choices made so far, reading, fairness, and the frame."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from charts.chart import Chart, titled
from charts.numbers import axis_scale
from indicators import compare, facts
from indicators.catalog import Indicator
from indicators.compare import Basis
from indicators.notes import Note
from indicators.regions import COUNTRY
from pages.parts import choose, frame, retake
from pages.parts import compare_choices as choices
from pages.parts import compare_rows as rows_of
from pages.parts import compare_words as words
from pages.parts.compare_choices import Offer, Years
from pages.parts.page import Page


@dataclass(slots=True)
class View:
    """One run of a view, filled while its widgets are drawn.

    Attributes:
        scope: A scope as printed, or None for whole regions.
        set, regions: The set of regions that are compared, and its members.
        lit: The regions that are to stand out.
        left_out: What was left out of the rows when they were read.
    """

    page: Page
    offered: Offer
    indicator: Indicator
    scope: str | None
    set: str = ""
    regions: tuple[str, ...] = ()
    lit: tuple[str, ...] = ()
    basis: Basis = "total"
    left_out: tuple[Note, ...] = ()

    @property
    def place(self) -> str:
        """The set's name, empty for all provinces."""
        if self.set == choices.CHOSEN:
            return self.page.text("place_chosen")
        return "" if self.set == choices.everyone(self.page) else choices.set_name(self.page, self.set)

    @property
    def pointed(self) -> tuple[str, ...]:
        """The regions that stand out among others; none where they are compared among themselves."""
        return () if self.set == choices.CHOSEN else self.lit

    @property
    def shown(self) -> str:
        """What is compared, in words."""
        return words.what(self.page, self.indicator, self.basis, self.scope)

    def label(self, indicator: Indicator) -> str | None:
        """What stands behind an indicator's name on the chart: its basis and scope."""
        scope = self.scope if indicator is self.indicator else None
        return words.value_label(self.page, indicator, choices.basis_of(indicator, self.basis), scope)

    def years(self, other: Indicator | None = None) -> Years:
        """The regions by year that have all that the view needs, on the chosen basis."""
        found = self.offered.provinces[self.indicator.id, self.scope]
        found = choices.divided(found, self.indicator, self.basis, self.offered)
        if other is None:
            return found
        second = choices.divided(self.offered.provinces[other.id, None], other, self.basis, self.offered)
        return choices.common(found, second)

    # -- choices ------------------------------------------------------------------------------------------------------

    def choose_regions(self, other: Indicator | None = None, sets: bool = True) -> None:
        self.set, self.regions, self.lit = choices.regions(self.page, self.years(other), sets)

    def choose_basis(self, other: Indicator | None = None) -> None:
        several = [self.indicator] if other is None else [self.indicator, other]
        years = choices.comparable(self.years(other), self.regions)
        self.basis = choices.basis(self.page, several, self.offered, years)

    def choose_year(self, other: Indicator | None = None) -> int:
        years = self.years(other)
        options = choices.comparable(years, self.regions)
        usual = choices.usual_year(years, self.regions, options)
        return choose.year(self.page, "y", self.page.text("year"), options, usual)

    def choose_two_years(self) -> tuple[int, int]:
        """The earlier and the later year: by default the longest span over which the most regions can be compared."""
        page, years, among = self.page, self.years(), frozenset(self.regions)
        options = [year for year in choices.comparable(years, self.regions) if choices.earlier(years, year, among)]
        last = choose.year(page, "y", page.text("year"), options, choices.usual_year(years, self.regions, options))
        before = choices.earlier(years, last, among)
        most = max(before.values())
        usual = min(year for year, n in before.items() if n == most)
        return choose.year(page, "from", page.text("year_first"), list(before), usual), last

    # -- rows and words -----------------------------------------------------------------------------------------------

    def read(self, names: Sequence[str], years: Sequence[int], planned: bool = False) -> pd.DataFrame:
        """The rows of the chosen regions and of the country; see `compare_rows.read`."""
        wanted = rows_of.Wanted(tuple(names), tuple(years), self.regions, self.basis, self.scope, planned)
        rows, left_out = rows_of.read(self.page.edition, self.page.catalog, wanted)
        self.left_out = tuple(left_out)
        return rows

    def title(self, rows: pd.DataFrame, when: str) -> str | None:
        """The chart's title with the place in it; None, for the chart's own, where all provinces are compared."""
        if not self.place or rows.empty:
            return None
        lang, catalog = self.page.lang, self.page.catalog
        scale = axis_scale(rows["value"], rows["unit"].iloc[0], lang, catalog, indicator=self.indicator)
        return titled(lang, what=self.shown, when=when, unit=scale.name, place=self.place)

    def missing(self, rows: pd.DataFrame) -> str:
        """The regions that lack a value, by name; empty where none does."""
        codes = facts.lacking(rows, self.regions)
        names = words.join(self.page, [self.page.catalog.regions[code].name(self.page.lang) for code in codes])
        return self.page.text("missing", regions=names, n=len(codes)) if codes else ""

    def fairness(self, rows: pd.DataFrame) -> list[str]:
        """What a reader must know before believing the comparison: among whom, who is missing, comparability."""
        page = self.page
        said = [page.text("among", place=self.place, n=len(self.regions))] if self.place else []
        said += [missing] if (missing := self.missing(rows)) else []
        if self.indicator.direction == "lower":
            said.append(page.text("lower_first"))
        names = list(rows["indicator"].unique())
        if self.basis != "total":
            said.append(page.text(f"note_{self.basis}"))
            kept = [
                one
                for one in map(page.catalog.indicators.__getitem__, names)
                if not compare.can_divide(one, self.basis)
            ]
            if kept:
                said.append(page.text("undivided", names=words.join(page, [one.name(page.lang) for one in kept])))
        return [*said, *frame.note_texts(page, [*self.left_out, *self.notes(rows)])]

    def notes(self, rows: pd.DataFrame) -> list[Note]:
        """The comparability notes of the regions' rows."""
        page, names = self.page, list(rows["indicator"].unique())
        under = [] if self.basis == "total" else [compare.DENOMINATORS[self.basis]]
        breaks = compare.breaks_with_denominator(page.edition.breaks([*names, *under]), names, self.basis)
        return compare.notes(rows_of.regional(rows), page.catalog, breaks, page.edition.sources)

    def show(self, chart: Chart, rows: pd.DataFrame, name: str, said: Sequence[str], more: Mapping[str, str]) -> None:
        """The chart in its frame, with the choices in words for the exports."""
        page = self.page
        filters = {page.text("indicator"): self.shown}
        if self.set:
            filters[page.text("set")] = choices.set_name(page, self.set)
        filters |= {page.text(key): value for key, value in more.items()}
        frame.show(page, chart, rows, f"compare.{name}", notes=said, filters=filters)

    def chart_options(self, rows: pd.DataFrame, said: Sequence[str]) -> dict[str, Any]:
        """What every chart of one indicator is told."""
        return {
            "source": frame.source_text(self.page, rows),
            "value_label": self.label(self.indicator),
            "highlight": self.pointed,
            "notes": said,
        }


def opening(sentence: str, *further: str) -> None:
    """What the chart says in plain words; below it whatever else must be read first."""
    retake.say(sentence)
    st.markdown("  \n".join([f"**{sentence}**", *filter(None, further)]))


def competing(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows that take part in the comparison: actual values of regions, without the country."""
    return rows_of.actual(rows.loc[rows["region"] != COUNTRY])
