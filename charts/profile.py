"""How far one region's indicators are from the median of its peers, in their standard deviations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from charts.chart import Chart, empty_chart, finish, qualified, region_name, titled, when
from charts.layout import PAD, Canvas, Look, escape, label, text_width, value_axis, wrap
from charts.numbers import Scale, axis_scale, compact, plain, tick_texts, ticks
from charts.points import Point, points_of, table_of
from charts.signs import plus
from charts.theme import LABEL_SIZE, readable
from indicators.catalog import Catalog
from indicators.labels import text
from indicators.standing import FAR

ROW = {"wide": 25, "narrow": 26}
LINE = 15
"""Height of a row whose name has one line, and of every further line."""
MOST = 5.0
"""Distances beyond this stand at the edge as arrows: the others keep their room."""
LEAST = 1.5
COLUMNS = ("amount", "amount_unit", "median")


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator: the region's own distance, those of its peers, and the values that were compared, in words."""

    own: Point
    peers: tuple[Point, ...]
    name: str
    amounts: Mapping[str, str]
    median: str

    @property
    def color_of(self) -> str:
        return "better" if self.own.value > FAR else "worse" if self.own.value < -FAR else "near"


def distances(
    frame: pd.DataFrame,
    catalog: Catalog,
    look: Look,
    *,
    region: str,
    source: str = "",
    title: str | None = None,
    notes: Sequence[str] = (),
) -> Chart:
    """One line for each indicator, the furthest above the peers' median on top; peers are faint dots.

    Right of the middle is better. The band holds everything up to one standard deviation from the median; the region's
    dot is coloured outside it. Distances beyond `MOST` are drawn as arrows at the edge, with the true number beside.

    Args:
        frame: Rows of `indicators.distances.distance_rows`.
        region: Code of the region in question; the other rows are its peers.
        source, title, notes: As in `line.trend`.
    """
    points = points_of(frame)
    if not any(point.region == region for point in points):
        return empty_chart("distances", look.lang, source=source)
    more = frame.set_index("observation_id")[list(COLUMNS)].to_dict("index")
    lines = _lines(points, more, region, catalog, look)
    shown = [point for line in lines for point in (line.own, *line.peers)]
    scale = axis_scale((point.value for point in shown), shown[0].unit, look.lang, catalog)
    place = region_name(catalog, region, look.lang)
    most = max(len(line.peers) for line in lines)
    heading = title or titled(
        look.lang,
        what=text("charts.distances_what", look.lang, n=most),
        when=when((line.own.year for line in lines), look.lang),
        unit=scale.name,
        place=place,
    )
    beyond = sum(abs(point.value) > MOST for point in shown)
    said = [*notes, text("charts.note_distance_beyond", look.lang, n=beyond, most=plain(MOST, 0))] if beyond else notes
    return finish(
        look,
        _canvas(lines, place, scale, catalog, look),
        table=_table(lines, catalog, scale, look.lang),
        title=heading,
        unit=scale.name,
        subtitle=text("charts.distances_key", look.lang, region=place),
        source=source,
        notes=said,
        alt=_alt(heading, lines, look.lang),
        kind="distances",
        labels={
            "names": [line.name for line in lines],
            "cells": [_beside(line, look) for line in lines],
            "heads": [place, text("charts.distances_axis", look.lang)],
        },
    )


def _lines(
    points: Sequence[Point], more: Mapping[Any, Mapping[str, Any]], region: str, catalog: Catalog, look: Look
) -> list[Line]:
    """The lines in their order, with the year behind the name of those that are not of the most frequent one."""
    own = sorted((p for p in points if p.region == region), key=lambda p: (-p.value, p.indicator))
    usual = Counter(p.year for p in own).most_common(1)[0][0]
    found = []
    for point in own:
        indicator = catalog.indicators[point.indicator]

        def said(value: float, unit: str, indicator: Any = indicator) -> str:
            return compact(value, unit, look.lang, catalog, indicator=indicator)

        peers = tuple(p for p in points if p.indicator == point.indicator and p.region != region)
        year = None if point.year == usual else when([point.year], look.lang)
        unit = str(more[point.id]["amount_unit"])
        found.append(
            Line(
                point,
                peers,
                qualified(indicator.name(look.lang), look.lang, year),
                {p.region: said(more[p.id]["amount"], unit) for p in (point, *peers)},
                said(more[point.id]["median"], unit),
            )
        )
    return found


