"""How well the prose reader reads: the stored counts of the last measurement, and what follows from them.

`data/scores.yml` is written by `python -m tools.score`. It tells of this version of the reader, not of a data root, and
holds counts alone: the documents that it was measured on are other people's texts and not part of the project.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from indicators.paths import DATA

FILE = DATA / "scores.yml"
SETS = ("documents", "invented", "golden")
"""What was measured on: documents with gold records, the project's own invented documents, its invented sentences."""


@dataclass(frozen=True, slots=True)
class Count:
    """What should be there, what was read, and how much of it is right."""

    gold: int
    read: int
    right: int

    @property
    def precision(self) -> float:
        """The part of what was read that is right; 1 where nothing was read."""
        return self.right / self.read if self.read else 1.0

    @property
    def recall(self) -> float:
        """The part of what should be there that was read and is right; 1 where nothing should be there."""
        return self.right / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of document."""

    documents: int
    found: Count
    record: Count
    mapped: Count


@dataclass(frozen=True, slots=True)
class Stated:
    """Figures with something in common: how many, how many wholly right, and the mean confidence stated of them."""

    read: int
    right: int
    confidence: float

    @property
    def share(self) -> float:
        return self.right / self.read if self.read else 0.0


@dataclass(frozen=True, slots=True)
class Scores:
    """One measurement.

    Attributes:
        documents: How many texts were read.
        found: Figures seen with their span and value.
        record: Figures of which every core field is right.
        mapped: The same among figures that belong to an indicator.
        fields: Of the figures found, how many have each field right.
        kinds: The same totals for each kind of document.
        rules: By the rule that a figure was read by.
        bands: By stated confidence: lower bound in percent to what was found.
    """

    documents: int
    found: Count
    record: Count
    mapped: Count
    fields: Mapping[str, int]
    kinds: Mapping[str, Kind]
    rules: Mapping[str, Stated]
    bands: Mapping[int, Stated]


def load_scores(path: Path = FILE) -> Mapping[str, Scores]:
    """The stored scores by what was measured on; empty where nothing is stored."""
    if not path.is_file():
        return {}
    stored = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {name: from_plain(stored[name]) for name in SETS if name in stored}


def from_plain(stored: Mapping[str, Any]) -> Scores:
    """Scores from the lists of counts that the file holds."""
    totals = ("found", "record", "mapped")
    return Scores(
        documents=stored["documents"],
        **{name: Count(*stored[name]) for name in totals},
        fields=stored["fields"],
        kinds={
            name: Kind(kind["documents"], *(Count(*kind[total]) for total in totals))
            for name, kind in stored["kinds"].items()
        },
        rules={name: Stated(*counts) for name, counts in stored["rules"].items()},
        bands={low: Stated(*counts) for low, counts in stored["bands"].items()},
    )


def to_plain(scores: Scores) -> dict[str, Any]:
    """Scores as the file holds them: [gold, read, right] and [read, right, mean confidence]."""

    def count(of: Count) -> list[int]:
        return [of.gold, of.read, of.right]

    def stated(of: Stated) -> list[float]:
        return [of.read, of.right, of.confidence]

    return {
        "documents": scores.documents,
        **{name: count(getattr(scores, name)) for name in ("found", "record", "mapped")},
        "fields": dict(scores.fields),
        "kinds": {
            name: {
                "documents": kind.documents,
                **{total: count(getattr(kind, total)) for total in ("found", "record", "mapped")},
            }
            for name, kind in scores.kinds.items()
        },
        "rules": {name: stated(of) for name, of in scores.rules.items()},
        "bands": {low: stated(of) for low, of in scores.bands.items()},
    }
