"""A short card says what the rows and columns of a table are."""

from typing import Any

import pytest
from openpyxl.styles import Alignment

from etl.observe import of_table
from indicators.catalog import Catalog
from indicators.errors import SourceError
from tests.etl.tables import ABOUT, YEARS, book, codes_of, read, told, values


def test_a_sheet_with_everything_a_yearbook_prints(catalog: Catalog) -> None:
    made = book(
        [
            ["表1 各市研发经费（2022—2023年）"],
            [None, None, None, None, "单位：万元"],
            ["地  区", "研发经费", None, "R&D人员（人）", None],
            [None, "2022年", "2023年", "2022年", "2023年"],
            ["合  计", 300, 400, 30, 40],
            ["南 京", 1234.5, "1,300①", 10, "—"],
            ["徐州市", "５．５", "…", None, "(3)"],
            ["无 锡", 0, "2 500", "x", "-4"],
            ["某市", 1, 2, 3, 4],
            ["注：①为初步数。"],
            ["资料来源：甲市统计局"],
        ],
        ["A1:E1", "A3:A4", "B3:C3", "D3:E3"],
    )
    columns = [
        {"header": "研发经费 / 2022年", "indicator": "rd_expenditure"},
        {"header": "研发经费 / 2023年", "indicator": "rd_expenditure", "unit": "万元"},
        {"header": "R&D人员 / 2022年", "indicator": "rd_staff"},
        {"header": "R&D人员（人） / 2023年", "indicator": "rd_staff"},
    ]
    table = read(made, {**ABOUT, "within": "320000", "columns": columns}, catalog)
    assert values(table) == [
        ("320100", 2022, "rd_expenditure", 12_345_000.0, "表1!B6"),
        ("320100", 2023, "rd_expenditure", 13_000_000.0, "表1!C6"),
        ("320100", 2022, "rd_staff", 10.0, "表1!D6"),
        ("320300", 2022, "rd_expenditure", 55_000.0, "表1!B7"),
        ("320300", 2023, "rd_staff", -3.0, "表1!E7"),
        ("320200", 2022, "rd_expenditure", 0.0, "表1!B8"),
        ("320200", 2023, "rd_expenditure", 25_000_000.0, "表1!C8"),
        ("320200", 2023, "rd_staff", -4.0, "表1!E8"),
    ]
    assert table.missing == {"nil": 1, "not_available": 1, "blank": 1, "suppressed": 1}
    assert table.notes == ("注：①为初步数。", "资料来源：甲市统计局")
    assert table.card["title"]["zh"] == "表1 各市研发经费（2022—2023年）"
    assert (table.cells[1].row, table.cells[1].column, table.cells[1].printed) == (
        "南 京",
        "研发经费 / 2023年",
        "1,300①",
    )
    assert told(table)[:3] == [
        ("row_skipped", "tables/x.xlsx:5"),
        ("unknown_name", "tables/x.xlsx:9"),
        ("footnote_marks", "tables/x.xlsx"),
    ]
    kinds = {p.params["status"]: p.params["number"] for p in table.problems if p.code == "missing_values"}
    assert kinds == {"M": "1", "L": "1", "Q": "1"}


def test_one_region_with_years_down(catalog: Catalog) -> None:
    made = book([["年份", "地区生产总值（亿元）", "研发强度"], [2021, 100.5, 0.0251], ["2022年", 110, 0.026]])
    for row in (2, 3):
        made.active[f"C{row}"].number_format = "0.0%"
    columns = [
        {"header": "地区生产总值", "indicator": "gdp"},
        {"header": "研发强度", "indicator": "rd_intensity", "unit": "%"},
    ]
    table = read(made, {**ABOUT, "title": "甲", "region": "320100", "rows": "years", "columns": columns}, catalog)
    assert values(table) == [
        ("320100", 2021, "gdp", 10_050_000_000.0, "表1!B2"),
        ("320100", 2021, "rd_intensity", 2.5, "表1!C2"),
        ("320100", 2022, "gdp", 11_000_000_000.0, "表1!B3"),
        ("320100", 2022, "rd_intensity", 2.6, "表1!C3"),
    ]
    assert [cell.printed for cell in table.cells][1::2] == ["2.5%", "2.6%"]


