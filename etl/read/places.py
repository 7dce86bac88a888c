"""Which region a printed name or code means. A name that fits several regions is told, never guessed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from etl.read.words import TableWords, plain, without_marks
from indicators.catalog import Catalog
from indicators.regions import COUNTRY, Region, Regions

_CODE = re.compile(r"(\d{6})(?:0{3}|0{6})?")
_LONGEST = 80
"""Characters of a label that may be a region's name."""
_LATIN = re.compile(r"[A-Za-z][A-Za-z' .-]*$")
_INDENT = re.compile(r"[\s\u3000]*")


@dataclass(frozen=True, slots=True)
class Found:
    """What a label means.

    Attributes:
        code: The region, None where the name fits none or several.
        candidates: Codes of all the regions that it fits.
    """

    code: str | None
    candidates: tuple[str, ...] = ()


class Places:
    """Names and codes of regions, limited to what one table can hold.

    Args:
        within: Code of the region that the table is of; it and all below it.
        level: The level of the table's rows.
        years: First and last year of the table: units that did not exist then are not meant.
    """

    def __init__(
        self,
        catalog: Catalog,
        words: TableWords,
        within: str | None = None,
        level: str | None = None,
        years: tuple[int, int] | None = None,
    ) -> None:
        self._regions = catalog.regions
        self._words = words
        self._within = within
        self._level = level
        self._years = years

    def known(self, text: str) -> bool:
        """Whether a cell holds a region's code or any region's name."""
        return bool(self.find(text).candidates)

    def find(self, text: str) -> Found:
        """The region of a label by itself: a full name before a short one or an alias."""
        if len(text) > _LONGEST:
            return Found(None)
        name = self._name(text)
        code = _CODE.fullmatch(name)
        if code:
            known = code[1] in self._regions and self._inside(code[1])
            return Found(code[1], (code[1],)) if known else Found(None)
        full, less = _index(self._regions)
        for candidates in (full.get(name, ()), less.get(name.casefold(), ())):
            fitting = self._fitting(region for region in candidates if self._inside(region.code))
            if len(fitting) == 1:
                return Found(fitting[0].code, (fitting[0].code,))
            if fitting:
                return Found(None, tuple(region.code for region in fitting))
        return Found(None)

    def find_all(self, labels: Sequence[str]) -> list[Found]:
        """The regions of a table's rows. What a name leaves open is settled by what is printed around it alone:

        a row that is indented below another is in that region; else, where all other rows are of one level, this one is
        too. Nothing else decides.
        """
        found = [self.find(label) for label in labels]
        levels = {
            self._regions[one.code].level for one in found if one.code and one.code not in (COUNTRY, self._within)
        }
        above: list[tuple[int, str]] = []
        settled = []
        for label, one in zip(labels, found, strict=True):
            indent = _indent(label)
            while above and above[-1][0] >= indent:
                above.pop()
            if one.code is None and one.candidates and above:
                one = self._narrowed(one, (c for c in one.candidates if self._regions[c].parent == above[-1][1]))
            if one.code is None and one.candidates and len(levels) == 1:
                one = self._narrowed(one, (c for c in one.candidates if self._regions[c].level in levels))
            if one.code:
                above.append((indent, one.code))
            settled.append(one)
        return settled

    def names(self, codes: Iterable[str]) -> str:
        """Codes with their places, for a message: `320106 江苏 · 南京 · 鼓楼`."""
        return ", ".join(f"{code} {self._regions.path(code, 'zh')}" for code in codes)

    def _narrowed(self, found: Found, candidates: Iterable[str]) -> Found:
        left = tuple(candidates)
        return Found(left[0], left) if len(left) == 1 else found

    def _name(self, text: str) -> str:
        name = without_marks(plain(text))
        for before in self._words.before_names:
            name = name.removeprefix(before)
        if re.search(r"[\u3400-\u9fff]", name):
            name = _LATIN.sub("", name)  # 北京Beijing
        return name

    def _fitting(self, regions: Iterable[Region]) -> list[Region]:
        fitting = [region for region in regions if self._level in (None, region.level) or region.code == COUNTRY]
        if self._years:
            first, last = self._years
            at_the_time = [
                region for region in fitting if (region.valid_from or 0) <= last and (region.valid_to or 9999) >= first
            ]
            return at_the_time or fitting
        standing = [region for region in fitting if region.valid_to is None]
        return standing or fitting

    def _inside(self, code: str) -> bool:
        return (
            not self._within or code == self._within or self._within in {r.code for r in self._regions.ancestors(code)}
        )


_Names = dict[str, list[Region]]
_indexes: WeakKeyDictionary[Regions, tuple[_Names, _Names]] = WeakKeyDictionary()


def _index(regions: Regions) -> tuple[_Names, _Names]:
    """Full names, and aside all other names, of all regions; made once for each catalogue."""
    if regions not in _indexes:
        full: _Names = defaultdict(list)
        less: _Names = defaultdict(list)
        for region in regions:
            full[plain(region.zh)].append(region)
            for name in {region.short_zh, *region.aliases, region.en}:
                less[plain(name).casefold()].append(region)
        _indexes[regions] = dict(full), dict(less)
    return _indexes[regions]


def region_in(texts: Iterable[str], catalog: Catalog) -> str | None:
    """The region that texts name: the longest full name anywhere, else a short name at a text's beginning.

    None where it is none or several.
    """
    folded = [plain(text) for text in texts]
    standing = [region for region in catalog.regions if region.valid_to is None and region.code != COUNTRY]
    full = [(len(r.zh), r.code) for r in standing if any(r.zh in text for text in folded)]
    short = [(len(r.short_zh), r.code) for r in standing if any(text.startswith(r.short_zh) for text in folded)]
    for hits in (full, short):
        longest = max((length for length, _ in hits), default=0)
        best = [code for length, code in hits if length == longest]
        if best:
            return best[0] if len(best) == 1 else None
    return None


def _indent(text: str) -> int:
    """How far a label is set in; a full-width blank counts for two."""
    match = _INDENT.match(text)
    return sum(2 if character == "\u3000" else 1 for character in match[0]) if match else 0
