"""What the Index page shows of an index: charts in their frame, the tables of its steps, what can be taken away."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from charts.chart import Chart
from charts.export import Meta
from charts.numbers import unit_name
from charts.workbook import to_book
from indicators.composite import steps
from indicators.composite.build import Composite
from indicators.composite.recipe import Part, encode
from pages.parts import choose, evidence, exports, frame, take
from pages.parts import composite_words as words
from pages.parts.composite_choices import part_name
from pages.parts.page import Page

STEP = "step"
KINDS = tuple(kind for kind in take.FORMATS if kind != "sdmx")
"""SDMX is for observations, which the tables of the steps are not."""
Columns = Mapping[str, tuple[str, str]]


def inputs_of(found: Composite) -> dict[str, list[str]]:
    """Region -> the printed values behind its score."""
    told: dict[str, list[str]] = {}
    for code, ids in zip(found.inputs.rows["region"], found.inputs.rows["inputs"], strict=True):
        told.setdefault(code, []).extend(ids)
    return {code: list(dict.fromkeys(ids)) for code, ids in told.items()}


def show_chart(
    page: Page, found: Composite, chart: Chart, step: str, key: str, filters: Mapping[str, str], said: Sequence[str]
) -> None:  # fmt: skip
    """A chart of a step's table in its frame: files hold the table, a click on a region leads to what is behind it."""
    table = steps.STEPS[step](found, page.catalog)
    columns = columns_of(page, found, table, step)
    rows = found.inputs.rows.drop(columns="part")
    meta = meta_of(page, found, page.text(f"step_{step}"), filters, said)
    frame.show(
        page, chart, rows, key, notes=said, filters=filters, behind=inputs_of(found),
        take=lambda drawn: take_table(page, table, meta, columns, key, drawn),
    )  # fmt: skip


# -- the steps ---------------------------------------------------------------------------------------------------------


def show_steps(page: Page, found: Composite, filters: Mapping[str, str], said: Sequence[str]) -> None:
    """How it was computed: each step's table, to look at and to take away, and the address of exactly this recipe."""
    key = "composite.steps.box"
    # Setting it, even to the same, is what makes Streamlit tell the browser when a page is drawn again.
    st.session_state[key] = st.session_state.get(key, False) or STEP in (page.state.followed or {})
    box = st.expander(page.text("steps"), icon=":material/function:", key=key, on_change="rerun")
    with box:
        if not box.open:
            return
        st.markdown(page.text("steps_about", n=f"{len(found.simulated.ranks):,}", seed=found.simulated.seed))
        step = choose.one(page, STEP, page.text("step"), list(steps.STEPS), lambda code: page.text(f"step_{code}"))
        st.caption(page.text(f"about_{step}"))
        table = steps.STEPS[step](found, page.catalog)
        _show_table(page, found, table, step)
        meta = meta_of(page, found, page.text(f"step_{step}"), filters, said)
        take_table(page, table, meta, columns_of(page, found, table, step), f"composite.{step}")
        st.caption(page.text("recipe_link"))
        st.code(
            f"?{urlencode({'lang': [page.lang], **encode(found.recipe)}, doseq=True)}", language=None, wrap_lines=True
        )


def _show_table(page: Page, found: Composite, table: pd.DataFrame, step: str) -> None:
    if table.empty:
        st.info(page.text("step_empty"), icon=":material/check:")
        return
    columns = columns_of(page, found, table, step)
    shown = readable(page, table).rename(columns={name: heading for name, (heading, _) in columns.items()})
    config = {name: st.column_config.NumberColumn(format="%.4g") for name in shown if shown[name].dtype == float}
    wide = {columns[part.code][0]: part for part in found.inputs.parts if part.code in columns}
    pinned = {columns["region"][0]: st.column_config.TextColumn(pinned=not page.narrow)} if "region" in columns else {}
    if step not in ("values", "years"):
        st.dataframe(shown, hide_index=True, column_config=config | pinned)
        return
    st.caption(page.text("click_cell"))
    behind = {
        (code, part): list(ids)
        for code, part, ids in zip(*(found.inputs.rows[n].tolist() for n in ("region", "part", "inputs")), strict=True)
    }
    key = f"composite.{step}.cells"

    def clicked() -> None:
        cells = st.session_state[key]["selection"]["cells"]
        asked = [(table["region"].iloc[row], wide[name].code) for row, name in cells if name in wide]
        evidence.ask([one for cell in asked for one in behind.get(cell, ())])

    st.dataframe(
        shown, hide_index=True, column_config=config | pinned, key=key, on_select=clicked, selection_mode="single-cell"
    )


