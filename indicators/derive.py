"""What follows from printed values: earlier levels, growth, shares, per head, per GDP, each as an interval.

Every derived row names the printed values that it comes from (`inputs`), how it was computed (`method`, an id of
`data/catalog/methods/derived.yml`) and between what bounds it lies because its inputs were rounded (`low`, `high`).
Nothing here replaces a printed value: where one is printed for the same quantity, the derived row says which
(`printed_id`) and whether both can be true (`verdict`).

They are written into the edition (`derived.parquet`) and not computed by each page: the intervals need exact fractions,
which are slow, and an edition never changes. Pages that only need the middle of a growth rate or a quotient of rows
they hold anyway use `compare`, whose values are the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from indicators import interval
from indicators.catalog import Catalog, Indicator
from indicators.comparability import crosses_break
from indicators.compare import BASES, DENOMINATORS, QUOTIENTS, can_divide, in_points
from indicators.interval import Interval

Row = Mapping[str, Any]
CHANGES = ("growth", "change")
METHODS = ("earlier_level", "growth", "change", "part_share", "per_head", "per_gdp")
VERDICTS = ("agrees", "contradicts")
_LINE = ("region", "indicator", "grade", "scope", "scenario", "series")
_TAKEN = ("region", "indicator", "year", "base_year", "grade", "scope", "series", "scenario", "status")


def derive(rows: Iterable[Row], catalog: Catalog, breaks: Iterable[Row] = ()) -> list[dict[str, Any]]:
    """Every derived observation of an edition; rows of `observation.DERIVED`.

    Args:
        rows: The settled observations.
        breaks: Rows of the edition's `breaks`: nothing is computed across one.
    """
    printed = Printed(rows, catalog, breaks)
    made = [*_earlier_levels(printed), *_changes(printed), *_shares(printed), *_quotients(printed)]
    return sorted(made, key=lambda row: (row["indicator"], row["region"], row["year"], row["method"], row["inputs"]))


class Printed:
    """The actual values of an edition with the intervals they stand for, found by line and year.

    Left out are values that are no level of their year: those of a report about the year in which it appeared are of a
    part of the year or of its day, and stand only beside values of the same report.
    """

    def __init__(self, rows: Iterable[Row], catalog: Catalog, breaks: Iterable[Row] = ()) -> None:
        self.catalog = catalog
        self.levels: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
        self.changes: list[Row] = []
        self._intervals: dict[str, Interval | None] = {}
        self._breaks: dict[str, list[tuple[Any, int]]] = defaultdict(list)
        for row in breaks:
            self._breaks[row["indicator"]].append((row.get("series"), row["year"]))
        for row in rows:
            if row["scenario"] != "actual" or row["year"] is None or row["standing"] == "superseded":
                continue
            if row["measure"] == "level" and row["unit"] == catalog.indicators[row["indicator"]].unit:
                self.levels[(*line(row), row["year"])].append(row)
            elif row["measure"] in CHANGES and row["base_year"] is not None and row["standing"] == "current":
                self.changes.append(row)

    def interval(self, row: Row) -> Interval | None:
        name = row["observation_id"]
        if name not in self._intervals:
            self._intervals[name] = interval.of_row(row)
        return self._intervals[name]

    def current(self) -> Iterator[Row]:
        """The levels that are shown, printed as themselves or as about that much, and of a whole year."""
        for group in self.levels.values():
            yield from (row for row in group if self._usable(row))

    def _usable(self, row: Row) -> bool:
        return row["standing"] == "current" and row["comparator"] in ("eq", "approx") and not of_part_year(row)

    def shown(self, place: tuple[Any, ...], year: int) -> Row | None:
        """The level of a line in a year that can be computed with, None where there is none."""
        return next((row for row in self.levels.get((*place, year), ()) if self._usable(row)), None)

    def beside(self, change: Row, year: int) -> Row | None:
        """The level that a printed change belongs to: that of the same source first, else the one that is shown."""
        place = line(change)
        found = self.levels.get((*place, year), ())
        own = next((row for row in found if row["source_id"] == change["source_id"]), None)
        return own or self.shown(place, year)

    def broken(self, row: Row, first: int, last: int) -> bool:
        years = [year for series, year in self._breaks[row["indicator"]] if series in (None, row["series"])]
        return crosses_break(first, last, years)

    def comparable(self, change: Row) -> bool:
        """Whether levels follow from a printed change: not at constant prices, of a level in percent, over no break."""
        indicator = self.catalog.indicators[change["indicator"]]
        if change["measure"] == "growth":
            if indicator.growth_basis or in_points(indicator, indicator.unit) or change["unit"] != "percent":
                return False
        elif change["unit"] != _unit_of_change(indicator):
            return False
        return not self.broken(change, change["base_year"], change["year"])


def line(row: Row) -> tuple[Any, ...]:
    return tuple(row[name] for name in _LINE)


def of_part_year(row: Row) -> bool:
    """Whether a value is of a part of its year, or of a day in it: a report that appeared before the year was over."""
    return row["origin"] == "report" and str(row["published"] or "")[:4] == str(row["year"])


def _unit_of_change(indicator: Indicator) -> str:
    return "percentage_point" if in_points(indicator, indicator.unit) else indicator.unit


def before(printed: Printed, change: Row, now: Row) -> Interval | None:
    """The level of the base year that a level and a printed change leave open."""
    level, moved = printed.interval(now), printed.interval(change)
    if level is None or moved is None:
        return None
    return interval.earlier(level, moved) if change["measure"] == "growth" else level.minus(moved)


def _earlier_levels(printed: Printed) -> Iterator[dict[str, Any]]:
    """The base year's level from a level and the change that the same source prints with it."""
    for change in printed.changes:
        now = printed.beside(change, change["year"])
        if now is None or now["source_id"] != change["source_id"] or not printed.comparable(change):
            continue
        flow = printed.catalog.indicators[now["indicator"]].period == "flow"
        bounds = None if flow and of_part_year(now) else before(printed, change, now)
        if bounds is None or change["comparator"] in ("ge", "le"):
            continue
        moved = change["value"]
        value = now["value"] / (1 + moved / 100) if change["measure"] == "growth" else now["value"] - moved
        made = _row(now, "earlier_level", value, bounds, (now, change), year=change["base_year"])
        said = printed.beside(change, change["base_year"])
        # A day in a year against the same day of another: the level that a table gives for the year's end is neither.
        alike = said is not None and (said["source_id"] == now["source_id"] or not of_part_year(now))
        yield _judged(made, bounds, printed, said if alike else None)


