"""The table of the Targets page: each cell leads to the evidence of what it says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from charts import target_words as words
from charts.layout import text_width
from indicators.targets import Judged
from pages.parts import evidence
from pages.parts.page import Page
from pages.parts.rows import height

WIDE = ("place", "indicator", "verdict", "goal", "due", "start", "latest", "share", "needed")
NARROW = ("indicator", "verdict", "goal", "due", "latest", "start", "needed", "share")
RIGHT = frozenset({"goal", "start", "latest", "share", "needed"})
HELPED = frozenset({"share", "needed"})
ROOM = 1150
"""Pixels of all columns on one line; longer texts run over two lines, in columns of at most `FOLDED` pixels."""
FOLDED = {"indicator": 270, "goal": 120, "start": 140, "latest": 140, "needed": 155}
TALL, TALLEST = 62, 84
"""Row heights for two lines and, on a phone, three: text runs over several lines only in rows above 60 pixels."""
PHONE = 176
"""Pixels of the first column on a phone."""
SIZE = 12.5
"""Size of the table's letters, in which widths are reckoned."""
FEW = 12
"""Rows up to which the table is as tall as its rows."""


def show(page: Page, chosen: Sequence[Judged]) -> None:
    """One row for each target; columns that say nothing are left out."""
    said = {name: [_cell(page, one, name) for one in chosen] for name in (NARROW if page.narrow else WIDE)}
    said = {name: cells for name, cells in said.items() if any(cell not in (None, "") for cell in cells)}
    headings = {page.text(f"column_{name}"): name for name in said}
    widths = {name: _wide(page.text(f"column_{name}"), cells) for name, cells in said.items()}
    folds = not page.narrow and sum(widths.values()) > ROOM
    if folds:
        widths |= {name: min(widths[name], most) for name, most in FOLDED.items() if name in widths}
    elif page.narrow:
        widths["indicator"] = PHONE

    def clicked() -> None:
        cells = st.session_state["targets.cells"]["selection"]["cells"]
        evidence.ask([one for row, heading in cells for one in behind(chosen[row], headings[heading])])

    st.caption(page.text("table_help"))
    st.dataframe(
        pd.DataFrame({heading: said[name] for heading, name in headings.items()}),
        hide_index=True,
        column_config={heading: _column(page, name, widths[name]) for heading, name in headings.items()},
        key="targets.cells",
        on_select=clicked,
        selection_mode="single-cell",
        placeholder="",
        height="content" if len(chosen) <= FEW else height(len(chosen)),
        row_height=TALLEST if page.narrow else TALL if folds else None,
        alt=page.text("alt_table"),
    )


def behind(one: Judged, column: str) -> Sequence[str]:
    """The printed values behind one cell: one side of the evidence, or both and what is near them."""
    if column == "goal":
        return (one.id,)
    if column == "start" and one.start:
        return one.start.inputs
    if column == "latest" and one.latest:
        return one.latest.inputs
    return (*one.inputs, *one.nearby)


def _cell(page: Page, one: Judged, name: str) -> Any:
    catalog, lang = page.catalog, page.lang
    match name:
        case "place":
            return words.place(one, catalog, lang)
        case "indicator":
            subject = words.subject(one, catalog, lang)
            return page.text("charts.dot").join([words.place(one, catalog, lang), subject]) if page.narrow else subject
        case "goal":
            return words.goal(one, catalog, lang)
        case "due":
            return one.year
        case "start":
            return words.known_at(one.start, one, catalog, lang) if one.start else None
        case "latest":
            return words.known_at(one.latest, one, catalog, lang) if one.latest else None
        case "verdict":
            return f"{page.text(f'glyph_{one.verdict}')} {page.text(f'verdict_{one.verdict}')}"
        case "share":
            return words.percent(one.share, lang) if one.share is not None and one.share >= 0 else None
    return words.pace(one.needed, one, catalog, lang)


def _wide(heading: str, cells: Sequence[Any]) -> int:
    """Pixels that a column needs to show each cell on one line."""
    return round(max(text_width(str(cell), SIZE) for cell in (heading, *cells) if cell is not None)) + 20


def _column(page: Page, name: str, wide: int) -> Any:
    if name == "due":
        return st.column_config.NumberColumn(format="%d", width=wide)
    return st.column_config.TextColumn(
        alignment="right" if name in RIGHT else "left", width=wide,
        pinned=name == ("indicator" if page.narrow else "place"),
        help=page.text(f"help_{name}") if name in HELPED else None,
    )  # fmt: skip
