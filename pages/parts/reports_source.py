"""What the Reports page shows of a source: the facts about it, a report's text or numbers, a table as printed."""

from __future__ import annotations

import html
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from charts.chart import qualified
from indicators import queries_derived
from indicators.selection import Selection
from pages.parts import (
    choose,
    entries,
    evidence,
    findings,
    frame,
    method_sources,
    problems,
    reports_numbers,
    reports_text,
    rows,
    take,
)
from pages.parts.page import Page
from pages.parts.printed_unit import printed_unit
from pages.parts.reports_numbers import CLASSES, REVIEW, Numbers

_SAMPLE = "123"
_SCROLL = """
export default function ({ data, parentElement }) {
  if (parentElement.shownPlace === data.place) return
  let tries = 0
  const look = () => {
    const target = document.getElementById(data.id)
    if (target) {
      parentElement.shownPlace = data.place
      target.scrollIntoView({ block: "center" })
    } else if (tries++ < 40) setTimeout(look, 50)
  }
  look()
}
"""


def facts(page: Page, source: Mapping[str, Any], numbers: Numbers) -> str:
    """The report's identity as HTML, and how much was read in it."""
    region = page.catalog.regions.path(source["region"], page.lang)
    note = " ".join(page.pick(source, "notes"))
    shown = page.pick(source, "title")
    pairs = [
        (page.text("reports.title_printed"), source["title_zh"] if shown != source["title_zh"] else None),
        (page.text("reports.place"), region),
        (page.text("evidence.issuer"), page.pick(source, "publisher")),
        (page.text("evidence.published"), source["published"]),
        (page.text("reports.kind"), page.text(f"reports.kind_{source['kind']}")),
        (page.text("evidence.document"), page.pick(source, "publication")),
        (page.text("reports.form"), page.text(f"reports.form_{source['form']}")),
        (page.text("evidence.address"), entries.link(source["url"])),
        (
            page.text("reports.read"),
            page.text(
                "reports.counts",
                numbers=len(numbers.ledger),
                figures=len(numbers.figures),
                observations=source["observations"],
            ),
        ),
        (page.text("reports.note"), note),
    ]
    return f"{_title(shown)}{entries.facts(pairs)}"


def _title(words: str) -> str:
    return f'<h3 class="source-title">{html.escape(words)}</h3>'


def report(page: Page, source: Mapping[str, Any], at: int | None) -> None:
    """A report: facts, then its text with every number marked, or its numbers as a table."""
    numbers = Numbers.of(page, source)
    st.html(reports_text.STYLE + facts(page, source, numbers))
    view = choose.segment(
        page, "view", page.text("reports.view"), ["text", "numbers"], lambda name: page.text(f"reports.view_{name}")
    )
    if view == "text":
        _text(page, numbers, at)
    else:
        _numbers(page, source, numbers)
    ids = [name for name in numbers.figures["observation_id"] if isinstance(name, str)]
    _found(page, queries_derived.findings(page.edition, ids, source["source_id"]))


def _text(page: Page, numbers: Numbers, at: int | None) -> None:
    marks = reports_numbers.marks(page, numbers)
    st.html(_legend(page, numbers, marks) + reports_text.render(numbers.body, marks, numbers.titles, at))
    if reports_text.holds(marks, at):
        _scroll_to(str(at))


def _legend(page: Page, numbers: Numbers, marks: list[reports_text.Marked]) -> str:
    """The key: each class with its count, adding up to all numbers, and why numbers are no figures."""
    kinds = [mark.kind for mark in marks]
    items = [
        (kind, _SAMPLE, page.text(f"reports.class_{kind}"), kinds.count(kind))
        for kind in ("observation", "target", "requirement", "unmapped", "none") if kinds.count(kind) or kind in CLASSES
    ]  # fmt: skip
    said = reports_text.legend(items, page.text("reports.total", n=f"{len(marks):,}"))
    reasons = page.text("charts.list_comma").join(
        page.text("reports.reason_count", reason=reports_numbers.reason_text(page, reason), n=n)
        for reason, n in numbers.reasons().items()
    )
    if reasons:
        said += entries.listing([entries.entry("", quiet=[page.text("reports.reasons", reasons=reasons)])])
    return said


def _scroll_to(place: str) -> None:
    """Bring the number that a link points at into view, once."""
    scroll = st.components.v2.component("scroll_to", js=_SCROLL)
    scroll(data={"id": reports_text.HERE, "place": place}, key="scroll_to")


def _numbers(page: Page, source: Mapping[str, Any], numbers: Numbers) -> None:
    counts = numbers.counts()
    doubtful = len(numbers.doubtful())
    offered = ["all", *(name for name in CLASSES if counts[name]), *([REVIEW] if doubtful else [])]

    def say(name: str) -> str:
        n = sum(counts.values()) if name == "all" else doubtful if name == REVIEW else counts[name]
        return page.text("reports.show_class", name=page.text(f"reports.class_{name}"), n=f"{n:,}")

    shown = choose.segment(page, "show", page.text("reports.show"), offered, say)
    if shown == REVIEW:
        table, ids = reports_numbers.for_review(page, numbers)
    else:
        table, ids = reports_numbers.listed(page, numbers, CLASSES if shown == "all" else (shown,))
    if table.empty:
        st.info(page.text("reports.no_numbers"), icon=":material/search_off:")
        return
    frame.table(page, table, ids, {}, "reports.numbers", column_config=rows.column_config(page), placeholder="",
                height=rows.height(len(table)))  # fmt: skip
    st.caption(page.text("reports.review_note" if shown == REVIEW else "reports.numbers_note"))
    _downloads(page, source)


