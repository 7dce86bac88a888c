"""Numbers keep sign and order, never overflow their magnitude, and an axis has one scale."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charts.numbers import MINUS, SCALED, axis_scale, compact, log_ticks, ordinal, plain, tick_texts, ticks
from indicators.catalog import Catalog, load_catalog

CATALOG = load_catalog()
POWERS = {
    "zh": {"": 0, "万": 4, "亿": 8, "万亿": 12},
    "en": {"": 0, "K": 3, "M": 6, "B": 9, "T": 12},
}
finite = st.floats(min_value=-1e16, max_value=1e16, allow_nan=False)
sizes = st.one_of(finite, st.floats(min_value=-1e-3, max_value=1e-3), st.integers(-(10**15), 10**15).map(float))
langs = st.sampled_from(["zh", "en"])


def parsed(words: str, lang: str) -> tuple[Decimal, Decimal, int]:
    """The number that a reader sees, its digits before the magnitude, and the magnitude's power of ten."""
    found = re.match(rf"({MINUS}?)([\d,.]+(?:e{MINUS}\d+)?)(万亿|亿|万|[KMBT])?", words)
    assert found, words
    digits = Decimal(found[2].replace(",", "").replace(MINUS, "-"))
    power = POWERS[lang][found[3] or ""]
    return (-1 if found[1] else 1) * digits * Decimal(10) ** power, digits, power


@given(sizes, st.integers(0, 4), st.booleans())
def test_a_plain_number_keeps_its_sign_and_is_never_minus_zero(value: float, decimals: int, strip: bool) -> None:
    words = plain(value, decimals, strip=strip)
    assert words.startswith(MINUS) == (value < 0)
    assert (parsed(words, "zh")[0] == 0) == (value == 0)


@given(sizes, sizes, st.integers(0, 4))
def test_plain_numbers_keep_their_order(one: float, other: float, decimals: int) -> None:
    low, high = sorted((one, other))
    assert parsed(plain(low, decimals), "zh")[0] <= parsed(plain(high, decimals), "zh")[0]


@given(sizes, langs, st.sampled_from(sorted(SCALED - {"other"})))
def test_a_compact_number_keeps_its_sign_and_never_overflows_its_magnitude(value: float, lang: str, unit: str) -> None:
    words = compact(value, unit, lang, CATALOG)
    shown, digits, power = parsed(words, lang)
    assert (shown < 0) == (value < 0) and (shown == 0) == (value == 0)
    limit = {"zh": 10_000, "en": 10_000 if power == 0 else 1_000}[lang]
    if power < 12:
        assert digits < limit, f"{value} reads {words}"


@given(sizes, sizes, langs)
def test_compact_numbers_keep_their_order(one: float, other: float, lang: str) -> None:
    low, high = sorted((one, other))
    assert parsed(compact(low, "yuan", lang, CATALOG), lang)[0] <= parsed(compact(high, "yuan", lang, CATALOG), lang)[0]


@given(sizes, langs, st.sampled_from(sorted(unit.id for unit in CATALOG.units)))
def test_every_unit_can_be_written_in_every_form(value: float, lang: str, unit: str) -> None:
    scale = axis_scale([value], unit, lang, CATALOG)
    for words in (compact(value, unit, lang, CATALOG), scale.text(value), scale.full(value)):
        assert words and "{" not in words and f"{MINUS}0 " not in f"{words} "
        assert (MINUS in words.split("e")[0]) == (value < 0)


@pytest.mark.parametrize(
    ("value", "unit", "zh", "en"),
    [
        (99_999_600, "yuan", "1亿元", "100M yuan"),
        (99_995_000, "person", "1亿人", "100M persons"),
        (9_999.6, "yuan", "1万元", "10K yuan"),
        (1_018, "count", "1,018个", "1,018"),
        (872_209, "count", "87.22万个", "872.2K"),
        (509_960_000_000, "yuan", "5,100亿元", "510B yuan"),
        (1_349_083_500_000_00, "yuan", "134.9万亿元", "134.9T yuan"),
        (2.56, "percent", "2.56%", "2.56%"),
        (-0.03, "percentage_point", "−0.03个百分点", "−0.03 pp"),
        (4, "rank", "第4位", "4th"),
        (29.77, "per_10k", "29.77件/万人", "29.77 per 10,000 people"),
        (3, "day", "3天", "3 days"),
        (123_000, "person_year", "12.3万人年", "123K person-years"),
        (1.2, "times", "1.2倍", "1.2 times"),
        (27_797, "yuan_per_person", "27,797元/人", "27,797 yuan per person"),
        (429_000, "sqm", "42.9万平方米", "429K square metres"),
        (0, "yuan", "0元", "0 yuan"),
        (0.004, "percent", "0.004%", "0.004%"),
    ],
)
def test_compact_examples(value: float, unit: str, zh: str, en: str) -> None:
    assert compact(value, unit, "zh", CATALOG) == zh
    assert compact(value, unit, "en", CATALOG) == en


