"""Each kind of chart as PowerPoint has it: the native kind, its numbers, and what tells kinds of truth apart."""

from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from pptx.enum.chart import XL_CHART_TYPE
from pptx.enum.shapes import MSO_SHAPE_TYPE

from charts.bar import figures, ranking
from charts.chart import Break, Chart
from charts.deck import Evidence, Slide
from charts.layout import Look
from charts.line import trend
from charts.pairs import dumbbell, slope
from charts.scatter import scatter
from charts.tiles import tile_map
from indicators.catalog import Catalog
from tests.charts import decks
from tests.charts.decks import SHARE, of

ZH = Look("zh")
Row = dict[str, Any]


@pytest.fixture(scope="module")
def data(catalog: Catalog, frame: Any, provinces: list[str]) -> pd.DataFrame:
    return decks.frame_of(catalog, frame, provinces)


@pytest.fixture(scope="module")
def drawn(data: pd.DataFrame, catalog: Catalog) -> dict[str, Chart]:
    return decks.charts(data, catalog, ZH)


def charts_of(chart: Chart, **options: Any) -> list[Any]:
    return [one for slide in decks.deck([Slide(chart)], **options).slides for one in decks.native(slide)]


KINDS = {
    "two lines": XL_CHART_TYPE.LINE_MARKERS, "all lines": XL_CHART_TYPE.LINE_MARKERS, "panels": XL_CHART_TYPE.LINE_MARKERS,
    "nine panels": XL_CHART_TYPE.LINE_MARKERS, "ranking": XL_CHART_TYPE.BAR_CLUSTERED,
    "short ranking": XL_CHART_TYPE.BAR_CLUSTERED, "figures": XL_CHART_TYPE.BAR_CLUSTERED,
    "dumbbell": XL_CHART_TYPE.LINE_MARKERS, "slope": XL_CHART_TYPE.LINE_MARKERS, "rank slope": XL_CHART_TYPE.LINE_MARKERS,
}  # fmt: skip


@pytest.mark.parametrize("name", KINDS)
def test_the_native_chart_holds_exactly_the_plotted_numbers(drawn: dict[str, Chart], name: str) -> None:
    chart = drawn[name]
    made = charts_of(chart)
    assert {one.chart_type for one in made} == {KINDS[name]}
    shown = chart.table["rank"] if name == "rank slope" else chart.table["value"]
    assert sorted(n for one in made for n in decks.numbers(one)) == sorted(shown.tolist())
    assert all(
        chart.unit == decks.book(one).worksheets[0]["A1"].value.removeprefix("单位：")
        for one in made
        if "panels" not in name
    )


@pytest.mark.parametrize("name", ["scatter", "log scatter"])
def test_a_scatter_holds_both_values_of_every_region(drawn: dict[str, Chart], name: str) -> None:
    (made,) = charts_of(drawn[name])
    assert made.chart_type == XL_CHART_TYPE.XY_SCATTER
    rows = list(decks.book(made).worksheets[0].iter_rows(min_row=2, values_only=True))
    wide = drawn[name].table.pivot(index="region_name", columns="indicator", values="value")
    assert {row[0]: (row[1], next(v for v in row[2:] if v is not None)) for row in rows if row[0] != "中位数"} == {
        region: (row["gdp"], row[SHARE]) for region, row in wide.to_dict("index").items()
    }
    scales = made._chartSpace.xpath(".//c:logBase")
    assert len(scales) == (2 if name == "log scatter" else 0)


def test_what_powerpoint_has_no_chart_for_is_a_table_or_shapes_and_said_so(drawn: dict[str, Chart]) -> None:
    slides = decks.deck([Slide(drawn[name]) for name in ("heat", "coverage", "map")]).slides
    heat, coverage, tiles = slides[0], slides[1], slides[2]
    chart = drawn["heat"]
    cells = decks.table(heat)
    assert [row[0] for row in cells[1:]] == list(chart.labels["names"])
    assert [cell for row in cells[1:] for cell in row[1:]] == [str(n) for n in chart.table["rank"]]
    assert decks.table(coverage)[1:] == [["甲", "7", "120"], ["乙", "", "3"]]
    group = next(s for s in tiles.shapes if s.shape_type == MSO_SHAPE_TYPE.GROUP)
    words = [shape.text_frame.text.replace("\n", "|") for shape in group.shapes]
    assert len(words) == 34 and "台湾|无数据" in words and any(w.startswith("广东|") for w in words)
    assert "PowerPoint 没有这种图" in decks.notes(heat) and "PowerPoint 没有方格地图" in decks.notes(tiles)


