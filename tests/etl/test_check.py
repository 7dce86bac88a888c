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


def growth(printed: str, year: int = 2020, **more: Any) -> dict[str, Any]:
    """A printed growth rate of R&D expenditure against the year before."""
    given = {"measure": "growth", "unit": "percent", "base_year": year - 1, "column": f"growth {year}"}
    return row("rd_expenditure", year, printed, 1, **{**given, **more})


def ratio(printed: str) -> list[dict[str, Any]]:
    return [
        row("rd_expenditure", 2020, "3.00"), row("gdp", 2020, "100.0"),
        row("rd_intensity", 2020, printed, 1, unit="percent"),
    ]  # fmt: skip


REPORT: dict[str, Any] = {"source_id": "reports/b", "origin": "report", "published": "2021-03", "start": 1, "end": 2}
LEVELS = [row("rd_expenditure", 2019, "10.0"), row("rd_expenditure", 2020, "12.0")]
FAULTS = [
    ("said_twice", [row("gdp", 2020, "10", column="a"), row("gdp", 2020, "12", column="b")]),
    ("report_differs", [row("gdp", 2020, "10"), row("gdp", 2020, "12", **REPORT)]),
    ("sources_differ", [row("gdp", 2020, "10"), row("gdp", 2020, "12", source_id="tables/b")]),
    ("revised", [row("gdp", 2020, "10"), row("gdp", 2020, "12", source_id="tables/old", standing="superseded")]),
    ("growth_differs", [*LEVELS, growth("22")]),
    ("growth_differs", [row("rd_expenditure", 2019, "10.0", source_id="tables/b"), LEVELS[1], growth("22")]),
    ("growth_differs", [*LEVELS, growth("22", **REPORT)]),
    ("change_differs", [row("rd_expenditure", 2019, "10.0"), row("rd_expenditure", 2020, "12.0"),
                        growth("3.0", measure="change", unit="yuan", value=3e8)]),
    ("parts_exceed", [row("gdp", 2020, "10.0"), row("gdp_primary", 2020, "6.0"), row("gdp_tertiary", 2020, "4.2")]),
    ("ratio_differs", ratio("3.4")),
    ("unusual_step", [row("gdp", 2019, "10"), row("gdp", 2020, "23")]),
]  # fmt: skip
FINE = {
    "said twice alike": [row("gdp", 2020, "10", column="a"), row("gdp", 2020, "10", column="b")],
    "said twice, rounded": [row("gdp", 2020, "10", column="a"), row("gdp", 2020, "10.4", column="b")],
    "an earlier vintage, rounded": [
        row("gdp", 2020, "10"), row("gdp", 2020, "10.4", source_id="tables/old", standing="superseded"),
    ],
    "a report that rounds": [row("gdp", 2020, "10.04"), row("gdp", 2020, "10", **REPORT)],
    "a report that says more than": [row("gdp", 2020, "12"), row("gdp", 2020, "10", comparator="ge", **REPORT)],
    "a report of the running year": [row("gdp", 2020, "10"), row("gdp", 2020, "6", **{**REPORT, "published": "2020-08"})],
    "a report of one grade": [row("gdp", 2020, "10"), row("gdp", 2020, "6", grade="national", **REPORT)],
    "a report of a part": [row("gdp", 2020, "10"), row("gdp", 2020, "6", scope="园区", **REPORT)],
    "another series": [row("gdp", 2020, "10"), row("gdp", 2020, "6", series="old", source_id="tables/b")],
    "a target": [row("gdp", 2020, "10"), row("gdp", 2020, "12", scenario="target", **REPORT)],
    "growth that the levels give": [*LEVELS, growth("20")],
    "growth that rounding allows": [*LEVELS, growth("21")],
    "growth at constant prices": [
        row("gdp", 2019, "10.0"), row("gdp", 2020, "12.0"),
        {**growth("5.0"), "indicator": "gdp"},
    ],
    "growth of a running year": [*LEVELS, growth("30", **{**REPORT, "published": "2020-08"})],
    "growth of a part": [*LEVELS, growth("30", scope="园区")],
    "growth of a target": [*LEVELS, growth("30", scenario="target")],
    "growth of at least": [*LEVELS, growth("15", comparator="ge")],
    "growth against another year": [*LEVELS, growth("30", base_year=2015)],
    "change that the levels give": [*LEVELS, growth("2.0", measure="change", unit="yuan", value=2e8)],
    "parts within rounding": [
        row("gdp", 2020, "10.0"), row("gdp_primary", 2020, "6.0"), row("gdp_tertiary", 2020, "4.1"),
    ],
    "parts of another series": [
        row("gdp", 2020, "10.0"), row("gdp_primary", 2020, "16.0", series="old"),
    ],
    "a part of the running year": [
        row("rd_expenditure", 2020, "10.0"),
        row("rd_project_expenditure", 2020, "12.0", **{**REPORT, "published": "2020-08"}),
    ],
    "a ratio within its tolerance": ratio("3.06"),
    "a usual step": [row("gdp", 2019, "10"), row("gdp", 2020, "21")],
    "a step over two years": [row("gdp", 2018, "10"), row("gdp", 2020, "23")],
}  # fmt: skip


