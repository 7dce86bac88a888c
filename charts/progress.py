"""Targets beside their latest actual values: a hollow mark for each target, a filled one for what was reached."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, Literal

import pandas as pd

from charts import target_words as words
from charts.bar import span_with_room
from charts.chart import Chart, empty_chart, finish
from charts.layout import PAD, Canvas, Look, escape, label, text_width, unit_title, value_axis, wrap
from charts.numbers import Scale, axis_scale, tick_texts, ticks
from charts.theme import LABEL_SIZE, readable
from indicators.catalog import Catalog
from indicators.labels import text
from indicators.targets import VERDICTS, Judged

By = Literal["share", "value"]
MOST = 40
"""At most so many targets are drawn; the table has all of them."""
SYMBOLS = {"reached": "circle", "on_way": "triangle-right", "behind": "triangle-down", "missed": "square"}
COLORS = {"reached": 3, "on_way": 0, "behind": 1, "missed": 2}
"""Places of the verdicts' colours among the theme's series; the symbol says the same without colour."""
MARKS, LINE = 32, 17
"""Pixels of a row for its marks, and for each line of its words."""


def progress(
    targets: Sequence[Judged],
    catalog: Catalog,
    look: Look,
    *,
    title: str,
    by: By = "share",
    source: str = "",
    notes: Sequence[str] = (),
    most: int = MOST,
) -> Chart:
    """A row for each target, in the given order: its words, and below them the marks on a common axis.

    Args:
        targets: With `by="value"` all of one indicator, measure and unit.
        by: `value` in real units, `share` as a percentage of the target; a target of zero or less has no share and
            is given in words only.
        title: What the chart shows, without its unit where `by` is `share`.
        most: At most so many rows. Of shares, targets without any actual value are left to the table, unless there are
            no others.
    Raises:
        ValueError: `by` is `value` and the targets have several indicators or units.
    """
    if not targets:
        return empty_chart("frame", look.lang, source=source)
    lang = look.lang
    told = [one for one in targets if by == "value" or one.start or one.latest] or list(targets)
    drawn = told[:most]
    scale = _scale(drawn, catalog, lang) if by == "value" else None
    lines = _lines(drawn, by, catalog, look)
    canvas = _canvas(drawn, lines, scale, catalog, look)
    said = list(notes)
    if len(told) < len(targets):
        said.append(text("targets.note_rest", lang, n=len(targets) - len(told)))
    undrawn = sum(scale is None and one.goal <= 0 for one in drawn)
    if undrawn:
        said.append(text("targets.note_not_drawn", lang, n=undrawn))
    if len(drawn) < len(told):
        said.append(text("targets.note_most", lang, most=most, n=len(targets)))
    counts = Counter(one.verdict for one in targets)
    each = [text(f"targets.count_{verdict}", lang, n=counts[verdict]) for verdict in VERDICTS if counts[verdict]]
    alt = text("targets.alt", lang, title=title, n=len(targets), counts=text("charts.list_comma", lang).join(each))
    unit = scale.name if scale else text("targets.chart_axis", lang)
    return finish(
        look, canvas, table=_table(drawn, catalog, lang), title=title, unit=unit,
        subtitle=_key(drawn, lang), source=source, notes=said, alt=alt, kind="progress",
        labels={
            "names": [_row_name(one, by, catalog, lang) for one in drawn],
            "cells": [words.outcome_with_pace(one, catalog, lang) for one in drawn],
        },
    )  # fmt: skip


def _key(targets: Sequence[Judged], lang: str) -> str:
    """What the marks mean, of those that are drawn."""
    marks = ["goal", *(["start"] if any(one.start for one in targets) else [])]
    marks += [verdict for verdict in SYMBOLS if any(one.verdict == verdict for one in targets)]
    return "   ".join(text(f"targets.key_{mark}", lang) for mark in marks)


def _scale(targets: Sequence[Judged], catalog: Catalog, lang: str) -> Scale:
    kinds = {(one.target["indicator"], one.target["unit"], one.target["measure"]) for one in targets}
    if len(kinds) > 1:
        raise ValueError(f"targets of several kinds share no axis in their own units: {sorted(kinds)}")
    values = [value for one in targets for value in _values(one).values()]
    target = targets[0].target
    return axis_scale(values, target["unit"], lang, catalog, indicator=catalog.indicators[target["indicator"]])


def _values(one: Judged) -> dict[str, float]:
    """What is drawn of a target, in the canonical unit."""
    found = {"goal": one.goal}
    if one.start:
        found["start"] = one.start.value
    if one.latest:
        found["latest"] = one.latest.value
    return found


def _plotted(one: Judged, scale: Scale | None) -> dict[str, float]:
    """The marks of one row on the chart's axis."""
    if scale is None and one.goal <= 0:
        return {}
    return {
        name: scale.of(value) if scale else float(f"{value / one.goal * 100:.12g}")
        for name, value in _values(one).items()
    }


