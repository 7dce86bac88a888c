"""The facts behind a comparison's sentence."""

from typing import Any

import pandas as pd
import pytest

from indicators import facts
from indicators.catalog import Catalog, load_catalog

PLACES = ["110000", "120000", "130000", "140000"]


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


def rows(values: dict[str, float], indicator: str = "gdp", year: int = 2020, unit: str = "yuan") -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"region": code, "indicator": indicator, "year": year, "value": value, "unit": unit}
            for code, value in values.items()
        ]
    )


def test_a_spread_names_all_that_are_equal_first_or_last() -> None:
    found = facts.spread(rows(dict(zip(PLACES, [9.0, 9.0, 4.0, 3.0], strict=True))))
    assert (found.highest, found.lowest) == (("110000", "120000"), ("140000",))
    assert (found.n, found.top, found.bottom, found.median, found.times) == (4, 9.0, 3.0, 6.5, 3.0)


@pytest.mark.parametrize("lowest", [0.0, -2.0])
def test_no_multiple_of_nothing_or_less(lowest: float) -> None:
    assert facts.spread(rows({"110000": 5.0, "120000": lowest})).times is None


def test_no_spread_of_no_values() -> None:
    with pytest.raises(ValueError, match="no values"):
        facts.spread(rows({"110000": 1.0}).iloc[:0])


def test_lacking_regions_are_named_in_order() -> None:
    assert facts.lacking(rows({"120000": 1.0}), PLACES) == ("110000", "130000", "140000")


def two_years(before: dict[str, float], after: dict[str, float], **more: Any) -> pd.DataFrame:
    return pd.concat([rows(before, year=2015, **more), rows(after, year=2020, **more)])


def test_levels_change_in_percent_and_only_where_both_years_are_there(catalog: Catalog) -> None:
    frame = two_years({"110000": 4.0, "120000": 10.0, "130000": 1.0}, {"110000": 6.0, "120000": 9.0, "140000": 1.0})
    changed = facts.changes(frame, 2015, 2020, catalog)
    assert changed.set_index("region")["change"].to_dict() == pytest.approx({"110000": 50.0, "120000": -10.0})
    found = facts.moves(changed)
    assert found is not None
    assert (found.n, found.up, found.down, found.unit) == (2, 1, 1, "percent")
    assert (found.rise, found.rise_by, found.fall) == (("110000",), 50.0, ("120000",))
    assert found.fall_by == pytest.approx(-10.0)


def test_shares_change_in_percentage_points(catalog: Catalog) -> None:
    frame = two_years({"110000": 2.0}, {"110000": 2.5}, indicator="rd_intensity", unit="percent")
    changed = facts.changes(frame, 2015, 2020, catalog)
    assert (changed["change"].iloc[0], changed["unit"].iloc[0]) == (0.5, "percentage_point")


def test_a_rise_from_nothing_counts_but_has_no_percent(catalog: Catalog) -> None:
    found = facts.moves(facts.changes(two_years({"110000": 0.0}, {"110000": 5.0}), 2015, 2020, catalog))
    assert found is not None and (found.up, found.rise) == (1, ())


def test_no_pairs_no_moves(catalog: Catalog) -> None:
    assert facts.moves(facts.changes(two_years({"110000": 1.0}, {"120000": 5.0}), 2015, 2020, catalog)) is None


def test_climbs_rank_the_regions_that_have_both_years(catalog: Catalog) -> None:
    frame = two_years({"110000": 3.0, "120000": 2.0, "130000": 9.0}, {"110000": 1.0, "120000": 5.0})
    changed = facts.changes(frame, 2015, 2020, catalog)
    found = facts.climbs(changed, catalog.indicators["gdp"]).set_index("region")
    assert found["gained"].to_dict() == {"110000": -1, "120000": 1}


def test_joint_counts_both_sides_of_the_medians_and_correlates_ranks() -> None:
    codes = [str(n) for n in range(11)]
    across = {code: float(n) for n, code in enumerate(codes)}
    up = {code: float(n) ** 3 for n, code in enumerate(codes)} | {"alone": 1.0}
    found = facts.joint(across, up)
    assert (found.n, found.both_above, found.both_below) == (11, 5, 5)
    assert found.correlation == pytest.approx(1.0)


def test_few_regions_have_no_correlation() -> None:
    assert facts.joint({"a": 1.0, "b": 2.0}, {"a": 1.0, "b": 2.0}).correlation is None


def test_firsts_leave_out_what_has_no_better_side(catalog: Catalog) -> None:
    frame = pd.concat(
        [
            rows({"110000": 5.0, "120000": 5.0, "130000": 1.0}),
            rows({"110000": 9.0, "130000": 7.0}, "patent_grants", unit="count"),
            rows({"110000": 1.0, "130000": 7.0}, "population", unit="person"),
            rows({"110000": 9.0, "130000": 2.0}, "business_setup_days", unit="day"),
        ]
    )
    assert facts.firsts(frame, catalog) == {"110000": 2, "120000": 1, "130000": 1}
