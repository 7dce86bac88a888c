"""Numbers as people read them: 万, 亿, 万亿 in Chinese; K, M, B, T in English; one scale for an axis.

Values come in the canonical unit (yuan, not 亿元). Nothing is parsed here. Rounding is half up on the decimal digits
that the number shows, so 2.675 with two digits is 2.68.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal

from charts.signs import comparator_sign, plus
from indicators.catalog import Catalog, Indicator
from indicators.labels import has, text

MINUS = "−"
POWERS = {"zh": (12, 8, 4), "en": (12, 9, 6, 3)}
SCALED = frozenset({"count", "person", "person_year", "yuan", "sqm", "other"})
"""Units that are counted in 万 or K; the others (shares, ranks, days, per person, …) are always written out."""
_FULL_POWERS = {"zh": (8, 4), "en": (12, 9, 6, 3)}
_CONTEXT = Context(prec=400, rounding=ROUND_HALF_UP)
_AXIS_FROM = {"zh": {12: 1e13, 8: 1e8, 4: 1e5}, "en": {12: 1e12, 9: 1e9, 6: 1e6, 3: 1e5}}
"""From what size on an axis takes a magnitude: five digits and 99,999亿 are read more easily than 0.9万 and 9.9万亿."""


def plain(value: float, decimals: int, *, strip: bool = False) -> str:
    """The number with thousands separators and a real minus sign.

    A value that would be rounded to nothing keeps two significant digits, so that it never reads as zero.

    Args:
        decimals: Digits after the point.
        strip: Leave out zeros at the end of the decimals.
    Raises:
        ValueError: The value is not finite.
    """
    if not math.isfinite(value):
        raise ValueError(f"{value} cannot be written as a number; leave missing values out")
    exact = Decimal(repr(float(value)))
    shown = exact.quantize(Decimal(1).scaleb(-decimals), context=_CONTEXT)
    if exact and not shown:
        return _tiny(exact)
    digits = f"{abs(shown):,f}"
    if strip and "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    return (MINUS if shown < 0 else "") + digits


def _tiny(exact: Decimal) -> str:
    first = exact.adjusted()
    rounded = exact.quantize(Decimal(1).scaleb(first - 1), context=_CONTEXT)
    sign = MINUS if exact < 0 else ""
    if first < -6:
        return f"{sign}{abs(rounded):.1e}".replace("e-", f"e{MINUS}")
    return sign + f"{abs(rounded):f}".rstrip("0")


def ordinal(number: int) -> str:
    """English ordinal: 1st, 2nd, 3rd, 11th."""
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number:,}{ending}"


def count_word(indicator: Indicator | None, lang: str) -> str:
    """What a count counts (件, 家 …) where the catalogue says so, else the general word."""
    if indicator and indicator.counter:
        return indicator.counter[lang]
    return text("charts.count_word", lang) if lang == "zh" else ""


def unit_name(unit: str, lang: str, catalog: Catalog, indicator: Indicator | None = None) -> str:
    """A canonical unit's name without a magnitude, as on an axis."""
    if unit == "count":
        return count_word(indicator, lang) or text("charts.count_word", lang)
    if indicator and indicator.unit != unit and has(f"charts.each_{unit}"):
        # A quotient of a count or of people says what is counted: 家/万人, 人/万人.
        return text(f"charts.each_{unit}", lang, word=unit_name(indicator.unit, lang, catalog, indicator))
    if has(f"charts.unit_{unit}"):
        return text(f"charts.unit_{unit}", lang)
    return catalog.units[unit].name(lang)


