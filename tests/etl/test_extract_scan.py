"""Numbers: printed forms to values, and back."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.clean import fold
from etl.extract.numeral import Numeral
from etl.extract.numerals import parse_han
from etl.extract.scan import Scanner
from indicators.catalog import load_catalog

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def scanner() -> Scanner:
    words = yaml.safe_load((ROOT / "data" / "catalog" / "reading" / "numbers.yml").read_text(encoding="utf-8"))
    return Scanner(load_catalog().units, words)


def quantities(scanner: Scanner, text: str) -> list[Numeral]:
    return [numeral for numeral in scanner.scan(fold(text).text) if numeral.reason is None]


@pytest.mark.parametrize(
    ("printed", "value", "unit", "comparator"),
    [
        ("284.15萬元", "2841500", "yuan", "eq"),
        ("6,800亿元", "680000000000", "yuan", "eq"),
        ("1.5万亿元", "1500000000000", "yuan", "eq"),
        ("27.77％", "27.77", "percent", "eq"),
        ("百分之十二", "12", "percent", "eq"),
        ("百分之3.5", "3.5", "percent", "eq"),
        ("三成以上", "30", "percent", "ge"),
        ("1/4以上", "25", "percent", "ge"),
        ("五分之二", "40", "percent", "eq"),
        ("2.2个百分点", "2.2", "percentage_point", "eq"),
        ("100余份", "100", "count", "ge"),
        ("20多人", "20", "person", "ge"),
        ("3万多户", "30000", "count", "ge"),
        ("2—3个工作日", "2.5", "day", "approx"),
        ("5至8家", "6.5", "count", "approx"),
        ("42.9万平方米", "429000", "sqm", "eq"),
        ("12平方公里", "12000000", "sqm", "eq"),
        ("十二家", "12", "count", "eq"),
        ("两个", "2", "count", "eq"),
        ("7.1倍", "7.1", "times", "eq"),
        ("翻两番", "300", "percent", "eq"),
        ("翻番", "100", "percent", "eq"),
        ("第四位", "4", "rank", "eq"),
        ("第12名", "12", "rank", "eq"),
        ("50家左右", "50", "count", "approx"),
        ("20家以内", "20", "count", "le"),
        ("5000万标准箱", "50000000", "other", "eq"),
        ("60万", "600000", "", "eq"),
        ("25.6万人年", "256000", "person_year", "eq"),
        ("2:1", "2", "other", "eq"),
    ],
)
def test_reads_a_quantity(scanner: Scanner, printed: str, value: str, unit: str, comparator: str) -> None:
    found = quantities(scanner, f"全市共{printed}。")
    assert len(found) == 1
    assert (found[0].value, found[0].unit, found[0].comparator) == (Decimal(value), unit, comparator)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("一、重点工作", "list_mark"),
        ("(三)优化环境", "list_mark"),
        ("2.优化服务", "list_mark"),
        ("二是加强领导", "list_mark"),
        ("2021年", "date"),
        ("2019-05-20 06:05", "date"),
        ("前7个月", "duration"),
        ("三年行动", "duration"),
        ("国发〔2017〕37号", "document_number"),
        ("《关于取消152项行政审批事项的决定》", "title"),
        ("实施“5项提升”工程", "name"),
        ("昇腾384超节点", "name"),
        ("5G基站", "name"),
        ("世界500强", "name"),
        ("“1+8”平台", "name"),
        ("联系电话:0427-3554789", "contact"),
        ("网站标识码2111220003", "contact"),
        ("31条具体措施", "measures"),
        ("7条关于双创的实施方案", "measures"),
        ("投资超10亿元的项目", "threshold"),
        ("60岁以上老年人", "threshold"),
        ("第三方机构", "ordinal"),
        ("进一步", "word"),
        ("220千伏输变电工程", "name"),
    ],
)
def test_says_why_a_number_is_no_quantity(scanner: Scanner, text: str, reason: str) -> None:
    found = list(scanner.scan(fold(text).text))
    assert found
    assert {numeral.reason for numeral in found} == {reason}


@settings(deadline=None)
@given(st.decimals(min_value=0, max_value=10**7, places=2, allow_nan=False), st.sampled_from(["", "万", "亿", "万亿"]))
def test_a_printed_amount_comes_back(number: Decimal, scale: str) -> None:
    words = yaml.safe_load((ROOT / "data" / "catalog" / "reading" / "numbers.yml").read_text(encoding="utf-8"))
    scanner = _scanner_once(words)
    factor = {"": 1, "万": 10**4, "亿": 10**8, "万亿": 10**12}[scale]
    for printed in (f"{number}{scale}元", f"{number:,}{scale}元"):
        found = quantities(scanner, f"收入达到{printed}。")
        assert [n.value for n in found] == [number * factor]


_CACHE: dict[str, Scanner] = {}


def _scanner_once(words: dict[str, object]) -> Scanner:
    return _CACHE.setdefault("scanner", Scanner(load_catalog().units, words))


def han(number: int) -> str:
    """A number below a hundred million in Chinese numerals."""
    digits = "零一二三四五六七八九"
    if number >= 10_000:
        rest = number % 10_000
        return han(number // 10_000) + "万" + ("零" if 0 < rest < 1000 else "") + (han(rest) if rest else "")
    text, zero = "", False
    for size, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, size)
        if digit:
            text += ("零" if zero and text else "") + digits[digit] + word
            zero = False
        else:
            zero = True
    return text or "零"


@settings(deadline=None)
@given(st.integers(min_value=0, max_value=99_999_999))
def test_chinese_numerals_come_back(number: int) -> None:
    assert parse_han(han(number)) == number


@pytest.mark.parametrize(
    ("text", "value"), [("两百三十", 230), ("十二", 12), ("二〇二五", 2025), ("三五", None), ("", None)]
)
def test_special_numerals(text: str, value: int | None) -> None:
    assert parse_han(text) == value
