"""Pages run without a browser, over a freshly built edition."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from indicators import labels
from tools.apptest import open_page, through_navigation

RunPage = Callable[..., AppTest]


@pytest.fixture(scope="session")
def edition(data_root: Path) -> Iterator[Path]:
    """The data root that pages read in this test run."""
    with pytest.MonkeyPatch.context() as patch, through_navigation():
        patch.setenv("INNOVATION_DATA", str(data_root))
        yield data_root


@pytest.fixture
def run_page(edition: Path) -> RunPage:
    """`run_page("trends", lang="en", region=["110000"])`: the page after one run, its own title already asserted.

    AppTest falls back to the default page in silence when it does not find the page asked for, so that without the
    title a test could pass on another page.
    """

    def run(name: str, lang: str = "zh", **query: str | list[str]) -> AppTest:
        app = open_page(name, {"lang": lang, **query})
        assert not app.exception, "\n".join(str(error.value) for error in app.exception)
        titles = [title.value for title in app.title]
        assert labels.text(f"{name}.title", lang) in titles, f"this is not the page {name}"
        return app

    return run
