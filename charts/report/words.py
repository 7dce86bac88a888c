"""The report's words: numbered headings, a paragraph for each chart, numbered sources.

Every sentence is made from the rows of its chart, and says no more than they hold.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd

from charts.export import citation
from charts.numbers import join_unit
from charts.numbers import plain as written
from charts.report.model import Report, Section
from indicators.labels import sentences, text

_DIGITS = "零一二三四五六七八九"
FIRST = 3
"""So many leaders and so many of the last are named, where there are at least four times as many regions."""


def numeral(n: int) -> str:
    """A number below 100 in Chinese numerals, as headings have them: 十二.

    Raises:
        ValueError: It is not between 1 and 99.
    """
    if not 1 <= n <= 99:
        raise ValueError(f"no heading has the number {n}")
    tens, ones = divmod(n, 10)
    return (("" if tens == 1 else _DIGITS[tens]) + "十" if tens else "") + (_DIGITS[ones] if ones else "")


def numbered(level: int, n: int, words: str, lang: str) -> str:
    """A heading with its number: 一、 （一） 1. by GB/T 9704—2012, 7.3.3; English counts in digits."""
    number = numeral(n) if lang == "zh" and level < 3 else str(n)
    return text(f"report.level_{level}", lang, n=number, words=words)


def paragraphs(section: Section, lang: str) -> list[str]:
    """What stands above a chart: the author's words, what it shows, who leads and who trails."""
    found = [line.strip() for line in section.note.splitlines() if line.strip()]
    chart = section.chart
    said = [section.say] if section.say else []
    if chart and not chart.empty:
        said = said or [_of_alt(chart.alt, chart.title)]
        said += _ends(chart.table, lang) if chart.kind in ("ranking", "tiles") else []
    elif chart and chart.empty:
        said = [chart.empty]
    return [*found, *filter(None, [sentences(said, lang)]), *section.paragraphs]


def _of_alt(alt: str, title: str) -> str:
    """What the chart's alternative text says beyond its form and title."""
    place = alt.find(title)
    rest = alt[place + len(title) :].lstrip("。. ") if place >= 0 else alt
    return rest or alt


def _ends(table: pd.DataFrame, lang: str) -> list[str]:
    """The first and the last regions by value, where all values are actual ones of one indicator and year."""
    actual = text("charts.kind_actual", lang)
    if (
        len(table) < 4 * FIRST
        or set(table["kind"]) != {actual}
        or table[["indicator", "year", "unit"]].nunique().max() > 1
    ):
        return []
    ordered = table.sort_values("value", ascending=False, kind="stable")
    return [
        text(
            "report.ends",
            lang,
            n=FIRST,
            first=_named(ordered.head(FIRST), lang),
            last=_named(ordered.tail(FIRST), lang),
        )
    ]


def _named(rows: pd.DataFrame, lang: str) -> str:
    values = [
        text("report.named", lang, name=row["region_name"], value=value_text(row["value"], row["unit"], lang))
        for row in rows.to_dict("records")
    ]
    return text("report.comma_list", lang).join(values)


def value_text(value: float, unit: str, lang: str) -> str:
    return join_unit(written(float(value), 4, strip=True), unit, lang)


def source_numbers(report: Report) -> Mapping[str, int]:
    """Title of a source -> its number in the report."""
    titles = dict.fromkeys(source["title"] for source in report.meta.sources)
    return {title: n for n, title in enumerate(titles, 1)}


def source_line(section: Section, numbers: Mapping[str, int], lang: str) -> str:
    """Below a chart: the numbers of its sources; empty where none is known."""
    found = sorted(numbers[title] for title in section.sources if title in numbers)
    return text("report.sources_of", lang, numbers="".join(f"[{n}]" for n in found)) if found else ""


def source_entries(report: Report) -> list[str]:
    """The numbered list of sources: title, publication, date, address."""
    by_title = {source["title"]: source for source in report.meta.sources}
    entries = []
    for title, n in source_numbers(report).items():
        source = by_title[title]
        more = (source.get(key) or "" for key in ("publication", "published", "address", "url"))
        entries.append(f"[{n}] " + "  ".join(dict.fromkeys(part for part in (title, *more) if part)))
    return entries


def notes_of(sections: Sequence[Section]) -> list[str]:
    """Every note of the report, once."""
    return list(
        dict.fromkeys(note for one in sections for note in (*one.notes, *(one.chart.notes if one.chart else ())))
    )


def cited(report: Report) -> str:
    """How to cite the report; its sources stand above."""
    return citation(replace(report.meta, title=report.title, sources=()))
