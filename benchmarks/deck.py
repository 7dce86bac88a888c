"""How long a deck of ten charts takes: every kind, 31 provinces, evidence for each value.

`python -m benchmarks.deck` prints the best and the middle of five runs and the size of the file; the mark is 3 s.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

import pandas as pd

from charts.bar import figures, ranking
from charts.chart import Chart
from charts.deck import Cover, Evidence, Slide, to_pptx
from charts.export import Meta
from charts.heat import heat_table
from charts.layout import Look
from charts.line import trend
from charts.pairs import dumbbell, slope
from charts.scatter import scatter
from charts.tiles import tile_map
from indicators.catalog import Catalog, load_catalog

RUNS = 5
YEARS = range(2010, 2025)
INDICATORS = ("gdp", "rd_expenditure", "rd_intensity")


def rows(catalog: Catalog) -> pd.DataFrame:
    """Made-up values of three indicators for 31 provinces and 15 years."""
    provinces = [r.code for r in catalog.regions.provinces() if not r.code.startswith(("7", "8"))]
    usual = {"measure": "level", "scenario": "actual", "comparator": "eq", "origin": "table"}
    found = [
        {**usual, "observation_id": f"{code}.{name}.{year}", "region": code, "indicator": name, "year": year,
         "unit": catalog.indicators[name].unit, "value": (n + 1) * scale * (1 + (year - 2010) / 9)}
        for n, code in enumerate(provinces)
        for name, scale in zip(INDICATORS, (3.7e11, 1.3e10, 0.11), strict=True)
        for year in YEARS
    ]  # fmt: skip
    return pd.DataFrame(found)


def ten(frame: pd.DataFrame, catalog: Catalog, look: Look) -> list[Chart]:
    """One chart of each kind, and the heaviest of them once more."""
    gdp, share = (frame[frame["indicator"] == name] for name in ("gdp", "rd_intensity"))
    last, four = YEARS[-1], frame[frame["region"] < "140000"]
    return [
        trend(gdp, catalog, look),
        trend(four, catalog, look),
        trend(four[four["indicator"] == "gdp"], catalog, look, panels="region"),
        ranking(share[share["year"] == last], catalog, look),
        figures(four[(four["indicator"] == "gdp") & (four["year"] == last)], catalog, look),
        dumbbell(share, catalog, look, first=YEARS[0], last=last),
        slope(gdp, catalog, look, first=YEARS[0], last=last, by="rank"),
        scatter(frame[frame["year"] == last], catalog, look, x="gdp", y="rd_intensity"),
        tile_map(share[share["year"] == last], catalog, look),
        heat_table(frame[frame["year"] == last], catalog, look),
    ]


def timed(make: Callable[[], bytes]) -> tuple[list[float], int]:
    seconds, size = [], 0
    for _ in range(RUNS):
        start = time.perf_counter()
        size = len(make())
        seconds.append(time.perf_counter() - start)
    return sorted(seconds), size


def main() -> None:
    catalog = load_catalog()
    frame = rows(catalog)
    evidence = {
        name: Evidence(f"Statistical bulletin {n % 7}", f"row {n}") for n, name in enumerate(frame["observation_id"])
    }
    sources = tuple({"title": f"Statistical bulletin {n}"} for n in range(7))
    for lang in ("zh", "en"):
        slides = [Slide(chart, frame) for chart in ten(frame, catalog, Look(lang))]
        meta = Meta("Benchmark", {}, "", sources, "benchmark", lang)
        cover = Cover("Benchmark")

        def make(slides: list[Slide] = slides, meta: Meta = meta, cover: Cover = cover) -> bytes:
            return to_pptx(slides, meta, cover=cover, evidence=evidence)

        seconds, size = timed(make)
        best, middle = seconds[0], statistics.median(seconds)
        print(
            f"{lang}: {len(slides)} charts in {best:.2f} s at best, {middle:.2f} s in the middle, {size / 1024:.0f} KB"
        )


if __name__ == "__main__":
    main()
