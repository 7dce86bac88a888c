"""How a computed row is made: rows are matched by their keys, and the new row names the printed ones behind it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

_OF_ONE_VALUE = ("printed", "row", "column", "start", "end", "section", "rule", "confidence")


def keys(frame: pd.DataFrame, columns: Sequence[str]) -> list[tuple[Any, ...]]:
    """The values of some columns by row, None where there is none.

    As keys of a dictionary they are many times faster than a merge over columns of text.
    """
    listed = []
    for name in columns:
        column = frame[name]
        values = column.tolist()
        if column.hasnans:
            values = [None if pd.isna(value) else value for value in values]
        listed.append(values)
    return list(zip(*listed, strict=True))


def places_of(frame: pd.DataFrame, columns: Sequence[str]) -> dict[tuple[Any, ...], int]:
    """Key -> place of its one row.

    Raises:
        ValueError: A key stands in several rows; the message names it.
    """
    found = keys(frame, columns)
    places = {key: place for place, key in enumerate(found)}
    if len(places) < len(found):
        again = next(key for place, key in enumerate(found) if places[key] != place)
        raise ValueError(f"several rows for {dict(zip(columns, again, strict=True))}")
    return places


def matched(one: pd.DataFrame, other: pd.DataFrame, places: Sequence[int]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The rows of `one` that have a partner (place not -1), and their partners, both numbered from 0."""
    chosen = np.array(places, dtype=int)
    return (
        one.loc[chosen >= 0].reset_index(drop=True),
        other.iloc[chosen[chosen >= 0]].reset_index(drop=True),
    )


def tuples(values: Sequence[tuple[str, ...]]) -> Any:
    """An object array, so that pandas takes each tuple for one value."""
    found = np.empty(len(values), dtype=object)
    for place, value in enumerate(values):
        found[place] = value
    return found


def ones(names: pd.Series) -> Any:
    return tuples([(name,) for name in names.tolist()])


def sources_of(frame: pd.DataFrame) -> list[tuple[str, ...]]:
    """Where rows come from; a row that a caller made without saying so comes from its own source."""
    own = frame["source_id"].tolist()
    given = frame["sources"].tolist() if "sources" in frame else [None] * len(frame)
    return [named if isinstance(named, tuple) else (source,) for named, source in zip(given, own, strict=True)]


def derived(now: pd.DataFrame, other: pd.DataFrame, operation: str, **columns: Any) -> pd.DataFrame:
    """The rows `now` with computed columns, marked as derived from themselves and their partners in `other`."""
    ids = (other["inputs"] if "inputs" in other else ones(other["observation_id"]), sources_of(other))
    inputs = [tuple(dict.fromkeys((*a, *b))) for a, b in zip(now["inputs"], ids[0], strict=True)]
    sources = [tuple(dict.fromkeys((*a, *b))) for a, b in zip(sources_of(now), ids[1], strict=True)]
    inexact = (now["comparator"] == "approx") | (other["comparator"] == "approx").to_numpy()
    emptied = {name: pd.Series(None, index=now.index, dtype=now[name].dtype) for name in _OF_ONE_VALUE if name in now}
    return now.assign(
        **emptied, **columns, inputs=tuples(inputs), sources=tuples(sources), origin="derived",
        comparator=now["comparator"].mask(inexact, "approx"),
        observation_id=[f"{name}.{operation}" for name in now["observation_id"].tolist()],
    ).reset_index(drop=True)  # fmt: skip
