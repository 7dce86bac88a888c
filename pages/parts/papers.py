"""Charts as a written report, in Word and HTML: what pages know of them, put together when the file is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pandas as pd

from charts.export import Meta
from charts.report import Report, Section, to_docx, to_html
from pages.parts import decks, exports
from pages.parts.decks import Told
from pages.parts.page import Page

FORMATS: Mapping[str, tuple[Callable[[Report], bytes], str, str]] = {
    "docx": (to_docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
    "html": (to_html, "text/html", "html"),
}
"""Format -> what makes the file, its media type, the ending of its name."""


def paper(page: Page, kind: str, told: Sequence[Told], title: str, subtitle: str = "") -> bytes:
    """The charts written up; without a title the report is called what the briefing is called."""
    meta = decks.briefing_meta(page, told, title)
    sections = [
        Section(
            one.shown.chart,
            one.shown.frame,
            title=one.title,
            say=one.shown.say,
            note=one.note,
            notes=one.shown.notes,
            sources=cited(page, one.shown.frame),
        )
        for one in told
    ]
    return written(page, kind, sections, meta, subtitle)


def written(page: Page, kind: str, sections: Sequence[Section], meta: Meta, subtitle: str = "") -> bytes:
    """Sections as a file of this kind, with today's date."""
    make, _, _ = FORMATS[kind]
    return make(Report(meta.title, sections, meta, subtitle, decks.today(page)))


def cited(page: Page, frame: pd.DataFrame) -> tuple[str, ...]:
    """The sources of rows by their titles, as reports number them."""
    return tuple(work["title"] for work in exports.works(page, frame))
