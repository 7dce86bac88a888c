"""Lines over years as native line charts: one plot, or small multiples of up to four on a slide."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, TypeAlias

from charts.deck.ink import Run
from charts.deck.markup import (
    Axis,
    Label,
    Series,
    axis_xml,
    decimals_in,
    inner,
    line_style,
    number_code,
    series_xml,
)
from charts.deck.native import Native
from charts.deck.paper import Box, Paper, fitted, shares
from charts.deck.reading import Work, notes_of, of_kinds, plain
from charts.deck.strands import Strand, strands_of, years_of
from charts.layout import spread, text_width
from charts.linelabels import neighbours
from charts.numbers import plain as written
from charts.theme import LIGHT, readable

Draw: TypeAlias = Callable[[Paper, Box], None]
KINDS = ("actual", "derived", "target", "requirement")
PER_SLIDE = 4
SIZE = 12


def trend(work: Work) -> list[Draw]:
    """The slides' drawings: one, or one for every four panels."""
    spec = work.chart.spec
    groups: dict[str, list[dict[str, Any]]] = {}
    for trace in of_kinds(spec, *KINDS):
        groups.setdefault(trace.get("yaxis", "y"), []).append(trace)
    if len(groups) == 1 and not notes_of(spec, "panel"):
        return [lambda paper, box: _single(paper, box, work, groups)]
    order = sorted(groups, key=lambda name: int(name[1:] or 1))
    return [partial(_several, work, groups, [order[n] for n in share]) for share in shares(len(order), PER_SLIDE)]


def _single(paper: Paper, box: Box, work: Work, groups: Mapping[str, list[dict[str, Any]]]) -> None:
    ((axis, traces),) = groups.items()
    strands = strands_of(traces, work)
    focused = list(dict.fromkeys(s.line for s in strands if not s.quiet))
    longest = max((text_width(f"{name}  00,000.0", SIZE) for name in focused), default=0)
    if longest > 0.3 * box.w and len(focused) > 1:
        box = chips(paper, box, strands)
    marks = notes_of(work.chart.spec, "break")
    rows = [round((mark["yshift"] - 2) / 15) for mark in marks]
    strip = (max(rows) + 1) * 15 + 2 if rows else 0
    place = plot(paper, box.below(strip), work, axis, strands, ends=True, named=longest <= 0.3 * box.w)
    _breaks(
        paper,
        Box(box.x, box.y, box.w, strip),
        place,
        work,
        years_of(strands),
        axis,
        list(zip(marks, rows, strict=True)),
    )


def _several(
    work: Work, groups: Mapping[str, list[dict[str, Any]]], names: Sequence[str], paper: Paper, box: Box
) -> None:
    """Panels side by side, each a chart of its own with its title above."""
    everything = [trace for traces in groups.values() for trace in traces]
    strands = strands_of(everything, work)
    if any(len({trace["name"] for trace in traces}) > 1 for traces in groups.values()):
        box = chips(paper, box, strands)
    columns, rows = min(len(names), 2), math.ceil(len(names) / 2)
    wide, tall = (box.w - 28 * (columns - 1)) / columns, (box.h - 12 * (rows - 1)) / rows
    years = years_of(strands)
    for number, axis in enumerate(names):
        row, column = divmod(number, 2)
        cell = Box(box.x + column * (wide + 28), box.y + row * (tall + 12), wide, tall)
        shown = strands_of(groups[axis], work)
        title, unit = _heading(work, shown)
        unit = "" if unit == work.chart.unit and unit in work.chart.title else unit
        fit = fitted(title, cell.w - text_width(unit, 11) - 12, (13, 12, 11), 1, bold=True)
        paper.text(
            f"{work.word('panel')} {title}", Box(cell.x, cell.y, cell.w, 18),
            [[Run(fit.words, fit.size, LIGHT.ink, True), Run(f"  {unit}", 11, LIGHT.muted)]], spacing=17,
        )  # fmt: skip
        alone = len({s.line for s in shown if not s.quiet}) == 1
        place = plot(paper, cell.below(19), work, axis, shown, ends=alone, named=False, years=years, title=title)
        _breaks(paper, None, place, work, years, axis, [])


def _heading(work: Work, strands: Sequence[Strand]) -> tuple[str, str]:
    """What a panel shows, by which its values differ from those of the others, and its unit."""
    rows = work.rows(name for s in strands for name in s.ids)
    every = work.chart.table
    by_indicator = every["indicator"].nunique() > 1 and rows["indicator"].nunique() == 1
    name = rows["indicator_name"].iloc[0] if by_indicator else rows["region_name"].iloc[0]
    return str(name), str(rows["unit"].iloc[0])


