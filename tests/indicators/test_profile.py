"""A region's profile: which value is the latest, against what it changed, where it stands, and when nothing is said."""

import math
from collections.abc import Sequence
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest

from indicators import profile, strengths
from indicators.catalog import Catalog, load_catalog
from indicators.entry import Compared, Entry, Value
from indicators.observation import OBSERVATIONS, observation_id
from indicators.standing import Apart, Place

HERE = "110000"
PEERS = ["110000", "120000", "130000", "140000", "150000", "210000", "220000", "230000"]
DEFAULTS: dict[str, Any] = {
    **dict.fromkeys(OBSERVATIONS.names), "region": HERE, "measure": "level", "comparator": "eq", "scenario": "actual", "status": "A",
    "standing": "current", "origin": "table", "source_id": "tables/t", "printed": "1", "row": "r", "column": "c",
}  # fmt: skip
NO_BREAKS = pd.DataFrame({"indicator": [], "series": [], "year": [], "zh": [], "en": []})


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


def row(catalog: Catalog, indicator: str, year: int | None, value: float, **more: Any) -> dict[str, Any]:
    unit = catalog.indicators[indicator].unit
    made = {**DEFAULTS, "indicator": indicator, "year": year, "value": value, "unit": unit, **more}
    return {**made, "observation_id": observation_id(made)}


