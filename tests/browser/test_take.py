"""What the browser makes by itself: the chart as a picture."""

import pytest
from playwright.sync_api import Browser

from indicators import labels
from tools.browser import Server, visit


@pytest.mark.parametrize(("kind", "begins"), [("png", b"\x89PNG"), ("svg", b"<svg")])
@pytest.mark.parametrize("lang", labels.LANGUAGES)
def test_a_chart_is_taken_as_a_picture(browser: Browser, server: Server, lang: str, kind: str, begins: bytes) -> None:
    with visit(browser, server, lang, 1440) as visitor:
        page = visitor.open("/compare")
        page.get_by_role("button", name=labels.text("common.download_more", lang)).first.click()
        with page.expect_download() as download:
            page.get_by_role("button", name=labels.text(f"common.download_{kind}", lang)).click()
        assert download.value.suggested_filename.endswith(f".{kind}")
        content = download.value.path().read_bytes()
        assert content.startswith(begins) and len(content) > 10_000
        if kind == "svg":
            title = page.locator(".js-plotly-plot .gtitle, .js-plotly-plot .annotation-text").first.text_content()
            assert title and title.split()[0].replace("&", "&amp;") in content.decode()
        assert visitor.outside == [] and visitor.complaints == []
