"""The Targets page: what it says first, what its choices leave, what its cells lead to."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from indicators import targets
from indicators.catalog import load_catalog
from indicators.labels import text
from indicators.paths import data_paths
from indicators.queries import Edition, Library
from indicators.selection import Selection
from indicators.target_rules import load_target_rules
from indicators.targets import VERDICTS, Judged
from pages.parts import retake
from pages.parts.page import Page
from pages.parts.state import GivenState
from pages.parts.targets_table import behind

RunPage = Callable[..., AppTest]
CATALOG = load_catalog()
TOWN = "630100"


@pytest.fixture(scope="module")
def built(edition: Path) -> Edition:
    return Library(data_paths(edition).parquet).current()


@pytest.fixture(scope="module")
def judged(built: Edition) -> list[Judged]:
    rules = load_target_rules(CATALOG)
    frame, _ = targets.judged_and_norms(built.observations(Selection(scenarios=("target", "requirement"))))
    names = targets.needed_indicators(frame, rules)
    actual = built.observations(Selection(indicators=names, scenarios=("actual",)))
    return targets.judge(frame, actual, CATALOG, built.breaks(names), rules, int(built.manifest["built"][:4]))


def opening(app: AppTest) -> str:
    return next(one.value for one in app.markdown if one.value.startswith("**"))


def spec(app: AppTest) -> dict[str, Any]:
    return json.loads(app.get("plotly_chart")[0].proto.spec)


def table(app: AppTest) -> Any:
    return app.dataframe[0].value


def subjects(app: AppTest, lang: str = "zh") -> int:
    return len(table(app)[text("targets.column_indicator", lang)])


# --- the real cases ---------------------------------------------------------------------------------------------------


def find(judged: list[Judged], region: str, indicator: str, year: int) -> Judged:
    (one,) = [
        one for one in judged
        if (one.target["region"], one.target["indicator"], one.year) == (region, indicator, year) and not one.target["scope"]
    ]  # fmt: skip
    return one


def test_the_country_missed_its_intensity_of_2020_and_got_there_later(judged: list[Judged]) -> None:
    one = find(judged, "000000", "rd_intensity", 2020)
    assert (one.verdict, one.why) == ("missed", "later_reached")
    assert one.latest and one.start and (one.latest.value, one.start.value) == (2.4, 2.07)
    assert one.substituted


def test_the_country_reached_its_patents_of_2025(judged: list[Judged]) -> None:
    (one,) = [one for one in judged if one.target["indicator"] == "invention_patents_per_10k" and one.year == 2025]
    assert one.verdict == "reached" and one.latest and one.latest.value == 16


def test_goals_of_provinces_for_2026_stand_beside_the_latest_value_with_the_pace_needed(judged: list[Judged]) -> None:
    """Hainan's technology contracts: 6.893 billion in 2024, 9 billion for 2026."""
    one = find(judged, "460000", "tech_contract_value", 2026)
    assert (one.verdict, one.why) == ("no_data", "nothing_since")
    assert one.needed and one.needed.absolute == pytest.approx((9e9 - 6.893e9) / 2)


def test_the_town_s_goals_of_2020_have_no_data_and_are_not_judged_by_anything_else(judged: list[Judged]) -> None:
    own = [one for one in judged if one.target["region"] == TOWN]
    assert len(own) == 4
    assert {(one.verdict, one.latest, one.start) for one in own} == {("no_data", None, None)}


# --- the page ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_first_view_counts_every_target_and_says_what_became_of_them(
    run_page: RunPage, judged: list[Judged], lang: str
) -> None:
    app = run_page("targets", lang=lang)
    first = opening(app)
    for verdict in VERDICTS:
        n = sum(one.verdict == verdict for one in judged)
        assert (text(f"targets.count_{verdict}", lang, n=n) in first) == (n > 0)
    assert subjects(app, lang) == len(judged)
    assert app.expander


