"""What each page costs its reader, against a bare Streamlit page with the same widgets, charts and tables.

`make bench`, or `python -m benchmarks.pages`: needs a built edition and a Chromium or Chrome on the path. For each page
it measures, in the browser, the first load with an empty cache and the round trip of one choice, of the page and of its
bare twin in turn, and prints medians in milliseconds with their ratio. Ends with 1 when a ratio is above --limit.
"""

from __future__ import annotations

import argparse
import pickle
import re
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser
from playwright.sync_api import Page as Tab
from streamlit.logger import set_log_level

from benchmarks.record import Recorder, recording
from tools.apptest import open_page, through_navigation
from tools.browser import Server, Visit, act, chromium, serve, visit

BARE = "benchmarks/bare/app.py"
LANG = "zh"


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice on a page: the key of its widget, and the value that the round trip goes to (and back from)."""

    page: str
    key: str
    value: str

    @property
    def path(self) -> str:
        return "/" if self.page == "overview" else f"/{self.page}"

    @property
    def place(self) -> str:
        """The widget on the screen."""
        return ".st-key-" + re.sub(r"[^\w-]", "-", self.key)


CHOICES = (
    Choice("overview", "overview.by", "regions"),
    Choice("trends", "trends.mode", "growth"),
    Choice("compare", "compare.mode", "change"),
    Choice("region", "region.peers", "level"),
    Choice("composite", "composite.chart", "scores"),
    Choice("reports", "reports.view", "numbers"),
    Choice("data", "data.theme", "research"),
    Choice("method", "method.part", "comparing"),
)


@dataclass(frozen=True, slots=True)
class Runs:
    """How often each page is loaded, and its choice made."""

    loads: int
    trips: int


@dataclass(slots=True)
class Times:
    """Milliseconds of the page and of its bare twin."""

    page: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)

    @property
    def ratio(self) -> float:
        return median(self.page) / median(self.bare)

    def said(self) -> str:
        return f"{median(self.page):8.0f} {median(self.bare):8.0f} {self.ratio:6.2f}"


def record(recorder: Recorder, choice: Choice, folder: Path) -> tuple[str, str]:
    """Write down what a page asks of Streamlit before and after the choice.

    Returns:
        The words of the choice's first and second value, as on the screen.
    Raises:
        RuntimeError: The page shows an error, or has no such choice.
    """
    app = open_page(choice.page, {"lang": LANG})
    recorder.clear()
    app.run()
    before = list(recorder.steps)
    widget = next((one for one in [*app.button_group, *app.selectbox] if one.key == choice.key), None)
    if app.exception or widget is None:
        known = [one.key for one in [*app.button_group, *app.selectbox]]
        raise RuntimeError(f"{choice}: {[error.value for error in app.exception]}; widgets: {known}")
    words = (widget.format_func(widget.value), widget.format_func(choice.value))
    recorder.clear()
    widget.set_value(choice.value)
    app.run()
    recorded = {"widget": choice.key, "value": words[1], "before": before, "after": list(recorder.steps)}
    (folder / f"{choice.page}.pickle").write_bytes(pickle.dumps(recorded))
    return words


def opened(reader: Visit, choice: Choice) -> Tab:
    """The page in the browser.

    Raises:
        RuntimeError: It shows an error; the message has what its server says of it.
    """
    tab = reader.open(choice.path)
    if tab.locator("[data-testid=stException]").count():
        raise RuntimeError(f"{tab.url} shows an error\n{reader.server.said()}")
    return tab


def first_load(browser: Browser, server: Server, choice: Choice) -> float:
    """Milliseconds from asking for the page, with an empty cache, to the page drawn."""
    with visit(browser, server, LANG) as reader:
        return float(opened(reader, choice).evaluate("window.__rest"))


def choose(tab: Tab, choice: Choice, words: str) -> float:
    """Make the choice; milliseconds from the press to the page drawn."""
    place = tab.locator(choice.place)
    button = place.get_by_role("radio", name=words, exact=True)
    if button.count():
        return act(tab, button.click)
    place.get_by_role("combobox").click()
    return act(tab, tab.get_by_role("option", name=words, exact=True).click)


def measure(
    browser: Browser, ours: Server, bare: Server, choice: Choice, words: tuple[str, str], runs: Runs
) -> tuple[Times, Times]:
    """First loads and round trips of a page and its twin, in turn, so that both meet the same weather."""
    loads, trips = Times(), Times()
    for number in range(runs.loads + 1):
        page, twin = first_load(browser, ours, choice), first_load(browser, bare, choice)
        if number:  # the first fills the server's own caches
            loads.page.append(page)
            loads.bare.append(twin)
    with visit(browser, ours, LANG) as reader, visit(browser, bare, LANG) as other:
        page_tab, bare_tab = opened(reader, choice), opened(other, choice)
        for number in range(runs.trips + 2):
            target = words[(number + 1) % 2]
            page, twin = choose(page_tab, choice, target), choose(bare_tab, choice, target)
            if number > 1:
                trips.page.append(page)
                trips.bare.append(twin)
    return loads, trips


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("pages", nargs="*", help="names of pages (default: all)")
    parser.add_argument("--loads", type=int, default=5, help="first loads of each page (default: 5)")
    parser.add_argument("--trips", type=int, default=12, help="round trips of each page (default: 12)")
    parser.add_argument("--limit", type=float, default=1.5, help="highest ratio allowed (default: 1.5)")
    options = parser.parse_args()
    chosen = [choice for choice in CHOICES if not options.pages or choice.page in options.pages]
    set_log_level("ERROR")  # Streamlit warns that there is no server, while pages are recorded
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with recording() as recorder, through_navigation():
            # All of them: the bare pages link to each other as the pages do.
            words = {choice: record(recorder, choice, folder) for choice in CHOICES}
        print(
            f"{'':10} {'first load, ms':>24} {'round trip, ms':>26}\n{'page':10}"
            + f"{'page':>8} {'bare':>8} {'ratio':>6}   " * 2
        )
        worst = 0.0
        with chromium() as browser, serve() as ours, serve(BARE, {"BARE_RECORDINGS": str(folder)}) as bare:
            for choice in chosen:
                loads, trips = measure(browser, ours, bare, choice, words[choice], Runs(options.loads, options.trips))
                print(f"{choice.page:10}{loads.said()}   {trips.said()}", flush=True)
                worst = max(worst, loads.ratio, trips.ratio)
    return int(worst > options.limit)


if __name__ == "__main__":
    sys.exit(main())
