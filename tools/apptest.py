"""Pages run without a browser, by Streamlit's own test runner."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import streamlit as st
from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest

from tools.browser import ROOT


@contextmanager
def through_navigation() -> Iterator[None]:
    """While open, AppTest runs the entry script first, as a server does.

    A server finds the folder pages/ once, before its first run, and from then on goes through st.navigation. AppTest
    forgets that before every run and would run page files without the entry script.
    """
    begin = PagesManager.__init__

    def begin_with_navigation(self: PagesManager, *args: Any, **kwargs: Any) -> None:
        begin(self, *args, **kwargs)
        PagesManager.uses_pages_directory = False

    with patch.object(PagesManager, "__init__", begin_with_navigation):
        yield
    # Connections that outlive the interpreter are reported as leaks after the last line of whoever called.
    st.cache_resource.clear()
    gc.unfreeze()
    gc.collect()


def open_page(name: str, query: Mapping[str, str | Sequence[str]]) -> AppTest:
    """A page after one run with these parameters in its address. The caller asserts that it is the page."""
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=30)
    app.run()
    # The page takes a query that it did not write itself for a link that was followed.
    app.query_params.clear()
    for key, value in query.items():
        app.query_params[key] = value if isinstance(value, str) else list(value)
    app.switch_page(f"pages/{name}.py").run()
    return app