@pytest.mark.parametrize(("code", "rows"), FAULTS)
def test_a_fault_is_found_under_its_own_code(code: str, rows: list[dict[str, Any]], catalog: Catalog) -> None:
    assert found(rows, catalog) == [code]
    name = code.replace("change", "growth")
    assert {o.name: o.compared for o in all_checks(settle(rows), catalog)}[name] > 0


@pytest.mark.parametrize("name", FINE)
def test_good_rows_give_no_finding(name: str, catalog: Catalog) -> None:
    assert found(FINE[name], catalog) == []


def test_growth_across_a_break_is_no_finding(catalog: Catalog) -> None:
    rows = [*LEVELS, growth("22")]
    assert found(rows, catalog, ({"indicator": "rd_expenditure", "series": None, "year": 2020},)) == []
    assert found(rows, catalog, ({"indicator": "rd_expenditure", "series": "other", "year": 2020},)) != []


def test_a_finding_leads_to_both_values_and_says_how_far_they_are_apart(catalog: Catalog) -> None:
    rows = settle([*LEVELS, growth("22")])
    (problem,) = [p for outcome in all_checks(rows, catalog) for p in outcome.problems]
    assert problem.severity == "warning"
    assert set(problem.evidence) == {row["observation_id"] for row in rows}
    assert problem.params["printed"] == "22"
    assert problem.params["computed"] == "18.9–21.1"  # 11.95 / 10.05 and 12.05 / 9.95
    assert problem.params["implied"] == "9.76–9.92"  # 11.95 / 1.225 and 12.05 / 1.215
    other = settle([row("rd_expenditure", 2019, "10.0", source_id="tables/b"), LEVELS[1], growth("22")])
    assert [p.severity for outcome in all_checks(other, catalog) for p in outcome.problems] == ["note"]


def test_many_revisions_are_told_the_largest_first_and_then_counted(
    catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("etl.check_sources.MOST_REVISED", 2)
    rows = [
        made
        for year, older in ((2001, "13.1"), (2005, "16"), (2009, "14"))
        for made in (row("gdp", year, "12"), row("gdp", year, older, source_id="tables/old", standing="superseded"))
    ]
    told = [p for outcome in all_checks(settle(rows), catalog) for p in outcome.problems]
    assert [(p.code, p.params.get("other", p.params.get("number"))) for p in told] == [
        ("revised", "16"), ("revised", "14"), ("more_of_same", "1"),
    ]  # fmt: skip


def test_a_step_across_a_break_is_no_finding(catalog: Catalog) -> None:
    assert found(FAULTS[-1][1], catalog, ({"indicator": "gdp", "series": None, "year": 2020},)) == []


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
