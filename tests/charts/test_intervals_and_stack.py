"""Ranks with their range, and bars that are put together from parts."""

from typing import Any

import pandas as pd
import pytest

from charts.intervals import rank_ranges
from charts.layout import Look
from charts.stack import Bar, stacked
from indicators.catalog import Catalog

ZH, EN = Look("zh"), Look("en")


def ranges(*rows: tuple[str, int, int, int, int, float]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["region", "rank", "low", "middle", "high", "score"])


SMALL = ranges(("310000", 2, 1, 2, 3, 61.25), ("110000", 1, 1, 1, 2, 90.0), ("540000", 3, 2, 3, 3, 0.0))


def test_ranks_stand_in_order_with_their_range_and_score(catalog: Catalog) -> None:
    chart = rank_ranges(SMALL, catalog, EN, title="Index, 2023")
    band, mark = chart.spec["data"]
    assert mark["customdata"] == ["110000", "310000", "540000"] and mark["x"] == [1, 2, 3]
    ends = [(start, start + long) for start, long in zip(band["base"], band["x"], strict=True)]
    assert ends == [pytest.approx((low - 0.32, high + 0.32)) for low, high in ((1, 2), (1, 3), (2, 3))]
    scores = [note["text"] for note in chart.spec["layout"]["annotations"] if note.get("name") == "score"]
    assert scores == ["90.0", "61.3", "0.0"]
    assert chart.table["rank_high"].tolist() == [2, 3, 3] and chart.table["score"].tolist() == [90, 61.25, 0]


def test_the_first_and_the_least_certain_are_told_in_words(catalog: Catalog) -> None:
    alt = rank_ranges(SMALL, catalog, EN, title="Index, 2023").alt
    assert "Beijing is first with" not in alt and "Beijing is first (score 90.0, rank 1 to 2" in alt
    assert "widest range is that of Shanghai, rank 1 to 3" in alt


def test_regions_in_focus_are_darker(catalog: Catalog) -> None:
    band, mark = rank_ranges(SMALL, catalog, ZH, title="指数", highlight=["540000"]).spec["data"]
    for trace in (band, mark):
        colors = trace["marker"]["color"]
        assert colors[0] == colors[1] != colors[2]


def test_small_scores_keep_two_decimals(catalog: Catalog) -> None:
    chart = rank_ranges(SMALL.assign(score=[0.126, 1.5, -0.2]), catalog, EN, title="Index")
    scores = [note["text"] for note in chart.spec["layout"]["annotations"] if note.get("name") == "score"]
    assert scores == ["1.50", "0.13", "−0.20"] or scores == ["1.50", "0.13", "-0.20"]


def test_no_rows_are_no_chart(catalog: Catalog) -> None:
    assert rank_ranges(SMALL.iloc[:0], catalog, ZH, title="指数").empty
    assert stacked([], ["甲"], ZH, title="得分", unit="分").empty


BARS = [Bar("a", "One", (3.0, 1.0), 1), Bar("b", "Two", (2.0, -0.5), 2)]


def test_parts_are_stacked_with_the_total_at_the_end() -> None:
    chart = stacked(BARS, ["x", "y"], EN, title="Scores", unit="points")
    first, second, ends = chart.spec["data"]
    assert (first["name"], first["x"], second["x"]) == ("x", [3, 2], [1, -0.5])
    assert ends["text"] == [" 4.0", " 1.5"] and ends["x"] == [4, 2]
    assert chart.spec["layout"]["barmode"] == "relative" and chart.spec["layout"]["showlegend"]
    assert chart.table.columns.tolist() == ["rank", "region_name", "total", "x", "y", "unit"]
    assert chart.table.values.tolist() == [[1, "One", 4.0, 3.0, 1.0, "points"], [2, "Two", 1.5, 2.0, -0.5, "points"]]


def test_the_legend_takes_the_full_colour_when_others_are_pale() -> None:
    trace = stacked(BARS, ["x", "y"], EN, title="Scores", unit="points", highlight=["b"]).spec["data"][0]
    assert trace["customdata"] == ["b", "a"] and trace["y"] == [1, 0]
    assert trace["marker"]["color"][0] == EN.theme.series[0] != trace["marker"]["color"][1]


def test_one_part_needs_no_legend_and_no_column() -> None:
    chart = stacked([Bar("a", "One", (3.0,))], ["x"], EN, title="Shift", unit="places", heading="choice", decimals=2)
    assert not chart.spec["layout"]["showlegend"]
    table: Any = chart.table
    assert table.columns.tolist() == ["choice", "value", "unit"]
    assert "3.00" in chart.alt
