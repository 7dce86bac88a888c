"""Peers: who is nearest and how far, who is a neighbour in the tree, what is said where somebody has no peers."""

import math
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators import peers
from indicators.catalog import Catalog, load_catalog
from indicators.region_sets import load_region_sets
from tests.observations import frame_of, observed

CODES = ["110000", "120000", "130000", "140000", "150000", "210000", "220000", "230000"]
"""Eight provinces; the first is the one that looks for peers."""


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


def sized(values: dict[str, tuple[float, float]], year: int = 2024, **more: Any) -> list[dict[str, Any]]:
    """Population and GDP of regions, from population and GDP per head."""
    rows = []
    for code, (people, rich) in values.items():
        rows.append(observed(code, "population", year, people, "person", **more))
        rows.append(observed(code, "gdp", year, people * rich, "yuan", **more))
    return rows


def even(codes: list[str] = CODES) -> dict[str, tuple[float, float]]:
    """Populations that double from region to region, all equally rich."""
    return {code: (1e6 * 2**step, 1e5) for step, code in enumerate(codes)}


# --- near in population and GDP per head ------------------------------------------------------------------------------


def test_the_distance_is_that_of_a_hand_calculation(catalog: Catalog) -> None:
    """Logs of the population 0..7 doublings: sample sd sqrt(6) doublings, so one doubling is 1/sqrt(6)."""
    found = peers.similar("110000", frame_of(sized(even())), catalog, most=3)
    assert found.members == ("120000", "130000", "140000")
    assert [found.distances[code] for code in found.members] == pytest.approx([n / math.sqrt(6) for n in (1, 2, 3)])
    assert found.year == 2024
    assert found.everyone == ("110000", *found.members)


def test_both_inputs_count_and_a_rich_neighbour_is_far(catalog: Catalog) -> None:
    """Both inputs with the same spread: (1 doubling, 0) is nearer than (1, 1), which is nearer than (2, 2)."""
    grid = [(0, 0), (1, 0), (1, 1), (2, 2), (0, 1), (2, 0), (0, 2), (2, 1)]
    values = {code: (1e6 * 2**x, 1e5 * 2**y) for code, (x, y) in zip(CODES, grid, strict=True)}
    found = peers.similar("110000", frame_of(sized(values)), catalog, most=8)
    xs, ys = ([point[axis] for point in grid] for axis in (0, 1))
    spread = [math.sqrt(sum((n - sum(side) / 8) ** 2 for n in side) / 7) for side in (xs, ys)]
    for code, (x, y) in list(zip(CODES, grid, strict=True))[1:]:
        assert found.distances[code] == pytest.approx(math.hypot(x / spread[0], y / spread[1]))
        assert found.traits[code].apart == pytest.approx((x / spread[0], y / spread[1]))


def test_all_that_tie_with_the_last_are_in(catalog: Catalog) -> None:
    values = even()
    values["140000"] = values["130000"]
    found = peers.similar("110000", frame_of(sized(values)), catalog, most=2)
    assert found.members == ("120000", "130000", "140000")


def test_every_input_is_named_for_the_evidence(catalog: Catalog) -> None:
    rows = sized(even())
    found = peers.similar("110000", frame_of(rows), catalog, most=2)
    assert set(found.inputs) == {row["observation_id"] for row in rows}
    assert set(found.traits["120000"].inputs) == {row["observation_id"] for row in rows if row["region"] == "120000"}


def test_the_year_is_the_newest_in_which_most_have_both(catalog: Catalog) -> None:
    """2025 has six of eight, enough; with five it would be 2024, although the region itself has both."""
    enough = sized(even()) + sized(even(CODES[:6]), 2025)
    assert peers.similar("110000", frame_of(enough), catalog).year == 2025
    too_few = sized(even()) + sized(even(CODES[:5]), 2025)
    assert peers.similar("110000", frame_of(too_few), catalog).year == 2024


def test_values_of_another_definition_are_not_put_together(catalog: Catalog) -> None:
    rows = sized(even())
    other = [row | {"series": "b"} if row["region"] == "120000" else row for row in rows]
    found = peers.similar("110000", frame_of(other), catalog)
    assert "120000" not in found.traits and "130000" in found.traits
    named = peers.similar("110000", frame_of([row | {"series": "b"} for row in rows]), catalog)
    assert named.members == peers.similar("110000", frame_of(rows), catalog).members


def test_values_of_different_years_are_not_put_together(catalog: Catalog) -> None:
    people = [row for row in sized(even(), 2024) if row["indicator"] == "population"]
    money = [row for row in sized(even(), 2023) if row["indicator"] == "gdp"]
    assert peers.similar("110000", frame_of(people + money), catalog).missing == (peers.OTHERS,)


@pytest.mark.parametrize(
    "limits",
    [{"scenario": "target"}, {"comparator": "ge"}, {"scope": "园区"}, {"grade": "national"}, {"measure": "share"}],
)
def test_only_exact_actual_values_of_whole_regions_measure(catalog: Catalog, limits: dict[str, Any]) -> None:
    found = peers.similar("110000", frame_of(sized(even(), **limits)), catalog)
    assert (found.members, found.missing) == ((), peers.INPUTS)


def test_other_levels_are_never_similar(catalog: Catalog) -> None:
    rows = sized(even()) + sized({"000000": (1.1e6, 1e5), "630100": (1e6, 1e5)})
    found = peers.similar("110000", frame_of(rows), catalog)
    assert set(found.members) == set(CODES[1:])
    assert set(found.traits) == set(CODES)


