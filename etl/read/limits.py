"""Readers of formats that strangers make run in a process of their own, under limits of time and memory.

A parser of docx, pdf, html or xlsx meets bytes that may be made to harm it: it may loop, eat memory or crash. So one
worker process (`etl.read.worker`) reads them, one file at a time, and is kept alive over many files, since starting it
takes longer than reading most files. When a file costs too much or brings the worker down, the worker is ended, the
file is told by one clear error, and the next file gets a new worker. The worker ends with this process.
"""

from __future__ import annotations

import atexit
import json
import os
import signal
import struct
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

from etl.read.grid import Document, Grid, Merged
from indicators.errors import Problem, SourceError

LARGEST = 50 * 1024 * 1024
"""Bytes of a file; a larger one is refused before anything is read."""
MEMORY = 1024 * 1024 * 1024
"""Bytes of address space of the worker."""
_START_SECONDS = 60.0
_COMMAND = [sys.executable, "-m", "etl.read.worker"]
_ROOT = Path(__file__).resolve().parents[2]
_LENGTHS = struct.Struct(">II")
_LENGTH = struct.Struct(">I")


def seconds_for(data: bytes, reader: str = "") -> float:
    """How long reading a file may take: 4 s, and more for each MB, since an honest large file takes longer.

    A MB of a pdf whose fonts are not in the file holds up to 300,000 characters, at 20 to 40 µs each.
    """
    return 4.0 + len(data) / (1024 * 1024) * (12.0 if reader == "pdf" else 1.0)


def refuse_large(data: bytes, where: str) -> None:
    """
    Raises:
        SourceError: The file is larger than `LARGEST`.
    """
    if len(data) > LARGEST:
        params = {"megabytes": f"{len(data) / 1024 / 1024:.0f}", "limit": f"{LARGEST / 1024 / 1024:.0f}"}
        raise SourceError(Problem("too_large", where, params=params, source_id=where))


def read_apart(
    reader: str, data: bytes, where: str, *, seconds: float | None = None, **options: int | str | None
) -> Document:
    """Read a file in the worker process. May be called from any thread; files wait for each other.

    Args:
        reader: A name that `etl.read.worker` knows.
        where: The file's place for messages.
        seconds: Time limit; None for `seconds_for(data, reader)`.
        options: Passed on to the reader.
    Raises:
        SourceError: What the reader found wrong; `too_costly` for time or memory, `damaged_file` for a crash.
    """
    limit = seconds_for(data, reader) if seconds is None else seconds
    with _lock:
        answer = _worker().ask({"reader": reader, "where": where, "seconds": limit, "options": options}, data, where)
    if "problems" in answer:
        raise SourceError(*(Problem(**{**problem, "source_id": where}) for problem in answer["problems"]))
    return as_document(answer["document"])


def as_document(plain: Mapping[str, Any]) -> Document:
    """A document from the plain data that the worker sends."""
    return Document(
        plain["text"],
        tuple(
            Grid(
                grid["name"],
                tuple(map(tuple, grid["rows"])),
                tuple(Merged(*merged) for merged in grid["merged"]),
                tuple((code, place) for code, place in grid["told"]),
            )
            for grid in plain["grids"]
        ),
    )


class _Worker:
    """The other process, asked one question at a time."""

    def __init__(self) -> None:
        paths = os.pathsep.join([str(_ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
        self.owner = os.getpid()
        self.spent = False
        self._process = subprocess.Popen(
            [*_COMMAND, str(MEMORY)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": paths},
        )
        assert self._process.stdin is not None and self._process.stdout is not None
        self._stdin: IO[bytes] = self._process.stdin
        self._stdout: IO[bytes] = self._process.stdout
        try:
            with _Alarm(self._process, _START_SECONDS):
                _receive(self._stdout)
        except EOFError as error:
            self.close()
            raise RuntimeError(f"{' '.join(_COMMAND)} does not start") from error

    @property
    def usable(self) -> bool:
        return not self.spent and self.owner == os.getpid() and self._process.poll() is None

    def ask(self, question: Mapping[str, Any], data: bytes, where: str) -> dict[str, Any]:
        """The worker's answer; without one the worker is ended and the answer is the problem.

        A library that gets no more memory and cannot say so aborts, which other faults seldom do.
        """
        alarm = _Alarm(self._process, float(question["seconds"]))
        try:
            with alarm:
                head = json.dumps(question).encode()
                self._stdin.write(_LENGTHS.pack(len(head), len(data)))
                self._stdin.write(head)
                self._stdin.write(data)
                self._stdin.flush()
                answer = _receive(self._stdout)
        except (EOFError, OSError):
            self.close()
            if alarm.rang:
                return {"problems": [_plain("too_costly", where, what=f"{float(question['seconds']):.0f} s")]}
            code = "too_costly" if self._process.returncode == -signal.SIGABRT else "damaged_file"
            return {"problems": [_plain(code, where, what=f"reader stopped ({self._process.returncode})")]}
        except BaseException:  # interrupted half-way: its answer must not be taken for the next file's
            self.close()
            raise
        self.spent = bool(answer.get("spent"))
        return answer

    def close(self) -> None:
        """End the process."""
        self.spent = True
        self._process.kill()
        self._process.wait()
        for pipe in (self._stdin, self._stdout):
            try:
                pipe.close()
            except OSError:  # what was not yet sent cannot be sent any more
                continue


class _Alarm:
    """Kills the process when its time is over, which ends the waiting for its answer."""

    def __init__(self, process: subprocess.Popen[bytes], seconds: float) -> None:
        self._process = process
        self._timer = threading.Timer(seconds, self._ring)
        self._timer.daemon = True
        self.rang = False

    def _ring(self) -> None:
        self.rang = True
        self._process.kill()

    def __enter__(self) -> None:
        self._timer.start()

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        self._timer.join()  # from here on nobody else asks after the process


def _receive(pipe: IO[bytes]) -> dict[str, Any]:
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    body = pipe.read(_LENGTH.unpack(head)[0])
    try:
        answer: dict[str, Any] = json.loads(body)
    except ValueError as error:  # cut off
        raise EOFError from error
    return answer


def _plain(code: str, where: str, **params: str) -> dict[str, Any]:
    return {"code": code, "where": where, "params": params}


_lock = threading.Lock()
_current: _Worker | None = None


def _worker() -> _Worker:
    """The worker in use, a new one where it has ended or is another process's."""
    global _current
    if _current is None or not _current.usable:
        if _current is not None and _current.owner == os.getpid():
            _current.close()
        _current = _Worker()
    return _current


@atexit.register
def end_worker() -> None:
    """End the worker, if there is one; the next file starts another."""
    global _current
    if _current is not None and _current.owner == os.getpid():
        _current.close()
    _current = None
