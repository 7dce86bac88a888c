"""Method, the formulas: how each computed number of a page is computed, with a worked example and its source."""

from __future__ import annotations

import streamlit as st

from indicators.methods import Method, load_methods
from pages.parts import choose
from pages.parts.menu import PAGES
from pages.parts.page import Page


def show(page: Page) -> None:
    """One page's numbers at a time, in the order of the navigation."""
    methods = load_methods(page.catalog.folder)
    named = {name for method in methods for name in method.pages}
    order = [name for name in PAGES if name in named]
    chosen = choose.segment(page, "of", page.text("method.formula_of"), order, lambda name: page.text(f"{name}.title"))
    found = [method for method in methods if chosen in method.pages]
    st.caption(page.text("method.formula_count", n=len(found)))
    for method in found:
        _method(page, method)


def _method(page: Page, method: Method) -> None:
    st.markdown(f"#### {method.name[page.lang]}")
    if method.formula:
        st.latex(method.formula)
    st.markdown(_plain(method.says[page.lang]))
    st.markdown(f"**{page.text('method.formula_example')}** {_plain(method.example[page.lang])}")
    source = _plain(method.source[page.lang])
    st.caption(page.text("method.formula_source", source=f"[{source}]({method.url})" if method.url else source))


def _plain(words: str) -> str:
    """Text in which no sign is markup, except formulas between dollars."""
    parts = words.split("$")
    for place in range(0, len(parts), 2):
        for sign in "\\*_~`[]":
            parts[place] = parts[place].replace(sign, f"\\{sign}")
    return "$".join(parts)
