"""What a row or column measures, by the card and by what its header prints; the two must agree."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from etl.read.frame import stated_units, years_in
from etl.read.words import plain, without_marks
from indicators.catalog import Catalog
from indicators.errors import UnknownUnitError

_BRACKETED = re.compile(r"[(（\[【]([^()（）\[\]【】]{1,16})[)）\]】]")
_FIXED_YEAR = re.compile(r"(?:19|20)\d\d")
YEAR_ALONE = re.compile(r"\s*(?:19|20)\d\d\s*年?\s*")
_AGAINST = re.compile(r"[比较与]\s*(?:19|20)\d\d\s*年?")
"""The year that a change is against is not the year that it is of."""
Tell = Callable[..., None]
"""Keeps a problem: `tell(code, place, **params)`."""


@dataclass(frozen=True, slots=True)
class Measure:
    """What the numbers of one row or column are.

    Attributes:
        factor: Leads from the printed number to the canonical unit.
        measure: `level`, or `growth` (in percent) or `change` (in the indicator's unit, of percentages in percentage
            points) against `years_before` years earlier.
    """

    indicator: str
    unit: str
    word: str
    factor: Decimal
    scope: str | None
    status: str
    measure: str = "level"
    years_before: int = 0


def measure(
    spec: Mapping[str, Any],
    card: Mapping[str, Any],
    texts: Sequence[str],
    stated: Sequence[str],
    catalog: Catalog,
    tell: Tell,
    place: str,
) -> Measure | None:
    """The measure of a row or column; None where it cannot be made out, which is told.

    Args:
        spec: Its own part of the card; what it lacks is the card's.
        texts: What its header prints.
        stated: Units that the table's title states.
    """
    indicator = str(spec.get("indicator") or card.get("indicator"))
    if indicator not in catalog.indicators:
        tell("unknown_indicator", place, indicator=indicator)
        return None
    kind = str(spec.get("measure") or card.get("measure") or "level")
    wanted = unit_of_measure(kind, catalog.indicators[indicator].unit)
    word = _unit_word(spec, card, texts, stated, wanted, catalog, tell, place)
    if word is None:
        return None
    try:
        unit, factor = catalog.units.of_word(word)
    except UnknownUnitError:
        tell("unknown_unit", place, unit=word)
        return None
    if unit.id != wanted:
        tell("unit_differs", place, unit=unit.id, wanted=wanted, indicator=indicator)
        return None
    scope = spec.get("scope") or card.get("scope")
    status = str(spec.get("status") or card.get("status") or "A")
    before = 0 if kind == "level" else int(spec.get("years_before") or card.get("years_before") or 1)
    return Measure(indicator, unit.id, word, factor, str(scope) if scope else None, status, kind, before)


def unit_of_measure(kind: str, unit: str) -> str:
    """The unit of a growth rate or a change of an indicator with that unit."""
    if kind == "growth":
        return "percent"
    return "percentage_point" if kind == "change" and unit == "percent" else unit


def year_of(spec: Mapping[str, Any], texts: Sequence[str], tell: Tell, place: str) -> int | None:
    """The year that a spec gives or a header prints; None where neither does. A header with two years gives none."""
    printed = years_in([_AGAINST.sub("", text) for text in texts])
    if spec.get("year") is None:
        return printed[0] if len(printed) == 1 else None
    given = str(spec["year"])
    if not _FIXED_YEAR.fullmatch(given):
        tell("bad_date", place, field="year", value=given)
        return None
    if len(printed) == 1 and printed[0] != int(given):
        tell("year_differs", place, given=given, printed=str(printed[0]))
    return int(given)


def printed_units(texts: Sequence[str], catalog: Catalog) -> tuple[str, ...]:
    """Unit words that a header prints: as a text of its own, in brackets, or after 单位:."""
    found: list[str] = []
    for text in texts:
        whole = plain(text)
        inside = [part for match in _BRACKETED.finditer(text) for part in _parts(match[1])]
        for word in (whole, *inside, *stated_units(text)):
            known = known_unit(word, catalog)
            if known and known not in found:
                found.append(known)
    return tuple(found)


def known_unit(word: str, catalog: Catalog) -> str | None:
    """A printed unit as the catalogue writes it; None where it has none."""
    for form in (word.strip(), plain(word)):
        try:
            catalog.units.of_word(form)
        except UnknownUnitError:
            continue
        return form
    return None


def bare_name(text: str, catalog: Catalog) -> str:
    """A header or label as names are compared: without its unit, year in brackets, footnote marks and leading `#`."""
    return without_marks(plain(without_unit(text, catalog))).removeprefix("#")


def without_unit(text: str, catalog: Catalog) -> str:
    """A header or label without the unit in its brackets."""
    return _BRACKETED.sub(lambda m: "" if printed_units([m[0]], catalog) or YEAR_ALONE.fullmatch(m[1]) else m[0], text)


def _unit_word(
    spec: Mapping[str, Any],
    card: Mapping[str, Any],
    texts: Sequence[str],
    stated: Sequence[str],
    wanted: str,
    catalog: Catalog,
    tell: Tell,
    place: str,
) -> str | None:
    """The unit's word: the card's, checked by the print, or the one that is printed and fits the indicator."""
    given = spec.get("unit") or card.get("unit")
    own = printed_units(texts, catalog)
    title = tuple(word for word in (known_unit(text, catalog) for text in stated) if word)
    if given is None:
        for words in (own, title):
            fitting = {catalog.units.of_word(word)[1]: word for word in words if _id(word, catalog) == wanted}
            if len(fitting) == 1:
                return next(iter(fitting.values()))
            if own:
                break
        tell("unit_missing", place, printed=", ".join(own or title) or "–")
        return None
    word = known_unit(str(given), catalog) or str(given)
    unit = _id(word, catalog)
    # A title's unit of another dimension is that of other columns: 单位:亿元 above a column of rates.
    printed = own or tuple(other for other in title if _id(other, catalog) == unit)
    if unit and printed and all(_factor(other, catalog) != _factor(word, catalog) for other in printed):
        tell("unit_printed_differs", place, given=word, printed=", ".join(printed))
        return None
    return word


def _parts(text: str) -> list[str]:
    return [text, *re.split(r"[、,，;；]", text)]


def _id(word: str, catalog: Catalog) -> str | None:
    known = known_unit(word, catalog)
    return catalog.units.of_word(known)[0].id if known else None


def _factor(word: str, catalog: Catalog) -> tuple[str, Decimal] | None:
    known = known_unit(word, catalog)
    if not known:
        return None
    unit, factor = catalog.units.of_word(known)
    return unit.id, factor
