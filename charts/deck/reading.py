"""What a finished chart says of itself: its traces in light colours, its words without markup, its values by id."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import pandas as pd

from charts.chart import Chart, headings
from charts.deck.model import Evidence
from charts.deck.native import Book, Cell
from charts.theme import DARK, LIGHT, Theme, blend, luminance, ramp
from indicators.labels import text

_TAG = re.compile(r"<[^>]*>")
PALE = 0.62


def plain(words: str, joint: str = " ") -> str:
    """A label of a figure as plain text."""
    return html.unescape(_TAG.sub("", words.replace("<br>", joint)))


@dataclass(frozen=True, slots=True)
class Work:
    """One chart on its way into a deck, with where its values come from."""

    chart: Chart
    lang: str
    inputs: Mapping[str, Sequence[str]] = field(default_factory=dict)
    evidence: Mapping[str, Evidence] = field(default_factory=dict)
    shelf: Callable[[], Book] | None = None
    """Where the plotted numbers stand, if not in a workbook of the chart's own."""

    def word(self, key: str, **params: object) -> str:
        return text(f"deck.{key}", self.lang, **params)

    def rows(self, ids: Iterable[str | None] | None = None) -> pd.DataFrame:
        """The table's rows of these values in the table's order, all of them by default."""
        table = self.chart.table
        if ids is None or "observation_id" not in table:
            return table
        return table[table["observation_id"].isin({name for name in ids if name})]

    def behind(self, name: str | None) -> list[Evidence]:
        """The evidence of a plotted value: its own, or that of the printed values that it was derived from."""
        names = self.inputs.get(name, (name,)) if name else ()
        return [self.evidence[one] for one in names if one in self.evidence]

    def book(self, ids: Iterable[str | None] | None = None) -> Book:
        """A workbook whose second sheet says where these values come from."""
        if self.shelf:
            return self.shelf()
        rows = self.rows(ids)
        if "observation_id" not in rows or rows.empty:
            return Book(self.lang)
        kept = [c for c in rows if c not in ("observation_id", "region", "indicator")]
        names = headings(rows, self.lang)
        places = [self.behind(name) for name in rows["observation_id"]]
        table: list[list[Cell]] = [[*(names[c] for c in kept), self.word("source"), self.word("place")]]
        columns = [[None if pd.isna(v) else v for v in rows[c].tolist()] for c in kept]
        for number, found in enumerate(places):
            sources = "; ".join(dict.fromkeys(one.source for one in found))
            spots = "; ".join(dict.fromkeys(f"{one.place} {one.words}".strip() for one in found))
            table.append([*(column[number] for column in columns), sources, spots])
        return Book(self.lang, evidence=table)


def of_kinds(spec: Mapping[str, Any], *kinds: str) -> list[dict[str, Any]]:
    """The traces that say of themselves that they are of one of these kinds."""
    return [trace for trace in spec["data"] if (trace.get("meta") or {}).get("kind") in kinds]


def notes_of(spec: Mapping[str, Any], name: str | None) -> list[dict[str, Any]]:
    return [note for note in spec["layout"]["annotations"] if note.get("name") == name]


def subtitle(chart: Chart, lang: str) -> str:
    """The line below the chart's title: its key and unit."""
    found = notes_of(chart.spec, "subtitle") if chart.spec else []
    return plain(found[0]["text"], "" if lang == "zh" else " ").strip() if found else ""


def in_light(spec: dict[str, Any]) -> dict[str, Any]:
    """The figure in the colours of light slides, whatever mode it was drawn in."""
    if not spec or spec["layout"].get("paper_bgcolor") != DARK.background:
        return spec
    lit: dict[str, Any] = _relit(spec)
    return lit


def _relit(value: Any) -> Any:
    if isinstance(value, str):
        return _as_light(value) if len(value) == 7 and value[0] == "#" else value
    if isinstance(value, Mapping):
        return {key: _relit(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_relit(one) for one in value]
    return value


@lru_cache(maxsize=2048)
def _as_light(color: str) -> str:
    """The light theme's colour in the same role; a step of a scale by its place on it."""
    roles = dict(zip(_roles(DARK), _roles(LIGHT), strict=True))
    if color in roles:
        return roles[color]
    scales = [(getattr(DARK, name), getattr(LIGHT, name)) for name in ("sequential", "diverging")]
    steps = [
        (_apart(color, ramp(dark, part / 400)), part / 400, light) for dark, light in scales for part in range(401)
    ]
    off, part, light = min(steps, key=lambda step: step[0])
    if off <= 6:
        return ramp(light, part)
    return LIGHT.ink if luminance(color) > 0.4 else LIGHT.muted


def _roles(theme: Theme) -> list[str]:
    pale = blend(theme.accent, theme.background, PALE)
    single = (theme.background, theme.surface, theme.ink, theme.muted, theme.grid, theme.axis, theme.rest, theme.empty)
    return [*single, theme.accent, pale, *theme.series]


def _apart(one: str, other: str) -> int:
    return sum(abs(int(one[i : i + 2], 16) - int(other[i : i + 2], 16)) for i in (1, 3, 5))
