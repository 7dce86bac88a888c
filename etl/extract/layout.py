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
_RUN = re.compile(f"[0-9{HAN}](?:[0-9{HAN}.,:/-]*[0-9{HAN}])?|翻番|首位|榜首|倍增")
_GROUP = re.compile(f"[0-9{HAN}]+|翻番|首位|榜首|倍增")
# Real and invented reports have at most 52 numbers in as many characters; a list of 甲县12个、乙县8个 would need eighty
# items. Groups of digits joined by marks (1:1:1:1) are one number, but not without end.
_CROWD, _CROWDED, _GROUPS = 512, 80, 170
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
    reached = 0
    for start in range(0, len(text), _CROWD):
        groups = _GROUP.findall(text, start, start + _CROWD)
        if len(groups) < _CROWDED:
            continue
        runs = [match.span() for match in _RUN.finditer(text, start, start + _CROWD)]
        if len(runs) < _CROWDED and len(groups) < _GROUPS:
            continue
        begin, end = max(runs[0][0], reached), runs[-1][1]
        if begin and begin > reached and _IN_NUMBER.match(text, begin - 1):  # it began before this passage
            begin = runs[1][0] if len(runs) > 1 else end
        rest = _NUMBER_GOES_ON.match(text, end, end + _CROWD)
        reached = rest.end() if rest else end
        if begin < reached:
            found.append((begin, reached))
    return found


def stops(text: str) -> list[int]:
    """Offsets just after each end of a sentence."""
    return [match.end() for match in _STOPS.finditer(text)]
