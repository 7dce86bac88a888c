"""How values are spread over regions, with numbers computed by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators import distribution as spread
from indicators.catalog import load_catalog

VALUES = [1.0, 2.0, 4.0, 7.0, 11.0]
numbers = st.lists(st.integers(0, 10**6).map(float), min_size=5, max_size=40)


@pytest.mark.parametrize(
    ("part", "expected"), [(0, 1), (0.25, 2), (0.5, 4), (0.75, 7), (1, 11), (0.1, 1.4), (0.9, 9.4)]
)
def test_quantiles_interpolate_between_the_sorted_values(part: float, expected: float) -> None:
    # Place (5 − 1) · 0.9 = 3.6: 7 + 0.6 · (11 − 7) = 9.4
    assert spread.quantile(VALUES[::-1], part) == pytest.approx(expected)


def test_quartiles_need_five_values_and_fences_mark_what_lies_apart() -> None:
    assert spread.quartiles(VALUES[:4]) is None
    found = spread.quartiles([1, 2, 3, 4, 100])
    assert found == spread.Quartiles(2, 3, 4)
    # 1.5 · (4 − 2) = 3: from −1 to 7
    assert [found.apart(value) for value in (-1.1, -1, 7, 7.1)] == [True, False, False, True]


def test_percentiles_count_equal_values_half() -> None:
    values = [1.0, 2.0, 2.0, 3.0, 9.0]
    assert [spread.percentile(value, values) for value in (1.0, 2.0, 3.0, 9.0)] == [0, 0.375, 0.75, 1]
    assert spread.percentile(4.0, [4.0]) == 0.5 == spread.percentile(4.0, [4.0, 4.0])


def test_the_share_of_the_first_needs_twenty_values_and_the_tenths_ten() -> None:
    ten, twenty = [float(n) for n in range(1, 11)], [float(n) for n in range(1, 21)]
    assert spread.share_of_first(twenty) == pytest.approx((16 + 17 + 18 + 19 + 20) / 210)
    assert spread.share_of_first(twenty[1:]) is None and spread.share_of_first([-1.0, *twenty]) is None
    assert spread.share_of_first([0.0] * 20) is None
    # P10 = 1 + 0.9 = 1.9, P90 = 9.1
    assert spread.tenths(ten) == pytest.approx(9.1 / 1.9)
    assert spread.tenths(ten[:9]) is None and spread.tenths([0.0] * 10) is None


def test_the_coefficient_of_variation_is_that_of_all_values() -> None:
    # Mean 5; squared distances 16 + 9 + 1 + 4 + 36 = 66; √(66 / 5) / 5
    assert spread.variation(VALUES) == pytest.approx((66 / 5) ** 0.5 / 5)
    assert spread.variation(VALUES[:4]) is None and spread.variation([-1.0, *VALUES]) is None
    assert spread.variation([0.0] * 6) is None


@pytest.mark.parametrize(("first", "last", "said"), [(0.9, 0.8, "closer"), (0.8, 0.9, "apart"), (0.9, 0.89, "same")])
def test_convergence_is_said_from_two_per_cent_on(first: float, last: float, said: str) -> None:
    assert spread.drift(first, last) == said


def test_a_sum_means_something_only_for_totals_of_whole_regions() -> None:
    indicators = load_catalog().indicators
    assert spread.adds_up(indicators["rd_expenditure"], "total", None)
    assert not spread.adds_up(indicators["rd_expenditure"], "per_head", None)
    assert not spread.adds_up(indicators["rd_expenditure"], "total", "企业")
    assert not spread.adds_up(indicators["rd_intensity"], "total", None)


def test_earlier_years_are_of_the_same_regions_and_evenly_spread() -> None:
    both, one = frozenset("ab"), frozenset("a")
    years = dict.fromkeys(range(2010, 2025), both) | {2012: one, 2025: both}
    assert spread.same_regions(years, 2024, 5) == [2010, 2014, 2017, 2021, 2024]
    assert spread.same_regions({2020: one, 2021: both}, 2021, 5) == [2021]
    assert spread.same_regions({2020: both, 2021: one}, 2021, 5) == [2020, 2021]


def test_a_logarithmic_scale_is_offered_for_positive_values_far_apart() -> None:
    assert spread.wide([1.0, 31.0]) and not spread.wide([1.0, 30.0]) and not spread.wide([0.0, 99.0])
    assert not spread.wide([5.0]) and not spread.wide([])


@given(numbers, st.floats(0.1, 1000))
def test_dispersion_does_not_depend_on_the_unit(values: list[float], factor: float) -> None:
    found = spread.variation(values)
    scaled = spread.variation([value * factor for value in values])
    assert (found is None) == (scaled is None) and (found is None or found == pytest.approx(scaled))


@given(numbers)
def test_percentiles_keep_the_order_and_average_one_half(values: list[float]) -> None:
    parts = [spread.percentile(value, values) for value in sorted(values)]
    assert parts == sorted(parts) and sum(parts) / len(parts) == pytest.approx(0.5)
    found = spread.quartiles(values)
    assert found is not None and min(values) <= found.low <= found.median <= found.high <= max(values)
