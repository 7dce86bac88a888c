"""Marks and lines at any place as one native scatter chart: what rows of marks and strips of dots are drawn with."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from charts.deck.markup import (
    Axis,
    Label,
    Marker,
    Series,
    axis_xml,
    decimals_in,
    inner,
    line_style,
    number_code,
    series_xml,
)
from charts.deck.native import Book, Cell, Column, Native
from charts.deck.paper import Box, Paper
from charts.deck.reading import Work

FOOT = 42.0
"""Points below the plot: the axis's numbers and its title."""


@dataclass(slots=True)
class Cloud:
    """A scatter chart that is being put together; what is added first lies below."""

    book: Book
    drawn: list[tuple[Series, Column]] = field(default_factory=list)

    def add(
        self, head: str, across: Sequence[Cell] | Column, up: Sequence[Cell] | Column, line: str = "",
        marker: Marker | None = None, marks: Mapping[int, Marker] | None = None,
        labels: Mapping[int, Label] | None = None, code: str = "General",
    ) -> None:  # fmt: skip
        """Points with whatever is drawn at them; columns that are in the workbook already are used again."""
        x = across if isinstance(across, Column) else self.book.add(f"{head} x", across, code)
        y = up if isinstance(up, Column) else self.book.add(head, up)
        self.drawn.append((Series(y, line or line_style(None), marker, marks or {}, labels or {}), x))

    def dots(
        self, head: str, across: Sequence[Cell] | Column, up: Sequence[Cell] | Column, marks: Sequence[Marker],
        labels: Mapping[int, Label] | None = None, code: str = "General",
    ) -> None:  # fmt: skip
        """A mark for each point, a series for each colour: Impress takes one colour for all marks of a series."""
        x = across if isinstance(across, Column) else self.book.add(f"{head} x", across, code)
        heights = up.values if isinstance(up, Column) else up
        for color in dict.fromkeys(mark.color for mark in marks):
            own = {n: mark for n, mark in enumerate(marks) if mark.color == color}
            y = up if len(own) == len(marks) else [height if n in own else None for n, height in enumerate(heights)]
            found = {n: label for n, label in (labels or {}).items() if n in own}
            self.add(head, x, y, marker=next(iter(own.values())), marks=own, labels=found)

    def spans(
        self, head: str, ends: Sequence[tuple[float, float]], heights: Sequence[float], line: str,
        cells: Sequence[tuple[str, str]] = (),
    ) -> None:  # fmt: skip
        """A line along the axis in each row, between two ends.

        Args:
            cells: The cells of the workbook that hold the ends, so that the lines follow them.
        """
        across = [x for pair in ends for x in (*pair, None)]
        up = [y for height in heights for y in (height, height, None)]
        formulas = [formula for one, two in cells for formula in (f"={one}", f"={two}", "")]
        self.add(head, self.book.add(f"{head} x", across, formulas=formulas), up, line)

    def words(self, name: str, at: float, heights: Sequence[float], words: Sequence[Label]) -> None:
        """Fixed words at these heights, on one upright line."""
        if words:
            self.add(name, [at] * len(words), list(heights), labels=dict(enumerate(words)))

    def put(self, paper: Paper, box: Box, place: Box, work: Work, axes: tuple[Axis, Axis]) -> None:
        """The chart on the slide, its plot at `place`."""
        where = inner((place.x - box.x) / box.w, (place.y - box.y) / box.h, place.w / box.w, place.h / box.h)
        # Impress drops a series that is shorter than one after it, so that all are made equally long.
        most = max(len(column.values) for series, x in self.drawn for column in (series.column, x))
        body = "".join(
            series_xml(n, replace(one, column=_longer(one.column, most)), _longer(across, most), scatter=True)
            for n, (one, across) in enumerate(self.drawn)
        )
        native = Native(
            f'{where}<c:scatterChart><c:scatterStyle val="lineMarker"/><c:varyColors val="0"/>{body}<c:axId val="1"/>'
            f'<c:axId val="2"/></c:scatterChart>{axis_xml(axes[0], 1, 2)}{axis_xml(axes[1], 2, 1)}',
            self.book,
        )
        paper.chart(work.chart.title, box, native, work.chart.alt)


def _longer(column: Column, most: int) -> Column:
    return replace(column, values=(*column.values, *[None] * (most - len(column.values))))


def upward(low: float, high: float) -> Axis:
    """The axis along which rows stand; it is not drawn."""
    return Axis("l", low=low, high=high, hidden=True, crosses="min", between="midCat")


def value_axis(axis: Mapping[str, Any], title: str, reach: Sequence[float]) -> Axis:
    """A linear axis below the plot with the steps that it has on screen, as long as its values need.

    Args:
        reach: All that stands on it.
    """
    marks = axis["tickvals"]
    step = marks[1] - marks[0]
    first, last = min(*reach, marks[0]), max(*reach, marks[-1])
    low = marks[0] + step * math.floor((first - marks[0]) / step + 1e-9)
    high = marks[0] + step * math.ceil((last - marks[0]) / step - 1e-9)
    low, high = (float(f"{end:.9g}") for end in (low, high))
    # Rank 0 is none: the third part of a format is that of zero.
    code = number_code(decimals_in(axis["ticktext"]))
    return Axis("b", low=low, high=high, step=step, grid=True, line=True, code=code, title=title, crosses="min",
                between="midCat")  # fmt: skip
