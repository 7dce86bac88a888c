"""When a line may be drawn through a scatter. Data: `data/catalog/fit.yml`."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from indicators.catalog import Catalog, Indicator, load_catalog
from indicators.compare import DENOMINATORS, Basis
from indicators.errors import CatalogError
from indicators.paths import data_paths

FILE = "fit.yml"


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of `fit.yml`.

    Attributes:
        least: So many regions at least.
        z: Standard normal quantile of the intervals.
        table: Number of regions -> critical value of |Spearman|.
        quotient_of: Indicator -> numerator and denominator, where the catalogue's entry does not say so.
        part_of: Indicator -> what it is a part of, where the catalogue's entry does not say so.
        alike: Indicators that measure the same thing in two ways.
    """

    least: int
    z: float
    table: Mapping[int, float]
    quotient_of: Mapping[str, tuple[str, str]]
    part_of: Mapping[str, str]
    alike: tuple[frozenset[str], ...]

    def critical(self, n: int) -> float:
        """The critical value for n regions; beyond the table the large-sample value z / √(n − 1)."""
        return self.table[n] if n in self.table else self.z / math.sqrt(n - 1)


@dataclass(frozen=True, slots=True)
class Relation:
    """What two sides of a scatter have to do with each other by definition.

    Attributes:
        kind: `same` (both sides show one quantity), `part` (one is part of the other), `alike` (one thing measured in
            two ways), `inside` (one side is computed from the other), `shared` (a quantity stands above the line on
            one side and below it on the other).
        by: The indicators that make it so; the part before the whole.
    """

    kind: str
    by: tuple[str, ...]

    @property
    def forbids(self) -> bool:
        return self.kind != "shared"


def load_rules(folder: Path | None = None) -> Rules:
    """The rules of a catalogue folder (default: the data root's).

    Raises:
        CatalogError: Every fault found.
    """
    return _load((folder or data_paths().catalog).resolve())


@lru_cache(maxsize=4)
def _load(folder: Path) -> Rules:
    raw: dict[str, Any] = yaml.safe_load((folder / FILE).read_text(encoding="utf-8"))
    known = load_catalog(folder).indicators
    quotient_of = {name: (over, under) for name, (over, under) in raw["quotient_of"].items()}
    part_of: dict[str, str] = raw["part_of"]
    alike = tuple(frozenset(group) for group in raw["alike"])
    groups = (quotient_of, *quotient_of.values(), part_of, part_of.values(), *alike)
    named = {one for group in groups for one in group}
    faults = [f"{FILE}: {name}: is no indicator" for name in sorted(named - set(known))]
    table = {int(n): float(value) for n, value in raw["critical"].items()}
    faults += [f"{FILE}: critical: {n}: is missing" for n in range(raw["least"] - 1, max(table)) if n not in table]
    if faults:
        raise CatalogError(faults)
    return Rules(int(raw["least"]), float(raw["z"]), table, quotient_of, part_of, alike)


def related(one: tuple[Indicator, Basis], other: tuple[Indicator, Basis], catalog: Catalog) -> Relation | None:
    """What two shown quantities (indicator and basis) have to do with each other by definition; None: nothing.

    Total against total of part and whole; R&D per GDP against GDP; a ratio against its numerator. Two quotients over
    the same denominator are not related: that is how regions of different size are compared.
    """
    rules = load_rules(catalog.folder)
    (over_a, under_a), (over_b, under_b) = (_quotient(*side, rules) for side in (one, other))
    for a in sorted(over_a):
        for b in sorted(over_b):
            if a == b:
                return Relation("same", (a,))
            for part, whole in ((a, b), (b, a)):
                if whole in _wholes(part, rules, catalog):
                    return Relation("part", (part, whole))
            if any({a, b} <= group for group in rules.alike):
                return Relation("alike", (a, b))
    crossing = sorted((over_a & under_b) | (under_a & over_b))
    if not crossing:
        return None
    plain = {side[0].id for side in (one, other) if side[1] == "total"}
    return Relation("inside" if plain & set(crossing) else "shared", tuple(crossing))


def _quotient(indicator: Indicator, basis: Basis, rules: Rules) -> tuple[frozenset[str], frozenset[str]]:
    """What stands above and below the line of a shown quantity."""
    ratio = indicator.ratio_of or rules.quotient_of.get(indicator.id, (indicator.id,))
    over, under = frozenset(ratio[:1]), frozenset(ratio[1:])
    return over, under if basis == "total" else under | {DENOMINATORS[basis]}


def _wholes(name: str, rules: Rules, catalog: Catalog) -> set[str | None]:
    """Everything that an indicator is a part of, however far up."""
    found: set[str | None] = set()
    todo: list[str | None] = [name]
    while todo:
        current = todo.pop()
        above = {catalog.indicators[str(current)].parts_of, rules.part_of.get(str(current))} - {None} - found
        found |= above
        todo += above
    return found
