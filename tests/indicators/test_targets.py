"""Targets and later results: every verdict, the side that counts, rounding, growth, and what must never be compared."""

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.catalog import load_catalog
from indicators.target_frame import COLUMNS, as_frame
from indicators.target_rules import load_target_rules
from indicators.targets import Judged, judge, judged_and_norms, needed_indicators
from tests.observations import breaks_of, frame_of, observed

CATALOG = load_catalog()
RULES = load_target_rules(CATALOG)
TOWN, OTHER = "630100", "460000"
STOCK, FLOW, SHARE = "makerspaces", "tech_contract_value", "rd_intensity"
UNITS = {STOCK: "count", FLOW: "yuan", SHARE: "percent"}


def target(indicator: str, year: int | None, value: float, printed: str, **more: Any) -> dict[str, Any]:
    made = {"scenario": "target", "origin": "report", "source_id": "reports/plan", "published": "2018-09-05", **more}
    return observed(TOWN, indicator, year, value, made.pop("unit", None) or UNITS[indicator], printed=printed, **made)


def actual(indicator: str, year: int, value: float, printed: str, region: str = TOWN, **more: Any) -> dict[str, Any]:
    return observed(region, indicator, year, value, more.pop("unit", None) or UNITS[indicator], printed=printed, **more)


def verdict(
    promised: dict[str, Any], *results: dict[str, Any], breaks: pd.DataFrame | None = None, as_of: int = 2026
) -> Judged:
    none = breaks_of() if breaks is None else breaks
    (one,) = judge(frame_of([promised]), frame_of(list(results)), CATALOG, none, RULES, as_of)
    return one


def said(one: Judged) -> tuple[str, str]:
    return one.verdict, one.why


GOAL = target(STOCK, 2020, 30, "30家", comparator="ge")
START = actual(STOCK, 2017, 12, "12")


# --- amounts ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("results", "expected"),
    [
        ([START, actual(STOCK, 2020, 31, "31")], ("reached", "in_year")),
        ([START, actual(STOCK, 2020, 30, "30")], ("reached", "in_year")),
        ([START, actual(STOCK, 2019, 30, "30")], ("reached", "early")),
        ([START, actual(STOCK, 2019, 33, "33"), actual(STOCK, 2020, 29, "29")], ("reached", "early_lost")),
        ([START, actual(STOCK, 2021, 40, "40")], ("reached", "by_later")),
        ([START, actual(STOCK, 2020, 29, "29")], ("missed", "in_year")),
        ([START, actual(STOCK, 2020, 29, "29"), actual(STOCK, 2021, 35, "35")], ("missed", "later_reached")),
        ([START, actual(STOCK, 2022, 20, "20")], ("missed", "by_later")),
        ([START, actual(STOCK, 2019, 20, "20")], ("no_data", "year_unknown")),
        ([START], ("no_data", "year_unknown")),
        ([], ("no_data", "no_actual")),
        ([actual(STOCK, 2020, 25, "25", comparator="ge")], ("no_data", "limit")),
        ([actual(STOCK, 2020, 35, "35", comparator="ge")], ("reached", "in_year")),
        ([actual(STOCK, 2020, 25, "25", comparator="le")], ("missed", "in_year")),
    ],
)  # fmt: skip
def test_a_stock_is_judged_by_its_year_else_by_the_years_around_it(
    results: list[dict[str, Any]], expected: tuple[str, str]
) -> None:
    assert said(verdict(GOAL, *results)) == expected


def test_before_its_year_is_over_a_target_is_on_the_way_by_the_pace_so_far() -> None:
    """12 in 2017, 20 in 2019: 4 a year; 10 more in the one year that is left."""
    one = verdict(GOAL, START, actual(STOCK, 2019, 20, "20"), as_of=2020)
    assert said(one) == ("behind", "slower")
    assert one.share == pytest.approx(8 / 18)
    assert one.so_far and one.so_far.absolute == 4
    assert one.needed and one.needed.absolute == 10
    assert one.needed.compound == pytest.approx(50)
    assert said(verdict(GOAL, START, actual(STOCK, 2019, 24, "24"), as_of=2020)) == ("on_way", "fast_enough")
    assert said(verdict(GOAL, actual(STOCK, 2019, 24, "24"), as_of=2020)) == ("on_way", "no_trend")


