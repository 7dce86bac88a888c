"""What keeps rows from being compared: said beside them, or a reason to refuse the comparison, with the way out.

The rules are data (`data/catalog/comparability.yml`, read by `comparability_rules`); here are the few questions that
they can ask of rows. Sentences: `comparability_words`.

Method: comparability over regions and over time, and coherence between sources, are what the European Statistics Code
of Practice asks of statistics (2017, principle 14; 14.3 names scope, definitions, units and classifications); that a
break be marked where the series is shown is what the OECD's Data and Metadata Reporting and Presentation Handbook
recommends (2007, section 7.2).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from indicators.catalog import Catalog
from indicators.comparability_rows import Rows, Value, each
from indicators.comparability_rules import Rule, Use, load_rules


@dataclass(frozen=True, slots=True)
class Note:
    """Something that a reader must know before comparing.

    Attributes:
        params: What the sentence names. Of a rule: `indicators` (ids), `n` rows concerned `of` all looked at, `values`
            (value -> rows) of the property `about`; of a break its `year` and reason (`zh`, `en`).
        refused: The rows are not to be compared for this reason; else it is said beside them.
        way: What the reader can do about a refusal.
    """

    code: str
    params: Mapping[str, Any] = field(default_factory=dict)
    refused: bool = False
    way: str | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether rows may be compared for a use: what to say beside them, and why not; the most serious first."""

    notes: tuple[Note, ...] = ()
    refusals: tuple[Note, ...] = ()

    @property
    def fair(self) -> bool:
        return not self.refusals


def crosses_break(first: int, last: int, years: Iterable[int]) -> bool:
    """Whether a break lies between two years: values from a break year on do not compare with earlier ones."""
    return any(first < year <= last for year in years)


def judge(
    frame: pd.DataFrame,
    use: Use,
    catalog: Catalog,
    breaks: pd.DataFrame,
    sources: pd.DataFrame,
    asked: Collection[str] = (),
) -> Verdict:
    """Whether rows may be compared, by the rules of the catalogue.

    Args:
        frame: The rows that are compared, of one or more indicators, printed or derived; without those that are only a
            reference (the country beside its provinces).
        breaks: `Edition.breaks` of the indicators.
        sources: `Edition.sources`.
        asked: What the reader asked for outright (`comparability_rules.ASKED`): it is noted, not refused.
    """
    if frame.empty:
        return Verdict()
    rows = Rows(frame, catalog, sources)
    notes: list[Note] = []
    refusals: list[Note] = []
    said: set[str] = set()
    for rule in load_rules(catalog.folder):
        severity = rule.severity(use, asked)
        if severity is None or rule.unless & said:
            continue
        refused = severity == "refuse"
        found = [
            Note(rule.code, params, refused, rule.way if refused else None) for params in _fired(rule, rows, breaks)
        ]
        said |= {note.code for note in found}
        (refusals if refused else notes).extend(found)
    return Verdict(tuple(notes), tuple(refusals))


def notes(frame: pd.DataFrame, catalog: Catalog, breaks: pd.DataFrame, sources: pd.DataFrame) -> list[Note]:
    """What to know of rows that stand side by side: there nothing is refused."""
    return list(judge(frame, "side", catalog, breaks, sources).notes)


def _fired(rule: Rule, rows: Rows, breaks: pd.DataFrame) -> Iterator[Mapping[str, Any]]:
    """The parameters of a rule's sentences: one for all indicators; of breaks one for each."""
    if rule.test == "crosses":
        yield from _crossed(rows, breaks)
        return
    if not _possible(rule, rows):
        return
    kept = _kept(rule, rows)
    found = {"differs": _differs, "any": _any, "apart": _apart}[rule.test](rule, rows, kept)
    if found is not None:
        indicators, n, of, values = found
        yield {"indicators": indicators, "n": n, "of": of, "values": values, "about": rule.of}


_Found = tuple[tuple[str, ...], int, int, dict[Value, int]]


def _possible(rule: Rule, rows: Rows) -> bool:
    """Whether the values that a property takes at all let the rule speak: a look that spares most rules the rows."""
    values = rows.different(rule.of)
    if rule.test == "any":
        return (
            bool(values & rule.is_)
            if rule.present is None
            else bool(values - {None} if rule.present else None in values)
        )
    return len(values if rule.missing_counts else values - {None}) > 1


