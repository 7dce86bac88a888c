"""Every kind of chart with no, two, five and all regions, in both languages and widths."""

import itertools
import json
import math
import re
from collections.abc import Callable, Iterator
from typing import Any

import pandas as pd
import pytest
from plotly.graph_objects import Figure

from charts.bar import figures, ranking
from charts.chart import Chart
from charts.distribution import distribution
from charts.heat import coverage, heat_table
from charts.layout import Look, text_width
from charts.line import trend
from charts.pairs import dumbbell, slope
from charts.scatter import scatter
from charts.tiles import tile_map
from indicators.catalog import load_catalog
from indicators.fit import judge
from indicators.fit_rules import load_rules

CATALOG = load_catalog()
SOURCE = "来源：国家统计局《全国科技经费投入统计公报》（2010—2024年各期）；《中国统计年鉴》。数据版本：2025-11-22。"
LOOKS = [Look(lang, "light", width) for lang, width in itertools.product(("zh", "en"), ("wide", "narrow"))]
SIZES = (0, 2, 5, 31)
SHARE = "rd_intensity"
Draw = Callable[[pd.DataFrame, Look], Chart]


def of(frame: pd.DataFrame, indicator: str, *years: int) -> pd.DataFrame:
    return frame[(frame["indicator"] == indicator) & frame["year"].isin(years)]


def with_line(frame: pd.DataFrame, look: Look) -> Chart:
    """A scatter as the page draws it: with the line that the rules allow."""
    sides = [
        dict(zip(rows["region"], rows["value"], strict=True))
        for rows in (of(frame, "gdp", 2020), of(frame, SHARE, 2020))
    ]
    line = judge(sides[0], sides[1], load_rules()).line
    return scatter(frame[frame["year"] == 2020], CATALOG, look, x="gdp", y=SHARE, source=SOURCE, line=line)


def counted(frame: pd.DataFrame, look: Look) -> Chart:
    codes = list(frame["region"].unique())
    counts = pd.DataFrame({"row": codes, "column": 2020, "count": range(1, len(codes) + 1)})
    rows = [(code, CATALOG.regions[code].name(look.lang)) for code in codes]
    return coverage(counts, look, rows=rows, columns=[(2020, "2020")], title=text_of("values", look), source=SOURCE)


def text_of(name: str, look: Look) -> str:
    return {"values": {"zh": "各地数值个数", "en": "Number of values by region"}}[name][look.lang]


KINDS: dict[str, Draw] = {
    "trend": lambda f, look: trend(f[f["indicator"] == "rd_expenditure"], CATALOG, look, source=SOURCE),
    "panels": lambda f, look: trend(f, CATALOG, look, source=SOURCE, panels="indicator"),
    "ranking": lambda f, look: ranking(of(f, SHARE, 2020), CATALOG, look, source=SOURCE),
    "figures": lambda f, look: figures(of(f, "gdp", 2020), CATALOG, look, source=SOURCE),
    "dumbbell": lambda f, look: dumbbell(of(f, SHARE, 2016, 2020), CATALOG, look, first=2016, last=2020, source=SOURCE),
    "slope": lambda f, look: slope(of(f, "gdp", 2016, 2020), CATALOG, look, first=2016, last=2020, source=SOURCE),
    "ranks": lambda f, look: slope(
        of(f, "gdp", 2016, 2020), CATALOG, look, first=2016, last=2020, source=SOURCE, by="rank"
    ),
    "scatter": with_line,
    "log scatter": lambda f, look: scatter(
        f[f["year"] == 2020], CATALOG, look, x="gdp", y=SHARE, source=SOURCE, log_x=True, log_y=True
    ),
    "map": lambda f, look: tile_map(of(f, "gdp", 2020), CATALOG, look, source=SOURCE),
    "heat of ranks": lambda f, look: heat_table(f[f["year"] == 2020], CATALOG, look, source=SOURCE),
    "heat of values": lambda f, look: heat_table(f[f["year"] == 2020], CATALOG, look, source=SOURCE, show="value"),
    "coverage": counted,
    "distribution": lambda f, look: distribution(of(f, "gdp", 2020), CATALOG, look, source=SOURCE),
    "log distribution": lambda f, look: distribution(
        of(f, "gdp", 2020), CATALOG, look, source=SOURCE, log=True, highlight=["110000"]
    ),
    "strips": lambda f, look: distribution(
        of(f, "gdp", 2016, 2018, 2020), CATALOG, look, source=SOURCE, highlight=["110000", "120000"]
    ),
}


@pytest.fixture(scope="module")
def data(frame: Any, provinces: list[str]) -> pd.DataFrame:
    """Values that rise from one province to the next, the last one 40 times the first, unevenly over the years."""
    return frame(
        {"region": code, "indicator": indicator, "unit": CATALOG.indicators[indicator].unit, "year": year,
         "value": scale * 40 ** (n / (len(provinces) - 1)) * (1 + (year - 2016) * (n % 3 + 1) / 50)}
        for n, code in enumerate(provinces)
        for indicator, scale in (("gdp", 3.7e11), ("rd_expenditure", 1.3e9), (SHARE, 0.17))
        for year in range(2016, 2021)
    )  # fmt: skip


_drawn: dict[tuple[str, int, Look], Chart] = {}


def draw(kind: str, n: int, look: Look, data: pd.DataFrame) -> Chart:
    """Each chart once for all tests; of 5 regions the ones that are far apart."""
    key = kind, n, look
    if key not in _drawn:
        codes = list(data["region"].unique())
        chosen = [codes[round(place * (len(codes) - 1) / max(n - 1, 1))] for place in range(n)]
        _drawn[key] = KINDS[kind](data[data["region"].isin(chosen)], look)
    return _drawn[key]


