"""The Briefing: what is pinned is drawn again as it was, in order, in any language; files and links bring it back."""

import base64
import json
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from charts.theme import Mode
from indicators.catalog import load_catalog
from indicators.labels import LANGUAGES, text
from indicators.paths import data_paths
from indicators.queries import Library
from pages.parts import briefing, pins, retake
from pages.parts.briefing import Briefing, BriefingError, Slide, from_json, from_link, to_json, to_link
from pages.parts.page import Page
from pages.parts.state import GivenState
from tests.pages.ten_slides import TEN

RunPage = Callable[..., AppTest]
RANKING = Slide("compare", "compare.ranking", {"i": ("rd_expenditure",), "y": ("2023",)})
TREND = Slide("trends", "trends.main", {"i": ("gdp",), "r": ("110000", "440000")}, "自己的标题", "说明 <b>")
words = st.text(max_size=40)
slides = st.builds(
    Slide, st.sampled_from(["compare", "trends"]), words,
    st.dictionaries(words, st.lists(words, max_size=3).map(tuple), max_size=3), words, words,
)  # fmt: skip


def page(edition: Any, lang: Any = "zh", dark: bool = False) -> Page:
    library = Library(data_paths(edition).parquet)
    return Page("briefing", lang, library.current(), load_catalog(), GivenState("briefing", {}), dark, False)


# -- files and links --------------------------------------------------------------------------------------------------


@given(st.builds(Briefing, words, words, st.lists(slides, max_size=5).map(tuple)))
def test_a_briefing_comes_back_from_file_and_link(made: Briefing) -> None:
    assert from_json(to_json(made)) == made
    assert from_link(to_link(made)) == made


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("{", "json"), ("[" * 100_000, "json"), ("[]", "format"), ("{}", "format"),
        ('{"briefing": 2, "slides": []}', "newer"),
        ('{"briefing": 1, "slides": {}}', "format"),
        ('{"briefing": 1, "slides": [1]}', "format"),
        ('{"briefing": 1, "title": 5, "slides": []}', "format"),
        (json.dumps({"briefing": 1, "slides": [{"page": "../etl", "key": "x", "given": {}}]}), "format"),
        (json.dumps({"briefing": 1, "slides": [{"page": "compare", "key": "x", "given": {"i": "gdp"}}]}), "format"),
        (json.dumps({"briefing": 1, "slides": [{"page": "compare", "key": "x", "given": {}}] * 41}), "slides"),
        ("x" * 300_000, "large"),
    ],
)  # fmt: skip
def test_a_file_that_is_none_says_why(content: str, code: str) -> None:
    with pytest.raises(BriefingError) as error:
        from_json(content)
    assert error.value.code == code
    assert all(text(f"briefing.bad_{code}", lang) for lang in LANGUAGES)


@given(st.binary(max_size=60) | st.text(max_size=60))
def test_a_damaged_link_says_so(content: bytes | str) -> None:
    value = base64.urlsafe_b64encode(content).decode() if isinstance(content, bytes) else content
    with pytest.raises(BriefingError):
        from_link(value)


def test_a_link_that_unpacks_without_end_is_refused() -> None:
    bomb = base64.urlsafe_b64encode(zlib.compress(b"[" + b" " * 50_000_000, 9)).decode()
    with pytest.raises(BriefingError) as error:
        from_link(bomb)
    assert error.value.code == "large"


# -- drawing again ----------------------------------------------------------------------------------------------------


def test_a_chart_is_made_again_as_its_page_shows_it(run_page: RunPage, edition: Any) -> None:
    app = run_page("compare", i="rd_expenditure", y="2023")
    seen = json.loads(app.get("plotly_chart")[0].proto.spec)
    (shown,), differs = retake.charts(page(edition), "compare", RANKING.given)
    again = json.loads(json.dumps(shown.chart.spec))
    assert [one["text"] for one in again["layout"]["annotations"]] == [
        one["text"] for one in seen["layout"]["annotations"]
    ]
    assert differs == [] and "2023" in shown.chart.title
    assert f"**{shown.say}**" in app.markdown[0].value


@pytest.mark.parametrize("dark", [False, True])
def test_a_chart_follows_language_and_theme(edition: Any, dark: bool) -> None:
    titles = {}
    for lang in LANGUAGES:
        (shown,), _ = retake.charts(page(edition, lang, dark), "trends", TREND.given)
        titles[lang] = shown.chart.title
        assert set(shown.frame["region"]) == {"110000", "440000"}
    mode: Mode = "dark" if dark else "light"
    assert titles["zh"] != titles["en"] and shown.chart.spec["layout"]["paper_bgcolor"]
    assert (shown.chart.spec["layout"]["paper_bgcolor"] == "#FFFFFF") is (mode == "light")


def test_choices_that_are_gone_are_told(edition: Any) -> None:
    (shown,), differs = retake.charts(page(edition), "compare", {"i": ("rd_intensity",), "y": ("1901",)})
    assert differs == ["y"] and "1901" not in shown.chart.title


def test_no_other_file_is_run(edition: Any) -> None:
    with pytest.raises(FileNotFoundError):
        retake.charts(page(edition), "parts/app", {})


NEW = """---
title: 测试用的虚构报告
region: 广东省
region_code: "440000"
issuer: 测试
published: "2026-10-01"
kind: report
---
2025年，全省研究与试验发展（R&D）经费支出5400亿元，地区生产总值15万亿元。
"""


