"""The Reports page: every number of a text marked by its class, sums that add up, links to a place, tables as printed."""

import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from etl.extract.model import REASONS
from etl.read.report import KINDS
from indicators.labels import LANGUAGES, has, text
from indicators.observation import DOUBTFUL
from indicators.paths import data_paths
from indicators.queries import Edition, Library
from indicators.scores import load_scores
from pages.parts.reports_text import HERE, Marked, blocks, holds, legend, render, section_of

RunPage = Callable[..., AppTest]


@pytest.fixture
def built(edition: Any) -> Edition:
    return Library(data_paths(edition).parquet).current()


def reports_of(built: Edition) -> list[str]:
    return list(built.sources.loc[built.sources["origin"] == "report", "source_id"])


def said(app: AppTest) -> str:
    return "\n".join(part.proto.body for part in app.get("html"))


def text_of(page: str) -> str:
    """The report's own text within everything that the page shows."""
    start = page.index('<div class="report"')
    return page[start : page.index("</div>", start)]


def plain(markup: str) -> str:
    """What a reader sees of the text: tags off, entities back."""
    return html.unescape(re.sub(r"<[^>]+>", "", markup))


# --- the text, without a page ---------------------------------------------------------------------------------------

BODY = "# 一、成效\n\n2020年，高企12家，目标20家。\n## 其他\n<b>3</b>件\n二、无号标题\n尾句1个\n"


def mark(words: str, kind: str, told: str = "t", after: int = 0) -> Marked:
    start = BODY.index(words, after)
    return Marked(start, start + len(words), kind, told)


MARKS = [
    mark("2020年", "none"),
    mark("12家", "observation"),
    mark("20家", "target"),
    mark("3", "unmapped"),
    mark("1个", "requirement"),
]


def test_headings_lose_their_sign_and_keep_their_place() -> None:
    found = list(blocks(BODY, {"二、无号标题"}))
    assert [(BODY[block.start : block.end], block.level) for block in found] == [
        ("一、成效", 1), ("2020年，高企12家，目标20家。", 0), ("其他", 2), ("<b>3</b>件", 0), ("二、无号标题", 2), ("尾句1个", 0),
    ]  # fmt: skip
    headings = [block for block in found if block.level]
    assert section_of(BODY, headings, BODY.index("3</b>")) == "其他"
    assert section_of("1\n# a", [], 0) is None


def test_every_character_of_the_text_is_there_once_and_escaped() -> None:
    made = render(BODY, MARKS)
    assert "<b>" not in made
    assert "&lt;b&gt;" in made
    lines = [BODY[block.start : block.end] for block in blocks(BODY)]
    assert plain(made) == "".join(lines)


def test_each_class_has_its_own_style_and_text_for_the_pointer() -> None:
    made = render(BODY, [mark("12家", "observation", 'a "quoted" <hint>')])
    assert '<mark class="number number-observation" title="a &quot;quoted&quot; &lt;hint&gt;">12家</mark>' in made


def test_marks_that_overlap_lose_no_character() -> None:
    start = BODY.index("12家")
    made = render(BODY, [Marked(start, start + 3, "observation", ""), Marked(start + 1, start + 5, "none", "")])
    assert plain(made) == plain(render(BODY, []))


def test_a_link_marks_the_number_that_it_points_into() -> None:
    place = BODY.index("20家")
    made = render(BODY, MARKS, at=place + 1)
    assert made.count(f'id="{HERE}"') == 1
    assert f'id="{HERE}" title="t">20家' in made
    assert holds(MARKS, place)
    assert not holds(MARKS, BODY.index("高企"))
    assert not holds(MARKS, None)


def test_a_legend_gives_the_counts() -> None:
    made = legend([("observation", "1", "<obs>", 1234)], "sum")
    assert "&lt;obs&gt;" in made
    assert "<b>1,234</b>" in made


# --- labels ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_of_the_reader_has_words(reason: str) -> None:
    assert has(f"reports.reason_{reason}"), f"add reason_{reason} to data/catalog/labels/reports.yml"


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_report_has_words(kind: str) -> None:
    assert has(f"reports.kind_{kind}")


# --- the page -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_opens_with_a_report_whose_classes_add_up(run_page: RunPage, built: Edition, lang: str) -> None:
    app = run_page("reports", lang=lang)
    chosen = app.selectbox(key="reports.source").value
    assert chosen in reports_of(built)
    counts = [int(n.replace(",", "")) for n in re.findall(r"<b>([\d,]+)</b>", said(app))]
    total = len(built.ledger(chosen))
    assert sum(counts) == total
    assert text("reports.total", lang, n=f"{total:,}") in said(app)


def test_every_number_of_every_report_is_marked_in_its_text(run_page: RunPage, built: Edition) -> None:
    for source in reports_of(built):
        made = said(run_page("reports", source=source))
        body = text_of(made)
        marked = re.findall(r'<mark class="number number-(\w+)"[^>]*>([^<]*)</mark>', body)
        ledger = built.ledger(source)
        assert [html.unescape(words) for _, words in marked] == list(ledger["text"]), source
        classes = {"none": "not_figure", "unmapped": "unmapped"}
        assert [classes.get(kind, "figure") for kind, _ in marked] == list(ledger["kind"]), source
        assert "#" not in plain(body)