@dataclass(frozen=True, slots=True)
class Scale:
    """One scale of an axis, a column or a chart: every value is divided by `factor` and carries `name` as its unit.

    Attributes:
        unit: Canonical unit id.
        factor: Canonical values are divided by this.
        name: The unit in words with its magnitude: 亿元, billion yuan.
        base: The unit in words without one: 元, yuan.
        decimals: Digits of value labels.
    """

    unit: str
    factor: float
    name: str
    base: str
    decimals: int
    lang: str

    def of(self, value: float) -> float:
        """The value as plotted; twelve significant digits, so that no binary dust is shown or sent."""
        return float(f"{value / self.factor:.12g}")

    def text(self, value: float, *, decimals: int | None = None) -> str:
        """A canonical value as a number on this scale, without unit."""
        return self.digits(self.of(value), decimals=decimals)

    def joined(self, number: str) -> str:
        """A number on this scale, or a range of them, with the unit."""
        if self.unit not in SCALED and has(f"charts.value_{self.unit}"):
            return text(f"charts.value_{self.unit}", self.lang, n=number)
        return join_unit(number, self.name, self.lang)

    def digits(self, plotted: float, *, decimals: int | None = None) -> str:
        """A value that is on this scale already, as text."""
        return plain(plotted, self.decimals if decimals is None else decimals)

    def full(self, value: float) -> str:
        """A canonical value with its unit, exact, for hover and sentences, whatever the axis's scale.

        Counts below a hundred million are written out; money and large counts take the magnitude of their own size.
        """
        if self.unit not in SCALED:
            number = plain(value, 4, strip=True)
            if has(f"charts.value_{self.unit}"):
                return _with_pattern(self.unit, number, value, self.lang)
            return join_unit(number, self.base, self.lang)
        out = self.unit != "yuan" and float(value).is_integer() and abs(value) < 1e8
        power = 0 if out else next((p for p in _FULL_POWERS[self.lang] if abs(value) >= 10.0**p), 0)
        number = plain(float(f"{value / 10.0**power:.12g}"), 4 if power else 2, strip=True)
        if self.lang == "zh":
            return number + _with_power(self.base, power, "zh")
        return f"{number} {_with_power(self.base, power, self.lang)}".strip()


def _with_power(base: str, power: int, lang: str) -> str:
    """A unit with its magnitude: 亿元, billion yuan."""
    if not power:
        return base
    return f"{text(f'charts.power_{power}', lang)}{'' if lang == 'zh' else ' '}{base}".strip()


def join_unit(number: str, unit: str, lang: str) -> str:
    return text("charts.value_plain", lang, n=number, unit=unit)


def _decimals_for(value: float, digits: int) -> int:
    """Decimals that leave about so many significant digits, never cutting digits before the point."""
    if not value:
        return 0
    return max(0, digits - 1 - math.floor(math.log10(abs(value))))


