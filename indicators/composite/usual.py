"""The index that is shown when nothing was chosen. Data: `data/catalog/composite.yml`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from indicators.catalog import load_catalog, read_entries
from indicators.composite.recipe import Part, unfit
from indicators.errors import CatalogError
from indicators.paths import data_paths

FILE = "composite.yml"


@dataclass(frozen=True, slots=True)
class Usual:
    """A ready selection of indicators with its name."""

    id: str
    zh: str
    en: str
    parts: tuple[Part, ...]

    def name(self, lang: str) -> str:
        return self.en if lang == "en" else self.zh


def load_usual(folder: Path | None = None) -> Usual:
    """The first entry of a catalogue folder (default: the data root's).

    Raises:
        CatalogError: Every fault found, each naming file, entry and field.
    """
    return _load((folder or data_paths().catalog).resolve())


@lru_cache(maxsize=4)
def _load(folder: Path) -> Usual:
    faults: list[str] = []
    entries = read_entries(folder / FILE, faults)
    catalog = load_catalog(folder)
    found: list[Usual] = []
    for entry in entries:
        parts: list[Part] = []
        for code in entry.get("indicators") or ():
            try:
                part = Part.of(str(code))
                why = unfit(part, catalog)
            except ValueError as error:
                why = str(error)
            if why:
                faults.append(f"{FILE}: {entry.get('id')}: indicators: {code}: {why}")
            else:
                parts.append(part)
        found.append(Usual(str(entry.get("id")), entry["zh"], entry["en"], tuple(parts)))
    if not faults and not (found and found[0].parts):
        faults.append(f"{FILE}: names no indicators")
    if faults:
        raise CatalogError(faults)
    return found[0]