def test_one_region_with_indicators_down_and_a_column_of_units(catalog: Catalog) -> None:
    made = book(
        [
            ["指标", "单位", 2021, 2022],
            ["地区生产总值", "亿元", 1, 2],
            ["投入强度", "%", 2.1, 2.2],
            ["其他", "个", 5, 6],
        ]
    )
    indicators = [{"header": "地区生产总值", "indicator": "gdp"}, {"header": "投入强度", "indicator": "rd_intensity"}]
    table = read(made, {**ABOUT, "region": "320100", "columns": "years", "indicators": indicators}, catalog)
    assert [(c.year, c.measure.indicator, float(c.value)) for c in table.cells] == [
        (2021, "gdp", 1e8), (2022, "gdp", 2e8), (2021, "rd_intensity", 2.1), (2022, "rd_intensity", 2.2),
    ]  # fmt: skip
    assert told(table) == [("row_skipped", "tables/x.xlsx:4")]


def test_a_row_that_numbers_the_columns_is_none_of_values(catalog: Catalog) -> None:
    made = book([["地区", "2021年", "2022年"], ["甲", 1, 2], ["北京", 3, 4], ["某市", 1, 2]])
    table = read(made, YEARS, catalog)
    assert [float(cell.value) for cell in table.cells] == [3e8, 4e8]
    assert told(table) == [("unknown_name", "tables/x.xlsx:4")]


def test_years_down_and_regions_across(catalog: Catalog) -> None:
    made = book([["年份", "北京", "天津", "合计"], [2021, 1, 2, 3], [2022, 4, None, 4]])
    table = read(made, {**ABOUT, "columns": "regions", "indicator": "gdp", "unit": "亿元"}, catalog)
    assert [(c.region, c.year, float(c.value)) for c in table.cells] == [
        ("110000", 2021, 1e8), ("120000", 2021, 2e8), ("110000", 2022, 4e8),
    ]  # fmt: skip


def test_a_column_of_codes_beside_names_and_the_columns_by_letter(catalog: Catalog) -> None:
    made = book(
        [["代码", "地区", "值", "值"], [320106, "鼓楼区", 1, 2], ["320302", "鼓楼区", 3, 4], ["320300", "徐州", 5, 6]]
    )
    columns = [{"column": "D", "indicator": "gdp", "unit": "亿元", "year": 2021}]
    table = read(made, {**ABOUT, "columns": columns}, catalog)
    assert [(c.region, c.row, float(c.value)) for c in table.cells] == [
        ("320106", "鼓楼区", 2e8), ("320302", "鼓楼区", 4e8), ("320300", "徐州", 6e8),
    ]  # fmt: skip
    by_name = read(made, {**ABOUT, "regions": "地区", "columns": columns}, catalog)
    assert [(c.region, c.row) for c in by_name.cells] == [("320300", "徐州")]
    assert [p.code for p in by_name.problems] == ["columns_unread", "ambiguous_region", "ambiguous_region"]
    assert by_name.problems[0].params["columns"] == "值"


def test_a_row_among_rows_of_one_level_is_of_that_level(catalog: Catalog) -> None:
    cities = read(book([["地区", "2021年"], ["昆明", 1], ["思茅", 2]]), YEARS, catalog)
    assert [cell.region for cell in cities.cells] == ["530100", "530800"]
    mixed = book([["地区", "2021年"], ["昆明", 1], ["盘龙区", 3], ["思茅", 2]])
    assert [p.code for p in read(mixed, YEARS, catalog).problems] == ["ambiguous_region"]
    assert [c.region for c in read(mixed, {**YEARS, "level": "county"}, catalog).cells] == ["530103", "530802"]


