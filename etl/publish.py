"""An edition is written aside, then switched to in one atomic step; a crash at any point leaves the old one in
place.
"""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from indicators.observation import FILES
from indicators.queries import CURRENT
from indicators.queries_files import MANIFEST

KEPT = 5
"""Editions that stay beside the current one, so that an older result can be looked up again."""
STALE_SECONDS = 24 * 3600
_PART = ".part-"
_SECOND = len("20260131T235959")


def publish(folder: Path, manifest: Mapping[str, Any], rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> Path:
    """Write one edition and make it the current one.

    Args:
        folder: The editions' folder.
        manifest: With `edition`, the new edition's name.
        rows: Rows of each file of `observation.FILES`, sorted as they should lie on disk.
    Returns:
        The edition's folder.
    Raises:
        OSError, pyarrow.ArrowInvalid: Nothing was switched; the old edition still serves.
    """
    folder.mkdir(parents=True, exist_ok=True)
    remove_stale(folder)
    aside = folder / f"{_PART}{manifest['edition']}"
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir()
    for name, schema in FILES.items():
        write_parquet(aside / f"{name}.parquet", schema, rows[name])
    write_durably(aside / MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1).encode())
    edition = folder / str(manifest["edition"])
    aside.rename(edition)
    switch(folder, edition.name)
    remove_old(folder, edition.name)
    return edition


def free_name(folder: Path, name: str) -> str:
    """The name, or the name with a number when an edition of the same second has it."""
    taken = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
    names = (name, *(f"{name}.{number}" for number in range(2, len(taken) + 2)))
    return next(free for free in names if free not in taken)


def write_parquet(path: Path, schema: pa.Schema, rows: Sequence[Mapping[str, Any]]) -> None:
    columns = {field.name: [row[field.name] for row in rows] for field in schema}
    with path.open("wb") as stream:
        pq.write_table(pa.table(columns, schema=schema), stream, compression="zstd")
        stream.flush()
        os.fsync(stream.fileno())


def write_durably(path: Path, data: bytes) -> None:
    with path.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def switch(folder: Path, edition: str) -> None:
    """Name the current edition. Replacing a file is atomic: a reader sees the old name or the new one, never a half."""
    pointer = folder / f"{_PART}{CURRENT}"
    write_durably(pointer, json.dumps({"edition": edition}).encode())
    pointer.replace(folder / CURRENT)


def current_manifest(folder: Path) -> dict[str, Any] | None:
    """The manifest of the current edition; None when there is none that can be read."""
    try:
        name = json.loads((folder / CURRENT).read_text(encoding="utf-8"))["edition"]
        manifest: dict[str, Any] = json.loads((folder / name / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError, KeyError, TypeError):
        return None  # no edition, or a damaged one: the caller builds a new one
    complete = all((folder / name / f"{file}.parquet").is_file() for file in FILES)
    return manifest if complete else None


def remove_old(folder: Path, current: str) -> None:
    """Keep the last editions. Names tell seconds; within one, the time of writing decides which came last."""
    written = {
        path.parent: (path.parent.name[:_SECOND], path.stat().st_mtime_ns)
        for path in folder.glob(f"*/{MANIFEST}")
        if not path.parent.name.startswith(".") and path.parent.name != current
    }
    for edition in sorted(written, key=written.__getitem__, reverse=True)[KEPT:]:
        shutil.rmtree(edition, ignore_errors=True)


def remove_stale(folder: Path) -> None:
    """What an interrupted build left behind a day ago or earlier; a younger one may belong to a build that still
    runs.
    """
    for path in folder.glob(f"{_PART}*"):
        if path.is_dir() and time.time() - path.stat().st_mtime > STALE_SECONDS:
            shutil.rmtree(path, ignore_errors=True)