def test_targets_do_not_look_like_actual_values(run_page: RunPage, built: Edition) -> None:
    for source in reports_of(built):
        figures = built.figures(source)
        wanted = set(figures.loc[figures["indicator"].notna() & (figures["status"] == "target"), "start"])
        made = said(run_page("reports", source=source))
        body = text_of(made)
        assert len(re.findall("number-target", body)) == len(wanted), source


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_link_to_a_place_marks_it_and_goes_there(run_page: RunPage, built: Edition, lang: str) -> None:
    source = reports_of(built)[0]
    place = int(built.figures(source)["start"].iloc[-1])
    app = run_page("reports", lang=lang, source=source, at=str(place))
    assert said(app).count(f'id="{HERE}"') == 1
    assert app.query_params["at"] == str(place)
    other = reports_of(built)[1]
    app.selectbox(key="reports.source").set_value(other).run()
    assert f'id="{HERE}"' not in said(app)
    assert "at" not in app.query_params


@pytest.mark.parametrize("at", ["x", "-1", "99999999", "²"])
def test_a_damaged_place_is_left_out(run_page: RunPage, built: Edition, at: str) -> None:
    app = run_page("reports", source=reports_of(built)[0], at=at)
    assert f'id="{HERE}"' not in said(app)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_numbers_as_a_table_can_be_filtered_by_class(run_page: RunPage, built: Edition, lang: str) -> None:
    source = max(reports_of(built), key=lambda name: len(built.ledger(name)))
    app = run_page("reports", lang=lang, source=source, view="numbers")
    ledger, figures = built.ledger(source), built.figures(source)
    assert len(app.dataframe[0].value) == len(figures) + int((ledger["kind"] == "not_figure").sum())
    app.segmented_control(key="reports.show").set_value("none").run()
    table = app.dataframe[0].value
    assert set(table[text("reports.column_class", lang)]) == {text("reports.class_none", lang)}
    assert table[text("reports.column_what", lang)].notna().all()
    app.segmented_control(key="reports.show").set_value("observation").run()
    assert len(app.dataframe[0].value) == int(figures["indicator"].notna().sum())
    assert app.query_params["show"] == "observation"


def test_a_table_stands_as_printed(run_page: RunPage, built: Edition) -> None:
    app = run_page("reports", source="tables/gdp")
    cells = built.table_cells("tables/gdp")
    grid = app.dataframe[0].value.set_index(text("data.column_region", "zh"))
    assert grid.count().sum() == len(cells)
    for cell in cells.sample(40, random_state=1).itertuples():
        assert grid.at[cell.row, cell.column] == cell.printed
    assert "亿元" in said(app)


def test_columns_of_a_table_are_explained_with_their_units(run_page: RunPage) -> None:
    made = plain(said(run_page("reports", lang="en", source="tables/lme_rd_2008")))
    assert "2008 · ten thousand yuan" in made
    assert "2008 · person-years" in made


def test_all_sources_can_be_chosen(run_page: RunPage, built: Edition) -> None:
    assert len(run_page("reports").selectbox(key="reports.source").options) == len(built.sources)


def test_doubtful_figures_are_listed_for_review_the_least_sure_first(run_page: RunPage, built: Edition) -> None:
    source, doubtful = next(
        (name, found)
        for name in reports_of(built)
        if len(found := built.figures(name).query("indicator.notna() and confidence < @DOUBTFUL"))
    )
    app = run_page("reports", source=source, view="numbers", show="doubtful")
    shown = app.dataframe[0].value
    assert len(shown) == len(doubtful)
    sure = [int(cell.rstrip("%")) for cell in shown[text("reports.column_sure", "zh")]]
    assert sure == sorted(sure) and max(sure) < 100 * DOUBTFUL
    assert set(shown[text("reports.column_rule", "zh")]) == {text(f"rules.{rule}", "zh") for rule in doubtful["rule"]}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_way_of_reading_has_words(built: Edition, lang: str) -> None:
    rules = {rule for name in reports_of(built) for rule in built.figures(name)["rule"]}
    assert all(
        has(f"rules.{rule}") and text(f"rules.{rule}", lang) for rule in rules | set(load_scores()["invented"].rules)
    )


def test_cells_that_contradict_are_marked_and_told_beside_the_table(run_page: RunPage) -> None:
    app = run_page("reports", source="tables/incubation_national")
    assert text("reports.cells_flagged", "zh", n=3) in [caption.value for caption in app.caption]
    styles = app.dataframe[0].proto.arrow_data.styler.styles
    assert styles.count("background-color") >= 1
    assert any("3259.1–3261.7" in part.value for part in app.markdown)
    clean = run_page("reports", source="tables/gdp")
    assert not clean.dataframe[0].proto.arrow_data.styler.styles


def test_a_number_that_contradicts_another_is_underlined() -> None:
    made = render(BODY, [Marked(*(BODY.index("12家"), BODY.index("12家") + 3), "observation", "told", flagged=True)])
    assert '<mark class="number number-observation" data-flagged title="told">12家</mark>' in made
