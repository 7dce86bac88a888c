"""Charts as a written report, in Word and HTML: what pages know of them, put together when the file is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

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
            one.title,
            one.shown.say,
            one.note,
            one.shown.notes,
            tuple(work["title"] for work in exports.works(page, one.shown.frame)),
        )
        for one in told
    ]
    make, _, _ = FORMATS[kind]
    return make(Report(meta.title, sections, meta, subtitle, decks.today(page)))
