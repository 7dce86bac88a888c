"""Which columns a header on a card means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from etl.read.frame import Frame, column_of
from etl.read.measure import bare_name
from etl.read.words import plain
from indicators.catalog import Catalog


@dataclass(frozen=True, slots=True)
class Headers:
    """The headers of one table."""

    frame: Frame
    catalog: Catalog

    def matching(self, name: str, letter: bool = False) -> list[int]:
        """The columns that a header names: all rows of the header; else these without units, marks; else some of them.

        Args:
            name: Header rows joined by ` / `.
            letter: The name is a column's letter.
        """
        columns = range(len(self.frame.headers))
        if letter:
            index = column_of(name)
            return [index] if index is not None and index in columns else []
        exact = [index for index in columns if plain(self.frame.header(index)) == plain(name)]
        if exact:
            return exact
        wanted = [self.bare(part) for part in name.split(" / ")]
        bare = [[self.bare(part) for part in self.frame.headers[index]] for index in columns]
        whole = [index for index in columns if [part for part in bare[index] if part] == wanted]
        return whole or [index for index in columns if _holds(bare[index], wanted)]

    def one(self, name: str) -> int | None:
        """The column of a header or letter; None where it is none or several."""
        matching = self.matching(name)
        return matching[0] if len(matching) == 1 else column_of(name)

    def bare(self, text: str) -> str:
        """A header or label as names are compared."""
        return bare_name(text, self.catalog)


def _holds(parts: Sequence[str], wanted: Sequence[str]) -> bool:
    """Whether `wanted` stands in `parts`, in order, other parts between."""
    rest = iter(parts)
    return all(part in rest for part in wanted)
