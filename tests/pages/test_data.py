"""The Data page: filters, rows in the reader's language, an empty result that says why, the dictionary of the exports."""

import io
import zipfile
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pyarrow.parquet as pq
import pytest
from streamlit.testing.v1 import AppTest

from indicators.catalog import load_catalog
from indicators.labels import text
from indicators.observation import OBSERVATIONS
from indicators.paths import data_paths
from indicators.queries import Edition, Library
from indicators.selection import Selection
from pages.parts import data_filters, take_large

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
