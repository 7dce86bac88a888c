"""The catalogue as a whole: themes, indicators, units, regions. Read once, checked once, all faults told together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import yaml

from indicators.errors import CatalogError
from indicators.paths import data_paths
from indicators.regions import Regions, read_regions
from indicators.units import Unit, Units

Kind = Literal["level", "share", "rate", "index"]
KINDS = ("level", "share", "rate", "index")
PERIODS = ("flow", "stock")
GROWTH_BASES = ("constant_prices", "comparable_basis")
DIRECTIONS = ("higher", "lower", "neutral")
SUMS = ("regions", "years")
_FIELDS = frozenset(
    (
        "id",
        "zh",
        "en",
        "meaning",
        "unit",
        "counter",
        "kind",
        "period",
        "direction",
        "sum_over",
        "ratio_of",
        "parts_of",
        "per",
        "growth_basis",
        "plausible",
        "decimals",
        "aliases",
        "not_this",
        "reading",
        "vintage_of",
    )
)
_REQUIRED = (
    "id",
    "zh",
    "en",
    "meaning",
    "unit",
    "kind",
    "period",
    "direction",
    "sum_over",
    "plausible",
    "decimals",
    "aliases",
)
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Theme:
    """A group of indicators, in display order."""

    id: str
    zh: str
    en: str

    def name(self, lang: str) -> str:
        return self.en if lang == "en" else self.zh


@dataclass(frozen=True, slots=True)
class Indicator:
    """What is measured.

    Attributes:
        unit: Canonical unit of its values.
        counter: What is counted, in both languages (件, 家; patents, firms), for indicators that count.
        kind: Decides the arithmetic: levels change in percent, shares and rates in percentage points.
        period: `flow` over a year or `stock` at a date.
        direction: What counts as better.
        sum_over: What a sum makes sense over.
        ratio_of: Numerator and denominator, where the indicator is their ratio.
        parts_of: The total that it is a part of.
        vintage_of: The indicator that gives the same quantity as it was revised later.
        per: Indicators by which its level may be divided for a fair comparison.
        growth_basis: Why its printed growth rates cannot be set against its printed levels, where that is so: they are
            customarily given at constant prices, or on a basis that was made comparable.
        plausible: Lowest and highest value that is let through unmarked, in the canonical unit.
        decimals: Digits after the point on screen.
        aliases, not_this, reading: How prose names it, and near misses; used by the prose reader.
    """

    id: str
    theme: str
    zh: str
    en: str
    meaning: Mapping[str, str]
    unit: str
    kind: Kind
    period: str
    direction: str
    sum_over: tuple[str, ...]
    plausible: tuple[float, float]
    decimals: int
    aliases: tuple[str, ...]
    not_this: tuple[str, ...] = ()
    ratio_of: tuple[str, ...] = ()
    parts_of: str | None = None
    vintage_of: str | None = None
    per: tuple[str, ...] = ()
    growth_basis: str | None = None
    counter: Mapping[str, str] | None = None
    reading: Mapping[str, Any] = field(default_factory=dict)

    def name(self, lang: str) -> str:
        return self.en if lang == "en" else self.zh


@dataclass(frozen=True, slots=True)
class Catalog:
    """Themes, indicators, units and regions that hold together."""

    themes: Mapping[str, Theme]
    indicators: Mapping[str, Indicator]
    units: Units
    regions: Regions
    scopes: Mapping[str, str]
    folder: Path

    def of_theme(self, theme: str) -> Iterator[Indicator]:
        return (indicator for indicator in self.indicators.values() if indicator.theme == theme)

    def scope_name(self, scope: str, lang: str) -> str:
        """A scope in the reader's language: scopes are printed in Chinese; an unknown one is shown as printed."""
        return self.scopes.get(scope, scope) if lang == "en" else scope


def load_catalog(folder: Path | None = None) -> Catalog:
    """The catalogue of a folder (default: the data root's), read and checked once for each folder.

    Raises:
        CatalogError: Every fault found, each naming file, entry and field.
    """
    return _load((folder or data_paths().catalog).resolve())


@lru_cache(maxsize=4)
def _load(folder: Path) -> Catalog:
    faults: list[str] = []
    units = _units(folder / "units.yml", faults)
    themes = {e["id"]: Theme(e["id"], e["zh"], e["en"]) for e in read_entries(folder / "themes.yml", faults)}
    indicators: dict[str, Indicator] = {}
    for theme in themes:
        path = folder / "indicators" / f"{theme}.yml"
        for entry in read_entries(path, faults):
            indicator = _indicator(entry, theme, f"indicators/{path.name}", units, faults)
            if indicator and indicator.id in indicators:
                faults.append(f"indicators/{path.name}: {indicator.id}: id: stands twice")
            elif indicator:
                indicators[indicator.id] = indicator
    faults += [
        f"indicators/{path.name}: no theme of that name in themes.yml"
        for path in sorted((folder / "indicators").glob("*.yml"))
        if path.stem not in themes
    ]
    if not faults:  # a faulty entry would be missed by all that name it
        faults += _links(indicators)
    scopes = {e["zh"]: e["en"] for e in read_entries(folder / "scopes.yml", faults)}
    try:
        regions = read_regions(folder / "regions.csv")
    except CatalogError as error:
        faults += error.faults
    except OSError as error:
        faults.append(f"regions.csv: {error.strerror}")
    if faults:
        raise CatalogError(faults)
    return Catalog(themes, indicators, units, regions, scopes, folder)


