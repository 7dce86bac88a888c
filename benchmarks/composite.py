"""How long an index with its simulations takes: `python -m benchmarks.composite`.

31 regions by 10 indicators with 1,000 simulations must stay under a second; the data are drawn, as skewed as real ones.
"""

from __future__ import annotations

import argparse
import platform
import sys
from statistics import median
from time import perf_counter

import numpy as np
import pandas as pd

from indicators.catalog import load_catalog
from indicators.composite.build import build
from indicators.composite.inputs import Inputs
from indicators.composite.recipe import Part, Recipe, unfit

LIMIT = 1.0
SEED = 7


def drawn(regions: int, indicators: int) -> tuple[Recipe, Inputs]:
    """A recipe over the first indicators that can enter one, and log-normal values with a few gaps."""
    catalog = load_catalog()
    parts = tuple(part for part in map(Part, catalog.indicators) if not unfit(part, catalog))[:indicators]
    generator = np.random.default_rng(SEED)
    values = generator.lognormal(0, 1.2, (regions, len(parts)))
    values[generator.random(values.shape) < 0.02] = np.nan
    codes = tuple(region.code for region in catalog.regions if region.level != "country")[:regions]
    years = np.where(np.isfinite(values), 2023, 0)
    empty = pd.DataFrame()
    units = tuple(catalog.indicators[part.indicator].unit for part in parts)
    return Recipe(parts, 2023), Inputs(codes, parts, units, values, years, empty, empty, ())


def seconds(regions: int, indicators: int, simulations: int, runs: int) -> float:
    """Median time of one index with all its steps."""
    recipe, inputs = drawn(regions, indicators)
    catalog = load_catalog()
    times = []
    for _ in range(runs):
        start = perf_counter()
        build(recipe, inputs, catalog, simulations)
        times.append(perf_counter() - start)
    return median(times)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=9)
    arguments = parser.parse_args()
    print(f"Python {platform.python_version()}, numpy {np.__version__}, median of {arguments.runs} runs")
    for regions, indicators, simulations in ((31, 10, 1000), (31, 10, 10_000), (31, 30, 1000), (330, 10, 1000)):
        took = seconds(regions, indicators, simulations, arguments.runs)
        print(f"{regions:4} regions x {indicators:3} indicators x {simulations:6,} simulations: {took * 1000:7.0f} ms")
        if (regions, indicators, simulations) == (31, 10, 1000):
            measured = took
    return int(measured > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
