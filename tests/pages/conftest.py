"""Pages run without a browser, over a freshly built edition."""

import gc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest

from indicators import labels

RunPage = Callable[..., AppTest]


@pytest.fixture(scope="session")
def edition(data_root: Path) -> Iterator[Path]:
    """The data root that pages read in this test run."""
    begin = PagesManager.__init__

    def begin_with_navigation(self: PagesManager, *args: Any, **kwargs: Any) -> None:
        # A server finds the folder pages/ once, before its first run, and from then on goes through st.navigation.
        # AppTest forgets that before every run and would run page files without the entry script.
        begin(self, *args, **kwargs)
        PagesManager.uses_pages_directory = False

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("INNOVATION_DATA", str(data_root))
        patch.setattr(PagesManager, "__init__", begin_with_navigation)
        yield data_root
    # Connections that outlive the interpreter are reported as leaks after pytest's last line.
    st.cache_resource.clear()
    gc.unfreeze()
    gc.collect()


@pytest.fixture
def run_page(edition: Path, root: Path) -> RunPage:
    """`run_page("trends", lang="en", region=["110000"])`: the page after one run, its own title already asserted.

    AppTest falls back to the default page in silence when it does not find the page asked for, so that without the
    title a test could pass on another page.
    """

    def run(name: str, lang: str = "zh", **query: str | list[str]) -> AppTest:
        app = AppTest.from_file(str(root / "dashboard.py"), default_timeout=30)
        app.run()
        # The page takes a query that it did not write itself for a link that was followed.
        app.query_params.clear()
        for key, value in {"lang": lang, **query}.items():
            app.query_params[key] = value
        app.switch_page(f"pages/{name}.py").run()
        assert not app.exception, "\n".join(str(error.value) for error in app.exception)
        assert labels.text(f"{name}.title", lang) in [title.value for title in app.title], (
            f"this is not the page {name}"
        )
        return app

    return run