def _kept(rule: Rule, rows: Rows) -> list[int]:
    """The places of the rows that the rule looks at."""
    places: Iterable[int] = range(len(rows))
    for name, wanted in rule.where.items():
        column = rows[name]
        places = [place for place in places if column[place] in wanted]
    return list(places)


def _groups(rule: Rule, rows: Rows, kept: Iterable[int]) -> Iterator[list[int]]:
    keys = [rows[name] for name in rule.within]
    found: dict[tuple[Value, ...], list[int]] = defaultdict(list)
    for place in kept:
        found[tuple(column[place] for column in keys)].append(place)
    yield from found.values()


def _indicators(rows: Rows, places: Iterable[int]) -> tuple[str, ...]:
    names = rows["indicator"]
    return tuple(dict.fromkeys(str(names[place]) for place in places))


def _differs(rule: Rule, rows: Rows, kept: list[int]) -> _Found | None:
    """The property has several values within a group. `n`: the rows that have not the group's most frequent value."""
    column = rows[rule.of]
    concerned: list[int] = []
    values: Counter[Value] = Counter()
    n = 0
    for group in _groups(rule, rows, kept):
        counts = Counter(
            value for place in group for value in each(column[place]) if rule.missing_counts or value is not None
        )
        if len(counts) > 1:
            concerned += group
            values += counts
            n += counts.total() - max(counts.values())
    return (_indicators(rows, concerned), n, len(concerned), dict(values)) if concerned else None


def _any(rule: Rule, rows: Rows, kept: list[int]) -> _Found | None:
    """Some rows have a value that is looked for. `n`: these rows."""
    column = rows[rule.of]

    def wanted(value: Value) -> bool:
        return (value is not None) is rule.present if rule.present is not None else value in rule.is_

    hits = [(place, value) for place in kept for value in each(column[place]) if wanted(value)]
    if not hits:
        return None
    places = list(dict.fromkeys(place for place, _ in hits))
    return _indicators(rows, places), len(places), len(kept), dict(Counter(value for _, value in hits))


def _apart(rule: Rule, rows: Rows, kept: list[int]) -> _Found | None:
    """The members of a group (regions) have no value of the property in common. `n`: the members."""
    column, members = rows[rule.of], rows[rule.over]
    concerned: list[int] = []
    values: Counter[Value] = Counter()
    n = 0
    for group in _groups(rule, rows, kept):
        held: dict[Value, set[Value]] = defaultdict(set)
        for place in group:
            if column[place] is not None:
                held[members[place]].add(column[place])
        if len(held) > 1 and not set.intersection(*held.values()):
            concerned += group
            n += len(held)
            values += Counter(column[place] for place in group if column[place] is not None)
    return (_indicators(rows, concerned), n, len(concerned), dict(values)) if concerned else None


def _crossed(rows: Rows, breaks: pd.DataFrame) -> Iterator[Mapping[str, Any]]:
    """The breaks between the first and the last year of a series, each with the indicators that it concerns."""
    if breaks.empty:
        return
    spans: dict[str, dict[Value, tuple[int, int]]] = defaultdict(dict)
    for name, series, year in zip(rows["indicator"], rows["series"], rows["year"], strict=True):
        if year is not None:
            first, last = spans[name].get(series, (year, year))
            spans[name][series] = (min(first, year), max(last, year))
    found: dict[tuple[int, str, str], list[str]] = defaultdict(list)
    for row in breaks.itertuples():
        # A break of one series is none of another; one of all series lies between any two values of the indicator.
        own = spans.get(str(row.indicator), {})
        ends = [*own.values()] if pd.isna(row.series) else [own[row.series]] if row.series in own else []
        if ends and crosses_break(min(first for first, _ in ends), max(last for _, last in ends), [int(row.year)]):
            found[int(row.year), str(row.zh), str(row.en)].append(str(row.indicator))
    for (year, zh, en), names in found.items():
        yield {"indicators": tuple(dict.fromkeys(names)), "year": year, "zh": zh, "en": en}
