"""Rows for other programs: JSON, SDMX-CSV, and a data package. Codes and ids are the keys; words travel beside them."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import pandas as pd

from charts.export import Meta, citation, values_of, write_csv
from indicators.labels import text

FLOW = "dataflow", "INNOVATION:REGIONAL_INDICATORS(1.0.0)"
"""What the rows are in SDMX terms: kind of structure, and agency, id and version."""
DIMENSIONS: Mapping[str, str] = {
    "REF_AREA": "region", "INDICATOR": "indicator", "MEASURE": "measure", "UNIT_MEASURE": "unit", "GRADE": "grade",
    "SCOPE": "scope", "SCENARIO": "scenario", "SERIES": "series", "BASE_PER": "base_year", "STANDING": "standing",
    "DATA_SOURCE": "source_id", "OBS_ID": "observation_id", "TIME_PERIOD": "year",
}  # fmt: skip
"""SDMX concept -> column. Two sources may print one quantity, and a source may print it twice: the place that a value
was read from (OBS_ID) is a dimension, so that keys are unique."""
ATTRIBUTES: Mapping[str, str] = {
    "OBS_STATUS": "status", "COMPARATOR": "comparator", "ORIGIN": "origin", "PUBLISHED": "published",
    "COMMENT_OBS": "printed", "CONFIDENCE": "confidence", "LOWER": "low", "UPPER": "high", "INPUTS": "inputs",
}  # fmt: skip
NOT_APPLICABLE = "_Z"
_FIRST_ZIP_DAY = (1980, 1, 1, 0, 0, 0)


def to_json(frame: pd.DataFrame, meta: Meta) -> bytes:
    """One object: what the rows are, the meaning of each column, the sources, and `rows`, an object for each row."""
    names = [str(name) for name in frame.columns]
    columns = [values_of(frame[name]) for name in frame.columns]
    told = {
        **_described(meta),
        "columns": [field(frame[name], meta) for name in names],
        "rows": [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)],
    }
    return (json.dumps(told, ensure_ascii=False, indent=1, default=str) + "\n").encode()


def to_sdmx_csv(frame: pd.DataFrame, meta: Meta) -> bytes:
    """The rows as SDMX-CSV 2.0: annual observations (FREQ A), a dimension without a value `_Z`, UTF-8.

    A value whose source names no year has an empty TIME_PERIOD. Text that a spreadsheet would run gets an apostrophe.

    Args:
        frame: Observations, printed or derived; columns that it lacks are left out, except dimensions, which are `_Z`.
    """
    del meta
    count = len(frame)
    found: dict[str, Sequence[Any]] = {
        "STRUCTURE": [FLOW[0]] * count,
        "STRUCTURE_ID": [FLOW[1]] * count,
        "ACTION": ["I"] * count,
        "FREQ": ["A"] * count,
    }
    for concept, name in DIMENSIONS.items():
        values = values_of(frame[name]) if name in frame else [None] * count
        missing = "" if concept == "TIME_PERIOD" else NOT_APPLICABLE
        found[concept] = [missing if value is None else value for value in values]
    found["OBS_VALUE"] = values_of(frame["value"])
    for concept, name in ATTRIBUTES.items():
        if name in frame:
            found[concept] = values_of(frame[name])
    out = io.StringIO(newline="")
    write_csv(out, list(found), list(found.values()))
    return out.getvalue().encode()


def to_package(frame: pd.DataFrame, meta: Meta) -> bytes:
    """A data package (Frictionless, tabular): data.csv, datapackage.json with the schema and sources, README.md."""
    out = io.StringIO(newline="")
    write_csv(out, [str(name) for name in frame.columns], [values_of(frame[name]) for name in frame.columns])
    data = out.getvalue().encode()
    resource = {
        "name": "data", "path": "data.csv", "profile": "tabular-data-resource", "format": "csv",
        "mediatype": "text/csv", "encoding": "utf-8", "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
        "schema": {"fields": [field(frame[name], meta) for name in frame.columns], "missingValues": [""]},
    }  # fmt: skip
    described = {
        "profile": "tabular-data-package", "name": "regional-indicators", "title": meta.title,
        "description": citation(meta), "version": meta.edition,
        "sources": [_source(source) for source in meta.sources],
        "unit": meta.unit, "filters": dict(meta.filters), "notes": list(meta.notes), "language": meta.lang,
        "resources": [resource],
    }  # fmt: skip
    files = {
        "data.csv": data,
        "datapackage.json": (json.dumps(described, ensure_ascii=False, indent=1) + "\n").encode(),
        "README.md": _readme(frame, meta).encode(),
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, _moment(meta.edition)), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def field(column: pd.Series[Any], meta: Meta) -> dict[str, Any]:
    """A column as a field of a table schema: name, type, and heading and meaning where they are known."""
    name = str(column.name)
    heading, meaning = (meta.columns or {}).get(name, ("", ""))
    kinds = {type(value) for value in values_of(column) if value is not None}
    if kinds == {int}:
        kind = "integer"
    elif kinds and kinds <= {int, float}:
        kind = "number"
    else:
        kind = "boolean" if kinds == {bool} else "string"
    told = {"name": name, "type": kind, "title": heading, "description": meaning}
    return {key: value for key, value in told.items() if value}


def _described(meta: Meta) -> dict[str, Any]:
    return {
        "title": meta.title, "unit": meta.unit, "edition": meta.edition, "language": meta.lang,
        "citation": citation(meta), "filters": dict(meta.filters), "notes": list(meta.notes),
        "sources": [dict(source) for source in meta.sources],
    }  # fmt: skip


def _source(source: Mapping[str, str]) -> dict[str, str]:
    """A source as a data package names it: `title` and, if there is one, `path`."""
    address = source.get("address") or source.get("url")
    return {"title": source["title"], **({"path": address} if address else {})}


def _readme(frame: pd.DataFrame, meta: Meta) -> str:
    """What is in the package, for a person."""

    def say(key: str) -> str:
        return text(f"charts.{key}", meta.lang)

    lines = [f"# {meta.title}", "", citation(meta), ""]
    told = [*meta.filters.items(), (say("sheet_rows"), str(len(frame))), (say("sheet_unit"), meta.unit)]
    lines += [f"- {name}: {words}" for name, words in told if words]
    lines += ["", say("package_csv")]
    if meta.notes:
        lines += ["", f"## {say('sheet_notes')}", "", *(f"- {note}" for note in meta.notes)]
    if meta.columns:
        known = [(name, *meta.columns[name]) for name in map(str, frame.columns) if name in meta.columns]
        lines += ["", f"## {say('sheet_codes')}", ""]
        lines += [f"- `{name}` {heading}: {meaning}" for name, heading, meaning in known]
    if meta.sources:
        lines += ["", f"## {say('sheet_sources')}", "", *(f"- {source['title']}" for source in meta.sources)]
    return "\n".join(lines) + "\n"


def _moment(edition: str) -> tuple[int, int, int, int, int, int]:
    """When the edition was made, so that the same rows of it make the same file; else the first day a zip knows."""
    try:
        return datetime.strptime(edition[:15], "%Y%m%dT%H%M%S").timetuple()[:6]
    except ValueError:
        return _FIRST_ZIP_DAY
