"""Which rows take part in a computation."""

from typing import Any

import pytest

from indicators.usable import is_computable, is_exact, is_whole
from tests.observations import frame_of, money


@pytest.mark.parametrize(
    ("more", "whole", "exact", "computable"),
    [
        ({}, True, True, True),
        ({"scope": "企业"}, False, True, True),
        ({"grade": "national"}, False, True, True),
        ({"part_year": "01-06"}, False, True, True),
        ({"scenario": "target"}, True, False, True),
        ({"comparator": "approx"}, True, False, True),
        ({"comparator": "ge"}, True, False, False),
    ],
)
def test_each_limit_shuts_out_what_it_must(more: dict[str, Any], whole: bool, exact: bool, computable: bool) -> None:
    frame = frame_of([money(2020, 1.0, **more)])
    assert [bool(rule(frame).iloc[0]) for rule in (is_whole, is_exact, is_computable)] == [whole, exact, computable]


def test_a_value_without_a_year_cannot_be_computed_with() -> None:
    assert not is_computable(frame_of([money(None, 1.0)])).iloc[0]


def test_no_rows_give_no_mask() -> None:
    assert [len(rule(frame_of([]))) for rule in (is_whole, is_exact, is_computable)] == [0, 0, 0]
