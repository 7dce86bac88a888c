"""What holds for every chart, in both languages, light and dark, wide and narrow."""

import itertools
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml
from plotly.graph_objects import Figure

from charts.bar import figures, ranking
from charts.chart import CONFIG, Break, Chart, as_breaks, config_for, headings, source_line
from charts.distribution import distribution
from charts.heat import coverage, heat_table
from charts.intervals import rank_ranges
from charts.layout import PAD, Look, text_width
from charts.line import trend
from charts.pairs import dumbbell, slope
from charts.profile import distances
from charts.scatter import scatter
from charts.stack import Bar, stacked
from charts.theme import FONT, TITLE_SIZE
from charts.tiles import tile_map
from indicators.catalog import load_catalog

CATALOG = load_catalog()
SOURCE = "来源：国家统计局《全国科技经费投入统计公报》（2010—2024年各期）；《中国统计年鉴》；各省统计公报。数据版本：2025-11-22。"
LOOKS = [Look(*parts) for parts in itertools.product(("zh", "en"), ("light", "dark"), ("wide", "narrow"))]
Draw = Callable[[pd.DataFrame, Look, str], Chart]
SHARE = "rd_intensity"


def of(frame: pd.DataFrame, indicator: str, *years: int) -> pd.DataFrame:
    return frame[(frame["indicator"] == indicator) & frame["year"].isin(years)]


CHARTS: dict[str, Draw] = {
    "distances": lambda f, look, s: distances(
        f[f["year"] == 2020].assign(
            value=lambda rows: rows["value"] / rows.groupby("indicator")["value"].transform("max") * 8 - 4,
            unit="sd",
            amount=1.0,
            amount_unit="percent",
            median=2.0,
        ),
        CATALOG,
        look,
        region="440000",
        source=s,
    ),
    "trend": lambda f, look, s: trend(
        f[f["indicator"] == "rd_expenditure"], CATALOG, look, source=s, breaks=[Break(2018, "普查")]
    ),
    "panels": lambda f, look, s: trend(f[f["region"] < "130000"], CATALOG, look, source=s),
    "regions": lambda f, look, s: trend(of(f, "gdp", 2016, 2017), CATALOG, look, source=s, panels="region"),
    "ranking": lambda f, look, s: ranking(of(f, SHARE, 2020), CATALOG, look, source=s, highlight=["440000"]),
    "figures": lambda f, look, s: figures(of(f, "gdp", 2016, 2020).head(4), CATALOG, look, source=s),
    "dumbbell": lambda f, look, s: dumbbell(of(f, SHARE, 2016, 2020), CATALOG, look, first=2016, last=2020, source=s),
    "slope": lambda f, look, s: slope(
        of(f, "gdp", 2016, 2020), CATALOG, look, first=2016, last=2020, source=s, by="rank"
    ),
    "scatter": lambda f, look, s: scatter(f[f["year"] == 2020], CATALOG, look, x="gdp", y=SHARE, source=s),
    "distribution": lambda f, look, s: distribution(of(f, "gdp", 2020), CATALOG, look, source=s, highlight=["440000"]),
    "strips": lambda f, look, s: distribution(of(f, SHARE, 2016, 2020), CATALOG, look, source=s),
    "map": lambda f, look, s: tile_map(of(f, "gdp", 2020), CATALOG, look, source=s),
    "heat": lambda f, look, s: heat_table(f[f["year"] == 2020], CATALOG, look, source=s),
    "ranges": lambda f, look, s: rank_ranges(
        of(f, SHARE, 2020).assign(rank=range(31, 0, -1), low=1, middle=9, high=31, score=12.5),
        CATALOG,
        look,
        title="综合指数位次及其范围，31个省份，2023年 · " * 2,
        source=s,
    ),
    "stacked": lambda f, look, s: stacked(
        [Bar(code, CATALOG.regions[code].name(look.lang), (1.5, 30.0, 2.0)) for code in f["region"].unique()],
        ["研发投入与平台", "Public and private finance", "创新产出"],
        look,
        title="Index score and what each theme adds (points), All 31 provinces, 2023",
        unit="points",
        source=s,
    ),
    "coverage": lambda f, look, s: coverage(
        pd.DataFrame({"row": ["a"], "column": [1], "count": [7]}),
        look,
        rows=[("a", "A")],
        columns=[(1, "1")],
        title="%",
        source=s,
    ),
}


@pytest.fixture(scope="module")
def data(frame: Any, provinces: list[str]) -> pd.DataFrame:
    return frame(
        {"region": code, "indicator": indicator, "unit": CATALOG.indicators[indicator].unit, "year": year,
         "value": (n + 1) * scale * (1 + (year - 2016) / 10)}
        for n, code in enumerate(provinces)
        for indicator, scale in (("gdp", 3.7e11), ("rd_expenditure", 1.3e10), (SHARE, 0.21))
        for year in range(2016, 2021)
    )  # fmt: skip


@pytest.fixture(params=LOOKS, ids=lambda look: f"{look.lang}-{look.mode}-{look.width}")
def look(request: pytest.FixtureRequest) -> Look:
    return request.param


def named(chart: Chart, name: str) -> dict[str, Any]:
    return next(a for a in chart.spec["layout"]["annotations"] if a.get("name") == name)


