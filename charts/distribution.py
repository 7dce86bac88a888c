"""How one indicator's values lie along its scale: a dot for each region, the middle half marked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from charts.axes import LEAST, Axis, axis_of
from charts.chart import Chart, empty_chart, finish, kinds_line, region_name, titled, what_is_shown, when
from charts.layout import PAD, Canvas, Look, escape, halo, text_width, unit_title
from charts.numbers import Scale, plain
from charts.pointlabels import ABOVE, LABEL, place_labels
from charts.points import Point, hover, marker_of, only_indicator, points_of, region_label, table_of
from charts.reference import far_notes, near
from charts.strips import DOT, Strip, placed, strips_of
from charts.theme import LABEL_SIZE, blend
from indicators import distribution as spread
from indicators.catalog import Catalog
from indicators.labels import text

HEAD = 18.0
"""Pixels for the name of an upright line, above the dots."""


def distribution(
    frame: pd.DataFrame,
    catalog: Catalog,
    look: Look,
    *,
    source: str = "",
    title: str | None = None,
    value_label: str | None = None,
    unit: str | None = None,
    highlight: Sequence[str] = (),
    reference: str | None = None,
    log: bool = False,
    notes: Sequence[str] = (),
) -> Chart:
    """One dot for each region along the value axis; a strip for each year, the oldest on top.

    The band is the middle half of the regions, the line in it the median (from five regions on). Named are the
    highlighted regions, the highest, the lowest, and those that lie apart by Tukey's fences, or all where they are few;
    several strips name the highlighted ones, or else the highest and lowest, and give each year's coefficient of
    variation.

    Args:
        frame: Observations of one indicator and unit, at most one for each region and year.
        highlight: Region codes in full colour; the others are pale. A line joins a region's dots over the years.
        reference: Code of a region whose value is a line instead of a dot, as the country's; drawn in a single strip.
        log: Logarithmic axis; zero and negative values cannot be drawn there and are counted in a note.
        source, title, value_label, unit, notes: As in `line.trend`.
    Raises:
        ValueError: Several indicators or units, or several values of one region and year.
    """
    every = points_of(frame, unit=unit)
    points = [p for p in every if p.region != reference]
    if not points:
        return empty_chart("frame", look.lang, source=source)
    indicator = only_indicator(points, catalog)
    if len({(p.region, p.year) for p in points}) < len(points):
        raise ValueError("a region has several values of one year; choose one kind")
    drawn = [p for p in points if not log or p.value > LEAST]
    if not drawn:
        return empty_chart("log", look.lang, source=source)
    what = what_is_shown(indicator, drawn[0].measure, value_label, look.lang)
    strips = strips_of(drawn)
    line = [p for p in every if p.region == reference and (p.value > LEAST or not log)] if len(strips) == 1 else []
    inside = near(line, drawn)
    axis = axis_of([*drawn, *inside], indicator.id, value_label, log, catalog, look)
    canvas = _canvas(strips, inside, axis, what, highlight, catalog, look)
    about = text("charts.distribution_of", look.lang, what=what)
    heading = title or titled(
        look.lang, what=about, when=when((p.year for p in drawn), look.lang), unit=axis.scale.name
    )
    far = far_notes(line, drawn, axis.scale, catalog, look.lang)
    said = [*notes, *far, *_notes(points, drawn, strips, log, look.lang)]
    last = strips[-1]
    top = max(last.points, key=lambda p: p.value)
    alt = text(
        "charts.alt_distribution", look.lang, title=heading, n=len(last.points),
        low=axis.scale.full(min(p.value for p in last.points)), high=axis.scale.full(top.value),
        leader=region_label(top, catalog, look.lang), year=when([last.year], look.lang),
    )  # fmt: skip
    if last.quartiles:
        alt += text("charts.alt_quartiles", look.lang, **_three(last.quartiles, axis.scale))
    return finish(
        look, canvas, table=table_of(drawn, catalog, {indicator.id: axis.scale}, look.lang), title=heading,
        unit=axis.scale.name, subtitle=_key(strips, axis.scale, drawn, look.lang), source=source, notes=said, alt=alt,
        kind="distribution",
        labels={"names": [region_label(p, catalog, look.lang) for strip in strips for p in strip.points]},
    )  # fmt: skip


def _canvas(
    strips: Sequence[Strip], reference: Sequence[Point], axis: Axis, what: str, highlight: Sequence[str],
    catalog: Catalog, look: Look,
) -> Canvas:  # fmt: skip
    several = len(strips) > 1
    heads = [_strip_head(s, axis.scale, look.lang) for s in strips] if several else []
    edge = max(text_width(axis.texts()[0]), text_width(axis.texts()[-1])) / 2
    left = PAD + 18 + max((text_width(line) for head in heads for line in head), default=edge)
    right = max(16.0, edge + 6)
    width = look.pixels - left - right
    laid, height = placed(strips, axis, width, DOT[look.width], highlight)
    lines = [] if several else _lines(laid[0], reference, axis, catalog, look)
    top = -HEAD * len(lines)
    total = height * len(laid)
    data: list[dict[str, Any]] = [_band(s, axis, height, look) for s in laid if s.quartiles]
    data += [_median(s, axis, height, look) for s in laid if s.quartiles and several]
    data += [_upright(place, words, top + HEAD * (n + 1), total, axis, width, n, look)
             for n, (place, words) in enumerate(lines)]  # fmt: skip
    if several:
        data += [_joint(code, laid, axis, look) for code in highlight]
    data += _dots(laid, axis, what, highlight, (width, total), catalog, look)
    layout = {
        "xaxis": axis.layout(look) | {"title": unit_title(axis.scale.name, look)},
        "yaxis": {
            "range": [total, top], "visible": several, "tickmode": "array", "tickvals": [s.middle for s in laid],
            "ticktext": ["<br>".join(map(escape, head)) for head in heads] or [""] * len(laid), "showgrid": False,
            "zeroline": False, "ticks": "", "fixedrange": True, "automargin": True, "ticklabelstandoff": 12,
            "tickfont": {"size": LABEL_SIZE, "color": look.theme.ink},
        },
    }  # fmt: skip
    return Canvas(data, total - top, left, right, 4, 46, layout)


def _strip_head(strip: Strip, scale: Scale, lang: str) -> list[str]:
    """What stands beside a year's strip: the year, its median and its coefficient of variation."""
    lines = [when([strip.year], lang)]
    if strip.quartiles:
        lines.append(f"{text('charts.median', lang)} {scale.text(strip.quartiles.median)}")
    varied = spread.variation([p.value for p in strip.points])
    return [*lines, text("charts.variation", lang, n=plain(varied, 2))] if varied is not None else lines


