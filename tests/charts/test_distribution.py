"""Strips of dots: where they stand, what is marked, who is named."""

from itertools import combinations
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from charts.distribution import distribution
from charts.layout import Look
from charts.strips import swarm
from indicators.catalog import Catalog

ZH = Look("zh")


def rows(values: dict[str, float], **more: Any) -> list[dict[str, Any]]:
    return [{"region": code, "value": value * 1e8, **more} for code, value in values.items()]


def traces(chart: Any, kind: str | None) -> list[dict[str, Any]]:
    return [trace for trace in chart.spec["data"] if trace.get("meta", {}).get("kind") == kind]


@given(st.lists(st.floats(0, 300), min_size=1, max_size=40))
def test_dots_stand_at_their_value_and_never_cover_one_another(places: list[float]) -> None:
    found = swarm(places, 10)
    spots = list(zip(places, found, strict=True))
    assert all((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 >= 99.9 for a, b in combinations(spots, 2))
    assert min(abs(y) for y in found) == 0


def test_dots_that_choose_first_stand_on_the_middle_line() -> None:
    assert swarm([5.0, 5.0, 5.0], 10, [False, False, True])[2] == 0


def test_the_band_is_the_middle_half_and_the_line_the_median(
    catalog: Catalog, frame: Any, provinces: list[str]
) -> None:
    values = dict(zip(provinces[:5], (1.0, 2.0, 4.0, 7.0, 11.0), strict=True))
    chart = distribution(frame(rows(values)), catalog, ZH)
    assert sorted(set(traces(chart, "band")[0]["x"])) == [2.0, 7.0]
    assert traces(chart, "reference")[0]["x"] == [4.0, 4.0]
    assert "中位数 4.0" in traces(chart, "reference")[0]["text"][0].replace("4.00", "4.0")
    assert "2.00–7.00" in chart.spec["layout"]["annotations"][1]["text"]
    assert "居中的一半在2亿元与7亿元之间" in chart.alt


def test_the_country_is_a_line_and_no_dot_and_far_values_become_a_note(catalog: Catalog, frame: Any) -> None:
    values = {"110000": 1.0, "120000": 2.0, "130000": 3.0, "140000": 4.0, "150000": 5.0}
    near = distribution(frame(rows({**values, "000000": 3.5})), catalog, ZH, reference="000000")
    assert [trace["x"][0] for trace in traces(near, "reference")] == [3.5, 3.0] and len(near.table) == 5
    far = distribution(frame(rows({**values, "000000": 900.0})), catalog, ZH, reference="000000")
    assert len(traces(far, "reference")) == 1 and any("全国" in note for note in far.notes)


def test_named_are_the_highlighted_the_ends_and_those_apart(catalog: Catalog, frame: Any, provinces: list[str]) -> None:
    values = dict(zip(provinces[:12], [*(10.0 + n for n in range(10)), 60.0, 90.0], strict=True))
    chart = distribution(frame(rows(values)), catalog, ZH, highlight=[provinces[4]])
    dots = traces(chart, None)[0]
    named = {code for code, words in zip(provinces[:12], dots["text"], strict=True) if words}
    assert named == {provinces[n] for n in (0, 4, 10, 11)}
    assert list(dots["marker"]["color"]).count(ZH.theme.accent) == 1
    assert "高于其他地区中的36%" in dots["hovertext"][4]


def test_each_year_has_its_strip_with_median_and_variation(catalog: Catalog, frame: Any, provinces: list[str]) -> None:
    early = dict(zip(provinces[:5], (1.0, 2.0, 4.0, 7.0, 11.0), strict=True))
    late = dict.fromkeys(provinces[:5], 3.0)
    chart = distribution(
        frame([*rows(early, year=2015), *rows(late, year=2020)]), catalog, ZH, highlight=[provinces[0]]
    )
    heads = chart.spec["layout"]["yaxis"]["ticktext"]
    assert [head.split("<br>")[0] for head in heads] == ["2015年", "2020年"]
    assert "变异系数 0.73" in heads[0] and "变异系数 0.00" in heads[1].replace("系数 0", "系数 0.00").replace(
        ".00.00", ".00"
    )
    assert len(traces(chart, "joint")[0]["x"]) == 2 and len(chart.table) == 10


def test_a_logarithmic_axis_leaves_out_what_it_cannot_show(catalog: Catalog, frame: Any) -> None:
    values = {"110000": 1.0, "120000": 100.0, "130000": 0.0}
    chart = distribution(frame(rows(values)), catalog, ZH, log=True)
    assert chart.spec["layout"]["xaxis"]["type"] == "log" and len(chart.table) == 2
    assert any("零或负值" in note for note in chart.notes)
    none = distribution(frame(rows({"110000": 0.0})), catalog, ZH, log=True)
    assert none.empty and "等距" in none.empty


def test_equal_values_and_a_single_one_are_drawn(catalog: Catalog, frame: Any, provinces: list[str]) -> None:
    for values in (dict.fromkeys(provinces, 5.0), {"110000": 5.0}):
        for log in (False, True):
            chart = distribution(frame(rows(values)), catalog, ZH, log=log)
            assert len(chart.table) == len(values)
            low, high = chart.spec["layout"]["xaxis"]["range"]
            assert low < high


def test_several_values_of_one_region_and_year_are_refused(catalog: Catalog, frame: Any) -> None:
    with pytest.raises(ValueError, match="several values"):
        distribution(frame([*rows({"110000": 1.0}), *rows({"110000": 2.0})]), catalog, ZH)
    assert distribution(pd.DataFrame(), catalog, ZH).empty
