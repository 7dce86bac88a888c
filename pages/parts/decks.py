"""Charts as a presentation or as one workbook: what pages know of them, put together when the file is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from charts import workbook
from charts.chart import headings
from charts.deck import Cover, Evidence, Slide, to_pptx
from charts.export import Meta
from indicators.queries_evidence import bodies, places
from pages.parts import evidence, exports
from pages.parts.page import Page
from pages.parts.retake import Shown

PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


@dataclass(frozen=True, slots=True)
class Told:
    """A chart with the presenter's words; without a title of theirs the chart's own sentence stands there."""

    shown: Shown
    title: str = ""
    note: str = ""


def deck_of(page: Page, shown: Shown) -> bytes:
    """One chart as a presentation, without a cover."""
    return _deck(page, [Told(shown)], meta_of(page, shown), None)


def briefing_deck(page: Page, told: Sequence[Told], title: str, subtitle: str) -> bytes:
    """Cover, every chart, sources."""
    meta = briefing_meta(page, told, title)
    return _deck(page, told, meta, Cover(meta.title, subtitle, today(page)))


def briefing_workbook(page: Page, told: Sequence[Told], title: str) -> bytes:
    """The rows of every chart, each with its native chart, in one workbook."""
    parts = []
    for one in told:
        rows, columns = _rows_of(page, one.shown)
        meta = replace(meta_of(page, one.shown), title=one.title or one.shown.chart.title, columns=columns)
        parts.append(workbook.Part(rows, meta, one.shown.chart))
    return workbook.to_workbook(parts, briefing_meta(page, told, title))


def _rows_of(page: Page, shown: Shown) -> tuple[pd.DataFrame, dict[str, tuple[str, str]]]:
    """What a file holds of a chart, and what its columns mean."""
    if shown.computed:
        table = shown.chart.table
        return table, {name: (heading, "") for name, heading in headings(table, page.lang).items()}
    rows = exports.export_rows(page, shown.frame)
    return rows, exports.dictionary(page, list(rows.columns))


def meta_of(page: Page, shown: Shown) -> Meta:
    """What travels with one chart."""
    chart = shown.chart
    meta = exports.meta_of(page, chart.title, unit=chart.unit, notes=shown.notes, filters=shown.filters)
    return replace(meta, sources=tuple(exports.works(page, shown.frame)))


def briefing_meta(page: Page, told: Sequence[Told], title: str) -> Meta:
    """What travels with a briefing: the sources of all its charts, each once."""
    every = {work["title"]: work for one in told for work in exports.works(page, one.shown.frame)}
    meta = exports.meta_of(page, title or page.text("briefing.title"), unit="")
    return replace(meta, sources=tuple(every.values()))


def today(page: Page) -> str:
    """The date as a cover has it."""
    now = date.today()
    return page.text("deck.date", year=now.year, month=page.text(f"common.month_{now.month}"), day=now.day)


def _deck(page: Page, told: Sequence[Told], meta: Meta, cover: Cover | None) -> bytes:
    slides = [Slide(one.shown.chart, one.shown.frame, one.title or one.shown.say, one.note) for one in told]
    return to_pptx(slides, meta, cover=cover, evidence=evidence_of(page, (one.shown.frame for one in told)))


def evidence_of(page: Page, frames: Iterable[pd.DataFrame]) -> dict[str, Evidence]:
    """Where each printed value behind some rows stands, in the reader's language."""
    ids: set[str] = set()
    for frame in frames:
        if not frame.empty:
            behind = frame["inputs"].explode() if "inputs" in frame else frame["observation_id"]
            ids.update(behind.dropna())
    found: dict[str, Evidence] = {}
    rows = places(page.edition, ids)
    texts = bodies(page.edition, rows.loc[rows["origin"] == "report", "source_id"])
    titles = {name: exports.cited(page, page.edition.sources_by_id[name]) for name in rows["source_id"].unique()}
    for row in rows.to_dict("records"):
        title = titles[row["source_id"]]
        if row["origin"] == "report":
            body = texts.get(row["source_id"], "")
            words = "".join(evidence.sentence(body, int(row["start"]), int(row["end"])))
            found[row["observation_id"]] = Evidence(title, _known(row["section"]), " ".join(words.split()))
        else:
            cell = page.text("evidence.cell_at", row=row["row"], column=row["column"])
            found[row["observation_id"]] = Evidence(title, cell)
    return found


def _known(value: object) -> str:
    return value if isinstance(value, str) else ""
