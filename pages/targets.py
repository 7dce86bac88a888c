"""Targets: did we reach what we promised?"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from charts import target_words
from charts.numbers import SCALED, axis_scale
from charts.progress import By, progress
from indicators.target_frame import as_frame
from indicators.targets import Judged
from pages.parts import app, frame, targets_choices, targets_read, targets_table
from pages.parts import targets_words as words
from pages.parts.page import Page
from pages.parts.rows import readable
from pages.parts.targets_choices import Choice
from pages.parts.targets_read import Found

DETAILED = 60
"""At most so many targets are told one by one."""


def show(page: Page, found: Found, choice: Choice) -> None:
    """The targets of a choice: sentence, chart, table, each by itself; or which choice to widen."""
    chosen = choice.of(found.judged, page)
    if not chosen:
        names = [page.text(name) for name in choice.too_narrow(found.judged, page)]
        st.info(page.text("empty_choice", what=page.text("either").join(names)), icon=":material/search_off:")
        return
    st.markdown(f"**{words.opening(page, chosen, found.as_of)}**")
    # What to try next is for the reader of this page, not for those who see a slide.
    show_chart(page, found, choice, chosen, words.counted(page, chosen))
    st.subheader(page.text("table"), anchor=False)
    targets_table.show(page, chosen)
    with st.expander(page.text("details"), icon=":material/format_list_bulleted:", key="targets.details"):
        st.html(words.details(page, chosen[:DETAILED]))
        if len(chosen) > DETAILED:
            st.caption(page.text("details_most", most=DETAILED, n=len(chosen)))


def show_chart(page: Page, found: Found, choice: Choice, chosen: Sequence[Judged], say: str) -> None:
    """Targets of one kind in their own unit, several kinds as shares of the target."""
    rows = as_frame(found.frame, chosen)
    by, title = _title(page, chosen)
    substitutes = {name: other.why[page.lang] for name, other in found.rules.filled_from.items()}
    notes = words.notes(page, chosen, substitutes)
    if by == "share" and any(one.side == "le" for one in chosen):
        notes.append(page.text("note_shares"))
    source = frame.source_text(page, rows)
    chart = progress(chosen, page.catalog, frame.look(page), title=title, by=by, source=source, notes=notes)
    filters = targets_choices.in_words(page, choice)
    frame.show(page, chart, rows, "targets.main", notes=notes, filters=filters, say=say)


def _title(page: Page, chosen: Sequence[Judged]) -> tuple[By, str]:
    kinds = {(one.target["indicator"], one.target["unit"], one.target["measure"]) for one in chosen}
    levels = {page.catalog.regions[one.target["region"]].level for one in chosen}
    target = chosen[0].target
    # Totals of a country and of its provinces share no axis.
    if len(kinds) == 1 and (len(levels) == 1 or target["unit"] not in SCALED):
        indicator = page.catalog.indicators[target["indicator"]]
        scale = axis_scale((one.goal for one in chosen), target["unit"], page.lang, page.catalog, indicator=indicator)
        name = target_words.kind(chosen[0], page.catalog, page.lang)
        return "value", page.text("chart_value", indicator=name, unit=scale.name)
    places = {one.target["region"] for one in chosen}
    what = page.text("chart_what", n=len(chosen))
    if len(places) == 1:
        where = target_words.place(chosen[0], page.catalog, page.lang)
        what = page.text("chart_what_of", place=where, n=len(chosen))
    return "share", page.text("chart_share", what=what)


def show_norms(page: Page, norms: pd.DataFrame) -> None:
    """Requirements by themselves: they are nobody's promise."""
    st.subheader(page.text("norms"), anchor=False)
    st.caption(page.text("norms_why"))
    shown = readable(page, norms, ("region", "indicator", "value", "unit", "comparator", "scope", "source_id"))
    ids = norms["observation_id"].tolist()
    frame.table(page, shown, ids, {name: (name,) for name in ids}, "targets.norms")


def main() -> None:
    page = app.begin("targets")
    found = targets_read.read(page)
    norms = found.norms
    if not found.judged:
        st.info(page.text("empty_edition"), icon=":material/search_off:")
    else:
        choice = targets_choices.ask(page, found.judged)
        show(page, found, choice)
        norms = norms.loc[[choice.holds(row.region, row.indicator, page) for row in norms.itertuples()]]
    if len(norms):
        show_norms(page, norms)
    app.finish(page)


main()