def _lines(
    strip: Strip, reference: Sequence[Point], axis: Axis, catalog: Catalog, look: Look
) -> list[tuple[float, str]]:
    """Place and words of the upright lines: the country's value, the median."""
    found = [(p.value, region_name(catalog, p.region, look.lang)) for p in reference]
    if strip.quartiles:
        found.append((strip.quartiles.median, text("charts.median", look.lang)))
    return [(axis.scale.of(value), f"{name} {axis.scale.text(value)}") for value, name in found]


def _upright(
    place: float, words: str, start: float, end: float, axis: Axis, width: float, number: int, look: Look
) -> dict[str, Any]:
    half = text_width(words, LABEL) / width
    side = "left" if axis.part(place) + half > 1 else "right"
    return {
        "type": "scatter", "mode": "lines+text", "x": [place, place], "y": [start - HEAD * 0.4, end],
        "text": [f"\u00a0{words}\u00a0", ""], "textposition": f"middle {side}", "hoverinfo": "skip",
        "showlegend": False, "cliponaxis": False,
        "line": {"color": look.theme.muted, "width": 1.4, "dash": "dash" if number == 0 else "solid"},
        "textfont": halo(look, look.theme.muted) | {"size": LABEL}, "meta": {"kind": "reference"},
    }  # fmt: skip


def _band(strip: Strip, axis: Axis, height: float, look: Look) -> dict[str, Any]:
    """The middle half of the regions."""
    assert strip.quartiles is not None
    low, high = axis.scale.of(strip.quartiles.low), axis.scale.of(strip.quartiles.high)
    above, below = strip.middle - height * 0.46, strip.middle + height * 0.46
    return {
        "type": "scatter", "mode": "lines", "x": [low, high, high, low, low], "y": [above, above, below, below, above],
        "fill": "toself", "fillcolor": blend(look.theme.background, look.theme.accent, 0.13), "hoverinfo": "skip",
        "line": {"width": 0}, "showlegend": False, "meta": {"kind": "band"},
    }  # fmt: skip


def _median(strip: Strip, axis: Axis, height: float, look: Look) -> dict[str, Any]:
    assert strip.quartiles is not None
    at = axis.scale.of(strip.quartiles.median)
    return {
        "type": "scatter", "mode": "lines", "x": [at, at], "showlegend": False, "hoverinfo": "skip",
        "y": [strip.middle - height * 0.46, strip.middle + height * 0.46], "meta": {"kind": "median"},
        "line": {"color": look.theme.muted, "width": 1.8},
    }  # fmt: skip


