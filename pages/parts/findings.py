"""What the checks found: a few in full, many as a table; either leads to the evidence of every value concerned."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from pages.parts import evidence, frame, problems, rows
from pages.parts.page import Page

FEW = 8
"""So many are written out; more are a table."""
WRAPPED = 62
"""Pixels of a row in which a sentence has room for three lines."""


def show(page: Page, found: pd.DataFrame, key: str) -> None:
    """Rows of `Edition.problems`, in their order."""
    if len(found) <= FEW:
        for place, row in enumerate(found.itertuples()):
            _card(page, row, f"{key}.{place}")
        return
    names = [str(place) if ids else None for place, ids in enumerate(found["evidence"])]
    inputs = {str(place): tuple(ids) for place, ids in enumerate(found["evidence"]) if ids}
    height = min(len(found), rows.MOST // 2) * WRAPPED + 39
    frame.table(
        page, problems.table(page, found), names, inputs, key, height=height, row_height=WRAPPED,
        column_config={
            page.text("method.problem"): st.column_config.TextColumn(width="large"),
            page.text("method.where"): st.column_config.TextColumn(width="medium"),
            page.text("method.hint"): st.column_config.TextColumn(width="large"),
        },
    )  # fmt: skip


def _card(page: Page, row: object, key: str) -> None:
    """One finding with what to do, and the way to its evidence."""
    severity, code, ids = row.severity, row.code, row.evidence  # type: ignore[attr-defined]
    with st.container(border=True):
        name = page.text(f"problems.{code}_name")
        icon = ":material/info:" if severity == "note" else ":material/warning:"
        st.markdown(f"{icon} **{name}**{page.text('evidence.colon')}{problems.sentence(page, row)}")
        st.caption(f"{problems.hint(page, row)}{page.text('charts.dot')}{row.where}")  # type: ignore[attr-defined]
        if ids:
            st.button(
                page.text("method.see_evidence", n=len(ids)), key=key, icon=":material/search:", type="tertiary",
                on_click=partial(evidence.ask, list(ids)),
            )  # fmt: skip
