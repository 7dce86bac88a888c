"""What all tests share: the place of the originals, and the rule that CI skips nothing."""

import os
import shutil
import subprocess
import sys
from collections.abc import Generator, Iterator
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import settings

# How fast a machine is says nothing of what is right: speed is measured in benchmarks/.
settings.register_profile("project", deadline=None)
settings.load_profile("project")

ROOT = Path(__file__).resolve().parents[1]
IN_CI = bool(os.environ.get("CI"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The browser's files come first: they take longest, and what is left at the end is left to one worker."""
    items.sort(key=lambda item: "browser" not in item.path.parts)


@pytest.fixture(autouse=True)
def environment() -> Iterator[None]:
    """Each test leaves the variables of the environment as it found them: the command line sets the data root there."""
    with patch.dict(os.environ):
        yield


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of original reports, gold records and reference tables, which are not part of the project."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip(f"{folder} is not here: the original reports are not part of the project")
    return folder


@pytest.fixture(scope="session")
def data_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data root of its own with the project's sources and one edition built from them; not to be written to."""
    copy = tmp_path_factory.mktemp("data")
    for folder in ("catalog", "reports", "tables"):
        shutil.copytree(ROOT / "data" / folder, copy / folder)
    done = subprocess.run(
        [sys.executable, "-m", "etl", "build"],
        cwd=ROOT,
        env={**os.environ, "INNOVATION_DATA": str(copy)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, f"python -m etl build ended with {done.returncode}\n{done.stdout}\n{done.stderr}"
    return copy


def _skip_is_failure(report: pytest.TestReport | pytest.CollectReport) -> None:
    """In CI everything that a test needs is there, so a skip hides something that was not tested."""
    if IN_CI and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        report.outcome = "failed"
        report.longrepr = f"{report.nodeid}\nskipped, which CI does not allow: {reason}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    _skip_is_failure(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    _skip_is_failure(report)
    return report
