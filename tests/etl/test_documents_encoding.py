"""Which encoding a text is in: told where it is certain, refused where it is not, never guessed in silence."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opencc import OpenCC

from etl.read.document import read_document
from etl.read.encoding import declared_charset, decode
from indicators.errors import SourceError

ROOT = Path(__file__).resolve().parents[2]
SENTENCES = [
    line
    for path in sorted((ROOT / "data" / "reports").glob("*.md"))
    if path.name != "README.md"
    for line in re.split(r"[\n。]", path.read_text(encoding="utf-8").split("\n---\n")[1])
    if len(re.findall("[一-鿿]", line)) > 7
]
#: The sign of ratios that mainland papers use (∶) is in no Big5.
TRADITIONAL = [OpenCC("s2tw").convert(sentence).replace("∶", "：") for sentence in SENTENCES]
CHARACTERS = st.characters(exclude_categories=["Cs", "Cc"])


def code(data: bytes) -> str:
    with pytest.raises(SourceError) as caught:
        decode(data, "reports/x.txt")
    return caught.value.problems[0].code


@pytest.mark.parametrize(
    ("texts", "encoding"), [(SENTENCES, "gb18030"), (TRADITIONAL, "gb18030"), (TRADITIONAL, "cp950")]
)
def test_single_sentences_are_told_apart(texts: list[str], encoding: str) -> None:
    assert len(texts) > 100
    for text in texts:
        assert decode(text.encode(encoding), "x") == text


@given(st.lists(st.sampled_from(SENTENCES), min_size=2), st.text(CHARACTERS, max_size=3))
def test_gb18030_comes_back(sentences: list[str], odd: str) -> None:
    text = "。".join(sentences) + odd
    assert decode(text.encode("gb18030"), "x") == text


@given(st.lists(st.sampled_from(TRADITIONAL), min_size=2), st.integers(0, 99))
def test_big5_comes_back(sentences: list[str], number: int) -> None:
    text = f"{'。'.join(sentences)}{number}％"
    assert decode(text.encode("cp950"), "x") == text


@given(st.binary(max_size=400))
def test_any_bytes_give_a_text_or_one_error(data: bytes) -> None:
    try:
        decode(data, "x").encode()
    except SourceError as error:
        assert [problem.code for problem in error.problems] in (["unknown_encoding"], ["not_text"])


@given(st.text(CHARACTERS))
def test_utf_8_and_utf_16_come_back(text: str) -> None:
    text = text.lstrip("\ufeff")
    assert (
        decode(text.encode(), "x")
        == decode(text.encode("utf-8-sig"), "x")
        == decode(text.encode("utf-16"), "x")
        == text
    )
    assert decode(b"\xfe\xff" + text.encode("utf-16-be"), "x") == text


def test_the_extension_of_big5_with_heng_and_li() -> None:
    text = "恒春鎮裏有企業十二家，研發經費增長百分之五。"
    assert decode(text.encode("cp950"), "x") == text


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("全市有企业12家".encode("utf-16-le"), "not_text"),
        (b"\x01\x02\x03\x04 abc", "not_text"),
        (b"12\x0034", "not_text"),
        ("全市有企业12家。".encode() + b"\xff" + "全市有企业12家。".encode(), "unknown_encoding"),
        ("全市有企业12家。".encode()[:-1], "unknown_encoding"),
        ("全市有企业12家。".encode("utf-16")[:-1], "unknown_encoding"),
        ("Société générale".encode("latin-1"), "unknown_encoding"),
        ("これは日本語です。".encode("shift_jis"), "unknown_encoding"),
        (bytes(range(128, 256)), "unknown_encoding"),
    ],
)
def test_what_is_not_certain_is_refused(data: bytes, expected: str) -> None:
    assert code(data) == expected


def test_a_page_may_say_its_charset_and_is_not_believed_blindly() -> None:
    page = '<html><meta charset="{}"><p>全市有企业12家，研发经费增长5%。</p></html>'
    assert declared_charset(page.format("GB2312").encode("gb18030")) == "gb2312"
    for charset, encoding in (("gb2312", "gb18030"), ("utf-8", "gb18030"), ("big5", "gb18030"), ("gb2312", "utf-8")):
        data = page.format(charset).encode(encoding)
        assert read_document(Path("x/x.html"), data).text == "全市有企业12家，研发经费增长5%。", (charset, encoding)
