"""A number with all that a way of finding its subject may look at."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from etl.extract.lexicon import Lexicon
from etl.extract.limits import Head, Limits
from etl.extract.model import Context, Measure
from etl.extract.naming import Hit, Names
from etl.extract.numeral import alternatives
from etl.extract.statement import Item

Span = tuple[int, int]
_EARLIER = 300
_LIST_LINKS = frozenset(("、", "和", "及", "与", "以及"))
_BREAK = re.compile(r"[、和及与]")


class Subject(NamedTuple):
    """What a number is said of.

    Attributes:
        phrase: The noun phrase as found (folded), empty where the number has none of its own.
        indicator: None where no indicator is named.
        scope: Spans of the folded text that together limit it.
        rule: Code of the way it was found.
        confidence: How often that way is right.
        new: Where a word such as 新增 stands that governs it.
        at: Where its name stands.
    """

    phrase: str
    indicator: str | None
    grade: str | None
    scope: tuple[Span, ...]
    rule: str
    confidence: float
    new: Span | None = None
    at: Span | None = None


class Spoken(NamedTuple):
    """An item that has been read."""

    item: Item
    subjects: tuple[Subject, ...]
    measure: Measure


class Tools:
    """What every view shares, compiled once."""

    def __init__(self, names: Names, limits: Limits, lexicon: Lexicon) -> None:
        words = lexicon.words
        self.names, self.limits, self.lexicon = names, limits, lexicon
        self.pairs = {word: tuple(parts) for word, parts in words["pairs"].items()}
        self.attributes = frozenset(words["attributes"])
        self.totals = frozenset(words["totals"])
        self.applied = tuple(words["applied"])
        self.place_tails = tuple(words["place_tails"])
        self.topic_tail = re.compile(rf"(?:{alternatives(words['topic_tails'])})$")
        self.listed = re.compile(
            rf"(?:{alternatives(lexicon.grades['listed'])})(?P<list>[^,。;、:的]{{3,}}(?:\([^()]*\)[^,。;、:的]*)?)"
        )
        self.rank_verb = re.compile(
            alternatives([word for word in words["before"]["rank"] if word[-1] in "居列排名得" or word == "蝉联"])
        )
        self.added = re.compile(rf"(?<=..)(?:{alternatives(words['new'])})$")
        self.ungraded = re.compile(alternatives(words["ungraded"]))
        self.recognised = re.compile(rf"(?<=..)(?:{alternatives(words['recognised'])})$")
        self.title = re.compile(
            rf"(?:企业|公司|单位|平台|机构|园区|基地|项目|产品)?(?:成功|新|相继|均|正式)?(?:{alternatives(words['titled'])})(?P<title>.+)$"
        )
        self.granted_to = re.compile(
            r"(?:对|给|向|[;,。]|^)(?P<whom>[^。;]{2,60}?)(?:的)?(?:,|每|给予|予以|分别|一次性|按|最高|奖励|补助|补贴|资助|发放)"
        )
        self.grants = re.compile(alternatives(words["granting"]))
        self.shared_by = re.compile(rf"(?:{alternatives(words['share_verbs'])})(?=..)")
        self.predicate = lexicon.predicates
        self.nominal = frozenset(words["nominal"])
        self.fused = lexicon.opening

    def ranks(self, phrase: str) -> bool:
        """True where a phrase has a verb of ranking: 位居全国百强榜首."""
        return self.rank_verb.search(phrase) is not None


@dataclass(slots=True)
class View:
    """One item of a sentence and its surroundings. Offsets are of the folded text.

    Attributes:
        start, paragraph: Where the sentence and its paragraph start.
        spoken: The items of the sentence before this one, read.
        measure: What the words around the number make of it.
        phrase: What stands before the number, without the function words at its end.
    """

    tools: Tools
    text: str
    start: int
    paragraph: int
    item: Item
    spoken: Sequence[Spoken]
    measure: Measure
    context: Context
    phrase: str = field(init=False)
    _name: tuple[Hit | None] | None = None

    def __post_init__(self) -> None:
        self.phrase = self.item.peeled.head

    @property
    def name(self) -> Hit | None:
        """The indicator that the phrase before the number names; looked up once."""
        if self._name is None:
            self._name = (self.named(self.phrase),)
        return self._name[0]

    @property
    def earlier(self) -> str:
        """The paragraph up to the item's phrase, bounded."""
        return self.text[max(self.paragraph, self.item.before_start - _EARLIER) : self.item.before_start]

    @property
    def own(self) -> str:
        """The item's own part of its clause."""
        return self.text[self.item.reach[0] : self.item.reach[1]]

    @property
    def last(self) -> Subject:
        """The last subject of the sentence so far; there must be one."""
        return self.spoken[-1].subjects[-1]

    def open(self, phrase: str) -> Head:
        return self.tools.limits.open(phrase, self.context.region_names)

    def says_nothing(self, phrase: str) -> bool:
        """True where a phrase is made of connecting words and verbs alone."""
        return not self.open(phrase).text

    def named(self, phrase: str, measure: Measure | None = None, unit: str | None = None) -> Hit | None:
        return self.tools.names.named(phrase, self.item.unit if unit is None else unit, measure or self.measure)

    def fits(self, indicator: str) -> bool:
        return self.tools.names.fits(indicator, self.item.unit, self.measure)

    def follows_verb(self, after: str) -> bool:
        """True where what follows the number goes on with a verb instead of a noun."""
        return self.tools.predicate.match(after) is not None

    def begins_deed(self, words: str) -> bool:
        """True where words begin with a verb that places and their people do."""
        taken = self.tools.fused.take_first(words)
        return taken is not None and taken[0] == "verb"

    def counts_what_follows(self) -> bool:
        return (
            self.item.unit in ("count", "person") and bool(self.item.after) and not self.follows_verb(self.item.after)
        )

    def later_in_list(self, head: Head) -> bool:
        """True for a later item of a list that has no verb of its own."""
        return bool(self.spoken) and self.item.lead in _LIST_LINKS and not head.verbs and not head.new

    def further_part(self, head: Head) -> bool:
        """True for a later member of a list of parts: 其中甲市58家、乙市46家."""
        return bool(self.spoken and head.text and self.last.rule == "part") and (
            self.item.lead in _LIST_LINKS or self.last.indicator is None
        )

    # -- limits of a subject ------------------------------------------------------------------------------------------

    def new_span(self, head: Head) -> Span | None:
        """Where the word for something new stands: before the head, or at the start of the list."""
        if head.new:
            place = self.phrase.find(head.new)
            return self.item.before_start + place, self.item.before_start + place + len(head.new)
        if self.later_in_list(head) and "be" not in self.item.peeled.roles:
            return self.last.new
        return None

    def limit(self, begin: int, end: int) -> tuple[Span, ...]:
        """The limiting words between two offsets of the phrase, as spans of the text."""
        if end <= begin:
            return ()
        opened = self.open(self.phrase[begin:end])
        if not opened.text:
            return ()
        begin += opened.start
        limiting = self.phrase[begin:end]
        verb = self.tools.limits.had(limiting)
        bounds = [(0, verb[0]), (verb[1], len(limiting))] if verb else [(0, len(limiting))]
        origin = self.item.before_start + begin
        spans = []
        for first, last in bounds:
            left, right = self.tools.limits.modifiers(limiting[first:last])
            if right > left:
                spans.append((origin + first + left, origin + first + right))
        return tuple(spans)

    def scope(self, head: Head, hit: Hit) -> tuple[Span, ...]:
        """The scope of a name in the phrase: the word for something new, and what limits the name."""
        new = self.new_span(head)
        own = self.item.before_start + hit.start
        parts: tuple[Span, ...] = (new,) if new and new[0] < own and not (new[0] <= own < new[1]) else ()
        if (stages := self.tools.names.stages.get(hit.indicator)) and (stage := stages.search(self.phrase, 0, hit.end)):
            begin, end = (self.item.before_start + place for place in stage.span())
            if not any(first <= begin < last for first, last in parts):
                parts += ((begin, end),)
        bearer = self.tools.names.plain(self.phrase[head.start : hit.start])[0].removesuffix("累计").removesuffix("已")
        if bearer in self.tools.names.bearers.get(hit.indicator, ()):
            return parts
        if not hit.narrow:
            return parts + self.limit(head.start, hit.start)
        begin, end = self.thing(hit)
        kind = self.limit(head.start if head.start < hit.start else begin, end)
        if new and kind and parts == (new,) and new[1] == kind[0][0]:
            return ((new[0], kind[0][1]), *kind[1:])  # 新当选“两院”院士 is one limit
        return parts + kind

    def thing(self, hit: Hit) -> Span:
        """Bounds in the phrase of the narrower thing that a name is of: 金融业 in 金融业增加值."""
        words = self.tools.lexicon.words
        begin, end = hit.start, hit.end
        begin += next((len(word) for word in words["per"] if self.phrase.startswith(word, begin)), 0)
        end -= next((len(word) for word in words["measured"] if self.phrase.endswith(word, begin + 2, end)), 0)
        return begin, end

    def new_only(self, head: Head) -> tuple[Span, ...]:
        span = self.new_span(head)
        return (span,) if span else ()

    def list_scope(self) -> tuple[Span, ...]:
        """The list that what is counted was put on: 入选国家培育名单."""
        match = self.tools.listed.search(self.text, self.item.numeral.tail, self._predicate_end())
        if match is None and self.phrase:
            match = self.tools.listed.search(
                self.text, self.item.before_start, self.item.before_start + len(self.phrase)
            )
        return (match.span("list"),) if match else ()

    def topic_scope(self, hit: Hit) -> tuple[Span, ...]:
        """The topic that a head rests on, where it has a name of its own: 甲商务服务平台 ..., 入驻企业."""
        if hit.topic is None:
            return ()
        origin = self.item.before_start - len(self.earlier)
        begin, end = origin + hit.topic[0], origin + hit.topic[1]
        clause = max(self.text.rfind(mark, origin, begin) for mark in ",;:。!?\n、()") + 1
        opened = self.open(self.text[max(clause, origin) : end])
        limits = self.tools.limits
        limiting = opened.text[: -(end - begin)] if len(opened.text) > end - begin else ""
        first, last = limits.modifiers(limiting)
        if last <= first or self.named(opened.text, unit="count", measure="level") or limits.outright(limiting):
            return ()
        return ((end - len(opened.text) + first, end),)

    def at(self, hit: Hit, origin: int | None = None) -> Span:
        base = self.item.before_start if origin is None else origin
        return base + hit.start, base + hit.end

    # -- grades -------------------------------------------------------------------------------------------------------

    def tier(self, phrase: str, name: int | None = None) -> str | None:
        return self.tools.limits.grade(phrase, self.context.region_code, name)

    def grade(self, head: Head, hit: Hit | None) -> str | None:
        """The tier said before the name, or under the verb that opens the list."""
        end = hit.end if hit else len(self.phrase)
        shift = min(head.start, end)
        counted = self.item.unit in ("count", "person")
        name = hit.start - shift if hit and hit.start > shift and counted else None
        return self.tier(self.phrase[shift:end], name) or self._governed(head)

    def grade_around(self, head: Head) -> str | None:
        """The tier said anywhere about what is counted: before it, after it, by the list that it was chosen for, by
        a body.
        """
        code, limits, after = self.context.region_code, self.tools.limits, self.item.after
        return (
            self.tier(head.text)
            or (self.tier(after) if after and not self.follows_verb(after) else None)
            or limits.grade_of_choice(self._predicate(), code)
            or self._of_body(head)
            or self._governed(head)
        )

    def _predicate(self) -> str:
        """What is said of the item: its part of the clause."""
        return self.text[self.item.reach[0] : self._predicate_end()]

    def _predicate_end(self) -> int:
        """The end of the item's part of the clause; of the whole clause where the next number follows at once."""
        end, clause_end = self.item.reach[1], self.item.clause[1]
        return clause_end if end < clause_end and not _BREAK.search(self.item.after) else end

    def _of_body(self, head: Head) -> str | None:
        """省科技厅支持: said of what is counted in the clause, and of the bare nouns that its list goes on with."""
        item, limits, code = self.item, self.tools.limits, self.context.region_code
        grade = limits.grade_of_body(self.text[item.clause[0] : item.numeral.start], code)
        bare = not (head.verbs or head.new or head.connectors or item.peeled.order) and bool(item.before)
        if grade or not self.spoken or not bare:
            return grade
        last = self.spoken[-1].item
        if last.clause[1] + 1 != item.clause[0] or self.text[last.clause[1]] != ",":
            return None
        return limits.grade_of_body(self.text[last.clause[0] : last.numeral.start], code)

    def _tier_opens_list(self) -> bool:
        """True where the item's list has a tier said outright: 省级企业技术中心22家、工程研究中心19家."""
        for spoken in reversed(self.spoken):
            if self.tools.limits.outright(spoken.item.before) or spoken.subjects[-1].rule in ("said", "applied_for"):
                return True
            if spoken.item.lead != "、":
                break
        opening = self.open(self.spoken[-1].item.peeled.head)
        return bool(opening.verbs or opening.new or self.last.new)

    def _governed(self, head: Head) -> str | None:
        """新增国家级A n家、B m家: a tier said under the verb that opens a list holds for its later items."""
        roles = self.item.peeled.roles
        if not self.later_in_list(head) or "be" in roles or ("ge" in roles and self.item.lead != "、"):
            return None
        if self.tools.ungraded.search(head.text):
            return None
        if self.item.lead == "、":
            return self.last.grade if self._tier_opens_list() else None
        opening = self.open(self.spoken[-1].item.peeled.head)
        governed = opening.verbs or opening.new or self.last.rule == "listed" or self.last.new
        return self.last.grade if governed else None
