"""Facts of a comparison: who is first and last, how far apart they are, who moved. Pages make their sentences of them.

Pure functions over frames of observations with one value for each region (and year, and indicator). Values are compared
as they are, before any rounding; equal values share a place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from indicators.catalog import Catalog, Indicator
from indicators.compare import change_in_points, rank
from indicators.distribution import MANY
from indicators.fit import spearman


@dataclass(frozen=True, slots=True)
class Spread:
    """One indicator's values over regions: how many, which are highest and lowest (several where equal), the median."""

    n: int
    highest: tuple[str, ...]
    lowest: tuple[str, ...]
    top: float
    bottom: float
    median: float

    @property
    def times(self) -> float | None:
        """Highest over lowest; None where the lowest is not positive."""
        return self.top / self.bottom if self.bottom > 0 else None


def spread(frame: pd.DataFrame) -> Spread:
    """The spread of a frame with one value for each region.

    Raises:
        ValueError: The frame is empty.
    """
    if frame.empty:
        raise ValueError("there is no spread of no values")
    values = frame["value"]
    top, bottom = float(values.max()), float(values.min())
    return Spread(
        len(frame),
        _codes(frame.loc[values == top]),
        _codes(frame.loc[values == bottom]),
        top,
        bottom,
        float(values.median()),
    )


def _codes(frame: pd.DataFrame) -> tuple[str, ...]:
    return tuple(sorted(frame["region"]))


def lacking(frame: pd.DataFrame, expected: Sequence[str]) -> tuple[str, ...]:
    """The expected regions that have no row, in the given order."""
    present = set(frame["region"])
    return tuple(code for code in expected if code not in present)


@dataclass(frozen=True, slots=True)
class Moves:
    """What happened between two years. `rise` and `fall` name the largest changes in `unit`, if any went that way."""

    n: int
    up: int
    down: int
    unit: str
    rise: tuple[str, ...]
    rise_by: float
    fall: tuple[str, ...]
    fall_by: float


def changes(frame: pd.DataFrame, first: int, last: int, catalog: Catalog) -> pd.DataFrame:
    """Each region's change between two years: ratios in percentage points, everything else in percent.

    Returns:
        region, before, after, change, unit; regions that lack a year are left out. `change` is missing where a percent
        would divide by zero or a negative number.
    """
    before = frame.loc[frame["year"] == first].set_index("region")
    after = frame.loc[frame["year"] == last].set_index("region")
    both = [code for code in after.index if code in before.index]
    before, after = before.loc[both], after.loc[both]
    points = change_in_points(after, catalog)
    earlier, later = before["value"].to_numpy(dtype=float), after["value"].to_numpy(dtype=float)
    base = np.where(earlier > 0, earlier, np.nan)
    return pd.DataFrame(
        {
            "region": both,
            "before": earlier,
            "after": later,
            "change": np.where(points, later - earlier, (later / base - 1) * 100),
            "unit": np.where(points, "percentage_point", "percent"),
        }
    )


def moves(changed: pd.DataFrame) -> Moves | None:
    """The facts of `changes`; None when no region has both years."""
    if changed.empty:
        return None
    up, down = int((changed["after"] > changed["before"]).sum()), int((changed["after"] < changed["before"]).sum())
    known = changed.loc[changed["change"].notna()]
    rising, falling = known.loc[known["change"] > 0], known.loc[known["change"] < 0]
    rise_by = float(rising["change"].max()) if len(rising) else 0.0
    fall_by = float(falling["change"].min()) if len(falling) else 0.0
    return Moves(
        len(changed), up, down, str(changed["unit"].iloc[0]),
        _codes(rising.loc[rising["change"] == rise_by]), rise_by,
        _codes(falling.loc[falling["change"] == fall_by]), fall_by,
    )  # fmt: skip


def climbs(changed: pd.DataFrame, indicator: Indicator) -> pd.DataFrame:
    """Ranks in both years among the regions that have both: columns region, before, after (ranks), places gained."""
    ranks = {
        side: rank(changed[["region", side]].rename(columns={side: "value"}), indicator).to_numpy()
        for side in ("before", "after")
    }
    found = pd.DataFrame({"region": changed["region"].to_numpy(), **ranks})
    return found.assign(gained=found["before"] - found["after"])


@dataclass(frozen=True, slots=True)
class Joint:
    """Two indicators over the same regions: how many lie above (below) both medians, and Spearman's correlation."""

    n: int
    both_above: int
    both_below: int
    correlation: float | None


def joint(across: Mapping[str, float], up: Mapping[str, float]) -> Joint:
    """The facts of a scatter of two indicators; regions without both values are left out.

    The correlation is None for fewer than ten regions, and where one side is constant.
    """
    both = sorted(across.keys() & up.keys())
    left, right = pd.Series([across[c] for c in both], dtype=float), pd.Series([up[c] for c in both], dtype=float)
    coefficient = spearman(left.tolist(), right.tolist()) if len(both) >= MANY else None
    above = (left > left.median()) & (right > right.median())
    below = (left < left.median()) & (right < right.median())
    return Joint(len(both), int(above.sum()), int(below.sum()), coefficient)


def firsts(frame: pd.DataFrame, catalog: Catalog) -> dict[str, int]:
    """In how many indicators each region is first, most first; indicators without a direction have no first place."""
    found: dict[str, int] = {}
    for name, rows in frame.groupby("indicator", sort=False):
        indicator = catalog.indicators[str(name)]
        if indicator.direction == "neutral":
            continue
        for code in rows.loc[rank(rows, indicator) == 1, "region"]:
            found[code] = found.get(code, 0) + 1
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))
