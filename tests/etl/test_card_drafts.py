"""Tables with cards in a build, and cards drafted from files."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml

from etl.build import build
from etl.cli import main
from etl.read.table import read_table
from etl.read.words import sign
from indicators.catalog import Catalog
from indicators.paths import DataPaths
from indicators.printed import read_number
from indicators.queries import Library
from indicators.selection import Selection
from tests.etl.tables import PLAIN, YEARS, book, saved, two_sheets


def put(paths: DataPaths, name: str, data: bytes, card: dict[str, Any] | str) -> None:
    (paths.tables / name).write_bytes(data)
    text = card if isinstance(card, str) else yaml.safe_dump(card, allow_unicode=True)
    (paths.tables / name).with_suffix(".yml").write_text(text, encoding="utf-8")


def test_a_sheet_becomes_observations_that_lead_back_to_their_cells(sources: DataPaths) -> None:
    put(sources, "sheet.xlsx", saved(book([*PLAIN, ["注：初步数。"]])), {**YEARS, "series": "t"})
    summary = build(sources)
    assert not summary.errors
    edition = Library(sources.parquet).current()
    rows = edition.observations(Selection(sources=("tables/sheet",)))
    assert sorted(zip(rows["section"], rows["printed"], rows["row"], rows["column"], strict=True)) == [
        ("表1!B2", "1", "北京", "2021年"), ("表1!B3", "3", "天津", "2021年"),
        ("表1!C2", "2", "北京", "2022年"), ("表1!C3", "4", "天津", "2022年"),
    ]  # fmt: skip
    source = edition.source("tables/sheet")
    assert source is not None
    assert list(source["notes_zh"]) == ["注：初步数。"]
    assert (source["title_zh"], source["publisher_en"], source["publication_zh"]) == ("表1", "甲市统计局", "表1")
    assert source["how_read_en"]
    assert source["definition_zh"]


def test_two_cards_read_two_sheets_of_one_file(sources: DataPaths) -> None:
    made = book(PLAIN)
    made.create_sheet("乙表").append(["地区", "2020年"])
    made["乙表"].append(["北京", 8])
    (sources.tables / "book.xlsx").write_bytes(saved(made))
    for name, sheet in (("one", "表1"), ("two", "乙表")):
        card = {"file": "book.xlsx", **YEARS, "sheet": sheet, "series": name}
        (sources.tables / f"{name}.yml").write_text(yaml.safe_dump(card, allow_unicode=True), encoding="utf-8")
    assert not build(sources).errors
    edition = Library(sources.parquet).current()
    assert [edition.count(Selection(sources=(f"tables/{name}",))) for name in ("one", "two")] == [4, 1]


def test_a_card_that_names_a_file_that_is_not_there(sources: DataPaths) -> None:
    (sources.tables / "x.yml").write_text("file: gone.xlsx\ntitle: x\n", encoding="utf-8")
    assert [(p.code, p.params["file"]) for p in build(sources).errors] == [("card_without_table", "gone.xlsx")]


# --- drafting a card --------------------------------------------------------------------------------------------------

ANSWERS = {
    "publisher: TODO": "publisher: 甲市统计局",
    "published: TODO": "published: '2024'",
    "reading: TODO": "reading: official",
}
YEARBOOK: list[list[Any]] = [
    ["2-1 各市主要指标"],
    ["地区", "地区生产总值（亿元）", None, "R&D经费支出（万元）", None],
    [None, "2021年", "2022年", "2021年", "2022年"],
    ["全省", 9, 9, 9, 9],
    ["南京市", 1, 2, 3, 4],
    ["徐州市", 5, 6, 7, 8],
    ["资料来源：甲市统计局"],
]
DRAFTED: list[tuple[str, openpyxl.Workbook, int, list[str]]] = [
    (
        "yearbook",
        book(YEARBOOK, ["A1:E1", "A2:A3", "B2:C2", "D2:E2"]),
        8,
        ["header_rows: 2", "within: '320000'", "# total: '320000'"],
    ),
    (
        "years across",
        book([["各地区R&D经费支出"], ["单位：亿元"], ["地区", 2021, 2022], ["北京", 1, 2], ["天津", 3, 4]]),
        4,
        ["columns: years", "indicator: rd_expenditure", "unit: 亿元"],
    ),
    (
        "with an order and codes",
        book(
            [
                ["各地区R&D经费支出（亿元）"],
                ["序号", "地区", "代码", 2021, 2022],
                [1, "北京", 110000, 1, 2],
                [2, "天津", 120000, 3, 4],
                [3, "河北", 130000, 1, 2],
            ]
        ),
        6,
        ["ignore: [序号]", "indicator: rd_expenditure"],
    ),
    (
        "years down",
        book([["南京市历年主要指标"], ["年份", "地区生产总值（亿元）"], [2021, 1], [2022, 2]]),
        2,
        ["region: '320100'  # ?", "rows: years"],
    ),
    (
        "indicators down",
        book(
            [
                ["南京市主要指标"],
                ["指标", "单位", 2021, 2022],
                ["地区生产总值", "亿元", 1, 2],
                ["常住人口", "万人", 3, 4],
            ]
        ),
        4,
        ["rows: indicators", "columns: years"],
    ),
    (
        "growth beside levels",
        book(
            [
                ["2021年各地区主要指标"],
                ["地区", "专利授权量（件）", "专利授权量比上年增长（%）"],
                ["北京", 11, 1.5],
                ["天津", 31, -2],
            ]
        ),
        4,
        ["indicator: patent_grants, unit: 件", "indicator: patent_grants, measure: growth, unit: '%'"],
    ),
]


@pytest.mark.parametrize(("made", "cells", "lines"), [case[1:] for case in DRAFTED], ids=[case[0] for case in DRAFTED])
def test_the_drafted_card_of_a_clean_sheet_builds_once_its_todo_are_answered(
    sources: DataPaths, made: openpyxl.Workbook, cells: int, lines: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    path = sources.tables / "clean.xlsx"
    path.write_bytes(saved(made))
    assert main(["card", str(path), "--data", str(sources.root)]) == 0
    card = capsys.readouterr().out
    assert [line for line in lines if line not in card] == []
    (sources.tables / "clean.yml").write_text(card, encoding="utf-8")
    assert {(p.code, p.params["field"]) for p in build(sources).errors} == {
        ("card_todo", "publisher"), ("card_todo", "published"), ("card_todo", "reading"),
    }  # fmt: skip
    for todo, answer in ANSWERS.items():
        card = card.replace(todo, answer)
    (sources.tables / "clean.yml").write_text(card, encoding="utf-8")
    assert not build(sources).errors
    assert Library(sources.parquet).current().count(Selection(sources=("tables/clean",), standings=())) == cells


def test_a_card_is_written_beside_the_file_and_never_over_another(
    sources: DataPaths, capsys: pytest.CaptureFixture[str]
) -> None:
    path = sources.tables / "new.xlsx"
    path.write_bytes(saved(book(PLAIN)))
    call = ["card", str(path), "--write", "--data", str(sources.root), "--lang", "en"]
    assert main(call) == 0
    written = (sources.tables / "new.yml").read_text(encoding="utf-8")
    assert "indicator: TODO" in written
    assert main(call) == 2
    assert "card_exists" in capsys.readouterr().err
    assert main([*call, "--name", "newer"]) == 0
    assert (sources.tables / "newer.yml").read_text(encoding="utf-8") == f"file: new.xlsx\n{written}"


def test_a_card_is_drafted_for_the_sheet_that_is_named(sources: DataPaths, capsys: pytest.CaptureFixture[str]) -> None:
    path = sources.tables / "new.xlsx"
    path.write_bytes(saved(two_sheets()))
    assert main(["card", str(path), "--sheet", "表1", "--data", str(sources.root)]) == 0
    assert "columns: years" in capsys.readouterr().out
    assert main(["card", str(path), "--sheet", "丙", "--data", str(sources.root), "--lang", "en"]) == 2
    assert "unknown_table" in capsys.readouterr().err


def test_the_card_of_a_report_is_guessed_from_its_text(sources: DataPaths, capsys: pytest.CaptureFixture[str]) -> None:
    path = sources.reports / "new.txt"
    path.write_text(
        "南京市2022年科技创新工作总结\n甲科发〔2023〕12号\n2022年，全市有科技企业孵化器35家。\n南京市科学技术局\n2023年1月15日\n",
        encoding="utf-8",
    )
    assert main(["card", str(path), "--write", "--data", str(sources.root)]) == 0
    card = yaml.safe_load((sources.reports / "new.yml").read_text(encoding="utf-8"))
    assert card == {
        "title": "南京市2022年科技创新工作总结",
        "region_code": "320100",
        "published": "2023-01-15",
        "issuer": "南京市科学技术局",
        "document_number": "甲科发〔2023〕12号",
        "kind": "report",
    }
    assert not build(sources).errors


def test_broken_words_of_tables_stop_the_build_with_the_file_named(
    sources: DataPaths, capsys: pytest.CaptureFixture[str]
) -> None:
    (sources.catalog / "tables.yml").write_text("missing: [", encoding="utf-8")
    assert main(["build", "--data", str(sources.root), "--quiet"]) == 2
    assert capsys.readouterr().err.startswith("tables.yml: cannot be read")


def test_every_kind_of_missing_value_has_a_code_and_no_sign_two_meanings(root: Path) -> None:
    kinds = yaml.safe_load((root / "data" / "catalog" / "tables.yml").read_text(encoding="utf-8"))["missing"]
    signs = [sign(str(text)) for kind in kinds for text in kind["symbols"]]
    assert {kind["status"] for kind in kinds} <= set("HLMNOQ")  # of CL_OBS_STATUS: where there is no value
    owners = {sign(str(text)): kind["id"] for kind in kinds for text in kind["symbols"]}
    assert {(mark, kind["id"]) for kind in kinds for mark in map(sign, map(str, kind["symbols"]))} == set(
        owners.items()
    )
    assert not [mark for mark in signs if read_number(mark)]


def test_the_examples_of_the_documentation_are_cards_that_read(root: Path, catalog: Catalog) -> None:
    """Each worked example of data/tables/README.md: a table, then its card."""
    text = (root / "data" / "tables" / "README.md").read_text(encoding="utf-8")
    examples = [part.split("```") for part in text.split("```csv\n")[1:]]
    assert len(examples) == 3
    for table, _, card, *_ in examples:
        read = read_table(
            Path("tables/x.csv"), table.encode(), card.removeprefix("yml\n").encode(), "tables/x", catalog
        )
        assert len(read.cells) >= 3, card
        assert not [problem for problem in read.problems if problem.severity == "error"]


def test_the_command_says_what_it_does(root: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "etl", "card", "--help"], cwd=root, capture_output=True, text=True, check=True
    )
    assert "--write" in done.stdout
