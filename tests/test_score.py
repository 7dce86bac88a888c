"""Scores: the pairing is the contract's, the stored file comes back, and without documents nothing is overwritten."""

import json
from pathlib import Path
from typing import Any

import pytest

from indicators.scores import FILE, Count, load_scores
from tools import score
from tools.pairing import paired, scores

REPORT = """---
title: 甲市创新发展情况
region_code: "650100"
published: "2021-03"
kind: report
---
截至2020年底，全市共有众创空间35家，其中国家级15家。
2020年，全市研发经费支出6.22亿元，比上年增长20.3%。
"""


def entry(start: int, text: str, value: float, **fields: Any) -> dict[str, Any]:
    """A record or a figure; what is not said is the common case."""
    common = {
        "unit": "count", "measure": "level", "indicator": "makerspaces", "grade": None, "scope": None, "year": 2020,
        "base_year": None, "status": "actual", "comparator": "eq", "rule": "named_before", "confidence": 0.9,
    }  # fmt: skip
    return {"start": start, "end": start + len(text), "text": text, "value": value, **common, **fields}


GOLD = [
    entry(10, "35家", 35),
    entry(20, "15家", 15, grade="national"),
    # One number said of two things: the figures pair with the record that they agree with, whatever their order.
    entry(30, "9.1%", 9.1, unit="percent", measure="growth", indicator="urban_income", base_year=2019),
    entry(30, "9.1%", 9.1, unit="percent", measure="growth", indicator="rural_income", base_year=2019),
    entry(50, "6.22亿元", 622_000_000, unit="yuan", indicator="rd_expenditure"),
    entry(70, "12个", 12, indicator=None, scope="新增"),
    entry(80, "100余份", 100, indicator=None),
]
READ = [
    entry(10, "35家", 35, year=2021),
    entry(20, "15家", 15, grade="national", scope="众创", rule="part", confidence=0.88),
    entry(30, "9.1%", 9.1, unit="percent", measure="growth", indicator="rural_income", base_year=2019),
    entry(30, "9.1%", 9.1, unit="percent", measure="growth", indicator="urban_income", base_year=2018),
    entry(50, "6.22亿元", 622_000_001, unit="yuan", indicator="rd_expenditure"),
    entry(70, "12个", 13, indicator=None),  # another value is another quantity
    entry(82, "余份以及其他材料", 100, indicator=None),  # less than half of the longer span
    entry(99, "7家", 7, rule="unmapped", confidence=0.6, indicator=None),
]


def test_the_totals_are_those_of_the_contract() -> None:
    """What the contract's scorer prints for these records: found 5 of 7 and 8, record 4, mapped 4 of 5 and 5."""
    told = scores([paired("report", GOLD, READ)])
    assert (told.found, told.record, told.mapped) == (Count(7, 8, 5), Count(7, 8, 4), Count(5, 5, 4))
    assert (told.found.precision, told.found.recall) == (5 / 8, 5 / 7)
    assert told.found.f1 == pytest.approx(2 / 3)
    wrong = {"year": 4, "base_year": 4, "scoped": 4, "scope": 4}
    assert told.fields == {name: wrong.get(name, 5) for name in told.fields}


def test_rules_and_confidence_count_what_is_too_many_as_wrong() -> None:
    told = scores([paired("report", GOLD, READ)])
    assert {name: (of.read, of.right, of.confidence) for name, of in told.rules.items()} == {
        "named_before": (6, 3, 0.9), "part": (1, 1, 0.88), "unmapped": (1, 0, 0.6),
    }  # fmt: skip
    assert {low: of.read for low, of in told.bands.items()} == {0: 1, 80: 1, 90: 6}


def test_records_without_a_span_pair_by_what_is_printed() -> None:
    gold = [{key: value for key, value in record.items() if key not in ("start", "end")} for record in GOLD[:2]]
    told = scores([paired("report", gold, [entry(0, "15家", 15, grade="national"), entry(5, "35户", 35)])])
    assert (told.found, told.record) == (Count(2, 2, 1), Count(2, 2, 1))


def test_nothing_to_read_and_nothing_read_is_no_fault() -> None:
    nothing = scores([paired("report", [], [])])
    assert (nothing.found.precision, nothing.found.recall, nothing.found.f1) == (1.0, 1.0, 1.0)
    assert scores([paired("report", GOLD, [])]).found.f1 == 0.0


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    """A folder of one invented report with its gold records, one of which asks for what the text does not say."""
    body = REPORT.rpartition("---\n")[2]
    gold = [
        entry(body.index("35家"), "35家", 35),
        entry(body.index("15家"), "15家", 15, grade="national"),
        entry(body.index("6.22"), "6.22亿元", 6.22e8, unit="yuan", indicator="rd_expenditure"),
        entry(
            body.index("20.3"), "20.3%", 20.3, unit="percent", measure="growth", indicator="rd_expenditure", year=2019
        ),
    ]
    (tmp_path / "one.txt").write_text(REPORT, encoding="utf-8")
    (tmp_path / "one.jsonl").write_text("\n".join(map(json.dumps, gold)), encoding="utf-8")
    return tmp_path


def test_documents_are_read_as_a_build_reads_them(
    documents: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    stored, readme = documents / "scores.yml", documents / "README.md"
    readme.write_text(f"before\n{score.START}old\n{score.END}\nafter\n", encoding="utf-8")
    monkeypatch.setattr(score, "FILE", stored)
    monkeypatch.setattr(score, "README", readme)
    arguments = ["--gold", str(documents), "--reports", str(documents), "--errors"]
    assert score.main(arguments) == 0
    told = load_scores(stored)
    assert (told["documents"].found, told["documents"].record) == (Count(4, 4, 4), Count(4, 4, 3))
    assert told["golden"].documents > 200
    assert readme.read_text(encoding="utf-8") == f"before\n{score.START}{score.table(told)}{score.END}\nafter\n"
    assert "one: 20.3%: year: 2019 -> 2020" in capsys.readouterr().out
    first = stored.read_bytes()
    assert score.main(arguments) == 0
    assert stored.read_bytes() == first


@pytest.mark.parametrize("gone", ["one.txt", "one.jsonl"])
def test_without_the_documents_what_is_stored_stays(
    documents: Path, gone: str, capsys: pytest.CaptureFixture[str], root: Path
) -> None:
    (documents / gone).unlink()
    before = FILE.read_bytes(), (root / "README.md").read_bytes()
    assert score.main(["--gold", str(documents), "--reports", str(documents)]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.splitlines()) == 1
    assert "the stored scores stay as they are" in said.err
    assert (FILE.read_bytes(), (root / "README.md").read_bytes()) == before
