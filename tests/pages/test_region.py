"""The Region page: whose profile it is, where it stands and among whom, what is limited or promised, ways to the source."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from indicators import peers, profile
from indicators.catalog import load_catalog
from indicators.labels import Lang, text
from indicators.paths import data_paths
from indicators.queries import Edition, Library
from indicators.selection import Selection
from indicators.standing import MIN_PEERS
from pages.parts import region_peers, retake
from pages.parts.page import Page
from pages.parts.peer_sets import peer_sets
from pages.parts.region_tables import behind
from pages.parts.region_words import literal
from pages.parts.state import GivenState, UrlState

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


def page_of(built: Edition, lang: Lang) -> Page:
    """A page outside a run, for its parts."""
    return Page("region", lang, built, load_catalog(), UrlState.__new__(UrlState), False, False)


def subheaders(app: AppTest) -> list[str]:
    return [element.value for element in app.subheader]


def captions(app: AppTest) -> str:
    return "\n".join(element.value for element in app.caption)


def table(app: AppTest, lang: str = "zh") -> pd.DataFrame:
    """The profile."""
    return next(one.value for one in app.dataframe if column("latest", lang) in one.value)


def line(app: AppTest, indicator: str, lang: str = "zh") -> pd.Series:
    name = load_catalog().indicators[indicator].name(lang)
    shown = table(app, lang)
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
    assert len(table(app, lang)) == levels["indicator"].nunique()


def test_value_year_and_place_are_those_of_the_data(run_page: RunPage, built: Edition) -> None:
    rows = built.observations(
        Selection(indicators=("rd_intensity",), measures=("level",), scenarios=("actual",), whole=True)
    )
    rows = rows.loc[rows["region"] != "000000"]
    rows = rows.loc[rows["year"] == rows.loc[rows["region"] == "110000", "year"].max()]
    latest = rows.set_index("region")["value"]
    for code in ("110000", "320000", "540000"):
        found = line(run_page("region", r=code, peers="level"), "rd_intensity")
        assert found[column("latest")] == f"{latest[code]:g}%"
        assert found[column("year")] == rows["year"].max()
        assert found[column("place")] == f"{int((latest > latest[code]).sum()) + 1}/{len(latest)}"


@pytest.mark.parametrize(("lang", "place", "sentence"), [("zh", "1/11（2024年）", "第1位（共11个，2024年）"),
                                                       ("en", "1/11 (2024)", "rank 1 of 11 (2024)")])  # fmt: skip
def test_the_first_to_publish_a_year_keeps_its_place_of_the_year_before(
    run_page: RunPage, lang: str, place: str, sentence: str
) -> None:
    """The newest value stays; rank, distance and the sentence of strengths say of which year they are."""
    app = run_page("region", lang=lang, r="440000")
    found = line(app, "rd_intensity", lang)
    assert (found[column("year", lang)], found[column("latest", lang)]) == (2025, "3.6%")
    assert found[column("place", lang)] == place
    assert found[column("distance", lang)].endswith(place.removeprefix("1/11"))
    name = load_catalog().indicators["rd_intensity"].name(lang)
    assert any(name in one and sentence in one for one in said(app).splitlines())
    heads = line(app, "rd_expenditure", lang)
    for cell in ("place", "per_head", "place_per_head", "distance"):
        assert "2024" in heads[column(cell, lang)], "the population of 2025 is not known"
    same = line(app, "patent_grants", lang)
    assert same[column("place", lang)] == "1/11", "nothing is added where the years are the same"


def said(app: AppTest) -> str:
    return "\n".join(element.value for element in app.markdown)


def test_the_nearest_are_the_peers_at_first_and_the_page_shows_why(run_page: RunPage) -> None:
    app = run_page("region", r="630000")
    assert line(app, "rd_expenditure")[column("place")].endswith(f"/{peers.NEAREST + 1}")
    catalog = load_catalog()
    names = [region.name("zh") for region in catalog.regions.provinces()]
    assert sum(bool(re.search(rf"{name} \d\.", captions(app))) for name in names) == peers.NEAREST
    assert "peers" not in app.query_params


def test_why_these_and_not_others_is_a_table_of_the_whole_level(built: Edition) -> None:
    page = page_of(built, "zh")
    found = region_peers.found_for(page, "440000")["similar"]
    shown, codes = region_peers.trait_table(page, found)
    distances = [float(value) for value in shown[text("region.peers_column_distance", "zh")]]
    assert codes[0] == "440000" and distances[0] == 0 and distances == sorted(distances)
    roles = shown[text("region.peers_column_role", "zh")].tolist()
    assert roles == [text(f"region.peer_{role}", "zh") for role in ("own", *["in"] * peers.NEAREST, *["out"] * 20)]
    assert all(len(found.traits[code].inputs) == 2 for code in codes)


def test_neighbours_are_those_of_the_economic_region(run_page: RunPage) -> None:
    app = run_page("region", r="630000", peers="near")
    assert "西部地区" in captions(app) and "陕西" in captions(app)
    assert line(app, "rd_intensity")[column("place")].endswith("/12")
    assert app.query_params["peers"] == "near"


def test_peers_picked_by_hand_live_in_the_url(run_page: RunPage) -> None:
    picked = ["120000", "310000", "320000", "330000", "440000"]
    link = run_page("region", r="110000", peers="hand", **{"with": picked})
    assert line(link, "rd_intensity")[column("place")] == "1/6"
    assert link.query_params["with"] == picked
    link.multiselect(key="region.with").set_value(picked[:2]).run()
    assert link.query_params["with"] == picked[:2]
    assert not link.exception
    assert text("region.group_hand", "zh", n=2) in captions(link)
    assert column("place") not in table(link), "two peers are too few for a rank"
    assert text("region.strengths", "zh") not in said(link)


def test_a_hand_that_picks_nobody_is_told(run_page: RunPage) -> None:
    app = run_page("region", r="110000", peers="hand", **{"with": "-"})
    assert text("region.rule_nobody", "zh") in captions(app)


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


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_strengths_are_said_with_their_distance_and_drawn(run_page: RunPage, lang: str) -> None:
    app = run_page("region", lang=lang, r="110000", peers="level")
    words = said(app)
    assert text("region.strengths", lang) in words and text("region.weaknesses", lang) in words
    assert "+4.64" in words, "R&D intensity 6.58 against a median of 2.0 and a deviation of 0.98"
    (chart,) = app.get("plotly_chart")
    spec = json.loads(chart.proto.spec)
    own = next(trace for trace in spec["data"] if trace["meta"]["kind"] == "own")
    shown = line(app, "rd_intensity", lang)
    assert shown[column("distance", lang)] == "+4.64"
    assert any(name.startswith(shown_id(app)) for name in own["customdata"])
    assert str(MIN_PEERS) in captions(app)


def shown_id(app: AppTest) -> str:
    """The id of the value of R&D intensity that the chart's first dot stands for."""
    (chart,) = app.get("plotly_chart")
    spec = json.loads(chart.proto.spec)
    own = next(trace for trace in spec["data"] if trace["meta"]["kind"] == "own")
    return str(own["customdata"][0]).removesuffix(".distance")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_opening_names_the_region_its_best_and_worst(run_page: RunPage, lang: str) -> None:
    catalog = load_catalog()
    opening = said(run_page("region", lang=lang, r="110000"))
    assert catalog.regions["110000"].full_name(lang) in opening
    assert catalog.indicators["rd_intensity"].name(lang) in opening
    assert catalog.indicators["industrial_value_added"].name(lang) in opening


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_distances_can_be_pinned_with_their_peers_and_say_what_they_show(
    run_page: RunPage, built: Edition, lang: Lang
) -> None:
    given = {"r": ("630000",), "peers": ("hand",), "with": ("540000", "620000", "640000", "650000", "460000")}
    page = replace(page_of(built, lang), name="briefing", state=GivenState("briefing", {}))
    (shown,), differs = retake.charts(page, "region", given)
    assert differs == [] and set(shown.frame["region"]) == {"630000", *given["with"]}
    seen = run_page("region", lang=lang, r="630000", peers="hand", **{"with": list(given["with"])})
    (chart,) = seen.get("plotly_chart")
    assert json.loads(json.dumps(shown.chart.spec["data"])) == json.loads(chart.proto.spec)["data"]
    assert shown.say and literal(shown.say) in said(seen)


