"""What every chart function returns, and the words that all charts share: titles, source lines, notes, headings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from charts.layout import Canvas, Look, assemble
from indicators.catalog import Catalog, Indicator
from indicators.labels import has, sentences, text

CONFIG: dict[str, Any] = {
    "displaylogo": False,
    "showSendToCloud": False,
    "responsive": True,
    "scrollZoom": False,
    "displayModeBar": "hover",
    "modeBarButtons": [["toImage"]],
    "toImageButtonOptions": {"format": "png", "scale": 3, "filename": "chart"},
}
"""For `st.plotly_chart(..., config=CONFIG)`; `config_for` also names the picture."""
FEET = 3
"""At most so many notes are written into the figure; all of them are in `Chart.notes`."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart and everything that must travel with it.

    Attributes:
        spec: Figure as a plain Plotly dict; `{}` when `empty`. Each data point's `customdata` is its observation id.
        table: Exactly the plotted numbers, a row for each point: `value` in `unit`, and `observation_id`.
        title, unit: What is shown, and the unit of the value axis (several joined by `·` where panels differ).
        source: The source line, also written into the figure.
        alt: One sentence with range, leader and latest value, for readers who do not see the chart.
        notes: What a reader must know before comparing; the first ones are written into the figure.
        empty: None, or why there is nothing to show and what to try.
        kind: How it is drawn (`trend`, `ranking`, `scatter`, …), for what redraws it elsewhere; empty if unknown.
        labels: Words in full where the figure shortens, thins out or leaves out: `names` of the rows, `heads` of the
            columns, `cells`. They are not sent to the browser.
    """

    spec: dict[str, Any]
    table: pd.DataFrame
    title: str
    unit: str
    source: str
    alt: str
    notes: tuple[str, ...] = ()
    empty: str | None = None
    kind: str = ""
    labels: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Break:
    """From `year` on, values do not compare with earlier ones. None means: for all indicators, series or regions.

    `text` is a short reason in the reader's language; it stands at the mark.
    """

    year: int
    text: str = ""
    indicator: str | None = None
    region: str | None = None
    series: str | None = None


def config_for(filename: str) -> dict[str, Any]:
    """CONFIG with the name that a downloaded picture gets."""
    return {**CONFIG, "toImageButtonOptions": {**CONFIG["toImageButtonOptions"], "filename": filename}}


def empty_chart(reason: str, lang: str, *, title: str = "", source: str = "", **params: object) -> Chart:
    """A chart that is not drawn: `reason` is the key of `charts.empty_<reason>`."""
    words = text(f"charts.empty_{reason}", lang, **params)
    return Chart({}, pd.DataFrame(), title, "", source, words, (), words)


def finish(
    look: Look,
    canvas: Canvas,
    *,
    table: pd.DataFrame,
    title: str,
    unit: str,
    subtitle: str,
    source: str,
    notes: Iterable[str],
    alt: str,
    kind: str = "",
    labels: Mapping[str, Sequence[str]] | None = None,
) -> Chart:
    """Frame the canvas and put the chart together; equal notes are said once."""
    said = tuple(dict.fromkeys(_sentence(note, look.lang) for note in notes if note))
    shown = list(said[:FEET])
    if len(said) > FEET:
        shown.append(text("charts.notes_more", look.lang, n=len(said) - FEET))
    feet = [text("charts.note_line", look.lang, note=sentences(shown, look.lang))] if shown else []
    spec = assemble(look, canvas, title=title, subtitle=subtitle, foot=[*feet, source] if source else feet)
    return Chart(spec, table, title, unit, source, alt, said, None, kind, labels or {})


def _sentence(note: str, lang: str) -> str:
    """The note with a full stop, so that several can stand in one line."""
    return note if note.endswith(("。", ".", "！", "!", "？", "?")) else note + text("charts.full_stop", lang)


def source_line(sources: Sequence[str], lang: str, *, edition: str | None = None, most: int = 3) -> str:
    """The line below a chart: the sources by title, the first `most` of them, and the edition of the data."""
    named = list(dict.fromkeys(source for source in sources if source))
    shown = text("charts.semicolon", lang).join(named[:most])
    if len(named) > most:
        shown = text("charts.sources_more", lang, shown=shown, n=len(named) - most)
    parts = [text("charts.source_line", lang, sources=shown)] if shown else []
    if edition:
        parts.append(text("charts.edition_line", lang, edition=edition))
    return sentences((part + text("charts.full_stop", lang) for part in parts), lang)


def headings(table: pd.DataFrame, lang: str) -> dict[str, str]:
    """Readable headings for a chart's table: `chart.table.rename(columns=headings(chart.table, lang))`."""
    return {
        name: text(f"charts.column_{name}", lang) if has(f"charts.column_{name}") else name for name in map(str, table)
    }


