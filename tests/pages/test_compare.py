"""The Compare page: what its sentence says, what it shows, what it refuses to rank."""

import json
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from indicators.labels import text
from indicators.region_sets import whole_country
from pages.parts import frame
from pages.parts.compare_choices import MODES

RunPage = Callable[..., AppTest]


def level(observations: pd.DataFrame, indicator: str, year: int) -> pd.Series:
    """Actual levels of the provinces by region."""
    rows = observations.query(
        "indicator == @indicator and year == @year and measure == 'level' and scenario == 'actual'"
    )
    rows = rows.loc[rows["scope"].isna() & rows["region"].isin(whole_country())]
    return rows.set_index("region")["value"].sort_values(ascending=False)


def spec(app: AppTest) -> dict[str, Any]:
    return json.loads(app.get("plotly_chart")[0].proto.spec)


def points(app: AppTest) -> list[Any]:
    """What the points of the chart lead to, in the order in which they are drawn."""
    return [found for trace in spec(app)["data"] for found in trace.get("customdata") or [] if found]


def words(app: AppTest) -> str:
    return "\n".join(element.value for element in app.markdown)


def title(app: AppTest) -> str:
    return next(note["text"] for note in spec(app)["layout"]["annotations"] if note.get("name") == "title")


def choose(app: AppTest, name: str, value: Any) -> AppTest:
    for kind in (app.selectbox, app.multiselect, app.toggle):
        found = [widget for widget in kind if widget.key == f"compare.{name}"]
        if found:
            return found[0].set_value(value).run()
    return (
        app.get("button_group")[[g.key for g in app.get("button_group")].index(f"compare.{name}")]
        .set_value(value)
        .run()
    )


@pytest.mark.parametrize(
    ("lang", "leads", "times"), [("zh", "最高的是{}", "的{}倍"), ("en", "is that of {}", "{} times the lowest")]
)
def test_the_ranking_opens_with_a_true_sentence(
    run_page: RunPage, observations: pd.DataFrame, lang: str, leads: str, times: str
) -> None:
    app = run_page("compare", lang=lang, i="rd_expenditure", y="2024")
    values = level(observations, "rd_expenditure", 2024)
    names = {"zh": {"440000": "广东"}, "en": {"440000": "Guangdong"}}[lang]
    assert leads.format(names[str(values.index[0])]) in words(app)
    assert times.format(f"{values.iloc[0] / values.iloc[-1]:,.0f}") in words(app)
    assert points(app) == [
        observations.loc[
            (observations["indicator"] == "rd_expenditure")
            & (observations["year"] == 2024)
            & (observations["region"] == code),
            "observation_id",
        ].iloc[0]
        for code in sorted(values.index, key=lambda code: (-values[code], code))
    ]


def test_a_year_with_few_regions_is_not_the_default_and_names_who_is_missing(
    run_page: RunPage, observations: pd.DataFrame
) -> None:
    app = run_page("compare", i="rd_expenditure")
    assert "缺：" not in words(app)
    app = run_page("compare", i="rd_expenditure", y="2023")
    have = len(level(observations, "rd_expenditure", 2023))
    assert "缺：" in words(app) and f"（{31 - have}个）" in words(app) and f"有数据的{have}个省份中" in words(app)
    # A year in which one region alone has a value cannot be compared.
    years = next(box for box in app.selectbox if box.key == "compare.y").options
    assert "2010" not in years and years[0] == "2024"


def test_regions_that_stand_out_are_told_with_their_rank_and_can_be_compared_alone(
    run_page: RunPage, observations: pd.DataFrame
) -> None:
    values = level(observations, "patent_grants", 2024)
    rank = list(values.index).index("510000") + 1
    app = run_page("compare", i="patent_grants", y="2024", r=["510000", "500000"])
    assert f"四川第{rank}位" in words(app) and len(points(app)) == 31
    app = choose(app, "set", "chosen")
    assert len(points(app)) == 2 and "所选地区" in title(app)
    assert "只比较所选地区，共2个省份" in words(app)


def test_nothing_is_pale_where_the_chosen_regions_have_no_value(run_page: RunPage) -> None:
    def colours(**chosen: str) -> set[str]:
        return set(spec(run_page("compare", i="rd_staff", **chosen))["data"][0]["marker"]["color"])

    assert colours(r="540000") == colours() and len(colours(r="110000")) == 2


