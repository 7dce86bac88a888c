"""The Overview page: figures that are those of the data, sentences that hold, ways on, what the checks found."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from indicators.catalog import load_catalog
from indicators.headlines import load_headlines
from indicators.labels import text
from indicators.paths import data_paths
from indicators.queries import Edition, Library
from indicators.region_sets import whole_country
from indicators.selection import Selection

RunPage = Callable[..., AppTest]


@pytest.fixture(scope="module")
def built(edition: Path) -> Edition:
    return Library(data_paths(edition).parquet).current()


def links(app: AppTest, page: str) -> list[Any]:
    return [link.proto for link in app.get("page_link") if link.proto.page == page]


def query(link: Any) -> str:
    return str(link.query_string)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_headlines_are_those_of_the_list_with_year_change_and_line(run_page: RunPage, lang: str) -> None:
    app = run_page("overview", lang=lang)
    catalog = load_catalog()
    wanted = [catalog.indicators[name].name(lang) for name in load_headlines(catalog)["overview"]]
    assert [metric.label for metric in app.metric] == wanted
    assert all(metric.delta for metric in app.metric)
    assert all(len(metric.proto.chart_data) > 1 for metric in app.metric)


def test_a_sum_says_that_it_is_one(run_page: RunPage, built: Edition) -> None:
    app = run_page("overview")
    names = load_headlines(load_catalog())["overview"]
    captions = [caption.value for caption in app.caption]
    for name in names:
        rows = built.observations(Selection(indicators=(name,), measures=("level",), scenarios=("actual",), whole=True))
        regions = rows.loc[rows["comparator"] == "eq"].groupby("year")["region"].agg(set)
        year = int(max(at for at, found in regions.items() if "000000" in found or found >= set(whole_country())))
        printed = "000000" in regions[year]
        said = text("overview.printed" if printed else "overview.summed", "zh", year=year, n=len(whole_country()))
        assert said in captions, name


def test_each_headline_leads_to_its_trend_and_its_source(run_page: RunPage) -> None:
    app = run_page("overview")
    names = load_headlines(load_catalog())["overview"]
    trends = links(app, "trends")
    assert [f"i={name}" in query(link) for name, link in zip(names, trends, strict=True)] == [True] * len(names)
    for name in (names[0], names[2]):
        app.button(key=f"overview.source.{name}").click().run()
        assert not app.exception
        assert text("evidence.title", "zh") in [dialog.proto.dialog.title for dialog in app.get("dialog")]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_stands_out_is_true(run_page: RunPage, built: Edition, lang: str) -> None:
    app = run_page("overview", lang=lang)
    catalog = load_catalog()
    said = {query(link): link.label for link in links(app, "compare")}
    assert 2 <= len(said) <= 4
    for name in load_headlines(catalog)["overview"][: len(said)]:
        (at, sentence), = [(at, sentence) for at, sentence in said.items() if f"i={name}" in at]  # fmt: skip
        year = int(at.split("y=")[1].split("&")[0])
        rows = built.observations(
            Selection(
                indicators=(name,),
                regions=whole_country(),
                years=(year, year),
                measures=("level",),
                scenarios=("actual",),
                whole=True,
            )
        )
        assert len(rows) == len(whole_country())
        leader = catalog.regions[str(rows.loc[rows["value"].idxmax(), "region"])].name(lang)
        assert f"{leader}{'' if lang == 'zh' else ' '}" in sentence
        assert str(year) in sentence


def test_every_report_leads_to_its_text(run_page: RunPage, built: Edition) -> None:
    app = run_page("overview")
    reports = built.sources.loc[built.sources["origin"] == "report"].head(5)
    found = [query(link) for link in links(app, "reports")]
    assert len(found) == len(reports)
    for name, at in zip(reports["source_id"], found, strict=True):
        assert name.replace("/", "%2F") in at or name in at


def test_coverage_counts_every_dated_value_and_the_choice_is_in_the_url(run_page: RunPage, built: Edition) -> None:
    everything = built.coverage()
    app = run_page("overview")
    spec = json.loads(app.get("plotly_chart")[0].proto.spec)
    assert text("overview.coverage_title_years", "zh") in json.dumps(spec, ensure_ascii=False)
    app = run_page("overview", by="regions")
    spec = json.dumps(json.loads(app.get("plotly_chart")[0].proto.spec), ensure_ascii=False)
    assert text("overview.coverage_title_regions", "zh") in spec
    names = load_catalog().regions
    assert all(names[code].name("zh") in spec for code in everything["region"].unique())
    assert app.query_params["by"] == "regions"


@pytest.mark.parametrize(("lang", "one", "several"), [("zh", "2030年", "2005–2009年"), ("en", "2030", "2005–2009")])
def test_a_period_of_one_year_is_that_year(
    run_page: RunPage, built: Edition, lang: str, one: str, several: str
) -> None:
    """Five years make a period; the last one may be cut short to a single year."""
    assert built.coverage()["year"].max() == 2030
    drawn = json.dumps(
        json.loads(run_page("overview", lang=lang).get("plotly_chart")[0].proto.spec), ensure_ascii=False
    )
    assert several in drawn and f'"{one}"' in drawn and "2030–2030" not in drawn


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_the_checks_found_is_counted_and_told(run_page: RunPage, built: Edition, lang: str) -> None:
    app = run_page("overview", lang=lang)
    problems = built.problems()
    said = "\n".join(element.value for element in app.markdown)
    for (severity, code), n in problems.groupby(["severity", "code"]).size().items():
        line = text(
            "overview.finding",
            lang,
            severity=text(f"problems.severity_{severity}", lang),
            name=text(f"problems.{code}_name", lang),
            n=f"{n:,}",
        )
        assert line in said


def test_the_foot_names_the_edition(run_page: RunPage, built: Edition) -> None:
    app = run_page("overview")
    assert any(built.id in caption.value for caption in app.caption)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_contradictions_are_told_in_words_with_the_way_to_all_of_them(run_page: RunPage, lang: str) -> None:
    app = run_page("overview", lang=lang)
    assert any("3259.1–3261.7" in warning.value for warning in app.warning)
    links = [link.proto.label for link in app.get("page_link")]
    assert text("overview.contradictions", lang) in links
