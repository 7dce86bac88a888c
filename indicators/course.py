"""The course of one indicator over the years of a chart: between which two years it can be told, and its latest values.

Pure functions over the rows of a view (`development.develop`). They choose what may be said; pages make the sentence.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from indicators.comparability import crosses_break
from indicators.regions import COUNTRY
from indicators.usable import is_exact

USUAL = 2 / 3
"""The last year told is the latest that so large a part of the regions has."""


@dataclass(frozen=True, slots=True)
class Course:
    """The rows of two years and exactly the same regions, and whether earlier years were cut off by a break.

    Attributes:
        expected: How many regions the chart has.
    """

    first: int
    last: int
    rows: pd.DataFrame
    expected: int
    cut: bool

    @property
    def regions(self) -> list[str]:
        return list(dict.fromkeys(self.rows["region"]))


def told(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of one indicator that a sentence may speak of; empty where they do not form one plain series a region.

    Actual values of a year, of whole regions and printed exactly; the country only where it stands alone. Several units
    or series, or printed values mixed with computed ones, cannot be told in one sentence.
    """
    found = rows.loc[is_exact(rows) & rows["grade"].isna() & rows["scope"].isna() & rows["year"].notna()]
    if set(found["region"]) != {COUNTRY}:
        found = found.loc[found["region"] != COUNTRY]
    kinds = [found[column].fillna("").nunique() for column in ("indicator", "unit", "series")]
    mixed = (found["origin"] == "derived").nunique() > 1
    if max(kinds) > 1 or mixed or found.duplicated(["region", "year"]).any():
        return found.iloc[:0]
    return found


def latest(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of the latest year that two thirds of the regions have; empty where `rows` are."""
    counts = rows.groupby("year")["region"].nunique()
    if counts.empty:
        return rows
    return rows.loc[rows["year"] == counts.index[counts >= USUAL * counts.max()].max()]


def course(rows: pd.DataFrame, cuts: Iterable[int], base_year: int | None = None) -> Course | None:
    """The longest span up to the latest year over which all its regions can be compared; None where there is none.

    Args:
        rows: As `told` gives them.
        cuts: Years in which the definition changed: no span crosses one.
        base_year: The only first year that is wanted, that of an index.
    """
    now = latest(rows)
    if now.empty:
        return None
    last, regions = int(now["year"].iloc[0]), set(now["region"])
    among = rows.loc[rows["region"].isin(regions) & (rows["year"] < last)]
    counts = among.groupby("year")["region"].nunique()
    whole = [int(year) for year in counts.index[counts == len(regions)]]
    cuts = list(cuts)
    firsts = [year for year in whole if not crosses_break(year, last, cuts) and base_year in (None, year)]
    if not firsts:
        return None
    both = pd.concat([among.loc[among["year"] == firsts[0]], now])
    return Course(firsts[0], last, both, rows["region"].nunique(), base_year is None and whole[0] < firsts[0])