def test_a_kind_without_a_drawing_becomes_a_table_of_its_values(drawn: dict[str, Chart]) -> None:
    chart = replace(drawn["ranking"], kind="intervals")
    slides = list(decks.deck([Slide(chart)]).slides)[:-1]
    rows = [row for slide in slides for row in decks.table(slide)[1:]]
    assert [float(row[4].replace(",", "")) for row in rows] == pytest.approx(chart.table["value"].tolist(), abs=1e-4)
    assert "以表格列出" in decks.notes(slides[0])


def test_a_missing_year_is_a_gap_and_a_break_begins_a_new_series(frame: Any, catalog: Catalog) -> None:
    rows = [{"year": y, "value": float(y) * 1e8} for y in (2014, 2015, 2017, 2018, 2019)]
    (made,) = charts_of(trend(frame(rows), catalog, ZH, breaks=[Break(2019, "普查")]))
    sheet = list(decks.book(made).worksheets[0].values)
    assert sheet[0][1:] == ("北京（2014–2018年）", "北京")
    assert [row[0] for row in sheet[1:]] == [2014, 2015, 2016, 2017, 2018, 2019]
    assert [row[1] is None for row in sheet[1:]] == [False, False, True, False, False, True]
    assert [row[2] is None for row in sheet[1:]] == [True] * 5 + [False]
    assert made._chartSpace.xpath(".//c:dispBlanksAs/@val") == ["gap"]


def test_targets_are_hollow_and_derived_values_hatched(frame: Any, catalog: Catalog) -> None:
    rows: list[Row] = [{"region": "110000", "value": 4e10}, {"region": "120000", "value": 3e10, "scenario": "target"},
                       {"region": "130000", "value": 2e10, "origin": "derived"},
                       {"region": "140000", "value": 1e10, "scenario": "requirement"}]  # fmt: skip
    (slide, _) = decks.deck([Slide(ranking(frame(rows), catalog, ZH))]).slides
    (made,) = decks.native(slide)
    points = {int(p.find("{*}idx").get("val")): p.find("{*}spPr") for p in made._chartSpace.iterfind(".//{*}dPt")}
    assert set(points) == {1, 2, 3}
    assert points[1].find("{*}noFill") is not None and points[1].find("{*}ln/{*}solidFill") is not None
    assert [points[n].find("{*}pattFill").get("prst") for n in (2, 3)] == ["wdUpDiag", "narHorz"]
    assert "实心：实际值   空心：目标值   横纹：要求   斜纹：推算值" in decks.texts(slide)


def test_a_target_after_a_line_is_a_hollow_point_of_its_own(frame: Any, catalog: Catalog) -> None:
    rows = [{"year": 2019, "value": 1e10}, {"year": 2020, "value": 2e10},
            {"year": 2025, "value": 5e10, "scenario": "target"},
            {"year": 2021, "value": 2.2e10, "origin": "derived", "low": 2.1e10, "high": 2.4e10},
            {"year": None, "value": 1.5e10, "scenario": "requirement"}]  # fmt: skip
    (made,) = charts_of(trend(frame(rows), catalog, ZH))
    series = {s.findtext("{*}tx//{*}v"): s for s in made._chartSpace.iterfind(".//{*}ser")}
    assert set(series) == {"北京", "北京（目标值）", "北京（推算值）", "北京（要求）"}
    for name, hollow in (("北京", False), ("北京（目标值）", True), ("北京（推算值）", True)):
        assert (series[name].find("{*}marker/{*}spPr/{*}noFill") is not None) == hollow
    assert series["北京（目标值）"].find("{*}spPr/{*}ln/{*}noFill") is not None
    whisker = series["北京（推算值）"].find("{*}errBars")
    assert [max(float(v.text) for v in whisker.iterfind(f"{{*}}{side}//{{*}}v")) for side in ("plus", "minus")] == [
        20.0,
        10.0,
    ]
    dash = series["北京（要求）"].find("{*}spPr/{*}ln/{*}prstDash")
    assert dash.get("val") == "dash" and len(series["北京（要求）"].findall("{*}val//{*}pt")) == 7


