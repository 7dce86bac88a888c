"""Lines over years: what is cut, what is hollow, what stands on the axis."""

from itertools import pairwise
from typing import Any

import pandas as pd
import pytest
from plotly.graph_objects import Figure

from charts.chart import Break, Chart
from charts.layout import Look, text_width
from charts.line import sparkline, trend
from charts.linelabels import neighbours
from indicators.catalog import Catalog

ZH = Look("zh")


def series(region: str, first: int, values: list[float | None], **more: Any) -> list[dict[str, Any]]:
    years = range(first, first + len(values))
    return [
        {"region": region, "year": y, "value": v, **more} for y, v in zip(years, values, strict=True) if v is not None
    ]


def traces(chart: Chart, kind: str) -> list[dict[str, Any]]:
    return [t for t in chart.spec["data"] if t.get("meta", {}).get("kind") == kind]


def notes_named(chart: Chart, name: str) -> list[dict[str, Any]]:
    return [a for a in chart.spec["layout"]["annotations"] if a.get("name") == name]


def test_the_title_says_what_when_and_in_which_unit(catalog: Catalog, frame: Any) -> None:
    rows = series("110000", 2017, [1.5e11, 1.8e11]) + series("440000", 2017, [2.3e11, 2.7e11])
    zh = trend(frame(rows), catalog, ZH)
    name = catalog.indicators["rd_expenditure"].zh
    assert zh.title == f"{name}，2017–2018年，亿元" and zh.unit == "亿元"
    english = trend(frame(rows[:2]), catalog, Look("en"))
    assert english.title == f"Beijing: {catalog.indicators['rd_expenditure'].en}, 2017–2018, billion yuan"
    assert notes_named(zh, "unit")[0]["text"] == "亿元"


def test_one_scale_for_the_axis_and_the_table_has_the_plotted_numbers(catalog: Catalog, frame: Any) -> None:
    chart = trend(frame(series("440000", 2020, [5.1e11, 5.2e11]) + series("540000", 2020, [7e8, 8e8])), catalog, ZH)
    plotted = {i: y for t in chart.spec["data"] for i, y in zip(t["customdata"], t["y"], strict=True)}
    assert plotted == {"v0": 5100.0, "v1": 5200.0, "v2": 7.0, "v3": 8.0}
    assert dict(zip(chart.table["observation_id"], chart.table["value"], strict=True)) == plotted
    assert set(chart.table["unit"]) == {"亿元"}


def test_missing_years_leave_a_gap(catalog: Catalog, frame: Any) -> None:
    (trace,) = trend(frame(series("110000", 2015, [1e9, 2e9, None, 4e9])), catalog, ZH).spec["data"]
    assert trace["x"] == [2015, 2016, None, 2018] and trace["connectgaps"] is False


def test_a_break_cuts_the_line_and_is_marked_and_told(catalog: Catalog, frame: Any) -> None:
    rows = series("110000", 2015, [1e9, 2e9, 3e9, 4e9])
    chart = trend(frame(rows), catalog, ZH, breaks=[Break(2017, "普查修订", indicator="rd_expenditure")])
    assert chart.spec["data"][0]["x"] == [2015, 2016, None, 2017, 2018]
    (mark,) = [s for s in chart.spec["layout"]["shapes"] if s["line"].get("dash") == "dot"]
    assert mark["x0"] == mark["x1"] == 2016.5
    assert [a["text"] for a in notes_named(chart, "break")] == ["普查修订"]
    assert any("2017" in note and "普查修订" in note for note in chart.notes)
    other = trend(
        frame(rows), catalog, ZH, breaks=[Break(2017, "x", region="440000"), Break(2017, "y", series="other")]
    )
    assert None not in other.spec["data"][0]["x"]


def test_break_texts_that_would_meet_are_stacked(catalog: Catalog, frame: Any) -> None:
    rows = series("110000", 2000, [float(n) * 1e9 for n in range(1, 26)])
    reasons = [Break(y, f"第{y}年起按普查修订的口径") for y in (2010, 2011, 2012)]
    chart = trend(frame(rows), catalog, Look("zh", width="narrow"), breaks=reasons)
    assert len({a["yshift"] for a in notes_named(chart, "break")}) == 3


def test_values_of_different_series_are_not_joined(catalog: Catalog, frame: Any) -> None:
    rows = series("110000", 2015, [1e9, 2e9], series="old") + series("110000", 2017, [3e9, 4e9], series="new")
    assert trend(frame(rows), catalog, ZH).spec["data"][0]["x"] == [2015, 2016, None, 2017, 2018]


def test_a_bound_is_not_joined_as_if_it_were_the_value(catalog: Catalog, frame: Any) -> None:
    exact = series("110000", 2023, [6.2e12, 6.45e12], indicator="gdp", comparator="eq")
    bound = series("110000", 2025, [6e12], indicator="gdp", comparator="ge")
    chart = trend(frame([*exact, *bound]), catalog, ZH)
    assert chart.spec["data"][0]["x"] == [2023, 2024, None, 2025]
    around = series("110000", 2025, [6e12], indicator="gdp", comparator="approx")
    assert trend(frame([*exact, *around]), catalog, ZH).spec["data"][0]["x"] == [2023, 2024, 2025]


