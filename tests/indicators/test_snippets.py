"""The code that readers copy gives the rows on screen: it is run here, over the edition and over an exported file."""

import io
import re
import string
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from charts.export import Meta, to_parquet
from indicators.queries import Edition, Library
from indicators.selection import Selection
from indicators.snippets import LANGUAGES, snippet

SELECTIONS = [
    Selection(),
    Selection(standings=()),
    Selection(("gdp", "population"), ("110000", "310000"), (2015, 2020)),
    Selection(measures=("growth",), origins=("report",)),
    Selection(scenarios=("target", "requirement"), whole=True),
    Selection(("gdp",), standings=("superseded", "other")),
    Selection(sources=("reports/delingha",)),
    Selection(years=(2020, 2020), whole=True),
    Selection(("none",)),
]
IDS = [str(selection.filters()) for selection in SELECTIONS]


@pytest.fixture(scope="module")
def edition(data_root: Path) -> Edition:
    return Library(data_root / "parquet").current()


def run_pandas(code: str) -> pd.DataFrame:
    names: dict[str, Any] = {}
    exec(code, names)
    return names["rows"]


def values(rows: pd.DataFrame) -> list[tuple[str, float, str]]:
    return sorted(zip(rows["observation_id"], rows["value"], rows["unit"], strict=True))


@pytest.mark.parametrize("selection", SELECTIONS, ids=IDS)
def test_duckdb_and_pandas_give_the_rows_of_the_selection(edition: Edition, selection: Selection) -> None:
    file = str(edition.folder / "observations.parquet")
    wanted = values(edition.observations(selection))
    assert values(duckdb.sql(snippet("duckdb", file, selection)).df()) == wanted
    assert values(run_pandas(snippet("pandas", file, selection))) == wanted


@pytest.mark.parametrize("selection", SELECTIONS[:-1], ids=IDS[:-1])
def test_the_interface_gives_the_rows_of_the_selection(
    edition: Edition, selection: Selection, data_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INNOVATION_DATA", str(data_root))
    assert values(run_pandas(snippet("python", "", selection))) == values(edition.observations(selection))


@pytest.mark.parametrize(
    "name", ["数据_GDP.parquet", "it's 'quoted'.parquet", 'a "b" \\n c.parquet', "a[1]*?.parquet", "$(x) `y`.parquet"]
)
def test_an_exported_file_of_any_name_is_read_whole(edition: Edition, tmp_path: Path, name: str) -> None:
    rows = edition.observations(Selection(("gdp",), ("110000",)))
    (tmp_path / name).write_bytes(to_parquet(rows, Meta("t", {}, "", (), edition.id, "zh")))
    (tmp_path / "a1x.parquet").write_bytes(b"no Parquet: a pattern would find it")
    file = str(tmp_path / name)
    assert values(duckdb.sql(snippet("duckdb", file)).df()) == values(rows)
    assert values(run_pandas(snippet("pandas", file))) == values(rows)


HOSTILE = st.text(alphabet=string.printable + "'\"\\`市\u2028", max_size=30)


@given(HOSTILE, HOSTILE)
def test_no_name_becomes_code(tmp_path_factory: pytest.TempPathFactory, file: str, value: str) -> None:
    path = tmp_path_factory.getbasetemp() / "snippet_rows.parquet"
    if not path.exists():
        pd.DataFrame({"indicator": ["gdp"], "standing": ["current"]}).to_parquet(path)
    selection = Selection((value,))
    for language in LANGUAGES:
        assert snippet(language, file, selection)
    assert duckdb.sql(snippet("duckdb", str(path), selection)).df()["indicator"].tolist() == ["gdp"] * (value == "gdp")
    assert len(run_pandas(snippet("pandas", str(path), selection))) == int(value == "gdp")
    assert unquoted_r(snippet("r", file, selection)) == R_FRAME


R_FRAME = """library(arrow)
library(dplyr)

rows <- read_parquet("") |>
  filter(
    indicator %in% c(""),
    standing %in% c("")
  )"""


def unquoted_r(code: str) -> str:
    """R code with its texts emptied; a quote that ended one too early would leave something."""
    return re.sub(r'"(?:[^"\\\n]|\\.)*"', '""', code)


def test_r_keeps_the_same_conditions() -> None:
    code = snippet("r", "文件.parquet", Selection(("gdp", "population"), (), (2015, 2020), whole=True))
    assert code == (
        'library(arrow)\nlibrary(dplyr)\n\nrows <- read_parquet("文件.parquet") |>\n  filter(\n'
        '    indicator %in% c("gdp", "population"),\n    standing %in% c("current"),\n'
        "    between(year, 2015L, 2020L),\n    is.na(scope),\n    is.na(grade),\n    is.na(part_year)\n  )"
    )
    assert snippet("r", "a.parquet") == 'library(arrow)\nlibrary(dplyr)\n\nrows <- read_parquet("a.parquet")'


def test_a_parquet_export_can_be_read_from_memory(edition: Edition) -> None:
    rows = edition.observations(Selection(("gdp",), ("110000",)))
    back = pd.read_parquet(io.BytesIO(to_parquet(rows, Meta("t", {}, "", (), edition.id, "zh"))))
    assert values(back) == values(rows)
