"""The Trends page: what it starts with, what each choice does to the chart, and what it says where there is nothing to chart."""

import html
import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from indicators.catalog import load_catalog
from indicators.development import EMPTY
from indicators.labels import LANGUAGES, has, text
from indicators.region_sets import whole_country

RunPage = Callable[..., AppTest]
CHARTED = (
    "rd_expenditure", "patent_applications", "patent_grants", "invention_applications", "invention_grants", "tech_contract_value",
    "fiscal_science_expenditure", "gdp", "population",
)  # fmt: skip


def spec(app: AppTest, number: int = 0) -> dict[str, Any]:
    return json.loads(app.get("plotly_chart")[number].proto.spec)


def title(app: AppTest, number: int = 0) -> str:
    words = next(note["text"] for note in spec(app, number)["layout"]["annotations"] if note.get("name") == "title")
    return html.unescape(words.removeprefix("<b>").removesuffix("</b>").replace("<br>", " "))


def lines(app: AppTest) -> dict[str, list[Any]]:
    """Name of each line -> what its points lead to."""
    found: dict[str, list[Any]] = {}
    for trace in spec(app)["data"]:
        found.setdefault(trace.get("name", ""), []).extend(name for name in trace.get("customdata") or [] if name)
    return {name: points for name, points in found.items() if points}


def told(app: AppTest) -> str:
    return "\n".join(element.value for element in [*app.info, *app.markdown])


def widget(app: AppTest, name: str) -> Any:
    for kind in (app.selectbox, app.multiselect, app.toggle, app.slider, app.segmented_control):
        for found in kind:
            if found.key == f"trends.{name}":
                return found
    return None


def choose(app: AppTest, name: str, value: Any) -> AppTest:
    found = widget(app, name)
    assert found is not None, f"no widget {name}"
    found.set_value(value).run()
    assert not app.exception
    return app


def url(app: AppTest) -> dict[str, list[str]]:
    """What a copied address holds."""
    return {name: list(values) if isinstance(values, list) else [values] for name, values in app.query_params.items()}


# --- the start ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_starts_with_a_development_of_the_leading_provinces(run_page: RunPage, lang: str) -> None:
    app = run_page("trends", lang)
    (name,) = widget(app, "i").value
    assert load_catalog().indicators[name].name(lang) in title(app)
    regions = widget(app, "r").value
    assert len(regions) == 5 and set(regions) <= set(whole_country())
    assert {load_catalog().regions[code].name(lang) for code in regions} == set(lines(app))
    assert url(app) == {"lang": [lang]}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_indicator_that_is_offered_shows_something(run_page: RunPage, lang: str) -> None:
    app = run_page("trends", lang)
    catalog = load_catalog()
    offered = {
        name: entry
        for name, entry in catalog.indicators.items()
        if any(entry.name(lang) in option for option in widget(app, "i").options)
    }
    assert len(offered) >= 20
    for name in offered:
        choose(app, "i", [name])
        assert app.get("plotly_chart"), name


# --- all provinces over all their years ------------------------------------------------------------------------------------


@pytest.mark.parametrize("indicator", CHARTED)
def test_31_provinces_are_charted_over_all_their_years(run_page: RunPage, indicator: str) -> None:
    app = run_page("trends", g="provinces", i=indicator)
    found = lines(app)
    assert len(found) == 31
    named = [trace for trace in spec(app)["data"] if trace["line"]["width"] > 2]
    assert 1 <= len({trace["name"] for trace in named}) <= 8, "a few are highlighted, the others are grey"
    first, last = widget(app, "y").value
    plotted = {year for trace in spec(app)["data"] for year in trace["x"] if year}
    assert (min(plotted), max(plotted)) == (first, last)


@pytest.mark.parametrize("indicator", [name for name in CHARTED if name not in ("gdp", "population")])
@pytest.mark.parametrize("basis", ["per_head", "per_gdp"])
def test_totals_are_charted_per_head_and_per_gdp_with_their_denominator(
    run_page: RunPage, indicator: str, basis: str
) -> None:
    app = run_page("trends", g="provinces", i=indicator, basis=basis)
    assert len(lines(app)) == 31
    assert text(f"trends.note_{basis}", "zh") in told(app)
    assert all("." in point for points in lines(app).values() for point in points), (
        "computed values have ids of their own"
    )


