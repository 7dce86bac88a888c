"""The Parquet files of one edition opened with DuckDB: read only, and nothing else within reach."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa

from indicators.errors import NoEditionError
from indicators.observation import FILES, SCHEMA_VERSION

MANIFEST = "manifest.json"


class Files:
    """The files of an edition, safe to share between threads: each query takes its own cursor.

    Raises:
        NoEditionError: The folder holds no edition of this schema.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        try:
            self.manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise NoEditionError(f"{folder}: {error}") from error
        if self.manifest.get("schema") != SCHEMA_VERSION:
            raise NoEditionError(f"{folder}: schema {self.manifest.get('schema')} is not {SCHEMA_VERSION}")
        self.id: str = self.manifest["edition"]
        self._connection = duckdb.connect(":memory:")
        for setting in (
            "set autoinstall_known_extensions=false",
            "set autoload_known_extensions=false",
            f"set allowed_directories=['{_quoted(folder)}']",
            "set enable_external_access=false",
        ):
            self._connection.execute(setting)
        for name in FILES:
            path = _quoted(folder / f"{name}.parquet")
            self._connection.execute(f"create view {name} as select * from read_parquet('{path}')")
        self._connection.execute("set lock_configuration=true")

    def frame(self, sql: str, values: Sequence[Any] | Mapping[str, Any] = ()) -> pd.DataFrame:
        """The rows of one query; a missing text or number is NaN or NA, as pandas has it (`isna`)."""
        with self._connection.cursor() as cursor:
            table: pa.Table = cursor.sql(sql, params=values).to_arrow_table()
            return table.to_pandas(types_mapper=pandas_type)

    def close(self) -> None:
        self._connection.close()


def _quoted(path: Path) -> str:
    return path.as_posix().replace("'", "''")


def pandas_type(arrow_type: Any) -> Any:
    """Whole numbers that may be missing stay whole numbers."""
    return {"int16": pd.Int16Dtype(), "int32": pd.Int32Dtype()}.get(str(arrow_type))


def plain(row: pd.Series) -> dict[str, Any]:
    """A row as plain Python values with None for missing ones."""
    values: dict[str, Any] = {}
    for name, value in row.items():
        if hasattr(value, "tolist") and not isinstance(value, (str, bytes)):
            value = value.tolist()
        values[str(name)] = None if not isinstance(value, list) and pd.isna(value) else value
    return values
