"""One case of the fuzz: made from its number, read as a build reads a source, and judged."""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
import traceback
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import pyarrow.parquet as pq

from etl.build import SourceFile, _SourceReader, build
from etl.cli import describe
from etl.read.limits import end_worker
from indicators import labels
from indicators.errors import Problem
from indicators.observation import FILES
from indicators.paths import DataPaths, data_paths
from indicators.queries import Library
from tools.damage import damaged
from tools.seeds import FORMATS, Case, neighbours, seeds


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may take: seconds by the clock, bytes of memory of any process."""

    seconds: float
    memory: int


@dataclass(slots=True)
class Outcome:
    """What came of a case: records (`read`) or problems (`codes`), its cost, and what should not have happened."""

    number: int
    format: str
    done: str
    read: bool = False
    built: bool = False
    codes: tuple[str, ...] = ()
    seconds: float = 0.0
    memory: int = 0
    failures: list[str] = field(default_factory=list)


def made(seed: int, number: int) -> tuple[Case, str]:
    """The source of a number, and what was done to it; formats take turns."""
    chance = Random(f"{seed}:{number}")
    of_format = [case for case in seeds() if case.format == FORMATS[number % len(FORMATS)]]
    return damaged(chance.choice(of_format), chance)


class Trial:
    """Reads cases one after another, in a data root of its own with good sources and an edition built from them."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        self.limits = limits
        neighbours(folder)
        shutil.copytree(data_paths().catalog, folder / "catalog")
        self.paths = DataPaths(folder.resolve())
        self.reader = _SourceReader(self.paths)
        self.good: Mapping[str, float] = {}

    def outcome(self, seed: int, number: int, *, build: bool) -> Outcome:
        """Read a case, and build with it among good sources if asked to."""
        case, done = made(seed, number)
        outcome = self.read(case, Outcome(number, case.format, done))
        if build:
            outcome.built = True
            outcome.failures += self._built(case)
        return outcome

    def read(self, case: Case, outcome: Outcome) -> Outcome:
        """Read a source as a build does; says what came of it and what it took."""
        memory, used = _Memory(), _processor()
        started = time.monotonic()
        try:
            folder = self.paths.root / case.folder
            file = SourceFile(f"{case.folder}/case", folder / case.name, case.data, case.card, "")
            result = self.reader.read(file)
            outcome.seconds = time.monotonic() - started
            judge(result, outcome)
        except Exception as error:  # noqa: BLE001  whatever it is, it is what the fuzz is looking for
            outcome.failures.append(_told(error))
        outcome.seconds = outcome.seconds or time.monotonic() - started
        outcome.memory = memory.peak()
        # On a machine that does other work meanwhile, the clock alone says nothing of the reader.
        if min(outcome.seconds, _processor() - used) > self.limits.seconds:
            outcome.failures.append(f"took {outcome.seconds:.1f} s")
        if outcome.memory > self.limits.memory:
            outcome.failures.append(f"took {outcome.memory / 2**20:.0f} MB")
        if len(children()) > 1:
            outcome.failures.append(f"left processes behind: {len(children())}")
        return outcome

    def _built(self, case: Case) -> list[str]:
        """What a build among good sources lost or let through: nothing, when all is well."""
        paths = self.paths
        if not self.good:
            build(paths)
            self.good = _good(paths)
        before = Library(paths.parquet).current().id
        place = paths.root / case.folder / case.name
        card = place.with_suffix(".yml")
        failures = []
        try:
            place.write_bytes(case.data)
            if case.card is not None:
                card.write_bytes(case.card)
            summary = build(paths)
            for lang in labels.LANGUAGES:
                for problem in summary.problems:
                    describe(problem, lang)
        except Exception as error:  # noqa: BLE001  as above
            failures.append("build: " + _told(error))
            if Library(paths.parquet).current().id != before:
                failures.append("build: an edition was published all the same")
        finally:
            place.unlink(missing_ok=True)
            card.unlink(missing_ok=True)
        if _good(paths) != self.good:
            failures.append("build: the values of good sources are not what they were")
        if before not in {manifest["edition"] for manifest in Library(paths.parquet).editions()}:
            failures.append("build: the edition before is gone")
        elif any(pq.read_metadata(paths.parquet / before / f"{name}.parquet").num_columns == 0 for name in FILES):
            failures.append("build: the edition before cannot be read")
        return failures

    def end(self) -> list[str]:
        """End the worker; what is left then was left behind."""
        end_worker()
        return [f"left behind: process {child}" for child in children()]


