"""Whom a region is compared with: the choice of peers, who they are, and why they and not others."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from charts.numbers import plain
from indicators import peers
from indicators.catalog import Catalog
from indicators.labels import sentences
from indicators.peers import Peers, Rule
from indicators.queries import Edition
from indicators.region_sets import load_region_sets
from indicators.selection import Selection
from indicators.standing import MIN_PEERS
from pages.parts import choose, frame
from pages.parts import region_words as words
from pages.parts.page import Page

START = 5
"""So many peers a choice by hand begins with."""


@st.cache_resource(max_entries=128, show_spinner=False)
def by_rule(edition_id: str, code: str, _edition: Edition, _catalog: Catalog) -> dict[Rule, Peers]:
    """The peers by every rule; an edition never changes, so they are looked for once for each region."""
    del edition_id
    same = tuple(region.code for region in _catalog.regions if region.level == _catalog.regions[code].level)
    rows = _edition.observations(
        Selection(indicators=peers.INPUTS, regions=same, measures=("level",), scenarios=("actual",), whole=True)
    )
    having = list(_edition.regions["region"])
    return peers.all_rules(code, having, rows, _catalog, load_region_sets(_catalog.folder))


def found_for(page: Page, code: str) -> dict[Rule, Peers]:
    return by_rule(page.edition.id, code, page.edition, page.catalog)


def choose_peers(page: Page, code: str) -> Peers:
    """The reader's choice among the rules that find somebody; not asked where there is only one."""
    found = found_for(page, code)
    options = list(peers.usable(found))
    everyone = found["level"].members
    if len(everyone) > MIN_PEERS:
        options.append("hand")
    if not options:
        return found["level"]
    chosen: Rule = options[0]
    if len(options) > 1:
        said = choose.segment(page, "peers", page.text("peers"), options, lambda rule: page.text(f"peers_{rule}"))
        chosen = next(rule for rule in options if rule == said)
    if chosen != "hand":
        return found[chosen]
    start = (found["similar"].members or everyone)[:START]
    picked = choose.many(
        page, "with", page.text("with"), everyone, lambda one: page.catalog.regions[one].name(page.lang), start,
        help=page.text("with_help", least=MIN_PEERS),
    )  # fmt: skip
    return peers.by_hand(code, picked, everyone, page.catalog)


def named(page: Page, found: Peers) -> str:
    """The peers as a group, for a sentence: the 10 provinces nearest in size."""
    level = page.text(f"kind_{page.catalog.regions[found.code].level}")
    key = f"group_{found.rule}" + ("_one" if len(found.members) == 1 else "")
    return page.text(key, n=len(found.members), level=level, group=group_name(page, found))


def group_name(page: Page, found: Peers) -> str:
    """What neighbours in the tree have in common: a set of provinces or a parent."""
    if found.group is None:
        return ""
    sets = load_region_sets(page.catalog.folder)
    known = sets[found.group] if found.group in sets else page.catalog.regions[found.group]
    return known.name(page.lang)


def show_peers(page: Page, found: Peers) -> None:
    """Who the peers are, in one line; why, one click away; and what is missing where a rule finds nobody."""
    names = [_with_distance(page, found, code) for code in found.members]
    if names:
        listed = page.text("charts.list_comma").join(names)
        st.caption(page.text("peers_are", group=named(page, found), names=listed))
    missing = lacking(page, found)
    if missing:
        st.caption(missing)
    if found.traits:
        box = st.expander(page.text("why_these"), icon=":material/groups:", key="region.why", on_change="rerun")
        with box:
            if box.open:
                st.markdown(page.text("why_similar", year=found.year, n=len(found.traits), most=peers.NEAREST))
                shown, codes = trait_table(page, found)
                frame.table(page, shown, codes, {code: found.traits[code].inputs for code in codes}, "region.peers")


def _with_distance(page: Page, found: Peers, code: str) -> str:
    name = page.catalog.regions[code].name(page.lang)
    return f"{name} {plain(found.distances[code], 2)}" if code in found.distances else name


def lacking(page: Page, found: Peers) -> str:
    """Why there are no regions of similar size, and what remains; empty where there are some."""
    if page.catalog.regions[found.code].level == "country":
        return ""
    missing = found_for(page, found.code)["similar"].missing
    if not missing:
        return ""
    level = page.text(f"kind_{page.catalog.regions[found.code].level}")
    if missing == (peers.OTHERS,):
        return page.text("similar_no_others", level=level)
    names = [page.text(f"needs_{name}") for name in missing]
    said = [page.text("similar_missing", names=page.text("and_comma").join(names))]
    if found.members:
        said.append(page.text("similar_remains", group=named(page, found)))
    return sentences(said, page.lang)


def trait_table(page: Page, found: Peers) -> tuple[pd.DataFrame, Sequence[str]]:
    """Every region of the level by distance, with what the distance is made of; and their codes."""
    codes = sorted(found.traits, key=lambda code: (found.traits[code].distance, code != found.code))
    people, rich = (page.catalog.indicators[name] for name in peers.INPUTS)
    rows = []
    for code in codes:
        trait = found.traits[code]
        role = "own" if code == found.code else "in" if code in found.members else "out"
        rows.append(
            {
                "region": page.catalog.regions[code].name(page.lang),
                "role": page.text(f"peer_{role}"),
                "population": words.amount(page, trait.population, people.unit, people),
                "per_head": words.amount(page, trait.gdp_per_head, "yuan_per_person", rich),
                "apart_population": plain(trait.apart[0], 2),
                "apart_per_head": plain(trait.apart[1], 2),
                "distance": plain(trait.distance, 2),
            }
        )
    table = pd.DataFrame(rows)
    return table.rename(columns={name: page.text(f"peers_column_{name}") for name in table}), codes
