"""The briefing that a reader is putting together: kept in the session, and by the browser between visits."""

from __future__ import annotations

import streamlit as st

from pages.parts import briefing
from pages.parts.briefing import Briefing, BriefingError, Slide
from pages.parts.page import Page

_KEY = "_briefing"


def current() -> Briefing:
    found = st.session_state.get(_KEY)
    return found if isinstance(found, Briefing) else Briefing()


def put(changed: Briefing) -> None:
    st.session_state[_KEY] = changed


def text_to_keep() -> str | None:
    """What the browser is to keep; None while the session has no briefing and the browser's own may come back."""
    return briefing.to_json(st.session_state[_KEY]) if _KEY in st.session_state else None


def bring_back(kept: str | None) -> None:
    """Take what the browser kept, unless this session has a briefing already."""
    if kept and _KEY not in st.session_state:
        try:
            put(briefing.from_json(kept))
        except BriefingError:
            put(Briefing())  # of an older or damaged kind; a new one replaces it


def button(page: Page, key: str) -> None:
    """Pin the chart as it stands. `key` is that of its frame."""
    st.button(
        page.text("common.pin"), key=f"{key}.pin", icon=":material/keep:", type="tertiary",
        on_click=_add, args=(page, key),
    )  # fmt: skip


def _add(page: Page, key: str) -> None:
    # By the time that somebody clicks, the page has noted all choices it was made from.
    slide = Slide(page.name, key, {name: tuple(values) for name, values in page.state.chosen.items()})
    pinned = current()
    if any((one.page, one.key, one.given) == (slide.page, slide.key, slide.given) for one in pinned.slides):
        st.toast(page.text("common.pinned_already"), icon=":material/keep:")
    elif len(pinned.slides) >= briefing.MOST_SLIDES:
        st.toast(page.text("common.pinned_full", n=briefing.MOST_SLIDES), icon=":material/warning:")
    else:
        put(pinned.added(slide))
        st.toast(page.text("common.pinned", n=len(pinned.slides) + 1), icon=":material/keep:")
