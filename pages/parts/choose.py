"""Widgets whose choice lives in the URL. Each returns the chosen value; codes go into the URL, labels onto the
screen.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from pages.parts.page import Page


def one(
    page: Page,
    name: str,
    label: str,
    options: Sequence[str],
    say: Callable[[str], str],
    default: str | None = None,
    pick: int = 0,
) -> str:
    """A select box over codes. `default` is the first option unless given and offered.

    Args:
        pick: Which of several values to take, where another page left several.
    """
    start = default if default is not None and default in options else options[0]
    key = _key(page, name)
    page.state.fill(name, key, start, lambda values: values[pick] if values[pick] in options else None)
    if page.state.values[key] not in options:
        page.state.values[key] = start
    if not page.state.silent:
        st.selectbox(label, options, format_func=say, key=key)
    chosen: str = page.state.values[key]
    page.state.keep(name, [chosen], [start])
    return chosen


def segment(
    page: Page, name: str, label: str, options: Sequence[str], say: Callable[[str], str], default: str | None = None
) -> str:
    """A few options side by side; one is always chosen."""
    start = default if default is not None and default in options else options[0]
    key = _key(page, name)
    page.state.fill(name, key, start, lambda values: values[0] if values[0] in options else None)
    if page.state.values[key] not in options:
        page.state.values[key] = start
    if not page.state.silent:
        st.segmented_control(label, options, format_func=say, key=key, required=True)
    chosen: str = page.state.values[key] or start
    page.state.keep(name, [chosen], [start])
    return chosen


def many(
    page: Page,
    name: str,
    label: str,
    options: Sequence[str],
    say: Callable[[str], str],
    default: Sequence[str] = (),
    most: int | None = None,
    help: str | None = None,
    placeholder: str | None = None,
) -> tuple[str, ...]:
    """A multiselect over codes; what a link names and the page does not offer is left out, and the default stands
    for nothing left.

    Args:
        placeholder: What an empty choice means, where it means something (all regions).
    """
    offered = set(options)
    start = [code for code in default if code in offered]
    key = _key(page, name)

    def decode(values: list[str]) -> list[str] | None:
        if values == ["-"]:
            return []
        known = [value for value in dict.fromkeys(values) if value in offered][:most]
        return known or None

    page.state.fill(name, key, start, decode)
    before = page.state.values[key]
    page.state.values[key] = ([code for code in before if code in offered] or (start if before else []))[:most]
    if not page.state.silent:
        st.multiselect(
            label,
            options,
            format_func=say,
            key=key,
            max_selections=most,
            help=help,
            placeholder=placeholder or page.text("common.choose"),
        )
    chosen: list[str] = page.state.values[key]
    page.state.keep(name, chosen or ["-"], start or ["-"])
    return tuple(chosen)


def years(
    page: Page, name: str, label: str, first: int, last: int, default: tuple[int, int] | None = None
) -> tuple[int, int]:
    """A range of years; a single year needs no slider and gets none."""
    if first == last:
        return (first, last)
    start = default or (first, last)
    key = _key(page, name)

    def decode(values: list[str]) -> tuple[int, int] | None:
        numbers = [int(value) for value in values if value.isdecimal()]
        if len(numbers) != 2:
            return None
        low, high = sorted(min(max(number, first), last) for number in numbers)
        return (low, high)

    page.state.fill(name, key, start, decode)
    low, high = page.state.values[key]
    page.state.values[key] = (min(max(low, first), last), min(max(high, first), last))
    if not page.state.silent:
        st.slider(label, first, last, key=key)
    low, high = page.state.values[key]
    page.state.keep(name, [str(low), str(high)], [str(year) for year in start])
    return (low, high)


def year(page: Page, name: str, label: str, options: Sequence[int], default: int | None = None) -> int:
    """One year of those that have data; of a range that another page left, its last year."""
    start = None if default is None else str(default)
    chosen = one(page, name, label, [str(option) for option in options], str, start, pick=-1)
    return int(chosen)


def flag(page: Page, name: str, label: str, default: bool = False, help: str | None = None) -> bool:
    """A switch."""
    key = _key(page, name)
    page.state.fill(name, key, default, lambda values: {"1": True, "0": False}.get(values[0]))
    if not page.state.silent:
        st.toggle(label, key=key, help=help)
    chosen = page.state.values[key]
    page.state.keep(name, [str(int(chosen))], [str(int(default))])
    return bool(chosen)


def words(page: Page, name: str, label: str, placeholder: str = "") -> str:
    """A line of text to look for."""
    key = _key(page, name)
    page.state.fill(name, key, "", lambda values: values[0])
    if not page.state.silent:
        st.text_input(label, key=key, placeholder=placeholder)
    chosen: str = page.state.values[key]
    page.state.keep(name, [chosen] if chosen else [], [])
    return chosen


def _key(page: Page, name: str) -> str:
    return f"{page.name}.{name}"


def row(page: Page) -> Any:
    """Widgets side by side; on a phone below one another."""
    return st.container() if page.narrow else st.container(horizontal=True, vertical_alignment="top")
