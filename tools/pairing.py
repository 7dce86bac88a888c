"""Which figure that was read is which gold record, and how much of it is right.

A record and a figure are a pair when their spans overlap by at least half of the longer one and their values are equal
to 1 part in 100,000; where several could pair, those that agree in most fields do. A record without a span (the golden
sentences say what is printed, not where) pairs by what is printed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from indicators.scores import Count, Kind, Scores, Stated

CORE = ("value", "unit", "measure", "indicator", "grade", "year", "status")
FIELDS = (*CORE, "base_year", "comparator", "scoped", "scope")
"""`scoped`: is there a scope or not; `scope`: is it the same one. The others are those of the figure record."""
BANDS = (0, 70, 80, 90, 95)
Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Pairing:
    """One document: its records, its figures, and which belong together (indices)."""

    kind: str
    gold: Sequence[Record]
    read: Sequence[Record]
    pairs: tuple[tuple[int, int], ...]


def paired(kind: str, gold: Sequence[Record], read: Sequence[Record]) -> Pairing:
    """Pair the gold records and the figures of one document."""
    options = [
        (-sum(same(name, record, figure) for name in FIELDS[:-1]), i, j)
        for i, record in enumerate(gold)
        for j, figure in enumerate(read)
        if _meet(record, figure) and close(record["value"], figure["value"])
    ]
    taken: tuple[set[int], set[int]] = (set(), set())
    pairs = []
    for _, i, j in sorted(options):
        if i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
            pairs.append((i, j))
    return Pairing(kind, gold, read, tuple(pairs))


def _meet(record: Record, figure: Record) -> bool:
    if record.get("start") is None:
        return bool(record["text"] == figure["text"])
    shared = min(record["end"], figure["end"]) - max(record["start"], figure["start"])
    longer = max(record["end"] - record["start"], figure["end"] - figure["start"])
    return bool(shared > 0 and 2 * shared >= longer)


def close(one: float, other: float) -> bool:
    """Equal to 1 part in 100,000."""
    return abs(one - other) <= 1e-5 * max(1.0, abs(one), abs(other))


def same(name: str, record: Record, figure: Record) -> bool:
    """True where a figure's field is that of the record; nothing said on both sides counts as the same."""
    if name == "value":
        return close(record["value"], figure["value"])
    if name == "scoped":
        return bool(record.get("scope")) == bool(figure.get("scope"))
    return (record.get(name) or None) == (figure.get(name) or None)


def wrong_fields(record: Record, figure: Record) -> list[str]:
    """The fields of a pair that differ, in the order of FIELDS."""
    return [name for name in FIELDS if not same(name, record, figure)]


@dataclass(slots=True)
class _Tally:
    """Counts while they are added up."""

    documents: int = 0
    gold: int = 0
    read: int = 0
    paired: int = 0
    right: int = 0
    mapped: list[int] = field(default_factory=lambda: [0, 0, 0])

    def counts(self) -> tuple[Count, Count, Count]:
        found = Count(self.gold, self.read, self.paired)
        return found, Count(self.gold, self.read, self.right), Count(*self.mapped)


def scores(pairings: Iterable[Pairing]) -> Scores:
    """All counts of a set of documents."""
    total, kinds = _Tally(), defaultdict[str, _Tally](_Tally)
    fields = dict.fromkeys(FIELDS, 0)
    rules: dict[str, list[tuple[bool, float]]] = defaultdict(list)
    for pairing in pairings:
        right = {j for i, j in pairing.pairs if all(same(name, pairing.gold[i], pairing.read[j]) for name in CORE)}
        for i, j in pairing.pairs:
            for name in FIELDS:
                fields[name] += same(name, pairing.gold[i], pairing.read[j])
        for tally in (total, kinds[pairing.kind]):
            _add(tally, pairing, right)
        for j, figure in enumerate(pairing.read):
            rules[figure["rule"]].append((j in right, figure["confidence"]))
    told = [item for items in rules.values() for item in items]
    bands = {low: [item for item in told if _band(item[1]) == low] for low in BANDS}
    return Scores(
        total.documents,
        *total.counts(),
        fields=fields,
        kinds={name: Kind(kinds[name].documents, *kinds[name].counts()) for name in sorted(kinds)},
        rules={name: _stated(rules[name]) for name in sorted(rules, key=lambda name: (-len(rules[name]), name))},
        bands={low: _stated(items) for low, items in bands.items() if items},
    )


def _add(tally: _Tally, pairing: Pairing, right: set[int]) -> None:
    tally.documents += 1
    tally.gold += len(pairing.gold)
    tally.read += len(pairing.read)
    tally.paired += len(pairing.pairs)
    tally.right += len(right)
    tally.mapped[0] += sum(bool(record.get("indicator")) for record in pairing.gold)
    tally.mapped[1] += sum(bool(figure.get("indicator")) for figure in pairing.read)
    tally.mapped[2] += sum(bool(pairing.read[j].get("indicator")) for j in right)


def _band(confidence: float) -> int:
    return max(low for low in BANDS if 100 * confidence >= low - 1e-9)


def _stated(items: Sequence[tuple[bool, float]]) -> Stated:
    mean = sum(confidence for _, confidence in items) / len(items)
    return Stated(len(items), sum(right for right, _ in items), round(mean, 3))
