"""Fold a report's text into one form for matching, with a way back to the characters as printed.

Folding is of two kinds. Characters are replaced one for one (traditional to simplified, full width to half width,
variants of dashes and colons), which moves nothing. Some are left out (blanks inside Chinese text, pronunciations that
a site put in brackets after a character, marks of no width, the end of a line between a number and its unit), and a
list of cuts leads back across them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

_VARIANTS = {
    "-": "-‐‑‒–—―−－～〜~﹣",
    ":": "∶：﹕︰",
    "“": "「『﹁﹃„",
    "”": "」』﹂﹄",
    "'": "‘’＇",
    "[": "〔【［﹝",
    "]": "〕】］﹞",
    " ": "\t\u00a0\u2002\u2003\u2009\u3000",
    "。": "｡",
    "、": "､",
    "〇": "○",
}
# A pronunciation has a vowel with a tone mark: (chuàng). Without one, brackets hold words that belong to the text:
# (R&D), (qq).
_TONES = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ"
# Each alternative begins with the character that it needs, which lets the search run ahead to it.
_LEFT_OUT = re.compile(
    rf"\((?<=[\u3400-\u9fff]\() ?[a-zü]{{0,4}}[{_TONES}][a-zü]{{0,4}} ?\)"
    r"|\n(?<=\d\n)(?:(?=[万亿%]|元[,。;、)]|个百分点)|(?=[家户个项件人名位台所套篇](?:[,。;、)(余多]|$)))"
    r"|[\u00ad\u200b-\u200f\u2060\ufeff]+"
    r"| (?<![A-Za-z0-9 ] ) *"
    r"| (?<=[A-Za-z0-9] ) *(?![A-Za-z0-9 ])"
)

# Where more kinds of characters than these are to be replaced, each character is looked up; judged piece by piece,
# since one traditional passage must not slow down a long simplified text.
_FEW, _CHUNK = 40, 4096


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text and the way back.

    Attributes:
        text: The folded text.
        cuts: Offsets in `text` at which something of the original was left out, ascending.
        shifts: For each cut, how many characters were left out up to and including it.
    """

    text: str
    cuts: tuple[int, ...]
    shifts: tuple[int, ...]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The half-open span of the original that a half-open span of the folded text stands for.

        What was left out at the edges of the span stays outside, what was left out within it is inside.
        """
        if not self.cuts:
            return start, end
        cut = bisect_right(self.cuts, start)
        first = start + self.shifts[cut - 1] if cut else start
        if start >= end:
            return first, first
        if cut == len(self.cuts) or end <= self.cuts[cut]:
            return first, first + end - start
        cut = bisect_right(self.cuts, end - 1)
        return first, end + self.shifts[cut - 1]


def fold(text: str) -> Folded:
    """Fold a text. Runs in time linear in its length.

    Args:
        text: Any text, newlines as `\\n`.
    """
    folded = _replaced(text)
    pieces: list[str] = []
    cuts: list[int] = []
    shifts: list[int] = []
    last = length = removed = 0
    for match in _LEFT_OUT.finditer(folded):
        pieces.append(folded[last : match.start()])
        length += match.start() - last
        removed += match.end() - match.start()
        last = match.end()
        if cuts and cuts[-1] == length:
            shifts[-1] = removed
        else:
            cuts.append(length)
            shifts.append(removed)
    if not cuts:
        return Folded(folded, (), ())
    pieces.append(folded[last:])
    return Folded("".join(pieces), tuple(cuts), tuple(shifts))


def _replaced(text: str) -> str:
    """The text with its characters replaced one for one."""
    if len(text) <= _CHUNK:
        return _replaced_in(text)
    return "".join(_replaced_in(text[start : start + _CHUNK]) for start in range(0, len(text), _CHUNK))


def _replaced_in(text: str) -> str:
    table = _table()
    variants = _folded_characters() & set(text)
    if len(variants) > _FEW:
        return text.translate(table)
    for character in variants:  # a few replacements of the whole text take less than one look-up for each character
        text = text.replace(character, table[ord(character)])
    return text


@lru_cache(maxsize=1)
def _table() -> Mapping[int, str]:
    """Replacements of single characters: {code point: character}."""
    table = _simplified()
    for code in range(0xFF01, 0xFF5F):  # full-width forms of ASCII
        table[code] = chr(code - 0xFEE0)
    for character, variants in _VARIANTS.items():
        for variant in variants:
            table[ord(variant)] = character
    return table


@lru_cache(maxsize=1)
def _folded_characters() -> frozenset[str]:
    return frozenset(map(chr, _table()))


def _simplified() -> dict[int, str]:
    """Traditional to simplified, character by character, from the table of the OpenCC project."""
    table: dict[int, str] = {}
    listing = files("opencc").joinpath("dictionary/TSCharacters.txt").read_text(encoding="utf-8")
    for line in listing.splitlines():
        traditional, _, simplified = line.partition("\t")
        first = simplified.split(" ")[0]
        if len(traditional) == 1 and len(first) == 1 and traditional != first:
            table[ord(traditional)] = first
    return table