def test_what_is_missing_is_named(catalog: Catalog) -> None:
    rows = sized(even())
    no_gdp = [row for row in rows if (row["region"], row["indicator"]) != ("110000", "gdp")]
    assert peers.similar("110000", frame_of(no_gdp), catalog).missing == ("gdp",)
    assert peers.similar("650000", frame_of(rows), catalog).missing == ("population", "gdp")
    assert peers.similar("110000", frame_of(sized(even(CODES[:5]))), catalog).missing == (peers.OTHERS,)
    assert peers.similar("000000", frame_of(rows), catalog).missing == (peers.OTHERS,)
    assert peers.similar("110000", frame_of([]), catalog).missing == peers.INPUTS


amounts = st.tuples(st.floats(1e4, 2e8), st.floats(1e3, 1e6))


@given(st.lists(amounts, min_size=8, max_size=8), st.floats(0.01, 100), st.integers(1, 7))
def test_properties_of_the_distance(values: list[tuple[float, float]], factor: float, most: int) -> None:
    """At least as many as asked for, none further than one left out, the same from both sides, units do not matter."""
    catalog = load_catalog()
    known = dict(zip(CODES, values, strict=True))
    found = peers.similar("110000", frame_of(sized(known)), catalog, most)
    assert len(found.members) >= most and "110000" not in found.members
    inside = [found.traits[code].distance for code in found.members]
    outside = [found.traits[code].distance for code in CODES[1:] if code not in found.members]
    assert max(inside) <= min(outside, default=math.inf)
    assert inside == sorted(inside)
    back = peers.similar("120000", frame_of(sized(known)), catalog, most)
    assert back.traits["110000"].distance == pytest.approx(found.traits["120000"].distance)
    scaled = {code: (people * factor, rich) for code, (people, rich) in known.items()}
    other = peers.similar("110000", frame_of(sized(scaled)), catalog, most)
    for code in CODES[1:]:
        assert other.traits[code].distance == pytest.approx(found.traits[code].distance, abs=1e-6)


def test_regions_that_are_all_alike_are_at_no_distance(catalog: Catalog) -> None:
    found = peers.similar("110000", frame_of(sized(dict.fromkeys(CODES, (1e6, 1e5)))), catalog, most=1)
    assert found.distances == dict.fromkeys(CODES[1:], 0.0)


# --- the other rules --------------------------------------------------------------------------------------------------


def test_a_province_has_its_economic_region_for_neighbours(catalog: Catalog) -> None:
    having = ["000000", "210000", "220000", "230000", "310000", "210100"]
    found = peers.near("220000", having, catalog, load_region_sets())
    assert (found.members, found.group, found.missing) == (("210000", "230000"), "northeast", ())


def test_below_the_province_neighbours_share_their_parent(catalog: Catalog) -> None:
    having = ["630100", "630200", "632800", "632802", "632801", "650100", "630000"]
    city = peers.near("630100", having, catalog, load_region_sets())
    assert (city.members, city.group) == (("630200", "632800"), "630000")
    county = peers.near("632802", having, catalog, load_region_sets())
    assert (county.members, county.group) == (("632801",), "632800")


def test_a_region_without_others_says_so(catalog: Catalog) -> None:
    sets = load_region_sets()
    for code in ("000000", "630100", "211122"):
        assert peers.near(code, [code, "110000"], catalog, sets).missing == (peers.OTHERS,)
        assert peers.same_level(code, [code, "110000"], catalog).missing == (peers.OTHERS,)


def test_a_province_of_no_set_has_no_neighbours(catalog: Catalog) -> None:
    """Its siblings are all other provinces, which is the rule `level`."""
    found = peers.near("810000", ["110000", "810000", "820000"], catalog, load_region_sets())
    assert (found.members, found.missing) == ((), (peers.OTHERS,))


def test_all_of_the_level_with_data(catalog: Catalog) -> None:
    having = ["000000", "120000", "110000", "630100"]
    assert peers.same_level("110000", having, catalog).members == ("120000",)


def test_what_is_picked_by_hand_keeps_to_level_and_data(catalog: Catalog) -> None:
    having = ["110000", "120000", "130000", "630100"]
    picked = ["130000", "110000", "630100", "310000", "120000", "130000"]
    assert peers.by_hand("110000", picked, having, catalog).members == ("120000", "130000")
    assert peers.by_hand("110000", [], having, catalog).missing == (peers.OTHERS,)


def test_rules_without_members_and_doubles_are_not_offered(catalog: Catalog) -> None:
    """Of eight provinces with data the ten nearest are all of the level: offered once, under the plainer name."""
    sets, rows = load_region_sets(), frame_of(sized(even()))
    assert peers.usable(peers.all_rules("110000", CODES, rows, catalog, sets)) == ("near", "level")
    assert peers.usable(peers.all_rules("630100", [*CODES, "630100"], rows, catalog, sets)) == ()


def test_an_empty_frame_measures_nobody(catalog: Catalog) -> None:
    empty = frame_of([])
    assert isinstance(empty, pd.DataFrame)
    found = peers.all_rules("110000", ["110000"], empty, catalog, load_region_sets())
    assert {rule: one.missing for rule, one in found.items()} == {
        "similar": peers.INPUTS,
        "near": (peers.OTHERS,),
        "level": (peers.OTHERS,),
    }
