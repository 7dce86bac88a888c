"""The reader's choice as one value: it feeds the query, the chart, the table and every export, so they cannot
disagree.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Selection:
    """What to read. Empty tuples and None mean no limit.

    Attributes:
        indicators, regions: Ids and codes.
        years: First and last year, both included; observations without a year are left out when it is set.
        measures, scenarios, origins, themes, sources: Values of the observation's columns (`themes` through the
            catalogue).
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

    def filters(self) -> dict[str, Any]:
        """What is limited, for an export's notes."""
        return {name: value for name, value in asdict(self).items() if value not in ((), None, False)}
