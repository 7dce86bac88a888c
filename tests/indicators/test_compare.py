"""The arithmetic of comparison, over invented frames."""

import math
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.catalog import load_catalog
from indicators.compare import (
    breaks_with_denominator,
    can_divide,
    divide,
    index_to,
    quotient_unit,
    rank,
    ranks,
    year_on_year,
)
from tests.observations import breaks_of, frame_of, ids, inputs, money, observed, people

CATALOG = load_catalog()
NO_BREAKS = breaks_of()
SLOW = settings(deadline=None, max_examples=40)
AMOUNTS = st.floats(min_value=1e-3, max_value=1e15, allow_nan=False)


def values(frame: pd.DataFrame) -> list[float]:
    return [float(f"{value:.9g}") for value in frame["value"]]


# --- per head and per GDP -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("indicator", "basis", "unit"),
    [
        ("rd_expenditure", "total", "yuan"), ("rd_expenditure", "per_head", "yuan_per_person"), ("rd_expenditure", "per_gdp", "percent"),
        ("patent_grants", "per_head", "per_10k"), ("patent_grants", "per_gdp", "per_100m_yuan"),
    ],
)  # fmt: skip
def test_quotients_have_units_that_the_catalogue_knows(indicator: str, basis: Any, unit: str) -> None:
    assert can_divide(CATALOG.indicators[indicator], basis)
    assert quotient_unit(CATALOG.indicators[indicator], basis) == unit
    assert unit in CATALOG.units


@pytest.mark.parametrize(
    ("indicator", "basis"),
    [("population", "per_head"), ("gdp", "per_gdp"), ("rd_intensity", "per_head"), ("technical_personnel", "per_gdp")],
)
def test_what_makes_no_sense_cannot_be_divided(indicator: str, basis: Any) -> None:
    assert not can_divide(CATALOG.indicators[indicator], basis)


def test_a_quotient_names_its_inputs_and_sources_and_nothing_of_one_value() -> None:
    top, under = money(2020, 6e10), people(2020, 2e7, source_id="tables/population")
    made = divide(inputs(top), frame_of([under]), "per_head")
    row = made.iloc[0]
    assert (row["value"], row["unit"], row["origin"]) == (3000.0, "yuan_per_person", "derived")
    assert row["inputs"] == ids(top, under)
    assert row["sources"] == ("tables/t", "tables/population")
    assert row["observation_id"] not in row["inputs"]
    assert row[["printed", "row", "column"]].isna().all()


@pytest.mark.parametrize(
    ("row", "basis", "value"),
    [
        (observed("110000", "patent_grants", 2020, 5e4, "count"), "per_head", 25.0),
        (observed("110000", "technical_personnel", 2020, 4e5, "person"), "per_gdp", 10.0),
        (money(2020, 1e11), "per_gdp", 2.5),
    ],
)
def test_counts_are_given_for_10k_people_and_100m_yuan_and_money_as_a_percentage(
    row: dict[str, Any], basis: Any, value: float
) -> None:
    under = [people(2020, 2e7), observed("110000", "gdp", 2020, 4e12, "yuan")]
    assert values(divide(inputs(row), frame_of(under), basis)) == [value]


def test_without_a_denominator_of_the_same_region_and_year_there_is_no_value() -> None:
    rows = inputs(money(2019, 1.0), money(2020, 1.0, "120000"), money(None, 1.0), money(2020, 1.0, measure="growth"))
    under = [
        people(2020, 10.0),
        people(2019, 0.0),
        people(2020, 5.0, "120000", scope="城镇"),
        people(2020, 5.0, "120000", scenario="target"),
    ]
    assert divide(rows, frame_of(under), "per_head").empty


def test_two_denominators_of_one_year_are_refused() -> None:
    with pytest.raises(ValueError, match=r"several rows for .*110000"):
        divide(inputs(money(2020, 1.0)), frame_of([people(2020, 1.0), people(2020, 2.0, series="other")]), "per_head")


def test_a_limit_stays_a_limit_when_divided() -> None:
    made = divide(inputs(money(2020, 4.0, comparator="ge")), frame_of([people(2020, 2.0)]), "per_head")
    assert list(made["comparator"]) == ["ge"]


