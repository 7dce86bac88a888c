"""What the checks found, as sentences."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd

from pages.parts.page import Page

CONTRADICTIONS = (
    "growth_differs", "change_differs", "report_differs", "sources_differ", "said_twice", "parts_exceed",
    "ratio_differs", "revised",
)  # fmt: skip
"""Findings of figures that cannot all be true, the most telling first; the others are about one figure or a file."""


def sentence(page: Page, row: Any) -> str:
    """What was found, in the reader's language; `row` has the fields of `Edition.problems`."""
    return page.text(f"problems.{row.code}", **_params(page, row))


def contradictions(page: Page, rows: pd.DataFrame) -> dict[str, list[str]]:
    """Observation id -> the contradictions that it is part of, as sentences; revisions are none of the figure's own."""
    said: dict[str, list[str]] = {}
    for row in rows.itertuples():
        if row.code in CONTRADICTIONS and row.code != "revised":
            for name in row.evidence:
                said.setdefault(str(name), []).append(sentence(page, row))
    return said


def hint(page: Page, row: Any) -> str:
    """What a reader or editor may do about it."""
    return page.text(f"problems.{row.code}_hint", **_params(page, row))


def table(page: Page, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of `Edition.problems` for reading: how grave, what, where, what to do."""
    said = [
        {
            page.text("method.severity"): page.text(f"problems.severity_{row.severity}"),
            page.text("method.problem"): sentence(page, row),
            page.text("method.where"): row.where,
            page.text("method.hint"): hint(page, row),
        }
        for row in rows.itertuples()
    ]
    return pd.DataFrame(said)


def _params(page: Page, row: Any) -> dict[str, str]:
    params: dict[str, str] = json.loads(str(row.params))
    # Words that differ by language come in pairs: `indicator_zh`, `indicator_en`.
    ending = f"_{page.lang}"
    return params | {name.removesuffix(ending): value for name, value in params.items() if name.endswith(ending)}
