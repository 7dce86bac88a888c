"""What all views of the Compare page share: the choices made so far, reading, fairness, and the frame."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd
import streamlit as st

from charts.chart import Chart, titled
from charts.numbers import axis_scale
from indicators import across as rows_of
from indicators import compare, facts
from indicators.across import Years
from indicators.catalog import Indicator
from indicators.comparability import Note, Verdict, crosses_break
from indicators.comparability_rules import Use
from indicators.compare import Basis
from indicators.fit import Fit, judge
from indicators.fit_rules import Relation, load_rules, related
from indicators.regions import COUNTRY
from pages.parts import app, choose, fair, frame
from pages.parts import compare_choices as choices
from pages.parts import compare_words as words
from pages.parts.compare_findings import Side
from pages.parts.compare_offer import Offer, divided
from pages.parts.page import Page
from pages.parts.peer_sets import Among, everyone

USES: Mapping[str, Use] = {"change": "change", "scatter": "scatter", "heat": "heat", "figures": "side"}
"""For which use the rows of a view are judged; every other view ranks."""


class NothingToShow(Exception):
    """The choice leaves nothing to compare; the message is the label that says why and what to try."""


@dataclass(slots=True)
class View:
    """One run of a view, filled while its widgets are drawn.

    Attributes:
        scope: A scope as printed, or None for whole regions.
        mode: The view's code.
        among: The regions that are compared, under their name.
        lit: The regions that are to stand out.
        left_out: What was left out of the rows when they were read.
        firsts: The years that the earlier of two years can be.
        asked: What the reader asked for outright, as the rules of comparability name it.
    """

    page: Page
    offered: Offer
    indicator: Indicator
    scope: str | None
    mode: str = "ranking"
    among: Among = field(default_factory=lambda: Among("", "", ()))
    lit: tuple[str, ...] = ()
    basis: Basis = "total"
    left_out: tuple[Note, ...] = ()
    firsts: tuple[int, ...] = ()
    asked: frozenset[str] = frozenset()

    @property
    def regions(self) -> tuple[str, ...]:
        return self.among.members

    @property
    def place(self) -> str:
        """The set's name, empty for all provinces."""
        if self.among.code == choices.CHOSEN:
            return self.page.text("place_chosen")
        return "" if self.among.code == everyone(self.page).code else self.among.name

    @property
    def pointed(self) -> tuple[str, ...]:
        """The regions that stand out among others; none where they are compared among themselves."""
        return () if self.among.code == choices.CHOSEN else self.lit

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
        found = divided(found, self.indicator, self.basis, self.offered)
        if other is None:
            return found
        second = divided(self.offered.provinces[other.id, None], other, self.basis, self.offered)
        return rows_of.common(found, second)

    # -- choices ------------------------------------------------------------------------------------------------------

    def choose_regions(self, other: Indicator | None = None, sets: bool = True) -> None:
        self.among, self.lit = choices.regions(self.page, self.years(other), sets)

    def choose_basis(self, other: Indicator | None = None) -> None:
        several = [self.indicator] if other is None else [self.indicator, other]
        years = rows_of.comparable(self.years(other), self.regions)
        self.basis = choices.basis(self.page, several, self.offered, years)

    def choose_year(self, other: Indicator | None = None) -> int:
        """One year in which at least two of the regions have all that the view needs.

        Raises:
            NothingToShow: There is none.
        """
        years = self.years(other)
        options = rows_of.comparable(years, self.regions)
        if not options:
            raise NothingToShow("nothing_year")
        usual = rows_of.usual_year(years, self.regions, options)
        return choose.year(self.page, "y", self.page.text("year"), options, usual)

    def choose_two_years(self) -> tuple[int, int]:
        """The earlier and the later year: by default the longest span without a break, over which the most regions can
        be compared.

        Raises:
            NothingToShow: No two years have two of the regions in common.
        """
        page, years, among = self.page, self.years(), frozenset(self.regions)
        options = [year for year in rows_of.comparable(years, self.regions) if rows_of.earlier(years, year, among)]
        if not options:
            raise NothingToShow("nothing_pair")
        last = choose.year(page, "y", page.text("year"), options, rows_of.usual_year(years, self.regions, options))
        before = rows_of.earlier(years, last, among)
        self.firsts = tuple(before)
        cuts = self.breaks([self.indicator.id])["year"].tolist()
        sound = {year: n for year, n in before.items() if not crosses_break(year, last, cuts)} or before
        most = max(sound.values())
        usual = min(year for year, n in sound.items() if n == most)
        return choose.year(page, "from", page.text("year_first"), list(before), usual), last

    def choose_strips(self, last: int) -> list[int]:
        """The years of a distribution: the last one, and if they are asked for earlier ones that compare with it."""
        cuts = self.breaks([self.indicator.id])["year"].tolist()
        years = {year: found for year, found in self.years().items() if not crosses_break(year, last, cuts)}
        return choices.strips(self.page, years, last, self.regions)

    # -- rows and words -----------------------------------------------------------------------------------------------

    def read(self, names: Sequence[str], years: Sequence[int], planned: bool = False) -> pd.DataFrame:
        """The rows of the chosen regions and of the country; see `across.read`.

        Where they are not to be compared, the page ends here with why and what to do.

        Raises:
            NothingToShow: No region has an actual value.
        """
        wanted = rows_of.Wanted(tuple(names), tuple(years), self.regions, self.basis, self.scope, planned)
        rows, left_out = rows_of.read(self.page.edition, self.page.catalog, wanted)
        self.left_out = tuple(left_out)
        self.asked = frozenset({"plans"} if planned else ())
        found = self.verdict(rows)
        if not found.fair:
            trend = (self.page.text("notes.way_after_break_trend"), "pages/trends.py", {"i": self.indicator.id})
            fair.refuse(self.page, found, "compare", self.ways(found), {"after_break": trend})
            app.stop(self.page)
        self.some(competing(rows))
        return rows

    def ways(self, found: Verdict) -> dict[str, fair.Way]:
        """The ways out of a refusal that one click can take."""
        breaks = [int(note.params["year"]) for note in found.refusals if note.way == "after_break"]
        later = [year for year in self.firsts if breaks and year >= max(breaks)]
        if not later:
            return {}

        def act() -> None:
            st.session_state["compare.from"] = str(min(later))

        return {"after_break": (self.page.text("notes.way_after_break_short", year=min(later)), act)}

    def some(self, rows: pd.DataFrame) -> pd.DataFrame:
        """The same rows.

        Raises:
            NothingToShow: There are none.
        """
        if rows.empty:
            raise NothingToShow("nothing_rows")
        return rows

    def sides(self, other: Indicator, rows: pd.DataFrame) -> tuple[Side, Side]:
        """The two axes of a scatter."""
        return self._side(self.indicator, self.scope, rows), self._side(other, None, rows)

    def _side(self, indicator: Indicator, scope: str | None, rows: pd.DataFrame) -> Side:
        basis = choices.basis_of(indicator, self.basis)
        name = words.what(self.page, indicator, basis, scope)
        return Side(indicator, basis, name, rows.loc[rows["indicator"] == indicator.id])

    def line(self, sides: tuple[Side, Side], logs: tuple[bool, bool]) -> tuple[Fit, Relation | None]:
        """The line through a scatter, or why there is none; and what the sides have to do with each other anyway."""
        catalog = self.page.catalog
        across, up = (dict(zip(side.rows["region"], side.rows["value"], strict=True)) for side in sides)
        fit = judge(across, up, load_rules(catalog.folder), log_x=logs[0], log_y=logs[1])
        one, other = ((side.indicator, side.basis) for side in sides)
        relation = related(one, other, catalog)
        return (replace(fit, line=None) if relation and relation.forbids else fit), relation

    def title(self, rows: pd.DataFrame, when: str, what: str = "") -> str | None:
        """The chart's title with the place in it; None, for the chart's own, where all provinces are compared.

        Args:
            what: What is shown, where that is not just the indicator.
        """
        if not self.place or rows.empty:
            return None
        lang, catalog = self.page.lang, self.page.catalog
        scale = axis_scale(rows["value"], rows["unit"].iloc[0], lang, catalog, indicator=self.indicator)
        return titled(lang, what=what or self.shown, when=when, unit=scale.name, place=words.begun(self.place))

    def missing(self, rows: pd.DataFrame) -> str:
        """The regions that lack a value, by name; empty where none does."""
        codes = facts.lacking(rows, self.regions)
        names = words.join(self.page, [self.page.catalog.regions[code].name(self.page.lang) for code in codes])
        return self.page.text("missing", regions=names, n=len(codes)) if codes else ""

    def fairness(self, rows: pd.DataFrame) -> list[str]:
        """What a reader must know before believing the comparison: among whom, who is missing, comparability."""
        page = self.page
        said = [page.text("among", place=self.place, n=len(self.regions))] if self.place else []
        said += [self.among.rule] if self.among.rule else []
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
        return list(self.verdict(rows).notes)

    def verdict(self, rows: pd.DataFrame) -> Verdict:
        """Whether the regions' rows may be compared as this view does it."""
        names = list(rows["indicator"].unique())
        use = USES.get(self.mode, "ranking")
        if self.mode == "distribution":  # Earlier years stand in rows of their own; within a row one year is ranked.
            rows = rows.loc[rows["year"] == rows["year"].max()]
        return fair.verdict(self.page, rows_of.regional(rows), use, self.asked, self.breaks(names))

    def breaks(self, names: Sequence[str]) -> pd.DataFrame:
        """The breaks of indicators on the chosen basis."""
        under = [] if self.basis == "total" else [compare.DENOMINATORS[self.basis]]
        return compare.breaks_with_denominator(self.page.edition.breaks([*names, *under]), names, self.basis)

    def show(self, chart: Chart, rows: pd.DataFrame, name: str, said: Sequence[str], more: Mapping[str, str]) -> None:
        """The chart in its frame, with the choices in words for the exports."""
        page = self.page
        filters = {page.text("indicator"): self.shown}
        if self.among.code:
            filters[page.text("set")] = self.among.name
        filters |= {page.text(key): value for key, value in more.items()}
        frame.show(page, chart, rows, f"compare.{name}", notes=said, filters=filters)

    def lit_in(self, rows: pd.DataFrame) -> tuple[str, ...]:
        """The regions that stand out and have a value; without one, no other region is to look pale beside it."""
        return tuple(code for code in self.pointed if code in set(rows["region"]))

    def chart_options(self, rows: pd.DataFrame, said: Sequence[str]) -> dict[str, Any]:
        """What every chart of one indicator is told."""
        return {
            "source": frame.source_text(self.page, rows),
            "value_label": self.label(self.indicator),
            "highlight": self.lit_in(rows),
            "notes": said,
        }


def refuse(page: Page, why: NothingToShow) -> None:
    """Say why there is nothing to compare, and what to try."""
    st.info(page.text(str(why)), icon=":material/search_off:")


def competing(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows that take part in the comparison: actual values of regions, without the country."""
    return rows_of.actual(rows.loc[rows["region"] != COUNTRY])