def readable(page: Page, table: pd.DataFrame) -> pd.DataFrame:
    """Codes in words."""
    say: dict[str, Callable[[Any], str]] = {
        "region": lambda code: page.catalog.regions[code].name(page.lang),
        "indicator": lambda code: page.catalog.indicators[code].name(page.lang),
        "part": lambda code: part_name(page, Part.of(code)),
        "theme": lambda code: page.catalog.themes[code].name(page.lang),
        "choice": lambda code: page.text(f"source_{code}"),
        "action": lambda code: page.text(f"action_{code}"),
        "better": lambda code: page.text(f"better_{code}"),
        "outlying": lambda code: page.text("yes" if code else "no"),
        "unit": lambda code: unit_name(code, page.lang, page.catalog),
    }
    return table.assign(
        **{name: [words_of(one) for one in table[name]] for name, words_of in say.items() if name in table}
    )


def columns_of(page: Page, found: Composite, table: pd.DataFrame, step: str = "") -> Columns:
    """Heading and meaning of each column of a step's table; values that are not scores say their unit."""
    parts = {part.code: (part, unit) for part, unit in zip(found.inputs.parts, found.inputs.units, strict=True)}
    told: dict[str, tuple[str, str]] = {}
    for name in map(str, table.columns):
        if name in parts:
            part, unit = parts[name]
            indicator = page.catalog.indicators[part.indicator]
            said = unit_name(unit, page.lang, page.catalog, indicator)
            heading = part_name(page, part)
            if step == "values":
                heading = page.text("charts.axis", what=heading, unit=said)
            told[name] = (heading, said)
        elif name in page.catalog.themes:
            told[name] = (page.catalog.themes[name].name(page.lang), page.text("means_theme"))
        elif name in page.catalog.regions:
            told[name] = (words.region(page, name), page.text("means_place"))
        else:
            told[name] = (page.text(f"column_{name}"), page.text(f"means_{name}"))
    return told


# -- to take away ------------------------------------------------------------------------------------------------------


def meta_of(page: Page, found: Composite, title: str, filters: Mapping[str, str], said: Sequence[str]) -> Meta:
    """What travels with a table: the recipe in words and as an address, the sources, the notes."""
    address = f"?{urlencode(encode(found.recipe), doseq=True)}"
    return Meta(
        title=page.text("export_title", title=title, when=words.when(page, found)),
        filters=dict(filters),
        unit="",
        sources=tuple(exports.works(page, found.inputs.rows)),
        edition=page.edition.id,
        lang=page.lang,
        notes=tuple(said),
        url=address,
    )


def take_table(page: Page, table: pd.DataFrame, meta: Meta, columns: Columns, key: str, drawn: str = "") -> None:
    """The download bar of one table; files hold the same rows, with codes and names side by side.

    Args:
        drawn: Key of the chart that shows the table, if one does.
    """
    rows = with_names(page, table)
    whole = replace(meta, columns=dict(columns) | {"name": (page.text("column_name"), page.text("means_name"))})
    take.bar(page, key, whole, lambda make: make(rows, whole), kinds=KINDS, drawn=drawn)


def with_names(page: Page, table: pd.DataFrame) -> pd.DataFrame:
    """The table with the names of its rows' codes beside them."""
    for column in ("region", "part", "choice", "theme"):
        if column in table:
            named = table.copy()
            named.insert(named.columns.get_loc(column) + 1, "name", readable(page, table[[column]])[column])
            return named
    return table


def take_book(page: Page, found: Composite, filters: Mapping[str, str], said: Sequence[str]) -> None:
    """All steps as one workbook, made when it is asked for."""

    def made() -> bytes:
        sheets = []
        for step, table_of in steps.STEPS.items():
            table = table_of(found, page.catalog)
            columns = dict(columns_of(page, found, table, step)) | {"name": (page.text("column_name"), "")}
            sheets.append((page.text(f"sheet_{step}"), with_names(page, table), columns))
        return to_book(sheets, meta)

    meta = meta_of(page, found, page.text("all_steps"), filters, said)
    exports.file_button(page.text("take_book"), made, meta, take.FORMATS["xlsx"][1], "xlsx", "composite.book")
