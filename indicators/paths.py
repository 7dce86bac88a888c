"""Where the project's data lives; one place, so that a deployment can move it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
DATA = PROJECT / "data"
ENVIRONMENT_VARIABLE = "INNOVATION_DATA"


@dataclass(frozen=True, slots=True)
class DataPaths:
    """The folders of one data root: `catalog`, `reports`, `tables` are written by people, `parquet` by the ETL."""

    root: Path

    @property
    def catalog(self) -> Path:
        return self.root / "catalog"

    @property
    def reports(self) -> Path:
        return self.root / "reports"

    @property
    def tables(self) -> Path:
        return self.root / "tables"

    @property
    def parquet(self) -> Path:
        return self.root / "parquet"


def data_paths(root: Path | str | None = None) -> DataPaths:
    """The data root given, else the one of INNOVATION_DATA, else `data/` of the project."""
    return _resolved(root or os.environ.get(ENVIRONMENT_VARIABLE) or DATA)


@lru_cache(maxsize=16)
def _resolved(root: Path | str) -> DataPaths:
    """Resolving asks the file system, and every label goes through here: once for each root is enough."""
    return DataPaths(Path(root).resolve())
