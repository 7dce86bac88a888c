"""The shape of a report: headings and their levels, paragraphs, sentences."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from etl.extract.numerals import HAN

_NUMBER = "[一二三四五六七八九十]"
_HEADING = re.compile(
    rf"(?m)^(?P<hash>#{{1,6}}) *(?P<hashed>[^\n]{{1,80}})$"
    rf"|^(?P<first>(?:第{_NUMBER}{{1,3}}[章部篇编](?:分)?|{_NUMBER}{{1,3}}、)[^\n。;]{{1,50}})(?P<stop>[。;]|$)"
    rf"|^(?P<second>\({_NUMBER}{{1,3}}\)[^\n。;]{{1,50}})(?P<stop2>[。;]|$)"
    rf"|^(?P<third>\d{{1,2}}[.、](?!\d)[^\n。;,]{{1,50}})(?P<stop3>[。;,]|$)"
)
_LEVELS = {"hashed": 0, "first": 1, "second": 2, "third": 3}
_TABLE_LINE = re.compile(r"(?m)^\|[^\n]*\|$")
_RUN = re.compile(f"[0-9{HAN}]+|翻番|首位|榜首|倍增")
# The densest real reports have twenty characters to a number, the densest lists (甲县12个、乙县8个) six.
_CROWD, _CROWDED = 512, 110
_IN_NUMBER, _NUMBER_GOES_ON = re.compile(f"[0-9{HAN}.,:/-]"), re.compile(f"[0-9{HAN}.,:/%-]*")
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
    return [match.span() for match in _TABLE_LINE.finditer(text) if text.count("|", *match.span()) > 2]


def no_prose(text: str) -> list[tuple[int, int, str]]:
    """(start, end, reason) of the passages whose numbers are not read as prose, in order."""
    rows = table_lines(text)
    found = [(start, end, "cell") for start, end in rows]
    for start, end in crowds(text):
        if not any(start < last and first < end for first, last in rows[bisect_left(rows, (start, 0)) - 1 :][:3]):
            found.append((start, end, "crowd"))
    return sorted(found)


def crowds(text: str) -> list[tuple[int, int]]:
    """Bounds of passages in which numbers stand so close that they state nothing: a table that lost its lines, noise.

    Each is at most _CROWD characters long and begins and ends with a number.
    """
    found: list[tuple[int, int]] = []
    for start in range(0, len(text), _CROWD):
        if len(_RUN.findall(text, start, start + _CROWD)) >= _CROWDED:
            runs = [match.span() for match in _RUN.finditer(text, start, start + _CROWD)]
            first = runs[1][0] if _IN_NUMBER.match(text, max(0, runs[0][0] - 1)) else runs[0][0]
            rest = _NUMBER_GOES_ON.match(text, runs[-1][1])
            found.append((max(first, found[-1][1] if found else 0), rest.end() if rest else runs[-1][1]))
    return found


def stops(text: str) -> list[int]:
    """Offsets just after each end of a sentence."""
    return [match.end() for match in _STOPS.finditer(text)]
