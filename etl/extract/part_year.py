"""Whether a figure is of a part of its year: what a sentence says before the number, as the months from and to."""

from __future__ import annotations

import re

from etl.clean import fold
from etl.extract.lexicon import Lexicon
from etl.extract.numeral import alternatives
from etl.extract.numerals import parse_han

_NUMBER = r"(?:1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])"
_SENTENCE_END = re.compile(r"[。!?;\n]")
DECEMBER = 12
REACH = 200
"""Characters before a number that are looked at: a sentence of usual length."""


class PartsOfYear:
    """Reads parts of years. Compiled once; holds no state."""

    def __init__(self, lexicon: Lexicon) -> None:
        words = lexicon.periods["part_year"]
        self._months = {word: str(months) for months, group in words.items() for word in group}
        # The last of these before a number is what it is of: 上半年…, 全年…. 比去年 is what it is compared with.
        self._mention = re.compile(
            rf"前(?P<first>{_NUMBER})个?月"
            rf"|(?P<from>{_NUMBER})月?(?:份)?[-—至到](?P<to>{_NUMBER})月"
            rf"|截[至止到]+(?:今年|当年|目前|[12]\d{{3}}年)?(?P<until>{_NUMBER})月"
            rf"|(?P<only>{_NUMBER})月份"
            rf"|(?P<part>{alternatives(self._months)})"
            rf"|(?<![比较与同和])(?P<whole>{alternatives(lexicon.periods['whole_year'])}|(?:19|20)\d\d年(?!\d|[上下]半年|[一二三四前]))"
        )

    def of(self, body: str, start: int) -> str | None:
        """The months that the number at a place of the body is of (`1-6`); None where they are all or nothing is said.

        What an earlier sentence says is not carried over: a report goes on to other matters without a word.
        """
        before = fold(body[max(0, start - REACH) : start]).text
        ends = [match.end() for match in _SENTENCE_END.finditer(before)]
        found = None
        for match in self._mention.finditer(before, ends[-1] if ends else 0):
            found = match
        return None if found is None or found["whole"] else self._code(found)

    def _code(self, match: re.Match[str]) -> str | None:
        if match["part"]:
            return self._months[match["part"]]
        only = _month(match["only"] or match["from"])
        last = _month(match["first"] or match["to"] or match["until"] or match["only"])
        first = only or 1
        return f"{first}-{last}" if first <= last and (first, last) != (1, DECEMBER) else None


def _month(printed: str | None) -> int:
    """The number of a month; 0 for none."""
    if printed is None:
        return 0
    return int(printed) if printed.isdecimal() else int(parse_han(printed) or 0)
