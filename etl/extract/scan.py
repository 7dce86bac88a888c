"""First pass: find every number of a text and say what it is made of, or why it is no quantity.

One compiled expression walks over the text; everything else looks at a few characters around a hit, so that the pass is linear.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from etl.extract.numerals import HAN, MAGNITUDES, parse_han
from indicators.units import Units

ARABIC = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"
_HIT = re.compile(rf"{ARABIC}|[{HAN}]+|首位|榜首|魁首|翻番|倍增|半数")
_HAN = frozenset(HAN)
_LATIN = re.compile(r"[A-Za-z]")
_DATE = re.compile(
    r"(?:19|20)\d\d(?:年?[-至到](?:19|20)\d\d)?年(?:度|末|底|初)?(?:\d{1,2}(?:-\d{1,2})?月(?:份)?(?:\d{1,2}日)?)?"
    r"|(?:19|20)\d\d([-./])\d{1,2}\1\d{1,2}(?!\d)(?: ?\d{1,2}:\d\d(?::\d\d)?)?"
    r"|(?:19|20)\d\d-(?:19|20)\d\d(?!\d)"
    r"|\d{1,2}(?:[-、至到]\d{1,2})?月(?:份)?(?:\d{1,2}日)?(?!均)"
)
_HAN_DATE = re.compile(r"[一二][〇零一二三四五六七八九]{3}年|(?:十[一二]?|[一二三四五六七八九])月(?:[一二三]?十?[一二三四五六七八九]?[日号])?(?:份)?")
_TIME = re.compile(r"(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?![\d:.])")
_RATIO = re.compile(r"\d+(?:\.\d+)?(?::\d+(?:\.\d+)?)+(?![\d年-])")
_SHARED = re.compile(r"(?:[、和与及至到]|以及)\d")
_FRACTION = re.compile(r"(\d+)/(\d+)(?![\d/])")
_FORMULA = re.compile(r"\d+(?:[+×*]\d+)+")
_CONTACT = re.compile(r"\d{3,4}-\d{7,8}|\d{9,}|1\d{10}")
_LIST = re.compile(r"\d{1,2}(?:[.、](?!\d)|\))")
_HAN_LIST = re.compile(rf"[{HAN}]{{1,3}}(?:、|\)|\.|是(?!否)|[来则]是)")
_PERCENT_HAN = re.compile(rf"百分之(?:({ARABIC})|([{HAN}]+))")
_PARTS_HAN = re.compile(r"([二三四五六七八九十]+)分之([一二三四五六七八九])")
_TENTHS = re.compile(r"([一二三四五六七八九两])成(?=[以左多的、,;。)]|$)")
_DOUBLING = re.compile(r"翻(?:了)?([一两二三四])番")
_BEFORE_LIST = frozenset("\n。;!?:,(>#*- ")


@dataclass(frozen=True, slots=True)
class Numeral:
    """One number of the text, in offsets of the folded text.

    Attributes:
        start, end: The number with its unit; for a number that is no quantity, the number and what makes it none.
        reason: None for a quantity, else a code of model.REASONS.
        value: In the canonical unit. For a ratio of several members, the first.
        unit: Canonical unit; empty where none is printed (60万).
        word: The unit as printed, without magnitude.
        comparator: From what stands within the number or after it.
        tail: End of the words after the unit that belong to the number (以上, 左右).
        members: The members of a ratio (8.3:41.4:50.3).
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


