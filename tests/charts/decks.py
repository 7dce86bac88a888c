"""Charts of every kind as slides, and what the tests ask of a finished deck."""

import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import openpyxl
import pandas as pd
from pptx import Presentation

from charts.bar import figures, ranking
from charts.chart import Break, Chart, empty_chart
from charts.deck import Cover, Evidence, Slide, to_pptx
from charts.distribution import distribution
from charts.export import Meta
from charts.heat import coverage, heat_table
from charts.intervals import rank_ranges
from charts.layout import Look
from charts.line import trend
from charts.pairs import dumbbell, slope
from charts.profile import distances
from charts.progress import progress
from charts.scatter import scatter
from charts.stack import Bar, stacked
from charts.tiles import tile_map
from indicators.catalog import Catalog
from tests.charts import test_profile, test_progress

EMU = 12700
SOURCES = (
    {"title": "甲局《统计公报》", "published": "2025-01-23"},
    {"title": "乙局《年鉴》", "address": "https://a.cn/b?c=1&d=2"},
)
SHARE = "rd_intensity"
SAID = {"zh": "来源：甲局《统计公报》；乙局《年鉴》。数据版本：E1。", "en": "Source: A; B. Data edition: E1."}


def meta(lang: str, **changes: Any) -> Meta:
    return Meta(
        **{"title": "创新简报", "filters": {}, "unit": "", "sources": SOURCES, "edition": "E1", "lang": lang, **changes}
    )


def frame_of(catalog: Catalog, frame: Any, provinces: list[str]) -> pd.DataFrame:
    return frame(
        {"region": code, "indicator": indicator, "unit": catalog.indicators[indicator].unit, "year": year,
         "value": (n + 1) * scale * (1 + (year - 2016) / 10 + (n % 3) / 7)}
        for n, code in enumerate(provinces)
        for indicator, scale in (("gdp", 3.7e11), ("rd_expenditure", 1.3e10), (SHARE, 0.21))
        for year in range(2016, 2021)
    )  # fmt: skip


def of(frame: pd.DataFrame, indicator: str, *years: int) -> pd.DataFrame:
    return frame[(frame["indicator"] == indicator) & frame["year"].isin(years)]


def charts(f: pd.DataFrame, c: Catalog, look: Look) -> dict[str, Chart]:
    """A chart of every kind, with few, some and all provinces."""
    s, two = SAID[look.lang], f[f["region"] < "130000"]
    years = range(2016, 2021)
    counts = pd.DataFrame({"row": list("aab"), "column": [2019, 2020, 2020], "count": [7, 120, 3]})
    return {
        "two lines": trend(of(two, "gdp", *years), c, look, source=s, breaks=[Break(2018, "普查")]),
        "all lines": trend(of(f, "gdp", *years), c, look, source=s, highlight=["440000", "650000"]),
        "panels": trend(two, c, look, source=s),
        "nine panels": trend(of(f[f["region"] < "320000"], "gdp", *years), c, look, source=s, panels="region"),
        "ranking": ranking(of(f, SHARE, 2020), c, look, source=s, highlight=["440000"]),
        "short ranking": ranking(of(two, SHARE, 2020), c, look, source=s),
        "figures": figures(of(two, "gdp", 2016, 2020), c, look, source=s),
        "dumbbell": dumbbell(of(f, SHARE, 2016, 2020), c, look, first=2016, last=2020, source=s),
        "slope": slope(of(two, "gdp", 2016, 2020), c, look, first=2016, last=2020, source=s),
        "rank slope": slope(of(f, "gdp", 2016, 2020), c, look, first=2016, last=2020, source=s, by="rank"),
        "scatter": scatter(f[f["year"] == 2020], c, look, x="gdp", y=SHARE, source=s, highlight=["440000"]),
        "log scatter": scatter(f[f["year"] == 2020], c, look, x="gdp", y=SHARE, source=s, log_x=True, log_y=True),
        "map": tile_map(of(f, "gdp", 2020), c, look, source=s, highlight=["440000"]),
        "heat": heat_table(f[f["year"] == 2020], c, look, source=s),
        "coverage": coverage(
            counts, look, rows=[("a", "甲"), ("b", "乙")], columns=[(2019, "2019"), (2020, "2020")], title="数值", source=s
        ),
        "empty": empty_chart("frame", look.lang, title="研发经费"),
    }  # fmt: skip