def test_targets_are_hollow_and_joined_by_dots(catalog: Catalog, frame: Any) -> None:
    rows = [*series("110000", 2019, [1e9, 2e9]), {"year": 2025, "value": 5e9, "scenario": "target", "comparator": "ge"}]
    chart = trend(frame(rows), catalog, ZH)
    (target,) = traces(chart, "target")
    assert target["marker"]["symbol"].endswith("-open") and target["line"]["dash"] == "dot"
    assert target["x"] == [2020, 2025] and target["marker"]["size"][0] == 0
    assert target["customdata"] == [None, "v2"]
    (actual,) = traces(chart, "actual")
    assert actual["line"]["dash"] == "solid" and not actual["marker"]["symbol"].endswith("-open")
    assert "○ 目标值" in notes_named(chart, "subtitle")[0]["text"]
    assert any("≥" in str(a["text"]) for a in chart.spec["layout"]["annotations"])


def test_requirements_are_dashes_also_without_a_year(catalog: Catalog, frame: Any) -> None:
    rows = [*series("110000", 2019, [1e9, 2e9]), {"year": None, "value": 1.5e9, "scenario": "requirement"}]
    (required,) = traces(trend(frame(rows), catalog, ZH), "requirement")
    assert (
        required["line"]["dash"] == "dash" and required["y"] == [15.0, 15.0] and required["customdata"] == ["v2", "v2"]
    )
    assert required["x"][0] < 2019 and required["x"][1] > 2020


def test_derived_values_have_their_own_marker_and_interval(catalog: Catalog, frame: Any) -> None:
    derived = {"year": 2018, "value": 4e9, "origin": "derived", "low": 3.9e9, "high": 4.2e9}
    chart = trend(frame([*series("110000", 2019, [5e9, 6e9]), derived]), catalog, ZH)
    (trace,) = traces(chart, "derived")
    assert trace["marker"]["symbol"] == "diamond-open" and trace["line"]["dash"] == "dot"
    assert trace["error_y"]["array"] == [2.0] and trace["error_y"]["arrayminus"] == [1.0]
    assert set(chart.table["kind"]) == {"实际值", "推算值"}


def test_years_are_whole(catalog: Catalog, frame: Any) -> None:
    for count in (1, 2, 3, 9, 33):
        for width in ("wide", "narrow"):
            chart = trend(frame(series("110000", 1990, [1e9] * count)), catalog, Look("zh", width=width))
            axis = chart.spec["layout"]["xaxis"]
            assert all(isinstance(v, int) for v in axis["tickvals"])
            assert axis["tickvals"][-1] == 1990 + count - 1 and len(axis["tickvals"]) <= 16


def test_a_label_makes_way_for_lines_that_end_a_little_later() -> None:
    assert neighbours([2024, 2025, 2010, 2024, 2021]) == [[2], [4, 0, 3, 1]]
    assert neighbours([2010, 2014]) == [[0], [1]]


def test_end_labels_never_touch(catalog: Catalog, frame: Any, provinces: list[str]) -> None:
    rows = [r for n, code in enumerate(provinces[:8]) for r in series(code, 2019, [1e9, 2e9 + n * 1e6])]
    chart = trend(frame(rows), catalog, ZH)
    labels = [a for a in chart.spec["layout"]["annotations"] if a.get("xref") == "x"]
    low, high = chart.spec["layout"]["yaxis"]["range"]
    heights = sorted(
        (a["y"] - low) / (high - low) * 360 + (-a["ay"] if a["showarrow"] else a.get("yshift", 0)) for a in labels
    )
    assert len(labels) == 8 and all(b - a >= 14.9 for a, b in pairwise(heights))
    assert chart.spec["layout"]["margin"]["r"] >= max(text_width(a["text"]) for a in labels)


def test_above_eight_series_the_rest_is_grey(catalog: Catalog, frame: Any, provinces: list[str]) -> None:
    rows = [r for n, code in enumerate(provinces) for r in series(code, 2019, [1e9, n * 1e9])]
    chart = trend(frame(rows), catalog, ZH)
    grey = [t for t in chart.spec["data"] if t["line"]["color"] == ZH.theme.rest]
    assert len(chart.spec["data"]) == 31 and len(grey) == 23
    assert any("23" in note for note in chart.notes)
    chosen = trend(frame(rows), catalog, ZH, highlight=[provinces[0], provinces[5]])
    assert sum(t["line"]["color"] != ZH.theme.rest for t in chosen.spec["data"]) == 2
    assert len(chosen.table) == len(rows)


