"""Tables of sheets, CSV and documents come back as they are shown."""

import io
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.catalog import Catalog, load_catalog
from indicators.errors import SourceError
from indicators.printed import read_number
from tests.etl.tables import ABOUT, PLAIN, ROOT, YEARS, book, codes_of, csv_of, read


def test_formats_of_a_sheet_are_applied_as_shown(catalog: Catalog) -> None:
    made = book(
        [
            ["地区", "2021年"],
            ["北京", 1234.567],
            ["天津", -1234.5],
            ["上海", 0.1 + 0.2],
            ["江苏", 12.0],
            ["浙江", 1250000],
        ]
    )
    for row, style in zip(range(2, 7), ["#,##0.00", "#,##0;(#,##0)", "General", "0.0#", "0.00,"], strict=True):
        made.active[f"B{row}"].number_format = style
    table = read(made, YEARS, catalog)
    assert [cell.printed for cell in table.cells] == ["1,234.57", "(1,235)", "0.3", "12.0", "1250.00"]


@pytest.mark.parametrize(
    "style", ["0.00_ ", "#,##0.00_);[Red]\\(#,##0.00\\)", "0.00_ ;[Red]\\-0.00\\ ", "@", "0.00E+00"]
)
def test_everyday_formats_say_nothing(catalog: Catalog, style: str) -> None:
    made = book([["地区", "2021年"], ["北京", 12.34], ["天津", -5.5]])
    for row in (2, 3):
        made.active[f"B{row}"].number_format = style
    table = read(made, YEARS, catalog)
    assert [float(cell.value) for cell in table.cells] == [12.34e8, -5.5e8]
    assert not table.problems


def test_a_format_that_shows_another_unit_is_told(catalog: Catalog) -> None:
    made = book([["地区", "2021年"], ["北京", 123456]])
    made.active["B2"].number_format = '0!.0,"万"'
    table = read(made, YEARS, catalog)
    assert [cell.printed for cell in table.cells] == ["123456"]
    assert [(p.code, p.severity, p.params["at"]) for p in table.problems] == [
        ("format_not_applied", "warning", 'B2 0!.0,"万"')
    ]


def test_dates_as_headers_and_labels_give_their_year(catalog: Catalog) -> None:
    made = book([["地区", date(2021, 12, 31), date(2022, 12, 31)], ["北京", 1, 2]])
    made.active["C1"].number_format = 'yyyy"年"'
    assert [(c.year, c.column) for c in read(made, YEARS, catalog).cells] == [(2021, "2021-12-31"), (2022, "2022年")]


def test_what_is_hidden_is_not_read_and_told(catalog: Catalog) -> None:
    made = book([*PLAIN, ["河北", 5, 6]])
    made.active.row_dimensions[3].hidden = True
    made.active.column_dimensions["C"].hidden = True
    made.create_sheet("旧表").append(["地区", 2020])
    made["旧表"].sheet_state = "hidden"
    table = read(made, YEARS, catalog)
    assert [(c.region, c.place) for c in table.cells] == [("110000", "表1!B2"), ("130000", "表1!B4")]
    assert [(p.code, p.params["at"]) for p in table.problems] == [
        ("hidden_rows", "3"), ("hidden_columns", "C"), ("hidden_sheet", "旧表"),
    ]  # fmt: skip


@pytest.mark.parametrize(("sheet", "expected"), [("乙表", 7.0), (2, 7.0), ("乙 表", 7.0), ("2022", 9.0), (2022, 9.0)])
def test_the_card_names_the_sheet_by_name_or_number(catalog: Catalog, sheet: str | int, expected: float) -> None:
    made = book(PLAIN)
    for name, value in (("乙表", 7), ("2022", 9)):
        made.create_sheet(name).append(["地区", "2021年"])
        made[name].append(["北京", value])
    table = read(made, {**YEARS, "sheet": sheet}, catalog)
    assert [float(cell.value) for cell in table.cells] == [expected * 1e8]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "big5"])
