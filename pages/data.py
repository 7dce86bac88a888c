"""Data: give me the rows. By filters: the count, the rows with their evidence, exports of all of them, the dictionary.
Or by a statement in SQL.
"""

from __future__ import annotations

from functools import partial

import streamlit as st

from charts.export import file_name
from charts.numbers import unit_name
from indicators.selection import EVERYTHING, Selection
from pages.parts import app, choose, code, data_filters, data_sql, exports, fair, frame, rows, take, take_large
from pages.parts.page import Page

SHOWN = 500
"""Rows sent to the browser; the exports hold all of them."""


def show(page: Page, chosen: Selection, count: int) -> None:
    """The count, what to know before comparing, the first rows, and the exports."""
    said = fair.of_selection(page, chosen, count)
    fair.say(page, said, "data.fair")
    part = page.edition.observations(chosen, limit=SHOWN)
    st.markdown(page.text("data.count" if count <= SHOWN else "data.count_first", n=f"{count:,}", shown=SHOWN))
    frame.table(
        page, rows.readable(page, part), part["observation_id"], {}, "data.rows",
        column_config=rows.column_config(page), height=rows.height(count), placeholder="",
    )  # fmt: skip
    units = page.edition.values_of(("unit",), chosen)["unit"]
    unit = unit_name(units[0], page.lang, page.catalog) if len(units) == 1 else page.text("data.units_differ")
    take_away = (
        partial(take_large.downloads, page, chosen)
        if count > take_large.LARGE
        else partial(take.downloads, page, lambda: page.edition.observations(chosen))
    )
    named = take_away(
        _title(page, chosen), "data.rows", unit=unit,
        notes=[*said, page.text("data.export_units")], filters=data_filters.described(page, chosen),
    )  # fmt: skip
    st.caption(page.text("data.export_units"))
    code.show(page, chosen, file_name(named, "parquet"), "data.rows")


def _title(page: Page, chosen: Selection) -> str:
    if len(chosen.indicators) == 1:
        return page.catalog.indicators[chosen.indicators[0]].name(page.lang)
    return page.text("data.export_title")


def nothing(page: Page, chosen: Selection) -> None:
    """Why there are no rows, and which filter to loosen."""
    ways = data_filters.ways_out(page, chosen)
    said = [page.text("data.nothing")]
    said += [page.text(f"data.without_{name}", n=f"{count:,}") for name, count in ways]
    if not ways:
        said.append(page.text("data.without_several"))
    st.info("\n- ".join(said), icon=":material/search_off:")


def dictionary(page: Page) -> None:
    """What each column of the exports means; made only when somebody opens it."""
    box = st.expander(
        page.text("data.dictionary"), icon=":material/dictionary:", key="data.dictionary", on_change="rerun"
    )
    with box:
        if box.open:
            exported = exports.export_rows(page, page.edition.observations(EVERYTHING, limit=1))
            heads = " | ".join(page.text(f"data.dictionary_{name}") for name in ("column", "heading", "meaning"))
            lines = [
                f"| `{name}` | {heading} | {meaning} |"
                for name, (heading, meaning) in exports.dictionary(page, list(exported.columns)).items()
            ]
            st.markdown("\n".join([f"| {heads} |", "|---|---|---|", *lines]))


def filtered(page: Page) -> None:
    """The part for those who choose from lists."""
    chosen = data_filters.selection(page)
    count = page.edition.count(chosen)
    if count:
        show(page, chosen, count)
    else:
        nothing(page, chosen)
    dictionary(page)


page = app.begin("data")
parts = {"filter": filtered, "sql": data_sql.show}
parts[choose.segment(page, "part", page.text("data.part"), list(parts), lambda name: page.text(f"data.part_{name}"))](
    page
)
app.finish(page)
