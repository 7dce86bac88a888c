"""The interface for notebooks: names in two languages, the same rows as the pages, and the README's example."""

import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import indicators
from indicators.errors import NoEditionError, StatementError, UnknownIndicatorError, UnknownRegionError
from indicators.interface import Data
from indicators.labels import text
from indicators.selection import Selection


@pytest.fixture(scope="module")
def data(data_root: Path) -> Data:
    return indicators.open(data_root)


def test_names_in_both_languages_and_ids_mean_the_same(data: Data) -> None:
    by_id = data.observations("gdp", ["110000", "440000"], (2019, 2020))
    assert len(by_id) == 4
    for name, regions in (
        ("地区生产总值", ["北京", "广东省"]),
        ("GDP", ["Beijing", "guangdong"]),
        ("生产总值", ["北京市", "广东"]),
    ):
        assert data.observations(name, regions, (2019, 2020)).equals(by_id), name


def test_observations_are_those_of_the_data_page(data: Data) -> None:
    chosen = Selection(("gdp",), ("110000",), (2010, 2020), standings=(), origins=("table",), whole=True)
    rows = data.observations("gdp", "110000", (2010, 2020), standings=[], origins="table", whole=True)
    assert rows.equals(data.edition.observations(chosen))
    assert data.observations().equals(data.edition.observations(Selection()))


def test_of_a_province_and_a_city_of_one_name_the_province_is_meant(data: Data) -> None:
    assert data.observations("gdp", "吉林")["region"].unique().tolist() == ["220000"]


def test_an_unknown_name_says_what_is_written_alike(data: Data) -> None:
    with pytest.raises(UnknownIndicatorError, match="专利授权"):
        data.observations("专利授权数目")
    with pytest.raises(UnknownRegionError, match="哪里都不是"):
        data.observations("gdp", "哪里都不是")
    with pytest.raises(UnknownRegionError, match=r"110105.*220104"):
        data.observations("gdp", "朝阳区")


def value(data: Data, name: str, region: str, year: int) -> float:
    return float(data.observations(name, region, (year, year), whole=True)["value"].item())


def test_values_are_as_computed_by_hand(data: Data) -> None:
    now, before = value(data, "gdp", "浙江", 2020), value(data, "gdp", "浙江", 2019)
    grown = data.growth("gdp", "浙江", (2020, 2020))
    assert grown["value"].item() == pytest.approx((now / before - 1) * 100)
    assert set(grown["inputs"].item()) == set(data.observations("gdp", "浙江", (2019, 2020))["observation_id"])
    index = data.index("gdp", "浙江", base_year=2019)
    assert index.loc[index["year"] == 2020, "value"].item() == pytest.approx(now / before * 100)
    own, whole = (value(data, "rd_expenditure", place, 2020) for place in ("浙江", "全国"))
    share = data.share("rd_expenditure", "浙江", (2020, 2020))
    assert share["value"].item() == pytest.approx(own / whole * 100)
    people = value(data, "population", "浙江", 2020)
    assert data.per_head("gdp", "浙江", (2020, 2020))["value"].item() == pytest.approx(now / people)
    patents = data.per_head("patent_grants", "浙江", (2020, 2020))
    assert patents["value"].item() == pytest.approx(value(data, "patent_grants", "浙江", 2020) / people * 10_000)
    spent = data.per_gdp("rd_expenditure", "浙江", (2020, 2020))
    assert spent["value"].item() == pytest.approx(own / now * 100)


def test_a_ranking_is_of_provinces_in_one_year_best_first(data: Data) -> None:
    rows = data.ranking("rd_intensity")
    assert rows["year"].nunique() == 1 and rows["region"].is_unique
    assert "000000" not in set(rows["region"])
    assert rows["value"].is_monotonic_decreasing and rows["rank"].iloc[0] == 1
    assert rows["rank"].tolist() == rows["value"].rank(method="min", ascending=False).tolist()
    earlier = data.ranking("研发经费投入强度", 2023, ["北京", "上海", "天津"])
    assert set(earlier["year"]) == {2023} and earlier["rank"].tolist() == [1, 2, 3]


