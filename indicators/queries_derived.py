"""Reading SQL over what follows from printed values, and over what the checks found about them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from indicators.observation import OBSERVATIONS
from indicators.queries import Edition

_LISTS = ("inputs", "sources")
_KEPT = [
    "region", "indicator", "measure", "unit", "grade", "scope", "scenario", "series",
]  # fmt: skip


def derived(
    edition: Edition,
    indicators: Sequence[str] = (),
    regions: Sequence[str] = (),
    methods: Sequence[str] = (),
    printed_too: bool = True,
) -> pd.DataFrame:
    """Derived rows of some indicators, regions and methods (none given: all), by indicator, region, year.

    Args:
        printed_too: Also those of which the same quantity is printed.
    Returns:
        Columns of `observation.DERIVED`; `inputs` and `sources` as tuples.
    """
    wanted = {"indicator": indicators, "region": regions, "method": methods}
    clauses = [f"{column} = any(?)" for column, chosen in wanted.items() if chosen]
    values: list[Any] = [list(chosen) for chosen in wanted.values() if chosen]
    if not printed_too:
        clauses.append("printed_id is null")
    where = f"where {' and '.join(clauses)}" if clauses else ""
    return _listed(edition.frame(f"select * from derived {where} order by indicator, region, year, method", values))


def following(edition: Edition, observation_id: str, indicator: str, region: str) -> pd.DataFrame:
    """What was derived from one observation, of its own indicator."""
    return _listed(
        edition.frame(
            """
            select * from derived where indicator = ? and region = ? and list_contains(inputs, ?)
            order by year, method
            """,
            [indicator, region, observation_id],
        )
    )


def derived_from(edition: Edition, inputs: Sequence[str], indicator: str, region: str) -> pd.DataFrame:
    """What was derived from exactly these observations."""
    return _listed(
        edition.frame(
            "select * from derived where indicator = ? and region = ? and list_sort(inputs) = list_sort(?::varchar[])",
            [indicator, region, list(inputs)],
        )
    )


def judged(edition: Edition, method: str) -> pd.DataFrame:
    """Derived values of a method beside the printed value of the same quantity, contradictions first; besides the
    columns of `derived` what is printed there, and its unit's values, as `said` and `said_value`.
    """
    return _listed(
        edition.frame(
            """
            select d.*, o.printed as said, o.value as said_value from derived d
            join observations o on o.observation_id = d.printed_id
            where d.method = ? order by d.verdict desc, d.indicator, d.region, d.year
            """,
            [method],
        )
    )


def as_observations(rows: pd.DataFrame) -> pd.DataFrame:
    """Derived levels as rows that a chart may hold beside observations: one for each line and year, that with the
    narrowest bounds, in the columns of `observation.OBSERVATIONS` with `low`, `high`, `inputs` and `sources`.
    """
    width = (rows["high"] - rows["low"]).fillna(float("inf"))
    ordered = rows.assign(_width=width).sort_values("_width", kind="stable")
    kept = ordered.drop_duplicates([*_KEPT, "year"]).sort_index()
    columns = [*OBSERVATIONS.names, "low", "high", *_LISTS]
    first = [sources[0] for sources in kept["sources"]]
    return kept.assign(source_id=first, year=kept["year"].astype("Int16")).reindex(columns=columns)


def findings(edition: Edition, ids: Sequence[str], source_id: str = "") -> pd.DataFrame:
    """What the checks found about some observations, or in a source, the gravest first.

    Returns:
        The columns of `Edition.problems`.
    """
    order = "case severity when 'error' then 0 when 'warning' then 1 else 2 end"
    rows = edition.frame(
        f"""
        select * from problems where source_id = ? or list_has_any(evidence, ?::varchar[])
        order by {order}, code, "where"
        """,
        [source_id, list(ids)],
    )
    return rows.assign(evidence=pd.Series([tuple(names) for names in rows["evidence"]], dtype=object))


def _listed(rows: pd.DataFrame) -> pd.DataFrame:
    """Lists come as arrays, which nothing can compare; tuples can be."""
    for name in _LISTS:
        made = pd.Series([tuple(values) for values in rows[name]], index=rows.index, dtype=object)
        rows = rows.assign(**{name: made})
    return rows