@pytest.mark.parametrize("mode", ["level", "growth", "index"])
def test_breaks_are_drawn_and_told_and_cut_the_lines(run_page: RunPage, mode: str) -> None:
    app = run_page("trends", i="patent_grants", mode=mode, base="2017")
    marks = {shape["x0"] for shape in spec(app)["layout"]["shapes"] if shape["x0"] == shape["x1"]}
    if mode != "index":
        assert marks == {2016.5, 2020.5}
        assert "2017" in told(app) and "2021" in told(app)
    pairs = [
        (one, other) for trace in spec(app)["data"] for one, other in zip(trace["x"], trace["x"][1:], strict=False)
    ]
    assert pairs and not {(2016, 2017), (2020, 2021)} & set(pairs)
    plotted = {year for trace in spec(app)["data"] for year in trace["x"] if year}
    assert (
        plotted
        == {
            "level": set(range(2011, 2025)),
            "growth": set(range(2012, 2025)) - {2017, 2021},
            "index": set(range(2017, 2021)),
        }[mode]
    )


# --- choices --------------------------------------------------------------------------------------------------------------


def test_a_theme_narrows_the_indicators_and_chooses_one_of_them(run_page: RunPage) -> None:
    app = choose(run_page("trends"), "t", "economy")
    (name,) = widget(app, "i").value
    assert load_catalog().indicators[name].theme == "economy"


def test_years_follow_the_indicator_until_they_are_chosen(run_page: RunPage) -> None:
    app = choose(run_page("trends"), "i", ["population"])
    assert widget(app, "y").value == (2000, 2024)
    choose(app, "y", (2010, 2020))
    choose(app, "i", ["gdp"])
    assert widget(app, "y").value == (2010, 2020)
    assert "2010–2020" in title(app)


def test_shares_of_all_provinces_make_the_whole_and_say_which(run_page: RunPage) -> None:
    app = run_page("trends", g="provinces", i="gdp", mode="share")
    assert text("trends.note_share_summed", "zh") in told(app)
    sums: dict[int, float] = {}
    for trace in spec(app)["data"]:
        for year, value in zip(trace["x"], trace["y"], strict=True):
            sums[year] = sums.get(year, 0.0) + value
    assert set(sums) == set(range(2006, 2025))
    assert all(abs(total - 100) < 1e-6 for total in sums.values())
    assert widget(app, "basis") is None


def test_indicators_of_different_units_get_panels(run_page: RunPage) -> None:
    app = run_page("trends", i=["gdp", "patent_grants"])
    assert widget(app, "panels") is None
    assert {"yaxis", "yaxis2"} <= set(spec(app)["layout"])
    choose(app, "mode", "index")
    assert widget(app, "panels").value == "indicator"
    choose(app, "panels", "region")
    assert len([name for name in spec(app)["layout"] if name.startswith("yaxis")]) == 5


def test_a_base_year_can_be_chosen(run_page: RunPage) -> None:
    app = run_page("trends", i="gdp", mode="index")
    choose(app, "base", "2010")
    assert "2010" in title(app)
    assert {trace["y"][trace["x"].index(2010)] for trace in spec(app)["data"]} == {100}


def test_money_in_growth_is_said_to_be_nominal(run_page: RunPage) -> None:
    assert text("trends.note_nominal", "zh") in told(run_page("trends", i="gdp", mode="growth"))
    assert text("trends.note_nominal", "zh") not in told(run_page("trends", i="patent_grants", mode="growth"))


# --- reports' figures -------------------------------------------------------------------------------------------------------


def test_figures_of_reports_are_shown_one_by_one_with_what_compares(run_page: RunPage) -> None:
    app = run_page("trends", i="makerspaces")
    assert app.info and text("trends.few_targets", "zh") in told(app)
    (trace,) = [trace for trace in spec(app)["data"] if trace["type"] == "bar"]
    assert "target" in trace["meta"]["kinds"]
    assert widget(app, "panels") is None and widget(app, "mode") is None, (
        "nothing that could only lead to an empty page"
    )


def test_regions_of_reports_are_named_with_their_place(run_page: RunPage) -> None:
    app = run_page("trends", i="hightech_enterprises")
    assert "青海 · 海西 · 德令哈" in widget(app, "r").options


def test_a_printed_growth_and_computed_ones_are_told_apart(run_page: RunPage) -> None:
    app = run_page("trends", i="gdp", mode="growth", r=["632802", "630000"])
    kinds = {trace["name"]: trace["meta"]["kind"] for trace in spec(app)["data"]}
    assert kinds == {"德令哈": "actual", "青海": "derived"}
    assert text("trends.note_printed_growth", "zh") in told(app)


