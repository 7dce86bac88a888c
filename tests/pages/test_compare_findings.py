"""What the Compare page says of distributions and of lines through scatters, and what it does with too little."""

import json
import statistics
from collections.abc import Callable
from typing import Any

import duckdb
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from indicators import distribution as spread
from indicators.paths import DataPaths, data_paths
from indicators.region_sets import whole_country

RunPage = Callable[..., AppTest]


@pytest.fixture(scope="module")
def levels(edition: Any) -> pd.DataFrame:
    """Actual levels of whole provinces: indicator, year, region, value."""
    paths: DataPaths = data_paths(str(edition))
    current = json.loads((paths.parquet / "current.json").read_text(encoding="utf-8"))["edition"]
    path = paths.parquet / current / "observations.parquet"
    rows = duckdb.sql(
        f"select indicator, year, region, value from read_parquet('{path.as_posix()}') "
        "where standing = 'current' and scenario = 'actual' and measure = 'level' and scope is null and grade is null"
    ).df()
    return rows.loc[rows["region"].isin(whole_country())]


def values(levels: pd.DataFrame, indicator: str, year: int) -> dict[str, float]:
    rows = levels.loc[(levels["indicator"] == indicator) & (levels["year"] == year)]
    return dict(zip(rows["region"], rows["value"], strict=True))


def spec(app: AppTest) -> dict[str, Any]:
    return json.loads(app.get("plotly_chart")[0].proto.spec)


def kinds(app: AppTest) -> list[str | None]:
    return [trace.get("meta", {}).get("kind") for trace in spec(app)["data"]]


def words(app: AppTest) -> str:
    return "\n".join(element.value for element in app.markdown)


def test_a_distribution_says_where_the_chosen_region_stands(run_page: RunPage, levels: pd.DataFrame) -> None:
    own = values(levels, "rd_expenditure", 2024)
    assert len(own) == 31
    below = sum(value < own["510000"] for value in own.values())
    rank = 31 - below
    share = sum(sorted(own.values())[-5:]) / sum(own.values()) * 100
    median = statistics.median(own.values()) / 1e8
    app = run_page("compare", i="rd_expenditure", mode="distribution", y="2024", r=["510000"])
    said = words(app)
    assert f"第{rank}位）高于中位数，高于其他省份中的{below / 30 * 100:.0f}%" in said
    assert f"中位数为{median:,.1f}亿元" in said and f"最高的5个省份占31个省份合计的{share:.1f}%" in said
    assert said.index("四川") < said.index("居中的一半")
    english = words(run_page("compare", lang="en", i="rd_expenditure", mode="distribution", y="2024", r=["510000"]))
    assert f"above {below / 30 * 100:.0f}% of the other provinces" in english
    assert f"the 5 largest hold {share:.1f}% of the total of the 31 provinces" in english


def test_the_highest_and_lowest_are_called_so(run_page: RunPage) -> None:
    said = words(run_page("compare", i="rd_expenditure", mode="distribution", y="2024", r=["440000", "540000"]))
    assert "广东（5,100亿元，第1位）最高" in said and "第31位）最低" in said


def test_shares_are_compared_by_their_tenths_not_summed(run_page: RunPage, levels: pd.DataFrame) -> None:
    own = list(values(levels, "rd_intensity", 2024).values())
    ratio = spread.quantile(own, 0.9) / spread.quantile(own, 0.1)
    said = words(run_page("compare", i="rd_intensity", mode="distribution", y="2024"))
    assert f"的{ratio:.1f}倍" in said and "合计" not in said


def test_every_dot_leads_to_its_value_and_earlier_years_have_their_strips(
    run_page: RunPage, levels: pd.DataFrame
) -> None:
    app = run_page("compare", i="patent_grants", mode="distribution", y="2024", over="1")
    ids = [found for trace in spec(app)["data"] for found in trace.get("customdata") or []]
    assert len(ids) == len(set(ids)) == 4 * 31
    varied = [
        statistics.pstdev(own) / statistics.mean(own)
        for own in (list(values(levels, "patent_grants", year).values()) for year in (2021, 2024))
    ]
    assert f"2021—2024年，31个省份的专利授权量相对差距大致不变：变异系数由{varied[0]:.2f}变为{varied[1]:.2f}" in words(
        app
    )
    # In 2021 the counting of patents changed, so that earlier years do not stand beside the last one.
    assert "口径" not in words(app).split("变异系数")[0]


