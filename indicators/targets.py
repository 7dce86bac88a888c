"""Targets beside later actual values of the same indicator, region, grade and scope: did we reach what we promised?

Pure functions over observations. A target is judged only by actual values of the very same quantity; what is near it
(another grade, scope or measure) is named in `nearby` and never compared. The written rules stand in
`data/catalog/targets.yml`; what a printed value stands for, in `indicators.interval`. How a verdict is found is written
on the Method page (`data/catalog/methods/targets.yml`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

import pandas as pd

from indicators.catalog import Catalog, Indicator
from indicators.comparability import crosses_break
from indicators.observation import SCENARIOS
from indicators.profile import cuts_of
from indicators.target_rules import TargetRules
from indicators.target_values import (
    Known,
    Pace,
    Row,
    computed_growth,
    goal_of,
    has,
    meets,
    nearby,
    pace,
    plain,
    printed_growth,
    same_values,
)

Verdict = Literal["reached", "on_way", "behind", "missed", "no_data"]
VERDICTS: tuple[Verdict, ...] = ("reached", "on_way", "behind", "missed", "no_data")
CHANGES = ("growth", "change")


@dataclass(frozen=True, slots=True)
class Judged:
    """One target and what became of it.

    Attributes:
        target: The target's observation.
        goal: The least (`side` is `ge`) or most (`le`) that meets it, in the unit; a range has two ends, this is the
            one to be met first.
        start: The latest exact value known when the target was set.
        latest: The value that decides, or the latest one since the start; None where nothing is known since.
        why: Code of the reason, label `targets.why_<code>`.
        share: The part of the way from start to goal that the latest value has gone, 1 for all of it.
        needed, so_far: The pace that would still reach the goal, and the pace from start to latest.
        cuts: Years from which values do not compare with earlier ones, between start and the latest value (or target).
        nearby: Actual values of the indicator and region that are not the same quantity.
    """

    target: Row
    goal: float
    side: str
    verdict: Verdict
    why: str
    start: Known | None = None
    latest: Known | None = None
    share: float | None = None
    needed: Pace | None = None
    so_far: Pace | None = None
    cuts: tuple[int, ...] = ()
    nearby: tuple[str, ...] = field(default=())

    @property
    def id(self) -> str:
        return str(self.target["observation_id"])

    @property
    def year(self) -> int | None:
        return None if self.target["year"] is None else int(self.target["year"])

    @property
    def inputs(self) -> tuple[str, ...]:
        """Both sides of the evidence: the target first, then the values that it was judged by."""
        behind = (one.inputs for one in (self.latest, self.start) if one)
        return tuple(dict.fromkeys([self.id, *(name for names in behind for name in names)]))

    @property
    def substituted(self) -> bool:
        """Whether a value comes from another publication of the same quantity."""
        own = self.target["indicator"]
        return any(one is not None and one.indicator != own for one in (self.start, self.latest))


def judged_and_norms(targets: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Targets, and requirements that are norms for others: a requirement is judged only if it has a year."""
    norms = (targets["scenario"] == SCENARIOS[2]) & targets["year"].isna()
    return targets.loc[~norms], targets.loc[norms]


def needed_indicators(targets: pd.DataFrame, rules: TargetRules) -> tuple[str, ...]:
    """The indicators whose actual values decide: those of the targets and what their years are filled from."""
    names = dict.fromkeys(targets["indicator"].tolist())
    filled = [rules.filled_from[name].indicator for name in names if name in rules.filled_from]
    return tuple(dict.fromkeys([*names, *filled]))