def judge(result: Mapping[str, Any], outcome: Outcome) -> None:
    """Records or problems: spans that lead to their text, problems that can be told, all of it fit to be stored."""
    json.dumps(result, ensure_ascii=False).encode()
    problems = [Problem(**problem) for problem in result["problems"]]
    outcome.read = result["source"] is not None
    outcome.codes = () if outcome.read else tuple(sorted({problem.code for problem in problems}))
    if not outcome.read and not problems:
        outcome.failures.append("neither records nor a problem")
    for problem in problems:
        for lang in labels.LANGUAGES:
            line = describe(problem, lang)
            if len(line) > 2000:
                outcome.failures.append(f"{problem.code}: a message of {len(line)} characters")
        if not labels.has(f"problems.{problem.code}_name"):
            outcome.failures.append(f"{problem.code}: has no name")
    if outcome.read and (body := result["source"]["body"]) is not None:
        for mark in (*result["figures"], *result["ledger"]):
            if body[mark["start"] : mark["end"]] != mark["text"]:
                outcome.failures.append(
                    f"the span {mark['start']}:{mark['end']} does not lead to {mark['text'][:40]!r}"
                )
                break


def _good(paths: DataPaths) -> dict[str, float]:
    """Value by id of every observation of the good sources in the current edition."""
    file = paths.parquet / Library(paths.parquet).current().id / "observations.parquet"
    rows = pq.read_table(file, columns=["source_id", "observation_id", "value"]).to_pylist()
    return {row["observation_id"]: row["value"] for row in rows if row["source_id"] in ("reports/good", "tables/good")}


def _told(error: Exception) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    places = " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(frames[-5:]))
    return f"{type(error).__name__}: {' '.join(str(error).split())[:200]} ({places})"


def children() -> list[int]:
    """The processes that this one has started and that are still there; none where the system does not say."""
    found = []
    for file in Path("/proc/self/task").glob("*/children"):
        with suppress(FileNotFoundError, ProcessLookupError):  # a thread that has just ended
            found += [int(number) for number in file.read_text(encoding="ascii").split()]
    return found


class _Memory:
    """The most that this process and its children hold from now on, in bytes; 0 where the system does not say."""

    def __init__(self) -> None:
        self._ended = _ended_children()
        for process in ("self", *map(str, children())):
            clear = Path(f"/proc/{process}/clear_refs")
            if clear.exists():
                clear.write_text("5", encoding="ascii")

    def peak(self) -> int:
        peaks = [_high_water("self"), *(_high_water(str(process)) for process in children())]
        ended = _ended_children()
        return max([*peaks, ended if ended > self._ended else 0])


def _processor() -> float:
    """Processor seconds of this process and its children, those that have ended too; of this one alone on Windows."""
    if sys.platform == "win32":
        return time.process_time()
    import resource

    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    ticks = 0
    for process in children():
        with suppress(FileNotFoundError, ProcessLookupError):
            fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
    return time.process_time() + ended.ru_utime + ended.ru_stime + ticks / os.sysconf("SC_CLK_TCK")


def _ended_children() -> int:
    if sys.platform == "win32":
        return 0
    import resource

    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024


def _high_water(process: str) -> int:
    status = Path(f"/proc/{process}/status")
    if not status.exists():
        return 0
    lines = dict(line.split(":", 1) for line in status.read_text(encoding="utf-8").splitlines() if ":" in line)
    return int(lines["VmHWM"].split()[0]) * 1024 if "VmHWM" in lines else 0
