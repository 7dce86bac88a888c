"""What the database writes is what a small export holds: the same rows, columns, headings and guards."""

import io
import re
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from charts.export import FORMULA, Meta, to_csv
from indicators import queries_export
from indicators.paths import data_paths
from indicators.queries import Edition, Library
from indicators.selection import Selection

CHOICES = (Selection(), Selection(indicators=("rd_expenditure",), years=(2015, 2020)), Selection(regions=("999999",)))


@pytest.fixture(scope="module")
def edition() -> Edition:
    return Library(data_paths().parquet).current()


def small(edition: Edition, chosen: Selection) -> pd.DataFrame:
    rows = edition.observations(chosen)
    rows.insert(rows.columns.get_loc("region") + 1, "region_name", [f"地{code}" for code in rows["region"]])
    rows.insert(rows.columns.get_loc("indicator") + 1, "indicator_name", [f"={name}" for name in rows["indicator"]])
    return rows.assign(source_title=[f"源{name}" for name in rows["source_id"]])


def names(edition: Edition) -> dict[str, dict[str, str]]:
    rows = edition.observations(Selection(standings=()))
    return {
        "region": {code: f"地{code}" for code in rows["region"].unique()},
        "indicator": {name: f"={name}" for name in rows["indicator"].unique()},
        "source": {name: f"源{name}" for name in rows["source_id"].unique()},
    }


@pytest.mark.parametrize("chosen", CHOICES, ids=["everything", "some", "nothing"])
def test_csv_holds_what_a_small_one_holds(edition: Edition, tmp_path: Path, chosen: Selection) -> None:
    path = tmp_path / "it's large.csv"
    queries_export.write_csv(edition, chosen, path, names(edition), {"region": '地区"代码'})
    meta = Meta("", {}, "", (), edition.id, "zh", columns={"region": ('地区"代码', "")})
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    large, little = (
        pd.read_csv(io.BytesIO(data), dtype=str, keep_default_na=False)
        for data in (path.read_bytes(), to_csv(small(edition, chosen), meta))
    )
    assert list(large.columns) == list(little.columns)
    for name in large.columns.drop("confidence"):
        assert large[name].tolist() == little[name].tolist(), name
    assert pd.to_numeric(large["confidence"]).tolist() == pytest.approx(
        pd.to_numeric(little["confidence"]).tolist(), abs=1e-6, nan_ok=True
    )


@pytest.mark.parametrize("chosen", CHOICES, ids=["everything", "some", "nothing"])
def test_parquet_holds_what_a_small_one_holds(edition: Edition, tmp_path: Path, chosen: Selection) -> None:
    path = tmp_path / "rows.parquet"
    queries_export.write_parquet(edition, chosen, path, names(edition), {"title": "it's", "edition": edition.id})
    table = pq.read_table(path)
    pd.testing.assert_frame_equal(table.to_pandas(), small(edition, chosen), check_dtype=False)
    assert table.schema.metadata[b"title"] == b"it's"


def test_it_guards_against_the_same_signs_as_small_exports() -> None:
    for sign in FORMULA:
        assert re.match(queries_export.RISKY, sign), sign
    assert not any(re.match(queries_export.RISKY, word) for word in ("正常", "1", "'=", " =", "\\", "r", "t", "n"))
