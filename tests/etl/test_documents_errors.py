"""A file that cannot be read ends in one clear error, costs little, and the next file is read as if it had not been."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from etl.read import limits
from etl.read.document import pdf_grids, read_document
from etl.read.grid import Document
from indicators import labels
from indicators.errors import Problem, SourceError
from tests.etl import making

OLE = bytes.fromhex("D0CF11E0A1B11AE1")
SENTENCE = [(0, "全市有孵化器12家。")]
WORD = making.word("甲市报告", SENTENCE)
PDF = making.pdf("甲市报告", SENTENCE)
HTML = making.html("甲市报告", SENTENCE)


def stream(name: str) -> bytes:
    return OLE + bytes(504) + name.encode("utf-16-le") + bytes(512)


def zipped(parts: dict[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return data.getvalue()


def body(inside: str, before: str = "") -> bytes:
    """A Word document of nothing but its main part."""
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return zipped(
        {"word/document.xml": f'{before}<w:document xmlns:w="{space}"><w:body>{inside}</w:body></w:document>'.encode()}
    )


def marked_encrypted(package: bytes) -> bytes:
    """A zip whose directory says of every part that it is encrypted."""
    found = bytearray(package)
    place = found.find(b"PK\x01\x02")
    while place >= 0:
        found[place + 8] |= 1
        place = found.find(b"PK\x01\x02", place + 4)
    return bytes(found)


def problem(name: str, data: bytes, **options: float) -> Problem:
    """The one problem of a file."""
    with pytest.raises(SourceError) as caught:
        read_document(Path("reports") / name, data, **options)
    assert len(caught.value.problems) == 1
    assert caught.value.problems[0].where == f"reports/{name}"
    return caught.value.problems[0]


CASES = {
    "a scan": ("x.pdf", making.scan(), "no_text_layer"),
    "an encrypted pdf": ("x.pdf", making.pdf("甲市报告", SENTENCE, password="甲"), "password_protected"),
    "an encrypted docx": ("x.docx", stream("EncryptedPackage"), "password_protected"),
    "a docx with encrypted parts": ("x.docx", marked_encrypted(WORD), "password_protected"),
    "an old Word file": ("x.doc", stream("WordDocument"), "old_format"),
    "an old Word file named docx": ("x.docx", stream("WordDocument"), "old_format"),
    "an old Excel file": ("x.xls", stream("Workbook"), "old_format"),
    "half a docx": ("x.docx", WORD[: len(WORD) // 2], "damaged_file"),
    "a docx without text": ("x.docx", zipped({"word/styles.xml": b"<x/>"}), "damaged_file"),
    "a docx of broken XML": ("x.docx", body("<w:p>"), "damaged_file"),
    "half a pdf": ("x.pdf", PDF[: len(PDF) // 2], "damaged_file"),
    "a pdf of its first line": ("x.pdf", b"%PDF-1.7\n", "damaged_file"),
    "a pdf named docx": ("x.docx", PDF, "format_differs"),
    "a docx named pdf": ("x.pdf", WORD, "format_differs"),
    "a docx named txt": ("x.txt", WORD, "format_differs"),
    "a pdf named md": ("x.md", PDF, "format_differs"),
    "a page named docx": ("x.docx", HTML, "format_differs"),
    "a page named txt": ("x.txt", HTML, "format_differs"),
    "a picture named pdf": ("x.pdf", b"\x89PNG\r\n\x1a\n" + bytes(99), "format_differs"),
    "another zip": ("x.docx", zipped({"a.txt": b"1"}), "format_differs"),
    "a picture": ("x.png", b"\x89PNG\r\n\x1a\n" + bytes(99), "unknown_format"),
    "no format": ("x", b"1", "unknown_format"),
    "a large file": ("x.txt", b"1" * (limits.LARGEST + 1), "too_large"),
    "a zip bomb": ("x.docx", body("<w:p/>" * 4_000_000), "too_costly"),
    "a docx nested deeply": ("x.docx", body("<w:tbl><w:tr><w:tc>" * 50_000), "damaged_file"),
    "a page nested deeply": ("x.html", b"<html>" + b"<div>" * 100_000, "too_costly"),
    "a table of a billion places": (
        "x.html",
        b"<table>" + b"<tr><td colspan=1000 rowspan=1000>x<td>1" * 3000,
        "too_costly",
    ),
    "an empty page": ("x.html", b"", "no_text"),
    "entities that grow": (
        "x.docx",
        body("<w:p>&b;</w:p>", f'<!DOCTYPE x [<!ENTITY a "{"x" * 999}"><!ENTITY b "{"&a;" * 999}">]>'),
        "damaged_file",
    ),
    "an entity from outside": (
        "x.docx",
        body("<w:p><w:r><w:t>&a;</w:t></w:r></w:p>", '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'),
        "damaged_file",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_each_ends_in_one_clear_error(case: str) -> None:
    name, data, code = CASES[case]
    found = problem(name, data)
    assert found.code == code, found
    for lang in labels.LANGUAGES:
        for key in ("", "_hint"):
            assert labels.text(f"problems.{code}{key}", lang, **found.params)


def test_both_formats_are_named_where_suffix_and_content_differ() -> None:
    assert problem("x.docx", HTML).params == {"suffix": ".docx", "found": ".html"}
    assert problem("x.txt", PDF).params == {"suffix": ".txt", "found": ".pdf"}


def test_an_old_file_says_how_to_save_it() -> None:
    found = problem("x.doc", stream("WordDocument"))
    assert ".docx" in labels.text("problems.old_format_hint", "en", **found.params)


def test_a_page_that_a_pdf_does_not_have() -> None:
    with pytest.raises(SourceError, match="no_such_page"):
        pdf_grids(Path("x.pdf"), PDF, 7)


# --- the worker -----------------------------------------------------------------------------------------------------


def text_of(data: bytes) -> str:
    return read_document(Path("reports/x.pdf"), data).text


def test_one_worker_reads_many_files() -> None:
    text_of(PDF)
    first = limits._worker()
    assert text_of(PDF).endswith("甲市报告\n全市有孵化器12家。")
    assert limits._worker() is first


def test_threads_get_each_their_own_file() -> None:
    texts = [f"全市有孵化器{number}家。" for number in range(12)]
    files = [making.html("甲市报告", [(0, text)]) for text in texts]
    with ThreadPoolExecutor(4) as pool:
        found = pool.map(lambda data: read_document(Path("reports/x.html"), data).text, files)
    assert [text.split("\n")[-1] for text in found] == texts


def test_time_is_limited_and_the_next_file_is_read() -> None:
    found = problem("x.pdf", PDF, seconds=0.0)
    assert (found.code, found.params) == ("too_costly", {"what": "0 s"})
    assert text_of(PDF).endswith("12家。")


def test_larger_files_may_take_longer() -> None:
    assert limits.seconds_for(b"") == 4
    assert limits.seconds_for(bytes(3 * 1024 * 1024), "html") == 7
    assert limits.seconds_for(bytes(3 * 1024 * 1024), "pdf") == 40


def test_memory_is_limited_and_the_next_file_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    limits.end_worker()
    monkeypatch.setattr(limits, "MEMORY", 256 * 1024 * 1024)
    seconds = 60.0 if sys.platform == "linux" else 1.0  # elsewhere it is time that ends it
    assert problem("x.html", "<p><b>甲</b>市".encode() * 600_000, seconds=seconds).code == "too_costly"
    assert text_of(PDF).endswith("12家。")
    limits.end_worker()


def test_a_crash_is_told_and_the_next_file_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    limits.end_worker()
    crash = "import os, sys; sys.stdout.buffer.write(bytes([0, 0, 0, 2]) + b'{}'); sys.stdout.flush(); sys.stdin.buffer.read(1); os.kill(os.getpid(), 11)"
    with monkeypatch.context() as patch:
        patch.setattr(limits, "_COMMAND", [sys.executable, "-c", crash])
        assert problem("x.pdf", PDF).code == "damaged_file"
    assert text_of(PDF).endswith("12家。")


def test_the_worker_ends_when_nobody_can_ask_it_any_more() -> None:
    done = subprocess.run(
        [*limits._COMMAND, str(limits.MEMORY)],
        cwd=limits._ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout[4:]) == (0, b"{}")


def test_a_document_comes_through_unchanged() -> None:
    plain = {
        "text": "𠮷①½\u2028\n",
        "grids": [{"name": "表", "rows": [["1", ""]], "merged": [[0, 0, 1, 2]], "told": [["a", "b"]]}],
    }
    document = limits.as_document(plain)
    assert document.text == plain["text"]
    assert document.grids[0].rows == (("1", ""),)
    assert document.grids[0].merged[0].columns == 2
    assert document != Document("")
