"""The prose reader: a report's text to figures and a ledger of all its numbers."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from etl.clean import Folded, fold
from etl.extract.layout import Heading, headings, stops
from etl.extract.lexicon import Lexicon
from etl.extract.limits import Limits
from etl.extract.modality import Modality, Standing
from etl.extract.model import Comparator, Context, Figure, Mark, Measure, Reading, Section, Status
from etl.extract.naming import Names
from etl.extract.periods import Calendar, Mention, Periods
from etl.extract.quantity import comparator_of, moves, says_rate
from etl.extract.numeral import Numeral
from etl.extract.scan import Scanner
from etl.extract.statement import Item, items
from etl.extract.subject import subjects
from etl.extract.view import Spoken, Subject, Tools, View
from indicators.catalog import Catalog


_MOST_NUMBERS, _LONGEST_SENTENCE = 60, 2000
_PAPERS = frozenset(("条", "项", "个", "份", "件", "类"))


class Reader:
    """Reads reports. Compiled once from a catalogue; holds no state between reports and may be shared by threads."""

    def __init__(self, catalog: Catalog) -> None:
        self._lexicon = Lexicon.load(catalog.folder / "reading")
        self._catalog = catalog
        self._scanner = Scanner(catalog.units, self._lexicon.numbers)
        self._names = Names(catalog.indicators, self._lexicon)
        self._tools = Tools(self._names, Limits(self._lexicon), self._lexicon)
        self._measure_heads = tuple(self._lexicon.numbers["measure_heads"])
        self._periods = Periods(self._lexicon)
        self._modality = Modality(self._lexicon)

    def read(self, body: str, context: Context) -> Reading:
        """Find every figure of a report and account for every number.

        Args:
            body: The report's text after its front matter.
            context: What is known of the report.
        """
        return _Reading(self, fold(body), body, context).result()


@dataclass(slots=True)
class _Paragraph:
    """What the sentences of a paragraph hand on to one another."""

    start: int = -1
    carried: Mention | None = None
    full_year: int | None = None
    five_base: int | None = None


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
    figures: list[Figure] = field(default_factory=list)
    marks: list[tuple[Numeral, str | None]] = field(default_factory=list)
    paragraph: _Paragraph = field(default_factory=_Paragraph)
    last: Spoken | None = None

    def result(self) -> Reading:
        self.text = self.folded.text
        self.calendar = self.reader._periods.calendar(self.context)
        self.headings = headings(self.text)
        self.heading_starts = [heading.start for heading in self.headings]
        self.section_statuses = self.reader._modality.section_statuses(self.headings)
        ends = stops(self.text)
        group: list[Numeral] = []
        start = limit = 0
        for numeral in self.reader._scanner.scan(self.text):
            if numeral.start >= limit:
                self._sentence(group, start, limit)
                group = []
                index = bisect_right(ends, numeral.start)
                start = ends[index - 1] if index else 0
                limit = ends[index] if index < len(ends) else len(self.text) + 1
            elif len(group) >= _MOST_NUMBERS or numeral.start - start > _LONGEST_SENTENCE:
                # What has no end as a sentence is read in pieces, so that the time taken stays in proportion.
                self._sentence(group, start, numeral.start)
                group, start = [], group[-1].end
            group.append(numeral)
        self._sentence(group, start, limit)
        return Reading(tuple(self.figures), self._ledger(), self._sections())

    def _sections(self) -> tuple[Section, ...]:
        return tuple(Section(self.folded.original(h.start, h.start + 1)[0], self._printed(h.start, h.end)) for h in self.headings)

    def _printed(self, start: int, end: int) -> str:
        first, last = self.folded.original(start, end)
        return self.body[first:last]

    # -- sentences ----------------------------------------------------------------------------------------------------

    def _sentence(self, numerals: Sequence[Numeral], start: int, end: int) -> None:
        """Read the numbers of the sentence that stands between two offsets."""
        quantities = [n for n in numerals if n.reason is None]
        dates = [n for n in numerals if n.reason == "date"]
        if not quantities and not dates:
            self.marks += [(n, n.reason) for n in numerals]
            return
        start = max(start, numerals[0].start - _LONGEST_SENTENCE)
        end = min(end, len(self.text), numerals[-1].end + _LONGEST_SENTENCE)
        self._enter_paragraph(start)
        mentions = self.reader._periods.mentions(self.text, start, end, dates, self.calendar)
        self._carry(mentions)
        refused: dict[int, str] = {}
        if quantities:
            found = items(self.text, start, end, quantities, self.reader._lexicon)
            refused = self._items(found, start, mentions)
        self.marks += [(n, n.reason or refused.get(n.start)) for n in numerals]

    def _enter_paragraph(self, sentence: int) -> None:
        newline = self.text.rfind("\n", max(self.paragraph.start, 0), sentence)
        start = newline + 1 if newline >= 0 else max(self.paragraph.start, 0)
        if start != self.paragraph.start:
            ahead = self.paragraph.carried if self.paragraph.carried and self.paragraph.carried.ahead else None
            # The items of a list set off by dashes stand under the year to be reached that introduces them.
            self.last = None
            self.paragraph = _Paragraph(start, ahead if self.text.startswith(("--", "- ", "* "), start) else None)
            if self.calendar.plan is not None:
                end = self.text.find("\n", sentence)
                if self.text.find("年均", start, end if end >= 0 else len(self.text)) >= 0:
                    self.paragraph.five_base = self.calendar.review - 5

    def _carry(self, mentions: Sequence[Mention]) -> None:
        for mention in mentions:
            if mention.carries:
                self.paragraph.carried = mention
                if not mention.ahead:
                    self.paragraph.full_year = mention.year
            if mention.base is not None and mention.year - mention.base == 5:
                self.paragraph.five_base = mention.base

    def _items(self, found: Sequence[Item], start: int, mentions: Sequence[Mention]) -> dict[int, str]:
        """Read the quantities of a sentence; returns why those that turn out to be none are refused, by offset."""
        refused: dict[int, str] = {}
        spoken: list[Spoken] = []
        if self.last is not None and self.text.startswith("其中", start):
            spoken = [self.last]
        # The year of 由2020年的260家 is of that number alone.
        own_years = {m.start: item for m in mentions for item in found if "dated" in item.peeled.roles and item.before_start <= m.start < item.numeral.start}
        section = self._section_status(start)
        for index, item in enumerate(found):
            self._settle_unit(item)
            if (reason := self._refusal(item)) is not None:
                refused[item.numeral.start] = reason
                continue
            measure, value, unit = self._measure(item, spoken)
            view = View(self.reader._tools, self.text, start, self.paragraph.start, item, spoken, measure, self.context)
            said_of = subjects(view, found, index)
            speaking = [m for m in mentions if own_years.get(m.start, item) is item] if own_years else mentions
            standing, mention = self._standing(item, start, speaking, section)
            for subject in said_of:
                self.figures.append(self._figure(item, subject, measure, value, unit, standing, mention, mentions))
            spoken.append(Spoken(item, said_of, measure))
        self.last = spoken[-1] if spoken else None
        return refused

    def _section_status(self, place: int) -> Status | None:
        index = bisect_right(self.heading_starts, place) - 1
        return self.section_statuses[index] if index >= 0 else None

    # -- one quantity -------------------------------------------------------------------------------------------------

    def _settle_unit(self, item: Item) -> None:
        """Give a number without unit the one that its head implies."""
        if item.unit or item.numeral.unit:
            return
        head = item.peeled.head
        words = self.reader._lexicon.words
        if item.numeral.bare:
            if head.endswith(tuple(words["index_heads"])):
                item.unit = "index"
            elif "rank" in item.peeled.roles:
                item.unit = "rank"
            return
        for unit, heads in words["unitless"].items():
            if any(word in head[-12:] for word in heads):
                item.unit = unit
                return
        item.unit = "count"

    def _refusal(self, item: Item) -> str | None:
        if item.numeral.bare and not item.unit:
            return "no_unit"
        if item.unit == "rank" and not ({"rank", "arena"} & item.peeled.roles.keys()) and not self.reader._tools.ranks(item.before):
            return "ordinal"
        if item.unit == "count" and item.word in _PAPERS and item.peeled.head.endswith(self.reader._measure_heads):
            return "measures"
        return None

    def _measure(self, item: Item, spoken: Sequence[Spoken]) -> tuple[Measure, Decimal, str]:
        """(measure, value, unit) as the words around a number make them."""
        value, unit, peeled = item.numeral.value, item.unit, item.peeled
        move = moves(peeled)
        previous = spoken[-1] if spoken else None
        follows = previous is not None and (item.linked or not peeled.head) and previous.item.unit == unit
        if unit == "rank":
            return "rank", value, unit
        if item.word == "番":
            return "growth", value, unit
        if unit == "percentage_point":
            if "gap" in peeled.roles or (item.linked and previous and "gap" in previous.item.peeled.roles):
                if item.linked and previous:
                    peeled.roles.setdefault("gap", "")
                return "level", value, unit
            sign = move or (self._sign(previous) if item.linked and previous else 1)
            return "change", value * (sign or 1), unit
        if unit in ("percent", "times"):
            if unit == "times" and (move or says_rate(peeled) or (follows and previous and previous.measure == "growth")):
                return "growth", value * 100, "percent"
            if unit == "times":
                return "level", value, unit
            if item.linked and previous and previous.measure in ("growth", "share"):
                return previous.measure, value * (self._sign(previous) if previous.measure == "growth" else 1), unit
            if move or says_rate(peeled):
                return "growth", value * (move or 1), unit
            if "reach" in peeled.roles and follows and previous and "from" in previous.item.peeled.roles:
                return previous.measure, value, unit
            return ("share" if "share" in peeled.roles else "level"), value, unit
        if move and "reach" not in peeled.roles and ("compared" in peeled.roles or peeled.head):
            return "change", value * move, unit
        return "level", value, unit

    @staticmethod
    def _sign(spoken: Spoken) -> int:
        return moves(spoken.item.peeled) or 1

    def _standing(
        self, item: Item, start: int, mentions: Sequence[Mention], section: Status | None
    ) -> tuple[Standing, Mention | None]:
        mention = self._mention(item, mentions)
        clause = self.text[item.clause[0] : item.clause[1]]
        if clause.startswith("在") and "范围" in item.after:
            return Standing("actual", self.calendar.review), None
        standing = self.reader._modality.standing(
            self.text[start : item.numeral.start], clause, item.before, mention, section, self.context, self.calendar
        )
        return standing, mention

    def _mention(self, item: Item, mentions: Sequence[Mention]) -> Mention | None:
        """The year that speaks for a number: of its clause, of a clause before it, of the paragraph."""
        place = item.numeral.start
        chosen = None
        for mention in mentions:
            if item.unit == "times" and mention.start >= item.before_start:
                continue  # 是2020年的2.4倍: the year that is compared with
            if mention.start < place and not mention.compared and (mention.opens or mention.start >= item.clause[0]):
                chosen = mention
        if item.before.startswith(tuple(self.reader._lexicon.periods["full_year"])) and self.paragraph.full_year is not None:
            return Mention(item.before_start, self.paragraph.full_year)
        return chosen or self.paragraph.carried

    def _figure(
        self,
        item: Item,
        subject: Subject,
        measure: Measure,
        value: Decimal,
        unit: str,
        standing: Standing,
        mention: Mention | None,
        mentions: Sequence[Mention],
    ) -> Figure:
        indicator = subject.indicator
        measure, value, indicator = self._as_cut(item, subject, measure, value, indicator)
        if measure == "level" and subject.rule == "share" and unit == "percent":
            measure = "share"
        elif measure == "share" and (indicator is None or subject.rule == "ratio") and subject.rule != "share":
            measure = "level"
        unit = self._refined(item, indicator, measure, unit)
        year, base = self._years(item, measure, standing, mention, mentions)
        start, end = self.folded.original(item.numeral.start, item.numeral.end)
        return Figure(
            start, end, self.body[start:end], value, unit, measure, indicator, subject.grade, self._scope(item, subject), year, base,
            standing.status, self._comparator(item, subject), self._section(item.numeral.start), subject.rule, subject.confidence,
        )  # fmt: skip

    def _as_cut(
        self, item: Item, subject: Subject, measure: Measure, value: Decimal, indicator: str | None
    ) -> tuple[Measure, Decimal, str | None]:
        """An indicator that is itself a cut: 审批时限压缩70% is its level."""
        verbs = self.reader._names.cuts.get(indicator or "")
        if verbs is None:
            return measure, value, indicator
        if measure == "growth" and item.peeled.roles.get("down"):
            return "level", abs(value), indicator
        if measure == "level" and not any(verb in item.before for verb in verbs):
            return measure, value, None
        return measure, value, indicator

    def _refined(self, item: Item, indicator: str | None, measure: Measure, unit: str) -> str:
        """The unit as the indicator or the head makes it finer: yuan for each person, pieces for each 10,000 people."""
        if measure not in ("level", "change") or unit == "percentage_point":
            return unit
        if indicator is not None:
            return self._catalog_unit(indicator, unit)
        if unit == "yuan" and "人均" in item.before:
            return "yuan_per_person"
        if unit == "count" and "每万人" in item.before:
            return "per_10k"
        return unit

    def _catalog_unit(self, indicator: str, unit: str) -> str:
        own = self.reader._catalog.indicators[indicator].unit
        return own if self.reader._names.fits(indicator, unit, "level") else unit

    def _years(
        self, item: Item, measure: Measure, standing: Standing, mention: Mention | None, mentions: Sequence[Mention]
    ) -> tuple[int | None, int | None]:
        year = standing.year
        if year is None:
            return None, None
        five = self.paragraph.five_base
        compared = next((m for m in reversed(mentions) if m.compared and m.start < item.numeral.start), None)
        if "from" in item.peeled.roles and measure != "growth":
            if "dated" in item.peeled.roles:
                return year, None
            if mention is not None and mention.first is not None:
                return mention.first, None
            if compared is not None:
                return compared.year, None
            return (five if five is not None else year - 1), None
        if measure not in ("growth", "change"):
            return year, None
        if item.peeled.span is not None:
            return year, year - item.peeled.span
        if item.peeled.base_year is not None:
            return year, item.peeled.base_year or year - 1
        if compared is not None:
            return year, compared.year
        if "yearly" in item.peeled.roles or five is None or standing.status != "actual":
            return year, year - 1
        return year, five

    def _comparator(self, item: Item, subject: Subject) -> Comparator:
        found = comparator_of(item.numeral, item.peeled)
        if found == "eq" and item.before.endswith(("内", "之内")):
            return "le"
        if found == "eq" and subject.rule in ("ratio", "share"):
            words = self.reader._lexicon.words["before"]
            if any(word in item.before for word in words["ge"] if len(word) > 1):
                return "ge"
        return found

    def _scope(self, item: Item, subject: Subject) -> str | None:
        parts = [self._printed(a, b) for a, b in subject.scope]
        yearly = item.peeled.roles.get("yearly")
        if yearly:
            parts.append(yearly[:2] if yearly.startswith("年均") else yearly)
        return ";".join(dict.fromkeys(part for part in parts if part)) or None

    def _section(self, place: int) -> str | None:
        index = bisect_right(self.heading_starts, place) - 1
        return self._printed(self.headings[index].start, self.headings[index].end) if index >= 0 else None

    # -- the ledger ---------------------------------------------------------------------------------------------------

    def _ledger(self) -> tuple[Mark, ...]:
        first: dict[int, int] = {}
        for index, figure in enumerate(self.figures):
            first.setdefault(figure.start, index)
        ledger = []
        for numeral, reason in self.marks:
            start, end = self.folded.original(numeral.start, numeral.end)
            if reason is not None:
                ledger.append(Mark(start, end, self.body[start:end], "not_figure", reason))
            else:
                index = first[start]
                figure = self.figures[index]
                ledger.append(Mark(start, end, self.body[start:end], "figure" if figure.indicator else "unmapped", figure.rule, index))
        return tuple(ledger)
