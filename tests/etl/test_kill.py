"""A build that is killed leaves the old edition in place, whole, and the next build goes through."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from etl.build import build
from indicators.observation import FILES
from indicators.paths import DataPaths
from indicators.queries import Library
from indicators.selection import Selection

KILL = """
import os, signal, sys
from etl import publish
from etl.cli import main
calls = 0
def die(*_, **__):
    os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
def at(name, number, after):
    original = getattr(publish, name)
    def wrapped(*arguments, **options):
        global calls
        calls += 1
        if calls == number and not after:
            die()
        result = original(*arguments, **options)
        if calls == number and after:
            die()
        return result
    setattr(publish, name, wrapped)
at(sys.argv[1], int(sys.argv[2]), sys.argv[3] == "after")
sys.exit(main(["build", "--quiet", "--data", sys.argv[4]]))
"""
POINTS = [
    *[("write_parquet", number, "after") for number in range(1, len(FILES) + 1)],
    ("write_durably", 1, "before"),
    ("write_durably", 1, "after"),
    ("switch", 1, "before"),
    ("write_durably", 2, "after"),
]


def values(paths: DataPaths) -> list[float]:
    edition = Library(paths.parquet).current()
    assert not edition.observations(Selection()).empty
    return list(edition.observations(Selection(indicators=("makerspaces",), whole=True))["value"])


def change(paths: DataPaths) -> None:
    report = paths.reports / "first.md"
    report.write_text(report.read_text(encoding="utf-8").replace("35家", "36家"), encoding="utf-8")


@pytest.mark.parametrize(("function", "number", "when"), POINTS)
def test_killed_while_publishing(sources: DataPaths, root: Path, function: str, number: int, when: str) -> None:
    build(sources)
    change(sources)
    command = [sys.executable, "-c", KILL, function, str(number), when, str(sources.root)]
    killed = subprocess.run(command, cwd=root, capture_output=True, timeout=60, check=False)
    assert killed.returncode not in (0, 1, 2), killed.stderr.decode()
    assert values(sources) == [35.0]
    build(sources)
    assert values(sources) == [36.0]


def test_killed_right_after_the_switch(sources: DataPaths, root: Path) -> None:
    build(sources)
    change(sources)
    command = [sys.executable, "-c", KILL, "switch", "1", "after", str(sources.root)]
    subprocess.run(command, cwd=root, capture_output=True, timeout=60, check=False)
    assert values(sources) == [36.0]


def test_killed_while_reading(sources: DataPaths, root: Path) -> None:
    build(sources)
    change(sources)
    command = [sys.executable, "-m", "etl", "build", "--force", "--data", str(sources.root)]
    with subprocess.Popen(
        command, cwd=root, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, env=os.environ
    ) as process:
        assert process.stderr is not None
        assert b"[1/" in process.stderr.readline()
        process.kill()
    assert values(sources) == [35.0]
    build(sources)
    assert values(sources) == [36.0]
