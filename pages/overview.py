"""Overview: what is here and what stands out?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from charts.chart import config_for
from charts.heat import coverage as coverage_chart
from indicators.catalog import Catalog
from indicators.comparability import Note, judge
from indicators.headlines import Headline, StandOut, headlines, load_headlines, national, stand_outs
from indicators.profile import Change
from indicators.queries import Edition
from indicators.region_sets import whole_country
from indicators.regions import COUNTRY
from indicators.selection import Selection
from pages.parts import app, choose, fair, findings, frame
from pages.parts import problems as sentences
from pages.parts import region_words as words
from pages.parts.headline import headline, rows_of
from pages.parts.page import Page

SENTENCES = 4
SOURCES = 5
PERIOD = 5
"""Years are shown in periods of so many."""


@dataclass(frozen=True, slots=True)
class Found:
    """What the page says of an edition.

    Attributes:
        periods, regions: How many values there are: by theme (`row`) and first year of a period (`column`), by region
            and theme.
        last: The newest year of any value.
        problems: What the checks found.
        notes: What to know before comparing what the page says.
    """

    headlines: tuple[Headline, ...]
    stand_outs: tuple[StandOut, ...]
    periods: pd.DataFrame
    regions: pd.DataFrame
    last: int
    problems: pd.DataFrame
    notes: tuple[Note, ...]


@st.cache_resource(max_entries=4, show_spinner=False)
def find(edition_id: str, _edition: Edition, _catalog: Catalog) -> Found:
    """An edition never changes, so this is worked out once for each."""
    del edition_id
    ids = load_headlines(_catalog)["overview"]
    regions = (COUNTRY, *whole_country(_catalog.folder))
    rows = _edition.observations(
        Selection(indicators=ids, regions=regions, measures=("level",), scenarios=("actual",), whole=True)
    )
    rows = rows.loc[(rows["comparator"] == "eq") & rows["year"].notna()]
    country, breaks = national(rows, _catalog), _edition.breaks(ids)
    counts = _edition.coverage()
    themes = [_catalog.indicators[name].theme for name in counts["indicator"]]
    dated = counts.assign(row=themes).loc[counts["year"].notna()]
    first_years = dated["year"].astype(int) // PERIOD * PERIOD
    figures = tuple(headlines(ids, country, _catalog, breaks))
    provinces = rows.loc[rows["region"] != COUNTRY]
    sentences = tuple(
        one
        for one in stand_outs(ids, rows, country, _catalog, breaks)
        if judge(at(provinces, [one]), "ranking", _catalog, breaks, _edition.sources).fair
    )
    provinces = at(provinces, sentences)
    fairness = [
        *judge(provinces, "heat", _catalog, breaks, _edition.sources).notes,
        *judge(at(country, figures), "profile", _catalog, breaks, _edition.sources).notes,
    ]
    return Found(
        headlines=figures,
        stand_outs=sentences,
        periods=summed(dated.assign(column=first_years)),
        regions=summed(counts.assign(row=counts["region"], column=themes)),
        last=int(dated["year"].max()) if len(dated) else 0,
        problems=_edition.problems(),
        notes=tuple({note.code: note for note in reversed(fairness)}.values())[::-1],
    )


def at(rows: pd.DataFrame, said: Sequence[Headline] | Sequence[StandOut]) -> pd.DataFrame:
    """The rows of the indicators and years of which something is said."""
    pairs = {(one.indicator.id, one.year) for one in said}
    return rows.loc[[pair in pairs for pair in zip(rows["indicator"], rows["year"], strict=True)]]


def summed(counts: pd.DataFrame) -> pd.DataFrame:
    return counts.groupby(["row", "column"], as_index=False)["n"].sum().rename(columns={"n": "count"})


def main() -> None:
    page = app.begin("overview")
    found = find(page.edition.id, page.edition, page.catalog)
    show_headlines(page, found.headlines)
    left, right = st.columns([3, 2], gap="large")
    with left:
        show_stand_outs(page, found.stand_outs)
        fair.fold(page, fair.texts(page, found.notes))
    with right:
        show_sources(page)
    show_coverage(page, found)
    show_checks(page, found.problems)
    show_edition(page)
    app.finish(page)


def show_headlines(page: Page, found: tuple[Headline, ...]) -> None:
    """The country's figures, each with its change, a tiny line, its source and its trend."""
    if not found:
        st.info(page.text("no_headlines"), icon=":material/search_off:")
        return
    for column, one in zip(rows_of(page, len(found)), found, strict=True):
        with column:
            show_headline(page, one)


def show_headline(page: Page, one: Headline) -> None:
    change = None if one.change is None else Change(one.change, one.change_unit, "eq", one.inputs, printed=False)
    headline(
        page,
        one.indicator,
        words.amount(page, one.value, one.unit, one.indicator),
        year=one.year,
        where=page.text("summed" if one.summed else "printed", year=one.year, n=one.summed),
        change=change,
        path=one.path,
        inputs=one.inputs,
        trend={} if one.summed else {"r": COUNTRY},
    )


def show_stand_outs(page: Page, found: tuple[StandOut, ...]) -> None:
    """One sentence for each indicator; it leads to the comparison that it is made from."""
    if not found:
        return
    st.subheader(page.text("stands_out"), anchor=False)
    for one in found[:SENTENCES]:
        st.page_link(
            "pages/compare.py",
            label=sentence(page, one),
            icon=":material/leaderboard:",
            query_params={"i": one.indicator.id, "y": str(one.year), "lang": page.lang},
        )


