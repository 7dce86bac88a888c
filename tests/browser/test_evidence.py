"""Every value leads to its source in at most two clicks."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from indicators.queries import Edition, Library
from tools.browser import Server, act, visit

#: The middle of the n-th drawn point on the screen, and the observation that it stands for.
POINT = """(number) => {
  for (const chart of document.querySelectorAll('.js-plotly-plot')) {
    for (const drawn of chart.querySelectorAll('.point')) {
      const trace = chart.calcdata.find((points) => points.includes(drawn.__data__))?.[0].trace;
      const id = [trace?.customdata?.[drawn.__data__.i]].flat()[0];
      if (typeof id !== 'string' || number-- > 0) continue;
      drawn.scrollIntoView({block: 'center'});
      const box = drawn.getBoundingClientRect();
      return {id, x: box.x + box.width / 2, y: box.y + box.height / 2};
    }
  }
  return null;
}"""


@pytest.fixture(scope="module")
def edition(data_root: Path) -> Edition:
    return Library(data_root / "parquet").current()


def click_point(page: Page, number: int) -> str:
    """Click the n-th point of the page's charts; gives the observation that it stands for."""
    point = page.evaluate(POINT, number)
    assert point, "no point with an observation behind it"
    page.mouse.move(point["x"], point["y"])
    act(page, lambda: page.mouse.click(point["x"], point["y"]))
    return str(point["id"])


def assert_evidence(page: Page, edition: Edition, observation_id: str) -> None:
    """The open dialog marks what was printed for this observation, and names its source."""
    row = edition.observation(observation_id)
    assert row is not None
    source = edition.source(row["source_id"])
    assert source is not None
    dialog = page.get_by_role("dialog")
    assert [mark.strip() for mark in dialog.locator("mark").all_inner_texts()] == [row["printed"]]
    assert source["title_zh"] in dialog.inner_text()


@pytest.mark.parametrize("number", [0, 7])
@pytest.mark.parametrize("path", ["/compare", "/trends"])
def test_a_click_on_a_point_opens_its_source(browser: Browser, server: Server, edition: Edition, path: str, number: int) -> None:
    with visit(browser, server, "zh") as reader:
        page = reader.open(path)
        observation_id = click_point(page, number)
        assert_evidence(page, edition, observation_id)
