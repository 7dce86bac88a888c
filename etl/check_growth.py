"""Printed changes against printed levels: no level that a change leaves open may be the one that is printed."""

from __future__ import annotations

from collections.abc import Iterable

from etl.finding import Check, Row, finding
from indicators import interval
from indicators.catalog import Catalog
from indicators.derive import Printed, before, of_part_year
from indicators.errors import Problem


def growth_against_levels(rows: Iterable[Row], catalog: Catalog, breaks: Iterable[Row]) -> Check:
    """Each printed growth rate or change against the levels of both its years.

    Compared are values of one line (region, indicator, grade, scope, series). Left aside: growth at constant prices or
    on a comparable basis (`growth_basis`), changes across a break, and what a report says of the year in which it
    appeared, unless it prints both levels itself. Levels of the source that prints the change come first; where a level
    is of another source, the finding is a note, since the other may be of another vintage.
    """
    printed = Printed(rows, catalog, breaks)
    problems: list[Problem] = []
    compared = 0
    for change in printed.changes:
        now = printed.beside(change, change["year"])
        then = printed.beside(change, change["base_year"])
        if now is None or then is None or not printed.comparable(change):
            continue
        one_source = now["source_id"] == then["source_id"] == change["source_id"]
        if (of_part_year(change) or of_part_year(now)) and not one_source:
            continue
        implied, stands_for = before(printed, change, now), printed.interval(then)
        if implied is None or stands_for is None:
            continue
        compared += 1
        if not implied.meets(stands_for):
            problems.append(_told(change, now, then, printed, one_source))
    return Check("growth_differs", compared, tuple(problems))


def _told(change: Row, now: Row, then: Row, printed: Printed, one_source: bool) -> Problem:
    level, earlier = printed.interval(now), printed.interval(then)
    implied = before(printed, change, now)
    assert level is not None and earlier is not None and implied is not None
    growth = change["measure"] == "growth"
    moved = interval.growth(level, earlier) if growth else level.minus(earlier)
    return finding(
        "growth_differs" if growth else "change_differs", "warning" if one_source else "note", (change, now, then),
        printed.catalog,
        printed=f"{change['value']:g}", computed=interval.written(moved, change) if moved else "–",
        now=now["printed"], then=then["printed"], base_year=str(then["year"]), implied=interval.written(implied, now),
    )  # fmt: skip
