"""Values of the same observation against one another: within a source, between sources, and with earlier vintages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

from etl.finding import Check, Row, finding, percent, same_time
from indicators.catalog import Catalog
from indicators.choice import agree
from indicators.errors import Problem
from indicators.observation import observation_key

MOST_REVISED = 1000
"""Revisions that are told one by one, the largest first; the rest are counted."""


def values_of_one_observation(rows: Sequence[Row], catalog: Catalog) -> tuple[Check, Check, Check, Check]:
    """A source that says two things, a report beside a table, sources of one kind beside one another, a value beside
    its own earlier vintage. Values agree where their intervals meet: 3.5万 and 34,900 do.
    """
    twice: list[Problem] = []
    reports: list[Problem] = []
    sources: list[Problem] = []
    revised: list[tuple[float, Problem]] = []
    compared = dict.fromkeys(("said_twice", "report_differs", "sources_differ", "revised"), 0)
    for group in _groups(rows).values():
        compared["said_twice"] += len({row["source_id"] for row in group})
        if len(group) < 2:
            continue
        twice += [_twice(one, other, catalog) for one, other in _within(group) if not agree(one, other)]
        shown = next((row for row in group if row["standing"] == "current"), None)
        for other in group:
            if shown is None or other is shown or other["source_id"] == shown["source_id"]:
                continue
            if other["standing"] == "superseded":
                compared["revised"] += 1
                if not agree(shown, other):
                    revised.append(_revised(shown, other, catalog))
            elif same_time(shown, other):
                code = "report_differs" if shown["origin"] != other["origin"] else "sources_differ"
                compared[code] += 1
                if not agree(shown, other):
                    (reports if code == "report_differs" else sources).append(_differ(code, shown, other, catalog))
    return (
        Check("said_twice", compared["said_twice"], tuple(twice)),
        Check("report_differs", compared["report_differs"], tuple(reports)),
        Check("sources_differ", compared["sources_differ"], tuple(sources)),
        Check("revised", compared["revised"], tuple(_largest(revised))),
    )


def _groups(rows: Iterable[Row]) -> dict[tuple[Any, ...], list[Row]]:
    groups: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in rows:
        groups[observation_key(row)].append(row)
    return groups


def _within(group: Iterable[Row]) -> Iterator[tuple[Row, Row]]:
    """Adjacent values of one source."""
    by_source: dict[str, list[Row]] = defaultdict(list)
    for row in group:
        by_source[row["source_id"]].append(row)
    for same in by_source.values():
        yield from pairwise(same)


def _twice(one: Row, other: Row, catalog: Catalog) -> Problem:
    params = {"first": one["printed"], "second": other["printed"]}
    return finding("said_twice", "warning", (other, one), catalog, **params)


def _differ(code: str, shown: Row, other: Row, catalog: Catalog) -> Problem:
    params = {
        "shown": shown["printed"], "other": other["printed"], "shown_source": shown["source_id"],
        "apart": _apart(shown, other),
    }  # fmt: skip
    severity = "warning" if code == "report_differs" else "note"
    return finding(code, severity, (other, shown), catalog, **params)  # type: ignore[arg-type]


def _revised(shown: Row, other: Row, catalog: Catalog) -> tuple[float, Problem]:
    size = abs(shown["value"] / other["value"] - 1) if other["value"] else float("inf")
    params = {
        "shown": shown["printed"], "other": other["printed"], "apart": _apart(other, shown),
    }  # fmt: skip
    return size, finding("revised", "note", (other, shown), catalog, **params)


def _apart(base: Row, row: Row) -> str:
    """How far a value lies from another, in percent of that."""
    return f"{percent((row['value'] / base['value'] - 1) * 100)}%" if base["value"] else "–"


def _largest(revised: list[tuple[float, Problem]]) -> list[Problem]:
    ordered = [problem for _, problem in sorted(revised, key=lambda pair: (-pair[0], pair[1].where))]
    if len(ordered) <= MOST_REVISED:
        return ordered
    more = {"code": "revised", "number": str(len(ordered) - MOST_REVISED)}
    return [*ordered[:MOST_REVISED], Problem("more_of_same", "tables", "note", more)]
