"""Every page, in both languages, wide and narrow: it opens, says what it is, and a reader can read all of it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from indicators import labels
from tests.browser.reader import segments
from tools.browser import Server, Visit, act, visit

PAGES = {
    "overview": "/",
    "trends": "/trends",
    "compare": "/compare",
    "region": "/region",
    "reports": "/reports",
    "data": "/data",
    "briefing": "/briefing",
    "method": "/method",
}
#: Views that the buttons of a page's first view do not lead to.
VIEWS = (
    ("trends", "/trends?basis=per_head&y=2010&y=2024"),
    ("trends", "/trends?i=gdp&i=rd_expenditure&mode=index"),
    ("trends", "/trends?i=incubators"),
    ("trends", "/trends?i=pct_applications"),
    ("compare", "/compare?mode=change&form=slope"),
    ("compare", "/compare?mode=change&form=ranks"),
    ("compare", "/compare?mode=heat&cell=value"),
    ("compare", "/compare?i=gdp&basis=per_head"),
    ("compare", "/compare?i=makerspaces&plans=1"),
    ("region", "/region?r=000000"),
    ("region", "/region?r=211122"),
    ("reports", "/reports?source=reports/xining"),
    ("reports", "/reports?source=tables/gdp"),
    ("data", "/data?r=632802&i=gdp&y=1990&y=1991"),
)


@pytest.fixture(scope="module", params=["zh-1440", "zh-390", "en-1440", "en-390"])
def reader(request: pytest.FixtureRequest, browser: Browser, server: Server) -> Iterator[tuple[Visit, str]]:
    lang, width = request.param.split("-")
    with visit(browser, server, lang, int(width)) as visitor:
        yield visitor, lang


def assert_readable(visitor: Visit, page: Page, layout: str, name: str, lang: str, where: str = "") -> None:
    assert page.locator("[data-testid=stException]").count() == 0, f"{where}\n{visitor.server.said()}"
    assert page.locator("h1").all_inner_texts() == [labels.text(f"{name}.title", lang)]
    assert (where, page.evaluate(layout)) == (where, [])
    assert (where, visitor.outside) == (where, [])
    assert (where, visitor.complaints) == (where, [])


@pytest.mark.parametrize(("name", "path"), VIEWS, ids=[path for _, path in VIEWS])
def test_a_view_is_whole_and_readable(reader: tuple[Visit, str], layout: str, name: str, path: str) -> None:
    visitor, lang = reader
    visitor.forget()
    page = visitor.open(path)
    assert_readable(visitor, page, layout, name, lang, path)
    page.close()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_whole_and_readable_whatever_is_pressed(reader: tuple[Visit, str], layout: str, name: str) -> None:
    """As it opens, and after each button of each row of choices, pressed one after the other."""
    visitor, lang = reader
    visitor.forget()
    page = visitor.open(PAGES[name])
    assert_readable(visitor, page, layout, name, lang)
    for row in range(segments(page, name).count()):
        buttons = segments(page, name).nth(row).get_by_role("radio")
        for number in range(buttons.count()):
            button = buttons.nth(number)
            if button.get_attribute("aria-checked") == "false":
                act(page, button.click)
                assert_readable(visitor, page, layout, name, lang, page.url)
    page.close()
