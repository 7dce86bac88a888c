"""How every computed number is computed: formula, rule, a worked example and the published source of each method.

Data: `data/catalog/methods/<area>.yml`, a list of entries in the order in which they are read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from indicators.errors import CatalogError
from indicators.labels import LANGUAGES
from indicators.paths import data_paths

FOLDER = "methods"
_WORDS = ("name", "says", "example", "source")
_FIELDS = {"id", "pages", "formula", "url", "check", "data", *_WORDS}


@dataclass(frozen=True, slots=True)
class Method:
    """One computed number.

    Attributes:
        pages: The pages that show it.
        formula: KaTeX, the same in every language; empty for a rule that is no arithmetic.
        says: By language, what the symbols are, and when the number is left out and why; formulas between dollars.
        example: By language, one worked example.
        check: The example's arithmetic as text (`(110 / 100 - 1) * 100`) and its result as printed in the example.
        data: What the example takes from the data and the number as the example has it. Either a printed value as
            `indicator region year`, or a query of one number; a test asks a freshly built edition.
    """

    id: str
    area: str
    pages: tuple[str, ...]
    name: Mapping[str, str]
    formula: str
    says: Mapping[str, str]
    example: Mapping[str, str]
    source: Mapping[str, str]
    url: str | None
    check: Mapping[str, str]
    data: Mapping[str, str]


def load_methods(folder: Path | None = None) -> tuple[Method, ...]:
    """Every method of a catalogue folder (default: the data root's), read and checked once for each folder.

    Raises:
        CatalogError: Every fault found, each naming file, entry and field.
    """
    return _load(((folder or data_paths().catalog) / FOLDER).resolve())


@lru_cache(maxsize=4)
def _load(folder: Path) -> tuple[Method, ...]:
    faults: list[str] = []
    found: dict[str, Method] = {}
    for path in sorted(folder.glob("*.yml")):
        for number, entry in enumerate(_entries(path, faults), 1):
            where = f"{FOLDER}/{path.name}: {entry.get('id') if isinstance(entry, dict) else ''} (entry {number})"
            wrong = _faults(entry)
            if not wrong and entry["id"] in found:
                wrong = ["id: stands twice"]
            faults += [f"{where}: {fault}" for fault in wrong]
            if not wrong:
                found[entry["id"]] = _method(entry, path.stem)
    if faults:
        raise CatalogError(faults)
    return tuple(found.values())


def _entries(path: Path, faults: list[str]) -> list[Any]:
    try:
        entries = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError, UnicodeDecodeError) as error:
        faults.append(f"{FOLDER}/{path.name}: cannot be read: {' '.join(str(error).split())}")
        return []
    if not isinstance(entries, list):
        faults.append(f"{FOLDER}/{path.name}: is not a list of entries")
        return []
    return entries


def _faults(entry: Any) -> list[str]:
    if not isinstance(entry, dict):
        return ["is no mapping"]
    faults = [f"{name}: is not a field" for name in entry.keys() - _FIELDS]
    if not isinstance(entry.get("id"), str):
        faults.append("id: is missing")
    if not isinstance(entry.get("formula", ""), str):
        faults.append("formula: is no text")
    pages = entry.get("pages")
    if not isinstance(pages, list) or not pages or not all(isinstance(page, str) for page in pages):
        faults.append("pages: names no page")
    for name in _WORDS:
        words = entry.get(name)
        for lang in LANGUAGES:
            if not isinstance(words, dict) or not isinstance(words.get(lang), str) or not words[lang].strip():
                faults.append(f"{name}: {lang}: is empty")
            elif words[lang].count("$") % 2:
                faults.append(f"{name}: {lang}: a formula between dollars is not closed")
    check = entry.get("check", {})
    if not isinstance(check, dict) or (check and set(check) != {"compute", "gives"}):
        faults.append("check: must hold compute and gives")
    data = entry.get("data", {})
    if not isinstance(data, dict) or not all(isinstance(asked, str) and isinstance(data[asked], str) for asked in data):
        faults.append("data: must hold questions and their answers, both as text")
    return faults


def _method(entry: Mapping[str, Any], area: str) -> Method:
    words: dict[str, dict[str, str]] = {
        name: {str(lang): " ".join(entry[name][lang].split()) for lang in LANGUAGES} for name in _WORDS
    }
    check = {name: str(value) for name, value in entry.get("check", {}).items()}
    return Method(
        entry["id"], area, tuple(entry["pages"]), words["name"], entry.get("formula", "").strip(), words["says"],
        words["example"], words["source"], entry.get("url"), check, entry.get("data", {}),
    )  # fmt: skip
