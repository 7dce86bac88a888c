"""The words of the language that the prose reader knows, from `data/catalog/reading/*.yml`, in the shapes it looks
them up in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from etl.extract.numeral import alternatives
from indicators.errors import CatalogError

FILES = ("numbers", "words", "grades", "periods")


class Ends:
    """Words by role, taken off the end (or the start) of a phrase, the longest first, until none fits."""

    def __init__(self, roles: Mapping[str, Iterable[str]], stop: str | None = None) -> None:
        """`stop` names the role whose words end the peeling and stay in the phrase."""
        self._role = {word: role for role, words in roles.items() for word in words}
        if stop:
            self._role |= dict.fromkeys(roles[stop], stop)
        self._stop = stop
        self._last = sizes_by_edge(self._role, -1)
        self._first = sizes_by_edge(self._role, 0)

    def take_last(self, phrase: str) -> tuple[str, str] | None:
        """(role, word) at the end of a phrase, or None."""
        for size in self._last.get(phrase[-1:], ()):
            word = phrase[-size:]
            if (role := self._role.get(word)) is not None:
                return None if role == self._stop else (role, word)
        return None

    def take_first(self, phrase: str) -> tuple[str, str] | None:
        """(role, word) at the start of a phrase, or None."""
        for size in self._first.get(phrase[:1], ()):
            word = phrase[:size]
            if (role := self._role.get(word)) is not None:
                return None if role == self._stop else (role, word)
        return None


def sizes_by_edge(words: Iterable[str], edge: int) -> dict[str, tuple[int, ...]]:
    """First (`edge` 0) or last (-1) character -> the lengths of the words that have it there, the longest first."""
    found: dict[str, set[int]] = {}
    for word in words:
        if word:
            found.setdefault(word[edge], set()).add(len(word))
    return {character: tuple(sorted(sizes, reverse=True)) for character, sizes in found.items()}


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All words of `reading/`, as written (`numbers`, `words`, `grades`, `periods`) and compiled."""

    numbers: Mapping[str, Any]
    words: Mapping[str, Any]
    grades: Mapping[str, Any]
    periods: Mapping[str, Any]
    before: Ends
    opening: Ends
    compared: re.Pattern[str]
    predicates: re.Pattern[str]
    conjunctions: re.Pattern[str]

    @classmethod
    def load(cls, folder: Path) -> Lexicon:
        """Read and compile the word lists of a catalogue.

        Raises:
            CatalogError: A file is missing, unreadable or lacks a list; names file and list.
        """
        read = {name: _read(folder / f"{name}.yml") for name in FILES}
        words = read["words"]
        before = dict(words["before"])
        before["gap"] = _gaps(words["gap"])
        known = {word for group in before.values() for word in group}
        moving = [word + end for role in ("up", "down") for word in before[role] for end in ("到", "至", "为")]
        before["reach"] = [*before["reach"], *(word for word in moving if word not in known)]
        opening = {
            "connector": words["connectors"],
            "whole": words["whole"],
            "verb": words["verbs"],
            "new": words["new"],
            "noun": words["opening_nouns"],
        }
        compared = alternatives(words["compared_with"])
        return cls(
            **read,
            before=Ends(before, stop="noun"),
            opening=Ends(opening, stop="noun"),
            compared=re.compile(
                rf"(?:比|较|与|同|和|相比|相较|对比)(?:(?P<word>{compared})|(?P<year>(?:19|20)\d\d)年?(?:末|底|同期|初|度)?|[“\"]?十(?P<plan>[一二三四五六])五[”\"]?(?:期?末|时期|期间))(?:相比|比|的)?,?$"
            ),
            # 412家增至1368家: what a number does is a verb as well.
            predicates=re.compile(alternatives([*words["predicates"], *before["reach"]])),
            conjunctions=re.compile(alternatives(words["conjunctions"])),
        )


def _gaps(words: Mapping[str, Sequence[str]]) -> list[str]:
    """Every way to say how far one is from elsewhere: 低于|全市|平均水平."""
    ends = ["", *words["ends"]]
    joined = [verb + place + end for verb in words["verbs"] for place in words["places"] for end in ends]
    return [*joined, *words["words"]]


def _read(path: Path) -> Mapping[str, Any]:
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (OSError, yaml.YAMLError, UnicodeDecodeError) as error:
        raise CatalogError([f"reading/{path.name}: cannot be read: {error}"]) from error
    if not isinstance(content, Mapping):
        raise CatalogError([f"reading/{path.name}: is not a mapping of word lists"])
    return content


def any_of(words: Sequence[str]) -> re.Pattern[str]:
    """A compiled search for any of some words."""
    return re.compile(alternatives(words))
