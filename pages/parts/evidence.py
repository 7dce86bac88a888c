"""From a value to the place that it was read from: the sentence with the number marked, or the table's cell.

A page asks with `ask`; `app.finish` opens the dialog at the end of the run. The URL of an open dialog names the
observation, so
that a link leads straight to the evidence.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from charts.numbers import compact
from indicators.labels import months
from indicators.observation import STATUSES
from pages.parts import evidence_more
from pages.parts.page import Page
from pages.parts.printed_unit import printed_unit
from pages.parts.rows import rule_name

_ASKED = "_evidence"
PARAMETER = "evidence"
_SENTENCE_END = re.compile(r"[。！？；\n]")
AROUND = 160
"""Characters of context at most on either side of the sentence."""


def ask(ids: Sequence[str]) -> None:
    """Open the evidence of these observations when the run ends: one printed value, or the inputs of a derived one."""
    if ids:
        st.session_state[_ASKED] = list(dict.fromkeys(ids))


def open_if_asked(page: Page) -> None:
    """Open the dialog, once for each asking."""
    followed = (page.state.followed or {}).get(PARAMETER)
    ids = st.session_state.pop(_ASKED, None) or followed
    if not ids:
        return
    st.dialog(page.text("evidence.title"), width="large")(_dialog)(page, ids)


def _dialog(page: Page, ids: Sequence[str]) -> None:
    rows = [(name, page.edition.observation(name)) for name in ids]
    known = [row for _, row in rows if row]
    for name in (name for name, row in rows if row is None):
        st.warning(page.text("evidence.unknown", id=name))
    if known:
        evidence_more.found(page, [row["observation_id"] for row in known])
    if len(known) > 1:
        evidence_more.made(page, known)
        st.markdown(page.text("evidence.derived", n=len(known)))
    for row in known[:12]:
        _one(page, row, nested=len(known) > 1)
    if len(known) > 12:
        st.caption(page.text("evidence.more", n=len(known) - 12))


def _one(page: Page, row: dict[str, Any], nested: bool) -> None:
    source = page.edition.source(row["source_id"])
    if source is None:
        st.warning(page.text("evidence.unknown", id=row["observation_id"]))
        return
    indicator = page.catalog.indicators[row["indicator"]]
    with st.container(border=nested):
        st.markdown(f"## {headline(page, row)}")
        st.caption(" · ".join(qualifiers(page, row)))
        _place(page, row)
        if not nested:
            evidence_more.others(page, row, _place)
            evidence_more.follows(page, row)
        with st.expander(page.text("evidence.meaning")):
            st.markdown(indicator.meaning[page.lang])
            st.caption(page.text("evidence.identity", id=row["observation_id"], edition=page.edition.id))


def _place(page: Page, row: dict[str, Any]) -> None:
    """The sentence or the cell that a value was read from."""
    source = page.edition.source(row["source_id"])
    if source is not None and row["origin"] == "report":
        _report(page, row, source)
    elif source is not None:
        _table(page, row, source)


def headline(page: Page, row: dict[str, Any]) -> str:
    """Region, indicator, year and value in one line."""
    indicator = page.catalog.indicators[row["indicator"]]
    value = compact(
        row["value"], row["unit"], page.lang, page.catalog, indicator=indicator, comparator=row["comparator"]
    )
    year = page.text("charts.year", year=row["year"]) if row["year"] is not None else page.text("evidence.no_year")
    return f"{page.catalog.regions[row['region']].name(page.lang)} · {indicator.name(page.lang)} · {year} · **{value}**"


def qualifiers(page: Page, row: dict[str, Any]) -> list[str]:
    """What limits the value: kind of truth, measure, base year, grade, months, scope, status."""
    said = [page.text(f"common.scenario_{row['scenario']}"), page.text(f"common.measure_{row['measure']}")]
    if row["base_year"] is not None:
        said.append(page.text("evidence.base_year", year=row["base_year"]))
    if row["grade"]:
        said.append(page.text(f"common.grade_{row['grade']}"))
    if row["part_year"]:
        said.append(months(row["part_year"], page.lang))
    if row["scope"]:
        said.append(page.text("evidence.scope", scope=page.catalog.scope_name(row["scope"], page.lang)))
    if row["status"] != "A":
        said.append(page.text(f"common.status_{STATUSES[row['status']]}"))
    if row["standing"] != "current":
        said.append(page.text(f"common.standing_{row['standing']}"))
    return said


def sentence(body: str, start: int, end: int) -> tuple[str, str, str]:
    """The text around a span up to the ends of its sentence, and at most `AROUND` characters each way."""
    before = body[max(0, start - AROUND) : start]
    after = body[end : end + AROUND]
    breaks = list(_SENTENCE_END.finditer(before))
    cut = breaks[-1].end() if breaks else 0
    lead = before[cut:] if breaks or start <= AROUND else "…" + before
    stop = _SENTENCE_END.search(after)
    tail = after[: stop.end()] if stop else after + ("…" if end + AROUND < len(body) else "")
    return lead, body[start:end], tail


def marked(lead: str, number: str, tail: str) -> str:
    """The sentence as HTML with the number marked; everything from the text is escaped."""
    lead, number, tail = (html.escape(part).replace("\n", " ") for part in (lead, number, tail))
    return f'<p class="evidence-sentence">{lead}<mark>{number}</mark>{tail}</p>'


def _report(page: Page, row: dict[str, Any], source: dict[str, Any]) -> None:
    st.html(marked(*sentence(source["body"], row["start"], row["end"])))
    lines = [
        (page.text("evidence.source"), page.pick(source, "title")),
        (page.text("evidence.issuer"), page.pick(source, "publisher")),
        (page.text("evidence.published"), source["published"]),
        (page.text("evidence.section"), row["section"]),
        (page.text("evidence.document"), page.pick(source, "publication")),
    ]
    _facts(lines)
    if source["form"] == "digest":
        st.caption(page.text("evidence.digest"))
    rule, sure = rule_name(page, row["rule"]), row["confidence"]
    st.caption(page.text("evidence.read_by", rule=rule, sure=f"{100 * sure:.0f}%" if sure is not None else "–"))
    st.page_link(
        "pages/reports.py",
        label=page.text("evidence.open_report"),
        icon=":material/article:",
        query_params={"source": row["source_id"], "at": str(row["start"]), "lang": page.lang},
    )


def _table(page: Page, row: dict[str, Any], source: dict[str, Any]) -> None:
    cells = page.edition.table_cells(row["source_id"])
    same = cells.loc[(cells["region"] == row["region"]) & (cells["row"] == row["row"])].reset_index(drop=True)
    st.html(_row_of_table(same, row, beside=1 if page.narrow else 3))
    columns = json.loads(source["columns"] or "{}")
    own = columns.get(row["column"]) or {}
    lines = [
        (page.text("evidence.table"), page.pick(source, "title")),
        (page.text("evidence.cell"), page.text("evidence.cell_at", row=row["row"], column=row["column"])),
        (page.text("data.column_unit"), printed_unit(page, row)),
        (page.text("evidence.place"), row["section"]),
        (page.text("evidence.publisher"), page.pick(source, "publisher")),
        (page.text("evidence.publication"), own.get(page.lang) or page.pick(source, "publication")),
        (page.text("evidence.published"), own.get("published") or source["published"]),
        (page.text("evidence.address"), source["url"]),
    ]
    _facts(lines)
    st.markdown(page.pick(source, "definition"))
    st.caption(
        page.text(f"common.reading_{source['reading']}") + page.text("evidence.colon") + page.pick(source, "how_read")
    )


def _row_of_table(same: pd.DataFrame, row: dict[str, Any], beside: int) -> str:
    """The row of the table around the cell, so many columns on either side, the cell marked."""
    at = same.index[same["observation_id"] == row["observation_id"]]
    middle = int(at[0]) if len(at) else 0
    most = 2 * beside + 1
    first = max(0, min(middle - beside, len(same) - most))
    shown = same.iloc[first : first + most]
    heads, cells = [""], [html.escape(str(row["row"]))]
    for cell in shown.itertuples():
        heads.append(html.escape(str(cell.column)))
        printed = html.escape(str(cell.printed))
        cells.append(f"<mark>{printed}</mark>" if cell.observation_id == row["observation_id"] else printed)
    return (
        '<div class="evidence-table"><table><tr>' + "".join(f"<th>{head}</th>" for head in heads)
        + "</tr><tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr></table></div>"
    )  # fmt: skip


def _facts(lines: Sequence[tuple[str, Any]]) -> None:
    rows = "".join(f"<dt>{html.escape(name)}</dt><dd>{html.escape(str(value))}</dd>" for name, value in lines if value)
    st.html(f'<dl class="facts">{rows}</dl>')
