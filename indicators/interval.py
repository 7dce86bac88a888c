"""What a printed number can stand for, as an exact interval, and the arithmetic of such intervals.

**The rule.** A printed number was rounded to its last printed digit, so it stands for every value from half a unit of
that digit below it to half a unit above: 19.2 % for 19.15 to 19.25 %, 3.5 万 for 34,500 to 35,500. A count of things
or people that is printed as a whole number without 万 or 亿 was not rounded: 4849 incubators are exactly 4849. "At
least" has no upper bound, "at most" no lower one. "About" stands for one whole unit of the last digit that is not 0 on
either side (约 80 % for 70 to 90 %, 约 23 % for 22 to 24 %), a printed range (2—3 天) for its two ends.

All bounds are fractions, so that nothing is lost in computing with them. Both ends belong to an interval: a source
may round a half up or down.

Rounding: GB/T 8170-2008, Rules of rounding off for numerical values. Arithmetic: R. E. Moore, R. B. Kearfott and
M. J. Cloud, Introduction to Interval Analysis, SIAM 2009, chapter 2.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from indicators.printed import half_width

COUNTED = frozenset({"count", "person"})
"""Units of what can be counted one by one; a person-year is computed, not counted."""
_PLAIN = frozenset({"percent", "percentage_point", "index", "rank", "times", *COUNTED})
"""Units in which a printed 0 is 0 and not 0 of ten thousands."""
_TOKEN = re.compile(r"\d{1,3}(?:[, ]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+")
_FRACTION = re.compile(r"\d ?/ ?\d")
_MARKS = re.compile(r"\[\d{1,2}\]")
_MAGNITUDES = frozenset("十百千万亿")
_EXACT = 1e-9
"""A value that differs from its print by more than this part was not read from that number."""


@dataclass(frozen=True, slots=True)
class Interval:
    """All values from `low` to `high`, both included; None where there is no bound on that side."""

    low: Fraction | None
    high: Fraction | None

    @classmethod
    def exactly(cls, value: int | Fraction) -> Interval:
        return cls(Fraction(value), Fraction(value))

    def plus(self, other: Interval) -> Interval:
        return Interval(_sum(self.low, other.low), _sum(self.high, other.high))

    def minus(self, other: Interval) -> Interval:
        return Interval(
            None if self.low is None or other.high is None else self.low - other.high,
            None if self.high is None or other.low is None else self.high - other.low,
        )

    def times(self, factor: int | Fraction) -> Interval:
        """Scaled by an exact positive factor."""
        return Interval(
            None if self.low is None else self.low * factor, None if self.high is None else self.high * factor
        )

    def over(self, other: Interval) -> Interval | None:
        """The quotient; None where the divisor may be 0 or negative."""
        if other.low is None or other.low <= 0:
            return None
        least, most = other.low, other.high
        low, high = self.low, self.high
        if low is not None:
            low = low / least if low < 0 else Fraction(0) if most is None else low / most
        if high is not None:
            high = high / least if high >= 0 else Fraction(0) if most is None else high / most
        return Interval(low, high)

    def widened(self, part: Fraction) -> Interval:
        """Wider on either side by a part of its larger bound."""
        size = max((abs(bound) for bound in (self.low, self.high) if bound is not None), default=Fraction(0)) * part
        return self.plus(Interval(-size, size))

    def meets(self, other: Interval) -> bool:
        """Whether one value can be in both."""
        return self.apart(other) == 0

    def apart(self, other: Interval) -> Fraction:
        """The distance between the nearest ends, 0 where they meet; positive where `self` lies above."""
        if self.low is not None and other.high is not None and self.low > other.high:
            return self.low - other.high
        if self.high is not None and other.low is not None and self.high < other.low:
            return self.high - other.low
        return Fraction(0)

    def holds(self, value: Fraction) -> bool:
        return (self.low is None or self.low <= value) and (self.high is None or value <= self.high)


def _sum(one: Fraction | None, other: Fraction | None) -> Fraction | None:
    return None if one is None or other is None else one + other


# -- from print -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Reading:
    """A printed number as it was rounded.

    Attributes:
        values: The number, or both ends of a printed range; in the canonical unit.
        last: One unit of the last printed digit, in the canonical unit.
        power: The printed number times 10 to this power is the value.
    """

    values: tuple[Fraction, ...]
    last: Fraction
    power: int


def read(printed: str, value: float, unit: str) -> Reading | None:
    """The digits behind a value; None where its print does not tell them (一半, 翻一番, 1/3).

    Args:
        printed: The number as it stands in the source, its unit with it or not.
        value: The same in the canonical unit `unit`.
    """
    tokens = _TOKEN.findall(_MARKS.sub("", half_width(printed)))
    numbers = [Decimal(token.replace(",", "").replace(" ", "")) for token in tokens]
    if len(numbers) not in (1, 2) or _FRACTION.search(half_width(printed)):
        return None
    middle = float(sum(numbers) / len(numbers))
    size = abs(value) / middle if middle else 0.0
    power: int | None = None
    if 0 < size < math.inf:
        power = round(math.log10(size))
        if abs(size / 10.0**power - 1) > _EXACT:
            power = None
    elif middle == 0 and value == 0 and unit in _PLAIN:
        power = 0
    if power is None:
        return None
    scale, sign = Fraction(10) ** power, -1 if value < 0 else 1
    decimals = max(-int(number.as_tuple().exponent) for number in numbers)
    ends = tuple(sorted(sign * Fraction(number) * scale for number in numbers))
    return Reading(ends, scale * Fraction(1, 10**decimals), power)


def of_printed(printed: str, value: float, unit: str, comparator: str = "eq") -> Interval | None:
    """What a printed number stands for (the rule stands at the head of this module).

    Returns:
        None where the print does not tell how it was rounded; nothing is computed from such a number.
    """
    if comparator in ("ge", "le"):
        bound = Fraction(Decimal(repr(value)))
        return Interval(bound, None) if comparator == "ge" else Interval(None, bound)
    reading = read(printed, value, unit)
    if reading is None:
        # A count in Chinese numerals (三十家) is as exact as one in digits.
        counted = unit in COUNTED and comparator == "eq" and float(value).is_integer()
        return Interval.exactly(int(value)) if counted and not (_MAGNITUDES - set("十")) & set(printed) else None
    low, high = reading.values[0], reading.values[-1]
    if len(reading.values) == 2:
        return Interval(low, high)
    slack = reading.last / 2
    if comparator == "approx":
        slack = _last_that_counts(low, reading.last)
    elif unit in COUNTED and reading.power == 0 and reading.last == 1:
        slack = Fraction(0)
    return Interval(low - slack, high + slack)


def _last_that_counts(value: Fraction, last: Fraction) -> Fraction:
    """One unit of the last digit that is not 0."""
    digits = abs(value) / last
    while digits and digits % 10 == 0:
        digits, last = digits / 10, last * 10
    return last


def of_row(row: Mapping[str, Any]) -> Interval | None:
    """What an observation's printed value stands for, in its canonical unit."""
    return of_printed(row["printed"], row["value"], row["unit"], row["comparator"])


