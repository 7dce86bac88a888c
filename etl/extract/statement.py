"""One sentence with numbers: what stands around each number, cut into the parts that the reader asks about."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from etl.extract.lexicon import Lexicon
from etl.extract.numeral import Numeral
from etl.extract.quantity import Peel, peel

Span = tuple[int, int]
_MARKS = re.compile(r"[,;:。!?\n()]")
_PHRASE_EDGE = re.compile(r"[、,;:。!?\n)“《(]")
_CLAUSE_EDGE = re.compile(r"[,;:。!?\n)“《(]")
_LINK = re.compile(r"[、和及与或至]|以及|到")
_CLOSED = {"“": "”", "《": "》", "(": ")"}
_FAR, _LONGEST_CLAUSE = 70, 400
_MOST = ("最高", "最多")


@dataclass(slots=True)
class Item:
    """A quantity in its sentence. Offsets are of the folded text.

    Attributes:
        before: What stands between the delimiter (or number) before it and the number; `before_start` its offset.
        after: What follows it, up to the next delimiter or number.
        clause: Bounds of its clause, from delimiter to delimiter; 、 is none.
        reach: Bounds of the part of the clause that is this number's own: from the number before it to the one
            after it.
        bracket: It stands in brackets after another number.
        linked: Nothing but 、 or 和 stands between the number before it and this one.
        lead: The delimiter before its phrase.
    """

    numeral: Numeral
    before: str
    before_start: int
    after: str
    clause: tuple[int, int]
    reach: tuple[int, int]
    bracket: bool
    linked: bool
    lead: str
    peeled: Peel
    unit: str
    word: str


def items(text: str, start: int, end: int, numerals: Sequence[Numeral], lexicon: Lexicon) -> list[Item]:
    """The quantities of a sentence as items, in order."""
    found: list[Item] = []
    marks = [match.start() for match in _MARKS.finditer(text, start, end)]
    for index, numeral in enumerate(numerals):
        floor = numerals[index - 1].tail if index else start
        ceiling = numerals[index + 1].start if index + 1 < len(numerals) else end
        last = found[-1] if found else None
        found.append(_item(text, marks, (start, end), (floor, ceiling), numeral, last, lexicon))
    _borrow(found)
    return found


def _item(
    text: str,
    marks: Sequence[int],
    sentence: Span,
    room: Span,
    numeral: Numeral,
    last: Item | None,
    lexicon: Lexicon,
) -> Item:
    """One number as an item; `room` is bounded by the numbers before and after it, `marks` are the sentence's."""
    (start, end), (floor, ceiling) = sentence, room
    start, end = max(start, numeral.start - _LONGEST_CLAUSE), min(end, numeral.tail + _LONGEST_CLAUSE)
    left, bracket = _left(text, marks, floor, numeral.start)
    right = _right(text, numeral.tail, ceiling, _PHRASE_EDGE)
    phrase, lead, linked = text[left : numeral.start], text[left - 1 : left] if left else "", False
    if last is not None and left == floor:
        link = _LINK.match(phrase)
        cut = link.end() if link else phrase.find("、") + 1  # what stands before 、 belongs to the number before
        if cut:
            lead, left, phrase = phrase[:cut] if link else "、", left + cut, phrase[cut:]
        linked = link is not None and not phrase
    if last is not None and numeral.word.startswith(":") and numeral.word not in (":", ":0"):
        clause, peeled = last.clause, last.peeled  # a later member of a ratio
    else:
        clause = (_clause_start(text, marks, start, numeral.start), _right(text, numeral.tail, end, _CLAUSE_EDGE))
        peeled = peel(phrase, lexicon)
    reach = (max(clause[0], floor), min(clause[1], ceiling))
    after = text[numeral.tail : right]
    return Item(numeral, phrase, left, after, clause, reach, bracket, linked, lead, peeled, numeral.unit, numeral.word)


def _left(text: str, marks: Sequence[int], floor: int, place: int) -> tuple[int, bool]:
    """Where the phrase before a number starts; brackets without a number in them belong to the phrase."""
    limit = max(floor, place - _FAR)
    position = place
    for index in range(bisect_left(marks, place) - 1, -1, -1):
        mark = marks[index]
        if mark < limit:
            break
        if mark >= position:
            continue  # inside a bracket that was passed over
        character = text[mark]
        if character != ")":
            return mark + 1, character == "("
        position = text.rfind("(", limit, mark + 1)
        if position < 0:
            return mark + 1, False
    return limit, False


def _right(text: str, place: int, ceiling: int, edge: re.Pattern[str]) -> int:
    """The first of some marks outside quotations and closed brackets."""
    position = place
    while match := edge.search(text, position, ceiling):
        position = match.start()
        closed_by = _CLOSED.get(match.group())
        if closed_by is None:
            return position
        closing = text.find(closed_by, position, ceiling)
        if closing >= 0:
            position = closing + 1
        elif closed_by == ")":
            return position  # the bracket holds the next number
        else:
            position += 1
    return max(place, ceiling)


def _clause_start(text: str, marks: Sequence[int], start: int, place: int) -> int:
    depth = 0
    for index in range(bisect_left(marks, place) - 1, -1, -1):
        mark = marks[index]
        if mark < start:
            break
        character = text[mark]
        if character == ")":
            depth += 1
        elif not depth:
            return mark + 1
        elif character == "(":
            depth -= 1
    return start


def _borrow(found: list[Item]) -> None:
    """Linked numbers share what is printed once.

    The last one's unit (1.5、2.2个百分点; 3个、5个百分点), the first one's 年均 (年均分别增长6.2%、7.8%).
    """
    for item, following in pairwise(found):
        if following.linked and (yearly := item.peeled.roles.get("yearly")):
            following.peeled.roles.setdefault("yearly", yearly)
        if following.linked and (most := item.peeled.roles.get("le")) and most.startswith(_MOST):
            following.peeled.roles.setdefault("le", most)  # 最高10万元、50万元
    for item, following in zip(reversed(found[:-1]), reversed(found[1:]), strict=True):
        if item.word == "个" and "from" in item.peeled.roles and following.word.startswith("个"):
            item.unit, item.word = following.unit, following.word  # 由60个压缩到45个工作日
        if not following.linked:
            continue
        if (
            item.numeral.bare
            or (item.word == "个" and following.word == "个百分点")
            or (not item.unit and not item.numeral.bare and following.unit)
        ):
            item.unit, item.word = following.unit, following.word