def test_with_nothing_new_since_it_was_set_the_pace_from_the_start_is_given() -> None:
    one = verdict(GOAL, START, as_of=2018)
    assert said(one) == ("no_data", "nothing_since")
    assert one.start and (one.start.year, one.latest) == (2017, None)
    assert one.needed and one.needed.absolute == 6
    assert one.needed.compound == pytest.approx(((30 / 12) ** (1 / 3) - 1) * 100)


def test_a_year_s_amount_is_reached_by_that_year_alone() -> None:
    goal = target(FLOW, 2020, 9e9, "90亿元")
    early = [actual(FLOW, 2017, 5e9, "50"), actual(FLOW, 2019, 9.5e9, "95")]
    assert said(verdict(goal, *early, as_of=2020)) == ("on_way", "there_already")
    assert said(verdict(goal, *early)) == ("no_data", "year_unknown")
    assert said(verdict(goal, *early, actual(FLOW, 2020, 8.9e9, "89.0"))) == ("missed", "in_year")


def test_what_is_new_in_a_period_counts_as_a_year_s_amount() -> None:
    goal = target(STOCK, 2020, 30, "30家", scope="新增")
    assert said(verdict(goal, actual(STOCK, 2019, 31, "31", scope="新增"), as_of=2020)) == ("on_way", "there_already")


def test_the_start_is_the_latest_exact_value_before_the_report_or_of_the_report_itself() -> None:
    own = actual(STOCK, 2018, 15, "15家", origin="report", source_id="reports/plan")
    one = verdict(GOAL, START, own, actual(STOCK, 2020, 31, "31"))
    assert one.start and one.start.year == 2018
    foreign = verdict(GOAL, START, actual(STOCK, 2018, 15, "15"), as_of=2020)
    assert foreign.start and foreign.latest and (foreign.start.year, foreign.latest.year) == (2017, 2018)
    limit = verdict(GOAL, START, {**own, "comparator": "ge"})
    assert limit.start and limit.start.year == 2017


# --- side and rounding -------------------------------------------------------------------------------------------------


def test_lower_is_better_where_the_catalogue_or_the_print_says_so() -> None:
    indicator = next(one for one in CATALOG.indicators.values() if one.direction == "lower")
    goal = target(indicator.id, 2020, 3, "3", unit=indicator.unit)
    near = [actual(indicator.id, 2017, 8, "8", unit=indicator.unit)]
    for value, expected in ((2.0, "reached"), (5.0, "missed")):
        result = actual(indicator.id, 2020, value, f"{value:g}", unit=indicator.unit)
        assert verdict(goal, *near, result).verdict == expected
    slow = actual(indicator.id, 2019, 7, "7", unit=indicator.unit)
    one = verdict(goal, *near, slow, as_of=2020)
    assert said(one) == ("behind", "slower")
    assert one.needed and one.needed.absolute == -4
    limit = target(STOCK, 2020, 30, "30家以内", comparator="le")
    assert verdict(limit, actual(STOCK, 2020, 31, "31")).verdict == "missed"
    assert verdict(limit, actual(STOCK, 2020, 30, "30")).verdict == "reached"


def test_a_rank_counts_down() -> None:
    goal = target(STOCK, 2020, 10, "第10位", unit="rank", measure="rank")
    for place, expected in ((9, "reached"), (11, "missed")):
        result = actual(STOCK, 2020, place, f"第{place}位", unit="rank", measure="rank")
        assert verdict(goal, result).verdict == expected


@pytest.mark.parametrize(
    ("value", "printed", "expected"),
    [
        (2.5, "2.50", ("reached", "rounding")),
        (2.51, "2.51", ("reached", "in_year")),
        (2.49, "2.49", ("missed", "in_year")),
        (2.5, "2.5", ("reached", "rounding")),
    ],
)  # fmt: skip
def test_a_value_that_equals_the_target_only_as_it_was_rounded_says_so(
    value: float, printed: str, expected: tuple[str, str]
) -> None:
    goal = target(SHARE, 2020, 2.5, "2.5%")
    assert said(verdict(goal, actual(SHARE, 2020, value, printed))) == expected


