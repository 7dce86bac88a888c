"""Region: how is my region?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from charts.chart import Chart
from charts.profile import distances
from indicators import profile, strengths
from indicators.catalog import Catalog
from indicators.comparability import Note, judge
from indicators.distances import distance_rows
from indicators.headlines import load_headlines
from indicators.peers import Peers
from indicators.profile import Entry
from indicators.queries import Edition
from indicators.selection import Selection
from indicators.standing import FAR, MIN_PEERS
from indicators.strengths import Standing
from pages.parts import app, choose, fair, frame, region_compare, region_paper, region_peers
from pages.parts import region_words as words
from pages.parts.headline import headline, rows_of
from pages.parts.page import Page
from pages.parts.region_opening import best_and_worst, opening
from pages.parts.region_reports import show_limited, show_reports
from pages.parts.region_tables import show_profile

ALL = "all"
LISTED = 5
"""Strengths and weaknesses listed at most; the chart has all."""


@dataclass(frozen=True, slots=True)
class Found:
    """One region's data and what was made of them.

    Attributes:
        own: All current observations of the region.
        standings: What can be a strength or a weakness, the furthest above the peers' median first.
        rows: The same for the region and its peers as rows, for the chart and its exports.
        notes: What to know before comparing.
    """

    code: str
    own: pd.DataFrame
    peers: Peers
    entries: tuple[Entry, ...]
    standings: tuple[Standing, ...]
    rows: pd.DataFrame
    notes: tuple[Note, ...]


def main() -> None:
    page = app.begin("region")
    regions = page.edition.regions
    if regions.empty:
        st.info(page.text("nothing"), icon=":material/search_off:")
        app.finish(page)
        return
    code, peers = choose_region(page, list(regions["region"]))
    found = find(page.edition.id, code, peers.rule, peers.members, peers, page.edition, page.catalog)
    show_head(page, found)
    show_strengths(page, found)
    show_entries(page, found)
    show_reports(page, found.own)
    show_limited(page, found.own)
    show_sources(page, found)
    show_paper(page, found)
    app.finish(page)


def choose_region(page: Page, codes: Sequence[str]) -> tuple[str, Peers]:
    """The region, and with whom it is compared."""
    regions = page.catalog.regions
    left, right = (st.container(), st.container()) if page.narrow else st.columns([2, 3])
    first = next((code for code in codes if regions[code].level == "province"), codes[0])
    with left:
        code = choose.one(page, "r", page.text("choose"), codes, lambda one: regions.path(one, page.lang), first)
    with right:
        return code, region_peers.choose_peers(page, code)


@st.cache_resource(max_entries=128, show_spinner=False)
def find(
    edition_id: str, code: str, rule: str, members: tuple[str, ...], _peers: Peers, _edition: Edition, _catalog: Catalog
) -> Found:
    """Read a region and its peers; an edition never changes, so this is worked out once for each choice."""
    del edition_id, rule, members  # They tell one choice from another.
    own = _edition.observations(Selection(regions=(code,)))
    selection = Selection(regions=_peers.everyone, measures=("level",), scenarios=("actual",), whole=True)
    breaks = _edition.breaks(tuple(own["indicator"].unique()))
    around = _edition.at(profile.needed(own), selection)
    entries = profile.profile(code, own, around, _catalog, breaks)
    lists = load_headlines(_catalog)
    standings = strengths.standings(entries, (*lists["aside"], *lists["twice"]))
    rows = distance_rows(code, standings, around)
    notes = judge(own, "profile", _catalog, breaks, _edition.sources).notes
    return Found(code, own, _peers, tuple(entries), tuple(standings), rows, tuple(notes))


def show_head(page: Page, found: Found) -> None:
    """Which region this is, and its headline figures if there are any."""
    regions = page.catalog.regions
    region = regions[found.code]
    st.subheader(region.full_name(page.lang), anchor=False)
    parts = [] if region.level == "country" else [page.text(f"level_{region.level}")]
    above = [one.full_name(page.lang) for one in reversed(regions.ancestors(found.code)) if one.level != "country"]
    if above:
        parts.append(page.text("part_of", path=page.text("charts.dot").join(above)))
    parts += [page.text("code", code=found.code), *holdings(page, found)]
    st.caption(page.text("charts.dot").join(parts))
    st.markdown(words.literal(opening(page, found.peers, found.entries, found.standings, len(found.own))))
    region_peers.show_peers(page, found.peers)
    region_compare.show_way(page, found.peers)
    wanted = load_headlines(page.catalog)["region"]
    by_name = {entry.indicator.id: entry for entry in found.entries if entry.level}
    shown = [by_name[name] for name in wanted if name in by_name]
    if not shown:
        return
    for column, entry in zip(rows_of(page, len(shown)), shown, strict=True):
        with column:
            assert entry.level is not None
            level = entry.level
            headline(
                page,
                entry.indicator,
                words.amount(page, level.value, level.unit, entry.indicator, level.comparator),
                year=entry.year,
                where=words.year(page, entry.year),
                change=entry.change,
                path=entry.path,
                inputs=level.inputs,
                trend={"r": found.code},
            )


def holdings(page: Page, found: Found) -> list[str]:
    """What there is, in numbers; only what there is."""
    counts = {
        "n_indicators": len(found.entries),
        "n_partial": len(profile.partial(found.own)),
        "n_promised": len(profile.promised(found.own)),
    }
    return [page.text(name, n=n) for name, n in counts.items() if n]


def show_strengths(page: Page, found: Found) -> None:
    """What the region is best and worst at, side by side, with the rule; below it all distances in a chart."""
    if not found.standings:
        return
    best, worst = strengths.strengths(found.standings)
    for column, name, some in zip(st.columns(2), ("strengths", "weaknesses"), (best, worst), strict=True):
        lines = [f"- {words.literal(standing(page, one))}" for one in some[:LISTED]] or [page.text("none_of_them")]
        if len(some) > LISTED:
            lines.append(f"- {page.text('more_of_them', n=len(some) - LISTED)}")
        with column:
            st.markdown("\n".join([f"**{page.text(name)}**", "", *lines]))
    rule = page.text("rule_strengths", years=strengths.RECENT, least=MIN_PEERS, far=f"{FAR:g}")
    st.caption(rule)
    group = region_peers.named(page, found.peers)
    region = page.catalog.regions[found.code].name(page.lang)
    frame.show(
        page, distances_of(page, found), found.rows, "region.distances",
        notes=[page.text("rule_distance"), page.text("rule_logs")],
        filters={page.text("choose"): region, page.text("peers"): group},
        say=best_and_worst(page, found.peers, found.entries, found.standings, len(found.own)),
    )  # fmt: skip


def distances_of(page: Page, found: Found) -> Chart:
    return distances(
        found.rows, page.catalog, frame.look(page), region=found.code, source=frame.source_text(page, found.rows)
    )


def show_paper(page: Page, found: Found) -> None:
    """All of this as a written report."""
    said = opening(page, found.peers, found.entries, found.standings, len(found.own))
    best, worst = ([standing(page, one) for one in some] for some in strengths.strengths(found.standings))
    region_paper.buttons(
        page, found.code, said, (best, worst), distances_of(page, found), found.rows, found.entries, found.own,
        frame.note_texts(page, found.notes),
    )  # fmt: skip


def standing(page: Page, one: Standing) -> str:
    """One strength or weakness: value, median, distance, rank."""
    indicator = one.entry.indicator
    return page.text(
        "standing_better" if one.apart.distance > 0 else "standing_worse",
        indicator=indicator.name(page.lang),
        value=words.compared(page, one.shown, indicator),
        median=words.compared(page, one.shown, indicator, one.apart.median),
        n=words.deviations(one.apart.distance),
        year=one.shown.year,
        rank=one.shown.place.rank,
        of=one.shown.place.of,
    )


def show_entries(page: Page, found: Found) -> None:
    """The profile with the rule of its ranks."""
    if not found.entries:
        return
    st.subheader(page.text("profile"), anchor=False)
    st.caption(f"{rank_rule(page, found)} {page.text('rule_change')} {page.text('click_cell')}".strip())
    theme = choose_theme(page, found)
    show_profile(page, [entry for entry in found.entries if theme in (ALL, entry.indicator.theme)])


def rank_rule(page: Page, found: Found) -> str:
    """Among whom the ranks are, or why there are none; of the country the opening says it."""
    if page.catalog.regions[found.code].level == "country":
        return ""
    n, group = len(found.peers.members), region_peers.named(page, found.peers)
    if n < MIN_PEERS:
        return page.text("rule_few" if n else "rule_nobody", group=group, n=n, least=MIN_PEERS)
    return page.text("rule_rank", group=group, least=MIN_PEERS)


def choose_theme(page: Page, found: Found) -> str:
    """One theme of the profile or all; asked only where there are several."""
    themes = list(dict.fromkeys(entry.indicator.theme for entry in found.entries))
    if len(themes) == 1:
        return ALL
    names = {ALL: page.text("theme_all")} | {name: page.catalog.themes[name].name(page.lang) for name in themes}
    return choose.segment(page, "theme", page.text("theme"), list(names), names.__getitem__)


def show_sources(page: Page, found: Found) -> None:
    """The tables behind the region's values, what to know before comparing, the download bar."""
    st.subheader(page.text("sources"), anchor=False)
    used = page.edition.sources.loc[page.edition.sources["source_id"].isin(found.own["source_id"].unique())]
    tables = used.loc[used["origin"] == "table"].to_dict("records")
    if tables:
        with st.expander(page.text("tables", n=len(tables)), icon=":material/table_rows:"):
            lines = [
                page.text(
                    "table",
                    title=words.literal(page.pick(row, "title")),
                    publisher=words.literal(page.pick(row, "publisher")),
                    date=row["published"],
                )
                for row in tables
            ]
            st.markdown("\n".join(f"- {line}" for line in lines))
    notes = frame.note_texts(page, found.notes)
    fair.fold(page, notes)
    region = page.catalog.regions[found.code].full_name(page.lang)
    st.caption(page.text("download", n=f"{len(found.own):,}"))
    frame.downloads(
        page,
        lambda: found.own,
        page.text("export_title", region=region),
        "region",
        unit="",
        notes=notes,
        filters={page.text("choose"): region},
    )


main()
