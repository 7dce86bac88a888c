"""A briefing as a presentation and a workbook: its own words, every chart, and where each value stands."""

import io
from typing import Any

import openpyxl
import pytest
from pptx import Presentation

from indicators.catalog import load_catalog
from indicators.labels import LANGUAGES, text
from indicators.paths import data_paths
from indicators.queries import Library
from pages.parts import decks, retake
from pages.parts.briefing import Briefing, Slide, to_link
from pages.parts.decks import Told
from pages.parts.page import Page
from pages.parts.state import GivenState

RANKING = Slide("compare", "compare.ranking", {"i": ("rd_expenditure",), "y": ("2023",)})
TREND = Slide("trends", "trends.main", {"i": ("gdp",), "r": ("110000", "440000")}, "自己的标题", "说明 <b>")


def page(edition: Any, lang: Any) -> Page:
    library = Library(data_paths(edition).parquet)
    return Page("briefing", lang, library.current(), load_catalog(), GivenState("briefing", {}), False, False)


def told(here: Page) -> list[Told]:
    made = [(slide, retake.charts(here, slide.page, slide.given)[0][0]) for slide in (RANKING, TREND)]
    return [Told(shown, slide.title, slide.note) for slide, shown in made]


@pytest.fixture(params=LANGUAGES)
def here(request: pytest.FixtureRequest, edition: Any) -> Page:
    return page(edition, request.param)


def test_the_deck_has_cover_charts_and_sources(here: Page) -> None:
    charts = told(here)
    deck = Presentation(io.BytesIO(decks.briefing_deck(here, charts, "题目", "副题")))
    titles = [slide.shapes.title.text_frame.text for slide in deck.slides]
    assert titles[:3] == ["题目", charts[0].shown.say, "自己的标题"] and titles[3] == text("deck.sources", here.lang)
    assert [sum(shape.has_chart for shape in slide.shapes) for slide in deck.slides][:3] == [0, 1, 1]
    words = [shape.text_frame.text for shape in deck.slides[0].shapes if shape.has_text_frame]
    assert any("副题" in part for part in words) and any(str(decks.today(here)) in part for part in words)
    assert any(shape.text_frame.text == "说明 <b>" for shape in deck.slides[2].shapes if shape.has_text_frame)
    assert deck.slides[2].notes_slide.notes_text_frame.text.startswith("说明 <b>")


def test_every_value_has_its_place_in_the_notes(here: Page) -> None:
    charts = told(here)
    deck = Presentation(io.BytesIO(decks.briefing_deck(here, charts, "", "")))
    assert deck.slides[0].shapes.title.text_frame.text == text("briefing.title", here.lang)
    for one, slide in zip(charts, list(deck.slides)[1:3], strict=True):
        said = slide.notes_slide.notes_text_frame.text
        assert text("deck.evidence", here.lang) in said
        found = decks.evidence_of(here, [one.shown.frame])
        assert set(found) == set(one.shown.frame["observation_id"]) and all(spot.place for spot in found.values())
        assert text("deck.no_evidence", here.lang, n=1)[1:] not in said


def test_targets_in_a_briefing_say_each_number_and_where_it_stands(here: Page) -> None:
    (shown,), _ = retake.charts(here, "targets", {})
    deck = Presentation(io.BytesIO(decks.briefing_deck(here, [Told(shown)], "", "")))
    said = deck.slides[1].notes_slide.notes_text_frame.text
    row = shown.chart.table.iloc[0]
    assert text("deck.evidence", here.lang) in said and text("targets.column_goal", here.lang) in said
    assert row["region_name"] in said and row["indicator_name"] in said


def test_a_value_from_a_report_brings_its_sentence(here: Page) -> None:
    rows = here.edition.frame("select * from observations where origin = 'report' limit 5")
    found = decks.evidence_of(here, [rows])
    assert len(found) == 5
    for row in rows.to_dict("records"):
        assert str(row["printed"]) in found[row["observation_id"]].words.replace(" ", "") or row["printed"] is None


def test_the_workbook_has_a_chart_and_the_rows_of_each(here: Page) -> None:
    charts = told(here)
    book = openpyxl.load_workbook(io.BytesIO(decks.briefing_workbook(here, charts, "题目")))
    assert book["数据1" if here.lang == "zh" else "Data 1"].max_row == len(charts[0].shown.frame) + 1
    assert book["数据2" if here.lang == "zh" else "Data 2"].max_row == len(charts[1].shown.frame) + 1
    assert sum(len(sheet._charts) for sheet in book) == 2


def test_one_chart_is_a_slide_and_its_sources(here: Page) -> None:
    chart = told(here)[0]
    deck = Presentation(io.BytesIO(decks.deck_of(here, chart.shown)))
    titles = [slide.shapes.title.text_frame.text for slide in deck.slides]
    assert titles == [chart.shown.say, text("deck.sources", here.lang)]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_offers_both_and_a_chart_its_slide(run_page: Any, lang: str) -> None:
    app = run_page("briefing", lang=lang, b=to_link(Briefing("题目", "", (RANKING, TREND))))
    labels = [button.proto.label for button in app.get("download_button")]
    assert text("briefing.deck", lang) in labels and text("briefing.workbook", lang) in labels
    app = run_page("compare", lang=lang)
    assert text("common.download_pptx", lang) in [button.proto.label for button in app.get("download_button")]
