"""Between which two years an indicator's course can be told, and what cannot be told at all."""

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.course import course, latest, told
from indicators.regions import COUNTRY

PLAIN = {
    "indicator": "gdp", "unit": "yuan", "series": None, "grade": None, "scope": None, "scenario": "actual",
    "comparator": "eq", "origin": "tables", "value": 1.0,
}  # fmt: skip


def rows(*years_of: tuple[str, list[int]], **more: Any) -> pd.DataFrame:
    return pd.DataFrame([{**PLAIN, "region": code, "year": year, **more} for code, years in years_of for year in years])


def test_the_longest_span_that_all_regions_of_the_last_year_have() -> None:
    found = course(rows(("110000", [2010, 2015, 2020]), ("120000", [2015, 2020]), ("130000", [2010, 2015])), [])
    assert found and (found.first, found.last, found.cut) == (2015, 2020, False)
    assert (found.regions, found.expected, len(found.rows)) == (["110000", "120000"], 3, 4)


def test_a_region_that_reports_late_does_not_hold_back_the_year_nor_one_that_reports_alone_push_it() -> None:
    three = [("110000", [2018, 2019, 2020]), ("120000", [2018, 2019]), ("130000", [2018, 2019])]
    assert set(latest(rows(*three))["year"]) == {2019}
    assert set(latest(rows(*three[:1], ("120000", [2018, 2019, 2020]), three[2]))["year"]) == {2020}


@pytest.mark.parametrize(
    ("cuts", "base", "first", "cut"),
    [([], None, 2010, False), ([2015], None, 2015, True), ([2010], None, 2010, False), ([2021], None, 2010, False),
     ([], 2015, 2015, False), ([2015], 2010, None, False), ([2020], None, None, False), ([], 2012, None, False)],
)  # fmt: skip
def test_no_span_crosses_a_break_and_an_index_starts_at_its_base(
    cuts: list[int], base: int | None, first: int | None, cut: bool
) -> None:
    found = course(rows(("110000", [2010, 2015, 2020])), cuts, base)
    assert (found.first if found else None) == first and (found.cut if found else False) == cut


def test_only_plain_actual_values_are_told() -> None:
    plain = rows(("110000", [2019, 2020]))
    others = [rows(("110000", [2021]), **{key: value}) for key, value in
              (("scenario", "target"), ("scope", "市区"), ("grade", "national"), ("comparator", "ge"))]  # fmt: skip
    assert len(told(pd.concat([plain, *others]))) == 2
    assert told(pd.concat([plain, rows(("120000", [2020]), unit="percent")])).empty
    assert told(pd.concat([plain, rows(("110000", [2018]), origin="derived")])).empty
    assert told(pd.concat([plain, rows(("110000", [2018]), series="census")])).empty
    assert told(pd.concat([plain, plain])).empty


def test_the_country_is_told_alone_and_never_among_its_parts() -> None:
    country = rows((COUNTRY, [2019, 2020]))
    assert len(told(country)) == 2
    assert set(told(pd.concat([country, rows(("110000", [2019, 2020]))]))["region"]) == {"110000"}


def test_nothing_is_told_of_nothing() -> None:
    none = rows(("110000", [2020])).iloc[:0]
    assert told(none).empty and course(told(none), []) is None and course(rows(("110000", [2020])), []) is None


@given(
    st.dictionaries(st.sampled_from(["110000", "120000", "130000", "140000"]), st.sets(st.integers(2000, 2008)), min_size=1),
    st.sets(st.integers(2000, 2009)),
)  # fmt: skip
def test_both_years_have_the_same_regions_and_no_break_between(held: dict[str, set[int]], cuts: set[int]) -> None:
    frame = rows(*((code, sorted(years)) for code, years in held.items()), ("150000", [2005]))
    found = course(frame, cuts)
    if found is None:
        return
    sides = [set(found.rows.loc[found.rows["year"] == year, "region"]) for year in (found.first, found.last)]
    assert sides[0] == sides[1] and found.first < found.last
    assert not any(found.first < year <= found.last for year in cuts)
