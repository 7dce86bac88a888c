"""The tables of the Region page: the profile, what is limited to a part of the region, and what was promised."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from charts.layout import shorten, text_width, wrap
from indicators.catalog import Indicator
from indicators.labels import months
from indicators.observation import STATUSES
from indicators.profile import Entry
from pages.parts import evidence
from pages.parts import region_words as words
from pages.parts.page import Page

Cell = Callable[[Entry], Any]
WIDE = (
    "indicator", "latest", "year", "change", "line", "span", "place", "per_head", "place_per_head", "distance",
)  # fmt: skip
NARROW = ("indicator", "latest", "year", "distance", "place", "change", "line", "span", "per_head", "place_per_head")
RIGHT = frozenset({"latest", "value", "change", "place", "per_head", "place_per_head", "distance"})
HELPED = frozenset({"line", "place", "per_head", "place_per_head", "distance"})
LINE = 80
FEWEST = 3
"""Two values make no line: the table would draw a curve between them."""
NAME = 112
"""Width of an indicator's name on a phone, where it runs over several lines."""
PHONE = 358
LEAST = 96
"""Room of a table on a phone, and the least that is left to a text in several lines."""
CELL, LINES, MARGIN = 12, 3, 14
"""Size of text in a cell, how many lines a tall row has room for, and the margins of a cell."""
TALL = 64
"""Row height on a phone: text runs over several lines only in rows above 60 pixels."""
MOST = 420
LONGEST = 312
"""Room of an indicator's name in the profile on a wide page."""
PADDING = {"wide": 18, "narrow": 24}
EXCERPT = 400
"""Room of a sentence in a table; longer ones are cut around their number."""


def show_profile(page: Page, entries: Sequence[Entry]) -> None:
    """Every indicator in one table; a cell leads to the evidence of what it says."""
    cells: Mapping[str, Cell] = {
        "indicator": lambda entry: _name(page, entry),
        "latest": lambda entry: _latest(page, entry),
        "year": lambda entry: entry.year,
        "change": lambda entry: words.change_of(page, entry.change, entry.indicator) if entry.change else None,
        "line": lambda entry: list(entry.path) if len(entry.path) >= FEWEST else None,
        "span": lambda entry: _span(page, entry),
        "place": lambda entry: words.place(page, entry, entry.compared),
        "per_head": lambda entry: _per_head(page, entry),
        "place_per_head": lambda entry: _place_per_head(page, entry),
        "distance": lambda entry: words.distance(page, entry, entry.fair),
    }
    said = {name: [cells[name](entry) for entry in entries] for name in (NARROW if page.narrow else WIDE)}
    empty = (None, page.text("region.none"))
    kept = [name for name, values in said.items() if any(value not in empty for value in values)]
    _table(
        page, {name: said[name] for name in kept}, "region.profile", "profile",
        lambda row, column: behind(entries[row], column),
    )  # fmt: skip


def show_rows(page: Page, frame: pd.DataFrame, key: str, name: str, body: str | None = None) -> None:
    """Printed values with what they are limited to, in the order of their sources.

    Args:
        key: Of the table; `name` says what it holds (`partial`, `promised`).
        body: The text of the report that all rows come from; each row then has its sentence.
    """
    rows = frame.sort_values(["origin", "source_id", "start", "indicator", "year"], kind="stable")
    found = list(rows.to_dict("records"))
    said: dict[str, list[Any]] = {
        "indicator": [page.catalog.indicators[row["indicator"]].name(page.lang) for row in found],
        "value": [_value(page, row) for row in found],
        "kind": [page.text(f"common.scenario_{row['scenario']}") for row in found],
        "year": [None if pd.isna(row["year"]) else int(row["year"]) for row in found],
        "what": [_what(page, row) for row in found],
    }
    if body is not None and not page.narrow:
        said["sentence"] = [_sentence(body, row) for row in found]
    if set(said["kind"]) == {page.text("common.scenario_actual")}:
        said.pop("kind")
    elif page.narrow:
        pairs = zip(said.pop("kind"), said["what"], strict=True)
        said["what"] = [page.text("charts.dot").join(filter(None, pair)) for pair in pairs]
    for spare in [column for column, values in said.items() if not any(value for value in values)]:
        said.pop(spare)
    _table(page, said, f"region.{key}", name, lambda row, _: (found[row]["observation_id"],))


def _sentence(body: str, row: Mapping[str, Any]) -> str:
    """The sentence in which a value stands, in one line; of a long one the part around the number."""
    lead, number, tail = (
        " ".join(part.split()) for part in evidence.sentence(body, int(row["start"]), int(row["end"]))
    )
    room = EXCERPT - PADDING["wide"] - text_width(number) - 2 * text_width("…")
    if text_width(lead + tail) <= room:
        return lead + number + tail
    after = shorten(tail, max(room / 2, room - text_width(lead)))
    before = lead
    while before and text_width(before + after) > room:
        before = before[1:]
    return ("" if before == lead else "…") + before + number + after


def _span(page: Page, entry: Entry) -> str | None:
    """The years of the tiny line."""
    if not entry.years or len(entry.path) < FEWEST:
        return None
    return page.text("span", first=entry.years[0], last=entry.years[1])


