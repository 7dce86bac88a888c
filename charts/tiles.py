"""The provinces as a map of tiles."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from charts.cells import Cell, grid_axes, tiles_of
from charts.chart import Chart, empty_chart, finish, kinds_line, region_name, titled, what_is_shown, when
from charts.layout import PAD, Canvas, Look, escape, text_width, wrap
from charts.numbers import Scale, axis_scale, plain, ticks
from charts.points import Point, hover, kind_mark, only_indicator, points_of, table_of, value_text
from charts.theme import LABEL_SIZE, Theme, ramp
from indicators.catalog import Catalog
from indicators.labels import text

CLASSES = 5
TILE = {"wide": (83, 60), "narrow": (35, 35)}
"""Width and height of a map tile in pixels; on the page tiles keep this proportion and shrink to fit."""


@dataclass(frozen=True, slots=True)
class Place:
    """A province's place in the tile map; `letters` is its code of GB/T 2260, for tiles too small for the name."""

    code: str
    column: int
    row: int
    letters: str


@lru_cache(maxsize=4)
def tile_grid(folder: Path) -> tuple[Place, ...]:
    """The layout of the tile map, `tilegrid.csv` of the catalogue's folder."""
    with (folder / "tilegrid.csv").open(encoding="utf-8", newline="") as stream:
        return tuple(Place(r["code"], int(r["col"]), int(r["row"]), r["letters"]) for r in csv.DictReader(stream))


def tile_map(
    frame: pd.DataFrame,
    catalog: Catalog,
    look: Look,
    *,
    source: str = "",
    title: str | None = None,
    value_label: str | None = None,
    unit: str | None = None,
    highlight: Sequence[str] = (),
    notes: Sequence[str] = (),
) -> Chart:
    """The provinces as tiles in their rough position, coloured by value in five classes of similar size.

    Values on both sides of zero get a diverging scale with steps of equal width. Provinces without a value say so.

    Args:
        frame: Observations of one indicator and unit, at most one for each province; other regions are left out.
        highlight: Region codes that get a firm edge.
        source, title, value_label, unit, notes: As in `line.trend`.
    Returns:
        Empty when no province has a value.
    Raises:
        ValueError: Several indicators or units, or several values of one province.
    """
    grid = tile_grid(catalog.folder)
    codes = {place.code for place in grid}
    points = [p for p in points_of(frame, unit=unit) if p.region in codes]
    if not points:
        return empty_chart("tiles" if len(frame) else "frame", look.lang, source=source)
    indicator = only_indicator(points, catalog)
    by_region = {p.region: p for p in points}
    if len(by_region) < len(points):
        raise ValueError(f"{indicator.id}: a province has several values; choose one year and kind")
    scale = axis_scale((p.value for p in points), points[0].unit, look.lang, catalog, indicator=indicator)
    what = what_is_shown(indicator, points[0].measure, value_label, look.lang)
    classes = _classes([p.value for p in points], scale, look.theme)
    marks = {p.region: kind_mark(p, points, look.lang) for p in points}
    cells = [
        _map_cell(
            place, by_region.get(place.code), marks.get(place.code, ""), classes, scale, what, highlight, catalog, look
        )
        for place in grid
    ]
    wide, tall = TILE[look.width]
    across, down = max(p.column for p in grid) + 1, max(p.row for p in grid) + 1
    axes = grid_axes((across, down))
    axes["yaxis"] |= {"scaleanchor": "x", "scaleratio": tall / wide, "constrain": "domain"}
    axes["xaxis"] |= {"constrain": "domain"}
    legend = [*((name, color) for name, color, _ in classes), (text("charts.no_value", look.lang), look.theme.empty)]
    data = [*tiles_of(cells, look, 10 if look.narrow else LABEL_SIZE), *_legend(legend)]
    canvas = Canvas(data, down * tall, PAD, PAD, 0, 6, axes, legend=[name for name, _ in legend])
    heading = title or titled(look.lang, what=what, when=when((p.year for p in points), look.lang), unit=scale.name)
    said = [*notes, *_map_notes(points, len(classes), look)]
    leader = max(points, key=lambda p: p.value)
    alt = text(
        "charts.alt_tiles", look.lang, title=heading, n=len(points), low=scale.full(min(p.value for p in points)),
        high=scale.full(leader.value), leader=region_name(catalog, leader.region, look.lang),
        value=scale.full(leader.value),
    )  # fmt: skip
    key = kinds_line((p.kind for p in points), look.lang)
    subtitle = "   ".join(part for part in (text("charts.unit_line", look.lang, unit=scale.name), key) if part)
    table = table_of(points, catalog, {indicator.id: scale}, look.lang)
    return finish(
        look, canvas, table=table, title=heading, unit=scale.name, subtitle=subtitle, source=source, notes=said,
        alt=alt, kind="tiles",
    )  # fmt: skip


