"""The choice lives in the address: it is there after a change, and whoever opens it sees the same."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from indicators import labels
from tests.browser.reader import choose_option, choose_segment, shown
from tools.browser import Server, at_rest, serve, visit

CHANGES = {"segment": choose_segment, "option": choose_option}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
@pytest.mark.parametrize("name", ["trends", "compare", "region", "reports", "data"])
def test_a_copied_address_shows_the_same(
    browser: Browser, server: Server, name: str, change: Callable[[Page, str], bool]
) -> None:
    with visit(browser, server, "zh") as first:
        page = first.open(f"/{name}")
        before, view_before = page.url, shown(page)
        assert change(page, name) or change is choose_segment, "a page without a choice"
        copied, view = page.url, shown(page)
        if view != view_before:
            assert copied != before, "a choice that the address does not tell"
    # Another reader, with an English browser: the address says the language too.
    with visit(browser, server, "en") as second:
        page = second.open(copied.removeprefix(server.address))
        assert shown(page) == view
        page.reload(wait_until="commit")
        at_rest(page, runs=1)
        assert shown(page) == view
        assert second.complaints == []


def test_a_choice_survives_a_change_of_page(browser: Browser, server: Server) -> None:
    with visit(browser, server, "zh") as reader:
        page = reader.open("/compare")
        assert choose_option(page, "compare")
        view = shown(page)
        for name in ("method", "compare"):
            page.get_by_role("link", name=labels.text(f"{name}.title", "zh"), exact=False).first.click()
            page.wait_for_url(f"**/{name}?**")
            at_rest(page)
        assert shown(page) == view


def test_the_first_reader_of_a_fresh_server_may_come_by_a_link(
    browser: Browser, server: Server, data_root: Path
) -> None:
    with visit(browser, server, "en") as reader:
        page = reader.open("/compare")
        assert choose_option(page, "compare")
        copied, view = page.url.removeprefix(server.address), shown(page)
    with serve(env={"INNOVATION_DATA": str(data_root)}) as fresh, visit(browser, fresh, "en") as reader:
        page = reader.open(copied)
        assert shown(page) == view
        assert page.locator("[data-testid=stException]").count() == 0, fresh.said()
