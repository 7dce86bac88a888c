"""Bars that are put together from parts: what each part adds to the whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from charts.bar import span_with_room
from charts.chart import Chart, empty_chart, finish
from charts.layout import PAD, Canvas, Look, escape, halo, text_width, unit_title, value_axis, wrap
from charts.numbers import plain, tick_texts, ticks
from charts.theme import LABEL_SIZE, blend
from indicators.labels import text

ROW = {"wide": 21, "narrow": 20}
TALL = 34


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its name, and what each part adds. `id` is what a click leads to; `place` a rank before the name."""

    id: str
    name: str
    values: tuple[float, ...]
    place: int | None = None

    @property
    def total(self) -> float:
        return sum(self.values)


def stacked(
    bars: Sequence[Bar],
    parts: Sequence[str],
    look: Look,
    *,
    title: str,
    unit: str,
    heading: str = "region_name",
    source: str = "",
    highlight: Sequence[str] = (),
    decimals: int = 1,
    notes: Sequence[str] = (),
) -> Chart:
    """Horizontal bars in the given order, the total at their end; one part alone needs no legend.

    Args:
        parts: Names of the parts, in the order in which they are stacked.
        heading: Column of the table that names the bars: `region_name` or `choice`.
        highlight: Ids of the bars in full colour; the others are pale.
    """
    if not bars:
        return empty_chart("frame", look.lang, title=title, source=source)
    totals = [plain(bar.total, decimals) for bar in bars]
    ordered = sorted(bars, key=lambda bar: -bar.total)
    return finish(
        look,
        _canvas(bars, parts, totals, unit, highlight, decimals, look),
        table=_table(bars, parts, unit, heading),
        title=title,
        unit=unit,
        subtitle="",
        source=source,
        notes=notes,
        alt=text(
            "charts.alt_stacked", look.lang, title=title, n=len(bars), first=ordered[0].name, last=ordered[-1].name,
            high=plain(ordered[0].total, decimals), low=plain(ordered[-1].total, decimals),
        ),
        kind="stack",
        labels={"names": [_named(bar) for bar in bars], "heads": list(parts), "cells": totals},
    )  # fmt: skip


def _canvas(
    bars: Sequence[Bar], parts: Sequence[str], totals: Sequence[str], unit: str, highlight: Sequence[str],
    decimals: int, look: Look,
) -> Canvas:  # fmt: skip
    names = [_named(bar) for bar in bars]
    lines = [wrap(name, look.pixels * 0.4, LABEL_SIZE) for name in names]
    row = max(ROW[look.width] if len(bars) > 8 else TALL, 8 + max(map(len, lines)) * LABEL_SIZE * 1.35)
    left = PAD + 12 + max(text_width(line) for several in lines for line in several)
    reach = [
        0.0,
        *(sum(v for v in b.values if v > 0) for b in bars),
        *(sum(v for v in b.values if v < 0) for b in bars),
    ]
    room = 10 + max(map(text_width, totals))
    span = span_with_room(min(reach), max(reach), look.pixels - left - 16, 0, room)
    marks = [t for t in ticks(min(reach), max(reach), 4 if look.narrow else 6) if span[0] <= t <= span[1]]
    axes = {
        "xaxis": value_axis(look, marks, tick_texts(marks), span) | {"title": unit_title(unit, look)},
        "yaxis": {
            "range": [len(bars) - 0.4, -0.6], "tickmode": "array", "tickvals": list(range(len(bars))),
            "ticktext": ["<br>".join(map(escape, several)) for several in lines], "showgrid": False,
            "zeroline": False, "ticks": "", "fixedrange": True, "automargin": True, "ticklabelstandoff": 6,
            "tickfont": {"size": LABEL_SIZE, "color": look.theme.ink},
        },
        "barmode": "relative",
    }  # fmt: skip
    # Plotly takes the colour of the legend from the first bar, so one in full colour comes first.
    drawn = sorted(range(len(bars)), key=lambda n: bool(highlight) and bars[n].id not in highlight)
    traces = [_part(bars, drawn, parts, number, highlight, decimals, look) for number in range(len(parts))]
    ends = {
        "type": "scatter", "mode": "text", "x": [sum(v for v in bar.values if v > 0) for bar in bars],
        "y": list(range(len(bars))), "text": [f" {words}" for words in totals], "textposition": "middle right",
        "textfont": halo(look), "cliponaxis": False, "hoverinfo": "skip", "showlegend": False,
    }  # fmt: skip
    legend = list(parts) if len(parts) > 1 else []
    return Canvas([*traces, ends], len(bars) * row + 8, left, 16, 0, 46, axes, legend=legend)


def _named(bar: Bar) -> str:
    return bar.name if bar.place is None else f"{bar.place}  {bar.name}"


def _part(
    bars: Sequence[Bar], drawn: Sequence[int], parts: Sequence[str], number: int, highlight: Sequence[str],
    decimals: int, look: Look,
) -> dict[str, Any]:  # fmt: skip
    """One part of all bars, in the order in which they are drawn."""
    theme = look.theme
    color = theme.accent if len(parts) == 1 else theme.series[number % len(theme.series)]
    pale = blend(color, theme.background, 0.68)
    chosen = [bars[n] for n in drawn]
    colon = text("charts.colon", look.lang)
    hovers = [
        f"<b>{escape(bar.name)}</b><br>{escape(parts[number])}{colon}{plain(bar.values[number], decimals)}"
        for bar in chosen
    ]
    return {
        "type": "bar", "orientation": "h", "name": parts[number], "x": [bar.values[number] for bar in chosen],
        "y": list(drawn), "width": 0.72, "customdata": [bar.id for bar in chosen], "hovertext": hovers,
        "hovertemplate": "%{hovertext}<extra></extra>", "showlegend": len(parts) > 1,
        "marker": {
            "color": [color if not highlight or bar.id in highlight else pale for bar in chosen],
            "line": {"color": theme.background, "width": 0.5},
        },
    }  # fmt: skip


def _table(bars: Sequence[Bar], parts: Sequence[str], unit: str, heading: str) -> pd.DataFrame:
    """A row for each bar: its place and name, the total, and a column for each of several parts."""
    placed = all(bar.place is not None for bar in bars)
    columns: dict[str, list[object]] = {"rank": [bar.place for bar in bars]} if placed else {}
    columns[heading] = [bar.name for bar in bars]
    if len(parts) == 1:
        columns["value"] = [bar.total for bar in bars]
    else:
        columns["total"] = [bar.total for bar in bars]
        columns |= {part: [bar.values[n] for bar in bars] for n, part in enumerate(parts)}
    return pd.DataFrame(columns).assign(unit=unit)