class Scanner:
    """Finds numbers. Everything is compiled when it is made; `scan` holds no state."""

    def __init__(self, units: Units, words: Mapping[str, Any]) -> None:
        self._units = {word: (unit.id, factor) for unit in units for word, factor in unit.words.items()}
        magnitudes = alternatives(MAGNITUDES)
        fuzzy = "".join(words["fuzzy"])
        unit_words = alternatives(self._units)
        self._after = {word: side for side, group in words["after"].items() for word in group}
        self._amount = re.compile(
            rf"(?P<low>{ARABIC})(?P<lowunit>%|{unit_words})?"
            rf"(?:[-至到](?P<high>{ARABIC}))?"
            rf"(?P<fuzzy>[{fuzzy}]?)(?P<scale>(?:{magnitudes})(?!分之))?(?P<fuzzy2>[{fuzzy}]?)(?P<unit>{unit_words})?"
        )
        self._unit = re.compile(rf"(?P<scale>{magnitudes})?(?P<fuzzy>[{fuzzy}]?)(?P<unit>{unit_words})")
        self._tail = re.compile(alternatives(self._after))
        self._duration = re.compile(rf"({ARABIC})[{fuzzy}]?(?:{alternatives(words['durations'])})")
        self._han_amount = re.compile(
            rf"(?P<number>[{HAN}]+)(?P<fuzzy>[{fuzzy}]?)(?P<unit>{alternatives(words['han_classifiers'])})"
        )
        self._abstract = re.compile(alternatives(words["abstract_nouns"] + words["measure_nouns"]))
        # A paper may have its matter named before it (关于…的实施方案); 工作站 and 规划馆 are no papers.
        self._measures = re.compile(
            rf"(?:关于[^,。;\n]{{1,20}}的)?[^,。;、:()的\n]{{0,5}}?(?:{alternatives(words['measure_nouns'])})(?![站室组队馆局厅委员])"
        )
        self._rated = re.compile(rf"[^,。;、:()的\n]{{0,10}}?(?:{alternatives(words['rated_nouns'])})")
        self._rating_units = tuple(words["rating_units"])
        self._passing = tuple(words["passing"])
        self._identifiers = tuple(words["identifiers"])
        self._name_tail = re.compile(alternatives(words["name_tails"]))
        self._class = re.compile(rf"(?:的)?[^\d,。;、:()]{{0,8}}?(?:{alternatives(words['class_nouns'])})")

    def scan(self, text: str) -> Iterator[Numeral]:
        """Every number of a folded text, in order, without overlap."""
        position = 0
        search = _HIT.search
        while hit := search(text, position):
            start = hit.start()
            first = text[start]
            if first in _HAN:
                numeral = self._han(text, start, hit.end())
            elif first in _ASCII_DIGITS:
                numeral = self._digits(text, start, hit.end())
            else:
                numeral = self._word(text, start, hit.end())
            if numeral.reason is None and (reason := self._enclosed(text, numeral)):
                numeral = Numeral(numeral.start, numeral.end, reason)
            if numeral.reason is not None and numeral.end < hit.end():
                numeral = Numeral(numeral.start, hit.end(), numeral.reason)
            if len(numeral.members) > 2:
                yield from _members(text, numeral)
            else:
                yield numeral
            position = numeral.end

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
            if left == right and text.count(left, text.rfind("\n", 0, start) + 1, start) % 2 == 0:
                continue
            closing = text.find(right, numeral.end, numeral.end + _QUOTATION)
            if closing >= 0 and "\n" not in text[opening:closing] and not text.endswith(self._passing, opening, start):
                return "name"
        return None

    # -- Arabic digits ------------------------------------------------------------------------------------------------

    def _digits(self, text: str, start: int, end: int) -> Numeral:
        before = text[start - 1] if start else "\n"
        after = text[end : end + 1]
        if before in _BEFORE_LIST and (match := _LIST.match(text, start)) and self._opens_item(text, start):
            return Numeral(start, match.end() - 1, "list_mark")
        if match := _CONTACT.match(text, start):
            return Numeral(start, match.end(), "contact")
        if before == "第":
            return self._ordinal(text, start, end, Decimal(text[start:end].replace(",", "")))
        if match := _DATE.match(text, start):
            return Numeral(start, match.end(), "date")
        if before.isascii() and before.isalpha():
            return Numeral(start, end, "name")
        if after == "号" or (before == "]" and text.startswith("号", end)):
            return Numeral(start, end, "document_number")
        if before == "[" and after == "]":
            return Numeral(start, end, "document_number")
        if match := _FORMULA.match(text, start):
            return Numeral(start, match.end(), "name")
        if before in "+×" or (after in "+×" and not text[end + 1 : end + 2].isdigit()):
            return Numeral(start, end, "name")
        if before in " \n日间" and (match := _TIME.match(text, start)):
            return Numeral(start, match.end(), "date")
        if before in "图表" and after in ":.、-":
            return Numeral(start, end, "list_mark")
        if match := _RATIO.match(text, start):
            members = tuple(Decimal(part) for part in match.group().split(":"))
            return Numeral(start, match.end(), None, _quotient(members), "other", ":", tail=match.end(), members=members)
        if match := _FRACTION.match(text, start):
            return self._fraction(text, match)
        if match := self._duration.match(text, start):
            return Numeral(start, match.end(), "duration")
        return self._quantity(text, start, end)

    def _opens_item(self, text: str, start: int) -> bool:
        """True where a numbered item may begin: at the start of a line, after a stop or a colon."""
        return start == 0 or text[start - 1] in "\n。;!?:" or (text[start - 1] in "(#*- " and "\n" in text[max(0, start - 4) : start])

    def _fraction(self, text: str, match: re.Match[str]) -> Numeral:
        numerator, denominator = Decimal(match.group(1)), Decimal(match.group(2))
        if denominator == 0 or numerator >= denominator:
            return Numeral(match.start(), match.end(), "name")
        return self._with_tail(text, match.start(), match.end(), numerator / denominator * 100, "percent", "/")

    def _quantity(self, text: str, start: int, end: int) -> Numeral:
        match = self._amount.match(text, start)
        assert match is not None  # a run of digits stands here
        low, high, word = match["low"], match["high"], match["unit"]
        if high is not None and match["lowunit"] not in (None, word):
            # Two quantities joined by a dash: the first is read alone.
            high, word = None, match["lowunit"]
            return self._with_tail(text, start, match.end("lowunit"), *self._canonical(Decimal(low.replace(",", "")), None, word), word)
        if high is None and match["lowunit"] is not None:
            word, stop = match["lowunit"], match.end("lowunit")
            return self._with_tail(text, start, stop, *self._canonical(Decimal(low.replace(",", "")), None, word), word)
        scale = match["scale"]
        number = Decimal(low.replace(",", ""))
        if high is not None:
            number = (number + Decimal(high.replace(",", ""))) / 2
        if word is None and scale is None:
            return self._naked(text, start, match.end("low"), number)
        stop = match.end("unit") if word is not None else match.end("scale")
        following = text[stop : stop + 1]
        if word is not None and following and word[-1].isascii() and word[-1].isalpha() and following.isascii() and following.isalpha():
            return Numeral(start, match.end("low"), "name")
        if word in ("位", "名") and scale is None and start and text[start - 1] == "前":
            return Numeral(start, stop, None, number, "rank", word, "le", stop)
        value, unit = self._canonical(number, scale, word)
        comparator = "approx" if high is not None else "ge" if match["fuzzy"] or match["fuzzy2"] else "eq"
        return self._with_tail(text, start, stop, value, unit, word or "", comparator)

    def _naked(self, text: str, start: int, end: int, number: Decimal) -> Numeral:
        """A number with neither magnitude nor unit: part of a name, or a quantity that borrows its unit."""
        following = text[end : end + 1]
        if text.endswith(self._identifiers, 0, start - 1 if text[start - 1 : start] in ":-号" else start):
            return Numeral(start, end, "contact")
        if match := self._tail.match(text, end):
            return Numeral(start, end, None, number, "", "", self._after[match.group()], match.end(), bare=True)
        if start and text[start - 1] == "前" and not _is_han(following):
            return Numeral(start, end, None, number, "rank", "", "le", end)
        if _SHARED.match(text, end):
            return Numeral(start, end, None, number, "", "", "eq", end, bare=True)
        if following == "年" or _LATIN.match(following) or self._name_tail.match(text, end) or _is_han(following):
            return Numeral(start, end, "name")
        return Numeral(start, end, None, number, "", "", "eq", end, bare=True)

    def _canonical(self, number: Decimal, scale: str | None, word: str | None) -> tuple[Decimal, str]:
        value = number * MAGNITUDES[scale] if scale else number
        if word is None:
            return value, ""
        unit, factor = self._units[word]
        return value * factor, unit

    def _with_tail(
        self, text: str, start: int, end: int, value: Decimal, unit: str, word: str, comparator: str = "eq"
    ) -> Numeral:
        """The quantity with the words after it, unless these or its neighbours make it something else."""
        tail = end
        if match := self._tail.match(text, end):
            tail = match.end()
            comparator = self._after[match.group()]
        reason = self._not_a_quantity(text, start, end, tail, unit)
        return Numeral(start, tail if reason else end, reason, value, unit, word, comparator, tail)

    def _not_a_quantity(self, text: str, start: int, end: int, tail: int, unit: str) -> str | None:
        if tail > end and unit not in ("percent", "percentage_point") and self._class.match(text, tail):
            return "threshold"
        if tail == end and text.startswith("的", end) and unit not in ("percent", "count", "person"):
            if text.endswith(self._passing, 0, start) and self._class.match(text, end):
                return "threshold"
        if text.startswith("级", end) or (unit == "other" and self._rated.match(text, end) and text.endswith(self._rating_units, start, end)):
            return "name"
        if unit == "count" and self._measures.match(text, tail):
            return "measures"
        return None

    # -- Chinese numerals ---------------------------------------------------------------------------------------------

    def _han(self, text: str, start: int, end: int) -> Numeral:
        before = text[start - 1] if start else "\n"
        if before in _BEFORE_LIST and (match := _HAN_LIST.match(text, start)) and _opens(text, start):
            return Numeral(start, end, "list_mark")
        if before == "第":
            return self._ordinal(text, start, end, parse_han(text[start:end]))
        after = text[end : end + 1]
        if before == "前" and (after in _PHRASE_END or text.startswith(("位", "名"), end)) and (number := parse_han(text[start:end])):
            stop = end + 1 if after in ("位", "名") else end
            return Numeral(start, stop, None, number, "rank", "", "le", stop)
        if after == "分" and (match := _PERCENT_HAN.match(text, start)):
            number = Decimal(match[1].replace(",", "")) if match[1] else parse_han(match[2])
            if number is not None:
                return self._with_tail(text, start, match.end(), number, "percent", "%")
        if after == "分" and (match := _PARTS_HAN.match(text, start)):
            whole, part = parse_han(match[1]), parse_han(match[2])
            if whole and part:
                return self._with_tail(text, start, match.end(), part / whole * 100, "percent", "/")
        if after == "成" and end - start == 1 and (match := _TENTHS.match(text, start)):
            number = parse_han(match[1])
            if number:
                return self._with_tail(text, start, match.end(), number * 10, "percent", "成")
        if after == "番" and text.endswith(("翻", "翻了"), 0, start):
            return self._doubling(text, start)
        if after in "年月" and (match := _HAN_DATE.match(text, start)):
            return Numeral(start, match.end(), "date")
        return self._han_amount_or_word(text, start, end)

    def _doubling(self, text: str, start: int) -> Numeral:
        match = _DOUBLING.search(text, max(0, start - 2), start + 3)
        times = parse_han(match[1]) if match else None
        if match is None or times is None:
            return Numeral(start, start + 1, "word")
        return Numeral(match.start(), match.end(), None, (2**times - 1) * 100, "percent", "番", "eq", match.end())

    def _han_amount_or_word(self, text: str, start: int, end: int) -> Numeral:
        match = self._han_amount.match(text, start)
        if match is None:
            return Numeral(start, end, "duration" if text.startswith(("年", "个月"), end) and text[start] != "万" else "word")
        run, word = match["number"], match["unit"]
        if word in ("元", "万元", "亿元", "万亿元") and run in MAGNITUDES:
            return self._bare_magnitude(text, start, match)
        number = parse_han(run)
        if number is None or (number < 2 and word not in ("倍", "个百分点")) or run in MAGNITUDES:
            return Numeral(start, end, "word")
        if word not in ("倍", "个百分点", "元", "万元", "亿元") and self._abstract.match(text, match.end()):
            return Numeral(start, match.end(), "word")
        value, unit = self._canonical(number, None, word)
        return self._with_tail(text, start, match.end(), value, unit, word, "ge" if match["fuzzy"] else "eq")

    def _bare_magnitude(self, text: str, start: int, match: re.Match[str]) -> Numeral:
        """万亿元, 千亿元: a quantity after 突破 and the like, else the name of a class."""
        stop = match.end()
        if not text.endswith(self._passing, 0, start) or text.startswith(("级", "以上", "的"), stop):
            return Numeral(start, stop, "threshold" if text.startswith("以", stop) else "name")
        value, unit = self._canonical(MAGNITUDES[match["number"]], None, match["unit"])
        return self._with_tail(text, start, stop, value, unit, match["unit"])

    def _ordinal(self, text: str, start: int, end: int, number: Decimal | None) -> Numeral:
        """第N: a rank where 位 or 名 follows, or where 第一 ends its phrase; else an ordinal."""
        if number is not None:
            if text.startswith(("位", "名"), end):
                return Numeral(start - 1, end + 1, None, number, "rank", "位", "eq", end + 1)
            if text[end : end + 1] in _PHRASE_END and text[max(0, start - 2) : start - 1] in _RANKED_IN:
                return Numeral(start - 1, end, None, number, "rank", "", "eq", end)
        return Numeral(start, end, "ordinal")

    def _word(self, text: str, start: int, end: int) -> Numeral:
        word = text[start:end]
        if word in ("翻番", "倍增"):
            if word == "倍增" and text[end : end + 1] not in _PHRASE_END:
                return Numeral(start, end, "word")
            return Numeral(start, end, None, Decimal(100), "percent", "番", "eq", end)
        if word == "半数":
            return Numeral(start, end, "word")
        if text.startswith("度", end):
            return Numeral(start, end, "word")
        return Numeral(start, end, None, Decimal(1), "rank", "", "eq", end)


