"""Statements that readers write themselves, over the tables of one edition: read only, limited, apart from the server.

Each statement runs in a process of its own (`indicators.queries_worker`), so that one that eats memory, never ends or
brings its process down costs one message and nothing else: the pages go on, and so do other readers' statements.
Starting the process takes 0.2 to 0.5 s, which a person who wrote a statement does not mind.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from indicators.catalog import Catalog, load_catalog
from indicators.errors import Problem, StatementError
from indicators.observation import FILES
from indicators.queries import Edition

MOST_ROWS = 10_000
"""Rows of a result; what goes beyond is left out, and said to be."""
LONGEST = 20_000
"""Characters of a statement."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one statement may cost.

    Attributes:
        seconds: Of running, after the process has started.
        memory: Megabytes for DuckDB; the process as a whole may take twice as much beyond what it starts with.
        rows: Of the result.
        bytes: Of the result in memory.
        start: Seconds that the process may take to start and to end.
        wait: Seconds that a statement waits for others to end.
    """

    seconds: float = 10.0
    memory: int = 512
    rows: int = MOST_ROWS
    bytes: int = 16_000_000
    start: float = 20.0
    wait: float = 10.0


LIMITS = Limits()
AT_ONCE = 3
"""Statements that run at the same time; more wait for their turn."""
_turns = threading.BoundedSemaphore(AT_ONCE)
_ROOT = Path(__file__).resolve().parent.parent
_COMMAND = (sys.executable, "-m", "indicators.queries_worker")
_KEPT = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT", "TEMP", "TMP", "VIRTUAL_ENV")
"""Variables of the environment that Python needs to start; the statement's process sees no other."""


@dataclass(frozen=True, slots=True)
class Result:
    """The rows of a statement.

    Attributes:
        rows: The first rows, columns with different names and plain types: numbers, truth values, text.
        more: Whether there would be more rows.
        seconds: How long it ran.
        statement: As it was run.
        edition: Id of the edition.
    """

    rows: pd.DataFrame
    more: bool
    seconds: float
    statement: str
    edition: str


REGIONS = pa.schema([pa.field(name, pa.string()) for name in ("region", "name_zh", "name_en", "level", "parent")])
INDICATORS = pa.schema(
    [pa.field(name, pa.string()) for name in ("indicator", "name_zh", "name_en", "theme", "unit", "kind", "direction")]
)
TABLES: Mapping[str, pa.Schema] = {**FILES, "regions": REGIONS, "indicators": INDICATORS}
"""What a statement may read: the edition's files, and the catalogue's names for its codes."""


def lists(catalog: Catalog) -> dict[str, dict[str, list[str | None]]]:
    """The catalogue's names for its codes: table -> column -> values, see `REGIONS` and `INDICATORS`."""
    regions = [(one.code, one.zh, one.en, one.level, one.parent) for one in catalog.regions]
    indicators = [
        (one.id, one.zh, one.en, one.theme, one.unit, one.kind, one.direction) for one in catalog.indicators.values()
    ]
    return {
        "regions": {name: [row[n] for row in regions] for n, name in enumerate(REGIONS.names)},
        "indicators": {name: [row[n] for row in indicators] for n, name in enumerate(INDICATORS.names)},
    }


def run(edition: Edition, statement: str, limits: Limits = LIMITS, catalog: Catalog | None = None) -> Result:
    """Run one query of a reader over `TABLES`. May be called from any thread.

    Raises:
        StatementError: It was refused, stopped or wrong; the problem's code is one of the labels `data.sql_<code>`.
    """
    statement = statement.strip()
    if not statement:
        raise _problem("empty", n=0)
    if len(statement) > LONGEST:
        raise _problem("too_long", n=f"{len(statement):,}", limit=f"{LONGEST:,}")
    if odd := next((sign for sign in statement if (ord(sign) < 32 and sign not in "\n\r\t") or sign in _HIDDEN), None):
        raise _problem("bad_sign", sign=f"U+{ord(odd):04X}")
    said, rows = _asked(edition, statement, limits, catalog or load_catalog())
    if "problem" in said:
        more = {"unknown_table": {"tables": ", ".join(TABLES)}, "time": {"seconds": f"{limits.seconds:.0f}"}}
        raise _problem(said["problem"], **said["params"], **more.get(said["problem"], {}))
    return Result(_plain(rows), said["more"], said["seconds"], statement, edition.id)


