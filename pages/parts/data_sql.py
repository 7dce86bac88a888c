"""The SQL part of the Data page: a statement of the reader's own over the edition's tables, its rows and exports."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from charts.export import Meta, file_name
from indicators.errors import Problem, StatementError
from indicators.labels import has
from indicators.queries import Edition
from indicators.queries_sql import LIMITS, TABLES, Result, run, sources_behind
from indicators.sql_examples import load_examples
from pages.parts import frame, rows, take
from pages.parts.page import Page

SHOWN = 500
"""Rows sent to the browser; the exports hold all that the result has."""
IN_ADDRESS = 1500
"""Characters of a statement that the address can carry; beyond, some programs cut links."""
IN_CELL = 32_767
"""Characters of a text that Excel can hold."""
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
    ids = part["observation_id"] if "observation_id" in part and part["observation_id"].dtype == "str" else None
    frame.table(
        page, part, ids.where(ids.notna(), None) if ids is not None else None, {}, "data.sql_rows",
        column_config=_config(part), height=rows.height(len(part)), placeholder="",
    )  # fmt: skip
    _downloads(page, result)


def _config(found: pd.DataFrame) -> dict[str, Any]:
    """Years without separators."""
    years = [name for name in found if "year" in str(name).lower() and pd.api.types.is_integer_dtype(found[name])]
    return {name: st.column_config.NumberColumn(format="%d") for name in years}


def _downloads(page: Page, result: Result) -> None:
    """The result as files; the statement and the edition are on the cover."""
    meta = _meta(page, result)
    named = file_name(replace(meta, filters={}, sources=()), "")

    def made(make: Callable[[pd.DataFrame, Meta], bytes], kind: str) -> bytes:
        found, told = result.rows, meta
        if kind == "xlsx":
            found, cut = _for_cells(found)
            notes = (*meta.notes, page.text("data.sql_cut_note", most=f"{IN_CELL:,}")) if cut else meta.notes
            told = replace(meta, notes=notes)
        return make(found, replace(told, sources=tuple(take.works(page, _sources(page, result.rows)))))

    with st.container(horizontal=True, key="data.sql_rows.downloads"):
        for kind, (make, mime) in take.FORMATS.items():
            st.download_button(
                page.text(f"common.download_{kind}"), data=partial(made, make, kind), file_name=f"{named}{kind}",
                mime=mime, on_click="ignore", key=f"data.sql_rows.{kind}", icon=":material/download:", type="tertiary",
            )  # fmt: skip


def _meta(page: Page, result: Result) -> Meta:
    known = next((one for one in load_examples(page.catalog.folder).values() if one.sql == result.statement), None)
    notes = [page.text("data.sql_export_note")]
    if result.more:
        notes.append(page.text("data.sql_more", rows=f"{LIMITS.rows:,}"))
    title = known.name(page.lang) if known else page.text("data.sql_title")
    return take.meta_of(page, title, unit="", notes=notes, filters={page.text("data.sql_statement"): result.statement})


def _sources(page: Page, found: pd.DataFrame) -> pd.DataFrame:
    """The source of each row, where the result says it."""
    if "observation_id" in found:
        return sources_behind(page.edition, [str(name) for name in found["observation_id"].dropna().unique()])
    return found[["source_id"]].dropna() if "source_id" in found else pd.DataFrame({"source_id": []})


def _for_cells(found: pd.DataFrame) -> tuple[pd.DataFrame, bool]:
    """The rows as Excel can hold them: texts of the length that it allows, endless numbers as text; whether any was
    cut.
    """
    cut = False
    columns: dict[Any, Any] = {}
    for name in found:
        values = found[name].tolist()
        cut = cut or any(isinstance(value, str) and len(value) > IN_CELL for value in values)
        columns[name] = pd.Series([_cell(value) for value in values], dtype=object)
    return pd.DataFrame(columns), cut


def _cell(value: Any) -> Any:
    if isinstance(value, str):
        return value[:IN_CELL]
    if isinstance(value, float) and value in (float("inf"), float("-inf")):
        return str(value)
    return None if pd.isna(value) else value


def _tables(page: Page) -> None:
    """What can be queried; made only when somebody opens it."""
    box = st.expander(page.text("data.sql_tables"), icon=":material/schema:", key="data.sql_tables", on_change="rerun")
    with box:
        if not box.open:
            return
        heads = " | ".join(page.text(f"data.{name}") for name in ("sql_column", "sql_type", "dictionary_meaning"))
        for name, schema in TABLES.items():
            lines = [
                f"| `{field.name}` | {_TYPES.get(str(field.type), 'VARCHAR[]')} | {_means(page, name, field.name)} |"
                for field in schema
            ]
            st.markdown(
                "\n".join(
                    [f"**`{name}`** · {page.text(f'data.sql_table_{name}')}", "", f"| {heads} |", "|---|---|---|"]
                )
                + "\n"
                + "\n".join(lines)
            )


def _means(page: Page, table: str, column: str) -> str:
    """What a column holds: in words for the observations, by its name elsewhere."""
    key = f"data.means_{column}"
    return page.text(key) if has(key) and table in ("observations", "figures") else ""
