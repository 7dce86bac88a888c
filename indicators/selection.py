"""The reader's choice as one value: it feeds the query, the chart, the table and every export, so they cannot
disagree.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

COLUMNS = {
    "indicators": "indicator", "regions": "region", "measures": "measure", "scenarios": "scenario",
    "origins": "origin", "sources": "source_id", "standings": "standing",
}  # fmt: skip
"""Field of a selection -> column that it limits."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What to read. Empty tuples and None mean no limit.

    Attributes:
        indicators, regions: Ids and codes.
        years: First and last year, both included; observations without a year are left out when it is set.
        measures, scenarios, origins, sources: Values of the observation's columns.
        whole: Only values of the whole region and year: no scope, no grade, no part of a year.
        standings: `current` alone unless superseded or other sources are asked for.
    """

    indicators: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    years: tuple[int, int] | None = None
    measures: tuple[str, ...] = ()
    scenarios: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    whole: bool = False
    standings: tuple[str, ...] = ("current",)

    def limits(self) -> list[tuple[str, tuple[str, ...]]]:
        """Columns of observations and the values that they may have, without years and parts."""
        return [(column, chosen) for name, column in COLUMNS.items() if (chosen := getattr(self, name))]

    def filters(self) -> dict[str, Any]:
        """What is limited, for an export's notes."""
        return {name: value for name, value in asdict(self).items() if value not in ((), None, False)}


EVERYTHING = Selection(standings=())
"""No limit at all: superseded values and those of other sources too."""
