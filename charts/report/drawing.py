"""The native charts of one chart, without the slide that they were drawn for.

A written page has no place for what a slide lays over its charts: words become lines below, and lines are left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from charts.chart import Chart
from charts.deck.ink import Run
from charts.deck.kinds import NATIVE
from charts.deck.native import Native
from charts.deck.notes import inputs_of
from charts.deck.paper import Box, Paper
from charts.deck.reading import Work, in_light, notes_of
from charts.report.model import Section

WIDE = 442.0
"""Points: the 156 mm between the margins of GB/T 9704."""
TALL: Mapping[str, float] = {"trend": 250, "slope": 420, "scatter": 330, "dumbbell": 300, "distribution": 220}
ROW, LEAST, MOST = 15.0, 90.0, 560.0
ROWS: Mapping[str, float] = {"distances": 16, "ranges": 16, "stack": 18, "progress": 46}
"""Height of a row of a kind that has an axis with a title below its rows."""
BELOW = 76.0


@dataclass(frozen=True, slots=True)
class Drawing:
    """One native chart.

    Attributes:
        title: What it shows where a chart has several drawings; else empty.
        width, height: Points.
    """

    native: Native
    alt: str
    title: str
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Drawn:
    """The drawings of one chart: its key above them, and what a slide writes around them below."""

    drawings: Sequence[Drawing]
    key: Sequence[Sequence[Run]] = ()
    words: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class _Sheet(Paper):
    """Takes what is drawn, in its order."""

    key: list[Sequence[Run]] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    charts: list[tuple[Box, Native, str]] = field(default_factory=list)

    def text(self, name: str, box: Box, lines: Sequence[Sequence[Run]], **_layout: Any) -> None:
        said = " ".join("".join(run.words for run in line) for line in lines).strip()
        if name == self.word("key"):
            self.key.extend(lines)
        elif name.startswith(self.word("panel")):
            self.titles.append(said)
        else:
            self.words.append(said)

    def line(self, *_where: Any) -> None:
        """What a line marks is said in words, or in the notes."""

    def chart(self, name: str, box: Box, native: Native, alt: str) -> None:
        self.charts.append((box, native, alt))


def drawn(section: Section, lang: str) -> Drawn:
    """The native charts of a section; none where a word processor has no such chart."""
    chart = section.drawn
    if chart is None or chart.table.empty or chart.kind not in NATIVE:
        return Drawn(())
    work = Work(replace(chart, spec=in_light(chart.spec)), lang, inputs_of(section.frame))
    found: list[Drawing] = []
    key: list[Sequence[Run]] = []
    words: list[str] = []
    draws = NATIVE[chart.kind](work)
    for draw in draws:
        sheet = _Sheet(None, lang)
        draw(sheet, Box(0, 0, WIDE, _height(chart, len(draws))))
        titles = sheet.titles or [""] * len(sheet.charts)
        found += [
            Drawing(native, alt, title, box.w, box.h)
            for title, (box, native, alt) in zip(titles, sheet.charts, strict=True)
        ]
        key = key or sheet.key
        words += sheet.words
    return Drawn(found, key, tuple(dict.fromkeys(words)))


def _height(chart: Chart, drawings: int) -> float:
    """The height that a chart's rows need on paper, in points, for each of its drawings."""
    if chart.kind in ROWS:
        rows = -(-len(chart.labels["names"]) // drawings)
        return min(ROWS[chart.kind] * rows + BELOW, MOST)
    if chart.kind in TALL:
        panels = len(notes_of(chart.spec, "panel"))
        return TALL[chart.kind] * max(1, (panels + 1) // 2) * (0.8 if panels else 1) / drawings
    return min(max(ROW * len(chart.table) + 40, LEAST), MOST) / drawings