def _table(
    page: Page, said: Mapping[str, Sequence[Any]], key: str, name: str, leads_to: Callable[[int, str], Sequence[str]]
) -> None:
    """One table; a click on a cell asks for its evidence."""
    headings = {page.text(f"region.column_{column}"): column for column in said}

    def clicked() -> None:
        cells = st.session_state[key]["selection"]["cells"]
        evidence.ask([one for row, heading in cells for one in leads_to(row, headings[heading])])

    config: dict[str, Any] = {}
    widths = _widths(page, said)
    for heading, column in headings.items():
        wide = widths[column]
        if column == "line":
            config[heading] = st.column_config.LineChartColumn(width=wide, color="primary")
        elif column == "year":
            config[heading] = st.column_config.NumberColumn(format="%d", width=wide)
        else:
            config[heading] = st.column_config.TextColumn(
                alignment="right" if column in RIGHT else "left", width=wide, pinned=column == "indicator",
                help=page.text(f"region.help_{column}") if column in HELPED else None,
            )  # fmt: skip
    st.dataframe(
        pd.DataFrame({heading: list(said[column]) for heading, column in headings.items()}),
        hide_index=True,
        column_config=config,
        key=key,
        on_select=clicked,
        selection_mode="single-cell",
        placeholder="",
        height="content",
        row_height=TALL if page.narrow else None,
        alt=page.text(f"region.alt_{name}"),
    )


def _widths(page: Page, said: Mapping[str, Sequence[Any]]) -> dict[str, int]:
    """Room for the longest text of each column: a number cut at its left would be another number."""
    widths = {}
    for column, values in said.items():
        heading = page.text(f"region.column_{column}")
        longest = max(text_width(str(value)) for value in (heading, *values) if value is not None)
        widths[column] = LINE if column == "line" else min(MOST, round(longest) + PADDING[page.width])
    if page.narrow:
        widths["indicator"] = NAME
        if "what" in widths:
            widths["what"] = max(LEAST, PHONE - sum(width for column, width in widths.items() if column != "what"))
    return widths


def behind(entry: Entry, column: str) -> Sequence[str]:
    """The printed values behind one cell of the profile."""
    if column == "change" and entry.change:
        return entry.change.inputs
    leads_to = {
        "place": entry.compared,
        "per_head": entry.per_head or entry.compared_per_head,
        "place_per_head": entry.compared_per_head or entry.per_head,
        "distance": entry.fair,
    }
    found = leads_to.get(column)
    return found.inputs if found else entry.inputs


def _name(page: Page, entry: Entry) -> str:
    """The indicator's name: in one line, on a phone in as many as a row has."""
    name = entry.indicator.name(page.lang)
    if not page.narrow:
        return shorten(name, LONGEST)
    lines = wrap(name, NAME - MARGIN, CELL)
    return name if len(lines) <= LINES else " ".join([*lines[: LINES - 1], lines[LINES - 1] + "…"])


def _latest(page: Page, entry: Entry) -> str | None:
    level = entry.level
    return _amount(page, level.value, level.unit, entry.indicator, level.comparator) if level else None


def _per_head(page: Page, entry: Entry) -> str | None:
    """Of the newest value; where the population of its year is not known, of the year that is compared."""
    short, compared = page.lang == "en", entry.compared_per_head
    if entry.per_head:
        return words.per_head(page, entry.per_head, entry.indicator, short)
    return (
        words.dated(page, words.per_head(page, compared, entry.indicator, short), entry, compared) if compared else None
    )


def _place_per_head(page: Page, entry: Entry) -> str | None:
    compared = entry.compared_per_head
    return words.place(page, entry, compared) if entry.per_head or compared else None


def _amount(page: Page, value: float, unit: str, indicator: Indicator, comparator: str) -> str:
    """A value; on a phone without the long English words for what is counted, which the indicator's name says."""
    counted = unit in ("count", "person", "person_year")
    short = page.narrow and page.lang == "en" and counted
    return words.amount(page, value, "other" if short else unit, indicator, comparator)


def _value(page: Page, row: Mapping[str, Any]) -> str:
    indicator = page.catalog.indicators[row["indicator"]]
    if row["measure"] in ("growth", "change"):
        return words.change(page, row["value"], row["unit"], indicator, row["comparator"])
    return _amount(page, row["value"], row["unit"], indicator, row["comparator"])


def _what(page: Page, row: Mapping[str, Any]) -> str:
    """What a printed value is limited to: measure, base year, grade, scope, status."""
    said = [] if row["measure"] == "level" else [page.text(f"common.measure_{row['measure']}")]
    if not pd.isna(row["base_year"]):
        said.append(page.text("region.against", year=int(row["base_year"])))
    if not pd.isna(row["grade"]):
        said.append(page.text(f"common.grade_{row['grade']}"))
    if not pd.isna(row["part_year"]):
        said.append(months(row["part_year"], page.lang))
    if not pd.isna(row["scope"]):
        said.append(page.catalog.scope_name(row["scope"], page.lang))
    if row["status"] != "A":
        said.append(page.text(f"common.status_{STATUSES[row['status']]}"))
    return page.text("charts.dot").join(said)
