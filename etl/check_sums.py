"""Parts against totals, and printed ratios against their terms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from fractions import Fraction

from etl.finding import Check, Row, finding, same_time, total, whole_levels
from indicators import interval
from indicators.catalog import Catalog
from indicators.errors import Problem
from indicators.interval import of_row

RATIO_TOLERANCE = 0.02
"""A printed ratio may differ by this part from the one recomputed: its terms are revised later than itself."""
_FACTORS = {"percent": 100, "per_10k": 10_000}


def parts_against_totals(rows: Sequence[Row], catalog: Catalog) -> Check:
    """Parts must not add up to more than their total, whatever their rounding. That they add up to less is no fault:
    the catalogue does not say that its parts are all there are.
    """
    parts = defaultdict(list)
    for indicator in catalog.indicators.values():
        if indicator.parts_of and indicator.kind == "level":
            parts[indicator.parts_of].append(indicator.id)
    problems: list[Problem] = []
    compared = 0
    for values in whole_levels(rows).values():
        for name, names in parts.items():
            whole = values.get(name)
            if whole is None:
                continue
            present = [values[part] for part in names if part in values and same_time(values[part], whole)]
            intervals = [found for row in present if (found := of_row(row)) is not None]
            limit = of_row(whole)
            if not present or len(intervals) < len(present) or limit is None:
                continue
            compared += 1
            over = total(intervals).apart(limit)
            if over > 0:
                params = {
                    "total": whole["printed"], "parts": " + ".join(row["printed"] for row in present),
                    "over": interval.written(interval.Interval.exactly(over), whole),
                }  # fmt: skip
                problems.append(finding("parts_exceed", "warning", (whole, *present), catalog, **params))
    return Check("parts_exceed", compared, tuple(problems))


def ratios_against_terms(rows: Sequence[Row], catalog: Catalog) -> Check:
    """A ratio that is printed against the one of its two printed terms."""
    problems: list[Problem] = []
    compared = 0
    ratios = [indicator for indicator in catalog.indicators.values() if len(indicator.ratio_of) == 2]
    for values in whole_levels(rows).values():
        for indicator in ratios:
            found = [values[name] for name in (indicator.id, *indicator.ratio_of) if name in values]
            if len(found) < 3 or not all(same_time(found[0], term) for term in found[1:]):
                continue
            printed, over, under = (of_row(row) for row in found)
            if printed is None or over is None or under is None:
                continue
            computed = interval.quotient(over, under, _FACTORS.get(indicator.unit, 1))
            if computed is None:
                continue
            compared += 1
            if not printed.meets(computed.widened(Fraction(str(RATIO_TOLERANCE)))):
                params = {"printed": found[0]["printed"], "computed": interval.written(computed, found[0])}
                problems.append(finding("ratio_differs", "note", found, catalog, **params))
    return Check("ratio_differs", compared, tuple(problems))
