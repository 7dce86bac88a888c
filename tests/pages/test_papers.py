"""A briefing as a written report: what the charts on screen hold, read back from the files."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from charts.chart import headings
from indicators.catalog import load_catalog
from indicators.labels import LANGUAGES, text
from indicators.paths import data_paths
from indicators.queries import Library
from pages.parts import decks, papers, retake
from pages.parts.briefing import Briefing, Slide, to_link
from pages.parts.decks import Told
from pages.parts.page import Page
from pages.parts.state import GivenState

RunPage = Callable[..., AppTest]
RANKING = Slide("compare", "compare.ranking", {"i": ("rd_expenditure",), "y": ("2023",)})
TREND = Slide("trends", "trends.main", {"i": ("gdp",), "r": ("110000", "440000")}, "自己的标题", "说明 <b>")


def told(edition: Path, lang: Any) -> tuple[Page, list[Told]]:
    library = Library(data_paths(edition).parquet)
    page = Page("briefing", lang, library.current(), load_catalog(), GivenState("briefing", {}), False, False)
    shown = [retake.charts(page, slide.page, slide.given)[0][0] for slide in (RANKING, TREND)]
    return page, [Told(shown[0]), Told(shown[1], TREND.title, TREND.note)]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_report_in_word_holds_the_values_on_screen(edition: Path, lang: str) -> None:
    page, charts = told(edition, lang)
    opened = docx.Document(io.BytesIO(papers.paper(page, "docx", charts, "题目", "副题")))
    words = [line.text for line in opened.paragraphs]
    assert words[:2] == ["题目", "副题"] and charts[0].shown.say and any(charts[0].shown.say in line for line in words)
    assert any("自己的标题" in line for line in words) and "说明 <b>" in words
    first, second = (table for table in opened.tables if table._tbl.xpath(".//w:tblHeader"))
    values = [float(row.cells[-1].text.replace(",", "")) for row in first.rows[1:]]
    assert values == pytest.approx(list(charts[0].shown.chart.table["value"]), abs=1e-3)
    assert len(second.rows) - 1 == charts[1].shown.chart.table["year"].nunique()
    for source in {
        title for one in charts for title in page.edition.sources_by_id if title in one.shown.frame["source_id"]
    }:
        assert any(page.edition.sources_by_id[source][f"title_{lang}"] in line for line in words)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_report_without_a_title_is_called_a_briefing(edition: Path, lang: str) -> None:
    page, charts = told(edition, lang)
    web = papers.paper(page, "html", charts, "").decode()
    assert f"<h1>{text('briefing.title', lang)}</h1>" in web
    assert "说明 &lt;b&gt;" in web and "<b>" not in web.split("<script", 1)[0]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_briefing_offers_every_file(run_page: RunPage, lang: str) -> None:
    app = run_page("briefing", lang=lang, b=to_link(Briefing("题目", "", (RANKING, TREND))))
    offered = [button.proto.label for button in app.get("download_button")]
    assert offered == [text(f"briefing.{kind}", lang) for kind in ("deck", "docx", "html", "workbook", "save")]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_files_of_an_index_hold_its_values_and_not_its_inputs(edition: Path, lang: Any) -> None:
    page, _ = told(edition, lang)
    shown = retake.charts(page, "composite", {})[0][0]
    table = shown.chart.table
    first, score = table["region_name"].iloc[0], float(table["score"].iloc[0])
    book = openpyxl.load_workbook(io.BytesIO(decks.briefing_workbook(page, [Told(shown)], "")))
    sheet = book[text("charts.sheet_data", lang)]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0] == list(headings(table, lang).values()) and len(rows) - 1 == len(table)
    assert first in rows[1] and pytest.approx(score) in rows[1]
    opened = docx.Document(io.BytesIO(papers.paper(page, "docx", [Told(shown)], "")))
    printed = next([cell.text for cell in table.rows[1].cells] for table in opened.tables)
    assert first in printed and f"{score:.2f}" in printed
