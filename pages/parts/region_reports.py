"""What a region's reports say beside the profile: limited values and promises, by report, each with its sentence."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from indicators import profile
from pages.parts import region_words as words
from pages.parts.page import Page
from pages.parts.region_tables import show_rows


def show_reports(page: Page, own: pd.DataFrame) -> None:
    """One block for each report, the newest first: the way into it, what it promises, and what it says of parts."""
    sources = page.edition.sources
    used = own.loc[own["origin"] == "report", "source_id"].unique()
    reports = sources.loc[sources["source_id"].isin(used)].to_dict("records")
    if not reports:
        return
    st.subheader(page.text("reports"), anchor=False)
    st.caption(page.text("about_reports"))
    for number, source in enumerate(reports):
        rows = own.loc[own["source_id"] == source["source_id"]]
        promised, limited = profile.promised(rows), profile.partial(rows)
        with st.container(border=not page.narrow):
            label = page.text(
                "report",
                title=words.literal(page.pick(source, "title")),
                publisher=words.literal(page.pick(source, "publisher")),
                date=source["published"],
            )
            st.page_link(
                "pages/reports.py", label=label, icon=":material/article:",
                query_params={"source": source["source_id"], "lang": page.lang},
            )  # fmt: skip
            above = len(rows) - len(promised) - len(limited)
            counts = {"n_above": above, "n_partial": len(limited), "n_promised": len(promised)}
            st.caption(page.text("charts.dot").join(page.text(name, n=n) for name, n in counts.items() if n))
            body = page.edition.source(source["source_id"])["body"]  # type: ignore[index]
            for name, some in (("promised", promised), ("partial", limited)):
                if len(some):
                    st.markdown(f"**{page.text(name)}**")
                    st.caption(page.text(f"about_{name}"))
                    show_rows(page, some, f"{name}.{number}", name, body)


def show_limited(page: Page, own: pd.DataFrame) -> None:
    """What tables say of parts of the region."""
    rows = own.loc[own["origin"] != "report"]
    for name, some in (("promised", profile.promised(rows)), ("partial", profile.partial(rows))):
        if len(some):
            st.subheader(page.text(f"{name}_tables"), anchor=False)
            st.caption(page.text(f"about_{name}"))
            show_rows(page, some, name, name)
