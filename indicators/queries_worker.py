"""The process that runs one statement of a reader over the Parquet of one edition, and ends.

Question (JSON on standard input): statement, files (table -> path), lists (table -> column -> values), rows, bytes,
seconds, memory.
Answer (standard output): one line of JSON, either {"problem": code, ...} or {"more", "seconds"}; after the latter the
rows as an Arrow stream.

Three walls stand around a statement. Its syntax tree may hold what only reads the edition's tables (`refuse`): the kind
of a statement says too little, since `with t as (copy … to …) from t` counts as a SELECT. DuckDB is locked to the
edition's files. And the process has limits of its own, because DuckDB's do not hold everywhere: measured, its memory
limit of 256 MB let `repeat('x', 1000000000)` take 2.9 GB, and its time limit does not end a single call of `lpad`.
"""

from __future__ import annotations

import contextlib
import faulthandler
import json
import re
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

NODES = frozenset({"SELECT_NODE", "SET_OPERATION_NODE", "RECURSIVE_CTE_NODE", "CTE_NODE"})
"""Kinds of queries that only read."""
TABLE_FUNCTIONS = frozenset({"range", "generate_series", "unnest", "json_each", "json_tree"})
"""Functions in FROM that reach no file, no setting and no other table."""
FORBIDDEN = re.compile(
    r"__internal|read_|getenv|current_setting|getvariable|nextval|currval|setval|write_log|sleep_ms|pg_sleep|inet_|"
    r"json_execute|json_serialize_plan|invoke|to_aggregate_state|finalize|combine"
)
"""Functions of one value that reach beyond it, wait, or trust bytes of the statement as a state of their own."""
STATEMENTS = {
    "attach": ("ATTACH", "DETACH"),
    "extension": ("LOAD", "UPDATE_EXTENSIONS"),
    "setting": ("SET", "VARIABLE_SET", "PRAGMA", "LOGICAL_PLAN"),
    "write": (
        "INSERT", "UPDATE", "DELETE", "MERGE_INTO", "CREATE", "DROP", "ALTER", "COPY", "COPY_DATABASE", "EXPORT",
        "CREATE_FUNC", "VACUUM", "ANALYZE", "TRANSACTION",
    ),
}  # fmt: skip
"""Problem -> kinds of statements that have it; every other kind is `not_a_query`."""
PLAIN = frozenset(
    {"boolean", "tinyint", "smallint", "integer", "bigint", "hugeint", "utinyint", "usmallint", "uinteger", "ubigint",
     "uhugeint", "float", "double", "decimal", "varchar"}
)  # fmt: skip
"""Types that files and the browser have too."""
_SHOWN = ('"tables"',)
_BATCH = 2048
_GRACE = 1.0
_TOO_DEEP = "expression depth"


