"""Published worked examples, reproduced to all printed digits. Data and sources: tests/golden/composite."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from indicators.composite.aggregate import aggregate, places
from indicators.composite.normalise import min_max, rank_score, ranks, z_score
from indicators.composite.treat import kurtosis, on_log_scale, skewness, treat
from indicators.composite.weigh import equal, own

GOLDEN = Path(__file__).parents[1] / "golden" / "composite"


def golden(name: str) -> dict[str, Any]:
    return yaml.safe_load((GOLDEN / f"{name}.yml").read_text(encoding="utf-8"))


def column(case: dict[str, Any], name: str) -> list[Any]:
    place = case["columns"].index(name)
    return [row[place] for row in case["rows"]]


def printed(values: Any, digits: int) -> list[str]:
    """As a table prints them, without minus zero."""
    return [f"{value:.{digits}f}".replace("-0.00", "0.00") for value in values]


# --- normalisation: mean years of schooling of 23 countries ----------------------------------------------------------

SCHOOLING = golden("normalisation")
YEARS = np.array(column(SCHOOLING, "years"), dtype=float)


def test_standard_scores() -> None:
    assert printed(z_score(YEARS), 2) == column(SCHOOLING, "z_score")


def test_min_max() -> None:
    assert printed(min_max(YEARS, span=(0, 1)), 2) == column(SCHOOLING, "min_max")


def test_ranks() -> None:
    assert ranks(YEARS).tolist() == column(SCHOOLING, "rank")


def test_ranks_in_percent() -> None:
    assert [float(one) for one in printed(rank_score(YEARS), 1)] == [float(p) for p in column(SCHOOLING, "percentile")]


# --- a whole index: the Technology Achievement Index -----------------------------------------------------------------

TAI = golden("technology_achievement_index")
NAMES = list(TAI["themes"])
COUNTRIES = column(TAI, "country")
RAW = np.array([column(TAI, name) for name in NAMES], dtype=float).T


def goalposts(name: str) -> tuple[float, float]:
    posts = TAI["goalposts"][name]
    low, high = (np.log10(posts["log10_of"]) if isinstance(posts, dict) else posts).__iter__()
    return float(low), float(high)


@pytest.fixture(scope="module")
def scaled() -> np.ndarray:
    return np.column_stack([min_max(values, *goalposts(name)) for name, values in zip(NAMES, RAW.T, strict=True)])


def test_the_scores_of_two_countries(scaled: np.ndarray) -> None:
    themes, index = aggregate(scaled, equal(list(TAI["themes"].values())), "arithmetic")
    assert themes.shape == (23, 4)
    for country, expected in TAI["scores"].items():
        place = COUNTRIES.index(country)
        found = dict(zip(NAMES, scaled[place], strict=True)) | {"index": index[place]}
        assert {name: round(float(value)) for name, value in found.items()} == expected


def test_the_ranks_by_equal_weights(scaled: np.ndarray) -> None:
    _, index = aggregate(scaled, equal(list(TAI["themes"].values())), "arithmetic")
    assert places(index).tolist() == column(TAI, "rank_equal")


def test_the_ranks_by_given_weights(scaled: np.ndarray) -> None:
    weights = own(["all"] * 8, {}, np.array([TAI["budget_weights"][name] for name in NAMES]))
    _, index = aggregate(scaled, weights, "arithmetic")
    assert places(index).tolist() == column(TAI, "rank_budget")


def test_the_ranks_by_geometric_aggregation_of_the_raw_data() -> None:
    _, index = aggregate(RAW, equal(["all"] * 8), "geometric")
    assert places(index).tolist() == column(TAI, "rank_geometric")


# --- treatment of outliers --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", golden("treatment")["cases"], ids=lambda case: case["name"])
def test_treatment(case: dict[str, Any]) -> None:
    values = np.array(case["values"], dtype=float)
    found = treat(values, "auto", case["most"])
    if case.get("action") == "log":
        assert found.action == "log"
        assert np.array_equal(found.values, on_log_scale(values))
        return
    assert found.action == "winsorised" and not found.outlying
    assert found.values.tolist() == case["treated"]
    for key, number in (
        ("skewness", skewness(values)),
        ("kurtosis", kurtosis(values)),
        ("skewness_after", found.after[0]),
        ("kurtosis_after", found.after[1]),
    ):
        if key in case:
            assert f"{number:.6f}" == case[key]


# --- minimum coverage --------------------------------------------------------------------------------------------------


def test_coverage() -> None:
    case = golden("coverage")
    values = np.array(case["values"], dtype=float)
    known = np.isfinite(values)
    enough = 100 * known.sum(axis=1) >= case["least_percent"] * values.shape[1]
    scores = np.where(enough, aggregate(values, equal(["all"] * 3), "arithmetic")[1], np.nan)
    assert [None if np.isnan(score) else f"{score:.6f}" for score in scores] == case["scores"]
