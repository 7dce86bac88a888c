"""Rows as an Excel workbook: cover, notes, the chart as a native one, data, sources, codes; or several charts in one.

Text that a spreadsheet would run as a formula stays text: every such cell is written as a string.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
import xlsxwriter

from charts.chart import Chart
from charts.deck import sheet as native
from charts.deck.native import TEXT_STAYS
from charts.export import CELL, Meta, citation, headings_of, values_of
from charts.layout import text_width
from indicators.labels import text


@dataclass(frozen=True, slots=True)
class Part:
    """One chart of a workbook: its rows, what is told of them, and the chart as it was on screen, if there was one."""

    frame: pd.DataFrame
    meta: Meta
    chart: Chart | None = None

    @property
    def told(self) -> list[str]:
        """What to know, and why a chart is missing that was on screen."""
        lang = self.meta.lang
        missing = self.chart is not None and not self.chart.empty and not native.can_draw(self.chart)
        added = [text("charts.sheet_no_chart", lang)] if missing else []
        added += [text("charts.sheet_cut", lang, most=f"{CELL:,}")] if _too_long(self.frame) else []
        return [*self.meta.notes, *added]


def to_xlsx(frame: pd.DataFrame, meta: Meta, chart: Chart | None = None) -> bytes:
    """The rows as a workbook: cover, notes, chart, data, sources, and codes where columns are explained.

    Numbers are numbers with a fitting format, text is always text, the data sheet has a frozen heading and a filter.
    Text longer than a cell can hold is cut, and a note says so.

    Args:
        chart: What was on screen; it becomes a native chart where a spreadsheet has one of its kind.
    """
    return to_workbook([Part(frame, meta, chart)], meta)


def to_workbook(parts: Sequence[Part], meta: Meta) -> bytes:
    """Several charts in one workbook: a sheet with the chart and a sheet with its data for each, numbered.

    Args:
        meta: Title, filters, sources and edition of all of it.
    """
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, TEXT_STAYS) as book:
        book.set_properties({"title": meta.title, "comments": citation(meta)})
        formats = _formats(book, meta.lang)
        name = text("charts.sheet_chart", meta.lang)
        listed = [(f"{name} {number}", part.meta.title) for number, part in enumerate(parts, 1)]
        _cover(book, sum(len(part.frame) for part in parts), listed if len(parts) > 1 else [], meta, formats)
        _lines(book, "notes", _notes(parts, meta), meta, formats)
        for number, part in enumerate(parts, 1):
            place = str(number) if len(parts) > 1 else ""
            if part.chart and native.can_draw(part.chart):
                _chart(book, part.chart, meta, place, formats)
            _data(book, part, place, formats)
        _sources(book, meta, formats)
        explained = {name: told for part in parts for name, told in _explained(part).items()}
        if explained:
            heads = [text(f"charts.sheet_{key}", meta.lang) for key in ("column", "heading", "meaning")]
            _rows(book, "codes", heads, [(name, *told) for name, told in explained.items()], meta, formats)
    return out.getvalue()


def to_book(sheets: Sequence[tuple[str, pd.DataFrame, Mapping[str, tuple[str, str]]]], meta: Meta) -> bytes:
    """Several tables as one workbook: cover, notes, a sheet for each table, and sources.

    Args:
        sheets: Name of the sheet, its rows, and heading and meaning of their columns.
    """
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, TEXT_STAYS) as book:
        book.set_properties({"title": meta.title, "comments": citation(meta)})
        formats = _formats(book, meta.lang)
        _cover(book, sum(len(frame) for _, frame, _ in sheets), [], meta, formats)
        _lines(book, "notes", meta.notes or (text("charts.sheet_no_notes", meta.lang),), meta, formats)
        for name, frame, columns in sheets:
            _data(book, Part(frame, replace(meta, columns=columns)), "", formats, name)
        _sources(book, meta, formats)
    return out.getvalue()


def _explained(part: Part) -> dict[str, tuple[str, str]]:
    columns = part.meta.columns or {}
    return {name: columns[name] for name in map(str, part.frame.columns) if columns.get(name, ("", ""))[1]}


def _notes(parts: Sequence[Part], meta: Meta) -> list[str]:
    """The notes of each chart below its number and title, where there are several."""
    lines: list[str] = []
    for number, part in enumerate(parts, 1):
        told = part.told or [text("charts.sheet_no_notes", meta.lang)]
        lines += [f"{number}. {part.meta.title}", *told, ""] if len(parts) > 1 else told
    return lines or [text("charts.sheet_no_notes", meta.lang)]


def _chart(book: xlsxwriter.Workbook, chart: Chart, meta: Meta, place: str, formats: Mapping[str, Any]) -> None:
    """The native chart under its title and source line, and the plotted numbers below it."""
    sheet = _sheet(book, "chart", meta.lang, place)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.write_string(0, 0, chart.title, formats["title"])
    sheet.write_string(1, 0, chart.source, formats["text"])
    native.draw(book, sheet, chart, meta.lang)


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


def _sheet(book: xlsxwriter.Workbook, key: str, lang: str, place: str = "", name: str = "") -> Any:
    """A new sheet; `place` is the number of the chart that it belongs to."""
    name = name or text(f"charts.sheet_{key}", lang)
    sheet = book.add_worksheet(f"{name}{' ' if lang == 'en' and place else ''}{place}")
    sheet.hide_gridlines(2)
    return sheet


def _cover(
    book: xlsxwriter.Workbook, count: int, listed: Sequence[tuple[str, str]], meta: Meta, formats: Mapping[str, Any]
) -> None:
    """What this is: title, filters, what is inside, number of rows, unit, edition, how to cite."""
    sheet = _sheet(book, "cover", meta.lang)
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, 1, 90)
    sheet.write_string(0, 0, meta.title, formats["title"])
    told = [*meta.filters.items(), *listed, (text("charts.sheet_rows", meta.lang), str(count))]
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
    {"title", "publisher", "publication", "published", "url", "address", "reading", "how_read", "definition"}
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


def _data(book: xlsxwriter.Workbook, part: Part, place: str, formats: Mapping[str, Any], sheet_name: str = "") -> None:
    frame, meta = part.frame, part.meta
    sheet = _sheet(book, "data", meta.lang, place, sheet_name)
    for column, (name, head) in enumerate(zip(frame.columns, headings_of(frame, meta), strict=True)):
        values = values_of(frame[name])
        style = _number_style(str(name), values)
        sample = [_width(_shown(value)) for value in values[:500]]
        sheet.set_column(column, column, min(max([_width(head), *sample, 6]) + 2, 60))
        sheet.write_string(0, column, head, formats["head"])
        for row, value in enumerate(values, 1):
            if isinstance(value, bool) or (value is not None and not isinstance(value, int | float)):
                sheet.write_string(row, column, str(value)[:CELL], formats["text"])
            elif value is not None:
                sheet.write_number(row, column, value, formats[style])
    sheet.freeze_panes(1, 0)
    if len(frame.columns):
        sheet.autofilter(0, 0, len(frame), len(frame.columns) - 1)


def _too_long(frame: pd.DataFrame) -> bool:
    return any(isinstance(value, str) and len(value) > CELL for name in frame.columns for value in frame[name])


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
