"""What a distribution and a scatter's line say, in plain sentences made by rule from the rows."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from charts.numbers import plain
from charts.signs import plus
from indicators import distribution as spread
from indicators.catalog import Indicator
from indicators.compare import Basis, rank
from indicators.fit import Fit, Line
from indicators.fit_rules import Relation, load_rules
from pages.parts.compare_words import join, names, value
from pages.parts.page import Page

TENTH = 1.1
PAIR = 2

# -- distribution -----------------------------------------------------------------------------------------------------


def shape(page: Page, rows: pd.DataFrame, indicator: Indicator, shown: str, where: str, year: int, summed: bool) -> str:
    """Where the middle half lies, and how far the upper end is from the lower one, or how much the first few hold.

    Args:
        where: The regions that are compared, as in the other sentences; empty for all provinces.
        summed: Whether a part of the sum over these regions means something.
    """
    values = rows["value"].tolist()
    unit = str(rows["unit"].iloc[0])
    params: dict[str, object] = {"year": year, "place": where, "what": shown, "n": len(values)}
    if len(set(values)) == 1:
        return page.text("say_equal", **params, value=value(page, values[0], unit, indicator))
    found = spread.quartiles(values)
    if found is None:
        ordered = rows.sort_values(["value", "region"], ascending=[False, True])
        each = [
            page.text("value_of", region=names(page, [code]), value=value(page, one, unit, indicator))
            for code, one in zip(ordered["region"], ordered["value"], strict=True)
        ]
        return page.text("say_spread_few", **params, each=join(page, each))
    params |= {
        key: value(page, one, unit, indicator)
        for key, one in (("q1", found.low), ("median", found.median), ("q3", found.high))
    }
    said = [page.text("say_spread", **params)]
    first = spread.share_of_first(values) if summed else None
    tenths = None if first is not None else spread.tenths(values)
    if first is not None:
        said.append(page.text("say_first", first=spread.FIRST, n=len(values), share=plain(100 * first, 1)))
    elif tenths is not None:
        said.append(page.text("say_tenths", times=plain(tenths, 1)))
    return page.text("charts.semicolon").join(said) + page.text("charts.full_stop")


def standing(
    page: Page, rows: pd.DataFrame, indicator: Indicator, lit: Sequence[str], shown: str, where: str, year: int
) -> str:
    """Where the chosen regions stand: above or below the median, and above how many of the others."""
    values = rows["value"].tolist()
    found = spread.quartiles(values)
    own = dict(zip(rows["region"], rows["value"], strict=True))
    here = [code for code in lit if code in own]
    if found is None or not here or len(set(values)) == 1:
        return ""
    unit = str(rows["unit"].iloc[0])
    ranks = dict(zip(rows["region"], rank(rows, indicator), strict=True))
    said = []
    for code in here:
        part = spread.percentile(own[code], values)
        side = "above" if own[code] > found.median else "below" if own[code] < found.median else "at"
        side = {0.0: "lowest", 1.0: "highest"}.get(part, side)
        said.append(
            page.text(
                f"stands_{side}",
                region=page.catalog.regions[code].name(page.lang),
                value=value(page, own[code], unit, indicator),
                part=plain(100 * part, 0),
                rank=value(page, int(ranks[code]), "rank", indicator),
            )
        )
    lower = page.text("lower_better") if indicator.direction == "lower" else ""
    params = {"year": year, "place": where, "what": shown, "n": len(values), "lower": lower}
    return page.text("say_standing", **params, each=page.text("charts.semicolon").join(said))


def drifted(page: Page, rows: pd.DataFrame, years: Sequence[int], shown: str, where: str) -> str:
    """Whether the regions came closer together between the first and the last year; empty where that cannot be said."""
    sides = [rows.loc[rows["year"] == year, "value"].tolist() for year in (years[0], years[-1])]
    varied = [spread.variation(side) if side else None for side in sides]
    if len(years) < PAIR or varied[0] is None or varied[1] is None:
        return ""
    before, after = plain(varied[0], 2), plain(varied[1], 2)
    params: dict[str, object] = {"first": years[0], "last": years[-1], "n": len(sides[1]), "after": after}
    params |= {"what": shown, "place": where}
    if before == after:
        return page.text("say_drift_level", **params)
    return page.text(f"say_drift_{spread.drift(varied[0], varied[1])}", **params, before=before)


# -- the line of a scatter --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Side:
    """One axis of a scatter: indicator, basis, its name in words, its rows."""

    indicator: Indicator
    basis: Basis
    name: str
    rows: pd.DataFrame

    @property
    def unit(self) -> str:
        return str(self.rows["unit"].iloc[0])


def line(page: Page, sides: tuple[Side, Side], fit: Fit, relation: Relation | None) -> str:
    """What the line says in plain words, or why none is drawn."""
    if relation is not None and relation.kind == "part":
        one, other = (page.catalog.indicators[code].name(page.lang) for code in relation.by)
        return page.text("no_line_part", one=one, other=other)
    if relation is not None and relation.forbids:
        return page.text(f"no_line_{relation.kind}", by=_indicators(page, relation.by))
    if fit.line is None:
        return _why_not(page, fit)
    return page.text("say_line", goes=_goes(page, sides, fit.line, fit.line.slope))


def line_notes(page: Page, sides: tuple[Side, Side], fit: Fit, relation: Relation | None) -> list[str]:
    """How the line was found, how sure it is, and what else may stand behind it."""
    if fit.line is None or (relation is not None and relation.forbids):
        return []
    found = fit.line
    ends = sorted((_amount(page, sides, found, slope) for slope in (found.low, found.high)), key=lambda end: end[0])
    said = [page.text("note_line", low=ends[0][1], high=ends[1][1])]
    if found.log_x and found.log_y:
        bounds = {"low": plain(found.low, 2), "high": plain(found.high, 2)}
        said.append(page.text("note_elasticity", slope=plain(found.slope, 2), **bounds))
    if relation is not None:
        said.append(page.text("note_shared", by=_indicators(page, relation.by)))
    return said


def by_size(page: Page, sides: tuple[Side, Side]) -> str:
    """A warning where both sides are totals, which grow with the size of a region; empty otherwise."""
    return page.text("by_size") if all(spread.adds_up(s.indicator, s.basis, None) for s in sides) else ""


def _indicators(page: Page, codes: Sequence[str]) -> str:
    return join(page, [page.catalog.indicators[code].name(page.lang) for code in codes])


def _why_not(page: Page, fit: Fit) -> str:
    rules = load_rules(page.catalog.folder)
    if fit.reason == "few":
        return page.text("no_line_two" if fit.n == PAIR else "no_line_few", n=fit.n, least=rules.least)
    params: dict[str, object] = {"n": fit.n}
    if fit.reason == "unclear":
        params |= {"r": plain(fit.correlation or 0.0, 2), "critical": plain(rules.critical(fit.n), 2)}
    if fit.region is not None:
        params["region"] = names(page, [fit.region])
    return page.text(f"no_line_{fit.reason}", **params)


def _goes(page: Page, sides: tuple[Side, Side], found: Line, slope: float) -> str:
    """“A province with a tenth more X typically has about 7 % more Y.”"""
    x, y = sides
    step = page.text("a_tenth") if found.log_x else value(page, _step(x), _difference(x.unit), x.indicator)
    side = "up" if slope > 0 else "down"
    amount = _amount(page, sides, found, slope)[1].removeprefix("+").removeprefix("−")
    return page.text(f"line_{'ratio' if found.log_x else 'step'}_{side}", x=x.name, y=y.name, step=step, amount=amount)


def _amount(page: Page, sides: tuple[Side, Side], found: Line, slope: float) -> tuple[float, str]:
    """By how much y changes with one step of x: as a number to sort by, and in words with its sign."""
    x, y = sides
    change = slope * (math.log10(TENTH) if found.log_x else _step(x))
    if found.log_y:
        percent = (10.0**change - 1) * 100
        key = "relative" if y.unit == "percent" else "percent_change"
        return percent, page.text(key, n=plus(percent) + plain(percent, 1))
    return change, value(page, change, _difference(y.unit), y.indicator, sign=True)


def _difference(unit: str) -> str:
    return "percentage_point" if unit == "percent" else unit


def _step(side: Side) -> float:
    """A round step along x: the power of ten that fits into the distance of the quartiles."""
    values = side.rows["value"].tolist()
    reach = spread.quantile(values, 0.75) - spread.quantile(values, 0.25) or max(values) - min(values)
    return float(10.0 ** math.floor(math.log10(reach)))
