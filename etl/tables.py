"""Which files of the tables' folder belong to which card."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from etl.read.pick import TABLE_SUFFIXES
from indicators.errors import Problem

_FILE = re.compile(rb"^file:[ \t]*[\"']?(.+?)[\"']?[ \t]*(?:#.*)?$", re.M)


def find_tables(listed: Sequence[Path]) -> tuple[list[tuple[Path, Path]], list[Problem]]:
    """Pairs of table and card, and what has no partner.

    A card names its table by `file:`, so that several cards can read one workbook; without, it has the table's name.

    Args:
        listed: The files of the folder.
    """
    pairs: list[tuple[Path, Path]] = []
    problems: list[Problem] = []
    tables = {path.name: path for path in listed if path.suffix != ".yml"}
    known = {name: path for name, path in tables.items() if path.suffix.lower() in TABLE_SUFFIXES}
    used: set[str] = set()
    for card in (path for path in listed if path.suffix == ".yml"):
        name = named_file(card.read_bytes())
        partners = [name] if name in known else [other for other, path in known.items() if path.stem == card.stem]
        if name and name not in known:
            partners = []
        if partners:
            pairs.append((known[partners[0]], card))
            used.add(partners[0])
        else:
            # A partner of a format that is not read is told for itself.
            if not any(path.stem == card.stem for path in tables.values()):
                problems.append(_problem("card_without_table", card, file=name or f"{card.stem}.csv, .xlsx, …"))
        for twin in partners[1:]:
            problems.append(Problem("same_name", f"tables/{twin}", params={"other": partners[0]}, source_id=_id(card)))
            used.add(twin)
    for name, path in tables.items():
        if name not in known:
            problems.append(_problem("unknown_format", path, suffix=path.suffix, known=" ".join(TABLE_SUFFIXES)))
        elif name not in used:
            problems.append(_problem("table_without_card", path))
    return pairs, problems


def named_file(card: bytes) -> str | None:
    """The file that a card names; the card itself is read and checked later."""
    match = _FILE.search(card)
    return match[1].decode("utf-8", "replace").strip() if match else None


def _problem(code: str, path: Path, **params: str) -> Problem:
    return Problem(code, f"tables/{path.name}", params=params, source_id=_id(path))


def _id(path: Path) -> str:
    return f"tables/{path.stem}"
