"""A figure of half a year is not one of the year: what a sentence says of the months before a number."""

from __future__ import annotations

import pytest

from etl.extract import Reader
from indicators.catalog import load_catalog

PARTS = Reader(load_catalog()).parts_of_year


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("2021年上半年，全市新增科技企业#300家。", "1-6"),
        ("2021年1—7月，全市研发经费支出#12亿元，增长8%。", "1-7"),
        ("1-7月份，完成#12亿元。", "1-7"),
        ("前三季度，地区生产总值#100亿元。", "1-9"),
        ("今年前7个月，下载电子营业执照的业户有#591家。", "1-7"),
        ("前十一个月完成投资#5亿元。", "1-11"),
        ("一季度签约项目#20个。", "1-3"),
        ("截至6月底，新登记企业#80家。", "1-6"),
        ("截至2021年9月末，新登记企业#80家。", "1-9"),
        ("7月份新登记企业#80家。", "7-7"),
        ("上半年完成投资5亿元，比去年同期增长#8%。", "1-6"),
        ("上半年完成投资5亿元，比上年增长#8%。", "1-6"),
        ("上半年累计完成投资#5亿元。", "1-6"),
        ("2021年，全市新增科技企业#300家。", None),
        ("上半年完成3亿元，全年完成#7亿元。", None),
        ("上半年完成3亿元。新增科技企业#7家。", None),
        ("2020年上半年起步，2021年完成#7亿元。", None),
        ("1—12月，完成#7亿元。", None),
        ("预计到年底完成#7亿元。", None),
        ("#7亿元。", None),
        ("上半年完成3亿元\n新增#7家。", None),
    ],
)
def test_the_last_period_before_a_number_in_its_sentence_counts(text: str, months: str | None) -> None:
    assert PARTS.of(text.replace("#", ""), text.index("#")) == months
