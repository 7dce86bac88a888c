"""Rankings and report figures: order, ranks, kinds of truth, references."""

from typing import Any

import pandas as pd
import pytest

from charts.bar import figures, ranking
from charts.layout import Look, text_width
from indicators.catalog import Catalog

ZH = Look("zh")


def share(region: str, value: float, **more: Any) -> dict[str, Any]:
    return {"region": region, "value": value, "indicator": "rd_intensity", "unit": "percent", **more}


def test_bars_stand_in_order_with_rank_value_and_id(catalog: Catalog, frame: Any) -> None:
    chart = ranking(frame([share("110000", 2.561), share("310000", 2.564), share("440000", 3.4)]), catalog, ZH)
    (bar,) = chart.spec["data"]
    assert bar["customdata"] == ["v2", "v1", "v0"]
    assert chart.spec["layout"]["yaxis"]["ticktext"] == ["1  广东", "2  上海", "3  北京"]
    assert bar["text"] == ["3.40", "2.56", "2.56"]
    assert list(chart.table["rank"]) == [1, 2, 3] and list(chart.table["value"]) == bar["x"]
    assert chart.title.endswith("%") and "%" in chart.spec["layout"]["xaxis"]["title"]["text"]


def test_where_lower_is_better_the_lowest_is_first(catalog: Catalog, frame: Any) -> None:
    lower = next(i for i in catalog.indicators.values() if i.direction == "lower")
    rows = [
        {"region": r, "value": v, "indicator": lower.id, "unit": lower.unit}
        for r, v in (("110000", 5.0), ("310000", 2.0))
    ]
    assert ranking(frame(rows), catalog, ZH).spec["data"][0]["customdata"] == ["v1", "v0"]


def test_only_actual_values_are_ranked_and_kinds_look_different(catalog: Catalog, frame: Any) -> None:
    rows = [share("110000", 6.0), share("310000", 7.0, scenario="target"), share("440000", 3.0, origin="derived"),
            share("320000", 2.5, scenario="requirement")]  # fmt: skip
    chart = ranking(frame(rows), catalog, ZH)
    marker = chart.spec["data"][0]["marker"]
    assert list(chart.table["rank"].astype(object).where(chart.table["rank"].notna(), None)) == [None, 1, None, None]
    assert marker["color"][0] == ZH.theme.background and marker["line"]["width"][0] > 0
    assert marker["pattern"]["shape"] == ["", "", "/", "-"]
    assert any("目标值" in note for note in chart.notes)


def test_comparators_scopes_and_years_are_told(catalog: Catalog, frame: Any) -> None:
    rows = [share("110000", 6.0, comparator="ge"), share("310000", 4.0, comparator="approx", scope="企业", year=2019)]
    chart = ranking(frame(rows), catalog, ZH)
    assert chart.spec["data"][0]["text"] == ["≥ 6.00", "≈ 4.00"]
    assert chart.spec["layout"]["yaxis"]["ticktext"][1] == "2  上海（2019 · 企业）"
    assert len(chart.notes) == 3 and "comparator" in chart.table


def test_the_country_is_a_line_and_not_a_bar(catalog: Catalog, frame: Any, provinces: list[str]) -> None:
    rows = [share(code, 1 + n / 10) for n, code in enumerate(provinces)] + [share("000000", 2.6)]
    chart = ranking(frame(rows), catalog, ZH, reference="000000")
    marks = [a["text"] for a in chart.spec["layout"]["annotations"] if a.get("name") == "reference"]
    assert marks == ["全国 2.60", "中位数 2.50"] and len(chart.table) == 31
    assert [s["x0"] for s in chart.spec["layout"]["shapes"]] == [2.6, 2.5]


def test_a_total_far_beyond_the_bars_is_told_in_words(catalog: Catalog, frame: Any) -> None:
    rows = [{"region": "110000", "value": 1e11}, {"region": "000000", "value": 3e12}]
    chart = ranking(frame(rows), catalog, ZH, reference="000000")
    assert any("全国为30,000亿元" in note for note in chart.notes)
    assert chart.spec["layout"]["xaxis"]["range"][1] < 2000


def test_the_median_is_that_of_all_also_when_few_are_listed(catalog: Catalog, frame: Any, provinces: list[str]) -> None:
    rows = [share(code, float(n)) for n, code in enumerate(provinces)]
    chart = ranking(frame(rows), catalog, ZH, limit=5, highlight=[provinces[0]])
    assert chart.spec["layout"]["shapes"][0]["x0"] == 15.0
    assert len(chart.table) == 6 and chart.table["rank"].tolist() == [1, 2, 3, 4, 5, 31]
    assert any("31" in note for note in chart.notes)


def test_highlighted_bars_are_in_full_colour(catalog: Catalog, frame: Any) -> None:
    chart = ranking(frame([share("110000", 6.0), share("310000", 4.0)]), catalog, ZH, highlight=["310000"])
    colors = chart.spec["data"][0]["marker"]["color"]
    assert colors[1] == ZH.theme.accent != colors[0]


@pytest.mark.parametrize("width", ["wide", "narrow"])
@pytest.mark.parametrize("sign", [1, -1])
def test_value_labels_have_room(catalog: Catalog, frame: Any, provinces: list[str], width: Any, sign: int) -> None:
    look = Look("zh", width=width)
    chart = ranking(
        frame([{"region": c, "value": sign * n * 1.7e10} for n, c in enumerate(provinces, 1)]), catalog, look
    )
    layout, (bar,) = chart.spec["layout"], chart.spec["data"]
    assert layout["margin"]["l"] >= max(text_width(t) for t in layout["yaxis"]["ticktext"]) + 6
    low, high = layout["xaxis"]["range"]
    per_unit = (look.pixels - layout["margin"]["l"] - layout["margin"]["r"]) / (high - low)
    for x, words in zip(bar["x"], bar["text"], strict=True):
        room = (high - x if sign > 0 else x - low) * per_unit
        assert room >= text_width(words)


def test_report_figures_carry_year_kind_and_limits_in_their_label(catalog: Catalog, frame: Any) -> None:
    rows = [
        {"value": 9e8, "year": 2020, "scenario": "target"},
        {"value": 5e8, "year": 2016},
        {"value": 6e8, "year": 2017, "scope": "企业"},
    ]
    chart = figures(frame(rows), catalog, ZH)
    assert chart.spec["layout"]["yaxis"]["ticktext"] == ["2016年", "2017年（企业）", "2020年（目标值）"]
    assert chart.title.startswith("北京：") and "2020年（目标值）" in chart.alt


def test_one_axis_takes_one_indicator(catalog: Catalog, frame: Any) -> None:
    rows = [share("110000", 2.0), {"region": "110000", "value": 1e9}]
    with pytest.raises(ValueError, match="one indicator"):
        ranking(frame(rows), catalog, ZH)


def test_empty_frames_explain_themselves(catalog: Catalog, frame: Any) -> None:
    assert ranking(pd.DataFrame(), catalog, ZH).empty
    assert figures(pd.DataFrame(), catalog, ZH).empty
    only_country = ranking(frame([share("000000", 2.6)]), catalog, ZH, reference="000000")
    assert only_country.empty
