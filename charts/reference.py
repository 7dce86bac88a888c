"""Vertical lines with a name on a chart of horizontal bars or dots: the country's value, the median."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from charts.chart import region_name
from charts.layout import Look, label, text_width
from charts.numbers import Scale
from charts.points import Point
from indicators.catalog import Catalog
from indicators.distribution import FEW
from indicators.labels import text

REACH = 1.3
"""A reference value may lie so many times as far out as the farthest value that is drawn."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A vertical line with a name: the country's value, the median."""

    name: str
    value: float


def near(points: Sequence[Point], drawn: Sequence[Point]) -> list[Point]:
    """The reference values for which the axis has room; the others (a total beside its parts) would crush the rest."""
    largest = max(abs(p.value) for p in drawn)
    return [p for p in points if abs(p.value) <= REACH * largest]


def far_notes(points: Sequence[Point], drawn: Sequence[Point], scale: Scale, catalog: Catalog, lang: str) -> list[str]:
    """What is said of the reference values that are no line, since they lie far beyond what is drawn."""
    close = near(points, drawn)
    return [
        text("charts.note_reference_far", lang, name=region_name(catalog, p.region, lang), value=scale.full(p.value))
        for p in points
        if p not in close
    ]


def references(
    points: Sequence[Point], bars: Sequence[Point], ranked: Sequence[Point], catalog: Catalog, lang: str
) -> list[Reference]:
    """The lines on a chart of bars.

    Args:
        points: The values of regions that are a line instead of a bar.
        ranked: The bars of which the median is drawn, where they are enough for one.
    """
    lines = [Reference(region_name(catalog, p.region, lang), p.value) for p in near(points, bars)]
    if len(ranked) >= FEW:
        lines.append(Reference(text("charts.median", lang), median(p.value for p in ranked)))
    return lines


def reference_marks(
    references: Sequence[Reference], scale: Scale, look: Look, span: tuple[float, float], width: float
) -> tuple[float, list[dict[str, Any]], list[dict[str, Any]]]:
    """Vertical lines with their names above the bars, one row each, so that names never meet."""
    theme, annotations, shapes = look.theme, [], []
    for number, reference in enumerate(references):
        x = scale.of(reference.value)
        words = f"{reference.name} {scale.text(reference.value)}"
        part = (x - span[0]) / (span[1] - span[0])
        half = text_width(words, 11) / 2 / width
        anchor = "left" if part < half else "right" if part > 1 - half else "center"
        dash = "solid" if number == 0 and len(references) > 1 else "dash"
        shapes.append(
            {
                "type": "line", "xref": "x", "yref": "paper", "x0": x, "x1": x, "y0": 0, "y1": 1,
                "line": {"color": theme.muted, "width": 1.2, "dash": dash}, "layer": "below",
            }
        )  # fmt: skip
        annotations.append(
            label(words, look, x=x, y=1, xref="x", yref="paper", xanchor=anchor, yanchor="bottom",
                  yshift=1 + 15 * number, size=11, color=theme.muted, name="reference")
        )  # fmt: skip
    return len(references) * 15 + (4 if references else 0), annotations, shapes
