"""Judged targets as rows to take away: the target's observation with both sides of the evidence beside it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from indicators.target_values import Known
from indicators.targets import Judged

COLUMNS = (
    "goal", "side", "start_value", "start_year", "latest_value", "latest_low", "latest_high", "latest_year", "verdict",
    "why", "share", "needed_per_year", "needed_growth", "pace_per_year", "pace_growth", "nearby",
)  # fmt: skip


def as_frame(targets: pd.DataFrame, judged: Sequence[Judged]) -> pd.DataFrame:
    """The rows of `targets` that were judged, in the order of `judged`, with `COLUMNS`, `inputs` and `sources`.

    Returns:
        Amounts in the canonical unit, growth in percent; `latest_low` and `latest_high` are the bounds of what the
        print stands for, empty where it is a limit. A row's `inputs` name target, latest value and start.
    """
    places = {name: place for place, name in enumerate(targets["observation_id"].tolist())}
    rows = targets.iloc[[places[one.id] for one in judged]].reset_index(drop=True)
    columns = {name: [_values(one)[name] for one in judged] for name in COLUMNS}
    made = rows.assign(**{name: _column(values) for name, values in columns.items()})
    return made.assign(
        inputs=_tuples([one.inputs for one in judged]), sources=_tuples([_sources(one) for one in judged])
    )


def _values(one: Judged) -> dict[str, object]:
    start, latest = one.start, one.latest
    return {
        "goal": one.goal, "side": one.side, "start_value": start.value if start else None,
        "start_year": start.year if start else None, "latest_value": latest.value if latest else None,
        "latest_low": _finite(latest, "low"), "latest_high": _finite(latest, "high"),
        "latest_year": latest.year if latest else None, "verdict": one.verdict, "why": one.why, "share": one.share,
        "needed_per_year": one.needed.absolute if one.needed else None,
        "needed_growth": one.needed.compound if one.needed else None,
        "pace_per_year": one.so_far.absolute if one.so_far else None,
        "pace_growth": one.so_far.compound if one.so_far else None, "nearby": " ".join(one.nearby) or None,
    }  # fmt: skip


def _finite(known: Known | None, side: str) -> float | None:
    bound = getattr(known, side) if known else None
    return bound if bound is not None and np.isfinite(bound) else None


def _column(values: Sequence[object]) -> pd.Series:
    if all(value is None or isinstance(value, str) for value in values):
        return pd.Series(values, dtype="str")
    if all(value is None or isinstance(value, int) for value in values):
        return pd.Series(values, dtype="Int64")
    return pd.Series(values, dtype="Float64").astype("float64")


def _sources(one: Judged) -> tuple[str, ...]:
    behind = (known.sources for known in (one.latest, one.start) if known)
    return tuple(dict.fromkeys([str(one.target["source_id"]), *(name for names in behind for name in names)]))


def _tuples(values: Sequence[tuple[str, ...]]) -> np.ndarray:
    """An object array, so that pandas takes each tuple for one value."""
    found = np.empty(len(values), dtype=object)
    found[:] = values
    return found
