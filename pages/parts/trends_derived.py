"""Trends: earlier levels that follow from a printed level and its growth, where no level is printed."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from indicators.queries import Edition
from indicators.queries_derived import as_observations, derived
from pages.parts import choose, spans
from pages.parts.page import Page

MOST_TOLD = 4
"""Derived values whose bounds a note gives; all of them are in the table."""


@st.cache_resource(max_entries=4, show_spinner=False)
def _earlier(edition_id: str, _edition: Edition) -> pd.DataFrame:
    """All of an edition: there are few, since they need a level and a growth rate of one source."""
    del edition_id
    return as_observations(derived(_edition, methods=("earlier_level",), printed_too=False))


def asked(page: Page, indicators: Sequence[str], regions: Sequence[str]) -> pd.DataFrame | None:
    """The derived levels of a choice, where there are some and the reader wants them."""
    rows = _earlier(page.edition.id, page.edition)
    rows = rows.loc[rows["indicator"].isin(indicators) & rows["region"].isin(regions)]
    wanted = len(rows) > 0 and choose.flag(
        page, "derived", page.text("trends.derived"), False, page.text("trends.derived_help")
    )
    return rows if wanted else None


def joined(frame: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Printed and derived rows; a printed value is never replaced."""
    keys = ["region", "indicator", "year", "measure", "grade", "scope", "series"]
    known = set(frame[keys].astype(str).itertuples(index=False, name=None))
    fresh = [key not in known for key in rows[keys].astype(str).itertuples(index=False, name=None)]
    return pd.concat([frame, rows.loc[fresh].astype(frame.dtypes.to_dict())], ignore_index=True)


def note(page: Page, rows: pd.DataFrame) -> list[str]:
    """What the reader must know of derived levels in a chart: where they come from, and their bounds."""
    if "low" not in rows:
        return []
    found = rows.loc[rows["low"].notna()].to_dict("records")
    if not found:
        return []
    told = [
        page.text(
            "trends.derived_one", region=page.catalog.regions[one["region"]].name(page.lang), year=one["year"],
            indicator=page.catalog.indicators[one["indicator"]].name(page.lang), bounds=spans.bounds(page, one),
        )
        for one in found[:MOST_TOLD]
    ]  # fmt: skip
    return [page.text("trends.note_derived", n=len(found), which=page.text("charts.semicolon").join(told))]