def _canvas(lines: Sequence[Line], place: str, scale: Scale, catalog: Catalog, look: Look) -> Canvas:
    theme = look.theme
    names = [wrap(line.name, look.pixels * (0.36 if look.narrow else 0.34), LABEL_SIZE) for line in lines]
    left = PAD + 12 + max(text_width(part) for parts in names for part in parts)
    words = [_beside(line, look) for line in lines]
    right = 14 + max(map(text_width, words))
    values = [point.value for line in lines for point in (line.own, *line.peers)]
    low, high = max(min(*values, -LEAST), -MOST), min(max(*values, LEAST), MOST)
    span = (low - 0.3, high + 0.3)
    marks = [t for t in ticks(low, high, 4 if look.narrow else 8) if span[0] <= t <= span[1]]
    middle = (left + look.pixels - right) / 2  # The axis's title stands there and may be wider than the axis.
    room = 2 * (min(middle, look.pixels - middle) - PAD)
    axis_words = wrap(text("charts.distances_axis", look.lang), room, LABEL_SIZE)
    axes = {
        "xaxis": value_axis(look, marks, tick_texts(marks), span)
        | {
            "title": {
                "text": "<br>".join(map(escape, axis_words)), "standoff": 8,
                "font": {"size": LABEL_SIZE, "color": theme.muted},
            }
        },
        "yaxis": {
            "range": [len(lines) - 0.4, -0.6], "tickmode": "array", "tickvals": list(range(len(lines))),
            "ticktext": ["<br>".join(map(escape, parts)) for parts in names],
            "showgrid": False, "zeroline": False, "ticks": "", "fixedrange": True, "automargin": True,
            "tickfont": {"size": LABEL_SIZE, "color": theme.ink}, "ticklabelstandoff": 6,
        },
    }  # fmt: skip
    band = {
        "type": "rect", "xref": "x", "yref": "paper", "x0": max(-FAR, span[0]), "x1": min(FAR, span[1]), "y0": 0,
        "y1": 1, "fillcolor": theme.surface, "line": {"width": 0}, "layer": "below", "name": "band",
    }  # fmt: skip
    beside = [
        label(line_words, look, x=1, y=n, xref="paper", yref="y", xanchor="left", yanchor="middle", xshift=8,
              color=_color(lines[n], look), name="distance")
        for n, line_words in enumerate(words)
    ]  # fmt: skip
    data = [_peers(lines, catalog, look), *_stems(lines, look), _own(lines, place, look)]
    tall = len(lines) * (ROW[look.width] + LINE * (max(map(len, names)) - 1)) + 8
    return Canvas(data, tall, left, right, 0, 32 + 17 * len(axis_words), axes, beside, [band])


def _beside(line: Line, look: Look) -> str:
    """The distance at the line's end; where there is room, the value itself as well."""
    distance = _signed(line.own.value)
    return distance if look.narrow else f"{distance}{text('charts.dot', look.lang)}{line.amounts[line.own.region]}"


def _signed(value: float) -> str:
    return plus(value) + plain(value, 2)


def _color(line: Line, look: Look) -> str:
    theme = look.theme
    worse = readable(theme.diverging[1], theme.background)
    return {"better": readable(theme.accent, theme.background), "worse": worse, "near": theme.muted}[line.color_of]


def _clip(value: float) -> float:
    return min(max(value, -MOST), MOST)


