"""The numbers of a report: the class of each, what the text says of it, and all of them as a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from charts.numbers import compact
from indicators.labels import has
from indicators.observation import DOUBTFUL
from indicators.queries_derived import findings
from pages.parts import problems, rows
from pages.parts.page import Page
from pages.parts.reports_text import Block, Marked, blocks, section_of

CLASSES = ("observation", "unmapped", "none")
"""Classes of numbers: read as a value of an indicator, as a figure that fits none, or not a figure."""
REVIEW = "doubtful"
"""Figures that are listed for review, the least sure first; they are among the observations as well."""
_OF_KIND = {"figure": "observation", "unmapped": "unmapped", "not_figure": "none"}
COLUMNS = (
    "printed",
    "indicator",
    "value",
    "unit",
    "measure",
    "year",
    "scenario",
    "comparator",
    "scope",
    "grade",
    "base_year",
    "section",
)


@dataclass(frozen=True, slots=True)
class Numbers:
    """Everything that was read in one report.

    Attributes:
        body: The text to which all spans refer.
        figures, ledger: As `Edition.figures` and `Edition.ledger` give them.
        titles: Lines of the text that are headings although nothing marks them as such.
    """

    body: str
    figures: pd.DataFrame
    ledger: pd.DataFrame
    titles: frozenset[str]

    @classmethod
    def of(cls, page: Page, source: Mapping[str, Any]) -> Numbers:
        figures = page.edition.figures(source["source_id"])
        titles = frozenset(figures["section"].dropna().unique())
        return cls(source["body"], figures, page.edition.ledger(source["source_id"]), titles)

    def counts(self) -> dict[str, int]:
        """Numbers of each class; together they are all numbers of the text."""
        found = self.ledger["kind"].map(_OF_KIND).value_counts()
        return {name: int(found.get(name, 0)) for name in CLASSES}

    def doubtful(self) -> pd.DataFrame:
        """Figures with an indicator that were read with little confidence, the least sure first."""
        found = self.figures.loc[self.figures["indicator"].notna() & (self.figures["confidence"] < DOUBTFUL)]
        return found.sort_values(["confidence", "start"], kind="stable")

    def reasons(self) -> dict[str, int]:
        """Why numbers are no figures, the most frequent first."""
        found = self.ledger.loc[self.ledger["kind"] == "not_figure", "reason"].value_counts()
        return {str(reason): int(n) for reason, n in found.items()}

    def headings(self) -> list[Block]:
        return [block for block in blocks(self.body, self.titles) if block.level]


def reason_text(page: Page, reason: str | None) -> str:
    """Why a number is no figure, in words; a reason without words gets a general sentence."""
    key = f"reports.reason_{reason}"
    return page.text(key if has(key) else "reports.reason_other")


def marks(page: Page, numbers: Numbers) -> list[Marked]:
    """Every number with its class; targets and requirements are told from actual values."""
    by_start: dict[int, list[dict[str, Any]]] = {}
    for figure in numbers.figures.to_dict("records"):
        by_start.setdefault(int(figure["start"]), []).append(figure)
    first = {int(figure["number"]): figure for figure in numbers.figures.to_dict("records")}
    contradicted = contradictions(page, numbers)
    found = []
    for row in numbers.ledger.to_dict("records"):
        kind = _OF_KIND[row["kind"]]
        start, end = int(row["start"]), int(row["end"])
        if kind == "none":
            found.append(Marked(start, end, kind, page.text("reports.told_none", why=reason_text(page, row["reason"]))))
            continue
        read = by_start.get(start) or [first[int(row["figure"])]]
        if kind == "observation" and read[0]["status"] != "actual":
            kind = str(read[0]["status"])
        against = list(dict.fromkeys(said for one in read for said in contradicted.get(one["observation_id"], ())))
        told = [*(_told(page, figure) for figure in read), *against]
        found.append(Marked(start, end, kind, page.text("charts.semicolon").join(told), bool(against)))
    return found


def contradictions(page: Page, numbers: Numbers) -> dict[str, list[str]]:
    """Observation id -> what contradicts it, in words; only figures that the checks found something about."""
    ids = [name for name in numbers.figures["observation_id"] if isinstance(name, str)]
    return problems.contradictions(page, findings(page.edition, ids))


def _told(page: Page, figure: Mapping[str, Any]) -> str:
    """A figure in one line: indicator, measure, year, value, kind."""
    known = not pd.isna(figure["indicator"])
    indicator = page.catalog.indicators[figure["indicator"]] if known else None
    value = compact(
        figure["value"], figure["unit"], page.lang, page.catalog, indicator=indicator, comparator=figure["comparator"]
    )
    said = [
        indicator.name(page.lang) if indicator else page.text("reports.class_unmapped"),
        page.text("charts.no_year") if pd.isna(figure["year"]) else page.text("charts.year", year=figure["year"]),
        page.text(f"common.measure_{figure['measure']}"),
        value,
        page.text(f"common.scenario_{figure['status']}"),
    ]
    return page.text("charts.dot").join(said)


def for_review(page: Page, numbers: Numbers) -> tuple[pd.DataFrame, list[str | None]]:
    """The doubtful figures as a readable table, with how and how surely each was read, and the observation of each."""
    figures = numbers.doubtful().reset_index(drop=True)
    shown = rows.readable(page, figures.rename(columns={"text": "printed", "status": "scenario"}), COLUMNS)
    shown = shown.rename(columns={rows.heading(page, "indicator"): page.text("reports.column_what")})
    if len(shown):
        shown.insert(2, page.text("reports.column_sure"), [f"{100 * sure:.0f}%" for sure in figures["confidence"]])
        shown.insert(3, page.text("reports.column_rule"), [rows.rule_name(page, rule) for rule in figures["rule"]])
    return shown, [name if isinstance(name, str) else None for name in figures["observation_id"]]


def listed(page: Page, numbers: Numbers, classes: Sequence[str]) -> tuple[pd.DataFrame, list[str | None]]:
    """The numbers of some classes in the order of the text, as a readable table, and the observation of each row."""
    parts = [_figures(page, numbers, classes)]
    if "none" in classes:
        parts.append(_no_figures(page, numbers))
    shown = pd.concat([table for table, _, _ in parts if len(table)] or [pd.DataFrame()], ignore_index=True)
    places = [place for _, starts, _ in parts for place in starts]
    ids = [name for _, _, names in parts for name in names]
    order = sorted(range(len(places)), key=places.__getitem__)
    return shown.iloc[order].reset_index(drop=True), [ids[place] for place in order]


Part = tuple[pd.DataFrame, list[int], list[str | None]]
"""Readable rows, where each starts in the text, and its observation."""


def _figures(page: Page, numbers: Numbers, classes: Sequence[str]) -> Part:
    figures = numbers.figures.rename(columns={"text": "printed", "status": "scenario"})
    kinds = pd.Series(["observation" if known else "unmapped" for known in figures["indicator"].notna()])
    wanted = kinds.isin(classes)
    figures, kinds = figures.loc[wanted.to_numpy()].reset_index(drop=True), kinds.loc[wanted]
    sections = [title if isinstance(title, str) else None for title in figures["section"]]
    shown = rows.readable(page, figures.assign(section=sections), COLUMNS)
    shown = shown.rename(columns={rows.heading(page, "indicator"): page.text("reports.column_what")})
    if len(shown):
        shown.insert(1, page.text("reports.column_class"), [page.text(f"reports.class_{kind}") for kind in kinds])
        contradicted = contradictions(page, numbers)
        if contradicted:
            said = [" ".join(contradicted.get(name, ())) or None for name in figures["observation_id"]]
            shown.insert(2, page.text("reports.column_contradiction"), said)
    ids = [name if isinstance(name, str) else None for name in figures["observation_id"]]
    return shown, [int(start) for start in figures["start"]], ids


def _no_figures(page: Page, numbers: Numbers) -> Part:
    found = numbers.ledger.loc[numbers.ledger["kind"] == "not_figure"]
    headings = numbers.headings()
    starts = [int(start) for start in found["start"]]
    table = pd.DataFrame({
        rows.heading(page, "printed"): list(found["text"]),
        page.text("reports.column_class"): page.text("reports.class_none"),
        page.text("reports.column_what"): [reason_text(page, reason) for reason in found["reason"]],
        rows.heading(page, "section"): [section_of(numbers.body, headings, start) for start in starts],
    })  # fmt: skip
    return table, starts, [None] * len(starts)