def test_the_first_bar_stands_on_top_and_the_one_in_focus_in_full_colour(drawn: dict[str, Chart]) -> None:
    (made,) = charts_of(drawn["ranking"])
    assert made.category_axis.reverse_order
    assert next(iter(made.plots[0].categories)) == drawn["ranking"].labels["names"][0]
    at = drawn["ranking"].table["region"].tolist().index("440000")
    colors = {
        p.find("{*}idx").get("val"): p.find(".//{*}srgbClr").get("val") for p in made._chartSpace.iterfind(".//{*}dPt")
    }
    usual = made._chartSpace.find(".//{*}ser/{*}spPr//{*}srgbClr").get("val")
    assert colors == {str(at): "1B5E9E"} and usual != "1B5E9E"


def test_a_bar_with_a_comparator_says_so(frame: Any, catalog: Catalog) -> None:
    rows = [{"value": 3e10}, {"value": 2e10, "region": "310000", "comparator": "ge"}]
    (made,) = charts_of(ranking(frame(rows), catalog, ZH))
    codes = [code.get("formatCode") for code in made._chartSpace.iterfind(".//{*}dLbl/{*}numFmt")]
    assert not codes[0].startswith('"') and codes[1].startswith('"≥ "')


def test_the_lines_of_a_dumbbell_follow_the_workbook(frame: Any, catalog: Catalog) -> None:
    rows = [
        {"region": r, "year": y, "value": v}
        for r, a, b in (("110000", 1e10, 3e10), ("310000", 2e10, 1.5e10))
        for y, v in ((2016, a), (2020, b))
    ]
    (made,) = charts_of(dumbbell(frame(rows), catalog, ZH, first=2016, last=2020))
    sheet = decks.book(made).worksheets[0]
    assert [[cell.value for cell in row] for row in sheet] == [
        ["单位：亿元", "2016年", "2020年", "升", "降"],
        ["北京", 100, 300, "=MAX(C2-B2,0)", "=MAX(B2-C2,0)"],
        ["上海", 200, 150, "=MAX(C3-B3,0)", "=MAX(B3-C3,0)"],
    ]
    plus, minus = (
        [float(v.text) for v in made._chartSpace.iterfind(f".//{{*}}errBars/{{*}}{side}//{{*}}v")]
        for side in ("plus", "minus")
    )
    assert plus == [200, 0] and minus == [0, 50]