def test_a_ranking_of_nothing_is_empty(data: Data) -> None:
    assert data.ranking("pct_applications", 1990).empty
    assert "rank" in data.ranking("rd_intensity", regions=["朝阳市"])


def test_a_change_is_that_of_the_two_values(data: Data) -> None:
    rows = data.change("gdp", 2010, 2020, ["浙江", "江苏"]).set_index("region")
    before, after = value(data, "gdp", "浙江", 2010), value(data, "gdp", "浙江", 2020)
    zhejiang = rows.loc["330000"]
    assert (zhejiang["before"], zhejiang["after"], zhejiang["unit"]) == (before, after, "percent")
    assert zhejiang["change"] == pytest.approx((after / before - 1) * 100)
    both = data.edition.observations(Selection(("gdp",), ("330000",), (2010, 2020), whole=True))
    used = both.loc[both["year"].isin([2010, 2020]), "observation_id"]
    assert set(zhejiang["inputs"]) == set(used)
    assert set(data.change("rd_intensity", 2023, 2024)["unit"]) == {"percentage_point"}
    assert data.change("gdp", 1901, 2020).empty


def test_a_profile_has_the_latest_values_and_their_ranks(data: Data) -> None:
    rows = data.profile("浙江").set_index("indicator")
    one = rows.loc["rd_intensity"]
    ranked = data.ranking("rd_intensity", int(one["rank_year"])).set_index("region")
    assert one["value"] == value(data, "rd_intensity", "浙江", int(one["year"]))
    assert (one["rank"], one["of"]) == (ranked.loc["330000", "rank"], len(ranked))
    assert data.evidence(one["inputs"][0])["region"] == "330000"
    few = data.profile("浙江", peers=["江苏", "广东"]).set_index("indicator")
    assert few["rank"].isna().all(), "three values are too few for a rank"


def test_a_profile_ranks_the_newest_year_that_others_have(data: Data) -> None:
    """The work report of Guangdong is the first with 2025; 3.60 % of 2024 is behind Beijing and Shanghai."""
    one = data.profile("广东").set_index("indicator").loc["rd_intensity"]
    assert (one["year"], one["value"]) == (2025, 3.6)
    assert (one["rank"], one["of"], one["rank_year"]) == (3, 31, 2024)


def test_names_stand_beside_codes(data: Data) -> None:
    rows = data.named(data.observations("gdp", "110000", (2020, 2020)), "en")
    assert rows[["region_name", "indicator_name"]].iloc[0].tolist() == ["Beijing", "GDP"]
    assert {"gdp", "rd_intensity"} <= set(data.indicators["indicator"])
    assert data.regions.set_index("region").loc["110000", "name_en"] == "Beijing"


def test_a_number_of_a_report_leads_to_its_paragraph(data: Data) -> None:
    for row in data.observations(origins="report").itertuples():
        found = data.evidence(str(row.observation_id))
        assert found["printed"] in found["quote"], found
        assert found["title_zh"] and found["publisher_en"]
    assert data.evidence(data.observations("gdp", origins="table")["observation_id"][0])["quote"] is None
    with pytest.raises(KeyError):
        data.evidence("none")


def test_sql_is_that_of_the_data_page(data: Data) -> None:
    assert data.sql("select count(*) as n from observations")["n"].item() == len(data.observations(standings=[]))
    with pytest.raises(StatementError) as caught:
        data.sql("drop view observations")
    notes = caught.value.__notes__
    assert text("data.sql_write_hint", "zh") in notes and text("data.sql_write", "en", what="DROP") in notes


def test_an_edition_is_opened_by_its_id(data: Data, data_root: Path) -> None:
    assert indicators.open(data_root, edition=data.edition.id).edition.id == data.edition.id
    with pytest.raises(NoEditionError):
        indicators.open(data_root, edition="../../etc")


def test_the_example_of_the_readme_runs(data_root: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    readme = (root / "README.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", readme, re.DOTALL)
    monkeypatch.setenv("INNOVATION_DATA", str(data_root))
    names: dict[str, Any] = {}
    exec(code, names)
    assert len(names["data"].ranking("rd_intensity")) > 25
    frames = {name: found for name, found in names.items() if isinstance(found, pd.DataFrame)}
    assert len(frames) >= 3
    assert [name for name, found in frames.items() if found.empty] == []
