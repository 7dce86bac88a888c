"""What a line chart is drawn from, and what stands beside its lines: end labels, break and reference marks."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from charts.chart import Break, breaks_for
from charts.layout import Look, label, spread, text_width, year_axis
from charts.numbers import Scale
from charts.points import Point, value_text
from charts.theme import FOOT_SIZE, readable
from indicators.catalog import Catalog
from indicators.labels import text

LINE_GAP = 15
REACH = 3
"""Years that a label at the end of a line may reach over to its right."""
_CLAUSE_END = re.compile(r"[：；，。]|[:;,.](?=\s|$)")
"""A mark has room for the first clause of a reason, or for none; the notes have the whole."""


def year_of(point: Point) -> int:
    return point.year if point.year is not None else -1


@dataclass(frozen=True, slots=True)
class Line:
    """One series: its points by year, and how it looks. `focus` is its number among the coloured ones, else None."""

    name: str
    points: tuple[Point, ...]
    focus: int | None
    color: str
    symbol: str

    @property
    def end(self) -> Point:
        """The point that carries the line's label: the last one that is no requirement."""
        return max((p for p in self.points if p.kind != "requirement"), key=year_of, default=self.points[-1])


@dataclass(frozen=True, slots=True)
class Panel:
    """One plotting area: its lines, scale, value range and ticks (plotted values), and its place in the grid.

    `unit` stands below the title where panels have units of their own.
    """

    title: str
    lines: tuple[Line, ...]
    scale: Scale
    ticks: tuple[float, ...]
    span: tuple[float, float]
    number: int
    unit: str = ""

    @property
    def suffix(self) -> str:
        return "" if self.number == 0 else str(self.number + 1)


@dataclass(frozen=True, slots=True)
class Pen:
    """What all drawing needs: look, catalogue, what each indicator's values are, breaks, and a reference value.

    `computed`: every value of the chart is derived, so that nothing has to be told apart line by line.
    `span`: first and last year of the chart.
    """

    look: Look
    catalog: Catalog
    whats: Mapping[str, str]
    breaks: tuple[Break, ...]
    reference: float | None
    computed: bool = False
    span: tuple[int, int] = (0, 0)

    def breaks_of(self, line: Line) -> list[Break]:
        first = line.points[0]
        series = (p.series for p in line.points)
        return breaks_for(self.breaks, indicator=first.indicator, region=first.region, series=series)


def years_of(lines: Sequence[Line]) -> list[int]:
    return sorted({p.year for line in lines for p in line.points if p.year is not None})


def end_names(lines: Sequence[Line], plot: Panel, pen: Pen) -> list[str]:
    """What stands at the line ends: the name, with the latest value while there are few lines."""
    look, names = pen.look, []
    for line in lines:
        value = value_text(line.end, plot.scale)
        if line.end.kind != "actual" and not pen.computed:
            value = f"{text(f'charts.kind_{line.end.kind}', look.lang)} {value}"
        if len(plot.lines) == 1:
            names.append(value)
        else:
            names.append(f"{line.name} {value}" if len(lines) <= 5 and not look.narrow else line.name)
    return names


def neighbours(years: Sequence[int]) -> list[list[int]]:
    """The numbers of lines whose labels can meet: a label reaches over the ends of lines that go on a little longer."""
    groups: list[list[int]] = []
    for number in sorted(range(len(years)), key=lambda n: years[n]):
        if groups and years[number] - years[groups[-1][-1]] <= REACH:
            groups[-1].append(number)
        else:
            groups.append([number])
    return groups


def end_labels(
    lines: Sequence[Line], names: Sequence[str], plot: Panel, look: Look, height: float
) -> list[dict[str, Any]]:
    """Labels right of the last points; where lines end close together they are spread and joined by a hairline."""
    low, high = plot.span
    found = []
    for members in neighbours([year_of(line.end) for line in lines]):
        wanted = [(plot.scale.of(lines[i].end.value) - low) / (high - low) * height for i in members]
        places = spread(wanted, LINE_GAP, 4, height + 6)
        for i, want, place in zip(members, wanted, places, strict=True):
            found.append(_end_label(lines[i], names[i], plot, look, place - want))
    return found