_HIDDEN = frozenset("\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff\x7f")
"""Signs that are not seen, or make what is seen stand in another order than what is run."""


def _problem(code: str, **params: object) -> StatementError:
    return StatementError(Problem(code, "sql", params={name: str(value) for name, value in params.items()}))


def _asked(
    edition: Edition, statement: str, limits: Limits, catalog: Catalog
) -> tuple[dict[str, Any], pa.Table | None]:
    question = {
        "statement": statement, "seconds": limits.seconds, "memory": limits.memory, "rows": limits.rows,
        "bytes": limits.bytes, "lists": lists(catalog),
        "files": {name: (edition.folder / f"{name}.parquet").as_posix() for name in FILES},
    }  # fmt: skip
    if not _turns.acquire(timeout=limits.wait):
        raise _problem("busy")
    try:
        return _worked(json.dumps(question).encode(), limits)
    finally:
        _turns.release()


def _worked(question: bytes, limits: Limits) -> tuple[dict[str, Any], pa.Table | None]:
    """The worker's answer; without a whole one, the problem that its end tells of."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    with subprocess.Popen(
        _COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=_ROOT,
        env={**kept, "PYTHONPATH": os.pathsep.join([str(_ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])},
    ) as process:  # fmt: skip
        try:
            out, _ = process.communicate(question, timeout=limits.seconds + limits.start)
        except subprocess.TimeoutExpired:
            process.kill()
            return {"problem": "time", "params": {}}, None
        except BaseException:
            process.kill()
            raise
    head, _, body = out.partition(b"\n")
    if process.returncode == 0 and head:
        said: dict[str, Any] = json.loads(head)
        return said, None if "problem" in said else pa.ipc.open_stream(body).read_all()
    code = {1: "time", -_ABORT: "memory", -_KILL: "memory"}.get(process.returncode, "crashed")
    return {"problem": code, "params": {}}, None


_ABORT, _KILL = int(signal.SIGABRT), int(getattr(signal, "SIGKILL", 9))
_LARGEST = 2**63 - 1


def _plain(table: pa.Table | None) -> pd.DataFrame:
    """Columns that every file format and the browser can hold, each under a name of its own."""
    assert table is not None
    names: list[str] = []
    for name in table.column_names:
        taken, n = name, 1
        while taken in names:
            n += 1
            taken = f"{name}_{n}"
        names.append(taken)
    table = table.rename_columns(names)
    columns = {name: _column(table.column(name)) for name in names}
    return pd.DataFrame(columns, index=pd.RangeIndex(len(table)))


def _column(column: pa.ChunkedArray) -> pd.Series:
    """The worker gives numbers, truth values and text alone."""
    if pa.types.is_integer(column.type) or (pa.types.is_decimal(column.type) and column.type.scale == 0):
        return _whole(column.to_pylist())
    if pa.types.is_decimal(column.type):
        column = column.cast(pa.float64())
    return column.to_pandas()


def _whole(values: list[Any]) -> pd.Series:
    """Whole numbers; as text where one is too large for 64 bits, since a rounded one would be another number."""
    known = [int(value) for value in values if value is not None]
    if any(abs(value) > _LARGEST for value in known):
        return pd.Series([None if value is None else str(value) for value in values], dtype="str")
    whole = [None if value is None else int(value) for value in values]
    return pd.Series(whole, dtype="int64" if len(known) == len(values) else "Int64")


def sources_behind(edition: Edition, ids: Sequence[str]) -> pd.DataFrame:
    """The source of each of these observations (observation_id, source_id); others than the edition's are left out."""
    return edition.frame(
        "select observation_id, source_id from observations where observation_id = any(?)", [list(ids)]
    )
