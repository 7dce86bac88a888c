"""SQL on the Data page: a statement is run when asked for, said to be wrong in words, and its rows can be taken away."""

import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

import openpyxl
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from indicators.catalog import load_catalog
from indicators.labels import text
from indicators.paths import data_paths
from indicators.queries import Edition, Library
from indicators.queries_sql import TABLES, run
from indicators.sql_examples import load_examples
from pages.parts import data_sql, take
from pages.parts.page import Page

RunPage = Callable[..., AppTest]


def shown(app: AppTest) -> pd.DataFrame:
    return app.dataframe[0].value


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_statement_in_the_address_is_run_and_stays_there(run_page: RunPage, lang: str) -> None:
    statement = "select region, year, value\nfrom observations where indicator = 'gdp' and year = 2020 and standing = 'current' order by 1"
    app = run_page("data", lang=lang, part="sql", sql=statement)
    rows = shown(app)
    assert list(rows.columns) == ["region", "year", "value"]
    assert set(rows["year"]) == {2020}
    assert app.text_area(key="data.sql").value == statement
    assert app.query_params == {"lang": lang, "part": "sql", "sql": statement}
    assert any(text("data.sql_count", lang, n=f"{len(rows):,}", seconds="")[:6] in said.value for said in app.markdown)


def test_nothing_is_run_before_somebody_asks(run_page: RunPage) -> None:
    app = run_page("data", part="sql")
    assert not app.dataframe
    assert app.info[0].value == text("data.sql_not_run", "zh")
    app.button(key="data.sql_go").click().run()
    assert not app.exception
    assert len(shown(app)) > 20
    assert app.query_params["sql"] == app.text_area(key="data.sql").value


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_choosing_an_example_runs_it(run_page: RunPage, lang: str) -> None:
    app = run_page("data", lang=lang, part="sql")
    app.selectbox(key="data.sql_example").select("ledger").run()
    assert not app.exception
    assert app.text_area(key="data.sql").value == load_examples()["ledger"].sql
    assert "figures" in shown(app)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_refused_statement_says_what_to_do_and_the_next_one_runs(run_page: RunPage, lang: str) -> None:
    app = run_page("data", lang=lang, part="sql", sql="select * from read_csv('/etc/passwd')")
    assert not app.dataframe
    assert app.error[0].value == text("data.sql_reads_file", lang, name="`read_csv`") + "\n\n" + text(
        "data.sql_reads_file_hint", lang
    )
    app.text_area(key="data.sql").set_value("from regions limit 2").run()
    assert text("data.sql_changed", lang) in [said.value for said in app.caption]
    app.button(key="data.sql_go").click().run()
    assert not app.error
    assert len(shown(app)) == 2


def test_what_a_statement_says_is_never_markdown(run_page: RunPage) -> None:
    app = run_page("data", part="sql", sql='select "![x](http://example.org/x.png) `" from observations')
    said = app.error[0].value
    assert "`Referenced column" in said and said.count("`") == 2


def test_an_empty_result_of_a_statement_says_so(run_page: RunPage) -> None:
    app = run_page("data", part="sql", sql="from observations where year = 1800")
    assert app.info[0].value == text("data.sql_no_rows", "zh")


def test_a_result_that_is_cut_says_so(run_page: RunPage) -> None:
    app = run_page("data", part="sql", sql="select * from range(10001)")
    assert app.warning[0].value == text("data.sql_more", "zh", rows="10,000")
    assert len(shown(app)) == data_sql.SHOWN


def test_rows_of_a_statement_lead_to_their_evidence(run_page: RunPage) -> None:
    app = run_page("data", part="sql", sql="select observation_id, value from observations limit 3")
    assert "observation_id" in shown(app)
    assert text("common.click_row", "zh") in [said.value for said in app.caption]


