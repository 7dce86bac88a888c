"""A table's card: what a person says of a table, checked before it is read. Its fields: `data/tables/README.md`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from etl.read.encoding import decode
from etl.read.fields import load_fields
from etl.read.shapes import TEXTS, Fault, as_list, misshapen
from etl.read.words import TableWords, sign
from indicators.catalog import Catalog
from indicators.errors import Problem, SourceError
from indicators.observation import STATUSES
from indicators.regions import LEVELS

READINGS = ("official", "copy", "restated", "second_hand")
CARD_STANDINGS = ("current", "superseded")
CARD_MEASURES = ("level", "growth", "change")
ROWS = ("regions", "years", "indicators")
TODO = "TODO"
"""What a drafted card has where a person must decide."""
_REQUIRED_TEXTS = ("publisher",)
_ABOUT = ("published", "url", "reading", "standing", "series", "breaks", "notes", "column_sources")
_PLACE = ("file", "sheet", "table", "page", "header_rows")
_AXES = ("rows", "columns", "indicators", "regions", "years", "region", "within", "level", "total", "skip", "ignore")
_VALUES = ("indicator", "measure", "years_before", "unit", "year", "scope", "status", "missing")
FIELDS = frozenset((*TEXTS, *_ABOUT, *_PLACE, *_AXES, *_VALUES))
SPEC_FIELDS = frozenset(("header", "column", "indicator", "measure", "years_before", "unit", "year", "scope", "status"))


def read_card(where: str, data: bytes, source_id: str, catalog: Catalog, words: TableWords) -> dict[str, Any]:
    """A card with its texts in both languages.

    Raises:
        SourceError: Every fault of it, together.
    """
    try:
        card = load_fields(decode(data, where))
    except yaml.YAMLError as error:
        what = " ".join(str(error).split())
        raise SourceError(Problem("bad_card", where, params={"what": what}, source_id=source_id)) from error
    if not isinstance(card, dict):
        raise SourceError(Problem("bad_card", where, params={"what": "no fields"}, source_id=source_id))
    faults = list(misshapen(card)) or [*_form(card), *_values(card, catalog, words)]
    if faults:
        raise SourceError(*(Problem(code, where, params=params, source_id=source_id) for code, params in faults))
    for name in TEXTS:
        if isinstance(card.get(name), str):
            card[name] = {"zh": card[name], "en": card[name]}
    card["notes"] = [{"zh": note, "en": note} if isinstance(note, str) else note for note in as_list(card.get("notes"))]
    return card


def specs(card: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    """The specs of `columns` or `indicators`; empty where the field is a word."""
    given = card.get(name)
    return list(given) if isinstance(given, list) else []


def _form(card: Mapping[str, Any]) -> Iterator[Fault]:
    """What is missing, unknown or undecided."""
    for name, value in _leaves("", card):
        if isinstance(value, str) and value.startswith(TODO):
            yield "card_todo", {"field": name}
    for name in card:
        if name not in FIELDS:
            yield "unknown_field", {"field": str(name)}
    for name in TEXTS:
        text = card.get(name)
        if isinstance(text, dict):
            if not all(text.get(lang) for lang in ("zh", "en")):
                yield "field_missing", {"field": f"{name}.zh, {name}.en"}
        elif not text and name in _REQUIRED_TEXTS:
            yield "field_missing", {"field": name}
        elif text is not None and not isinstance(text, str):
            yield "bad_value", {"field": name, "value": str(text), "allowed": "{zh: …, en: …}"}
    for name in ("published", "reading", "columns"):
        if not card.get(name) and not (name == "columns" and card.get("rows") == "indicators"):
            yield "field_missing", {"field": name}
    for name in ("columns", "indicators"):
        for number, spec in enumerate(specs(card, name), 1):
            if not isinstance(spec, dict) or not (spec.get("header") or spec.get("column")):
                yield "field_missing", {"field": f"{name}[{number}].header"}
            else:
                for unknown in sorted(map(str, set(spec) - SPEC_FIELDS)):
                    yield "unknown_field", {"field": f"{name}[{number}].{unknown}"}
    for number, item in enumerate(card.get("breaks") or [], 1):
        if not isinstance(item, dict) or not all(item.get(name) for name in ("year", "zh", "en")):
            yield "field_missing", {"field": f"breaks[{number}].year, zh, en"}
    for number, note in enumerate(as_list(card.get("notes")), 1):
        if not isinstance(note, str) and not (isinstance(note, dict) and note.get("zh") and note.get("en")):
            yield "field_missing", {"field": f"notes[{number}].zh, en"}


def _values(card: Mapping[str, Any], catalog: Catalog, words: TableWords) -> Iterator[Fault]:
    """What is not among the words that a field may hold."""
    if (
        card.get("columns")
        and not isinstance(card["columns"], list)
        and card["columns"] not in ("years", "regions", TODO)
    ):
        yield "bad_value", {"field": "columns", "value": str(card["columns"]), "allowed": "years regions […]"}
    allowed_values: tuple[tuple[str, tuple[str, ...]], ...] = (
        ("reading", READINGS),
        ("standing", CARD_STANDINGS),
        ("status", tuple(STATUSES)),
        ("rows", ROWS),
        ("level", LEVELS),
        ("measure", CARD_MEASURES),
    )
    for name, allowed in allowed_values:
        if card.get(name) and card[name] not in allowed and not str(card[name]).startswith(TODO):
            yield "bad_value", {"field": name, "value": str(card[name]), "allowed": " ".join(allowed)}
    for name in ("columns", "indicators"):
        for number, spec in enumerate(specs(card, name), 1):
            yield from _values_of_spec(f"{name}[{number}]", spec)
    yield from _years_before("years_before", card)
    for name in ("region", "within", "total"):
        if card.get(name) and str(card[name]) not in catalog.regions and not str(card[name]).startswith(TODO):
            yield "unknown_region", {"region": str(card[name])}
    breaks = [item for item in card.get("breaks") or [] if isinstance(item, dict)]
    for name, year in [("year", card.get("year")), *(("breaks.year", item.get("year")) for item in breaks)]:
        if year is not None and not re.fullmatch(r"(19|20)\d\d", str(year)) and not str(year).startswith(TODO):
            yield "bad_date", {"field": name, "value": str(year)}
    for name in ("header_rows", "page"):
        if card.get(name) is not None and not (isinstance(card[name], int) and card[name] >= 0):
            yield "bad_value", {"field": name, "value": str(card[name]), "allowed": "0 1 2 3 …"}
    missing = card.get("missing")
    if missing is not None and not isinstance(missing, dict):
        yield "bad_value", {"field": "missing", "value": str(missing), "allowed": "{…: kind}"}
    for symbol, kind in (missing or {}).items() if isinstance(missing, dict) else ():
        if kind not in words.statuses:
            params = {"field": f"missing.{sign(str(symbol))}", "value": str(kind), "allowed": " ".join(words.statuses)}
            yield "bad_value", params


def _values_of_spec(where: str, spec: Any) -> Iterator[Fault]:
    if isinstance(spec, dict):
        given = spec.get("measure")
        if given is not None and given not in CARD_MEASURES:
            yield "bad_value", {"field": f"{where}.measure", "value": str(given), "allowed": " ".join(CARD_MEASURES)}
        yield from _years_before(f"{where}.years_before", spec)


def _years_before(field: str, given: Mapping[str, Any]) -> Iterator[Fault]:
    years = given.get("years_before")
    if years is not None and not (isinstance(years, int) and not isinstance(years, bool) and 1 <= years <= 50):
        yield "bad_value", {"field": field, "value": str(years), "allowed": "1 2 3 …"}


def _leaves(name: str, value: Any) -> Iterator[tuple[str, Any]]:
    """Every plain value of the card with the way to it."""
    if isinstance(value, Mapping):
        for key, part in value.items():
            yield from _leaves(f"{name}.{key}" if name else str(key), part)
    elif isinstance(value, list):
        for number, part in enumerate(value, 1):
            yield from _leaves(f"{name}[{number}]", part)
    else:
        yield name, value
