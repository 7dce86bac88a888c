"""The process that reads docx, pdf, html and xlsx for `etl.read.limits`, one file after another.

Question: two lengths (4 bytes each, big-endian), JSON {reader, where, seconds, options}, the file's bytes.
Answer: one length, JSON {document} or {problems}, and `spent` when the process should be replaced by a fresh one.
"""

from __future__ import annotations

import faulthandler
import json
import os
import re
import struct
import sys
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

from etl.read.grid import Document
from indicators.errors import Problem, SourceError

MOST_TEXT = 20_000_000
"""Characters of a document."""
MOST_IN_CELL = 32_767
"""Characters of a cell: what spreadsheet programs allow."""
_LENGTHS = struct.Struct(">II")
_LENGTH = struct.Struct(">I")
_GRACE = 5.0
_NEARLY_ALL = 0.6
_MUCH = 0.4  # of the memory allowed: what the libraries do not give back would be lacking for later files


def main() -> None:
    memory = int(sys.argv[1])
    _limit_memory(memory)
    questions = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    null = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1):  # a library that prints must not print into an answer
        os.dup2(null, number)
    _send(answers, {})
    with Path(os.devnull).open("wb") as nowhere:
        while (head := questions.read(_LENGTHS.size)) and len(head) == _LENGTHS.size:
            lengths = _LENGTHS.unpack(head)
            question = json.loads(questions.read(lengths[0]))
            data = questions.read(lengths[1])
            # Who asks ends this process when time is over; if he is gone himself, this does.
            faulthandler.dump_traceback_later(question["seconds"] + _GRACE, exit=True, file=nowhere)
            answer = _answer(question, data, memory)
            faulthandler.cancel_dump_traceback_later()
            _send(answers, {**answer, "spent": _is_short_of(memory) or _peak("VmHWM") > _MUCH * memory})


def read(reader: str, data: bytes, where: str, **options: Any) -> Document:
    """Read a file by the reader of that name: html, docx, pdf, pdf_grids, xlsx.

    Raises:
        SourceError: What is wrong with the file.
    """
    match reader:
        case "html":
            from etl.read import html

            return html.read(data, where)
        case "docx":
            from etl.read import docx

            return docx.read(data, where)
        case "pdf":
            from etl.read import pdf

            return pdf.read(data, where)
        case "pdf_grids":
            from etl.read import pdf

            return Document("", pdf.grids(data, where, **options))
        case "xlsx":
            from etl.read import sheet

            return sheet.read(data, where, **options)
        case "xlsx":
            from etl.read import sheet

            return sheet.read(data, where, **options)
    raise ValueError(f"no reader {reader}")


def _answer(question: dict[str, Any], data: bytes, memory: int) -> dict[str, Any]:
    where = question["where"]
    try:
        document = read(question["reader"], data, where, **question["options"])
        _refuse_huge(document, where)
    except SourceError as error:
        return {"problems": [_plain(problem) for problem in error.problems]}
    except (MemoryError, RecursionError) as error:
        return {"problems": [_plain(Problem("too_costly", where, params={"what": type(error).__name__}))]}
    except Exception as error:  # noqa: BLE001  over damaged bytes a parser raises anything; it is told, not swallowed
        what = " ".join(f"{type(error).__name__}: {error}".split())[:200]
        code = "too_costly" if _is_short_of(memory) else "damaged_file"  # libxml2 does not say which it was
        return {"problems": [_plain(Problem(code, where, params={"what": what}))]}
    grids = [
        {
            "name": grid.name,
            "rows": grid.rows,
            "merged": [(m.row, m.column, m.rows, m.columns) for m in grid.merged],
            "told": grid.told,
        }
        for grid in document.grids
    ]
    return {"document": {"text": document.text, "grids": grids}}


def _refuse_huge(document: Document, where: str) -> None:
    """What is read is worked on in the other process, which has no limits of its own.

    Raises:
        SourceError: More text than any report has, or more in one cell than a spreadsheet program allows.
    """
    cell = max((len(cell) for grid in document.grids for row in grid.rows for cell in row), default=0)
    for what, length, most in (("text", len(document.text), MOST_TEXT), ("cell", cell, MOST_IN_CELL)):
        if length > most:
            params = {"what": f"{what}: {length:,} > {most:,}"}
            raise SourceError(Problem("too_costly", where, params=params, source_id=where))


def _plain(problem: Problem) -> dict[str, Any]:
    return {**asdict(problem), "params": dict(problem.params)}


def _send(answers: IO[bytes], answer: dict[str, Any]) -> None:
    body = json.dumps(answer).encode()
    answers.write(_LENGTH.pack(len(body)))
    answers.write(body)
    answers.flush()


def _limit_memory(memory: int) -> None:
    """Where the platform knows limits; elsewhere time alone is limited."""
    if sys.platform == "linux":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def _is_short_of(memory: int) -> bool:
    """Whether most of the memory allowed has been asked for, so that the next request may have been refused."""
    return _peak("VmPeak") > _NEARLY_ALL * memory


def _peak(field: str) -> int:
    """The most memory that this program has held (VmHWM) or asked for (VmPeak), in bytes; 0 where it is not said.

    Not `ru_maxrss`, which begins with what the process held from which this one was forked.
    """
    if sys.platform != "linux":
        return 0
    match = re.search(rf"{field}:\s*(\d+) kB", Path("/proc/self/status").read_text(encoding="ascii"))
    return int(match[1]) * 1024 if match else 0


if __name__ == "__main__":
    main()
