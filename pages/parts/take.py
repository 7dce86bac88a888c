"""What a reader takes away: the rows that are shown, in the formats of offices and of programs, with all that explains
them, and the chart as a picture."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TypeAlias

import pandas as pd
import streamlit as st

from charts.export import Meta, to_csv, to_parquet
from charts.interchange import to_json, to_package, to_sdmx_csv
from charts.workbook import to_xlsx
from pages.parts import decks, papers, picture, pins
from pages.parts.exports import dictionary, export_rows, file_button, meta_of, works
from pages.parts.page import Page
from pages.parts.retake import Shown

Rows: TypeAlias = pd.DataFrame | Callable[[], pd.DataFrame]
Maker: TypeAlias = Callable[[pd.DataFrame, Meta], bytes]
FORMATS: Mapping[str, tuple[Maker, str, str]] = {
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


def downloads(
    page: Page,
    frame: Rows,
    title: str,
    key: str,
    *,
    unit: str,
    notes: Sequence[str] = (),
    filters: Mapping[str, str] | None = None,
    shown: Shown | None = None,
) -> Meta:
    """The download bar: each file is made when it is asked for, and holds exactly the rows shown.

    Args:
        frame: The rows, or what reads them when a file is asked for: a page may show the first rows of a large result.
        shown: The chart above the bar, if there is one; it can be pinned, taken as a picture, a slide and a report, and
            stands in the workbook.
    Returns:
        What the names of the files are made from (see `charts.export.file_name`).
    """
    meta = meta_of(page, title, unit=unit, notes=notes, filters=filters)
    named = meta if callable(frame) else replace(meta, sources=tuple(works(page, frame)))

    def made(make: Maker) -> bytes:
        read = frame() if callable(frame) else frame
        rows = export_rows(page, read)
        whole = replace(meta, sources=tuple(works(page, read)), columns=dictionary(page, list(rows.columns)))
        if make is to_xlsx:
            return to_xlsx(rows, whole, shown.chart if shown else None)
        return make(rows, whole)

    bar(page, key, named, made, drawn=f"{key}.chart" if shown else "", shown=shown)
    return named


def bar(
    page: Page,
    key: str,
    named: Meta,
    made: Callable[[Maker], bytes],
    *,
    kinds: Sequence[str] = tuple(FORMATS),
    drawn: str = "",
    shown: Shown | None = None,
) -> None:
    """The buttons of a download bar: pin and picture where there is a chart, and a file in each of `kinds`.

    Args:
        named: What the names of the files are made from.
        made: Gives the file of a format, when it is asked for.
        kinds: Which of `FORMATS` the rows can be had in.
        drawn: Key of the chart that shows the rows, if one does; it can be pinned and taken as a picture.
        shown: That chart with what goes with it, for a slide and a report.
    """

    def button(kind: str, mime: str, ending: str, data: Callable[[], bytes]) -> None:
        file_button(page.text(f"common.download_{kind}"), data, named, mime, ending, f"{key}.{kind}")

    def table(kind: str) -> None:
        make, mime, ending = FORMATS[kind]
        button(kind, mime, ending, partial(made, make))

    with st.container(horizontal=True, key=f"{key}.downloads"):
        if drawn:
            pins.button(page, key)
        for kind in USUAL:
            table(kind)
        with st.popover(page.text("common.download_more"), type="tertiary"):
            if shown:
                button("pptx", decks.PPTX, "pptx", partial(decks.deck_of, page, shown))
                for kind, (_, mime, ending) in papers.FORMATS.items():
                    button(kind, mime, ending, partial(papers.paper, page, kind, [decks.Told(shown)], named.title))
            for kind in kinds:
                if kind not in USUAL:
                    table(kind)
            if drawn:
                picture.buttons(page, drawn)
