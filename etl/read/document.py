"""A file of any known format to its text and tables.

    read_document(path, path.read_bytes()).text      a report's text, furniture of the page left out
    read_document(path, path.read_bytes()).grids     the tables of html, docx and xlsx
    pdf_grids(path, data, page=3)                    the tables of a pdf, which take long to find: on request only

Text formats are read in this process, the others in a worker process under limits (`etl.read.limits`).
"""

from __future__ import annotations

from pathlib import Path

from etl.read.encoding import decode
from etl.read.formats import READERS, SUFFIXES, check_format
from etl.read.grid import Document, Grid
from etl.read.limits import read_apart, refuse_large

__all__ = ["SUFFIXES", "pdf_grids", "read_document"]


def read_document(path: Path, data: bytes, *, seconds: float | None = None) -> Document:
    """Read a file by its suffix, when its content agrees.

    Args:
        path: The file's name and folder, for the format and for messages; the file itself is not opened.
        data: The file's bytes.
        seconds: Time limit for formats that are read in the worker; None for `etl.read.limits.seconds_for`.
    Raises:
        SourceError: One problem: `unknown_format`, `format_differs`, `old_format`, `password_protected`,
            `too_large`, `too_costly`, `damaged_file`, `no_text_layer`, `unknown_encoding`, `not_text`.
    """
    where = f"{path.parent.name}/{path.name}"
    refuse_large(data, where)
    reader = READERS[check_format(path.suffix, data, where)]
    if reader == "text":
        return Document(decode(data, where).removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"))
    return read_apart(reader, data, where, seconds=seconds)


def pdf_grids(path: Path, data: bytes, page: int | None = None, *, seconds: float | None = None) -> tuple[Grid, ...]:
    """The tables of a pdf, found by their ruled lines or, where none is ruled, by aligned columns.

    Args:
        path, data: As for `read_document`.
        page: Number of the page, from 1; None for all.
        seconds: Time limit; None for 4 s, and 40 s more for each MB beyond the first. Finding tables takes about
            0.2 s a page: in a long file the page should be given.
    Raises:
        SourceError: As for `read_document`; `no_such_page`.
    """
    where = f"{path.parent.name}/{path.name}"
    refuse_large(data, where)
    check_format(path.suffix, data, where, only="pdf")
    limit = 4.0 + max(0, len(data) - 1_000_000) / 25_000 if seconds is None else seconds
    return read_apart("pdf_grids", data, where, seconds=limit, page=page).grids
