"""How fast the prose reader is: characters a second on one core, growth with length, hostile texts, JioNLP beside it.

`make bench-reader`, or `python -m benchmarks.reader`. Prints processor seconds, on which other work of the machine
counts little, and for real texts seconds by the clock too. `--jionlp PYTHON` also measures JioNLP, by a Python that has
it; `--jionlp new` installs it into a virtual environment that is thrown away. Ends with 1 when a hostile text takes
more than --limit times as long as ordinary text.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

from benchmarks import beside
from benchmarks.texts import generated, hostile, real, repeated
from etl.extract import Context, Reader, Reading
from indicators.catalog import load_catalog

CONTEXT = Context(2021, "report", "650100", ("甲市",), "甲市创新发展情况", 3)
LENGTHS = (100_000, 1_000_000, 10_000_000)
MILLION = 1_000_000
PATIENCE = 60.0
"""Seconds that a hostile text may take before it is given up as hopeless."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What one reading took: medians, in seconds."""

    characters: int
    processor: float
    clock: float

    @property
    def speed(self) -> float:
        """Characters a second of processor time."""
        return self.characters / self.processor


def measure(work: Callable[[], object], characters: int, runs: int) -> Taken:
    """Medians of several runs of the same work."""
    processor, clock = [], []
    for _ in range(runs):
        before = time.process_time(), time.perf_counter()
        work()
        processor.append(time.process_time() - before[0])
        clock.append(time.perf_counter() - before[1])
    return Taken(characters, max(median(processor), 1e-9), median(clock))


class Bench:
    """One reader and what is asked of it."""

    def __init__(self, runs: int) -> None:
        self.catalog = load_catalog()
        self.reader = Reader(self.catalog)
        self.runs = runs
        self.read(generated(self.catalog, 20_000))  # what is made on first use is not what is measured

    def read(self, text: str) -> Reading:
        return self.reader.read(text, CONTEXT)

    def timed(self, text: str, runs: int | None = None) -> Taken:
        return measure(lambda: self.read(text), len(text), runs or self.runs)

    def speeds(self) -> None:
        """Each text by itself, read again and again up to 100,000 characters, so that small ones can be measured."""
        print("| text | characters | numbers in 1,000 | figures in 1,000 | characters/s | characters/s by the clock |")
        print("|---|---:|---:|---:|---:|---:|")
        for name, text in {**real(), "generated": generated(self.catalog, LENGTHS[0])}.items():
            reading = self.read(text)
            taken = self.timed(repeated(text + "\n", max(len(text), LENGTHS[0])))
            rates = [f"{1000 * len(found) / len(text):.1f}" for found in (reading.ledger, reading.figures)]
            cells = (name, f"{len(text):,}", *rates, f"{taken.speed:,.0f}", f"{taken.characters / taken.clock:,.0f}")
            print("| " + " | ".join(cells) + " |")

    def growth(self) -> None:
        """Time for each character as a text grows."""
        print("\n| characters | s | µs for each | to the shortest |")
        print("|---:|---:|---:|---:|")
        first = 0.0
        for length in LENGTHS:
            taken = self.timed(generated(self.catalog, length), 1 if length > MILLION else self.runs)
            each = 1e6 / taken.speed
            first = first or each
            print(f"| {length:,} | {taken.processor:.2f} | {each:.3f} | {each / first:.2f} |")

    def hostile(self, only: str, limit: float) -> list[str]:
        """Hostile texts of a million characters against ordinary ones; returns the names of those above the limit."""
        ordinary = self.timed(generated(self.catalog, MILLION))
        print(f"\nordinary text of {MILLION:,} characters: {ordinary.processor:.2f} s")
        print("| hostile text | s | times ordinary text as long | times ordinary text of as many bytes |")
        print("|---|---:|---:|---:|")
        weight = len(generated(self.catalog, LENGTHS[0]).encode()) / LENGTHS[0]
        rows = []
        for name, make in hostile(self.catalog):
            if only in name:
                seconds = self._patiently(make)
                print(f"{name}: {seconds:.2f} s", file=sys.stderr)
                bytes_each = len(make(10_000).encode()) / 10_000
                rows.append((seconds / ordinary.processor, name, seconds, weight / bytes_each))
        for ratio, name, seconds, by_bytes in sorted(rows, reverse=True):
            print(f"| {name} | {seconds:.2f} | {ratio:.2f} | {ratio * by_bytes:.2f} |")
        return [name for ratio, name, _, _ in rows if ratio > limit]

    def _patiently(self, make: Callable[[int], str]) -> float:
        """Seconds for a million characters; where a shorter text shows that it would take too long, an estimate."""
        length, before, growth = 10_000, 0.0, 10.0
        while True:
            seconds = self.timed(make(length), 3 if length < MILLION else 1).processor
            growth = max(10.0, seconds / before) if before else growth
            if length == MILLION or seconds * growth > PATIENCE:
                return float(seconds * growth ** (2 if length == 10_000 else 1 if length == 100_000 else 0))
            length, before = length * 10, seconds


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5, help="runs of which the median is taken (default 5)")
    parser.add_argument(
        "--limit", type=float, default=3.0, help="times ordinary text that any text may take (default 3)"
    )
    parser.add_argument("--only", default="", help="only the hostile texts with this in their name, and nothing else")
    parser.add_argument("--jionlp", metavar="PYTHON", help="a Python that has JioNLP; `new` installs it for this run")
    args = parser.parse_args()
    bench = Bench(args.runs)
    if not args.only:
        bench.speeds()
        bench.growth()
    above = bench.hostile(args.only, args.limit)
    if args.jionlp:
        beside.compare(bench.reader, args.jionlp)
    for name in above:
        print(f"above {args.limit} times: {name}", file=sys.stderr)
    return int(bool(above))


if __name__ == "__main__":
    sys.exit(main())
