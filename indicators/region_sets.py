"""Sets of regions that a reader picks at once. Data: `data/catalog/region_sets.yml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from indicators.catalog import load_catalog, read_entries
from indicators.errors import CatalogError
from indicators.paths import data_paths
from indicators.regions import Regions

FILE = "region_sets.yml"
_FIELDS = frozenset({"id", "zh", "en", "whole", "members", "sets"})


@dataclass(frozen=True, slots=True)
class RegionSet:
    """Regions under one name. `whole`: its members add up to the country."""

    id: str
    zh: str
    en: str
    codes: tuple[str, ...]
    whole: bool = False

    def name(self, lang: str) -> str:
        return self.en if lang == "en" else self.zh


def load_region_sets(folder: Path | None = None) -> Mapping[str, RegionSet]:
    """The sets of a catalogue folder (default: the data root's) by id, in display order; codes in ascending order.

    Raises:
        CatalogError: Every fault found, each naming file, entry and field.
    """
    return _load((folder or data_paths().catalog).resolve())


def whole_country(folder: Path | None = None) -> tuple[str, ...]:
    """The codes of the regions that add up to the country."""
    return next(one.codes for one in load_region_sets(folder).values() if one.whole)


@lru_cache(maxsize=4)
def _load(folder: Path) -> Mapping[str, RegionSet]:
    faults: list[str] = []
    entries = {str(entry.get("id")): entry for entry in read_entries(folder / FILE, faults)}
    regions = load_catalog(folder).regions
    for name, entry in entries.items():
        faults += [f"{FILE}: {name}: {fault}" for fault in _faults(name, entry, entries, regions)]
    if not faults and sum(entry.get("whole") is True for entry in entries.values()) != 1:
        faults.append(f"{FILE}: whole: must be true in exactly one set")
    if faults:
        raise CatalogError(faults)
    return {
        name: RegionSet(name, entry["zh"], entry["en"], _codes(entry, entries), entry.get("whole") is True)
        for name, entry in entries.items()
    }


def _codes(entry: Mapping[str, Any], entries: Mapping[str, Mapping[str, Any]]) -> tuple[str, ...]:
    joined = [code for other in entry.get("sets") or () for code in entries[other]["members"]]
    return tuple(sorted([*(entry.get("members") or ()), *joined], key=str))


def _faults(
    name: str, entry: Mapping[str, Any], entries: Mapping[str, Mapping[str, Any]], regions: Regions
) -> list[str]:
    """What is wrong with one entry, as `field: what`."""
    found = [] if entry.get("id") else ["id: is missing"]
    found += [f"{field}: is not a field of a set" for field in sorted(set(entry) - _FIELDS)]
    if bool(entry.get("members")) == bool(entry.get("sets")):
        return [*found, "members, sets: needs one of the two"]
    for other in entry.get("sets") or ():
        if other == name or not entries.get(other, {}).get("members"):
            return [*found, f"sets: {other!r} is no set with members"]
    codes = _codes(entry, entries)
    found += [f"members: {code!r} is not in regions.csv" for code in codes if code not in regions]
    found += [f"members: {code!r} stands twice" for code in sorted({c for c in codes if codes.count(c) > 1})]
    return found
