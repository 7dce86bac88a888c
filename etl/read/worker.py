"""The process that reads docx, pdf, html and xlsx for `etl.read.limits`, one file after another.

Question: two lengths (4 bytes each, big-endian), JSON {reader, where, seconds, options}, the file's bytes.
Answer: one length, JSON {document} or {problems}, and `spent` when the process should be replaced by a fresh one.
"""

from __future__ import annotations

import faulthandler
import json
import os
import struct
import sys
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

from etl.read.grid import Document
from indicators.errors import Problem, SourceError

_LENGTHS = struct.Struct(">II")
_LENGTH = struct.Struct(">I")
_GRACE = 5.0
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
            answer = _answer(question, data)
            faulthandler.cancel_dump_traceback_later()
            _send(answers, {**answer, "spent": _peak() > memory * _MUCH})


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


def _answer(question: dict[str, Any], data: bytes) -> dict[str, Any]:
    where = question["where"]
    try:
        document = read(question["reader"], data, where, **question["options"])
    except SourceError as error:
        return {"problems": [_plain(problem) for problem in error.problems]}
    except (MemoryError, RecursionError) as error:
        return {"problems": [_plain(Problem("too_costly", where, params={"what": type(error).__name__}))]}
    except Exception as error:  # noqa: BLE001  over damaged bytes a parser raises anything; it is told, not swallowed
        what = " ".join(f"{type(error).__name__}: {error}".split())[:200]
        return {"problems": [_plain(Problem("damaged_file", where, params={"what": what}))]}
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


def _peak() -> int:
    """The most memory that this process has held, in bytes; 0 where the platform does not say."""
    if sys.platform == "linux":
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return 0


if __name__ == "__main__":
    main()
