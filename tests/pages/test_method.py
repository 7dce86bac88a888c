"""The Method page: definitions that can be found, formulas that recompute, sources, regions, editions; what it says is what is done."""

import re
from collections.abc import Callable
from types import SimpleNamespace

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from etl.check_sums import RATIO_TOLERANCE
from indicators.catalog import load_catalog
from indicators.comparability_rules import load_rules
from indicators.compare import QUOTIENTS, divide, with_inputs
from indicators.labels import LANGUAGES, text
from indicators.methods import load_methods
from indicators.observation import OBSERVATIONS
from indicators.paths import data_paths
from indicators.queries import Library
from indicators.scores import load_scores
from indicators.selection import Selection
from pages.parts.menu import PAGES
from pages.parts.method_indicators import matching
from pages.parts.method_quality import percent

RunPage = Callable[..., AppTest]
PARTS = (
    "indicators",
    "reading",
    "quality",
    "comparing",
    "formulas",
    "contradictions",
    "sources",
    "regions",
    "editions",
)


def words(app: AppTest) -> str:
    """Everything that the page says in running text."""
    return "\n".join([*(part.value for part in app.markdown), *(part.proto.body for part in app.get("html"))])


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("part", PARTS)
def test_every_part_opens_from_its_address(run_page: RunPage, part: str, lang: str) -> None:
    app = run_page("method", lang=lang, part=part)
    assert app.segmented_control(key="method.part").value == part
    assert len(words(app)) + len(app.dataframe) > 100
    expected = {"lang": lang} if part == PARTS[0] else {"lang": lang, "part": part}
    assert app.query_params == expected


def test_a_theme_shows_its_definitions_and_no_others(run_page: RunPage) -> None:
    catalog = load_catalog()
    app = run_page("method", theme="finance")
    for indicator in catalog.indicators.values():
        assert (f"· {indicator.id}<" in words(app)) is (indicator.theme == "finance"), indicator.id


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_search_goes_through_all_themes(run_page: RunPage, lang: str) -> None:
    app = run_page("method", lang=lang, q="R&D")
    assert "rd_expenditure" in words(app)
    nothing = run_page("method", lang=lang, q="nothing of the kind")
    assert [said.value for said in nothing.info] == [text("method.search_nothing", lang, words="nothing of the kind")]


def test_a_match_in_a_name_comes_before_one_in_a_meaning() -> None:
    def entry(name: str, zh: str, meaning: str) -> SimpleNamespace:
        return SimpleNamespace(id=name, zh=zh, en=name, aliases=(), meaning={"zh": meaning, "en": ""})

    indicators = {"a": entry("a", "人口", "用于专利"), "b": entry("b", "专利", "件数")}
    assert [found.id for found in matching(indicators, "专利")] == ["b", "a"]  # type: ignore[arg-type]
    assert [found.id for found in matching(indicators, "专利 件数")] == ["b"]  # type: ignore[arg-type]


def test_a_search_is_shown_as_text_only(run_page: RunPage) -> None:
    app = run_page("method", q="<img src=x>")
    assert "<img" not in "".join(part.proto.body for part in app.get("html"))


