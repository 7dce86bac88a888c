"""Rows of marks along a value axis as native scatter charts: ranges of ranks, distances, progress to targets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from charts.deck.cloud import FOOT, Cloud, upward, value_axis
from charts.deck.lines import Draw
from charts.deck.markup import SYMBOLS, Axis, Label, Marker, band_style, line_style
from charts.deck.paper import Box, Paper, shares
from charts.deck.reading import Work, of_kinds, plain
from charts.layout import shorten, text_width
from charts.theme import LIGHT, blend, readable

MOST = 24
TIGHT = 1.48
"""Height of a row of Chinese words in ems, as for bars."""
SLOT = 30.0
TARGETS = (5, 8)
"""Targets on one slide, where their words take two lines and where one; they stand above the marks."""
SIZES = (11.0, 9.0)
"""Of a target's words, on a slide and on paper."""
INNER = 870.0
"""About the width of a slide's charts."""
HALF = 0.32
"""A range reaches so far beyond the middles of its first and last place, as on screen."""
PARTS = (0.45, 0.18)
"""How much of the accent a range has that is in focus or not."""
FAR_SYMBOLS = {**SYMBOLS, "triangle-down": "diamond"}
"""PowerPoint has one triangle: what points down becomes a diamond, in the key and in the words as well."""


def ranges(work: Work) -> list[Draw]:
    """Ranks with the places between which they may lie."""
    return [partial(_ranges, work, part) for part in shares(len(work.chart.labels["names"]), MOST)]


def _ranges(work: Work, part: range, paper: Paper, box: Box) -> None:
    table = work.chart.table
    columns = {name: [int(table[name].iloc[n]) for n in part] for name in ("rank", "rank_low", "rank_high")}
    band, mark = work.chart.spec["data"][:2]
    scale = value_axis(work.chart.spec["layout"]["xaxis"], work.chart.unit, [0, int(table["rank_high"].max()) + 1])
    # From the step before the first place; zero is no place and is not written.
    scale = replace(scale, low=0.0, step=_whole(scale.step), code="#,##0;;")
    heights, size, place, box = _grid(work, part, box)
    cloud = Cloud(work.book())
    names = cloud.book.add(work.word("region"), [table["region_name"].iloc[n] for n in part])
    up = cloud.book.add(work.word("row"), heights)
    at, low, high = (cloud.book.add(work.word(name), values) for name, values in columns.items())
    rows = range(cloud.book.top + 1, cloud.book.top + 1 + len(part))
    slot = place.h / len(part)
    pale = blend(LIGHT.accent, LIGHT.background, 1 - PARTS[1])
    for color in dict.fromkeys(band["marker"]["color"][n] for n in part):
        own = [n for n, row in enumerate(part) if band["marker"]["color"][row] == color]
        cloud.spans(
            work.word("places"), [(columns["rank_low"][n] - HALF, columns["rank_high"][n] + HALF) for n in own],
            [heights[n] for n in own], band_style(LIGHT.accent, min(0.5 * slot, 12), PARTS[color == pale]),
            [(f"{low.letter}{rows[n]}-{HALF}", f"{high.letter}{rows[n]}+{HALF}") for n in own],
        )  # fmt: skip
    inks = [mark["marker"]["color"][n] for n in part]
    dots = [Marker("circle", min(7.0, 0.62 * slot), ink) for ink in inks]
    cloud.dots(work.word("rank"), at, up, dots)
    _sides(cloud, work, part, names.head, heights, (scale, size), place, box)
    cloud.put(paper, box, place, work, (scale, upward(0.4, len(part) + 0.6)))


def _whole(step: float | None) -> float:
    return float(max(1, round(step or 1)))


def _grid(work: Work, part: range, box: Box) -> tuple[list[float], float, Box, Box]:
    """Heights of the rows counted from below, size of their words, the plot, and the chart around it."""
    slot = min((box.h - 8 - FOOT) / len(part), SLOT)
    size = max(6.0, min(12.0, slot / TIGHT))
    left = max(text_width(name, size) for name in _names(work, part, box, size)) + 14
    right = max(text_width(work.chart.labels["cells"][n], size) for n in part) + 14
    box = Box(box.x, box.y, box.w, slot * len(part) + 8 + FOOT)
    place = Box(box.x + left, box.y + 8, box.w - left - right, slot * len(part))
    return [float(len(part) - n) for n in range(len(part))], size, place, box


def _names(work: Work, part: range, box: Box, size: float) -> list[str]:
    return [shorten(work.chart.labels["names"][n], 0.4 * box.w, size) for n in part]