def test_a_csv_with_any_header_in_any_encoding(catalog: Catalog, encoding: str) -> None:
    rows = [["各地生產總值統計表"], ["單位：億元"], ["地區", "2021年", "2022年"], ["北京", "1,5", 2], ["江蘇", 3, 4]]
    text = csv_of(rows).replace("1,5", '"1,500"')
    table = read(text.encode(encoding), {**ABOUT, "columns": "years", "indicator": "gdp"}, catalog, "x.csv")
    assert [(c.region, float(c.value), c.place) for c in table.cells][:2] == [
        ("110000", 1.5e11, "B4"),
        ("110000", 2e8, "C4"),
    ]
    assert len(table.cells) == 4


def test_a_csv_whose_upper_headers_stand_once(catalog: Catalog) -> None:
    rows = [
        ["地区", "生产总值（亿元）", "", "人口（万人）", ""],
        ["", "2021", "2022", "2021", "2022"],
        ["北京", 1, 2, 3, 4],
    ]
    columns = [{"header": "人口 / 2022", "indicator": "population"}]
    table = read(csv_of(rows).encode(), {**ABOUT, "columns": columns}, catalog, "x.csv")
    assert [(c.year, float(c.value), c.place) for c in table.cells] == [(2022, 40_000.0, "E3")]


def docx_of(rows: Sequence[Sequence[Any]]) -> bytes:
    import docx

    document = docx.Document()
    document.add_paragraph("表2 各地生产总值（单位：亿元）")
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            table.cell(at, column).text = str(text)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def html_of(rows: Sequence[Sequence[Any]]) -> bytes:
    cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    text = f"<html><head><meta charset='utf-8'></head><body><p>各地生产总值</p><table>{cells}</table></body></html>"
    return text.encode()


def test_a_page_with_two_tables_captions_spans_and_marks(catalog: Catalog) -> None:
    text = """<html><head><meta charset="gb2312"></head><body><p>表1　各市研发经费</p><p>单位：万元</p>
    <table><tr><th rowspan="2">地 区</th><th colspan="2">研发经费</th></tr><tr><th>2022年</th><th>2023年</th></tr>
    <tr><td>南京市</td><td>1,234<sup>①</sup></td><td>…</td></tr><tr><td colspan="3">注：①初步数。</td></tr></table>
    <p>表2　强度</p><table><tr><th>地区</th><th>2022年</th></tr><tr><td>南京</td><td>2.5%</td></tr></table></body></html>"""
    page = text.encode("gb18030")
    first = read(page, {**ABOUT, "table": "表1", "columns": "years", "indicator": "rd_expenditure"}, catalog, "x.html")
    assert [(c.year, float(c.value), c.column, c.place) for c in first.cells] == [
        (2022, 12_340_000.0, "研发经费 / 2022年", "#1!B3")
    ]
    assert (first.card["title"]["zh"], first.notes) == ("表1　各市研发经费", ("注：①初步数。",))
    second = read(page, {**YEARS, "table": 2, "indicator": "rd_intensity", "unit": "%"}, catalog, "x.html")
    assert [(float(c.value), c.place) for c in second.cells] == [(2.5, "#2!B2")]
    with pytest.raises(SourceError) as error:
        read(page, YEARS, catalog, "x.html")
    assert codes_of(error) == ["which_table"]


@pytest.mark.parametrize(("name", "make"), [("x.docx", docx_of), ("x.html", html_of)])
def test_a_table_of_a_document(catalog: Catalog, name: str, make: Callable[..., bytes]) -> None:
    table = read(make([["地区", "2021年", "2022年"], ["北京", "1.5", "…"], ["天津", "3", "4"]]), YEARS, catalog, name)
    assert [(c.region, c.year, float(c.value), c.place) for c in table.cells] == [
        ("110000", 2021, 1.5e8, "#1!B2"), ("120000", 2021, 3e8, "#1!B3"), ("120000", 2022, 4e8, "#1!C3"),
    ]  # fmt: skip
    assert table.missing == {"not_available": 1}


