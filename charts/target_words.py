"""Targets and what became of them in words: the chart, the table and the sentences say them the same way."""

from __future__ import annotations

from charts.chart import grade_name, qualified, region_name, what_is_shown
from charts.numbers import compact, plain
from charts.signs import plus
from indicators import interval
from indicators.catalog import Catalog, Indicator
from indicators.labels import text
from indicators.observation import SCENARIOS
from indicators.target_values import Known, Pace, Row
from indicators.targets import Judged


def subject(one: Judged, catalog: Catalog, lang: str) -> str:
    """What a target is of: the indicator, its measure where it is not the level, grade and scope."""
    return qualified(kind(one, catalog, lang), lang, *_limits(one.target, catalog, lang))


def limited_place(one: Judged, catalog: Catalog, lang: str) -> str:
    """The region with what the target is limited to: 德令哈（国家级 · 新增）."""
    return qualified(place(one, catalog, lang), lang, *_limits(one.target, catalog, lang))


def _limits(target: Row, catalog: Catalog, lang: str) -> tuple[str | None, str | None]:
    scope = catalog.scope_name(target["scope"], lang) if target["scope"] else None
    return grade_name(target["grade"], lang), scope


def kind(one: Judged, catalog: Catalog, lang: str) -> str:
    """The indicator and its measure, without what a single target is limited to."""
    return what_is_shown(catalog.indicators[one.target["indicator"]], _measure(one.target), None, lang)


def _measure(target: Row) -> str | None:
    return None if target["measure"] == "level" else str(target["measure"])


def place(one: Judged, catalog: Catalog, lang: str) -> str:
    return region_name(catalog, one.target["region"], lang)


def value(amount: float, unit: str, indicator: Indicator, catalog: Catalog, lang: str, comparator: str = "eq") -> str:
    """A value with its unit; what is given for 10,000 people says so."""
    return compact(amount, unit, lang, catalog, indicator=indicator, comparator=comparator)


def goal(one: Judged, catalog: Catalog, lang: str) -> str:
    """A target's value as printed: with its comparator, a range with both ends, growth with its base year."""
    target = one.target
    indicator = catalog.indicators[target["indicator"]]
    reading = interval.read(target["printed"], target["value"], target["unit"])
    if reading and len(reading.values) == 2:
        low, high = (value(float(end), target["unit"], indicator, catalog, lang) for end in reading.values)
        said = text("targets.range", lang, low=low, high=high)
    else:
        said = value(target["value"], target["unit"], indicator, catalog, lang, target["comparator"])
    base = target["base_year"]
    if base is None or one.year is None or base == one.year - 1:
        return said
    return text("targets.goal_since", lang, base=int(base), value=said)


def goal_by(one: Judged, catalog: Catalog, lang: str) -> str:
    """The target with its year."""
    said = goal(one, catalog, lang)
    if one.year is None:
        return text("targets.goal_undated", lang, value=said)
    key = "requirement_of" if one.target["scenario"] == SCENARIOS[2] else "goal_of"
    return text(f"targets.{key}", lang, year=one.year, value=said)


def known(found: Known, one: Judged, catalog: Catalog, lang: str) -> str:
    """An actual value without its year."""
    indicator = catalog.indicators[one.target["indicator"]]
    return value(found.value, one.target["unit"], indicator, catalog, lang, found.comparator)


def known_at(found: Known, one: Judged, catalog: Catalog, lang: str) -> str:
    """An actual value with its year."""
    return text("targets.at", lang, value=known(found, one, catalog, lang), year=found.year)


def outcome(one: Judged, catalog: Catalog, lang: str) -> str:
    """The verdict with its sign and the value that it rests on."""
    params = {
        "glyph": text(f"targets.glyph_{one.verdict}", lang),
        "verdict": text(f"targets.verdict_{one.verdict}", lang),
    }
    if one.latest:
        return text("targets.said", lang, **params, value=known_at(one.latest, one, catalog, lang))
    if one.start:
        return text("targets.said_start", lang, **params, value=known_at(one.start, one, catalog, lang))
    return text("targets.said_alone", lang, **params)


def outcome_with_pace(one: Judged, catalog: Catalog, lang: str) -> str:
    """The outcome, and the change a year that would still reach the target."""
    needed = pace(one.needed, one, catalog, lang, compound=False)
    said = outcome(one, catalog, lang)
    return text("targets.outcome_needs", lang, outcome=said, pace=needed) if needed else said


def pace(found: Pace | None, one: Judged, catalog: Catalog, lang: str, *, compound: bool = True) -> str | None:
    """Change a year with its sign: shares in percentage points, amounts with their compound growth."""
    if found is None:
        return None
    unit = one.target["unit"]
    indicator = catalog.indicators[one.target["indicator"]]
    if unit == "percent":
        points = plain(found.absolute, 2, strip=True)
        moved = plus(found.absolute) + text("charts.value_percentage_point", lang, n=points, nth="")
        return text("targets.a_year", lang, value=moved)
    moved = compact(found.absolute, unit, lang, catalog, indicator=indicator, sign=True)
    if found.compound is None or not compound:
        return text("targets.a_year", lang, value=moved)
    growth = text("charts.value_percent", lang, n=plain(found.compound, 1), nth="")
    return text("targets.a_year_both", lang, value=moved, growth=growth)


def percent(share: float, lang: str) -> str:
    return text("charts.value_percent", lang, n=plain(share * 100, 0), nth="")


def capital(sentence: str) -> str:
    """A sentence as it begins."""
    return sentence[:1].upper() + sentence[1:]
