"""What surrounds the chart on its slide: the sentence above it, notes, source line and page number below."""

from __future__ import annotations

from charts.deck.ink import Run, page_number
from charts.deck.model import Slide
from charts.deck.paper import Box, Fit, Paper, fitted, put_text
from charts.deck.reading import Work, subtitle
from charts.deck.rows import in_symbols
from charts.deck.template import HEIGHT, WIDTH
from charts.layout import wrap
from charts.theme import LIGHT
from indicators.labels import sentences, text

SIDE = 44.0
INNER = WIDTH - 2 * SIDE
TITLE_SIZES = (28.0, 26.0, 24.0, 22.0, 20.0, 18.0)
SAID_SIZES = (16.0, 15.0, 14.0)
SUB_SIZES = (14.0, 13.0, 12.0)
NOTE, FOOT = 11.0, 10.0
NOTE_LINES, FOOT_LINES = 3, 3
TIGHT, LEADING = 1.28, 1.35
"""Heights of a title's line and of a line of small text, in ems."""


def below_title(slide: Slide, work: Work) -> str:
    """What the chart shows, in which unit, and the key to its kinds of values."""
    chart = work.chart
    parts = [chart.title] if slide.title and slide.title != chart.title else []
    key = subtitle(chart, work.lang)
    if key == work.word("unit", unit=chart.unit) and any(chart.unit in words for words in parts):
        key = ""
    if chart.unit and not any(chart.unit in words for words in (*parts, key)):
        parts.append(work.word("unit", unit=chart.unit))
    if key and chart.kind in ("ranking", "figures"):
        kinds = {kind for trace in chart.spec["data"] for kind in trace["meta"]["kinds"]}
        order = ("actual", "target", "requirement", "derived")
        key = "   ".join(work.word(f"bar_{kind}") for kind in order if kind in kinds)
    if chart.kind == "progress":
        key = in_symbols(key)
    return "   ".join(part for part in (*parts, key) if part)


def head(paper: Paper, title: str, below: str = "", part: str = "", said: str = "") -> float:
    """Title, what the presenter adds to it, and the line below.

    Args:
        said: The presenter's own words, in at most two lines; all of them are in the notes.
        part: Which of several slides this is, as `2 of 3`.
    Returns:
        Where the chart may begin.
    """
    fit = _title(title)
    tall = fit.height(TIGHT)
    paper.rectangle(paper.word("bar"), Box(SIDE - 16, 28, 4, tall), LIGHT.accent)
    paper.text(
        title, Box(SIDE, 26, INNER, tall + 4), [[Run(fit.words, fit.size, LIGHT.ink, True)]],
        spacing=fit.size * TIGHT, shape=paper.slide.shapes.title,
    )  # fmt: skip
    y = 26 + tall + 8
    if said:
        fit = fitted(" ".join(said.split()), INNER, SAID_SIZES, 2)
        lines = [[Run(fit.words, fit.size, LIGHT.ink)]]
        paper.text(said, Box(SIDE, y, INNER, fit.height(LEADING)), lines, spacing=fit.size * LEADING)
        y += fit.height(LEADING) + 4
    words = f"{below}{paper.word('brackets', inside=part)}" if below and part else below or part
    if not words:
        return y + 4
    sub = fitted(words, INNER, SUB_SIZES, 2)
    small_text(paper, words, Box(SIDE, y, INNER, sub.height(LEADING)), sub)
    return y + sub.height(LEADING) + 10


def _title(title: str) -> Fit:
    """In one line where it takes only a little less size, else in two, a very long one in three."""
    fit = fitted(title, INNER - 14, TITLE_SIZES, 2, bold=True)
    if fit.words != title:
        fit = fitted(title, INNER - 14, TITLE_SIZES[-1:], 3, bold=True)
    if fit.lines == 2:
        single = fitted(title, INNER - 14, TITLE_SIZES[1:3], 1, bold=True)
        fit = single if single.words == title else fit
    return fit


def small_text(paper: Paper, name: str, box: Box, fit: Fit) -> None:
    paper.text(name, box, [[Run(fit.words, fit.size, LIGHT.muted)]], spacing=fit.size * LEADING)


def foot(paper: Paper, work: Work, number: int) -> float:
    """Notes for the reader, source line and page number.

    Returns:
        Where the chart must end.
    """
    wide, y = INNER - 60, HEIGHT - 22 - FOOT * LEADING
    if work.chart.source:
        fit = fitted(work.chart.source, wide, (FOOT, FOOT - 1, FOOT - 2), FOOT_LINES)
        y = HEIGHT - 22 - fit.height(LEADING)
        small_text(paper, work.chart.source, Box(SIDE, y, wide, fit.height(LEADING)), fit)
    numbered(paper, number)
    said = _notes(work)
    if said:
        fit = fitted(said, INNER, (NOTE,), NOTE_LINES)
        y -= fit.height(LEADING) + 4
        small_text(paper, said, Box(SIDE, y, INNER, fit.height(LEADING)), fit)
    return y - 10


def numbered(paper: Paper, number: int) -> None:
    """The slide's number at the lower right."""
    shape = paper.text(
        paper.word("page"), Box(WIDTH - SIDE - 50, HEIGHT - 22 - FOOT * LEADING, 50, FOOT * LEADING), [[]]
    )
    put_text(shape, page_number(FOOT, LIGHT.muted, paper.lang, number), "b")


def _notes(work: Work) -> str:
    """As many of the notes as fit; the last words say where the others are."""
    said = work.chart.notes
    for kept in range(len(said), 0, -1):
        left = len(said) - kept
        rest = [work.word("notes_more", n=left)] if left else []
        words = text("charts.note_line", work.lang, note=sentences([*said[:kept], *rest], work.lang))
        if len(wrap(words, INNER, NOTE)) <= NOTE_LINES or kept == 1:
            return words
    return ""
