"""The country's figures and what stands out: sums only of all, moves only among all, nothing that the rows do not hold."""

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from indicators import headlines as made
from indicators.catalog import Catalog, load_catalog
from indicators.errors import CatalogError
from indicators.headlines import Move
from indicators.region_sets import whole_country
from indicators.regions import COUNTRY
from tests.indicators.test_profile import NO_BREAKS, breaks, frame, row

PROVINCES = whole_country()


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


def everywhere(
    catalog: Catalog, indicator: str, year: int, *, but: dict[str, float] | None = None, value: float = 10.0
) -> list[dict[str, Any]]:
    """A value of every province."""
    values = dict.fromkeys(PROVINCES, value) | (but or {})
    return [row(catalog, indicator, year, one, region=code) for code, one in values.items()]


def figures(catalog: Catalog, rows: list[dict[str, Any]], cuts: pd.DataFrame = NO_BREAKS) -> list[made.Headline]:
    names = list(dict.fromkeys(one["indicator"] for one in rows))
    return made.headlines(names, made.national(frame(rows), catalog), catalog, cuts)


def outs(catalog: Catalog, rows: list[dict[str, Any]], cuts: pd.DataFrame = NO_BREAKS) -> list[made.StandOut]:
    found = frame(rows)
    names = list(dict.fromkeys(one["indicator"] for one in rows))
    return made.stand_outs(names, found, made.national(found, catalog), catalog, cuts)


# --- the country ------------------------------------------------------------------------------------------------------


def test_a_printed_national_value_stands_before_a_sum(catalog: Catalog) -> None:
    printed = row(catalog, "rd_expenditure", 2024, 333.0, region=COUNTRY)
    (found,) = figures(catalog, [printed, *everywhere(catalog, "rd_expenditure", 2024)])
    assert (found.value, found.summed, found.inputs) == (333.0, 0, (printed["observation_id"],))


def test_a_sum_names_all_its_parts(catalog: Catalog) -> None:
    rows = everywhere(catalog, "patent_grants", 2024)
    (found,) = figures(catalog, rows)
    assert (found.value, found.summed) == (310.0, 31)
    assert set(found.inputs) == {one["observation_id"] for one in rows}


def test_a_year_that_lacks_a_province_has_no_sum(catalog: Catalog) -> None:
    rows = [*everywhere(catalog, "patent_grants", 2023), *everywhere(catalog, "patent_grants", 2024)[:-1]]
    (found,) = figures(catalog, rows)
    assert found.year == 2023


def test_what_may_not_be_added_up_has_no_sum(catalog: Catalog) -> None:
    assert figures(catalog, everywhere(catalog, "rd_intensity", 2024)) == []


def test_change_and_line_end_at_a_break(catalog: Catalog) -> None:
    rows = [
        one
        for year in (2019, 2020, 2021, 2022)
        for one in everywhere(catalog, "patent_grants", year, value=float(year - 2009))
    ]
    (whole,) = figures(catalog, rows)
    assert (round(whole.change or 0, 6), whole.change_unit, len(whole.path)) == (round(100 / 12, 6), "percent", 4)
    (cut,) = figures(catalog, rows, breaks(("patent_grants", 2021)))
    assert len(cut.path) == 2
    (new,) = figures(catalog, rows, breaks(("patent_grants", 2022)))
    assert (new.change, new.path) == (None, ())


def test_a_sum_is_not_compared_with_a_printed_value(catalog: Catalog) -> None:
    rows = [row(catalog, "rd_expenditure", 2023, 400.0, region=COUNTRY), *everywhere(catalog, "rd_expenditure", 2024)]
    (found,) = figures(catalog, rows)
    assert (found.year, found.summed, found.change, found.path) == (2024, 31, None, ())


# --- what stands out --------------------------------------------------------------------------------------------------


def test_leader_with_its_part_of_the_country(catalog: Catalog) -> None:
    (found,) = outs(catalog, everywhere(catalog, "patent_grants", 2024, but={"440000": 100.0}))
    assert (found.leader, found.value, found.provinces, found.summed) == ("440000", 100.0, 31, True)
    assert found.share == pytest.approx(25.0)
    assert (found.above, found.up, found.down) == (None, None, None)


def test_what_does_not_add_up_is_held_against_the_country(catalog: Catalog) -> None:
    rows = everywhere(catalog, "rd_intensity", 2024, value=2.0, but={"110000": 6.0, "310000": 4.0})
    (found,) = outs(catalog, [row(catalog, "rd_intensity", 2024, 2.5, region=COUNTRY), *rows])
    assert (found.leader, found.share, found.above, found.national) == ("110000", None, 2, 2.5)


def test_largest_moves(catalog: Catalog) -> None:
    before = everywhere(catalog, "patent_grants", 2023)
    after = everywhere(catalog, "patent_grants", 2024, but={"220000": 25.0, "440000": 5.0})
    (found,) = outs(catalog, [*before, *after])
    assert (found.up, found.down) == (Move("220000", 150.0, "percent"), Move("440000", -50.0, "percent"))


def test_nobody_fell(catalog: Catalog) -> None:
    rows = [*everywhere(catalog, "patent_grants", 2023), *everywhere(catalog, "patent_grants", 2024, value=11.0)]
    (found,) = outs(catalog, rows)
    assert (found.up is not None, found.down) == (True, None)


@pytest.mark.parametrize(
    "cuts", [NO_BREAKS, breaks(("patent_grants", 2024))], ids=["a province lacks the year before", "a break"]
)
def test_no_move_is_claimed_unless_all_compare(catalog: Catalog, cuts: pd.DataFrame) -> None:
    before = everywhere(catalog, "patent_grants", 2023)
    before = before[1:] if cuts is NO_BREAKS else before
    (found,) = outs(catalog, [*before, *everywhere(catalog, "patent_grants", 2024, value=20.0)], cuts)
    assert (found.year, found.up, found.down) == (2024, None, None)


def test_a_year_that_lacks_a_province_has_no_leader(catalog: Catalog) -> None:
    rows = everywhere(catalog, "patent_grants", 2024, but={"440000": 100.0})
    assert outs(catalog, rows[:-1]) == []
    (found,) = outs(catalog, [*everywhere(catalog, "patent_grants", 2022), *rows[:-1]])
    assert found.year == 2022


# --- the list of indicators -------------------------------------------------------------------------------------------


def test_the_lists_of_the_project_are_whole(catalog: Catalog) -> None:
    assert set(made.load_headlines(catalog)) == set(made.LISTS)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (
            "overview: [gdp, nothing]\nregion: []\naside: []\ntwice: []",
            "headlines.yml: overview: 'nothing' is no indicator",
        ),
        ("overview: [gdp]", "headlines.yml: must hold the lists overview, region, aside, twice"),
        ("overview: [gdp", "headlines.yml: cannot be read"),
    ],
)
def test_a_faulty_list_is_named(tmp_path: Path, catalog: Catalog, text: str, fault: str) -> None:
    (tmp_path / made.FILE).write_text(text, encoding="utf-8")
    with pytest.raises(CatalogError, match=fault):
        made.read_headlines(tmp_path / made.FILE, frozenset(catalog.indicators))