def _sides(
    cloud: Cloud, work: Work, part: range, head: str, heights: Sequence[float], axis: tuple[Axis, float], place: Box,
    box: Box, colors: Sequence[str] = (),
) -> None:  # fmt: skip
    """What each row is called on the left, its number on the right."""
    scale, size = axis
    names = [Label("l", words=name, size=size) for name in _names(work, part, box, size)]
    cloud.words(head, scale.low or 0.0, heights, names)
    inks = colors or [LIGHT.ink] * len(part)
    ends = [Label("r", words=work.chart.labels["cells"][n], size=size, color=ink)
            for n, ink in zip(part, inks, strict=True)]  # fmt: skip
    cloud.words(head, scale.high or 1.0, heights, ends)


def distances(work: Work) -> list[Draw]:
    """How far a region is from the median of its peers: its own marks on stems, those of its peers behind them."""
    return [partial(_distances, work, part) for part in shares(len(work.chart.labels["names"]), MOST)]


def _distances(work: Work, part: range, paper: Paper, box: Box) -> None:
    peers, own = (of_kinds(work.chart.spec, kind)[0] for kind in ("peers", "own"))
    band = next(shape for shape in work.chart.spec["layout"]["shapes"] if shape.get("name") == "band")
    region, title = work.chart.labels["heads"]
    scale = value_axis(work.chart.spec["layout"]["xaxis"], shorten(title, box.w, 11), [*peers["x"], *own["x"]])
    heights, size, place, box = _grid(work, part, box)
    height_of = dict(zip(part, heights, strict=True))
    near = [n for n, row in enumerate(peers["y"]) if row in height_of]
    cloud = Cloud(work.book([*(peers["customdata"][n] for n in near), *(own["customdata"][n] for n in part)]))
    cloud.book.add(work.word("indicator"), [work.chart.labels["names"][n] for n in part])
    up = cloud.book.add(work.word("row"), heights)
    at = cloud.book.add(region, [own["x"][n] for n in part], "0.00")
    rows = range(cloud.book.top + 1, cloud.book.top + 1 + len(part))
    ground = band_style(LIGHT.muted, place.h, 0.07)
    cloud.add(work.word("band"), [band["x0"], band["x1"]], [len(part) / 2 + 0.5] * 2, ground)
    zero = line_style(LIGHT.axis, 1.2)
    cloud.add(work.word("peers_median"), [0.0, 0.0], [0.5, len(part) + 0.5], zero)
    dots = {n: Marker(FAR_SYMBOLS[peers["marker"]["symbol"][p]], 5, LIGHT.rest) for n, p in enumerate(near)}
    cloud.add(work.word("peers"), [peers["x"][n] for n in near], [height_of[peers["y"][n]] for n in near],
              marker=dots.get(0), marks=dots, code="0.00")  # fmt: skip
    colors = [own["marker"]["color"][n] for n in part]
    for color in dict.fromkeys(colors):
        found = [n for n, one in enumerate(colors) if one == color]
        cloud.spans(
            work.word("stem"), [(0.0, own["x"][part[n]]) for n in found], [heights[n] for n in found],
            band_style(color, 2.25), [("0", f"{at.letter}{rows[n]}") for n in found],
        )  # fmt: skip
    marks = [Marker(FAR_SYMBOLS[own["marker"]["symbol"][p]], 9, colors[n]) for n, p in enumerate(part)]
    cloud.dots(region, at, up, marks)
    _sides(cloud, work, part, up.head, heights, (scale, size), place, box, colors)
    cloud.put(paper, box, place, work, (scale, upward(0.5, len(part) + 0.5)))


def progress(work: Work) -> list[Draw]:
    """Targets as hollow marks, what was reached as filled ones; the words of each stand above its marks."""
    count = len(work.chart.labels["names"])
    most = TARGETS[_on_one_line(work, range(count), INNER, SIZES[0])]
    return [partial(_progress, work, part) for part in shares(count, most)]


def _on_one_line(work: Work, part: range, wide: float, size: float) -> bool:
    """Whether a target and what became of it fit side by side, in all rows."""
    pairs = ((work.chart.labels["names"][n], work.chart.labels["cells"][n]) for n in part)
    return all(text_width(name, size) + text_width(outcome, size) + 24 <= wide - 24 for name, outcome in pairs)


def in_symbols(words: str) -> str:
    """Words on marks with the symbols that PowerPoint has."""
    return words.replace("▶", "▲").replace("▼", "◆")


