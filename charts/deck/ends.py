"""The first slide and the last ones: cover, numbered sources, how to cite."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from charts.deck import notes
from charts.deck.frame import INNER, LEADING, SIDE, TIGHT, head, numbered, small_text
from charts.deck.ink import Run
from charts.deck.model import Cover
from charts.deck.paper import Box, Fit, Paper, fitted
from charts.deck.template import HEIGHT
from charts.export import Meta, citation
from charts.theme import LIGHT
from indicators.labels import text

SIZE = 13.0
GAP = 6.0
TOP, BOTTOM = 92.0, HEIGHT - 50


def cover(paper: Paper, front: Cover, meta: Meta) -> None:
    """Title, subtitle, date, and the edition of the data."""
    paper.rectangle(paper.word("bar"), Box(0, 0, 18, HEIGHT), LIGHT.accent)
    wide, left, y = INNER - 60, SIDE + 24, HEIGHT * 0.3
    fit = fitted(front.title, wide, (40, 36, 32, 28), 3, bold=True)
    paper.text(
        front.title, Box(left, y, INNER - 48, fit.height(TIGHT)), [[Run(fit.words, fit.size, LIGHT.ink, True)]],
        spacing=fit.size * TIGHT, shape=paper.slide.shapes.title,
    )  # fmt: skip
    y += fit.height(TIGHT) + 16
    if front.subtitle:
        sub = fitted(front.subtitle, wide, (20, 18, 16), 3)
        small_text(paper, front.subtitle, Box(left, y, INNER - 48, sub.height(LEADING)), sub)
    edition = paper.word("edition", edition=meta.edition)
    rows = [[Run(words, 14, LIGHT.muted)] for words in (front.date, text("charts.site", meta.lang), edition) if words]
    paper.text(edition, Box(left, HEIGHT - 60 - len(rows) * 20, INNER - 48, len(rows) * 20), rows, spacing=20)
    notes.write(paper.slide, [(citation(meta), False)], meta.lang)


def source_pages(meta: Meta) -> list[list[Fit]]:
    """The sources with their numbers, on as many slides as they need; the last one has room for the citation."""
    pages: list[list[Fit]] = [[]]
    room = BOTTOM - TOP
    for number, source in enumerate(meta.sources, 1):
        entry = _entry(number, source)
        tall = entry.height(LEADING) + GAP
        if tall > room:
            pages.append([])
            room = BOTTOM - TOP
        pages[-1].append(entry)
        room -= tall
    if _cited(meta).height(LEADING) + 2 * SIZE * LEADING > room:
        pages.append([])
    return pages


def sources(paper: Paper, meta: Meta, entries: Sequence[Fit], number: int, place: tuple[int, int]) -> None:
    """One slide of sources: `number` in the deck, `place` among the slides of sources."""
    last = place[0] == place[1]
    part = "" if place[1] == 1 else paper.word("part", n=place[0], all=place[1])
    y = head(paper, paper.word("sources"), part=part)
    if entries:
        tall = sum(entry.height(LEADING) + GAP for entry in entries)
        rows = [[Run(entry.words, SIZE, LIGHT.ink)] for entry in entries]
        paper.text(paper.word("sources"), Box(SIDE, y, INNER, tall), rows, spacing=SIZE * LEADING, after=GAP)
        y += tall
    if last:
        fit, words = _cited(meta), paper.word("cite")
        rows = [[Run(words, SIZE, LIGHT.ink, True)], [Run(fit.words, fit.size, LIGHT.muted)]]
        box = Box(SIDE, y + GAP, INNER, SIZE * LEADING + fit.lines * SIZE * LEADING)
        paper.text(words, box, rows, spacing=SIZE * LEADING)
    numbered(paper, number)
    notes.write(paper.slide, [(citation(meta), False)], meta.lang)


def _cited(meta: Meta) -> Fit:
    # The sources stand above it.
    return fitted(citation(replace(meta, sources=())), INNER - 8, (SIZE, 12.0, 11.0), 8)


def _entry(number: int, source: Mapping[str, str]) -> Fit:
    more = (source.get(key) or "" for key in ("publication", "published", "address", "url"))
    words = f"{number}. " + "  ".join(dict.fromkeys(part for part in (source["title"], *more) if part))
    return fitted(words, INNER - 8, (SIZE,), 4)
