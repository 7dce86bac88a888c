"""The chart of targets: hollow targets, filled results, words with units, and nothing drawn that is not known."""

import itertools
from typing import Any

import pytest
from plotly.graph_objects import Figure

from charts.chart import Chart
from charts.layout import Look
from charts.progress import SYMBOLS, progress
from indicators.catalog import Catalog
from indicators.labels import text
from indicators.target_rules import load_target_rules
from indicators.targets import VERDICTS, Judged, judge
from tests.observations import breaks_of, frame_of, observed

LOOKS = [Look(*parts) for parts in itertools.product(("zh", "en"), ("light", "dark"), ("wide", "narrow"))]
WAYS = {
    "reached": (31, 2026),
    "on_way": (26, 2026),
    "behind": (13, 2026),
    "missed": (20, 2030),
    "no_data": (None, 2020),
}
"""Verdict -> the value of 2025 that leads to it (None: none), and the year of the edition for a target of 2027."""


def planned(region: str, goal: float = 30, **more: Any) -> dict[str, Any]:
    made = {"scenario": "target", "published": "2024", "source_id": "reports/plan", "printed": f"{goal:g}家", **more}
    indicator, unit = made.pop("indicator", "makerspaces"), made.pop("unit", "count")
    return observed(region, indicator, made.pop("year", 2027), goal, unit, **made)


def all_verdicts(catalog: Catalog) -> list[Judged]:
    found = []
    for region, (verdict, (value, as_of)) in zip(
        ("110000", "120000", "130000", "140000", "150000"), WAYS.items(), strict=True
    ):
        start = observed(region, "makerspaces", 2023, 10, "count", printed="10")
        year = 2027 if verdict == "missed" else 2025
        results = (
            [] if value is None else [start, observed(region, "makerspaces", year, value, "count", printed=str(value))]
        )
        found += judge(
            frame_of([planned(region)]), frame_of(results), catalog, breaks_of(), load_target_rules(catalog), as_of
        )
    return found


def trace(chart: Chart, kind: str) -> dict[str, Any]:
    return next(one for one in chart.spec["data"] if one["meta"]["kind"] == kind)


def said(chart: Chart, name: str) -> list[str]:
    return [one["text"] for one in chart.spec["layout"]["annotations"] if one.get("name") == name]


def test_every_verdict_has_its_own_mark_and_targets_are_hollow(catalog: Catalog) -> None:
    judged = all_verdicts(catalog)
    assert [one.verdict for one in judged] == list(VERDICTS)
    chart = progress(judged, catalog, Look("zh"), title="t", by="value")
    assert set(trace(chart, "goal")["marker"]["symbol"]) == {"circle-open"}
    assert trace(chart, "latest")["marker"]["symbol"] == [SYMBOLS[verdict] for verdict in VERDICTS[:-1]]
    assert len(set(SYMBOLS.values())) == len(SYMBOLS)
    assert len(set(trace(chart, "latest")["marker"]["color"])) == len(SYMBOLS)
    outcomes = said(chart, "outcome")
    assert [
        text(f"targets.verdict_{verdict}", "zh") in words for verdict, words in zip(VERDICTS, outcomes, strict=True)
    ] == [True] * 5
    assert "31家（2025年）" in outcomes[0]


def test_a_target_that_is_open_says_the_change_a_year_that_it_needs(catalog: Catalog) -> None:
    """26 in 2025 for 30 in 2027: 2 a year; what is decided needs nothing."""
    chart = progress(all_verdicts(catalog), catalog, Look("zh"), title="t", by="value")
    assert ["还需每年" in words for words in said(chart, "outcome")] == [False, True, True, False, False]
    assert said(chart, "outcome")[1].endswith("还需每年+2家")


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: f"{look.lang}-{look.mode}-{look.width}")
def test_the_key_names_what_is_drawn_and_nothing_else(catalog: Catalog, look: Look) -> None:
    missed = [one for one in all_verdicts(catalog) if one.verdict == "missed"]
    chart = progress(missed, catalog, look, title="t")
    key = next(one["text"] for one in chart.spec["layout"]["annotations"] if one.get("name") == "subtitle")
    for mark, named in (("goal", True), ("start", True), ("missed", True), ("reached", False), ("behind", False)):
        assert (text(f"targets.key_{mark}", look.lang) in key) == named


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_outcomes_stand_beside_the_names_in_all_rows_or_in_none(catalog: Catalog, lang: str) -> None:
    judged = all_verdicts(catalog)
    long = judge(
        frame_of([planned("110000", scope="甲" * 60)]),
        frame_of([]),
        catalog,
        breaks_of(),
        load_target_rules(catalog),
        2020,
    )
    for targets, sides in ((judged[:1], {"right"}), ([*judged, *long], {"left"})):
        chart = progress(targets, catalog, Look(lang), title="t", by="value")
        outcomes = [one for one in chart.spec["layout"]["annotations"] if one.get("name") == "outcome"]
        assert {one["xanchor"] for one in outcomes} == sides


