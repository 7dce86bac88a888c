"""What the queries return, over an edition made of a handful of rows."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import duckdb
import pytest

from etl import publish
from indicators.errors import NoEditionError
from indicators.observation import FILES, OBSERVATIONS, SCHEMA_VERSION, observation_id
from indicators.queries import Edition, Library
from indicators.selection import Selection

DEFAULTS: dict[str, Any] = {
    **dict.fromkeys(OBSERVATIONS.names), "measure": "level", "unit": "count", "comparator": "eq", "scenario": "actual", "status": "A",
    "standing": "current", "origin": "table", "source_id": "tables/t", "printed": "1", "row": "r", "column": "c", "published": "2020",
}  # fmt: skip


def row(region: str, indicator: str, year: int | None, value: float, **more: Any) -> dict[str, Any]:
    made = {**DEFAULTS, "region": region, "indicator": indicator, "year": year, "value": value, **more}
    return {**made, "observation_id": observation_id(made)}


ROWS = [
    row("110000", "gdp", 2019, 1.0),
    row("110000", "gdp", 2020, 2.0),
    row("110000", "gdp", 2020, 1.9, standing="superseded", source_id="tables/old"),
    row("120000", "gdp", 2020, 3.0),
    row("120000", "makerspaces", 2020, 5.0, origin="report", grade="national", start=3, end=5),
    row("120000", "makerspaces", 2025, 9.0, origin="report", scenario="target", start=7, end=9),
    row("120000", "rd_sales_ratio", None, 3.0, origin="report", scenario="requirement", scope="企业", start=11, end=13),
]


@pytest.fixture
def edition(tmp_path: Path) -> Edition:
    rows = {**{name: [] for name in FILES}, "observations": ROWS}
    return Edition(publish.publish(tmp_path, {"edition": "e1", "schema": SCHEMA_VERSION, "built": "2020"}, rows))


@pytest.mark.parametrize(
    ("selection", "values"),
    [
        (Selection(), [1.0, 2.0, 3.0, 5.0, 9.0, 3.0]),
        (Selection(indicators=("gdp",)), [1.0, 2.0, 3.0]),
        (Selection(indicators=("gdp",), standings=("superseded",)), [1.9]),
        (Selection(regions=("110000",)), [1.0, 2.0]),
        (Selection(years=(2020, 2024)), [2.0, 3.0, 5.0]),
        (Selection(scenarios=("target", "requirement")), [9.0, 3.0]),
        (Selection(origins=("report",), whole=True), [9.0]),
        (Selection(indicators=("none",)), []),
        (Selection(indicators=("gdp' or 1=1 --",)), []),
    ],
)
def test_a_selection_reads_its_rows_and_counts_them(
    edition: Edition, selection: Selection, values: list[float]
) -> None:
    assert list(edition.observations(selection)["value"]) == values
    assert edition.count(selection) == len(values)


def test_a_limit_takes_the_first_rows_of_the_same_order(edition: Edition) -> None:
    whole, part = edition.observations(Selection()), edition.observations(Selection(), limit=2)
    assert list(part["observation_id"]) == list(whole["observation_id"][:2])


def test_the_values_of_columns_are_told_apart_and_sorted(edition: Edition) -> None:
    found = edition.values_of(("scenario", "grade", "scope"), Selection(standings=()))
    assert found == {"scenario": ["actual", "requirement", "target"], "grade": ["national"], "scope": ["企业"]}
    assert edition.values_of(("unit",), Selection(indicators=("none",))) == {"unit": []}
    with pytest.raises(KeyError):
        edition.values_of(('unit" from observations --',), Selection())


def test_latest_takes_the_last_year_of_each_region(edition: Edition) -> None:
    latest = edition.latest(Selection(indicators=("gdp",)))
    assert list(zip(latest["region"], latest["value"], strict=True)) == [("110000", 2.0), ("120000", 3.0)]


def test_all_values_of_one_observation_stand_together(edition: Edition) -> None:
    same = edition.same_key(ROWS[1]["observation_id"])
    assert list(zip(same["value"], same["standing"], strict=True)) == [(2.0, "current"), (1.9, "superseded")]


def test_one_observation_comes_as_plain_values(edition: Edition) -> None:
    found = edition.observation(ROWS[6]["observation_id"])
    assert found is not None
    assert (found["year"], found["scope"], found["grade"]) == (None, "企业", None)
    assert edition.observation("unknown") is None


def test_many_threads_read_at_once(edition: Edition) -> None:
    with ThreadPoolExecutor(8) as pool:
        counts = list(pool.map(lambda _: edition.count(Selection(indicators=("gdp",))), range(64)))
    assert counts == [3] * 64


@pytest.mark.parametrize(
    "statement",
    ["copy (select 1) to '/tmp/x.csv'", "select * from read_csv('/etc/passwd')", "attach '/tmp/x.db'", "set threads=9",
     "insert into observations select * from observations"],
)  # fmt: skip
def test_nothing_can_be_written_or_read_elsewhere(edition: Edition, statement: str) -> None:
    with pytest.raises(duckdb.Error):
        edition.frame(statement)


def test_an_open_edition_goes_on_serving_when_a_new_one_comes(tmp_path: Path) -> None:
    empty: dict[str, list[dict[str, Any]]] = {name: [] for name in FILES}
    library = Library(tmp_path)
    with pytest.raises(NoEditionError):
        library.current()
    publish.publish(
        tmp_path, {"edition": "e1", "schema": SCHEMA_VERSION, "built": "1"}, {**empty, "observations": ROWS[:1]}
    )
    old = library.current()
    publish.publish(
        tmp_path, {"edition": "e2", "schema": SCHEMA_VERSION, "built": "2"}, {**empty, "observations": ROWS[:3]}
    )
    assert (old.count(Selection()), library.current().count(Selection())) == (1, 2)
    assert [manifest["edition"] for manifest in library.editions()] == ["e2", "e1"]


def test_an_edition_of_another_schema_is_refused(tmp_path: Path) -> None:
    folder = publish.publish(tmp_path, {"edition": "e1", "schema": -1, "built": "1"}, {name: [] for name in FILES})
    with pytest.raises(NoEditionError, match="schema"):
        Edition(folder)


def test_regions_by_year_lists_what_can_be_compared_without_grades_and_undated_values(edition: Edition) -> None:
    found = edition.regions_by_year(Selection(scenarios=("actual",)))
    assert [(row.indicator, row.year, list(row.regions)) for row in found.itertuples()] == [
        ("gdp", 2019, ["110000"]),
        ("gdp", 2020, ["110000", "120000"]),
    ]


def test_values_at_pairs_of_indicator_and_year(edition: Edition) -> None:
    found = edition.at([("gdp", 2020), ("makerspaces", 2025)], Selection(regions=("120000",)))
    assert list(found["value"]) == [3.0, 9.0]
    assert list(edition.at([("gdp", 2020)], Selection(scenarios=("actual",)))["value"]) == [2.0, 3.0]
    assert edition.at([], Selection()).empty


def test_the_regions_that_have_values(edition: Edition) -> None:
    assert edition.regions.to_dict("records") == [
        {"region": "110000", "n": 2, "reports": 0},
        {"region": "120000", "n": 4, "reports": 3},
    ]


def test_a_break_of_an_earlier_vintage_says_nothing_of_the_values_shown(tmp_path: Path) -> None:
    why = {"indicator": "gdp", "series": None, "zh": "改", "en": "changed"}
    breaks = [{**why, "source_id": "tables/t", "year": 2020}, {**why, "source_id": "tables/old", "year": 2019}]
    rows: dict[str, list[dict[str, Any]]] = {**{name: [] for name in FILES}, "observations": ROWS, "breaks": breaks}
    edition = Edition(publish.publish(tmp_path, {"edition": "e1", "schema": SCHEMA_VERSION, "built": "2020"}, rows))
    assert list(edition.breaks(["gdp"])["year"]) == [2020]
    assert edition.breaks(["makerspaces"]).empty


def test_what_a_reader_does_to_rows_does_not_reach_the_next_reader(edition: Edition) -> None:
    selection = Selection(indicators=("gdp",))
    first = edition.observations(selection)
    first["value"] = 0.0
    first.loc[first.index[0], "region"] = "999999"
    assert list(edition.observations(selection)["value"]) == [1.0, 2.0, 3.0]
    assert "999999" not in set(edition.observations(selection)["region"])
