"""Where many printed values stand, read at once: for what leaves the dashboard with its evidence."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from indicators.queries import Edition


def places(edition: Edition, ids: Iterable[str]) -> pd.DataFrame:
    """One row for each of these observations that the edition has.

    Returns:
        observation_id, origin (`report` or `table`), source_id, section, row and column (of a table), start and end
        (of the number in a report's text).
    """
    wanted = sorted({name for name in ids if name})
    return edition.frame(
        'select observation_id, origin, source_id, section, "row", "column", start, "end" '
        "from observations where observation_id = any(?)",
        [wanted],
    )


def bodies(edition: Edition, ids: Iterable[str]) -> dict[str, str]:
    """The text of these reports."""
    rows = edition.frame("select source_id, body from sources where source_id = any(?)", [sorted(set(ids))])
    return {name: body for name, body in zip(rows["source_id"], rows["body"], strict=True) if isinstance(body, str)}
