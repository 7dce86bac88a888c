"""One number of a text, and what the readers of Arabic and Chinese numerals share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from etl.extract.numerals import MAGNITUDES
from indicators.units import Units

# Thousands are set apart by commas, or by blanks where a unit or a magnitude follows (1 206家).
ARABIC = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d{1,3}(?: \d{3})+(?=(?:\.\d+)?[%\u4e00-\u9fff])|\d+)(?:\.\d+)?"
_EACH = re.compile(r"每(?:新)?(?:培育|引进|孵化|新增|认定|增加|吸纳|带动|招引)?(?:成功)?$")
PHRASE_END = frozenset(" \n,。;、:!?)”") | {""}


class Numeral(NamedTuple):
    """One number of the text, in offsets of the folded text.

    Attributes:
        start, end: The number with its unit; for a number that is no quantity, the number and what makes it none.
        reason: None for a quantity, else a code of model.REASONS.
        value: In the canonical unit. For a ratio of several members, the first.
        unit: Canonical unit; empty where none is printed (20万).
        word: The unit as printed, without magnitude.
        comparator: From what stands within the number or after it.
        tail: End of the words after the unit that belong to the number (以上, 左右).
        members: The members of a ratio (7:40:53).
        bare: No magnitude and no unit: a quantity only if its neighbours say so.
    """

    start: int
    end: int
    reason: str | None
    value: Decimal = Decimal(0)
    unit: str = ""
    word: str = ""
    comparator: str = "eq"
    tail: int = 0
    members: tuple[Decimal, ...] = ()
    bare: bool = False


def alternatives(words: Iterable[str]) -> str:
    """A regular expression for the longest of some words."""
    return "|".join(re.escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word)))


def is_chinese(character: str) -> bool:
    return bool(character) and "\u3400" <= character <= "\u9fff"


def decimal(printed: str) -> Decimal:
    """A printed number with its separators."""
    return Decimal(printed.replace(",", "").replace(" ", ""))


class Amounts:
    """Units, the words after them, and what makes an amount no quantity. Compiled once."""

    def __init__(self, units: Units, words: Mapping[str, Any]) -> None:
        self.units = {word: (unit.id, factor) for unit in units for word, factor in unit.words.items()}
        self.after = {word: side for side, group in words["after"].items() for word in group}
        self.tail = re.compile(alternatives(self.after))
        self.passing = tuple(words["passing"])
        # A paper may have its matter named before it (关于…的实施方案); 工作站 and 规划馆 are no papers.
        self._measures = re.compile(
            rf"(?:关于[^,。;\n]{{1,20}}的)?[^,。;、:()的\n]{{0,5}}?(?:{alternatives(words['measure_nouns'])})"
            r"(?![站室组队馆局厅委员])"
        )
        self._rated = re.compile(rf"[^,。;、:()的\n]{{0,10}}?(?:{alternatives(words['rated_nouns'])})")
        self._rating_units = tuple(words["rating_units"])
        self._class = re.compile(
            rf"(?:\((?:含|不含)\))?(?:的)?[^\d,。;、:()]{{0,8}}?(?:{alternatives(words['class_nouns'])})"
        )
        self._class_at_once = re.compile(
            rf"[^\d,。;、:()的占]{{0,4}}(?:{alternatives(words['class_nouns'])})(?![^\d,。;、:()]*[产营])"
        )

        # 80名学生以上的学校: the size that makes a class stands inside its description.
        self._sized = re.compile(r"[^\d,。;、:()的\n]{1,6}(?:以上|以下|以内)的")

    def canonical(self, number: Decimal, scale: str | None, word: str | None) -> tuple[Decimal, str]:
        """(value, unit) in the canonical unit; the unit is empty where none is printed."""
        value = number * MAGNITUDES[scale] if scale else number
        if word is None:
            return value, ""
        unit, factor = self.units[word]
        return value * factor, unit

    def quantity(
        self, text: str, span: tuple[int, int], amount: tuple[Decimal, str], word: str, comparator: str = "eq"
    ) -> Numeral:
        """The quantity with the words after it, unless these or its neighbours make it something else."""
        (start, end), (value, unit) = span, amount
        tail = end
        if match := self.tail.match(text, end):
            tail = match.end()
            comparator = self.after[match.group()]
        reason = self._not_a_quantity(text, span, tail, unit)
        return Numeral(start, tail if reason else end, reason, value, unit, word, comparator, tail)

    def names_class(self, text: str, end: int) -> bool:
        """True where a noun of a class follows at once."""
        return self._class_at_once.match(text, end) is not None

    def _bounds_a_class(self, text: str, start: int, end: int, unit: str) -> bool:
        """投资超10亿元的项目: a bound and the class that it makes."""
        passed = unit not in ("percent", "count", "person") and text.endswith(self.passing, 0, start)
        return passed and self._class.match(text, end) is not None

    def _not_a_quantity(self, text: str, span: tuple[int, int], tail: int, unit: str) -> str | None:
        start, end = span
        counted = unit in ("count", "person")
        following = text[end : end + 1]
        if following == "级":
            return "name"
        if counted and _EACH.search(text, max(0, start - 8), start):
            return "threshold"  # 每10家企业配备1名: what a rule counts by
        if tail > end and unit not in ("percent", "percentage_point") and (not counted or text.startswith("的", tail)):
            if self._class.match(text, tail):
                return "threshold"
        elif following == "的" and self._bounds_a_class(text, start, end, unit):
            return "threshold"
        if counted and tail == end and self._sized.match(text, end):
            return "threshold"
        if unit == "other" and text.endswith(self._rating_units, start, end) and self._rated.match(text, end):
            return "name"
        if unit == "count" and is_chinese(text[tail : tail + 1]) and self._measures.match(text, tail):
            return "measures"
        return None
