"""The distances of a region and its peers from the peers' medians as rows, for the profile's chart and exports."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from indicators.strengths import Standing

UNIT = "sd"
"""Unit of the rows' values: standard deviations of the peers."""
EXTRA = ("amount", "amount_unit", "median", "sd", "logs", "inputs", "sources")
_OF_ONE_VALUE = ("printed", "row", "column", "start", "end", "section", "rule", "confidence")


def distance_rows(code: str, found: Sequence[Standing], read: pd.DataFrame) -> pd.DataFrame:
    """One row for each indicator and region, the region in question first; derived observations.

    Args:
        code: The region in question.
        found: `strengths.standings`.
        read: Observations among which are all inputs of the values compared.
    Returns:
        Columns of `observation.OBSERVATIONS` with `value` in standard deviations of the peers (above 0 is better), and
        `EXTRA`: the value compared and its unit, the peers' median and standard deviation, whether of logarithms, and
        the printed values behind the row. Those of the region in question name the peers' as well, after its own.
    """
    ids = {name for one in found for _, inputs in _compared(code, one) for name in inputs}
    needed = read.loc[read["observation_id"].isin(ids)]
    known = {row["observation_id"]: row for row in needed.to_dict("records")}
    rows = [row for one in found for row in _rows(code, one, known)]
    return pd.DataFrame(rows, columns=[*read.columns, *(name for name in EXTRA if name not in read.columns)])


def _rows(code: str, one: Standing, known: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    shown, apart = one.shown, one.apart
    own, *others = _compared(code, one)
    around = [name for _, inputs in others for name in inputs]
    regions = [(code, shown.value, apart.distance, (*own[1], *around))]
    regions += [(other, shown.around[other].value, apart.peers[other], inputs) for other, inputs in others]
    return [
        {
            **known[inputs[0]],
            **dict.fromkeys(_OF_ONE_VALUE),
            "region": region,
            "value": distance,
            "unit": UNIT,
            "origin": "derived",
            "observation_id": f"{inputs[0]}.distance",
            "amount": value,
            "amount_unit": shown.unit,
            "median": apart.median,
            "sd": apart.sd,
            "logs": apart.logs,
            "inputs": tuple(dict.fromkeys(inputs)),
            "sources": tuple(dict.fromkeys(known[name]["source_id"] for name in inputs)),
        }
        for region, value, distance, inputs in regions
    ]


def _compared(code: str, one: Standing) -> list[tuple[str, tuple[str, ...]]]:
    """The regions compared, the one in question first, with the ids of what is behind their values."""
    return [(code, one.shown.inputs), *((other, found.inputs) for other, found in one.shown.around.items())]
