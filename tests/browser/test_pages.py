"""Every page, in both languages, wide and narrow: it opens, says what it is, and a reader can read all of it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from indicators import labels
from tools.browser import Server, Visit, visit

PAGES = {
    "overview": "/",
    "trends": "/trends",
    "compare": "/compare",
    "region": "/region",
    "reports": "/reports",
    "data": "/data",
    "method": "/method",
}


@pytest.fixture(scope="module", params=["zh-1440", "zh-390", "en-1440", "en-390"])
def reader(request: pytest.FixtureRequest, browser: Browser, server: Server) -> Iterator[tuple[Visit, str]]:
    lang, width = request.param.split("-")
    with visit(browser, server, lang, int(width)) as visitor:
        yield visitor, lang


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_whole_and_readable(reader: tuple[Visit, str], layout: str, name: str) -> None:
    visitor, lang = reader
    visitor.outside.clear()
    visitor.complaints.clear()
    page = visitor.open(PAGES[name])
    try:
        assert page.locator("[data-testid=stException]").count() == 0, visitor.server.said()
        assert page.locator("h1").all_inner_texts() == [labels.text(f"{name}.title", lang)]
        assert page.evaluate(layout) == []
        assert visitor.outside == []
        assert visitor.complaints == []
    finally:
        page.close()