def read_entries(path: Path, faults: list[str]) -> list[dict[str, Any]]:
    """The entries of one catalogue file; what is no list of mappings with ids becomes a fault."""
    try:
        entries = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)
    except (OSError, yaml.YAMLError, UnicodeDecodeError) as error:
        faults.append(f"{path.name}: cannot be read: {' '.join(str(error).split())}")
        return []
    if not isinstance(entries, list):
        faults.append(f"{path.name}: is not a list of entries")
        return []
    good = []
    for number, entry in enumerate(entries, 1):
        missing = [name for name in ("zh", "en") if not isinstance(entry, dict) or not entry.get(name)]
        if missing:
            faults.append(f"{path.name}: entry {number}: {', '.join(missing)}: is missing")
        else:
            good.append(entry)
    return good


def _units(path: Path, faults: list[str]) -> Units:
    units = []
    for entry in read_entries(path, faults):
        words: dict[str, Decimal] = {}
        for word, factor in (entry.get("words") or {}).items():
            try:
                words[str(word)] = Decimal(str(factor))
            except InvalidOperation:
                faults.append(f"{path.name}: {entry.get('id')}: words: {word}: {factor!r} is not a number")
        units.append(Unit(entry.get("id", ""), entry["zh"], entry["en"], entry.get("dimension", ""), words))
        if not units[-1].id or not units[-1].dimension:
            faults.append(f"{path.name}: {entry['zh']}: id, dimension: must not be empty")
    return Units(units)


def _indicator(entry: dict[str, Any], theme: str, file: str, units: Units, faults: list[str]) -> Indicator | None:
    name = entry.get("id", entry["zh"])
    before = len(faults)

    def require(condition: bool, field_name: str, what: str) -> None:
        if not condition:
            faults.append(f"{file}: {name}: {field_name}: {what}")

    for field_name in _REQUIRED:
        require(field_name in entry, field_name, "is missing")
    for field_name in sorted(set(entry) - _FIELDS):
        require(False, field_name, "is not a field of an indicator")
    if len(faults) > before:
        return None
    require(entry["unit"] in units, "unit", f"{entry['unit']!r} is not in units.yml")
    for field_name, allowed in (("kind", KINDS), ("period", PERIODS), ("direction", DIRECTIONS)):
        require(entry[field_name] in allowed, field_name, f"{entry[field_name]!r} is none of {', '.join(allowed)}")
    basis = entry.get("growth_basis")
    require(basis in (None, *GROWTH_BASES), "growth_basis", f"{basis!r} is none of {', '.join(GROWTH_BASES)}")
    require(set(entry["sum_over"]) <= set(SUMS), "sum_over", f"may hold {', '.join(SUMS)} only")
    meaning = entry["meaning"]
    require(
        isinstance(meaning, dict) and bool(meaning.get("zh")) and bool(meaning.get("en")), "meaning", "needs zh and en"
    )
    bounds = entry["plausible"]
    require(
        isinstance(bounds, list) and len(bounds) == 2 and bounds[0] < bounds[1], "plausible", "is not [lowest, highest]"
    )
    require(entry["kind"] == "level" or not entry["sum_over"], "sum_over", "only levels may be added up")
    if len(faults) > before:
        return None
    return Indicator(
        id=entry["id"],
        theme=theme,
        zh=entry["zh"],
        en=entry["en"],
        meaning=meaning,
        unit=entry["unit"],
        kind=entry["kind"],
        period=entry["period"],
        direction=entry["direction"],
        sum_over=tuple(entry["sum_over"]),
        plausible=(float(bounds[0]), float(bounds[1])),
        decimals=int(entry["decimals"]),
        aliases=tuple(entry["aliases"]),
        not_this=tuple(entry.get("not_this") or ()),
        ratio_of=tuple(entry.get("ratio_of") or ()),
        parts_of=entry.get("parts_of"),
        vintage_of=entry.get("vintage_of"),
        per=tuple(entry.get("per") or ()),
        growth_basis=entry.get("growth_basis"),
        counter=entry.get("counter"),
        reading=entry.get("reading") or {},
    )


def _links(indicators: Mapping[str, Indicator]) -> list[str]:
    """Indicators that name one another must exist."""
    faults = []
    for indicator in indicators.values():
        named = {
            "ratio_of": indicator.ratio_of,
            "per": indicator.per,
            "parts_of": (indicator.parts_of or indicator.id,),
            "vintage_of": (indicator.vintage_of or indicator.id,),
        }
        for field_name, ids in named.items():
            faults += [
                f"indicators/{indicator.theme}.yml: {indicator.id}: {field_name}: {other!r} is no indicator"
                for other in ids
                if other not in indicators
            ]
    return faults
