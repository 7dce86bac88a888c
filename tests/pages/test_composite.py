"""The Index page: its sentence is true, the recipe is in the address, and what cannot be an index says why."""

import io
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

import openpyxl
import pandas as pd
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from indicators.catalog import load_catalog
from indicators.composite import steps
from indicators.composite.build import Composite, build
from indicators.composite.inputs import gather, wanted
from indicators.composite.recipe import Recipe, decode, encode
from indicators.composite.usual import load_usual
from indicators.labels import text
from indicators.paths import data_paths
from indicators.queries import Library
from indicators.region_sets import whole_country
from pages.parts import composite_words, retake
from pages.parts.page import Page
from pages.parts.state import GivenState

RunPage = Callable[..., AppTest]
FEW = {"parts": ["rd_intensity", "gdp_per_capita", "tech_contract_value:per_gdp"], "y": "2023"}


@pytest.fixture(scope="module")
def usual(edition: Any) -> Composite:
    """The index of a reader who changes nothing, computed beside the page."""
    library = Library(data_paths(str(edition)).parquet).current()
    recipe = Recipe(load_usual().parts, 2023)
    found = library.observations(wanted(recipe, whole_country()))
    breaks = library.breaks([part.indicator for part in recipe.parts])
    return build(recipe, gather(found, recipe, whole_country(), load_catalog(), breaks), load_catalog())


def words(app: AppTest) -> str:
    return "\n".join(element.value for element in app.markdown)


def spec(app: AppTest, number: int = 0) -> dict[str, Any]:
    return json.loads(app.get("plotly_chart")[number].proto.spec)


def noted(app: AppTest, name: str) -> str:
    return next(note["text"] for note in spec(app)["layout"]["annotations"] if note.get("name") == name)


def open_steps(app: AppTest) -> AppTest:
    app.session_state["composite.steps.box"] = True
    return app.run()


@pytest.mark.parametrize(("lang", "first"), [("zh", "居首的是{}（{}分）"), ("en", "{} ({}) leads the index for 2023")])
def test_the_page_opens_with_a_true_sentence(run_page: RunPage, usual: Composite, lang: str, first: str) -> None:
    app = run_page("composite", lang=lang)
    best = steps.index(usual, load_catalog()).iloc[0]
    name = load_catalog().regions[best["region"]].name(lang)
    assert first.format(name, f"{best['score']:.1f}") in words(app)
    part = (usual.simulated.ranks[:, usual.regions.index(best["region"])] == 1).mean()
    assert composite_words.percent(float(part)) in words(app)
    steady = ((usual.simulated.high - usual.simulated.low) <= 2).sum()
    assert {"zh": f"有{steady}个的位次相当稳定", "en": f"{steady} of 31 regions keep a steady rank"}[lang] in words(app)


def test_the_chart_has_a_mark_and_a_range_for_each_region(run_page: RunPage, usual: Composite) -> None:
    app = run_page("composite")
    band, mark = spec(app)["data"]
    table = steps.index(usual, load_catalog())
    assert mark["customdata"] == table["region"].tolist()
    assert mark["hovertext"][0].startswith("<b>北京</b><br>第1位")
    assert len(band["customdata"]) == 31
    assert "31个省份" in noted(app, "title") and "2023年" in noted(app, "title")
    assert "只在这次比较的31个地区" in noted(app, "source") and "来源：" in noted(app, "source")


def test_scores_are_put_together_from_their_themes(run_page: RunPage) -> None:
    app = run_page("composite", chart="scores")
    assert [trace.get("name") for trace in spec(app)["data"][:-1]] == [
        load_catalog().themes[name].zh for name in ("research", "finance", "output", "economy")
    ]
    geometric = run_page("composite", chart="scores", agg="geometric")
    assert len(spec(geometric)["data"]) == 2


def test_it_says_what_the_ranks_depend_on_most(run_page: RunPage, usual: Composite) -> None:
    most = max(usual.simulated.effects, key=lambda effect: effect.shift)
    app = run_page("composite")
    assert f"影响最大的是{text(f'composite.source_{most.source}', 'zh')}" in words(app)
    assert f"{most.shift:.2f}位" in words(app)
    assert spec(app, 1)["data"][0]["customdata"][0] == most.source


