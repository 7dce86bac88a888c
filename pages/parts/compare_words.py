"""The Compare page's plain sentences: each says what its chart shows, made by rule from the rows."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from charts.numbers import compact, plain
from charts.signs import plus
from indicators import facts
from indicators.catalog import Indicator
from indicators.compare import rank
from pages.parts.page import Page

NAMED = 3
"""So many equal regions are named; of more, the number is said."""
NOTABLE = 1.05
"""From this on, a multiple is worth saying."""
FEW = 5
"""Of fewer regions the median is not told."""


def join(page: Page, parts: Sequence[str]) -> str:
    return page.text("charts.list_comma").join(parts)


def names(page: Page, codes: Sequence[str]) -> str:
    """Regions by name; many equal ones as a number."""
    if len(codes) > NAMED:
        return page.text("compare.many_equal", first=page.catalog.regions[codes[0]].name(page.lang), n=len(codes))
    return join(page, [page.catalog.regions[code].name(page.lang) for code in codes])


def value(page: Page, number: float, unit: str, indicator: Indicator, sign: bool = False) -> str:
    return compact(number, unit, page.lang, page.catalog, indicator=indicator, sign=sign)


def what(page: Page, indicator: Indicator, basis: str, scope: str | None = None) -> str:
    """The indicator with its basis and scope: R&D经费支出（人均）."""
    label = value_label(page, indicator, basis, scope)
    return (
        page.text("charts.what_of", what=indicator.name(page.lang), measure=label)
        if label
        else indicator.name(page.lang)
    )


def value_label(page: Page, indicator: Indicator, basis: str, scope: str | None) -> str | None:
    """What is behind the indicator's name: its basis, its scope, or nothing."""
    said = [page.text(f"label_{basis}")] if basis != "total" else []
    if scope:
        said.append(page.catalog.scope_name(scope, page.lang))
    return page.text("label", label=page.text("charts.list_comma").join(said)) if said else None


def whereabouts(page: Page, place: str, n: int, expected: int) -> str:
    """Among which regions, where they are not all provinces or not all have a value."""
    where = page.text("place", place=place) if place else ""
    return where + page.text("partial", n=n) if n < expected else where


def ranking(
    page: Page, rows: pd.DataFrame, indicator: Indicator, shown: str, place: str, year: int, expected: int
) -> str:
    """Who is first and last, how far apart, the median; among how many, where expected regions lack a value."""
    found = facts.spread(rows)
    unit = str(rows["unit"].iloc[0])

    def say(number: float) -> str:
        return value(page, number, unit, indicator)

    params = {"year": year, "place": whereabouts(page, place, found.n, expected), "what": shown, "n": found.n}
    if found.top == found.bottom:
        return page.text("say_equal", **params, value=say(found.top))
    params |= {"highest": names(page, found.highest), "lowest": names(page, found.lowest)}
    params |= {"top": say(found.top), "bottom": say(found.bottom)}
    if indicator.direction == "lower":
        said = [page.text("say_lower", **params)]
    elif unit == "percent":
        gap = value(page, found.top - found.bottom, "percentage_point", indicator)
        said = [page.text("say_points", **params, gap=gap)]
    elif found.times is None or found.times < NOTABLE:
        said = [page.text("say_plain", **params)]
    else:
        said = [page.text("say_times", **params, times=plain(found.times, 0 if found.times >= 10 else 1))]
    if found.n >= FEW:
        said.append(page.text("say_median", n=found.n, median=say(found.median)))
    return page.text("charts.semicolon").join(said) + page.text("charts.full_stop")


def places(page: Page, rows: pd.DataFrame, indicator: Indicator, lit: Sequence[str]) -> str:
    """Rank and value of the regions that stand out."""
    ranks = dict(zip(rows["region"], rank(rows, indicator), strict=True))
    values = dict(zip(rows["region"], rows["value"], strict=True))
    unit = str(rows["unit"].iloc[0])
    said = [
        page.text(
            "place_of",
            region=page.catalog.regions[code].name(page.lang),
            rank=compact(int(ranks[code]), "rank", page.lang, page.catalog),
            value=value(page, values[code], unit, indicator),
        )
        for code in lit
        if code in ranks
    ]
    return page.text("places", places=join(page, said), n=len(rows)) if said else ""


def change(
    page: Page, changed: pd.DataFrame, shown: str, indicator: Indicator, place: str, years: tuple[int, int]
) -> str:
    """How many went up and down, and the largest change each way.

    Raises:
        ValueError: No region has both years.
    """
    found = facts.moves(changed)
    if found is None:
        raise ValueError(f"no region has values of both {years[0]} and {years[1]}")
    params = {"first": years[0], "last": years[1], "n": found.n, "what": shown}
    params["place"] = page.text("place", place=place) if place else ""
    same = found.n - found.up - found.down
    alone = {"say_all_up": found.up, "say_all_down": found.down, "say_all_same": same}
    key = next((key for key, n in alone.items() if n == found.n), "say_moves")
    said = [page.text(key, **params, **({"up": found.up, "down": found.down} if key == "say_moves" else {}))]
    if same and key == "say_moves":
        said.append(page.text("say_same", same=same))
    for code, regions, by in (("rise", found.rise, found.rise_by), ("fall", found.fall, found.fall_by)):
        if regions:
            by_so_much = moved(page, by, found.unit, indicator)
            said.append(page.text(f"say_{code}", names=names(page, regions), change=by_so_much))
    return page.text("charts.semicolon").join(said) + page.text("charts.full_stop")