def _joint(code: str, strips: Sequence[Strip], axis: Axis, look: Look) -> dict[str, Any]:
    """A highlighted region's way through the years."""
    places = [
        (axis.scale.of(p.value), s.middle + y)
        for s in strips
        for p, y in zip(s.points, s.offsets, strict=True)
        if p.region == code
    ]
    return {
        "type": "scatter", "mode": "lines", "x": [x for x, _ in places], "y": [y for _, y in places],
        "line": {"color": look.theme.accent, "width": 1}, "hoverinfo": "skip", "showlegend": False,
        "meta": {"kind": "joint"},
    }  # fmt: skip


def _dots(
    strips: Sequence[Strip], axis: Axis, what: str, highlight: Sequence[str], size: tuple[float, float],
    catalog: Catalog, look: Look,
) -> list[dict[str, Any]]:  # fmt: skip
    """A trace of dots for each strip, with the names of some."""
    theme = look.theme
    points = [p for s in strips for p in s.points]
    lit = [not highlight or p.region in highlight for p in points]
    inks = [theme.ink if on else theme.muted for on in lit]
    named = [on for s in strips for on in _named(s, highlight, len(strips) > 1)]
    names = [region_label(p, catalog, look.lang) for p in points]
    down = [s.middle + y for s in strips for y in s.offsets]
    across = [axis.scale.of(p.value) for p in points]
    places = [(axis.part(x) * size[0], size[1] - y) for x, y in zip(across, down, strict=True)]
    positions = place_labels(places, names, [on and bool(highlight) for on in lit], size, named, ABOVE)
    traces, start = [], 0
    for strip in strips:
        part = slice(start, start + len(strip.points))
        start += len(strip.points)
        values = [p.value for p in strip.points]
        traces.append(
            {
                "type": "scatter", "mode": "markers+text", "showlegend": False, "cliponaxis": False,
                "x": across[part], "y": down[part], "customdata": [p.id for p in strip.points],
                "text": [
                    escape(name) if place else "" for name, place in zip(names[part], positions[part], strict=True)
                ],
                "textposition": [place or "middle right" for place in positions[part]],
                "textfont": halo(look) | {"size": LABEL, "color": inks[part]},
                "hovertext": [_told(p, values, axis, what, catalog) for p in strip.points],
                "hovertemplate": "%{hovertext}<extra></extra>",
                "marker": {
                    "symbol": [marker_of(p, "circle") for p in strip.points],
                    "size": [DOT[look.width] - (0 if on and highlight else 2) for on in lit[part]],
                    "color": [theme.accent if on else theme.rest for on in lit[part]],
                    "line": {"color": theme.background, "width": 1}, "opacity": 0.95,
                },
            }
        )  # fmt: skip
    return traces


def _named(strip: Strip, highlight: Sequence[str], several: bool) -> list[bool]:
    """Which dots have a name: those asked for, the ends, and in a single strip those that lie apart."""
    values = [p.value for p in strip.points]
    ends = {min(values), max(values)} if not (several and highlight) else set()
    few, middle = len(values) < spread.MANY, strip.quartiles
    return [
        p.region in highlight
        or few
        or p.value in ends
        or (not several and middle is not None and middle.apart(p.value))
        for p in strip.points
    ]


def _told(point: Point, values: Sequence[float], axis: Axis, what: str, catalog: Catalog) -> str:
    """The hover text, with the region's place in the distribution."""
    told = hover(point, what, axis.scale, catalog)
    if len(values) < spread.FEW:
        return told
    part = plain(100 * spread.percentile(point.value, values), 0)
    return f"{told}<br>{text('charts.above_others', axis.scale.lang, n=part)}"


def _three(found: spread.Quartiles, scale: Scale) -> dict[str, str]:
    return {"q1": scale.full(found.low), "median": scale.full(found.median), "q3": scale.full(found.high)}


def _key(strips: Sequence[Strip], scale: Scale, points: Sequence[Point], lang: str) -> str:
    """What the marks mean, below the title."""
    parts = [text("charts.key_dots", lang)]
    if len(strips) == 1 and strips[0].quartiles:
        found = strips[0].quartiles
        parts.append(text("charts.key_band_of", lang, low=scale.text(found.low), high=scale.text(found.high)))
    elif any(s.quartiles for s in strips):
        parts.append(text("charts.key_band", lang))
    return "  ".join([*parts, *filter(None, [kinds_line((p.kind for p in points), lang)])])


def _notes(points: Sequence[Point], drawn: Sequence[Point], strips: Sequence[Strip], log: bool, lang: str) -> list[str]:
    said = []
    if len(points) > len(drawn):
        said.append(text("charts.note_not_positive", lang, n=len(points) - len(drawn)))
    if not any(s.quartiles for s in strips):
        said.append(text("charts.note_few", lang, n=max(len(s.points) for s in strips)))
    if log:
        said.append(text("charts.note_log", lang))
    if any(p.comparator != "eq" for p in drawn):
        said.append(text("charts.note_comparator", lang))
    return said