def test_comparators_and_signs_stand_before_the_number(catalog: Catalog) -> None:
    assert compact(5, "percent", "zh", catalog, comparator="ge") == "≥ 5%"
    assert compact(5, "percentage_point", "zh", catalog, sign=True) == "+5个百分点"
    assert compact(-5, "percentage_point", "zh", catalog, sign=True) == "−5个百分点"


def test_what_a_count_counts_comes_from_the_catalogue(catalog: Catalog) -> None:
    indicator = next(i for i in catalog.indicators.values() if i.unit == "count")
    fitted = type(indicator)(
        **{
            **{name: getattr(indicator, name) for name in indicator.__slots__},
            "counter": {"zh": "件", "en": "patents"},
        }
    )
    assert compact(872_209, "count", "zh", catalog, indicator=fitted) == "87.22万件"
    assert axis_scale([872_209], "count", "en", catalog, indicator=fitted).name == "thousand patents"


@given(st.lists(sizes, min_size=1, max_size=30), langs)
def test_an_axis_has_one_scale_that_fits_its_largest_value(values: list[float], lang: str) -> None:
    scale = axis_scale(values, "yuan", lang, CATALOG)
    assert scale.name.endswith("元" if lang == "zh" else "yuan")
    assert max(abs(v) for v in values) / scale.factor < 1e5 or scale.factor == 1e12
    assert [scale.of(v) for v in sorted(values)] == sorted(scale.of(v) for v in values)


def test_axis_scales_say_their_magnitude_in_the_unit(catalog: Catalog) -> None:
    assert axis_scale([5.1e11, 7e8], "yuan", "zh", catalog).name == "亿元"
    assert axis_scale([5.1e11, 7e8], "yuan", "en", catalog).name == "billion yuan"
    assert axis_scale([1.4e14], "yuan", "zh", catalog).name == "万亿元"
    assert axis_scale([1018], "count", "en", catalog).name == "number"
    assert axis_scale([2.1], "percent", "zh", catalog).name == "%"


@given(st.floats(-1e12, 1e12), st.floats(1e-3, 1e12), st.integers(3, 9))
def test_ticks_are_round_ordered_and_cover_the_range(low: float, width: float, most: int) -> None:
    width = max(width, abs(low) * 1e-6)
    values = ticks(low, low + width, most)
    step = values[1] - values[0]
    assert values == sorted(values) and len(values) <= most + 3
    assert values[0] <= low + step * 1e-6 and values[-1] >= low + width - step * 1e-6
    assert f"{MINUS}0" not in [words.rstrip("0").rstrip(".") for words in tick_texts(values)]


def test_tick_texts_share_their_decimals() -> None:
    assert tick_texts([0.0, 0.25, 0.5]) == ["0.00", "0.25", "0.50"]
    assert tick_texts([-5.0, 0.0, 5.0]) == [f"{MINUS}5", "0", "5"]


@given(st.floats(1e-3, 1e9), st.floats(1.5, 1e6), st.integers(3, 8))
def test_log_ticks_lie_inside_and_are_few(low: float, ratio: float, most: int) -> None:
    values = log_ticks(low, low * ratio, most)
    assert values and len(values) <= max(most, 2)
    assert all(low * 0.99 <= value <= low * ratio * 1.01 for value in values)


def test_a_missing_value_is_refused_not_written() -> None:
    for value in (float("nan"), float("inf")):
        with pytest.raises(ValueError, match="cannot be written"):
            plain(value, 2)
        with pytest.raises(ValueError, match="cannot be written"):
            compact(value, "yuan", "zh", CATALOG)


def test_ordinals() -> None:
    assert [ordinal(n) for n in (1, 2, 3, 4, 11, 12, 13, 21, 102, 111)] == [
        "1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "102nd", "111th",
    ]  # fmt: skip
