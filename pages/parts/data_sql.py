"""The SQL part of the Data page: a statement of the reader's own over the edition's tables, its rows and exports."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from charts.export import Meta
from indicators.errors import Problem, StatementError
from indicators.labels import has
from indicators.queries import Edition
from indicators.queries_sql import LIMITS, TABLES, Result, run, sources_behind
from indicators.sql_examples import load_examples
from pages.parts import exports, frame, rows, take
from pages.parts.page import Page

SHOWN = 500
"""Rows sent to the browser; the exports hold all that the result has."""
IN_ADDRESS = 1500
"""Characters of a statement that the address can carry; beyond, some programs cut links."""
KINDS = ("csv", "xlsx", "parquet", "json", "package")
"""Formats that hold any columns; SDMX is for observations."""
_TEXT, _RAN, _EXAMPLE = "data.sql", "data.sql_ran", "data.sql_example"
_TYPES = {"string": "VARCHAR", "double": "DOUBLE", "float": "FLOAT", "int16": "SMALLINT", "int32": "INTEGER"}


def show(page: Page) -> None:
    """Examples, the statement, and what it gives."""
    st.caption(page.text("data.sql_intro", seconds=f"{LIMITS.seconds:.0f}", rows=f"{LIMITS.rows:,}"))
    _statement(page)
    _tables(page)
    ran = st.session_state.get(_RAN)
    if not ran:
        st.info(page.text("data.sql_not_run"), icon=":material/play_circle:")
        return
    if st.session_state[_TEXT].strip() != ran.strip():
        st.caption(page.text("data.sql_changed"))
    if len(ran) > IN_ADDRESS:
        st.caption(page.text("data.sql_long_link"))
    else:
        page.state.keep("sql", [ran], [])
    with st.spinner(page.text("data.sql_running")):
        answer = _answer(page, ran)
    if isinstance(answer, Problem):
        _wrong(page, answer)
    else:
        _result(page, answer)


def _statement(page: Page) -> None:
    """The widgets. A link with a statement fills them and runs it: it can do no more than the one who follows it."""
    examples = load_examples(page.catalog.folder)
    given = (page.state.followed or {}).get("sql")
    if given:
        st.session_state[_RAN] = given[0]
    start = st.session_state.get(_RAN) or next(iter(examples.values())).sql
    page.state.fill("sql", _TEXT, start, lambda values: values[0])

    def take_example() -> None:
        if chosen := st.session_state[_EXAMPLE]:
            st.session_state[_TEXT] = st.session_state[_RAN] = examples[chosen].sql

    def press() -> None:
        st.session_state[_RAN] = st.session_state[_TEXT]
        # Pressed again after it took too long: it may have been the hour.
        _cached.clear(page.edition, str(page.edition.folder), st.session_state[_RAN])

    st.selectbox(
        page.text("data.sql_example"), list(examples), format_func=lambda name: examples[name].name(page.lang),
        index=None, placeholder=page.text("data.sql_example_choose"), key=_EXAMPLE, on_change=take_example,
    )  # fmt: skip
    st.text_area(page.text("data.sql_statement"), key=_TEXT, height=260)
    st.button(
        page.text("data.sql_run"), type="primary", icon=":material/play_arrow:", on_click=press, key="data.sql_go"
    )


@st.cache_resource(max_entries=16, show_spinner=False)
def _cached(_edition: Edition, folder: str, statement: str) -> Result | Problem:
    """The answer to a statement over the edition of a folder, which never changes; kept for the reruns of a page."""
    try:
        return run(_edition, statement)
    except StatementError as error:
        if error.problem.code == "busy":
            raise
        return error.problem


def _answer(page: Page, statement: str) -> Result | Problem:
    try:
        return _cached(page.edition, str(page.edition.folder), statement)
    except StatementError as error:
        return error.problem


def _wrong(page: Page, problem: Problem) -> None:
    """What is wrong, where, and what to do. What comes from the statement is shown as text, never as Markdown."""
    told = {name: value if name == "tables" else _literal(value) for name, value in problem.params.items()}
    said = page.text(f"data.sql_{problem.code}", **told)
    st.error(f"{said}\n\n{page.text(f'data.sql_{problem.code}_hint', **told)}", icon=":material/error:")


def _literal(value: str) -> str:
    if value.isalnum():
        return value
    return "`" + " ".join(value.replace("`", "'").split()) + "`"


def _result(page: Page, result: Result) -> None:
    found = result.rows
    if result.more:
        st.warning(page.text("data.sql_more", rows=f"{LIMITS.rows:,}"), icon=":material/content_cut:")
    if found.empty:
        st.info(page.text("data.sql_no_rows"), icon=":material/search_off:")
        return
    key = "data.sql_count" if len(found) <= SHOWN else "data.sql_count_first"
    st.markdown(page.text(key, n=f"{len(found):,}", seconds=f"{result.seconds:.2f}", shown=SHOWN))
    part = found.head(SHOWN)
    frame.table(
        page, part, _evidence(page, part), {}, "data.sql_rows", show_ids=True,
        column_config=_config(part), height=rows.height(len(part)), placeholder="",
    )  # fmt: skip
    _downloads(page, result)


def _evidence(page: Page, found: pd.DataFrame) -> list[str | None] | None:
    """The observation of each row, where there is one: a statement may write anything into a column of that name."""
    if "observation_id" not in found:
        return None
    known = set(sources_behind(page.edition, _ids(found))["observation_id"])
    ids = [name if isinstance(name, str) and name in known else None for name in found["observation_id"]]
    return ids if any(ids) else None


def _ids(found: pd.DataFrame) -> list[str]:
    return [str(name) for name in found["observation_id"].dropna().unique()]


def _config(found: pd.DataFrame) -> dict[str, Any]:
    """Years without separators."""
    years = [name for name in found if "year" in str(name).lower() and pd.api.types.is_integer_dtype(found[name])]
    return {name: st.column_config.NumberColumn(format="%d") for name in years}


def _downloads(page: Page, result: Result) -> None:
    """The result as files; the statement and the edition are on the cover."""
    meta = _meta(page, result)

    def made(make: take.Maker) -> bytes:
        return make(result.rows, replace(meta, sources=tuple(exports.works(page, _sources(page, result.rows)))))

    take.bar(page, "data.sql_rows", replace(meta, filters={}), made, kinds=KINDS)


def _meta(page: Page, result: Result) -> Meta:
    known = next((one for one in load_examples(page.catalog.folder).values() if one.sql == result.statement), None)
    notes = [page.text("data.sql_export_note")]
    if result.more:
        notes.append(page.text("data.sql_more", rows=f"{LIMITS.rows:,}"))
    title = known.name(page.lang) if known else page.text("data.sql_title")
    return exports.meta_of(
        page, title, unit="", notes=notes, filters={page.text("data.sql_statement"): result.statement}
    )


def _sources(page: Page, found: pd.DataFrame) -> pd.DataFrame:
    """The source of each row, where the result says it."""
    if "observation_id" in found:
        return sources_behind(page.edition, _ids(found))
    return found[["source_id"]].dropna() if "source_id" in found else pd.DataFrame({"source_id": []})


def _tables(page: Page) -> None:
    """What can be queried; made only when somebody opens it."""
    box = st.expander(page.text("data.sql_tables"), icon=":material/schema:", key="data.sql_tables", on_change="rerun")
    with box:
        if not box.open:
            return
        for name, schema in TABLES.items():
            cells: list[tuple[str, ...]] = [
                (f"`{field.name}`", _TYPES.get(str(field.type), "VARCHAR[]")) for field in schema
            ]
            means = [_means(page, name, field.name) for field in schema]
            heads = [page.text("data.sql_column"), page.text("data.sql_type")]
            if any(means):
                heads.append(page.text("data.dictionary_meaning"))
                cells = [(*row, meaning) for row, meaning in zip(cells, means, strict=True)]
            lines = [f"| {' | '.join(row)} |" for row in (heads, ["---"] * len(heads), *cells)]
            st.markdown("\n".join([f"**`{name}`** · {page.text(f'data.sql_table_{name}')}", "", *lines]))


def _means(page: Page, table: str, column: str) -> str:
    """What a column holds: in words for the observations, by its name elsewhere."""
    key = f"data.means_{column}"
    return page.text(key) if has(key) and table in ("observations", "figures") else ""
