"""A value axis, linear or logarithmic: its scale, range and ticks."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from charts.chart import what_is_shown
from charts.layout import Look, value_axis
from charts.numbers import Scale, axis_scale, log_ticks, tick_texts, ticks
from charts.points import Point
from indicators.catalog import Catalog

LEAST = 1e-200
"""What is smaller counts as zero on a logarithmic axis: floating point numbers end not far below."""


@dataclass(frozen=True, slots=True)
class Axis:
    """One axis: indicator, what its values are, scale, range (values, not logarithms) and ticks."""

    indicator: str
    what: str
    scale: Scale
    log: bool
    span: tuple[float, float]
    ticks: tuple[float, ...]

    def part(self, plotted: float) -> float:
        """Where a plotted value lies between the axis's ends, 0 to 1."""
        low, high, at = (math.log10(v) if self.log else v for v in (*self.span, plotted))
        return (at - low) / (high - low)

    def texts(self) -> list[str]:
        """What stands at the ticks."""
        if not self.log:
            return tick_texts(list(self.ticks))
        return [self.scale.digits(tick, decimals=_decimals(tick)) for tick in self.ticks]

    def layout(self, look: Look) -> dict[str, Any]:
        """The axis for Plotly: grid, ticks, a firm line at its foot."""
        low, high = (math.log10(v) if self.log else v for v in self.span)
        axis = value_axis(look, self.ticks, self.texts(), (low, high))
        return axis | {"type": "log" if self.log else "linear", "showline": True, "linecolor": look.theme.axis}


def axis_of(
    points: Sequence[Point], indicator: str, value_label: str | None, log: bool, catalog: Catalog, look: Look
) -> Axis:
    """The axis on which these points of one indicator stand.

    Args:
        value_label: What the values are, where they were computed (per head, growth).
        log: Logarithmic; all values must be positive.
    """
    entry = catalog.indicators[indicator]
    scale = axis_scale((p.value for p in points), points[0].unit, look.lang, catalog, indicator=entry)
    what = what_is_shown(entry, points[0].measure, value_label, look.lang)
    values = [scale.of(p.value) for p in points]
    low, high = min(values), max(values)
    if log:
        spare = (high / low) ** 0.06 if high > low else 1.5
        span = (low / spare, high * spare)
        return Axis(indicator, what, scale, log, span, tuple(log_ticks(*span, 5 if look.narrow else 8)))
    low = 0.0 if 0 < low < 0.35 * high else low
    marks = ticks(low, high, 5 if look.narrow else 7)
    spare = (marks[-1] - marks[0]) * 0.04
    bottom = marks[0] if marks[0] == 0 else marks[0] - spare
    return Axis(indicator, what, scale, log, (bottom, max(marks[-1], high) + spare), tuple(marks))


def _decimals(value: float) -> int:
    return max(0, -math.floor(math.log10(value))) if value > 0 else 0
