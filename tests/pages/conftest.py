"""Pages run without a browser, over a freshly built edition."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from indicators import labels
from indicators.paths import data_paths
from tools.apptest import open_page, through_navigation

RunPage = Callable[..., AppTest]
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def edition(data_root: Path) -> Iterator[Path]:
    """The data root that pages read in this test run."""
    with pytest.MonkeyPatch.context() as patch, through_navigation():
        patch.setenv("INNOVATION_DATA", str(data_root))
        yield data_root


@pytest.fixture
def run_page(edition: Path) -> RunPage:
    """`run_page("trends", lang="en", region=["110000"])`: the page after one run, its own title already asserted.

    AppTest falls back to the default page in silence when it does not find the page asked for, so that without the
    title a test could pass on another page.
    """

    def run(name: str, lang: str = "zh", **query: str | list[str]) -> AppTest:
        app = open_page(name, {"lang": lang, **query})
        assert not app.exception, "\n".join(str(error.value) for error in app.exception)
        titles = [title.value for title in app.title]
        assert labels.text(f"{name}.title", lang) in titles, f"this is not the page {name}"
        return app

    return run


@pytest.fixture(scope="session")
def build_with(edition: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """`build_with(text)`: a data root with an invented report beside the project's sources, and the edition of them."""

    def build(report: str) -> Path:
        root = tmp_path_factory.mktemp("planted") / "data"
        shutil.copytree(edition, root)
        (root / "reports" / "planted.md").write_text(report, encoding="utf-8")
        command = [sys.executable, "-m", "etl", "build", "--quiet"]
        env = {**os.environ, "INNOVATION_DATA": str(root)}
        done = subprocess.run(
            command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, capture_output=True, timeout=120, check=False
        )
        assert done.returncode == 0, done.stderr
        return root

    return build


@pytest.fixture(scope="module")
def observations(edition: Path) -> pd.DataFrame:
    """Every current observation of the edition that the pages read."""
    folder = data_paths(str(edition)).parquet
    current = json.loads((folder / "current.json").read_text(encoding="utf-8"))["edition"]
    path = folder / current / "observations.parquet"
    return duckdb.sql(f"select * from read_parquet('{path.as_posix()}') where standing = 'current'").df()


@pytest.fixture(scope="module")
def levels(observations: pd.DataFrame) -> pd.DataFrame:
    """Actual levels of whole regions: indicator, year, region, value."""
    whole = observations["scope"].isna() & observations["grade"].isna()
    actual = (observations["scenario"] == "actual") & (observations["measure"] == "level")
    return observations.loc[whole & actual, ["indicator", "year", "region", "value"]]