def _end_label(line: Line, words: str, plot: Panel, look: Look, shift: float) -> dict[str, Any]:
    end = line.end
    options: dict[str, Any] = {
        "x": end.year, "y": plot.scale.of(end.value), "xref": f"x{plot.suffix}", "yref": f"y{plot.suffix}",
        "xanchor": "left", "yanchor": "middle", "align": "left", "color": readable(line.color, look.theme.background),
        "borderpad": 0,
    }  # fmt: skip
    if abs(shift) < 4:
        return label(words, look, **options, xshift=9, yshift=shift)
    arrow = {"arrowhead": 0, "arrowwidth": 0.8, "arrowcolor": line.color, "standoff": 5, "ax": 18, "ay": -shift}
    return {**label(words, look, **options), "showarrow": True, **arrow}


def reference_line(plot: Panel, pen: Pen) -> list[dict[str, Any]]:
    if pen.reference is None:
        return []
    value = plot.scale.of(pen.reference)
    line = {"color": pen.look.theme.axis, "width": 1.2, "dash": "dash"}
    return [_across(plot.suffix, {"y0": value, "y1": value}, line)]


def _across(suffix: str, ends: dict[str, Any], line: dict[str, Any]) -> dict[str, Any]:
    """A line from edge to edge of one panel: horizontal for y0 and y1, vertical for x0 and x1."""
    if "y0" in ends:
        place = {"xref": f"x{suffix} domain", "yref": f"y{suffix}", "x0": 0, "x1": 1}
    else:
        place = {"xref": f"x{suffix}", "yref": f"y{suffix} domain", "y0": 0, "y1": 1}
    return {"type": "line", "layer": "below", "line": line, **place, **ends}


def break_marks(
    lines: Sequence[Line], pen: Pen, years: Sequence[int], width: float, panel: str | None = None
) -> tuple[dict[str, list[dict[str, Any]]], float]:
    """A thin vertical line before the year of each break, its reason above the plot; texts that would meet are stacked.

    Args:
        panel: The axes' suffix of one panel of several, which have no room for the reasons; None for a single plot.
    Returns:
        Shapes and annotations, and the room above the plot that the texts need.
    """
    look = pen.look
    first, last = years[0], years[-1]
    wanted = {(b.year, b.text): b for line in lines for b in pen.breaks_of(line) if first < b.year <= last}
    shapes = [
        _across(
            panel or "", {"x0": year - 0.5, "x1": year - 0.5}, {"color": look.theme.axis, "width": 1, "dash": "dot"}
        )
        for year in sorted({year for year, _ in wanted})
    ]
    annotations, rows = [], list[float]()
    low, high = year_axis(look, years, width)["range"]
    for (year, words), _ in sorted(wanted.items()):
        if not words or panel is not None:
            continue
        words = _CLAUSE_END.split(words)[0]
        if text_width(words, FOOT_SIZE) > width * 0.7:
            words = text("charts.break_mark", look.lang, year=year)
        wide = text_width(words, FOOT_SIZE)
        centre = (year - 0.5 - low) / (high - low) * width
        start = min(max(centre - wide / 2, 0.0), width - wide)
        row = next((n for n, end in enumerate(rows) if end + 10 <= start), len(rows))
        rows[row : row + 1] = [start + wide]
        anchor = "left" if start == 0.0 else "right" if start == width - wide else "center"
        place: dict[str, Any] = {"x": year - 0.5, "xref": "x", "xanchor": "center"}
        if anchor != "center":
            place = {"x": 0.0 if anchor == "left" else 1.0, "xref": "paper", "xanchor": anchor}
        annotations.append(
            label(words, look, **place, y=1, yref="paper", yanchor="bottom", yshift=2 + row * 15, size=FOOT_SIZE,
                  color=look.theme.muted, name="break")
        )  # fmt: skip
    return {"shapes": shapes, "annotations": annotations}, len(rows) * 15 + (4 if rows else 0)
