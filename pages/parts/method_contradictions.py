"""Method, contradictions: figures that cannot all be true, and every printed growth rate against the printed levels."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd
import streamlit as st

from charts.numbers import compact
from indicators.queries_derived import judged
from pages.parts import choose, findings, frame, problems, rows, spans
from pages.parts.page import Page

ALL = "all"
TALL = 92
"""Pixels of a row in which a sentence has room for four lines on a phone."""
WORDS = 236
"""Pixels of its column."""


def show(page: Page) -> None:
    """What the checks found between figures, then the printed growth rates that could be checked."""
    st.markdown(page.text("method.contradictions_about"))
    _found(page)
    _growth(page)


def _found(page: Page) -> None:
    """Every contradiction of a kind; a row leads to all values that it is about."""
    st.subheader(page.text("method.contradictions"), anchor=False)
    every = page.edition.problems()
    known = every.loc[every["code"].isin(problems.CONTRADICTIONS)]
    if known.empty:
        st.success(page.text("method.no_contradictions"), icon=":material/check_circle:")
        return
    counts = known["code"].value_counts()
    kinds = [code for code in problems.CONTRADICTIONS if code in counts.index]

    def say(code: str) -> str:
        name = page.text("method.contradictions_all" if code == ALL else f"problems.{code}_name")
        return page.text("method.contradictions_kind", name=name, n=len(known) if code == ALL else int(counts[code]))

    # What was revised long ago is no fault of anybody: it waits until somebody asks for it.
    chosen = choose.segment(page, "kind", page.text("method.contradictions_show"), [*kinds, ALL], say)
    order = {code: place for place, code in enumerate(problems.CONTRADICTIONS)}
    ordered = known.assign(_order=known["code"].map(order), _apart=-known["params"].map(_apart))
    ordered = ordered.sort_values(["_order", "_apart"], kind="stable")
    shown = ordered if chosen == ALL else ordered.loc[ordered["code"] == chosen]
    findings.show(page, shown.reset_index(drop=True), "method.contradictions")


def _apart(params: str) -> float:
    """How far apart two values are, in percent of one; 0 where that is said in another way."""
    said = json.loads(params).get("apart", "").strip("+−%")
    return float(said) if said.replace(".", "", 1).isdigit() else 0.0


def _growth(page: Page) -> None:
    """Levels that printed growth rates ask for, beside the levels that are printed."""
    st.subheader(page.text("method.growth_checked"), anchor=False)
    st.caption(page.text("method.growth_checked_about"))
    found = judged(page.edition, "earlier_level")
    if found.empty:
        st.info(page.text("method.no_growth_checked"), icon=":material/search_off:")
        return
    ids = found["observation_id"].tolist()
    records = list(zip(found["inputs"], found["printed_id"], strict=True))
    inputs = {name: (*behind, printed) for name, (behind, printed) in zip(ids, records, strict=True)}
    described = [_described(page, row) for row in found.to_dict("records")]
    if page.narrow:
        words = pd.DataFrame([_in_words(page, one) for one in described])
        frame.table(
            page, words, ids, inputs, "method.growth",
            height=min(len(words), rows.MOST // 2) * TALL + 39, row_height=TALL,
            column_config={words.columns[0]: st.column_config.TextColumn(width=WORDS)},
        )  # fmt: skip
    else:
        table = pd.DataFrame([_in_columns(page, one) for one in described])
        frame.table(page, table, ids, inputs, "method.growth", height=rows.height(len(table)))


def _described(page: Page, row: dict[str, Any]) -> dict[str, str]:
    """A level with its growth, the bounds that both leave open, and what is printed there."""
    indicator = page.catalog.indicators[row["indicator"]]
    level, change = (page.edition.observation(name) for name in row["inputs"])
    base = page.edition.observation(row["printed_id"])
    assert level is not None and change is not None and base is not None
    return {
        "region": page.catalog.regions.path(row["region"], page.lang),
        "indicator": indicator.name(page.lang),
        "year": str(level["year"]),
        "level": spans.exact(page, level),
        "change": compact(change["value"], change["unit"], page.lang, page.catalog, indicator=indicator, sign=True),
        "base": str(row["year"]),
        "bounds": spans.bounds(page, row),
        "printed": spans.exact(page, base),
        "verdict": page.text(f"method.verdict_{row['verdict']}"),
    }


def _in_columns(page: Page, one: dict[str, str]) -> dict[str, str]:
    return {
        page.text("data.column_region"): one["region"],
        page.text("data.column_indicator"): one["indicator"],
        page.text("method.growth_level"): page.text(
            "method.growth_level_of", year=one["year"], value=one["level"], change=one["change"]
        ),
        page.text("method.growth_implied"): page.text("method.growth_in_year", year=one["base"], value=one["bounds"]),
        page.text("method.growth_printed"): page.text("method.growth_in_year", year=one["base"], value=one["printed"]),
        page.text("method.growth_verdict"): one["verdict"],
    }


def _in_words(page: Page, one: dict[str, str]) -> dict[str, str]:
    """The same in a sentence, for a phone, where six columns would hide what matters."""
    return {
        page.text("method.growth_checked_one"): page.text("method.growth_told", **one),
        page.text("method.growth_verdict"): one["verdict"],
    }
