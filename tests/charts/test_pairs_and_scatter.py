"""Two years side by side, and two indicators against each other."""

import math
from itertools import combinations, pairwise
from typing import Any

import pandas as pd
import pytest

from charts.chart import Break
from charts.layout import Look
from charts.pairs import dumbbell, slope
from charts.pointlabels import place_labels
from charts.scatter import scatter
from indicators.catalog import Catalog

ZH = Look("zh")
SHARE = {"indicator": "rd_intensity", "unit": "percent"}


def two(region: str, first: float, last: float, **more: Any) -> list[dict[str, Any]]:
    return [{"region": region, "year": y, "value": v, **more} for y, v in ((2015, first), (2020, last))]


def test_a_dumbbell_has_a_hollow_and_a_filled_end_for_each_region(catalog: Catalog, frame: Any) -> None:
    rows = two("110000", 5.5, 6.2, **SHARE) + two("310000", 4.4, 4.1, **SHARE)
    chart = dumbbell(frame(rows), catalog, ZH, first=2015, last=2020)
    _, first, last = chart.spec["data"]
    assert first["x"] == [5.5, 4.4] and last["x"] == [6.2, 4.1]
    assert first["marker"]["color"] == [ZH.theme.background] * 2 and last["customdata"] == ["v1", "v3"]
    assert first["textposition"] == ["middle left", "middle right"] and last["textposition"] == [
        "middle right",
        "middle left",
    ]
    assert chart.title.endswith("2015年与2020年，%") and sorted(chart.table["value"]) == [4.1, 4.4, 5.5, 6.2]
    assert "+0.7个百分点" in chart.alt


def test_regions_without_both_years_are_counted(catalog: Catalog, frame: Any) -> None:
    rows = [*two("110000", 5.5, 6.2, **SHARE), {"region": "310000", "value": 4.4, **SHARE}]
    for draw in (dumbbell, slope):
        chart = draw(frame(rows), catalog, ZH, first=2015, last=2020)
        assert len(chart.table) == 2 and any(note.startswith("1个地区") for note in chart.notes)


def test_targets_are_not_compared_with_actual_values(catalog: Catalog, frame: Any) -> None:
    rows = [{"region": "110000", "year": 2015, "value": 5.5, **SHARE},
            {"region": "110000", "year": 2020, "value": 6.2, "scenario": "target", **SHARE}]  # fmt: skip
    assert dumbbell(frame(rows), catalog, ZH, first=2015, last=2020).empty


def test_breaks_and_changed_series_between_the_years_are_told(catalog: Catalog, frame: Any) -> None:
    rows = two("110000", 5.5, 6.2, **SHARE)
    chart = dumbbell(frame(rows), catalog, ZH, first=2015, last=2020, breaks=[Break(2018, "普查"), Break(2015, "早")])
    assert any("2018" in note for note in chart.notes) and not any("2015年起" in note for note in chart.notes)
    rows[1]["series"] = "new"
    assert any("北京" in note for note in dumbbell(frame(rows), catalog, ZH, first=2015, last=2020).notes)


def test_slope_labels_keep_their_distance(catalog: Catalog, frame: Any, provinces: list[str]) -> None:
    rows = [r for n, code in enumerate(provinces) for r in two(code, 2 + n / 1e3, 30.0 - n, **SHARE)]
    by_rank = slope(frame(rows), catalog, ZH, first=2015, last=2020, by="rank")
    low, high = by_rank.spec["layout"]["yaxis"]["range"]
    height = by_rank.spec["layout"]["height"] - sum(by_rank.spec["layout"]["margin"][side] for side in "tb")
    for side in (0, 1):
        labels = [a for a in by_rank.spec["layout"]["annotations"] if a.get("xref") == "x" and a["x"] == side]
        places = sorted(
            (a["y"] - low) / (high - low) * height + (-a["ay"] if a["showarrow"] else a["yshift"]) for a in labels
        )
        assert len(labels) == 31 and all(b - a > 13.9 for a, b in pairwise(places))
    assert by_rank.unit == "位次" and by_rank.table["rank"].max() == 31


def test_a_slope_by_value_names_only_the_coloured_where_there_are_many(
    catalog: Catalog, frame: Any, provinces: list[str]
) -> None:
    rows = [r for n, code in enumerate(provinces) for r in two(code, 2.0 + n, 3.0 + n, **SHARE)]
    chart = slope(frame(rows), catalog, ZH, first=2015, last=2020, highlight=provinces[:2])
    assert len([a for a in chart.spec["layout"]["annotations"] if a.get("xref") == "x"]) == 4
    assert any("29" in note for note in chart.notes) and len(chart.spec["data"]) == 31


