"""The shape of a report: headings and their levels, paragraphs, sentences."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NUMBER = "[一二三四五六七八九十]"
_HEADING = re.compile(
    rf"(?m)^(?P<hash>#{{1,6}}) *(?P<hashed>[^\n]{{1,80}})$"
    rf"|^(?P<first>(?:第{_NUMBER}{{1,3}}[章部篇编](?:分)?|{_NUMBER}{{1,3}}、)[^\n。;]{{1,50}})(?P<stop>[。;]|$)"
    rf"|^(?P<second>\({_NUMBER}{{1,3}}\)[^\n。;]{{1,50}})(?P<stop2>[。;]|$)"
    rf"|^(?P<third>\d{{1,2}}[.、](?!\d)[^\n。;,]{{1,50}})(?P<stop3>[。;,]|$)"
)
_LEVELS = {"hashed": 0, "first": 1, "second": 2, "third": 3}
_TABLE_LINE = re.compile(r"(?m)^\|[^\n]*\|[^\n]*\|$")
_STOPS = re.compile(r"[。!?\n]")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading with its level (0: markdown #; 1: 一、; 2: (一); 3: 1.), in offsets of the folded text.

    `parent` is the index of the heading that it stands under, -1 where it stands under none.
    """

    start: int
    end: int
    level: int
    title: str
    parent: int


def headings(text: str) -> tuple[Heading, ...]:
    """All headings of a folded text, in order.

    A numbered line is a heading as far as its first stop: 1.强化统筹。建立机制 is a heading and the text under it.
    """
    found: list[Heading] = []
    above: list[int] = []
    for match in _HEADING.finditer(text):
        kind = next(name for name in _LEVELS if match[name] is not None)
        level = min(len(match["hash"]) - 1, 3) if kind == "hashed" else _LEVELS[kind]
        while above and found[above[-1]].level >= level:
            above.pop()
        parent = above[-1] if above else -1
        above.append(len(found))
        found.append(Heading(match.start(), match.end(kind), level, match[kind].strip(), parent))
    return tuple(found)


def table_lines(text: str) -> list[tuple[int, int]]:
    """Bounds of the lines that are rows of a table: `| cell | cell |`."""
    return [match.span() for match in _TABLE_LINE.finditer(text)]


def stops(text: str) -> list[int]:
    """Offsets just after each end of a sentence."""
    return [match.end() for match in _STOPS.finditer(text)]
