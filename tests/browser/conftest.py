"""One edition, one server and one browser for all browser tests of a worker."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tools.browser import Server, chromium, find_chromium, serve

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if find_chromium() is None:
        pytest.skip("no Chromium or Chrome on this machine")
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="session")
def server(data_root: Path) -> Iterator[Server]:
    """The dashboard, served over a freshly built edition."""
    with serve(env={"INNOVATION_DATA": str(data_root)}) as opened:
        yield opened


@pytest.fixture(scope="session")
def layout() -> str:
    """JavaScript that lists what of the open page a reader could not read."""
    return (HERE / "layout.js").read_text(encoding="utf-8")
