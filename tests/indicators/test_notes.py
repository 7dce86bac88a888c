"""What must be known of rows that stand side by side, over invented frames."""

from typing import Any

import pandas as pd
import pytest

from indicators.catalog import load_catalog
from indicators.comparability import crosses_break, notes
from indicators.compare import divide
from tests.observations import breaks_of, frame_of, inputs, money, observed, people

CATALOG = load_catalog()


@pytest.mark.parametrize(
    ("first", "last", "found"), [(2016, 2017, True), (2017, 2018, False), (2015, 2016, False), (2010, 2020, True)]
)
def test_a_break_lies_before_its_year(first: int, last: int, found: bool) -> None:
    assert crosses_break(first, last, [2017]) is found


SOURCES = pd.DataFrame(
    {
        "source_id": ["tables/t", "tables/copied", "reports/r"],
        "origin": ["table", "table", "report"],
        "reading": ["official", "second_hand", None],
    }
)


@pytest.mark.parametrize(
    ("rows", "codes"),
    [
        ([money(2019, 1.0), money(2020, 1.0)], []),
        ([money(2019, 1.0), money(2020, 1.0, source_id="reports/r", origin="report")], ["mixed_origins"]),
        ([money(2019, 1.0), money(2019, 1.0, scope="企业")], ["scoped"]),
        ([money(2019, 1.0), money(2019, 1.0, grade="national")], ["mixed_grades"]),
        ([money(2016, 1.0), money(2017, 1.0)], ["break"]),
        ([money(2017, 1.0), money(2018, 1.0)], []),
        ([money(2019, 1.0, scenario="target")], ["not_actual"]),
        ([money(2019, 1.0, comparator="ge")], ["inexact"]),
        ([money(None, 1.0)], ["no_year"]),
        ([money(2019, 1.0, source_id="tables/copied")], ["second_hand"]),
        ([money(2019, 1.0), money(2019, 1.0, "000000")], ["mixed_levels"]),
        ([observed(code, "rd_intensity", 2019, 1.0, "percent") for code in ("110000", "000000")], []),
    ],
)
def test_each_thing_to_know_has_its_note(rows: list[dict[str, Any]], codes: list[str]) -> None:
    found = notes(frame_of(rows), CATALOG, breaks_of(("rd_expenditure", 2017)), SOURCES)
    assert [note.code for note in found] == codes


def test_derived_values_are_judged_by_all_their_sources() -> None:
    made = divide(
        inputs(money(2020, 1.0, source_id="reports/r", origin="report")),
        frame_of([people(2020, 1.0, source_id="tables/copied")]),
        "per_head",
    )
    assert {note.code for note in notes(made, CATALOG, breaks_of(), SOURCES)} == {"mixed_origins", "second_hand"}


def test_nothing_shown_needs_no_note() -> None:
    assert notes(frame_of([]), CATALOG, breaks_of(), SOURCES) == []
