"""No false comparison, on the pages: what is planted in the data changes no ranking, and what is mixed is said."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pyarrow.parquet as pq
import pytest
from pptx import Presentation
from streamlit.testing.v1 import AppTest

from charts.export import Meta
from indicators.comparability import Note, Verdict
from indicators.labels import LANGUAGES, text
from indicators.paths import data_paths
from indicators.queries import Edition, Library
from indicators.selection import Selection
from pages.parts import fair, papers, take
from tools.apptest import open_page

RunPage = Callable[..., AppTest]
PLANTED = """---
title: 测试用的虚构报告
region: 广东省
region_code: "440000"
issuer: 测试
published: "2022-02-20"
kind: report
---
到2024年，全省研发经费支出力争达到99999亿元。

到2024年，全省专利授权量力争达到200万件。

到2024年，全省研发经费占地区生产总值的比重力争达到14%。

到2026年，全省研发经费支出力争达到99999亿元。

2021年上半年，全省地区生产总值8.8万亿元。
"""


@pytest.fixture(scope="module")
def planted(build_with: Callable[[str], Path]) -> Path:
    """The data with targets far above all results, and a value of half a year."""
    return build_with(PLANTED)


@pytest.fixture
def run_planted(planted: Path, monkeypatch: pytest.MonkeyPatch) -> RunPage:
    def run(name: str, lang: str = "zh", **query: str | list[str]) -> AppTest:
        monkeypatch.setenv("INNOVATION_DATA", str(planted))
        app = open_page(name, {"lang": lang, **query})
        assert not app.exception and text(f"{name}.title", lang) in [title.value for title in app.title]
        return app

    return run


def library(root: Path) -> Edition:
    return Library(data_paths(root).parquet).current()


def ids(app: AppTest) -> set[str]:
    """Everything that the points of the page's charts lead to."""
    found: set[str] = set()
    for chart in app.get("plotly_chart"):
        for trace in json.loads(chart.proto.spec)["data"]:
            for point in trace.get("customdata") or []:
                found |= {str(name) for name in (point if isinstance(point, list) else [point]) if name}
    return found


def read(app: AppTest) -> list[str]:
    """What a reader reads on a page, without what names the edition."""
    said = [*(element.value for element in app.markdown), *(element.label for element in app.get("page_link"))]
    return [*said, *(f"{metric.label} {metric.value} {metric.delta}" for metric in app.metric)]


def test_the_planted_values_are_read_as_what_they_are(planted: Path) -> None:
    rows = library(planted).observations(Selection(sources=("reports/planted",), standings=()))
    assert sorted(zip(rows["indicator"], rows["scenario"], rows["part_year"].fillna(""), strict=True)) == [
        ("gdp", "actual", "1-6"),
        ("patent_grants", "target", ""),
        ("rd_expenditure", "target", ""),
        ("rd_expenditure", "target", ""),
        ("rd_intensity", "target", ""),
    ]
    assert set(rows["standing"]) == {"current"}


@pytest.mark.parametrize(
    "query",
    [
        {"i": "rd_expenditure", "y": "2024"},
        {"i": "rd_intensity", "y": "2024"},
        {"i": "rd_expenditure", "y": "2024", "basis": "per_head"},
        {"i": "rd_expenditure", "y": "2024", "mode": "map"},
        {"i": "rd_expenditure", "y": "2024", "mode": "heat"},
        {"i": "rd_expenditure", "y": "2024", "mode": "scatter", "i2": "patent_grants"},
        {"i": "patent_grants", "y": "2024", "from": "2021", "mode": "change"},
        {"i": "gdp", "y": "2021"},
        {"i": "gdp", "y": "2021", "mode": "heat"},
    ],
    ids=lambda query: "-".join(query.values()),
)
def test_targets_and_half_years_enter_no_comparison(
    run_page: RunPage, run_planted: RunPage, planted: Path, query: dict[str, str]
) -> None:
    strange = set(library(planted).observations(Selection(sources=("reports/planted",)))["observation_id"])
    with_targets = run_planted("compare", **query)
    assert ids(with_targets) and not {name for name in ids(with_targets) if name.split(".")[0] in strange}
    years = [box for box in with_targets.selectbox if box.key == "compare.y"]
    assert years and "2026" not in years[0].options
    assert text("notes.not_actual", "zh", n=1, of=32) not in "\n".join(read(with_targets))


