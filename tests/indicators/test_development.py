"""What a view of a development shows, what it leaves out, and what it says of that; over invented frames."""

from typing import Any

import pandas as pd
import pytest

from indicators.catalog import load_catalog
from indicators.development import (
    View,
    base_years,
    bases_of,
    develop,
    is_sparse,
    leaders,
    modes_of,
    unit_of,
    what_compares,
    whole_first,
)
from indicators.region_sets import whole_country
from tests.observations import breaks_of, frame_of, observed

CATALOG = load_catalog()
NO_BREAKS = breaks_of()


def gdp(year: int | None, value: float, region: str = "110000", **more: Any) -> dict[str, Any]:
    return observed(region, "gdp", year, value, more.pop("unit", "yuan"), **more)


def growth(year: int, value: float, region: str = "110000", **more: Any) -> dict[str, Any]:
    return gdp(
        year,
        value,
        region,
        unit="percent",
        measure="growth",
        base_year=year - 1,
        **{"origin": "report", "source_id": "reports/r", **more},
    )


def shown(rows: list[dict[str, Any]], view: View, **more: Any) -> Any:
    return develop(frame_of(rows), view, CATALOG, more.pop("breaks", NO_BREAKS), **more)


def points(frame: pd.DataFrame) -> list[tuple[Any, float]]:
    return [(None if pd.isna(row.year) else row.year, round(row.value, 6)) for row in frame.itertuples()]


LEVELS = [gdp(2018, 100.0), gdp(2019, 110.0), gdp(2020, 121.0)]


def test_levels_stand_as_they_are_with_their_targets_and_undated_values() -> None:
    made = shown([*LEVELS, gdp(2025, 200.0, scenario="target"), gdp(None, 90.0)], View(years=(2019, 2030)))
    assert points(made.rows) == [(2019, 110.0), (2020, 121.0), (2025, 200.0), (None, 90.0)]
    assert made.notes == ()


def test_growth_and_index_look_beyond_the_window() -> None:
    assert points(shown(LEVELS, View("growth", years=(2019, 2019))).rows) == [(2019, 10.0)]
    assert points(shown(LEVELS, View("index", base_year=2018, years=(2020, 2020))).rows) == [(2020, 121.0)]


def test_an_index_that_ends_at_a_break_says_so() -> None:
    made = shown(LEVELS, View("index", base_year=2019), breaks=breaks_of(("gdp", 2019)))
    assert points(made.rows) == [(2019, 100.0), (2020, 110.0)]
    assert [(note.code, dict(note.params)) for note in made.notes] == [
        ("cut", {"indicator": "gdp", "first": 2019, "last": 2020}),
        ("nominal", {}),
    ]


def test_a_printed_growth_stands_before_a_computed_one_and_both_are_told_apart() -> None:
    made = shown([*LEVELS, growth(2020, 6.5), growth(2021, 7.0)], View("growth"))
    assert sorted(points(made.rows)) == [(2019, 10.0), (2020, 6.5), (2021, 7.0)]
    assert set(made.rows.loc[made.rows["origin"] == "derived", "year"]) == {2019}
    assert {note.code for note in made.notes} == {"nominal", "printed_growth"}


def test_a_growth_over_several_years_is_no_annual_growth() -> None:
    assert shown([growth(2020, 30.0) | {"base_year": 2015}], View("growth")).empty == "no_growth"


def test_targets_of_growth_are_shown_but_targets_of_levels_grow_nothing() -> None:
    made = shown(
        [gdp(2018, 1.0), gdp(2019, 2.0, scenario="target"), growth(2021, 8.0, scenario="target")], View("growth")
    )
    assert points(made.rows) == [(2021, 8.0)]


def test_per_head_says_what_it_divides_by_and_whom_it_leaves_out() -> None:
    people = frame_of([observed("110000", "population", 2018, 10.0, "person")])
    made = shown([*LEVELS, gdp(2018, 5.0, "120000")], View("level", "per_head"), denominators=people)
    assert points(made.rows) == [(2018, 10.0)]
    assert [(note.code, dict(note.params)) for note in made.notes] == [
        ("per_head", {}),
        ("left_out", {"regions": ("120000",)}),
    ]


def test_an_indicator_that_cannot_be_divided_is_named_as_left_out() -> None:
    rows = [observed("110000", "patent_grants", 2018, 4.0, "count"), *LEVELS]
    under = frame_of([gdp(2018, 1e8)])
    made = shown(rows, View("level", "per_gdp"), denominators=under)
    assert points(made.rows) == [(2018, 4.0)]
    assert ("left_out", {"indicators": ("gdp",)}) in [(note.code, dict(note.params)) for note in made.notes]


@pytest.mark.parametrize("printed", [True, False])
def test_a_share_says_what_the_whole_is(printed: bool) -> None:
    rows = [gdp(2020, 1.0, code) for code in whole_country()]
    everywhere = frame_of([*rows, *([gdp(2020, 50.0, "000000")] if printed else [])])
    made = shown(rows[:1], View("share"), everywhere=everywhere)
    assert [note.code for note in made.notes] == ["share_printed" if printed else "share_summed"]
    assert points(made.rows) == [(2020, 2.0 if printed else round(100 / 31, 6))]


