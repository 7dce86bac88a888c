"""Damage and malice: what can be wrong with a file, by accident or on purpose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from random import Random

from tools.damage.anything import ANY, Way
from tools.damage.fields import CARD, FRONT
from tools.damage.package import HTML, ZIP
from tools.damage.pdf import PDF
from tools.damage.text import TEXT
from tools.seeds import Case

BY_FORMAT: Mapping[str, Mapping[str, Way]] = {
    "md": FRONT,
    "txt": FRONT,
    "html": HTML,
    "docx": ZIP,
    "pdf": PDF,
    "csv": TEXT,
    "xlsx": ZIP,
    "card": CARD,
}
_SUFFIXES = (".md", ".txt", ".html", ".docx", ".pdf", ".csv", ".xlsx", ".doc", ".zip", "")


def damaged(seed: Case, chance: Random) -> tuple[Case, str]:
    """A damaged source, and what was done to it."""
    data = seed.card if seed.format == "card" else seed.data
    assert data is not None
    done = []
    for name, way in _ways(BY_FORMAT[seed.format], chance):
        data = way(data, chance)
        done.append(name)
    if seed.format == "card":
        return replace(seed, card=data), " ".join(done)
    if chance.random() < 0.03:
        suffix = chance.choice(_SUFFIXES)
        return replace(seed, data=data, name=f"case{suffix}"), " ".join([*done, f"renamed{suffix}"])
    return replace(seed, data=data), " ".join(done)


def _ways(own: Mapping[str, Way], chance: Random) -> list[tuple[str, Way]]:
    """One to three ways of any bytes, or one of the format's own and perhaps another of any bytes."""
    if chance.random() < 0.5:
        names = chance.sample(sorted(ANY), chance.choice((1, 1, 2, 3)))
        return [(name, ANY[name]) for name in names]
    name = chance.choice(sorted(own))
    chosen = [(name, own[name])]
    if chance.random() < 0.2:
        name = chance.choice(sorted(ANY))
        chosen.append((name, ANY[name]))
    return chosen