def test_per_head_is_computed_ranked_and_leads_to_both_values(run_page: RunPage, observations: pd.DataFrame) -> None:
    app = run_page("compare", i="rd_expenditure", y="2024", basis="per_head")
    each = (level(observations, "rd_expenditure", 2024) / level(observations, "population", 2024)).sort_values()
    assert each.index[-1] == "110000" and "（人均）最高的是北京" in words(app)
    ticks = spec(app)["layout"]["yaxis"]["ticktext"]
    assert ticks[0].startswith("1 ") and ticks[-1].startswith("31 ")
    assert "推算值" in words(app)


@pytest.mark.parametrize("form", ["dumbbell", "slope", "ranks"])
def test_change_takes_only_regions_with_both_years(run_page: RunPage, form: str) -> None:
    app = run_page("compare", i="rd_expenditure", mode="change", y="2024", form=form, **{"from": "2017"})
    assert len(points(app)) == 60
    assert "缺：广东（1个）" in words(app) and "30个省份" in words(app)


def test_the_usual_span_of_a_change_is_the_longest_that_leaves_nobody_out(run_page: RunPage) -> None:
    app = run_page("compare", i="rd_expenditure", mode="change")
    assert "2018—2024年，31个省份" in words(app) and "缺：" not in words(app)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_change_across_a_break_is_refused_with_a_button_that_leads_out(run_page: RunPage, lang: str) -> None:
    app = run_page("compare", lang=lang, i="patent_grants", mode="change", y="2024", **{"from": "2015"})
    assert not app.get("plotly_chart") and len(app.warning) == 1
    said = app.warning[0].value
    assert text("notes.refused", lang) in said and "2017" in said and "2021" in said
    assert text("notes.way_after_break", lang, year=2021) in said
    app = app.button(key="compare.way.after_break").click().run()
    assert not app.exception and not app.warning and len(points(app)) == 62
    assert {"zh": "2021—2024年", "en": "2021 to 2024"}[lang] in words(app)


def test_two_years_start_on_one_side_of_a_break(run_page: RunPage) -> None:
    app = run_page("compare", i="patent_grants", mode="change")
    assert "2021—2024年" in words(app) and not app.warning


def test_scatter_points_lead_to_both_values(run_page: RunPage) -> None:
    app = run_page("compare", i="rd_expenditure", mode="scatter", i2="patent_grants", y="2024", log="xy")
    assert all(len(found) == 2 for found in points(app)) and len(points(app)) == 31
    axes = spec(app)["layout"]
    assert axes["xaxis"]["type"] == axes["yaxis"]["type"] == "log"
    assert "相关不等于因果" in words(app)


@pytest.mark.parametrize(
    ("customdata", "ids"), [("a", ["a"]), (["a", "b"], ["a", "b"]), ({"0": "a"}, ["a"]), (None, []), ([None], [])]
)
def test_a_click_leads_to_every_value_of_its_point(customdata: Any, ids: list[str]) -> None:
    assert frame._ids_of({"customdata": customdata}) == ids


def test_the_map_shows_every_province_and_ignores_sets(run_page: RunPage) -> None:
    app = run_page("compare", i="patent_grants", mode="map", set="west", y="2024")
    assert len(points(app)) == 31
    assert "compare.set" not in [box.key for box in app.selectbox]


def test_the_heat_table_counts_first_places_of_directed_indicators(
    run_page: RunPage, observations: pd.DataFrame
) -> None:
    app = run_page("compare", i="patent_grants", mode="heat", y="2024", columns=["tech_contract_value", "population"])
    firsts = {level(observations, name, 2024).index[0] for name in ("patent_grants", "tech_contract_value")}
    assert firsts == {"440000", "110000"}
    assert "在能分优劣的2项指标中" in words(app) and "1项" in words(app)
    assert len(points(app)) == 93


def test_a_set_of_regions_is_named_in_sentence_title_and_note(run_page: RunPage) -> None:
    app = run_page("compare", i="patent_grants", set="northeast", y="2024")
    assert "2024年东北地区" in words(app) and "东北地区" in title(app) and len(points(app)) == 3


