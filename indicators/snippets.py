"""A selection as code that a reader can copy: the same rows by DuckDB, pandas, R or this project's own interface.

Pure functions. What stands in the code comes from lists of ids and names of files, and is quoted by the rules of each
language, so that no name can become code.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Literal, TypeAlias

from indicators.selection import COLUMNS, EVERYTHING, Selection
from indicators.usable import PARTS

Language: TypeAlias = Literal["duckdb", "pandas", "r", "python"]
LANGUAGES: tuple[Language, ...] = ("duckdb", "pandas", "r", "python")


def snippet(language: Language, file: str, selection: Selection = EVERYTHING) -> str:
    """Code that reads a Parquet file with the columns of observations and keeps the rows of a selection.

    Args:
        file: Name or path of the file as the reader will have it; `python` reads the open edition and needs none.
        selection: What to keep; without it, the whole file (an export holds just its rows).
    """
    makers: Mapping[Language, Callable[[str, Selection], str]] = {
        "duckdb": _duckdb, "pandas": _pandas, "r": _r, "python": lambda _, chosen: _python(chosen)
    }  # fmt: skip
    return makers[language](file, selection)


def _duckdb(file: str, selection: Selection) -> str:
    clauses = [f"{column} in ({', '.join(map(_sql, values))})" for column, values in selection.limits()]
    if selection.years:
        clauses.append(f"year between {selection.years[0]} and {selection.years[1]}")
    if selection.whole:
        clauses += [f"{column} is null" for column in PARTS]
    where = "\nwhere " + "\n  and ".join(clauses) if clauses else ""
    # DuckDB takes these signs in a name for a pattern of names; in brackets they mean themselves.
    name = re.sub(r"[*?\[]", r"[\g<0>]", file)
    return f"select * from read_parquet({_sql(name)}){where};"


def _pandas(file: str, selection: Selection) -> str:
    limits = [f"({column!r}, 'in', {_list(values)})" for column, values in selection.limits()]
    if selection.years:
        limits += [f"('year', '>=', {selection.years[0]})", f"('year', '<=', {selection.years[1]})"]
    filters = f", filters=[{_indented(limits)}\n]" if limits else ""
    whole = "".join(f'\nrows = rows[rows["{column}"].isna()]' for column in PARTS) if selection.whole else ""
    return f"import pandas as pd\n\nrows = pd.read_parquet({file!r}{filters}){whole}"


def _r(file: str, selection: Selection) -> str:
    tests = [f"{column} %in% c({', '.join(map(_r_text, values))})" for column, values in selection.limits()]
    if selection.years:
        tests.append(f"between(year, {selection.years[0]}L, {selection.years[1]}L)")
    if selection.whole:
        tests += [f"is.na({column})" for column in PARTS]
    kept = " |>\n  filter(\n    " + ",\n    ".join(tests) + "\n  )" if tests else ""
    return f"library(arrow)\nlibrary(dplyr)\n\nrows <- read_parquet({_r_text(file)}){kept}"


def _python(selection: Selection) -> str:
    given = [
        f"{field}={list(values)!r}"
        for field in COLUMNS
        if (values := getattr(selection, field)) != getattr(Selection(), field)
    ]
    if selection.years:
        given.append(f"years={selection.years!r}")
    if selection.whole:
        given.append("whole=True")
    inside = f"{_indented(given)}\n" if given else ""
    return f"import indicators\n\nrows = indicators.open().observations({inside})"


def _indented(lines: Sequence[str]) -> str:
    return "".join(f"\n    {line}," for line in lines)


def _sql(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _list(values: Sequence[str]) -> str:
    return repr(list(values))


def _r_text(value: str) -> str:
    """R reads the escapes of JSON, and raw letters of any script; it allows no NUL in a text."""
    return json.dumps(value.replace("\0", ""), ensure_ascii=False).replace("\x7f", "\\u007f")
