"""What a file holds once its format is behind it: the text as it is shown, and its tables as grids of printed cells."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Merged:
    """A cell that spans several: its first row and column, and how many of each it covers."""

    row: int
    column: int
    rows: int
    columns: int


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as printed.

    Attributes:
        name: The sheet's name, or the caption above the table; empty where there is none.
        rows: Cells as they are shown (a percent format is applied: `2.5%`), all rows of one length, `""` for a blank
            cell. A merged cell's text stands in its first place alone.
        merged: The cells that span several.
        told: What the file has and does not show, as (problem code, where in the table): hidden rows and columns.
    """

    name: str
    rows: tuple[tuple[str, ...], ...]
    merged: tuple[Merged, ...] = ()
    told: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read.

    Attributes:
        text: The text as shown, newlines as `\\n`, one paragraph a line, page furniture left out; a row of a data table
            is a line `| cell | cell |`. All spans refer to it.
        grids: Its tables, in order.
    """

    text: str
    grids: tuple[Grid, ...] = ()
