"""A report as one HTML file that asks nothing of any host and prints on A4, with the dashboard's own charts."""

from __future__ import annotations

import html
import itertools
import json
from collections.abc import Iterator, Mapping
from typing import Any

from plotly.offline import get_plotlyjs

from charts.chart import Chart
from charts.deck.reading import in_light
from charts.report import words
from charts.report.model import Report, Section, Table
from charts.report.tables import table_in, table_title
from indicators.labels import text

PRINTED = 660
"""Pixels of a chart's width: what A4 has between margins of 18 mm."""
TALLEST = 680
"""Pixels of a chart's height on paper: what A4 leaves below the title; a taller one would leave that page empty."""
_STYLE = """
:root { color-scheme: light; }
@page { size: A4; margin: 20mm 18mm; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 700px; padding: 24px 20px 60px; color: #1a1a1a; background: #fff;
  font: 16px/1.75 "FangSong", "仿宋", "Noto Serif CJK SC", "Songti SC", serif; }
h1 { font: 700 28px/1.4 "STZhongsong", "华文中宋", "Noto Serif CJK SC", "Songti SC", serif; text-align: center;
  margin: 16px 0; }
h2, caption, figcaption { font-family: "SimHei", "黑体", "Noto Sans CJK SC", "PingFang SC", sans-serif; }
h2 { font-size: 18px; margin: 34px 0 8px; break-after: avoid; }
h3 { font-size: 16px; font-weight: 600; margin: 18px 0 4px; break-after: avoid; }
header p { text-align: center; margin: 4px 0; color: #444; }
figure { margin: 14px 0; break-inside: avoid; overflow-x: auto; } p:has(+ figure) { break-after: avoid; }
figcaption, caption { font-size: 14px; text-align: center; caption-side: top; padding: 6px 0; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 13px; line-height: 1.5; border-block: 1.5px solid #000; }
thead { display: table-header-group; } tr { break-inside: avoid; }
th { border-bottom: 1px solid #000; text-align: left; font-weight: 600; } th, td { padding: 2px 6px; }
.n { text-align: right; font-variant-numeric: tabular-nums; }
.small { font-size: 13px; color: #444; margin: 4px 0; }
ol { padding-left: 1.6em; } li { overflow-wrap: anywhere; }
@media print { body { max-width: none; padding: 0; } .wide, figure { overflow: visible; }
  [data-chart] { zoom: var(--paper, 1); margin: 0 auto; } }
"""
_DRAW = """
for (const figure of document.querySelectorAll("[data-chart]")) {
  const spec = JSON.parse(document.getElementById(figure.dataset.chart).textContent)
  Plotly.newPlot(figure, spec.data, spec.layout, { staticPlot: true, displayModeBar: false })
}
"""


def to_html(report: Report) -> bytes:
    """The report as a page with everything inside, UTF-8."""
    lang = report.meta.lang
    numbers = words.source_numbers(report)
    tables = itertools.count(1)
    sections = [_section(n, section, report, numbers, tables) for n, section in enumerate(report.sections, 1)]
    lead = "".join(f"<p>{html.escape(line)}</p>" for line in (report.subtitle, report.date) if line)
    # A page with no chart needs no library to draw one.
    drawing = any(section.drawn for section in report.sections)
    script = f"<script>{get_plotlyjs()}</script><script>{_DRAW}</script>" if drawing else ""
    spoken = {"zh": "zh-CN", "en": "en"}[lang]
    return (
        f'<!DOCTYPE html><html lang="{spoken}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{html.escape(report.title)}</title><style>{_STYLE}</style></head><body>"
        f"<header><h1>{html.escape(report.title)}</h1>{lead}</header><main>{''.join(sections)}"
        f"{_ends(report, len(report.sections) + 1)}</main>{script}</body></html>"
    ).encode()


def _section(n: int, section: Section, report: Report, numbers: Mapping[str, int], tables: Iterator[int]) -> str:
    """A section; `tables` counts those of the whole report."""
    lang = report.meta.lang
    parts = [f"<h2>{html.escape(words.numbered(1, n, section.heading, lang))}</h2>"]
    parts += [f"<p>{html.escape(said)}</p>" for said in words.paragraphs(section, lang)]
    if section.drawn:
        parts.append(_figure(n, section.drawn))
    if table := table_in(section, lang):
        parts.append(_table(next(tables), section, table, lang))
    if line := words.source_line(section, numbers, lang):
        parts.append(f'<p class="small">{html.escape(line)}</p>')
    return f"<section>{''.join(parts)}</section>"


def _figure(n: int, chart: Chart) -> str:
    """The chart's place, and its figure as data beside it."""
    spec = in_light(chart.spec)
    layout = {**spec["layout"], "autosize": False, "width": PRINTED}
    # JSON inside a script element: nothing in it may end the element.
    data = json.dumps({"data": spec["data"], "layout": layout}, ensure_ascii=False, default=_plain).replace(
        "<", "\\u003c"
    )
    height = layout.get("height", 400)
    paper = min(1.0, TALLEST / height)
    return (
        f'<figure><div data-chart="chart-{n}" role="img" aria-label="{html.escape(chart.alt)}" '
        f'style="width:{PRINTED}px;height:{height}px;--paper:{paper:.3f}"></div>'
        f'<script type="application/json" id="chart-{n}">{data}</script></figure>'
    )


def _plain(value: Any) -> Any:
    """Numbers and lists of other libraries as JSON has them."""
    return value.tolist() if hasattr(value, "tolist") else str(value)


def _table(n: int, section: Section, table: Table, lang: str) -> str:
    title = table_title(section, table, n, lang)
    classes = [' class="n"' if numeric else "" for numeric in table.numeric]
    head = "".join(f"<th{of}>{html.escape(said)}</th>" for said, of in zip(table.heads, classes, strict=True))
    body = "".join(
        "<tr>" + "".join(f"<td{of}>{html.escape(said)}</td>" for said, of in zip(row, classes, strict=True)) + "</tr>"
        for row in table.rows
    )
    left = f'<p class="small">{html.escape(table.left_out)}</p>' if table.left_out else ""
    return (
        f'<div class="wide"><table><caption>{html.escape(title)}</caption><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>{left}"
    )


def _ends(report: Report, n: int) -> str:
    """What to know, the sources and how to cite."""
    lang = report.meta.lang
    parts = [f"<h2>{html.escape(words.numbered(1, n, text('report.ends_title', lang), lang))}</h2>"]
    notes, entries = words.notes_of(report.sections), words.source_entries(report)
    cited = [text("report.edition", lang, edition=report.meta.edition), words.cited(report)]
    number = 0
    for name, lines in (("notes", notes), ("sources", entries), ("cite", cited)):
        if not lines:
            continue
        number += 1
        parts.append(f"<h3>{html.escape(words.numbered(2, number, text(f'report.{name}', lang), lang))}</h3>")
        said = [html.escape(line) for line in lines]
        inside = "".join(f"<li>{line}</li>" for line in said)
        parts.append(f"<ol>{inside}</ol>" if name == "notes" else "".join(f"<p>{line}</p>" for line in said))
    return f"<section>{''.join(parts)}</section>"
