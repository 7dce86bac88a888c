"""Taking away more rows than a sheet or Python's memory should hold: the database writes the file."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import pandas as pd
import streamlit as st

from charts.export import Meta, file_name, metadata
from charts.interchange import readme
from indicators import queries_export
from indicators.selection import Selection
from pages.parts import exports, take
from pages.parts.page import Page

LARGE = 50_000
"""From so many rows on, files are written by the database, as CSV and Parquet alone."""


def downloads(
    page: Page,
    chosen: Selection,
    title: str,
    key: str,
    *,
    unit: str,
    notes: Sequence[str] = (),
    filters: Mapping[str, str] | None = None,
) -> Meta:
    """The download bar of a large result: CSV in a zip, and Parquet; with a word on why there are no others.

    Returns:
        What the names of the files are made from.
    """
    meta = described(page, chosen, title, unit=unit, notes=notes, filters=filters)
    kinds: tuple[tuple[str, Callable[..., bytes], str, str], ...] = (
        ("csv_zip", zipped_csv, "application/zip", "csv.zip"),
        ("parquet", parquet, take.FORMATS["parquet"][1], "parquet"),
    )
    with st.container(horizontal=True, key=f"{key}.downloads"):
        for kind, make, mime, ending in kinds:
            label, made = page.text(f"common.download_{kind}"), partial(make, page, chosen, meta)
            exports.file_button(label, made, meta, mime, ending, f"{key}.{kind}")
    st.caption(page.text("common.download_large", n=f"{LARGE:,}"))
    return meta


def described(
    page: Page,
    chosen: Selection,
    title: str,
    *,
    unit: str,
    notes: Sequence[str] = (),
    filters: Mapping[str, str] | None = None,
) -> Meta:
    """What travels with the rows of a selection, without reading them."""
    meta = exports.meta_of(page, title, unit=unit, notes=notes, filters=filters)
    behind = pd.DataFrame({"source_id": page.edition.values_of(("source_id",), chosen)["source_id"]})
    return replace(meta, sources=tuple(exports.works(page, behind)), columns=_columns(page))


def zipped_csv(page: Page, chosen: Selection, meta: Meta) -> bytes:
    """The rows as CSV in a zip, with what is to be known of them; what is read into memory is the packed file alone."""
    with tempfile.TemporaryDirectory() as folder:
        plain, packed = Path(folder) / file_name(meta, "csv"), Path(folder) / "packed.zip"
        headings = {name: heading for name, (heading, _) in _columns(page).items()}
        queries_export.write_csv(page.edition, chosen, plain, _names(page), headings)
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            archive.write(plain, plain.name)
            about = page.text("common.csv_in_zip")
            archive.writestr("README.md", readme(list(headings), page.edition.count(chosen), meta, about))
        return packed.read_bytes()


def parquet(page: Page, chosen: Selection, meta: Meta) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows.parquet"
        queries_export.write_parquet(page.edition, chosen, path, _names(page), metadata(meta))
        return path.read_bytes()


def _columns(page: Page) -> dict[str, tuple[str, str]]:
    return exports.dictionary(page, queries_export.columns())


def _names(page: Page) -> dict[str, dict[str, str]]:
    """The names that stand beside codes, in the reader's language."""
    titles: pd.DataFrame = page.edition.sources[["source_id", f"title_{page.lang}"]]
    return {
        "region": {code: page.catalog.regions[code].full_name(page.lang) for code in page.edition.regions["region"]},
        "indicator": {name: one.name(page.lang) for name, one in page.catalog.indicators.items()},
        "source": dict(titles.itertuples(index=False, name=None)),
    }
