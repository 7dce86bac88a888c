"""Statements for readers to start from. Data: `data/catalog/sql_examples.yml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from indicators.catalog import read_entries
from indicators.errors import CatalogError
from indicators.paths import data_paths

FILE = "sql_examples.yml"


@dataclass(frozen=True, slots=True)
class Example:
    """A statement with what it shows."""

    id: str
    zh: str
    en: str
    sql: str

    def name(self, lang: str) -> str:
        return self.en if lang == "en" else self.zh


def load_examples(folder: Path | None = None) -> Mapping[str, Example]:
    """The examples of a catalogue folder (default: the data root's) by id, in display order.

    Raises:
        CatalogError: Every fault found, each naming file, entry and field.
    """
    return _load((folder or data_paths().catalog).resolve())


@lru_cache(maxsize=4)
def _load(folder: Path) -> Mapping[str, Example]:
    faults: list[str] = []
    found: dict[str, Example] = {}
    for entry in read_entries(folder / FILE, faults):
        name, sql = str(entry.get("id") or entry["zh"]), str(entry.get("sql") or "").strip()
        if not entry.get("id"):
            faults.append(f"{FILE}: {name}: id: is missing")
        if not sql:
            faults.append(f"{FILE}: {name}: sql: is missing")
        if name in found:
            faults.append(f"{FILE}: {name}: id: stands twice")
        faults += [
            f"{FILE}: {name}: {field}: is not a field" for field in sorted(set(entry) - {"id", "zh", "en", "sql"})
        ]
        found[name] = Example(name, entry["zh"], entry["en"], sql)
    if faults:
        raise CatalogError(faults)
    return found
