"""Damaged and malicious files of every format, read as a build reads them: `make fuzz`, or `python -m tools.fuzz`.

Each of --count files must end in records, or in problems that have words in both languages, within --seconds and
--memory, without any other exception, hang, crash or process left behind. Every --every-th one is also built beside
good sources: those come through, and the edition before stays readable. Failures are written to --out, each with its
file; `--case SEED:NUMBER` repeats one. Ends with 1 when anything failed.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from pathlib import Path

from tools.cases import Limits, Outcome, Trial, made
from tools.seeds import FORMATS, seeds

OUT = Path(tempfile.gettempdir()) / "fuzz-failures"
HANG = 60.0
"""Seconds after which a file is taken to hang and its process is ended."""


@dataclass(slots=True)
class _Row:
    """One format in the table."""

    cases: int = 0
    read: int = 0
    built: int = 0
    failed: int = 0
    slowest: float = 0.0
    memory: int = 0
    codes: Counter[str] = field(default_factory=Counter)

    def add(self, outcome: Outcome) -> None:
        self.cases += 1
        self.read += outcome.read
        self.built += outcome.built
        self.failed += bool(outcome.failures)
        self.slowest = max(self.slowest, outcome.seconds)
        self.memory = max(self.memory, outcome.memory)
        self.codes.update(outcome.codes)


def work(numbers: Sequence[int], seed: int, limits: Limits, every: int, told: Connection) -> None:
    """One process's work: some cases one after another, telling before each its number and after it what came of it."""
    with tempfile.TemporaryDirectory() as folder:
        trial = Trial(Path(folder), limits)
        for number in numbers:
            told.send(number)
            told.send(trial.outcome(seed, number, build=every > 0 and number % every == 0))
        failures = trial.end()
    told.send(failures)


class _Job:
    """A process at work on some cases, and the one that it is at."""

    def __init__(self, numbers: Sequence[int], seed: int, limits: Limits, every: int) -> None:
        self.rest = list(numbers)
        self.current: int | None = None
        self.since = time.monotonic()
        context = multiprocessing.get_context("spawn")
        self.told, other = context.Pipe(duplex=False)
        self.process = context.Process(target=work, args=(numbers, seed, limits, every, other))
        self.process.start()
        other.close()

    def next(self) -> Outcome | list[str] | None:
        """What the process says: an outcome, its last words, or None for a case begun. EOFError when it is gone."""
        said: int | Outcome | list[str] = self.told.recv()
        self.since = time.monotonic()
        if isinstance(said, int):
            self.current = said
            return None
        if isinstance(said, Outcome):
            self.rest.remove(said.number)
            self.current = None
        return said

    def kill(self) -> None:
        self.process.kill()
        self.process.join()


def run(count: int, seed: int, limits: Limits, every: int, jobs: int) -> Iterable[Outcome]:
    """Every case's outcome, as they come; a process that dies or hangs is one of its case, and the rest go on."""
    seeds()
    running = [_Job(range(first, count, jobs), seed, limits, every) for first in range(min(jobs, count))]
    while running:
        ready = wait([job.told for job in running], timeout=1.0)
        for job in list(running):
            died = False
            if job.told in ready:
                try:
                    said = job.next()
                except EOFError:
                    died = True
                else:
                    if isinstance(said, Outcome):
                        yield said
                    elif said is not None:
                        yield from (Outcome(-1, "-", "at the end", failures=[failure]) for failure in said)
                        job.process.join()
                        running.remove(job)
                    continue
            if died or time.monotonic() - job.since > HANG:
                running.remove(job)
                job.kill()
                number = job.current if job.current is not None else job.rest[0]
                case, done = made(seed, number)
                what = f"the process died ({job.process.exitcode})" if died else f"hangs for {HANG:.0f} s"
                yield Outcome(number, case.format, done, seconds=time.monotonic() - job.since, failures=[what])
                rest = [other for other in job.rest if other != number]
                if rest:
                    running.append(_Job(rest, seed, limits, every))


def table(rows: dict[str, _Row]) -> str:
    """By format: how many, what came of them, the slowest and the largest."""
    lines = [
        "| format | cases | read | refused | built | failed | slowest, s | memory, MB | refused by |",
        "|---|---:|---:|---:|---:|---:|---:|---:|---|",
    ]
    for name in (*FORMATS, *(name for name in rows if name not in FORMATS)):
        if name in rows:
            row = rows[name]
            codes = ", ".join(f"{code} {number}" for code, number in row.codes.most_common())
            counts = (row.cases, row.read, row.cases - row.read - row.failed, row.built, row.failed)
            cells = (name, *counts, f"{row.slowest:.2f}", row.memory // 2**20, codes)
            lines.append("| " + " | ".join(map(str, cells)) + " |")
    return "\n".join(lines)


def save(seed: int, number: int, outcome: Outcome, folder: Path) -> None:
    """Write the file of a case and what happened to it."""
    folder.mkdir(parents=True, exist_ok=True)
    case, done = made(seed, number)
    (folder / f"{seed}-{number}-{case.name}").write_bytes(case.data)
    if case.card is not None:
        (folder / f"{seed}-{number}-card.yml").write_bytes(case.card)
    told = f"{seed}:{number} {case.folder}/{case.name} ({done})\n" + "\n".join(outcome.failures) + "\n"
    (folder / f"{seed}-{number}.txt").write_text(told, encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=10_000, help="how many files (default 10000)")
    parser.add_argument("--seed", type=int, default=1, help="what all of them follow from (default 1)")
    parser.add_argument("--seconds", type=float, default=5.0, help="that a file may take (default 5)")
    parser.add_argument("--memory", type=int, default=1024, help="MB that any process may hold (default 1024)")
    parser.add_argument("--every", type=int, default=25, help="also build every n-th beside good sources; 0: none")
    parser.add_argument(
        "--jobs", type=int, default=os.cpu_count() or 1, help="processes at a time (default: one a core)"
    )
    parser.add_argument("--out", type=Path, default=OUT, help=f"folder for failures (default {OUT})")
    parser.add_argument("--case", metavar="SEED:NUMBER", help="repeat one case: write its file, read and build it here")
    args = parser.parse_args()
    limits = Limits(args.seconds, args.memory * 2**20)
    if args.case:
        return repeat(args.case, limits, args.out)
    rows: dict[str, _Row] = defaultdict(_Row)
    failed = 0
    for outcome in run(args.count, args.seed, limits, args.every, args.jobs):
        if outcome.number >= 0:
            rows[outcome.format].add(outcome)
        if outcome.failures:
            failed += 1
            print(
                f"{args.seed}:{outcome.number} {outcome.format} ({outcome.done}): {outcome.failures[0]}",
                file=sys.stderr,
            )
            if outcome.number >= 0:
                save(args.seed, outcome.number, outcome, args.out)
    print(table(rows))
    if failed:
        print(f"{failed} failed; their files are in {args.out}", file=sys.stderr)
    return int(bool(failed))


def repeat(case: str, limits: Limits, out: Path) -> int:
    """One case again, in this process."""
    seed, _, number = case.partition(":")
    with tempfile.TemporaryDirectory() as folder:
        trial = Trial(Path(folder), limits)
        outcome = trial.outcome(int(seed), int(number), build=True)
        outcome.failures += trial.end()
    save(int(seed), int(number), outcome, out)
    print(outcome)
    return int(bool(outcome.failures))


if __name__ == "__main__":
    sys.exit(main())
