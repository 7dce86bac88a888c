"""Reports: what does the source say? A report's text with every number marked, or a table as printed."""

from __future__ import annotations

import streamlit as st

from pages.parts import app, choose, reports_source
from pages.parts.page import Page


def sources(page: Page) -> dict[str, str]:
    """Source id -> what the reader chooses by: reports first, each kind from the newest."""
    known = page.edition.sources.sort_values("origin", kind="stable")
    said = {}
    for source in known.to_dict("records"):
        kind = page.text(f"reports.origin_{source['origin']}")
        parts = [kind, page.pick(source, "title"), source["published"]]
        if source["origin"] == "report":
            parts.insert(2, page.catalog.regions[source["region"]].name(page.lang))
        said[source["source_id"]] = page.text("charts.dot").join(str(part) for part in parts if isinstance(part, str))
    return said


def place_asked(page: Page, chosen: str) -> int | None:
    """The place in the text that a link points at; it belongs to the source that the link names."""
    page.state.fill("at", "reports.at", "", lambda values: values[0] if values[0].isdecimal() else None)
    if page.state.followed is not None:
        st.session_state["reports.at_of"] = chosen
    if st.session_state.get("reports.at_of") != chosen:
        st.session_state["reports.at"] = ""
    at = st.session_state["reports.at"]
    page.state.keep("at", [at] if at else [], [])
    return int(at) if at else None


page = app.begin("reports")
offered = sources(page)
if offered:
    chosen = choose.one(page, "source", page.text("reports.choose"), list(offered), offered.__getitem__)
    at = place_asked(page, chosen)
    source = page.edition.source(chosen)
    if source and source["origin"] == "report":
        reports_source.report(page, source, at)
    elif source:
        reports_source.table(page, source)
else:
    st.info(page.text("reports.nothing"), icon=":material/search_off:")
app.finish(page)