@SLOW
@given(top=AMOUNTS, under=AMOUNTS, factor=st.floats(min_value=0.01, max_value=100))
def test_quotients_scale_with_the_numerator_and_against_the_denominator(
    top: float, under: float, factor: float
) -> None:
    def per_head(a: float, b: float) -> float:
        return float(divide(inputs(money(2020, a)), frame_of([people(2020, b)]), "per_head")["value"].iloc[0])

    assert math.isclose(per_head(top * factor, under), per_head(top, under) * factor, rel_tol=1e-9)
    assert math.isclose(per_head(top, under * factor) * factor, per_head(top, under), rel_tol=1e-9)


def test_a_break_of_the_denominator_breaks_the_quotient() -> None:
    known = breaks_of(("rd_expenditure", 2009), ("gdp", 2018), ("population", 2010))
    names = ["rd_expenditure", "patent_grants"]
    assert list(breaks_with_denominator(known, names, "total")["year"]) == [2009]
    found = breaks_with_denominator(known, names, "per_gdp")
    assert set(zip(found["indicator"], found["year"], strict=True)) == {
        ("rd_expenditure", 2009), ("rd_expenditure", 2018), ("patent_grants", 2018)
    }  # fmt: skip


# --- change on the year before -----------------------------------------------------------------------------------------


def test_levels_change_in_percent_and_name_both_years() -> None:
    rows = [money(2019, 200.0), money(2020, 250.0)]
    made = year_on_year(inputs(*rows), CATALOG, NO_BREAKS)
    row = made.iloc[0]
    assert (len(made), row["year"], row["base_year"], row["value"]) == (1, 2020, 2019, 25.0)
    assert (row["measure"], row["unit"], row["origin"]) == ("growth", "percent", "derived")
    assert row["inputs"] == ids(rows[1], rows[0])


def test_shares_change_in_points_also_from_zero() -> None:
    rows = [observed("110000", "rd_intensity", year, value, "percent") for year, value in ((2019, 0.0), (2020, 2.5))]
    row = year_on_year(inputs(*rows), CATALOG, NO_BREAKS).iloc[0]
    assert (row["value"], row["measure"], row["unit"]) == (2.5, "change", "percentage_point")


def test_money_per_gdp_changes_in_points() -> None:
    tops, unders = (
        [money(2019, 2.0), money(2020, 3.0)],
        [observed("110000", "gdp", year, 100.0, "yuan") for year in (2019, 2020)],
    )
    made = year_on_year(divide(inputs(*tops), frame_of(unders), "per_gdp"), CATALOG, NO_BREAKS)
    assert (values(made), list(made["unit"])) == ([1.0], ["percentage_point"])
    assert made["inputs"].iloc[0] == ids(tops[1], unders[1], tops[0], unders[0])


@pytest.mark.parametrize(
    "rows",
    [
        [money(2018, 1.0), money(2020, 2.0)],
        [money(2019, 0.0), money(2020, 2.0)],
        [money(2019, -1.0), money(2020, 2.0)],
        [money(2019, 1.0), money(2020, 2.0, "120000")],
        [money(2019, 1.0), money(2020, 2.0, scope="企业")],
        [money(2019, 1.0), money(2020, 2.0, scenario="target")],
        [money(2019, 1.0, series="a"), money(2020, 2.0, series="b")],
        [money(2019, 1.0), money(2020, 2.0, comparator="ge")],
        [money(2019, 1.0), money(None, 2.0)],
        [money(2019, 1.0, measure="growth", unit="percent"), money(2020, 2.0, measure="growth", unit="percent")],
    ],
    ids=["gap", "zero", "negative", "region", "scope", "scenario", "series", "limit", "no year", "growth of growth"],
)
def test_there_is_no_growth_between(rows: list[dict[str, Any]]) -> None:
    assert year_on_year(inputs(*rows), CATALOG, NO_BREAKS).empty


def test_no_growth_across_a_break_but_on_both_sides_of_it() -> None:
    rows = inputs(*(money(year, float(year)) for year in range(2015, 2020)))
    assert list(year_on_year(rows, CATALOG, breaks_of(("rd_expenditure", 2017)))["year"]) == [2016, 2018, 2019]
    assert len(year_on_year(rows, CATALOG, breaks_of(("gdp", 2017)))) == 4