def test_a_scope_is_chosen_and_said(run_page: RunPage, observations: pd.DataFrame) -> None:
    app = run_page("compare", i="rd_staff", scope="女性")
    rows = observations.query("indicator == 'rd_staff' and scope == '女性' and region != '000000'")
    assert sorted(points(app)) == sorted(rows["observation_id"])
    assert "（女性）" in words(app)


def loose(observations: pd.DataFrame) -> str:
    """An indicator of which only reports have figures, of several places, no two of them of one year and scope."""
    reported = observations.loc[(observations["measure"] == "level") & (observations["scenario"] == "actual")]
    tables = set(observations.loc[observations["origin"] == "table", "indicator"])
    own = reported.loc[~reported["indicator"].isin(tables)]
    alike = own.loc[own["grade"].isna()].groupby(["indicator", "scope", "year"], dropna=False)["region"].nunique()
    comparable = set(alike.index[alike > 1].get_level_values("indicator"))
    counts = own.loc[~own["indicator"].isin(comparable)].groupby("indicator")["region"].nunique()
    return str(counts.idxmax())


@pytest.mark.parametrize(("lang", "side"), [("zh", "只宜并列查看"), ("en", "stand side by side")])
def test_loose_figures_are_shown_side_by_side_without_ranks(
    run_page: RunPage, observations: pd.DataFrame, lang: str, side: str
) -> None:
    indicator = loose(observations)
    app = run_page("compare", lang=lang, i=indicator)
    assert side in words(app)
    assert not app.get("button_group") or "compare.mode" not in [group.key for group in app.get("button_group")]
    ticks = spec(app)["layout"]["yaxis"]["ticktext"]
    assert ticks and not any(tick.split()[0].isdigit() for tick in ticks)
    assert set(points(app)) <= set(observations["observation_id"])


def test_targets_among_loose_figures_are_shown_only_when_asked(run_page: RunPage, observations: pd.DataFrame) -> None:
    reported = observations.loc[(observations["origin"] == "report") & (observations["measure"] == "level")]
    kinds = reported.groupby("indicator")["scenario"].agg(set)
    both = [name for name, found in kinds.items() if {"actual", "target"} <= found]
    levels = observations.loc[(observations["origin"] == "table") & (observations["measure"] == "level")]
    spread = levels.groupby("indicator")["region"].nunique()
    ranked = set(spread.index[spread > 1])
    indicator = next(name for name in both if name not in ranked)
    plans = set(observations.loc[observations["scenario"] != "actual", "observation_id"])
    app = run_page("compare", i=indicator)
    assert not plans & set(points(app))
    assert plans & set(points(choose(app, "plans", True)))


def test_a_link_restores_the_view_and_the_other_language_says_the_same(run_page: RunPage) -> None:
    query: dict[str, Any] = {
        "i": "patent_grants",
        "mode": "change",
        "y": "2020",
        "from": "2018",
        "set": "east",
        "form": "slope",
    }
    chinese, english = run_page("compare", **query), run_page("compare", lang="en", **query)
    assert points(chinese) == points(english) and len(points(chinese)) == 20
    for name, value in query.items():
        assert chinese.query_params[name] in (value, [value])


def test_nonsense_in_a_link_falls_back_to_the_usual_view(run_page: RunPage) -> None:
    app = run_page("compare", i="none", mode="pie", y="1066", r=["999999"], set="moon", basis="per_moon")
    assert len(points(app)) == 31


def test_every_view_that_is_offered_shows_something(run_page: RunPage, observations: pd.DataFrame) -> None:
    """For indicators of one year and of many, from tables and from reports: no view is empty or fails."""
    counts = (
        observations.groupby("indicator").agg(years=("year", "nunique"), origins=("origin", "nunique")).reset_index()
    )
    counts["several"] = counts["years"] > 1
    for indicator in counts.drop_duplicates(["several", "origins"])["indicator"]:
        app = run_page("compare", i=indicator)
        assert app.get("plotly_chart"), indicator
        groups = [group for group in app.get("button_group") if group.key == "compare.mode"]
        offered = {text(f"compare.mode_{mode}", "zh"): mode for mode in MODES}
        for name in groups[0].options if groups else ():
            assert run_page("compare", i=indicator, mode=offered[name]).get("plotly_chart"), (indicator, name)
