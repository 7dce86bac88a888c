"""What cannot be read of a table, or must not be guessed, is told by one clear message."""

import io
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from etl.read.grid import Grid, Merged
from indicators.catalog import Catalog, load_catalog
from indicators.errors import SourceError
from tests.etl.tables import ABOUT, PLAIN, ROOT, YEARS, book, codes_of, csv_of, read, saved, told, two_sheets

GDP = {"header": "产值", "indicator": "gdp", "unit": "亿元", "year": 2021}
TWICE = [["地区", "一季度", None, "全年", None], [None, "产值", "人口", "产值", "人口"], ["北京", 1, 2, 3, 4]]
FAULTY: list[tuple[str, Any, dict[str, Any], list[str]]] = [
    ("unknown sheet", book(PLAIN), {**YEARS, "sheet": "丙表"}, ["unknown_table"]),
    ("several sheets", two_sheets(), YEARS, ["which_table"]),
    ("empty workbook", book([]), YEARS, ["no_table"]),
    ("two headers match", book(TWICE, ["B1:C1", "D1:E1"]), {**ABOUT, "columns": [GDP]}, ["header_twice"]),
    ("no header matches", book(PLAIN), {**ABOUT, "columns": [GDP]}, ["header_missing"]),
    ("year twice", book([["地区", "2021年", "2021年增长"], ["北京", 1, 2]]), YEARS, ["header_twice"]),
    ("column without a year", book([["地区", "2021年", "序号"], ["北京", 1, 2]]), YEARS, ["year_unclear"]),
    ("unit differs from title", book([["单位：万元"], *PLAIN]), YEARS, ["unit_printed_differs"]),
    ("unit differs from header", book([["地区", "2021年（万元）"], ["北京", 1]]), YEARS, ["unit_printed_differs"]),
    ("no unit", book([["地区", "产值"], ["北京", 1]]), {**ABOUT, "columns": [{**GDP, "unit": None}]}, ["unit_missing"]),
    ("unit of another kind", book([["地区", "产值"], ["北京", 1]]), {**ABOUT, "columns": [{**GDP, "unit": "人"}]}, ["unit_differs"]),
    ("year differs", book([["地区", "产值 2022年"], ["北京", 1]]), {**ABOUT, "columns": [{**GDP, "header": "产值 2022年"}]}, ["year_differs"]),
    ("no regions", book([["姓名", "2021年"], ["甲", 1]]), YEARS, ["bad_header"]),
    ("one merged cell", book([["甲", None, None], [None] * 3], ["A1:C2"]), YEARS, ["bad_header"]),
    ("no values", book([["地区", "2021年"], ["北京", "—"]]), {**ABOUT, "columns": [{**GDP, "header": "2021年"}]}, ["no_values"]),
    ("todo", book(PLAIN), {**YEARS, "publisher": "TODO", "unit": "TODO"}, ["card_todo", "card_todo"]),
    ("unknown field", book(PLAIN), {**YEARS, "sheets": 1}, ["unknown_field"]),
    ("unknown region of the card", book(PLAIN), {**YEARS, "within": "999999"}, ["unknown_region"]),
    ("unknown kind of missing", book(PLAIN), {**YEARS, "missing": {"*": "gone"}}, ["bad_value"]),
    ("password", bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600) + "EncryptedPackage".encode("utf-16-le"), YEARS, ["password_protected"]),
    ("old format", bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600), YEARS, ["old_format"]),
    ("cut off", saved(book(PLAIN))[:900], YEARS, ["damaged_file"]),
    ("not a workbook", b"PK\x03\x04 nothing", YEARS, ["format_differs"]),
]  # fmt: skip


@pytest.mark.parametrize(("data", "card", "codes"), [case[1:] for case in FAULTY], ids=[case[0] for case in FAULTY])
def test_one_clear_error(catalog: Catalog, data: Any, card: dict[str, Any], codes: list[str]) -> None:
    with pytest.raises(SourceError) as error:
        read(data, card, catalog)
    assert codes_of(error) == codes
    assert {problem.source_id for problem in error.value.problems} == {"tables/x"}