@pytest.mark.parametrize(
    ("rows", "view", "why"),
    [
        ([growth(2020, 1.0)], View("level"), "no_level"),
        ([growth(2020, 1.0)], View("index", base_year=2020), "no_level"),
        ([gdp(2020, 1.0)], View("growth"), "growth"),
        ([observed("110000", "gdp", 2020, 1.0, "rank", measure="rank")], View("growth"), "no_growth"),
        (LEVELS, View("index", base_year=2010), "index"),
        (LEVELS, View("index"), "index"),
        (LEVELS, View("share"), "share"),
        (LEVELS, View("level", "per_head"), "per_head"),
        (LEVELS, View("growth", "per_gdp"), "per_gdp"),
        (LEVELS, View("level", years=(2000, 2001)), "no_years"),
    ],
)
def test_an_empty_view_says_why(rows: list[dict[str, Any]], view: View, why: str) -> None:
    made = shown(rows, view)
    assert (made.empty, len(made.rows)) == (why, 0)


def test_a_value_in_another_unit_is_not_drawn_as_if_it_were_in_the_indicators() -> None:
    assert points(shown([*LEVELS[:1], gdp(2019, 7.0, unit="other")], View()).rows) == [(2018, 100.0)]


# --- what may be chosen ---------------------------------------------------------------------------------------------------


def test_only_what_adds_up_has_a_share_and_only_totals_have_it() -> None:
    total, ratio = CATALOG.indicators["gdp"], CATALOG.indicators["rd_intensity"]
    assert "share" in modes_of([total, ratio]) and "share" not in modes_of([ratio])
    assert bases_of([total], "level") == ["total", "per_head"]
    assert bases_of([total], "share") == bases_of([ratio], "level") == ["total"]


@pytest.mark.parametrize(
    ("indicator", "mode", "basis", "unit"),
    [
        ("gdp", "level", "total", "yuan"), ("gdp", "level", "per_head", "yuan_per_person"), ("gdp", "growth", "total", "percent"),
        ("rd_intensity", "growth", "total", "percentage_point"), ("rd_expenditure", "growth", "per_gdp", "percentage_point"),
        ("gdp", "index", "total", "index"), ("gdp", "share", "total", "percent"), ("rd_intensity", "level", "per_head", "percent"),
    ],
)  # fmt: skip
def test_the_unit_of_a_view_is_known_before_it_is_made(indicator: str, mode: Any, basis: Any, unit: str) -> None:
    assert unit_of(CATALOG.indicators[indicator], mode, basis) == unit


def test_parts_give_way_to_the_whole_but_stay_where_there_is_no_other() -> None:
    rows = frame_of([gdp(2020, 9.0), gdp(2020, 1.0, scope="工业园"), gdp(2020, 3.0, "120000", grade="national")])
    assert list(whole_first(rows)["value"]) == [9.0, 3.0]


def test_two_years_are_no_development() -> None:
    assert is_sparse(frame_of(LEVELS[:2])) and not is_sparse(frame_of(LEVELS))
    assert is_sparse(frame_of([gdp(2018, 1.0), gdp(2019, 1.0, scope="a"), gdp(2020, 1.0, scope="b")]))
    assert is_sparse(frame_of([]))


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([gdp(2020, 1.0)], "one_value"),
        ([gdp(2020, 1.0), gdp(2020, 2.0, "120000")], "one_year"),
        ([gdp(2019, 1.0), gdp(2020, 2.0)], "few_years"),
        ([gdp(2019, 1.0), gdp(2020, 2.0), gdp(2019, 1.0, "120000"), gdp(2020, 2.0, "120000")], "few_years"),
        ([gdp(2019, 1.0), gdp(2020, 2.0, "120000")], "different"),
        ([gdp(2020, 1.0), gdp(None, 2.0, "120000")], "different"),
        ([gdp(2020, 1.0), gdp(2020, 2.0, grade="national")], "different"),
        ([gdp(2020, 1.0), gdp(2025, 2.0, scenario="target")], "different"),
        ([gdp(2020, 1.0), gdp(2020, 2.0, "120000", comparator="ge")], "different"),
    ],
)
def test_few_figures_say_what_compares(rows: list[dict[str, Any]], code: str) -> None:
    assert what_compares(frame_of(rows)).code == code


def test_leaders_are_those_of_the_latest_year_that_most_report() -> None:
    rows = [gdp(2019, value, code) for code, value in (("110000", 1.0), ("120000", 3.0), ("130000", 2.0))]
    assert leaders(frame_of([*rows, gdp(2020, 9.0)]), 2) == ["120000", "130000"]
    assert leaders(frame_of([gdp(None, 1.0)]), 2) == []


@pytest.mark.parametrize(
    ("years", "breaks", "default"),
    [
        (range(2010, 2021), [], 2010),
        (range(2010, 2021), [2012, 2016], 2016),
        (range(2010, 2021), [2016, 2019], 2016),
        (range(2010, 2021), [2010, 2025], 2010),
    ],
)
def test_the_proposed_base_year_follows_the_last_break_that_leaves_a_development(
    years: range, breaks: list[int], default: int
) -> None:
    rows = frame_of([gdp(year, 1.0) for year in years])
    assert base_years(rows, breaks_of(*(("gdp", year) for year in breaks))) == (list(years), default)


def test_the_proposed_base_year_has_nearly_all_series() -> None:
    early = [gdp(2010, 1.0)]
    rows = [gdp(year, 1.0, code) for code in ("110000", "120000", "130000") for year in (2011, 2012, 2013)]
    assert base_years(frame_of([*early, *rows]), NO_BREAKS) == ([2010, 2011, 2012, 2013], 2011)
    assert base_years(frame_of([]), NO_BREAKS) == ([], None)
