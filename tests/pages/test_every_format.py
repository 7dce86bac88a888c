"""Every file of a chart's download bar, made as a click makes it and opened by a reader of its own: it holds exactly the
rows and the values on screen, and negative numbers stay numbers."""

import io
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import duckdb
import frictionless
import openpyxl
import pysdmx.io
import pytest
from pptx import Presentation
from streamlit.testing.v1 import AppTest

from indicators.catalog import load_catalog
from indicators.labels import LANGUAGES, text
from indicators.paths import data_paths
from indicators.queries import Library
from pages.parts import retake, take
from pages.parts.page import Page
from pages.parts.state import GivenState

RunPage = Callable[..., AppTest]
#: Views with negative values, with a comparator, and of two indicators.
VIEWS = {
    "ranking": ("compare", {"i": "rd_expenditure", "y": "2023"}),
    "growth": ("trends", {"i": "patent_grants", "r": "650000", "mode": "growth"}),
    "scatter": ("compare", {"mode": "scatter"}),
}


@pytest.fixture(params=[(view, lang) for view in VIEWS for lang in LANGUAGES], ids=lambda one: "-".join(one))
def taken(
    request: pytest.FixtureRequest, run_page: RunPage, edition: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[retake.Shown, dict[str, bytes], str]:
    """What the page shows, each file of its first download bar, and the language."""
    view, lang = request.param
    name, query = VIEWS[view]
    files: dict[str, Callable[[], bytes]] = {}

    def button(label: str, *, data: Callable[[], bytes], key: str, **more: Any) -> None:
        files.setdefault(key.rpartition(".")[2], data)

    monkeypatch.setattr("streamlit.download_button", button)
    run_page(name, lang=lang, **query)
    current = Library(data_paths(edition).parquet).current()
    page = Page("briefing", lang, current, load_catalog(), GivenState("briefing", {}), False, False)
    (shown, *_), _ = retake.charts(page, name, {key: (value,) for key, value in query.items()})
    return shown, {kind: made() for kind, made in files.items()}, lang


def in_csv(data: bytes, folder: Path, lang: str) -> list[float]:
    path = folder / "rows.csv"
    path.write_bytes(data)
    relation = duckdb.connect().read_csv(str(path))
    heading = text("data.column_value", lang)
    assert dict(zip(relation.columns, map(str, relation.types), strict=True))[heading] in ("DOUBLE", "BIGINT")
    return [row[0] for row in relation.project(f'"{heading}"').fetchall()]


def in_xlsx(data: bytes, folder: Path, lang: str) -> list[float]:
    sheet = openpyxl.load_workbook(io.BytesIO(data))[text("charts.sheet_data", lang)]
    heads = [cell.value for cell in sheet[1]]
    cells = [row[heads.index(text("data.column_value", lang))] for row in sheet.iter_rows(min_row=2)]
    assert {cell.data_type for cell in cells} == {"n"}
    return [cell.value for cell in cells]


def in_parquet(data: bytes, folder: Path, lang: str) -> list[float]:
    path = folder / "rows.parquet"
    path.write_bytes(data)
    return [row[0] for row in duckdb.connect().read_parquet(str(path)).project("value").fetchall()]


def in_json(data: bytes, folder: Path, lang: str) -> list[float]:
    told = json.loads(data)
    (rows,) = (
        part
        for part in told.values()
        if isinstance(part, list) and part and isinstance(part[0], dict) and "value" in part[0]
    )
    return [row["value"] for row in rows]


def in_sdmx(data: bytes, folder: Path, lang: str) -> list[float]:
    path = folder / "rows.csv"
    path.write_bytes(data)
    (found,) = pysdmx.io.read_sdmx(path, validate=True).data
    return [float(value) for value in found.data["OBS_VALUE"]]


def in_package(data: bytes, folder: Path, lang: str) -> list[float]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        archive.extractall(folder)
    package = frictionless.Package(str(folder / "datapackage.json"))
    assert package.validate().valid
    return [float(row["value"]) for row in package.get_resource("data").read_rows()]


ROWS = {
    "csv": in_csv, "xlsx": in_xlsx, "parquet": in_parquet, "json": in_json, "sdmx": in_sdmx, "package": in_package,
}  # fmt: skip


def plotted_in_pptx(data: bytes) -> set[float]:
    """The numbers of the charts' own workbooks."""
    found: set[float] = set()
    for slide in Presentation(io.BytesIO(data)).slides:
        for shape in slide.shapes:
            if shape.has_chart:
                blob = shape.chart.part.chart_workbook.xlsx_part.blob
                sheet = openpyxl.load_workbook(io.BytesIO(blob), data_only=True).worksheets[0]
                found |= {cell.value for row in sheet for cell in row if isinstance(cell.value, int | float)}
    return found


def printed_in_docx(data: bytes) -> list[float]:
    """The numbers of the tables."""
    found = []
    for table in docx.Document(io.BytesIO(data)).tables:
        for row in table.rows:
            found += [float(cell.text.replace(",", "").replace("−", "-")) for cell in row.cells if number(cell.text)]
    return found


def number(words: str) -> bool:
    return re.fullmatch(r"[-−]?[\d,]+(\.\d+)?", words) is not None


def test_every_format_holds_exactly_the_rows_on_screen(taken: Any, tmp_path: Path) -> None:
    shown, files, lang = taken
    assert set(take.FORMATS) <= set(files) and set(ROWS) == set(take.FORMATS)
    expected = sorted(shown.frame["value"])
    for kind, read in ROWS.items():
        folder = tmp_path / kind
        folder.mkdir()
        assert sorted(read(files[kind], folder, lang)) == pytest.approx(expected, rel=1e-12), kind


def test_deck_report_and_page_hold_the_plotted_values(taken: Any) -> None:
    shown, files, _ = taken
    plotted = shown.chart.table["value"]
    in_deck = plotted_in_pptx(files["pptx"])
    printed = printed_in_docx(files["docx"])
    embedded = re.search(r'<script type="application/json" id="chart-1">(.*?)</script>', files["html"].decode(), re.S)
    assert embedded
    figure = json.loads(embedded[1])
    drawn = {
        value for trace in figure["data"] for axis in ("x", "y") for value in trace.get(axis) or []
        if isinstance(value, int | float)
    }  # fmt: skip
    for value in plotted:
        assert any(value == pytest.approx(one, rel=1e-9) for one in in_deck), value
        assert any(value == pytest.approx(one, abs=6e-5) for one in printed), (value, printed)
        assert any(value == pytest.approx(one, rel=1e-9) for one in drawn), value


def test_the_views_hold_negative_numbers(taken: Any) -> None:
    shown, _, _ = taken
    assert shown.key != "trends.main" or (shown.frame["value"] < 0).any()