_drawn: dict[tuple[str, Look], Chart] = {}


@pytest.fixture(params=CHARTS)
def chart(request: pytest.FixtureRequest, data: pd.DataFrame, look: Look) -> Chart:
    """Each chart in each look, drawn once for all tests."""
    key = request.param, look
    if key not in _drawn:
        _drawn[key] = CHARTS[request.param](data, look, SOURCE)
    return _drawn[key]


def test_plotly_accepts_it_and_it_is_plain_json(chart: Chart) -> None:
    Figure(chart.spec)
    json.dumps(chart.spec, allow_nan=False)


def test_title_unit_source_and_words_are_there(chart: Chart, look: Look) -> None:
    assert chart.empty is None and chart.title and chart.alt.endswith(("。", "."))
    heading = named(chart, "title")["text"].replace("<br>", "").replace("&amp;", "&").replace(" ", "")
    assert heading == f"<b>{chart.title.replace(' ', '')}</b>"
    assert SOURCE[:12] in named(chart, "source")["text"].replace("<br>", "")
    assert chart.source == SOURCE
    everything = json.dumps(chart.spec["layout"], ensure_ascii=False)
    assert all(unit in chart.title + everything for unit in chart.unit.split(" · "))
    assert chart.spec["layout"]["font"]["family"] == FONT
    assert chart.spec["layout"]["paper_bgcolor"] == look.theme.background


def test_no_line_of_text_is_wider_than_the_chart(chart: Chart, look: Look) -> None:
    for name, size in (("title", TITLE_SIZE[look.width]), ("subtitle", 13), ("source", 11)):
        lines = re.sub(r"</?b>", "", named(chart, name)["text"]).replace("&amp;", "&").split("<br>")
        assert all(text_width(line, size) <= look.pixels - 2 * PAD + size for line in lines)


def test_labels_beside_the_plot_have_room(chart: Chart) -> None:
    layout = chart.spec["layout"]
    for name, axis in layout.items():
        if name.startswith("yaxis") and axis.get("visible", True):
            widths = [
                text_width(part, 12) for words in axis["ticktext"] for part in words.replace("&amp;", "&").split("<br>")
            ]
            assert layout["margin"]["l"] >= max(widths)


def test_the_table_has_the_plotted_numbers(chart: Chart) -> None:
    if "observation_id" not in chart.table:
        return
    known = dict(zip(chart.table["observation_id"], chart.table["value"], strict=True))
    seen = set()
    for trace in chart.spec["data"]:
        for n, ids in enumerate(trace.get("customdata") or []):
            for side, name in enumerate(ids if isinstance(ids, list) else [ids]):
                if name is None:
                    continue
                seen.add(name)
                value = trace["xy"[side]][n] if isinstance(ids, list) else None
                if value is not None:
                    assert known[name] == value
    assert seen == set(known)


def test_table_headings_are_words(chart: Chart, look: Look) -> None:
    names = headings(chart.table, look.lang)
    assert set(names) == set(chart.table.columns)
    parts = {trace.get("name") for trace in chart.spec["data"]} if "total" in chart.table else set()
    assert all(names[column] != column or column in parts for column in chart.table)


def test_it_cannot_be_dragged_or_scrolled_by_accident(chart: Chart) -> None:
    layout = chart.spec["layout"]
    assert layout["dragmode"] is False and "event" in layout["clickmode"]
    assert all(axis.get("fixedrange") for name, axis in layout.items() if re.match(r"[xy]axis", name))


def test_the_config_shares_nothing_with_other_hosts() -> None:
    assert CONFIG["displaylogo"] is False and CONFIG["showSendToCloud"] is False and CONFIG["scrollZoom"] is False
    assert config_for("研发")["toImageButtonOptions"] == {"format": "png", "scale": 3, "filename": "研发"}
    assert CONFIG["toImageButtonOptions"]["filename"] == "chart"


def test_source_lines_are_short_and_name_the_edition() -> None:
    assert source_line(["甲", "乙", "甲"], "zh", edition="E1") == "来源：甲；乙。数据版本：E1。"
    assert source_line(["a", "b", "c", "d"], "en") == "Source: a; b; c; 1 more."
    assert source_line([], "zh") == ""


def test_breaks_come_from_the_rows_of_an_edition() -> None:
    rows = [{"indicator": "gdp", "series": float("nan"), "year": 2018, "zh": "普查", "en": "census", "source_id": "x"}]
    assert as_breaks(rows, "en") == [Break(2018, "census", indicator="gdp")]


def test_every_label_is_used_and_every_used_label_exists(root: Path) -> None:
    labels = set(yaml.safe_load((root / "data/catalog/labels/charts.yml").read_text(encoding="utf-8")))
    code = "".join(path.read_text(encoding="utf-8") for path in sorted((root / "charts").glob("*.py")))
    exact = set(re.findall(r'["\']charts\.(\w+)["\']', code)) | set(re.findall(r'"(note_\w+)"', code))
    starts = tuple(set(re.findall(r'f"charts\.(\w+?_)\{', code))) + tuple(set(re.findall(r"f'charts\.(\w+?_)\{", code)))
    assert exact - labels == set()
    assert {key for key in labels if key not in exact and not key.startswith(starts)} <= {
        "title_of",
        "title_of_no_unit",
        "title_no_unit",
    }
