"""Which years and regions can be compared, over invented coverage."""

from indicators.across import Years, common, comparable, earlier

YEARS: Years = {
    2018: frozenset({"110000", "120000", "130000"}),
    2019: frozenset({"110000"}),
    2020: frozenset({"110000", "120000"}),
}


def test_a_year_needs_two_of_the_regions() -> None:
    assert comparable(YEARS) == [2020, 2018]
    assert comparable(YEARS, ["120000", "130000"]) == [2018]
    assert comparable(YEARS, ["110000"]) == []


def test_two_indicators_share_the_regions_that_have_both() -> None:
    other: Years = {2018: frozenset({"130000", "140000"}), 2021: frozenset({"110000"})}
    assert common(YEARS, other) == {2018: frozenset({"130000"})}


def test_earlier_years_count_the_regions_that_have_both() -> None:
    everyone = frozenset().union(*YEARS.values())
    assert earlier(YEARS, 2020, everyone) == {2018: 2}
    assert earlier(YEARS, 2020, frozenset({"110000"})) == {}
