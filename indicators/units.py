"""Canonical units and the printed words that convert into them. Data: `data/catalog/units.yml`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from indicators.errors import UnknownUnitError


@dataclass(frozen=True, slots=True)
class Unit:
    """A canonical unit. `dimension` says what can be compared: percent and percentage_point are different
    dimensions.
    """

    id: str
    zh: str
    en: str
    dimension: str
    words: Mapping[str, Decimal]

    def name(self, lang: str) -> str:
        return self.en if lang == "en" else self.zh


class Units:
    """All units, with a look-up from a printed word to (unit, factor)."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self._by_id = {unit.id: unit for unit in units}
        self._by_word = {word: (unit, factor) for unit in self._by_id.values() for word, factor in unit.words.items()}

    def __getitem__(self, unit_id: str) -> Unit:
        return self._by_id[unit_id]

    def __contains__(self, unit_id: object) -> bool:
        return unit_id in self._by_id

    def __iter__(self) -> Iterator[Unit]:
        return iter(self._by_id.values())

    def of_word(self, word: str) -> tuple[Unit, Decimal]:
        """The unit that a printed word stands for and the factor into it.

        Raises:
            UnknownUnitError: The word is in no unit's `words`.
        """
        try:
            return self._by_word[word]
        except KeyError:
            raise UnknownUnitError(word) from None