def test_in_units_the_axis_is_the_indicator_s_and_in_shares_the_target_is_100(catalog: Catalog) -> None:
    judged = all_verdicts(catalog)
    units = progress(judged, catalog, Look("zh"), title="t", by="value")
    assert units.unit == "家"
    assert trace(units, "goal")["x"] == [30.0] * 5
    assert trace(units, "latest")["x"] == [31.0, 26.0, 13.0, 20.0]
    shares = progress(judged, catalog, Look("zh"), title="t")
    assert trace(shares, "goal")["x"] == [100.0] * 4
    assert trace(shares, "latest")["x"][0] == pytest.approx(31 / 30 * 100)
    assert trace(shares, "start")["x"][0] == pytest.approx(10 / 30 * 100)


def test_what_has_no_actual_value_is_counted_in_a_note_and_drawn_only_when_there_is_nothing_else(
    catalog: Catalog,
) -> None:
    judged = all_verdicts(catalog)
    chart = progress(judged, catalog, Look("zh"), title="t")
    assert len(chart.table) == 4
    assert text("targets.note_rest", "zh", n=1) in chart.notes
    alone = progress(judged[-1:], catalog, Look("zh"), title="t")
    assert len(alone.table) == 1 and not alone.notes
    assert trace(alone, "latest")["x"] == [] and trace(alone, "goal")["x"] == [100.0]


def test_a_target_of_zero_has_no_share(catalog: Catalog) -> None:
    goal = planned("110000", 0, printed="0家", comparator="le")
    result = observed("110000", "makerspaces", 2027, 3, "count", printed="3")
    judged = judge(frame_of([goal]), frame_of([result]), catalog, breaks_of(), load_target_rules(catalog), 2028)
    chart = progress(judged, catalog, Look("zh"), title="t")
    assert trace(chart, "goal")["x"] == []
    assert text("targets.note_not_drawn", "zh", n=1) in chart.notes


def test_targets_of_several_kinds_share_no_axis_of_units(catalog: Catalog) -> None:
    other = planned("110000", 2.5, indicator="rd_intensity", unit="percent", printed="2.5%")
    judged = [
        *all_verdicts(catalog),
        *judge(frame_of([other]), frame_of([]), catalog, breaks_of(), load_target_rules(catalog), 2026),
    ]
    with pytest.raises(ValueError, match="rd_intensity"):
        progress(judged, catalog, Look("zh"), title="t", by="value")


def test_many_targets_are_cut_with_a_note_and_none_are_an_empty_chart(catalog: Catalog) -> None:
    judged = all_verdicts(catalog) * 5
    chart = progress(judged, catalog, Look("en"), title="t", by="value", most=7)
    assert len(chart.table) == 7
    assert text("targets.note_most", "en", most=7, n=25) in chart.notes
    assert progress([], catalog, Look("en"), title="t").empty


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: f"{look.lang}-{look.mode}-{look.width}")
@pytest.mark.parametrize("by", ["share", "value"])
def test_the_figure_is_valid_and_every_mark_leads_to_its_target(catalog: Catalog, look: Look, by: Any) -> None:
    judged = all_verdicts(catalog)
    chart = progress(judged, catalog, look, title="目标", by=by, source="来源")
    Figure(chart.spec)
    ids = {one.id for one in judged}
    for kind in ("start", "goal", "latest"):
        assert set(trace(chart, kind)["customdata"]) <= ids
    assert chart.table["observation_id"].tolist() == trace(chart, "goal")["customdata"]
    assert chart.alt and "目标" in chart.alt
    heights = [one["y"] for one in chart.spec["layout"]["annotations"] if one.get("name") in ("target", "outcome")]
    assert max(heights) < chart.spec["layout"]["yaxis"]["range"][0]
