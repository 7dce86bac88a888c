"""Which year a figure is of: stated in its clause, carried in its sentence or paragraph, or the report's own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from etl.extract.lexicon import Lexicon
from etl.extract.model import Context
from etl.extract.numeral import Numeral, alternatives
from etl.extract.numerals import HAN, parse_han

_YEAR = re.compile(
    r"((?:19|20)\d\d)(?:年?[-至到]((?:19|20)\d\d))?(?:年|-|\.|/)?(?P<part>度|末|底|初)?(?P<month>\d{1,2}(?:-\d{1,2})?月)?(?P<day>\d{1,2}日)?"
)
_HAN_YEAR = re.compile(
    r"([一二][〇零一二三四五六七八九]{3})(?:年?[-至到]([一二][〇零一二三四五六七八九]{3}))?年(?P<part>度|末|底|初)?"
    r"(?P<month>[一二三四五六七八九十]{1,2}月)?(?P<day>[一二三四五六七八九十]{1,3}日)?"
)
_TITLE_YEAR = re.compile(r"((?:19|20)\d\d)年?")
# A year that opens its clause speaks for what follows it; these may stand before it.
_OPENING = re.compile(
    r"(?:其中|力争|争取|计划|规划|预计|确保|经过努力|到|至|截至|截止|截止到|在|自|从|我?市|全[市县省区州]|并|且|而|,|\s|-)*$"
)
# Only these may stand between the start of a sentence and a year that speaks for the sentences after it.
_INTRODUCED = re.compile(
    r"(?:[^,。;\n]{0,24}(?:介绍|表示|透露|指出|获悉|了解到|获知|报道|说),?)?(?:初步|据|经|按|测算|核算|统计|预计|力争|计划|规划|截至|截止|到|至|在|从|自|其中"
    r"|[全我][市县省区州]|[,: -])*"
)
_STRONG = frozenset(",;:。!?\n(")


@dataclass(frozen=True, slots=True)
class Calendar:
    """What undated figures of a report are of.

    Attributes:
        published: Year of publication, from which 去年 and 今年 count.
        review: Year of its undated results.
        plan: Year of its undated intentions, None where it sets no year for them.
        told: It is news, in which a year once told holds until another is.
    """

    published: int
    review: int
    plan: int | None
    told: bool = False


class Mention(NamedTuple):
    """A year or period that a sentence names.

    Attributes:
        start: Offset in the folded text.
        year, base: The year that it is of, and the year before the period where it spans several.
        opens: It opens its clause and speaks for the clauses after it, not for its own alone.
        carries: It opens its sentence as a whole year and speaks for the sentences after it as well.
        ahead: The year lies ahead of what the report reviews.
        compared: It is the year that growth is counted from.
        first: The first year of a period that names its years.
        bracketed: It stands in brackets behind a number and is of that number alone: 98.6亿元(2022年度).
    """

    start: int
    year: int
    base: int | None = None
    opens: bool = True
    carries: bool = False
    ahead: bool = False
    compared: bool = False
    first: int | None = None
    bracketed: bool = False


class Periods:
    """Reads years and periods. Compiled once; holds no state."""

    def __init__(self, lexicon: Lexicon) -> None:
        words = lexicon.periods
        self._annual = tuple(words["annual_titles"])
        self._relative = {word: int(offset) for offset, group in words["relative"].items() for word in group}
        self._coming = {word: int(number) for number, group in words["coming"].items() for word in group}
        self._now = frozenset(words["until_now"])
        self._five = frozenset(words["five_years"])
        # 2012年升级为国家高新区 dates what happened, not the numbers after it.
        self._event = re.compile(rf"[^,。;\d]{{0,12}}(?:{alternatives(words['events'])})[^,。;\d]*[,。;]")
        self._words = re.compile(
            rf"{alternatives([*self._relative, *self._now, *self._five, *self._coming])}"
            rf"|十(?P<plan>[一二三四五六])五[”\"]?(?:(?P<end>{alternatives(words['plan_ends'])})|(?P<span>时期|期间|以来))"
        )

    def calendar(self, context: Context) -> Calendar:
        """What the undated figures of a report are of.

        A report of the annual kind, or one published in the first quarter, tells of the year before.
        """
        named = _TITLE_YEAR.search(context.title)
        year = int(named[1]) if named else context.year
        if any(word in context.title for word in self._annual):
            return Calendar(year, year - 1, year)
        if named and context.kind == "report" and year <= context.year:
            return Calendar(context.year, year, None)
        if context.kind == "news":
            return Calendar(context.year, context.year, None, told=True)
        if context.kind == "report" and context.month is not None and context.month <= 3:
            return Calendar(context.year, context.year - 1, context.year)
        return Calendar(context.year, context.year, None)

    def mentions(self, text: str, start: int, end: int, dates: Sequence[Numeral], calendar: Calendar) -> list[Mention]:
        """Years and periods that a sentence names, in order."""
        found = [mention for date in dates if (mention := self._dated(text, start, date, calendar))]
        for match in self._words.finditer(text, start, end):
            mention = self._worded(text, start, match, calendar)
            if mention:
                found.append(mention)
        found.sort(key=lambda mention: mention.start)
        return found

    def _dated(self, text: str, start: int, date: Numeral, calendar: Calendar) -> Mention | None:
        match = _YEAR.match(text, date.start) or _HAN_YEAR.match(text, date.start)
        if match is None:
            return self._month_only(text, start, date, calendar)
        first, last = _year(match[1]), _year(match[2] or match[1])
        if text[date.start - 1 : date.start] == "(" and text[date.end : date.end + 1] == ")":
            return Mention(date.start, last, opens=False, bracketed=True)
        after = text[date.end : date.end + 3]
        ahead_of = text[date.start - 1] if date.start else "\n"
        if ahead_of in "比较" or (ahead_of in "与同和" and "相比" in text[date.end : date.end + 6]):
            return Mention(date.start, last, compared=True)
        opens = self._opens(text, start, date.start) and not self._event.match(text, date.end)
        if after.startswith(("以来", "至今", "起")):
            return Mention(date.start, calendar.review, first - 1, opens)
        ahead = last > calendar.review and (last > calendar.published or ahead_of in "到至在" or calendar.plan == last)
        whole = match["month"] is None and not (opens and match["day"])
        before = text[start : date.start]
        carries = opens and whole and _INTRODUCED.fullmatch(before) is not None
        return Mention(
            date.start,
            last,
            first - 1 if last > first else None,
            opens,
            carries,
            ahead,
            first=first if last > first else None,
        )

    def _month_only(self, text: str, start: int, date: Numeral, calendar: Calendar) -> Mention | None:
        if text.endswith(("前", "今年"), start, date.start):
            return Mention(date.start, calendar.published, None, True)
        return None

    def _worded(self, text: str, start: int, match: re.Match[str], calendar: Calendar) -> Mention | None:
        word, place = match.group(), match.start()
        if match["end"] or match["span"]:
            return self._planned(match, calendar)
        if word in self._five:
            return Mention(place, calendar.review, calendar.review - 5, True, True)
        if word in self._coming:
            return Mention(place, calendar.review + self._coming[word], calendar.review, True, True, ahead=True)
        if word in self._now:
            return Mention(place, calendar.review, None, True)
        if place and text[place - 1] in "比较与同和":
            return None
        year = calendar.published + self._relative[word]
        if text.startswith("以来", match.end()):
            return Mention(place, calendar.review, None, True)
        opens = self._opens(text, start, place)
        carries = opens and _INTRODUCED.fullmatch(text, start, place) is not None
        return Mention(place, year, None, opens, carries, ahead=year > calendar.review)

    @staticmethod
    def _planned(match: re.Match[str], calendar: Calendar) -> Mention:
        """“十三五”期间, 到“十四五”末: the five years of a plan, or their last."""
        # The eleventh plan ended in 2010, each later one five years after the last.
        end, start = 2005 + 5 * int(parse_han(match["plan"]) or 0), match.start()
        start -= match.string[start - 1 : start] in ("“", '"')
        if match.string[start - 1 : start] in ("比", "较", "与", "是", "为", "当"):
            return Mention(start, end, compared=True)
        if match["end"]:
            return Mention(start, end, None, True, True, ahead=end > calendar.review)
        if end - 5 >= calendar.review:  # a plan that is yet to begin
            return Mention(start, end, end - 5, True, True, ahead=True)
        return Mention(start, min(end, calendar.review), end - 5, True, True)

    @staticmethod
    def _opens(text: str, start: int, place: int) -> bool:
        """True where nothing but introducing words stands between the start of the clause and a place."""
        clause = place
        while clause > start and text[clause - 1] not in _STRONG:
            clause -= 1
            if place - clause > 12:
                return False
        return _OPENING.match(text, clause, place) is not None


def _year(printed: str) -> int:
    return int(parse_han(printed) or 0) if printed[0] in HAN else int(printed)
