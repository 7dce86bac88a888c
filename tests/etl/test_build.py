"""A build as a whole: what goes in, what comes out, what a fault in one source does to the others."""

import json
import os
from pathlib import Path

import pytest

from etl import publish
from etl.build import build
from etl.cli import main
from indicators.catalog import load_catalog
from indicators.errors import CatalogError
from indicators.paths import DataPaths
from indicators.queries import Library
from indicators.selection import Selection


def shown(paths: DataPaths) -> int:
    return Library(paths.parquet).current().count(Selection())


def test_figures_and_cells_become_observations(sources: DataPaths) -> None:
    summary = build(sources)
    edition = Library(sources.parquet).current()
    assert not summary.errors
    spaces = edition.observations(Selection(indicators=("makerspaces",)))
    assert [
        (row.region, row.year, row.value, row.grade if isinstance(row.grade, str) else None)
        for row in spaces.itertuples()
    ] == [
        ("650100", 2020, 35.0, None),
        ("650100", 2020, 15.0, "national"),
    ]
    cell = edition.observations(Selection(indicators=("gdp",), regions=("110000",), years=(2006, 2006))).iloc[0]
    assert (cell["printed"], cell["value"], cell["unit"], cell["column"]) == (
        "8618.9",
        861_890_000_000.0,
        "yuan",
        "2006",
    )


def test_spans_point_at_the_printed_number(sources: DataPaths) -> None:
    build(sources)
    edition = Library(sources.parquet).current()
    source = edition.source("reports/first")
    figures = edition.figures("reports/first")
    assert source is not None
    assert len(figures) == 4
    assert [source["body"][row.start : row.end] for row in figures.itertuples()] == list(figures["text"])


def test_a_second_build_reads_nothing_and_publishes_nothing(sources: DataPaths) -> None:
    first, second = build(sources), build(sources)
    assert (second.unchanged, second.edition, second.read) == (True, first.edition, 0)


def test_only_what_changed_is_read_again(sources: DataPaths) -> None:
    build(sources)
    report = sources.reports / "first.md"
    report.write_text(report.read_text(encoding="utf-8").replace("35家", "36家"), encoding="utf-8")
    summary = build(sources)
    assert (summary.read, summary.reused) == (1, 2)
    spaces = Library(sources.parquet).current().observations(Selection(indicators=("makerspaces",), whole=True))
    assert list(spaces["value"]) == [36.0]


