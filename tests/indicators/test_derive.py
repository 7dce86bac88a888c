"""What follows from printed values: by hand, with bounds and inputs, and nothing where nothing follows."""

from typing import Any

import pytest

from etl.observe import settle
from indicators import compare
from indicators.catalog import Catalog, load_catalog
from indicators.derive import METHODS, derive
from indicators.observation import DERIVED, OBSERVATIONS, observation_id
from tests.observations import breaks_of, frame_of

DEFAULTS: dict[str, Any] = {
    **dict.fromkeys(OBSERVATIONS.names), "region": "110000", "measure": "level", "unit": "count", "comparator": "eq",
    "scenario": "actual", "status": "A", "standing": "current", "origin": "table", "source_id": "tables/a", "row": "r",
    "published": "2022",
}  # fmt: skip
REPORT = {"source_id": "reports/r", "origin": "report", "published": "2021-03"}


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


def level(indicator: str, year: int, printed: str, factor: float = 1.0, **more: Any) -> dict[str, Any]:
    value = float(printed) * factor
    made = {
        **DEFAULTS,
        "indicator": indicator,
        "year": year,
        "printed": printed,
        "value": value,
        "column": str(year),
        **more,
    }
    return {**made, "observation_id": observation_id(made)}


def growth(indicator: str, year: int, printed: str, **more: Any) -> dict[str, Any]:
    base = {"measure": "growth", "unit": "percent", "base_year": year - 1, "column": f"growth {year}"}
    return level(indicator, year, printed, **{**base, **more})


def found(rows: list[dict[str, Any]], catalog: Catalog, method: str, *breaks: dict[str, Any]) -> list[dict[str, Any]]:
    return [row for row in derive(settle(rows), catalog, breaks) if row["method"] == method]


# -- earlier levels ---------------------------------------------------------------------------------------------------

SERIES = [
    level("incubators", 2016, "3255"), level("incubators", 2017, "4069"), level("incubators", 2018, "4849"),
    growth("incubators", 2017, "24.8"), growth("incubators", 2018, "19.2"),
]  # fmt: skip


def test_levels_that_growth_asks_for_stand_beside_the_printed_ones(catalog: Catalog) -> None:
    rows = found(SERIES, catalog, "earlier_level")
    assert [(row["year"], round(row["low"], 1), round(row["high"], 1), row["verdict"]) for row in rows] == [
        (2016, 3259.1, 3261.7, "contradicts"),
        (2017, 4066.2, 4069.7, "agrees"),
    ]
    assert [row["value"] for row in rows] == pytest.approx([4069 / 1.248, 4849 / 1.192])
    assert [row["printed_id"] for row in rows] == [SERIES[0]["observation_id"], SERIES[1]["observation_id"]]
    assert rows[1]["inputs"] == [SERIES[2]["observation_id"], SERIES[4]["observation_id"]]


def test_an_earlier_level_that_nobody_printed_is_there_without_a_verdict(catalog: Catalog) -> None:
    (row,) = found([SERIES[2], SERIES[4]], catalog, "earlier_level")
    assert (row["year"], row["printed_id"], row["verdict"]) == (2017, None, None)
    assert (row["origin"], row["measure"], row["unit"], row["base_year"]) == ("derived", "level", "count", None)
    assert row["sources"] == ["tables/a"]


def test_a_change_in_points_gives_the_earlier_rate(catalog: Catalog) -> None:
    now = level("rd_intensity", 2020, "2.56", unit="percent")
    moved = growth("rd_intensity", 2020, "0.22", measure="change", unit="percentage_point")
    (row,) = found([now, moved], catalog, "earlier_level")
    assert (row["value"], row["low"], row["high"]) == pytest.approx((2.34, 2.33, 2.35))


@pytest.mark.parametrize(
    "rows",
    [
        [level("gdp", 2020, "110", 1e8, unit="yuan"), growth("gdp", 2020, "10")],  # constant prices
        [SERIES[2], {**SERIES[4], "comparator": "ge"}],
        [SERIES[2], growth("incubators", 2018, "19.2", scope="园区")],
        [SERIES[2], growth("incubators", 2018, "19.2", grade="national")],
        [SERIES[2], growth("incubators", 2018, "19.2", scenario="target")],
        [SERIES[2], growth("incubators", 2018, "19.2", base_year=None)],
        [SERIES[2], growth("incubators", 2018, "19.2", source_id="tables/b")],
        [SERIES[2], growth("incubators", 2018, "-100")],
        [level("rd_intensity", 2020, "2.5", unit="percent"), growth("rd_intensity", 2020, "3")],  # percent of a percentage
        [level("tech_contract_value", 2021, "4.5", 1e8, unit="yuan", **REPORT), growth("tech_contract_value", 2021, "9", **REPORT)],
    ],
)  # fmt: skip
def test_no_earlier_level_follows(rows: list[dict[str, Any]], catalog: Catalog) -> None:
    assert found(rows, catalog, "earlier_level") == []


def test_no_earlier_level_lies_beyond_a_break(catalog: Catalog) -> None:
    cut = {"indicator": "incubators", "series": None, "year": 2018}
    assert [row["year"] for row in found(SERIES, catalog, "earlier_level", cut)] == [2016]