def sentence(page: Page, one: StandOut) -> str:
    """Who leads and who moved most, of one indicator."""
    regions = page.catalog.regions
    params = {
        "indicator": one.indicator.name(page.lang), "year": one.year, "region": regions[one.leader].name(page.lang),
        "value": words.amount(page, one.value, one.unit, one.indicator),
    }  # fmt: skip
    if one.share is not None:
        whole = page.text("whole_summed" if one.summed else "whole_printed", n=one.provinces)
        said = page.text("leader_share", **params, whole=whole, share=f"{one.share:.1f}")
    elif one.above is not None and one.national is not None:
        average = words.amount(page, one.national, one.unit, one.indicator)
        said = page.text("leader_above", **params, n=one.above, national=average)
    else:
        said = page.text("leader", **params)
    for way, move in (("up", one.up), ("down", one.down)):
        if move:
            points = "_points" if move.unit == "percentage_point" else ""
            changed = words.change(page, move.change, move.unit, one.indicator)
            said += page.text(f"move_{way}{points}", region=regions[move.region].name(page.lang), change=changed)
    return said + page.text("stop")


def show_sources(page: Page) -> None:
    """The newest reports, each a link to its text, and the tables in a line."""
    sources = page.edition.sources
    reports = sources.loc[sources["origin"] == "report"]
    st.subheader(page.text("sources"), anchor=False)
    for row in reports.head(SOURCES).to_dict("records"):
        place = page.catalog.regions.path(row["region"], page.lang)
        label = page.text(
            "report",
            title=words.literal(page.pick(row, "title")),
            place=place,
            date=row["published"],
            n=row["observations"],
        )
        st.page_link(
            "pages/reports.py", label=label, icon=":material/article:",
            query_params={"source": row["source_id"], "lang": page.lang},
        )  # fmt: skip
    tables = sources.loc[sources["origin"] == "table"]
    if len(tables):
        newest = tables.iloc[0]
        said = page.text(
            "tables",
            n=len(tables),
            publisher=words.literal(page.pick(newest, "publisher")),
            title=words.literal(page.pick(newest, "title")),
            date=newest["published"],
        )
        st.caption(said)


def show_coverage(page: Page, found: Found) -> None:
    """Where there are values: by theme and period, or by region and theme."""
    st.subheader(page.text("coverage"), anchor=False)
    views = ("years", "regions")
    view = choose.segment(page, "by", page.text("coverage_by"), views, lambda code: page.text(f"coverage_{code}"))
    have = set(found.regions["column"])
    themes = [(name, theme.name(page.lang)) for name, theme in page.catalog.themes.items() if name in have]
    if view == "years":
        counts, rows = found.periods, themes
        columns = [(first, period(page, first, found.last)) for first in sorted(set(counts["column"]))]
    else:
        counts, columns = found.regions, themes
        rows = [(code, page.catalog.regions[code].name(page.lang)) for code in sorted(set(counts["row"]))]
    chart = coverage_chart(
        counts, frame.look(page), rows=rows, columns=columns, title=page.text(f"coverage_title_{view}"),
        source=page.text("coverage_source", edition=page.edition.id),
    )  # fmt: skip
    if chart.empty:
        st.info(chart.empty, icon=":material/search_off:")
        return
    st.plotly_chart(
        chart.spec, theme=None, key="overview.coverage", config=config_for(f"coverage_{view}"), alt=chart.alt
    )


def period(page: Page, first: int, last: int) -> str:
    """The years of a period in words; the last one may hold a single year."""
    end = min(first + PERIOD - 1, last)
    return page.text("charts.year", year=first) if first == end else page.text("charts.years", first=first, last=end)


def show_checks(page: Page, problems: pd.DataFrame) -> None:
    """How much was compared, what was found, and every finding when asked for."""
    checks = page.edition.manifest["checks"]
    st.subheader(page.text("checks"), anchor=False)
    compared = sum(check["compared"] for check in checks.values())
    st.markdown(
        page.text(
            "checked" if len(problems) else "checked_clean",
            checks=len(checks),
            n=f"{compared:,}",
            found=f"{len(problems):,}",
        )
    )
    if problems.empty:
        return
    counts = problems.groupby(["severity", "code"], sort=False).size()
    lines = [
        page.text(
            "finding",
            severity=page.text(f"problems.severity_{severity}"),
            name=page.text(f"problems.{code}_name"),
            n=f"{n:,}",
        )
        for (severity, code), n in counts.items()
    ]
    st.markdown("\n".join(f"- {line}" for line in lines))
    show_contradictions(page, problems)
    box = st.expander(
        page.text("findings", n=f"{len(problems):,}"),
        icon=":material/fact_check:",
        key="overview.findings",
        on_change="rerun",
    )
    with box:
        if box.open:
            findings.show(page, problems, "overview.findings.rows")


def show_contradictions(page: Page, found: pd.DataFrame) -> None:
    """Figures that cannot all be true, the first ones in words, and the way to all of them."""
    rows = found.loc[found["code"].isin(sentences.CONTRADICTIONS) & (found["severity"] != "note")]
    for row in rows.head(SENTENCES).itertuples():
        st.warning(sentences.sentence(page, row), icon=":material/warning:")
    if found["code"].isin(sentences.CONTRADICTIONS).any():
        st.page_link(
            "pages/method.py",
            label=page.text("contradictions"),
            icon=":material/difference:",
            query_params={"part": "contradictions", "lang": page.lang},
        )


def show_edition(page: Page) -> None:
    """Which data this is."""
    manifest = page.edition.manifest
    counts = {name: f"{n:,}" for name, n in manifest["counts"].items()}
    st.caption(page.text("edition", id=page.edition.id, date=manifest["built"][:10], **counts))


main()
