"""Marks and lines at any place as one native scatter chart: what rows of marks and strips of dots are drawn with."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
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
from charts.theme import LIGHT

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
        labels: Mapping[int, Label] | None = None, reach: tuple[Column, Column, str, float] | None = None,
        upright: tuple[float, str] = (0.0, LIGHT.ink), code: str = "General",
    ) -> None:  # fmt: skip
        """Points with whatever is drawn at them; columns that are in the workbook already are used again."""
        x = across if isinstance(across, Column) else self.book.add(f"{head} x", across, code)
        y = up if isinstance(up, Column) else self.book.add(head, up)
        self.drawn.append(
            (
                Series(y, line or line_style(None), marker, marks or {}, labels or {}, color=upright[1],
                       reach=reach, upright=upright[0]),
                x,
            )
        )  # fmt: skip

    def words(self, name: str, at: float, heights: Sequence[float], words: Sequence[Label]) -> None:
        """Fixed words at these heights, on one upright line."""
        if words:
            self.add(name, [at] * len(words), list(heights), labels=dict(enumerate(words)))

    def put(self, paper: Paper, box: Box, place: Box, work: Work, axes: tuple[Axis, Axis]) -> None:
        """The chart on the slide, its plot at `place`."""
        where = inner((place.x - box.x) / box.w, (place.y - box.y) / box.h, place.w / box.w, place.h / box.h)
        body = "".join(series_xml(n, one, across, scatter=True) for n, (one, across) in enumerate(self.drawn))
        native = Native(
            f'{where}<c:scatterChart><c:scatterStyle val="lineMarker"/><c:varyColors val="0"/>{body}<c:axId val="1"/>'
            f'<c:axId val="2"/></c:scatterChart>{axis_xml(axes[0], 1, 2)}{axis_xml(axes[1], 2, 1)}',
            self.book,
        )
        paper.chart(work.chart.title, box, native, work.chart.alt)


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
