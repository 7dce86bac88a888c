"""The public series of incubators and makerspaces: what follows from its growth rates, and the one that contradicts."""

import json
from pathlib import Path

import pytest

from indicators.observation import FILES
from indicators.queries import Edition, Library
from indicators.queries_derived import derived, findings, following, judged
from indicators.regions import COUNTRY
from indicators.selection import Selection

INDICATORS = ("incubators", "makerspaces")


@pytest.fixture(scope="module")
def edition(data_root: Path) -> Edition:
    return Library(data_root / "parquet").current()


def test_levels_and_growth_stand_as_printed(edition: Edition) -> None:
    rows = edition.observations(Selection(indicators=INDICATORS, regions=(COUNTRY,)))
    levels = rows.loc[rows["measure"] == "level"]
    growth = rows.loc[rows["measure"] == "growth"]
    assert {(r.indicator, r.year): r.value for r in levels.itertuples()} == {
        ("incubators", 2016): 3255, ("incubators", 2017): 4069, ("incubators", 2018): 4849,
        ("makerspaces", 2016): 4298, ("makerspaces", 2017): 5739, ("makerspaces", 2018): 6959,
    }  # fmt: skip
    assert {(r.indicator, r.year, r.base_year): r.value for r in growth.itertuples()} == {
        ("incubators", 2017, 2016): 24.8, ("incubators", 2018, 2017): 19.2, ("makerspaces", 2018, 2017): 21.3,
    }  # fmt: skip


def test_the_earlier_levels_lie_in_exactly_these_bounds_and_one_contradicts_what_is_printed(edition: Edition) -> None:
    rows = derived(edition, INDICATORS, (COUNTRY,), ("earlier_level",))
    found = {
        (r.indicator, r.year): (f"{r.low:.1f}–{r.high:.1f}", r.verdict) for r in rows.itertuples()
    }  # fmt: skip
    assert found == {
        ("incubators", 2016): ("3259.1–3261.7", "contradicts"),
        ("incubators", 2017): ("4066.2–4069.7", "agrees"),
        ("makerspaces", 2017): ("5734.7–5739.4", "agrees"),
    }
    verdicts = list(judged(edition, "earlier_level")["verdict"])
    assert verdicts[0] == "contradicts" and set(verdicts[1:]) == {"agrees"}


def test_the_growth_of_2017_is_the_only_contradiction_of_figures_in_the_edition(edition: Edition) -> None:
    problems = edition.problems()
    told = problems.loc[problems["code"].isin(["growth_differs", "change_differs", "report_differs", "parts_exceed"])]
    (problem,) = list(told.itertuples())
    params = json.loads(problem.params)
    assert (problem.code, problem.severity) == ("growth_differs", "warning")
    assert (params["year"], params["printed"], params["computed"]) == ("2017", "24.8", "25.01")
    assert (params["then"], params["implied"]) == ("3255", "3259.1–3261.7")
    evidence = [edition.observation(name) for name in problem.evidence]
    assert [row and (row["measure"], row["year"]) for row in evidence] == [
        ("growth", 2017),
        ("level", 2017),
        ("level", 2016),
    ]


def test_each_figure_of_the_contradiction_leads_to_it(edition: Edition) -> None:
    (problem,) = edition.problems().query("code == 'growth_differs'").itertuples()
    for name in problem.evidence:
        assert list(findings(edition, [name])["code"]) == ["growth_differs"]
    level = problem.evidence[1]
    follows = following(edition, level, "incubators", COUNTRY)
    assert {(r.method, r.year) for r in follows.itertuples()} >= {
        ("earlier_level", 2016),
        ("growth", 2017),
        ("growth", 2018),
    }


def test_every_derived_row_leads_back_to_printed_values_and_no_id_is_taken_twice(edition: Edition) -> None:
    rows = edition.frame("select * from derived")
    assert set(rows.columns) == set(FILES["derived"].names) and len(rows) > 10_000
    assert not rows["observation_id"].duplicated().any()
    lost = edition.frame(
        "select count(*) as n from (select unnest(inputs) as id from derived) anti join observations on id = observation_id"
    )
    assert lost["n"].iloc[0] == 0
    assert (
        edition.frame("select count(*) as n from derived where not (low <= value and value <= high)")["n"].iloc[0] == 0
    )
    cut = edition.frame(
        "select count(*) as n from derived d join breaks b using (indicator) where d.method = 'growth' and d.year = b.year "
        "and b.source_id in (select source_id from observations where standing = 'current') and b.series is null"
    )
    assert cut["n"].iloc[0] == 0
