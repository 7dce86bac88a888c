"""Files for other programs, opened again by programs that other people wrote."""

import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import frictionless
import pandas as pd
import pysdmx.io
import pytest

from charts.export import Meta
from charts.interchange import DIMENSIONS, NOT_APPLICABLE, to_json, to_package, to_sdmx_csv
from indicators.labels import LANGUAGES
from indicators.paths import data_paths
from indicators.queries import Library
from indicators.selection import Selection

META = Meta(
    title="研发经费支出", filters={"地区": "广东"}, unit="亿元", edition="20251122T101500-abcdef", lang="zh",
    sources=({"title": "公报", "address": "https://www.stats.gov.cn/"}, {"title": "=报告"}), notes=("2018年起口径有变。",),
    columns={"region": ("地区代码", "国家标准代码"), "value": ("数值", "以元计")},
)  # fmt: skip


def rows() -> pd.DataFrame:
    """Invented observations: a plain one, one with everything, and one without a year whose source text is a formula."""
    whole = {"measure": "level", "status": "A", "standing": "current", "origin": "table", "published": "2025-09"}
    return pd.DataFrame(
        [
            {"observation_id": "a1", "region": "010000", "indicator": "gdp", "year": 2024, "base_year": None,
             "unit": "yuan", "value": 5.0996e11, "comparator": "eq", "scenario": "actual", "grade": None, "scope": None,
             "series": None, "source_id": "t/one", "printed": "5099.6", **whole},
            {"observation_id": "a2", "region": "440000", "indicator": "gdp", "year": 2025, "base_year": 2024,
             "unit": "percent", "value": -0.25, "comparator": "ge", "scenario": "target", "grade": "national",
             "scope": "高新区", "series": "first", "source_id": "r/two", "printed": "-0.25%", **whole | {"measure": "growth"}},
            {"observation_id": "a3", "region": "540000", "indicator": "gdp", "year": None, "base_year": None,
             "unit": "count", "value": 12.0, "comparator": "approx", "scenario": "actual", "grade": None, "scope": None,
             "series": None, "source_id": "r/two", "printed": '=1+1,"a"\nb', **whole},
        ]
    ).astype({"year": "Int16", "base_year": "Int16"})  # fmt: skip


def read_sdmx(data: bytes, folder: Path) -> pd.DataFrame:
    path = folder / "rows.csv"
    path.write_bytes(data)
    (found,) = pysdmx.io.read_sdmx(path, validate=True).data
    assert str(found.short_urn) == "Dataflow=INNOVATION:REGIONAL_INDICATORS(1.0.0)"
    frame = found.data
    assert isinstance(frame, pd.DataFrame)
    return frame


def test_an_sdmx_reader_finds_every_observation(tmp_path: Path) -> None:
    found = read_sdmx(to_sdmx_csv(rows(), META), tmp_path)
    assert [float(value) for value in found["OBS_VALUE"]] == [5.0996e11, -0.25, 12.0]
    assert list(found["REF_AREA"].astype(str).str.zfill(6)) == ["010000", "440000", "540000"]
    assert list(found["SCENARIO"]) == ["actual", "target", "actual"]
    assert list(found["GRADE"]) == [NOT_APPLICABLE, "national", NOT_APPLICABLE]
    assert [str(value).removesuffix(".0") for value in found["TIME_PERIOD"]][:2] == ["2024", "2025"]
    assert found["TIME_PERIOD"].isna()[2] or found["TIME_PERIOD"][2] == ""
    assert not found.duplicated(list(DIMENSIONS)).any()


def test_codes_keep_their_zeros_and_formulas_are_text(tmp_path: Path) -> None:
    text = to_sdmx_csv(rows(), META).decode()
    back = pd.read_csv(io.StringIO(text), dtype=str, keep_default_na=False)
    assert back["REF_AREA"][0] == "010000" and back["OBS_VALUE"][0] == "509960000000"
    assert back["COMMENT_OBS"][2] == '\'=1+1,"a"\nb' and back["COMMENT_OBS"][1] == "'-0.25%"
    assert "LOWER" not in back


def test_json_holds_the_rows_and_what_they_are() -> None:
    told = json.loads(to_json(rows(), META))
    assert told["title"] == META.title and told["edition"] == META.edition and told["notes"] == list(META.notes)
    assert [row["value"] for row in told["rows"]] == [5.0996e11, -0.25, 12.0]
    assert told["rows"][2]["year"] is None and told["rows"][2]["printed"] == '=1+1,"a"\nb'
    fields = {field["name"]: field for field in told["columns"]}
    assert fields["region"] == {"name": "region", "type": "string", "title": "地区代码", "description": "国家标准代码"}
    assert fields["year"]["type"] == "integer" and fields["value"]["type"] == "number"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_data_package_is_valid_and_holds_the_rows(tmp_path: Path, lang: str) -> None:
    (tmp_path / "package.zip").write_bytes(to_package(rows(), replace(META, lang=lang)))
    with zipfile.ZipFile(tmp_path / "package.zip") as archive:
        assert sorted(archive.namelist()) == ["README.md", "data.csv", "datapackage.json"]
        archive.extractall(tmp_path)
    with frictionless.system.use_context(trusted=True):
        report = frictionless.validate(str(tmp_path / "datapackage.json"))
        assert report.valid, report.flatten(["type", "note"])
        package = frictionless.Package(str(tmp_path / "datapackage.json"))
        read: list[dict[str, Any]] = [row.to_dict() for row in package.get_resource("data").read_rows()]
    assert [row["region"] for row in read] == ["010000", "440000", "540000"]
    assert [float(row["value"]) for row in read] == [5.0996e11, -0.25, 12.0]
    assert [row["year"] for row in read] == [2024, 2025, None] and read[2]["printed"] == '\'=1+1,"a"\nb'
    assert package.title == META.title and [source["title"] for source in package.sources] == ["公报", "=报告"]
    readme = (tmp_path / "README.md").read_text(encoding="utf-8")
    assert META.notes[0] in readme and "`value` 数值: 以元计" in readme


def test_the_same_rows_make_the_same_package() -> None:
    assert to_package(rows(), META) == to_package(rows(), META)
    assert to_package(rows(), replace(META, edition="older")) != to_package(rows(), META)


def test_nothing_at_all_is_still_a_file(tmp_path: Path) -> None:
    none = rows().head(0)
    assert json.loads(to_json(none, META))["rows"] == []
    assert to_sdmx_csv(none, META).decode().count("\r\n") == 1
    with zipfile.ZipFile(io.BytesIO(to_package(none, META))) as archive:
        assert archive.read("data.csv").decode().count("\r\n") == 1


def test_the_keys_of_the_whole_edition_are_unique(tmp_path: Path) -> None:
    """The place that a value was read from is part of the key: sources that disagree both stay."""
    edition = Library(data_paths().parquet).current()
    frame = edition.observations(Selection(standings=()))
    found = read_sdmx(to_sdmx_csv(frame, META), tmp_path)
    assert len(found) == len(frame) > 5000
    assert not found.duplicated(list(DIMENSIONS)).any()
