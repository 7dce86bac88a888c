"""What a notebook gets by `indicators` is what the pages draw."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd
import pytest

import indicators
from indicators.interface import Data
from pages.parts import retake
from pages.parts.page import Page
from pages.parts.state import GivenState


@pytest.fixture
def data(edition: Path) -> Data:
    return indicators.open(edition)


def drawn(data: Data, name: str, given: Mapping[str, Sequence[str]]) -> pd.DataFrame:
    """The rows behind the first chart of a page with these choices."""
    page = Page("briefing", "zh", data.edition, data.catalog, GivenState("briefing", {}), False, False)
    found, differs = retake.charts(page, name, given)
    assert differs == [], "the page does not offer these choices"
    return found[0].frame


def values(rows: pd.DataFrame) -> set[tuple[str, int, float, tuple[str, ...]]]:
    return {
        (str(row.region), int(row.year), float(row.value), tuple(row.inputs))  # type: ignore[arg-type]
        for row in rows.itertuples()
    }


@pytest.mark.parametrize(
    ("name", "basis"), [("rd_intensity", "total"), ("patent_grants", "per_head"), ("gdp", "total")]
)
def test_a_ranking_is_that_of_the_compare_page(data: Data, name: str, basis: str) -> None:
    given = {"i": [name], **({"basis": [basis]} if basis != "total" else {})}
    rows = drawn(data, "compare", given)
    ranked = data.ranking(name, basis=basis)  # type: ignore[arg-type]
    assert len(ranked) > 20
    assert values(ranked) == values(rows.loc[rows["region"] != "000000"])


@pytest.mark.parametrize("mode", ["growth", "share"])
def test_a_development_is_that_of_the_trends_page(data: Data, mode: str) -> None:
    codes = ["330000", "320000"]
    rows = drawn(data, "trends", {"i": ["rd_expenditure"], "r": codes, "mode": [mode]})
    made = data.develop("rd_expenditure", codes, mode=mode)  # type: ignore[arg-type]
    assert len(made) > 10 and values(made) == values(rows)


def test_a_change_is_that_of_the_compare_page(data: Data) -> None:
    rows = drawn(data, "compare", {"i": ["gdp"], "mode": ["change"], "from": ["2010"], "y": ["2020"]})
    changed = data.change("gdp", 2010, 2020)
    told = {(row.region, row.before, row.after) for row in changed.itertuples()}
    per_year = rows.loc[rows["region"] != "000000"].pivot(index="region", columns="year", values="value")
    assert told == set(per_year[[2010, 2020]].itertuples(name=None))