def test_the_filters_are_still_there_after_a_look_at_sql(run_page: RunPage) -> None:
    app = run_page("data", i="gdp")
    app.segmented_control(key="data.part").set_value("sql").run()
    assert app.query_params == {"lang": "zh", "part": "sql"}
    app.segmented_control(key="data.part").set_value("filter").run()
    assert app.query_params["i"] == "gdp"


def test_the_tables_list_every_column(run_page: RunPage) -> None:
    app = run_page("data", part="sql")
    app.session_state["data.sql_tables"] = True
    app.run()
    said = "\n".join(one.value for one in app.markdown)
    for name, schema in TABLES.items():
        assert f"**`{name}`**" in said
        assert all(f"| `{column}` |" in said for column in schema.names)


@pytest.fixture
def built(edition: Any) -> Edition:
    return Library(data_paths(edition).parquet).current()


def file_of(built: Edition, statement: str, kind: str) -> bytes:
    """What the download bar gives for the result of a statement."""
    page = Page("data", "en", built, load_catalog(), None, False, False)  # type: ignore[arg-type]
    made: list[bytes] = []

    def bar(*args: Any, kinds: Any) -> None:
        made.append(args[3](take.FORMATS[kind][0]))
        assert kind in kinds

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(take, "bar", bar)
        data_sql._downloads(page, run(built, statement))
    return made[0]


ODD = "select '=1+1' as formula, -1.5 as minus, 1e999 as endless, repeat('x', 40000) as long, null as nothing, '2020' as text"


def test_a_workbook_holds_the_rows_and_the_statement(built: Edition) -> None:
    book = openpyxl.load_workbook(io.BytesIO(file_of(built, ODD, "xlsx")))
    assert any(cell.value == ODD for row in book.worksheets[0].iter_rows() for cell in row)
    cells = list(book[text("charts.sheet_data", "en")].iter_rows())[1]
    values = [cell.value for cell in cells]
    assert values[:3] == ["=1+1", -1.5, "inf"] and len(values[3]) == 32_767 and values[5] == "2020"
    assert cells[0].data_type == "s"
    notes = [cell.value for row in book[text("charts.sheet_notes", "en")].iter_rows() for cell in row]
    assert text("charts.sheet_cut", "en", most="32,767") in notes


def test_the_other_files_hold_the_rows_whole(built: Edition) -> None:
    csv_rows = pd.read_csv(io.BytesIO(file_of(built, ODD, "csv")), dtype=str)
    assert csv_rows.iloc[0, :2].tolist() == ["'=1+1", "-1.5"]
    back = pd.read_parquet(io.BytesIO(file_of(built, ODD, "parquet")))
    assert len(back["long"][0]) == 40000
    told = json.loads(file_of(built, ODD, "json"), parse_constant=lambda name: pytest.fail(f"{name} is no JSON"))
    assert told["rows"][0]["formula"] == "=1+1" and told["rows"][0]["endless"] == "inf"
    assert ODD in told["filters"].values() and told["edition"] == built.id
    with zipfile.ZipFile(io.BytesIO(file_of(built, ODD, "package"))) as package:
        described = json.loads(package.read("datapackage.json"))
    types = {field["name"]: field["type"] for field in described["resources"][0]["schema"]["fields"]}
    assert types["minus"] == "number" and types["text"] == "string"


def test_files_name_the_sources_behind_the_rows(built: Edition) -> None:
    statement = "select observation_id from observations where source_id = 'tables/gdp' limit 2"
    told = json.loads(file_of(built, statement, "json"))
    title = built.sources_by_id["tables/gdp"]["title_en"]
    assert len(told["sources"]) == 1 and title in told["sources"][0]["title"]
    assert json.loads(file_of(built, "select 'x' as observation_id, 1 as source_id", "json"))["sources"] == []


def test_only_observations_of_the_edition_are_taken_for_evidence(run_page: RunPage) -> None:
    app = run_page("data", part="sql", sql="select '![x](//example.org)' as observation_id, 1 as one")
    assert list(shown(app).columns) == ["observation_id", "one"]
    assert text("common.click_row", "zh") not in [said.value for said in app.caption]
