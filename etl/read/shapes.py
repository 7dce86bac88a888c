"""The shape of a card: a word where a word is due, a list where a list is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

TEXTS = ("title", "publisher", "publication", "how_read", "definition")
Fault = tuple[str, dict[str, str]]
"""A problem's code and the values of its sentence."""
_WORD = (str, int, float, date)
_WANTED: dict[str, tuple[type, ...]] = {
    **dict.fromkeys(("breaks", "indicators"), (list,)),
    **dict.fromkeys(("missing", "column_sources"), (dict,)),
    **dict.fromkeys(TEXTS, (str, dict)),
    **dict.fromkeys(("notes", "skip", "ignore"), (str, int, list)),
    "columns": (str, list),
}
_SHOWN: dict[type, str] = {str: "…", dict: "{…: …}", list: "[…, …]"}


def misshapen(card: Mapping[Any, Any]) -> Iterator[Fault]:
    """Every value that is no word where a word is due, and the other way about."""
    for name, value in card.items():
        wanted = _WANTED.get(str(name), _WORD)
        if value is not None and not isinstance(value, wanted):
            yield _fault(str(name), value, wanted)
    for name, part in _inner(card):
        if not isinstance(part, (*_WORD, type(None))):
            yield _fault(name, part, (str,))
    for name in ("skip", "ignore"):
        for part in as_list(card.get(name)):
            if not isinstance(part, _WORD):
                yield _fault(name, part, (str,))
    for header, source in _items(card.get("column_sources")):
        if not isinstance(source, dict):
            yield _fault(f"column_sources.{header}", source, (dict,))


def as_list(value: Any) -> list[Any]:
    """A list as it is, nothing as an empty one, anything else as a list of it."""
    if not value:
        return []
    return value if isinstance(value, list) else [value]


def _inner(card: Mapping[Any, Any]) -> Iterator[tuple[str, Any]]:
    """The fields of texts, specs, notes and breaks, which are words."""
    for name in (*TEXTS, "missing"):
        for key, part in _items(card.get(name)):
            yield f"{name}.{key}", part
    for name in ("columns", "indicators", "breaks", "notes"):
        for spec in as_list(card.get(name)):
            for key, part in _items(spec):
                yield f"{name}.{key}", part


def _items(value: Any) -> list[tuple[Any, Any]]:
    return list(value.items()) if isinstance(value, dict) else []


def _fault(field: str, value: Any, wanted: tuple[type, ...]) -> Fault:
    allowed = " ".join(_SHOWN[kind] for kind in wanted if kind in _SHOWN)
    return "bad_value", {"field": field, "value": str(value)[:80], "allowed": allowed}