def _row_name(one: Judged, by: By, catalog: Catalog, lang: str) -> str:
    """What a row is of, with its target. The title of a single kind names the indicator."""
    what = [words.place(one, catalog, lang), words.subject(one, catalog, lang)]
    if by == "value":
        what = [words.limited_place(one, catalog, lang)]
    return text("charts.dot", lang).join((*what, words.goal_by(one, catalog, lang)))


def _lines(targets: Sequence[Judged], by: By, catalog: Catalog, look: Look) -> list[tuple[list[str], list[str], bool]]:
    """Of each row the lines of its name and of its outcome, and whether they stand side by side: all rows or none."""
    inner = look.pixels - 2 * PAD
    names = [_row_name(one, by, catalog, look.lang) for one in targets]
    outcomes = [words.outcome_with_pace(one, catalog, look.lang) for one in targets]
    widths = [text_width(name) + text_width(outcome) for name, outcome in zip(names, outcomes, strict=True)]
    if not look.narrow and max(widths) + 24 <= inner:
        return [([name], [outcome], True) for name, outcome in zip(names, outcomes, strict=True)]
    return [
        (wrap(name, inner, LABEL_SIZE), wrap(outcome, inner, LABEL_SIZE), False)
        for name, outcome in zip(names, outcomes, strict=True)
    ]


def _canvas(
    targets: Sequence[Judged],
    lines: Sequence[tuple[list[str], list[str], bool]],
    scale: Scale | None,
    catalog: Catalog,
    look: Look,
) -> Canvas:
    theme = look.theme
    tall = [1 if beside else len(name) + len(outcome) for name, outcome, beside in lines]
    heights = [MARKS + LINE * n for n in tall]
    tops = [sum(heights[:row]) for row in range(len(targets))]
    height = float(sum(heights))
    middles = [top + LINE * n + MARKS / 2 + 1 for top, n in zip(tops, tall, strict=True)]
    marks = [_plotted(one, scale) for one in targets]
    reach = [value for row in marks for value in row.values()] or [0.0]
    low, high = min(0.0, *reach), max(*reach, 0.0)
    if scale is None:
        high = max(high, 100.0)
    span = span_with_room(low, high, look.pixels - 2 * PAD - 16, 10 if low < 0 else 4, 14)
    shown = [tick for tick in ticks(low, high, 5 if look.narrow else 8) if span[0] <= tick <= span[1]]
    title = unit_title(scale.name, look) if scale else {
        "text": escape(text("targets.chart_axis", look.lang)), "standoff": 8,
        "font": {"size": LABEL_SIZE, "color": theme.muted},
    }  # fmt: skip
    axes = {
        "xaxis": value_axis(look, shown, tick_texts(shown), span) | {"title": title},
        "yaxis": {"range": [height, 0], "visible": False, "fixedrange": True},
    }
    annotations = [
        one for target, line, top in zip(targets, lines, tops, strict=True) for one in _words(target, *line, top, look)
    ]
    data = [_ways(marks, middles, look), *_marks(targets, marks, middles, catalog, look)]
    shapes = [_hairline(top, look) for top in tops[1:]]
    return Canvas(data, height, PAD + 8, PAD + 8, 0, 46, axes, annotations, shapes)


def _words(
    one: Judged, name: Sequence[str], outcome: Sequence[str], beside: bool, top: float, look: Look
) -> list[dict[str, Any]]:
    """What a row is of, above its marks, and its outcome at the right of the same line or on the lines below it."""
    theme = look.theme
    ink = theme.muted if one.verdict == "no_data" else readable(_color(one, look), theme.background)
    place: dict[str, Any] = {
        "xref": "paper", "yref": "y", "yanchor": "top", "borderpad": 0, "bgcolor": theme.background,
    }  # fmt: skip
    left = {**place, "x": 0, "xanchor": "left", "xshift": -8, "align": "left"}
    right = {**place, "x": 1, "xanchor": "right", "xshift": 8, "align": "right"}
    told = [label(line, look, **left, y=top + 4 + LINE * n, name="target") for n, line in enumerate(name)]
    first, side = (0, right) if beside else (len(name), left)
    return [
        *told,
        *(label(line, look, **side, y=top + 4 + LINE * (first + n), color=ink, name="outcome")
          for n, line in enumerate(outcome)),
    ]  # fmt: skip


