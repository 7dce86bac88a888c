"""Chinese numerals to numbers: 二十三, 一万二千, 两, 二〇二五, 三点五."""

from __future__ import annotations

from decimal import Decimal

HAN = "〇零一二三四五六七八九十百千万亿两"
_DIGITS = {character: number for number, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10**4, "亿": 10**8}
MAGNITUDES = {
    **{word: Decimal(factor) for word, factor in (_TENS | _MYRIADS).items()},
    **{tens + myriad: Decimal(a * b) for tens, a in _TENS.items() for myriad, b in _MYRIADS.items()},
    "万亿": Decimal(10**12),
    "十万亿": Decimal(10**13),
    "百万亿": Decimal(10**14),
}


NUMBER = f"[{HAN}]+(?:点[〇零一二三四五六七八九]+(?![十百千]))?"
"""A regular expression for a number in Chinese numerals, decimals included."""


def parse_han(text: str) -> Decimal | None:
    """The number that a run of Chinese numerals stands for, or None where it stands for none (三五, 一百千).

    A run without tens or myriads is read digit by digit when it has four digits, as years are written (二〇二五). What
    follows 点 are decimals (三点五); a magnitude after them is not part of the run.
    """
    whole, point, decimals = text.partition("点")
    if point:
        number = parse_han(whole)
        return None if number is None else number + Decimal("0." + "".join(str(_DIGITS[digit]) for digit in decimals))
    if not text:
        return None
    if all(character in _DIGITS for character in text):
        if len(text) == 1 or len(text) == 4:
            return Decimal("".join(str(_DIGITS[character]) for character in text))
        return None
    total = section = digit = 0
    pending = False
    for character in text:
        if character in _DIGITS:
            if pending and digit:
                return None
            digit, pending = _DIGITS[character], True
        elif character in _TENS:
            section += (digit if pending else 1) * _TENS[character]
            digit, pending = 0, False
        else:
            section += digit
            if section == 0 and total == 0:
                section = 1
            total, section = (
                (total + section) * _MYRIADS[character] if character == "亿" else total + section * _MYRIADS[character],
                0,
            )
            digit, pending = 0, False
    return Decimal(total + section + digit)
