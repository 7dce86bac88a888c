"""Which table of a file a card means."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from etl.read.document import pdf_grids, read_document
from etl.read.encoding import decode
from etl.read.formats import check_format
from etl.read.grid import Grid
from etl.read.limits import read_apart, refuse_large
from etl.read.words import plain
from indicators.errors import Problem, SourceError

MAX_PLACES = 600_000
"""Rows times columns of a CSV."""
TABLE_SUFFIXES = (".csv", ".xlsx", ".docx", ".html", ".htm", ".pdf")


@dataclass(frozen=True, slots=True)
class Picked:
    """The table that a card means.

    Attributes:
        prefix: What stands before a cell in its address (`Sheet1!`, `#2!`); None in a CSV, which has one table.
        lengths: How many cells each row of a CSV has.
        told: What of the file is not shown, as (problem code, where in it).
    """

    grid: Grid
    prefix: str | None
    lengths: tuple[int, ...] = ()
    told: tuple[tuple[str, str], ...] = ()


def read_grids(
    path: Path, data: bytes, where: str, sheet: str | int | None = None, page: int | None = None
) -> tuple[Grid, ...]:
    """All tables of a file, in order. Of sheets that are not asked for there is only the name.

    Raises:
        SourceError: The file cannot be read.
    """
    match path.suffix.lower():
        case ".csv":
            return (_csv(data, where)[0],)
        case ".xlsx":
            refuse_large(data, where)
            check_format(path.suffix, data, where)
            return read_apart("xlsx", data, where, sheet=sheet).grids
        case ".pdf":
            return pdf_grids(path, data, page)
    return read_document(path, data).grids


def pick(path: Path, data: bytes, card: Mapping[str, Any], where: str, source_id: str) -> Picked:
    """The table that the card names, or the only one of the file.

    Raises:
        SourceError: The file cannot be read; it has no such table, or several and the card names none.
    """
    try:
        return _pick(path, data, card, where, source_id)
    except SourceError as error:  # the readers of formats know the file, not whose it is
        raise SourceError(*(replace(problem, source_id=source_id) for problem in error.problems)) from error


def _pick(path: Path, data: bytes, card: Mapping[str, Any], where: str, source_id: str) -> Picked:
    suffix = path.suffix.lower()
    if suffix not in TABLE_SUFFIXES:
        params = {"suffix": path.suffix, "known": " ".join(TABLE_SUFFIXES)}
        raise SourceError(Problem("unknown_format", where, params=params, source_id=source_id))
    if suffix == ".csv":
        grid, lengths = _csv(data, where)
        return Picked(grid, None, lengths)
    field = "sheet" if suffix == ".xlsx" else "table"
    wanted = card.get(field)
    grids = read_grids(path, data, where, wanted if field == "sheet" else None, card.get("page"))
    number = _wanted(grids, wanted, field, where, source_id)
    grid = grids[number]
    if overlap(grid):
        params = {"what": "merged cells overlap"}
        raise SourceError(Problem("damaged_file", where, params=params, source_id=source_id))
    told = [*grid.told]
    if wanted is None:
        hidden = [other.name for other in grids if other is not grid and other.rows and is_hidden(other)]
        told += [("hidden_sheet", name) for name in hidden]
    prefix = f"{grid.name}!" if field == "sheet" else f"#{number + 1}!"
    return Picked(grid, prefix, (), tuple((code, place or grid.name) for code, place in told))


def is_hidden(grid: Grid) -> bool:
    return any(code == "hidden_sheet" for code, _ in grid.told)


def _wanted(grids: Sequence[Grid], wanted: Any, field: str, where: str, source_id: str) -> int:
    """The index of the table that a name or number means."""
    names = ", ".join(f"{number} {grid.name}".strip() for number, grid in enumerate(grids, 1))
    if wanted is None:
        filled = [number for number, grid in enumerate(grids) if grid.rows and not is_hidden(grid)]
        if len(filled) == 1:
            return filled[0]
        code = "which_table" if filled else "no_table"
        raise SourceError(Problem(code, where, params={"field": field, "names": names}, source_id=source_id))
    if isinstance(wanted, int) and 1 <= wanted <= len(grids):
        return wanted - 1
    name = plain(str(wanted))
    found = [number for number, grid in enumerate(grids) if plain(grid.name) == name]
    found = found or [number for number, grid in enumerate(grids) if field == "table" and name in plain(grid.name)]
    if len(found) == 1:
        return found[0]
    params = {"field": field, "wanted": str(wanted), "names": names}
    raise SourceError(Problem("unknown_table", where, params=params, source_id=source_id))


def overlap(grid: Grid) -> bool:
    """Whether merged cells cover more places than there are, which no program writes and would cost much to follow."""
    height, width = len(grid.rows), len(grid.rows[0]) if grid.rows else 0
    left = height * width
    for merged in grid.merged:
        rows, columns = min(merged.rows, height - merged.row), min(merged.columns, width - merged.column)
        left -= max(rows, 0) * max(columns, 0)
        if left < 0 or merged.row < 0 or merged.column < 0:
            return True
    return False


def _csv(data: bytes, where: str) -> tuple[Grid, tuple[int, ...]]:
    refuse_large(data, where)
    rows: list[list[str]] = []
    width = 0
    try:
        for row in csv.reader(io.StringIO(decode(data, where).removeprefix("\ufeff"), newline="")):
            rows.append(row)
            width = max(width, len(row))
            if width * len(rows) > MAX_PLACES:
                raise SourceError(Problem("table_too_large", where, params={"limit": str(MAX_PLACES)}, source_id=where))
    except csv.Error as error:
        raise SourceError(Problem("damaged_file", where, params={"what": str(error)}, source_id=where)) from error
    padded = tuple(tuple(row + [""] * (width - len(row))) for row in rows)
    return Grid("", padded), tuple(map(len, rows))