def test_a_long_table_with_a_column_of_years(catalog: Catalog) -> None:
    made = book([["地区", "年份", "产值"], ["北京", 2021, 1], [None, 2022, 2], ["天津", 2021, 3]], ["A2:A3"])
    columns = [{"header": "产值", "indicator": "gdp", "unit": "亿元"}]
    table = read(made, {**ABOUT, "years": "年份", "columns": columns}, catalog)
    assert [(c.region, c.year, float(c.value)) for c in table.cells] == [
        ("110000", 2021, 1e8), ("110000", 2022, 2e8), ("120000", 2021, 3e8),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("label", "within", "code"),
    [
        ("北 京", None, "110000"),
        ("北京市", None, "110000"),
        ("　　北　京", None, "110000"),
        ("北京 Beijing", None, "110000"),
        ("Beijing", None, "110000"),
        ("110000", None, "110000"),
        ("320100000000", None, "320100"),
        ("臺灣省", None, "710000"),
        ("#鼓楼区", "320100", "320106"),
        ("鼓楼区", "320300", "320302"),
        ("其中：鼓楼区①", "320300", "320302"),
        ("全国", None, "000000"),
    ],
)
def test_names_and_codes_of_regions(catalog: Catalog, label: str, within: str | None, code: str) -> None:
    table = read(book([["地区", "2021年"], [label, 7]]), {**YEARS, **({"within": within} if within else {})}, catalog)
    assert [cell.region for cell in table.cells] == [code]


def test_cities_name_the_rows_where_their_province_stands_beside_them(catalog: Catalog) -> None:
    made = book(
        [["地区", None, "2021年"], ["江苏", "南京市", 3], [None, "徐州市", 1], ["浙江", "杭州市", 4]],
        ["A2:A3", "A1:B1"],
    )
    assert [(c.region, float(c.value)) for c in read(made, YEARS, catalog).cells] == [
        ("320100", 3e8), ("320300", 1e8), ("330100", 4e8),
    ]  # fmt: skip


def test_names_of_sections_and_repeated_headers_are_no_rows(catalog: Catalog) -> None:
    made = book(
        [["指标", "2021年"], ["一、经济"], ["#地区生产总值（亿元）", 3], ["指标", "2021年"], ["二、人口"], ["人口①", 5]]
    )
    indicators = [
        {"header": "地区生产总值", "indicator": "gdp"},
        {"header": "人口", "indicator": "population", "unit": "万人"},
    ]
    table = read(made, {**ABOUT, "region": "110000", "columns": "years", "indicators": indicators}, catalog)
    assert [(c.measure.indicator, c.year, float(c.value)) for c in table.cells] == [
        ("gdp", 2021, 3e8), ("population", 2021, 50_000.0),
    ]  # fmt: skip


def test_an_indented_name_is_in_the_region_above_it(catalog: Catalog) -> None:
    made = book([["地区", "2022年"], ["南京市", 1], ["鼓楼区", 2], ["徐州市", 3], ["　鼓楼区", 4]])
    made.active["A3"].alignment = Alignment(indent=1)
    table = read(made, YEARS, catalog)
    assert [cell.region for cell in table.cells] == ["320100", "320106", "320300", "320302"]


def test_the_unit_of_the_title_and_of_a_header(catalog: Catalog) -> None:
    rows = [["各地生产总值"], ["单位：万元、人"], ["地区", "产值", "人员", "人口（万人）"], ["北京", 5, 6, 7]]
    names = [("产值", "gdp"), ("人员", "rd_staff"), ("人口", "population")]
    columns = [{"header": header, "indicator": indicator, "year": 2023} for header, indicator in names]
    table = read(book(rows, ["A1:D1", "A2:D2"]), {**ABOUT, "columns": columns}, catalog)
    assert [float(cell.value) for cell in table.cells] == [50_000.0, 6.0, 70_000.0]


def test_the_year_of_the_title(catalog: Catalog) -> None:
    rows = [["2023年各地生产总值"], ["地区", "产值（亿元）"], ["北京", 5]]
    table = read(book(rows), {**ABOUT, "columns": [{"header": "产值", "indicator": "gdp"}]}, catalog)
    assert [(cell.year, float(cell.value)) for cell in table.cells] == [(2023, 5e8)]


