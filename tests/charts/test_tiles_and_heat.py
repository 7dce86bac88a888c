"""Tiles: the map of provinces, the heat table, coverage."""

from typing import Any

import pandas as pd
import pytest

from charts.heat import coverage, heat_table
from charts.layout import Look
from charts.theme import contrast
from charts.tiles import tile_grid, tile_map
from indicators.catalog import Catalog

ZH = Look("zh")


def tiles(chart: Any) -> dict[str, Any]:
    return chart.spec["data"][0]


def test_every_province_has_its_own_tile(catalog: Catalog) -> None:
    grid = tile_grid(catalog.folder)
    assert {place.code for place in grid} == {region.code for region in catalog.regions.provinces()}
    assert len({(place.column, place.row) for place in grid}) == len(grid) == 34
    assert len({place.letters for place in grid}) == 34


def test_a_map_shows_every_province_and_says_which_have_no_data(
    catalog: Catalog, frame: Any, provinces: list[str]
) -> None:
    chart = tile_map(frame([{"region": c, "value": n * 1e10} for n, c in enumerate(provinces, 1)]), catalog, ZH)
    trace = tiles(chart)
    assert len(trace["x"]) == 34 and sum("无数据" in words for words in trace["text"]) == 3
    assert sum(i is not None for i in trace["customdata"]) == 31 and len(chart.table) == 31
    legend = [t["name"] for t in chart.spec["data"][1:]]
    assert len(legend) == 6 and legend[-1] == "无数据"
    assert chart.title.endswith("亿元") and "31个地区有数据" in chart.alt


def test_classes_hold_about_as_many_regions_each(catalog: Catalog, frame: Any, provinces: list[str]) -> None:
    rows = [{"region": c, "value": 2.0**n * 1e5} for n, c in enumerate(provinces)]
    colors = [c for c, i in zip(tiles(tile_map(frame(rows), catalog, ZH))["marker"]["color"], range(34), strict=True)]
    counts = pd.Series(colors).value_counts()
    assert sorted(counts)[:-1] == [3, 6, 6, 6, 6] and max(counts) == 7


def test_values_on_both_sides_of_zero_diverge(catalog: Catalog, frame: Any) -> None:
    rows = [{"region": c, "value": v} for c, v in (("110000", -4.0), ("310000", 0.5), ("440000", 6.0))]
    chart = tile_map(frame(rows), catalog, ZH, unit="percent", value_label="增速")
    colors = dict(zip(tiles(chart)["customdata"], tiles(chart)["marker"]["color"], strict=True))
    assert len({colors["v0"], colors["v1"], colors["v2"]}) == 3
    assert any("−" in t["name"] for t in chart.spec["data"][1:])


def test_ties_and_few_values_still_make_classes(catalog: Catalog, frame: Any) -> None:
    chart = tile_map(frame([{"region": c, "value": 1e9} for c in ("110000", "310000", "440000")]), catalog, ZH)
    assert [t["name"] for t in chart.spec["data"][1:]] == ["10.0", "无数据"]


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_text_on_tiles_can_be_read(catalog: Catalog, frame: Any, provinces: list[str], mode: Any) -> None:
    rows = [{"region": c, "value": n * 1e10} for n, c in enumerate(provinces, 1)]
    look = Look("zh", mode)
    for chart in (tile_map(frame(rows), catalog, look), heat_table(frame(rows), catalog, look)):
        trace = tiles(chart)
        pairs = zip(trace["textfont"]["color"], trace["marker"]["color"], strict=True)
        assert all(contrast(ink, fill) >= 4.5 for ink, fill in pairs)


def test_several_values_of_a_province_are_refused(catalog: Catalog, frame: Any) -> None:
    rows = [{"region": "110000", "value": 1e9}, {"region": "110000", "value": 2e9}]
    for draw in (tile_map, heat_table):
        with pytest.raises(ValueError, match="several values"):
            draw(frame(rows), catalog, ZH)


