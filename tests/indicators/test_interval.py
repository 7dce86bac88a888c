"""What printed numbers stand for, computed by hand, and that no true value ever falls outside what follows from its rounding."""

from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from indicators.interval import Interval, earlier, growth, of_printed, quotient, read, share, written

PRINTED = [
    # printed, value in the canonical unit, unit, comparator, low, high
    ("4849", 4849, "count", "eq", "4849", "4849"),  # counted, not rounded
    ("1018家", 1018, "count", "eq", "1018", "1018"),
    ("三十家", 30, "count", "eq", "30", "30"),
    ("2503人", 2503, "person", "eq", "2503", "2503"),
    ("3.5万家", 35_000, "count", "eq", "34500", "35500"),
    ("35", 350_000, "count", "eq", "345000", "355000"),  # a column in 万件
    ("1234", 1234, "person_year", "eq", "1233.5", "1234.5"),  # person-years are computed
    ("19.2%", "19.2", "percent", "eq", "19.15", "19.25"),
    ("13%", 13, "percent", "eq", "12.5", "13.5"),
    ("5.2%", "-5.2", "percent", "eq", "-5.25", "-5.15"),  # 下降5.2%
    ("(3.1)", "-3.1", "percent", "eq", "-3.15", "-3.05"),
    ("1.5倍", 150, "percent", "eq", "145", "155"),
    ("100.16亿元", 10_016_000_000, "yuan", "eq", "10015500000", "10016500000"),
    ("3278.4", 327_840_000_000, "yuan", "eq", "327835000000", "327845000000"),
    ("1 234.5①", 123_450_000_000, "yuan", "eq", "123445000000", "123455000000"),
    ("１，２３４", 1234, "count", "eq", "1234", "1234"),
    ("27797元", 27797, "yuan_per_person", "eq", "27796.5", "27797.5"),
    ("0.0", 0, "percent", "eq", "-0.05", "0.05"),
    ("80%", 80, "percent", "ge", "80", None),
    ("3000万元", 30_000_000, "yuan", "le", None, "30000000"),
    ("80%", 80, "percent", "approx", "70", "90"),
    ("23%", 23, "percent", "approx", "22", "24"),
    ("4000家", 4000, "count", "approx", "3000", "5000"),
    ("2—3个工作日", "2.5", "day", "approx", "2", "3"),
]  # fmt: skip


@pytest.mark.parametrize(("printed", "value", "unit", "comparator", "low", "high"), PRINTED)
def test_a_printed_number_stands_for_what_rounds_to_it(
    printed: str, value: str | int, unit: str, comparator: str, low: str | None, high: str | None
) -> None:
    found = of_printed(printed, float(value), unit, comparator)
    assert found == Interval(*(None if bound is None else Fraction(bound) for bound in (low, high)))


@pytest.mark.parametrize(
    ("printed", "value", "unit"),
    [("一半", 50.0, "percent"), ("翻一番", 100.0, "percent"), ("1/3", 100 / 3, "percent"), ("三百家", 300.0, "count"),
     ("两成", 20.0, "percent"), ("12", 13.0, "percent"), ("0.0", 0.0, "yuan")],
)  # fmt: skip
def test_nothing_is_made_of_a_print_that_does_not_tell_its_rounding(printed: str, value: float, unit: str) -> None:
    assert of_printed(printed, value, unit) is None


def test_the_levels_that_a_growth_rate_leaves_open() -> None:
    level, rate = of_printed("4849", 4849.0, "count"), of_printed("19.2", 19.2, "percent")
    assert level is not None and rate is not None
    found = earlier(level, rate)
    assert found == Interval(Fraction(48490000, 11925), Fraction(48490000, 11915))
    assert written(found, {"printed": "4849", "value": 4849.0, "unit": "count"}) == "4066.2–4069.7"


def test_growth_shares_and_quotients_by_hand() -> None:
    ten, four = Interval(Fraction("9.5"), Fraction("10.5")), Interval(Fraction("3.5"), Fraction("4.5"))
    # 9.5 / 4.5 and 10.5 / 3.5, less 1, in percent
    assert growth(ten, four) == Interval(Fraction(1000, 9), Fraction(200))
    assert share(four, ten) == Interval(Fraction(100, 3), Fraction(4500, 95))
    assert quotient(ten, four, 10_000) == Interval(Fraction(95_000, 45) * 10, Fraction(30_000))
    assert ten.minus(four) == Interval(Fraction(5), Fraction(7))


