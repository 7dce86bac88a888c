"""From charts to a presentation: cover, a slide or several for each chart, numbered sources."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from charts.deck import ends, notes, tables, tiles
from charts.deck.frame import INNER, SIDE, below_title, foot, head
from charts.deck.ink import Run, clean
from charts.deck.kinds import NATIVE
from charts.deck.lines import Draw
from charts.deck.model import Cover, Evidence, Slide
from charts.deck.paper import Box, Paper, fitted
from charts.deck.reading import Work, in_light
from charts.deck.template import blank
from charts.export import Meta, citation
from charts.theme import LIGHT
from indicators.labels import text

DRAWN: Mapping[str, Callable[[Work], list[Draw]]] = {
    **NATIVE,
    "tiles": tiles.tiles,
    "heat": tables.heat,
    "coverage": tables.heat,
}
"""How each kind of chart is drawn; any other kind becomes a table of its values."""
FORMS = {"tiles": "as_shapes", "heat": "as_table", "coverage": "as_table"}
"""What the notes say of charts that PowerPoint has no kind for."""


def to_pptx(
    slides: Sequence[Slide],
    meta: Meta,
    *,
    cover: Cover | None = None,
    evidence: Mapping[str, Evidence] | None = None,
) -> bytes:
    """The deck as a file for PowerPoint, WPS and Impress.

    Args:
        slides: The charts in order; an empty chart becomes a slide that says why.
        meta: Title, sources, edition and language of all of it; the last slides list the sources.
        cover: The first slide; none without it.
        evidence: Observation id of each printed value -> where it stands.
    Returns:
        16:9, light, native charts with their workbooks, speaker notes on every slide.
    """
    deck = blank()
    _properties(deck, meta)
    if cover:
        ends.cover(_paper(deck, meta.lang), cover, meta)
    for slide in slides:
        _chart_slides(deck, slide, meta, evidence or {})
    pages = ends.source_pages(meta)
    for number, entries in enumerate(pages, 1):
        paper = _paper(deck, meta.lang)
        ends.sources(paper, meta, entries, len(deck.slides), (number, len(pages)))
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


def _properties(deck: Any, meta: Meta) -> None:
    site = text("charts.site", meta.lang)
    properties = deck.core_properties
    properties.title, properties.author, properties.last_modified_by = clean(meta.title)[:255], site, site
    properties.comments = clean(citation(meta))[:255]
    properties.language = {"zh": "zh-CN", "en": "en-US"}[meta.lang]
    properties.keywords = clean(meta.edition)


def _paper(deck: Any, lang: str) -> Paper:
    slide = deck.slides.add_slide(deck.slide_layouts[0])
    # Else every new shape searches the slide for the numbers that are taken.
    slide.shapes.turbo_add_enabled = True
    return Paper(slide, lang)


def _chart_slides(deck: Any, slide: Slide, meta: Meta, evidence: Mapping[str, Evidence]) -> None:
    """All slides of one chart: each has its title, the first one the notes."""
    chart = replace(slide.chart, spec=in_light(slide.chart.spec))
    work = Work(chart, meta.lang, notes.inputs_of(slide.frame), evidence)
    draws = _draws(work)
    form = "" if chart.empty else FORMS.get(chart.kind, "" if chart.kind in DRAWN else "as_list")
    said = notes.lines_of(slide, work, drawn_as=work.word(form) if form else "")
    for number, draw in enumerate(draws, 1):
        paper = _paper(deck, meta.lang)
        part = work.word("part", n=number, all=len(draws)) if len(draws) > 1 else ""
        top = head(paper, slide.title or chart.title or meta.title, below_title(slide, work), part, slide.note)
        bottom = foot(paper, work, len(deck.slides))
        draw(paper, Box(SIDE, top, INNER, bottom - top))
        notes.write(paper.slide, said if number == 1 else [(work.word("continued"), False)], meta.lang)


def _draws(work: Work) -> list[Draw]:
    if work.chart.empty or work.chart.table.empty:
        return [lambda paper, box: _why_empty(paper, box, work)]
    return DRAWN.get(work.chart.kind, tables.plain_table)(work)


def _why_empty(paper: Paper, box: Box, work: Work) -> None:
    fit = fitted(work.chart.empty or work.word("empty"), box.w * 0.7, (20, 18, 16), 6)
    place = Box(box.x + box.w * 0.15, box.y + box.h * 0.3, box.w * 0.7, fit.height(1.4))
    paper.text(work.word("empty"), place, [[Run(fit.words, fit.size, LIGHT.muted)]], spacing=fit.size * 1.4)
