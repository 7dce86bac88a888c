"""What every page starts with: language, edition, catalogue, and the state of its choices."""

from __future__ import annotations

import atexit
import gc

import streamlit as st

from indicators.catalog import load_catalog
from indicators.errors import NoEditionError
from indicators.labels import LANGUAGES, Lang, text
from indicators.paths import data_paths
from indicators.queries import Library
from pages.parts import evidence, pins, retake
from pages.parts.page import Page
from pages.parts.state import LANGUAGE, UrlState, draw_anew

NARROW_PIXELS = 640
_STATE = "_state"
# A briefing is kept under one name for all windows: the last change counts.
_BROWSER_SCRIPT = """
export default function ({ setStateValue, data }) {
  try {
    const kept = window.localStorage.getItem("briefing")
    if (data.briefing !== null) window.localStorage.setItem("briefing", data.briefing)
    else if (kept) setStateValue("briefing", kept)
  } catch { /* the browser keeps nothing: the briefing lives as long as its window */ }
  const tell = () => setStateValue("narrow", window.innerWidth < data.pixels)
  if ((window.innerWidth < data.pixels) !== data.narrow) tell()
  const query = window.matchMedia(`(max-width: ${data.pixels - 1}px)`)
  query.addEventListener("change", tell)
  return () => query.removeEventListener("change", tell)
}
"""


@st.cache_resource
def _library(folder: str) -> Library:
    return Library(data_paths(folder).parquet)


@st.cache_resource
def warm() -> None:
    """Streamlit collects garbage after every run; what lives for ever need not be looked at each time (60 to 110
    ms).
    """
    load_catalog()
    gc.collect()
    gc.freeze()
    atexit.register(gc.unfreeze)  # frozen connections are reported as leaks when the server stops


def library() -> Library:
    return _library(str(data_paths().root))


def browser_language() -> Lang:
    """Chinese for a browser that asks for it or does not say; English for every other language."""
    locale = st.context.locale or "zh"
    return "zh" if locale.lower().startswith("zh") else "en"


def begin(name: str) -> Page:
    """Start a page: its state, the current edition, title and question. Ends the run with the way out when nothing
    was built.
    """
    if taking := retake.now():
        return taking.page
    retake.say("")  # A run that broke off may have left its sentence.
    if _STATE not in st.session_state:
        # The first request of a fresh server runs a file of pages/ by itself, without the entry script: Streamlit finds
        # the
        # folder before it knows of st.navigation. Any call of it ends that; then the entry script is run.
        st.navigation(
            [st.Page("dashboard.py", default=True), st.Page(f"pages/{name}.py", url_path=name)], position="hidden"
        )
        st.rerun()
    lang: Lang = st.session_state.get(LANGUAGE) or browser_language()
    state: UrlState = st.session_state[_STATE]
    state.page = name
    try:
        edition = library().current()
    except NoEditionError:
        st.title(text(f"{name}.title", lang))
        st.error(text("common.no_edition", lang), icon=":material/database_off:")
        st.code("python -m etl build", language="shell")
        st.stop()
    page = Page(name, lang, edition, load_catalog(), state, st.context.theme.type == "dark", _narrow())
    st.title(page.text("title"), anchor=False)
    st.caption(page.text("question"))
    return page


def finish(page: Page) -> None:
    """End a page: the URL says what is shown, and evidence that was asked for opens."""
    if retake.now():
        return
    page.state.write(page.lang)
    evidence.open_if_asked(page)


def choose_language() -> Lang:
    """The language switch of the dashboard's head; fills from the URL, else from the browser."""
    state = UrlState("")
    st.session_state[_STATE] = state

    def decode(values: list[str]) -> Lang | None:
        return next((lang for lang in LANGUAGES if lang == values[0]), None)

    state.fill(LANGUAGE, LANGUAGE, browser_language(), decode)
    lang: Lang = st.session_state[LANGUAGE]
    with st.container(key="language"):
        st.segmented_control(
            text("common.language", lang),
            LANGUAGES,
            format_func=lambda code: text(f"common.language_{code}", code),
            key=LANGUAGE,
            required=True,
            label_visibility="collapsed",
        )
    return lang


def _narrow() -> bool:
    """Whether the window is a phone's. Only the browser knows; it tells once, when it differs from what we believe.

    The same part keeps the briefing between visits.
    """
    known = bool(st.session_state.get("_narrow", False))
    browser = st.components.v2.component("browser", js=_BROWSER_SCRIPT)
    result = browser(
        data={"pixels": NARROW_PIXELS, "narrow": known, "briefing": pins.text_to_keep()},
        key="browser",
        default={"narrow": known, "briefing": None},
        on_narrow_change=draw_anew,
        on_briefing_change=draw_anew,
    )
    pins.bring_back(result.briefing)
    st.session_state["_narrow"] = bool(result.narrow)
    return bool(result.narrow)