_ASCII_DIGITS = frozenset("0123456789")
_QUOTES = (("“", "”"), ('"', '"'))
_QUOTATION, _TITLE = 30, 80
_RANKED_IN = frozenset("国省市球区界列居排名位部州县量洲内均")  # 全国第一, 产量第一, 位列第三
_PHRASE_END = frozenset(" \n,。;、:!?)”") | {""}


def _opens(text: str, start: int) -> bool:
    return start == 0 or text[start - 1] in "\n。;!?:," or (text[start - 1] in "(#*- >" and (start < 2 or text[start - 2] in "\n #*(->。"))


def _is_han(character: str) -> bool:
    return bool(character) and "\u3400" <= character <= "\u9fff"


def _members(text: str, ratio: Numeral) -> Iterator[Numeral]:
    """The members of a ratio of three or more, each a number of its own; parts of 100 are percentages."""
    whole = sum(ratio.members)
    unit = "percent" if abs(whole - 100) <= 1 else "other"
    position = ratio.start
    for index, (member, printed) in enumerate(zip(ratio.members, text[ratio.start : ratio.end].split(":"), strict=True)):
        yield Numeral(position, position + len(printed), None, member, unit, f":{index}", tail=ratio.end, members=ratio.members)
        position += len(printed) + 1


def _quotient(members: tuple[Decimal, ...]) -> Decimal:
    return members[0] / members[1] if members[1] else Decimal(0)
