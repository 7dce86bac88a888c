"""The Data page: filters, rows in the reader's language, an empty result that says why, the dictionary of the exports."""

import io
import re
import zipfile
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest
from streamlit.testing.v1 import AppTest

from indicators.catalog import load_catalog
from indicators.labels import text
from indicators.observation import OBSERVATIONS
from indicators.paths import data_paths
from indicators.queries import Edition, Library
from indicators.queries_sql import TABLES, run
from indicators.selection import Selection
from indicators.snippets import snippet
from indicators.sql_examples import load_examples
from pages.parts import data_filters, data_sql, take, take_large
from pages.parts.page import Page

RunPage = Callable[..., AppTest]


@pytest.fixture
def built(edition: Any) -> Edition:
    return Library(data_paths(edition).parquet).current()


def shown(app: AppTest) -> pd.DataFrame:
    return app.dataframe[0].value


def count_told(app: AppTest, lang: str, count: int) -> bool:
    few = text("data.count", lang, n=f"{count:,}")
    many = text("data.count_first", lang, n=f"{count:,}", shown=500)
    return any(said.value in (few, many) for said in app.markdown)


def test_it_opens_with_all_current_rows_and_says_that_it_lists_the_first(run_page: RunPage, built: Edition) -> None:
    app = run_page("data")
    count = built.count(Selection())
    assert count > 500
    assert len(shown(app)) == 500
    assert count_told(app, "zh", count)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_link_opens_its_rows_with_names_for_codes(run_page: RunPage, built: Edition, lang: str) -> None:
    query = {"i": "patent_grants", "r": ["110000", "310000"], "y": ["2015", "2016"]}
    app = run_page("data", lang=lang, **query)
    rows = shown(app)
    assert len(rows) == 4
    names = {"zh": {"北京", "上海"}, "en": {"Beijing", "Shanghai"}}
    assert set(rows[text("data.column_region", lang)]) == names[lang]
    assert set(rows[text("data.column_year", lang)]) == {2015, 2016}
    for name in ("value", "unit", "printed", "scenario", "source_id"):
        assert rows[text(f"data.column_{name}", lang)].notna().all(), name
    assert app.query_params == {"lang": lang, **query}


def test_the_value_with_its_unit_is_the_printed_number(run_page: RunPage) -> None:
    rows = shown(run_page("data", i="gdp", r="110000", y=["2020", "2020"]))
    row = rows.iloc[0]
    assert f"{row[text('data.column_value', 'zh')]:.1f}" == row[text("data.column_printed", "zh")]
    assert row[text("data.column_unit", "zh")] == "亿元"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_value_loses_digits_on_its_scale(run_page: RunPage, built: Edition, lang: str) -> None:
    for name in ("gdp", "population", "rd_expenditure"):
        rows = shown(run_page("data", lang=lang, i=name))
        exact = built.observations(Selection(indicators=(name,)), limit=len(rows))["value"]
        written = rows[text("data.column_value", lang)].round(3)
        factors = (exact / written).round(6)
        assert factors.groupby(rows[text("data.column_unit", lang)]).nunique().eq(1).all(), name


def test_changing_a_filter_changes_rows_and_address(run_page: RunPage, built: Edition) -> None:
    app = run_page("data", i="gdp")
    app.multiselect(key="data.r").set_value(["440000"]).run()
    assert count_told(app, "zh", built.count(Selection(indicators=("gdp",), regions=("440000",))))
    assert app.query_params["r"] == "440000"


def test_older_vintages_come_only_when_asked_for(run_page: RunPage, built: Edition) -> None:
    chosen = Selection(indicators=("gdp",), regions=("110000",))
    now, ever = built.count(chosen), built.count(Selection(("gdp",), ("110000",), standings=()))
    assert ever > now
    assert count_told(run_page("data", i="gdp", r="110000"), "zh", now)
    rows = shown(run_page("data", i="gdp", r="110000", standing="all"))
    assert len(rows) == ever
    assert text("common.standing_superseded", "zh") in set(rows[text("data.column_standing", "zh")])


def test_a_theme_limits_rows_and_the_indicators_offered(run_page: RunPage, built: Edition) -> None:
    app = run_page("data", theme="research")
    offered = app.multiselect(key="data.i").options
    assert text("data.all_themes", "zh") in app.selectbox(key="data.theme").options
    names = set(shown(app)[text("data.column_indicator", "zh")])
    assert names <= set(offered)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_empty_result_says_which_filter_to_loosen(run_page: RunPage, lang: str) -> None:
    app = run_page("data", lang=lang, i="pct_applications", y=["2000", "2010"])
    assert not app.dataframe
    said = app.info[0].value
    assert said.startswith(text("data.nothing", lang))
    assert text("data.without_years", lang, n="").split("(")[0].split("（")[0] in said


