"""The line through a scatter: its arithmetic, and the rules by which it is drawn or not."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.catalog import load_catalog
from indicators.compare import Basis
from indicators.fit import judge, spearman, theil_sen
from indicators.fit_rules import Relation, load_rules, related

RULES = load_rules()
CATALOG = load_catalog()


def named(values: list[float]) -> dict[str, float]:
    return {f"r{n:02}": value for n, value in enumerate(values)}


def test_the_line_by_hand() -> None:
    start, slope, low, high = theil_sen([1, 2, 3, 4], [1, 2, 3, 14], 1.96)
    # (1,2) 1, (1,3) 1, (1,4) 13/3, (2,3) 1, (2,4) 6, (3,4) 11: sorted 1 1 1 4.33 6 11, median 2.666…
    assert slope == pytest.approx((1 + 13 / 3) / 2)
    # y − slope·x: −5/3, −10/3, −5, 10/3; median of the four −2.5
    assert start == pytest.approx(-2.5)
    assert (low, high) == (1, 11)


def test_the_interval_by_hand() -> None:
    # Ten points on a line but for one. 45 slopes; variance of S without ties 10·9·25/18 = 125, 1.96·√125 = 21.91;
    # floor((45 − 21.91) / 2) = 11, so that the 11th slope from each end bounds the interval.
    x = [float(n) for n in range(10)]
    y = [n + (-1) ** n * n / 10 for n in range(10)]
    slopes = sorted((y[j] - y[i]) / (x[j] - x[i]) for i in range(10) for j in range(i + 1, 10))
    _, _, low, high = theil_sen(x, y, 1.96)
    assert (low, high) == (slopes[10], slopes[34])


def test_one_wild_point_does_not_move_the_line() -> None:
    x = [float(n) for n in range(12)]
    y = [2 * a + 1 for a in x]
    y[5] = 1e6
    assert theil_sen(x, y, 1.96)[:2] == (1.0, 2.0)


def test_ties_make_the_interval_of_no_slope_impossible() -> None:
    with pytest.raises(ValueError, match="all x are equal"):
        theil_sen([1, 1, 1], [1, 2, 3], 1.96)


@pytest.mark.parametrize(
    ("x", "y", "expected"),
    [
        ([1, 2, 3, 4, 5], [1, 4, 9, 16, 25], 1.0),
        ([1, 2, 3, 4, 5], [5, 4, 3, 2, 1], -1.0),
        # d² = 1 + 1 + 0 + 1 + 1: 1 − 6·4 / (5·24) = 0.8
        ([1, 2, 3, 4, 5], [2, 1, 3, 5, 4], 0.8),
        # Mean ranks 1.5 1.5 3 against 1 2 3: 1.5 / √(1.5 · 2)
        ([7, 7, 9], [1, 2, 3], 1.5 / math.sqrt(3)),
        ([1, 1, 1], [1, 2, 3], None),
        ([1], [1], None),
    ],
)
def test_spearman(x: list[float], y: list[float], expected: float | None) -> None:
    found = spearman(x, y)
    assert found == expected if expected is None else found == pytest.approx(expected)


def test_critical_values_are_those_of_the_table_and_beyond_it_of_the_normal_approximation() -> None:
    assert (RULES.critical(10), RULES.critical(31)) == (0.648, 0.356)
    assert RULES.critical(101) == pytest.approx(0.196)
    assert sorted(RULES.table) == list(range(RULES.least - 1, max(RULES.table) + 1))
    steps = [RULES.critical(n) for n in range(9, 60)]
    assert steps == sorted(steps, reverse=True)


def test_a_power_law_is_a_line_on_two_logarithmic_axes() -> None:
    x = [10.0**n for n in range(12)]
    found = judge(named(x), named([3 * a**0.7 for a in x]), RULES, log_x=True, log_y=True)
    assert found.line is not None and found.reason is None
    assert found.line.slope == pytest.approx(0.7) and found.line.at(1e4) == pytest.approx(3 * 1e4**0.7)
    assert found.line.ends == (1.0, 1e11)


def test_the_same_power_law_is_no_line_on_even_axes() -> None:
    x = [float(n) for n in range(1, 21)]
    found = judge(named(x), named([a**4 for a in x]), RULES)
    assert (found.line, found.reason) == (None, "bent")


@pytest.mark.parametrize(("n", "reason"), [(2, "few"), (9, "few"), (10, None)])
def test_fewer_than_ten_regions_get_no_line(n: int, reason: str | None) -> None:
    values = [float(a) for a in range(n)]
    found = judge(named(values), named(values), RULES)
    assert (found.reason, found.n) == (reason, n)


def test_no_line_without_a_clear_relation() -> None:
    x = [float(n) for n in range(12)]
    y = [5.0, 1.0, 9.0, 3.0, 7.0, 2.0, 8.0, 4.0, 6.0, 0.0, 11.0, 10.0]
    found = judge(named(x), named(y), RULES)
    assert found.reason == "unclear" and found.correlation is not None
    assert abs(found.correlation) < RULES.critical(12)


def test_a_relation_that_hangs_on_one_region_is_named_with_it() -> None:
    # Twelve regions reach the critical value; without the last one the eleven others do not.
    x = [float(n) for n in range(12)]
    y = [7.0, 0.0, 5.0, 3.0, 2.0, 6.0, 4.0, 1.0, 8.0, 9.0, 10.0, 11.0]
    found = judge(named(x), named(y), RULES)
    whole, without = spearman(x, y), spearman(x[:11], y[:11])
    assert whole is not None and without is not None
    assert whole >= RULES.critical(12) and without < RULES.critical(11)
    assert found.reason == "one_region" and found.region is not None


def test_a_constant_side_and_values_that_no_logarithm_takes() -> None:
    x = [float(n) for n in range(12)]
    assert judge(named(x), named([1.0] * 12), RULES).reason == "constant"
    assert judge(named(x), named(x), RULES, log_x=True).n == 11


@given(
    st.lists(
        st.tuples(st.integers(0, 1000), st.integers(-1000, 1000)), min_size=2, max_size=25, unique_by=lambda p: p[0]
    ),
    st.integers(-50, 50),
    st.integers(-9, 9),
)
def test_adding_a_line_to_the_points_adds_it_to_the_line(points: list[tuple[int, int]], shift: int, tilt: int) -> None:
    x, y = [float(a) for a, _ in points], [float(b) for _, b in points]
    start, slope, low, high = theil_sen(x, y, 1.96)
    moved = theil_sen(x, [b + shift + tilt * a for a, b in zip(x, y, strict=True)], 1.96)
    assert low <= slope <= high
    assert moved == pytest.approx((start + shift, slope + tilt, low + tilt, high + tilt), abs=1e-6)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (("rd_expenditure", "total"), ("gdp", "total"), None),
        (("rd_expenditure", "per_gdp"), ("gdp", "total"), Relation("inside", ("gdp",))),
        (("rd_intensity", "total"), ("gdp", "total"), Relation("inside", ("gdp",))),
        (("rd_intensity", "total"), ("rd_expenditure", "total"), Relation("same", ("rd_expenditure",))),
        (("rd_intensity", "total"), ("rd_expenditure", "per_head"), Relation("same", ("rd_expenditure",))),
        (("rd_intensity", "total"), ("gdp_per_capita", "total"), Relation("shared", ("gdp",))),
        (("invention_grants", "per_head"), ("patent_grants", "per_head"),
         Relation("part", ("invention_grants", "patent_grants"))),
        (("industrial_value_added", "total"), ("gdp", "total"), Relation("part", ("industrial_value_added", "gdp"))),
        (("rd_personnel", "total"), ("rd_staff", "total"), Relation("alike", ("rd_personnel", "rd_staff"))),
        (("rd_expenditure", "per_head"), ("patent_grants", "per_head"), None),
        (("rd_expenditure", "per_head"), ("population", "total"), Relation("inside", ("population",))),
        (("gdp_primary", "total"), ("gdp_tertiary", "total"), None),
    ],
)  # fmt: skip
def test_what_two_indicators_have_to_do_with_each_other_by_definition(
    one: tuple[str, Basis], other: tuple[str, Basis], expected: Relation | None
) -> None:
    sides = [(CATALOG.indicators[name], basis) for name, basis in (one, other)]
    for first, second in (sides, sides[::-1]):
        found = related(first, second, CATALOG)
        if expected is None:
            assert found is None
        else:
            assert found is not None and found.kind == expected.kind
            assert found.by == expected.by or found.kind == "alike"
            assert found.forbids == (expected.kind != "shared")