def test_the_trend_says_its_years(run_page: RunPage, built: Edition) -> None:
    found = line(run_page("region", r="110000"), "population")
    first, last = found[column("span")].split("–")
    assert len(found[column("line")]) == int(last) - int(first) + 1
    years = set(built.observations(Selection(regions=("110000",), indicators=("population",)))["year"])
    assert {int(first), int(last)} <= years


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
            assert (f"**{text(f'region.{name}', lang)}**" in said(app)) is (len(rows) > 0), (code, name)
            shown = sum(len(one.value) for one in app.dataframe if column("sentence", lang) in one.value)
            assert shown == len(profile.partial(own)) + len(profile.promised(own))
        assert all(len(frame.value) for frame in app.dataframe)
        assert all(column("place", lang) not in frame.value for frame in app.dataframe)
        assert text("region.strengths", lang) not in said(app) and not app.get("plotly_chart")
        reports = [link.proto for link in app.get("page_link") if link.proto.page == "reports"]
        assert len(reports) == own["source_id"].nunique()


def test_targets_stand_apart_and_are_named_as_such(run_page: RunPage, built: Edition) -> None:
    promised = profile.promised(built.observations(Selection()))
    assert len(promised), "the digests hold targets"
    kinds = {text(f"common.scenario_{kind}", "zh") for kind in ("target", "requirement")}
    for code in promised["region"].unique():
        frames = [one.value for one in run_page("region", r=str(code)).dataframe if column("kind") in one.value]
        assert sum(len(shown) for shown in frames) == (promised["region"] == code).sum()
        assert all(set(shown[column("kind")]) <= kinds for shown in frames)


