"""Checks before an edition is published. Each says how many rows it compared, so that a check of nothing is noticed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from etl.check_growth import growth_against_levels
from etl.check_sources import values_of_one_observation
from etl.check_sums import parts_against_totals, ratios_against_terms
from etl.finding import Check, Row, finding, place, whole_levels
from indicators.catalog import Catalog
from indicators.errors import Problem

USUAL_STEP = (0.5, 2.2)
"""A level that moves beyond these multiples within a year has more often been counted otherwise than changed."""


def held_back(rows: Sequence[Row], catalog: Catalog) -> tuple[Check, set[str]]:
    """Levels outside their indicator's plausible range. They are kept out of the edition and listed for review.

    Returns:
        The check, and the ids of the observations to hold back.
    """
    problems, ids, compared = [], set(), 0
    for row in rows:
        if row["measure"] != "level":
            continue
        compared += 1
        indicator = catalog.indicators[row["indicator"]]
        low, high = indicator.plausible
        if not low <= row["value"] <= high:
            params = {
                "printed": row["printed"], "indicator_zh": indicator.zh, "indicator_en": indicator.en,
                "low": f"{low:g}", "high": f"{high:g}", "unit": indicator.unit,
            }  # fmt: skip
            problems.append(Problem("implausible", place(row), "warning", params, row["source_id"]))
            ids.add(row["observation_id"])
    return Check("plausible_range", compared, tuple(problems)), ids


def all_checks(rows: Sequence[Row], catalog: Catalog, breaks: Iterable[Row] = ()) -> list[Check]:
    """Every check over the settled rows of an edition.

    Args:
        breaks: Rows of the edition's `breaks`; a step across a break is no finding.
    """
    breaks = list(breaks)
    cut = {(row["indicator"], row["year"]) for row in breaks}
    return [
        *values_of_one_observation(rows, catalog),
        growth_against_levels(rows, catalog, breaks),
        parts_against_totals(rows, catalog),
        ratios_against_terms(rows, catalog),
        _steps(rows, catalog, cut),
    ]


def _steps(rows: Sequence[Row], catalog: Catalog, cut: set[tuple[str, int]]) -> Check:
    """Levels of adjacent years that differ more than is usual, for a reader to look at the source before the trend."""
    problems: list[Problem] = []
    compared = 0
    levels = whole_levels(rows)
    low, high = USUAL_STEP
    for (region, series, year), values in levels.items():
        before = levels.get((region, series, year - 1), {})
        for name, row in values.items():
            earlier = before.get(name)
            if (
                earlier is None or catalog.indicators[name].kind != "level" or (name, year) in cut
                or earlier["value"] <= 0
            ):  # fmt: skip
                continue
            compared += 1
            if not low <= row["value"] / earlier["value"] <= high:
                params = {"first": earlier["printed"], "second": row["printed"]}
                problems.append(finding("unusual_step", "note", (row, earlier), catalog, **params))
    return Check("unusual_step", compared, tuple(problems))