def when(years: Iterable[int | None], lang: str) -> str:
    """The years that a chart covers, as in a title."""
    known = sorted({year for year in years if year is not None})
    if not known:
        return text("charts.no_year", lang)
    if known[0] == known[-1]:
        return text("charts.year", lang, year=known[0])
    return text("charts.years", lang, first=known[0], last=known[-1])


def region_name(catalog: Catalog, code: str, lang: str) -> str:
    """Short name of a region.

    Raises:
        UnknownRegionError: The code is not in the catalogue.
    """
    return catalog.regions[code].name(lang)


def qualified(name: str, lang: str, *limits: str | None) -> str:
    """A name with what it is limited to in brackets: 德令哈（工业园）."""
    inside = text("charts.dot", lang).join(limit for limit in limits if limit)
    return name + text("charts.brackets", lang, inside=inside) if inside else name


def grade_name(grade: str | None, lang: str) -> str | None:
    return text(f"charts.grade_{grade}", lang) if grade and has(f"charts.grade_{grade}") else grade


def what_is_shown(indicator: Indicator, measure: str | None, value_label: str | None, lang: str) -> str:
    """An indicator's name, with the measure where it is not the level itself (R&D经费支出增速)."""
    extra = value_label
    if extra is None and measure and has(f"charts.measure_{measure}"):
        extra = text(f"charts.measure_{measure}", lang)
    return text("charts.what_of", lang, what=indicator.name(lang), measure=extra) if extra else indicator.name(lang)


def titled(lang: str, *, what: str, when: str, unit: str = "", place: str = "") -> str:
    """A title that says what is shown: 研发经费支出，2017–2024年，亿元."""
    key = "charts.title" + ("_of" if place else "") + ("" if unit else "_no_unit")
    return text(key, lang, what=what, when=when, unit=unit, place=place)


def headed(what: str, shown: str, when: str, lang: str) -> str:
    """The title of a table-like chart: 12项指标：各指标位次，2023年."""
    return text("charts.title_table", lang, what=what, shown=shown, when=when)


def kinds_line(kinds: Iterable[str], lang: str, glyph: str = "glyph") -> str:
    """The key to kinds of truth for a subtitle, only when a chart shows more than actual values.

    Args:
        glyph: What the signs are: `glyph` for points, `glyph_bar` for bars.
    """
    found = set(kinds)
    present = [kind for kind in ("actual", "target", "requirement", "derived") if kind in found]
    if present in ([], ["actual"]):
        return ""
    return "  ".join(f"{text(f'charts.{glyph}_{kind}', lang)} {text(f'charts.kind_{kind}', lang)}" for kind in present)


def breaks_for(breaks: Sequence[Break], *, indicator: str, region: str, series: Iterable[str | None]) -> list[Break]:
    """The breaks that concern one line."""
    known = set(series)
    return [
        b
        for b in breaks
        if b.indicator in (None, indicator) and b.region in (None, region) and (b.series is None or b.series in known)
    ]


def break_note(year: int, why: str, lang: str) -> str:
    """The sentence on a break: its own reason, else that there is one."""
    return text("notes.break", lang, year=year, text=why) if why else text("charts.note_break", lang, year=year)


def as_breaks(rows: Sequence[Mapping[str, Any]], lang: str) -> list[Break]:
    """Breaks from rows of an edition's `breaks` file (indicator, series, year, zh, en)."""
    return [
        Break(
            int(row["year"]),
            str(row[lang]),
            indicator=row.get("indicator"),
            series=row["series"] if isinstance(row.get("series"), str) else None,
        )
        for row in rows
    ]