def table(page: Page, source: Mapping[str, Any]) -> None:
    """A table: its card and its cells as printed; a click on a cell opens its evidence."""
    cells = page.edition.table_cells(source["source_id"])
    units = set(printed_units(page, cells).values())
    card = entries.facts([
        (page.text("evidence.publisher"), page.pick(source, "publisher")),
        (page.text("evidence.publication"), page.pick(source, "publication")),
        (page.text("evidence.published"), source["published"]),
        (page.text("data.column_unit"), units.pop() if len(units) == 1 else None),
        *column_meanings(page, cells),
    ])  # fmt: skip
    more = entries.entry("", folded=(page.text("method.source_more"), method_sources.details(page, dict(source))))
    st.html(reports_text.STYLE + _title(page.pick(source, "title")) + card + entries.listing([more]))
    printed, ids = as_printed(page, cells)

    def clicked() -> None:
        chosen = st.session_state["reports.cells"]["selection"]["cells"]
        evidence.ask([name for row, column in chosen if (name := ids[row].get(column))])

    st.caption(page.text("reports.click_cell", n=f"{len(cells):,}"))
    columns = {name: st.column_config.TextColumn(alignment="right") for name in printed.columns[1:]}
    columns[printed.columns[0]] = st.column_config.TextColumn(pinned=True)
    found = queries_derived.findings(page.edition, cells["observation_id"].tolist(), source["source_id"])
    flagged = problems.contradictions(page, found).keys() & set(cells["observation_id"])
    if flagged:
        st.caption(page.text("reports.cells_flagged", n=len(flagged)))
    st.dataframe(_coloured(printed, ids, flagged), hide_index=True, key="reports.cells", on_select=clicked,
                 selection_mode="single-cell", placeholder="", column_config=columns,
                 height=rows.height(len(printed)))  # fmt: skip
    _downloads(page, source)
    _found(page, found)


def _coloured(printed: pd.DataFrame, ids: Sequence[Mapping[str, str]], flagged: Collection[str]) -> Any:
    """The grid with the cells of some observations on a ground of their own; as it is where there are none."""
    if not flagged:
        return printed
    grounds = pd.DataFrame("", index=printed.index, columns=printed.columns)
    for place, row in enumerate(ids):
        for header, name in row.items():
            if name in flagged:
                grounds.at[place, header] = "background-color: rgba(192, 57, 43, .22)"
    return printed.style.apply(lambda _: grounds, axis=None)


def as_printed(page: Page, cells: pd.DataFrame) -> tuple[pd.DataFrame, list[dict[str, str]]]:
    """The cells of a table in rows and columns, and for each row the observation under each heading.

    Rows are named as printed in Chinese, by the catalogue in English; several rows of one region always as printed.
    """
    grid: dict[tuple[str, str], dict[str, str]] = {}
    ids: dict[tuple[str, str], dict[str, str]] = {}
    several = cells.drop_duplicates(["region", "row"])["region"].duplicated().any()  # rows are years or indicators
    first = page.text("reports.column_row" if several else "data.column_region")
    headers = list(dict.fromkeys(cells.sort_values(["indicator", "year"], kind="stable")["column"]))
    for cell in cells.to_dict("records"):
        at = (cell["region"], cell["row"])
        name = cell["row"] if page.lang == "zh" or several else page.catalog.regions[cell["region"]].name(page.lang)
        grid.setdefault(at, {first: name})[cell["column"]] = cell["printed"]
        ids.setdefault(at, {})[cell["column"]] = cell["observation_id"]
    return pd.DataFrame(list(grid.values()), columns=[first, *headers]), list(ids.values())


def column_meanings(page: Page, cells: pd.DataFrame) -> list[tuple[str, str]]:
    """Heading -> indicator, year and unit, where headings are more than years."""
    units = printed_units(page, cells)
    found = []
    for cell in cells.drop_duplicates("column").sort_values(["indicator", "year"], kind="stable").to_dict("records"):
        header = str(cell["column"])
        if header.isdecimal():
            continue
        limit = page.catalog.scope_name(cell["scope"], page.lang) if isinstance(cell["scope"], str) else None
        name = qualified(page.catalog.indicators[cell["indicator"]].name(page.lang), page.lang, limit)
        measure = "" if cell["measure"] == "level" else page.text(f"common.measure_{cell['measure']}")
        said = [name, measure, page.text("charts.year", year=cell["year"]), units.get(header, "")]
        found.append((header, page.text("charts.dot").join(part for part in said if part)))
    return found


def printed_units(page: Page, cells: pd.DataFrame) -> dict[str, str]:
    """Heading -> the unit that its numbers are printed in."""
    units = {}
    for header, rows_ in cells.loc[cells["value"] != 0].groupby("column", sort=False):
        if rows_["unit"].nunique() > 1:
            continue  # a column of a table whose rows are indicators
        units[str(header)] = printed_unit(page, rows_.iloc[0])
    return units


def _downloads(page: Page, source: Mapping[str, Any]) -> None:
    """The source's observations, earlier vintages included."""
    chosen = Selection(sources=(source["source_id"],), standings=())
    title = page.pick(source, "title")
    take.downloads(
        page, lambda: page.edition.observations(chosen), title, "reports.source", unit=page.text("data.units_differ"),
        notes=[page.text("data.export_units")], filters={page.text("evidence.source"): title},
    )  # fmt: skip


def _found(page: Page, found: pd.DataFrame) -> None:
    """What the checks found in a source, or about its values."""
    if len(found):
        grave = bool((found["severity"] != "note").any())
        with st.expander(page.text("method.problems", n=len(found)), icon=":material/rule:", expanded=grave):
            findings.show(page, found, "reports.found")