def test_the_card_says_how_many_rows_head_the_columns(catalog: Catalog) -> None:
    made = book([["表号", "2020年制定", None], ["地区", "2021年", "2022年"], ["北京", 1, 2]])
    with pytest.raises(SourceError) as error:
        read(made, YEARS, catalog)
    assert set(codes_of(error)) == {"year_unclear"}
    assert [c.column for c in read(made, {**YEARS, "header_rows": 1}, catalog).cells] == ["2021年", "2022年"]


def test_a_column_without_a_year_is_told_once(catalog: Catalog) -> None:
    made = book([["地区", "产值", "人口 2020年"], ["北京", 1, 2], ["天津", 3, 4]])
    columns = [
        {"header": "产值", "indicator": "gdp", "unit": "亿元"},
        {"header": "人口 2020年", "indicator": "population", "unit": "万人"},
    ]
    table = read(made, {**ABOUT, "columns": columns}, catalog)
    assert told(table) == [("year_missing", "tables/x.xlsx · 产值")]
    assert len(table.cells) == 2


def test_a_total_is_of_the_region_that_the_card_names(catalog: Catalog) -> None:
    made = book([["地区", "2021年"], ["总 计", 9], ["南京", 4]])
    table = read(made, {**YEARS, "within": "320000", "total": "320000"}, catalog)
    assert [(cell.region, float(cell.value)) for cell in table.cells] == [("320000", 9e8), ("320100", 4e8)]


def test_a_card_may_say_what_a_sign_means_and_which_rows_and_columns_to_leave(catalog: Catalog) -> None:
    made = book([["地区", "序号", "2021年", "2022年"], ["东部地区", 1, 8, 9], ["北京", 2, "…", 2]])
    table = read(made, {**YEARS, "ignore": ["序号"], "skip": ["东部地区"], "missing": {"…": "too_small"}}, catalog)
    assert table.missing == {"too_small": 1}
    assert [(p.code, p.severity) for p in table.problems] == [("missing_values", "note")]
    assert len(table.cells) == 1


# --- growth rates -----------------------------------------------------------------------------------------------------

GROWTH: dict[str, Any] = {
    **ABOUT, "year": "2021",
    "columns": [
        {"header": "专利数", "indicator": "patent_grants", "unit": "件"},
        {"header": "专利数增长（%）", "indicator": "patent_grants", "measure": "growth"},
        {"header": "比2019年增长", "indicator": "patent_grants", "measure": "growth", "unit": "%", "years_before": 2},
        {"header": "强度提高", "indicator": "rd_intensity", "measure": "change", "unit": "个百分点"},
    ],
}  # fmt: skip
GROWN: list[list[Any]] = [["地区", "专利数", "专利数增长（%）", "比2019年增长", "强度提高"], ["北京", 12, 1.5, -3, 0.1]]


def test_growth_rates_and_changes_carry_the_year_that_they_are_against(catalog: Catalog) -> None:
    rows = of_table(read(book(GROWN), GROWTH, catalog))
    assert [(row["measure"], row["unit"], row["value"], row["year"], row["base_year"]) for row in rows] == [
        ("level", "count", 12.0, 2021, None),
        ("growth", "percent", 1.5, 2021, 2020),
        ("growth", "percent", -3.0, 2021, 2019),
        ("change", "percentage_point", 0.1, 2021, 2020),
    ]


@pytest.mark.parametrize(
    ("spec", "codes"),
    [
        ({"measure": "grwth"}, ["bad_value"]),
        ({"measure": "growth", "years_before": 0}, ["bad_value"]),
        ({"measure": "growth", "years_before": "x"}, ["bad_value"]),
        ({"measure": "growth", "unit": "件"}, ["unit_differs"]),
    ],
)
def test_a_measure_that_is_none_or_in_a_wrong_unit_is_told(
    spec: dict[str, Any], codes: list[str], catalog: Catalog
) -> None:
    card = {**GROWTH, "columns": [{"header": "专利数", "indicator": "patent_grants", **spec}]}
    with pytest.raises(SourceError) as error:
        read(book([["地区", "专利数"], ["北京", 12]]), card, catalog)
    assert codes_of(error) == codes
