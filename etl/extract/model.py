"""What the prose reader gives back. The fields of a figure are those of the figure record that the README describes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal, NamedTuple

Measure = Literal["level", "growth", "change", "share", "rank"]
Status = Literal["actual", "target", "requirement"]
Comparator = Literal["eq", "ge", "le", "approx"]
MarkKind = Literal["figure", "unmapped", "not_figure"]

# Why a number is no figure. The codes are stable: they are stored, counted and shown.
REASONS: Mapping[str, str] = {
    "date": "a year, date or time of day",
    "duration": "a length of time: a period, a term or a rule's wording",
    "ordinal": "a place in a sequence that is no ranking: 第一批, 第三产业",
    "list_mark": "numbering of headings and items",
    "document_number": "number of a document, law or issue",
    "title": "inside the title of a document",
    "name": "part of a name, slogan or model designation",
    "measures": "a count of measures, tasks or documents",
    "threshold": "a bound that names a class: 亿元以上项目",
    "word": "a numeral inside a word that counts nothing: 进一步, 统一",
    "contact": "telephone number, postcode or identifier",
    "furniture": "machinery of the page",
    "no_unit": "a number of which nothing says what it counts",
    "cell": "a cell of a table, which is read through a card",
    "crowd": "one of a crowd of numbers with hardly a word between them: no prose",
}


@dataclass(frozen=True, slots=True)
class Context:
    """What is known of a report before it is read.

    Attributes:
        year: Year in which the report was published.
        kind: `report`, `plan`, `news`, `survey`, ...; undated figures of a plan are targets.
        region_code: GB/T 2260 code of the place; decides what 市级 means in a province-level city.
        region_names: Names of the place, to tell the whole place from its parts.
        title: Title of the report; says which year an annual report is of.
        month: Month of publication, where it is known.
    """

    year: int
    kind: str = "report"
    region_code: str | None = None
    region_names: tuple[str, ...] = ()
    title: str = ""
    month: int | None = None


class Figure(NamedTuple):
    """One quantity that a report states. Offsets are half-open, in code points of the report's body.

    `rule` is a stable code of the way it was read, `confidence` how often that way is right (0 to 1),
    `section` the title of the section that it stands in.
    """

    start: int
    end: int
    text: str
    value: Decimal
    unit: str
    measure: Measure
    indicator: str | None
    grade: str | None
    scope: str | None
    year: int | None
    base_year: int | None
    status: Status
    comparator: Comparator
    section: str | None
    rule: str
    confidence: float


class Mark(NamedTuple):
    """One number of the text and its class; `reason` is a code of REASONS, or the figure's rule.

    `figure` is the index of the first figure that the number was read as.
    """

    start: int
    end: int
    text: str
    kind: MarkKind
    reason: str
    figure: int | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A heading: where it starts in the body and what it says."""

    start: int
    title: str


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read in one report, in the order of the text."""

    figures: tuple[Figure, ...]
    ledger: tuple[Mark, ...]
    sections: tuple[Section, ...]


_RECORD = (
    "start", "end", "text", "value", "unit", "measure", "indicator", "grade", "scope", "year", "base_year", "status",
    "comparator",
)  # fmt: skip


def figure_record(figure: Figure) -> dict[str, Any]:
    """The figure as a plain record, ready for JSON: its value as a float, its fields in the record's order."""
    record = {name: getattr(figure, name) for name in _RECORD}
    record["value"] = float(figure.value)
    return record
