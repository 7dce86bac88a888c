"""What an export holds besides a chart: rows with names beside codes, sources as they are cited, columns explained."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

import pandas as pd
import streamlit as st

from charts.export import Meta, file_name
from indicators.labels import has
from pages.parts.page import Page

_HEADINGS = {"region": "region_code", "indicator": "indicator_id", "source_id": "source_code"}
"""Codes stand beside their names in an export, so their headings say that they are codes."""


def file_button(
    label: str, made: Callable[[], bytes], meta: Meta, mime: str, ending: str, key: str,
    icon: str = "download", kind: Literal["tertiary", "secondary"] = "tertiary",
) -> None:  # fmt: skip
    """A file that is made when it is asked for, without a run of the page; its name says what is inside."""
    st.download_button(
        label, data=made, file_name=file_name(meta, ending), mime=mime, on_click="ignore", key=key,
        icon=f":material/{icon}:", type=kind,
    )  # fmt: skip


def works(page: Page, frame: pd.DataFrame) -> list[dict[str, str]]:
    """The sources behind a frame in the reader's language, most used first: `title` as it is cited, publication,
    date, address.
    """
    if frame.empty:
        return []
    sources = page.edition.sources_by_id
    found: dict[str, dict[str, str]] = {}
    # A derived value rests on the sources of all its inputs.
    behind = frame["sources"].explode() if "sources" in frame else frame["source_id"]
    for name, _ in Counter(behind.tolist()).most_common():
        row = sources.get(name)
        if row is None:
            continue
        title = cited(page, row)
        more = {"publication": page.pick(row, "publication"), "published": row["published"], "address": row["url"]}
        found[title] = {"title": title, **{key: str(value) for key, value in more.items() if value is not None}}
    return list(found.values())


def cited(page: Page, source: Mapping[str, Any]) -> str:
    """A source as it is cited: publisher and title."""
    opened, closed = page.text("common.work_open"), page.text("common.work_close")
    return f"{page.pick(source, 'publisher')}{opened}{page.pick(source, 'title')}{closed}"


def meta_of(
    page: Page, title: str, *, unit: str, notes: Sequence[str] = (), filters: Mapping[str, str] | None = None
) -> Meta:
    """What travels with an export; the sources are those of the rows (see `works`)."""
    return Meta(title, dict(filters or {}), unit, (), page.edition.id, page.lang, tuple(notes))


def export_rows(page: Page, frame: pd.DataFrame) -> pd.DataFrame:
    """The rows as exports hold them: codes and names side by side, the source by title, inputs of derived values as
    text.
    """
    titles = page.edition.sources.set_index("source_id")[f"title_{page.lang}"]
    rows = frame.copy()
    places = [page.catalog.regions[code].full_name(page.lang) for code in rows["region"]]
    rows.insert(rows.columns.get_loc("region") + 1, "region_name", places)
    names = [page.catalog.indicators[name].name(page.lang) for name in rows["indicator"]]
    rows.insert(rows.columns.get_loc("indicator") + 1, "indicator_name", names)
    rows["source_title"] = [titles.get(name) for name in rows["source_id"]]
    for column in ("inputs", "sources"):
        if column in rows:
            rows[column] = [" ".join(ids) for ids in rows[column]]
    return rows


def dictionary(page: Page, columns: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Heading and meaning of each exported column, in the reader's language."""
    known = {name: _HEADINGS.get(name, name) for name in columns}
    return {
        name: (page.text(f"data.column_{key}"), page.text(f"data.means_{name}"))
        for name, key in known.items()
        if has(f"data.column_{key}") and has(f"data.means_{name}")
    }
