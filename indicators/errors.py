"""One shape for everything that can be wrong with data: code, place, and the words' parameters.

The sentences (what is wrong, what to do next) are catalogue labels `problems.<code>` and `problems.<code>_hint`, so
that the
command line and the pages say the same in both languages.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

Severity = Literal["error", "warning", "note"]
LONGEST = 300
"""Characters of a place or a parameter in a message."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that a person should know or mend.

    Attributes:
        code: Stable name, also the label's key.
        where: Source and place in it, as exact as is known (`reports/x.md:12`, `tables/y.csv row 3 column 2011`).
        severity: `error` keeps a source or value out, `warning` lets it through marked, `note` informs.
        params: Values for the sentence's placeholders.
        source_id: The source that it concerns, when there is one.
        evidence: Ids of the observations that it is about, the one that is shown first.
    """

    code: str
    where: str
    severity: Severity = "error"
    params: Mapping[str, str] = field(default_factory=dict)
    source_id: str | None = None
    evidence: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """What a source holds may be of any length; a message quotes its beginning."""
        object.__setattr__(self, "where", _shortened(self.where))
        object.__setattr__(self, "params", {name: _shortened(value) for name, value in self.params.items()})
        object.__setattr__(self, "evidence", tuple(self.evidence))  # a list where it was stored


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


class CatalogError(Exception):
    """The catalogue does not hold together. `faults` lists every fault as `file: entry: field: what`."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))


class SourceError(Exception):
    """A source cannot be read. Carries every problem found in it; raised once."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__("; ".join(f"{p.code} · {p.where}" for p in problems))


class StatementError(Exception):
    """A reader's SQL statement was refused, stopped or wrong. The words are labels `data.sql_<code>`."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        told = "; ".join(f"{name}: {value}" for name, value in problem.params.items())
        super().__init__(f"{problem.code} · {told}" if told else problem.code)


class NoEditionError(Exception):
    """There is no complete edition to read. The way out is to run the build."""


class UnknownRegionError(KeyError):
    """A region code or name that the catalogue does not have; unknown regions are never let through."""


class UnknownIndicatorError(KeyError):
    """A name that no indicator of the catalogue has; the message names those that are written alike."""


class UnknownUnitError(KeyError):
    """A printed unit that units.yml does not have."""