def test_different_units_never_share_an_axis(catalog: Catalog, frame: Any) -> None:
    rows = [*series("110000", 2019, [1e9, 2e9]),
            *series("110000", 2019, [5.5, 6.1], indicator="rd_intensity", unit="percent")]  # fmt: skip
    chart = trend(frame(rows), catalog, ZH)
    assert {t["yaxis"] for t in chart.spec["data"]} == {"y", "y2"}
    heads = [a["text"] for a in notes_named(chart, "panel")]
    assert heads[0].endswith(">亿元</span>") and heads[1].endswith(">%</span>")
    Figure(chart.spec)


def test_panels_by_region_share_their_scale(catalog: Catalog, frame: Any) -> None:
    rows = series("110000", 2019, [1e9, 2e9]) + series("440000", 2019, [5e11, 6e11])
    chart = trend(frame(rows), catalog, ZH, panels="region")
    layout = chart.spec["layout"]
    assert layout["yaxis"]["range"] == layout["yaxis2"]["range"] and chart.unit == "亿元"
    assert [a["text"] for a in notes_named(chart, "panel")] == ["北京", "广东"]


def test_growth_and_index_carry_their_own_unit(catalog: Catalog, frame: Any) -> None:
    rows = series("110000", 2019, [100.0, 112.5])
    chart = trend(frame(rows), catalog, ZH, unit="index", value_label="指数（2019年=100）", reference=100)
    assert chart.unit == "指数" and "指数（2019年=100）" in chart.title
    assert any(s["y0"] == 100 for s in chart.spec["layout"]["shapes"])
    growth = trend(frame(series("110000", 2019, [-3.0, 12.5])), catalog, ZH, unit="percent", value_label="增速")
    assert growth.unit == "%" and growth.spec["layout"]["yaxis"]["zeroline"]


def test_an_axis_that_does_not_start_at_zero_says_so(catalog: Catalog, frame: Any) -> None:
    near = trend(frame(series("110000", 2019, [96e8, 99e8])), catalog, ZH)
    assert near.spec["layout"]["yaxis"]["range"][0] > 0
    assert any("不从零" in note for note in near.notes)
    far = trend(frame(series("110000", 2019, [1e9, 9e9])), catalog, ZH)
    assert far.spec["layout"]["yaxis"]["range"][0] == 0
    assert not far.notes


def test_single_points_are_labelled_with_their_value(catalog: Catalog, frame: Any) -> None:
    rows = series("110000", 2012, [1e9, None, None, 2e9]) + series("440000", 2013, [5e9])
    chart = trend(frame(rows), catalog, ZH)
    words = [w for t in chart.spec["data"] for w in t.get("text", [])]
    assert "10.0" in words


def test_values_without_a_year_are_counted_not_dropped_in_silence(catalog: Catalog, frame: Any) -> None:
    chart = trend(frame([*series("110000", 2019, [1e9]), {"year": None, "value": 3e9}]), catalog, ZH)
    assert any("1个未注年份" in note for note in chart.notes)


def test_empty_frames_explain_themselves(catalog: Catalog, frame: Any) -> None:
    nothing = trend(pd.DataFrame(), catalog, ZH)
    assert nothing.empty and nothing.spec == {}
    undated = trend(frame([{"year": None, "value": 3e9}]), catalog, Look("en"))
    assert undated.empty and "year" in undated.empty


def test_a_frame_without_its_columns_is_refused(catalog: Catalog) -> None:
    with pytest.raises(KeyError, match="region"):
        trend(pd.DataFrame({"value": [1.0]}), catalog, ZH)
    with pytest.raises(KeyError, match="unit"):
        trend(pd.DataFrame({"region": ["110000"], "indicator": ["gdp"], "value": [1.0]}), catalog, ZH)


def test_scopes_are_lines_of_their_own(catalog: Catalog, frame: Any) -> None:
    rows = series("110000", 2019, [1e9, 2e9]) + series("110000", 2019, [3e8, 4e8], scope="企业")
    chart = trend(frame(rows), catalog, ZH)
    assert sorted(t["name"] for t in chart.spec["data"]) == ["北京", "北京（企业）"]


def test_a_sparkline_is_bare_and_tells_its_ends(catalog: Catalog, frame: Any) -> None:
    chart = sparkline(frame(series("110000", 2019, [1e9, None, 2e9])), catalog, ZH)
    assert chart.spec["data"][0]["x"] == [2019, None, 2021] and not chart.spec["layout"]["xaxis"]["visible"]
    assert "2019年的10亿元" in chart.alt and "2021年的20亿元" in chart.alt
    assert sparkline(frame([{"year": None, "value": 1.0}]), catalog, ZH).empty


def test_values_at_single_points_are_written_only_where_they_do_not_meet(catalog: Catalog, frame: Any) -> None:
    rows = []
    for region, first in (("440000", 25e9), ("110000", 6.5e9), ("320000", 5.5e9)):
        rows += series(region, 2018, [first, None, None, None, 9e9, 9.5e9])
    written = [word for t in trend(frame(rows), catalog, ZH).spec["data"] for word in t.get("text", []) if word]
    assert written == ["250.0"]
