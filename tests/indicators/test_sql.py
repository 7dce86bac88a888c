"""Statements of readers: what is refused or stopped, what a result holds, and that one statement harms nobody else."""

import threading
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml

from indicators.errors import StatementError
from indicators.labels import has
from indicators.queries import Edition, Library
from indicators.queries_sql import AT_ONCE, LIMITS, TABLES, Limits, Result, run, sources_behind
from indicators.sql_examples import load_examples

HOSTILE = yaml.safe_load((Path(__file__).parents[1] / "golden" / "sql" / "hostile.yml").read_text(encoding="utf-8"))
SHORT = replace(LIMITS, seconds=1.0)


@pytest.fixture(scope="module")
def edition(data_root: Path) -> Edition:
    return Library(data_root / "parquet").current()


def contents(edition: Edition) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(edition.folder.parent.rglob("*")) if path.is_file()}


def statement_of(case: dict[str, Any], edition: Edition) -> str:
    if "sql" not in case:
        closing = case.get("repeat_tail", "") * case["times"]
        return f"{case.get('head', '')}{case['repeat'] * case['times']}{case.get('tail', '')}{closing}"
    folder = edition.folder.as_posix()
    return case["sql"].format(folder=folder, other=f"{edition.folder.parent.as_posix()}/other/observations.parquet")


def code_of(edition: Edition, statement: str, limits: Limits = SHORT) -> str:
    with pytest.raises(StatementError) as caught:
        run(edition, statement, limits)
    return caught.value.problem.code


def codes_of(case: dict[str, Any]) -> list[str]:
    return [case["code"]] if isinstance(case["code"], str) else case["code"]


@pytest.mark.parametrize("case", HOSTILE, ids=[case["why"] for case in HOSTILE])
def test_a_hostile_statement_is_refused_or_stopped(edition: Edition, case: dict[str, Any]) -> None:
    # How fast memory is eaten depends on the machine; what takes for ever is stopped early here.
    codes = codes_of(case)
    limits = SHORT if codes[0] == "time" else LIMITS
    assert code_of(edition, statement_of(case, edition), limits) in codes


def test_every_problem_has_its_words() -> None:
    codes = {code for case in HOSTILE for code in codes_of(case)} | {"busy", "crashed", "permission"}
    assert len(HOSTILE) >= 30
    assert [code for code in sorted(codes) if not has(f"data.sql_{code}") or not has(f"data.sql_{code}_hint")] == []


def test_after_hostile_statements_the_edition_is_whole_and_answers(edition: Edition) -> None:
    before = contents(edition)
    for case in HOSTILE:
        if case["code"] in ("write", "attach") or case["why"] == "a text of a gigabyte":
            code_of(edition, statement_of(case, edition))
    assert contents(edition) == before
    rows = run(edition, "select count(*) as n from observations").rows
    assert rows["n"].tolist() == [edition.manifest["counts"]["observations"]]


def test_a_runaway_statement_holds_nobody_up(edition: Edition) -> None:
    ended: list[str] = []

    def runaway() -> None:
        ended.append(
            code_of(edition, "select count(*) from range(10000000) a, range(10000000) b", replace(LIMITS, seconds=3.0))
        )

    threads = [threading.Thread(target=runaway) for _ in range(AT_ONCE - 1)]
    for thread in threads:
        thread.start()
    assert len(run(edition, "from regions limit 3").rows) == 3
    assert not ended, "the short statement waited for the endless ones"
    for thread in threads:
        thread.join()
    assert ended == ["time"] * (AT_ONCE - 1)


