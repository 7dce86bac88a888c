"""What a reader takes away: the rows that are shown, in the formats of offices and of programs, with all that explains
them, and the chart as a picture."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TypeAlias

import pandas as pd
import streamlit as st

from charts.export import Meta, file_name, to_csv, to_parquet, to_xlsx
from charts.interchange import to_json, to_package, to_sdmx_csv
from indicators.labels import has
from pages.parts import picture, pins
from pages.parts.page import Page

Rows: TypeAlias = pd.DataFrame | Callable[[], pd.DataFrame]
FORMATS: Mapping[str, tuple[Callable[[pd.DataFrame, Meta], bytes], str, str]] = {
    "csv": (to_csv, "text/csv", "csv"),
    "xlsx": (to_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    "parquet": (to_parquet, "application/vnd.apache.parquet", "parquet"),
    "json": (to_json, "application/json", "json"),
    "sdmx": (to_sdmx_csv, "application/vnd.sdmx.data+csv;version=2.0.0", "sdmx.csv"),
    "package": (to_package, "application/zip", "zip"),
}
"""Format -> what makes the file, its media type, the ending of its name."""
USUAL = ("csv", "xlsx")
"""The formats that most readers want; the others open on demand."""

_HEADINGS = {"region": "region_code", "indicator": "indicator_id", "source_id": "source_code"}
"""Codes stand beside their names in an export, so their headings say that they are codes."""


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
        title = (
            f"{page.pick(row, 'publisher')}{page.text('common.work_open')}{page.pick(row, 'title')}"
            f"{page.text('common.work_close')}"
        )
        more = {"publication": page.pick(row, "publication"), "published": row["published"], "address": row["url"]}
        found[title] = {"title": title, **{key: str(value) for key, value in more.items() if value is not None}}
    return list(found.values())


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


def downloads(
    page: Page,
    frame: Rows,
    title: str,
    key: str,
    *,
    unit: str,
    notes: Sequence[str] = (),
    filters: Mapping[str, str] | None = None,
    drawn: str = "",
) -> None:
    """The download bar: each file is made when it is asked for, and holds exactly the rows shown.

    Args:
        frame: The rows, or what reads them when a file is asked for: a page may show the first rows of a large result.
        drawn: Key of the chart that shows the rows, if one does; it can be taken as a picture.
    """
    meta = meta_of(page, title, unit=unit, notes=notes, filters=filters)
    named = meta if callable(frame) else replace(meta, sources=tuple(works(page, frame)))

    def made(make: Callable[[pd.DataFrame, Meta], bytes]) -> bytes:
        read = frame() if callable(frame) else frame
        rows = export_rows(page, read)
        whole = replace(meta, sources=tuple(works(page, read)), columns=dictionary(page, list(rows.columns)))
        return make(rows, whole)

    def button(kind: str) -> None:
        make, mime, ending = FORMATS[kind]
        st.download_button(
            page.text(f"common.download_{kind}"),
            data=partial(made, make),
            file_name=file_name(named, ending),
            mime=mime,
            on_click="ignore",
            key=f"{key}.{kind}",
            icon=":material/download:",
            type="tertiary",
        )

    with st.container(horizontal=True, key=f"{key}.downloads"):
        if drawn:
            pins.button(page, key)
        for kind in USUAL:
            button(kind)
        with st.popover(page.text("common.download_more"), type="tertiary"):
            for kind in FORMATS:
                if kind not in USUAL:
                    button(kind)
            if drawn:
                picture.buttons(page, drawn)
