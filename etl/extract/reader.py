"""The prose reader: a report's text to figures and a ledger of all its numbers."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from etl.clean import Folded, fold
from etl.extract.dating import Paragraph, one_each, speaking, years
from etl.extract.layout import Heading, headings, no_prose, stops
from etl.extract.lexicon import Lexicon
from etl.extract.limits import Limits
from etl.extract.measuring import Measuring, Sized
from etl.extract.modality import Modality, Standing
from etl.extract.model import Context, Figure, Mark, MarkKind, Reading, Section, Status
from etl.extract.naming import Names
from etl.extract.numeral import Numeral
from etl.extract.part_year import PartsOfYear
from etl.extract.periods import Calendar, Mention, Periods
from etl.extract.scan import Scanner
from etl.extract.statement import Item, items
from etl.extract.subject import subjects
from etl.extract.view import Spoken, Subject, Tools, View
from indicators.catalog import Catalog

_MOST_NUMBERS, _LONGEST_SENTENCE, _LONGEST_BEFORE = 60, 2000, 500
_OF_THEM = "其中"


class Reader:
    """Reads reports. Compiled once from a catalogue; holds no state between reports and may be shared by threads."""

    def __init__(self, catalog: Catalog) -> None:
        self.lexicon = Lexicon.load(catalog.folder / "reading")
        names = Names(catalog.indicators, self.lexicon)
        self.scanner = Scanner(catalog.units, self.lexicon.numbers)
        self.tools = Tools(names, Limits(self.lexicon), self.lexicon)
        self.measuring = Measuring(names, self.tools, self.lexicon, catalog.indicators)
        self.periods = Periods(self.lexicon)
        self.parts_of_year = PartsOfYear(self.lexicon)
        self.modality = Modality(self.lexicon)
        self.full_year = tuple(self.lexicon.periods["full_year"])

    def read(self, body: str, context: Context) -> Reading:
        """Find every figure of a report and account for every number.

        Args:
            body: The report's text after its front matter.
            context: What is known of the report.
        """
        return _Reading(self, fold(body), body, context).result()


@dataclass(slots=True)
class _Reading:
    """One report while it is being read."""

    reader: Reader
    folded: Folded
    body: str
    context: Context
    text: str = ""
    calendar: Calendar = field(init=False)
    headings: tuple[Heading, ...] = ()
    heading_starts: list[int] = field(default_factory=list)
    section_statuses: list[Status | None] = field(default_factory=list)
    plan_turns: list[int] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    marks: list[tuple[Numeral, str | None]] = field(default_factory=list)
    paragraph: Paragraph = field(default_factory=Paragraph)
    spoken: tuple[Spoken, ...] = ()
    passed: int = 0

    def result(self) -> Reading:
        self.text = self.folded.text
        self.calendar = self.reader.periods.calendar(self.context)
        self.headings = headings(self.text)
        self.heading_starts = [heading.start for heading in self.headings]
        self.section_statuses = self.reader.modality.section_statuses(self.headings)
        self.plan_turns = self.reader.modality.plan_turns(self.text)
        ends = stops(self.text)
        group: list[Numeral] = []
        start = limit = 0
        for numeral in self.reader.scanner.scan(self.text, no_prose(self.text)):
            if numeral.start >= limit:
                self._sentence(group, start, limit)
                group = []
                index = bisect_right(ends, numeral.start)
                start = ends[index - 1] if index else 0
                limit = ends[index] if index < len(ends) else len(self.text) + 1
            elif len(group) >= _MOST_NUMBERS or numeral.start - start > _LONGEST_SENTENCE:
                # What has no end as a sentence is read in pieces, so that the time taken stays in proportion.
                self._sentence(group, start, numeral.start)
                group, start = [], group[-1].end if group else start
            group.append(numeral)
        self._sentence(group, start, limit)
        return Reading(tuple(self.figures), self._ledger(), self._sections())

    def _title(self, heading: Heading) -> str:
        """A heading as printed, without the mark that Markdown puts before it."""
        return self._printed(heading.start, heading.end).lstrip("#").strip()

    def _printed(self, start: int, end: int) -> str:
        first, last = self.folded.original(start, end)
        return self.body[first:last]

    def _sentence(self, numerals: Sequence[Numeral], start: int, end: int) -> None:
        """Read the numbers of the sentence that stands between two offsets."""
        quantities = [n for n in numerals if n.reason is None]
        dates = [n for n in numerals if n.reason == "date"]
        if not quantities and not dates:
            self.marks += [(n, n.reason) for n in numerals]
            return
        start = max(start, numerals[0].start - _LONGEST_SENTENCE)
        end = min(end, len(self.text), numerals[-1].end + _LONGEST_SENTENCE)
        paragraph = self.paragraph.of(self.text, start, self.calendar)
        if paragraph is not self.paragraph:
            self.paragraph, self.spoken = paragraph, ()
        if self.passed < start:  # sentences without a number may set the time: 五年来,实力显著提升。
            silent = max(self.passed, paragraph.start)
            paragraph.carry(self.reader.periods.mentions(self.text, silent, start, (), self.calendar))
        self.passed = end
        mentions = self.reader.periods.mentions(self.text, start, end, dates, self.calendar)
        paragraph.carry(mentions)
        refused: dict[int, str] = {}
        if quantities:
            found = items(self.text, start, end, quantities, self.reader.lexicon)
            refused = self._items(found, start, mentions, one_each(self.text, found, dates, mentions))
        self.marks += [(n, n.reason or refused.get(n.start)) for n in numerals]

    def _items(
        self, found: Sequence[Item], start: int, mentions: Sequence[Mention], given: Mapping[int, Mention]
    ) -> dict[int, str]:
        """Read the quantities of a sentence; returns why those that turn out to be none are refused, by offset."""
        refused: dict[int, str] = {}
        spoken = list(self.spoken) if self._goes_on(found, start) else []
        own = _own_years(found, mentions)
        section = self._section_status(start)
        for index, item in enumerate(found):
            self.reader.measuring.settle_unit(item)
            if (reason := self.reader.measuring.refusal(item)) is not None:
                refused[item.numeral.start] = reason
                continue
            sized = self.reader.measuring.sized(item, spoken)
            view = View(
                self.reader.tools, self.text, start, self.paragraph.start, item, spoken, sized.measure, self.context
            )
            said_of = subjects(view, found, index)
            heard = [m for m in mentions if own.get(m.start, item) is item] if own else mentions
            mention = given.get(item.numeral.start) or speaking(
                self.text, item, heard, self.paragraph, self.reader.full_year
            )
            standing = self._standing(item, start, mention, section)
            if said_of[0].rule == "granted":
                standing = self.reader.modality.granted(self.text[start : item.clause[1]], standing)
            self.figures += [self._figure(item, subject, sized, standing, mention, heard) for subject in said_of]
            spoken.append(Spoken(item, said_of, sized.measure))
        self.spoken = tuple(spoken)
        return refused

    def _goes_on(self, found: Sequence[Item], start: int) -> bool:
        """True where a sentence speaks of what the one before spoke of last: 其中..., 占比提高到2.2%."""
        if not self.spoken:
            return False
        first, last = found[0], self.spoken[-1]
        if self.text.startswith(_OF_THEM, start) or ("respectively" in first.peeled.roles and not first.peeled.head):
            return True
        shares = first.unit == "percent" and "share" in first.peeled.roles and not first.peeled.head
        return shares and last.item.unit == "percent" and last.measure in ("level", "share")

    def _section_status(self, place: int) -> Status | None:
        index = bisect_right(self.heading_starts, place) - 1
        turn = bisect_right(self.plan_turns, place) - 1
        if turn >= 0 and (index < 0 or self.plan_turns[turn] > self._section_start(index)):
            return "target"
        return self.section_statuses[index] if index >= 0 else None

    def _section_start(self, index: int) -> int:
        """Where the section of the highest rank starts that a heading stands in."""
        while self.headings[index].parent >= 0:
            index = self.headings[index].parent
        return self.headings[index].start

    def _standing(self, item: Item, start: int, mention: Mention | None, section: Status | None) -> Standing:
        clause = self.text[item.clause[0] : item.clause[1]]
        before = self.text[max(start, item.numeral.start - _LONGEST_BEFORE) : item.numeral.start]
        modality, index = self.reader.modality, bisect_right(self.heading_starts, start) - 1
        year = modality.section_year(self.headings, index, self.calendar.published) if section == "target" else None
        return modality.standing(before, clause, item, mention, section, year, self.context, self.calendar)

    def _figure(
        self,
        item: Item,
        subject: Subject,
        sized: Sized,
        standing: Standing,
        mention: Mention | None,
        mentions: Sequence[Mention],
    ) -> Figure:
        settled, indicator = self.reader.measuring.settled(item, subject, sized)
        year, base = years(item, settled.measure, standing, mention, mentions, self.paragraph.five_base)
        start, end = self.folded.original(item.numeral.start, item.numeral.end)
        index = bisect_right(self.heading_starts, item.numeral.start) - 1
        section = self._title(self.headings[index]) if index >= 0 else None
        return Figure(
            start=start,
            end=end,
            text=self.body[start:end],
            value=settled.value,
            unit=settled.unit,
            measure=settled.measure,
            indicator=indicator,
            grade=subject.grade,
            scope=self._scope(item, subject),
            year=year,
            base_year=base,
            status=standing.status,
            comparator=self.reader.measuring.comparator(item, subject),
            section=section,
            rule=subject.rule,
            confidence=subject.confidence,
        )

    def _scope(self, item: Item, subject: Subject) -> str | None:
        """The limits of a figure as printed, joined by a semicolon, each once."""
        yearly = item.peeled.roles.get("yearly")
        if not subject.scope and not yearly:
            return None
        parts = [self._printed(start, end) for start, end in subject.scope]
        if yearly:
            parts.append(yearly[:2] if yearly.startswith("年均") else yearly)
        return "；".join(dict.fromkeys(part for part in parts if part)) or None

    def _sections(self) -> tuple[Section, ...]:
        return tuple(Section(self.folded.original(h.start, h.start + 1)[0], self._title(h)) for h in self.headings)

    def _ledger(self) -> tuple[Mark, ...]:
        """Every number of the text in order, with its class."""
        first: dict[int, int] = {}
        for index, figure in enumerate(self.figures):
            first.setdefault(figure.start, index)
        ledger = []
        for numeral, reason in self.marks:
            start, end = self.folded.original(numeral.start, numeral.end)
            text = self.body[start:end]
            if reason is not None:
                ledger.append(Mark(start, end, text, "not_figure", reason))
            else:
                index = first[start]
                figure = self.figures[index]
                kind: MarkKind = "figure" if figure.indicator else "unmapped"
                ledger.append(Mark(start, end, text, kind, figure.rule, index))
        return tuple(ledger)


def _own_years(found: Sequence[Item], mentions: Sequence[Mention]) -> dict[int, Item]:
    """Years that are of one number alone, by offset: 由2020年的260家."""
    dated = [item for item in found if "dated" in item.peeled.roles]
    return {m.start: item for item in dated for m in mentions if item.before_start <= m.start < item.numeral.start}