def test_who_finds_all_turns_taken_is_told_so(edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indicators.queries_sql._turns", threading.BoundedSemaphore(1))
    started = threading.Event()

    def long() -> None:
        started.set()
        code_of(edition, "select count(*) from range(10000000) a, range(10000000) b", replace(LIMITS, seconds=3.0))

    thread = threading.Thread(target=long)
    thread.start()
    started.wait()
    while threading.active_count() and _turn_is_free():
        time.sleep(0)
    assert code_of(edition, "select 1", replace(LIMITS, wait=0.05)) == "busy"
    thread.join()
    assert run(edition, "select 1 as one").rows["one"].tolist() == [1]


def _turn_is_free() -> bool:
    from indicators import queries_sql

    if queries_sql._turns.acquire(blocking=False):
        queries_sql._turns.release()
        return True
    return False


def test_a_process_that_breaks_down_is_one_message(edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indicators.queries_sql._COMMAND", ("python", "-c", "import os; os.kill(os.getpid(), 11)"))
    assert code_of(edition, "select 1") == "crashed"


def test_a_process_that_does_not_answer_is_ended(edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indicators.queries_sql._COMMAND", ("python", "-c", "import time; time.sleep(600)"))
    assert code_of(edition, "select 1", Limits(seconds=0.1, start=0.1)) == "time"


@pytest.mark.parametrize("name", load_examples())
def test_every_example_has_rows(edition: Edition, name: str) -> None:
    result = run(edition, load_examples()[name].sql)
    assert len(result.rows) > 0 and not result.more
    if "observation_id" in result.rows:
        ids = result.rows["observation_id"].dropna()
        assert len(sources_behind(edition, list(ids))) == ids.nunique()


def test_examples_rank_and_grow_as_computed_by_hand(edition: Edition) -> None:
    ranking = run(edition, load_examples()["latest_ranking"].sql).rows
    assert ranking["place"].tolist() == ranking["value"].rank(method="min", ascending=False).astype(int).tolist()
    growth = run(edition, load_examples()["growth"].sql).rows
    beijing = growth.loc[growth["name_en"] == "Beijing"].set_index("year")["value"]
    told = growth.loc[(growth["name_en"] == "Beijing") & (growth["year"] == 2020), "growth_percent"].item()
    assert told == round((beijing[2020] / beijing[2019] - 1) * 100, 1)


def test_all_tables_can_be_read_and_described(edition: Edition) -> None:
    assert set(run(edition, "show tables").rows["name"]) == set(TABLES)
    for name, schema in TABLES.items():
        assert run(edition, f"describe {name}").rows["column_name"].tolist() == schema.names


def test_only_the_first_rows_are_kept_in_the_order_asked_for(edition: Edition) -> None:
    result = run(edition, "select range as n from range(5000) order by n desc", replace(LIMITS, rows=100))
    assert result.more
    assert result.rows["n"].tolist() == list(range(4999, 4899, -1))
    assert not run(edition, "select * from range(100)", replace(LIMITS, rows=100)).more


def test_a_result_has_plain_types_and_one_name_for_each_column(edition: Edition) -> None:
    rows = run(
        edition,
        """select hash('x') as wide, date 'infinity' as endless, 1 as a, 2 as a, 3 as a_2, 1.5::decimal(9, 2) as d, sum(1) as big, null as nothing, [1, null] as list, {'k': '值'} as record,
           date '2020-01-31' as day, '\\xAA'::blob as bytes, true as yes, '=1+1' as formula, null::int as n, -0.5 as minus""",
    ).rows
    assert list(rows.columns)[2:5] == ["a", "a_2", "a_2_2"]
    first = rows.iloc[0]
    assert (first["d"], first["big"], first["minus"]) == (1.5, 1, -0.5)
    assert (first["list"], first["record"], first["day"], first["bytes"]) == (
        "[1, NULL]",
        "{'k': 值}",
        "2020-01-31",
        "\\xAA",
    )
    assert (first["wide"].isdigit(), first["endless"]) == (True, "infinity"), "neither rounded nor moved"
    assert first["formula"] == "=1+1" and bool(first["yes"])
    assert pd.isna(first["nothing"]) and pd.isna(first["n"])


def test_an_error_says_what_and_in_which_line(edition: Edition) -> None:
    with pytest.raises(StatementError) as caught:
        run(edition, "select '中文' as a,\n       b c d\nfrom observations")
    assert caught.value.problem.code == "syntax"
    assert (caught.value.problem.params["line"], caught.value.problem.params["character"]) == ("2", "12")
    with pytest.raises(StatementError) as caught:
        run(edition, "select value,\n  valu\nfrom observations")
    assert caught.value.problem.code == "failed"
    assert caught.value.problem.params["line"] == "2"
    assert "valu" in caught.value.problem.params["detail"]


def test_the_rows_are_those_of_the_edition(edition: Edition) -> None:
    result: Result = run(
        edition, "select observation_id, value from observations where indicator = 'gdp' and standing = 'current'"
    )
    own = edition.frame(
        "select observation_id, value from observations where indicator = 'gdp' and standing = 'current'"
    )
    assert sorted(map(tuple, result.rows.to_numpy())) == sorted(map(tuple, own.to_numpy()))
    assert (result.edition, result.more) == (edition.id, False)
