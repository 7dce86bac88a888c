"""Whether what the reader chose may be compared: the sentences beside it, or why there is no chart and what to do."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

import pandas as pd
import streamlit as st

from charts.chart import Chart
from indicators.comparability import Note, Verdict, judge
from indicators.comparability_rules import Use
from indicators.comparability_words import sentence, way_out
from indicators.labels import sentences
from indicators.selection import Selection
from pages.parts import retake
from pages.parts.page import Page

SAID = 3
"""So many sentences stand open above a table; the others are folded away."""
MOST = 50_000
"""Rows of a table that are looked through for what keeps them from being compared."""
Way = tuple[str, Callable[[], None]]
"""A button that takes a way out: its label, and what it does before the page is drawn again."""
Link = tuple[str, str, Mapping[str, str]]
"""A page that shows the same without comparing: label, file, query."""


def verdict(
    page: Page, rows: pd.DataFrame, use: Use, asked: Collection[str] = (), breaks: pd.DataFrame | None = None
) -> Verdict:
    """The catalogue's rules on the rows that are compared (without what is only a reference).

    Args:
        breaks: Those of the indicators, where they are not the indicators' own alone (a denominator's).
    """
    if breaks is None:
        breaks = page.edition.breaks(list(rows["indicator"].unique()))
    return judge(rows, use, page.catalog, breaks, page.edition.sources, asked)


def texts(page: Page, notes: Sequence[Note]) -> list[str]:
    """Notes as sentences in the reader's language."""
    return [sentence(note, page.catalog, page.lang) for note in notes]


def cautions(
    page: Page, rows: pd.DataFrame, use: Use, asked: Collection[str] = (), breaks: pd.DataFrame | None = None
) -> list[str]:
    """What to say beside rows that are shown anyway."""
    found = verdict(page, rows, use, asked, breaks)
    return texts(page, [*found.refusals, *found.notes])


def refuse(
    page: Page, found: Verdict, key: str, ways: Mapping[str, Way] | None = None, links: Mapping[str, Link] | None = None
) -> None:
    """In place of a chart: why the rows are not compared, what to do, and buttons that do it; a briefing has the words.

    Args:
        ways, links: Way (as rules name them) -> its button or link, where one click can take it.
    """
    reasons = texts(page, found.refusals)
    ways_out = (way_out(note, page.catalog, page.lang) for note in last_of_each_way(found.refusals))
    way = sentences(dict.fromkeys(ways_out), page.lang)
    if taking := retake.now():
        why = sentences([page.text("notes.refused"), *reasons, way], page.lang)
        chart = Chart({}, pd.DataFrame(), "", "", "", why, empty=why)
        taking.shown.append(retake.Shown(key, chart, pd.DataFrame(), (), {}, ""))
        return
    lines = [f"**{page.text('notes.refused')}**", *(f"- {reason}" for reason in reasons), "", way]
    st.warning("\n".join(lines), icon=":material/balance:")
    wanted = {note.way for note in found.refusals}
    with st.container(horizontal=True, vertical_alignment="center"):
        for way, (label, act) in (ways or {}).items():
            if way in wanted:
                st.button(label, key=f"{key}.way.{way}", on_click=act, icon=":material/undo:")
        for way, (label, file, query) in (links or {}).items():
            if way in wanted:
                st.page_link(file, label=label, icon=":material/show_chart:", query_params={**query, "lang": page.lang})


def last_of_each_way(refusals: Sequence[Note]) -> list[Note]:
    """One refusal for each way out: of several breaks the last, behind which there is none."""
    found: dict[str | None, Note] = {}
    for note in sorted(refusals, key=lambda note: int(note.params.get("year", 0))):
        found[note.way] = note
    return list(found.values())


def say(page: Page, said: Sequence[str], key: str) -> None:
    """Sentences above a table or a page: the first ones open, the others folded away."""
    if not said:
        return
    st.info("\n".join(f"- {one}" for one in said[:SAID]) if len(said) > 1 else said[0], icon=":material/balance:")
    if len(said) > SAID:
        with st.expander(page.text("notes.further", n=len(said) - SAID), icon=":material/info:", key=f"{key}.further"):
            st.markdown("\n".join(f"- {one}" for one in said[SAID:]))


def fold(page: Page, said: Sequence[str]) -> None:
    """Sentences below a chart or a page, folded away: the chart has the first ones in itself."""
    if said:
        with st.expander(page.text("common.notes", n=len(said)), icon=":material/info:"):
            st.markdown("\n".join(f"- {one}" for one in said))


def of_selection(page: Page, chosen: Selection, count: int) -> list[str]:
    """What to know of all rows of a selection, however many of them a page shows."""
    if count > MOST:
        return [page.text("notes.too_many", most=f"{MOST:,}")]
    return texts(page, _of_selection(page.edition.id, chosen, page))


@st.cache_resource(max_entries=64, show_spinner=False)
def _of_selection(edition_id: str, chosen: Selection, _page: Page) -> tuple[Note, ...]:
    """An edition never changes, so this is worked out once for each selection."""
    del edition_id
    found = verdict(_page, _page.edition.observations(chosen), "rows")
    return (*found.refusals, *found.notes)