def plot(
    paper: Paper, box: Box, work: Work, axis: str, strands: Sequence[Strand], *, ends: bool, named: bool,
    years: Sequence[int] = (), title: str = "",
) -> Box:  # fmt: skip
    """One native chart.

    Args:
        ends: Whether the lines' ends are labelled, and `named` whether with the line's name.
        years: The categories, where they are more than those of `strands`.
    Returns:
        The place of the plot itself on the slide.
    """
    years = years or years_of(strands)
    scale = work.chart.spec["layout"][f"yaxis{axis[1:]}"]
    marks, texts = scale["tickvals"], scale["ticktext"]
    code = number_code(_decimals(work, strands))
    endings = _ends(strands, named, work) if ends else {}
    left = max(text_width(words, 11) for words in texts) + 12
    size, small = SIZE if ends else 11, 9.0 if title else 11.0
    shown = [
        (f"{s.name}  " if label.named else "")
        + (written(s.values[year], _decimals(work, strands)) if label.valued else "")
        for (n, year), label in endings.items()
        for s in [strands[n]]
    ]
    right = max((text_width(words, size) for words in shown), default=0) + 14
    place = Box(box.x + left, box.y + 8, box.w - left - right, box.h - 8 - 24)
    endings = _apart(endings, strands, marks, place, box)
    # A little smaller rather than only every second year; Impress would break the years in two.
    small = max(6.0, min(small, place.w / len(years) / 2.75))
    book = work.book(name for s in strands for name in s.ids)
    unit = str(work.rows(name for s in strands for name in s.ids)["unit"].iloc[0])
    across = book.add(work.word("unit", unit=unit), list(years), "0")
    drawn = []
    for number, strand in enumerate(strands):
        column = book.add(strand.name, [strand.values.get(year) for year in years], code)
        found = _labels(strand, years, size)
        found |= {years.index(year): label for (n, year), label in endings.items() if n == number}
        bounds = [strand.bounds.get(year, (0.0, 0.0)) for year in years]
        whiskers = ([low for low, _ in bounds], [high for _, high in bounds]) if strand.bounds else None
        line = line_style(strand.color if strand.dash else None, strand.width, strand.dash or "solid")
        drawn.append(Series(column, line, strand.marker, {}, found, whiskers, strand.color, code))
    for shape in _level(work, axis):
        column = book.add(work.word("reference"), [shape["y0"]] * len(years), code)
        drawn.append(Series(column, line_style(LIGHT.axis, 1.2, "dash")))
    steps = Axis("l", low=marks[0], high=marks[-1], step=marks[1] - marks[0], grid=True,
                 code=number_code(decimals_in(texts)))  # fmt: skip
    under = Axis(
        "b", values=False, line=True, code="0", size=small, skip=_skip(len(years), place.w, small), crosses="min"
    )
    body = "".join(series_xml(n, one, across) for n, one in enumerate(drawn))
    layout = inner((place.x - box.x) / box.w, (place.y - box.y) / box.h, place.w / box.w, place.h / box.h)
    native = Native(
        f'{layout}<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>{body}<c:marker val="1"/>'
        f'<c:axId val="1"/><c:axId val="2"/></c:lineChart>{axis_xml(under, 1, 2)}{axis_xml(steps, 2, 1)}',
        book,
    )
    alt = work.chart.alt if not title else f"{title}{work.word('colon')}{work.chart.alt}"
    paper.chart(title or work.chart.title, box, native, alt)
    return place