def test_each_report_value_has_its_sentence(run_page: RunPage, built: Edition) -> None:
    for code in reported(built):
        own = built.observations(Selection(regions=(code,)))
        bodies = "".join(str(built.source(name)["body"]) for name in own["source_id"].unique())  # type: ignore[index]
        for shown in (one.value for one in run_page("region", r=code).dataframe):
            for sentence in shown.get(column("sentence"), []):
                assert sentence.strip("…").split()[0] in bodies


def test_a_cell_leads_to_what_it_says(built: Edition) -> None:
    """The level to itself, the change to both years, the value per head to the population as well."""
    catalog = load_catalog()
    own = built.observations(Selection(regions=("110000",)))
    peers = built.at(profile.needed(own), Selection(measures=("level",), scenarios=("actual",), whole=True))
    entries = profile.profile("110000", own, peers, catalog, built.breaks(tuple(own["indicator"].unique())))
    entry = next(one for one in entries if one.indicator.id == "rd_expenditure")
    ids = own.set_index(["indicator", "year"])["observation_id"]
    now, before = ids["rd_expenditure", entry.year], ids["rd_expenditure", entry.year - 1]
    assert behind(entry, "latest") == behind(entry, "place") == (now,)
    assert behind(entry, "change") == (now, before)
    assert behind(entry, "per_head") == (now, ids["population", entry.year])


def test_a_place_of_an_earlier_year_leads_to_that_year(built: Edition) -> None:
    catalog = load_catalog()
    own = built.observations(Selection(regions=("440000",)))
    levels = Selection(measures=("level",), scenarios=("actual",), whole=True)
    peers = built.at(profile.needed(own), levels)
    entries = profile.profile("440000", own, peers, catalog, built.breaks(tuple(own["indicator"].unique())))
    entry = next(one for one in entries if one.indicator.id == "rd_expenditure")
    ids = own.loc[own["measure"] == "level"].set_index(["indicator", "year"])["observation_id"]
    assert behind(entry, "latest") == (ids["rd_expenditure", 2025],)
    assert behind(entry, "place") == (ids["rd_expenditure", 2024],)
    for cell in ("per_head", "place_per_head", "distance"):
        assert behind(entry, cell) == (ids["rd_expenditure", 2024], ids["population", 2024])


def test_the_country_has_no_peers(run_page: RunPage) -> None:
    app = run_page("region", r="000000")
    assert text("region.rule_country", "zh") in said(app)
    assert column("place") not in table(app) and not app.get("plotly_chart")


def test_what_is_missing_for_similar_regions_is_named(run_page: RunPage, built: Edition) -> None:
    for code in reported(built):
        words = captions(run_page("region", r=code))
        assert text("region.needs_population", "zh") in words and text("region.needs_gdp", "zh") in words


def test_peers_are_offered_as_a_set_to_compare_among(built: Edition) -> None:
    page = page_of(built, "en")
    (similar,) = peer_sets(page, ["630000", "211122"])
    assert "Qinghai" in similar.name and "10" in similar.rule
    assert "630000" in similar.members and len(similar.members) == peers.NEAREST + 1


@pytest.mark.parametrize("rule", ["similar", "near", "level", "hand"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_province_is_compared_with_the_same_peers_on_the_compare_page(
    run_page: RunPage, built: Edition, rule: str, lang: str
) -> None:
    app = run_page("region", lang=lang, r="630000", peers=rule)
    (way,) = [one.proto for one in app.get("page_link") if one.proto.label == text("region.to_compare", lang)]
    assert way.page == "compare"
    given = parse_qs(way.query_string)
    assert given.pop("lang") == [lang]
    shown = run_page("compare", lang=lang, **given)
    assert not shown.exception and shown.selectbox(key="compare.set").value == given["set"][0]
    found = region_peers.found_for(page_of(built, "zh"), "630000")
    members = given["r"] if rule == "hand" else next(one for name, one in found.items() if name == rule).everyone
    (chart,) = shown.get("plotly_chart")
    ids = [name for trace in json.loads(chart.proto.spec)["data"] for name in trace.get("customdata") or [] if name]
    assert {str((built.observation(name) or {})["region"]) for name in ids} - {"000000"} == set(members)


def test_a_county_is_not_sent_to_a_page_of_provinces(run_page: RunPage) -> None:
    app = run_page("region", r="211122")
    assert text("region.to_compare", "zh") not in [one.proto.label for one in app.get("page_link")]