def test_a_stock_on_a_day_is_not_judged_by_the_level_of_a_year_s_end(catalog: Catalog) -> None:
    rows = [
        level("incubators", 2021, "20", **REPORT), growth("incubators", 2021, "25", **REPORT),
        level("incubators", 2020, "30"),
    ]  # fmt: skip
    (row,) = found(rows, catalog, "earlier_level")
    assert (row["value"], row["verdict"]) == (16.0, None)


# -- growth, shares, quotients ----------------------------------------------------------------------------------------


def test_growth_of_counts_is_exact_and_that_of_amounts_is_not(catalog: Catalog) -> None:
    rows = [*SERIES, level("gdp", 2019, "100.0", 1e8, unit="yuan"), level("gdp", 2020, "110.0", 1e8, unit="yuan")]
    counted, *_, amount = sorted(
        found(rows, catalog, "growth"), key=lambda row: (row["indicator"] == "gdp", row["year"])
    )
    assert counted["low"] == counted["high"] == pytest.approx(100 * (4069 / 3255 - 1))
    assert counted["verdict"] == "contradicts"
    assert (amount["low"], amount["high"]) == pytest.approx((100 * (109.95 / 100.05 - 1), 100 * (110.05 / 99.95 - 1)))
    assert (amount["unit"], amount["base_year"], amount["verdict"]) == ("percent", 2019, None)


def test_shares_change_in_points(catalog: Catalog) -> None:
    rows = [level("rd_intensity", year, printed, unit="percent") for year, printed in ((2019, "2.50"), (2020, "2.56"))]
    (row,) = found(rows, catalog, "change")
    assert (row["unit"], row["measure"]) == ("percentage_point", "change")
    assert (row["value"], row["low"], row["high"]) == pytest.approx((0.06, 0.05, 0.07))


def test_parts_heads_and_gdp_by_hand(catalog: Catalog) -> None:
    rows = [
        level("invention_grants", 2020, "30"), level("patent_grants", 2020, "120"),
        level("population", 2020, "2.0", 1e4, unit="person"), level("gdp", 2020, "4.0", 1e8, unit="yuan"),
    ]  # fmt: skip
    (part,) = found(rows, catalog, "part_share")
    assert (part["indicator"], part["measure"], part["unit"]) == ("invention_grants", "share", "percent")
    assert (part["value"], part["low"], part["high"]) == (25.0, 25.0, 25.0)
    heads = {row["indicator"]: row for row in found(rows, catalog, "per_head")}
    patents = heads["patent_grants"]
    assert (patents["value"], patents["low"], patents["high"]) == pytest.approx((60.0, 120 / 2.05, 120 / 1.95))
    assert patents["unit"] == "per_10k"
    assert patents["inputs"] == [rows[1]["observation_id"], rows[2]["observation_id"]]
    assert {row["indicator"] for row in found(rows, catalog, "per_gdp")} <= set(catalog.indicators)


@pytest.mark.parametrize(
    "other",
    [{"comparator": "ge"}, {"scenario": "target"}, {"standing": "superseded"}, {"scope": "园区"}, {"year": 2019},
     {"series": "old"}, {"region": "120000"}],
)  # fmt: skip
def test_a_quotient_needs_an_exact_denominator_of_the_same_place_and_year(
    other: dict[str, Any], catalog: Catalog
) -> None:
    rows = [level("patent_grants", 2020, "120"), {**level("population", 2020, "2.0", 1e4, unit="person"), **other}]
    assert found(rows, catalog, "per_head") == []


def test_what_is_derived_is_what_pages_compute(catalog: Catalog) -> None:
    rows = settle([
        level(name, year, printed, factor, unit=catalog.indicators[name].unit, region=region)
        for region, more in (("110000", 0), ("120000", 7))
        for year in (2018, 2019, 2020)
        for name, printed, factor in (
            ("patent_grants", str(900 + year * 3 % 71 + more), 1), ("population", f"21{more}{year % 7}.5", 1e4),
            ("gdp", f"3{more}{year % 9}02.11", 1e8), ("rd_intensity", f"6.{year % 50}", 1),
        )
    ])  # fmt: skip
    frame = compare.with_inputs(frame_of(rows))
    computed = {
        "per_head": compare.divide(frame.loc[frame["indicator"] == "patent_grants"], frame, "per_head"),
        "growth": compare.year_on_year(frame, catalog, breaks_of()),
    }
    made = derive(rows, catalog)
    for method, wanted in computed.items():
        known = {frozenset(row["inputs"]): row["value"] for row in made if row["method"] in (method, "change")} | {
            frozenset(row["inputs"]): row["value"] for row in made if row["method"] == method
        }
        assert len(wanted)
        for row in wanted.itertuples():
            assert known[frozenset(row.inputs)] == pytest.approx(row.value)
    for row in made:
        assert row["low"] <= row["value"] <= row["high"]


def test_rows_fit_their_schema_and_are_never_two_of_one_kind(catalog: Catalog) -> None:
    made = derive(settle(SERIES), catalog)
    assert all(set(row) == set(DERIVED.names) and row["method"] in METHODS for row in made)
    ids = [row["observation_id"] for row in made]
    assert len(set(ids)) == len(ids) and not set(ids) & {row["observation_id"] for row in SERIES}
