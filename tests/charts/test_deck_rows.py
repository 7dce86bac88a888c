"""Marks in rows and strips, and stacked bars, as native charts: their numbers, and what tells kinds of truth apart."""

from typing import Any

import pandas as pd
import pytest
from pptx.enum.chart import XL_CHART_TYPE

from charts.chart import Chart
from charts.deck import Slide
from charts.layout import Look
from charts.report.drawing import drawn as on_paper
from charts.report.model import Section
from charts.scatter import scatter
from charts.workbook import Part, to_workbook
from indicators.catalog import Catalog
from indicators.fit import Line
from tests.charts import decks

ZH = Look("zh")
NAMES = ("strip", "strips", "log strip", "ranges", "distances", "stack", "one part", "progress")


@pytest.fixture(scope="module")
def data(catalog: Catalog, frame: Any, provinces: list[str]) -> pd.DataFrame:
    return decks.frame_of(catalog, frame, provinces)


@pytest.fixture(scope="module")
def made(data: pd.DataFrame, catalog: Catalog) -> dict[str, Chart]:
    return decks.in_rows(data, catalog, ZH)


def native(chart: Chart) -> list[Any]:
    return [one for slide in decks.deck([Slide(chart)]).slides for one in decks.native(slide)]


def marks(one: Any) -> list[tuple[float, float, str, bool]]:
    """Place, symbol and hollowness of everything that is marked in a scatter chart."""
    found = []
    for series in one._chartSpace.iterfind(".//{*}ser"):
        xs, ys = (
            {int(pt.get("idx")): float(pt.findtext("{*}v")) for pt in series.iterfind(f"{{*}}{side}Val//{{*}}pt")}
            for side in "xy"
        )
        for point in series.iterfind("{*}dPt"):
            n, marker = int(point.find("{*}idx").get("val")), point.find("{*}marker")
            hollow = marker.find("{*}spPr/{*}noFill") is not None
            found.append((xs[n], ys[n], marker.find("{*}symbol").get("val"), hollow))
    return found


def sheet(one: Any) -> dict[str, list[Any]]:
    """The first column of each heading."""
    columns = zip(*decks.book(one).worksheets[0].iter_rows(values_only=True), strict=True)
    return {head: list(rest) for head, *rest in reversed(list(columns))}


@pytest.mark.parametrize("name", NAMES)
def test_each_kind_is_native_on_slides_on_paper_and_in_workbooks(made: dict[str, Chart], name: str) -> None:
    chart = made[name]
    kinds = {"stack": XL_CHART_TYPE.BAR_STACKED, "one part": XL_CHART_TYPE.BAR_CLUSTERED}
    assert {one.chart_type for one in native(chart)} == {kinds.get(name, XL_CHART_TYPE.XY_SCATTER)}
    assert on_paper(Section(chart, pd.DataFrame()), "zh").drawings
    book = to_workbook([Part(chart.table, decks.meta("zh"), chart)], decks.meta("zh"))
    assert book[:2] == b"PK" and not Part(chart.table, decks.meta("zh"), chart).told


@pytest.mark.parametrize("name", NAMES)
def test_all_series_of_a_scatter_are_equally_long(made: dict[str, Chart], name: str) -> None:
    for one in native(made[name]):
        counts = {count.get("val") for count in one._chartSpace.xpath(".//c:xVal//c:ptCount | .//c:yVal//c:ptCount")}
        assert len(counts) == (0 if name in ("stack", "one part") else 1)


@pytest.mark.parametrize("name", ["strip", "strips", "log strip"])
def test_every_region_is_a_dot_of_its_value(made: dict[str, Chart], name: str) -> None:
    (one,) = native(made[name])
    assert sorted(x for x, *_ in marks(one)) == sorted(made[name].table["value"])
    assert len(one._chartSpace.xpath(".//c:logBase")) == (name == "log strip")
    bands = one._chartSpace.xpath(".//c:ser//a:alpha")
    assert len(bands) == (3 if name == "strips" else 1)