def test_other_regions_do_not_make_a_map(catalog: Catalog, frame: Any) -> None:
    counties = tile_map(frame([{"region": "110101", "value": 1e9}]), catalog, ZH)
    assert counties.empty and "省级" in counties.empty
    assert tile_map(pd.DataFrame(), catalog, ZH).empty


def test_a_heat_table_ranks_within_each_indicator_and_turns_where_lower_is_better(catalog: Catalog, frame: Any) -> None:
    lower = next(i for i in catalog.indicators.values() if i.direction == "lower")
    regions = ("110000", "310000", "440000")
    rows = [{"region": r, "value": v * 1e9} for r, v in zip(regions, (1.0, 2.0, 3.0), strict=True)]
    rows += [
        {"region": r, "value": v, "indicator": lower.id, "unit": lower.unit}
        for r, v in zip(regions, (5.0, 5.0, 1.0), strict=True)
    ]
    chart = heat_table(frame(rows), catalog, ZH)
    ranks = {(r, i): n for r, i, n in chart.table[["region", "indicator", "rank"]].itertuples(index=False)}
    assert ranks["440000", "rd_expenditure"] == 1 and ranks["440000", lower.id] == 1 and ranks["110000", lower.id] == 2
    shares = {(r, i): n for r, i, n in chart.table[["region", "indicator", "percentile"]].itertuples(index=False)}
    assert (
        shares["110000", "rd_expenditure"] == 0
        and shares["440000", lower.id] == 100
        and shares["110000", lower.id] == 25
    )
    assert chart.spec["layout"]["yaxis"]["ticktext"][0] == "广东" and "广东" in chart.alt
    assert tiles(chart)["text"][:2] == ["1", "1"]


def test_a_heat_table_can_show_values_with_their_units_and_leaves_holes(catalog: Catalog, frame: Any) -> None:
    rows = [{"region": "110000", "value": 3e11}, {"region": "310000", "value": 2e11},
            {"region": "110000", "value": 6.2, "indicator": "rd_intensity", "unit": "percent"}]  # fmt: skip
    chart = heat_table(frame(rows), catalog, ZH, show="value")
    heads = [head.replace("<br>", "") for head in chart.spec["layout"]["xaxis"]["ticktext"]]
    assert heads[0].endswith("（亿元）") and heads[1].endswith("（%）")
    assert tiles(chart)["text"] == ["3,000", "6.20", "2,000", "–"] and len(chart.table) == 3


def test_coverage_shows_counts_and_holes(catalog: Catalog) -> None:
    counts = pd.DataFrame({"row": ["a", "a", "b"], "column": [2019, 2020, 2020], "count": [3, 1200, 1]})
    rows, columns = [("a", "甲"), ("b", "乙")], [(2019, "2019"), (2020, "2020")]
    chart = coverage(counts, ZH, rows=rows, columns=columns, title="各地各年数值个数")
    assert tiles(chart)["text"] == ["3", "1,200", "", "1"] and tiles(chart)["customdata"][1] == "a|2020"
    assert tiles(chart)["marker"]["color"][2] == ZH.theme.empty
    assert chart.table["value"].sum() == 1204 and "1,204" in chart.alt
    with pytest.raises(KeyError):
        coverage(counts, ZH, rows=rows[:1], columns=columns, title="x")
    assert coverage(counts.head(0), ZH, rows=rows, columns=columns, title="x").empty


def test_years_over_many_columns_are_thinned_out_from_the_last(catalog: Catalog) -> None:
    columns = [(y, str(y)) for y in range(1992, 2025)]
    counts = pd.DataFrame({"row": ["a"], "column": [2024], "count": [1]})
    heads = coverage(counts, ZH, rows=[("a", "甲")], columns=columns, title="x").spec["layout"]["xaxis"]["ticktext"]
    assert heads[-1] == "2024" and heads.count("") > 0 and len(heads) == 33
