"""The Region page: whose profile it is, where it stands and among whom, what is limited or promised, ways to the source."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from indicators import profile
from indicators.catalog import load_catalog
from indicators.labels import text
from indicators.paths import data_paths
from indicators.queries import Edition, Library
from indicators.selection import Selection
from pages.parts.region_tables import behind

RunPage = Callable[..., AppTest]


@pytest.fixture(scope="module")
def built(edition: Path) -> Edition:
    return Library(data_paths(edition).parquet).current()


def reported(built: Edition) -> list[str]:
    """Regions that only reports speak of."""
    found = built.regions
    return list(found.loc[found["reports"] == found["n"], "region"])


def column(name: str, lang: str = "zh") -> str:
    return text(f"region.column_{name}", lang)


def subheaders(app: AppTest) -> list[str]:
    return [element.value for element in app.subheader]


def captions(app: AppTest) -> str:
    return "\n".join(element.value for element in app.caption)


def table(app: AppTest, number: int = 0) -> pd.DataFrame:
    return app.dataframe[number].value


def line(app: AppTest, indicator: str, lang: str = "zh") -> pd.Series:
    name = load_catalog().indicators[indicator].name(lang)
    shown = table(app)
    return shown.loc[shown[column("indicator", lang)] == name].iloc[0]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_first_view_is_a_province_with_a_whole_profile(run_page: RunPage, built: Edition, lang: str) -> None:
    app = run_page("region", lang=lang)
    code = str(app.selectbox(key="region.r").value)
    region = load_catalog().regions[code]
    assert region.level == "province"
    assert region.full_name(lang) in subheaders(app)
    own = profile.whole(built.observations(Selection(regions=(code,))))
    levels = own.loc[own["measure"] == "level"]
    assert len(table(app)) == levels["indicator"].nunique()


def test_value_year_and_place_are_those_of_the_data(run_page: RunPage, built: Edition) -> None:
    rows = built.observations(
        Selection(indicators=("rd_intensity",), measures=("level",), scenarios=("actual",), whole=True)
    )
    rows = rows.loc[rows["region"] != "000000"]
    rows = rows.loc[rows["year"] == rows.loc[rows["region"] == "110000", "year"].max()]
    latest = rows.set_index("region")["value"]
    for code in ("110000", "320000", "540000"):
        found = line(run_page("region", r=code), "rd_intensity")
        assert found[column("latest")] == f"{latest[code]:g}%"
        assert found[column("year")] == rows["year"].max()
        assert found[column("place")] == f"{int((latest > latest[code]).sum()) + 1}/{len(latest)}"


def test_peers_of_similar_size_are_fewer_and_the_rule_says_so(run_page: RunPage) -> None:
    app = run_page("region", r="320000", peers="size")
    place = line(app, "rd_expenditure")[column("place")]
    assert place.endswith(f"/{profile.SIMILAR + 1}")
    assert str(profile.SIMILAR) in captions(app)
    assert app.query_params["peers"] == "size"


def test_a_theme_shows_its_indicators_alone(run_page: RunPage) -> None:
    catalog = load_catalog()
    app = run_page("region", r="110000", theme="finance")
    names = {catalog.indicators[one.id].name("zh") for one in catalog.of_theme("finance")}
    assert set(table(app)[column("indicator")]) <= names


def test_the_choice_of_a_region_goes_into_the_url_and_the_first_of_several_is_taken(run_page: RunPage) -> None:
    app = run_page("region", r=["310000", "110000"])
    assert app.selectbox(key="region.r").value == "310000"
    app.selectbox(key="region.r").set_value("320000").run()
    assert app.query_params["r"] == "320000"
    assert load_catalog().regions["320000"].full_name("zh") in subheaders(app)


def test_an_unknown_region_in_a_link_falls_back_to_the_default(run_page: RunPage) -> None:
    assert not run_page("region", r="999999").exception


def test_strengths_are_in_the_best_quarter(run_page: RunPage) -> None:
    app = run_page("region", r="110000")
    said = "\n".join(element.value for element in app.markdown)
    assert text("region.strengths", "zh") in said and text("region.weaknesses", "zh") in said
    assert text("region.rule_strengths", "zh", years=profile.RECENT) in captions(app)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_region_of_reports_alone_is_whole(run_page: RunPage, built: Edition, lang: str) -> None:
    """Nothing empty, nothing ranked, targets apart, and every value of the reports somewhere."""
    catalog = load_catalog()
    assert reported(built)
    for code in reported(built):
        app = run_page("region", lang=lang, r=code)
        region = catalog.regions[code]
        assert region.full_name(lang) in subheaders(app)
        own = built.observations(Selection(regions=(code,)))
        for name, rows in (("partial", profile.partial(own)), ("promised", profile.promised(own))):
            assert (text(f"region.{name}", lang) in subheaders(app)) is (len(rows) > 0), (code, name)
        assert all(len(frame.value) for frame in app.dataframe)
        assert all(column("place", lang) not in frame.value for frame in app.dataframe)
        assert text("region.strengths", lang) not in "\n".join(element.value for element in app.markdown)
        reports = [link.proto for link in app.get("page_link") if link.proto.page == "reports"]
        assert len(reports) == own["source_id"].nunique()


def test_targets_are_named_as_such(run_page: RunPage, built: Edition) -> None:
    promised = profile.promised(built.observations(Selection()))
    if promised.empty:
        pytest.fail("the digests hold targets; this edition has none")
    code = str(promised["region"].iloc[0])
    shown = [frame.value for frame in run_page("region", r=code).dataframe][-1]
    assert set(shown[column("kind")]) <= {
        text("common.scenario_target", "zh"),
        text("common.scenario_requirement", "zh"),
    }


def test_a_cell_leads_to_what_it_says(built: Edition) -> None:
    """The level to itself, the change to both years, the value per head to the population as well."""
    catalog = load_catalog()
    own = built.observations(Selection(regions=("110000",)))
    peers = built.at(profile.needed(own), Selection(regions=("110000",), whole=True))
    entries = profile.profile("110000", own, peers, catalog, built.breaks(tuple(own["indicator"].unique())))
    entry = next(one for one in entries if one.indicator.id == "rd_expenditure")
    ids = own.set_index(["indicator", "year"])["observation_id"]
    now, before = ids["rd_expenditure", entry.year], ids["rd_expenditure", entry.year - 1]
    assert behind(entry, "latest") == behind(entry, "place") == (now,)
    assert behind(entry, "change") == (now, before)
    assert behind(entry, "per_head") == (now, ids["population", entry.year])


def test_the_country_has_no_peers(run_page: RunPage) -> None:
    app = run_page("region", r="000000")
    assert text("region.rule_country", "zh") in captions(app)
    assert column("place") not in table(app)