def test_what_has_no_bound_keeps_none() -> None:
    at_least, ten = Interval(Fraction(8), None), Interval.exactly(10)
    assert growth(at_least, ten) == Interval(Fraction(-20), None)
    assert growth(ten, at_least) == Interval(Fraction(-100), Fraction(25))
    assert ten.minus(at_least) == Interval(None, Fraction(2))
    assert not at_least.meets(Interval(None, Fraction(7)))
    assert at_least.meets(Interval(None, Fraction(8)))
    assert written(at_least, {"printed": "8", "value": 8.0, "unit": "count"}) == "≥ 8.0"


def test_a_range_below_zero_is_written_so_that_its_minus_signs_can_be_read() -> None:
    like = {"printed": "-3.1", "value": -3.1, "unit": "percent"}
    assert written(Interval(Fraction(-52, 10), Fraction(-31, 10)), like) == "−5.20 … −3.10"
    assert written(Interval(Fraction(-1, 1000), Fraction(2, 100)), like) == "0.00–0.02"  # no minus before a zero


def test_nothing_is_divided_by_what_may_be_nothing() -> None:
    assert growth(Interval.exactly(1), Interval(Fraction(0), Fraction(1))) is None
    assert earlier(Interval.exactly(1), Interval(Fraction(-101), Fraction(-99))) is None


def test_intervals_that_touch_meet() -> None:
    one, other = Interval(Fraction(1), Fraction(2)), Interval(Fraction(2), Fraction(3))
    assert one.meets(other) and one.apart(other) == 0
    assert Interval.exactly(5).apart(one) == 3
    assert one.apart(Interval.exactly(5)) == -3


# -- a true value never falls outside -------------------------------------------------------------------------------------

TRUE = st.fractions(min_value=Fraction(1, 10), max_value=10**7, max_denominator=10**6)
DIGITS = st.integers(min_value=0, max_value=3)
POWERS = st.sampled_from([0, 4, 8])
ROUNDINGS = st.sampled_from([ROUND_HALF_UP, ROUND_HALF_EVEN])


def printed_as(true: Fraction, digits: int, power: int, rounding: str) -> Interval | None:
    """The interval of a true amount (yuan) as a source would print it in that power of ten."""
    exact = Decimal(true.numerator) / Decimal(true.denominator)
    text = str(exact.quantize(Decimal(1).scaleb(-digits), rounding=rounding))
    return of_printed(text, float(Decimal(text).scaleb(power)), "yuan")


@given(TRUE, DIGITS, POWERS, ROUNDINGS)
def test_the_true_value_lies_in_what_its_print_stands_for(
    true: Fraction, digits: int, power: int, rounding: str
) -> None:
    found = printed_as(true, digits, power, rounding)
    assume(found is not None)
    assert found is not None and found.holds(true * 10**power)


@given(TRUE, TRUE, DIGITS, DIGITS, ROUNDINGS)
def test_the_true_result_lies_in_every_derived_interval(
    one: Fraction, other: Fraction, digits: int, more: int, rounding: str
) -> None:
    now, then = printed_as(one, digits, 4, rounding), printed_as(other, more, 4, rounding)
    assume(now is not None and then is not None)
    assert now is not None and then is not None
    first, second = one * 10**4, other * 10**4
    assert now.plus(then).holds(first + second)
    assert now.minus(then).holds(first - second)
    assert now.times(Fraction(3, 7)).holds(first * Fraction(3, 7))
    for found, true in (
        (now.over(then), first / second), (growth(now, then), (first / second - 1) * 100),
        (share(now, then), first / second * 100), (quotient(now, then, 10_000), first / second * 10_000),
    ):  # fmt: skip
        assert found is None or found.holds(true)
    assert now.meets(now.widened(Fraction(1, 50)))


@given(TRUE, st.fractions(min_value=-90, max_value=500, max_denominator=1000), DIGITS, st.integers(0, 2), ROUNDINGS)
def test_the_true_earlier_level_lies_in_what_level_and_growth_leave_open(
    before: Fraction, rate: Fraction, digits: int, more: int, rounding: str
) -> None:
    now = before * (1 + rate / 100)
    level = printed_as(now, digits, 8, rounding)
    text = str(
        (Decimal(rate.numerator) / Decimal(rate.denominator)).quantize(Decimal(1).scaleb(-more), rounding=rounding)
    )
    moved = of_printed(text, float(text), "percent")
    assume(level is not None and moved is not None)
    assert level is not None and moved is not None
    found = earlier(level, moved)
    assert found is None or found.holds(before * 10**8)


@given(st.integers(0, 10**9))
def test_a_whole_count_is_exact(n: int) -> None:
    assert of_printed(f"{n:,}家", float(n), "count") == Interval.exactly(n)


@given(st.text(max_size=30), st.floats(-1e15, 1e15), st.sampled_from(["count", "yuan", "percent", "other"]))
def test_any_text_gives_digits_or_none(text: str, value: float, unit: str) -> None:
    found = read(text, value, unit)
    assert found is None or found.last > 0
