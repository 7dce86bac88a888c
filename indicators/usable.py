"""Which rows of observations take part in a computation. Each rule is a mask over a frame."""

from __future__ import annotations

import pandas as pd

from indicators.observation import SCENARIOS

PARTS = ("scope", "grade", "part_year")
"""What limits a value to a part: of the region, of its things, of the year."""


def is_whole(frame: pd.DataFrame) -> pd.Series:
    """Values of the whole region and of all of its things, over the whole year."""
    return frame[list(PARTS)].isna().all(axis=1)


def is_exact(frame: pd.DataFrame) -> pd.Series:
    """Actual values that are printed as themselves, not as a limit or an estimate in words."""
    return (frame["scenario"] == SCENARIOS[0]) & (frame["comparator"] == "eq")


def is_computable(frame: pd.DataFrame) -> pd.Series:
    """Dated values that are not limits: nothing can be computed from "at least"."""
    return frame["year"].notna() & frame["comparator"].isin(["eq", "approx"])