def _color(one: Judged, look: Look) -> str:
    number = COLORS.get(one.verdict)
    return look.theme.muted if number is None else look.theme.series[number]


def _hairline(top: float, look: Look) -> dict[str, Any]:
    return {
        "type": "line", "xref": "paper", "yref": "y", "x0": 0, "x1": 1, "y0": top, "y1": top, "layer": "below",
        "line": {"color": look.theme.grid, "width": 1},
    }  # fmt: skip


def _ways(marks: Sequence[dict[str, float]], middles: Sequence[float], look: Look) -> dict[str, Any]:
    """A thin line from the start (else the latest value) to the target."""
    across: list[float | None] = []
    down: list[float | None] = []
    for row, y in zip(marks, middles, strict=True):
        ends = [row[name] for name in ("start", "latest", "goal") if name in row]
        if len(ends) > 1:
            across += [min(ends), max(ends), None]
            down += [y, y, None]
    return {
        "type": "scatter", "mode": "lines", "x": across, "y": down, "hoverinfo": "skip", "showlegend": False,
        "line": {"color": look.theme.rest, "width": 2}, "meta": {"kind": "way"},
    }  # fmt: skip


def _marks(
    targets: Sequence[Judged], marks: Sequence[dict[str, float]], middles: Sequence[float], catalog: Catalog, look: Look
) -> list[dict[str, Any]]:
    """Start, target and latest value as three traces; every mark of a row leads to the evidence of both sides."""
    theme = look.theme
    found = []
    for kind in ("start", "goal", "latest"):
        rows = [n for n, row in enumerate(marks) if kind in row]
        chosen = [targets[n] for n in rows]
        colors = [_color(one, look) for one in chosen]
        symbols = {
            "start": ["line-ns"] * len(rows),
            "goal": ["circle-open"] * len(rows),
            "latest": [SYMBOLS.get(one.verdict, "x-thin") for one in chosen],
        }[kind]
        inks = [theme.muted] * len(rows) if kind == "start" else [theme.ink] * len(rows) if kind == "goal" else colors
        found.append(
            {
                "type": "scatter", "mode": "markers", "showlegend": False, "cliponaxis": False,
                "x": [marks[n][kind] for n in rows], "y": [middles[n] for n in rows],
                "customdata": [one.id for one in chosen],
                "marker": {
                    "symbol": symbols, "size": {"start": 12, "goal": 16, "latest": 10}[kind], "color": inks,
                    "line": {"width": 2 if kind != "latest" else 0, "color": inks},
                },
                "hovertext": [_hover(one, catalog, look.lang) for one in chosen],
                "hovertemplate": "%{hovertext}<extra></extra>", "meta": {"kind": kind},
            }
        )  # fmt: skip
    return found


def _hover(one: Judged, catalog: Catalog, lang: str) -> str:
    head = f"<b>{escape(words.place(one, catalog, lang))}</b>{text('charts.dot', lang)}"
    lines = [
        head + escape(words.subject(one, catalog, lang)), escape(words.goal_by(one, catalog, lang)),
        escape(words.outcome(one, catalog, lang)),
    ]  # fmt: skip
    needed = words.pace(one.needed, one, catalog, lang)
    if needed:
        lines.append(escape(text("targets.column_needed", lang) + text("charts.colon", lang) + needed))
    return "<br>".join(lines)


def _table(targets: Sequence[Judged], catalog: Catalog, lang: str) -> pd.DataFrame:
    """The drawn targets, a row each: goals as printed, amounts in the row's own unit, headings in words."""
    heads = {name: text(f"targets.column_{name}", lang) for name in ("goal", "start", "latest", "verdict", "share")}
    rows = []
    for one in targets:
        target = one.target
        indicator = catalog.indicators[target["indicator"]]
        values = _values(one)
        scale = axis_scale(values.values(), target["unit"], lang, catalog, indicator=indicator)
        rows.append(
            {
                "region_name": words.place(one, catalog, lang), "indicator_name": words.subject(one, catalog, lang),
                "year": one.year, heads["goal"]: words.goal(one, catalog, lang),
                heads["start"]: scale.of(one.start.value) if one.start else None,
                heads["latest"]: scale.of(one.latest.value) if one.latest else None, "unit": scale.name,
                heads["verdict"]: text(f"targets.verdict_{one.verdict}", lang),
                heads["share"]: words.percent(one.share, lang) if one.share is not None else None,
                "observation_id": one.id,
            }
        )  # fmt: skip
    table = pd.DataFrame(rows)
    table["year"] = table["year"].astype("Int64")
    return table
