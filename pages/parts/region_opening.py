"""The opening of the Region page in plain words: what the region is, its best and worst, how it moves."""

from __future__ import annotations

from collections.abc import Sequence

from charts.numbers import plain
from indicators import strengths
from indicators.labels import sentences
from indicators.peers import POPULATION, Peers
from indicators.profile import Entry
from indicators.standing import MIN_PEERS
from indicators.strengths import Standing
from pages.parts import region_peers
from pages.parts import region_words as words
from pages.parts.page import Page


def opening(page: Page, found: Peers, entries: Sequence[Entry], standings: Sequence[Standing], figures: int) -> str:
    """Two to four sentences.

    Args:
        standings: `strengths.standings` of the entries.
        figures: How many values of any kind there are.
    """
    said = [what_it_is(page, found.code, entries), best_and_worst(page, found, entries, standings, figures)]
    moved = strengths.moves(entries)
    counts = {"better": moved.better, "worse": moved.worse, "same": moved.same}
    changed = sum(counts.values())
    if changed:
        parts = page.text("charts.list_comma").join(page.text(f"moves_{name}", n=n) for name, n in counts.items() if n)
        said.append(page.text("moves_one" if changed == 1 else "moves", n=changed, said=parts))
    return sentences(said, page.lang)


def what_it_is(page: Page, code: str, entries: Sequence[Entry]) -> str:
    """The region's name, level and place, and how many live there."""
    regions = page.catalog.regions
    region = regions[code]
    above = [one.name(page.lang) for one in regions.ancestors(code) if one.level != "country"]
    key = "is_country" if region.level == "country" else "is_below" if above else "is"
    said = page.text(
        key, region=region.full_name(page.lang),
        level="" if key == "is_country" else page.text(f"kind_{region.level}"),
        above=", ".join(above) if page.lang == "en" else "".join(reversed(above)),
    )  # fmt: skip
    people = next((one for one in entries if one.indicator.id == POPULATION and one.level), None)
    if people and people.level:
        amount = words.amount(page, people.level.value, people.level.unit, people.indicator, people.level.comparator)
        said += page.text("has_people", n=amount, year=people.year)
    return said + page.text("charts.full_stop")


def best_and_worst(
    page: Page, found: Peers, entries: Sequence[Entry], standings: Sequence[Standing], figures: int
) -> str:
    """Strongest strength and weakest weakness; why none can be told, where there is no distance."""
    if not standings:
        return why_not(page, found, entries, figures)
    best, worst = strengths.strengths(standings)
    group = region_peers.named(page, found)
    parts = [
        page.text(key, indicator=named(page, some[0]), n=plain(abs(some[0].apart.distance), 2))
        for key, some in (("best_is", best), ("worst_is", worst))
        if some
    ]
    if not parts:
        return page.text("neither", group=group, n=len(standings))
    if not best or not worst:
        parts.append(page.text("no_worst" if best else "no_best"))
    return page.text("against_group", group=group, said=page.text("clause_gap").join(parts))


def named(page: Page, one: Standing) -> str:
    """The indicator, with the year of the comparison where there is a newer value."""
    return words.dated(page, one.entry.indicator.name(page.lang), one.entry, one.shown)


def why_not(page: Page, found: Peers, entries: Sequence[Entry], figures: int) -> str:
    if page.catalog.regions[found.code].level == "country":
        return page.text("rule_country")
    if not any(entry.level for entry in entries):
        return page.text("nothing_to_compare", n=figures)
    if len(found.members) < MIN_PEERS:
        key = "too_few_peers" if found.members else "no_peers"
        return page.text(key, group=region_peers.named(page, found), n=len(found.members), least=MIN_PEERS)
    return page.text("no_common_values", group=region_peers.named(page, found), least=MIN_PEERS)
