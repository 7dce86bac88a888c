"""Every sentence that a reader sees, in both languages. Data: `data/catalog/labels/<area>.yml`, key `<area>.<key>`."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Literal

import yaml

from indicators.errors import CatalogError
from indicators.paths import DataPaths, data_paths

Lang = Literal["zh", "en"]
LANGUAGES: tuple[Lang, ...] = ("zh", "en")
_BETWEEN = {"zh": "", "en": " "}
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def text(key: str, lang: str, /, **params: object) -> str:
    """The sentence of a key with its placeholders filled.

    Raises:
        KeyError: No such key, or a placeholder without a value; a page must never show a key in place of words.
    """
    sentence = _labels(data_paths())[key][lang]
    return sentence.format(**params) if params else sentence


def months(part_year: str, lang: str) -> str:
    """A part of a year in words: `1-6` is January to June; `7-7` July."""
    first, last = part_year.split("-")
    names = {"first": text(f"common.month_{first}", lang), "last": text(f"common.month_{last}", lang)}
    return names["first"] if first == last else text("common.months", lang, **names)


def sentences(said: Iterable[str], lang: str) -> str:
    """Whole sentences one after the other, as the language sets them; empty ones are left out."""
    return _BETWEEN[lang].join(filter(None, said))


def has(key: str) -> bool:
    return key in _labels(data_paths())


def check_labels(folder: Path) -> dict[str, dict[str, str]]:
    """Load one folder of labels and check that each key has a text in every language.

    Raises:
        CatalogError: Every fault found, as `file: key: field: what`.
    """
    labels: dict[str, dict[str, str]] = {}
    faults: list[str] = []
    for path in sorted(folder.glob("*.yml")):
        entries = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader) or {}
        for key, entry in entries.items():
            for lang in LANGUAGES:
                if not isinstance(entry, dict) or not isinstance(entry.get(lang), str) or not entry[lang].strip():
                    faults.append(f"labels/{path.name}: {key}: {lang}: is empty")
            labels[f"{path.stem}.{key}"] = entry
    if faults:
        raise CatalogError(faults)
    return labels


@lru_cache(maxsize=4)
def _labels(paths: DataPaths) -> dict[str, dict[str, str]]:
    return check_labels(paths.catalog / "labels")