def judge(
    targets: pd.DataFrame,
    actual: pd.DataFrame,
    catalog: Catalog,
    breaks: pd.DataFrame,
    rules: TargetRules,
    as_of: int,
) -> list[Judged]:
    """A verdict for each target, in the order of the rows.

    Args:
        targets: Observations with the scenario target or requirement.
        actual: Current actual observations of `needed_indicators` in the targets' regions, of all years and scopes.
        breaks: `Edition.breaks` of the indicators.
        as_of: The year of the edition: a target year before it is over.
    """
    by_place: dict[tuple[str, str], list[Row]] = {}
    for row in plain(actual):
        by_place.setdefault((row["region"], row["indicator"]), []).append(row)
    found = []
    for target in plain(targets):
        indicator = catalog.indicators[target["indicator"]]
        own = by_place.get((target["region"], indicator.id), [])
        other = rules.filled_from.get(indicator.id)
        spare = by_place.get((target["region"], other.indicator), []) if other else []
        one = _judge_one(target, indicator, own, spare, rules, as_of)
        near = () if one.latest or one.start else nearby([*own, *spare])
        found.append(replace(one, cuts=_cuts(one, breaks), nearby=near))
    return found


def _judge_one(
    target: Row, indicator: Indicator, own: Sequence[Row], spare: Sequence[Row], rules: TargetRules, as_of: int
) -> Judged:
    goal, side = goal_of(target, indicator)
    blank = Judged(target, goal, side, "no_data", "no_actual")
    scope = target["scope"] or ""
    if target["year"] is None:
        return replace(blank, why="undated")
    if target["measure"] in CHANGES:
        return _of_growth(blank, indicator, own, rules, as_of, average=has(scope, rules.average))
    same = same_values(target, own, target["measure"])
    taken = {one.year for one in same}
    filled = [one for one in same_values(target, spare, target["measure"]) if one.year not in taken]
    same = sorted([*same, *filled], key=lambda one: one.year)
    if has(scope, rules.cumulative):
        same = [one for one in same if one.year == target["year"]]
        return _of_level(blank, same, None, True, as_of) if same else replace(blank, why="cumulative")
    flow = indicator.period == "flow" or has(scope, rules.per_period)
    return _of_level(blank, same, _start(target, same), flow, as_of)


def _start(target: Row, same: Iterable[Known]) -> Known | None:
    """The latest exact value of the years before the target was published, or of its own report."""
    published = int(str(target["published"])[:4]) if target["published"] else int(target["year"])
    known = [
        one for one in same
        if one.exact and one.year < target["year"]
        and (one.year < published or (one.year == published and one.sources == (target["source_id"],)))
    ]  # fmt: skip
    return known[-1] if known else None


def _cuts(one: Judged, breaks: pd.DataFrame) -> tuple[int, ...]:
    first, last = one.start, one.latest
    if first is None:
        return ()
    until = last.year if last else one.year or first.year
    years = [
        year
        for year in cuts_of(breaks, one.target["indicator"], one.target["series"])
        if crosses_break(first.year, until, [year])
    ]
    return tuple(sorted(set(years)))


# -- levels ------------------------------------------------------------------------------------------------------------


def _of_level(blank: Judged, same: Sequence[Known], start: Known | None, flow: bool, as_of: int) -> Judged:
    """The verdict on an amount, a share or a rank.

    Args:
        flow: The value is of a whole year, so that only the target year's own value reaches it; a stock that meets the
            goal before the year has reached it.
    """
    target, year = blank.target, blank.year
    assert year is not None
    since = [one for one in same if start is None or one.year > start.year]
    if start is None:
        published = int(str(target["published"])[:4]) if target["published"] else year
        since = [one for one in since if one.year >= min(published, year)]
    met = {one.year: meets(one, target, blank.goal, blank.side) for one in since}
    base = replace(blank, start=start)
    due = next((one for one in since if one.year == year), None)
    if due and met[year][0] is not None:
        return _decided(base, due, since, met, flow)
    early = next((one for one in since if one.year < year and met[one.year][0]), None)
    if early and not flow:
        return _on(replace(base, verdict="reached", why="early"), early)
    later = next((one for one in since if one.year > year and met[one.year][0] is not None), None)
    if later:
        reached = bool(met[later.year][0])
        return _on(replace(base, verdict="reached" if reached else "missed", why="by_later"), later)
    if due:
        return _on(replace(base, why="limit"), due)
    return _open(base, [one for one in since if one.year < year and one.comparator in ("eq", "approx")], flow, as_of)


