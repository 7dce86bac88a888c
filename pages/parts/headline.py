"""One headline figure: value, change on the year before, a tiny line; its source and its trend one click away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from indicators.catalog import Indicator
from indicators.profile import Change
from pages.parts import evidence
from pages.parts import region_words as words
from pages.parts.page import Page

FEWEST = 4
"""Places of a row on a wide page at least."""


def headline(
    page: Page,
    indicator: Indicator,
    value: str,
    *,
    year: int,
    where: str,
    change: Change | None,
    path: Sequence[float],
    inputs: Sequence[str],
    trend: Mapping[str, str],
) -> None:
    """Show one figure.

    Args:
        value: In words, with its unit.
        where: Whose figure it is and of what year.
        change: Against the year before, if the two compare.
        path: Values of the years up to this one, for the tiny line.
        inputs: The printed values behind the figure, for its evidence.
        trend: Query of the Trends page.
    """
    key = f"{page.name}.source.{indicator.id}"
    st.metric(
        indicator.name(page.lang),
        value,
        words.change_of(page, change, indicator) if change else None,
        delta_color="primary",
        delta_arrow="off" if not change or not change.value else "up" if change.value > 0 else "down",
        delta_description=page.text("region.against", year=year - 1) if change else None,
        chart_data=list(path) or None,
        help=indicator.meaning[page.lang],
    )
    st.caption(where)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.button(
            page.text("region.evidence"),
            key=key,
            type="tertiary",
            icon=":material/find_in_page:",
            on_click=evidence.ask,
            args=(inputs,),
        )
        st.page_link(
            "pages/trends.py", label=page.text("region.trend"), icon=":material/show_chart:",
            query_params={"i": indicator.id, "lang": page.lang, **trend},
        )  # fmt: skip


def rows_of(page: Page, n: int) -> Iterator[DeltaGenerator]:
    """Places for so many figures: side by side, two to a row on a phone; few are not stretched over the page."""
    width = 2 if page.narrow else max(n, FEWEST)
    for start in range(0, n, width):
        # Names of one and of two lines: what stands below them is level.
        yield from st.columns(width, wrap=not page.narrow, vertical_alignment="bottom")[: n - start]
