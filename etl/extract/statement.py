"""One sentence with numbers: what stands around each number, cut into the parts that the reader asks about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from etl.extract.lexicon import Lexicon
from etl.extract.numeral import Numeral
from etl.extract.quantity import Peel, peel

Span = tuple[int, int]
_STRONG = frozenset(",;:。!?\n")
_LINK = re.compile(r"[、和及与或至]|以及|到")
_CLOSED = {"“": "”", "《": "》", "(": ")"}
_FAR = 70
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
    for index, numeral in enumerate(numerals):
        floor = numerals[index - 1].tail if index else start
        ceiling = numerals[index + 1].start if index + 1 < len(numerals) else end
        found.append(_item(text, (start, end), (floor, ceiling), numeral, found[-1] if found else None, lexicon))
    _borrow(found)
    return found


def _item(text: str, sentence: Span, room: Span, numeral: Numeral, last: Item | None, lexicon: Lexicon) -> Item:
    """One number as an item; `room` is bounded by the numbers before and after it."""
    (start, end), (floor, ceiling) = sentence, room
    left, bracket = _left(text, floor, numeral.start)
    right = _right(text, numeral.tail, ceiling, "、,;:。!?\n)")
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
        clause = (_clause_start(text, start, numeral.start), _right(text, numeral.tail, end, ",;:。!?\n)"))
        peeled = peel(phrase, lexicon)
    reach = (max(clause[0], floor), min(clause[1], ceiling))
    after = text[numeral.tail : right]
    return Item(numeral, phrase, left, after, clause, reach, bracket, linked, lead, peeled, numeral.unit, numeral.word)


def _left(text: str, floor: int, place: int) -> tuple[int, bool]:
    """Where the phrase before a number starts; brackets without a number in them belong to the phrase."""
    position = place
    limit = max(floor, place - _FAR)
    while position > limit:
        character = text[position - 1]
        if character in _STRONG:
            return position, False
        if character == ")":
            opening = text.rfind("(", limit, position)
            if opening < 0:
                return position, False
            position = opening
            continue
        if character == "(":
            return position, True
        position -= 1
    return max(position, floor), False


def _right(text: str, place: int, ceiling: int, marks: str) -> int:
    """The first of some marks outside quotations and closed brackets."""
    position = place
    while position < ceiling and (character := text[position]) not in marks:
        closing = text.find(_CLOSED[character], position, ceiling) if character in _CLOSED else -1
        if character == "(" and closing < 0:
            break  # the bracket holds the next number
        position = closing + 1 if closing >= 0 else position + 1
    return position


def _clause_start(text: str, start: int, place: int) -> int:
    position = place
    depth = 0
    while position > start:
        character = text[position - 1]
        if character == ")":
            depth += 1
        elif character == "(":
            if not depth:
                break
            depth -= 1
        elif character in _STRONG and not depth:
            break
        position -= 1
    return position


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
        if not following.linked:
            continue
        if (
            item.numeral.bare
            or (item.word == "个" and following.word == "个百分点")
            or (not item.unit and not item.numeral.bare and following.unit)
        ):
            item.unit, item.word = following.unit, following.word
