"""Method, the sources: every report and table with its card."""

from __future__ import annotations

import html
import json
from typing import Any

import streamlit as st

from pages.parts import entries
from pages.parts.page import Page


def show(page: Page) -> None:
    """All sources, reports first, the newest first among each kind."""
    sources = page.edition.sources
    st.markdown(page.text("method.sources_about"))
    for origin in ("report", "table"):
        rows = sources.loc[sources["origin"] == origin]
        if rows.empty:
            continue
        st.subheader(page.text(f"method.sources_{origin}", n=len(rows)), anchor=False)
        st.html(entries.listing(card(page, clean(row)) for row in rows.to_dict("records")))


def clean(row: dict[str, Any]) -> dict[str, Any]:
    """A row of sources with None where nothing is said."""
    return {name: None if isinstance(value, float) and value != value else value for name, value in row.items()}


def card(page: Page, source: dict[str, Any]) -> str:
    """One source: title, publisher and date, and its card folded away."""
    dot = page.text("charts.dot")
    head = [page.pick(source, "publisher"), page.pick(source, "publication"), source["published"]]
    counts = page.text("method.source_counts", observations=f"{source['observations']:,}")
    return entries.entry(
        page.pick(source, "title"),
        quiet=[dot.join(part for part in head if part), counts],
        folded=(page.text("method.source_more"), details(page, source)),
    )


def details(page: Page, source: dict[str, Any]) -> str:
    """The card as HTML: definition, how it was read and checked, notes, where columns come from, address, file."""
    colon = page.text("evidence.colon")
    reading = ""
    if source["reading"]:
        reading = page.text(f"common.reading_{source['reading']}") + colon + (page.pick(source, "how_read") or "")
    elif source["form"]:
        reading = page.text(f"method.form_{source['form']}")
    said = entries.facts([
        (page.text("method.definition"), page.pick(source, "definition")),
        (page.text("method.how_read"), reading),
        (page.text("evidence.address"), entries.link(source["url"])),
        (page.text("method.file"), f"data/{source['file']}"),
        (page.text("method.fingerprint"), f"SHA-256 {source['sha256'][:16]}…"),
    ])  # fmt: skip
    said += entries.bullets(list(page.pick(source, "notes")))
    columns = json.loads(source["columns"] or "{}")
    if columns:
        lines = [
            f"{header}{colon}{where.get(page.lang, '')} ({where.get('published', '')})"
            for header, where in columns.items()
        ]
        said += f"<p>{html.escape(page.text('method.column_sources'))}</p>" + entries.bullets(lines)
    return said