def test_the_address_holds_the_whole_recipe(run_page: RunPage) -> None:
    recipe = decode(
        {
            "parts": ["rd_intensity", "gdp_per_capita", "tech_contract_value:per_gdp"],
            "y": ["2024"], "years": ["3"], "treat": ["winsorise"], "win": ["3"], "norm": ["rank"], "weigh": ["own"],
            "agg": ["geometric"], "cover": ["50"], "themes": ["40"], "set": ["east"], "w_research": ["2.5"],
        }
    )  # fmt: skip
    app = open_steps(run_page("composite", **encode(recipe)))
    shown = parse_qs(app.code[0].value.lstrip("?"))
    assert decode(shown) == recipe


def test_a_damaged_address_falls_back_to_the_usual_choices(run_page: RunPage) -> None:
    app = run_page(
        "composite",
        parts="gdp:per_cow",
        y="soon",
        years="99",
        norm="x",
        cover="many",
        win="1e999",
        set="moon",
        w_output="-3",
    )
    assert "北京" in words(app) and app.slider(key="composite.cover").value == 66
    assert app.slider(key="composite.win").value == 5


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ({"set": "northeast"}, "只有3个地区"),
        ({"set": "chosen", "r": ["110000", "310000"]}, "只有2个地区"),
        ({"parts": "-"}, "现在选了0项"),
        ({"parts": "rd_intensity"}, "现在选了1项"),
        ({**FEW, "weigh": "own", "w_research": "0", "w_economy": "0", "w_output": "0"}, "所有权重都是0"),
    ],
)
def test_what_cannot_be_an_index_says_why_and_what_to_try(run_page: RunPage, query: dict[str, Any], told: str) -> None:
    app = run_page("composite", **query)
    assert told in app.info[0].value and not app.get("plotly_chart")
    assert any(word in app.info[0].value for word in ("请改选", "请展开", "请至少"))


def test_five_chosen_regions_make_an_index_of_their_own(run_page: RunPage) -> None:
    chosen = ["110000", "310000", "440000", "320000", "330000"]
    app = run_page("composite", set="chosen", r=chosen)
    assert set(spec(app)["data"][1]["customdata"]) == set(chosen)
    assert "5个地区参加比较" in words(app)


def test_chosen_regions_stand_out_and_their_range_is_told(run_page: RunPage, usual: Composite) -> None:
    place = usual.regions.index("440000")
    app = run_page("composite", r="440000")
    told = usual.simulated
    assert f"广东第{usual.ranks[place]}位（九成结果在第{told.low[place]}位至第{told.high[place]}位）" in words(app)
    colors = spec(app)["data"][1]["marker"]["color"]
    assert len(set(colors)) == 2


def test_older_values_are_counted_where_they_are_allowed(run_page: RunPage) -> None:
    app = run_page(
        "composite",
        parts=["rd_intensity", "rd_expenditure:per_head", "gdp_per_capita"],
        y="2023",
        years="2",
        step="years",
    )
    older = app.dataframe[-1].value["R&D经费支出（人均）"] < 2023
    assert older.any() and f"93个数值中有{older.sum()}个早于2023年" in words(app) and "2022–2023年" in words(app)


def test_standard_scores_are_offered_no_geometric_mean(run_page: RunPage) -> None:
    app = run_page("composite", norm="zscore", agg="geometric")
    assert len(app.selectbox(key="composite.agg").options) == 1
    assert app.selectbox(key="composite.agg").value == "arithmetic" and app.get("plotly_chart")


def test_entropy_and_own_weights_change_the_index(run_page: RunPage) -> None:
    sentences = {
        words(run_page("composite", weigh=kind, w_finance="5")).split("\n")[0] for kind in ("equal", "entropy", "own")
    }
    assert len(sentences) == 3


def test_indicators_of_which_neither_direction_is_better_are_not_offered(run_page: RunPage) -> None:
    options = run_page("composite", lang="en").multiselect(key="composite.parts").options
    names = {one.en for one in load_catalog().indicators.values() if one.direction == "neutral"}
    assert options and not {option.split(", per head")[0].split(", relative")[0] for option in options} & names