def _changes(printed: Printed) -> Iterator[dict[str, Any]]:
    """Growth of levels and change of shares and rates against the year before."""
    said = {(*line(row), row["year"], row["base_year"], row["measure"]): row for row in printed.changes}
    for now in printed.current():
        year = now["year"]
        then = printed.shown(line(now), year - 1)
        if then is None or printed.broken(now, year - 1, year):
            continue
        one, other = printed.interval(now), printed.interval(then)
        if one is None or other is None:
            continue
        points = in_points(printed.catalog.indicators[now["indicator"]], now["unit"])
        method = "change" if points else "growth"
        bounds = one.minus(other) if points else interval.growth(one, other)
        if bounds is None:
            continue
        value = now["value"] - then["value"] if points else (now["value"] / then["value"] - 1) * 100
        unit = "percentage_point" if points else "percent"
        made = _row(now, method, value, bounds, (now, then), unit=unit, measure=method, base_year=year - 1)
        change = said.get((*line(now), year, year - 1, method))
        usable = change is not None and change["unit"] == unit and printed.comparable(change)
        yield _judged(made, bounds, printed, change if usable else None)


def _shares(printed: Printed) -> Iterator[dict[str, Any]]:
    """Parts in percent of the total that the catalogue names, of the same region, year and series."""
    for row in printed.current():
        indicator = printed.catalog.indicators[row["indicator"]]
        if indicator.parts_of and indicator.kind == "level" and row["series"] is None:
            whole = printed.shown(_of_other(row, indicator.parts_of), row["year"])
            if whole is not None and whole["unit"] == row["unit"]:
                yield from _quotient(printed, row, whole, "part_share", 100, "percent", measure="share")


def _quotients(printed: Printed) -> Iterator[dict[str, Any]]:
    """Levels per head and per GDP of the same region and year, where the catalogue allows it."""
    for row in printed.current():
        indicator = printed.catalog.indicators[row["indicator"]]
        for basis in BASES[1:]:
            if can_divide(indicator, basis):
                under = printed.shown(_of_other(row, DENOMINATORS[basis]), row["year"])
                factor, unit = QUOTIENTS[basis, indicator.unit]
                if under is not None and under["comparator"] == "eq":
                    yield from _quotient(printed, row, under, basis, int(factor), unit)


def _of_other(row: Row, indicator: str) -> tuple[Any, ...]:
    """The line of another indicator of the whole region."""
    return row["region"], indicator, None, None, row["scenario"], None


def _quotient(
    printed: Printed, row: Row, under: Row, method: str, factor: int, unit: str, **more: Any
) -> Iterator[dict[str, Any]]:
    one, other = printed.interval(row), printed.interval(under)
    bounds = interval.quotient(one, other, factor) if one and other else None
    if bounds is not None:
        yield _row(row, method, factor * row["value"] / under["value"], bounds, (row, under), unit=unit, **more)


def _row(row: Row, method: str, value: float, bounds: Interval, inputs: Sequence[Row], **more: Any) -> dict[str, Any]:
    approx = any(one["comparator"] == "approx" for one in inputs)
    low, high = (None if end is None else float(end) for end in (bounds.low, bounds.high))
    if low is not None and low == high:
        value = low  # of exact values: the exact result, without the dust of floating point
    made = {
        "observation_id": f"{row['observation_id']}.{method}", "method": method, "measure": "level",
        **{name: row[name] for name in _TAKEN}, "unit": row["unit"], "value": value,
        "low": low, "high": high,
        "comparator": "approx" if approx else "eq", "standing": "current", "origin": "derived",
        "inputs": [one["observation_id"] for one in inputs],
        "sources": list(dict.fromkeys(one["source_id"] for one in inputs)), "printed_id": None, "verdict": None,
        **more,
    }  # fmt: skip
    return made if method != "earlier_level" else {**made, "observation_id": f"{made['inputs'][1]}.{method}"}


def _judged(made: dict[str, Any], bounds: Interval, printed: Printed, said: Row | None) -> dict[str, Any]:
    """The derived row with the printed value of the same quantity, and whether the two can both be true."""
    stands_for = printed.interval(said) if said is not None else None
    if said is None or stands_for is None:
        return made
    return {**made, "printed_id": said["observation_id"], "verdict": VERDICTS[not bounds.meets(stands_for)]}
