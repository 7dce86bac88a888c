"""Workbooks with the chart that was on screen: a native one, fed by the cells below it."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pandas as pd
import pytest

from charts.chart import Chart, empty_chart
from charts.layout import Look
from charts.workbook import Part, to_workbook, to_xlsx
from indicators.catalog import Catalog
from indicators.labels import LANGUAGES
from tests.charts import decks

Frame = Callable[..., pd.DataFrame]
NATIVE = ("two lines", "all lines", "panels", "ranking", "figures", "dumbbell", "slope", "rank slope", "scatter")
ELSE = ("map", "heat", "coverage")


@pytest.fixture(scope="module")
def rows(catalog: Catalog, frame: Any, provinces: list[str]) -> pd.DataFrame:
    return decks.frame_of(catalog, frame, provinces)


def opened(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data), data_only=True)


def plotted(data: bytes) -> list[float]:
    """The numbers in the cells that the charts' series refer to; they equal those cached in the charts."""
    book, found = opened(data), []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in (name for name in archive.namelist() if name.startswith("xl/charts/chart")):
            for values in ElementTree.fromstring(archive.read(name)).iterfind(".//{*}ser/{*}val"):
                sheet, cells = (values.findtext(".//{*}f") or "").rsplit("!", 1)
                numbers = [row[0].value for row in book[sheet.strip("'")][cells.replace("$", "")]]
                cached = {
                    int(pt.get("idx") or 0): float(pt.findtext("{*}v") or 0) for pt in values.iterfind(".//{*}pt")
                }
                assert {n: number for n, number in enumerate(numbers) if number is not None} == cached
                found += [number for number in numbers if number is not None]
    return found


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", NATIVE)
def test_a_chart_is_native_and_holds_the_plotted_numbers(
    rows: pd.DataFrame, catalog: Catalog, name: str, lang: str
) -> None:
    chart = decks.charts(rows, catalog, Look(lang))[name]  # type: ignore[arg-type]
    data = to_xlsx(chart.table, decks.meta(lang, notes=("1", "=2")), chart)
    book = opened(data)
    sheet = book[{"zh": "图", "en": "Chart"}[lang]]
    assert sheet._charts and sheet["A1"].value == chart.title and sheet["A2"].value == chart.source
    if name != "scatter":
        column = "rank" if name == "rank slope" else "value"
        assert sorted(plotted(data)) == pytest.approx(sorted(chart.table[column]))
    told = book[{"zh": "说明", "en": "Notes"}[lang]]
    assert [row[0].value for row in told.rows] == ["1", "=2"]


@pytest.mark.parametrize("name", ELSE)
def test_what_excel_has_no_chart_for_is_said(rows: pd.DataFrame, catalog: Catalog, name: str) -> None:
    chart = decks.charts(rows, catalog, Look("zh"))[name]
    book = opened(to_xlsx(chart.table, decks.meta("zh"), chart))
    assert "图" not in book.sheetnames and "数据" in book.sheetnames
    assert "Excel 没有屏幕上的这种图" in book["说明"]["A1"].value


def test_a_dark_chart_is_light_in_the_workbook(rows: pd.DataFrame, catalog: Catalog) -> None:
    parts = [decks.charts(rows, catalog, Look("zh", mode))["ranking"] for mode in ("light", "dark")]
    found = []
    for chart in parts:
        with zipfile.ZipFile(io.BytesIO(to_xlsx(chart.table, decks.meta("zh"), chart))) as archive:
            found.append(archive.read("xl/charts/chart1.xml"))
    assert found[0] == found[1]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_several_charts_share_a_workbook(rows: pd.DataFrame, catalog: Catalog, lang: str) -> None:
    every = decks.charts(rows, catalog, Look(lang))  # type: ignore[arg-type]
    meta = decks.meta(lang)
    shown: list[Chart] = [every["ranking"], every["map"], every["nine panels"], empty_chart("frame", lang, title="无")]
    parts = [Part(one.table, replace(meta, title=one.title, notes=(f"={n}",)), one) for n, one in enumerate(shown)]
    book = opened(to_workbook(parts, meta))
    chart, data, gap = {"zh": ("图", "数据", ""), "en": ("Chart", "Data", " ")}[lang]
    wanted = [f"{chart}{gap}1", f"{data}{gap}1", f"{data}{gap}2", f"{chart}{gap}3", f"{data}{gap}3", f"{data}{gap}4"]
    assert book.sheetnames[2:-1] == wanted
    assert len(book[f"{chart}{gap}3"]._charts) == 9
    told = [row[0].value for row in book.worksheets[1].rows]
    assert [f"{n}. {one.title}" for n, one in enumerate(shown, 1)] == [
        line for line in told if line and line[0] in "1234"
    ]
    assert book[f"{data}{gap}1"].max_row == len(shown[0].table) + 1
    cover = {row[0]: row[1] for row in book.worksheets[0].iter_rows(min_row=3, values_only=True)}
    assert cover[f"{chart} 2"] == shown[1].title
