"""Region: how is my region?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from indicators import profile
from indicators.catalog import Catalog
from indicators.comparability import Note, judge
from indicators.headlines import load_headlines
from indicators.profile import Entry, Standing
from indicators.queries import Edition
from indicators.selection import Selection
from pages.parts import app, choose, fair, frame
from pages.parts import region_words as words
from pages.parts.headline import headline, rows_of
from pages.parts.page import Page
from pages.parts.region_tables import show_profile, show_rows

PEERS = ("level", "size")
ALL = "all"


@dataclass(frozen=True, slots=True)
class Found:
    """One region's data and what was made of them.

    Attributes:
        own: All current observations of the region.
        peers: The regions that it is compared with, itself included.
        partial, promised: The observations that the profile does not take.
        notes: What to know before comparing.
    """

    code: str
    own: pd.DataFrame
    peers: tuple[str, ...]
    entries: tuple[Entry, ...]
    partial: pd.DataFrame
    promised: pd.DataFrame
    notes: tuple[Note, ...]


def main() -> None:
    page = app.begin("region")
    regions = page.edition.regions
    if regions.empty:
        st.info(page.text("nothing"), icon=":material/search_off:")
        app.finish(page)
        return
    code, peers = choose_region(page, list(regions["region"]))
    found = find(page.edition.id, code, peers, page.edition, page.catalog)
    show_head(page, found)
    show_strengths(page, found)
    show_entries(page, found, peers)
    show_others(page, found)
    show_sources(page, found)
    app.finish(page)


def choose_region(page: Page, codes: Sequence[str]) -> tuple[str, str]:
    """The region, and with whom it is compared; the second choice is offered where there is one."""
    regions = page.catalog.regions
    left, right = st.columns([3, 2])
    first = next((code for code in codes if regions[code].level == "province"), codes[0])
    with left:
        code = choose.one(page, "r", page.text("choose"), codes, lambda one: regions.path(one, page.lang), first)
    level = profile.same_level(page.catalog, code, codes)
    if len(level) <= profile.SIMILAR + 1 or code not in populations(
        page.edition.id, regions[code].level, page.edition, page.catalog
    ):
        return code, PEERS[0]
    with right:
        return code, choose.segment(page, "peers", page.text("peers"), PEERS, lambda one: page.text(f"peers_{one}"))


@st.cache_resource(max_entries=16, show_spinner=False)
def populations(edition_id: str, level: str, _edition: Edition, _catalog: Catalog) -> dict[str, float]:
    """The latest population of every region of a level; an edition never changes, so this is read once."""
    del edition_id
    rows = _edition.latest(
        Selection(indicators=(profile.POPULATION,), measures=("level",), scenarios=("actual",), whole=True)
    )
    same = [_catalog.regions[code].level == level for code in rows["region"]]
    return dict(zip(rows["region"][same], rows["value"][same], strict=True))


@st.cache_resource(max_entries=128, show_spinner=False)
def find(edition_id: str, code: str, kind: str, _edition: Edition, _catalog: Catalog) -> Found:
    """Read a region and its peers; an edition never changes, so this is worked out once for each."""
    own = _edition.observations(Selection(regions=(code,)))
    if kind == "size":
        peers = profile.similar_size(populations(edition_id, _catalog.regions[code].level, _edition, _catalog), code)
    else:
        peers = profile.same_level(_catalog, code, _edition.regions["region"])
    selection = Selection(regions=peers, measures=("level",), scenarios=("actual",), whole=True)
    breaks = _edition.breaks(tuple(own["indicator"].unique()))
    entries = profile.profile(code, own, _edition.at(profile.needed(own), selection), _catalog, breaks)
    notes = judge(own, "profile", _catalog, breaks, _edition.sources).notes
    return Found(code, own, peers, tuple(entries), profile.partial(own), profile.promised(own), notes)


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
        "n_partial": len(found.partial),
        "n_promised": len(found.promised),
    }
    return [page.text(name, n=n) for name, n in counts.items() if n]


def show_strengths(page: Page, found: Found) -> None:
    """What the region is best and worst at, side by side, with the rule."""
    best, worst = profile.strengths(found.entries, load_headlines(page.catalog)["aside"])
    if not any(entry.level and entry.level.place for entry in found.entries):
        return
    for column, name, some in zip(st.columns(2), ("strengths", "weaknesses"), (best, worst), strict=True):
        lines = [f"- {standing(page, one)}" for one in some] or [page.text("none_of_them")]
        with column:
            st.markdown("\n".join([f"**{page.text(name)}**", "", *lines]))
    st.caption(page.text("rule_strengths", years=profile.RECENT))


def standing(page: Page, one: Standing) -> str:
    indicator = one.entry.indicator
    divided = one.shown is one.entry.per_head
    value = (
        words.per_head(page, one.shown, indicator)
        if divided
        else words.amount(page, one.shown.value, one.shown.unit, indicator)
    )
    return page.text(
        "standing", indicator=indicator.name(page.lang), value=value, year=one.entry.year,
        rank=one.place.rank, of=one.place.of,
    )  # fmt: skip


def show_entries(page: Page, found: Found, kind: str) -> None:
    """The profile with the rule of its ranks."""
    if not found.entries:
        return
    st.subheader(page.text("profile"), anchor=False)
    st.caption(f"{rank_rule(page, found, kind)} {page.text('rule_change')} {page.text('click_cell')}")
    theme = choose_theme(page, found)
    show_profile(page, [entry for entry in found.entries if theme in (ALL, entry.indicator.theme)])


def choose_theme(page: Page, found: Found) -> str:
    """One theme of the profile or all; asked only where there are several."""
    themes = list(dict.fromkeys(entry.indicator.theme for entry in found.entries))
    if len(themes) == 1:
        return ALL
    names = {ALL: page.text("theme_all")} | {name: page.catalog.themes[name].name(page.lang) for name in themes}
    return choose.segment(page, "theme", page.text("theme"), list(names), names.__getitem__)


def rank_rule(page: Page, found: Found, kind: str) -> str:
    level = page.catalog.regions[found.code].level
    if level == "country":
        return page.text("rule_country")
    key = "rule_size" if kind == "size" else "rule_level"
    if len(found.peers) < profile.MIN_PEERS:
        key = "rule_few"
    return page.text(
        key, level=page.text(f"level_{level}"), n=len(found.peers), least=profile.MIN_PEERS, most=len(found.peers) - 1
    )


def show_others(page: Page, found: Found) -> None:
    """What the profile does not take: limited values, and targets, each in its own table."""
    for name, rows in (("partial", found.partial), ("promised", found.promised)):
        if rows.empty:
            continue
        st.subheader(page.text(name), anchor=False)
        st.caption(page.text(f"about_{name}"))
        show_rows(page, rows, name)


def show_sources(page: Page, found: Found) -> None:
    """The region's reports as links, the tables behind its values, what to know before comparing, the download bar."""
    st.subheader(page.text("sources"), anchor=False)
    used = page.edition.sources.loc[page.edition.sources["source_id"].isin(found.own["source_id"].unique())]
    for row in used.loc[used["origin"] == "report"].to_dict("records"):
        label = page.text(
            "report",
            title=words.literal(page.pick(row, "title")),
            publisher=words.literal(page.pick(row, "publisher")),
            date=row["published"],
        )
        st.page_link(
            "pages/reports.py", label=label, icon=":material/article:",
            query_params={"source": row["source_id"], "lang": page.lang},
        )  # fmt: skip
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
