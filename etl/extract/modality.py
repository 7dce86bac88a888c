"""Done, to be done, or asked of others: the status of a figure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from etl.extract.layout import Heading
from etl.extract.lexicon import Lexicon, any_of
from etl.extract.model import Context, Status
from etl.extract.numeral import alternatives
from etl.extract.periods import Calendar, Mention
from etl.extract.statement import Item

_TITLE_YEAR = re.compile(r"(20\d\d)年")
# 未完成20亿元的年度目标: the number itself is called a target.
_AIMED = re.compile(r"的?(?:全年|年度|年初|预期|既定)?(?:预期)?(?:目标|任务目标|目标任务)")


class Standing(NamedTuple):
    """Status and year of a figure; `rule` is set where the status was read from something out of the ordinary."""

    status: Status
    year: int | None


class Modality:
    """Reads the status of figures. Compiled once; holds no state."""

    def __init__(self, lexicon: Lexicon) -> None:
        words = lexicon.periods
        self._target = any_of(words["target"])
        self._hoped = any_of(words["hoped"])
        self._done = any_of(words["done"])
        self._existing = tuple(words["existing"])
        self._drafting = re.compile(
            rf"(?:{alternatives(words['drafting'])})[^。;]{{0,12}}(?:{alternatives(words['draft_papers'])})"
            rf"[^。;]{{0,4}}(?:{alternatives(words['draft_says'])})"
        )
        self._norm = any_of(words["norm"])
        self._norm_subject = any_of(words["norm_subjects"])
        self._norm_verb = any_of(words["norm_verbs"])
        self._norm_share = any_of(words["norm_shares"])
        self._grant = re.compile(
            rf"(?:(?:{alternatives(words['grants'])})[^。;]{{0,16}}|(?:最高|最多|上限)[^。;,]{{0,8}})(?:{alternatives(words['grant_words'])})"
        )
        self._this_year = any_of(words["this_year"])
        self._given = any_of(words["given"])
        self._conditions = any_of(words["conditions"])
        self._plan_turn = any_of(words["plan_turns"])
        self._plan_heading = any_of(words["plan_headings"])
        self._review_heading = any_of(words["review_headings"])

    def section_year(self, headings: Sequence[Heading], index: int, published: int) -> int | None:
        """The year that a heading, or one above it, sets for what is planned under it: 三、2024年工作思路."""
        while index >= 0:
            title = headings[index].title
            if found := _TITLE_YEAR.search(title):
                return int(found[1])
            if self._this_year.search(title):
                return published
            index = headings[index].parent
        return None

    def plan_turns(self, text: str) -> list[int]:
        """Offsets from which on, to the next heading, a text speaks of what is to be done."""
        return [match.end() for match in self._plan_turn.finditer(text)]

    def section_statuses(self, headings: Sequence[Heading]) -> list[Status | None]:
        """What each heading says of the figures under it: `target` under plans, `actual` under reviews, else what
        its parent says.
        """
        found: list[Status | None] = []
        for heading in headings:
            above = found[heading.parent] if heading.parent >= 0 else None
            reviews = self._review_heading.search(heading.title)
            found.append("actual" if reviews else "target" if self._plan_heading.search(heading.title) else above)
        return found

    def standing(
        self,
        before: str,
        clause: str,
        item: Item,
        mention: Mention | None,
        section: Status | None,
        section_year: int | None,
        context: Context,
        calendar: Calendar,
    ) -> Standing:
        """Status and year of one figure.

        Args:
            before: Its sentence up to the number.
            clause: Its clause, from delimiter to delimiter.
            item: The number, with what stands before and after it.
            mention: The year that speaks for it, if any.
            section: What the headings say.
            section_year: The year that they set for what is planned.
        """
        year = mention.year if mention else None
        planned = section_year if section == "target" and section_year is not None else calendar.plan
        intended = year if year is not None and year >= calendar.published else planned
        plan = context.kind == "plan" or section == "target" or (mention is not None and mention.ahead)
        if self._is_norm(before, clause, plan):
            return Standing("requirement", None)
        if item.before.endswith(self._existing) or item.before.startswith(self._existing) or _describes(clause, item):
            return Standing("actual", calendar.review)
        if mention and mention.ahead:
            return Standing("target", year)
        hoped = section == "actual" and self._hoped.search(before + clause)  # 有望突破2%, in a review, is an estimate
        if not hoped and (self._intends(before) or self._target.search(clause)):
            return Standing("target", intended)
        if _AIMED.match(item.after):
            return Standing("target", year if year is not None else intended)
        if self._drafting.search(before):
            return Standing("target", None)
        done = self._done.search(before) is not None or (mention is not None and mention.year < calendar.published)
        if section == "target" and not done:
            return Standing("target", intended)
        if context.kind == "plan" and section != "actual" and not done:
            return Standing("target", intended)
        return Standing("actual", year if year is not None else calendar.review)

    def granted(self, before: str, standing: Standing) -> Standing:
        """A sum for whoever meets a condition is a rule, unless it was paid already."""
        return standing if self._given.search(before) else Standing("requirement", None)

    def _intends(self, before: str) -> bool:
        """True where a word of intent stands before the number and no later clause tells what was done since."""
        word = self._target.search(before)
        if word is None:
            return False
        while later := self._target.search(before, word.end()):
            word = later
        clause = before.find(",", word.end())
        return clause < 0 or self._done.search(before, clause) is None

    def _is_norm(self, before: str, clause: str, plan: bool) -> bool:
        """True for what others must or may meet; in a plan a bound is a target unless somebody is told to meet it."""
        if self._conditions.search(before):
            return True
        if self._grant.search(clause) and not self._given.search(clause) and self._norm_subject.search(before):
            return self._norm.search(clause) is not None or "给予" in clause or "标准" in clause or "一次性" in clause
        if "归" in clause and self._norm_share.search(clause):
            return True
        norm = self._norm.search(clause)
        if norm is None:
            return False
        subject = clause[: norm.start()]
        told = self._norm_verb.search(before) is not None
        return self._norm_subject.search(subject) is not None and (
            told or (not plan and self._target.search(before) is None)
        )


def _describes(clause: str, item: Item) -> bool:
    """在1平方公里核心区范围内: a number that describes the place where something is to be."""
    return clause.startswith("在") and "范围" in item.after
