"""Shares of the whole country, over invented frames."""

import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.catalog import load_catalog
from indicators.region_sets import whole_country
from indicators.shares import share_of_whole
from tests.observations import frame_of, ids, inputs, observed

CATALOG = load_catalog()
SLOW = settings(deadline=None, max_examples=40)


def everybody(year: int, value: float = 1.0, indicator: str = "gdp", unit: str = "yuan") -> list[dict[str, Any]]:
    return [observed(code, indicator, year, value, unit) for code in whole_country()]


def test_the_printed_national_value_is_the_whole() -> None:
    national = observed("000000", "gdp", 2020, 50.0, "yuan", source_id="tables/nation")
    rows = everybody(2020)
    made = share_of_whole(inputs(rows[0], national), frame_of([*rows, national]), CATALOG)
    assert list(made["value"]) == [pytest.approx(2.0)]
    assert (list(made["measure"]), list(made["unit"])) == (["share"], ["percent"])
    assert made["inputs"].iloc[0] == ids(rows[0], national)
    assert made["sources"].iloc[0] == ("tables/t", "tables/nation")


def test_else_it_is_the_sum_of_all_provinces() -> None:
    rows = everybody(2020)
    made = share_of_whole(inputs(*rows), frame_of(rows), CATALOG)
    assert len(made) == 31
    assert math.isclose(made["value"].sum(), 100.0)
    assert set(made["inputs"].iloc[5]) == set(ids(*rows))


def test_no_share_where_a_province_is_missing_and_none_is_printed() -> None:
    rows = [*everybody(2020), *everybody(2021)[:-1]]
    assert set(share_of_whole(inputs(*rows), frame_of(rows), CATALOG)["year"]) == {2020}


def test_what_cannot_be_added_up_has_no_share_even_of_a_printed_value() -> None:
    rows = [observed(code, "gdp_per_capita", 2020, 5.0, "yuan_per_person") for code in ("110000", "000000")]
    assert share_of_whole(inputs(*rows), frame_of(rows), CATALOG).empty


def test_parts_and_targets_do_not_make_up_the_whole() -> None:
    rows = everybody(2020)
    odd = [
        observed("000000", "gdp", 2020, 7.0, "yuan", scope="农业"),
        observed("000000", "gdp", 2020, 7.0, "yuan", scenario="target"),
    ]
    made = share_of_whole(inputs(rows[0]), frame_of([*rows, *odd]), CATALOG)
    assert list(made["value"]) == [pytest.approx(100 / 31)]


@SLOW
@given(st.lists(st.floats(min_value=1e-3, max_value=1e15, allow_nan=False), min_size=31, max_size=31))
def test_the_shares_of_all_provinces_make_100(amounts: list[float]) -> None:
    rows = [observed(code, "gdp", 2020, value, "yuan") for code, value in zip(whole_country(), amounts, strict=True)]
    assert math.isclose(share_of_whole(inputs(*rows), frame_of(rows), CATALOG)["value"].sum(), 100.0)
