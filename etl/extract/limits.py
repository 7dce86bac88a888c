"""What limits a figure: the tier of recognition (grade) and the part of the place or population (scope)."""

from __future__ import annotations

import re
from typing import NamedTuple

from etl.extract.lexicon import Lexicon
from etl.extract.numeral import alternatives

_PROVINCE_LEVEL_CITIES = ("11", "12", "31", "50")
_YEAR = re.compile(r"(?:19|20)\d\d(?:-(?:19|20)\d\d)?年(?:度|末|底|初)?(?:\d{1,2}月)?")


# What numbers an item of a list: (1), ①, A.
_MARK = re.compile(
    r"\([\d一二三四五六七八九十]{1,2}\)|[①-⒇㈠-㈩❶-❿➀-➓]|[A-Za-z][.、)](?=[\u4e00-\u9fff])|\d{1,2}[.、](?=[\u4e00-\u9fff])"
)
_MARK_STARTS = (
    frozenset("(0123456789ABCDEFGHabcdefgh")
    | {chr(code) for code in range(0x2460, 0x2488)}
    | frozenset("㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩❶❷❸❹❺❻❼❽❾❿➀➁➂➃➄➅➆➇➈➉➊➋➌➍➎➏➐➑➒➓")
)

_BOUNDS = ("最高", "最多", "至少", "累计", "共计", "总计", "分别", "年度", "全年")
# 三年多时间净增256家 says how long it took.
_LASTING = re.compile(r"(?:\d{1,2}|[两三四五六七八九十]{1,2})年多?(?:来|间|内|时间)")
# 在川全国重点实验室: of the place, whatever its short name.
_LYING_IN = re.compile(r"在[\u4e00-\u9fff](?=全国|国家)")
# “百日攻坚”期间 says when, not what.
_CAMPAIGN = re.compile(r"[“\"][^”\"]{1,12}[”\"](?:期间|以来)")

# A short name may begin the name of something else (甲城大厦); a full one is the place.
_PLACE_ENDS = "省市县区州旗盟"


class Head(NamedTuple):
    """A noun phrase without what opens it.

    Attributes:
        text: The phrase.
        start: Where it starts in the phrase that it was cut from.
        new: The word for something new in the period (新增), empty where none.
        verbs: The verbs that stood before it.
        linked: A connecting word such as 其中 stood before it.
    """

    text: str
    start: int
    new: str
    verbs: tuple[str, ...]
    connectors: tuple[str, ...]

    @property
    def subset(self) -> bool:
        return "其中" in self.connectors


