"""JioNLP beside the prose reader, for the part of the work that both do: money and dates with their values.

JioNLP says what an expression is worth, not of which indicator, place or year it is. It is no requirement of the
project: it is measured by a Python of its own.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from benchmarks.texts import SHARED
from etl.clean import fold
from etl.extract import Context, Reader
from etl.read.report import split_front_matter
from tools.browser import ROOT

WORKER = Path(__file__).with_name("beside_worker.py")
VERSION = "jionlp==1.5.31"
CONTEXT = Context(2021, "report", "650100", ("甲市",), "甲市创新发展情况", 3)
Span = tuple[int, int, float]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A text and the amounts of money that stand in it: start, end, yuan."""

    text: str
    amounts: tuple[Span, ...]


def compare(reader: Reader, python: str) -> None:
    """Print characters a second of both, and how many amounts of money each finds with their values.

    Args:
        python: A Python that has JioNLP, or `new` to install it into a folder that is removed afterwards.
    """
    with tempfile.TemporaryDirectory() as folder:
        if python == "new":
            venv.create(folder, with_pip=True)
            python = str(Path(folder) / ("Scripts" if sys.platform == "win32" else "bin") / "python")
            subprocess.run([python, "-m", "pip", "install", "--quiet", VERSION], check=True)
        out = Path(folder) / "found.json"
        for name, paragraphs in (("golden sentences", _golden()), ("texts with gold", _originals())):
            if not paragraphs:
                continue
            texts = json.dumps([paragraph.text for paragraph in paragraphs])
            subprocess.run([python, str(WORKER), str(out)], input=texts, text=True, check=True, stdout=subprocess.PIPE)
            _print(name, paragraphs, json.loads(out.read_text(encoding="utf-8")), reader)


def _print(name: str, paragraphs: Sequence[Paragraph], other: Mapping[str, Any], reader: Reader) -> None:
    characters = sum(len(paragraph.text) for paragraph in paragraphs)
    amounts = sum(len(paragraph.amounts) for paragraph in paragraphs)
    before = time.process_time()
    folded = [fold(paragraph.text) for paragraph in paragraphs]
    scanned = [list(reader.scanner.scan(text.text)) for text in folded]
    scanning = time.process_time() - before
    before = time.process_time()
    readings = [reader.read(paragraph.text, CONTEXT) for paragraph in paragraphs]
    reading = time.process_time() - before
    numbers = [
        [(*text.original(n.start, n.end), float(n.value)) for n in found if n.reason is None]
        for text, found in zip(folded, scanned, strict=True)
    ]
    figures = [[(f.start, f.end, float(f.value)) for f in reading.figures] for reading in readings]
    jionlp = other["money_seconds"], other["money_seconds"] + other["time_seconds"]
    print(f"\n{name}: {len(paragraphs)} paragraphs, {characters:,} characters, {amounts} amounts of money")
    print("| | s | characters/s | amounts found | with their value |")
    print("|---|---:|---:|---:|---:|")
    for row, seconds, found in (
        (f"JioNLP {other['version']}, money", jionlp[0], other["money"]),
        (f"JioNLP {other['version']}, money and dates", jionlp[1], other["money"]),
        ("this reader's scanner: every number, dates too", scanning, numbers),
        ("this reader, all of its work", reading, figures),
    ):
        seen = [_seen(paragraph.amounts, spans) for paragraph, spans in zip(paragraphs, found, strict=True)]
        counts = (sum(pair[at] for pair in seen) for at in (0, 1))
        print(f"| {row} | {seconds:.3f} | {characters / seconds:,.0f} | " + " | ".join(map(str, counts)) + " |")


def _seen(amounts: Sequence[Span], spans: Sequence[Sequence[Any]]) -> tuple[int, int]:
    """How many amounts have a span that covers half of both, and how many one of the same value."""
    found = right = 0
    for start, end, value in amounts:
        values = [
            said
            for begin, stop, said in spans
            if 2 * (min(end, stop) - max(start, begin)) >= max(end - start, stop - begin)
        ]
        found += bool(values)
        right += any(said is not None and abs(said - value) <= 1e-5 * max(1.0, abs(value)) for said in values)
    return found, right


def _golden() -> list[Paragraph]:
    """The project's invented sentences."""
    paragraphs = []
    for path in sorted((ROOT / "tests" / "golden" / "prose").glob("*.yml")):
        for case in yaml.safe_load(path.read_text(encoding="utf-8")):
            amounts, place = [], 0
            for found in case["found"]:
                start = case["text"].find(found["text"], place)
                start = start if start >= 0 else case["text"].find(found["text"])
                place = start
                if found["unit"] == "yuan":
                    amounts.append((start, start + len(found["text"]), float(found["value"])))
            paragraphs.append(Paragraph(case["text"], tuple(dict.fromkeys(amounts))))
    return paragraphs


def _originals() -> list[Paragraph]:
    """The documents with gold records, paragraph by paragraph, where they are on this machine."""
    return [
        paragraph
        for gold in sorted((SHARED / "gold").glob("*.jsonl"))
        for folder in ("reports", "dev-reports")
        if (path := SHARED / folder / f"{gold.stem}.txt").is_file()
        for paragraph in _paragraphs(path, gold)
    ]


def _paragraphs(path: Path, gold: Path) -> Iterator[Paragraph]:
    _, body = split_front_matter(path.read_text(encoding="utf-8"))
    records = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines() if line.strip()]
    money = [(row["start"], row["end"], float(row["value"])) for row in records if row["unit"] == "yuan"]
    start = 0
    for line in body.split("\n"):
        end = start + len(line)
        if line.strip():
            inside = dict.fromkeys((a - start, b - start, value) for a, b, value in money if start <= a < end)
            yield Paragraph(line, tuple(inside))
        start = end + 1
