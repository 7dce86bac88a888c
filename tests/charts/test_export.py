"""Files read back as they were written, and no text in them is run as a formula."""

import csv
import io
import json
from dataclasses import replace
from typing import Any

import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from charts.export import NAME_BYTES, Meta, citation, file_name, to_csv, to_parquet
from charts.workbook import to_xlsx

SOURCES = ({"title": "全国科技经费投入统计公报", "publisher": "国家统计局", "url": "https://www.stats.gov.cn/"},)
META = Meta(
    title="研发经费支出", filters={"地区": "广东、江苏", "年份": "2017–2024年"}, unit="亿元", sources=SOURCES,
    edition="2025-11-22", lang="zh", notes=("2018年起口径有变。", "=HYPERLINK(\"x\")"),
    columns={"region": ("地区代码", "国家标准代码"), "value": ("数值", "以元计")},
)  # fmt: skip
NASTY = ["=1+1", "+86", "-5", "@SUM(A1)", "\t=2", "正常", "", 'a"b,c\nd']


def rows() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "region": ["010000", "440000", "540000", "650000", "110000", "120000", "130000", "140000"],
            "value": [5.0996e11, -3.25, 0.1 + 0.2, None, 0.0, 1e15, 12.0, 2.5e-7],
            "year": pd.array([2024, 2023, None, 2021, 2020, 2019, 2018, 2017], dtype="Int64"),
            "note": NASTY,
        }
    )


def test_csv_reads_back_the_same(tmp_path: Any) -> None:
    data = to_csv(rows(), META)
    assert data.startswith(b"\xef\xbb\xbf")
    back = pd.read_csv(
        io.BytesIO(data), dtype={"地区代码": str}, keep_default_na=False, na_values={"数值": [""], "year": [""]}
    )
    assert list(back.columns) == ["地区代码", "数值", "year", "note"]
    assert list(back["地区代码"]) == list(rows()["region"])
    pd.testing.assert_series_equal(back["数值"], rows()["value"], check_names=False)
    assert back["year"].isna().tolist() == rows()["year"].isna().tolist()


def test_csv_keeps_formulas_as_text_and_numbers_as_numbers() -> None:
    back = pd.read_csv(io.BytesIO(to_csv(rows(), META)), keep_default_na=False, dtype=str)
    assert list(back["note"]) == ["'=1+1", "'+86", "'-5", "'@SUM(A1)", "'\t=2", "正常", "", 'a"b,c\nd']
    assert back["数值"][1] == "-3.25" and back["数值"][0] == "509960000000"


@given(st.lists(st.text(min_size=1), min_size=1, max_size=5))
def test_no_text_of_a_csv_can_start_a_formula(words: list[str]) -> None:
    data = to_csv(pd.DataFrame({"t": words}), META).decode("utf-8-sig")
    for (cell,) in list(csv.reader(io.StringIO(data, newline="")))[1:]:
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


def test_a_workbook_has_its_sheets_and_reads_back_the_same() -> None:
    book = openpyxl.load_workbook(io.BytesIO(to_xlsx(rows(), META)))
    assert book.sheetnames == ["封面", "说明", "数据", "来源", "字段"]
    cells = list(book["数据"].iter_rows(values_only=True))
    assert cells[0] == ("地区代码", "数值", "year", "note")
    assert [row[0] for row in cells[1:]] == list(rows()["region"])
    assert [row[1] for row in cells[1:]] == pytest.approx([5.0996e11, -3.25, 0.3, None, 0, 1e15, 12, 2.5e-7])
    assert all(isinstance(row[1], int | float) for row in cells[1:] if row[1] is not None)
    assert [row[3] or "" for row in cells[1:]] == NASTY
    assert book["数据"].freeze_panes == "A2" and book["数据"].auto_filter.ref == "A1:D9"


def test_no_cell_of_a_workbook_is_a_formula_or_link() -> None:
    book = openpyxl.load_workbook(io.BytesIO(to_xlsx(rows(), META)))
    for sheet in book:
        for row in sheet.iter_rows():
            assert not any(cell.data_type == "f" or cell.hyperlink for cell in row), sheet.title


def test_the_cover_names_filters_edition_rows_and_citation() -> None:
    book = openpyxl.load_workbook(io.BytesIO(to_xlsx(rows(), META)))
    told = {row[0]: row[1] for row in book["封面"].iter_rows(min_row=3, values_only=True)}
    assert told["地区"] == "广东、江苏" and told["数据版本"] == "2025-11-22" and told["行数"] == "8"
    assert told["引用方式"] == citation(META) and told["单位"] == "亿元"
    assert book["来源"]["A2"].value == "全国科技经费投入统计公报" and book["字段"]["B2"].value == "地区代码"


def test_an_english_workbook_without_notes_or_sources() -> None:
    meta = Meta("GDP", {}, "yuan", (), "e1", "en")
    book = openpyxl.load_workbook(io.BytesIO(to_xlsx(rows().head(0), meta)))
    assert book.sheetnames == ["Cover", "Notes", "Data", "Sources"]
    assert [c.value for c in book["Data"][1]] == ["region", "value", "year", "note"]


def test_parquet_keeps_types_and_carries_its_description() -> None:
    data = to_parquet(rows(), META)
    table = pq.read_table(io.BytesIO(data))
    pd.testing.assert_frame_equal(table.to_pandas(), rows(), check_dtype=False)
    told = {key.decode(): value.decode() for key, value in table.schema.metadata.items()}
    assert json.loads(told["filters"])["地区"] == "广东、江苏" and told["edition"] == "2025-11-22"
    assert told["citation"] == citation(META) and json.loads(told["sources"])[0]["publisher"] == "国家统计局"
    assert json.loads(told["columns"])["value"]["meaning"] == "以元计"


def test_the_citation_names_title_edition_and_sources() -> None:
    words = citation(META)
    assert all(part in words for part in ("研发经费支出", "2025-11-22", "全国科技经费投入统计公报"))
    assert citation(Meta("GDP", {}, "", (), "e1", "en", url="https://x.example/?a=1")).endswith(
        "https://x.example/?a=1"
    )


def test_a_file_name_says_what_is_inside() -> None:
    said_twice = replace(META, title="研发经费支出，2017–2024年，亿元")
    assert file_name(said_twice, "csv").count("2017–2024年") == file_name(said_twice, "csv").count("亿元") == 1
    assert file_name(META, "csv") == "研发经费支出_广东-江苏_2017–2024年_亿元_全国科技经费投入统计公报_2025-11-22.csv"


@given(st.text(max_size=300), st.text(max_size=300), st.text(max_size=40))
def test_file_names_are_safe_everywhere(title: str, choice: str, edition: str) -> None:
    name = file_name(Meta(title, {"x": choice}, "亿元", SOURCES, edition, "zh"), "xlsx")
    assert not set('<>:"/\\|?*\n\r\t\0 ') & set(name)
    assert len(name.encode()) <= NAME_BYTES + 8 and name.endswith(".xlsx")
    assert not name.startswith((".", " ")) and not name.removesuffix(".xlsx").endswith((".", " "))


@pytest.mark.parametrize("title", ["CON", "nul", "com1", "LPT9.x"])
def test_names_that_windows_reserves_are_changed(title: str) -> None:
    assert file_name(Meta(title, {}, "", (), "", "en"), "csv").startswith("_")
