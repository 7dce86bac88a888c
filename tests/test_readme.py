"""What the README says is so."""

import re
from pathlib import Path

from indicators.catalog import load_catalog
from indicators.queries import Library
from indicators.scores import load_scores
from tools import coverage, score


def test_the_table_of_coverage_is_that_of_the_data(data_root: Path, root: Path) -> None:
    readme = (root / "README.md").read_text(encoding="utf-8")
    table = coverage.coverage(Library(data_root / "parquet").current(), load_catalog())
    assert coverage.written_into(readme, table) == readme, "run: python -m etl build && python -m tools.coverage"


def test_the_table_of_scores_is_the_stored_one(root: Path) -> None:
    readme = (root / "README.md").read_text(encoding="utf-8")
    table = score.table(load_scores())
    assert coverage.written_into(readme, table, score.START, score.END) == readme, "run: make score"


def test_every_file_and_picture_that_it_names_is_there(root: Path) -> None:
    readme = (root / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:[a-z_]+/)+[A-Za-z_.]*|dashboard\.py)`", readme)) | set(
        re.findall(r"\]\(([^)]+)\)", readme)
    )
    assert len(named) > 10
    assert [name for name in sorted(named) if not (root / name).exists() and not name.startswith("data/parquet")] == []