class Refused(Exception):
    """A statement that is not run. `code` and `params` as in a `Problem`."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.answer = {"problem": code, "params": {name: str(value) for name, value in params.items()}}


def refuse(connection: duckdb.DuckDBPyConnection, statement: str, tables: frozenset[str]) -> None:
    """
    Raises:
        Refused: The statement is not exactly one query that reads these tables and nothing else.
    """
    tree = _tree(connection, statement)
    if len(tree) != 1:
        raise Refused("empty" if not tree else "several", n=len(tree))
    parts = list(_parts(tree))
    own = {entry["key"].lower() for part in parts for entry in _entries(part)}
    for part in parts:
        kind = part.get("type")
        if isinstance(kind, str) and kind.endswith("_NODE") and kind not in NODES:
            raise Refused("write", what=kind.removesuffix("_QUERY_NODE"))
        if kind == "VALUE_PARAMETER":
            raise Refused("parameter")
        if "qualified_name" in part and kind in ("BASE_TABLE", "SHOW_REF"):
            _refuse_table(part, tables | own)
        if kind == "TABLE_FUNCTION" and (name := _function(part.get("function"))) not in TABLE_FUNCTIONS:
            raise Refused("reads_file" if re.search("read_|scan|glob|sniff|parquet", name) else "function", name=name)
        if part.get("class") == "FUNCTION" and FORBIDDEN.match(name := _function(part)):
            raise Refused("reads_file" if name.startswith("read_") else "function", name=name)


def _tree(connection: duckdb.DuckDBPyConnection, statement: str) -> list[Any]:
    (found,) = connection.sql("select json_serialize_sql($1::varchar)", params=[statement]).fetchall()
    try:
        parsed = json.loads(found[0])
    except RecursionError as error:
        raise Refused("deep") from error
    if not parsed["error"]:
        return list(parsed["statements"])
    if parsed["error_type"] != "not implemented":
        if _TOO_DEEP in parsed["error_message"]:
            raise Refused("deep")
        raise Refused("syntax", detail=parsed["error_message"], **_place(statement, parsed.get("position")))
    kinds = [one.type.name for one in connection.extract_statements(statement)]
    if len(kinds) > 1 and "MULTI" not in kinds:
        raise Refused("several", n=len(kinds))
    code = next((code for code, names in STATEMENTS.items() if kinds[0] in names), "not_a_query")
    raise Refused(code, what=kinds[0] if kinds[0] != "MULTI" else "PIVOT")


def _place(statement: str, position: str | None) -> dict[str, int]:
    """Line and character, both from 1, of a place that DuckDB gives in bytes."""
    before = statement.encode()[: int(position or 0)].decode(errors="ignore")
    return {"line": before.count("\n") + 1, "character": len(before) - (before.rfind("\n") + 1) + 1}


def _parts(tree: Any) -> Iterator[dict[str, Any]]:
    """Every mapping of a syntax tree, without recursion."""
    waiting = [tree]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            yield part
            waiting += part.values()
        elif isinstance(part, list):
            waiting += part


def _entries(part: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The named parts (WITH) of a query."""
    named = part.get("cte_map")
    return list(named.get("map") or ()) if isinstance(named, dict) else []


def _function(part: Any) -> str:
    return str(part.get("function_name", "")).lower() if isinstance(part, dict) else ""


def _refuse_table(part: Mapping[str, Any], known: frozenset[str]) -> None:
    path = [str(step) for step in part["qualified_name"]["path"]]
    if part["type"] == "SHOW_REF" and (not any(path) or (path[0] in _SHOWN and part.get("query") is None)):
        return
    # What is no plain name could be taken for a file.
    if len(path) != 1 or path[0].lower() not in known or not re.fullmatch(r"\w+", path[0]):
        raise Refused("unknown_table", name=".".join(path))


def connect(question: Mapping[str, Any]) -> duckdb.DuckDBPyConnection:
    """A database of its own in which the tables are views of the files, and no other file can be opened.

    Views and not copies: at 10 million observations most questions are answered in less than a second this way, while
    a copy alone took 33 s and 2.4 GB on one core.
    """
    connection = duckdb.connect(":memory:")
    quoted = {name: path.replace("'", "''") for name, path in question["files"].items()}
    for setting in (
        "autoinstall_known_extensions=false",
        "autoload_known_extensions=false",
        "allow_community_extensions=false",
        "python_enable_replacements=false",
        "temp_directory=''",
        "max_temp_directory_size='0KB'",
        "threads=1",
        f"memory_limit='{question['memory']}MB'",
        f"max_execution_time={int(question['seconds'] * 1000)}",
        "allowed_paths=[" + ", ".join(f"'{path}'" for path in quoted.values()) + "]",
        "enable_external_access=false",
    ):
        connection.execute(f"set {setting}")
    for name, path in quoted.items():
        connection.execute(f"create view {name} as select * from read_parquet('{path}')")
    for name, columns in question["lists"].items():
        # Bound as parameters: by way of Arrow it would import pandas, which takes as long as all the rest.
        picked = ", ".join(f"unnest(${n}::varchar[]) as {column}" for n, column in enumerate(columns, 1))
        connection.execute(f"create table {name} as select {picked}", list(columns.values()))
    connection.execute("set lock_configuration=true")
    return connection