def test_ten_charts_survive_a_new_edition(edition: Path, build_with: Callable[[str], Path]) -> None:
    before, after = page(edition), page(build_with(NEW))
    assert before.edition.id != after.edition.id
    for slide in TEN.slides:
        old, new = (
            next(one for one in retake.charts(of, slide.page, slide.given)[0] if one.key == slide.key)
            for of in (before, after)
        )
        assert not new.chart.empty and new.chart.kind == old.chart.kind
        assert before.edition.id in old.chart.source and after.edition.id in new.chart.source
        assert retake.charts(after, slide.page, slide.given)[1] == []


# -- the page ---------------------------------------------------------------------------------------------------------


def texts(app: AppTest) -> list[str]:
    return [one.value for one in (*app.info, *app.warning, *app.error)]


def titles(app: AppTest) -> list[str]:
    """The charts in their order, by their titles."""
    specs = [json.loads(chart.proto.spec) for chart in app.get("plotly_chart")]
    return [next(one["text"] for one in spec["layout"]["annotations"] if one.get("name") == "title") for spec in specs]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_empty_briefing_says_how_to_fill_it(run_page: RunPage, lang: str) -> None:
    assert text("briefing.nothing", lang) in texts(run_page("briefing", lang=lang))


def test_a_chart_that_is_pinned_is_in_the_briefing(run_page: RunPage) -> None:
    app = run_page("compare", i="rd_expenditure", y="2023")
    app.button(key="compare.ranking.pin").click().run()
    app.button(key="compare.ranking.pin").click().run()
    assert app.toast[-1].value == text("common.pinned_already", "zh")
    app.switch_page("pages/briefing.py").run()
    assert not app.exception
    (title,) = titles(app)
    assert "2023" in title
    pinned = app.session_state["_briefing"].slides
    assert len(pinned) == 1 and dict(pinned[0].given)["y"] == ("2023",)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_link_opens_the_same_briefing(run_page: RunPage, lang: str) -> None:
    made = Briefing("题目", "副题", (RANKING, TREND))
    app = run_page("briefing", lang=lang, b=to_link(made))
    assert app.session_state["_briefing"] == made
    assert len(titles(app)) == 2 and app.query_params["b"] == to_link(made)
    assert app.text_input[0].value == "题目" and "自己的标题" in [field.value for field in app.text_input]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_not_compared_on_its_page_is_not_in_the_briefing_either(run_page: RunPage, lang: str) -> None:
    given = {"i": ("patent_grants",), "mode": ("change",), "y": ("2024",), "from": ("2015",)}
    app = run_page("briefing", lang=lang, b=to_link(Briefing("", "", (Slide("compare", "compare.change", given),))))
    assert not titles(app)
    (said,) = [words for words in texts(app) if text("notes.refused", lang) in words]
    assert text("notes.way_after_break", lang, year=2021) in said
    assert [link.proto.page for link in app.get("page_link") if link.proto.page.endswith("compare")]


def test_a_damaged_link_leaves_what_there_was(run_page: RunPage) -> None:
    app = run_page("briefing", b="nonsense")
    assert text("briefing.bad_link", "zh") in texts(app) and text("briefing.nothing", "zh") in texts(app)


def test_slides_are_ordered_and_removed(run_page: RunPage) -> None:
    app = run_page("briefing", b=to_link(Briefing("", "", (RANKING, TREND))))
    first, second = titles(app)
    app.button(key="briefing.down.0").click().run()
    assert titles(app) == [second, first]
    assert app.button(key="briefing.up.0").disabled and app.button(key="briefing.down.1").disabled
    app.button(key="briefing.remove.1").click().run()
    assert titles(app) == [second]


def test_a_slide_that_cannot_be_drawn_leaves_its_neighbours(run_page: RunPage) -> None:
    odd = (
        Slide("nowhere", "x", {}),
        replace(RANKING, key="compare.gone"),
        Slide("compare", "compare.map", {"mode": ("map",)}),
    )
    app = run_page("briefing", b=to_link(Briefing("", "", (*odd, TREND))))
    assert text("briefing.gone_page", "zh", page="nowhere") in texts(app)
    assert len(titles(app)) == 3 and not app.exception


def test_the_show_has_a_slide_for_each_chart_and_a_cover(run_page: RunPage) -> None:
    app = run_page("briefing", b=to_link(Briefing("题目 <i>", "", (RANKING, TREND))))
    next(button for button in app.button if button.label == text("briefing.show", "zh")).click().run()
    assert not app.exception and len(app.get("plotly_chart")) == 2
    heads = "\n".join(part.proto.body for part in app.get("html"))
    assert "题目 &lt;i&gt;" in heads and "自己的标题" in heads and "说明 &lt;b&gt;" in heads
    for chart in app.get("plotly_chart"):
        layout = json.loads(chart.proto.spec)["layout"]
        assert layout["width"] >= 660 and layout["autosize"] is False


def test_what_the_browser_kept_comes_back_once(monkeypatch: pytest.MonkeyPatch) -> None:
    state: dict[str, Any] = {}
    monkeypatch.setattr(pins.st, "session_state", state)
    assert pins.text_to_keep() is None
    pins.bring_back(to_json(Briefing("一", "", (RANKING,))))
    assert pins.current().title == "一" and pins.text_to_keep() == to_json(pins.current())
    pins.bring_back(to_json(Briefing("二")))
    assert pins.current().title == "一"
    state.clear()
    pins.bring_back("damaged")
    assert pins.current() == Briefing()


def test_there_is_an_end_to_what_a_briefing_holds() -> None:
    assert len(Briefing(slides=(RANKING,) * briefing.MOST_SLIDES).added(TREND).slides) == briefing.MOST_SLIDES + 1
    with pytest.raises(BriefingError):
        from_json(to_json(Briefing(slides=(RANKING,) * (briefing.MOST_SLIDES + 1))))
