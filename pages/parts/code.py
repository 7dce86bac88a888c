"""The rows on screen as lines to copy into a notebook or a script."""

from __future__ import annotations

import streamlit as st

from indicators.selection import Selection
from indicators.snippets import LANGUAGES, Language, snippet
from pages.parts.page import Page

_NAMES = {"duckdb": "DuckDB", "pandas": "pandas", "r": "R", "python": "Python"}
_COLOURED = {"duckdb": "sql", "pandas": "python", "r": "r", "python": "python"}


def show(page: Page, selection: Selection, file: str, key: str) -> None:
    """Code for the rows of a selection; made only when somebody opens it.

    Args:
        file: Name of the Parquet file that the download bar beside it gives.
    """
    box = st.expander(page.text("common.code"), icon=":material/code:", key=f"{key}.code", on_change="rerun")
    with box:
        if not box.open:
            return
        for place, language in zip(st.tabs([_NAMES[name] for name in LANGUAGES]), LANGUAGES, strict=True):
            with place:
                _one(page, language, selection, file)


def _one(page: Page, language: Language, selection: Selection, file: str) -> None:
    if language == "python":
        st.caption(page.text("common.code_interface"))
        st.code(snippet(language, file, selection), language=_COLOURED[language], wrap_lines=True)
        return
    st.caption(page.text("common.code_download"))
    st.code(snippet(language, file), language=_COLOURED[language], wrap_lines=True)
    st.caption(page.text("common.code_edition"))
    whole = f"data/parquet/{page.edition.id}/observations.parquet"
    st.code(snippet(language, whole, selection), language=_COLOURED[language], wrap_lines=True)
