"""The distances of a region and its peers from the peers' medians as rows, for the profile's chart and exports."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from indicators.profile import Standing

UNIT = "sd"
"""Unit of the rows' values: standard deviations of the peers."""
EXTRA = ("amount", "amount_unit", "median", "sd", "logs", "inputs", "sources")
_OF_ONE_VALUE = ("printed", "row", "column", "start", "end", "section", "rule", "confidence")


def distance_rows(code: str, found: Sequence[Standing], read: pd.DataFrame) -> pd.DataFrame:
    """One row for each indicator and region, the region in question first; derived observations.

    Args:
        code: The region in question.
        found: `profile.standings`.
        read: Observations among which are all inputs of the values compared.
    Returns:
        Columns of `observation.OBSERVATIONS` with `value` in standard deviations of the peers (above 0 is better), and
        `EXTRA`: the value compared and its unit, the peers' median and standard deviation, whether of logarithms, and
        the printed values behind the row. Those of the region in question name the peers' as well, after its own.
    """
    known = {row["observation_id"]: row for row in read.to_dict("records")}
    rows = [row for one in found for row in _rows(code, one, known)]
    return pd.DataFrame(rows, columns=[*read.columns, *(name for name in EXTRA if name not in read.columns)])


def _rows(code: str, one: Standing, known: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    shown, apart = one.shown, one.apart
    around = [name for _, inputs in shown.around.values() for name in inputs]
    regions = [(code, shown.value, apart.distance, (*shown.inputs, *around))]
    regions += [(other, value, apart.peers[other], inputs) for other, (value, inputs) in shown.around.items()]
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
