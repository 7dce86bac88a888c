"""A briefing: pinned charts in order, each with what it was made from, a title and a note. As text, and as a link.

A slide holds choices, not pictures: it is drawn anew from the edition that is current, in the reader's language.
"""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

FORMAT = 1
MOST_SLIDES = 40
MOST_TEXT = 600
MOST_BYTES = 200_000
"""A file or link beyond these limits is none of ours."""


@dataclass(frozen=True, slots=True)
class Slide:
    """One chart.

    Attributes:
        page, key: The page that it was pinned on, and the chart's key there.
        given: The page's choices, as in its address.
        title, note: The presenter's own words; an empty title is made from the chart.
    """

    page: str
    key: str
    given: Mapping[str, tuple[str, ...]]
    title: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Briefing:
    title: str = ""
    subtitle: str = ""
    slides: tuple[Slide, ...] = ()

    def added(self, slide: Slide) -> Briefing:
        return replace(self, slides=(*self.slides, slide))

    def changed(self, place: int, slide: Slide) -> Briefing:
        return replace(self, slides=(*self.slides[:place], slide, *self.slides[place + 1 :]))

    def without(self, place: int) -> Briefing:
        return replace(self, slides=(*self.slides[:place], *self.slides[place + 1 :]))

    def moved(self, place: int, by: int) -> Briefing:
        """The slide at a place moved up (-1) or down (1); at the end of the list nothing changes."""
        slides = list(self.slides)
        target = place + by
        if 0 <= target < len(slides):
            slides[place], slides[target] = slides[target], slides[place]
        return replace(self, slides=tuple(slides))


class BriefingError(Exception):
    """A file or link that is no briefing; `code` is the label `briefing.bad_<code>`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def to_json(briefing: Briefing) -> str:
    return json.dumps({"briefing": FORMAT, **asdict(briefing)}, ensure_ascii=False, indent=1)


def from_json(text: str | bytes) -> Briefing:
    """The briefing of a file.

    Raises:
        BriefingError: `json`, `format`, `newer`, `slides` (with too many) or `large`.
    """
    if len(text) > MOST_BYTES:
        raise BriefingError("large")
    try:
        told = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BriefingError("json") from error
    if not isinstance(told, dict) or not isinstance(told.get("briefing"), int):
        raise BriefingError("format")
    if told["briefing"] > FORMAT:
        raise BriefingError("newer")
    slides = told.get("slides")
    if not isinstance(slides, list):
        raise BriefingError("format")
    if len(slides) > MOST_SLIDES:
        raise BriefingError("slides")
    return Briefing(_words(told, "title"), _words(told, "subtitle"), tuple(map(_slide, slides)))


def to_link(briefing: Briefing) -> str:
    """The briefing as one value of an address: packed JSON in the URL-safe alphabet of Base64."""
    slides = [[s.page, s.key, {name: list(given) for name, given in s.given.items()}, s.title, s.note]
              for s in briefing.slides]  # fmt: skip
    plain = json.dumps([FORMAT, briefing.title, briefing.subtitle, slides], ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(zlib.compress(plain.encode(), 9)).decode().rstrip("=")


def from_link(value: str) -> Briefing:
    """The briefing of a link.

    Raises:
        BriefingError: As for files; `link` where it is damaged.
    """
    try:
        packed = base64.urlsafe_b64decode(value.encode("ascii") + b"=" * (-len(value) % 4))
        opened = zlib.decompressobj()
        plain = opened.decompress(packed, MOST_BYTES)
        if opened.unconsumed_tail:
            raise BriefingError("large")
        version, title, subtitle, slides = json.loads(plain)
        named = [dict(zip(("page", "key", "given", "title", "note"), slide, strict=True)) for slide in slides]
    except (ValueError, TypeError, binascii.Error, zlib.error, RecursionError) as error:
        raise BriefingError("link") from error
    return from_json(json.dumps({"briefing": version, "title": title, "subtitle": subtitle, "slides": named}))


def _slide(told: Any) -> Slide:
    if not isinstance(told, dict) or not isinstance(told.get("given"), dict):
        raise BriefingError("format")
    given = {}
    for name, values in told["given"].items():
        if not isinstance(values, Sequence) or isinstance(values, str) or not all(isinstance(v, str) for v in values):
            raise BriefingError("format")
        given[name] = tuple(values)
    page, key = _words(told, "page"), _words(told, "key")
    if not page.isidentifier():  # the name of a page's file
        raise BriefingError("format")
    return Slide(page, key, given, _words(told, "title"), _words(told, "note"))


def _words(told: Mapping[str, Any], name: str) -> str:
    words = told.get(name, "")
    if not isinstance(words, str):
        raise BriefingError("format")
    return words[:MOST_TEXT]
