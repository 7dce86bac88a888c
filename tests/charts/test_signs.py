"""The signs before a number."""

from charts.signs import comparator_sign, plus


def test_only_limits_and_rough_values_have_a_sign() -> None:
    assert [comparator_sign(code, "zh") for code in ("eq", "ge", "le", "approx")] == ["", "≥ ", "≤ ", "≈ "]


def test_a_rise_has_a_plus_and_no_change_has_no_sign() -> None:
    assert [plus(change) for change in (0.2, 0.0, -0.2)] == ["+", "", ""]