def test_a_break_of_one_series_leaves_the_others() -> None:
    rows = inputs(*(money(year, 1.0 + year, series=series) for series in ("a", "b") for year in (2016, 2017)))
    made = year_on_year(rows, CATALOG, breaks_of(("rd_expenditure", 2017), series="a"))
    assert list(made["series"]) == ["b"]


def test_what_comes_from_an_approximate_value_is_approximate() -> None:
    made = year_on_year(inputs(money(2019, 1.0, comparator="approx"), money(2020, 2.0)), CATALOG, NO_BREAKS)
    assert list(made["comparator"]) == ["approx"]


def test_two_values_of_one_year_are_refused() -> None:
    with pytest.raises(ValueError, match=r"several rows for .*2019"):
        year_on_year(inputs(money(2019, 1.0), money(2019, 2.0, row="x"), money(2020, 1.0)), CATALOG, NO_BREAKS)


@SLOW
@given(st.dictionaries(st.integers(2000, 2030), st.floats(min_value=1, max_value=1e4), max_size=12))
def test_growth_leads_from_each_year_to_the_next(levels: dict[int, float]) -> None:
    made = year_on_year(inputs(*(money(year, value) for year, value in levels.items())), CATALOG, NO_BREAKS)
    assert set(made["year"]) == {year for year in levels if year - 1 in levels}
    for row in made.itertuples():
        assert math.isclose(levels[row.year - 1] * (1 + row.value / 100), levels[row.year], rel_tol=1e-9)


# --- index ----------------------------------------------------------------------------------------------------------------


def test_the_base_year_is_100_and_every_row_names_it() -> None:
    rows = [money(2019, 50.0), money(2020, 100.0), money(2020, 8.0, "120000")]
    made = index_to(inputs(*rows), 2019)
    assert (list(made["region"]), values(made), set(made["unit"])) == (["110000"] * 2, [100.0, 200.0], {"index"})
    assert list(made["base_year"]) == [2019, 2019]
    assert made["inputs"].tolist() == [ids(rows[0]), ids(rows[1], rows[0])]


@pytest.mark.parametrize("base", [{"value": 0.0}, {"value": -4.0}, {"value": 5.0, "comparator": "le"}])
def test_no_index_on_an_unusable_base(base: dict[str, Any]) -> None:
    assert index_to(inputs({**money(2019, 1.0), **base}, money(2020, 3.0)), 2019).empty


@pytest.mark.parametrize(("base", "years"), [(2015, [2014, 2015, 2016]), (2018, [2017, 2018, 2019])])
def test_the_index_ends_at_breaks_on_either_side(base: int, years: list[int]) -> None:
    rows = inputs(*(money(year, float(year)) for year in range(2014, 2021)))
    breaks = breaks_of(("rd_expenditure", 2017), ("rd_expenditure", 2020))
    assert list(index_to(rows, base, breaks)["year"]) == years
    assert len(index_to(rows, base)) == 7


@SLOW
@given(
    st.dictionaries(st.integers(2000, 2030), AMOUNTS, min_size=1, max_size=12), st.floats(min_value=0.01, max_value=100)
)
def test_an_index_does_not_know_the_unit(levels: dict[int, float], factor: float) -> None:
    base = min(levels)
    plain = index_to(inputs(*(money(year, value) for year, value in levels.items())), base)
    scaled = index_to(inputs(*(money(year, value * factor) for year, value in levels.items())), base)
    for one, other in zip(plain["value"], scaled["value"], strict=True):
        assert math.isclose(one, other, rel_tol=1e-9)


# --- rank ------------------------------------------------------------------------------------------------


def test_ranks_leave_out_places_after_ties_and_are_taken_before_rounding() -> None:
    assert ranks([3.0, 2.0, 2.0, 1.0]) == [1, 2, 2, 4]
    assert ranks([2.561, 2.564]) == [2, 1]
    assert ranks([5, 1, 3], lower_is_better=True) == [3, 1, 2]


def test_equal_values_share_a_rank_and_less_may_be_better() -> None:
    frame = frame_of([money(2020, value) for value in (5.0, 9.0, 9.0, 1.0)])
    assert list(rank(frame, CATALOG.indicators["rd_expenditure"])) == [3, 1, 1, 4]
    assert list(rank(frame, CATALOG.indicators["business_setup_days"])) == [2, 3, 3, 1]
