"""Rows of an observation frame as points to plot, and the table of exactly these points."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import pandas as pd

from charts.chart import grade_name, qualified, region_name, when
from charts.layout import escape
from charts.numbers import Scale
from charts.signs import comparator_sign
from indicators.catalog import Catalog, Indicator
from indicators.labels import months, text

MARKED = ("E", "P")
"""Statuses that the reader is told of: estimated, provisional."""
Kind = Literal["actual", "target", "requirement", "derived"]
LineKey: TypeAlias = tuple[str, str, str | None, str | None, str | None]


@dataclass(frozen=True, slots=True)
class Point:
    """One value, in the canonical unit.

    `kind` is the scenario, or `derived` for computed values (`origin` is `derived`), which `low` and `high` may bound.
    """

    region: str
    indicator: str
    year: int | None
    value: float
    unit: str
    kind: Kind
    measure: str
    comparator: str
    base_year: int | None
    grade: str | None
    scope: str | None
    part_year: str | None
    series: str | None
    status: str
    low: float | None
    high: float | None
    id: str | None

    @property
    def line(self) -> LineKey:
        """What makes points one line: indicator, region, grade, scope, part of the year."""
        return self.indicator, self.region, self.grade, self.scope, self.part_year


def points_of(frame: pd.DataFrame, *, unit: str | None = None) -> list[Point]:
    """The rows as points, in their order; rows without a value are left out.

    Args:
        frame: Needs region, indicator and value; may have any other column of an observation, and low, high.
        unit: Replaces the frame's unit, for values that the caller computed (growth, index).
    Raises:
        KeyError: region, indicator or value is missing, or there is no unit from either side.
    """
    if frame.empty:
        return []
    names = [str(name) for name in frame.columns]
    for needed in ("region", "indicator", "value"):
        if needed not in names:
            raise KeyError(f"the frame has no column {needed!r}; it has {', '.join(names)}")
    if unit is None and "unit" not in names:
        raise KeyError("the frame has no column 'unit' and no unit was given")
    columns = [frame[name].tolist() for name in names]
    found = []
    for values in zip(*columns, strict=True):
        row = {name: _known(value) for name, value in zip(names, values, strict=True)}
        if row["value"] is not None:
            found.append(_point(row, unit))
    return found


def _known(value: Any) -> Any:
    """None for every way in which pandas writes a missing value."""
    if value is None or value is pd.NA or (isinstance(value, float) and not math.isfinite(value)):
        return None
    return value


def _point(row: dict[str, Any], unit: str | None) -> Point:
    def number(name: str) -> int | None:
        return None if row.get(name) is None else int(row[name])

    derived = row.get("origin") == "derived" or row.get("kind") == "derived"
    return Point(
        region=str(row["region"]),
        indicator=str(row["indicator"]),
        year=number("year"),
        value=float(row["value"]),
        unit=unit or str(row["unit"]),
        kind="derived" if derived else row.get("scenario") or "actual",
        measure=row.get("measure") or "level",
        comparator=row.get("comparator") or "eq",
        base_year=number("base_year"),
        grade=row.get("grade"),
        scope=row.get("scope"),
        part_year=row.get("part_year"),
        series=row.get("series"),
        status=row.get("status") or "A",
        low=row.get("low"),
        high=row.get("high"),
        id=row.get("observation_id"),
    )


def only_indicator(points: Sequence[Point], catalog: Catalog) -> Indicator:
    """The indicator that all points are of.

    Raises:
        ValueError: There are several indicators or units.
    """
    ids, units = {p.indicator for p in points}, {p.unit for p in points}
    if len(ids) > 1 or len(units) > 1:
        raise ValueError(f"one axis takes one indicator and unit, got {sorted(ids)} in {sorted(units)}")
    return catalog.indicators[ids.pop()]


def limits(point: Point, catalog: Catalog, lang: str) -> tuple[str | None, str | None]:
    """Grade and scope of a value in the reader's language; months stand with the scope."""
    said = [months(point.part_year, lang)] if point.part_year else []
    said += [catalog.scope_name(point.scope, lang)] if point.scope else []
    return grade_name(point.grade, lang), text("charts.list_comma", lang).join(said) or None


def region_label(point: Point, catalog: Catalog, lang: str) -> str:
    """Region with grade and scope, where a value is limited to them."""
    return qualified(region_name(catalog, point.region, lang), lang, *limits(point, catalog, lang))


def value_text(point: Point, scale: Scale) -> str:
    """The label at a bar or mark: comparator and number on the chart's scale."""
    return comparator_sign(point.comparator, scale.lang) + scale.text(point.value)


def marker_of(point: Point, symbol: str) -> str:
    """The Plotly symbol for a value: filled for actual ones, hollow for targets, an open diamond for derived ones."""
    return {"actual": symbol, "target": f"{symbol}-open", "requirement": "line-ew-open"}.get(point.kind, "diamond-open")


def kind_mark(point: Point, points: Iterable[Point], lang: str) -> str:
    """The sign of a value's kind behind its number, where the chart mixes kinds; else empty, the subtitle says it."""
    if point.kind == "actual" or len({p.kind for p in points}) < 2:
        return ""
    return " " + text(f"charts.glyph_{point.kind}", lang)


def hover(point: Point, what: str, scale: Scale, catalog: Catalog) -> str:
    """Hover text: where and when, what and how much with its unit, and whatever makes the value special."""
    lang = scale.lang
    lines = [
        f"<b>{escape(region_label(point, catalog, lang))}</b>{text('charts.dot', lang)}{when([point.year], lang)}",
        f"{escape(what)}{text('charts.colon', lang)}{comparator_sign(point.comparator, lang)}{scale.full(point.value)}",
    ]
    if point.low is not None and point.high is not None:
        lines.append(f"{scale.full(point.low)} – {scale.full(point.high)}")
    special = [] if point.kind == "actual" else [text(f"charts.kind_{point.kind}", lang)]
    if point.status in MARKED:
        special.append(text(f"charts.status_{point.status}", lang))
    return "<br>".join([*lines, text("charts.list_comma", lang).join(special)] if special else lines)


def table_of(points: Iterable[Point], catalog: Catalog, scales: dict[str, Scale], lang: str) -> pd.DataFrame:
    """The plotted points as a table.

    Args:
        scales: Scale of each indicator.
    Returns:
        One row for each point in the given order; `value` as plotted, `unit` its unit in words, `kind` in words;
        comparator, status, grade, scope, base_year only where some point has one.
    """
    rows = []
    for p in points:
        grade, scope = limits(p, catalog, lang)
        scale = scales[p.indicator]
        rows.append(
            {
                "region": p.region, "region_name": region_name(catalog, p.region, lang),
                "indicator": p.indicator, "indicator_name": catalog.indicators[p.indicator].name(lang),
                "year": p.year, "base_year": p.base_year,
                "comparator": comparator_sign(p.comparator, lang).strip() or None,
                "value": scale.of(p.value), "unit": scale.name, "kind": text(f"charts.kind_{p.kind}", lang),
                "status": text(f"charts.status_{p.status}", lang) if p.status in MARKED else None,
                "grade": grade, "scope": scope, "observation_id": p.id,
            }
        )  # fmt: skip
    table = pd.DataFrame(rows)
    for name in ("year", "base_year"):
        if name in table:
            table[name] = table[name].astype("Int64")
    spare = [c for c in ("base_year", "comparator", "status", "grade", "scope") if c in table and table[c].isna().all()]
    return table.drop(columns=spare)
