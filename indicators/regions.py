"""Regions by GB/T 2260 with their place in the tree. Data: `data/catalog/regions.csv` and its card `regions.yml`."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import yaml

from indicators.errors import CatalogError, UnknownRegionError

Level = Literal["country", "province", "prefecture", "county"]
LEVELS: tuple[Level, ...] = ("country", "province", "prefecture", "county")
COUNTRY = "000000"


@dataclass(frozen=True, slots=True)
class Region:
    """One unit of the standard. `valid_from`, `valid_to`: first and last year of the code, None where open."""

    code: str
    zh: str
    short_zh: str
    en: str
    level: Level
    parent: str | None
    valid_from: int | None
    valid_to: int | None
    aliases: tuple[str, ...]

    def name(self, lang: str) -> str:
        return self.en if lang == "en" else self.short_zh

    def full_name(self, lang: str) -> str:
        return self.en if lang == "en" else self.zh


class Regions:
    """The tree of regions; look-ups by code and walks up and down."""

    def __init__(self, regions: Iterable[Region]) -> None:
        self._by_code = {region.code: region for region in regions}
        self._children: dict[str, list[Region]] = {}
        for region in self._by_code.values():
            if region.parent:
                self._children.setdefault(region.parent, []).append(region)

    def __getitem__(self, code: str) -> Region:
        try:
            return self._by_code[code]
        except KeyError:
            raise UnknownRegionError(code) from None

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def __iter__(self) -> Iterator[Region]:
        return iter(self._by_code.values())

    def __len__(self) -> int:
        return len(self._by_code)

    def children(self, code: str) -> tuple[Region, ...]:
        """The units directly below that exist today; abolished ones are found by their code alone."""
        return tuple(region for region in self._children.get(code, ()) if region.valid_to is None)

    def ancestors(self, code: str) -> tuple[Region, ...]:
        """The regions above, nearest first, the country last."""
        found: list[Region] = []
        parent = self[code].parent
        while parent:
            region = self[parent]
            found.append(region)
            parent = region.parent
        return tuple(found)

    def path(self, code: str, lang: str) -> str:
        """The name with its place: `青海 · 海西 · 德令哈`. The country is left out unless it is meant itself."""
        parts = [region.name(lang) for region in reversed(self.ancestors(code)) if region.level != "country"]
        return " · ".join([*parts, self[code].name(lang)])

    def provinces(self) -> tuple[Region, ...]:
        return tuple(region for region in self if region.level == "province")


def read_regions(path: Path) -> Regions:
    """Read and check the list.

    Raises:
        CatalogError: Every fault found, as `file: code: field: what`.
    """
    faults: list[str] = []
    regions: dict[str, Region] = {}
    with path.open(encoding="utf-8", newline="") as stream:
        for line, row in enumerate(csv.DictReader(stream), 2):
            region, fault = _region(row)
            if region is None:
                faults.append(f"{path.name}: line {line}: {fault}")
            elif region.code in regions:
                faults.append(f"{path.name}: {region.code}: code: stands twice")
            else:
                regions[region.code] = region
    for region in regions.values():
        if region.parent is None:
            if region.level != "country":
                faults.append(f"{path.name}: {region.code}: parent: is empty")
        elif region.parent not in regions:
            faults.append(f"{path.name}: {region.code}: parent: {region.parent} is not in the list")
        elif LEVELS.index(regions[region.parent].level) >= LEVELS.index(region.level):
            faults.append(f"{path.name}: {region.code}: parent: {region.parent} is not of a higher level")
    if faults:
        raise CatalogError(faults)
    return Regions(regions.values())


def read_card(path: Path) -> dict[str, Any]:
    """The card of the list: standard, day of the edition, rules, sources, checks, known gaps.

    Raises:
        CatalogError: The file cannot be read or is no mapping.
    """
    try:
        card = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError, UnicodeDecodeError) as error:
        raise CatalogError([f"{path.name}: cannot be read: {error}"]) from error
    if not isinstance(card, dict):
        raise CatalogError([f"{path.name}: is not a mapping"])
    return card


def _region(row: dict[str, str]) -> tuple[Region | None, str]:
    code = row.get("code") or ""
    if len(code) != 6 or not code.isdigit():
        return None, f"code: {code!r} is not six digits"
    level = row.get("level") or ""
    if level not in LEVELS:
        return None, f"{code}: level: {level!r} is none of {', '.join(LEVELS)}"
    for column in ("name_zh", "short_zh", "name_en"):
        if not row.get(column):
            return None, f"{code}: {column}: is empty"
    years = {}
    for column in ("from", "to"):
        text = row.get(column) or ""
        if text and not text.isdigit():
            return None, f"{code}: {column}: {text!r} is not a year"
        years[column] = int(text) if text else None
    aliases = tuple(alias for alias in (row.get("aliases") or "").split("|") if alias)
    return Region(
        code,
        row["name_zh"],
        row["short_zh"],
        row["name_en"],
        level,
        row.get("parent") or None,
        years["from"],
        years["to"],
        aliases,
    ), ""
