"""What is asked of an edition, in SQL; values are always bound.

An `Edition` is one complete build. `Library.current()` looks which edition is the current one at each call, so an open
page picks up a new edition by itself; an edition that is already held goes on serving, since its files are never
changed. Further questions stand in the other `queries_*.py`.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from indicators.errors import NoEditionError
from indicators.observation import OBSERVATIONS
from indicators.queries_files import MANIFEST, Files, plain
from indicators.selection import Selection
from indicators.usable import PARTS

CURRENT = "current.json"


def where(selection: Selection) -> tuple[str, list[Any]]:
    """The WHERE clause of a selection over `observations`, and its bound values. Column names come from here alone."""
    clauses = [f"{column} = any(?)" for column, _ in selection.limits()]
    values: list[Any] = [list(chosen) for _, chosen in selection.limits()]
    if selection.years:
        clauses.append("year between ? and ?")
        values += selection.years
    if selection.whole:
        clauses += [f"{column} is null" for column in PARTS]
    return "where " + " and ".join(clauses) if clauses else "", values


SHOWN = Selection()
REMEMBERED, SMALL = 64, 20_000
"""So many selections of at most so many rows are kept, for all readers together."""


class Edition(Files):
    """One complete build of the data: what pages ask of it.

    Raises:
        NoEditionError: The folder holds no edition of this schema.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._remembered: dict[tuple[Selection, int | None], pd.DataFrame] = {}

    # -- observations ---------------------------------------------------------------------------------------------

    def observations(self, selection: Selection, limit: int | None = None) -> pd.DataFrame:
        """The observations of a selection by indicator, region, year; columns of `observation.OBSERVATIONS`.

        Args:
            limit: At most so many rows, the first ones in that order.
        """
        # An edition never changes, and most choices of a reader ask for the same rows again.
        rows = self._remembered.get((selection, limit))
        if rows is None:
            clause, values = where(selection)
            rows = self.frame(
                f"select * from observations {clause} "
                "order by indicator, region, year, scope nulls first, source_id, start limit ?",
                [*values, limit],
            )
            if len(rows) <= SMALL:
                while len(self._remembered) >= REMEMBERED:
                    self._remembered.pop(next(iter(self._remembered)), None)
                self._remembered[selection, limit] = rows
        # pandas copies on write: who gets the rows may change them without changing what is remembered.
        return rows.copy(deep=False)

    def count(self, selection: Selection) -> int:
        clause, values = where(selection)
        return int(self.frame(f"select count(*) as n from observations {clause}", values)["n"].iloc[0])

    def values_of(self, columns: Sequence[str], selection: Selection) -> dict[str, list[str]]:
        """The different values that columns of text take in a selection, in alphabetical order.

        Raises:
            KeyError: No column of observations has that name.
        """
        clause, values = where(selection)
        names = [OBSERVATIONS.field(name).name for name in columns]
        lists = [f'list_sort(list(distinct "{name}") filter ("{name}" is not null)) as "{name}"' for name in names]
        row = self.frame(f"select {', '.join(lists)} from observations {clause}", values).iloc[0]
        return {name: [] if row[name] is None else list(row[name]) for name in names}

    def observation(self, observation_id: str) -> dict[str, Any] | None:
        """One observation, or None when this edition has no such id."""
        rows = self.frame("select * from observations where observation_id = ?", [observation_id])
        return None if rows.empty else plain(rows.iloc[0])

    def same_key(self, observation_id: str) -> pd.DataFrame:
        """Every value of the same observation: the one shown, superseded ones and those of other sources."""
        return self.frame(
            """
            select o.* from observations o join observations me on me.observation_id = ?
            where o.region = me.region and o.indicator = me.indicator and o.year is not distinct from me.year
              and o.base_year is not distinct from me.base_year and o.measure = me.measure and o.unit = me.unit
              and o.grade is not distinct from me.grade and o.scope is not distinct from me.scope
              and o.scenario = me.scenario and o.series is not distinct from me.series
              and o.part_year is not distinct from me.part_year
            order by o.standing = 'current' desc, o.published desc
            """,
            [observation_id],
        )

    def latest(self, selection: Selection) -> pd.DataFrame:
        """For each indicator and region the last year's observation of a selection."""
        clause, values = where(selection)
        return self.frame(
            f"""
            select * from observations {clause}
            qualify row_number() over (partition by indicator, region, measure, grade, scope, scenario, series,
                                                    part_year
                                       order by year desc nulls last, source_id, start) = 1
            order by indicator, region
            """,
            values,
        )

    @cached_property
    def _breaks(self) -> pd.DataFrame:
        return self.frame(
            """
            select distinct indicator, series, year, zh, en from breaks
            where exists (
              select 1 from observations o
              where o.source_id = breaks.source_id and o.indicator = breaks.indicator and o.standing = 'current')
            order by 1, 3
            """
        )

    def breaks(self, indicators: Sequence[str]) -> pd.DataFrame:
        """Years from which current values of an indicator do not compare with earlier ones.

        A break of a source of which no value is shown (an earlier vintage) says nothing about the values that are.
        """
        return self._breaks.loc[self._breaks["indicator"].isin(list(indicators))].reset_index(drop=True)

    def available(self, selection: Selection = SHOWN) -> pd.DataFrame:
        """What a page may offer: for each indicator, region and origin the number of values and their years."""
        clause, values = where(selection)
        return self.frame(
            f"""
            select indicator, region, origin, count(*)::integer as n, count(distinct year)::integer as years,
                   min(year) as first_year, max(year) as last_year
            from observations {clause} group by all order by indicator, region, origin
            """,
            values,
        )

    def regions_by_year(self, selection: Selection) -> pd.DataFrame:
        """What can be compared: regions with a value of no grade and a full year, for each indicator, scope, year."""
        clause, values = where(selection)
        clause = f"{clause} and" if clause else "where"
        return self.frame(
            f"""
            select indicator, scope, year, list(distinct region order by region) as regions
            from observations {clause} grade is null and year is not null and part_year is null
            group by all order by indicator, scope nulls first, year
            """,
            values,
        )

    def at(self, pairs: Sequence[tuple[str, int]], selection: Selection) -> pd.DataFrame:
        """The observations of a selection at the given pairs of indicator and year."""
        clause, values = where(selection)
        return self.frame(
            f"""
            select o.* from observations o
            join (select unnest(?::varchar[]) as indicator, unnest(?::smallint[]) as year) wanted
              using (indicator, year)
            {clause} order by indicator, year, region, source_id
            """,
            [[name for name, _ in pairs], [year for _, year in pairs], *values],
        )

    @cached_property
    def regions(self) -> pd.DataFrame:
        """The regions that have current values, in the order of their codes: how many values, and how many from
        reports.
        """
        return self.frame(
            """
            select region, count(*)::integer as n, count(*) filter (origin = 'report')::integer as reports
            from observations where standing = 'current' group by region order by region
            """
        )

    def coverage(self) -> pd.DataFrame:
        """How many current values there are for each region, indicator and year."""
        return self.frame(
            """
            select region, indicator, year, origin, count(*)::integer as n from observations
            where standing = 'current' group by all order by region, indicator, year
            """
        )

    # -- sources and their texts ------------------------------------------------------------------------------------

    @cached_property
    def sources(self) -> pd.DataFrame:
        """All sources without their texts, newest first."""
        return self.frame("select * exclude (body) from sources order by published desc nulls last, source_id")

    @cached_property
    def sources_by_id(self) -> Mapping[str, Mapping[str, Any]]:
        """The same sources as plain values: id -> column -> value, None where there is none."""
        return {str(row["source_id"]): plain(row) for _, row in self.sources.iterrows()}

    def source(self, source_id: str) -> dict[str, Any] | None:
        rows = self.frame("select * from sources where source_id = ?", [source_id])
        return None if rows.empty else plain(rows.iloc[0])

    def figures(self, source_id: str) -> pd.DataFrame:
        """Every figure of a report in its order, with and without an indicator."""
        return self.frame("select * from figures where source_id = ? order by number", [source_id])

    def ledger(self, source_id: str) -> pd.DataFrame:
        """Every number of a report with its class."""
        return self.frame('select * from ledger where source_id = ? order by start, "end", figure', [source_id])

    def table_cells(self, source_id: str) -> pd.DataFrame:
        """The cells of a table as printed, one row for each, with the observation that each became."""
        return self.frame(
            """
            select observation_id, region, indicator, year, measure, scope, "row", "column", printed, value, unit,
                   standing
            from observations where source_id = ? order by region, indicator, year
            """,
            [source_id],
        )

    def problems(self) -> pd.DataFrame:
        """What the checks found, errors first; `evidence` as tuples of observation ids."""
        order = "case severity when 'error' then 0 when 'warning' then 1 else 2 end"
        rows = self.frame(f'select * from problems order by {order}, code, "where"')
        return rows.assign(evidence=pd.Series([tuple(ids) for ids in rows["evidence"]], dtype=object))


class Library:
    """The editions of one folder; hands out the current one and keeps it open."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._open: dict[str, Edition] = {}

    def current(self) -> Edition:
        """The edition that `current.json` names.

        Raises:
            NoEditionError: Nothing was built yet, or what it names is damaged.
        """
        try:
            name = json.loads((self._folder / CURRENT).read_text(encoding="utf-8"))["edition"]
        except (OSError, ValueError, KeyError) as error:
            raise NoEditionError(f"{self._folder / CURRENT}: {error}") from error
        with self._lock:
            if name not in self._open:
                self._open[name] = Edition(self._folder / name)
            return self._open[name]

    def editions(self) -> list[dict[str, Any]]:
        """The manifests of all complete editions that are kept, newest first."""
        found = []
        for path in self._folder.glob(f"*/{MANIFEST}"):
            try:
                manifest = json.loads(path.read_text(encoding="utf-8"))
            except (OSError, ValueError):
                continue  # an edition that was being removed while we looked
            found.append(manifest)
        return sorted(found, key=lambda manifest: manifest["built"], reverse=True)
