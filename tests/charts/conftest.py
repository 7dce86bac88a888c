"""Small frames in the shape of observations, for all chart tests."""

from collections.abc import Callable, Iterable
from typing import Any

import pandas as pd
import pytest

from indicators.catalog import Catalog, load_catalog

Row = dict[str, Any]
Frame = Callable[[Iterable[Row]], pd.DataFrame]


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    return load_catalog()


@pytest.fixture(scope="session")
def frame() -> Frame:
    """Rows with what an observation has besides; ids are numbered `v0`, `v1`, …"""

    def build(rows: Iterable[Row]) -> pd.DataFrame:
        usual = {"indicator": "rd_expenditure", "unit": "yuan", "measure": "level", "scenario": "actual", "year": 2020,
                 "comparator": "eq", "origin": "table", "region": "110000"}  # fmt: skip
        return pd.DataFrame([{**usual, "observation_id": f"v{n}", **row} for n, row in enumerate(rows)])

    return build


@pytest.fixture(scope="session")
def provinces(catalog: Catalog) -> list[str]:
    """Codes of the 31 provinces that statistics usually cover."""
    return [r.code for r in catalog.regions.provinces() if not r.code.startswith(("7", "8"))]