def _decided(
    base: Judged, due: Known, since: Sequence[Known], met: dict[int, tuple[bool | None, str]], flow: bool
) -> Judged:
    """The target year's own value is known and decides; a stock that was there before has been there."""
    reached, how = met[due.year]
    if reached:
        return _on(replace(base, verdict="reached", why={"clear": "in_year"}.get(how, how)), due)
    early = next((one for one in since if one.year < due.year and met[one.year][0]), None)
    if early and not flow:
        return _on(replace(base, verdict="reached", why="early_lost"), early)
    after = any(one.year > due.year and met[one.year][0] for one in since)
    return _on(replace(base, verdict="missed", why="later_reached" if after else "in_year"), due)


def _open(base: Judged, between: Sequence[Known], flow: bool, as_of: int) -> Judged:
    """Nothing is known of the target year or later."""
    year, latest = base.year, between[-1] if between else None
    assert year is not None
    one = _on(base, latest)
    known = latest or base.start
    if known:
        one = replace(one, needed=pace(known, base.goal, year, base.target["unit"]))
    if year < as_of:
        return replace(one, why="year_unknown" if known else "no_actual", needed=None)
    if latest is None:
        return replace(one, why="nothing_since" if base.start else "no_actual")
    if meets(latest, base.target, base.goal, base.side)[0]:
        return replace(one, verdict="on_way", why="there_already", needed=None)
    if base.start is None or one.so_far is None or one.needed is None:
        return replace(one, verdict="on_way", why="no_trend")
    slow = one.so_far.absolute < one.needed.absolute if base.side == "ge" else one.so_far.absolute > one.needed.absolute
    return replace(one, verdict="behind" if slow else "on_way", why="slower" if slow else "fast_enough")


def _on(one: Judged, latest: Known | None) -> Judged:
    """The same with the value that was found, the part of the way that it has gone, and the pace until it."""
    if latest is None or one.start is None:
        return replace(one, latest=latest)
    start, way = one.start, one.goal - one.start.value
    share = (latest.value - start.value) / way if way else None
    return replace(
        one, latest=latest, share=share, so_far=pace(start, latest.value, latest.year, one.target["unit"])
    )  # fmt: skip


# -- growth ------------------------------------------------------------------------------------------------------------


def _of_growth(
    blank: Judged, indicator: Indicator, own: Sequence[Row], rules: TargetRules, as_of: int, *, average: bool
) -> Judged:
    """The verdict on growth: by growth that is printed for the same years, else by growth between printed levels.

    An average over the years of a period is judged by a printed average alone; where it ends tells the period only
    together with the sentence, which the reader is told.
    """
    target, year = blank.target, blank.year
    assert year is not None
    years = 1 if target["base_year"] is None else year - int(target["base_year"])
    printed = printed_growth(target, own, years)
    computed: list[Known] = []
    if not average and indicator.id not in rules.constant_prices:
        taken = {one.year for one in printed}
        computed = [one for one in computed_growth(target, own, years) if one.year not in taken]
    known = sorted([*printed, *computed], key=lambda one: one.year)
    published = int(str(target["published"])[:4]) if target["published"] else year
    before = [one for one in known if one.year < min(published, year)]
    base = replace(blank, start=None if average or not before else before[-1])
    due = next((one for one in known if one.year == year), None)
    if due is None:
        reason = "average" if average else "nothing_since" if base.start else "no_growth"
        if year < as_of and reason == "nothing_since":
            reason = "year_unknown"
        return replace(base, why=reason)
    reached, how = meets(due, target, blank.goal, blank.side)
    if reached is None:
        return replace(base, latest=due, why="limit")
    if average:
        return replace(base, latest=due, verdict="reached" if reached else "missed", why="average_printed")
    why = how if reached and how != "clear" else "computed" if due.computed else "in_year"
    return replace(base, latest=due, verdict="reached" if reached else "missed", why=why)
