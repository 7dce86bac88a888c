"""Whatever a frame holds, a chart comes out, or the reason why not; nothing is drawn twice or lost in silence."""

import json
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from charts.bar import figures, ranking
from charts.chart import Break, Chart
from charts.distribution import distribution
from charts.heat import heat_table
from charts.layout import Look
from charts.line import sparkline, trend
from charts.pairs import dumbbell, slope
from charts.scatter import scatter
from charts.tiles import tile_map
from indicators.catalog import load_catalog

CATALOG = load_catalog()
REGIONS = ["000000", "110000", "310000", "440000", "632802", "654200"]
values = st.one_of(
    st.floats(-1e15, 1e15), st.sampled_from([0.0, -0.0, 1e-9, 1.0, 100.0, 9999.96e4]), st.just(float("nan")), st.none()
)
row = st.fixed_dictionaries(
    {
        "region": st.sampled_from(REGIONS),
        "indicator": st.just("rd_expenditure"),
        "unit": st.just("yuan"),
        "year": st.one_of(st.none(), st.integers(1990, 2030)),
        "value": values,
        "scenario": st.sampled_from(["actual", "target", "requirement"]),
        "origin": st.sampled_from(["table", "report", "derived"]),
        "comparator": st.sampled_from(["eq", "ge", "le", "approx"]),
        "scope": st.sampled_from([None, "企业", "<b>&"]),
        "grade": st.sampled_from([None, "national", "provincial"]),
        "series": st.sampled_from([None, "a", "b"]),
        "status": st.sampled_from(["A", "E", "P"]),
    }
)
looks = st.builds(
    Look, st.sampled_from(["zh", "en"]), st.sampled_from(["light", "dark"]), st.sampled_from(["wide", "narrow"])
)
quiet = settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])


def framed(rows: list[dict[str, Any]]) -> pd.DataFrame:
    return pd.DataFrame([{**r, "observation_id": f"v{n}"} for n, r in enumerate(rows)])


def one_each(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return list({r["region"]: {**r, "scope": None, "grade": None} for r in rows}.values())


def sound(chart: Chart) -> Chart:
    json.dumps(chart.spec, allow_nan=False)
    assert bool(chart.empty) == (not chart.spec) and chart.alt
    return chart


@quiet
@given(st.lists(row, max_size=25), looks, st.sampled_from([None, "region", "indicator"]))
def test_trends_draw_every_value_with_a_year_once(rows: list[dict[str, Any]], look: Look, panels: Any) -> None:
    chart = sound(trend(framed(rows), CATALOG, look, panels=panels, breaks=[Break(2010, "x")], reference=100))
    if chart.empty:
        return
    drawn = [i for t in chart.spec["data"] for i in dict.fromkeys(t.get("customdata") or []) if i]
    good = [n for n, r in enumerate(rows) if r["value"] is not None and r["value"] == r["value"]]
    expected = [n for n in good if rows[n]["year"] is not None or chart_kind(rows[n]) == "requirement"]
    assert sorted(drawn) == sorted(f"v{n}" for n in expected) == sorted(chart.table["observation_id"])


def chart_kind(r: dict[str, Any]) -> str:
    return "derived" if r["origin"] == "derived" else str(r["scenario"])


@quiet
@given(st.lists(row, max_size=25), looks)
def test_bars_draw_every_value_once(rows: list[dict[str, Any]], look: Look) -> None:
    good = {f"v{n}" for n, r in enumerate(rows) if r["value"] is not None and r["value"] == r["value"]}
    chart = sound(figures(framed(rows), CATALOG, look))
    assert set(chart.table["observation_id"] if not chart.empty else []) == good
    sound(ranking(framed(rows), CATALOG, look, reference="000000", highlight=["110000"], limit=3))


@quiet
@given(st.lists(row, max_size=25), looks, st.booleans())
def test_the_others_never_fail(rows: list[dict[str, Any]], look: Look, log: bool) -> None:
    sound(dumbbell(framed(rows), CATALOG, look, first=2010, last=2020))
    sound(slope(framed([{**r, "year": y} for r in rows for y in (2010, 2020)]), CATALOG, look, first=2010, last=2020))
    single = one_each(rows)
    sound(tile_map(framed(single), CATALOG, look))
    sound(distribution(framed(single), CATALOG, look, reference="000000", highlight=["110000"], log=log))
    both = [{**r, "indicator": i} for r in single for i in ("rd_expenditure", "gdp")]
    sound(heat_table(framed(both), CATALOG, look, show="value"))
    sound(scatter(framed(both), CATALOG, look, x="gdp", y="rd_expenditure", log_x=log, log_y=log))
    sound(sparkline(framed([r for r in rows if r["region"] == "110000"]), CATALOG, look))


@pytest.mark.parametrize("draw", [trend, figures, ranking])
def test_markup_in_text_is_shown_not_interpreted(draw: Any) -> None:
    rows = [{"region": "110000", "indicator": "gdp", "unit": "yuan", "year": 2020, "value": 1e12, "scope": "<b>&"}]
    spec = draw(framed(rows), CATALOG, Look("zh"), source="<i>&").spec
    words = json.dumps([spec["layout"], [t.get(k) for t in spec["data"] for k in ("name", "hovertext", "text")]])
    assert "<i>" not in words and "&lt;i&gt;&amp;" in words
    assert "<b>&" not in words and "&lt;b&gt;&amp;" in words
