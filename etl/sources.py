"""One source to plain rows of the edition's files; what is cached between builds is made here."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from etl import observe
from etl.extract import Context, Reader
from etl.read.report import Report, read_report
from etl.read.table import Table, read_table
from indicators import labels
from indicators.catalog import Catalog
from indicators.errors import Problem
from indicators.observation import observation_id

Row = dict[str, Any]
Result = dict[str, Any]


def of_report(
    path: Path, data: bytes, source_id: str, catalog: Catalog, reader: Reader, card: bytes | None = None
) -> Result:
    """Read a report, by the card beside it where there is one, and extract its figures and its number ledger.

    Raises:
        SourceError: The file cannot be read as a report.
    """
    report = read_report(path, data, source_id, catalog, card=card)
    reading = reader.read(report.body, context_of(report, catalog))
    figures = [record(figure) for figure in reading.figures]
    rows = observe.of_report(report, figures)
    for row in rows:
        # A stock at the end of June is a stock; a sum until then is none of the year.
        if row["indicator"] and catalog.indicators[row["indicator"]].period == "flow":
            row["part_year"] = reader.parts_of_year.of(report.body, row["start"])
            row["observation_id"] = observation_id(row)
    return {
        "identity": list(report.identity),
        "source": _report_source(report, data, len(figures)),
        "rows": [row for row in rows if row["indicator"]],
        "figures": [
            {"source_id": source_id, "number": number, "observation_id": row["observation_id"], **figure}
            for number, (figure, row) in enumerate(zip(figures, rows, strict=True))
        ],
        "ledger": [
            {
                "source_id": source_id,
                "start": mark.start,
                "end": mark.end,
                "text": mark.text,
                "kind": mark.kind,
                "reason": mark.reason,
                "figure": mark.figure,
            }
            for mark in reading.ledger
        ],
        "breaks": [],
        "problems": [],
    }


def context_of(report: Report, catalog: Catalog) -> Context:
    """What the reader may know of a report beforehand: place and date, kind and title."""
    places = [catalog.regions[report.region], *catalog.regions.ancestors(report.region)]
    names = tuple(name for place in places for name in (place.zh, place.short_zh, *place.aliases))
    month = int(report.published[5:7]) if len(report.published) >= 7 else None
    return Context(report.year, report.kind, report.region, names, report.title, month)


def record(figure: Any) -> Row:
    """A figure as a plain record: the fields of the figure record, and section, rule and confidence."""
    return {
        "start": figure.start,
        "end": figure.end,
        "text": figure.text,
        "value": float(figure.value),
        "unit": figure.unit,
        "measure": figure.measure,
        "indicator": figure.indicator,
        "grade": figure.grade,
        "scope": figure.scope,
        "year": figure.year,
        "base_year": figure.base_year,
        "status": figure.status,
        "comparator": figure.comparator,
        "section": figure.section,
        "rule": figure.rule,
        "confidence": figure.confidence,
    }


def _report_source(report: Report, data: bytes, figures: int) -> Row:
    return {
        **_empty_source(),
        "source_id": report.source_id,
        "origin": "report",
        "file": report.file,
        "sha256": hashlib.sha256(data).hexdigest(),
        "title_zh": report.title,
        "title_en": report.title_en,
        "publisher_zh": report.issuer,
        "publisher_en": report.issuer_en,
        "publication_zh": report.document_number,
        "publication_en": report.document_number,
        "published": report.published,
        "url": report.url,
        "region": report.region,
        "kind": report.kind,
        "form": report.form,
        "notes_zh": [report.note["zh"]] if report.note else [],
        "notes_en": [report.note["en"]] if report.note else [],
        "body": report.body,
        "figures": figures,
    }


def of_table(path: Path, data: bytes, card_data: bytes, source_id: str, catalog: Catalog) -> Result:
    """Read a table.

    Raises:
        SourceError: The table or its card cannot be used.
    """
    table = read_table(path, data, card_data, source_id, catalog)
    card = table.card
    return {
        "identity": [source_id],
        "source": _table_source(table, data, catalog),
        "rows": observe.of_table(table),
        "figures": [],
        "ledger": [],
        "breaks": [
            {
                "source_id": source_id,
                "indicator": indicator,
                "series": card.get("series"),
                "year": int(item["year"]),
                "zh": item["zh"],
                "en": item["en"],
            }
            for item in card.get("breaks") or []
            for indicator in table.indicators
            if item.get("indicator", indicator) == indicator
        ],
        "problems": [
            {
                "code": p.code,
                "where": p.where,
                "severity": p.severity,
                "params": dict(p.params),
                "source_id": p.source_id,
            }
            for p in table.problems
        ],
        "missing": dict(table.missing),
    }


def _table_source(table: Table, data: bytes, catalog: Catalog) -> Row:
    """What a card leaves out is said by the catalogue: the indicators' meanings, and how tables are read."""
    card = table.card
    notes = [*(card.get("notes") or []), *({"zh": note, "en": note} for note in table.notes)]
    meanings = [catalog.indicators[indicator].meaning for indicator in table.indicators]
    default = {
        "publication": card["title"],
        "how_read": {lang: labels.text("etl.read_by_card", lang) for lang in labels.LANGUAGES},
        "definition": {lang: " ".join(meaning[lang] for meaning in meanings) for lang in labels.LANGUAGES},
    }
    return {
        **_empty_source(),
        "source_id": table.source_id,
        "origin": "table",
        "file": table.file,
        "sha256": hashlib.sha256(data).hexdigest(),
        **{
            f"{name}_{lang}": (card.get(name) or default[name])[lang]
            for name in ("title", "publisher", "publication", "how_read", "definition")
            for lang in ("zh", "en")
        },
        "published": str(card["published"]),
        "url": card.get("url"),
        "kind": "table",
        "form": "table",
        "reading": card["reading"],
        "notes_zh": [note["zh"] for note in notes],
        "notes_en": [note["en"] for note in notes],
        "columns": json.dumps(card.get("column_sources") or {}, ensure_ascii=False, default=str),
    }


def _empty_source() -> Row:
    names = (
        "publication_zh publication_en published url region kind form reading how_read_zh how_read_en definition_zh "
        "definition_en body columns"
    )
    return {**dict.fromkeys(names.split()), "notes_zh": [], "notes_en": [], "figures": 0, "observations": 0}


def prefer_originals(results: Mapping[str, Result], problems: list[Problem]) -> dict[str, Result]:
    """Where a digest and its original are both there, the original is read and the digest only compared with it.

    They share region, date and title. What differs between their figures is told, never settled in silence.
    """
    originals = {
        tuple(result["identity"]): source_id
        for source_id, result in results.items()
        if result["source"]["form"] == "original"
    }
    shown: dict[str, Result] = {}
    for source_id, result in results.items():
        original = originals.get(tuple(result["identity"]))
        if result["source"]["form"] != "digest" or original is None:
            shown[source_id] = result
            continue
        differing = _facts(result) - _facts(results[original]), _facts(results[original]) - _facts(result)
        if any(differing):
            params = {"original": original, "surplus": str(differing[0].total()), "missing": str(differing[1].total())}
            problems.append(Problem("digest_differs", source_id, "warning", params, source_id))
    return shown


def _facts(result: Result) -> Counter[tuple[Any, ...]]:
    names = ("value", "unit", "measure", "indicator", "grade", "year", "base_year", "status")
    return Counter(tuple(figure[name] for name in names) for figure in result["figures"])


def count_rows(rows: Iterable[Mapping[str, Any]]) -> Counter[str]:
    return Counter(row["source_id"] for row in rows)