# --- nothing to show --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("query", "why"),
    [
        ({"i": "-"}, "indicators"),
        ({"r": "-"}, "regions"),
        ({"i": "patents_in_force", "mode": "growth"}, "growth"),
        ({"i": "gdp", "r": "632802"}, "no_level"),
        ({"i": "gdp", "r": "632802", "basis": "per_head"}, "no_level"),
        ({"i": "tech_contract_value", "r": "510683", "basis": "per_head"}, "per_head"),
        ({"i": "rd_expenditure", "r": "000000", "mode": "share"}, "share"),
        ({"i": "rd_expenditure", "r": "110000", "y": ["2016", "2016"]}, "no_years"),
    ],
)
def test_an_empty_result_says_why(run_page: RunPage, lang: str, query: dict[str, Any], why: str) -> None:
    app = run_page("trends", lang, **query)
    assert not app.get("plotly_chart")
    assert [element.value for element in app.info] == [text(f"trends.empty_{why}", lang)]


@pytest.mark.parametrize("why", EMPTY)
def test_every_reason_for_an_empty_view_has_words(why: str) -> None:
    assert has(f"trends.empty_{why}")


def test_a_damaged_link_falls_back_to_what_there_is(run_page: RunPage) -> None:
    app = run_page(
        "trends",
        i="nothing",
        r="999999",
        g="nowhere",
        mode="odd",
        basis="odd",
        y=["x", "2010"],
        base="1066",
        panels="odd",
        t="odd",
    )
    assert app.get("plotly_chart")
    assert url(app) == {"lang": ["zh"]}


# --- the address ------------------------------------------------------------------------------------------------------------


def test_the_address_restores_everything(run_page: RunPage) -> None:
    app = run_page("trends", "en")
    for name, value in (
        ("t", "output"), ("i", ["invention_grants", "patent_grants"]), ("g", "east"), ("h", ["110000", "310000"]), ("mode", "index"),
        ("basis", "per_head"), ("panels", "one"), ("y", (2018, 2023)), ("base", "2019"),
    ):  # fmt: skip
        choose(app, name, value)
    address = url(app)
    assert address == {
        "lang": ["en"], "t": ["output"], "i": ["invention_grants", "patent_grants"], "g": ["east"], "h": ["110000", "310000"],
        "mode": ["index"], "basis": ["per_head"], "panels": ["one"], "y": ["2018", "2023"], "base": ["2019"],
    }  # fmt: skip
    again = run_page("trends", **{**address, "lang": "en"})
    assert url(again) == address
    assert (title(again), spec(again)["data"]) == (title(app), spec(app)["data"])


# --- what is taken away -----------------------------------------------------------------------------------------------------


def test_the_exports_hold_exactly_the_rows_shown(run_page: RunPage, monkeypatch: pytest.MonkeyPatch) -> None:
    made: dict[str, Any] = {}
    from pages.parts import frame

    original = frame.downloads

    def downloads(page: Any, rows: Any, *args: Any, **kwargs: Any) -> None:
        made.update(page=page, rows=rows, kwargs=kwargs)
        original(page, rows, *args, **kwargs)

    monkeypatch.setattr(frame, "downloads", downloads)
    app = run_page("trends", i="patent_grants", basis="per_head", mode="growth")
    plotted = {point for points in lines(app).values() for point in points}
    assert set(made["rows"]["observation_id"]) == plotted
    assert text("trends.note_per_head", "zh") in made["kwargs"]["notes"]
    assert made["kwargs"]["filters"][text("trends.mode", "zh")] == text("trends.mode_growth", "zh")


def test_an_export_of_derived_values_can_be_written_and_read(run_page: RunPage, tmp_path: Path) -> None:
    from charts.export import to_csv, to_parquet
    from charts.workbook import to_xlsx
    from indicators import compare
    from indicators.selection import Selection
    from pages.parts import exports
    from pages.parts.app import Page, library
    from pages.parts.state import UrlState

    run_page("trends")
    edition, catalog = library().current(), load_catalog()
    page = Page("trends", "zh", edition, catalog, object.__new__(UrlState), False, False)
    rows = compare.year_on_year(
        compare.with_inputs(edition.observations(Selection(indicators=("gdp",)))), catalog, edition.breaks(["gdp"])
    )
    meta = exports.meta_of(page, "GDP", unit="%")
    table = pd.read_parquet(BytesIO(to_parquet(exports.export_rows(page, rows), meta)))
    assert len(table) == len(rows)
    assert table["inputs"].str.split().str.len().eq(2).all()
    assert to_xlsx(exports.export_rows(page, rows), meta)[:2] == b"PK"
    assert to_csv(exports.export_rows(page, rows), meta).startswith(b"\xef\xbb\xbf")
