"""Numbers in Chinese numerals: a quantity here and there among words that count nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from etl.extract.arabic import ordinal
from etl.extract.numeral import ARABIC, PHRASE_END, Amounts, Numeral, alternatives, decimal
from etl.extract.numerals import HAN, MAGNITUDES, NUMBER, parse_han

_RUN = re.compile(f"[{HAN}]+")
_DATE = re.compile(
    r"[一二][〇零一二三四五六七八九]{3}年"
    r"|(?:十[一二]?|[一二三四五六七八九])月(?:[一二三]?十?[一二三四五六七八九]?[日号])?(?:份)?"
)
_LIST = re.compile(rf"[{HAN}]{{1,3}}(?:、|\)|\.|是(?!否)|[来则]是)")
_PERCENT = re.compile(rf"百分之(?:({ARABIC})|({NUMBER}))")
_PARTS = re.compile(r"([二三四五六七八九十]+)分之([一二三四五六七八九])")
_TENTHS = re.compile(r"([一二三四五六七八九两])成(?=[以左多的、,;。)]|$)")
_TENTHS_BEFORE = re.compile(r"([一二三四五六七八九两])成(?![立功果效本长员就交品绩都分熟])")
_DOUBLING = re.compile(r"翻(?:了)?([一两二三四])番")
_DECIMAL = re.compile("一点[〇零一二三四五六七八九]")
_BEFORE_LIST = frozenset("\n。;!?:,(>#*- ")
# 一 alone is an article (一批, 进一步) unless one of these stands around it.
_ONE_BEFORE, _ONE_AFTER = frozenset("第前翻分之百超近约过增\n。;!?:,(>#*- "), frozenset("番分成倍年月是、).")
_MONEY = ("元", "万元", "亿元", "万亿元")


class Hanzi:
    """Reads a number printed in Chinese numerals, or in a word that stands for one (首位, 翻番). Compiled once."""

    def __init__(self, amounts: Amounts, words: Mapping[str, Any]) -> None:
        self._amounts = amounts
        fuzzy = "".join(words["fuzzy"])
        self._amount = re.compile(
            rf"(?P<number>{NUMBER})(?P<fuzzy>[{fuzzy}]?)(?P<scale>万亿|[万亿])??(?P<unit>{alternatives(words['han_classifiers'])})"
        )
        self._abstract = re.compile(alternatives(words["abstract_nouns"] + words["measure_nouns"]))

    def read(self, text: str, start: int) -> Numeral:
        """The number whose first numeral stands at `start`."""
        before, after = text[start - 1] if start else "\n", text[start + 1 : start + 2]
        article = text[start] == "一" and after not in _ONE_AFTER and before not in _ONE_BEFORE and after not in HAN
        if article and not _DECIMAL.match(text, start):
            return Numeral(start, start + 1, "word")
        match = _RUN.match(text, start)
        assert match is not None  # a numeral stands here
        end = match.end()
        if before in _BEFORE_LIST and _LIST.match(text, start) and _opens(text, start):
            return Numeral(start, end, "list_mark")
        if before == "第":
            return ordinal(text, start, end, parse_han(text[start:end]))
        return (
            self._ranked(text, start, end, before)
            or self._part(text, start, end, before)
            or self._amount_or_word(text, start, end)
        )

    def word(self, text: str, start: int) -> Numeral | None:
        """首位, 榜首, 翻番, 倍增: words that stand for a number; None where none of them begins at `start`."""
        word = text[start : start + 2]
        end = start + 2
        if word == "翻番" or (word == "倍增" and text[end : end + 1] in PHRASE_END):
            return Numeral(start, end, None, Decimal(100), "percent", "番", "eq", end)
        if word in ("首位", "榜首", "魁首") and not text.startswith("度", end):
            return Numeral(start, end, None, Decimal(1), "rank", "", "eq", end)
        return None

    def _ranked(self, text: str, start: int, end: int, before: str) -> Numeral | None:
        """前三, 前十位."""
        if before != "前":
            return None
        place = text.startswith(("位", "名"), end)
        number = parse_han(text[start:end]) if place or text[end : end + 1] in PHRASE_END else None
        stop = end + 1 if place else end
        return Numeral(start, stop, None, number, "rank", "", "le", stop) if number else None

    def _part(self, text: str, start: int, end: int, before: str) -> Numeral | None:
        """Percentages, fractions, tenths, doublings and dates."""
        after = text[end : end + 1]
        if after == "分" and (match := _PERCENT.match(text, start)):
            number = decimal(match[1]) if match[1] else parse_han(match[2])
            if number is not None:
                return self._amounts.quantity(text, match.span(), (number, "percent"), "%")
        if after == "分" and (match := _PARTS.match(text, start)):
            whole, part = parse_han(match[1]), parse_han(match[2])
            if whole and part:
                return self._amounts.quantity(text, match.span(), (part / whole * 100, "percent"), "/")
        if after == "成" and end - start == 1:
            match = _TENTHS.match(text, start) or (
                _TENTHS_BEFORE.match(text, start) if before in "近超约过达占逾" else None
            )
            number = parse_han(match[1]) if match else None
            if match and number:
                return self._amounts.quantity(text, match.span(), (number * 10, "percent"), "成")
        if after == "番" and text.endswith(("翻", "翻了"), 0, start):
            return self._doubling(text, start)
        if after in ("年", "月") and (match := _DATE.match(text, start)):
            return Numeral(start, match.end(), "date")
        return None

    def _doubling(self, text: str, start: int) -> Numeral | None:
        match = _DOUBLING.search(text, max(0, start - 2), start + 3)
        times = parse_han(match[1]) if match else None
        if match is None or times is None:
            return None
        return Numeral(match.start(), match.end(), None, (2**times - 1) * 100, "percent", "番", "eq", match.end())

    def _amount_or_word(self, text: str, start: int, end: int) -> Numeral:
        match = self._amount.match(text, start)
        if match is None or text.startswith("位数", end):  # 两位数增长 counts digits
            lasting = text.startswith(("年", "个月"), end) and text[start] != "万"
            return Numeral(start, end, "duration" if lasting else "word")
        run, word = match["number"], match["unit"]
        if run == "十":  # 数十家 and 几十家 are no number
            if start and text[start - 1] in "数几":
                return Numeral(start, match.end("number"), "word")
        elif run in MAGNITUDES:
            return self._bare_magnitude(text, match)
        number = parse_han(run)
        counts = word not in ("倍", "个百分点", *_MONEY)
        if number is None or (number < 2 and counts):
            return Numeral(start, end, "word")
        if counts and self._abstract.match(text, match.end()):
            return Numeral(start, match.end(), "word")
        amount = self._amounts.canonical(number, match["scale"], word)
        return self._amounts.quantity(text, match.span(), amount, word, "ge" if match["fuzzy"] else "eq")

    def _bare_magnitude(self, text: str, match: re.Match[str]) -> Numeral:
        """千余家, 上千家, 万亿元: a quantity with 余 or 上 or after 突破 and the like, else a class or a word."""
        start, stop = match.span()
        if match["fuzzy"] or text.startswith("上", start - 1):
            scaled = self._amounts.canonical(MAGNITUDES[match["number"]], match["scale"], match["unit"])
            return self._amounts.quantity(text, (start, stop), scaled, match["unit"], "ge")
        if match["unit"] not in _MONEY and not text.endswith(self._amounts.passing, 0, start):
            return Numeral(start, match.end("number"), "word")
        if match["unit"] in _MONEY and self._amounts.names_class(text, stop):
            return Numeral(start, stop, "threshold")  # 营业收入超百亿元工业企业
        if not text.endswith(self._amounts.passing, 0, start) or text.startswith(("级", "以上", "的"), stop):
            return Numeral(start, stop, "threshold" if text.startswith("以", stop) else "name")
        amount = self._amounts.canonical(MAGNITUDES[match["number"]], None, match["unit"])
        return self._amounts.quantity(text, (start, stop), amount, match["unit"])


def _opens(text: str, start: int) -> bool:
    """True where a numbered item may begin."""
    if start == 0 or text[start - 1] in "\n。;!?:,":
        return True
    return text[start - 1] in "(#*- >" and (start < 2 or text[start - 2] in "\n #*(->。")