def test_rows_that_mean_no_region_or_several_are_left_out_and_told(catalog: Catalog) -> None:
    rows = [["地区", "2021年"], ["北京", 1], ["鼓楼区", 2], ["某某区", 3], ["北京市", 4], ["999999", 5], ["东部", None]]
    table = read(book(rows), YEARS, catalog)
    assert [cell.region for cell in table.cells] == ["110000"]
    assert told(table) == [
        ("ambiguous_region", "tables/x.xlsx:3"),
        ("unknown_name", "tables/x.xlsx:4"),
        ("unknown_region", "tables/x.xlsx:6"),
        ("row_skipped", "tables/x.xlsx:7"),
        ("row_twice", "tables/x.xlsx:5"),
    ]
    assert "320106" in table.problems[0].params["candidates"]
    assert "350102" in table.problems[0].params["candidates"]


def test_cells_that_are_no_number_are_left_out_and_told(catalog: Catalog) -> None:
    made = book(
        [["地区", "2021年", "2022年"], ["北京", "约5", 1], ["天津", "=B2+1", 2], ["河北", 8, "3%"], ["山西", 9, None]],
        ["B5:C5"],
    )
    table = read(made, YEARS, catalog)
    assert [(c.place, float(c.value)) for c in table.cells] == [("表1!C2", 1e8), ("表1!C3", 2e8), ("表1!B4", 8e8)]
    assert told(table) == [
        ("not_a_number", "tables/x.xlsx:2"),
        ("unit_printed_differs", "tables/x.xlsx 表1!C4"),
        ("merged_value", "tables/x.xlsx 表1!B5"),
        ("formula_without_value", "tables/x.xlsx"),
    ]
    assert table.problems[-1].params == {"number": "1", "first": "表1!B3"}


def test_many_problems_of_one_kind_are_counted(catalog: Catalog) -> None:
    rows = [["地区", "2021年"], ["北京", 1], *([f"某{number}区", number] for number in range(50))]
    table = read(book(rows), YEARS, catalog)
    assert [p.code for p in table.problems] == ["unknown_name"] * 20 + ["more_of_same"]
    assert table.problems[-1].params["number"] == "30"


