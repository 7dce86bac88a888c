"""Every value leads to its source in at most two clicks."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from indicators.queries import Edition, Library
from indicators.selection import Selection
from tools.browser import ROOT, Server, act, visit

#: The middle of a drawn point on the screen, and the observation that it stands for: the n-th, or the one named.
POINT = """(wanted) => {
  let number = typeof wanted === 'number' ? wanted : 0;
  for (const chart of document.querySelectorAll('.js-plotly-plot')) {
    for (const drawn of chart.querySelectorAll('.point')) {
      const trace = chart.calcdata.find((points) => points.includes(drawn.__data__))?.[0].trace;
      const id = [trace?.customdata?.[drawn.__data__.i]].flat()[0];
      if (typeof id !== 'string' || (typeof wanted === 'string' && id !== wanted) || number-- > 0) continue;
      drawn.scrollIntoView({block: 'center'});
      const box = drawn.getBoundingClientRect();
      return {id, x: box.x + box.width / 2, y: box.y + box.height / 2};
    }
  }
  return null;
}"""
HEADER = 36
"""Pixels of a table's row of headings, roughly; the first row of values begins below."""


@pytest.fixture(scope="module")
def edition(data_root: Path) -> Edition:
    return Library(data_root / "parquet").current()


def click_point(page: Page, wanted: int | str) -> str:
    """Click a point of the page's charts, by its number or its observation; gives its observation."""
    point = page.evaluate(POINT, wanted)
    assert point, "no such point with an observation behind it"
    page.mouse.move(point["x"], point["y"])
    act(page, lambda: page.mouse.click(point["x"], point["y"]))
    return str(point["id"])


def evidence(page: Page, edition: Edition) -> list[str]:
    """The observations whose evidence is open; each has what was printed marked, and its source named."""
    dialog = page.get_by_role("dialog")
    said = dialog.text_content() or ""
    marks = [(mark.text_content() or "").strip() for mark in dialog.locator("mark").all()]
    ids = [name for name in dict.fromkeys(re.findall(r"\b[0-9a-f]{12}\b", said)) if edition.observation(name)]
    assert ids, f"no evidence is open: {said[:200]}"
    printed = []
    for name in ids:
        row = edition.observation(name)
        assert row is not None
        source = edition.source(row["source_id"])
        assert source is not None
        assert source["title_zh"] in said or source["title_en"] in said
        printed.append(row["printed"])
    # Below, other values of the same observation may stand, each with a mark of its own.
    assert marks[: len(printed)] == printed
    return ids


@pytest.mark.parametrize("number", [0, 7])
@pytest.mark.parametrize("path", ["/compare", "/trends"])
def test_a_point_leads_to_what_was_printed(
    browser: Browser, server: Server, edition: Edition, path: str, number: int
) -> None:
    with visit(browser, server, "zh") as reader:
        page = reader.open(path)
        name = click_point(page, number)
        assert evidence(page, edition) == [name]


def test_a_derived_point_leads_to_all_that_it_was_made_of(browser: Browser, server: Server, edition: Edition) -> None:
    with visit(browser, server, "zh") as reader:
        page = reader.open("/compare?basis=per_head")
        click_point(page, 0)
        assert len(evidence(page, edition)) == 2


def reports() -> list[str]:
    """The reports of the project: the files that have a region in their front matter."""
    files = sorted((ROOT / "data" / "reports").glob("*.md"))
    return [path.stem for path in files if "region_code:" in path.read_text(encoding="utf-8")]


@pytest.mark.parametrize("report", reports())
def test_a_figure_of_each_report_leads_to_its_sentence(
    browser: Browser, server: Server, edition: Edition, report: str
) -> None:
    source = edition.source(f"reports/{report}")
    assert source is not None
    rows = edition.observations(Selection(origins=("report",), measures=("level",)))
    row = rows.loc[rows["source_id"] == source["source_id"]].iloc[0]
    with visit(browser, server, "zh") as reader:
        page = reader.open(f"/compare?mode=figures&plans=1&i={row['indicator']}&measure=level.{row['unit']}")
        click_point(page, row["observation_id"])
        assert evidence(page, edition) == [row["observation_id"]]
        sentence = page.locator(".evidence-sentence").inner_text()
        assert row["printed"] in sentence
        assert sentence.strip("…") in source["body"].replace("\n", " ")


@pytest.mark.parametrize("name", ["overview", "region"])
def test_a_headline_leads_to_what_was_printed(browser: Browser, server: Server, edition: Edition, name: str) -> None:
    with visit(browser, server, "zh") as reader:
        page = reader.open("/" if name == "overview" else f"/{name}")
        act(page, page.locator(f"[class*='st-key-{name}-source-'] button").first.click)
        assert evidence(page, edition)


@pytest.mark.parametrize(("path", "x"), [("/data", 14), ("/region", 150), ("/reports?source=tables/gdp", 150)])
def test_a_row_of_a_table_leads_to_what_was_printed(
    browser: Browser, server: Server, edition: Edition, path: str, x: int
) -> None:
    with visit(browser, server, "zh") as reader:
        page = reader.open(path)
        table = page.get_by_test_id("stDataFrame").first
        table.scroll_into_view_if_needed()
        act(page, lambda: table.click(position={"x": x, "y": HEADER + 16}))
        assert evidence(page, edition)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_evidence_can_be_read_on_a_phone(
    browser: Browser, server: Server, edition: Edition, layout: str, lang: str
) -> None:
    with visit(browser, server, lang, 390) as reader:
        for path in ("/compare", "/compare?i=incubators"):
            page = reader.open(path)
            click_point(page, 0)
            assert evidence(page, edition)
            assert (path, page.evaluate(layout)) == (path, [])