def _decimals(work: Work, strands: Sequence[Strand]) -> int:
    """The decimals of value labels as on screen, where any are written there; else about three digits."""
    unnamed = [note["text"] for note in notes_of(work.chart.spec, None)]
    texts = [words.rsplit(" ", 1)[-1] for words in unnamed] + [w for s in strands for w in s.written.values()]
    numbers = [words for words in texts if words[:1].isdigit() or words[:1] == "−"]
    if numbers and not notes_of(work.chart.spec, "panel"):
        return decimals_in(numbers)
    sizes = sorted(abs(value) for s in strands for value in s.values.values())
    middle = sizes[len(sizes) // 2]
    whole = all(float(size).is_integer() for size in sizes)
    return 0 if whole or middle >= 1000 else 1 if middle >= 10 else 2


def _labels(strand: Strand, years: Sequence[int], size: float) -> dict[int, Label]:
    """The values that are written at points on screen."""
    ink = readable(strand.color, LIGHT.background)
    if strand.kind == "requirement":
        year, words = next(iter(strand.written.items()))
        return {years.index(year): Label("t", words=words, color=ink, size=size)}
    # A whisker above the point would run through its value.
    return {years.index(year): Label("r" if year in strand.bounds else "t", color=ink, size=size)
            for year in strand.written}  # fmt: skip


def _ends(strands: Sequence[Strand], named: bool, work: Work) -> dict[tuple[int, int], Label]:
    """The label at the last point of each line in colour, by the number of its strand and the year."""
    lines: dict[str, tuple[int, int]] = {}
    for number, strand in enumerate(strands):
        if strand.quiet or strand.kind == "requirement":
            continue
        last = max(strand.values)
        if strand.line not in lines or last >= lines[strand.line][1]:
            lines[strand.line] = (number, last)
    valued = len(lines) <= 5 or not named
    found = {}
    for number, year in lines.values():
        strand = strands[number]
        with_name = (named and len(lines) > 1) or strand.kind == "target" or (strand.name != strand.line)
        ink = readable(strand.color, LIGHT.background)
        found[number, year] = Label("r", with_name, valued, color=ink, size=SIZE, bold=len(lines) == 1)
    return found


def _apart(
    ends: Mapping[tuple[int, int], Label], strands: Sequence[Strand], marks: Sequence[float], place: Box, box: Box
) -> dict[tuple[int, int], Label]:
    """The same labels, moved up or down until none lies on another."""
    found = dict(ends)
    keys = list(ends)
    for group in neighbours([year for _, year in keys]):
        members = [keys[n] for n in group]
        wanted = [(strands[n].values[year] - marks[0]) / (marks[-1] - marks[0]) * place.h for n, year in members]
        for key, want, got in zip(members, wanted, spread(wanted, SIZE * 1.35, 4, place.h), strict=True):
            if abs(got - want) >= 1:
                found[key] = replace(ends[key], shift=(0.0, (want - got) / box.h))
    return found


def _skip(count: int, width: float, size: float) -> int:
    """Every how many years one is labelled, such that the last one is where that can be."""
    least = math.ceil(count * 2.6 * size / width)
    return next((step for step in range(least, least + 3) if (count - 1) % step == 0), least)


def _level(work: Work, axis: str) -> list[dict[str, Any]]:
    """Horizontal reference lines of one plot."""
    return [
        shape
        for shape in work.chart.spec["layout"]["shapes"]
        if shape.get("yref") == axis and shape["y0"] == shape["y1"]
    ]


def _breaks(
    paper: Paper, strip: Box | None, place: Box, work: Work, years: Sequence[int], axis: str,
    marks: Sequence[tuple[dict[str, Any], int]],
) -> None:  # fmt: skip
    """A dotted line before the year of each break, and its reason above the plot."""
    slot = place.w / len(years)
    for shape in work.chart.spec["layout"]["shapes"]:
        if shape.get("yref") == f"{axis} domain" and shape["x0"] == shape["x1"]:
            x = place.x + (shape["x0"] + 0.5 - years[0]) * slot
            name = work.word("break", year=round(shape["x0"] + 0.5))
            paper.line(name, (x, place.y), (x, place.bottom), LIGHT.axis, "dot")
    for mark, row in marks if strip else ():
        words = plain(mark["text"])
        wide = text_width(words, 11) + 8
        at = place.x + (mark["x"] + 0.5 - years[0]) * slot if mark["xref"] == "x" else None
        start = (place.x if mark["x"] == 0 else place.right - wide) if at is None else at - wide / 2
        start = min(max(start, strip.x), strip.right - wide) if strip else start
        box = Box(start, strip.bottom - (row + 1) * 15 if strip else 0, wide, 15)
        paper.text(words, box, [[Run(words, 11, LIGHT.muted)]], align="ctr", spacing=14)


def chips(paper: Paper, box: Box, strands: Sequence[Strand]) -> Box:
    """The key to the colours above the plot, for lines that are not named at their ends; what is left of the box."""
    names: dict[str, str] = {}
    for strand in reversed(strands):
        if not strand.quiet:
            names.setdefault(strand.line, strand.color)
    lines: list[list[Run]] = [[]]
    room = 0.0
    for name, color in names.items():
        wide = text_width(f"■ {name}    ", SIZE)
        if room and room + wide > box.w:
            lines.append([])
            room = 0.0
        lines[-1] += [Run("■ ", SIZE, color), Run(f"{name}    ", SIZE, LIGHT.ink)]
        room += wide
    height = len(lines) * 17.0
    paper.text(paper.word("key"), Box(box.x, box.y, box.w, height), lines, spacing=17)
    return box.below(height + 6)
