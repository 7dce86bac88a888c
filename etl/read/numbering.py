"""The labels of numbered paragraphs, which Word computes and the file does not hold: 一、 （二） 3. 第四章."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_DIGITS = "〇一二三四五六七八九"
_CHINESE = frozenset(
    (
        "chineseCounting",
        "chineseCountingThousand",
        "chineseLegalSimplified",
        "japaneseCounting",
        "japaneseDigitalTenThousand",
        "koreanCounting",
        "taiwaneseCounting",
        "taiwaneseCountingThousand",
    )
)
_DIGITAL = frozenset(("ideographDigital", "taiwaneseDigital", "japaneseDigital"))
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_LEVELS = 9
_ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L")),
    *((40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)


@dataclass(frozen=True, slots=True)
class _Level:
    start: int = 1
    form: str = "decimal"
    text: str = ""
    gap: bool = True
    restart: int | None = None
    legal: bool = False


class Numbering:
    """Counts the numbered paragraphs of a document, which must be asked in its order."""

    def __init__(self, root: Any | None) -> None:
        self._abstract: dict[str, str] = {}
        self._levels: dict[str, dict[int, _Level]] = {}
        self._starts: dict[str, dict[int, int]] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[str] = set()
        kinds = {}
        for element in root if root is not None else ():
            if _name(element) == "abstractNum":
                kinds[_value(element, "abstractNumId")] = dict(_levels(element))
            elif _name(element) == "num":
                self._add(element, kinds)

    def _add(self, element: Any, kinds: dict[str, dict[int, _Level]]) -> None:
        number = _value(element, "numId")
        abstract = next((_value(child, "val") for child in element if _name(child) == "abstractNumId"), "")
        self._abstract[number] = abstract
        self._levels[number] = {**kinds.get(abstract, {})}
        self._starts[number] = {}
        for override in (child for child in element if _name(child) == "lvlOverride"):
            self._levels[number].update(_levels(override))
            for child in override:
                if _name(child) == "startOverride":
                    self._starts[number][_integer(_value(override, "ilvl"), 0)] = _integer(_value(child, "val"), 1)

    def label(self, number: str, level: int) -> str:
        """The label of the next paragraph of a list, with the blank after it; empty for bullets and unknown lists."""
        levels = self._levels.get(number)
        if levels is None or level not in levels:
            return ""
        counts = self._counts.setdefault(self._abstract[number], [None] * _LEVELS)
        if number not in self._begun:
            self._begun.add(number)
            for place, start in self._starts[number].items():
                counts[place] = start - 1
        own = levels[level]
        current = counts[level]
        counts[level] = own.start if current is None else current + 1
        for deeper in range(level + 1, _LEVELS):
            if levels.get(deeper, _Level()).restart != 0:
                counts[deeper] = None
        if own.form in ("bullet", "none"):
            return ""
        text = re.sub(r"%([1-9])", lambda match: self._shown(counts, levels, int(match[1]) - 1, own.legal), own.text)
        return f"{text} " if text and own.gap and text[-1].isascii() else text

    @staticmethod
    def _shown(counts: list[int | None], levels: dict[int, _Level], place: int, legal: bool) -> str:
        level = levels.get(place, _Level())
        count = counts[place]
        return counted(level.start if count is None else count, "decimal" if legal else level.form)


def counted(number: int, form: str) -> str:
    """A number in one of Word's forms; a form that is not known gives Arabic digits."""
    if form in _CHINESE:
        return _chinese(number)
    if form in _DIGITAL:
        return "".join(_DIGITS[int(digit)] for digit in str(number))
    match form:
        case "ideographTraditional":
            return _STEMS[(number - 1) % 10]
        case "ideographZodiac":
            return _BRANCHES[(number - 1) % 12]
        case "decimalZero":
            return f"{number:02d}"
        case "decimalFullWidth":
            return str(number).translate(_FULL_WIDTH)
        case "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" if 1 <= number <= 20:
            return chr(0x245F + number)
        case "decimalEnclosedParen" if 1 <= number <= 20:
            return chr(0x2473 + number)
        case "upperLetter" | "lowerLetter" if number >= 1:
            letter = chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 % 40 + 1)
            return letter if form == "upperLetter" else letter.lower()
        case "upperRoman" | "lowerRoman" if 1 <= number < 4000:
            return _roman(number) if form == "upperRoman" else _roman(number).lower()
    return str(number)


def _chinese(number: int) -> str:
    """1 to 9999 in words: 十二, 一百零五; larger ones in digits."""
    if not 0 < number < 10_000:
        return str(number)
    text = ""
    for place, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // place % 10
        if digit:
            text += _DIGITS[digit] + unit
        elif text and not text.endswith("零") and number % place:
            text += "零"
    return text.removeprefix("一") if 10 <= number < 20 else text


def _roman(number: int) -> str:
    text = ""
    for value, sign in _ROMAN:
        text += sign * (number // value)
        number %= value
    return text


def _levels(parent: Any) -> Iterator[tuple[int, _Level]]:
    for element in parent:
        if _name(element) != "lvl":
            continue
        fields = {_name(child): _value(child, "val") for child in element.iter() if isinstance(child.tag, str)}
        yield (
            _integer(_value(element, "ilvl"), 0),
            _Level(
                start=_integer(fields.get("start", ""), 1),
                form=fields.get("numFmt", "decimal"),
                text=fields.get("lvlText", ""),
                gap=fields.get("suff", "tab") != "nothing",
                restart=_integer(fields["lvlRestart"], 0) if "lvlRestart" in fields else None,
                legal=fields.get("isLgl", "0") not in ("0", "false") if "isLgl" in fields else False,
            ),
        )


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _value(element: Any, name: str) -> str:
    """An attribute by its local name: both editions of the standard have names of their own for the same."""
    return next((str(value) for key, value in element.items() if key.rpartition("}")[2] == name), "")


def _integer(text: str, otherwise: int) -> int:
    return int(text) if re.fullmatch(r"\d{1,5}", text) else otherwise