def frame(rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Rows with the types that an edition gives them."""
    whole = {"int16": pd.Int16Dtype(), "int32": pd.Int32Dtype()}
    return pa.Table.from_pylist(rows, schema=OBSERVATIONS).to_pandas(types_mapper=lambda kind: whole.get(str(kind)))


def breaks(*pairs: tuple[str, int]) -> pd.DataFrame:
    rows = [{"indicator": name, "series": None, "year": year, "zh": "", "en": ""} for name, year in pairs]
    return pd.DataFrame(rows, columns=list(NO_BREAKS))


def entries(
    catalog: Catalog, own: list[dict[str, Any]], peers: Sequence[dict[str, Any]] = (), cuts: pd.DataFrame = NO_BREAKS
) -> dict[str, Entry]:
    found = profile.profile(HERE, frame(own), frame([*own, *peers]), catalog, cuts)
    return {entry.indicator.id: entry for entry in found}


# --- which values make the profile ------------------------------------------------------------------------------------


def test_only_actual_values_of_the_whole_region_make_the_profile(catalog: Catalog) -> None:
    kept = row(catalog, "makerspaces", 2020, 7.0)
    left_out = [
        row(catalog, "incubators", 2020, 3.0, grade="national"),
        row(catalog, "tech_enterprises", 2020, 4.0, scope="园区"),
        row(catalog, "hightech_enterprises", 2025, 9.0, scenario="target"),
        row(catalog, "market_entities", 2020, 34.4, measure="share", unit="percent"),
        row(catalog, "patent_grants", 2020, 49.0, measure="growth", unit="percent", base_year=2014),
        row(catalog, "new_enterprises", None, 5.0, scenario="requirement"),
    ]
    assert list(entries(catalog, [kept, *left_out])) == ["makerspaces"]
    own = frame([kept, *left_out])
    assert list(profile.partial(own)["indicator"]) == [
        "incubators",
        "tech_enterprises",
        "market_entities",
        "patent_grants",
    ]
    assert list(profile.promised(own)["indicator"]) == ["hightech_enterprises", "new_enterprises"]


def test_every_row_is_in_exactly_one_part_or_is_an_earlier_value(catalog: Catalog) -> None:
    own = frame([
        row(catalog, "gdp", 2019, 1.0), row(catalog, "gdp", 2020, 2.0), row(catalog, "gdp", 2020, 6.0, measure="growth", unit="percent", base_year=2019),
        row(catalog, "gdp", 2020, 2.0, measure="rank", unit="rank"), row(catalog, "gdp", 2030, 9.0, scenario="target"),
    ])  # fmt: skip
    parts = [set(some["observation_id"]) for some in (profile.partial(own), profile.promised(own))]
    assert not parts[0] & parts[1]
    assert set(own["observation_id"]) - parts[0] - parts[1] == set(own["observation_id"][:3])


def test_the_latest_level_is_taken_and_the_catalogue_gives_the_order(catalog: Catalog) -> None:
    found = entries(
        catalog,
        [row(catalog, "gdp", 2019, 1.0), row(catalog, "gdp", 2021, 3.0), row(catalog, "makerspaces", 2018, 4.0)],
    )
    assert list(found) == ["makerspaces", "gdp"]
    assert (found["gdp"].year, found["gdp"].level and found["gdp"].level.value) == (2021, 3.0)


def test_a_region_without_actual_values_has_an_empty_profile(catalog: Catalog) -> None:
    own = [row(catalog, "makerspaces", 2020, 30.0, scenario="target", comparator="ge")]
    assert entries(catalog, own) == {}
    assert profile.needed(frame(own)) == []


def test_growth_that_is_printed_without_a_level_is_shown_alone(catalog: Catalog) -> None:
    own = [row(catalog, "gdp", 2016, 12.3, measure="growth", unit="percent", base_year=2015)]
    found = entries(catalog, own)["gdp"]
    assert found.level is None and found.change
    assert (found.change.value, found.change.printed, found.inputs) == (12.3, True, (own[0]["observation_id"],))


# --- change and path ----------------------------------------------------------------------------------------------------


def test_a_printed_change_stands_before_a_computed_one(catalog: Catalog) -> None:
    levels = [row(catalog, "gdp", 2019, 100.0), row(catalog, "gdp", 2020, 110.0)]
    printed = row(catalog, "gdp", 2020, 6.1, measure="growth", unit="percent", base_year=2019, origin="report")
    computed = entries(catalog, levels)["gdp"].change
    assert computed and (round(computed.value, 6), computed.unit, computed.printed) == (10.0, "percent", False)
    assert set(computed.inputs) == {one["observation_id"] for one in levels}
    found = entries(catalog, [*levels, printed])["gdp"].change
    assert found and (found.value, found.printed, found.inputs) == (6.1, True, (printed["observation_id"],))


def test_shares_change_in_points(catalog: Catalog) -> None:
    found = entries(catalog, [row(catalog, "rd_intensity", 2023, 2.58), row(catalog, "rd_intensity", 2024, 2.69)])
    change = found["rd_intensity"].change
    assert change and (round(change.value, 6), change.unit) == (0.11, "percentage_point")


@pytest.mark.parametrize(
    ("years", "cuts", "path", "changes"),
    [
        ([2018, 2019, 2020], [], (1.0, 2.0, 3.0), True),
        ([2017, 2019, 2020], [], (2.0, 3.0), True),
        ([2015, 2018, 2020], [], (), False),
        ([2018, 2019, 2020], [2019], (2.0, 3.0), True),
        ([2018, 2019, 2020], [2020], (), False),
        ([2018, 2019, 2020], [2021], (1.0, 2.0, 3.0), True),
    ],
    ids=["whole", "gap before", "gap now", "break before", "break now", "break ahead"],
)
def test_the_line_ends_where_values_stop_comparing(
    catalog: Catalog, years: list[int], cuts: list[int], path: tuple[float, ...], changes: bool
) -> None:
    own = [row(catalog, "patent_grants", year, value) for year, value in zip(years, (1.0, 2.0, 3.0), strict=True)]
    found = entries(catalog, own, cuts=breaks(*(("patent_grants", year) for year in cuts)))["patent_grants"]
    assert found.path == path
    assert (found.change is not None) is changes


def test_series_are_not_joined(catalog: Catalog) -> None:
    own = [row(catalog, "talents", 2019, 5.0, series="a"), row(catalog, "talents", 2020, 9.0, series="b")]
    found = entries(catalog, own)["talents"]
    assert (found.path, found.change) == ((), None)


@pytest.mark.parametrize(("series", "of"), [("b", 8), ("a", None), (None, None)])
def test_peers_are_ranked_within_one_series(catalog: Catalog, series: str | None, of: int | None) -> None:
    own = [row(catalog, "talents", 2020, 9.0, series="b")]
    others = [row(catalog, "talents", 2020, 1.0, region=code, series=series) for code in PEERS[1:]]
    compared = entries(catalog, own, others)["talents"].compared
    assert (compared and compared.place.of) == of


def test_nothing_is_computed_from_a_limit(catalog: Catalog) -> None:
    own = [row(catalog, "makerspaces", 2019, 5.0), row(catalog, "makerspaces", 2020, 9.0, comparator="ge")]
    peers = [row(catalog, "makerspaces", 2020, 1.0, region=code) for code in PEERS[1:]]
    found = entries(catalog, own, peers)["makerspaces"]
    assert found.level and (found.level.comparator, found.compared) == ("ge", None)
    assert (found.path, found.change) == ((), None)


# --- places -----------------------------------------------------------------------------------------------------------


def rivals(catalog: Catalog, indicator: str, year: int, values: Sequence[float], **more: Any) -> list[dict[str, Any]]:
    """One value for each of the first peers."""
    return [
        row(catalog, indicator, year, value, region=code, **more)
        for code, value in zip(PEERS[1:], values, strict=False)
    ]


def among(catalog: Catalog, indicator: str, own: float, others: list[float]) -> Compared | None:
    peers = rivals(catalog, indicator, 2020, others)
    return entries(catalog, [row(catalog, indicator, 2020, own)], peers)[indicator].compared


@pytest.mark.parametrize(
    ("indicator", "own", "others", "place"),
    [
        ("rd_intensity", 3.0, [1.0, 2.0, 4.0, 5.0, 6.0], Place(4, 3, 6)),
        ("rd_intensity", 3.0, [3.0, 3.0, 1.0, 1.0, 1.0], Place(1, 4, 6)),
        ("business_setup_days", 3.0, [1.0, 4.0, 5.0, 6.0, 7.0], Place(2, 5, 6)),
        ("rd_intensity", 3.0, [1.0, 2.0, 4.0, 5.0], None),
    ],
    ids=["middle", "ties share the better place", "fewer days are better", "too few"],
)
def test_a_place_among_peers(
    catalog: Catalog, indicator: str, own: float, others: list[float], place: Place | None
) -> None:
    found = among(catalog, indicator, own, others)
    assert (found and found.place) == place
    assert found is None or len(found.around) == len(others)


def test_a_place_is_taken_before_rounding(catalog: Catalog) -> None:
    found = among(catalog, "rd_intensity", 2.001, [2.0011, 2.0009, 1.0, 1.0, 1.0])
    assert found and found.place == Place(2, 5, 6)


def test_only_values_of_the_same_year_compete(catalog: Catalog) -> None:
    peers = [row(catalog, "rd_intensity", 2019, 9.0, region=code) for code in PEERS[1:]]
    assert entries(catalog, [row(catalog, "rd_intensity", 2020, 2.0)], peers)["rd_intensity"].compared is None


def test_only_values_of_the_same_series_compete(catalog: Catalog) -> None:
    own = [row(catalog, "patent_grants", 2020, 5.0, series="b"), row(catalog, "population", 2020, 1e6)]
    peers = [
        row(catalog, name, 2020, 7.0 + step, region=code, series=series)
        for step, code in enumerate(PEERS[1:])
        for name, series in (("patent_grants", "a"), ("patent_grants", None), ("population", None))
    ]
    found = entries(catalog, own, peers)["patent_grants"]
    assert found.level and found.per_head and (found.compared, found.compared_per_head) == (None, None)
    same = [{**one, "series": "b"} if one["series"] == "a" else one for one in peers]
    found = entries(catalog, own, same)["patent_grants"]
    assert found.compared and found.compared_per_head
    assert (len(found.compared.around), len(found.compared_per_head.around)) == (len(PEERS) - 1, len(PEERS) - 1)


def test_per_head_has_a_standing_of_its_own_and_all_its_inputs(catalog: Catalog) -> None:
    own = [row(catalog, "patent_grants", 2020, 500.0), row(catalog, "population", 2020, 100_000.0)]
    peers = [
        row(catalog, name, 2020, value, region=code)
        for step, code in enumerate(PEERS[1:6])
        for name, value in (("patent_grants", 1000.0 + step), ("population", 1_000_000.0))
    ]
    found = entries(catalog, own, peers)["patent_grants"]
    assert found.compared and found.compared.place == Place(6, 1, 6)
    head = found.compared_per_head
    assert head and (head.value, head.unit, head.place) == (50.0, "per_10k", Place(1, 6, 6))
    assert found.per_head == Value(head.value, head.unit, "eq", head.inputs)
    assert head.inputs == tuple(one["observation_id"] for one in own)
    ids = {code: tuple(one["observation_id"] for one in peers if one["region"] == code) for code in PEERS[1:6]}
    assert {code: one.inputs for code, one in head.around.items()} == ids
    assert found.fair is head and head.apart and head.apart.logs


def test_no_value_per_head_of_what_cannot_be_divided_or_has_no_population(catalog: Catalog) -> None:
    own = [
        row(catalog, "rd_intensity", 2020, 2.0),
        row(catalog, "patent_grants", 2019, 5.0),
        row(catalog, "population", 2020, 9.0),
    ]
    peers = [
        one
        for name, year in (("rd_intensity", 2020), ("patent_grants", 2019), ("population", 2020))
        for one in rivals(catalog, name, year, [1.0] * 5)
    ]
    found = entries(catalog, own, peers)
    assert [entry.per_head for entry in found.values()] == [None, None, None]
    fair = {name: entry.fair and entry.fair.value for name, entry in found.items()}
    assert fair == {"rd_intensity": 2.0, "patent_grants": None, "population": 9.0}


def test_a_value_that_no_peer_has_yet_leaves_the_place_to_the_year_before(catalog: Catalog) -> None:
    """2025 has four peers, one too few; of 2024's five (1, 2, 3, 4, 5: sd sqrt(2.5)) two are above 3.5."""
    own = [row(catalog, "rd_intensity", year, value) for year, value in ((2023, 9.0), (2024, 3.5), (2025, 3.6))]
    peers = [
        *rivals(catalog, "rd_intensity", 2025, [7.0] * 4),
        *rivals(catalog, "rd_intensity", 2024, [1.0, 2.0, 3.0, 4.0, 5.0]),
        *rivals(catalog, "rd_intensity", 2023, [1.0] * 6),
    ]
    found = entries(catalog, own, peers)["rd_intensity"]
    assert found.level and (found.year, found.level.value) == (2025, 3.6)
    assert found.change and found.change.value == pytest.approx(0.1)
    compared = found.fair
    assert compared and (compared.year, compared.value, compared.place) == (2024, 3.5, Place(3, 4, 6))
    assert compared.inputs == (own[1]["observation_id"],)
    assert compared.apart and compared.apart.distance == pytest.approx(0.5 / math.sqrt(2.5))
    fifth = row(catalog, "rd_intensity", 2025, 7.0, region=PEERS[6])
    now = entries(catalog, own, [*peers, fifth])["rd_intensity"].compared
    assert now and (now.year, now.value, now.place) == (2025, 3.6, Place(6, 1, 6))


@pytest.mark.parametrize("comparator", ["ge", "le", "approx"])
def test_a_newest_value_that_is_a_limit_leaves_the_place_to_the_exact_one_before(
    catalog: Catalog, comparator: str
) -> None:
    own = [row(catalog, "makerspaces", 2019, 5.0), row(catalog, "makerspaces", 2020, 9.0, comparator=comparator)]
    peers = [one for year in (2019, 2020) for one in rivals(catalog, "makerspaces", year, [4.0, 6.0, 7.0, 8.0, 9.0])]
    found = entries(catalog, own, peers)["makerspaces"]
    assert found.level and (found.year, found.level.comparator) == (2020, comparator)
    assert found.compared and (found.compared.year, found.compared.place) == (2019, Place(5, 2, 6))


def test_limits_of_peers_do_not_make_a_year_that_compares(catalog: Catalog) -> None:
    own = [row(catalog, "rd_intensity", year, 2.0) for year in (2019, 2020)]
    peers = [
        *rivals(catalog, "rd_intensity", 2020, [3.0] * 6, comparator="ge"),
        *rivals(catalog, "rd_intensity", 2019, [3.0] * 5),
    ]
    compared = entries(catalog, own, peers)["rd_intensity"].compared
    assert compared and (compared.year, compared.place) == (2019, Place(6, 1, 6))


def test_another_series_is_no_earlier_year(catalog: Catalog) -> None:
    """The newest value rests on a definition of its own: a place by the older one would be of something else."""
    own = [row(catalog, "talents", 2019, 5.0, series="a"), row(catalog, "talents", 2020, 9.0, series="b")]
    peers = rivals(catalog, "talents", 2019, [1.0] * 6, series="a")
    assert entries(catalog, own, peers)["talents"].compared is None


def test_per_head_rests_on_the_newest_year_whose_population_is_known(catalog: Catalog) -> None:
    """Grants of 2025 over a population that ends in 2024: 600 of 100,000 are 60 for 10,000, five peers have 10 to 50."""
    own = [
        row(catalog, "patent_grants", 2025, 700.0),
        row(catalog, "patent_grants", 2024, 600.0),
        row(catalog, "population", 2024, 100_000.0),
    ]
    peers = [
        *rivals(catalog, "patent_grants", 2025, [1.0] * 5),
        *rivals(catalog, "patent_grants", 2024, [1000.0, 2000.0, 3000.0, 4000.0, 5000.0]),
        *rivals(catalog, "population", 2024, [1e6] * 5),
    ]
    found = entries(catalog, own, peers)["patent_grants"]
    assert found.per_head is None, "the population of 2025 is not known"
    assert found.compared and (found.compared.year, found.compared.place) == (2025, Place(1, 6, 6))
    head = found.compared_per_head
    assert head and (head.year, head.value, head.place) == (2024, 60.0, Place(1, 6, 6))
    assert head.apart and head.apart.median == 30.0
    assert found.fair is head


def test_what_must_be_read_of_the_peers(catalog: Catalog) -> None:
    own = frame(
        [row(catalog, "gdp", 2019, 1.0), row(catalog, "gdp", 2020, 2.0), row(catalog, "makerspaces", 2018, 3.0)]
    )
    assert profile.needed(own) == [
        ("gdp", 2019), ("gdp", 2020), ("makerspaces", 2018), *(("population", year) for year in (2018, 2019, 2020)),
    ]  # fmt: skip


# --- strengths, weaknesses and how it moves ---------------------------------------------------------------------------


def apart(distance: float) -> Apart:
    return Apart(distance, 1.0, 1.0, True, {})


def entry(
    catalog: Catalog,
    indicator: str,
    distance: float | None,
    year: int = 2020,
    per_head: float | None = None,
    change: float | None = None,
    compared_in: int | None = None,
) -> Entry:
    level = Value(1.0, "count", "eq", ("x",))
    changed = None if change is None else profile.Change(change, "percent", "eq", ("x",), True)
    one = catalog.indicators[indicator]
    compared, head = (
        None
        if far is None
        else Compared(1.0, "count", "eq", ("x",), compared_in or year, Place(1, 6, 6), apart(far), {})
        for far in (distance, per_head)
    )
    return Entry(one, year, level, changed, (), None, "table", "population" in one.per, compared, head)


def names(found: Sequence[strengths.Standing]) -> list[str]:
    return [one.entry.indicator.id for one in found]


def test_more_than_one_standard_deviation_is_a_strength_or_weakness(catalog: Catalog) -> None:
    some = [
        entry(catalog, "rd_intensity", 1.01),
        entry(catalog, "gdp_per_capita", 1.0),
        entry(catalog, "urban_income", -1.0),
        entry(catalog, "rural_income", -1.5),
        entry(catalog, "business_setup_days", 2.5),
    ]
    found = strengths.standings(some)
    assert [one.apart.distance for one in found] == [2.5, 1.01, 1.0, -1.0, -1.5]
    best, worst = strengths.strengths(found)
    assert (names(best), names(worst)) == (["business_setup_days", "rd_intensity"], ["rural_income"])


def test_totals_count_per_head_or_not_at_all(catalog: Catalog) -> None:
    some = [
        entry(catalog, "patent_grants", 3.0, per_head=-2.0),
        entry(catalog, "tech_contract_value", 3.0),  # the population of its year is not known
    ]
    best, worst = strengths.strengths(strengths.standings(some))
    assert (names(best), names(worst)) == ([], ["patent_grants"])
    assert worst[0].shown is some[0].compared_per_head


def test_what_cannot_be_a_strength(catalog: Catalog) -> None:
    some = [
        entry(catalog, "population", 3.0),  # neither more nor less is better
        entry(catalog, "rd_intensity_first_published", 3.0),  # another vintage of what counts already
        entry(catalog, "gdp_per_capita", 3.0, year=2020 - strengths.RECENT),  # too old
        entry(catalog, "rural_income", 3.0, compared_in=2020 - strengths.RECENT),  # new, but compared too long ago
        entry(catalog, "rd_intensity", None),  # no distance
        entry(catalog, "urban_income", 0.5),
    ]
    found = strengths.standings(some, aside=("rd_intensity_first_published",))
    assert names(found) == ["urban_income"]
    assert strengths.strengths(found) == ([], [])
    assert strengths.standings([]) == []


def test_moves_respect_the_direction_and_the_years(catalog: Catalog) -> None:
    some = [
        entry(catalog, "rd_intensity", None, change=0.1),
        entry(catalog, "gdp_per_capita", None, change=-2.0),
        entry(catalog, "business_setup_days", None, change=-10.0),  # fewer days are better
        entry(catalog, "urban_income", None, change=0.0),
        entry(catalog, "population", None, change=5.0),  # neither
        entry(catalog, "rural_income", None, change=5.0, year=2020 - strengths.RECENT),  # too old
        entry(catalog, "makerspaces", None),  # not known
    ]
    assert strengths.moves(some) == strengths.Moves(better=2, worse=1, same=1)
    assert strengths.moves([]) == strengths.Moves(0, 0, 0)


def test_the_line_says_its_years(catalog: Catalog) -> None:
    own = [row(catalog, "gdp", year, float(year)) for year in (2015, 2018, 2019, 2020)]
    assert entries(catalog, own)["gdp"].years == (2018, 2020)
    assert entries(catalog, own[:1])["gdp"].years is None
