"""The words and signs of tables: what stands for a missing value, what a total, a note or a title begins with.

Data: `data/catalog/tables.yml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from etl.clean import fold
from indicators.errors import CatalogError
from indicators.printed import half_width

_BLANKS = re.compile(r"\s+")
_MARKS = re.compile(r"(?:[①-⑳⑴-⒇*†‡§¹²³⁰⁴-⁹]|\[\d{1,2}\]){1,9}$")


@dataclass(frozen=True, slots=True)
class TableWords:
    """The words of tables.

    Attributes:
        missing: Sign, folded -> kind.
        statuses: Kind -> code of SDMX's CL_OBS_STATUS.
        kinds: Kind -> its name by language.
        totals, notes, before_names, title_begins, unit_headers: Folded words.
    """

    missing: Mapping[str, str]
    statuses: Mapping[str, str]
    kinds: Mapping[str, Mapping[str, str]]
    totals: frozenset[str]
    notes: tuple[str, ...]
    before_names: tuple[str, ...]
    title_begins: tuple[str, ...]
    unit_headers: frozenset[str]
    growth_headers: tuple[str, ...]

    def is_growth(self, texts: Iterable[str]) -> bool:
        """Whether a header says that its numbers are growth rates."""
        return any(word in plain(text).casefold() for text in texts for word in self.growth_headers)

    def is_total(self, text: str) -> bool:
        return plain(text).casefold() in self.totals

    def is_note(self, text: str) -> bool:
        """Whether a cell begins the notes: one of the words, then a colon, a number or nothing."""
        folded = plain(text).casefold()
        return any(
            folded.startswith(word) and (len(folded) == len(word) or folded[len(word)] in ":.、0123456789([①②③")
            for word in self.notes
        )

    def is_title(self, text: str) -> bool:
        """Whether a text is a table's title: one of the words and a number (`表1`, `续表`)."""
        folded = plain(text).casefold()
        return any(re.match(rf"{re.escape(word)}(?:\d|$)", folded) for word in self.title_begins)


@lru_cache(maxsize=4)
def load_words(folder: Path) -> TableWords:
    """The words of a catalogue folder.

    Raises:
        CatalogError: The file cannot be read or lacks a part.
    """
    path = folder / "tables.yml"
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        return TableWords(
            missing={sign(str(text)): kind["id"] for kind in data["missing"] for text in kind["symbols"]},
            statuses={kind["id"]: kind["status"] for kind in data["missing"]},
            kinds={kind["id"]: {"zh": kind["zh"], "en": kind["en"]} for kind in data["missing"]},
            totals=frozenset(plain(word).casefold() for word in data["totals"]),
            notes=tuple(plain(word).casefold() for word in data["notes"]),
            before_names=tuple(plain(word) for word in data["before_names"]),
            title_begins=tuple(plain(word).casefold() for word in data["title_begins"]),
            growth_headers=tuple(plain(word).casefold() for word in data["growth_headers"]),
            unit_headers=frozenset(plain(word).casefold() for word in data["unit_headers"]),
        )
    except (OSError, UnicodeDecodeError, yaml.YAMLError, KeyError, TypeError) as error:
        raise CatalogError([f"{path.name}: cannot be read: {' '.join(str(error).split())}"]) from error


def sign(text: str) -> str:
    """A cell's text in the form in which signs are compared: half-width, no blanks, one dash for many."""
    return re.sub(r"-+", "-", _BLANKS.sub("", half_width(text)))


def plain(text: str) -> str:
    """A label or header in the form in which words are compared: simplified, half-width, no blanks."""
    return _BLANKS.sub("", fold(text).text)


def without_marks(text: str) -> str:
    """The text without the footnote marks at its end."""
    return _MARKS.sub("", text)
