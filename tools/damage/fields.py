"""Damage to front matter and cards: fields that mean nothing, cannot be, or are made to do harm."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from random import Random

from tools.damage.anything import Way
from tools.damage.text import TEXT, as_text

_BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{name}: &{name} [{','.join([f'*{before}'] * 9)}]\n" for before, name in zip("abcdefghi", "bcdefghij", strict=True)
)
_MADE = (
    _BOMB,
    "deep: " + "[" * 100_000,
    "deep: " + "{a: " * 50_000,
    "- " * 50_000,
    "? " * 50_000,
    "published: " + "9" * 5000,
    "published: 0x" + "f" * 5000,
)


@lru_cache(maxsize=1)
def _fields() -> tuple[str, ...]:
    """Fields that do not fit, those that are too long to be written down among them."""
    lines = Path(__file__).with_name("fields.txt").read_text(encoding="utf-8").splitlines()[1:]
    return (*_MADE, *(line.replace("\\n", "\n").replace("\\t", "\t") for line in lines))


def _field(text: str, chance: Random) -> str:
    """A field more, or another value for one that is there; in front matter or on a card."""
    added = chance.choice(_fields())
    head, fence, body = ("", "", text)
    if text.startswith("---\n"):
        head, fence, body = text[4:].partition("\n---\n")
        return f"---\n{_with(head, added, chance)}{fence}{body}"
    return head + fence + _with(body, added, chance)


def _with(fields: str, added: str, chance: Random) -> str:
    name = added.partition(":")[0]
    if chance.random() < 0.8:  # a field that is there twice shows only one of its values
        fields = re.sub(rf"(?m)^{re.escape(name)}:.*\n?(?:[ -].*\n?)*", "", fields)
    lines = fields.rstrip("\n").split("\n")
    place = chance.choice((0, len(lines)))
    return "\n".join([*lines[:place], added, *lines[place:]])


def _fence(text: str, chance: Random) -> str:
    return text.replace(
        "---\n", chance.choice(("", "--- \n", "----\n", "---", "---\n---\n", "+++\n")), chance.choice((1, 2))
    )


CARD: Mapping[str, Way] = {
    "field": as_text(_field),
    "more-field": as_text(_field),
    "fields": as_text(lambda text, chance: _field(_field(text, chance), chance)),
    **TEXT,
}
FRONT: Mapping[str, Way] = {**CARD, "fence": as_text(_fence)}
