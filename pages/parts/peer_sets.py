"""Peers of one region as sets to compare among, for pages that offer sets of regions."""

from __future__ import annotations

from dataclasses import dataclass

from indicators import peers
from pages.parts import region_peers
from pages.parts.page import Page


@dataclass(frozen=True, slots=True)
class PeerSet:
    """A set that a page offers.

    Attributes:
        code: Short code for the URL: `peers_similar`, `peers_near`.
        name: In the page's language, naming the region: 青海及规模相近的10个地区.
        members: Codes in ascending order, the region itself among them.
    """

    code: str
    name: str
    members: tuple[str, ...]


def peer_sets(page: Page, code: str) -> list[PeerSet]:
    """The peers of a region by the rules that find somebody and are no set of the catalogue already.

    All regions of the level and the neighbours of a province are sets of `region_sets.yml`, which pages offer anyhow.
    """
    found = region_peers.found_for(page, code)
    region = page.catalog.regions[code].name(page.lang)
    rules = [
        rule
        for rule in peers.usable(found)
        if rule == "similar" or (rule == "near" and found[rule].group in page.catalog.regions)
    ]
    return [
        PeerSet(
            f"peers_{rule}",
            page.text(
                f"region.set_{rule}",
                region=region,
                n=len(found[rule].members),
                group=region_peers.group_name(page, found[rule]),
            ),
            tuple(sorted(found[rule].everyone)),
        )
        for rule in rules
    ]
