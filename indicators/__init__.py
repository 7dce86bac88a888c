"""The shared words and rules: catalogue, regions, units, observation, comparison, and all reading SQL.

This room imports no other room. `etl` writes editions by its schema, `charts` and `pages` read them through `queries`.
For a notebook or a script, `indicators.open()` gives the data of any chart; see `indicators.interface`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from indicators.interface import Data

__all__ = ["open"]


def open(data: Path | str | None = None, *, edition: str | None = None) -> Data:
    """The data for a notebook or a script.

    Args:
        data: The data root; default INNOVATION_DATA, else `data/` of the project.
        edition: Id of one that is kept; default the current one.
    Raises:
        NoEditionError: There is none; run `python -m etl build`.
    """
    from indicators.interface import open_data  # pandas and DuckDB take their time, and few who come here need both

    return open_data(data, edition)