def moved(page: Page, number: float, unit: str, indicator: Indicator) -> str:
    """A change with its sign, in percent or percentage points."""
    if unit == "percent":
        return page.text("compare.percent_change", n=plus(number) + plain(number, 1))
    return value(page, number, unit, indicator, sign=True)


def changes_of(page: Page, changed: pd.DataFrame, indicator: Indicator, lit: Sequence[str]) -> str:
    """The change of the regions that stand out."""
    rows = {row.region: row for row in changed.itertuples() if pd.notna(row.change)}
    said = [
        page.text(
            "change_of",
            region=page.catalog.regions[code].name(page.lang),
            change=moved(page, rows[code].change, rows[code].unit, indicator),
        )
        for code in lit
        if code in rows
    ]
    return page.text("changes", changes=join(page, said)) if said else ""


def climb(page: Page, changed: pd.DataFrame, indicator: Indicator) -> str:
    """Who gained most places; empty where nobody did."""
    found = facts.climbs(changed, indicator)
    best = int(found["gained"].max())
    if best <= 0:
        return ""
    rows = found.loc[found["gained"] == best].sort_values("after")
    said = [
        page.text(
            "climb_of",
            region=page.catalog.regions[row.region].name(page.lang),
            before=compact(row.before, "rank", page.lang, page.catalog),
            after=compact(row.after, "rank", page.lang, page.catalog),
        )
        for row in rows.head(NAMED).itertuples()
    ]
    return page.text("climbs", places=best, climbs=join(page, said))


def scatter(page: Page, sides: Sequence[tuple[str, pd.DataFrame]], place: str, year: int) -> str:
    """How the two indicators go together, and who is highest in each."""
    found = _joint(sides)
    leaders = [names(page, facts.spread(rows).highest) for _, rows in sides]
    params = {"year": year, "place": page.text("place", place=place) if place else "", "n": found.n}
    above = {"above": found.both_above, "below": found.both_below}
    if leaders[0] == leaders[1]:
        key = "say_joint_few_one" if found.n < FEW else "say_joint_one"
        return page.text(key, **params, **above, leader=leaders[0])
    if found.n < FEW:
        few = {"x": sides[0][0], "y": sides[1][0], "xleader": leaders[0], "yleader": leaders[1]}
        return page.text("say_joint_few", **params, **few)
    return page.text(
        "say_joint", **params, **above, x=sides[0][0], y=sides[1][0], xleader=leaders[0], yleader=leaders[1]
    )


def correlation(page: Page, sides: Sequence[tuple[str, pd.DataFrame]]) -> list[str]:
    """The note on the rank correlation, where there are regions enough for one."""
    found = _joint(sides).correlation
    return [] if found is None else [page.text("correlation", r=plain(found, 2))]


def _joint(sides: Sequence[tuple[str, pd.DataFrame]]) -> facts.Joint:
    across, up = (dict(zip(rows["region"], rows["value"], strict=True)) for _, rows in sides)
    return facts.joint(across, up)


def begun(place: str) -> str:
    """The name of a set as a title begins."""
    return place[:1].upper() + place[1:]


def heat(page: Page, rows: pd.DataFrame, place: str, year: int) -> str:
    """Who is first most often."""
    found = facts.firsts(rows, page.catalog)
    directed = sum(page.catalog.indicators[name].direction != "neutral" for name in rows["indicator"].unique())
    where = page.text("place", place=place) if place else ""
    if not found:
        return page.text("say_heat_none", year=year, place=where, n=rows["indicator"].nunique())
    most = max(found.values())
    leaders = [code for code, n in found.items() if n == most]
    return page.text("say_heat", year=year, place=where, n=directed, leader=names(page, leaders), most=most)


def figures(page: Page, rows: pd.DataFrame, shown: str) -> str:
    """How many figures there are, and in what they differ."""
    regions = rows["region"].nunique()
    params = {"what": shown, "n": len(rows)}
    if len(rows) == 1:
        return page.text("say_one_figure", what=shown)
    said = differences(page, rows)
    if regions == 1:
        return page.text(
            "say_figures_one", **params, region=page.catalog.regions[rows["region"].iloc[0]].name(page.lang)
        )
    params["regions"] = regions
    if not said:
        return page.text("say_figures_few", **params)
    return page.text("say_figures", **params, differ=join(page, said))


def differences(page: Page, rows: pd.DataFrame) -> list[str]:
    """In what the rows differ that keeps them from being ranked."""
    levels = {page.catalog.regions[code].level for code in rows["region"]}
    checks = {
        "differ_year": rows["year"].nunique(dropna=False) > 1,
        "differ_level": len(levels) > 1,
        "differ_grade": rows["grade"].nunique(dropna=False) > 1,
        "differ_scope": rows["scope"].nunique(dropna=False) > 1,
        "differ_scenario": rows["scenario"].nunique() > 1,
    }
    return [page.text(key) for key, differ in checks.items() if differ]
