"""One frame as a file to take away: CSV or Parquet; each names its filters, edition, sources and how to cite.

Text that a spreadsheet would run as a formula stays text: an apostrophe is put before it.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TextIO

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from indicators.labels import text

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""A text that begins so is run as a formula (or hides one) when a spreadsheet opens a CSV."""
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f\s]+')
_RESERVED = re.compile(r"(?i)^(con|prn|aux|nul|com\d|lpt\d)(\.|$)")
NAME_BYTES = 180
"""Longest file name in UTF-8 without its ending: below the 255 bytes of Linux and, with a folder, the 260
characters of Windows."""


@dataclass(frozen=True, slots=True)
class Meta:
    """What travels with the rows.

    Attributes:
        title: What the rows are, in `lang`.
        filters: What was chosen, in words: heading -> choice, in display order.
        unit: Unit of the values where there is one for all, else empty.
        sources: One mapping for each source, in words; `title` is needed, any further columns are listed as they are.
        edition: Id of the edition of the data.
        lang: `zh` or `en`.
        notes: What a reader must know.
        columns: Heading and meaning of each column, by the frame's column name; the headings head the file.
        url: Address of the page with this choice, if it is known.
    """

    title: str
    filters: Mapping[str, str]
    unit: str
    sources: Sequence[Mapping[str, str]]
    edition: str
    lang: str
    notes: Sequence[str] = ()
    columns: Mapping[str, tuple[str, str]] | None = None
    url: str = ""


def citation(meta: Meta) -> str:
    """A ready reference: title, this site, edition, and the sources that the figures come from."""
    named = list(dict.fromkeys(source["title"] for source in meta.sources))
    key = "charts.cite" if named else "charts.cite_alone"
    words = text(
        key, meta.lang, title=meta.title, site=text("charts.site", meta.lang), edition=meta.edition,
        sources=text("charts.semicolon", meta.lang).join(named),
    )  # fmt: skip
    return f"{words} {meta.url}".strip()


def file_name(meta: Meta, ending: str) -> str:
    """A name that says what is inside, safe on every system: title, filters, unit, sources, edition.

    Parts that would make it too long are shortened from the longest; nothing that Windows forbids remains.
    """
    sources = [source["title"] for source in meta.sources]
    origin = sources[0] if len(sources) == 1 else text("charts.sources_n", meta.lang, n=len(sources)) if sources else ""
    chosen = [value for value in meta.filters.values() if value]
    parts = [meta.title, *chosen, meta.unit, origin, meta.edition]
    cleaned: list[str] = []
    for part in map(_clean, parts):
        # A title often says years and unit already.
        if part and not any(part in known for known in cleaned):
            cleaned.append(part)
    while len("_".join(cleaned).encode()) > NAME_BYTES:
        longest = max(range(len(cleaned)), key=lambda i: len(cleaned[i].encode()))
        cleaned[longest] = cleaned[longest][:-1]
    name = "_".join(part.strip("._- ") for part in cleaned).strip("._ ") or "data"
    return f"{'_' if _RESERVED.match(name) else ''}{name}.{ending}"


def _clean(part: str) -> str:
    return _FORBIDDEN.sub("-", part).replace("，", "-").replace("、", "-").strip("-. ")


def to_csv(frame: pd.DataFrame, meta: Meta) -> bytes:
    """The rows as CSV: UTF-8 with a byte order mark (for Excel), one heading row, exact numbers, missing values empty.

    Text cells that begin with = + - @, a tab or a line break get an apostrophe before them.
    """
    out = io.StringIO(newline="")
    write_csv(out, headings_of(frame, meta), [values_of(frame[name]) for name in frame.columns])
    return out.getvalue().encode("utf-8-sig")


def write_csv(out: TextIO, headings: Sequence[str], columns: Sequence[Sequence[Any]]) -> None:
    """Write columns of plain values below their headings; see `to_csv`."""
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([as_text(heading) for heading in headings])
    cells = [[_csv_cell(value) for value in column] for column in columns]
    writer.writerows(zip(*cells, strict=True) if cells else ())


def to_parquet(frame: pd.DataFrame, meta: Meta) -> bytes:
    """The rows as Parquet: types and the frame's own column names kept; title, filters, sources, … in the metadata."""
    table = pa.Table.from_pandas(frame, preserve_index=False)
    known = table.schema.metadata or {}
    table = table.replace_schema_metadata(
        {**known, **{key.encode(): value.encode() for key, value in metadata(meta).items()}}
    )
    out = io.BytesIO()
    pq.write_table(table, out, compression="zstd")
    return out.getvalue()


def metadata(meta: Meta) -> dict[str, str]:
    """What a Parquet file says about itself; lists and mappings as JSON."""
    return {
        "title": meta.title, "unit": meta.unit, "edition": meta.edition, "language": meta.lang,
        "citation": citation(meta), "filters": _json(dict(meta.filters)),
        "sources": _json([dict(source) for source in meta.sources]),
        "notes": _json(list(meta.notes)),
        "columns": _json({name: {"heading": h, "meaning": m} for name, (h, m) in (meta.columns or {}).items()}),
    }  # fmt: skip


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def headings_of(frame: pd.DataFrame, meta: Meta) -> list[str]:
    return [(meta.columns or {}).get(str(name), (str(name), ""))[0] for name in frame.columns]


def values_of(column: pd.Series[Any]) -> list[Any]:
    """Plain Python values, None for missing."""
    missing = column.isna().tolist()
    return [None if gone else value for value, gone in zip(column.tolist(), missing, strict=True)]


def _csv_cell(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return repr(int(value))
    if isinstance(value, bool | int | float):
        return repr(value)
    return as_text(str(value))


def as_text(words: str) -> str:
    """The words with an apostrophe before what a spreadsheet would run."""
    return f"'{words}" if words.startswith(FORMULA) else words