def test_a_target_of_about_so_much_leaves_half_of_its_last_digit() -> None:
    goal = target(
        "rd_expenditure", 2020, 8, "8％", unit="percent", measure="growth", base_year=2019, comparator="approx"
    )
    for value, expected in ((8.2, "in_year"), (7.6, "about"), (7.3, "in_year")):
        printed = f"{value}%"
        result = actual("rd_expenditure", 2020, value, printed, unit="percent", measure="growth", base_year=2019)
        one = verdict(goal, result)
        assert said(one) == ("missed" if value < 7.5 else "reached", expected)


def test_of_a_range_the_end_that_is_met_first_counts() -> None:
    goal = target("gdp", 2020, 4.75, "4.5%—5%", unit="percent", measure="growth", base_year=2019, comparator="approx")
    result = actual("gdp", 2020, 4.6, "4.6%", unit="percent", measure="growth", base_year=2019)
    one = verdict(goal, result)
    assert (one.goal, one.verdict) == (4.5, "reached")


# --- growth -------------------------------------------------------------------------------------------------------------


def growth(year: int, value: float, **more: Any) -> dict[str, Any]:
    base = more.pop("base_year", year - 1)
    made = {"unit": "percent", "measure": "growth", "base_year": base, **more}
    return actual("rd_expenditure", year, value, f"{value:g}%", **made)


RISE = target("rd_expenditure", 2020, 10, "10%", unit="percent", measure="growth", base_year=2019)
LEVELS = [actual("rd_expenditure", y, v, f"{v / 1e8:g}", unit="yuan") for y, v in ((2019, 2e10), (2020, 2.3e10))]


def test_printed_growth_of_the_same_years_decides_before_computed() -> None:
    assert said(verdict(RISE, growth(2020, 9), *LEVELS)) == ("missed", "in_year")
    assert said(verdict(RISE, growth(2020, 12, base_year=2018))) == ("no_data", "no_growth")


def test_growth_is_computed_from_levels_with_the_bounds_of_their_rounding() -> None:
    """200 and 230, printed in whole 亿: 229.5 / 200.5 to 230.5 / 199.5."""
    one = verdict(RISE, *LEVELS)
    assert said(one) == ("reached", "computed")
    assert one.latest and one.latest.value == pytest.approx(15)
    assert (one.latest.low, one.latest.high) == pytest.approx(((229.5 / 200.5 - 1) * 100, (230.5 / 199.5 - 1) * 100))
    assert one.inputs == (RISE["observation_id"], LEVELS[1]["observation_id"], LEVELS[0]["observation_id"])


def test_growth_in_constant_prices_is_not_computed_from_amounts_at_current_prices() -> None:
    goal = target("gdp", 2020, 5, "5%", unit="percent", measure="growth", base_year=2019)
    amounts = [actual("gdp", y, v, f"{v / 1e8:g}", unit="yuan") for y, v in ((2019, 2e11), (2020, 2.3e11))]
    assert said(verdict(goal, *amounts)) == ("no_data", "no_growth")


def test_growth_before_is_shown_and_is_no_result() -> None:
    one = verdict(RISE, growth(2017, 15), as_of=2018)
    assert said(one) == ("no_data", "nothing_since")
    assert one.start and one.start.value == 15
    assert one.needed is None


def test_an_average_is_judged_by_a_printed_average_alone() -> None:
    goal = target("rd_expenditure", 2020, 7, "7%", unit="percent", measure="growth", base_year=2019, scope="年均")
    assert said(verdict(goal, growth(2020, 10), *LEVELS)) == ("no_data", "average")
    assert said(verdict(goal, growth(2020, 8, scope="年均"))) == ("reached", "average_printed")


def test_a_sum_over_years_is_judged_by_a_sum_alone() -> None:
    goal = target(FLOW, 2020, 3e10, "300亿元", scope="三年累计")
    years = [actual(FLOW, year, 2e10, "200") for year in (2018, 2019, 2020)]
    assert said(verdict(goal, *years)) == ("no_data", "cumulative")
    assert said(verdict(goal, actual(FLOW, 2020, 3.1e10, "310", scope="三年累计"))) == ("reached", "in_year")