def in_rows(f: pd.DataFrame, c: Catalog, look: Look) -> dict[str, Chart]:
    """Marks in rows and strips, and bars put together from parts."""
    s, codes = SAID[look.lang], sorted(f["region"].unique())
    places = pd.DataFrame(
        {"region": code, "rank": n, "low": max(1, n - 2), "middle": n, "high": min(n + 3, 31), "score": 95.0 - 3 * n}
        for n, code in enumerate(codes, 1)
    )
    bars = [Bar(code, c.regions[code].name(look.lang), (40.0 - n, 20.0, n / 2), n + 1) for n, code in enumerate(codes)]
    off = {"rd_intensity": 2.0, "gdp_per_capita": 0.5, "urban_income": -1.5}
    return {
        "strip": distribution(of(f, SHARE, 2020), c, look, source=s, highlight=["440000"]),
        "strips": distribution(of(f, SHARE, 2016, 2018, 2020), c, look, source=s, highlight=["440000"]),
        "log strip": distribution(of(f, "gdp", 2020), c, look, source=s, log=True),
        "ranges": rank_ranges(places, c, look, title="R", source=s, highlight=["440000"]),
        "distances": distances(test_profile.rows(off, 10), c, look, region=test_profile.HERE, source=s),
        "stack": stacked(bars, ["A", "B", "C"], look, title="S", unit="%", source=s, highlight=["440000"]),
        "one part": stacked([replace(bar, values=bar.values[:1]) for bar in bars[:5]], ["A"], look, title="S", unit="%"),
        "progress": progress(test_progress.all_verdicts(c), c, look, title="T", by="value", source=s),
    }  # fmt: skip


def deck(slides: list[Slide], lang: str = "zh", *, cover: bool = False, **options: Any) -> Any:
    """The finished file, opened again."""
    front = Cover("创新简报", "三十一个省份", "2026年11月22日") if cover else None
    return Presentation(io.BytesIO(to_pptx(slides, options.pop("meta", meta(lang)), cover=front, **options)))


def native(slide: Any) -> list[Any]:
    return [shape.chart for shape in slide.shapes if shape.has_chart]


def table(slide: Any) -> list[list[str]]:
    found = next(shape.table for shape in slide.shapes if shape.has_table)
    return [[cell.text for cell in row.cells] for row in found.rows]


def book(chart: Any) -> Any:
    """The embedded workbook as another program reads it."""
    return openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))


def numbers(chart: Any, *, plotted: Callable[[Any], bool] = lambda series: True) -> list[float]:
    """The numbers that the plotted series' references lead to in the embedded workbook."""
    sheet = book(chart).worksheets[0]
    found = []
    for series in chart._chartSpace.iterfind(".//{*}ser"):
        if not plotted(series):
            continue
        values = series.find("{*}val") if series.find("{*}val") is not None else series.find("{*}yVal")
        place = values.findtext(".//{*}f").split("!")[1].replace("$", "")
        cells = [row[0].value for row in sheet[place]]
        cached = {int(pt.get("idx")): float(pt.findtext("{*}v")) for pt in values.iterfind(".//{*}pt")}
        assert {n: cell for n, cell in enumerate(cells) if cell is not None} == cached
        found += [cell for cell in cells if cell is not None]
    return found


def notes(slide: Any) -> str:
    return slide.notes_slide.notes_text_frame.text


def texts(slide: Any) -> str:
    return "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


def boxes(slide: Any) -> Iterator[tuple[str, float, float, float, float]]:
    """Name and edges in points of all that stands on a slide, but lines drawn over charts on purpose."""
    for shape in slide.shapes:
        if not shape._element.tag.endswith("cxnSp"):
            x, y, w, h = (value / EMU for value in (shape.left, shape.top, shape.width, shape.height))
            yield shape.name, x, y, x + w, y + h


def evidence(table: pd.DataFrame) -> dict[str, Evidence]:
    """Every second value from a table, the others from a sentence of a report."""
    ids = list(dict.fromkeys(table["observation_id"]))
    return {
        name: Evidence("甲局《统计公报》", f"行“{n}”") if n % 2 else Evidence("乙市报告", "二、研发", f"第{n}句。")
        for n, name in enumerate(ids)
    }