def test_a_table_of_a_pdf(catalog: Catalog) -> None:
    from reportlab.lib import colors
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import SimpleDocTemplate
    from reportlab.platypus import Table as PdfTable

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    stream = io.BytesIO()
    style = [("GRID", (0, 0), (-1, -1), 1, colors.black), ("FONT", (0, 0), (-1, -1), "STSong-Light")]
    SimpleDocTemplate(stream).build(
        [PdfTable([["地区", "2021年", "2022年"], ["北京", "1.5", "2"], ["天津", "3", "4"]], style=style)]
    )
    table = read(stream.getvalue(), {**YEARS, "page": 1}, catalog, "x.pdf")
    assert [(c.region, c.year, float(c.value), c.place) for c in table.cells][:2] == [
        ("110000", 2021, 1.5e8, "#1!B2"), ("110000", 2022, 2e8, "#1!C2"),
    ]  # fmt: skip


REGIONS = st.sampled_from(["北京", "天津", "河北省", "南京市", "徐州", "德令哈市", "绵竹市", "盘山县", "青海"])


@settings(max_examples=25)
@given(
    regions=st.lists(REGIONS, min_size=1, max_size=8, unique=True),
    years=st.lists(st.integers(1990, 2030), min_size=1, max_size=6, unique=True),
    top=st.integers(0, 3),
    numbers=st.data(),
)
def test_a_table_written_to_a_sheet_comes_back_exactly(
    regions: list[str], years: list[int], top: int, numbers: st.DataObject
) -> None:
    catalog = load_catalog(ROOT / "data" / "catalog")
    value = st.one_of(
        st.none(),
        st.integers(-(10**12), 10**12),
        st.decimals(-(10**8), 10**8, places=4, allow_nan=False, allow_infinity=False).map(float),
    )
    grid = [[numbers.draw(value) for _ in years] for _ in regions]
    rows: list[list[Any]] = [[] for _ in range(top)]
    rows += [["地区", *years], *([name, *line] for name, line in zip(regions, grid, strict=True))]
    wanted = {
        (at, year): Decimal(f"{number:.15g}") * 10**8
        for at, line in enumerate(grid)
        for year, number in zip(years, line, strict=True)
        if number is not None
    }
    if not wanted:
        with pytest.raises(SourceError):
            read(book(rows), YEARS, catalog)
        return
    table = read(book(rows), YEARS, catalog)
    got = {(regions.index(cell.row), cell.year): cell.value for cell in table.cells}
    assert got == wanted
    assert all(problem.severity == "note" for problem in table.problems)
    assert sum(table.missing.values()) + len(table.cells) == len(regions) * len(years)


@pytest.mark.parametrize(
    ("text", "value", "unit", "marks"),
    [
        ("0", "0", "", ""),
        ("1,234,567.80", "1234567.80", "", ""),
        ("１２，３４５．６", "12345.6", "", ""),
        ("1 234.5", "1234.5", "", ""),
        ("－3.2", "-3.2", "", ""),
        ("(3.2)", "-3.2", "", ""),
        ("12.5①", "12.5", "", "①"),
        ("12.5*", "12.5", "", "*"),
        ("12.5[1]", "12.5", "", "[1]"),
        ("2.5％", "2.5", "%", ""),
        (".5", "0.5", "", ""),
    ],
)
def test_a_printed_number(text: str, value: str, unit: str, marks: str) -> None:
    printed = read_number(text)
    assert printed is not None
    assert (printed.value, printed.unit, printed.marks) == (Decimal(value), unit, marks)


@pytest.mark.parametrize(
    "text", ["", "-", "…", "1,23", "12,3456", "1.2.3", "(3", "3)", "(-3)", "1e5", "12万", "①", "nan", "1-2", "12 34"]
)
def test_what_is_no_printed_number(text: str) -> None:
    assert read_number(text) is None
