"""A page's charts made again from the choices of an earlier visit, without the page.

The page's own file runs as it always does, in a thread that Streamlit draws nothing for: widgets give way to the given
choices, and `frame.show` hands over what it would have drawn. So a chart that was pinned is the chart of its page, in
another language or edition too, and no page needs to know of it.
"""

from __future__ import annotations

import contextvars
import logging
import runpy
import threading
from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from pathlib import Path

import pandas as pd

from charts.chart import Chart
from pages.parts.menu import PAGES
from pages.parts.page import Page
from pages.parts.state import GivenState

FOLDER = Path(__file__).resolve().parents[1]
_LOGGER = "streamlit.runtime.scriptrunner_utils.script_run_context"


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page shows in one frame: a chart, the rows behind it, and what goes with them into exports.

    Attributes:
        key: The chart's key on its page.
        say: What the chart says, in one sentence; empty where the page says nothing.
        computed: Its numbers are no observations, so files hold its table; the rows are what it was computed from.
    """

    key: str
    chart: Chart
    frame: pd.DataFrame
    notes: tuple[str, ...]
    filters: Mapping[str, str]
    say: str
    computed: bool = False


@dataclass(slots=True)
class Taking:
    """One making of a page: the page to use, and what it has shown so far."""

    page: Page
    shown: list[Shown] = field(default_factory=list)


_TAKING: ContextVar[Taking | None] = ContextVar("taking", default=None)
_SAID: ContextVar[str] = ContextVar("said", default="")


class Over(Exception):
    """The page has shown all that it has to show."""


def now() -> Taking | None:
    """The making that this code runs in; None on a page that a reader sees."""
    return _TAKING.get()


def say(sentence: str) -> None:
    """What the next chart of the page says, in one sentence."""
    _SAID.set(sentence)


def said() -> str:
    """The sentence of the chart that is shown now; it belongs to this one alone."""
    sentence = _SAID.get()
    _SAID.set("")
    return sentence


def charts(
    page: Page, name: str, given: Mapping[str, Sequence[str]], *, narrow: bool = False
) -> tuple[tuple[Shown, ...], list[str]]:
    """What a page shows for given choices, in the language and edition of `page`, and the choices that had to give way.

    Args:
        narrow: As on a phone; files and screens have the wide form.
    Raises:
        FileNotFoundError: There is no such page, or it is one that has no charts of its own.
        Exception: Whatever the page raises.
    """
    path = FOLDER / f"{name}.py"
    if name not in PAGES or name == page.name or not path.is_file():
        raise FileNotFoundError(name)
    state = GivenState(name, given)
    taking = Taking(replace(page, name=name, state=state, narrow=narrow))
    failed: list[BaseException] = []

    def run() -> None:
        _TAKING.set(taking)
        _SAID.set("")
        try:
            runpy.run_path(str(path), run_name=f"retaken_{name}")
        except Over:
            pass
        except BaseException as error:  # noqa: BLE001 - it is raised again where somebody waits for it
            failed.append(error)

    thread = threading.Thread(target=contextvars.Context().run, args=(run,), name=f"retake {name}")
    thread.start()
    thread.join()
    if failed:
        raise failed[0]
    return tuple(taking.shown), state.differs()


def _silence(record: logging.LogRecord) -> bool:
    """Streamlit warns of every call outside a visit; here that is meant."""
    return _TAKING.get() is None


logging.getLogger(_LOGGER).addFilter(_silence)
