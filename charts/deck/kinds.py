"""How each kind of chart is drawn natively: on slides, in workbooks and in written reports alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from charts.deck import bars, lines, pairs, rows, scatter, stacks, strips
from charts.deck.lines import Draw
from charts.deck.reading import Work

NATIVE: Mapping[str, Callable[[Work], list[Draw]]] = {
    "trend": lines.trend,
    "ranking": bars.ranking,
    "figures": bars.ranking,
    "dumbbell": pairs.dumbbell,
    "slope": pairs.slope,
    "scatter": scatter.scatter,
    "distribution": strips.distribution,
    "distances": rows.distances,
    "ranges": rows.ranges,
    "progress": rows.progress,
    "stack": stacks.stack,
}
"""Kind -> what draws it, as a chart with its numbers in a workbook."""