def test_a_theme_narrows_the_indicators_on_offer(run_page: RunPage) -> None:
    catalog = load_catalog()
    app = run_page("composite", topics="output")
    codes = app.multiselect(key="composite.parts").value
    usual = [part.code for part in load_usual().parts if catalog.indicators[part.indicator].theme == "output"]
    assert codes == usual and f"由{len(usual)}项指标合成" in words(app)
    every = run_page("composite").multiselect(key="composite.parts").options
    assert 0 < len(app.multiselect(key="composite.parts").options) < len(every)


@pytest.mark.parametrize("step", steps.STEPS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_step_can_be_looked_at(run_page: RunPage, step: str, lang: str) -> None:
    app = run_page("composite", lang=lang, step=step)
    assert not app.exception
    assert text(f"composite.about_{step}", lang) in [caption.value for caption in app.caption]
    if step in ("left_out",):
        assert app.info[0].value == text("composite.step_empty", lang)
    else:
        shown = app.dataframe[-1].value
        assert len(shown) and not [name for name in shown.columns if "_" in str(name)]


def test_files_hold_what_is_shown(run_page: RunPage, usual: Composite, monkeypatch: pytest.MonkeyPatch) -> None:
    made: dict[str, Any] = {}
    monkeypatch.setattr(st, "download_button", lambda label, **more: made.update({more["key"]: more}))
    open_steps(run_page("composite", lang="en"))
    csv = made["composite.ranks.csv"]["data"]()
    table = pd.read_csv(io.BytesIO(csv), dtype={"Region": str})
    assert table["Score"].tolist() == steps.index(usual, load_catalog())["score"].tolist()
    book = openpyxl.load_workbook(io.BytesIO(made["composite.book"]["data"]()))
    sheets = [text(f"composite.sheet_{step}", "en") for step in steps.STEPS]
    assert [name for name in book.sheetnames if name in sheets] == sheets
    assert book["Simulations"].max_row == 1001 and book["Index"].max_row == 32
    cover = [cell.value for row in book.worksheets[0].iter_rows() for cell in row]
    [address] = [value for value in cover if isinstance(value, str) and value.startswith("?parts=")]
    assert decode(parse_qs(address.lstrip("?"))) == usual.recipe


def test_a_mark_leads_to_the_printed_values_behind_it(usual: Composite) -> None:
    from pages.parts.composite_view import inputs_of

    behind = inputs_of(usual)
    assert set(behind) == set(usual.regions)
    printed = set(usual.inputs.printed["observation_id"])
    assert all(set(ids) <= printed and len(ids) >= len(usual.parts) for ids in behind.values())


# --- in a briefing ----------------------------------------------------------------------------------------------------


def test_every_chart_can_be_pinned_and_is_made_again_from_its_choices(edition: Any) -> None:
    library = Library(data_paths(edition).parquet)
    catalog = load_catalog()
    given = {**encode(Recipe(load_usual().parts, 2023, weighting="own", weights=(("output", 2.0),))), "r": ["440000"]}
    for lang, name in (("zh", "广东"), ("en", "Guangdong")):
        page = Page("briefing", lang, library.current(), catalog, GivenState("briefing", {}), False, False)
        (ranks, depends), differs = retake.charts(page, "composite", given)
        assert differs == [] and [ranks.key, depends.key] == ["composite.ranks", "composite.depends"]
        assert text("composite.depends", lang) not in ranks.say and name in set(ranks.chart.table["region_name"])
        assert (
            ranks.say.startswith({"zh": "2023年综合指数居首的是", "en": "Beijing"}[lang]) and ranks.say != depends.say
        )
        assert set(ranks.frame["indicator"]) == {part.indicator for part in load_usual().parts}
        equal, _ = retake.charts(page, "composite", {**given, "weigh": ["equal"]})
        assert list(equal[0].chart.table["score"]) != list(ranks.chart.table["score"])
        (scores, _), _ = retake.charts(page, "composite", {**given, "chart": ["scores"]})
        assert scores.key == "composite.scores"


def test_what_cannot_be_an_index_any_more_shows_nothing_in_a_briefing(edition: Any) -> None:
    library = Library(data_paths(edition).parquet)
    page = Page("briefing", "zh", library.current(), load_catalog(), GivenState("briefing", {}), False, False)
    shown, _ = retake.charts(page, "composite", {"set": ["northeast"]})
    assert shown == ()