def test_a_logarithmic_scale_is_offered_only_for_values_far_apart(run_page: RunPage) -> None:
    wide = run_page("compare", i="rd_expenditure", mode="distribution", y="2024", log="x")
    assert spec(wide)["layout"]["xaxis"]["type"] == "log"
    near = run_page("compare", i="rd_intensity", mode="distribution", y="2024", log="x")
    assert spec(near)["layout"]["xaxis"]["type"] == "linear"
    assert "compare.log" not in [box.key for box in near.selectbox]


def test_a_line_is_drawn_and_told_where_every_rule_holds(run_page: RunPage) -> None:
    query = {"i": "gdp", "i2": "rd_expenditure", "mode": "scatter", "y": "2024", "log": "xy"}
    app = run_page("compare", **query)
    assert "fit" in kinds(app)
    assert "“地区生产总值”高一成的省份，“R&D经费支出”一般高约14" in words(app)
    assert "两项都是总量" in words(app) and "弹性" in words(app) and "95%区间" in words(app)
    english = words(run_page("compare", lang="en", **query))
    assert 'Where "GDP" is a tenth higher, "R&D expenditure" is typically about 14' in english
    assert "Both are totals" in english


def test_on_even_axes_the_line_is_told_in_steps(run_page: RunPage) -> None:
    app = run_page("compare", i="gdp", i2="population", mode="scatter", y="2024")
    assert "fit" in kinds(app) and "“地区生产总值”每高1万亿元，“人口”一般高约" in words(app)


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ({"i": "rd_intensity", "i2": "rd_expenditure"}, "两项都由R&D经费支出得出"),
        ({"i": "rd_intensity", "i2": "gdp"}, "地区生产总值既是其中一项，又用来计算另一项"),
        ({"i": "rd_expenditure", "i2": "gdp", "basis": "per_gdp"}, "地区生产总值既是其中一项"),
        ({"i": "rd_expenditure", "i2": "patent_grants", "set": "northeast"}, "只有3个省份，至少要10个"),
        ({"i": "rd_expenditure", "i2": "patent_grants", "set": "chosen", "r": ["110000", "310000"]}, "两个点总能连成直线"),
        ({"i": "patent_grants", "i2": "invention_grants"}, "发明专利授权量是专利授权量的一部分"),
        ({"i": "population", "i2": "rd_intensity"}, "关系就不再明确"),
        ({"i": "budget_expenditure", "i2": "patent_grants"}, "不是直线"),
    ],
)  # fmt: skip
def test_no_line_without_a_reason_to_draw_one(run_page: RunPage, query: dict[str, Any], why: str) -> None:
    app = run_page("compare", mode="scatter", y="2024", **query)
    assert "不画趋势线" in words(app) and why in words(app)
    assert "fit" not in kinds(app) and "泰尔" not in words(app)


def test_two_regions_show_no_pattern(run_page: RunPage) -> None:
    chosen: dict[str, Any] = {"set": "chosen", "r": ["110000", "310000"], "y": "2024", "i": "rd_expenditure"}
    said = words(run_page("compare", mode="scatter", i2="patent_grants", **chosen))
    assert "2024年所选地区2个省份太少，看不出规律" in said and "中位数" not in said
    said = words(run_page("compare", mode="distribution", **chosen))
    assert "只有2个省份，看不出分布：北京" in said and "高于中位数" not in said


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_choice_with_nothing_to_compare_says_what_to_try(run_page: RunPage, lang: str, levels: pd.DataFrame) -> None:
    rows = levels.loc[levels["indicator"] == "rd_intensity_first_published"]
    years = [set(rows.loc[rows["region"] == code, "year"]) for code in ("440000", "630000")]
    assert len(years[0] & years[1]) == 1
    query: dict[str, Any] = {"i": "rd_intensity_first_published", "set": "chosen", "r": ["440000", "630000"]}
    app = run_page("compare", lang=lang, mode="change", **query)
    assert not app.get("plotly_chart")
    assert {"zh": "请换", "en": "Choose another"}[lang] in app.info[0].value
