"""What it costs to take a million rows away: time, size, and the memory that a server needs for it.

`python -m benchmarks.large_export [--rows 1000000]`: makes an edition of so many rows from the built one in a temporary
folder, writes CSV (packed) and Parquet as the Data page does, each in a process of its own, and prints the seconds, the
size of what is sent, and the process's memory before and at its peak.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from indicators.catalog import load_catalog
from indicators.paths import data_paths
from indicators.queries import Edition, Library
from indicators.selection import Selection
from pages.parts import take_large
from pages.parts.page import Page

KINDS = {"csv": take_large.zipped_csv, "parquet": take_large.parquet}


def enlarge(folder: Path, rows: int) -> Path:
    """An edition with at least so many observations: the built one's, again and again under other ids."""
    built = Library(data_paths().parquet).current()
    target = folder / built.id
    shutil.copytree(built.folder, target)
    table = pq.read_table(target / "observations.parquet")
    place = table.schema.get_field_index("observation_id")
    copies = []
    for number in range(-(-rows // table.num_rows)):
        ids = pa.array([f"{name}-{number}" for name in table["observation_id"].to_pylist()])
        copies.append(table.set_column(place, table.schema.field(place), ids))
    pq.write_table(pa.concat_tables(copies).slice(0, rows), target / "observations.parquet", compression="zstd")
    return target


def measure(folder: Path, kind: str) -> None:
    """Write one file in this process and print what it took."""
    edition = Edition(folder)
    page = Page.__new__(Page)
    for name, value in {"name": "data", "lang": "zh", "edition": edition, "catalog": load_catalog()}.items():
        object.__setattr__(page, name, value)
    meta = take_large.described(page, Selection(), "benchmark", unit="")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.perf_counter()
    content = KINDS[kind](page, Selection(), meta)
    took = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    told = {"kind": kind, "seconds": took, "megabytes": len(content) / 1e6, "before": before / 1e3, "peak": peak / 1e3}
    print(json.dumps(told))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--measure", nargs=2, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.measure:
        measure(Path(given.measure[0]), given.measure[1])
        return
    with tempfile.TemporaryDirectory() as temporary:
        folder = enlarge(Path(temporary), given.rows)
        print(f"{given.rows:,} rows")
        for kind in KINDS:
            command = [sys.executable, "-m", "benchmarks.large_export", "--measure", str(folder), kind]
            told = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
            print(
                f"{kind:8} {told['seconds']:6.1f} s  {told['megabytes']:7.1f} MB sent  "
                f"memory {told['before']:.0f} MB before, {told['peak']:.0f} MB at the peak"
            )


if __name__ == "__main__":
    main()
