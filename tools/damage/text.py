"""Damage to text: wrong encodings, numbers and words that no report has, lines without end."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from random import Random

from tools.damage.anything import Way

_ENCODINGS = (
    "utf-8",
    "utf-8-sig",
    "utf-16",
    "utf-16-le",
    "utf-32",
    "gb18030",
    "big5hkscs",
    "shift_jis",
    "latin-1",
    "utf-7",
)
_WORDS = (
    "9" * 4400,
    "1" * 100_000,
    "一二三四五六七八九十" * 5000,
    "1,234," * 20_000,
    "1.2." * 20_000,
    "(" * 50_000,
    "（1家" * 20_000,
    "《" * 50_000,
    "“1家" * 20_000,
    "一、" * 50_000,
    "1:" * 50_000,
    "百分之" * 30_000,
    "12家、" * 20_000,
    "1e999999999",
    "0x" + "f" * 9000,
    "NaN",
    "-0",
    "١٢٣家",
    "１２３。",
    "\ud800",
    "\udfff1家",
    "\U000e0001" * 999,
    "a" * 200_000,
    " " * 200_000,
    "\n" * 100_000,
    "|" * 50_000,
    "#" * 50_000,
    "\u202e12家",
    "e\u0301" * 20_000,
    "9" * 400 + "万亿元",
    "增长" + "9" * 320 + "%",
    "1/0",
    "0/0家",
    "1/" + "0" * 50,
    "99999年",
    "0000年",
    "增加-家",
    "第" * 40_000,
    "十三五期间" * 20_000,
    '"' * 20_001,
    "," * 200_000,
    "\t" * 99_999,
    "9999999999999999999999999999年",
    "1" + "0" * 4000 + "家",
    "从1家增加到" * 15_000,
)


def decoded(data: bytes) -> tuple[str, str]:
    """The text of a seed (damaged or not) and the encoding to write it back in."""
    for encoding in ("utf-16",) if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8", "gb18030"):
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    return data.decode("utf-8", "replace"), "utf-8"


def as_text(way: Callable[[str, Random], str]) -> Way:
    def run(data: bytes, chance: Random) -> bytes:
        text, encoding = decoded(data)
        return way(text, chance).encode(encoding, "surrogatepass" if encoding.startswith("utf") else "replace")

    return run


def _recoded(data: bytes, chance: Random) -> bytes:
    text, _ = decoded(data)
    return text.encode(chance.choice(_ENCODINGS), "replace")


def _misread(data: bytes, chance: Random) -> bytes:
    """Read in one encoding and saved in another, as half the web does."""
    return data.decode(chance.choice(("latin-1", "gb18030", "cp1252")), "replace").encode("utf-8", "replace")


def word(text: str, chance: Random) -> str:
    places = [0, len(text), *(match.end() for match in re.finditer(r"[\n，。:]|---\n|\d", text))]
    place = chance.choice(places)
    return text[:place] + chance.choice(_WORDS) + text[place:]


def number(text: str, chance: Random) -> str:
    """A number of the text made another one."""
    numbers = list(re.finditer(r"\d+(?:\.\d+)?", text))
    if not numbers:
        return text
    match = chance.choice(numbers)
    return text[: match.start()] + chance.choice(_WORDS) + text[match.end() :]


def _one_line(text: str, chance: Random) -> str:
    return text.replace("\n", chance.choice(("", "，", "\r", "\u2028")))


def _lines(text: str, chance: Random) -> str:
    """Lines in another order, some gone, some twice."""
    lines = text.split("\n")
    chance.shuffle(lines)
    return "\n".join(line for line in lines for _ in range(chance.choice((0, 1, 1, 2))))


def _long(text: str, chance: Random) -> str:
    """A last line that goes on and on; at most 200,000 characters more."""
    last = text.rpartition("\n")[2] or text[-200:]
    return text + last * min(chance.choice((50, 500, 2000)), 200_000 // max(len(last), 1))


TEXT: Mapping[str, Way] = {
    "recoded": _recoded,
    "misread": _misread,
    "word": as_text(word),
    "number": as_text(number),
    "one-line": as_text(_one_line),
    "lines": as_text(_lines),
    "long": as_text(_long),
}
