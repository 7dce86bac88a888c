"""Which of several values of the same observation is shown, and why: one written rule for the build and the pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from indicators.interval import of_row

REASONS = ("superseded", "table_first", "later", "same_source", "order")
"""Steps of the rule in their order; their sentences are labels `evidence.why_<reason>`."""


def preference(row: Mapping[str, Any]) -> tuple[Any, ...]:
    """Sorts the values of one observation, the one to show first.

    A value that a later vintage replaced is never shown; a table stands before a report; a later publication before an
    earlier one; then the order of the source ids and of the text decides, so that every build chooses the same.
    """
    return (
        row["standing"] == "superseded",
        row["origin"] != "table",
        _later_first(row["published"]),
        row["source_id"],
        row["start"] or 0,
    )


def why(shown: Mapping[str, Any], other: Mapping[str, Any]) -> str:
    """The step of the rule that puts `shown` before `other`; one of `REASONS`."""
    if other["standing"] == "superseded":
        return "superseded"
    if shown["source_id"] == other["source_id"]:
        return "same_source"
    if shown["origin"] != other["origin"]:
        return "table_first"
    return "later" if shown["published"] != other["published"] else "order"


def _later_first(published: str | None) -> tuple[int, ...]:
    # ISO dates of different length compare as text; "2021" stands before "2021-08", as the less exact one should.
    return (*(-ord(character) for character in published or ""), 1)


def agree(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two printed values of one observation can both be true, as they were rounded (`indicators.interval`)."""
    first, second = of_row(one), of_row(other)
    if first is None or second is None:
        return bool(one["value"] == other["value"])
    return first.meets(second)