def test_one_region_is_named_and_its_targets_alone_are_shown(run_page: RunPage) -> None:
    app = run_page("targets", r=[TOWN])
    assert opening(app).startswith("**西宁为2020年定了4项目标")
    assert subjects(app) == 4


@pytest.mark.parametrize(("more", "key"), [({}, "not_due_all"), ({"i": "tech_contract_value"}, "not_due_only")])
def test_targets_whose_year_is_not_over_say_so_once(run_page: RunPage, more: dict[str, str], key: str) -> None:
    said = opening(run_page("targets", r=["460000"], **more))
    assert said.endswith(text(f"targets.{key}", "zh") + "**")


def test_one_indicator_of_one_level_is_drawn_in_its_unit(run_page: RunPage) -> None:
    app = run_page("targets", i="tech_contract_value", r=["460000", "610000"])
    goals = next(one for one in spec(app)["data"] if one["meta"]["kind"] == "goal")
    assert sorted(goals["x"]) == [90, 5500]
    whole = run_page("targets", i="tech_contract_value")
    assert set(next(one for one in spec(whole)["data"] if one["meta"]["kind"] == "goal")["x"]) == {100}


@pytest.mark.parametrize(
    ("query", "left"), [({"v": ["missed"]}, 1), ({"due": "2020"}, 8), ({"theme": "incubation"}, 4)]
)
def test_result_year_and_theme_are_choices_of_the_url(
    run_page: RunPage, judged: list[Judged], query: dict[str, Any], left: int
) -> None:
    app = run_page("targets", **query)
    assert subjects(app) == left
    for name, value in query.items():
        assert app.query_params[name] == value if isinstance(value, str) else app.query_params[name] == value[0]


def test_an_empty_choice_names_what_to_widen(run_page: RunPage) -> None:
    app = run_page("targets", r=[TOWN], v=["reached"])
    said = [one.value for one in app.info]
    assert said == [text("targets.empty_choice", "zh", what="地区或结果")]
    assert not app.get("plotly_chart")


def test_nonsense_in_a_link_shows_everything(run_page: RunPage, judged: list[Judged]) -> None:
    app = run_page("targets", r=["x"], i="none", v=["won"], due="1066", theme="moon")
    assert subjects(app) == len(judged)


def test_requirements_stand_apart_and_follow_the_choice(run_page: RunPage) -> None:
    heading = text("targets.norms", "zh")
    assert heading in [one.value for one in run_page("targets").subheader]
    assert heading not in [one.value for one in run_page("targets", r=[TOWN]).subheader]


def test_a_briefing_shows_the_chart_and_says_what_the_page_says(run_page: RunPage, built: Edition) -> None:
    app = run_page("targets", r=[TOWN])
    reader = Page("briefing", "zh", built, CATALOG, GivenState("briefing", {}), False, False)
    (shown,), differs = retake.charts(reader, "targets", {"r": (TOWN,)})
    assert shown.say and opening(app).startswith(f"**{shown.say}")
    assert len(shown.chart.table) == 4 and differs == []


def test_a_cell_leads_to_its_side_of_the_evidence(judged: list[Judged]) -> None:
    one = find(judged, "000000", "rd_intensity", 2020)
    assert one.latest and one.start
    assert behind(one, "goal") == (one.id,)
    assert behind(one, "start") == one.start.inputs
    assert behind(one, "latest") == one.latest.inputs
    assert behind(one, "verdict") == one.inputs == (one.id, *one.latest.inputs, *one.start.inputs)


def test_every_reason_and_verdict_has_words_and_every_value_its_evidence(judged: list[Judged], built: Edition) -> None:
    for one in judged:
        for lang in ("zh", "en"):
            assert text(f"targets.why_{one.why}", lang) and text(f"targets.verdict_{one.verdict}", lang)
        assert all(built.observation(name) for name in (*one.inputs, *one.nearby))
