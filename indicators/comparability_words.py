"""Notes and refusals as sentences: one plain sentence each, in both languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from indicators.catalog import Catalog
from indicators.comparability import Note
from indicators.labels import LANGUAGES, Lang, has, months, text

NAMED = 3
"""So many indicators, scopes, … are named; of more the number is said."""
_EMPTY = {"scope": "of_whole", "grade": "of_no_grade", "series": "of_no_series"}


def sentence(note: Note, catalog: Catalog, lang: Lang) -> str:
    """What a note says, or why a comparison is refused; of all rows alike it is said without numbers."""
    every = f"notes.{note.code}_all"
    if not note.refused and note.params.get("n") == note.params.get("of", 0) and has(every):
        return text(every, lang)
    return text(f"notes.{note.code}{'_no' if note.refused else ''}", lang, **_params(note, catalog, lang))


def way_out(note: Note, catalog: Catalog, lang: Lang) -> str:
    """What the reader can do about a refusal."""
    return text(f"notes.way_{note.way}", lang, **_params(note, catalog, lang))


def _params(note: Note, catalog: Catalog, lang: Lang) -> dict[str, Any]:
    """The parameters in the reader's language."""
    params = _chosen(note.params, lang)
    params |= {name: f"{params[name]:,}" for name in ("n", "of") if name in params}
    if "indicators" in params:
        names = [catalog.indicators[name].name(lang) for name in params.pop("indicators")]
        params["indicator"] = _some(names, lang, "more_indicators")
    if "values" in params:
        about, values = params.pop("about"), params.pop("values")
        ordered = sorted(values.items(), key=lambda item: (item[0] is None, _order(about, item)))
        if about == "part_year":  # what the values are of that are not of the full year
            ordered = [item for item in ordered if item[0] is not None]
        words = [_value(about, value, catalog, lang) for value, _ in ordered]
        params["values"] = _years(words, values, lang) if about == "year" else _some(words, lang, "more")
        counted = [text("notes.counted", lang, value=word, n=n) for word, (_, n) in zip(words, ordered, strict=True)]
        params["counted"] = _some(counted, lang, "more")
    return params


def _chosen(params: Mapping[str, Any], lang: Lang) -> dict[str, Any]:
    """Of bilingual parameters (`indicator_zh`, `indicator_en`; `zh`, `en`) those of the reader's language."""
    found = {name: value for name, value in params.items() if name.rpartition("_")[2] not in LANGUAGES}
    found |= {name.removesuffix(f"_{lang}"): value for name, value in params.items() if name.endswith(f"_{lang}")}
    return found | ({"text": params[lang]} if lang in params else {})


def _order(about: str, item: tuple[Any, int]) -> Any:
    """Years and spans in their order, all else by how often it stands."""
    value, n = item
    return value if about in ("year", "span") else -n


def _some(words: Sequence[str], lang: Lang, more: str) -> str:
    joined = text("charts.list_comma", lang).join(words[:NAMED])
    return joined if len(words) <= NAMED else text(f"notes.{more}", lang, names=joined, n=len(words))


def _years(words: Sequence[str], values: Mapping[Any, int], lang: Lang) -> str:
    if len(words) <= NAMED:
        return text("charts.list_comma", lang).join(words)
    known = [year for year in values if year is not None]
    return text("notes.range", lang, first=min(known), last=max(known))


def _value(about: str, value: Any, catalog: Catalog, lang: Lang) -> str:
    """One value of a property in words."""
    if value is None:
        return text(f"notes.{_EMPTY.get(about, 'of_none')}", lang)
    match about:
        case "measure" | "grade" | "scenario" | "standing" | "level":
            return text(f"common.{about}_{value}", lang)
        case "unit":
            return catalog.units[value].name(lang)
        case "indicator":
            return catalog.indicators[value].name(lang)
        case "part_year":
            return months(value, lang)
        case "scope":
            return catalog.scope_name(value, lang)
        case "derived":
            return text(f"notes.of_{'computed' if value == 'yes' else 'printed'}", lang)
        case "span":
            return text("notes.of_span_one", lang) if value == 1 else text("notes.of_span", lang, n=value)
    return str(value)