def both(region: str, gdp: float, rd: float) -> list[dict[str, Any]]:
    return [{"region": region, "indicator": "gdp", "value": gdp}, {"region": region, "value": rd}]


def test_a_scatter_matches_regions_and_carries_both_ids(catalog: Catalog, frame: Any) -> None:
    rows = both("110000", 4e12, 2.8e11) + both("310000", 4.4e12, 1.9e11) + [{"region": "440000", "value": 4e11}]
    chart = scatter(frame(rows), catalog, ZH, x="gdp", y="rd_expenditure")
    points = chart.spec["data"][-1]
    assert points["customdata"] == [["v0", "v1"], ["v2", "v3"]] and points["y"] == [2800.0, 1900.0]
    assert chart.unit == "亿元" or "·" in chart.unit
    assert any("1个地区缺少" in note for note in chart.notes)
    assert sorted(chart.table["value"]) == sorted([*points["x"], *points["y"]])
    heads = [a["text"] for a in chart.spec["layout"]["annotations"] if a.get("name") == "unit"]
    assert "亿元" in heads[0] and "元）" in chart.spec["layout"]["xaxis"]["title"]["text"]


def test_a_log_axis_leaves_out_what_it_cannot_show_and_says_so(catalog: Catalog, frame: Any) -> None:
    rows = both("110000", 4e12, 2.8e11) + both("310000", 4e10, 0.0)
    chart = scatter(frame(rows), catalog, ZH, x="gdp", y="rd_expenditure", log_x=True, log_y=True)
    layout = chart.spec["layout"]
    assert layout["xaxis"]["type"] == "log" and any("对数" in note for note in chart.notes)
    assert any("零或负值" in note for note in chart.notes) and len(chart.table) == 2
    low, high = layout["yaxis"]["range"]
    assert low < math.log10(chart.spec["data"][-1]["y"][0]) < high


def test_medians_are_a_cross(catalog: Catalog, frame: Any, provinces: list[str]) -> None:
    rows = [r for n, code in enumerate(provinces[:5], 1) for r in both(code, n * 1e12, n * 1e11)]
    lines = [
        t
        for t in scatter(frame(rows), catalog, ZH, x="gdp", y="rd_expenditure").spec["data"]
        if t["mode"] == "lines+text"
    ]
    assert lines[0]["x"] == [30000.0, 30000.0] and lines[1]["y"] == [3000.0, 3000.0]
    assert len(scatter(frame(rows[:6]), catalog, ZH, x="gdp", y="rd_expenditure").spec["data"]) == 1


def test_placed_labels_do_not_touch() -> None:
    places = [(20.0 + 13 * (n % 7), 20.0 + 9 * (n // 7)) for n in range(28)]
    names = [f"地区{n}" for n in range(28)]
    found = place_labels(places, names, [n == 3 for n in range(28)], (400, 300))
    assert found[3] is not None and found.count(None) > 0
    boxes = []
    for (x, y), name, position in zip(places, names, found, strict=True):
        if position:
            level, side = position.split()
            wide = len(name) * 9
            left = {"right": x + 7, "left": x - 7 - wide, "center": x - wide / 2}[side]
            base = {"middle": y - 6, "top": y + 7, "bottom": y - 19}[level]
            boxes.append((left, base, left + wide, base + 12))
    assert not any(a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3] for a, b in combinations(boxes, 2))


def test_several_values_of_a_region_are_refused(catalog: Catalog, frame: Any) -> None:
    rows = both("110000", 4e12, 2.8e11) + both("110000", 5e12, 2.9e11)
    with pytest.raises(ValueError, match="several values"):
        scatter(frame(rows), catalog, ZH, x="gdp", y="rd_expenditure")


def test_empty_frames_explain_themselves(catalog: Catalog, frame: Any) -> None:
    assert "2015" in (dumbbell(pd.DataFrame(), catalog, ZH, first=2015, last=2020).empty or "")
    assert slope(frame([{"value": 1.0}]), catalog, ZH, first=2015, last=2020).empty
    assert scatter(pd.DataFrame(), catalog, ZH, x="gdp", y="rd_expenditure").empty
