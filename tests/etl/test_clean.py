"""Folding: what is the same for matching becomes the same, and every span finds its way back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.clean import fold

TEXT = st.text(alphabet="增長增长創业（(chuàng)）12３.，,：∶—-～~ \u3000\n“”「」[]〔〕AB家家％%\u200b", max_size=60)


@pytest.mark.parametrize(
    ("printed", "folded"),
    [
        ("眾創空間", "众创空间"),
        ("創(chuàng)新創(chuàng)業(yè)", "创新创业"),
        ("發(fā)展", "发展"),
        ("研究与试验发展（R&D）经费", "研究与试验发展(R&D)经费"),
        ("税企互动(qq群)", "税企互动(qq群)"),
        ("１０％", "10%"),
        ("20 家", "20家"),
        ("（2017- 2020 年）", "(2017-2020年)"),
        ("2—3个", "2-3个"),
        ("1.68∶1", "1.68:1"),
        ("〔2018〕92號", "[2018]92号"),
        ("「小巨人」", "“小巨人”"),
        ("DeepSeek R2 5家", "DeepSeek R2 5家"),
        ("\u3000\u3000一、", "一、"),
    ],
)
def test_folds(printed: str, folded: str) -> None:
    assert fold(printed).text == folded


@pytest.mark.parametrize(
    ("printed", "folded", "span"),
    [
        ("科技孵化器20 家", "20家", "20 家"),
        ("服務業(yè)發(fā)展資金200萬元", "200万元", "200萬元"),
        ("再就業(yè)資金", "再就业资金", "再就業(yè)資金"),
        ("創(chuàng)業(yè)大廈", "大厦", "大廈"),
    ],
)
def test_a_span_leads_back_to_what_is_printed(printed: str, folded: str, span: str) -> None:
    result = fold(printed)
    place = result.text.index(folded)
    start, end = result.original(place, place + len(folded))
    assert printed[start:end] == span


@settings(deadline=None)
@given(TEXT)
def test_every_character_leads_back_to_one_that_folds_to_it(text: str) -> None:
    result = fold(text)
    last = -1
    for place, character in enumerate(result.text):
        start, end = result.original(place, place + 1)
        assert end == start + 1
        assert start > last
        assert fold(text[start:end]).text in (character, "")
        last = start


@settings(deadline=None)
@given(TEXT)
def test_folding_twice_changes_nothing(text: str) -> None:
    once = fold(text).text
    assert fold(once).text == once
