"""Ranks with their range: where each region stands, and between which places it may stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from charts.chart import Chart, empty_chart, finish, region_name
from charts.layout import PAD, Canvas, Look, escape, label, text_width, unit_title, value_axis
from charts.numbers import plain, ticks
from charts.theme import LABEL_SIZE, blend
from indicators.catalog import Catalog
from indicators.labels import text

ROW = {"wide": 21, "narrow": 20}
HALF = 0.32
"""A range reaches so far beyond the middles of its first and last place."""


@dataclass(frozen=True, slots=True)
class Range:
    """One region's rank and the places between which it may be; `score` is what it is ranked by."""

    region: str
    name: str
    rank: int
    low: int
    middle: int
    high: int
    score: float


def rank_ranges(
    frame: pd.DataFrame,
    catalog: Catalog,
    look: Look,
    *,
    title: str,
    source: str = "",
    highlight: Sequence[str] = (),
    notes: Sequence[str] = (),
) -> Chart:
    """Regions in order of their rank: a mark at the rank, a band over the places that it takes when choices change.

    Args:
        frame: One row for each region: region, rank, low, middle, high (places, 1 is best) and score.
        highlight: Region codes in full colour; the others are pale.
        title, source, notes: As in `line.trend`.
    """
    if frame.empty:
        return empty_chart("frame", look.lang, title=title, source=source)
    rows = [
        Range(str(code), region_name(catalog, str(code), look.lang), int(rank), int(low), int(middle), int(high), score)
        for code, rank, low, middle, high, score in zip(
            *(frame[name].tolist() for name in ("region", "rank", "low", "middle", "high", "score")), strict=True
        )
    ]
    rows.sort(key=lambda row: (row.rank, row.region))
    decimals = 1 if max(abs(row.score) for row in rows) >= 10 else 2
    scores = [plain(row.score, decimals) for row in rows]
    unit = text("charts.rank_axis", look.lang)
    return finish(
        look,
        _canvas(rows, scores, highlight, look),
        table=_table(rows, look),
        title=title,
        unit=unit,
        subtitle=text("charts.ranges_key", look.lang),
        source=source,
        notes=notes,
        alt=_alt(rows, scores, title, look),
        kind="ranges",
        labels={"names": [_named(row) for row in rows], "cells": scores},
    )


def _named(row: Range) -> str:
    return f"{row.rank}  {row.name}"


def _canvas(rows: Sequence[Range], scores: Sequence[str], highlight: Sequence[str], look: Look) -> Canvas:
    names = [_named(row) for row in rows]
    heading = text("charts.score", look.lang)
    right = PAD + 8 + max(map(text_width, [heading, *scores]))
    last = max(max(row.high for row in rows), len(rows))
    marks = [1.0, *(mark for mark in ticks(1, last, 5 if look.narrow else 8) if 1 < mark <= last)]
    places = list(range(len(rows)))
    axes = {
        "xaxis": value_axis(look, marks, [plain(mark, 0) for mark in marks], (0.4, last + 0.6))
        | {"title": unit_title(text("charts.rank_axis", look.lang), look)},
        "yaxis": {
            "range": [len(rows) - 0.4, -0.6], "tickmode": "array", "tickvals": places,
            "ticktext": [escape(name) for name in names], "showgrid": False, "zeroline": False, "ticks": "",
            "fixedrange": True, "automargin": True, "tickfont": {"size": LABEL_SIZE, "color": look.theme.ink},
            "ticklabelstandoff": 6,
        },
        "barmode": "overlay",
    }  # fmt: skip
    beside = [
        label(words, look, x=1, xref="paper", y=place, yref="y", xanchor="left", xshift=8, name="score")
        for place, words in zip(places, scores, strict=True)
    ]
    above = label(
        heading, look, x=1, xref="paper", y=-0.6, yref="y", xanchor="left", yanchor="bottom", xshift=8,
        color=look.theme.muted, name="score_heading",
    )  # fmt: skip
    left = PAD + 12 + max(map(text_width, names))
    return Canvas(
        _traces(rows, scores, highlight, look), len(rows) * ROW[look.width] + 8, left, right, 18, 46, axes,
        [*beside, above],
    )  # fmt: skip


def _traces(rows: Sequence[Range], scores: Sequence[str], highlight: Sequence[str], look: Look) -> list[dict[str, Any]]:
    theme = look.theme
    lit = [not highlight or row.region in highlight for row in rows]
    pale = blend(theme.accent, theme.background, 0.55)
    hovers = [_hover(row, score, look.lang) for row, score in zip(rows, scores, strict=True)]
    common = {
        "y": list(range(len(rows))), "customdata": [row.region for row in rows], "hovertext": hovers,
        "hovertemplate": "%{hovertext}<extra></extra>", "showlegend": False,
    }  # fmt: skip
    band = {
        "type": "bar", "orientation": "h", "width": 0.5, "base": [row.low - HALF for row in rows],
        "x": [row.high - row.low + 2 * HALF for row in rows],
        "marker": {
            "color": [blend(theme.accent, theme.background, 0.55 if on else 0.82) for on in lit], "cornerradius": 4,
        },
    }  # fmt: skip
    mark = {
        "type": "scatter", "mode": "markers", "x": [row.rank for row in rows], "cliponaxis": False,
        "marker": {
            "size": 9, "color": [theme.accent if on else pale for on in lit],
            "line": {"color": theme.background, "width": 1.5},
        },
    }  # fmt: skip
    return [band | common, mark | common]


def _hover(row: Range, score: str, lang: str) -> str:
    lines = (
        text("charts.hover_place", lang, rank=row.rank, score=score),
        text("charts.hover_range", lang, low=row.low, high=row.high),
        text("charts.hover_middle", lang, middle=row.middle),
    )
    return "<br>".join([f"<b>{escape(row.name)}</b>", *map(escape, lines)])


def _table(rows: Sequence[Range], look: Look) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "rank": [row.rank for row in rows],
            "region_name": [row.name for row in rows],
            "score": [row.score for row in rows],
            "rank_low": [row.low for row in rows],
            "rank_middle": [row.middle for row in rows],
            "rank_high": [row.high for row in rows],
        }
    )


def _alt(rows: Sequence[Range], scores: Sequence[str], title: str, look: Look) -> str:
    first, widest = rows[0], max(rows, key=lambda row: row.high - row.low)
    return text(
        "charts.alt_ranges", look.lang, title=title, n=len(rows), leader=first.name, score=scores[0], low=first.low,
        high=first.high, widest=widest.name, from_=widest.low, to=widest.high,
    )  # fmt: skip
