"""The written rules of `data/catalog/targets.yml`, checked against the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from indicators.catalog import Catalog
from indicators.errors import CatalogError
from indicators.labels import LANGUAGES

FILE = "targets.yml"
_LISTS = ("per_period", "average", "cumulative", "constant_prices")
_FIELDS = {*_LISTS, "filled_from"}


@dataclass(frozen=True, slots=True)
class Substitute:
    """Another publication of the same quantity, for years that an indicator lacks; `why` by language."""

    indicator: str
    why: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TargetRules:
    """Words of scopes (`per_period`, `average`, `cumulative`) and what holds for single indicators."""

    per_period: tuple[str, ...]
    average: tuple[str, ...]
    cumulative: tuple[str, ...]
    constant_prices: frozenset[str]
    filled_from: Mapping[str, Substitute]


def load_target_rules(catalog: Catalog) -> TargetRules:
    """The rules of the catalogue's folder.

    Raises:
        CatalogError: Every fault found, as `file: entry: what`.
    """
    return _read(catalog.folder / FILE, frozenset(catalog.indicators))


@lru_cache(maxsize=4)
def _read(path: Path, known: frozenset[str]) -> TargetRules:
    try:
        rules = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise CatalogError([f"{path.name}: cannot be read: {' '.join(str(error).split())}"]) from error
    if not isinstance(rules, dict) or set(rules) != _FIELDS:
        raise CatalogError([f"{path.name}: must hold {', '.join(sorted(_FIELDS))}"])
    faults = [
        f"{path.name}: {name}: is no list of words"
        for name in _LISTS
        if not isinstance(rules[name], list) or not all(isinstance(word, str) and word for word in rules[name])
    ]
    if not faults:
        faults = [
            f"{path.name}: constant_prices: {one!r} is no indicator"
            for one in rules["constant_prices"] if one not in known
        ]  # fmt: skip
    faults += _substitute_faults(path.name, rules["filled_from"], known)
    if faults:
        raise CatalogError(faults)
    filled = {
        name: Substitute(entry["from"], {lang: entry[lang] for lang in LANGUAGES})
        for name, entry in rules["filled_from"].items()
    }
    words = {name: tuple(rules[name]) for name in _LISTS}
    return TargetRules(
        words["per_period"], words["average"], words["cumulative"], frozenset(words["constant_prices"]), filled
    )


def _substitute_faults(file: str, entries: Any, known: frozenset[str]) -> list[str]:
    if not isinstance(entries, dict):
        return [f"{file}: filled_from: is no mapping"]
    faults = []
    for name, entry in entries.items():
        where = f"{file}: filled_from: {name}"
        if not isinstance(entry, dict) or not {"from", *LANGUAGES} <= set(entry):
            faults.append(f"{where}: needs from, {', '.join(LANGUAGES)}")
            continue
        faults += [f"{where}: {one!r} is no indicator" for one in (name, entry["from"]) if one not in known]
    return faults
