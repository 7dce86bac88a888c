"""Numbers in digits: dates, lists, names, ratios, amounts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from etl.extract.numeral import ARABIC, PHRASE_END, Amounts, Numeral, alternatives, decimal, is_chinese
from etl.extract.numerals import MAGNITUDES

_NUMBER = re.compile(ARABIC)
_DATE = re.compile(
    r"(?:19|20)\d\d(?:年?[-至到](?:19|20)\d\d)?年(?:度|末|底|初)?(?:\d{1,2}(?:-\d{1,2})?月(?:份)?(?:\d{1,2}日)?)?"
    r"|(?:19|20)\d\d([-./])\d{1,2}\1\d{1,2}(?!\d)(?: ?\d{1,2}:\d\d(?::\d\d)?)?"
    r"|(?:19|20)\d\d-(?:19|20)\d\d(?!\d)"
    r"|\d{1,2}(?:[-、至到]\d{1,2})?月(?:份)?(?:\d{1,2}日)?(?!均)"
    r"|(?:19|20)\d\d(?=(?:[、和及与](?:19|20)\d\d)+年)"
    r"|(?:[01]?\d|2[0-3])[时点](?:[0-5]?\d分|(?=[,。;、前后起至]))"
)
_TIME = re.compile(r"(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?![\d:.])")
# What stands before a time of day: 上午9:30, 每日9:00-17:00.
_BEFORE_TIME = re.compile(r"(?:[ \n,。;(日午晚晨间时]|\d:\d\d[-至到])$")
_RATIO = re.compile(r"\d+(?:\.\d+)?(?::\d+(?:\.\d+)?){1,5}(?![\d年:-])")
_FRACTION = re.compile(r"(\d+)/(\d+)(?![\d/])")
_FORMULA = re.compile(r"\d+(?:[+×*]\d+)+")
_CONTACT = re.compile(r"\d{3,4}-\d{7,8}|\d{9,}")
_LIST = re.compile(r"\d{1,2}(?:[.、](?!\d)|\))")
_SHARED = re.compile(r"(?:[、和与及至到]|以及)\d")
# Numbers that share the unit of the last of them: 1.5、2.2、3个百分点.
_SHARING = re.compile(r"(?:(?:[、和与及至到]|以及)\d+(?:\.\d+)?){1,12}[%\u4e00-\u9fff]")
_SET_APART = frozenset(" \n,;|/\\")
_ABBREVIATION = re.compile(r"(?<![A-Za-z0-9])[A-Z&]{2,5}$")
_WORTH = frozenset(("percent", "percentage_point", "yuan"))
_NEGATIVE = re.compile(r"(?:^|[^\d%])-$")
_LATIN = re.compile(r"[A-Za-z]")
_BEFORE_LIST = frozenset("\n。;!?:,(>#*- ")


class Arabic:
    """Reads a number that is printed in digits. Compiled once."""

    def __init__(self, amounts: Amounts, words: Mapping[str, Any]) -> None:
        self._amounts = amounts
        fuzzy, units = "".join(words["fuzzy"]), alternatives(amounts.units)
        self._amount = re.compile(
            rf"(?P<low>{ARABIC})(?P<lowunit>%|{units})?(?:[-至到](?P<high>{ARABIC}))?"
            rf"(?P<fuzzy>[{fuzzy}]?)(?P<scale>(?:{alternatives(MAGNITUDES)})(?!分之))?(?P<fuzzy2>[{fuzzy}]?)(?P<unit>{units})?"
        )
        self._duration = re.compile(rf"{ARABIC}[{fuzzy}]?(?:{alternatives(words['durations'])})")
        self._around_the_clock = re.compile(rf"{ARABIC}小时(?={alternatives(words['round_the_clock'])})")
        self._term_before = tuple(words["term_before"])
        self._term = re.compile(rf"{ARABIC}(?:{alternatives(words['term_units'])})")
        self._identifiers = tuple(words["identifiers"])
        self._name_tail = re.compile(alternatives(words["name_tails"]))

    def read(self, text: str, start: int) -> Numeral:
        """The number whose first digit stands at `start`."""
        match = _NUMBER.match(text, start)
        assert match is not None  # a digit stands here
        end = match.end()
        before = text[start - 1] if start else "\n"
        return (
            self._marked(text, start, end, before)
            or self._dated(text, start, before)
            or self._named(text, start, end, before)
            or self._ratio(text, start)
            or self._quantity(text, start)
        )

    def _marked(self, text: str, start: int, end: int, before: str) -> Numeral | None:
        """Numbering of items, telephone numbers, ordinals."""
        if before in _BEFORE_LIST and (match := _LIST.match(text, start)) and _opens_item(text, start):
            return Numeral(start, match.end() - 1, "list_mark")
        if end - start >= 3 and (match := _CONTACT.match(text, start)):
            return Numeral(start, match.end(), "contact")
        if before == "第":
            return ordinal(text, start, end, decimal(text[start:end]))
        return None

    def _dated(self, text: str, start: int, before: str) -> Numeral | None:
        match = _DATE.match(text, start)
        if match is None and (match := _TIME.match(text, start)):
            match = match if not start or _BEFORE_TIME.search(text, max(0, start - 5), start) else None
        return Numeral(start, match.end(), "date") if match else None

    def _named(self, text: str, start: int, end: int, before: str) -> Numeral | None:
        """Parts of names, document numbers, captions, formulas."""
        after = text[end : end + 1]
        if before.isascii() and before.isalpha() and not self._follows_abbreviation(text, start):
            return Numeral(start, end, "name")
        if after == "号" or (before == "[" and after == "]"):
            return Numeral(start, end, "document_number")
        if match := _FORMULA.match(text, start):
            return Numeral(start, match.end(), "name")
        if before in "+×" or (after in ("+", "×") and not text[end + 1 : end + 2].isdigit()):
            return Numeral(start, end, "name")
        if before in "图表" and after in (":", ".", "、", "-"):
            return Numeral(start, end, "list_mark")
        return None

    def _follows_abbreviation(self, text: str, start: int) -> bool:
        """GDP5.5%: an amount of money or a percentage right after an abbreviation of capitals is no part of it."""
        match = self._amount.match(text, start)
        word = (match["unit"] or match["lowunit"]) if match else None
        worth = word is not None and self._amounts.units[word][0] in _WORTH
        return worth and _ABBREVIATION.search(text, max(0, start - 6), start) is not None

    def _ratio(self, text: str, start: int) -> Numeral | None:
        """2:1, 7:40:53, 1/3, and lengths of time."""
        if match := _RATIO.match(text, start):
            members = tuple(Decimal(part) for part in match.group().split(":"))
            value = members[0] / members[1] if members[1] else Decimal(0)
            return Numeral(start, match.end(), None, value, "other", ":", "eq", match.end(), members)
        if match := _FRACTION.match(text, start):
            numerator, denominator = Decimal(match[1]), Decimal(match[2])
            if denominator == 0 or numerator >= denominator:
                return Numeral(start, match.end(), "name")
            return self._amounts.quantity(text, match.span(), (numerator / denominator * 100, "percent"), "/")
        match = self._duration.match(text, start) or self._around_the_clock.match(text, start)
        if match is None and text.endswith(self._term_before, max(0, start - 6), start):
            match = self._term.match(text, start)
        return Numeral(start, match.end(), "duration") if match else None

    def _quantity(self, text: str, start: int) -> Numeral:
        match = self._amount.match(text, start)
        assert match is not None  # a run of digits stands here
        low, high, scale, word = decimal(match["low"]), match["high"], match["scale"], match["unit"]
        minus = text[start - 1 : start] == "-" and _NEGATIVE.search(text, max(0, start - 2), start)
        if minus and high is None and (match["lowunit"] or word) == "%":
            return self._amounts.quantity(text, (start - 1, match.end()), (-low, "percent"), "%")
        if match["lowunit"] is not None and (high is None or match["lowunit"] != word):
            # Two quantities joined by a dash are read one after the other.
            word, stop = match["lowunit"], match.end("lowunit")
            return self._amounts.quantity(text, (start, stop), self._amounts.canonical(low, None, word), word)
        if word is None and scale is None and high is None:
            return self._naked(text, start, match.end("low"), low)
        if word is None and scale is None:
            return Numeral(start, match.end("high"), "no_unit")
        return self._scaled(text, match, (low + decimal(high)) / 2 if high else low)

    def _scaled(self, text: str, match: re.Match[str], number: Decimal) -> Numeral:
        """An amount with magnitude or unit."""
        start, scale, word = match.start(), match["scale"], match["unit"]
        stop = match.end("unit") if word is not None else match.end("scale")
        following = text[stop : stop + 1]
        if (
            word is not None
            and following.isascii()
            and following.isalpha()
            and word[-1].isascii()
            and word[-1].isalpha()
        ):
            return Numeral(start, match.end("low"), "name")
        if word in ("位", "名") and scale is None and start and text[start - 1] == "前":
            return Numeral(start, stop, None, number, "rank", word, "le", stop)
        fuzzy = match["fuzzy"] or match["fuzzy2"]
        comparator = "approx" if match["high"] is not None else "ge" if fuzzy else "eq"
        return self._amounts.quantity(
            text, (start, stop), self._amounts.canonical(number, scale, word), word or "", comparator
        )

    def _naked(self, text: str, start: int, end: int, number: Decimal) -> Numeral:
        """A number with neither magnitude nor unit: part of a name, or a quantity that borrows its unit."""
        following = text[end : end + 1]
        before = text[start - 1 : start]
        if text.endswith(self._identifiers, 0, start - 1 if before and before in ":-号" else start):
            return Numeral(start, end, "contact")
        if match := self._amounts.tail.match(text, end):
            comparator = self._amounts.after[match.group()]
            return Numeral(start, end, None, number, "", "", comparator, match.end(), bare=True)
        if before == "前" and not is_chinese(following):
            return Numeral(start, end, None, number, "rank", "", "le", end)
        if not _SHARED.match(text, end) and (
            is_chinese(following) or _LATIN.match(following) or self._name_tail.match(text, end)
        ):
            return Numeral(start, end, "name")
        if (not before or before in _SET_APART or before == "、") and not _SHARING.match(text, end):
            return Numeral(start, end, "no_unit")  # no word before it, none after it
        return Numeral(start, end, None, number, "", "", "eq", end, bare=True)


def _opens_item(text: str, start: int) -> bool:
    """True where a numbered item may begin: at the start of a line, after a stop or a colon."""
    if start == 0 or text[start - 1] in "\n。;!?:":
        return True
    if text[start - 1] == "(" and text[start - 2 : start - 1] in ("", "\n", "。", ";", "!", "?", ":"):
        return True
    return text[start - 1] in "(#*- " and (start < 4 or "\n" in text[start - 4 : start])


_RANKED_IN = frozenset("北南东西疆国省市球区界列居排名位部州县量洲内均")  # 全国第一, 产量第一, 位列第三


def ordinal(text: str, start: int, end: int, number: Decimal | None) -> Numeral:
    """第N: a rank where 位 or 名 follows, or where it ends its phrase after a word of ranking; else an ordinal."""
    if number is not None:
        if text.startswith(("位", "名"), end):
            return Numeral(start - 1, end + 1, None, number, "rank", "位", "eq", end + 1)
        if text[end : end + 1] in PHRASE_END and text[max(0, start - 2) : start - 1] in _RANKED_IN:
            return Numeral(start - 1, end, None, number, "rank", "", "eq", end)
    return Numeral(start, end, "ordinal")
