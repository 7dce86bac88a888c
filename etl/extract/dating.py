"""The year of one number: which of the years around it speaks for it, and which year it is compared with."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from etl.extract.modality import Standing
from etl.extract.model import Measure
from etl.extract.numeral import Numeral
from etl.extract.periods import Calendar, Mention
from etl.extract.statement import Item

_YEARLY = "年均"
_MADE_UP = re.compile(r"组成|构成|牵头|担任")  # 由32名专家组成 tells no beginning
_BETWEEN_YEARS = frozenset(("、", "和", "及", "与", "以及", "年、", "年和"))
_GIVEN_OUT = ("分别", "依次")
# The items of a list set off by dashes stand under what introduces the list.
_BULLETS = ("--", "- ", "* ")


@dataclass(slots=True)
class Paragraph:
    """What the sentences of a paragraph hand on to one another.

    Attributes:
        start: Where it starts in the folded text; -1 before the first.
        carried: The year that speaks for the sentences after it.
        full_year: The last whole year named, to which 年度 and 当年 go back.
        five_base: The year before the five years under review, where five years are under review.
    """

    start: int = -1
    carried: Mention | None = None
    full_year: int | None = None
    five_base: int | None = None

    def of(self, text: str, sentence: int, calendar: Calendar) -> Paragraph:
        """The paragraph that a sentence stands in: this one, or a new one."""
        newline = text.rfind("\n", max(self.start, 0), sentence)
        start = newline + 1 if newline >= 0 else max(self.start, 0)
        if start == self.start:
            return self
        ahead = self.carried is not None and self.carried.ahead
        kept = text.startswith(_BULLETS, start) if ahead else calendar.told
        found = Paragraph(start, self.carried if kept else None)
        if text.startswith(_BULLETS, start):
            found.five_base = self.five_base  # the items of a review of five years
        if calendar.plan is not None:
            # An annual report that speaks of yearly averages reviews the five years of a plan.
            end = text.find("\n", sentence)
            if text.find(_YEARLY, start, end if end >= 0 else len(text)) >= 0:
                found.five_base = calendar.review - 5
        return found

    def carry(self, mentions: Sequence[Mention]) -> None:
        """Take up what the mentions of a sentence say for the sentences after it."""
        for mention in mentions:
            if mention.carries and not mention.bracketed:
                self.carried = mention
                if not mention.ahead:
                    self.full_year = mention.year
            if mention.base is not None and mention.year - mention.base == 5:
                self.five_base = mention.base


def speaking(
    text: str, item: Item, mentions: Sequence[Mention], paragraph: Paragraph, full_year: tuple[str, ...]
) -> Mention | None:
    """The year that speaks for a number: of its clause, of a clause before it, of the paragraph.

    Args:
        full_year: Words at the head of a phrase that go back to the last whole year named (年度, 当年).
    """
    if paragraph.full_year is not None and item.before.startswith(full_year):
        return Mention(item.before_start, paragraph.full_year)
    chosen = None
    for mention in mentions:
        if mention.bracketed:
            if mention.start == item.numeral.tail + 1:
                return mention
            # It goes on to what follows in the same breath: 98.6亿元(2022年度)、增长12%.
            if mention.start < item.numeral.start and ";" not in text[mention.start : item.numeral.start]:
                chosen = mention
            continue
        if item.unit == "times" and mention.start >= item.before_start:
            continue  # 是2020年的2.4倍: the year that is compared with
        near = mention.opens or mention.start >= item.clause[0]
        if mention.start < item.numeral.start and not mention.compared and near:
            chosen = mention
    return chosen or paragraph.carried


def one_each(
    text: str, found: Sequence[Item], dates: Sequence[Numeral], mentions: Sequence[Mention]
) -> dict[int, Mention]:
    """2019年、2020年,分别安排80万元、100万元: years in a row that are given out, one to each number, by its offset."""
    if len(dates) < 2:
        return {}
    row = [dates[0]]
    for date in dates[1:]:
        if text[row[-1].end : date.start] not in _BETWEEN_YEARS:
            break
        row.append(date)
    places = {mention.start: mention for mention in mentions}
    if len(row) < 2 or any(date.start not in places for date in row):
        return {}
    given: dict[int, Mention] = {}
    for first, item in enumerate(found):
        group = found[first : first + len(row)]
        alone = len(group) == len(row) and not item.linked and all(other.linked for other in group[1:])
        ended = first + len(row) >= len(found) or not found[first + len(row)].linked
        between = text[row[-1].end : item.numeral.start]
        if alone and ended and row[-1].end <= item.numeral.start and any(word in between for word in _GIVEN_OUT):
            given |= {other.numeral.start: places[date.start] for other, date in zip(group, row, strict=True)}
    return given


def years(
    item: Item,
    measure: Measure,
    standing: Standing,
    mention: Mention | None,
    mentions: Sequence[Mention],
    five: int | None,
) -> tuple[int | None, int | None]:
    """(year, base year) of a figure; the base year only for growth and change."""
    year = standing.year
    if year is None:
        return None, None
    compared = next((m.year for m in reversed(mentions) if m.compared and m.start < item.numeral.start), None)
    if "from" in item.peeled.roles and measure != "growth" and not _MADE_UP.search(item.after):
        return _first_year(item, year, mention, compared, five), None
    if measure not in ("growth", "change"):
        return year, None
    if item.peeled.span is not None:
        return year, year - item.peeled.span
    if item.peeled.base_year is not None:
        return year, item.peeled.base_year or year - 1
    if compared is not None:
        return year, compared
    whole = five is not None and "yearly" not in item.peeled.roles and standing.status == "actual"
    return year, five if whole else year - 1


def _first_year(item: Item, year: int, mention: Mention | None, compared: int | None, five: int | None) -> int:
    """The year of the first of two levels: 从12件增加到30件."""
    if "dated" in item.peeled.roles:
        return year
    if mention is not None and mention.first is not None:
        return mention.first
    if compared is not None:
        return compared
    return five if five is not None else year - 1