def test_the_ways_out_of_an_empty_result_lead_to_rows(built: Edition) -> None:
    class FakePage:
        edition = built

    empty = Selection(indicators=("pct_applications",), years=(2000, 2010))
    ways = dict(data_filters.ways_out(FakePage(), empty))  # type: ignore[arg-type]
    assert ways["years"] == built.count(Selection(indicators=("pct_applications",)))
    assert "regions" not in ways


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_column_of_the_edition_has_a_heading_and_a_meaning(lang: str) -> None:
    for name in OBSERVATIONS.names:
        assert text(f"data.column_{name}", lang)
        assert text(f"data.means_{name}", lang)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_exports_name_every_filter(run_page: RunPage, lang: str) -> None:
    query = {"theme": "economy", "r": "110000", "y": ["2010", "2020"], "origin": "table", "scenario": "actual"}
    app = run_page("data", lang=lang, measure="level", standing="all", whole="1", **query)
    assert app.dataframe


def buttons(app: AppTest) -> list[str]:
    return [button.proto.label for button in app.get("download_button")]


def test_a_large_result_is_written_by_the_database(run_page: RunPage, monkeypatch: pytest.MonkeyPatch) -> None:
    small = buttons(run_page("data"))
    assert [
        text(f"common.download_{kind}", "zh") for kind in ("csv", "xlsx", "parquet", "json", "sdmx", "package")
    ] == small
    monkeypatch.setattr(take_large, "LARGE", 100)
    app = run_page("data")
    assert buttons(app) == [text(f"common.download_{kind}", "zh") for kind in ("csv_zip", "parquet")]
    assert text("common.download_large", "zh", n="100") in [said.value for said in app.caption]


def test_the_files_of_a_large_result_hold_its_rows(run_page: RunPage, built: Edition) -> None:
    page = SimpleNamespace(
        name="data", lang="en", edition=built, catalog=load_catalog(), text=lambda key, **params: text(key, "en", **params),
        pick=lambda row, name: row[f"{name}_en"],
    )  # fmt: skip
    chosen = Selection(indicators=("rd_expenditure",))
    meta = take_large.described(page, chosen, "R&D", unit="yuan")
    with zipfile.ZipFile(io.BytesIO(take_large.zipped_csv(page, chosen, meta))) as archive:
        (name,) = archive.namelist()
        rows = pd.read_csv(io.BytesIO(archive.read(name)), dtype={"Region code": str})
    assert name.startswith("R&D") and len(rows) == built.count(chosen)
    assert "Beijing" in set(rows["Region"]) and rows["Region code"].str.len().eq(6).all()
    table = pq.read_table(io.BytesIO(take_large.parquet(page, chosen, meta)))
    assert table.num_rows == len(rows) and table.schema.metadata[b"edition"] == built.id.encode()
# -- SQL ------------------------------------------------------------------------------------------------------------


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
    assert "observation_id" in shown(app) or app.caption
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


def test_files_of_a_statement_hold_its_rows_and_the_statement(built: Edition) -> None:
    statement = "select '=1+1' as formula, -1.5 as minus, 1e999 as endless, repeat('x', 40000) as long, null as nothing, '2020' as text"
    result = run(built, statement)
    page = Page("data", "en", built, load_catalog(), None, False, False)  # type: ignore[arg-type]
    meta = data_sql._meta(page, result)
    assert statement in meta.filters.values() and meta.edition == built.id
    csv_rows = pd.read_csv(io.BytesIO(take.FORMATS["csv"][0](result.rows, meta)), dtype=str)
    assert csv_rows.iloc[0, :2].tolist() == ["'=1+1", "-1.5"]
    cells, cut = data_sql._for_cells(result.rows)
    assert cut
    book = openpyxl.load_workbook(io.BytesIO(take.FORMATS["xlsx"][0](cells, meta)))
    assert any(statement == cell.value for row in book.worksheets[0].iter_rows() for cell in row)
    values = [cell.value for cell in list(book[text("charts.sheet_data", "en")].iter_rows())[1]]
    assert values[:3] == ["=1+1", -1.5, "inf"] and len(values[3]) == 32_767 and values[5] == "2020"
    assert next(cell.data_type for cell in list(book[text("charts.sheet_data", "en")].iter_rows())[1]) == "s"
    back = pd.read_parquet(io.BytesIO(take.FORMATS["parquet"][0](result.rows, meta)))
    assert len(back["long"][0]) == 40000


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_same_rows_can_be_had_in_code(run_page: RunPage, built: Edition, lang: str) -> None:
    app = run_page("data", lang=lang, i="gdp", r="110000")
    assert not app.code
    app.session_state["data.rows.code"] = True
    app.run()
    assert not app.exception
    said = [one.value for one in app.code]
    chosen = Selection(("gdp",), ("110000",))
    assert snippet("duckdb", f"data/parquet/{built.id}/observations.parquet", chosen) in said
    assert snippet("python", "", chosen) in said
    names = [name for one in said for name in re.findall(r"read_parquet\('(.*)'\);", one)]
    assert names[0].endswith(f"{built.id}.parquet") and "北京" in names[0] if lang == "zh" else "Beijing" in names[0]
