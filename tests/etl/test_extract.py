"""The reader as a whole: spans, the ledger, arbitrary text, speed, and the catalogue's words for it."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.clean import fold
from etl.extract import REASONS, Context, Reader, figure_record
from etl.extract.naming import READING_FIELDS
from indicators.catalog import Catalog, load_catalog

NUMBERS = re.compile(r"[0-9〇零一二三四五六七八九十百千万亿两]")
PIECES = [
    *"0123456789零一二三五十百千万亿两.，。、；：()（）%/-—×+第年月日号家个人位项元“”《》〔〕#\n ",
    "百分之", "个百分点", "亿元", "增长", "下降", "分别", "均", "其中", "占", "比重", "由", "提高到", "高新技术企业", "研发投入", "GDP", "2020年",
    "去年", "以来", "以上", "首位", "翻番", "居全国", "新增", "国家级", "省", "三次产业结构", "1:2:3", "1/3", "分之", "成", "創(chuàng)業(yè)", "企业",
    "入驻", "众创空间", "A5", "截至目前", "到2025年", "不低于", "给予", "奖励", "城镇", "农村", "居民人均可支配收入", "从", "比上年", "较2014年", "一、",
]  # fmt: skip


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


@pytest.fixture(scope="module")
def reader(catalog: Catalog) -> Reader:
    return Reader(catalog)


_READER: list[Reader] = []


def shared_reader() -> Reader:
    """One reader for the property tests, which cannot take fixtures of a narrower scope."""
    if not _READER:
        _READER.append(Reader(load_catalog()))
    return _READER[0]


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join), st.sampled_from(["report", "plan", "news"]))
def test_every_number_of_any_text_is_accounted_for_once(text: str, kind: str) -> None:
    reading = shared_reader().read(text, Context(2021, kind, "650100"))
    covered: set[int] = set()
    last = 0
    for mark in reading.ledger:
        assert last <= mark.start < mark.end <= len(text)
        assert text[mark.start : mark.end] == mark.text
        assert (mark.kind == "not_figure") == (mark.figure is None)
        assert mark.reason in REASONS if mark.kind == "not_figure" else mark.reason
        covered.update(range(mark.start, mark.end))
        last = mark.end
    folded = fold(text)
    for match in NUMBERS.finditer(folded.text):
        assert folded.original(match.start(), match.end())[0] in covered


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_figures_stand_at_their_spans(text: str) -> None:
    reading = shared_reader().read(text, Context(2021))
    for figure in reading.figures:
        assert text[figure.start : figure.end] == figure.text
        assert figure.value.is_finite()
        assert 0 < figure.confidence <= 1
        assert isinstance(figure_record(figure)["value"], float)
    marked = {mark.figure for mark in reading.ledger if mark.figure is not None}
    assert {figure.start for figure in reading.figures} == {reading.figures[index].start for index in marked}


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_arbitrary_text_is_no_error(text: str) -> None:
    shared_reader().read(text, Context(2021))


def test_one_mark_for_a_number_that_is_said_of_two_things(reader: Reader) -> None:
    reading = reader.read("高速公路、农村公路通车里程均居全国第2位。", Context(2021))
    assert [figure.text for figure in reading.figures] == ["第2位", "第2位"]
    assert [mark.figure for mark in reading.ledger] == [0]


def test_sections_and_the_section_of_a_figure(reader: Reader) -> None:
    body = "一、主要成效\n（一）创新主体不断壮大。全市高新技术企业达到120家。\n## 二、存在问题\n"
    reading = reader.read(body, Context(2021))
    assert [section.title for section in reading.sections] == [
        "一、主要成效",
        "（一）创新主体不断壮大",
        "二、存在问题",
    ]
    assert [body[section.start :].lstrip("# ").startswith(section.title) for section in reading.sections] == [True] * 3
    assert [figure.section for figure in reading.figures] == ["（一）创新主体不断壮大"]


@pytest.mark.parametrize(
    ("context", "year"),
    [
        (Context(2026, title="2026年某省政府工作报告", month=1), 2025),
        (Context(2026, title="某县人民政府工作报告", month=1), 2025),
        (Context(2021, month=8), 2021),
        (Context(2021, month=2), 2020),
        (Context(2021, "news", month=2), 2021),
        (Context(2021, title="2020年科技工作总结", month=4), 2020),
    ],
)
def test_the_year_of_undated_results(reader: Reader, context: Context, year: int) -> None:
    assert [figure.year for figure in reader.read("高新技术企业达到120家。", context).figures] == [year]


def test_reading_fields_of_the_catalogue_are_known(catalog: Catalog) -> None:
    for indicator in catalog.indicators.values():
        assert set(indicator.reading) <= READING_FIELDS, indicator.id
        assert not ("heads" in indicator.reading) ^ ("topic" in indicator.reading), (
            f"{indicator.id}: heads and topic belong together"
        )


def test_every_name_of_the_catalogue_is_read(catalog: Catalog, reader: Reader) -> None:
    """A name in front of a number in the indicator's unit is that indicator's, whatever other names end alike."""
    printed = {
        "count": "12个", "person": "12人", "person_year": "12人年", "yuan": "12亿元", "yuan_per_person": "12000元", "sqm": "12万平方米",
        "percent": "12%", "per_10k": "12件", "day": "12天", "index": "12。",
    }  # fmt: skip
    wrong = []
    for indicator in catalog.indicators.values():
        if "verbs" in indicator.reading:
            continue
        for alias in indicator.aliases:
            text = f"全市{alias}达到{printed[indicator.unit]}。"
            found = [figure.indicator for figure in reader.read(text, Context(2021)).figures]
            if found != [indicator.id]:
                wrong.append(f"{indicator.id}: {alias}: {found}")
    assert not wrong, "\n".join(wrong)


def test_near_misses_are_not_the_indicator(catalog: Catalog, reader: Reader) -> None:
    printed = {"count": "12个", "person": "12人", "yuan": "12亿元", "percent": "12%"}
    for indicator in catalog.indicators.values():
        for phrase in indicator.not_this if indicator.unit in printed else ():
            figures = reader.read(f"全市{phrase}达到{printed[indicator.unit]}。", Context(2021)).figures
            assert all(figure.indicator != indicator.id for figure in figures), f"{indicator.id}: {phrase}"


def test_time_is_linear_in_length(reader: Reader, root: Path) -> None:
    body = "\n".join(path.read_text(encoding="utf-8") for path in sorted((root / "data" / "reports").glob("*.md")))
    times = []
    for repeat in (4, 16):
        text = body * repeat
        started = time.process_time()
        reader.read(text, Context(2021))
        times.append((time.process_time() - started) / len(text))
    assert times[1] < 3 * times[0], f"a character of the longer text took {times[1] / times[0]:.1f} times as long"


@pytest.mark.parametrize("text", ["1" * 20_000, "（" * 20_000, "一" * 20_000, "、1家" * 5_000, "增长" * 10_000 + "5%", "“" * 20_000 + "1家", "《" * 9_000 + "3项" * 3_000, "1," * 10_000, "A、" * 10_000 + "均增长5%"])  # fmt: skip
def test_hostile_text_takes_no_longer(reader: Reader, text: str) -> None:
    started = time.process_time()
    reader.read(text, Context(2021))
    assert time.process_time() - started < 2
