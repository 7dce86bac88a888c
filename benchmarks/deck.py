"""How long ten charts take as a presentation, as a written report and as a workbook, with the evidence of each value.

`python -m benchmarks.deck` prints for each file the range and the middle of five runs, in seconds of the processor and
of the clock, and its size: first of ten charts of the built edition that the pages make and a briefing takes away, then
of ten charts of made-up values, one of each older kind with 31 provinces. The mark for a deck is 3 s.
`--profile FILE` writes the calls of one deck of the edition for `python -m pstats`.
"""

from __future__ import annotations

import argparse
import cProfile
import statistics
import time
from collections.abc import Callable, Iterator

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
from indicators.labels import LANGUAGES, Lang
from indicators.paths import data_paths
from indicators.queries import Library
from pages.parts import decks, papers, retake
from pages.parts.decks import Told
from pages.parts.page import Page
from pages.parts.state import GivenState

RUNS = 5
YEARS = range(2010, 2025)
INDICATORS = ("gdp", "rd_expenditure", "rd_intensity")
CHOICES: tuple[tuple[str, dict[str, tuple[str, ...]]], ...] = (
    ("trends", {"i": ("gdp", "rd_expenditure"), "r": ("110000", "310000", "440000")}),
    ("compare", {"i": ("rd_expenditure",)}),
    ("compare", {"i": ("rd_intensity",), "mode": ("distribution",)}),
    ("compare", {"i": ("rd_intensity",), "mode": ("change",)}),
    ("compare", {"i": ("rd_intensity",), "mode": ("scatter",)}),
    ("compare", {"i": ("rd_intensity",), "mode": ("map",)}),
    ("compare", {"i": ("rd_intensity",), "mode": ("heat",)}),
    ("composite", {}),
    ("region", {"r": ("330000",)}),
    ("targets", {}),
)  # fmt: skip
"""The pages and choices of the charts of the edition."""


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


def of_edition(lang: Lang) -> tuple[Page, list[Told]]:
    """The first chart of each of the choices, made by its page as for a briefing."""
    edition = Library(data_paths().parquet).current()
    page = Page("briefing", lang, edition, load_catalog(), GivenState("briefing", {}), False, False)
    return page, [Told(retake.charts(page, name, given)[0][0]) for name, given in CHOICES]


def files_of_edition(lang: Lang) -> dict[str, Callable[[], bytes]]:
    """What makes each file of these charts."""
    page, told = of_edition(lang)
    return {
        "deck": lambda: decks.briefing_deck(page, told, "Benchmark", ""),
        "report": lambda: papers.paper(page, "docx", told, "Benchmark"),
        "workbook": lambda: decks.briefing_workbook(page, told, "Benchmark"),
    }


def made_up() -> Iterator[tuple[str, Callable[[], bytes]]]:
    """What makes the deck of made-up values, in each language."""
    catalog = load_catalog()
    frame = rows(catalog)
    evidence = {
        name: Evidence(f"Statistical bulletin {n % 7}", f"row {n}") for n, name in enumerate(frame["observation_id"])
    }
    sources = tuple({"title": f"Statistical bulletin {n}"} for n in range(7))
    for lang in LANGUAGES:
        slides = [Slide(chart, frame) for chart in ten(frame, catalog, Look(lang))]
        meta = Meta("Benchmark", {}, "", sources, "benchmark", lang)

        def make(slides: list[Slide] = slides, meta: Meta = meta) -> bytes:
            return to_pptx(slides, meta, cover=Cover("Benchmark"), evidence=evidence)

        yield lang, make


def timed(name: str, make: Callable[[], bytes]) -> None:
    """Print what it takes: the first run is one of the five, so that nothing is made ready before."""
    processor, clock, size = [], [], 0
    for _ in range(RUNS):
        start = time.process_time(), time.perf_counter()
        size = len(make())
        processor.append(time.process_time() - start[0])
        clock.append(time.perf_counter() - start[1])
    said = [f"{min(found):.2f} to {max(found):.2f}, {statistics.median(found):.2f}" for found in (processor, clock)]
    print(f"| {name} | {said[0]} | {said[1]} | {size / 1024:.0f} |", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--profile", metavar="FILE", help="write the calls of one deck here instead of measuring")
    args = parser.parse_args()
    if args.profile:
        make = files_of_edition("zh")["deck"]
        with cProfile.Profile() as calls:
            make()
        calls.dump_stats(args.profile)
        return
    print("| ten charts | processor s: range, middle | clock s: range, middle | KB |\n|---|---|---|---|")
    for lang in LANGUAGES:
        for kind, make in files_of_edition(lang).items():
            timed(f"edition, {kind}, {lang}", make)
    for language, make in made_up():
        timed(f"made up, deck, {language}", make)


if __name__ == "__main__":
    main()