def axis_scale(
    values: Iterable[float],
    unit: str,
    lang: str,
    catalog: Catalog,
    *,
    indicator: Indicator | None = None,
) -> Scale:
    """The one scale for all these values (canonical unit), chosen by the largest; the next smaller one where most
    values would be below 1 and the largest still has five digits at most.

    Value labels get about three significant digits at the median, at most two decimals; an indicator that is written
    out (shares, rates) keeps the catalogue's decimals.
    """
    sizes = sorted(abs(value) for value in values if math.isfinite(value))
    largest, middle = (sizes[-1], sizes[len(sizes) // 2]) if sizes else (0.0, 0.0)
    power = 0
    if unit in SCALED:
        power = next((p for p in POWERS[lang] if largest >= _AXIS_FROM[lang][p]), 0)
        smaller = next((p for p in (*POWERS[lang], 0) if p < power), 0)
        power = smaller if middle < 10.0**power and largest < 1e5 * 10.0**smaller else power
    name = unit_name(unit, lang, catalog, indicator)
    base = count_word(indicator, lang) if unit == "count" else name
    if power:
        name = _with_power(base, power, lang)
    factor = 10.0**power
    graded = 0 if middle / factor >= 1000 else 1 if middle / factor >= 10 else 2
    whole = all(float(size).is_integer() for size in sizes)
    if unit not in SCALED:
        own = indicator.decimals if indicator and indicator.unit == unit else graded
        decimals = 0 if unit in ("rank", "day") else own
        decimals = 0 if whole and unit != "percent" else decimals
    else:
        decimals = 0 if whole and not power else graded
    return Scale(unit, factor, name, base, decimals, lang)


def compact(
    value: float,
    unit: str,
    lang: str,
    catalog: Catalog,
    *,
    indicator: Indicator | None = None,
    digits: int = 4,
    comparator: str = "eq",
    sign: bool = False,
) -> str:
    """One number with its unit, short: 5,100亿元, 87.22万件, 2.56%, 第4位; 510B yuan, 872.2K units, 4th.

    Args:
        value: In the canonical unit.
        digits: Significant digits; digits before the point are never cut.
        comparator: `ge`, `le`, `approx` put ≥, ≤, ≈ before it.
        sign: Put + before a positive value, for changes.
    Raises:
        ValueError: The value is not finite.
    """
    number, power = _shortened(value, unit, lang, digits, indicator)
    if power:
        number += text(f"charts.short_{power}", lang)
    if unit == "count":
        written = text("charts.value_count", lang, n=number, word=count_word(indicator, lang)).strip()
    elif has(f"charts.value_{unit}"):
        written = _with_pattern(unit, number, value, lang)
    else:
        written = join_unit(number, unit_name(unit, lang, catalog, indicator), lang)
    return comparator_sign(comparator, lang) + (plus(value) if sign else "") + written


def _shortened(value: float, unit: str, lang: str, digits: int, indicator: Indicator | None) -> tuple[str, int]:
    """The digits and the power of ten that they stand in; a number that rounds up to the next power takes that one."""
    if not math.isfinite(value):
        raise ValueError(f"{value} cannot be written as a number; leave missing values out")
    if unit not in SCALED:
        own = indicator and indicator.unit == unit
        decimals = indicator.decimals if indicator and own else min(2, _decimals_for(value, digits))
        return plain(value, decimals, strip=True), 0
    powers = (*POWERS[lang], 0)
    power = next((p for p in powers if abs(value) >= 10.0**p), 0)
    if lang == "en" and power == 3 and abs(value) < 10_000:
        power = 0
    while True:
        scaled = float(Decimal(repr(float(value))).scaleb(-power, context=_CONTEXT))
        decimals = min(2, _decimals_for(scaled, digits))
        rounded = abs(Decimal(repr(scaled)).quantize(Decimal(1).scaleb(-decimals), context=_CONTEXT))
        above = next((p for p in reversed(powers) if p > power), None)
        # 9,999.96万 would read 10,000万: the next magnitude says 1亿.
        limit = Decimal(10) ** ((above or 0) - power) if above else None
        if power == 0 and lang == "en":
            limit = Decimal(10_000)
        if limit is None or above is None or rounded < limit:
            return plain(scaled, decimals, strip=True), power
        power = above


def _with_pattern(unit: str, number: str, value: float, lang: str) -> str:
    if unit == "rank" and lang == "en" and value >= 1:
        number = ordinal(round(value))
    return text(f"charts.value_{unit}", lang, n=number)


def ticks(low: float, high: float, most: int) -> list[float]:
    """Round numbers from at or below `low` to at or above `high`, about `most` of them; steps of 1, 2, 2.5 or 5."""
    span = high - low or abs(high) or 1.0
    rough = max(span / max(most - 1, 1), 1e-300)  # a span below that divides down to nothing
    base = 10.0 ** math.floor(math.log10(rough))
    step = next(base * nice for nice in (1, 2, 2.5, 5, 10) if base * nice >= rough * (1 - 1e-9))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [float(f"{n * step:.15g}") for n in range(first, max(last, first + 1) + 1)]


def tick_texts(values: list[float]) -> list[str]:
    """Tick labels (values already on the axis's scale), all with the same number of decimals."""
    step = min((b - a for a, b in itertools.pairwise(values)), default=1.0)
    decimals = next((d for d in range(10) if abs(step * 10**d - round(step * 10**d)) < 1e-6), 10)
    return [plain(value, decimals) if value else plain(0.0, decimals if decimals else 0) for value in values]


def log_ticks(low: float, high: float, most: int) -> list[float]:
    """Ticks of a logarithmic axis inside [low, high]: decades with 2 and 5 while there is room, else fewer.

    Where fewer than three of them fall into less than a decade, round numbers at even distances instead.
    """
    first, last = math.floor(math.log10(low)), math.ceil(math.log10(high))
    for parts in ((1, 2, 5), (1, 3), (1,)):
        found = [float(f"{m * 10.0**p:.6g}") for p in range(first, last + 1) for m in parts]
        found = [value for value in found if low * 0.999 <= value <= high * 1.001]
        if (2 if high / low >= 10 else 3) <= len(found) <= most:
            return found
    if high / low < 10:
        found = [value for value in ticks(low, high, most) if low <= value <= high]
        if len(found) > 1:
            return found
    step = max(1, math.ceil((last - first + 1) / most))
    return [10.0**p for p in range(first, last + 1, step) if low * 0.999 <= 10.0**p <= high * 1.001] or [low, high]
