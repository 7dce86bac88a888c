"""Damaged files of every format end in records or in clear problems; a short run of what `make fuzz` does at length."""

import hashlib
from collections.abc import Iterator
from random import Random

import pytest
import yaml

from etl.read.fields import RefusedError, load_fields
from indicators.errors import LONGEST, Problem
from tools.cases import Limits, Outcome, Trial, judge, made
from tools.damage import BY_FORMAT
from tools.damage.package import unzipped, zipped
from tools.seeds import FORMATS, seeds

COUNT, SEED = 160, 11
LIMITS = Limits(seconds=60.0, memory=1024 * 2**20)
"""Time is measured by `make fuzz`: a test may run on any machine."""


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trial]:
    trial = Trial(tmp_path_factory.mktemp("fuzz"), LIMITS)
    yield trial
    assert trial.end() == []


def test_every_good_seed_is_read(trial: Trial) -> None:
    for seed in seeds():
        outcome = trial.read(seed, Outcome(0, seed.format, "nothing"))
        assert (outcome.read, outcome.codes, outcome.failures) == (True, (), []), seed.name


@pytest.mark.parametrize("start", range(len(FORMATS)), ids=FORMATS)
def test_damaged_files_end_in_records_or_problems(trial: Trial, start: int) -> None:
    outcomes = [
        trial.outcome(SEED, number, build=number < len(FORMATS)) for number in range(start, COUNT, len(FORMATS))
    ]
    assert {outcome.format for outcome in outcomes} == {FORMATS[start]}
    failed = [
        f"python -m tools.fuzz --case {SEED}:{outcome.number}: {outcome.failures}"
        for outcome in outcomes
        if outcome.failures
    ]
    assert not failed, "\n".join(failed)
    assert any(outcome.codes for outcome in outcomes)
    assert any(outcome.built for outcome in outcomes)


def test_a_case_is_made_again_from_its_number() -> None:
    def marks() -> list[str]:
        return [
            hashlib.sha256(case.data + (case.card or b"")).hexdigest() for case, _ in (made(SEED, n) for n in range(40))
        ]

    first = marks()
    seeds.cache_clear()
    assert marks() == first


@pytest.mark.parametrize("name", FORMATS)
def test_every_way_of_damage_changes_something(name: str) -> None:
    chance = Random(3)
    good = [case for case in seeds() if case.format == name]
    for way in BY_FORMAT[name].values():
        tried = (case.card if name == "card" else case.data for case in good * 6)
        assert any(way(data, chance) != data for data in tried if data is not None), way


@pytest.mark.parametrize(
    ("result", "told"),
    [
        ({"source": None, "problems": []}, "neither records nor a problem"),
        (
            {
                "source": {"body": "甲市35家。"},
                "problems": [],
                "figures": [{"start": 2, "end": 4, "text": "35家"}],
                "ledger": [],
            },
            "does not lead to",
        ),
    ],
)
def test_what_is_wrong_is_seen(result: dict[str, object], told: str) -> None:
    outcome = Outcome(0, "md", "nothing")
    judge(result, outcome)
    assert [told in failure for failure in outcome.failures] == [True]


def test_text_that_cannot_be_stored_is_seen() -> None:
    with pytest.raises(UnicodeEncodeError):
        judge({"source": {"body": "\ud800"}, "problems": [], "figures": [], "ledger": []}, Outcome(0, "md", "nothing"))


def test_a_problem_without_words_is_seen() -> None:
    problem = {"code": "no_such_code", "where": "x", "severity": "error", "params": {}, "source_id": "x"}
    with pytest.raises(KeyError, match="no_such_code"):
        judge({"source": None, "problems": [problem]}, Outcome(0, "md", "nothing"))


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("a: &a [x]\nb: [*a, *a]", "line 2: aliases"),
        ("a: " + "[" * 100_000, "nested deeper"),
        ("- " * 50_000, "nested deeper"),
        ("a: 0x" + "f" * 5000, "18 digits"),
        ("a: " + "x" * 1_000_001, "longer than"),
    ],
    ids=["aliases", "brackets", "lists", "number", "length"],
)
def test_yaml_that_nobody_writes_is_refused(text: str, refused: str) -> None:
    with pytest.raises(RefusedError, match=refused):
        load_fields(text)


@pytest.mark.parametrize("value", ["2021-02-30", "!!timestamp x", "!!int x", "9" * 5000, "!!python/name:os.system"])
def test_an_impossible_value_is_an_error_of_the_yaml(value: str) -> None:
    with pytest.raises(yaml.YAMLError):
        load_fields(f"published: {value}")


def test_a_message_quotes_the_beginning_of_what_is_long() -> None:
    problem = Problem("bad_date", "x" * 1000, params={"field": "published", "value": "9" * 100_000})
    assert (len(problem.where), len(problem.params["value"]), problem.params["field"]) == (
        LONGEST,
        LONGEST,
        "published",
    )


def test_packages_come_back_from_their_parts() -> None:
    parts = {"a.xml": b"<a/>", "b/c.xml": b"<c/>"}
    assert unzipped(zipped(parts)) == parts
    assert unzipped(b"PK\x03\x04") == {}
