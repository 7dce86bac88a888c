"""A recipe goes into a URL and comes back the same; what means nothing there is named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.catalog import load_catalog
from indicators.compare import BASES
from indicators.composite.recipe import (
    AGGREGATIONS,
    CHOSEN,
    NORMALISATIONS,
    TREATMENTS,
    WEIGHTINGS,
    Part,
    Recipe,
    decode,
    encode,
    unfit,
)

ids = st.sampled_from(["gdp", "rd_intensity", "pct_applications", "tech_contract_value", "population"])
parts = st.builds(Part, ids, st.sampled_from(BASES))
weights = st.dictionaries(parts.map(lambda part: part.code), st.floats(0, 1e6), max_size=4)
percent = st.integers(0, 100)
recipes = st.builds(
    Recipe,
    parts=st.lists(parts, min_size=1, max_size=10, unique=True).map(tuple),
    year=st.integers(1990, 2100),
    years=st.integers(1, 5),
    treatment=st.sampled_from(TREATMENTS),
    winsorised=st.integers(0, 10),
    normalisation=st.sampled_from(NORMALISATIONS),
    weighting=st.sampled_from(WEIGHTINGS),
    aggregation=st.sampled_from(AGGREGATIONS),
    cover=percent,
    theme_cover=percent,
    weights=weights.map(lambda given: tuple(given.items())),
    set=st.sampled_from(["", "east"]),
) | st.builds(
    Recipe,
    parts=st.just((Part("gdp"), Part("pct_applications", "per_head"))),
    year=st.just(2023),
    set=st.just(CHOSEN),
    chosen=st.lists(st.sampled_from(["110000", "310000", "440000"]), unique=True).map(tuple),
)


@given(recipes)
def test_nothing_is_lost_on_the_way_through_a_url(recipe: Recipe) -> None:
    assert decode(encode(recipe)) == recipe


def test_a_short_url_stands_for_the_usual_choices() -> None:
    found = decode(
        {"parts": ["rd_intensity", "pct_applications:per_head"], "y": ["2023"], "w_output": ["2"], "lang": ["en"]}
    )
    assert found.parts == (Part("rd_intensity"), Part("pct_applications", "per_head"))
    assert (found.year, found.first_year, found.normalisation, found.cover) == (2023, 2023, "minmax", 66)
    assert (found.weight("output"), found.weight("research")) == (2.0, 1.0)


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("parts", "gdp:per_cow", "per_cow"),
        ("parts", "", "no indicator"),
        ("y", "soon", "'soon'"),
        ("years", "0", "from 1 to 5"),
        ("norm", "log", "'log'"),
        ("cover", "101", "101"),
        ("w_output", "-1", "no weight"),
        ("w_output", "nan", "no weight"),
    ],
)
def test_what_means_nothing_is_named(name: str, value: str, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        decode({"parts": ["gdp"], "y": ["2023"], name: [value]})


@pytest.mark.parametrize("query", [{"y": ["2023"]}, {"parts": ["gdp"]}])
def test_an_index_needs_indicators_and_a_year(query: dict[str, list[str]]) -> None:
    with pytest.raises(ValueError, match=r"no indicator|y: is missing"):
        decode(query)


@pytest.mark.parametrize(
    ("part", "why"),
    [
        (Part("rd_intensity"), ""),
        (Part("rd_intensity", "per_head"), "basis"),
        (Part("population"), "neutral"),
        (Part("happiness"), "unknown"),
    ],
)
def test_what_cannot_enter_an_index(part: Part, why: str) -> None:
    assert unfit(part, load_catalog()) == why
