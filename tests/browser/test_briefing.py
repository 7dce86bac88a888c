"""A briefing of ten charts in a real browser: it outlives a reload, follows the language, is shown by keyboard, and
opens on another machine from its file."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from indicators import labels
from pages.parts.briefing import from_json, to_link
from tests.pages.ten_slides import TEN
from tools.browser import Server, act, at_rest, visit

TITLES = """() => [...document.querySelectorAll('.js-plotly-plot')].map((chart) => (
  chart.layout.annotations.find((one) => one.name === 'title').text))"""
NOW = "() => [...document.querySelectorAll('[class*=st-key-slide-]')].findIndex((one) => one.classList.contains('now'))"


def titles(page: Page) -> list[str]:
    found: list[str] = page.evaluate(TITLES)
    return found


def address(lang: str = "zh") -> str:
    return f"/briefing?lang={lang}&b={to_link(TEN)}"


def test_ten_charts_outlive_a_reload_and_follow_the_language(browser: Browser, server: Server) -> None:
    with visit(browser, server, "zh") as reader:
        page = reader.open(address())
        before = titles(page)
        assert len(before) == len(TEN.slides) == len(set(before))
        page.reload(wait_until="commit")
        at_rest(page, runs=1)
        assert titles(page) == before
        # In another window without the link, the browser brings back what it kept.
        again = reader.open("/briefing?lang=en")
        again.wait_for_function("document.querySelectorAll('.js-plotly-plot').length === 10")
        at_rest(again)
        english = titles(again)
        assert len(english) == 10 and not set(english) & set(before)
        assert reader.complaints == []


@pytest.mark.parametrize("lang", labels.LANGUAGES)
def test_the_show_is_moved_by_keyboard(browser: Browser, server: Server, lang: str) -> None:
    with visit(browser, server, lang) as reader:
        page = reader.open(address(lang))
        act(page, page.get_by_role("button", name=labels.text("briefing.show", lang), exact=True).click)
        page.wait_for_selector(".st-key-slide-0.now")
        assert page.locator("[class*=st-key-slide-]").count() == 1 + len(TEN.slides)  # with the cover
        for key, place in (("PageDown", 1), (" ", 2), ("ArrowRight", 3), ("PageUp", 2), ("End", 10), ("Home", 0)):
            page.keyboard.press(key)
            assert page.evaluate(NOW) == place, key
        page.keyboard.press("ArrowRight")
        box = page.locator(".st-key-slide-1 .js-plotly-plot").bounding_box()
        window = page.viewport_size
        assert box and window and box["width"] > 0.6 * window["width"]
        assert box["x"] >= 0 and box["x"] + box["width"] <= window["width"] + 1
        assert box["y"] + box["height"] <= window["height"] + 1
        act(page, lambda: page.keyboard.press("Escape"))
        assert len(titles(page)) == 10 and reader.complaints == []


def test_it_opens_from_its_file_on_another_machine(browser: Browser, server: Server, tmp_path: Path) -> None:
    kept = tmp_path / "briefing.json"
    with visit(browser, server, "zh") as reader:
        page = reader.open(address())
        before = titles(page)
        with page.expect_download() as download:
            page.get_by_role("button", name=labels.text("briefing.save", "zh"), exact=True).click()
        download.value.save_as(kept)
    assert from_json(kept.read_bytes()) == TEN
    with visit(browser, server, "zh") as other:
        page = other.open("/briefing?lang=zh")
        assert titles(page) == []
        act(page, lambda: page.locator("input[type=file]").set_input_files(kept))
        page.wait_for_function("document.querySelectorAll('.js-plotly-plot').length === 10")
        at_rest(page)
        assert titles(page) == before and other.complaints == []