def answer(question: Mapping[str, Any]) -> tuple[dict[str, Any], pa.Table | None]:
    """What is said of a statement, and its first rows unless there is a problem."""
    try:
        connection = connect(question)
        refuse(connection, question["statement"], frozenset({*question["files"], *question["lists"]}))
        start = time.perf_counter()
        table, more = _first_rows(connection, question)
        return {"more": more, "seconds": time.perf_counter() - start}, table
    except Refused as refused:
        return refused.answer, None
    except (duckdb.Error, pa.ArrowException, MemoryError, RecursionError, ValueError) as error:
        return _told(error), None


def _first_rows(connection: duckdb.DuckDBPyConnection, question: Mapping[str, Any]) -> tuple[pa.Table, bool]:
    """At most so many rows, and whether there would be more.

    Raises:
        Refused: They hold more bytes than a page can show.
    """
    most, kept, size = question["rows"], 0, 0
    try:
        relation = connection.sql(question["statement"])
        reader = _as_text(relation).to_arrow_reader(_BATCH)
    except (duckdb.BinderException, duckdb.CatalogException):
        connection.execute(question["statement"])  # fails again, and this way names the line
        raise
    batches = []
    for batch in reader:
        batches.append(batch)
        kept, size = kept + batch.num_rows, size + batch.nbytes
        if size > question["bytes"]:
            raise Refused("too_large", limit=f"{question['bytes'] // 1_000_000}")
        if kept > most:
            break
    return pa.Table.from_batches(batches, reader.schema).slice(0, most).rename_columns(relation.columns), kept > most


def _as_text(relation: duckdb.DuckDBPyRelation) -> duckdb.DuckDBPyRelation:
    """The same rows with every column of no plain type as DuckDB writes it: lists, records, days, endless times, …"""
    columns = [f"#{n}" if kind.id in PLAIN else f"#{n}::varchar" for n, kind in enumerate(relation.types, 1)]
    return relation.project(", ".join(columns)) if any(":" in column for column in columns) else relation


def _told(error: BaseException) -> dict[str, Any]:
    """An error of DuckDB as a problem: its first sentences, and the line if it gives one."""
    words = str(error)
    line = re.search(r"^LINE (\d+):", words, re.MULTILINE)
    detail = re.sub(r"^[\w ]+ Error: ", "", words.split("\n\nLINE ")[0]).strip()
    detail = detail.split("\nPlease try installing")[0]  # nobody can, here
    detail = "\n".join(row for row in detail.split("\n") if row.strip())
    kinds = (
        ("memory", (duckdb.OutOfMemoryException, MemoryError, pa.ArrowMemoryError)),
        ("time", (duckdb.InterruptException,)),
        ("deep", (RecursionError,)),
        ("permission", (duckdb.PermissionException,)),
    )
    code = next((code for code, types in kinds if isinstance(error, types)), "failed")
    if _TOO_DEEP in detail:
        code = "deep"
    told = {} if code in ("memory", "time") else {"detail": detail, "line": line[1] if line else "1"}
    return {"problem": code, "params": told}


def _limit(memory: int) -> None:
    """Limits that hold whatever a library does, where the platform has them: more memory, writing any file."""
    if sys.platform == "linux":
        import resource

        # Not the address space: allocators reserve gigabytes of it that they never use.
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[5])
        limit = pages * resource.getpagesize() + memory * 2 * 1024 * 1024
        resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        with contextlib.suppress(OSError):
            import os

            os.nice(10)  # pages go before statements


def main() -> None:
    """Status 0 with an answer, 1 when the time was over, anything else when the process broke down."""
    try:
        _main()
    except Exception:  # noqa: BLE001  a status of 1 would say that the time was over
        sys.exit(3)


def _main() -> None:
    question = json.loads(sys.stdin.buffer.read())
    _limit(question["memory"])
    # A watch of its own: it ends the process with status 1 even in the middle of a call.
    faulthandler.dump_traceback_later(question["seconds"] + _GRACE, exit=True)
    said, table = answer(question)
    out = sys.stdout.buffer
    out.write(json.dumps(said).encode() + b"\n")
    if table is not None:
        with pa.ipc.new_stream(out, table.schema) as stream:
            stream.write_table(table)
    out.flush()


if __name__ == "__main__":
    main()
