"""The ledger has every number of a text once, whatever the text: generated, digests, golden cases, originals, and any mixture of signs.

What a number is, these tests say by patterns of their own, so that a number which the reader's scan does not know is missed here.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.extract import REASONS, Context, Reader, Reading
from etl.read.report import split_front_matter
from indicators.catalog import load_catalog
from tests.etl.generated import LONGEST, SHORTEST, generated, numeral

ROOT = Path(__file__).resolve().parents[2]
DIGITS = re.compile(r"[0-9０-９]+")
# A number in digits with its separators and decimals is one number.
ARABIC = re.compile(
    r"[0-9０-９]{1,3}(?:[,，][0-9０-９]{3})+(?![0-9０-９])(?:[.．][0-9０-９]+)?|[0-9０-９]+(?:[.．][0-9０-９]+)?"
)
# A Chinese numeral in front of a word that counts.
_NUMERAL = "〇零一二两兩三四五六七八九十百千万萬亿億"
COUNTED = re.compile(rf"(?<![{_NUMERAL}0-9０-９.．])[{_NUMERAL}]+(?=[家个個项項件名位户戶期年月日号號届屆次元人倍成])")


@lru_cache(maxsize=1)
def reader() -> Reader:
    return Reader(load_catalog())


def disorder(body: str, reading: Reading) -> list[str]:
    """What is wrong with the ledger itself: order, overlaps, text, class, reason, and figures that it does not have."""
    wrong = []
    last, previous = 0, (0, 0)
    for mark in reading.ledger:
        span = (mark.start, mark.end)
        if not (0 <= mark.start < mark.end <= len(body)) or body[mark.start : mark.end] != mark.text:
            wrong.append(f"{span} is not {mark.text!r}")
        if span != previous and mark.start < last:
            wrong.append(f"{span} {mark.text!r} overlaps {previous}")
        last, previous = max(last, mark.end), span
        if mark.kind == "not_figure":
            if mark.reason not in REASONS or mark.figure is not None:
                wrong.append(f"{mark.text!r} is no figure, by reason {mark.reason!r}, figure {mark.figure}")
            continue
        if mark.figure is None or not 0 <= mark.figure < len(reading.figures):
            wrong.append(f"{mark.text!r} is {mark.kind}, but figure {mark.figure}")
            continue
        figure = reading.figures[mark.figure]
        kind = "unmapped" if figure.indicator is None else "figure"
        if (figure.start, figure.end, kind, figure.rule) != (*span, mark.kind, mark.reason):
            wrong.append(f"{mark.text!r} is {mark.kind} by {mark.reason}, but its figure is {figure}")
    marked = {(mark.start, mark.end) for mark in reading.ledger if mark.kind != "not_figure"}
    wrong += [f"{figure.text!r} is no mark" for figure in reading.figures if (figure.start, figure.end) not in marked]
    return wrong


def uncovered(body: str, reading: Reading, numbers: set[tuple[int, int]]) -> list[str]:
    """Numbers that do not lie inside exactly one mark, with the text around them."""
    marks = sorted({(mark.start, mark.end) for mark in reading.ledger})
    owner: dict[int, list[int]] = {}
    for index, (start, end) in enumerate(marks):
        for at in range(start, end):
            owner.setdefault(at, []).append(index)
    wrong = []
    for start, end in sorted(numbers):
        owners = [owner.get(at, []) for at in range(start, end)]
        if any(found != owners[0] for found in owners) or len(owners[0]) != 1:
            wrong.append(f"{body[start:end]!r} in {body[max(0, start - 12) : end + 12]!r}: marks {owners}")
    return wrong


def printed(body: str) -> set[tuple[int, int]]:
    """Every number of a text by the patterns above."""
    return {match.span() for pattern in (ARABIC, COUNTED) for match in pattern.finditer(body)}


def assert_complete(body: str, context: Context) -> None:
    reading = reader().read(body, context)
    wrong = disorder(body, reading) + uncovered(body, reading, printed(body))
    assert not wrong, "\n".join(wrong[:20])


@pytest.mark.parametrize("first", range(0, 1000, 50))
def test_generated_texts(first: int) -> None:
    wrong = []
    for seed in range(first, first + 50):
        made = generated(seed)
        reading = reader().read(made.text, Context(2022, ("report", "plan", "news")[seed % 3], "650100"))
        numbers = printed(made.text) | set(made.numbers)
        wrong += [f"seed {seed}: {line}" for line in disorder(made.text, reading)]
        wrong += [f"seed {seed}: {line}" for line in uncovered(made.text, reading, numbers)]
    assert not wrong, f"{len(wrong)} errors\n" + "\n".join(wrong[:20])


def test_the_generator_makes_what_it_promises() -> None:
    texts = [generated(seed) for seed in range(200)]
    assert texts == [generated(seed) for seed in range(200)]
    assert len({made.text for made in texts}) == 200
    assert all(SHORTEST <= len(made.text) <= LONGEST + 300 for made in texts)
    put_in = [made.text[start:end] for made in texts for start, end in made.numbers]
    for pattern in (r"\d,\d{3}", r"[０-９]", r"\d\.\d", r"[一二三四五六七八九]百", r"点[一二三四五六七八九]"):
        assert any(re.search(pattern, number) for number in put_in), pattern
    assert all(re.search(r"[0-9０-９〇零一二两三四五六七八九十百千万亿]", number) for number in put_in)
    said = [numeral(value) for value in (0, 10, 12, 20, 106, 110, 1006, 1206, 12_030, 100_500)]
    assert said == [
        "零",
        "十",
        "十二",
        "二十",
        "一百零六",
        "一百一十",
        "一千零六",
        "一千二百零六",
        "一万二千零三十",
        "十万零五百",
    ]


def test_the_checks_see_what_is_wrong() -> None:
    body = "全市有众创空间12家、孵化器3.5万家。"
    reading = reader().read(body, Context(2022))
    whole = {(7, 9), (14, 17)}
    assert printed(body) == whole and not disorder(body, reading) and not uncovered(body, reading, whole)
    lost = Reading(reading.figures, reading.ledger[1:], reading.sections)
    assert disorder(body, lost) and uncovered(body, lost, whole)
    twice = Reading(reading.figures, (*reading.ledger, *reading.ledger), reading.sections)
    assert disorder(body, twice)


def documents() -> list[Any]:
    """The digests, and the originals where they stand beside the project."""
    folders = [ROOT / "data" / "reports", *((ROOT.parent / "shared" / name) for name in ("reports", "dev-reports"))]
    paths = [path for folder in folders for path in sorted([*folder.glob("*.md"), *folder.glob("*.txt")])]
    return [pytest.param(path, id=f"{path.parent.name}/{path.name}") for path in paths if path.stem != "README"]


@pytest.mark.parametrize("path", documents())
def test_documents(path: Path) -> None:
    card, body = split_front_matter(path.read_text(encoding="utf-8"))
    assert card, f"{path.name} has no front matter"
    year, kind, region = int(str(card["published"])[:4]), str(card["kind"]), str(card["region_code"])
    assert_complete(body, Context(year, kind, region, title=str(card["title"])))


@pytest.mark.parametrize(
    "path", sorted((ROOT / "tests" / "golden" / "prose").glob("*.yml")), ids=lambda path: path.stem
)
def test_golden_cases(path: Path) -> None:
    for case in yaml.safe_load(path.read_text(encoding="utf-8")):
        context = {**case["context"], "region_names": tuple(case["context"].get("region_names", ()))}
        assert_complete(case["text"], Context(**context))


SIGNS = "0123456789０９.．,，、%％‰:∶/-—~～+×()（）[]〔〕【】“”《》。；：\n 　零〇一二三十百千万亿两点第年月日号家个人元倍成分之余多近约比占增长A#①½Ⅱ"


@settings(max_examples=400, deadline=None)
@given(st.text(alphabet=SIGNS, max_size=60), st.sampled_from(["report", "plan", "news"]))
def test_any_mixture_of_signs(body: str, kind: str) -> None:
    reading = reader().read(body, Context(2022, kind))
    assert not disorder(body, reading)
    assert not uncovered(body, reading, {match.span() for match in DIGITS.finditer(body)})


# Of what was put in for these, a clerk records everything, and nothing, wherever it stands in the phrases.
RECORDED = frozenset({"percent", "points", "area", "times", "ratio", "tenths", "fraction", "decimal"})
REFUSED = frozenset({"document", "date", "clock", "stamp", "phone"})


def test_generated_dates_are_no_figures_and_generated_percentages_are() -> None:
    wrong = []
    for seed in range(300):
        made = generated(seed)
        marks = {mark.start: mark for mark in reader().read(made.text, Context(2022)).ledger}
        for (start, end), origin in zip(made.numbers, made.origins, strict=True):
            mark = next(marks[at] for at in range(start, -1, -1) if at in marks)
            if origin in (REFUSED if mark.figure is not None else RECORDED):
                around = made.text[max(0, start - 15) : end + 10]
                wrong.append(f"seed {seed}: {mark.text!r} ({origin}) is {mark.kind} by {mark.reason} in {around!r}")
    assert not wrong, f"{len(wrong)} errors\n" + "\n".join(wrong[:20])