@pytest.mark.parametrize(
    ("name", "query"), [("overview", {}), ("region", {"r": "310000"}), ("region", {"r": "440000"})]
)
def test_headlines_ranks_and_strengths_are_the_same_with_targets_planted(
    run_page: RunPage, run_planted: RunPage, name: str, query: dict[str, str]
) -> None:
    def values(app: AppTest) -> list[str]:
        return [line for line in read(app) if "测试" not in line and "阅读须知" not in line]

    before, after = run_page(name, **query), run_planted(name, **query)
    assert [f"{m.label} {m.value} {m.delta}" for m in before.metric] == [
        f"{m.label} {m.value} {m.delta}" for m in after.metric
    ]
    if name == "region":
        strong = text("region.strengths", "zh")
        assert [line for line in values(before) if strong in line] == [line for line in values(after) if strong in line]
        tables = [next(frame.value.to_json() for frame in app.dataframe) for app in (before, after)]
        assert tables[0] == tables[1]
    else:
        assert [e.label for e in before.get("page_link") if "compare" in e.proto.page] == [
            e.label for e in after.get("page_link") if "compare" in e.proto.page
        ]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_targets_that_are_asked_for_are_said_to_be_no_results(run_planted: RunPage, planted: Path, lang: str) -> None:
    app = run_planted("compare", lang=lang, i="rd_expenditure", y="2024", plans="1")
    target = (
        library(planted)
        .observations(Selection(indicators=("rd_expenditure",), scenarios=("target",), years=(2024, 2024)))[
            "observation_id"
        ]
        .iloc[0]
    )
    assert target in ids(app)
    said = "\n".join(read(app))
    assert text("notes.not_actual", lang, n=1, of=32) in said
    opening = next(line for line in said.splitlines() if {"zh": "最高的是", "en": "the highest value"}[lang] in line)
    assert "9999" not in opening and "9,999" not in opening


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_half_year_beside_years_is_said_above_the_rows_and_in_the_export(
    run_planted: RunPage, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    exported: dict[str, Any] = {}

    def take_down(page: Any, frame: Any, title: str, key: str, **more: Any) -> Meta:
        exported.update(more)
        return Meta(title, {}, "", (), page.edition.id, page.lang)

    monkeypatch.setattr(take, "downloads", take_down)
    app = run_planted("data", lang=lang, i="gdp", r="440000")
    months = {"zh": "1月至6月", "en": "January to June"}[lang]
    shown = "\n".join(element.value for element in [*app.info, *app.markdown])
    assert months in shown
    assert any(months in note for note in exported["notes"])
    said = [line.removeprefix("- ") for element in app.info for line in element.value.splitlines()]
    assert set(said) <= set(exported["notes"])


def words_in(kind: str, data: bytes) -> str:
    """All words of a file, as whoever opens it finds them."""
    match kind:
        case "xlsx":
            book = openpyxl.load_workbook(io.BytesIO(data))
            return "\n".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)
        case "parquet":
            return "\n".join(json.loads(pq.read_schema(io.BytesIO(data)).metadata[b"notes"]))
        case "package":
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                notes = json.loads(archive.read("datapackage.json"))["notes"]
                readme = archive.read("README.md").decode()
            return "\n".join(note for note in notes if f"- {note}" in readme.splitlines())
        case "json":
            return "\n".join(json.loads(data)["notes"])
        case "docx":
            return "\n".join(line.text for line in docx.Document(io.BytesIO(data)).paragraphs)
        case "pptx":
            slides = Presentation(io.BytesIO(data)).slides
            return "\n".join(slide.notes_slide.notes_text_frame.text for slide in slides)
    return data.decode("utf-8-sig")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", ["data", "trends"])
def test_what_is_mixed_is_said_in_every_format(
    run_page: RunPage, monkeypatch: pytest.MonkeyPatch, name: str, lang: str
) -> None:
    files: dict[str, Callable[[], bytes]] = {}

    def button(label: str, *, data: Callable[[], bytes], key: str, **more: Any) -> None:
        files[key.rpartition(".")[2]] = data

    monkeypatch.setattr("streamlit.download_button", button)
    run_page(name, lang=lang, i="patent_grants", r="440000")
    charted = {"pptx", *papers.FORMATS} if name == "trends" else set()
    assert set(files) == {*take.FORMATS, *charted}
    said = {"zh": "2021 年起与此前不可比", "en": "Values from 2021 on do not compare with earlier ones"}[lang]
    for kind, data in files.items():
        assert said in words_in(kind, data()), kind


def test_a_plain_selection_has_nothing_above_its_rows(run_page: RunPage) -> None:
    app = run_page("data", i="gdp", r="440000", y=["2015", "2020"])
    assert not [box for box in app.info if "- " in box.value]


def test_of_several_breaks_the_last_is_the_way_out() -> None:
    notes = [Note("break", {"year": year}, True, "after_break") for year in (2021, 2017)]
    other = Note("mixed_units", {}, True, "one_unit")
    kept = fair.last_of_each_way(Verdict(refusals=(*notes, other)).refusals)
    assert [(note.way, note.params.get("year")) for note in kept] == [("one_unit", None), ("after_break", 2021)]
