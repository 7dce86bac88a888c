"""The reader's choice lives in the URL: codes, not labels, so that a link means the same in both languages.

Widgets are filled from the URL when a link is opened (or the browser's back button is used), from the session when
a page is
visited again, else with the page's default. After each run the URL is written: what differs from the default, and
the language.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

_KEY = "_choices"
_ANEW = "_draw_anew"
LANGUAGE = "lang"


def draw_anew() -> None:
    """Tell the browser every widget's value again in the next run.

    For a run that the browser itself starts at once: it may overtake the first one on its way to the screen, and
    widgets
    would then stand at their defaults beside a page that shows something else.
    """
    st.session_state[_ANEW] = True


class UrlState:
    """One run's view of the choices of a page. Values are lists of short strings, as in a query.

    Attributes:
        values: Widget's key -> its value.
        chosen: What the widgets of this run stand for, defaults too: what a page is made from.
        silent: Whether a page is made from given choices alone, with no widgets to be seen.
    """

    silent = False

    def __init__(self, page: str) -> None:
        self.page = page
        self.values: Any = st.session_state
        self.chosen: dict[str, list[str]] = {}
        self._memory: dict[str, Any] = st.session_state.setdefault(
            _KEY, {"written": None, "values": {}, "defaults": {}, "page": None}
        )
        arrived = {name: st.query_params.get_all(name) for name in st.query_params}
        # An empty query is a visit through the navigation: the session's choices stay. Any other query that we did not
        # write
        # ourselves was typed, followed or gone back to: it is the whole truth about this page.
        followed = bool(arrived) and arrived != self._memory["written"]
        self.followed: dict[str, list[str]] | None = arrived if followed else None
        self._shown: dict[str, list[str]] = {}
        self._anew = bool(st.session_state.pop(_ANEW, False))

    def fill(self, name: str, key: str, default: Any, decode: Any) -> None:
        """Put the starting value of a widget into its session key, when the widget is new or a link was followed.

        A widget that still shows its default goes with it when other choices move it, as the URL, which leaves
        defaults out, would.

        Args:
            decode: Called with the list of strings; returns the widget's value, or None when they mean nothing here
                (a region that the
                page does not offer, a damaged link): then the default is used.
        """
        before = self._memory["defaults"].get(key)
        self._memory["defaults"][key] = default
        if self.followed is not None:
            given = self.followed.get(name)
        elif key in st.session_state:
            if before is not None and st.session_state[key] == before:
                st.session_state[key] = default
            elif self._anew:
                # Setting a value, even the same, is what makes Streamlit send it.
                st.session_state[key] = st.session_state[key]
            return
        else:
            given = self._memory["values"].get(name)
        value = decode(given) if given else None
        st.session_state[key] = default if value is None else value

    def keep(self, name: str, values: Sequence[str], default: Sequence[str]) -> None:
        """Remember what a widget shows, for the URL and for other pages."""
        chosen = [str(value) for value in values]
        self.chosen[name] = chosen
        if chosen == [str(value) for value in default]:
            self._memory["values"].pop(name, None)
        else:
            self._memory["values"][name] = chosen
            self._shown[name] = chosen

    def write(self, lang: str) -> None:
        """Make the URL say what is shown."""
        query = {LANGUAGE: [lang], **self._shown}
        if {name: st.query_params.get_all(name) for name in st.query_params} != query:
            st.query_params.from_dict(query)
        self._memory.update(written=query, page=self.page)


class GivenState(UrlState):
    """Choices that were made before, for a page that is made again without its widgets."""

    silent = True

    def __init__(self, page: str, given: Mapping[str, Sequence[str]]) -> None:
        self.page = page
        self.values = {}
        self.chosen = {}
        self._given = {name: list(values) for name, values in given.items()}

    def fill(self, name: str, key: str, default: Any, decode: Any) -> None:
        given = self._given.get(name)
        value = decode(given) if given else None
        self.values[key] = default if value is None else value

    def keep(self, name: str, values: Sequence[str], default: Sequence[str]) -> None:
        self.chosen[name] = [str(value) for value in values]

    def write(self, lang: str) -> None:
        """Nothing: there is no address."""

    def differs(self) -> list[str]:
        """The given choices that could not be kept: what they name is no longer offered."""
        return [name for name, values in self.chosen.items() if name in self._given and self._given[name] != values]