def test_the_ranges_follow_the_workbook(made: dict[str, Chart]) -> None:
    first, second = native(made["ranges"])
    assert sum(len(marks(one)) for one in (first, second)) == 31
    for one in (first, second):
        rows = sheet(one)
        rank, low, high = (rows[head] for head in ("位次", "最好位次", "最差位次"))
        assert all(a <= b <= c for a, b, c in zip(low, rank, high, strict=False) if b is not None)
        formulas = [cell for row in decks.book(one).worksheets[0] for cell in row if cell.data_type == "f"]
        assert len(formulas) == 2 * sum(place is not None for place in low)
    assert [place for place in sheet(first)["最差位次"] if place][:2] == [4, 5]


def test_distances_have_stems_and_other_shapes_for_what_is_worse(made: dict[str, Chart]) -> None:
    (one,) = native(made["distances"])
    found = marks(one)
    own = [mark for mark in found if mark[0] in (2.0, 0.5, -1.5) and mark[2] in ("circle", "diamond")]
    assert {(x, y, symbol) for x, y, symbol, _ in own} >= {(2.0, 3, "circle"), (0.5, 2, "circle"), (-1.5, 1, "diamond")}
    assert len(found) == 3 + 30
    words = "".join(one._chartSpace.xpath(".//c:dLbl//a:t/text()"))
    assert all(name in words for name in made["distances"].labels["names"])


def test_targets_are_hollow_and_what_was_reached_is_filled(made: dict[str, Chart]) -> None:
    (slide, _) = decks.deck([Slide(made["progress"])]).slides
    (one,) = decks.native(slide)
    found = marks(one)
    assert sorted(x for x, _, _, hollow in found if hollow) == [30.0] * 5
    assert {(x, symbol) for x, _, symbol, hollow in found if not hollow} == {
        (31.0, "circle"), (26.0, "triangle"), (13.0, "diamond"), (20.0, "square"),
    }  # fmt: skip
    words = "".join(one._chartSpace.xpath(".//c:dLbl//a:t/text()"))
    assert "◆" in words and "▼" not in words and "▼" not in decks.texts(slide)


def test_stacked_parts_add_up_to_the_total_at_their_end(made: dict[str, Chart]) -> None:
    for one in native(made["stack"]):
        series = one._chartSpace.findall(".//{*}ser")
        assert [s.findtext("{*}tx//{*}v") for s in series] == ["A", "B", "C", "合计"]
        values = [[float(v.text) for v in s.iterfind("{*}val//{*}v")] for s in series]
        assert [sum(row) for row in zip(*values[:3], strict=True)] == pytest.approx(values[3])
        assert series[3].find("{*}spPr/{*}noFill") is not None
        assert one._chartSpace.xpath(".//c:overlap/@val") == ["100"] and one.category_axis.reverse_order
    (plain,) = native(made["one part"])
    assert decks.numbers(plain) == [40.0, 39.0, 38.0, 37.0, 36.0]


@pytest.mark.parametrize("log", [False, True])
def test_a_fitted_line_ends_inside_the_plot(data: pd.DataFrame, catalog: Catalog, log: bool) -> None:
    rows = data[data["year"] == 2020]
    ends = (float(rows.loc[rows["indicator"] == "gdp", "value"].min()), 4e13)
    steep = Line(-24, 2.0, 1, 3, ends, log, log) if log else Line(-3.0, 4e-12, 1e-12, 5e-12, ends)
    chart = scatter(rows, catalog, ZH, x="gdp", y=decks.SHARE, log_x=log, log_y=log, line=steep)
    (one,) = native(chart)
    line = next(s for s in one._chartSpace.iterfind(".//{*}ser") if s.findtext("{*}tx//{*}v") == "拟合线")
    xs, ys = (
        {pt.get("idx"): float(pt.findtext("{*}v")) for pt in line.iterfind(f"{{*}}{side}Val//{{*}}pt")} for side in "xy"
    )
    low, high = (float(one._chartSpace.xpath(f".//c:valAx[2]//c:{end}/@val")[0]) for end in ("min", "max"))
    assert len(ys) == 2 and low <= min(ys.values()) < max(ys.values()) <= high
    unit = ends[0] / chart.table.loc[chart.table["indicator"] == "gdp", "value"].min()
    assert [steep.at(xs[n] * unit) for n in ys] == pytest.approx(list(ys.values()), rel=1e-6)
    assert max(ys.values()) < steep.at(ends[1])
