"""What a reader sees and does on an open page, in terms of what is on the screen."""

from typing import Any

from playwright.sync_api import Locator, Page

from tools.browser import act

#: What is shown: the heading, what each widget says, and the numbers of each chart.
SHOWN = """() => {
  const main = document.querySelector('[data-testid=stMain]');
  const words = (node) => node.textContent.replace(/\\s+/g, ' ').trim();
  const widgets = {};
  for (const box of main.querySelectorAll('[data-testid=stElementContainer][class*="st-key-"]')) {
    const key = [...box.classList].find((name) => name.startsWith('st-key-'));
    const inputs = [...box.querySelectorAll('input')].map((input) => (
      ['checkbox', 'radio'].includes(input.type) ? input.checked : input.value));
    const marked = [...box.querySelectorAll('[aria-checked=true], [aria-pressed=true]')].map(words);
    const tags = [...box.querySelectorAll('[data-testid=stMultiSelectTagsContainer]')].map(words);
    if (inputs.length || marked.length || tags.length) widgets[key] = [inputs, marked, tags];
  }
  const numbers = (column) => (column == null ? null : Array.from(column, (cell) => (
    cell != null && cell.length !== undefined && typeof cell !== 'string' ? Array.from(cell) : cell)));
  const charts = [...document.querySelectorAll('.js-plotly-plot')].map((chart) => chart.data.map((trace) => (
    [trace.type, trace.name ?? null, numbers(trace.x), numbers(trace.y), numbers(trace.z)])));
  return {titles: [...main.querySelectorAll('h1')].map(words), widgets, charts};
}"""


def shown(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate(SHOWN)
    return found


def widgets(page: Page, name: str) -> Locator:
    """The widgets of the page `name` itself, without those of the dashboard's head."""
    return page.locator(f"[data-testid=stMain] [data-testid=stElementContainer][class*='st-key-{name}-']")


def segments(page: Page, name: str) -> Locator:
    """The rows of choices, side by side, of which one is chosen."""
    return widgets(page, name).locator("[role=radiogroup]:visible")


def choose_segment(page: Page, name: str) -> bool:
    """Press the first button of a row of choices that is not chosen; False where the page has none."""
    other = segments(page, name).locator("[role=radio][aria-checked=false]").first
    if not other.count():
        return False
    act(page, other.click)
    return True


def choose_option(page: Page, name: str) -> bool:
    """Choose another option of the first select box; False where the page has none, or only one option."""
    box = widgets(page, name).locator("[data-testid=stSelectbox] input[role=combobox]:visible").first
    if not box.count():
        return False
    box.click()
    other = page.locator("[role=option][aria-selected=false]").first
    if not other.count():
        page.keyboard.press("Escape")
        return False
    act(page, other.click)
    return True