def test_the_definitions_say_how_much_data_there_is(run_page: RunPage, edition: object) -> None:
    rows = Library(data_paths().parquet).current().observations(Selection(indicators=("gdp_per_capita",)))
    years = text("charts.years", "zh", first=rows["year"].min(), last=rows["year"].max())
    told = text("method.has_data", "zh", n=f"{len(rows):,}", regions=rows["region"].nunique(), years=years)
    assert told in words(run_page("method", theme="economy"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_quotient_is_written_down_with_its_factor(run_page: RunPage, lang: str) -> None:
    said = words(run_page("method", lang=lang, part="comparing"))
    for (basis, _), (factor, result) in QUOTIENTS.items():
        line = re.compile(
            rf"\| {re.escape(text(f'method.basis_{basis}', lang))} \| {factor:,.0f} × .* \| "
            rf"{re.escape(text(f'method.result_{result}', lang))} \|"
        )
        assert line.search(said), (basis, factor, result)


def test_the_worked_example_is_what_the_code_computes() -> None:
    blank = {**dict.fromkeys(OBSERVATIONS.names), "measure": "level", "scenario": "actual", "comparator": "eq"}

    def row(name: str, indicator: str, unit: str, value: float) -> dict[str, object]:
        more = {"observation_id": name, "indicator": indicator, "unit": unit, "value": value}
        return {**blank, "region": "110000", "year": 2020, **more}

    frame = with_inputs(
        pd.DataFrame([row("a", "rd_expenditure", "yuan", 300e8), row("b", "patent_grants", "count", 5e4)])
    )
    under = pd.DataFrame([row("p", "population", "person", 2000e4), row("g", "gdp", "yuan", 1.5e12)])
    per_head = divide(frame, under, "per_head")
    per_gdp = divide(frame, under, "per_gdp")
    assert list(per_head["value"]) == [1500.0, 25.0]
    assert per_gdp["value"].iloc[0] == pytest.approx(2.0)
    for lang, numbers in {"zh": ("1,500", "2%", "25 件"), "en": ("1,500 yuan", "2% of GDP", "25 per 10,000")}.items():
        assert all(number in text("method.rule_quotients", lang) for number in numbers)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_tolerance_of_ratios_is_the_one_of_the_check(lang: str) -> None:
    assert f"{RATIO_TOLERANCE:.0%}" in text("method.rule_checks", lang).replace(" ", "")


def test_breaks_are_listed_from_the_cards(run_page: RunPage, edition: object) -> None:
    said = words(run_page("method", part="comparing"))
    current = Library(data_paths().parquet).current()
    for row in current.breaks(list(load_catalog().indicators)).itertuples():
        assert f"| {row.year} |" in said
        assert row.zh in said


def test_all_sources_are_listed_with_their_cards(run_page: RunPage, edition: object) -> None:
    app = run_page("method", lang="en", part="sources")
    said = words(app).replace("&amp;", "&").replace("&#x27;", "'")
    for source in Library(data_paths().parquet).current().sources.itertuples():
        assert source.title_en in said
        assert f"data/{source.file}" in said


def test_addresses_are_links_that_send_nothing(run_page: RunPage) -> None:
    said = words(run_page("method", part="sources"))
    links = re.findall(r"<a [^>]*>", said)
    assert links
    assert all('rel="noreferrer noopener"' in link and 'href="http' in link for link in links)


def test_a_region_is_found_by_name_and_by_code(run_page: RunPage) -> None:
    for asked in ("德令哈", "632802", "Delingha"):
        found = run_page("method", part="regions", place=asked).dataframe[0].value
        assert "632802" in set(found[text("method.region_code", "zh")]), asked
    assert run_page("method", part="regions", place="Atlantis").info


def test_the_checks_say_how_much_they_compared(run_page: RunPage, edition: object) -> None:
    app = run_page("method", part="editions")
    current = Library(data_paths().parquet).current()
    checks = app.dataframe[0].value
    assert list(checks[text("method.compared", "zh")]) == [
        check["compared"] for check in current.manifest["checks"].values()
    ]
    assert current.id in words(app)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_quality_of_extraction_is_the_stored_one(run_page: RunPage, lang: str) -> None:
    said = words(run_page("method", lang=lang, part="quality"))
    measured = load_scores()
    for scores in measured.values():
        for name in ("found", "record", "mapped"):
            count = getattr(scores, name)
            shares = [percent(part) for part in (count.precision, count.recall, count.f1)]
            cells = [text(f"method.quality_{name}", lang), f"{count.gold:,}", f"{count.read:,}", *shares]
            assert f"| {' | '.join(cells)} |" in said, name
    documents = measured["documents"]
    assert all(
        f"| {text(f'rules.{rule}', lang)} | {of.read:,} |" in said for rule, of in measured["invented"].rules.items()
    )
    assert all(
        f"| {text(f'reports.kind_{kind}', lang)} | {of.documents} |" in said for kind, of in documents.kinds.items()
    )
    about = {"documents": documents.documents, "records": f"{documents.found.gold:,}"}
    assert text("method.quality_about", lang, **about) in said


def test_what_is_nearly_all_is_not_called_all() -> None:
    assert [percent(share) for share in (0, 0.5, 0.9996, 1)] == ["0%", "50.0%", "99.9%", "100%"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_rule_of_comparability_is_listed_with_its_uses_and_way_out(run_page: RunPage, lang: str) -> None:
    lines = [
        line for line in words(run_page("method", lang=lang, part="comparing")).splitlines() if line.startswith("|")
    ]
    for rule in load_rules(data_paths().catalog):
        line = next(line for line in lines if line.startswith(f"| {text(f'notes.{rule.code}_rule', lang)} |"))
        refused, noted = line.split(" | ")[1:3]
        assert bool(refused.strip()) == bool(rule.refuse) and bool(noted.strip()) == bool(rule.note)
        if len(rule.refuse) == 1:
            assert text(f"notes.use_{next(iter(rule.refuse))}", lang) in refused


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_method_is_shown_on_its_page_of_formulas(run_page: RunPage, lang: str) -> None:
    methods = load_methods()
    assert {name for method in methods for name in method.pages} <= set(PAGES)
    for name in {method.pages[0] for method in methods}:
        app = run_page("method", lang=lang, part="formulas", of=name)
        shown = words(app)
        for method in methods:
            assert (f"#### {method.name[lang]}" in shown) is (name in method.pages), method.id
        formulas = {part.value for part in app.latex}
        assert all(
            f"$$\n{method.formula}\n$$" in formulas for method in methods if name in method.pages and method.formula
        )


# -- contradictions ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
def test_printed_growth_stands_beside_the_levels_that_it_asks_for(run_page: RunPage, lang: str) -> None:
    app = run_page("method", lang=lang, part="contradictions")
    table = app.dataframe[-1].value
    found = list(
        zip(*(table[text(f"method.growth_{name}", lang)] for name in ("implied", "printed", "verdict")), strict=True)
    )

    incubators, makerspaces = {"zh": ("家", "家"), "en": (" incubators", " makerspaces")}[lang]

    def row(year: int, bounds: str, printed: str, verdict: str) -> tuple[str, str, str]:
        said = [text("method.growth_in_year", lang, year=year, value=value) for value in (bounds, printed)]
        return said[0], said[1], text(f"method.verdict_{verdict}", lang)

    series = [
        row(2016, f"3259.1–3261.7{incubators}", f"3255{incubators}", "contradicts"),
        row(2017, f"4066.2–4069.7{incubators}", f"4069{incubators}", "agrees"),
        row(2017, f"5734.7–5739.4{makerspaces}", f"5739{makerspaces}", "agrees"),
    ]
    assert found[0] == series[0] and set(series) <= set(found)
    assert "3259.1–3261.7" in words(app)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_phone_shows_the_bounds_and_the_outcome_side_by_side(
    run_page: RunPage, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pages.parts.app._narrow", lambda: True)
    table = run_page("method", lang=lang, part="contradictions").dataframe[-1].value
    said = table.set_index(text("method.growth_checked_one", lang))[text("method.growth_verdict", lang)]
    for bounds, printed, verdict in (
        ("3259.1–3261.7", "3255", "contradicts"),
        ("4066.2–4069.7", "4069", "agrees"),
        ("5734.7–5739.4", "5739", "agrees"),
    ):
        (told,) = [told for told in said.index if bounds in told]
        assert printed in told.partition(bounds)[2] and said[told] == text(f"method.verdict_{verdict}", lang)


def test_a_contradiction_leads_to_all_its_figures(run_page: RunPage) -> None:
    app = run_page("method", part="contradictions")
    app.button(key="method.contradictions.0").click().run()
    dialogs = [dialog.proto.dialog.title for dialog in app.get("dialog")]
    assert text("evidence.title", "zh") in dialogs
    marked = "".join(part.proto.body for part in app.get("html"))
    assert all(f"<mark>{printed}</mark>" in marked for printed in ("24.8", "4069", "3255"))


def test_revisions_are_listed_the_largest_first(run_page: RunPage) -> None:
    app = run_page("method", part="contradictions", kind="revised")
    said = list(app.dataframe[0].value[text("method.problem", "zh")])
    sizes = [float(sentence.rsplit("修订", 1)[1].strip("+−%")) for sentence in said]
    assert len(said) > 100 and sizes == sorted(sizes, reverse=True)