every = pytest.mark.parametrize(
    ("kind", "n", "look"),
    [(kind, n, look) for kind in KINDS for n in SIZES if n for look in LOOKS],
    ids=lambda value: f"{value.lang}-{value.width}" if isinstance(value, Look) else str(value),
)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("look", LOOKS, ids=lambda look: f"{look.lang}-{look.width}")
def test_without_regions_the_chart_says_why_and_what_to_try(kind: str, look: Look, data: pd.DataFrame) -> None:
    chart = draw(kind, 0, look, data)
    assert chart.spec == {} and chart.table.empty and chart.empty == chart.alt
    tries = {"zh": ("请",), "en": ("Add", "Choose", "See", "choose")}[look.lang]
    assert chart.empty and any(word in chart.empty for word in tries)


@every
def test_title_unit_source_and_a_true_alternative_text(kind: str, n: int, look: Look, data: pd.DataFrame) -> None:
    chart = draw(kind, n, look, data)
    Figure(chart.spec)
    json.dumps(chart.spec, allow_nan=False)
    assert chart.empty is None and chart.title and chart.unit and chart.source == SOURCE
    everything = json.dumps(chart.spec["layout"], ensure_ascii=False).replace("<br>", "").replace(" ", "")
    assert all(unit.replace(" ", "") in everything for unit in chart.unit.split(" · "))
    assert SOURCE[:12] in everything
    numbers = re.findall(r"\d+", chart.alt)
    assert chart.alt.endswith(("。", ".")) and str(3 * n if kind == "panels" else n) in numbers
    if "region" in chart.table:
        assert chart.table["region"].nunique() == n
        last = chart.table.loc[chart.table["year"] == chart.table["year"].max()]
        own = last.loc[last["indicator"] == last["indicator"].iloc[0]]
        # Loose figures name the latest one instead of the highest.
        assert kind == "figures" or own.loc[own["value"].idxmax(), "region_name"] in chart.alt


@every
def test_the_table_has_exactly_the_plotted_numbers(kind: str, n: int, look: Look, data: pd.DataFrame) -> None:
    chart = draw(kind, n, look, data)
    if "observation_id" not in chart.table:
        assert len(chart.table) == n
        return
    plotted = [name for trace in chart.spec["data"] for ids in trace.get("customdata") or []
               for name in (ids if isinstance(ids, list) else [ids]) if name]  # fmt: skip
    assert sorted(set(plotted)) == sorted(chart.table["observation_id"])
    values = dict(zip(data["observation_id"], data["value"], strict=True))
    ratios = {
        (row.indicator, float(f"{values[row.observation_id] / row.value:.6g}")) for row in chart.table.itertuples()
    }
    assert len(ratios) == chart.table["indicator"].nunique(), "one scale for each indicator"


def boxes(spec: dict[str, Any], look: Look) -> Iterator[tuple[str, float, float]]:
    """Text beside points and bars: what it says, and where it begins and ends in pixels of the whole figure."""
    layout = spec["layout"]
    left, right = layout["margin"]["l"], layout["margin"]["r"]
    for trace in spec["data"]:
        texts = trace.get("text")
        suffix = (trace.get("xaxis") or "x")[1:]
        axis = layout.get(f"xaxis{suffix}")
        if not isinstance(texts, list) or axis is None or "range" not in axis or trace.get("base") is not None:
            continue
        low, high = axis["range"]
        begin, end = axis.get("domain", [0, 1])
        inner = look.pixels - left - right
        log = axis.get("type") == "log"
        size = trace.get("textfont", {}).get("size", 12)
        sides = trace.get("textposition", "middle center")
        for place, words in enumerate(texts):
            if not words or not isinstance(words, str):
                continue
            x = trace["x"][place]
            at = left + inner * (begin + (end - begin) * ((math.log10(x) if log else x) - low) / (high - low))
            plain = re.sub(r"<[^>]+>", "", words).replace("&amp;", "&")
            wide = text_width(plain, size if isinstance(size, (int, float)) else 12)
            side = sides[place] if isinstance(sides, list) else sides
            if trace["type"] == "bar":
                side = "middle right" if x >= 0 else "middle left"
            start = at if "right" in side else at - wide if "left" in side else at - wide / 2
            yield plain, start, start + wide


@every
def test_no_text_leaves_the_figure(kind: str, n: int, look: Look, data: pd.DataFrame) -> None:
    spec = draw(kind, n, look, data).spec
    for words, start, end in boxes(spec, look):
        assert start >= -2 and end <= look.pixels + 2, (words, start, end)
    margin = spec["layout"]["margin"]
    assert margin["l"] + margin["r"] < 0.85 * look.pixels, "room for the plot itself"
    for note in spec["layout"]["annotations"]:
        if note.get("xref") == "paper" and note.get("text"):
            lines = re.sub(r"<(?!br)[^>]+>", "", note["text"]).replace("&amp;", "&").split("<br>")
            size = note["font"]["size"]
            assert all(text_width(line, size) <= look.pixels + size for line in lines), note["text"]


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: f"{look.lang}-{look.width}")
def test_two_regions_make_no_pattern(look: Look, data: pd.DataFrame) -> None:
    drawn = draw("distribution", 2, look, data)
    kinds = [trace.get("meta", {}).get("kind") for trace in drawn.spec["data"]]
    assert "band" not in kinds and any("2" in note for note in drawn.notes)
    kinds = [trace.get("meta", {}).get("kind") for trace in draw("scatter", 2, look, data).spec["data"]]
    assert kinds == [None]
    kinds = [trace.get("meta", {}).get("kind") for trace in draw("scatter", 31, look, data).spec["data"]]
    assert "fit" in kinds and kinds.count("median") == 2
