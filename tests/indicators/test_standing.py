"""Distance from the peers' median: hand-computed, turned round where less is better, in logarithms for amounts."""

import math
import statistics

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators import profile, strengths
from indicators.catalog import Catalog, load_catalog
from indicators.distances import EXTRA, distance_rows
from indicators.entry import Entry
from indicators.standing import Apart, apart_of
from indicators.strengths import Standing
from tests.observations import frame_of, observed

HERE = "110000"
CODES = ["120000", "130000", "140000", "150000", "210000", "220000"]


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


def measured(catalog: Catalog, indicator: str, own: float, others: list[float]) -> Apart | None:
    return apart_of(HERE, {HERE: own, **dict(zip(CODES, others, strict=False))}, catalog.indicators[indicator])


def test_a_share_is_measured_as_it_is(catalog: Catalog) -> None:
    """Peers 1, 2, 3, 4, 5: median 3, sample standard deviation sqrt(2.5)."""
    found = measured(catalog, "rd_intensity", 6.0, [1.0, 2.0, 3.0, 4.0, 5.0])
    assert found is not None
    assert found.distance == pytest.approx(3 / math.sqrt(2.5))
    assert (found.median, found.logs) == (3.0, False)
    assert found.sd == pytest.approx(math.sqrt(2.5))
    assert found.peers["120000"] == pytest.approx(-2 / math.sqrt(2.5))
    assert found.strong and not found.weak


def test_amounts_are_measured_in_factors(catalog: Catalog) -> None:
    """Peers 1, 2, 4, 8, 16: one doubling is 1/sqrt(2.5) of their spread; 32 is three doublings above the median."""
    found = measured(catalog, "patent_grants", 32.0, [1.0, 2.0, 4.0, 8.0, 16.0])
    assert found is not None and found.logs
    assert found.distance == pytest.approx(3 / math.sqrt(2.5))
    assert found.median == 4.0


def test_an_amount_of_nothing_keeps_the_plain_scale(catalog: Catalog) -> None:
    found = measured(catalog, "patent_grants", 6.0, [0.0, 2.0, 3.0, 4.0, 5.0])
    assert found is not None and not found.logs
    assert found.distance == pytest.approx(3 / statistics.stdev([0, 2, 3, 4, 5]))


def test_fewer_days_are_better(catalog: Catalog) -> None:
    found = measured(catalog, "business_setup_days", 1.0, [2.0, 3.0, 4.0, 5.0, 6.0])
    assert found is not None and found.distance > 1 and found.peers["210000"] < 0


def test_the_region_itself_moves_neither_median_nor_deviation(catalog: Catalog) -> None:
    far = measured(catalog, "rd_intensity", 1000.0, [1.0, 2.0, 3.0, 4.0, 5.0])
    near = measured(catalog, "rd_intensity", 3.0, [1.0, 2.0, 3.0, 4.0, 5.0])
    assert far is not None and near is not None
    assert (far.median, far.sd) == (near.median, near.sd)
    assert near.distance == 0.0


def test_too_few_peers_or_peers_all_alike_give_no_distance(catalog: Catalog) -> None:
    assert measured(catalog, "rd_intensity", 6.0, [1.0, 2.0, 3.0, 4.0]) is None
    assert measured(catalog, "rd_intensity", 6.0, [2.0] * 5) is None
    assert measured(catalog, "patent_grants", 6.0, [0.1 + 0.2] * 5) is None
    assert apart_of(HERE, dict.fromkeys(CODES, 1.0), catalog.indicators["rd_intensity"]) is None


@given(st.lists(st.integers(1, 10_000), min_size=5, max_size=6), st.integers(1, 10_000), st.floats(0.001, 1000))
def test_the_unit_of_an_amount_does_not_matter(others: list[int], own: int, factor: float) -> None:
    catalog = load_catalog()
    one = measured(catalog, "patent_grants", own, [float(value) for value in others])
    other = measured(catalog, "patent_grants", own * factor, [value * factor for value in others])
    assert (one is None) is (other is None) is (len(set(others)) == 1)
    if one and other:
        assert other.distance == pytest.approx(one.distance, abs=1e-6)


# --- as rows ------------------------------------------------------------------------------------------------------------


def test_rows_hold_what_is_needed_to_recompute_a_distance(catalog: Catalog) -> None:
    values = dict(zip([HERE, *CODES[:5]], [6.0, 1.0, 2.0, 3.0, 4.0, 5.0], strict=True))
    read = frame_of([observed(code, "rd_intensity", 2020, value, "percent") for code, value in values.items()])
    entries: list[Entry] = profile.profile(
        HERE, read.loc[read["region"] == HERE], read, catalog, pd.DataFrame(columns=["indicator", "series", "year"])
    )
    found: list[Standing] = strengths.standings(entries)
    rows = distance_rows(HERE, found, read)
    assert set(EXTRA) <= set(rows.columns) and rows["region"][0] == HERE and len(rows) == 6
    assert set(rows["unit"]) == {"sd"} and set(rows["origin"]) == {"derived"} and rows["printed"].isna().all()
    assert ((rows["amount"] - rows["median"]) / rows["sd"]).tolist() == pytest.approx(rows["value"].tolist())
    ids = dict(zip(read["region"], read["observation_id"], strict=True))
    assert rows["inputs"].tolist()[1:] == [(ids[code],) for code in CODES[:5]]
    assert rows["inputs"][0][0] == ids[HERE] and set(rows["inputs"][0]) == set(ids.values())
    assert rows["observation_id"].is_unique


def test_no_standings_are_no_rows(catalog: Catalog) -> None:
    read = frame_of([])
    assert distance_rows(HERE, [], read).empty


def test_rows_of_an_earlier_comparison_carry_its_year(catalog: Catalog) -> None:
    """The region alone has 2025; all rows, its own too, are of 2024, and nothing of 2025 is behind them."""
    values = dict(zip([HERE, *CODES[:5]], [6.0, 1.0, 2.0, 3.0, 4.0, 5.0], strict=True))
    read = frame_of(
        [observed(code, "rd_intensity", 2024, value, "percent") for code, value in values.items()]
        + [observed(HERE, "rd_intensity", 2025, 6.5, "percent")]
    )
    own = read.loc[read["region"] == HERE]
    entries = profile.profile(HERE, own, read, catalog, pd.DataFrame(columns=["indicator", "series", "year"]))
    assert [entry.year for entry in entries] == [2025]
    rows = distance_rows(HERE, strengths.standings(entries), read)
    assert set(rows["year"]) == {2024} and len(rows) == 6
    assert rows["amount"][0] == 6.0 and rows["value"][0] == pytest.approx(3 / math.sqrt(2.5))
    newest = read.loc[read["year"] == 2025, "observation_id"].item()
    assert all(newest not in inputs for inputs in rows["inputs"])