class Limits:
    """Reads grades and opens heads. Compiled once; holds no state."""

    def __init__(self, lexicon: Lexicon) -> None:
        grades = lexicon.grades
        self._marks = {word: grade for grade, words in grades["marks"].items() for word in words}
        self._mark = re.compile(alternatives(self._marks))
        self._bare = {word: grade for grade, words in grades["bare"].items() for word in words}
        self._bare_word = re.compile(rf"({alternatives(self._bare)})(?!{alternatives(grades['not_before'])}|$)")
        edges = alternatives([*self._marks, *lexicon.words["silent"]])
        bare = rf"(?:{alternatives(self._bare)})(?!{alternatives(grades['not_before'])})"
        self._edge = re.compile(rf"{edges}|{bare}|以上|[”的、,和及与·:了着 -]")
        self._opening = lexicon.opening
        self._deeds = frozenset(lexicon.words["deeds"])
        having = alternatives(lexicon.words["having"])
        self._having = re.compile(
            rf"(?:{having})+$|(?:{alternatives([w for w in lexicon.words['having'] if len(w) > 1])})(?![量率数者])"
        )
        self._compared = re.compile(lexicon.compared.pattern.removesuffix("$"))
        self._chosen = alternatives(grades["chosen"])
        self._chosen_word = re.compile(self._chosen)
        self._body = re.compile(
            rf"(省|市|州|县)(?:{alternatives(grades['bodies'])})[^,。;]{{0,6}}(?:{alternatives(grades['body_verbs'])})"
        )

    def open(self, phrase: str, place: tuple[str, ...] = ()) -> Head:
        """Take connectors, verbs, words for the whole place and for what is new off the start of a phrase."""
        rest, start, new = phrase, 0, ""
        verbs: list[str] = []
        connectors: list[str] = []
        while rest:
            stripped = rest.lstrip(" -、,了着的")
            start += len(rest) - len(stripped)
            rest = stripped
            if not rest:
                break
            if "年" in rest[1:3] and (match := _LASTING.match(rest)):
                rest, start = rest[match.end() :], start + match.end()
                continue
            if rest[0] == "在" and (match := _LYING_IN.match(rest)):
                rest, start = rest[match.end() :], start + match.end()
                continue
            if rest[0] in '“"' and (match := _CAMPAIGN.match(rest)):
                rest, start = rest[match.end() :], start + match.end()
                continue
            if rest[0] in _MARK_STARTS and (match := _MARK.match(rest)):
                rest, start = rest[match.end() :], start + match.end()
                continue
            if (rest[0] in "12" and (match := _YEAR.match(rest))) or (
                rest[0] in "比较与同" and (match := self._compared.match(rest))
            ):
                rest, start = rest[match.end() :], start + match.end()
                continue
            taken = self._opening.take_first(rest)
            if taken is not None and taken[1] == rest and taken[1] in self._deeds and verbs and connectors:
                break  # 带动|地方|投入: the last verb is the noun that the others lead to
            if taken is None:
                name = next((name for name in place if name[-1] in _PLACE_ENDS and rest.startswith(name)), None)
                if name is None or len(name) == len(rest):
                    break
                taken = ("whole", name)
            role, word = taken
            if len(word) == len(rest) and role == "whole":
                break
            if role == "new":
                new = word
            elif role == "verb":
                verbs.append(word)
            else:
                connectors.append(word)
            rest, start = rest[len(word) :], start + len(word)
        return Head(rest, start, new, tuple(verbs), tuple(connectors))

    def grade(self, phrase: str, region_code: str | None, name: int | None = None) -> str | None:
        """The tier that a phrase says, by an outright word anywhere or a bare word at its start or directly before
        the name.

        Args:
            phrase: An opened head, up to the end of the name.
            name: Where the name starts in the phrase.
        """
        found = None
        for mark in self._mark.finditer(phrase):
            found = self._marks[mark.group()]
        if found is None:
            bare = self._bare_word.match(phrase.lstrip('“"《')) or self._bare_before(phrase, name or 0)
            found = self._bare[bare[1]] if bare else None
        return self._in_region(found, region_code)

    def _bare_before(self, phrase: str, name: int) -> re.Match[str] | None:
        """A bare word of a tier that ends where a name starts."""
        for size in range(1, min(name, 3) + 1):
            match = self._bare_word.match(phrase, name - size)
            if match and match.end() == name:
                return match
        return None

    def grade_of_body(self, clause: str, region_code: str | None) -> str | None:
        """The tier of a body that supports or recognises: 得到省科技厅资金支持."""
        match = self._body.search(clause)
        return self._in_region(self._bare[match[1]], region_code) if match else None

    def grade_of_choice(self, clause: str, region_code: str | None) -> str | None:
        """The tier of the list that something was chosen for: 入选国家培育名单, 入选全国试点."""
        match = self._chosen_word.search(clause)
        return self.grade(clause[match.end() :], region_code) if match else None

    @staticmethod
    def _in_region(grade: str | None, region_code: str | None) -> str | None:
        """市级 in a province-level city is provincial."""
        if grade == "prefectural" and region_code and region_code.startswith(_PROVINCE_LEVEL_CITIES):
            return "provincial"
        return grade

    def outright(self, phrase: str) -> bool:
        """True where a phrase has an outright word of a tier (国家级)."""
        return self._mark.search(phrase) is not None

    def only_tier(self, phrase: str) -> bool:
        """True where a phrase is made of words of a tier alone."""
        first, last = self.modifiers(phrase)
        return last <= first and self.outright(phrase)

    def had(self, phrase: str) -> tuple[int, int] | None:
        """Bounds of the verb that stands between a place and what it has (甲新区|建成|大中型), or None."""
        match = self._having.search(phrase, 2)
        return match.span() if match else None

    def modifiers(self, phrase: str) -> tuple[int, int]:
        """Bounds of what is left of a phrase without grade words at its start and marks at its edges."""
        start, end = 0, len(phrase)
        for year in _YEAR.finditer(phrase):  # who plans what until when stands before the thing itself
            start = year.end()
        while start < end and (match := self._edge.match(phrase, start, end)):
            start = match.end()
        while end > start:
            if phrase[end - 1] in "“的、,和及与-·:等已 ":
                end -= 1
            elif phrase.endswith(_BOUNDS, start, end):
                end -= 2
            else:
                break
        return start, end
