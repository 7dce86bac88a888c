"""Large results go from DuckDB into a file: the rows never stand in Python's memory.

The columns are those of an export on a page: codes with their names beside them, the source by title.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb
import pyarrow as pa

from indicators.observation import OBSERVATIONS
from indicators.queries import Edition, where
from indicators.selection import Selection

MEMORY = "512MB"
"""What DuckDB may take for it; beyond it the sorting goes on in files beside the result."""
RISKY = r"^[=+\-@\t\r\n＝＋－＠]"
"""Text that a spreadsheet would run; a test keeps it equal to that of small exports."""
_NAMES = ("region_name", "indicator_name", "source_title")
_BOM = "\ufeff"


def write_parquet(
    edition: Edition, selection: Selection, path: Path, names: Mapping[str, Mapping[str, str]], told: Mapping[str, str]
) -> None:
    """The rows of a selection as Parquet.

    Args:
        names: `region`, `indicator`, `source` -> code -> name in the reader's language.
        told: What the file says about itself, as in small exports.
    Raises:
        OSError, duckdb.Error: The file could not be written; what is there of it is of no use.
    """
    metadata = ", ".join(f"{_literal(key)}: {_literal(words)}" for key, words in told.items())
    kept = f", kv_metadata {{{metadata}}}" if metadata else ""
    _copy(edition, selection, path, names, _columns(), f"format parquet, compression zstd{kept}")


def write_csv(
    edition: Edition,
    selection: Selection,
    path: Path,
    names: Mapping[str, Mapping[str, str]],
    headings: Mapping[str, str],
) -> None:
    """The rows of a selection as CSV with a byte order mark, written as small exports are (see `write_parquet`)."""
    wanted = []
    for place, name in enumerate(columns()):
        # The mark is put before the first heading: DuckDB has no option for it.
        heading = (_BOM if place == 0 else "") + headings.get(name, name)
        wanted.append(f"{_as_text(name)} as {_quoted(heading)}")
    _copy(edition, selection, path, names, wanted, "format csv, header true, nullstr ''")


def columns() -> list[str]:
    """The columns of a file, in order."""
    found = []
    for field in OBSERVATIONS:
        found.append(field.name)
        found += [f"{field.name}_name"] if field.name in ("region", "indicator") else []
    return [*found, "source_title"]


def _columns() -> list[str]:
    return [f'"{name}"' for name in columns()]


def _as_text(name: str) -> str:
    """A column as CSV has it: whole numbers without a point, text that no spreadsheet runs."""
    column = f'"{name}"'
    kind = pa.string() if name in _NAMES else OBSERVATIONS.field(name).type
    if kind == pa.string():
        return f"case when regexp_matches({column}, '{RISKY}') then '''' || {column} else {column} end"
    if kind in (pa.float64(), pa.float32()):
        whole = f"{column} = trunc({column}) and abs({column}) < 1e15"
        return f"case when {whole} then {column}::bigint::varchar else {column}::varchar end"
    return column


def _copy(
    edition: Edition,
    selection: Selection,
    path: Path,
    names: Mapping[str, Mapping[str, str]],
    wanted: Sequence[str],
    options: str,
) -> None:
    clause, values = where(selection)
    source = (edition.folder / "observations.parquet").as_posix()
    with duckdb.connect(":memory:") as connection:
        connection.execute(f"set memory_limit='{MEMORY}'")
        connection.execute(f"set temp_directory={_literal(path.parent.as_posix())}")
        for kind in ("region", "indicator", "source"):
            known = names.get(kind, {})
            connection.register(f"names_{kind}", pa.table({"code": list(known), "name": list(known.values())}))
        connection.execute(
            f"""
            copy (
              select {", ".join(wanted)} from (
                select o.*, r.name as region_name, i.name as indicator_name, s.name as source_title
                from (select * from read_parquet({_literal(source)}) {clause}) o
                left join names_region r on r.code = o.region
                left join names_indicator i on i.code = o.indicator
                left join names_source s on s.code = o.source_id
              ) order by indicator, region, year, scope nulls first, source_id, start
            ) to {_literal(path.as_posix())} ({options})
            """,
            values,
        )


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _literal(words: str) -> str:
    return "'" + words.replace("'", "''") + "'"
