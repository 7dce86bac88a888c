"""Sets of regions to compare among, and the peers of a region as one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from indicators.peers import Rule
from indicators.region_sets import load_region_sets
from pages.parts import region_peers
from pages.parts.page import Page

SIMILAR: Rule = "similar"


@dataclass(frozen=True, slots=True)
class Among:
    """Regions that a reader compares among themselves: the code in the link, the name on screen, the members.

    Attributes:
        rule: How they were chosen, in one sentence, where the name does not say it.
    """

    code: str
    name: str
    members: tuple[str, ...]
    rule: str = ""


def everyone(page: Page) -> Among:
    """The set of all provinces."""
    sets = load_region_sets(page.catalog.folder).values()
    return next(Among(one.id, one.name(page.lang), one.codes) for one in sets if one.whole)


def code_of(region: str) -> str:
    """The code of a region and those of similar size."""
    return f"{SIMILAR}.{region}"


def peer_sets(page: Page, codes: Sequence[str]) -> list[Among]:
    """For each of some provinces itself and those of similar size, where such can be told.

    All provinces and the neighbours of one are sets of `region_sets.yml`, which pages offer anyhow.
    """
    sets = []
    for code in codes:
        found = region_peers.found_for(page, code)[SIMILAR]
        if found.members:
            names = {"region": page.catalog.regions[code].name(page.lang), "n": len(found.members), "year": found.year}
            sets.append(
                Among(
                    code_of(code),
                    page.text("compare.set_similar", **names),
                    tuple(sorted(found.everyone)),
                    page.text("compare.rule_similar", **names),
                )
            )
    return sets