def repacked(data: bytes, part: str, content: bytes) -> bytes:
    """A workbook with one part replaced."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            new.writestr(item.filename, content if item.filename == part else old.read(item))
    return stream.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
HEAD = b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
ROWS = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>地区</t></is></c><c r="B1"><v>2021</v></c></row>'
    '<row r="2"><c r="A2" t="inlineStr"><is><t>北京</t></is></c><c r="B2"><v>5</v></c></row>'
).encode()


def test_a_bomb_is_refused(catalog: Catalog) -> None:
    bomb = repacked(saved(book(PLAIN)), SHEET, HEAD + b"<sheetData>" + b" " * 300_000_000)
    assert len(bomb) < 1_000_000
    with pytest.raises(SourceError) as error:
        read(bomb, YEARS, catalog)
    assert codes_of(error) == ["too_large"]


def test_a_sheet_of_a_million_formatted_blank_rows_is_read_to_its_last_value(catalog: Catalog) -> None:
    blank = b"".join(
        b'<row r="%d"><c r="A%d" s="0"/><c r="XFD%d" s="0"/></row>' % (row, row, row) for row in range(3, 1_000_003)
    )
    xml = HEAD + b'<dimension ref="A1:XFD1048576"/><sheetData>' + ROWS + blank + b"</sheetData></worksheet>"
    table = read(repacked(saved(book(PLAIN)), SHEET, xml), YEARS, catalog)
    assert [(cell.region, cell.place) for cell in table.cells] == [("110000", "表1!B2")]


def test_a_value_in_the_last_cell_of_a_sheet_is_too_large_not_endless(catalog: Catalog) -> None:
    last = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    xml = HEAD + b"<sheetData>" + ROWS + last + b"</sheetData></worksheet>"
    with pytest.raises(SourceError) as error:
        read(repacked(saved(book(PLAIN)), SHEET, xml), YEARS, catalog)
    assert codes_of(error) == ["table_too_large"]


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("x.csv", ("," * 1000 + "\n").encode() * 1000, "table_too_large"),
        ("x.csv", "地区,2021年\n北京,".encode() + b"\xff" * 40, "unknown_encoding"),
        ("x.xlsx", "merged", "damaged_file"),
    ],
)
def test_a_table_that_would_cost_much_is_refused(catalog: Catalog, name: str, data: Any, code: str) -> None:
    if data == "merged":
        merged = b'<mergeCells count="3">' + b'<mergeCell ref="A1:B2"/>' * 3 + b"</mergeCells>"
        data = repacked(
            saved(book(PLAIN)), SHEET, HEAD + b"<sheetData>" + ROWS + b"</sheetData>" + merged + b"</worksheet>"
        )
    with pytest.raises(SourceError) as error:
        read(data, YEARS, catalog, name)
    assert codes_of(error) == [code]


def test_a_cell_of_many_signs_costs_no_more_than_its_length(catalog: Catalog) -> None:
    long = ["①" * 30_000 + "北", "(" * 30_000, "A" * 30_000 + "市", "9" * 30_000, "单位：" * 10_000]
    rows = [["地区", "2021年"], *([text, 1] for text in long), ["北京", 2], *(["天津", text] for text in long[:1])]
    table = read(csv_of(rows).encode(), YEARS, catalog, "x.csv")
    assert [cell.region for cell in table.cells] == ["110000"]
    assert {p.code for p in table.problems} == {"unknown_name", "unknown_region", "not_a_number"}


def test_a_merged_cell_far_over_the_table_is_harmless() -> None:
    from etl.read.frame import spread

    cells, covered = spread(Grid("", (("甲", ""), ("", "")), (Merged(0, 0, 1_048_576, 16_384),)))
    assert cells == [["甲", "甲"], ["甲", "甲"]]
    assert len(covered) == 4


ODD = st.sampled_from(
    [
        [],
        {},
        [[]],
        [1],
        {"a": {}},
        "",
        "甲",
        0,
        -1,
        3.5,
        True,
        "TODO",
        date(2024, 1, 1),
        [None],
        {"zh": ["甲"]},
        [{"header": []}],
    ]
)
WHOLE = {
    **YEARS, "title": "甲", "notes": ["乙"], "breaks": [{"year": 2020, "zh": "甲", "en": "A"}], "missing": {"*": "nil"}, "skip": ["丙"],
    "ignore": ["丁"], "within": "110000", "level": "province", "header_rows": 1, "rows": "regions", "regions": "地区", "scope": "甲",
    "series": "s", "status": "P", "standing": "current", "column_sources": {"2021年": {"zh": "甲", "en": "A", "published": "2023"}}, "page": 1,
}  # fmt: skip


@given(
    field=st.sampled_from(
        [*WHOLE, "columns", "indicators", "sheet", "table", "year", "years", "region", "total", "file", "zzz"]
    ),
    value=ODD,
)
def test_whatever_a_card_says_it_is_read_or_refused(field: str, value: Any) -> None:
    from etl.sources import of_table

    catalog = load_catalog(ROOT / "data" / "catalog")
    card = yaml.safe_dump({**WHOLE, field: value}, allow_unicode=True).encode()
    try:
        result = of_table(Path("tables/x.csv"), csv_of(PLAIN).encode(), card, "tables/x", catalog)
    except SourceError as error:
        assert error.problems
    else:
        assert result["rows"]
        assert all(isinstance(result["source"][f"title_{lang}"], str) for lang in ("zh", "en"))
