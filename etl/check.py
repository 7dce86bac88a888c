"""Checks before an edition is published. Each says how many rows it compared, so that a check of nothing is noticed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from indicators.catalog import Catalog
from indicators.errors import Problem
from indicators.observation import observation_key
from indicators.printed import read_number

Row = Mapping[str, Any]
USUAL_STEP = (0.5, 2.2)
"""A level that moves beyond these multiples within a year has more often been counted otherwise than changed."""
RATIO_TOLERANCE = 0.02
"""A printed ratio may differ by this part from the one recomputed: its terms are revised later than itself."""


@dataclass(frozen=True, slots=True)
class Check:
    """The outcome of one check: rows or groups compared, and what it found."""

    name: str
    compared: int
    problems: tuple[Problem, ...]


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
            problems.append(Problem("implausible", _place(row), "warning", params, row["source_id"]))
            ids.add(row["observation_id"])
    return Check("plausible_range", compared, tuple(problems)), ids


def all_checks(rows: Sequence[Row], catalog: Catalog, breaks: Iterable[Row] = ()) -> list[Check]:
    """Every check over the settled rows of an edition.

    Args:
        breaks: Rows of the edition's `breaks`; a step across a break is no finding.
    """
    cut = {(row["indicator"], row["year"]) for row in breaks}
    return [
        _repeated(rows),
        _conflicts(rows, catalog),
        _parts(rows, catalog),
        _ratios(rows, catalog),
        _steps(rows, catalog, cut),
    ]


def _groups(rows: Iterable[Row]) -> dict[tuple[Any, ...], list[Row]]:
    groups: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in rows:
        groups[observation_key(row)].append(row)
    return groups


def _repeated(rows: Sequence[Row]) -> Check:
    """The same observation twice in one source with different values: one of them is misread, or the source errs."""
    problems, compared = [], 0
    for group in _groups(rows).values():
        by_source: dict[str, list[Row]] = defaultdict(list)
        for row in group:
            by_source[row["source_id"]].append(row)
        for same in by_source.values():
            compared += 1
            if len({row["value"] for row in same}) > 1:
                params = {"first": same[0]["printed"], "second": same[1]["printed"]}
                problems.append(Problem("said_twice", _place(same[1]), "warning", params, same[0]["source_id"]))
    return Check("said_twice", compared, tuple(problems))


def _conflicts(rows: Sequence[Row], catalog: Catalog) -> Check:
    """Sources that give different values of the same observation; earlier vintages are expected to differ."""
    problems, compared = [], 0
    for group in _groups(rows).values():
        shown = next((row for row in group if row["standing"] == "current"), None)
        others = [
            row for row in group if row["standing"] == "other" and shown and row["source_id"] != shown["source_id"]
        ]
        compared += len(others)
        for other in others:
            assert shown is not None
            if other["value"] != shown["value"]:
                indicator = catalog.indicators[shown["indicator"]]
                params = {
                    "shown": shown["printed"], "other": other["printed"], "shown_source": shown["source_id"],
                    "indicator_zh": indicator.zh, "indicator_en": indicator.en,
                }  # fmt: skip
                problems.append(Problem("sources_differ", _place(other), "note", params, other["source_id"]))
    return Check("sources_differ", compared, tuple(problems))


def _levels(rows: Sequence[Row]) -> dict[tuple[str, int], dict[str, Row]]:
    """The shown actual levels of whole regions: (region, year) -> indicator -> row."""
    levels: dict[tuple[str, int], dict[str, Row]] = defaultdict(dict)
    for row in rows:
        if (
            row["measure"] == "level" and row["standing"] == "current" and row["scenario"] == "actual"
            and row["year"] is not None and row["scope"] is None and row["grade"] is None
        ):  # fmt: skip
            levels[row["region"], row["year"]][row["indicator"]] = row
    return levels


def _parts(rows: Sequence[Row], catalog: Catalog) -> Check:
    """Parts must not add up to more than their total; each printed part may be off by half a unit of its last digit."""
    parts = defaultdict(list)
    for indicator in catalog.indicators.values():
        if indicator.parts_of and indicator.kind == "level":
            parts[indicator.parts_of].append(indicator.id)
    problems, compared = [], 0
    for values in _levels(rows).values():
        for total, names in parts.items():
            present = [values[name] for name in names if name in values]
            if total not in values or not present:
                continue
            compared += 1
            slack = sum(_half_digit(row) for row in (*present, values[total]))
            over = sum(row["value"] for row in present) - values[total]["value"]
            if over > slack:
                params = {"total": values[total]["printed"], "parts": " + ".join(row["printed"] for row in present)}
                problems.append(
                    Problem("parts_exceed", _place(values[total]), "warning", params, values[total]["source_id"])
                )
    return Check("parts_exceed", compared, tuple(problems))


def _half_digit(row: Row) -> float:
    """Half a unit of the last printed digit, in the canonical unit."""
    printed = read_number(row["printed"])
    if printed is None:
        return 0.0
    decimals = -int(printed.value.as_tuple().exponent)
    return float(0.5 * 10**-decimals * (row["value"] / float(printed.value) if printed.value else 1.0))


def _ratios(rows: Sequence[Row], catalog: Catalog) -> Check:
    """A ratio that is printed against the one of its two printed terms."""
    problems, compared = [], 0
    ratios = [indicator for indicator in catalog.indicators.values() if len(indicator.ratio_of) == 2]
    for values in _levels(rows).values():
        for indicator in ratios:
            over, under = indicator.ratio_of
            if not {indicator.id, over, under} <= set(values) or not values[under]["value"]:
                continue
            compared += 1
            factor = {"percent": 100.0, "per_10k": 10_000.0}.get(indicator.unit, 1.0)
            computed, printed = factor * values[over]["value"] / values[under]["value"], values[indicator.id]
            slack = RATIO_TOLERANCE * abs(computed) + _half_digit(printed)
            if abs(printed["value"] - computed) > slack:
                params = {
                    "printed": printed["printed"], "computed": f"{computed:.4g}",
                    "indicator_zh": indicator.zh, "indicator_en": indicator.en,
                }  # fmt: skip
                problems.append(Problem("ratio_differs", _place(printed), "note", params, printed["source_id"]))
    return Check("ratio_differs", compared, tuple(problems))


def _steps(rows: Sequence[Row], catalog: Catalog, cut: set[tuple[str, int]]) -> Check:
    """Levels of adjacent years that differ more than is usual, for a reader to look at the source before the trend."""
    problems, compared = [], 0
    levels = _levels(rows)
    low, high = USUAL_STEP
    for (region, year), values in levels.items():
        before = levels.get((region, year - 1), {})
        for name, row in values.items():
            indicator = catalog.indicators[name]
            earlier = before.get(name)
            if earlier is None or indicator.kind != "level" or (name, year) in cut or earlier["value"] <= 0:
                continue
            compared += 1
            if not low <= row["value"] / earlier["value"] <= high:
                params = {
                    "first": earlier["printed"],
                    "second": row["printed"],
                    "year": str(year),
                    "indicator_zh": indicator.zh,
                    "indicator_en": indicator.en,
                }
                problems.append(Problem("unusual_step", _place(row), "note", params, row["source_id"]))
    return Check("unusual_step", compared, tuple(problems))


def _place(row: Row) -> str:
    if row["origin"] == "table":
        return f"{row['source_id']} · {row['row']} · {row['column']}"
    return f"{row['source_id']} [{row['start']}:{row['end']}]"