def test_text_that_looks_like_a_formula_stays_text_everywhere(frame: Any, catalog: Catalog) -> None:
    chart = ranking(frame([{"value": 1e10}, {"region": "310000", "value": 2e10}]), catalog, ZH)
    nasty = ["=1+1", '@"x" & <b>\x01']
    table = chart.table.assign(region_name=nasty)
    chart = replace(chart, labels={"names": nasty}, table=table, title="=2+2")
    proof = {"v0": Evidence("=3+3", "+4")}
    (slide, _) = decks.deck([Slide(chart)], evidence=proof).slides
    (made,) = decks.native(slide)
    cells = [cell for sheet in decks.book(made) for row in sheet for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    assert {"=1+1", '@"x" & <b>', "=2+2", "=3+3"} <= {cell.value for cell in cells}
    assert list(made.plots[0].categories) == ["=1+1", '@"x" & <b>']


def test_speaker_notes_lead_every_value_to_its_place(drawn: dict[str, Chart]) -> None:
    chart = drawn["two lines"]
    proof = decks.evidence(chart.table)
    (slide, _) = decks.deck([Slide(chart, None, "北京领先", "先说结论。")], evidence=proof).slides
    words = decks.notes(slide).split("\n")
    assert words[0] == "先说结论。" and words[1] == chart.title and chart.alt in words
    assert all(note in words for note in chart.notes) and words[-1] == chart.source
    assert "1. 乙市报告" in words and "2. 甲局《统计公报》" in words
    row = chart.table.iloc[1]
    assert f"· 北京 2017：{row['value']:,.0f}{row['unit']}（行“1”）" in words
    assert sum(line.startswith("· ") for line in words) == len(chart.table)
    (made,) = decks.native(slide)
    sheet = list(decks.book(made).worksheets[1].values)
    assert len(sheet) == len(chart.table) + 1 and sheet[1][-2:] == ("乙市报告", "二、研发 第0句。")


def test_long_evidence_is_cut_with_a_word_on_where_the_rest_is(drawn: dict[str, Chart]) -> None:
    chart = drawn["all lines"]
    (slide, _) = decks.deck([Slide(chart)], evidence=decks.evidence(chart.table)).slides
    assert f"另有{len(chart.table) - 60}个数值" in decks.notes(slide)
    (made,) = decks.native(slide)
    assert decks.book(made).worksheets[1].max_row == len(chart.table) + 1


def test_derived_values_lead_to_the_values_they_came_from(frame: Any, catalog: Catalog) -> None:
    rows = frame([{"year": y, "value": 5.0, "origin": "derived"} for y in (2019, 2020)])
    rows["inputs"] = [["a", "b"], ["b", "c"]]
    chart = trend(rows, catalog, ZH, unit="percent", value_label="同比增速")
    proof = {"a": Evidence("甲局", "行甲"), "b": Evidence("甲局", "行乙")}
    (slide, _) = decks.deck([Slide(chart, rows)], evidence=proof).slides
    words = decks.notes(slide)
    assert "行甲" in words and words.count("行乙") == 1 and "北京 2019：5%（推算值）；北京 2020：5%（推算值）" in words


def test_values_without_evidence_are_counted(drawn: dict[str, Chart]) -> None:
    chart = drawn["short ranking"]
    (slide, _) = decks.deck([Slide(chart)], evidence={chart.table["observation_id"][0]: Evidence("甲局")}).slides
    assert "1个数值的出处未随本文件给出" in decks.notes(slide)


def test_labels_at_line_ends_keep_clear_of_each_other(frame: Any, catalog: Catalog) -> None:
    rows = [
        {"region": r, "year": y, "value": 1e10 + n * 1e7 + y}
        for n, r in enumerate(("110000", "310000", "440000"))
        for y in (2019, 2020)
    ]
    rows += [{"region": "650000", "year": y, "value": 9e10} for y in (2019, 2020)]
    (made,) = charts_of(trend(frame(rows), catalog, ZH))
    shifts = [float(y.get("val")) for y in made._chartSpace.iterfind(".//{*}dLbl/{*}layout//{*}y")]
    assert len(shifts) >= 2 and min(shifts) < 0 < max(shifts)


def test_negative_values_and_single_points_are_drawn(frame: Any, catalog: Catalog) -> None:
    falling = frame([{"region": r, "value": v} for r, v in (("110000", -3.0), ("310000", 2.0))])
    one = frame([{"value": 3e10}])
    made = [
        *charts_of(ranking(falling, catalog, ZH, unit="percent", value_label="增速")),
        *charts_of(trend(one, catalog, ZH)),
        *charts_of(figures(one, catalog, ZH)),
    ]
    assert [decks.numbers(chart) for chart in made] == [[2.0, -3.0], [300.0], [300.0]]
    scale = made[0]._chartSpace.xpath(".//c:valAx/c:scaling/c:min/@val")
    assert float(scale[0]) < -3


def test_pairs_scatter_and_map_of_two_regions_are_drawn(data: pd.DataFrame, catalog: Catalog) -> None:
    two = data[data["region"] < "130000"]
    slides = [
        slope(of(two, "gdp", 2016, 2020), catalog, ZH, first=2016, last=2020),
        scatter(two[two["year"] == 2020], catalog, ZH, x="gdp", y=SHARE),
        tile_map(of(two, "gdp", 2020), catalog, ZH),
    ]
    assert len(decks.deck([Slide(chart) for chart in slides]).slides) == 4
