"""Two indicators against each other."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from charts.chart import Chart, empty_chart, finish, kinds_line, titled, what_is_shown, when
from charts.layout import PAD, Canvas, Look, escape, halo, text_width, value_axis, wrap
from charts.numbers import Scale, axis_scale, log_ticks, tick_texts, ticks
from charts.points import Point, hover, marker_of, points_of, region_label, table_of
from charts.theme import LABEL_SIZE
from indicators.catalog import Catalog
from indicators.labels import text

PLOT = {"wide": 400, "narrow": 300}
LABEL = 11
Box = tuple[float, float, float, float]


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


def scatter(
    frame: pd.DataFrame,
    catalog: Catalog,
    look: Look,
    *,
    x: str,
    y: str,
    source: str = "",
    title: str | None = None,
    x_label: str | None = None,
    y_label: str | None = None,
    x_unit: str | None = None,
    y_unit: str | None = None,
    log_x: bool = False,
    log_y: bool = False,
    highlight: Sequence[str] = (),
    medians: bool = True,
    notes: Sequence[str] = (),
) -> Chart:
    """Regions as points, one indicator across and one upwards, with names where they do not collide.

    Args:
        frame: Rows of both indicators, at most one row for each region and indicator (of one year, normally).
        x, y: Indicator ids.
        x_label, y_label, x_unit, y_unit: Where values were computed (per head, growth): what they are, and their unit.
        log_x, log_y: Logarithmic axis; zero and negative values cannot be drawn there and are counted in a note.
        highlight: Region codes in full colour; the others are pale.
        medians: A cross of dashed lines at the medians.
        source, title, notes: As in `line.trend`.
    Raises:
        ValueError: A region has several rows of one indicator.
    """
    pairs, notes_found = _matched(frame, look.lang, (x, x_unit, log_x), (y, y_unit, log_y))
    if not pairs:
        return empty_chart("scatter", look.lang, source=source)
    shown = [(x, x_label, log_x), (y, y_label, log_y)]
    axes = [
        _axis([pair[n] for pair in pairs], name, words, log, catalog, look)
        for n, (name, words, log) in enumerate(shown)
    ]
    names = [region_label(pair[0], catalog, look.lang) for pair in pairs]
    canvas = _canvas(pairs, names, axes, highlight, medians, catalog, look)
    across, up = axes
    both = [p for pair in pairs for p in pair]
    whats = text("charts.versus", look.lang, y=up.what, x=across.what)
    heading = title or titled(look.lang, what=whats, when=when((p.year for p in both), look.lang))
    if len({p.year for p in both}) > 1:
        notes_found.append(text("charts.note_years_differ", look.lang))
    if log_x or log_y:
        notes_found.append(text("charts.note_log", look.lang))
    sides = [[pair[n].value for pair in pairs] for n in (0, 1)]
    leaders = [names[side.index(max(side))] for side in sides]
    alt = text(
        "charts.alt_scatter", look.lang, title=heading, n=len(pairs), xleader=leaders[0], yleader=leaders[1],
        xlow=across.scale.full(min(sides[0])), xhigh=across.scale.full(max(sides[0])),
        ylow=up.scale.full(min(sides[1])), yhigh=up.scale.full(max(sides[1])),
    )  # fmt: skip
    unit = text("charts.dot", look.lang).join(dict.fromkeys(axis.scale.name for axis in axes))
    key = kinds_line((p.kind for p in both), look.lang)
    return finish(
        look, canvas, table=table_of(both, catalog, {a.indicator: a.scale for a in axes}, look.lang), title=heading,
        unit=unit, subtitle=key, source=source, notes=[*notes, *notes_found], alt=alt, kind="scatter",
        labels={
            "names": names, "heads": [text("charts.axis", look.lang, what=a.what, unit=a.scale.name) for a in axes],
        },
    )  # fmt: skip


def _matched(
    frame: pd.DataFrame, lang: str, *wanted: tuple[str, str | None, bool]
) -> tuple[list[tuple[Point, Point]], list[str]]:
    """Regions with both values, and notes on those that have one or cannot be drawn."""
    sides: list[dict[tuple[Any, ...], Point]] = []
    for name, unit, _ in wanted:
        side: dict[tuple[Any, ...], Point] = {}
        rows = frame[frame["indicator"] == name] if "indicator" in frame else frame
        for point in points_of(rows, unit=unit):
            if side.setdefault(point.line[1:], point) is not point:
                raise ValueError(f"{name}: region {point.region} has several values; choose one year and kind")
        sides.append(side)
    both = [key for key in sides[0] if key in sides[1]]
    drawn = [
        k for k in both if all(not log or side[k].value > 0 for side, (_, _, log) in zip(sides, wanted, strict=True))
    ]
    notes = []
    incomplete = len({*sides[0], *sides[1]}) - len(both)
    if incomplete and both:
        notes.append(text("charts.note_incomplete", lang, n=incomplete))
    if len(both) > len(drawn):
        notes.append(text("charts.note_not_positive", lang, n=len(both) - len(drawn)))
    return [(sides[0][k], sides[1][k]) for k in drawn], notes


def _axis(
    points: Sequence[Point], indicator: str, value_label: str | None, log: bool, catalog: Catalog, look: Look
) -> Axis:
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


def _canvas(
    pairs: Sequence[tuple[Point, Point]], names: Sequence[str], axes: Sequence[Axis], highlight: Sequence[str],
    medians: bool, catalog: Catalog, look: Look,
) -> Canvas:  # fmt: skip
    across, up = axes
    texts = [
        tick_texts(list(a.ticks)) if not a.log else [a.scale.digits(t, decimals=_decimals(t)) for t in a.ticks]
        for a in axes
    ]
    heads = [text("charts.axis", look.lang, what=a.what, unit=a.scale.name) for a in axes]
    left = PAD + 12 + max(map(text_width, texts[1]))
    height, right = PLOT[look.width], 24.0
    width = look.pixels - left - right
    up_lines = wrap(heads[1], look.pixels - 2 * PAD, LABEL_SIZE)
    across_lines = wrap(heads[0], width, LABEL_SIZE)
    layout_axes = {}
    for name, axis, words in (("xaxis", across, texts[0]), ("yaxis", up, texts[1])):
        span = tuple(math.log10(v) for v in axis.span) if axis.log else axis.span
        layout_axes[name] = value_axis(look, axis.ticks, words, (span[0], span[1]))
        layout_axes[name] |= {"type": "log" if axis.log else "linear", "showline": True, "linecolor": look.theme.axis}
    layout_axes["xaxis"]["title"] = {
        "text": "<br>".join(map(escape, across_lines)), "standoff": 8,
        "font": {"size": LABEL_SIZE, "color": look.theme.muted},
    }  # fmt: skip
    head = {
        "text": "<br>".join(map(escape, up_lines)), "x": 0, "y": 1, "xref": "paper", "yref": "paper", "xanchor": "left",
        "yanchor": "bottom", "xshift": PAD - 2 - round(left), "yshift": 8, "showarrow": False, "align": "left",
        "font": {"size": LABEL_SIZE, "color": look.theme.muted}, "name": "unit",
    }  # fmt: skip
    data = [*(_median_lines(pairs, axes, look) if medians and len(pairs) >= 5 else [])]
    data.append(_points(pairs, names, axes, highlight, (width, height), catalog, look))
    above, below = 10 + 17 * len(up_lines), 32 + 17 * len(across_lines)
    return Canvas(data, height, left, right, above, below, layout_axes, [head])


def _decimals(value: float) -> int:
    return max(0, -math.floor(math.log10(value))) if value > 0 else 0


def _points(
    pairs: Sequence[tuple[Point, Point]], names: Sequence[str], axes: Sequence[Axis], highlight: Sequence[str],
    size: tuple[float, float], catalog: Catalog, look: Look,
) -> dict[str, Any]:  # fmt: skip
    theme = look.theme
    lit = [not highlight or pair[0].region in highlight for pair in pairs]
    plotted = [tuple(axis.scale.of(p.value) for p, axis in zip(pair, axes, strict=True)) for pair in pairs]
    places = [(axes[0].part(px) * size[0], axes[1].part(py) * size[1]) for px, py in plotted]
    positions = place_labels(places, names, lit if highlight else None, size)
    hovers = [
        "<br>".join(hover(p, a.what, a.scale, catalog) for p, a in zip(pair, axes, strict=True)) for pair in pairs
    ]
    return {
        "type": "scatter", "mode": "markers+text", "showlegend": False, "cliponaxis": False,
        "x": [p[0] for p in plotted], "y": [p[1] for p in plotted],
        "customdata": [[p.id for p in pair] for pair in pairs],
        "text": [escape(name) if place else "" for name, place in zip(names, positions, strict=True)],
        "textposition": [place or "middle right" for place in positions],
        "textfont": halo(look) | {"size": LABEL, "color": [theme.ink if on else theme.muted for on in lit]},
        "hovertext": hovers, "hovertemplate": "%{hovertext}<extra></extra>",
        "marker": {
            "symbol": [marker_of(max(pair, key=lambda p: p.kind != "actual"), "circle") for pair in pairs],
            "size": [11 if on and highlight else 9 for on in lit],
            "color": [theme.accent if on else theme.rest for on in lit],
            "line": {"color": theme.background, "width": 1}, "opacity": 0.95,
        },
    }  # fmt: skip


def place_labels(
    places: Sequence[tuple[float, float]], names: Sequence[str], first: Sequence[bool] | None,
    size: tuple[float, float], sides: Sequence[str] = (),
) -> list[str | None]:  # fmt: skip
    """Plotly text positions such that labels neither touch one another nor cover points; None where there is no room.

    Greedy: highlighted points choose first (and keep a place even if crowded), then points far from the others.

    Args:
        places: Pixels from the lower left corner.
        first: Which points choose first.
        sides: The positions to choose from, where not all eight can be drawn.
    """
    points: list[Box] = [(px - 6, py - 6, px + 6, py + 6) for px, py in places]
    lonely = [min((math.dist(p, o) for o in places if o is not p), default=1e9) for p in places]
    order = sorted(range(len(places)), key=lambda i: (not (first and first[i]), -lonely[i]))
    taken: list[Box] = []
    chosen: list[str | None] = [None] * len(places)
    for i in order:
        options = [option for option in _options(places[i], names[i]) if not sides or option[0] in sides]
        free = [
            (position, box)
            for position, box in options
            if box[0] >= 0 and box[2] <= size[0] + 20 and box[1] >= 0 and box[3] <= size[1] + 8
            and not any(_meet(box, other) for other in taken)
            and not any(_meet(box, other) for n, other in enumerate(points) if n != i)
        ]  # fmt: skip
        if free or (first and first[i]):
            position, box = (free or options)[0]
            chosen[i] = position
            taken.append(box)
    return chosen


def _options(place: tuple[float, float], name: str) -> list[tuple[str, Box]]:
    px, py = place
    wide, tall, gap = text_width(name, LABEL), LABEL * 1.25, 7.0
    sides = {
        "right": (px + gap, px + gap + wide),
        "left": (px - gap - wide, px - gap),
        "center": (px - wide / 2, px + wide / 2),
    }
    levels = {
        "middle": (py - tall / 2, py + tall / 2),
        "top": (py + gap, py + gap + tall),
        "bottom": (py - gap - tall, py - gap),
    }
    order = (
        ("middle", "right"), ("middle", "left"), ("top", "center"), ("bottom", "center"),
        ("top", "right"), ("bottom", "right"), ("top", "left"), ("bottom", "left"),
    )  # fmt: skip
    return [(f"{v} {h}", (sides[h][0], levels[v][0], sides[h][1], levels[v][1])) for v, h in order]


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _median_lines(pairs: Sequence[tuple[Point, Point]], axes: Sequence[Axis], look: Look) -> list[dict[str, Any]]:
    """The cross at the medians, each line with its value at its end."""
    found = []
    for n, axis in enumerate(axes):
        middle = statistics.median(pair[n].value for pair in pairs)
        at = axis.scale.of(middle)
        other = axes[1 - n].span
        words = f"{text('charts.median', look.lang)} {axis.scale.text(middle)}"
        ends: dict[str, Any] = {"x": [at, at], "y": [*other]} if n == 0 else {"x": [*other], "y": [at, at]}
        found.append(
            {
                "type": "scatter", "mode": "lines+text", **ends, "text": ["", words], "hoverinfo": "skip",
                "textposition": "bottom right" if n == 0 else "top left", "showlegend": False, "cliponaxis": False,
                "line": {"color": look.theme.axis, "width": 1.2, "dash": "dash"}, "meta": {"kind": "median"},
                "textfont": halo(look, look.theme.muted) | {"size": LABEL},
            }
        )  # fmt: skip
    return found