def _map_notes(points: Sequence[Point], classes: int, look: Look) -> list[str]:
    crossing = min(p.value for p in points) < 0 < max(p.value for p in points)
    apart = len(points) <= CLASSES  # a class for each value needs no explanation
    said = [] if crossing or apart else [text("charts.note_quantiles", look.lang, n=classes)]
    said.append(text("charts.note_tiles", look.lang))
    if look.narrow and look.lang == "en":
        said.append(text("charts.note_letters", look.lang))
    if len({p.year for p in points}) > 1:
        said.insert(0, text("charts.note_years_differ", look.lang))
    if any(p.comparator != "eq" for p in points):
        said.append(text("charts.note_comparator", look.lang))
    return said


def _classes(values: Sequence[float], scale: Scale, theme: Theme) -> list[tuple[str, str, float]]:
    """Classes from low to high: name, colour, and the largest value (canonical) in it."""
    low, high = min(values), max(values)
    if low < 0 < high:
        edges = ticks(scale.of(low), scale.of(high), 7)[1:]
        limit = max(abs(edges[0]), abs(edges[-1]))
        step = edges[1] - edges[0] if len(edges) > 1 else limit
        return [
            (f"{plain(e - step, scale.decimals, strip=True)} – {plain(e, scale.decimals, strip=True)}",
             ramp(theme.diverging, ((e - step / 2) / limit + 1) / 2), e * scale.factor)
            for e in edges
        ]  # fmt: skip
    ordered = sorted(set(values))
    groups = min(CLASSES, len(ordered))
    every = sorted(values)
    tops = sorted({every[max(0, round(len(every) * (n + 1) / groups) - 1)] for n in range(groups)})
    found = []
    for n, top in enumerate(tops):
        members = [v for v in every if v <= top and (n == 0 or v > tops[n - 1])]
        first, last = scale.text(members[0]), scale.text(members[-1])
        name = first if first == last else f"{first} – {last}"
        found.append((name, ramp(theme.sequential, 0.12 + 0.8 * n / max(len(tops) - 1, 1)), top))
    return found


def _map_cell(
    place: Place, point: Point | None, mark: str, classes: Sequence[tuple[str, str, float]], scale: Scale, what: str,
    highlight: Sequence[str], catalog: Catalog, look: Look,
) -> Cell:  # fmt: skip
    wide = TILE[look.width][0] - (14 if not look.narrow else 3)
    name = region_name(catalog, place.code, look.lang)
    lines = [place.letters] if look.lang == "en" and look.narrow else wrap(name, wide, 10 if look.narrow else 11)
    edge = look.theme.ink if place.code in highlight else None
    if point is None:
        none = text("charts.no_value", look.lang)
        words = "<br>".join(map(escape, lines if look.narrow else [*lines, none]))
        return Cell(place.column, place.row, look.theme.empty, words, f"<b>{escape(name)}</b><br>{none}", edge=edge,
                    ink=look.theme.muted)  # fmt: skip
    fill = next(
        (color for _, color, top in classes if point.value <= top * (1 + 1e-12) or point.value <= top), classes[-1][1]
    )
    value = value_text(point, scale) + mark
    if look.narrow:
        value = next(
            (v for d in (scale.decimals, 1, 0) if text_width(v := scale.text(point.value, decimals=d), 9) <= 34), value
        )
    size = 9 if look.narrow else 11
    words = f'{"<br>".join(map(escape, lines))}<br><span style="font-size:{size}px">{escape(value)}</span>'
    return Cell(place.column, place.row, fill, words, hover(point, what, scale, catalog), point.id, edge)


def _legend(entries: Sequence[tuple[str, str]]) -> list[dict[str, Any]]:
    return [
        {
            "type": "scatter", "mode": "markers", "x": [None], "y": [None], "name": escape(name), "showlegend": True,
            "hoverinfo": "skip", "marker": {"symbol": "square", "size": 13, "color": color}, "meta": {"kind": "legend"},
        }
        for name, color in entries
    ]  # fmt: skip
