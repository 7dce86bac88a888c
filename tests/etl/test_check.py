"""Each check finds its own fault, says how much it compared, and leaves good rows alone."""

from typing import Any

import pytest

from etl.check import all_checks, held_back
from etl.observe import settle
from indicators.catalog import Catalog, load_catalog
from indicators.observation import OBSERVATIONS, observation_id

DEFAULTS: dict[str, Any] = {
    **dict.fromkeys(OBSERVATIONS.names), "region": "110000", "measure": "level", "unit": "yuan", "comparator": "eq",
    "scenario": "actual", "status": "A", "standing": "current", "origin": "table", "source_id": "tables/a", "row": "r",
    "published": "2020",
}  # fmt: skip


def row(indicator: str, year: int, printed: str, factor: float = 1e8, **more: Any) -> dict[str, Any]:
    made = {
        **DEFAULTS,
        "indicator": indicator,
        "year": year,
        "printed": printed,
        "value": float(printed) * factor,
        **more,
    }
    made.setdefault("column", str(year))
    return {**made, "observation_id": observation_id(made)}


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


def found(rows: list[dict[str, Any]], catalog: Catalog, breaks: tuple[dict[str, Any], ...] = ()) -> list[str]:
    outcomes = all_checks(settle(rows), catalog, breaks)
    return [problem.code for outcome in outcomes for problem in outcome.problems]


FAULTS = [
    ("said_twice", [row("gdp", 2020, "10", column="a"), row("gdp", 2020, "11", column="b")]),
    ("sources_differ", [row("gdp", 2020, "10"), row("gdp", 2020, "11", source_id="reports/b", origin="report")]),
    ("parts_exceed", [row("gdp", 2020, "10.0"), row("gdp_primary", 2020, "6.0"), row("gdp_tertiary", 2020, "4.2")]),
    ("ratio_differs", [row("rd_expenditure", 2020, "3"), row("gdp", 2020, "100"), row("rd_intensity", 2020, "3.4", 1, unit="percent")]),
    ("unusual_step", [row("gdp", 2019, "10"), row("gdp", 2020, "23")]),
]  # fmt: skip
FINE = [
    [row("gdp", 2020, "10", column="a"), row("gdp", 2020, "10", column="b")],
    [row("gdp", 2020, "10"), row("gdp", 2020, "11", source_id="tables/old", standing="superseded")],
    [row("gdp", 2020, "10.0"), row("gdp_primary", 2020, "6.0"), row("gdp_tertiary", 2020, "4.1")],
    [row("rd_expenditure", 2020, "3"), row("gdp", 2020, "100"), row("rd_intensity", 2020, "3.03", 1, unit="percent")],
    [row("gdp", 2019, "10"), row("gdp", 2020, "21")],
    [row("gdp", 2018, "10"), row("gdp", 2020, "23")],
]


@pytest.mark.parametrize(("code", "rows"), FAULTS)
def test_a_fault_is_found_under_its_own_code(code: str, rows: list[dict[str, Any]], catalog: Catalog) -> None:
    assert found(rows, catalog) == [code]
    assert {o.name: o.compared for o in all_checks(settle(rows), catalog)}[code] > 0


@pytest.mark.parametrize("rows", FINE)
def test_good_rows_give_no_finding(rows: list[dict[str, Any]], catalog: Catalog) -> None:
    assert found(rows, catalog) == []


def test_a_step_across_a_break_is_no_finding(catalog: Catalog) -> None:
    assert found(FAULTS[-1][1], catalog, ({"indicator": "gdp", "year": 2020},)) == []


def test_an_implausible_level_is_held_back(catalog: Catalog) -> None:
    good, bad = row("gdp", 2020, "10"), row("gdp", 2021, "99999999999")
    outcome, held = held_back([good, bad], catalog)
    assert held == {bad["observation_id"]}
    assert (outcome.compared, [problem.code for problem in outcome.problems]) == (2, ["implausible"])


def test_a_table_is_shown_before_a_report_and_a_later_publication_before_an_earlier(catalog: Catalog) -> None:
    rows = [
        row("gdp", 2020, "1", source_id="reports/late", origin="report", published="2024"),
        row("gdp", 2020, "2", source_id="tables/early", published="2021"),
        row("gdp", 2020, "3", source_id="tables/later", published="2021-08"),
        row("gdp", 2020, "4", source_id="tables/old", published="2025", standing="superseded"),
    ]
    standings = {settled["source_id"]: settled["standing"] for settled in settle(rows)}
    assert standings == {
        "reports/late": "other", "tables/early": "other", "tables/later": "current", "tables/old": "superseded",
    }  # fmt: skip