# -- derived ----------------------------------------------------------------------------------------------------------

HUNDRED = Fraction(100)


def earlier(level: Interval, growth: Interval) -> Interval | None:
    """The level of the base year from a level and its growth in percent; None for a fall of 100 % or more."""
    return level.over(growth.times(1 / HUNDRED).plus(Interval.exactly(1)))


def growth(now: Interval, before: Interval) -> Interval | None:
    """Growth in percent; None where the earlier value may be 0."""
    ratio = now.over(before)
    return None if ratio is None else ratio.minus(Interval.exactly(1)).times(HUNDRED)


def share(part: Interval, whole: Interval) -> Interval | None:
    """A part in percent of its whole."""
    ratio = part.over(whole)
    return None if ratio is None else ratio.times(HUNDRED)


def quotient(over: Interval, under: Interval, factor: int | Fraction = 1) -> Interval | None:
    """A level for each unit of another: per head, per GDP."""
    ratio = over.over(under)
    return None if ratio is None else ratio.times(factor)


def written(interval: Interval, like: Mapping[str, Any]) -> str:
    """An interval on the scale of a printed number, with one digit more than it prints: 4066.2–4069.7 beside 4849."""
    reading = read(like["printed"], like["value"], like["unit"])
    power, last = (reading.power, reading.last) if reading else (0, Fraction(1))
    decimals = max(0, round(-math.log10(last / Fraction(10) ** power))) + 1
    low, high = (
        None if bound is None else in_digits(bound, power, decimals) for bound in (interval.low, interval.high)
    )
    if low is None or high is None:
        return f"≤ {high}" if low is None else f"≥ {low}"
    # Beside a minus a dash is hard to read.
    return low if low == high else f"{low} … {high}" if "−" in low else f"{low}–{high}"


def in_digits(value: Fraction, power: int, decimals: int) -> str:
    """A value divided by 10 to a power, to so many decimals."""
    digits = f"{round(value / Fraction(10) ** power * 10**decimals) / Decimal(10) ** decimals:.{decimals}f}"
    return digits.replace("-", "−")
