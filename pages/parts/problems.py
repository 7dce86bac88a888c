"""What the checks found, as sentences."""

from __future__ import annotations

import json

import pandas as pd

from pages.parts.page import Page


def table(page: Page, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of `Edition.problems` for reading: how grave, what, where, what to do."""
    said = []
    for row in rows.itertuples():
        params = json.loads(str(row.params))
        # Words that differ by language come in pairs: `indicator_zh`, `indicator_en`.
        ending = f"_{page.lang}"
        params |= {name.removesuffix(ending): value for name, value in params.items() if name.endswith(ending)}
        said.append({
            page.text("method.severity"): page.text(f"problems.severity_{row.severity}"),
            page.text("method.problem"): page.text(f"problems.{row.code}", **params),
            page.text("method.where"): row.where,
            page.text("method.hint"): page.text(f"problems.{row.code}_hint", **params),
        })  # fmt: skip
    return pd.DataFrame(said)
