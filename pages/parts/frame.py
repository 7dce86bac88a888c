"""The frame around every chart: the chart, what to know, its numbers as a table, and the download bar.

A click on a point, or on a row of the table, leads to the evidence of that value.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from charts.chart import Chart, as_breaks, config_for, headings, source_line
from charts.export import file_name
from charts.layout import Look
from indicators.comparability import Note
from pages.parts import evidence, fair, retake
from pages.parts.exports import meta_of, works
from pages.parts.page import Page
from pages.parts.take import downloads

__all__ = ["breaks_of", "downloads", "look", "note_texts", "show", "source_text", "sources_of", "table"]


def look(page: Page) -> Look:
    """How charts are drawn for this reader: language, theme, width."""
    return Look(page.lang, page.theme, page.width)


def sources_of(page: Page, frame: pd.DataFrame) -> list[str]:
    """The sources behind a frame in the reader's language: publisher and title, most used first."""
    return [work["title"] for work in works(page, frame)]


def source_text(page: Page, frame: pd.DataFrame) -> str:
    return source_line(sources_of(page, frame), page.lang, edition=page.edition.id)


def breaks_of(page: Page, indicators: Sequence[str]) -> list[Any]:
    """The breaks of indicators, for a chart."""
    return as_breaks(page.edition.breaks(indicators).to_dict("records"), page.lang)


def note_texts(page: Page, notes: Sequence[Note]) -> list[str]:
    """Comparability notes as sentences in the reader's language."""
    return fair.texts(page, notes)


def show(
    page: Page,
    chart: Chart,
    frame: pd.DataFrame,
    key: str,
    *,
    notes: Sequence[str] = (),
    filters: Mapping[str, str] | None = None,
    behind: Mapping[str, Sequence[str]] | None = None,
    take: Callable[[str], None] | None = None,
    say: str = "",
) -> None:
    """Show one chart with everything that belongs to it.

    Args:
        frame: The rows behind the chart (with `inputs` where they are derived); the exports hold exactly these.
        notes: Sentences that the reader must know; they go into the exports as well.
        filters: What was chosen, in the reader's words, for the exports.
        behind: Where a mark stands for more than one row: what it carries -> the printed values behind it.
        take: Draws the download bar of a chart of computed numbers that are no observations; called with the key of
            the drawn chart.
        say: What the chart says in one sentence, for a slide; else what the page said last.
    """
    sentence = retake.said()
    if taking := retake.now():
        told = tuple(dict.fromkeys([*notes, *chart.notes]))
        taking.shown.append(
            retake.Shown(key, chart, frame, told, dict(filters or {}), say or sentence, take is not None)
        )
        return
    if chart.empty:
        st.info(chart.empty, icon=":material/search_off:")
        return
    inputs = _inputs(frame) if behind is None else behind

    def clicked() -> None:
        points = st.session_state[f"{key}.chart"]["selection"]["points"]
        evidence.ask([name for point in points for plotted in _ids_of(point) for name in inputs.get(plotted, ())])

    st.plotly_chart(
        chart.spec,
        theme=None,
        key=f"{key}.chart",
        on_select=clicked,
        selection_mode="points",
        config=config_for(file_name(meta_of(page, chart.title, unit=chart.unit, filters=filters), "")[:-1]),
        alt=chart.alt,
    )
    said = list(dict.fromkeys([*notes, *chart.notes]))
    fair.fold(page, said)
    _table(page, chart, inputs, key)
    if take:
        take(f"{key}.chart")
    else:
        shown = retake.Shown(key, chart, frame, tuple(said), dict(filters or {}), say or sentence)
        downloads(page, frame, chart.title, key, unit=chart.unit, notes=said, filters=filters, shown=shown)


def _inputs(frame: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    """Observation id of a plotted row -> the printed values behind it."""
    if frame.empty:
        return {}
    inputs = frame["inputs"] if "inputs" in frame else [(name,) for name in frame["observation_id"]]
    return dict(zip(frame["observation_id"], inputs, strict=True))


def _ids_of(point: Mapping[str, Any]) -> list[str]:
    """The rows that a point stands for: one, or two where it has a value on each axis."""
    data = point.get("customdata")
    if isinstance(data, Mapping):
        data = list(data.values())
    return [str(name) for name in (data if isinstance(data, (list, tuple)) else [data]) if name is not None]


def _table(page: Page, chart: Chart, inputs: Mapping[str, Sequence[str]], key: str) -> None:
    """The chart's numbers, sent to the browser only when somebody opens them; a click on a row opens its evidence."""
    box = st.expander(
        page.text("common.as_table", n=len(chart.table)),
        icon=":material/table_rows:",
        key=f"{key}.box",
        on_change="rerun",
    )
    with box:
        if box.open:
            table(
                page,
                chart.table.rename(columns=headings(chart.table, page.lang)),
                chart.table.get("observation_id"),
                inputs,
                key,
            )


def table(
    page: Page,
    shown: pd.DataFrame,
    ids: Sequence[str] | pd.Series | None,
    inputs: Mapping[str, Sequence[str]],
    key: str,
    *,
    show_ids: bool = False,
    **options: Any,
) -> None:
    """A table whose rows lead to their evidence.

    Args:
        shown: What is displayed; a column named as `observation_id`'s heading is hidden, unless `show_ids`.
        ids: The observation of each row, None where a row has none.
    """
    names = list(ids) if ids is not None else []

    def clicked() -> None:
        rows = st.session_state[f"{key}.table"]["selection"]["rows"]
        evidence.ask([name for row in rows for name in inputs.get(names[row], (names[row],)) if name])

    hidden = {"observation_id", headings(pd.DataFrame(columns=["observation_id"]), page.lang).get("observation_id")}
    shown = shown[[column for column in shown if show_ids or column not in hidden]]
    if not names:
        st.dataframe(shown, hide_index=True, **options)
        return
    st.caption(page.text("common.click_row"))
    st.dataframe(shown, hide_index=True, key=f"{key}.table", on_select=clicked, selection_mode="single-row", **options)