# --- what is never compared ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "other",
    [{"scope": "高新区"}, {"grade": "national"}, {"region": OTHER}, {"series": "old"}, {"unit": "person"}, {"measure": "share"}],
    ids=lambda more: next(iter(more)),
)  # fmt: skip
def test_another_scope_grade_region_series_unit_or_measure_is_never_compared(other: dict[str, Any]) -> None:
    one = verdict(GOAL, actual(STOCK, 2020, 99, "99", **other))
    assert said(one) == ("no_data", "no_actual")
    assert one.latest is None


def test_what_is_near_is_named() -> None:
    near = actual(STOCK, 2020, 99, "99", scope="高新区")
    assert verdict(GOAL, near).nearby == (near["observation_id"],)
    assert verdict(GOAL, near, START).nearby == ()
    assert verdict(GOAL, actual(STOCK, 2020, 99, "99", region=OTHER)).nearby == ()


def test_a_year_that_the_indicator_lacks_is_filled_from_the_publication_that_the_rules_name() -> None:
    first = RULES.filled_from[SHARE].indicator
    goal = target(SHARE, 2020, 2.5, "2.5%")
    filled = actual(first, 2020, 2.4, "2.40", unit="percent")
    one = verdict(goal, filled)
    assert said(one) == ("missed", "in_year") and one.substituted
    own = verdict(goal, filled, actual(SHARE, 2020, 2.6, "2.60"))
    assert said(own) == ("reached", "in_year") and not own.substituted


def test_a_break_between_start_and_result_is_told() -> None:
    result = actual(STOCK, 2020, 31, "31")
    assert verdict(GOAL, START, result, breaks=breaks_of((STOCK, 2019), (FLOW, 2019))).cuts == (2019,)
    assert verdict(GOAL, START, result, breaks=breaks_of((STOCK, 2017), (STOCK, 2021))).cuts == ()


def test_norms_for_others_stand_apart_and_an_undated_target_is_not_judged() -> None:
    norm = target(STOCK, None, 5, "5家", scenario="requirement")
    dated = target(STOCK, 2020, 5, "5家", scenario="requirement")
    judged, norms = judged_and_norms(frame_of([norm, dated, GOAL]))
    assert norms["observation_id"].tolist() == [norm["observation_id"]]
    assert judged["observation_id"].tolist() == [dated["observation_id"], GOAL["observation_id"]]
    assert said(verdict(target(STOCK, None, 5, "5家"), START)) == ("no_data", "undated")


# --- rows to take away ---------------------------------------------------------------------------------------------------


def test_rows_hold_both_sides_of_the_evidence() -> None:
    result = actual(STOCK, 2020, 31, "31", source_id="tables/later")
    promised = frame_of([GOAL, target(STOCK, 2021, 60, "60家")])
    found = judge(promised, frame_of([START, result]), CATALOG, breaks_of(), RULES, 2026)
    rows = as_frame(promised, found[::-1])
    assert set(COLUMNS) <= set(rows.columns)
    last = rows.iloc[-1]
    assert last["observation_id"] == GOAL["observation_id"]
    assert last["inputs"] == (GOAL["observation_id"], result["observation_id"], START["observation_id"])
    assert last["sources"] == ("reports/plan", "tables/later", "tables/t")
    assert (last["verdict"], last["latest_value"], last["latest_year"]) == ("reached", 31, 2020)
    assert pd.isna(rows.iloc[0]["share"]) == (found[1].share is None)


def test_what_is_needed_names_the_publication_that_fills_years() -> None:
    names = needed_indicators(frame_of([GOAL, target(SHARE, 2020, 2.5, "2.5%")]), RULES)
    assert names == (STOCK, SHARE, RULES.filled_from[SHARE].indicator)


@given(st.integers(0, 200), st.integers(0, 200), st.integers(2018, 2023), st.integers(2018, 2027))
def test_no_target_is_reached_by_less_or_missed_with_enough(goal: int, value: int, year: int, as_of: int) -> None:
    """Counts are exact, so that there is no room for rounding."""
    one = verdict(target(STOCK, 2020, goal, f"{goal}家"), START, actual(STOCK, year, value, str(value)), as_of=as_of)
    if one.verdict == "reached":
        assert value >= goal
    if one.verdict == "missed":
        assert value < goal and year >= 2020
    if one.verdict in ("on_way", "behind"):
        assert year < 2020 <= as_of or as_of <= 2020