def test_a_removed_source_is_gone_from_the_next_edition(sources: DataPaths) -> None:
    build(sources)
    (sources.reports / "first.md").unlink()
    build(sources)
    edition = Library(sources.parquet).current()
    assert edition.source("reports/first") is None
    assert edition.count(Selection(origins=("report",))) == 0


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("reports/x.docx", b"PK\x03\x04", "format_differs"),
        ("reports/x.md", b"\xff\xfe\x00", "unknown_encoding"),
        ("reports/x.md", "没有文首信息的正文。".encode(), "field_missing"),
        ("reports/x.md", "---\ntitle: 报告\nregion_code: '999999'\npublished: '2020'\n---\n正文。".encode(), "unknown_region"),
        ("reports/x.md", "---\ntitle: 报告\nregion_code: '110000'\npublished: 去年\n---\n正文。".encode(), "bad_date"),
        ("reports/x.md", "---\ntitle: 报告\nregion_code: '110000'\npublished: '2020'\n---\n \n".encode(), "no_text"),
        ("reports/x.md", "---\n[甲\n---\n正文".encode(), "bad_front_matter"),
        ("reports/first.txt", "---\ntitle: 同名\n---\n正文".encode(), "same_name"),
        ("tables/x.csv", b"region_code,region,2020\n110000,\xe5\x8c\x97\xe4\xba\xac,1\n", "table_without_card"),
        ("tables/x.yml", b"title: x\n", "card_without_table"),
        ("tables/x.xls", b"\xd0\xcf", "unknown_format"),
        ("tables/gdp.yml", b"title: [\n", "bad_card"),
        ("tables/gdp.csv", b"code,name,2006\n", "bad_header"),
        ("tables/gdp.csv", b"region_code,region,x2006\n", "bad_date"),
    ],
)  # fmt: skip
def test_a_faulty_file_gives_one_clear_message_and_its_neighbours_go_through(
    sources: DataPaths, name: str, content: bytes, code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (sources.root / name).write_bytes(content)
    assert main(["build", "--data", str(sources.root), "--lang", "en", "--quiet"]) == 1
    errors = [line for line in capsys.readouterr().err.splitlines() if line.startswith("error ")]
    assert code in {line.split()[1] for line in errors}
    assert all(Path(name).name.split(".")[0] in line for line in errors), errors
    assert shown(sources) > 0


def test_a_bad_cell_or_row_is_left_out_and_told(sources: DataPaths) -> None:
    table = sources.tables / "gdp.csv"
    lines = table.read_text(encoding="utf-8").splitlines()
    beijing = next(number for number, line in enumerate(lines) if line.startswith("110000"))
    lines[beijing] = lines[beijing].replace("8618.9", "8618.9e", 1)
    lines.append("999999,某地" + "," * (lines[0].count(",") - 1))
    table.write_text("\n".join(lines) + "\n", encoding="utf-8")
    before = sum(cell != "" for line in lines[1:] for cell in line.split(",")[2:])
    summary = build(sources)
    assert {problem.code for problem in summary.errors} == {"not_a_number", "unknown_region"}
    assert Library(sources.parquet).current().count(Selection(sources=("tables/gdp",))) == before - 1


def test_an_implausible_level_is_held_back_not_lost(sources: DataPaths) -> None:
    report = sources.reports / "first.md"
    report.write_text(report.read_text(encoding="utf-8").replace("6.22亿元", "622000亿元"), encoding="utf-8")
    summary = build(sources)
    edition = Library(sources.parquet).current()
    assert summary.counts["held_back"] == 1
    assert "implausible" in {problem.code for problem in summary.problems}
    assert edition.observations(Selection(indicators=("rd_expenditure",), measures=("level",))).empty
    figure = edition.figures("reports/first").query("indicator == 'rd_expenditure' and measure == 'level'").iloc[0]
    assert figure["value"] == 6.22e13


def test_a_broken_catalogue_names_file_entry_and_field(sources: DataPaths, capsys: pytest.CaptureFixture[str]) -> None:
    build(sources)
    path = sources.catalog / "indicators" / "economy.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("kind: level", "kind: amount", 1), encoding="utf-8")
    load_catalog.__globals__["_load"].cache_clear()
    with pytest.raises(CatalogError, match=r"indicators/economy.yml: gdp: kind: 'amount'"):
        load_catalog(sources.catalog)
    assert main(["build", "--data", str(sources.root)]) == 2
    assert "indicators/economy.yml: gdp: kind" in capsys.readouterr().err
    assert shown(sources) > 0


def test_an_original_takes_the_place_of_its_digest(sources: DataPaths) -> None:
    report = sources.reports / "first.md"
    text = report.read_text(encoding="utf-8")
    report.write_text(text.replace("kind: report", "kind: report\nform: digest"), encoding="utf-8")
    (sources.reports / "original.txt").write_text(
        text.replace("全市共有众创空间35家", "甲市现已建成众创空间35家"), encoding="utf-8"
    )
    summary = build(sources)
    edition = Library(sources.parquet).current()
    assert edition.source("reports/first") is None
    assert set(edition.observations(Selection(origins=("report",)))["source_id"]) == {"reports/original"}
    assert not summary.problems


def test_figures_prints_json_lines_and_nothing_else(sources: DataPaths, capsys: pytest.CaptureFixture[str]) -> None:
    good, bad = sources.reports / "first.md", sources.root / "missing.md"
    assert main(["figures", str(good), str(bad), "--format", "jsonl", "--data", str(sources.root), "--lang", "en"]) == 1
    printed = capsys.readouterr()
    records = [json.loads(line) for line in printed.out.splitlines()]
    assert [record["text"] for record in records] == ["35家", "15家", "6.22亿元", "20.3%"]
    assert "cannot_open" in printed.err


def test_old_editions_stay_readable(sources: DataPaths) -> None:
    first = build(sources).edition
    (sources.reports / "first.md").unlink()
    build(sources)
    library = Library(sources.parquet)
    assert first in [manifest["edition"] for manifest in library.editions()]
    assert library.current().id != first


def test_of_editions_of_one_second_the_last_written_stay(tmp_path: Path) -> None:
    """Names within a second are in no order: the one before the current must not be the one that goes."""
    names = [f"20260131T235959-{mark}" for mark in "fedcba9"]
    for age, name in enumerate(reversed(names)):
        (tmp_path / name).mkdir()
        manifest = tmp_path / name / "manifest.json"
        manifest.write_text("{}", encoding="utf-8")
        os.utime(manifest, ns=(0, 10**18 - age))
    publish.remove_old(tmp_path, names[-1])
    assert {path.name for path in tmp_path.iterdir()} == set(names[-1 - publish.KEPT :])