def _symbol(value: float, usual: str) -> str:
    return usual if abs(value) <= MOST else "triangle-right" if value > 0 else "triangle-left"


def _stems(lines: Sequence[Line], look: Look) -> list[dict[str, Any]]:
    """A line from the median to the region's dot."""
    return [
        {
            "type": "scatter", "mode": "lines", "x": [0, _clip(line.own.value)], "y": [n, n], "hoverinfo": "skip",
            "showlegend": False, "line": {"color": _color(line, look), "width": 2.5}, "meta": {"kind": "stem"},
        }
        for n, line in enumerate(lines)
    ]  # fmt: skip


def _peers(lines: Sequence[Line], catalog: Catalog, look: Look) -> dict[str, Any]:
    every = [(n, line, point) for n, line in enumerate(lines) for point in line.peers]
    return {
        "type": "scatter", "mode": "markers", "showlegend": False, "cliponaxis": False,
        "x": [_clip(point.value) for _, _, point in every], "y": [n for n, _, _ in every],
        "customdata": [point.id for _, _, point in every], "hovertemplate": "%{hovertext}<extra></extra>",
        "hovertext": [
            _hover(line, point, region_name(catalog, point.region, look.lang), look.lang) for _, line, point in every
        ],
        "marker": {
            "size": 7, "color": look.theme.rest, "opacity": 0.7,
            "symbol": [_symbol(point.value, "circle") for _, _, point in every],
        },
        "meta": {"kind": "peers"},
    }  # fmt: skip


def _own(lines: Sequence[Line], place: str, look: Look) -> dict[str, Any]:
    """The region's dots; better and worse differ in shape as well as in colour."""
    shape = {"better": "circle", "worse": "diamond", "near": "circle"}
    return {
        "type": "scatter", "mode": "markers", "showlegend": False, "cliponaxis": False,
        "x": [_clip(line.own.value) for line in lines], "y": list(range(len(lines))),
        "customdata": [line.own.id for line in lines], "hovertemplate": "%{hovertext}<extra></extra>",
        "hovertext": [_hover(line, line.own, place, look.lang) for line in lines],
        "marker": {
            "size": 13, "color": [_color(line, look) for line in lines],
            "symbol": [_symbol(line.own.value, shape[line.color_of]) for line in lines],
            "line": {"color": look.theme.background, "width": 1.5},
        },
        "meta": {"kind": "own"},
    }  # fmt: skip


def _hover(line: Line, point: Point, place: str, lang: str) -> str:
    return text(
        "charts.distances_hover", lang, region=escape(place), what=escape(line.name), year=when([point.year], lang),
        value=line.amounts[point.region], median=line.median, distance=_signed(point.value),
    )  # fmt: skip


def _table(lines: Sequence[Line], catalog: Catalog, scale: Scale, lang: str) -> pd.DataFrame:
    """Every dot: the region's own first in each indicator, then its peers from the best."""
    shown = [
        (line, point) for line in lines for point in (line.own, *sorted(line.peers, key=lambda p: -p.value))
    ]  # fmt: skip
    scales = dict.fromkeys((point.indicator for _, point in shown), scale)
    table = table_of([point for _, point in shown], catalog, scales, lang)
    table.insert(table.columns.get_loc("year") + 1, "amount", [line.amounts[point.region] for line, point in shown])
    table.insert(table.columns.get_loc("amount") + 1, "median", [line.median for line, _ in shown])
    return table


def _alt(heading: str, lines: Sequence[Line], lang: str) -> str:
    first, last = lines[0], lines[-1]
    return text(
        "charts.alt_distances", lang, title=heading, n=len(lines),
        better=sum(line.color_of == "better" for line in lines), worse=sum(line.color_of == "worse" for line in lines),
        best=first.name, best_value=_signed(first.own.value), last=last.name, last_value=_signed(last.own.value),
    )  # fmt: skip
