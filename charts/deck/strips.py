"""How values lie along their scale as a native scatter chart: strips of dots, the middle half behind them."""

from __future__ import annotations

from typing import Any

from charts.deck.cloud import FOOT, Cloud, upward, value_axis
from charts.deck.lines import Draw
from charts.deck.markup import SYMBOLS, Axis, Label, Marker, band_style, line_style
from charts.deck.paper import Box, Paper
from charts.deck.reading import Work, of_kinds, plain
from charts.deck.scatter import SIDES, axis_of, part_of
from charts.deck.strands import DASH
from charts.layout import PIXELS, text_width
from charts.pointlabels import LABEL, place_labels
from charts.theme import LIGHT

SIZE = 10.5
UP = (("top", "center"), ("bottom", "center"), ("middle", "right"), ("middle", "left"))


def distribution(work: Work) -> list[Draw]:
    return [lambda paper, box: _distribution(paper, box, work)]


def _distribution(paper: Paper, box: Box, work: Work) -> None:
    layout = work.chart.spec["layout"]
    strips = [trace for trace in work.chart.spec["data"] if "customdata" in trace]
    end, start = layout["yaxis"]["range"]
    heads = [plain(words, "\n") for words in layout["yaxis"]["ticktext"]]
    across = layout["xaxis"]
    reach = [x for trace in strips for x in trace["x"]]
    reach += [trace["x"][0] for trace in of_kinds(work.chart.spec, "reference")]
    unit = plain(across["title"]["text"])
    scale = axis_of(across, "b", unit, box.w) if across["type"] == "log" else value_axis(across, unit, reach)
    left = max((text_width(line, 11) for head in heads for line in head.split("\n")), default=0) + 16
    place = Box(box.x + left, box.y + 6, box.w - left - 24, box.h - 6 - FOOT)
    cloud = Cloud(work.book())
    cloud.book.add(work.word("region"), list(work.chart.labels["names"]))
    _behind(cloud, work, end, place.h / (end - start))
    zoom = min(place.w / PIXELS["wide"], place.h / (end - start))
    names = _named(strips, list(work.chart.labels["names"]), scale, (start, end), place)
    first = 0
    for trace, head in zip(strips, heads, strict=True):
        marker = trace["marker"]
        marks = [_mark(marker, n, zoom) for n in range(len(trace["x"]))]
        found = {n: names[first + n] for n in range(len(marks)) if first + n in names}
        head = head.split("\n")[0] or str(work.chart.unit)
        cloud.dots(head, trace["x"], [end - y for y in trace["y"]], marks, found)
        first += len(marks)
    for trace in of_kinds(work.chart.spec, "reference"):
        side = "l" if trace["textposition"][0].endswith("left") else "r"
        note = Label(side, words=plain(trace["text"][0]).strip(), size=11, color=LIGHT.muted)
        dash = line_style(trace["line"]["color"], 1.4, DASH[trace["line"]["dash"]])
        cloud.add(note.words, trace["x"], [end - y for y in trace["y"]], dash, labels={0: note})
    if any(heads):
        low = scale.low or 0.0
        at = low * 1.0005 if scale.log else low
        cloud.words(work.word("year"), at, [end - y for y in layout["yaxis"]["tickvals"]],
                    [Label("l", words=head, size=11) for head in heads])  # fmt: skip
    cloud.put(paper, box, place, work, (scale, upward(0.0, end - start)))


def _behind(cloud: Cloud, work: Work, end: float, tall: float) -> None:
    """The middle half as a line as wide as its strip, and what crosses the strips."""
    for trace in of_kinds(work.chart.spec, "band"):
        low, high, above, below = trace["x"][0], trace["x"][1], trace["y"][0], trace["y"][2]
        wide = band_style(LIGHT.accent, (below - above) * tall, 0.13)
        cloud.add(work.word("middle_half"), [low, high], [end - (above + below) / 2] * 2, wide)
    for kind in ("median", "joint"):
        for trace in of_kinds(work.chart.spec, kind):
            line = line_style(trace["line"]["color"], trace["line"]["width"])
            cloud.add(work.word(kind), trace["x"], [end - y for y in trace["y"]], line)


def _mark(marker: dict[str, Any], at: int, zoom: float) -> Marker:
    symbol = marker["symbol"][at]
    hollow = symbol.endswith("-open")
    name = SYMBOLS.get(symbol.removesuffix("-open"), "circle")
    return Marker(name, min(max(marker["size"][at] * zoom * 0.8, 4), 9), marker["color"][at], hollow)


def _named(
    strips: list[dict[str, Any]], names: list[str], scale: Axis, span: tuple[float, float], place: Box
) -> dict[int, Label]:
    """The names that are written on screen, where they find room here."""
    zoom = LABEL / SIZE
    start, end = span
    spots = [
        (part_of(scale, x) * place.w * zoom, (end - y) / (end - start) * place.h * zoom)
        for trace in strips
        for x, y in zip(trace["x"], trace["y"], strict=True)
    ]
    wanted = [bool(words) for trace in strips for words in trace["text"]]
    inks = [ink for trace in strips for ink in trace["textfont"]["color"]]
    lit = [ink == LIGHT.ink for ink in inks]
    first = lit if len(set(lit)) > 1 else None
    sides = place_labels(spots, names, first, (place.w * zoom, place.h * zoom), wanted, UP)
    return {
        n: Label(SIDES[(side.split()[0], side.split()[1])], words=names[n], size=SIZE, color=inks[n])
        for n, side in enumerate(sides)
        if side
    }
