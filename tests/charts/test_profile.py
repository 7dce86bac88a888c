"""The chart of distances: the region's dots among its peers', what stands beside them, and when it is not drawn."""

from typing import Any

import pandas as pd
import pytest

from charts.chart import Chart
from charts.layout import Look
from charts.profile import MOST, distances
from indicators.catalog import Catalog, load_catalog

HERE = "630000"
PROVINCES = [region.code for region in load_catalog().regions.provinces() if region.code < "700000"]
SHARES = ("rd_intensity", "gdp_per_capita", "urban_income")


def rows(own: dict[str, float], peers: int, far: float = 2.0, years: tuple[int, ...] = (2024,)) -> pd.DataFrame:
    """Distances of the region and of so many peers spread evenly up to `far` on either side."""
    others = [code for code in PROVINCES if code != HERE][:peers]
    made: list[dict[str, Any]] = []
    for number, (indicator, distance) in enumerate(own.items()):
        places = [far * (2 * n / max(peers - 1, 1) - 1) for n in range(peers)]
        for code, value in [(HERE, distance), *zip(others, places, strict=True)]:
            made.append(
                {"region": code, "indicator": indicator, "year": years[number % len(years)], "value": value, "unit": "sd", "origin": "derived",
                 "scenario": "actual", "measure": "level", "comparator": "eq", "observation_id": f"{indicator}.{code}", "amount": 10 + value,
                 "amount_unit": load_catalog().indicators[indicator].unit, "median": 10.0}
            )  # fmt: skip
    return pd.DataFrame(made)


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


def traces(chart: Chart, kind: str) -> list[dict[str, Any]]:
    return [trace for trace in chart.spec["data"] if trace["meta"]["kind"] == kind]


def drawn(catalog: Catalog, peers: int = 10, look: Look | None = None, **own: float) -> Chart:
    values = own or {"rd_intensity": 2.0, "gdp_per_capita": 0.5, "urban_income": -1.5}
    return distances(rows(values, peers), catalog, look or Look(), region=HERE)


@pytest.mark.parametrize("peers", [5, 10, 30])
def test_each_indicator_has_its_dot_and_all_its_peers(catalog: Catalog, peers: int) -> None:
    chart = drawn(catalog, peers)
    (own,), (faint,) = traces(chart, "own"), traces(chart, "peers")
    assert own["x"] == [2.0, 0.5, -1.5] and own["y"] == [0, 1, 2]
    assert len(faint["x"]) == 3 * peers
    assert len(traces(chart, "stem")) == 3
    assert len(chart.table) == 3 * (peers + 1) and set(chart.table["observation_id"]) == {
        *own["customdata"],
        *faint["customdata"],
    }


def test_the_best_is_on_top_and_colour_and_shape_tell_better_from_worse(catalog: Catalog) -> None:
    (own,) = traces(drawn(catalog), "own")
    assert own["customdata"] == [f"{name}.{HERE}" for name in SHARES]
    assert len(set(own["marker"]["color"])) == 3
    assert own["marker"]["symbol"] == ["circle", "circle", "diamond"]


def test_exactly_one_standard_deviation_is_not_outside(catalog: Catalog) -> None:
    (own,) = traces(drawn(catalog, rd_intensity=1.0, urban_income=-1.0), "own")
    assert len(set(own["marker"]["color"])) == 1


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_far_values_are_arrows_with_their_true_number_and_are_told(catalog: Catalog, lang: str) -> None:
    chart = drawn(catalog, look=Look(lang), rd_intensity=7.5, urban_income=-9.25)
    (own,) = traces(chart, "own")
    assert own["x"] == [MOST, -MOST] and own["marker"]["symbol"] == ["triangle-right", "triangle-left"]
    beside = [one["text"] for one in chart.spec["layout"]["annotations"] if one.get("name") == "distance"]
    assert beside[0].startswith("+7.50") and beside[1].startswith("−9.25")
    assert any("5" in note and "2" in note for note in chart.notes)
    assert chart.table["value"].max() == 7.5


def test_the_table_holds_the_values_compared(catalog: Catalog) -> None:
    table = drawn(catalog).table
    first = table.iloc[0]
    assert (first["region"], first["indicator"], first["value"]) == (HERE, "rd_intensity", 2.0)
    assert (first["amount"], first["median"]) == ("12%", "10%")


def test_the_words_say_how_many_stand_out(catalog: Catalog) -> None:
    chart = drawn(catalog, look=Look("en"))
    assert "3 indicators; 1 are more than one standard deviation better" in chart.alt and "+2.00" in chart.alt
    assert "Qinghai" in chart.title and "10 peers" in chart.title and "2024" in chart.title


def test_another_year_than_the_usual_stands_behind_the_name(catalog: Catalog) -> None:
    frame = rows(dict.fromkeys(SHARES, 0.5), 5, years=(2024, 2024, 2023))
    ticks = distances(frame, catalog, Look("en"), region=HERE).spec["layout"]["yaxis"]["ticktext"]
    assert ["2023" in name.replace("<br>", "") for name in sorted(ticks, key=lambda name: "2023" in name)] == [
        False,
        False,
        True,
    ]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_without_distances_it_says_why(catalog: Catalog, lang: str) -> None:
    nothing = rows({}, 0)
    for frame in (nothing, rows({"rd_intensity": 1.0}, 5).query("region != @HERE")):
        chart = distances(frame, catalog, Look(lang), region=HERE)
        assert chart.spec == {} and chart.empty
