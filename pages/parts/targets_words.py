"""The Targets page in sentences: what the reader should take from it, and each target by itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from charts import target_words as words
from indicators.labels import sentences
from indicators.target_values import Known
from indicators.targets import VERDICTS, Judged
from pages.parts.entries import Html, bullets, entry, facts, listing
from pages.parts.page import Page
from pages.parts.rows import source_titles


def opening(page: Page, chosen: Sequence[Judged], as_of: int) -> str:
    """The count; of those without data, how many are due and what to try."""
    return sentences([counted(page, chosen), *_unknown(page, chosen, as_of)], page.lang)


def counted(page: Page, chosen: Sequence[Judged]) -> str:
    """Who set how many targets and what became of them, in one sentence."""
    places = dict.fromkeys(one.target["region"] for one in chosen)
    who = (
        page.catalog.regions[next(iter(places))].name(page.lang)
        if len(places) == 1
        else page.text("who_many", n=len(places))
    )
    years = sorted({one.year for one in chosen if one.year is not None})
    when = ""
    if len(years) == 1:
        when = page.text("when_one", year=years[0])
    elif years:
        when = page.text("when_many", first=years[0], last=years[-1])
    counts = Counter(one.verdict for one in chosen)
    said = page.text("charts.list_comma").join(
        page.text(f"count_{verdict}", n=counts[verdict]) for verdict in VERDICTS if counts[verdict]
    )
    key = "opening_one" if len(chosen) == 1 else "opening"
    return page.text(key, who=who, when=when, n=len(chosen), counts=said)


def _unknown(page: Page, chosen: Sequence[Judged], as_of: int) -> list[str]:
    """Of the targets without data: how many are for a year that is not over, and what to try for the others."""
    years = [one.year for one in chosen if one.verdict == "no_data" and one.year is not None]
    early = sum(year >= as_of for year in years)
    late = len(years) - early
    said = []
    if early == len(chosen):
        said.append(page.text("not_due_all" if early > 1 else "not_due_only"))
    elif early:
        said.append(page.text("not_due_one" if early == 1 else "not_due", n=early))
    if late:
        said.append(page.text("overdue_one" if late == 1 else "overdue", n=late))
    return said


def details(page: Page, chosen: Sequence[Judged]) -> str:
    """Every target as an entry: where it was set, what it was judged by, why, and the pace needed."""
    return listing(_entry(page, one) for one in chosen)


def _entry(page: Page, one: Judged) -> str:
    catalog, lang = page.catalog, page.lang
    name = page.text("charts.dot").join([words.place(one, catalog, lang), words.subject(one, catalog, lang)])
    pairs = [
        (page.text("detail_source"), _titles(page, (one.target["source_id"],))),
        (page.text("detail_start"), _known(page, one, one.start)),
        (page.text("detail_latest"), _known(page, one, one.latest)),
        (page.text("detail_way"), _part(page, one)),
        (page.text("detail_needed"), words.pace(one.needed, one, catalog, lang) or ""),
        (page.text("detail_so_far"), words.pace(one.so_far, one, catalog, lang) or ""),
        (page.text("detail_nearby"), Html(bullets([_close(page, name) for name in one.nearby]))),
    ]
    said = words.capital(words.goal_by(one, catalog, lang)) + page.text("charts.full_stop")
    return entry(
        name, aside=words.outcome(one, catalog, lang), lines=[sentences((said, page.text(f"why_{one.why}")), lang)],
        folded=(page.text("detail_more"), facts(pairs)),
    )  # fmt: skip


def _part(page: Page, one: Judged) -> str:
    """The part of the way that was gone; nothing of a step back."""
    if one.share is None or one.share < 0:
        return ""
    return page.text("part_done", share=words.percent(one.share, page.lang))


def _known(page: Page, one: Judged, known: Known | None) -> str:
    if known is None:
        return ""
    key = "computed_from" if known.computed else "from_source"
    return page.text(
        key, value=words.known(known, one, page.catalog, page.lang), year=known.year,
        source=_titles(page, known.sources),
    )  # fmt: skip


def _titles(page: Page, sources: Sequence[str]) -> str:
    titles = source_titles(page)
    return page.text("charts.semicolon").join(titles.get(name, name) for name in sources)


def _close(page: Page, observation: str) -> str:
    """A value that is near the target and not the same quantity, with what makes it another one."""
    row = page.edition.observation(observation)
    if row is None:
        return observation
    indicator = page.catalog.indicators[row["indicator"]]
    parts = [page.text(f"common.measure_{row['measure']}")] if row["measure"] != "level" else []
    if row["grade"]:
        parts.append(page.text(f"common.grade_{row['grade']}"))
    if row["scope"]:
        parts.append(page.catalog.scope_name(row["scope"], page.lang))
    value = words.value(row["value"], row["unit"], indicator, page.catalog, page.lang, row["comparator"])
    limits = page.text("charts.brackets", inside=page.text("charts.dot").join(parts)) if parts else ""
    at = page.text("at", value=value, year=row["year"])
    return f"{indicator.name(page.lang)}{limits}{page.text('charts.colon')}{at}"


def notes(page: Page, chosen: Sequence[Judged], substitutes: dict[str, str]) -> list[str]:
    """What to know of these targets: other publications that were used, definitions that changed on the way."""
    said = []
    for name, why in substitutes.items():
        if any(one.substituted and one.target["indicator"] == name for one in chosen):
            said.append(page.text("note_substitute", indicator=page.catalog.indicators[name].name(page.lang), why=why))
    for one in chosen:
        if one.cuts and one.start:
            last = one.latest.year if one.latest else one.year
            said.append(
                page.text(
                    "note_cut", place=words.place(one, page.catalog, page.lang),
                    indicator=words.subject(one, page.catalog, page.lang), start=one.start.year, end=last,
                    years=page.text("charts.list_comma").join(map(str, one.cuts)),
                )
            )  # fmt: skip
    return list(dict.fromkeys(said))
