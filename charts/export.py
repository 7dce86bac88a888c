"""One frame as a file to take away: CSV, Excel, Parquet; each names its filters, edition, sources and how to cite.

Text that a spreadsheet would run as a formula stays text: in CSV an apostrophe is put before it, in Excel the cell is
written as a string.
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
import xlsxwriter

from charts.layout import text_width
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
    write_csv(out, _headings(frame, meta), [values_of(frame[name]) for name in frame.columns])
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


def to_xlsx(frame: pd.DataFrame, meta: Meta) -> bytes:
    """The rows as a workbook: cover, notes, data, sources, and codes where columns are explained.

    Numbers are numbers with a fitting format, text is always text, the data sheet has a frozen heading and a filter.
    """
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"title": meta.title, "comments": citation(meta)})
        formats = _formats(book, meta.lang)
        _cover(book, len(frame), meta, formats)
        _lines(book, "notes", meta.notes or (text("charts.sheet_no_notes", meta.lang),), meta, formats)
        _data(book, frame, meta, formats)
        _sources(book, meta, formats)
        if meta.columns:
            rows = [(name, *meta.columns[name]) for name in map(str, frame.columns) if name in meta.columns]
            heads = [text(f"charts.sheet_{key}", meta.lang) for key in ("column", "heading", "meaning")]
            _rows(book, "codes", heads, rows, meta, formats)
    return out.getvalue()


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _headings(frame: pd.DataFrame, meta: Meta) -> list[str]:
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


def _formats(book: xlsxwriter.Workbook, lang: str) -> dict[str, Any]:
    font = {"font_name": "Microsoft YaHei" if lang == "zh" else "Calibri", "font_size": 10}
    return {
        "text": book.add_format(font),
        "wrap": book.add_format({**font, "text_wrap": True, "valign": "top"}),
        "head": book.add_format({**font, "bold": True, "bottom": 1, "text_wrap": True, "valign": "vcenter"}),
        "title": book.add_format({**font, "bold": True, "font_size": 15}),
        "bold": book.add_format({**font, "bold": True, "valign": "top"}),
        "whole": book.add_format({**font, "num_format": "#,##0"}),
        "year": book.add_format({**font, "num_format": "0"}),
        "decimal": book.add_format({**font, "num_format": "#,##0.00##"}),
    }


def _sheet(book: xlsxwriter.Workbook, key: str, lang: str) -> Any:
    sheet = book.add_worksheet(text(f"charts.sheet_{key}", lang))
    sheet.hide_gridlines(2)
    return sheet


def _cover(book: xlsxwriter.Workbook, count: int, meta: Meta, formats: Mapping[str, Any]) -> None:
    """What this is: title, filters, unit, number of rows, edition, how to cite."""
    sheet = _sheet(book, "cover", meta.lang)
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, 1, 90)
    sheet.write_string(0, 0, meta.title, formats["title"])
    told = [*meta.filters.items(), (text("charts.sheet_rows", meta.lang), str(count))]
    fixed = (("unit", meta.unit), ("edition", meta.edition), ("cite", citation(meta)), ("address", meta.url))
    told += [(text(f"charts.sheet_{key}", meta.lang), words) for key, words in fixed if words]
    for row, (name, words) in enumerate(told, 2):
        sheet.write_string(row, 0, name, formats["bold"])
        sheet.write_string(row, 1, words, formats["wrap"])


def _lines(book: xlsxwriter.Workbook, key: str, lines: Sequence[str], meta: Meta, formats: Mapping[str, Any]) -> None:
    sheet = _sheet(book, key, meta.lang)
    sheet.set_column(0, 0, 110)
    for row, line in enumerate(lines):
        sheet.write_string(row, 0, line, formats["wrap"])


def _sources(book: xlsxwriter.Workbook, meta: Meta, formats: Mapping[str, Any]) -> None:
    names = list(dict.fromkeys(name for source in meta.sources for name in source)) or ["title"]
    heads = [text(f"charts.sheet_source_{n}", meta.lang) if n in _SOURCE_COLUMNS else n for n in names]
    _rows(book, "sources", heads, [[source.get(n, "") for n in names] for source in meta.sources], meta, formats)


_SOURCE_COLUMNS = frozenset(
    {"title", "publisher", "publication", "published", "url", "reading", "how_read", "definition"}
)


def _rows(
    book: xlsxwriter.Workbook, key: str, heads: Sequence[str], rows: Sequence[Sequence[str]], meta: Meta,
    formats: Mapping[str, Any],
) -> None:  # fmt: skip
    """A small sheet of text with headings."""
    sheet = _sheet(book, key, meta.lang)
    for column, head in enumerate(heads):
        widest = max([_width(head), *(_width(row[column]) for row in rows)])
        sheet.set_column(column, column, min(widest, 70))
        sheet.write_string(0, column, head, formats["head"])
        for number, row in enumerate(rows, 1):
            sheet.write_string(number, column, row[column] or "", formats["wrap"])
    sheet.freeze_panes(1, 0)


def _data(book: xlsxwriter.Workbook, frame: pd.DataFrame, meta: Meta, formats: Mapping[str, Any]) -> None:
    sheet = _sheet(book, "data", meta.lang)
    for column, (name, head) in enumerate(zip(frame.columns, _headings(frame, meta), strict=True)):
        values = values_of(frame[name])
        style = _number_style(str(name), values)
        sample = [_width(_shown(value)) for value in values[:500]]
        sheet.set_column(column, column, min(max([_width(head), *sample, 6]) + 2, 60))
        sheet.write_string(0, column, head, formats["head"])
        for row, value in enumerate(values, 1):
            if isinstance(value, bool) or (value is not None and not isinstance(value, int | float)):
                sheet.write_string(row, column, str(value), formats["text"])
            elif value is not None:
                sheet.write_number(row, column, value, formats[style])
    sheet.freeze_panes(1, 0)
    if len(frame.columns):
        sheet.autofilter(0, 0, len(frame), len(frame.columns) - 1)


def _number_style(name: str, values: Sequence[Any]) -> str:
    """Years without separators, whole numbers without decimals."""
    if name in ("year", "base_year"):
        return "year"
    numbers = [value for value in values if isinstance(value, int | float)]
    return "whole" if all(float(value).is_integer() for value in numbers) else "decimal"


def _shown(value: Any) -> str:
    return f"{value:,.2f}" if isinstance(value, float) else "" if value is None else str(value)


def _width(words: str) -> float:
    """Column width in characters: a Chinese one counts double."""
    return text_width(words, 1.0) / 0.55 + 1
