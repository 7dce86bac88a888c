"""The way from a region and its peers to the Compare page, where they are compared indicator by indicator."""

from __future__ import annotations

import streamlit as st

from indicators.peers import Peers
from indicators.region_sets import load_region_sets, whole_country
from pages.parts import peer_sets
from pages.parts.compare_choices import CHOSEN
from pages.parts.page import Page


def comparison(page: Page, found: Peers) -> dict[str, list[str]] | None:
    """The choices of the Compare page that compare a region with its peers; None where it cannot: it has provinces
    alone.
    """
    if not found.members or found.code not in whole_country(page.catalog.folder):
        return None
    if found.rule == peer_sets.SIMILAR:
        return {"r": [found.code], "set": [peer_sets.code_of(found.code)]}
    if found.rule == "hand":
        return {"r": list(found.everyone), "set": [CHOSEN]}
    sets = load_region_sets(page.catalog.folder)
    whole = next(name for name, one in sets.items() if one.whole)
    return {"r": [found.code], "set": [found.group if found.group and found.group in sets else whole]}


def show_way(page: Page, found: Peers) -> None:
    """A link to Compare with these peers."""
    query = comparison(page, found)
    if query:
        label = page.text("region.to_compare")
        st.page_link(
            "pages/compare.py", label=label, icon=":material/leaderboard:", query_params={**query, "lang": page.lang}
        )
