"""The Index page's plain sentences: what the chart shows, how sure it is, what it depends on, what to know."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from charts.numbers import compact, plain
from indicators.comparability import Note
from indicators.composite.build import Composite, RefusedError
from indicators.composite.recipe import Part, better
from indicators.composite.simulate import Effect
from pages.parts import frame
from pages.parts.composite_choices import part_name
from pages.parts.page import Page

NAMED = 3
STEADY = 2
"""A rank that stays within so many places is called steady."""


def region(page: Page, code: str) -> str:
    return page.catalog.regions[code].name(page.lang)


def join(page: Page, parts: Sequence[str]) -> str:
    return page.text("charts.list_comma").join(parts)


def place(page: Page, rank: int) -> str:
    return compact(rank, "rank", page.lang, page.catalog)


def score(found: Composite, number: float) -> str:
    return plain(float(number), 1 if np.abs(found.index).max() >= 10 else 2)


def when(page: Page, found: Composite) -> str:
    """The year, or the years that values were taken from."""
    used = sorted({int(year) for year in found.inputs.years.ravel() if year})
    if used[0] == used[-1]:
        return page.text("charts.year", year=used[0])
    return page.text("charts.years", first=used[0], last=used[-1])


def leaders(page: Page, found: Composite) -> str:
    """Who is ahead, with scores."""
    order = np.argsort(found.ranks, kind="stable")[:NAMED]
    said = [
        page.text("scored", region=region(page, found.regions[n]), score=score(found, found.index[n])) for n in order
    ]
    return page.text(
        "say_leaders", when=when(page, found), n=len(found.parts), regions=len(found.regions), first=said[0],
        next=join(page, said[1:]),
    )  # fmt: skip


def certainty(page: Page, found: Composite) -> str:
    """How often the first stays first, how many ranks are steady, and which is the least sure."""
    told = found.simulated
    first = int(np.argmin(found.ranks))
    part = float((told.ranks[:, first] == 1).mean())
    width = told.high - told.low
    loose = int(np.argmax(width))
    said = page.text(
        "say_certain", n=f"{len(told.ranks):,}", first=region(page, found.regions[first]), part=percent(part),
        steady=int((width <= STEADY).sum()), of=len(width), places=STEADY,
    )  # fmt: skip
    if width[loose] <= STEADY:
        return said
    return said + page.text(
        "say_loose", region=region(page, found.regions[loose]), low=place(page, int(told.low[loose])),
        high=place(page, int(told.high[loose])),
    )  # fmt: skip


def percent(part: float) -> str:
    """A share of simulations; never 100 % or 0 % where it is only nearly so."""
    if 0 < part < 1:
        part = min(max(part, 0.01), 0.99)
    return f"{plain(100 * part, 0)}%"


def lit(page: Page, found: Composite, codes: Sequence[str]) -> str:
    """Rank and range of the regions that stand out."""
    where = {code: n for n, code in enumerate(found.regions)}
    told = found.simulated
    said = []
    for code in codes:
        if code not in where:
            continue
        rank, low, high = (int(one[where[code]]) for one in (found.ranks, told.low, told.high))
        said.append(
            page.text(
                "place_kept" if low == high == rank else "place_of", region=region(page, code), rank=place(page, rank),
                low=place(page, low), high=place(page, high),
            )
        )  # fmt: skip
    return page.text("places", places=join(page, said)) if said else ""


def depends(page: Page, effects: Sequence[Effect]) -> str:
    """What the ranks depend on most, and least."""
    ordered = sorted(effects, key=lambda effect: -effect.shift)
    if ordered[0].shift <= 0:
        return page.text("say_depends_none")
    most, least = ordered[0], ordered[-1]
    return page.text(
        "say_depends", most=page.text(f"source_{most.source}"), shift=plain(most.shift, 2),
        least=page.text(f"source_{least.source}"), little=plain(least.shift, 2),
    )  # fmt: skip


def missing(page: Page, found: Composite) -> str:
    """Who has no score; empty where all have one."""
    if not found.left_out:
        return ""
    names = join(page, [region(page, one.region) for one in found.left_out])
    recipe = found.recipe
    return page.text(
        "say_left_out", n=len(found.left_out), regions=names, cover=recipe.cover, themes=recipe.theme_cover
    )


def refused(page: Page, error: RefusedError) -> str:
    """Why there is no index, and what to try."""
    params = dict(error.params)
    if "part" in params:
        part = Part.of(params["part"])
        known = part.indicator in page.catalog.indicators
        params["part"] = part_name(page, part) if known else part.indicator
        params["why"] = page.text(f"unfit_{params['why']}")
    return page.text(f"refused_{error.code}", **params)


def notes(page: Page, found: Composite, place_name: str, comparability: Sequence[Note]) -> list[str]:
    """What a reader must know before believing the index."""
    said = [page.text("note_relative", n=len(found.regions), place=place_name)]
    if sentence := missing(page, found):
        said.append(sentence)
    if found.incomplete:
        names = join(page, [region(page, code) for code in found.incomplete])
        said.append(page.text("note_incomplete", n=len(found.incomplete), regions=names))
    if found.unusable:
        names = join(page, [part_name(page, part) for part in found.unusable])
        said.append(page.text("note_unusable", names=names))
    said += _treated(page, found) + _doubled(page, found)
    lower = [part_name(page, part) for part in found.parts if better(part, page.catalog) == "lower"]
    if lower:
        said.append(page.text("note_lower", names=join(page, lower)))
    said += _years(page, found)
    said.append(simulated(page, found))
    return [*said, *frame.note_texts(page, [*_gathered(found), *comparability])]


def simulated(page: Page, found: Composite) -> str:
    """What a simulation changes."""
    return page.text("note_simulated", n=f"{len(found.simulated.ranks):,}")


def _treated(page: Page, found: Composite) -> list[str]:
    """Which values were changed before they were compared."""
    said = []
    for action in ("winsorised", "log"):
        names = [
            part_name(page, part) for part, one in zip(found.parts, found.treated, strict=True) if one.action == action
        ]
        n = sum(len(one.changed) for one in found.treated)
        if names:
            said.append(
                page.text(f"note_{action}", names=join(page, names), n=n if action == "winsorised" else len(names))
            )
    return said


def _doubled(page: Page, found: Composite) -> list[str]:
    """Indicators that stand in the index on several bases."""
    names = [part.indicator for part in found.parts]
    twice = [name for name in dict.fromkeys(names) if names.count(name) > 1]
    if not twice:
        return []
    listed = join(page, [page.catalog.indicators[name].name(page.lang) for name in twice])
    return [page.text("note_doubled", names=listed)]


def _years(page: Page, found: Composite) -> list[str]:
    older = int(((found.inputs.years > 0) & (found.inputs.years < found.recipe.year)).sum())
    every = int((found.inputs.years > 0).sum())
    return [page.text("note_older", n=older, of=every, year=found.recipe.year)] if older else []


def _gathered(found: Composite) -> list[Note]:
    return [note for note in found.inputs.notes if note.code == "other_series"]
