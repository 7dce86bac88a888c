"""Method, the list of regions and the editions: what the data were built from and what the checks found."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pandas as pd
import streamlit as st

from indicators.regions import LEVELS, Region, read_card
from pages.parts import choose, entries, findings
from pages.parts.app import library
from pages.parts.page import Page

MOST = 60
"""Regions listed at most for a search."""


def regions(page: Page) -> None:
    """A search for codes and names, and the card of the region list."""
    asked = choose.words(page, "place", page.text("method.regions_search"), page.text("method.regions_hint")).strip()
    if asked:
        _found(page, asked)
    card = read_card(page.catalog.folder / "regions.yml")
    current = card["counts"]["current"]
    counts = [
        page.text("method.regions_of_level", level=page.text(f"method.level_{level}"), n=f"{current[level]:,}")
        for level in LEVELS
        if level in current
    ]
    edition = page.text("method.regions_edition", day=card["edition"], since=card["history_from"])
    rules = ("parent_rules", "name_rules", "change_rules")
    st.html(entries.listing([
        entries.entry(
            card["title"][page.lang],
            lines=[card["standard"][page.lang], edition],
            quiet=[page.text("charts.dot").join(counts)],
        ),
        *(entries.entry(page.text(f"method.{name}"), lines=[card[name][page.lang]]) for name in rules),
        *(_bulleted(page, name, card[name]) for name in ("sources", "how_checked", "known_gaps")),
    ]))  # fmt: skip


def _bulleted(page: Page, name: str, items: list[dict[str, Any]]) -> str:
    folded = entries.bullets([item[page.lang] for item in items])
    return entries.entry(
        page.text(f"method.regions_{name}"), folded=(page.text("method.regions_open", n=len(items)), folded)
    )


def _found(page: Page, asked: str) -> None:
    words = asked.lower()
    found = [
        region for region in page.catalog.regions
        if any(words in name.lower() for name in (region.code, region.zh, region.en, *region.aliases))
    ]  # fmt: skip
    if not found:
        st.info(page.text("method.regions_nothing", words=asked), icon=":material/search_off:")
        return
    st.caption(page.text("method.regions_found", n=len(found), shown=min(len(found), MOST)))
    shown, lang = found[:MOST], page.lang
    st.dataframe(
        pd.DataFrame({
            page.text("method.region_code"): [region.code for region in shown],
            page.text("data.column_region"): [page.catalog.regions.path(region.code, lang) for region in shown],
            page.text("method.region_full"): [region.full_name(lang) for region in shown],
            page.text("method.region_level"): [page.text(f"method.level_{region.level}") for region in shown],
            page.text("method.region_years"): [_validity(page, region) for region in shown],
        }),
        hide_index=True,
    )  # fmt: skip


def _validity(page: Page, region: Region) -> str:
    if region.valid_to is not None:
        return page.text("method.valid_until", year=region.valid_to)
    known = region.valid_from is not None
    return page.text("method.valid_since", year=region.valid_from) if known else page.text("method.valid")


def editions(page: Page) -> None:
    """The current edition, what its checks found, and the editions that are kept."""
    manifest = page.edition.manifest
    counts = {name: f"{n:,}" for name, n in manifest["counts"].items()}
    st.markdown(page.text("method.edition_now", edition=page.edition.id, built=_time(manifest["built"]), **counts))
    _checks(page, manifest["checks"])
    _problems(page)
    st.subheader(page.text("method.editions_kept"), anchor=False)
    st.caption(page.text("method.editions_about"))
    kept = [
        {
            page.text("method.edition"): item["edition"],
            page.text("method.built"): _time(item["built"]),
            page.text("method.reports"): item["counts"].get("reports"),
            page.text("method.tables"): item["counts"].get("tables"),
            page.text("method.observations"): item["counts"].get("observations"),
        }
        for item in library().editions()
    ]
    numbers = {page.text("method.observations"): st.column_config.NumberColumn(format="localized")}
    st.dataframe(pd.DataFrame(kept), hide_index=True, column_config=numbers)


def _checks(page: Page, checks: dict[str, dict[str, int]]) -> None:
    st.subheader(page.text("method.checks"), anchor=False)
    st.caption(page.text("method.checks_about"))
    st.dataframe(
        pd.DataFrame({
            page.text("method.check"): [page.text(f"problems.check_{name}") for name in checks],
            page.text("method.check_what"): [page.text(f"method.check_{name}") for name in checks],
            page.text("method.compared"): [outcome["compared"] for outcome in checks.values()],
            page.text("method.found"): [outcome["found"] for outcome in checks.values()],
        }),
        hide_index=True,
        column_config={
            page.text("method.check_what"): st.column_config.TextColumn(width="large"),
            page.text("method.compared"): st.column_config.NumberColumn(format="localized"),
        },
    )  # fmt: skip


def _problems(page: Page) -> None:
    rows = page.edition.problems()
    if rows.empty:
        st.success(page.text("method.no_problems"), icon=":material/check_circle:")
        return
    with st.expander(page.text("method.problems", n=len(rows)), icon=":material/rule:"):
        findings.show(page, rows, "method.problems")


def _time(built: str) -> str:
    """The time of a build as an unmistakable string: UTC, to the minute."""
    return f"{datetime.fromisoformat(built):%Y-%m-%d %H:%M} UTC"
