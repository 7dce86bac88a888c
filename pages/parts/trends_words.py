"""What the Trends page says of its chart, in one plain sentence for each indicator, made by rule from the rows."""

from __future__ import annotations

import pandas as pd

from indicators import course, facts
from indicators.catalog import Indicator
from pages.parts.compare_words import join, moved, names, value
from pages.parts.page import Page
from pages.parts.trends_choices import Choice

MOST = 3
"""So many indicators have their sentence, and so many regions are told one by one."""


def findings(page: Page, choice: Choice, rows: pd.DataFrame, breaks: pd.DataFrame) -> list[str]:
    """A sentence for each indicator of which something can be said; none where there are many."""
    if len(choice.indicators) > MOST:
        return []
    said = []
    for indicator in choice.indicators:
        own = course.told(rows.loc[rows["indicator"] == indicator.id])
        cuts = breaks.loc[breaks["indicator"] == indicator.id, "year"].tolist()
        said.append(_now(page, choice, indicator, own) if choice.mode == "growth" else
                    _course(page, choice, indicator, own, cuts))  # fmt: skip
    return [sentence for sentence in said if sentence]


def _what(page: Page, choice: Choice, indicator: Indicator, unit: str = "") -> str:
    """The indicator with its basis, and the share that is looked at; an index moves as its indicator does."""
    labels = [page.text(f"trends.value_{choice.basis}")] if choice.basis != "total" else []
    if choice.mode == "share":
        labels.append(page.text("trends.value_share"))
    if choice.mode == "growth":
        labels.append(page.text(f"trends.value_growth_{unit}"))
    name = indicator.name(page.lang)
    for label in labels:
        name = page.text("trends.say_what", what=name, label=label)
    return name


def _course(page: Page, choice: Choice, indicator: Indicator, own: pd.DataFrame, cuts: list[int]) -> str:
    """How the values went from the first year that compares to the latest one."""
    found = course.course(own, cuts, choice.base_year if choice.mode == "index" else None)
    if found is None:
        return ""
    changed = facts.changes(found.rows, found.first, found.last, page.catalog)
    params: dict[str, object] = {"first": found.first, "last": found.last, "n": len(changed)}
    params["what"] = _what(page, choice, indicator)
    if len(changed) == 1 and choice.mode != "index":
        said = _one(page, changed.iloc[0], str(found.rows["unit"].iloc[0]), indicator, params)
    elif len(changed) <= MOST and changed["change"].notna().all():
        moves = zip(changed["region"], changed["change"], changed["unit"], strict=True)
        each = [_each(page, code, moved(page, by, unit, indicator)) for code, by, unit in moves]
        said = page.text("trends.say_few", **params, each=join(page, each))
    else:
        said = _many(page, changed, indicator, params, found.expected)
    return said + page.text("charts.full_stop") + (page.text("trends.say_cut", first=found.first) if found.cut else "")


def _each(page: Page, region: str, change: str) -> str:
    return page.text("trends.say_each", region=names(page, [region]), change=change)


def _one(page: Page, row: pd.Series, unit: str, indicator: Indicator, params: dict[str, object]) -> str:
    """One region's two values and the change between them."""
    ends = {side: value(page, row[side], unit, indicator) for side in ("before", "after")}
    params |= {"region": names(page, [row["region"]]), **ends}
    if row["after"] == row["before"]:
        return page.text("trends.say_same", **params)
    way = "up" if row["after"] > row["before"] else "down"
    if pd.isna(row["change"]):
        return page.text(f"trends.say_{way}_plain", **params)
    return page.text(f"trends.say_{way}", **params, change=moved(page, row["change"], row["unit"], indicator))


def _many(page: Page, changed: pd.DataFrame, indicator: Indicator, params: dict[str, object], expected: int) -> str:
    """How many regions went up and down, and the largest change each way."""
    found = facts.moves(changed)
    assert found is not None  # `course` gives at least one region with both years
    params |= {"up": found.up, "down": found.down}
    params["of"] = page.text("trends.say_of", expected=expected) if found.n < expected else ""
    whole = {"all_up": found.up, "all_down": found.down}
    said = [page.text(f"trends.say_{next((key for key, n in whole.items() if n == found.n), 'moves')}", **params)]
    for key, regions, by in (("rise", found.rise, found.rise_by), ("fall", found.fall, found.fall_by)):
        if regions:
            change = moved(page, by, found.unit, indicator)
            said.append(page.text(f"compare.say_{key}", names=names(page, regions), change=change))
    return page.text("charts.semicolon").join(said)


def _now(page: Page, choice: Choice, indicator: Indicator, own: pd.DataFrame) -> str:
    """The latest growth: of one region, or the highest and lowest of several and how many of them fell."""
    rows = course.latest(own)
    if rows.empty:
        return ""
    unit = str(rows["unit"].iloc[0])

    def change(number: float) -> str:
        return moved(page, number, unit, indicator)

    params: dict[str, object] = {"year": int(rows["year"].iloc[0]), "what": _what(page, choice, indicator, unit)}
    if len(rows) <= MOST:
        each = [_each(page, code, change(number)) for code, number in zip(rows["region"], rows["value"], strict=True)]
        return page.text("trends.say_now_few", **params, each=join(page, each)) + page.text("charts.full_stop")
    found = facts.spread(rows)
    if found.top == found.bottom:
        return ""
    params |= {"highest": names(page, found.highest), "lowest": names(page, found.lowest)}
    params |= {"top": change(found.top), "bottom": change(found.bottom), "n": found.n}
    fell = int((rows["value"] < 0).sum())
    said = [page.text("trends.say_now", **params)]
    said.append(page.text("trends.say_fell" if fell else "trends.say_none_fell", n=found.n, fell=fell))
    return page.text("charts.semicolon").join(said) + page.text("charts.full_stop")
