"""A region's profile as a written report: its standing, every indicator, what its reports say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import pandas as pd
import streamlit as st

from charts.chart import Chart
from charts.report import Section, Table
from indicators import profile
from indicators.entry import Entry
from indicators.labels import sentences
from pages.parts import evidence, exports, papers
from pages.parts import region_words as words
from pages.parts.page import Page

COLUMNS = ("indicator", "latest", "year", "change", "place", "distance")
NUMERIC = frozenset({"latest", "year", "change", "place", "distance"})


def buttons(
    page: Page,
    code: str,
    opening: str,
    lines: tuple[Sequence[str], Sequence[str]],
    chart: Chart,
    rows: pd.DataFrame,
    entries: Sequence[Entry],
    own: pd.DataFrame,
    notes: Sequence[str],
) -> None:
    """The profile in each format of reports, made when it is asked for.

    Args:
        opening: What the page says first, as plain words.
        lines: Strengths and weaknesses, a sentence each.
        chart, rows: Distances from the peers' median, and the rows behind them.
        own: All current observations of the region.
        notes: What to know before comparing.
    """
    region = page.catalog.regions[code].full_name(page.lang)
    title = page.text("paper_title", region=region)
    meta = replace(exports.meta_of(page, title, unit=""), sources=tuple(exports.works(page, own)))

    def sections() -> list[Section]:
        best = Section(
            None if chart.empty else chart,
            rows,
            title=page.text("paper_strengths"),
            paragraphs=tuple(_named(page, lines)),
            sources=papers.cited(page, rows) if not chart.empty else (),
        )
        first = Section(title=page.text("paper_opening"), say=opening, notes=tuple(notes))
        return [first, *([best] if best.drawn else []), *_themes(page, entries, own), *_reports(page, own)]

    def made(kind: str) -> bytes:
        return papers.written(page, kind, sections(), meta)

    with st.container(horizontal=True):
        for kind, (_, mime, ending) in papers.FORMATS.items():
            label, key = page.text(f"paper_{kind}"), f"region.{kind}"
            exports.file_button(label, partial(made, kind), meta, mime, ending, key, icon="description")


def _named(page: Page, lines: tuple[Sequence[str], Sequence[str]]) -> list[str]:
    """Strengths and weaknesses below their names; where there are none, that."""
    found = []
    for name, some in zip(("strengths", "weaknesses"), lines, strict=True):
        found.append(page.text("paper_list", name=page.text(name)) + ("" if some else page.text("none_of_them")))
        found += [f"{n}. {line}" for n, line in enumerate(some, 1)]
    return found


def _themes(page: Page, entries: Sequence[Entry], own: pd.DataFrame) -> list[Section]:
    """A table for each theme that has values."""
    by_theme: dict[str, list[Entry]] = {}
    for entry in entries:
        by_theme.setdefault(entry.indicator.theme, []).append(entry)
    return [
        Section(
            title=page.catalog.themes[theme].name(page.lang),
            say=_about(page, some),
            table=_table(page, some),
            sources=papers.cited(page, own.loc[own["indicator"].isin([one.indicator.id for one in some])]),
        )
        for theme, some in by_theme.items()
    ]


def _about(page: Page, entries: Sequence[Entry]) -> str:
    """How many indicators there are, and what their ranks are of where some have one."""
    said = [page.text("paper_theme", n=len(entries))]
    said += [page.text("paper_ranked")] if any(entry.fair and entry.fair.place for entry in entries) else []
    return sentences(said, page.lang)


def _table(page: Page, entries: Sequence[Entry]) -> Table:
    rows = [[_cell(page, entry, column) for column in COLUMNS] for entry in entries]
    kept = [n for n in range(len(COLUMNS)) if any(row[n] not in ("", page.text("region.none")) for row in rows)]
    return Table(
        [page.text(f"column_{COLUMNS[n]}") for n in kept],
        [[row[n] for n in kept] for row in rows],
        [COLUMNS[n] in NUMERIC for n in kept],
    )


def _cell(page: Page, entry: Entry, column: str) -> str:
    """One cell of the profile as text, empty where the source says nothing."""
    indicator, level = entry.indicator, entry.level
    if column == "indicator":
        return indicator.name(page.lang)
    if column == "year":
        return str(entry.year)
    if column == "latest":
        return words.amount(page, level.value, level.unit, indicator, level.comparator) if level else ""
    if column == "change":
        return words.change_of(page, entry.change, indicator) if entry.change else ""
    if column == "place":
        return words.place(page, entry, entry.fair)
    return words.distance(page, entry, entry.fair) or ""


def _reports(page: Page, own: pd.DataFrame) -> list[Section]:
    """What each of the region's reports promises and says of parts of it, in the report's sentences."""
    sources, found = page.edition.sources_by_id, []
    for source_id, rows in own.loc[own["origin"] == "report"].groupby("source_id", sort=False):
        told = pd.concat([profile.promised(rows), profile.partial(rows)])
        if told.empty:
            continue
        body = (page.edition.source(str(source_id)) or {}).get("body") or ""
        spans = sorted({(int(row["start"]), int(row["end"])) for row in told.to_dict("records")})
        sentences = ("".join(evidence.sentence(body, start, end)) for start, end in spans)
        source = sources[source_id]
        found.append(
            Section(
                title=page.text("paper_report", title=page.pick(source, "title"), date=source["published"]),
                say=page.text("paper_quoted"),
                paragraphs=tuple(dict.fromkeys(" ".join(one.split()) for one in sentences)),
                sources=papers.cited(page, rows),
            )
        )
    return found