def _progress(work: Work, part: range, paper: Paper, box: Box) -> None:
    spec, labels = work.chart.spec, work.chart.labels
    ids = work.chart.table["observation_id"].tolist()
    names, outcomes = list(labels["names"]), [in_symbols(words) for words in labels["cells"]]
    size, wide = SIZES[box.w < 600], box.w - 24
    one_line = _on_one_line(work, range(len(names)), box.w, size)
    tall = 1 if one_line else 2
    slot = min((box.h - 8 - FOOT) / len(part), 14.0 * tall + 30)
    unit = slot / (tall + 1.0)
    # Heights are counted in lines of a row from below: the marks stand on its lowest line.
    lines = float(tall + 1)
    feet = {ids[n]: (len(part) - 1 - i) * lines for i, n in enumerate(part)}
    traces = {kind: of_kinds(spec, kind)[0] for kind in ("start", "goal", "latest")}
    reach = [x for trace in traces.values() for x in trace["x"]] or [0.0]
    title = plain(spec["layout"]["xaxis"]["title"]["text"])
    scale = value_axis(spec["layout"]["xaxis"], title, reach)
    box = Box(box.x, box.y, box.w, slot * len(part) + 8 + FOOT)
    place = Box(box.x + 12, box.y + 8, box.w - 24, slot * len(part))
    cloud = Cloud(work.book(ids[n] for n in part))
    cloud.book.add(work.word("target"), [names[n] for n in part])
    shown = {
        kind: [(one, x, feet[one] + 0.45) for one, x in zip(trace["customdata"], trace["x"], strict=True)
               if one in feet]
        for kind, trace in traces.items()
    }  # fmt: skip
    _ways(cloud, work, shown)
    for kind, found in shown.items():
        if found:
            _marks(cloud, work, kind, found, traces[kind], min(unit, 14.0))
    inks = dict(zip(traces["latest"]["customdata"], traces["latest"]["marker"]["color"], strict=True))
    top = [feet[ids[n]] + lines - 0.5 for n in part]
    cloud.words(work.word("target"), scale.low or 0.0, top,
                [Label("r", words=shorten(names[n], wide, size), size=size) for n in part])  # fmt: skip
    said = [
        Label("l" if one_line else "r", words=shorten(outcomes[n], wide, size), size=size,
              color=readable(inks.get(ids[n], LIGHT.muted), LIGHT.background))
        for n in part
    ]  # fmt: skip
    at = (scale.high if one_line else scale.low) or 0.0
    cloud.words(work.word("outcome"), at, top if one_line else [height - 1 for height in top], said)
    cloud.put(paper, box, place, work, (scale, upward(0.0, lines * len(part))))


def _ways(cloud: Cloud, work: Work, shown: dict[str, list[tuple[str, float, float]]]) -> None:
    """A thin line from the least to the greatest mark of a target."""
    rows: dict[str, list[tuple[float, float]]] = {}
    for one, x, y in (mark for found in shown.values() for mark in found):
        rows.setdefault(one, []).append((x, y))
    ends = [(min(marks), max(marks)) for marks in rows.values() if len(marks) > 1]
    if ends:
        cloud.spans(work.word("way"), [(low[0], high[0]) for low, high in ends], [low[1] for low, _ in ends],
                    line_style(LIGHT.rest, 1.5))  # fmt: skip


def _marks(
    cloud: Cloud, work: Work, kind: str, found: Sequence[tuple[str, float, float]], trace: dict[str, Any], size: float
) -> None:
    """The marks of one kind: a short upright line at the start, a hollow circle at the target, what was reached."""
    order = {one: n for n, one in enumerate(trace["customdata"])}
    marker = trace["marker"]
    marks = [
        Marker(FAR_SYMBOLS.get(marker["symbol"][order[one]], "x"), size * 0.62, marker["color"][order[one]])
        for one, _, _ in found
    ]
    if kind == "goal":
        # Lighter than on screen: a program that fills hollow marks must not make them look like what was reached.
        marks = [Marker("circle", size * 0.75, LIGHT.muted, hollow=True) for _ in marks]
    xs, ys = [x for _, x, _ in found], [y for _, _, y in found]
    if kind == "start":
        ends = [end for x in xs for end in (x, x, None)]
        sides = [side for y in ys for side in (y - 0.25, y + 0.25, None)]
        cloud.add(work.word(kind), ends, sides, line_style(LIGHT.muted))
    else:
        cloud.dots(work.word(kind), xs, ys, marks)
