"""Trends: how indicators develop in chosen regions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from charts.bar import figures
from charts.chart import as_breaks
from charts.line import trend
from indicators import compare, development
from indicators.comparability import Note
from indicators.comparability_rules import Use
from indicators.compare import DENOMINATORS
from indicators.development import Development, View
from indicators.labels import sentences
from indicators.region_sets import whole_country
from indicators.regions import COUNTRY
from indicators.selection import Selection
from pages.parts import app, fair, frame, trends_choices, trends_derived, trends_words
from pages.parts.opening import opening
from pages.parts.page import Page
from pages.parts.trends_choices import Choice

NAMED = 6
"""At most so many names are written into a note."""


@st.cache_resource(max_entries=64)
def _developed(
    key: tuple[object, ...], _page: Page, _choice: Choice, _view: View, _breaks: pd.DataFrame
) -> Development:
    """The rows of a view, made once for each edition and choice; nobody changes them in place."""
    return development.develop(
        _choice.frame,
        _view,
        _page.catalog,
        _breaks,
        denominators=_denominators(_page, _choice),
        everywhere=_everywhere(_page, _choice),
    )


def show(page: Page, choice: Choice) -> None:
    """The chart of a choice, or why there is none."""
    ids = [one.id for one in choice.indicators]
    under = DENOMINATORS.get(choice.basis)
    breaks = page.edition.breaks([*ids, *([under] if under else [])])
    breaks = compare.breaks_with_denominator(breaks, ids, choice.basis)
    view = View(choice.mode, choice.basis, choice.base_year, choice.years)
    key = (page.edition.id, tuple(ids), choice.regions, choice.hidden, len(choice.frame), repr(view))
    made = _developed(key, page, choice, view, breaks)
    if made.empty:
        st.info(page.text(f"trends.empty_{made.empty}"), icon=":material/search_off:")
    elif development.is_sparse(made.rows):
        _figures(page, choice, made, breaks)
    else:
        _trend(page, choice, made, breaks)


def _denominators(page: Page, choice: Choice) -> pd.DataFrame | None:
    if choice.basis == "total":
        return None
    return page.edition.observations(
        Selection(indicators=(DENOMINATORS[choice.basis],), regions=choice.regions, whole=True)
    )


def _everywhere(page: Page, choice: Choice) -> pd.DataFrame | None:
    """All parts of the country, for shares of it."""
    if choice.mode != "share":
        return None
    regions = (COUNTRY, *whole_country(page.catalog.folder))
    return page.edition.observations(
        Selection(indicators=tuple(one.id for one in choice.indicators), regions=regions, whole=True)
    )


def _trend(page: Page, choice: Choice, made: Development, breaks: pd.DataFrame) -> None:
    told = [*_cautions(page, choice, made.rows, breaks, "trend"), *(_said(page, note) for note in made.notes)]
    if said := trends_words.findings(page, choice, made.rows, breaks):
        opening(*said, *(_said(page, note) for note in made.notes if note.code == "nominal"))
    chart = trend(
        made.rows,
        page.catalog,
        frame.look(page),
        source=frame.source_text(page, made.rows),
        value_label=_value_label(page, choice, made.rows),
        panels=choice.panels,  # type: ignore[arg-type]
        highlight=() if choice.panels == "region" else choice.highlight,
        breaks=as_breaks(breaks.to_dict("records"), page.lang),
        reference={"index": 100.0, "growth": 0.0}.get(choice.mode),
        notes=told,
    )
    frame.show(
        page,
        chart,
        made.rows,
        "trends.main",
        filters=_filters(page, choice),
    )


def _figures(page: Page, choice: Choice, made: Development, breaks: pd.DataFrame) -> None:
    """Values that are too few for lines: what can be said of them, and each by itself, a chart for each indicator."""
    told = [_said(page, note) for note in made.notes]
    for (name, _, unit), rows in made.rows.groupby(["indicator", "measure", "unit"], sort=False):
        note = development.what_compares(rows)
        said = [page.text(f"trends.few_{note.code}", **note.params)]
        if (rows["scenario"] != "actual").any():
            said.append(page.text("trends.few_targets"))
        st.info(sentences(said, page.lang), icon=":material/info:")
        chart = figures(
            rows,
            page.catalog,
            frame.look(page),
            source=frame.source_text(page, rows),
            value_label=_value_label(page, choice, rows),
            notes=[*_cautions(page, choice, rows, breaks, "side"), *told],
        )
        frame.show(
            page,
            chart,
            rows,
            f"trends.{name}.{unit}",
            filters=_filters(page, choice),
        )


def _value_label(page: Page, choice: Choice, rows: pd.DataFrame) -> str | None:
    """What the values are, where they are not the indicator itself."""
    basis = None if choice.basis == "total" else page.text(f"trends.value_{choice.basis}")
    mode = None
    if choice.mode == "growth":
        units = set(rows["unit"])
        mode = page.text(f"trends.value_growth_{units.pop() if len(units) == 1 else 'mixed'}")
    elif choice.mode != "level":
        mode = page.text(
            f"trends.value_{choice.mode}", **({"year": choice.base_year} if choice.mode == "index" else {})
        )
    return page.text("trends.value_joined", basis=basis, mode=mode) if basis and mode else basis or mode


def _cautions(page: Page, choice: Choice, rows: pd.DataFrame, breaks: pd.DataFrame, use: Use) -> list[str]:
    """What keeps the values from being compared without a thought."""
    said = fair.cautions(page, rows, use, breaks=breaks)
    said += trends_derived.note(page, rows)
    if choice.hidden:
        said.append(page.text("trends.note_parts_hidden", n=choice.hidden))
    return said


def _said(page: Page, note: Note) -> str:
    """How values were made, and what could not be."""
    if note.code == "cut":
        name = page.catalog.indicators[note.params["indicator"]].name(page.lang)
        return page.text("trends.note_cut", **{**note.params, "indicator": name})
    if note.code != "left_out":
        return page.text(f"trends.note_{note.code}", **note.params)
    names = [page.catalog.indicators[name].name(page.lang) for name in note.params.get("indicators", ())]
    names += [page.catalog.regions[code].name(page.lang) for code in note.params.get("regions", ())]
    return page.text("trends.note_left_out", names=_listed(page, names))


def _listed(page: Page, names: Sequence[str]) -> str:
    words = page.text("charts.list_comma").join(names[:NAMED])
    return words if len(names) <= NAMED else page.text("trends.names_more", names=words, n=len(names))


def _filters(page: Page, choice: Choice) -> Mapping[str, str]:
    """The choice in the reader's words, for the exports."""
    regions = _listed(page, [page.catalog.regions.path(code, page.lang) for code in choice.regions])
    return trends_choices.in_words(page, choice, regions)


page = app.begin("trends")
chosen: Any = trends_choices.ask(page)
if chosen:
    show(page, chosen)
app.finish(page)
