"""The evidence of a value: what contradicts it, what other sources say and why one is shown, and what follows from it."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from etl.build import build
from indicators.labels import LANGUAGES, text
from indicators.paths import DataPaths, data_paths
from indicators.queries import Edition, Library
from indicators.selection import Selection
from tools.apptest import open_page, through_navigation

ROOT = Path(__file__).resolve().parents[2]
CARD = "publisher: 统计局\npublished: '{published}'\nreading: official\ncolumns: years\nindicator: {indicator}\nunit: {unit}\n"
REPORT = """---
title: 创新工作总结
region_code: "110000"
issuer: 北京市
published: "2023-03"
kind: report
---
2021年，全市拥有科技企业孵化器{n}家。

2022年，技术合同成交额为12.0亿元，比上年增长20.0%。
"""


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Edition]:
    """An edition in which two tables, an earlier vintage and a report give the same figures."""
    root = tmp_path_factory.mktemp("own")
    shutil.copytree(ROOT / "data" / "catalog", root / "catalog")
    for folder in ("reports", "tables"):
        (root / folder).mkdir()
    tables = {
        "late": ("2024", "incubators", "家", "2021", "50"), "early": ("2022", "incubators", "家", "2021", "52"),
        "old": ("2021", "incubators", "家", "2021", "40"),
        "gdp_late": ("2024", "gdp", "亿元", "2021", "100.4"), "gdp_early": ("2023", "gdp", "亿元", "2021", "100"),
    }  # fmt: skip
    for name, (published, indicator, unit, year, value) in tables.items():
        card = CARD.format(published=published, indicator=indicator, unit=unit)
        card += "standing: superseded\n" if name == "old" else ""
        (root / "tables" / f"{name}.yml").write_text(card, encoding="utf-8")
        rows = f"region_code,region,{year}\n110000,北京,{value}\n"
        (root / "tables" / f"{name}.csv").write_text(rows, encoding="utf-8")
    (root / "reports" / "city.md").write_text(REPORT.format(n=55), encoding="utf-8")
    summary = build(DataPaths(root))
    assert not summary.errors
    with pytest.MonkeyPatch.context() as patch, through_navigation():
        patch.setenv("INNOVATION_DATA", str(root))
        yield Library(data_paths().parquet).current()


def shown(edition: Edition, indicator: str) -> str:
    rows = edition.observations(Selection(indicators=(indicator,), measures=("level",)))
    return str(rows.loc[rows["region"] == "110000", "observation_id"].iloc[0])


def opened(lang: str, **query: str) -> AppTest:
    app = open_page("data", {"lang": lang, **query})
    assert not app.exception
    assert text("data.title", lang) in [title.value for title in app.title]
    assert text("evidence.title", lang) in [dialog.proto.dialog.title for dialog in app.get("dialog")]
    return app


def words(app: AppTest) -> str:
    parts = [*app.markdown, *app.warning, *app.info, *app.caption]
    return "\n".join([*(part.value for part in parts), *(box.label for box in app.expander)])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_other_sources_are_one_click_away_with_their_difference_and_the_rule(own: Edition, lang: Any) -> None:
    app = opened(lang, evidence=shown(own, "incubators"))
    said = words(app)
    assert text("evidence.others", lang, n=3) in said
    for reason in ("later", "table_first", "superseded"):
        assert text(f"evidence.why_{reason}", lang) in said, reason
    assert "+4.00%" in said and "+10.00%" in said and "−20.00%" in said
    assert said.count(text("evidence.differs", lang, difference="", ratio="").split("，")[-1].split(",")[-1]) == 3
    places = "\n".join(part.proto.body for part in app.get("html"))
    assert "<mark>52</mark>" in places and "<mark>55家</mark>" in places


def test_what_the_checks_found_stands_above_the_value(own: Edition) -> None:
    app = opened("zh", evidence=shown(own, "incubators"))
    assert any(text("problems.report_differs_name", "zh") in part.value for part in app.warning)
    assert any(text("problems.revised_name", "zh") in part.value for part in app.info)


def test_values_within_rounding_agree(own: Edition) -> None:
    said = words(opened("en", evidence=shown(own, "gdp")))
    assert text("evidence.agrees", "en", difference="−40M yuan", ratio=" (−0.40%)") in said
    assert text("problems.sources_differ_name", "en") not in said


def test_the_value_of_another_source_says_which_is_shown_instead(own: Edition) -> None:
    rows = own.observations(Selection(indicators=("incubators",), standings=("other",), origins=("report",)))
    said = words(opened("zh", evidence=str(rows["observation_id"].iloc[0])))
    assert text("evidence.shown_instead", "zh", why=text("evidence.why_table_first", "zh")) in said
    assert text("evidence.shown_neither", "zh") in said


def test_what_follows_from_a_value_stands_with_its_bounds(own: Edition) -> None:
    said = words(opened("zh", evidence=shown(own, "tech_contract_value")))
    year = text("charts.year", "zh", year=2021)
    # 11.95 / 1.2005 and 12.05 / 1.1995
    bounds = text(
        "evidence.derived_earlier_level", "zh", year=year, value="10.000亿元", bounds="9.954–10.046亿元", base=""
    )
    assert bounds in said


def test_other_values_are_reached_on_the_data_page(own: Edition) -> None:
    app = open_page("data", {"lang": "zh", "i": "incubators", "standing": "all"})
    table = app.dataframe[0].value
    assert len(table) == 4
    standings = set(table[text("data.column_standing", "zh")])
    assert standings == {text(f"common.standing_{name}", "zh") for name in ("current", "other", "superseded")}
