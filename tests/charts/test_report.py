"""The written report says what its charts show, in Word and in HTML, and holds exactly their numbers."""

import io
import json
import re
import zipfile
from html.parser import HTMLParser
from typing import Any

import docx
import openpyxl
import pandas as pd
import pytest
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from charts.chart import Chart
from charts.layout import Look
from charts.report import Report, Section, Table, to_docx, to_html
from charts.report.tables import table_of
from charts.report.words import numbered, numeral
from indicators.catalog import Catalog
from indicators.labels import text
from tests.charts.decks import SOURCES, charts, frame_of, meta

NATIVE = {"trend", "ranking", "figures", "dumbbell", "slope", "scatter"}
TITLE = "=各地区<i>简报"


@pytest.fixture(scope="module", params=["zh", "en"])
def lang(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def rows(catalog: Catalog, frame: Any, provinces: list[str]) -> pd.DataFrame:
    return frame_of(catalog, frame, provinces)


@pytest.fixture(scope="module")
def made(catalog: Catalog, rows: pd.DataFrame, lang: str) -> dict[str, Chart]:
    return charts(rows, catalog, Look(lang))


@pytest.fixture(scope="module")
def report(made: dict[str, Chart], rows: pd.DataFrame, lang: str) -> Report:
    titles = [source["title"] for source in SOURCES]
    sections = [
        Section(
            chart,
            rows,
            say="Said." if n else "",
            note="Own <b>words",
            notes=("A note.",),
            sources=tuple(titles[: n % 3]),
        )
        for n, chart in enumerate(made.values())
    ]
    return Report(TITLE, sections, meta(lang), "副题", "2026-11-22")


@pytest.fixture(scope="module")
def word(report: Report) -> bytes:
    return to_docx(report)


@pytest.fixture(scope="module")
def opened(word: bytes) -> Any:
    return docx.Document(io.BytesIO(word))


@pytest.fixture(scope="module")
def web(report: Report) -> str:
    return to_html(report).decode()


def in_word(document: Any) -> list[list[list[str]]]:
    """The cells of each table with a heading row."""
    heads = [table for table in document.tables if table._tbl.xpath(".//w:tblHeader")]
    return [[[tc.xpath("string(.)") for tc in tr.tc_lst] for tr in table._tbl.tr_lst] for table in heads]


class Cells(HTMLParser):
    """Reads the tables and the words of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[list[list[str]]] = []
        self.heads: list[str] = []
        self.outside: list[str] = []
        self.data: list[str] = []
        self._into: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.outside += [str(given[name]) for name in ("src", "href") if name in given]
        self._into = None
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self._into = self.tables[-1][-1]
        elif tag in ("h1", "h2", "h3"):
            self._into = self.heads
        elif tag == "script" and given.get("type") == "application/json":
            self._into = self.data
        if self._into is not None:
            self._into.append("")

    def handle_data(self, data: str) -> None:
        if self._into is not None:
            self._into[-1] += data

    def handle_endtag(self, tag: str) -> None:
        self._into = None


@pytest.fixture(scope="module")
def page(web: str) -> Cells:
    parser = Cells()
    parser.feed(web)
    return parser


def millimetres(length: Any) -> float:
    return round(length.mm, 1)


def test_the_layout_is_that_of_official_papers(opened: Any) -> None:
    section = opened.sections[0]
    assert (millimetres(section.page_width), millimetres(section.page_height)) == (210, 297)
    sides = section.top_margin, section.left_margin, section.right_margin, section.bottom_margin
    assert [millimetres(side) for side in sides] == [37, 28, 26, 35]
    fonts = {
        name: (opened.styles[name].element.rPr.rFonts.get(qn("w:eastAsia")), opened.styles[name].font.size.pt)
        for name in ("Title", "Heading 1", "Heading 2", "Normal")
    }
    assert fonts == {
        "Title": ("方正小标宋简体", 22), "Heading 1": ("黑体", 16), "Heading 2": ("楷体_GB2312", 16), "Normal": ("仿宋_GB2312", 16),
    }  # fmt: skip
    assert opened.styles["Normal"].element.pPr.find(qn("w:ind")).get(qn("w:firstLineChars")) == "200"
    lines = 225 / 25.4 * 72 / opened.styles["Normal"].paragraph_format.line_spacing.pt
    assert int(lines) == 22


def test_fonts_that_a_machine_has_not_are_replaced_by_named_ones(word: bytes) -> None:
    table = etree.fromstring(zipfile.ZipFile(io.BytesIO(word)).read("word/fontTable.xml"))
    others = {font.get(qn("w:name")): font.find(qn("w:altName")) for font in table}
    for name in ("方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体"):
        assert others[name].get(qn("w:val"))


def test_pages_are_numbered_on_the_outer_side(opened: Any) -> None:
    section = opened.sections[0]
    assert opened.settings.odd_and_even_pages_header_footer
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        (line,) = footer.paragraphs
        assert line.text == "— 1 —" and "PAGE" in line._p.xpath("string(.//w:instrText)")
        assert line._p.pPr.find(qn("w:jc")).get(qn("w:val")) == side


def test_nothing_of_the_template_is_left(word: bytes, opened: Any, lang: str) -> None:
    assert "docProps/thumbnail.jpeg" not in zipfile.ZipFile(io.BytesIO(word)).namelist()
    properties = opened.core_properties
    assert properties.title == TITLE and properties.author == text("charts.site", lang) and "E1" in properties.comments


def test_headings_are_numbered_in_order(opened: Any, page: Cells, report: Report, lang: str) -> None:
    heads = [p.text for p in opened.paragraphs if p.style.name in ("Heading 1", "Heading 2")]
    assert page.heads == [TITLE, *heads]
    for n, section in enumerate(report.sections, 1):
        assert heads[n - 1] == numbered(1, n, section.chart.title, lang)
    assert heads[-1].startswith("（三）" if lang == "zh" else "(3)")


def test_every_chart_is_a_table_of_its_numbers(opened: Any, page: Cells, report: Report) -> None:
    tables = in_word(opened)
    assert tables == page.tables
    filled = [section.chart for section in report.sections if not section.chart.empty]
    assert len(tables) == len(filled)


@pytest.mark.parametrize("name", ["two lines", "ranking", "dumbbell", "scatter", "map", "figures", "panels"])
def test_a_table_has_each_plotted_value_once(made: dict[str, Chart], lang: str, name: str) -> None:
    table = table_of(made[name], lang)
    assert table is not None and not table.left_out
    numeric = [
        n for n, number in enumerate(table.numeric) if number and table.heads[n] not in ("名次", "Rank", "年份", "Year")
    ]
    shown = sorted(
        round(float(row[n].replace(",", "").replace("−", "-")), 3) for row in table.rows for n in numeric if row[n]
    )
    assert shown == pytest.approx(sorted(made[name].table["value"].round(4)), abs=6e-4)
    for column in numeric if made[name].table["indicator"].nunique() == 1 else ():
        decimals = {len(row[column].partition(".")[2]) for row in table.rows if row[column]}
        assert len(decimals) == 1


def test_charts_that_word_knows_are_native_and_bring_their_numbers(word: bytes, report: Report) -> None:
    with zipfile.ZipFile(io.BytesIO(word)) as parts:
        names = [name for name in parts.namelist() if re.fullmatch(r"word/charts/chart\d+\.xml", name)]
        kinds = [section.chart.kind for section in report.sections if section.chart.kind in NATIVE]
        assert len(names) >= len(kinds) > 0
        for name in names:
            number = re.sub(r"\D", "", name)
            root = etree.fromstring(parts.read(name))
            assert root.findall("{*}externalData")
            relations = parts.read(f"word/charts/_rels/chart{number}.xml.rels").decode()
            assert f"chart{number}.xlsx" in relations
            embedded = io.BytesIO(parts.read(f"word/embeddings/chart{number}.xlsx"))
            sheet = openpyxl.load_workbook(embedded, data_only=True).worksheets[0]
            cells = {round(cell.value, 9) for row in sheet for cell in row if isinstance(cell.value, int | float)}
            plotted = {round(float(v.text), 9) for v in root.iterfind(".//{*}numCache//{*}v")}
            assert plotted and plotted <= cells


def test_every_chart_has_words_for_those_who_do_not_see_it(opened: Any, page: Cells, web: str, report: Report) -> None:
    said = [one.get("descr") for one in opened.element.body.iter(qn("wp:docPr"))]
    assert said and all(said)
    labels = re.findall(r'role="img" aria-label="([^"]+)"', web)
    assert len(labels) == sum(not section.chart.empty for section in report.sections)


def test_paragraphs_say_the_authors_words_and_what_the_chart_shows(opened: Any, report: Report) -> None:
    words = [p.text for p in opened.paragraphs]
    assert words.count("Own <b>words") == len(report.sections)
    assert sum(line.startswith("Said.") for line in words) == sum(
        bool(s.say) and not s.chart.empty for s in report.sections
    )
    empty = next(section.chart for section in report.sections if section.chart.empty)
    assert empty.empty in words


def test_leaders_are_named_with_their_values(made: dict[str, Chart], lang: str) -> None:
    report = Report("T", [Section(made["ranking"], say="S.")], meta(lang))
    line = next(p.text for p in docx.Document(io.BytesIO(to_docx(report))).paragraphs if p.text.startswith("S."))
    ordered = made["ranking"].table.sort_values("value", ascending=False)["region_name"]
    places = [line.find(name) for name in (*ordered[:3], *ordered[-3:])]
    assert -1 not in places and places == sorted(places)


def test_sources_are_numbered_once_and_named_below_each_chart(opened: Any, report: Report, lang: str) -> None:
    words = [p.text for p in opened.paragraphs]
    listed = [line for line in words if re.match(r"\[\d\] ", line)]
    assert [line[4:].startswith(source["title"]) for line, source in zip(listed, SOURCES, strict=True)] == [True, True]
    below = [line for line in words if re.search(r"[:：] ?(\[\d\])+$", line)]
    assert len(below) == sum(bool(section.sources) for section in report.sections)
    assert all(set(re.findall(r"\[(\d)\]", line)) <= {"1", "2"} for line in below)


def test_the_page_asks_nothing_and_runs_no_words(page: Cells, web: str) -> None:
    assert page.outside == []
    assert "<b>words" not in web and "&lt;b&gt;words" in web
    figures = [json.loads(data) for data in page.data]
    assert figures and all(figure["layout"]["width"] == 660 for figure in figures)


def test_text_cannot_end_the_script_that_holds_it(made: dict[str, Chart], lang: str) -> None:
    chart = made["ranking"]
    spec = {**chart.spec, "layout": {**chart.spec["layout"], "meta": "</script><script>alert(1)"}}
    page = Cells()
    odd = Chart(spec, chart.table, chart.title, chart.unit, chart.source, chart.alt, kind=chart.kind)
    page.feed(to_html(Report("T", [Section(odd)], meta(lang))).decode())
    assert [json.loads(data)["layout"]["meta"] for data in page.data] == ["</script><script>alert(1)"]


@pytest.mark.parametrize(
    ("n", "said"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (40, "四十"), (99, "九十九")]
)
def test_headings_count_in_chinese(n: int, said: str) -> None:
    assert numeral(n) == said


@given(st.integers(1, 99))
def test_each_number_has_a_numeral_of_its_own(n: int) -> None:
    assert [numeral(m) for m in range(1, 100)].count(numeral(n)) == 1


@pytest.mark.parametrize("n", [0, 100])
def test_no_heading_has_a_number_beyond(n: int) -> None:
    with pytest.raises(ValueError, match=str(n)):
        numeral(n)


def test_a_section_may_be_words_and_a_table_of_its_own(lang: str) -> None:
    table = Table(["a", "b"], [["x", "1"], ["=y", "-2"]], [False, True], unit="%")
    report = Report("T", [Section(title="H", paragraphs=("P.",), table=table)], meta(lang))
    opened = docx.Document(io.BytesIO(to_docx(report)))
    page = Cells()
    page.feed(to_html(report).decode())
    assert in_word(opened) == page.tables == [[["a", "b"], ["x", "1"], ["=y", "-2"]]]
    assert "P." in [line.text for line in opened.paragraphs] and page.data == []
    assert any("%" in line.text for line in opened.paragraphs)
