"""First pass: find every number of a text and say what it is made of, or why it is no quantity.

One set of characters is searched for; everything else looks at a few characters around a hit, so that the pass is
linear.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from etl.extract.arabic import Arabic
from etl.extract.hanzi import Hanzi
from etl.extract.numeral import Amounts, Numeral
from etl.extract.numerals import HAN
from indicators.units import Units

# Numbers in a circle or in brackets of one character number the items of a list, wherever they stand.
_MARKS = "①-⒇㈠-㈩❶-❿➀-➓"
_HIT = re.compile(f"[0-9{HAN}首榜魁翻倍{_MARKS}]")
_MARK = re.compile(f"[{_MARKS}]")
_PLAIN = re.compile(rf"\d[\d,]*(?:\.\d+)?%?|[{HAN}]+|[{_MARKS}]")
_HAN, _DIGITS = frozenset(HAN), frozenset("0123456789")
_QUOTES = (("“", "”"), ('"', '"'))
_QUOTATION, _TITLE, _LINE = 30, 80, 1000


class Scanner:
    """Finds numbers. Everything is compiled when it is made; `scan` holds no state."""

    def __init__(self, units: Units, words: Mapping[str, Any]) -> None:
        self._amounts = Amounts(units, words)
        self._arabic = Arabic(self._amounts, words)
        self._hanzi = Hanzi(self._amounts, words)

    def scan(self, text: str, no_prose: Sequence[tuple[int, int, str]] = ()) -> Iterator[Numeral]:
        """Every number of a folded text, in order, without overlap.

        Args:
            no_prose: (start, end, reason) of passages, in order: the cells of a table are marked one by one, a crowd of
                numbers as a whole.
        """
        position = 0
        for start, end, reason in no_prose:
            for numeral in self._prose(text, position, start):
                position = numeral.end
                yield numeral
            position = max(position, start)
            if reason == "crowd":
                if position < end:
                    yield Numeral(position, end, reason)
            else:
                yield from (Numeral(*match.span(), reason) for match in _PLAIN.finditer(text, position, end))
            position = max(position, end)
        yield from self._prose(text, position, len(text))

    def _prose(self, text: str, position: int, end: int) -> Iterator[Numeral]:
        search = _HIT.search
        while hit := search(text, position, end):
            start = hit.start()
            first = text[start]
            if first in _HAN:
                numeral: Numeral | None = self._hanzi.read(text, start)
            elif first in _DIGITS:
                numeral = self._arabic.read(text, start)
            elif _MARK.match(first):
                numeral = Numeral(start, start + 1, "list_mark")
            else:
                numeral = self._hanzi.word(text, start)
            if numeral is None:
                position = start + 1
                continue
            position = numeral.end
            if numeral.reason is None and (reason := self._enclosed(text, numeral)):
                numeral = Numeral(numeral.start, numeral.end, reason)
            if len(numeral.members) > 2:
                yield from _members(text, numeral)
            else:
                yield numeral

    def _enclosed(self, text: str, numeral: Numeral) -> str | None:
        """`title` inside 《》, `name` inside a short quotation that makes no statement of its own."""
        start = numeral.start
        opening = text.rfind("《", max(0, start - _TITLE), start)
        if opening >= 0 and text.find("》", opening, start) < 0 and text.find("》", start, start + _TITLE) >= 0:
            return "title"
        for left, right in _QUOTES:
            opening = text.rfind(left, max(0, start - _QUOTATION), start)
            if opening < 0 or (left != right and text.find(right, opening, start) >= 0):
                continue
            if left == right:
                line = text.rfind("\n", max(0, start - _LINE), start) + 1
                if text.count(left, line or max(0, start - _LINE), start) % 2 == 0:
                    continue
            closing = text.find(right, numeral.end, numeral.end + _QUOTATION)
            states = text.endswith(self._amounts.passing, opening, start)
            if closing >= 0 and not states and text.find("\n", opening, closing) < 0:
                return "name"
        return None


def _members(text: str, ratio: Numeral) -> Iterator[Numeral]:
    """The members of a ratio of three or more, each a number of its own; parts of 100 are percentages."""
    unit = "percent" if 99 <= sum(ratio.members) <= 101 else "other"
    position = ratio.start
    printed = text[ratio.start : ratio.end].split(":")
    for index, (member, part) in enumerate(zip(ratio.members, printed, strict=True)):
        stop = position + len(part)
        yield Numeral(position, stop, None, member, unit, f":{index}", "eq", ratio.end, ratio.members)
        position = stop + 1
