"""Indicators and regions by what a person calls them: id or code, or a name in Chinese or English."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import TypeAlias

from indicators.catalog import Catalog
from indicators.errors import UnknownIndicatorError, UnknownRegionError
from indicators.regions import LEVELS, Region

Names: TypeAlias = str | Iterable[str]


def listed(names: Names) -> tuple[str, ...]:
    """One name or several, as several."""
    return (names,) if isinstance(names, str) else tuple(names)


def indicator_ids(catalog: Catalog, names: Names) -> tuple[str, ...]:
    """The ids of indicators, each once (see `indicator_id`)."""
    return tuple(dict.fromkeys(indicator_id(catalog, name) for name in listed(names)))


def indicator_id(catalog: Catalog, name: str) -> str:
    """
    Raises:
        UnknownIndicatorError: No indicator, or more than one, has that name; the message says which are written alike.
    """
    known = catalog.indicators
    if name in known:
        return name
    wanted = name.strip().casefold()
    named = [one.id for one in known.values() if wanted in (one.zh.casefold(), one.en.casefold())]
    found = named or [one.id for one in known.values() if wanted in [word.casefold() for word in one.aliases]]
    if len(found) == 1:
        return found[0]
    words = [word for one in known.values() for word in (one.id, one.zh, one.en)]
    raise UnknownIndicatorError(f"{name}? {', '.join(found or difflib.get_close_matches(name, words, cutoff=0.5))}")


def region_codes(catalog: Catalog, names: Names) -> tuple[str, ...]:
    """The codes of regions, each once (see `region_code`)."""
    return tuple(dict.fromkeys(region_code(catalog, name) for name in listed(names)))


def region_code(catalog: Catalog, name: str) -> str:
    """The code of a name; of a province and a city of the same name, the province.

    Raises:
        UnknownRegionError: No region has that name, or several of one level have it; the message lists their codes.
    """
    regions = catalog.regions
    if name in regions:
        return name
    wanted = name.strip().casefold()
    found = [one for one in regions if one.valid_to is None and wanted in _words(one)]
    highest = min((LEVELS.index(one.level) for one in found), default=None)
    found = [one for one in found if LEVELS.index(one.level) == highest]
    if len(found) == 1:
        return found[0].code
    alike = ", ".join(f"{one.code} {regions.path(one.code, 'zh')}" for one in found)
    raise UnknownRegionError(f"{name}? {alike}")


def _words(region: Region) -> list[str]:
    return [word.casefold() for word in (region.zh, region.short_zh, region.en, *region.aliases)]
