"""JioNLP at work, run by a Python that has it: `python benchmarks/beside_worker.py OUT < texts.json`. See beside.py.

Reads a JSON list of paragraphs, extracts money and time expressions with their values, and writes to OUT the version,
the processor seconds of each of the two, and what was found in each paragraph: [start, end, value or null].
"""

from __future__ import annotations

import importlib
import json
import sys
import time
from pathlib import Path
from typing import Any


def main() -> None:
    texts = json.load(sys.stdin)
    jionlp: Any = importlib.import_module("jionlp")
    report: dict[str, Any] = {"version": jionlp.__version__}
    for name, extract in (("money", jionlp.ner.extract_money), ("time", jionlp.ner.extract_time)):
        options = {"with_parsing": True} if name == "money" else {"with_parsing": True, "time_base": 1_616_000_000}
        extract("2020年完成投资1亿元", **options)  # what is loaded on first use is not what is measured
        before = time.process_time()
        found = [extract(text, **options) for text in texts]
        report[f"{name}_seconds"] = time.process_time() - before
        report[name] = [[[*item["offset"], _value(item)] for item in items or ()] for items in found]
    Path(sys.argv[1]).write_text(json.dumps(report), encoding="utf-8")


def _value(item: dict[str, Any]) -> float | None:
    """The amount of a money expression; None for a time, and for a range."""
    number = (item.get("detail") or {}).get("num")
    try:
        return float(number) if isinstance(number, str) else None
    except ValueError:
        return None


if __name__ == "__main__":
    main()
