"""What a reader must know before comparing the rows of a chart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from indicators.catalog import Catalog
from indicators.observation import SCENARIOS

_TOTALS = frozenset({"count", "person", "person_year", "yuan", "sqm"})
"""Units of totals, which grow with the size of a region; shares, rates and quotients compare across levels."""


@dataclass(frozen=True, slots=True)
class Note:
    """Something that a reader must know before comparing; the sentence is label `notes.<code>`."""

    code: str
    params: Mapping[str, Any] = field(default_factory=dict)


def crosses_break(first: int, last: int, years: Iterable[int]) -> bool:
    """Whether a break lies between two years: values from a break year on do not compare with earlier ones."""
    return any(first < year <= last for year in years)


def notes(frame: pd.DataFrame, catalog: Catalog, breaks: pd.DataFrame, sources: pd.DataFrame) -> list[Note]:
    """What keeps the rows of one chart from being compared without a thought.

    Args:
        frame: The rows that are shown, of one or more indicators; printed or derived.
        breaks: `Edition.breaks` of the indicators.
        sources: `Edition.sources`.
    """
    if frame.empty:
        return []
    frame = frame.reset_index(drop=True)
    behind = _behind(frame, sources)
    # Once for all indicators: a region's profile has dozens of them, and a group of pandas costs a millisecond.
    names = frame["indicator"].to_numpy()
    origins = behind["origin"].groupby(names[behind.index]).nunique()
    scoped = frame["scope"].notna().groupby(names).sum()
    grades = frame["grade"].groupby(names).nunique(dropna=False)
    found: list[Note] = []
    for indicator in dict.fromkeys(names):
        entry = catalog.indicators[str(indicator)]
        name = {"indicator_zh": entry.zh, "indicator_en": entry.en}
        if origins[indicator] > 1:
            found.append(Note("mixed_origins", name))
        if scoped[indicator]:
            found.append(Note("scoped", {**name, "n": int(scoped[indicator])}))
        if grades[indicator] > 1:
            found.append(Note("mixed_grades", name))
    found += _break_notes(frame, breaks)
    counts = {
        "not_actual": frame["scenario"] != SCENARIOS[0],
        "inexact": frame["comparator"] != "eq",
        "no_year": frame["year"].isna(),
        "second_hand": frame.index.isin(behind.index[behind["reading"] == "second_hand"]),
    }
    found += [Note(code, {"n": int(which.sum())}) for code, which in counts.items() if which.any()]
    totals = frame.loc[(frame["measure"] == "level") & frame["unit"].isin(_TOTALS)]
    if len({catalog.regions[code].level for code in totals["region"].unique()}) > 1:
        found.append(Note("mixed_levels"))
    return list({(note.code, *map(str, note.params.values())): note for note in found}.values())


def _behind(frame: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """Origin and reading of every source behind each row, by the row's index."""
    named = frame["sources"].explode() if "sources" in frame else frame["source_id"]
    known = sources.set_index("source_id")[["origin", "reading"]]
    return known.reindex(named.to_numpy()).set_axis(named.index)


def _break_notes(frame: pd.DataFrame, breaks: pd.DataFrame) -> list[Note]:
    found = []
    dated = frame.loc[frame["year"].notna(), ["indicator", "series", "year"]]
    rows = list(zip(*(dated[name].tolist() for name in dated), strict=True))
    for row in breaks.itertuples():
        limited = not pd.isna(row.series)
        years = [year for name, series, year in rows if name == row.indicator and (not limited or series == row.series)]
        if years and crosses_break(int(min(years)), int(max(years)), [row.year]):
            found.append(Note("break", {"year": row.year, "zh": row.zh, "en": row.en}))
    return found
