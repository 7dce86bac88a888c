"""What an edition's Parquet files hold: one schema for each file, and the observation's key.

An observation is one value of one indicator for one region and period, with what is needed to lead it back to the place
that it was read from. Concepts and codes follow SDMX: OBS_STATUS for `status`, one measure of one unit for each row.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

import pyarrow as pa

MEASURES = ("level", "growth", "change", "share", "rank")
SCENARIOS = ("actual", "target", "requirement")
COMPARATORS = ("eq", "ge", "le", "approx")
STATUSES = {"A": "normal", "E": "estimated", "P": "provisional"}
STANDINGS = ("current", "superseded", "other")

KEY = (
    "region",
    "indicator",
    "year",
    "base_year",
    "measure",
    "unit",
    "grade",
    "scope",
    "scenario",
    "series",
    "part_year",
)
"""What makes two values the same observation. Within a key exactly one row is `current`: the value that is shown.
`superseded` rows are earlier publications of it, `other` rows are further sources of the same quantity."""

DOUBTFUL = 0.87
"""Figures of an indicator that were read with less confidence than this are listed for review."""

_text = pa.string()

OBSERVATIONS = pa.schema(
    [
        pa.field("observation_id", _text, nullable=False),
        pa.field("region", _text, nullable=False),
        pa.field("indicator", _text, nullable=False),
        pa.field("year", pa.int16()),
        pa.field("base_year", pa.int16()),
        pa.field("part_year", _text),
        pa.field("measure", _text, nullable=False),
        pa.field("unit", _text, nullable=False),
        pa.field("value", pa.float64(), nullable=False),
        pa.field("comparator", _text, nullable=False),
        pa.field("scenario", _text, nullable=False),
        pa.field("status", _text, nullable=False),
        pa.field("grade", _text),
        pa.field("scope", _text),
        pa.field("series", _text),
        pa.field("standing", _text, nullable=False),
        pa.field("origin", _text, nullable=False),
        pa.field("source_id", _text, nullable=False),
        pa.field("published", _text),
        pa.field("printed", _text, nullable=False),
        pa.field("row", _text),
        pa.field("column", _text),
        pa.field("start", pa.int32()),
        pa.field("end", pa.int32()),
        pa.field("section", _text),
        pa.field("rule", _text),
        pa.field("confidence", pa.float32()),
    ]
)
"""`part_year`: the months that a sum over time is of (`1-6`) where they are not the whole year; empty for stocks."""

FIGURES = pa.schema(
    [
        pa.field("source_id", _text, nullable=False),
        pa.field("number", pa.int32(), nullable=False),
        pa.field("observation_id", _text),
        pa.field("start", pa.int32(), nullable=False),
        pa.field("end", pa.int32(), nullable=False),
        pa.field("text", _text, nullable=False),
        pa.field("value", pa.float64(), nullable=False),
        pa.field("unit", _text, nullable=False),
        pa.field("measure", _text, nullable=False),
        pa.field("indicator", _text),
        pa.field("grade", _text),
        pa.field("scope", _text),
        pa.field("year", pa.int16()),
        pa.field("base_year", pa.int16()),
        pa.field("status", _text, nullable=False),
        pa.field("comparator", _text, nullable=False),
        pa.field("section", _text),
        pa.field("rule", _text),
        pa.field("confidence", pa.float32()),
    ]
)

LEDGER = pa.schema(
    [
        pa.field("source_id", _text, nullable=False),
        pa.field("start", pa.int32(), nullable=False),
        pa.field("end", pa.int32(), nullable=False),
        pa.field("text", _text, nullable=False),
        pa.field("kind", _text, nullable=False),
        pa.field("reason", _text),
        pa.field("figure", pa.int32()),
    ]
)

SOURCES = pa.schema(
    [
        pa.field("source_id", _text, nullable=False),
        pa.field("origin", _text, nullable=False),
        pa.field("file", _text, nullable=False),
        pa.field("sha256", _text, nullable=False),
        pa.field("title_zh", _text, nullable=False),
        pa.field("title_en", _text, nullable=False),
        pa.field("publisher_zh", _text, nullable=False),
        pa.field("publisher_en", _text, nullable=False),
        pa.field("publication_zh", _text),
        pa.field("publication_en", _text),
        pa.field("published", _text),
        pa.field("url", _text),
        pa.field("region", _text),
        pa.field("kind", _text),
        pa.field("form", _text),
        pa.field("reading", _text),
        pa.field("how_read_zh", _text),
        pa.field("how_read_en", _text),
        pa.field("definition_zh", _text),
        pa.field("definition_en", _text),
        pa.field("notes_zh", pa.list_(_text)),
        pa.field("notes_en", pa.list_(_text)),
        pa.field("body", _text),
        pa.field("columns", _text),
        pa.field("figures", pa.int32(), nullable=False),
        pa.field("observations", pa.int32(), nullable=False),
    ]
)
"""`body`: a report's text, to which the spans refer. `columns`: JSON, header -> where that column was published,
where it
differs from the table's publication."""

BREAKS = pa.schema(
    [
        pa.field("source_id", _text, nullable=False),
        pa.field("indicator", _text, nullable=False),
        pa.field("series", _text),
        pa.field("year", pa.int16(), nullable=False),
        pa.field("zh", _text, nullable=False),
        pa.field("en", _text, nullable=False),
    ]
)
"""From `year` on, values do not compare with earlier ones."""

DERIVED = pa.schema(
    [
        *(OBSERVATIONS.field(name) for name in (
            "observation_id", "region", "indicator", "year", "base_year", "measure", "unit", "value", "comparator",
            "scenario", "status", "grade", "scope", "series", "standing", "origin",
        )),
        pa.field("low", pa.float64()),
        pa.field("high", pa.float64()),
        pa.field("method", _text, nullable=False),
        pa.field("inputs", pa.list_(_text), nullable=False),
        pa.field("sources", pa.list_(_text), nullable=False),
        pa.field("printed_id", _text),
        pa.field("verdict", _text),
    ]
)  # fmt: skip
"""What follows from printed values (`indicators.derive`). `low`, `high`: its bounds, since its inputs were rounded;
missing where there is none. `inputs`: the observations that it comes from. `printed_id`, `verdict`: the printed value
of the same quantity, and whether both can be true."""

PROBLEMS = pa.schema(
    [
        pa.field("code", _text, nullable=False),
        pa.field("severity", _text, nullable=False),
        pa.field("where", _text, nullable=False),
        pa.field("source_id", _text),
        pa.field("params", _text, nullable=False),
        pa.field("evidence", pa.list_(_text), nullable=False),
    ]
)
"""`evidence`: the observations that a finding is about, the one that is shown first."""

FILES = {
    "observations": OBSERVATIONS,
    "derived": DERIVED,
    "figures": FIGURES,
    "ledger": LEDGER,
    "sources": SOURCES,
    "breaks": BREAKS,
    "problems": PROBLEMS,
}
SCHEMA_VERSION = 2


def observation_key(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(row[name] for name in KEY)


def observation_id(row: Mapping[str, Any]) -> str:
    """A short stable name of one value from one place: the same source and place give the same id in every edition."""
    key = observation_key(row)
    # A part of a year is the last of the key: without one, ids are what they were before the column was added.
    place = (row["source_id"], row["row"], row["column"], row["start"], row["end"], *(key if key[-1] else key[:-1]))
    return hashlib.sha256("\x1f".join("" if part is None else str(part) for part in place).encode()).hexdigest()[:12]
