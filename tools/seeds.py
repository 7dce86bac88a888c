"""Good files of every format that a build reads, made from the project's digests and tables: what the fuzz damages."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import docx
import openpyxl
import reportlab.rl_config

from tests.etl import making
from tools.browser import ROOT

FORMATS = ("md", "txt", "html", "docx", "pdf", "csv", "xlsx", "card")
_ROWS = (
    ("地区", "2021年", "2022年"),
    ("合计", "300.5", "330.25"),
    ("北 京", "100", "110"),
    ("天津市", "200.5①", "—"),
)
_TITLE = "表1 各地区生产总值（亿元）"
_CARD = """publisher: 甲统计局
published: '2023-03'
reading: official
columns: years
indicator: gdp
unit: 亿元
"""


@dataclass(frozen=True, slots=True)
class Case:
    """A source: its format, its folder in a data root, its name, its bytes and those of its card."""

    format: str
    folder: str
    name: str
    data: bytes
    card: bytes | None = None


@lru_cache(maxsize=1)
def seeds() -> tuple[Case, ...]:
    """At least one good source of each of FORMATS; `card` stands for sources of which the card is damaged."""
    return (*_reports(), *_tables())


def _reports() -> Iterator[Case]:
    digest, other = (ROOT / "data" / "reports" / f"{name}.md" for name in ("urumqi", "mianzhu"))
    title, card, blocks = making.parts(digest)
    for path in (digest, other):
        yield Case("md", "reports", "case.md", path.read_bytes())
    yield Case("md", "reports", "case.md", b"\n".join(digest.read_bytes().split(b"\n---\n")[1:]), card)
    text = digest.read_text(encoding="utf-8")
    for data in (text.encode(), making.gb18030(digest), making.big5(digest), text.encode("utf-16")):
        yield Case("txt", "reports", "case.txt", data)
    for charset in ("utf-8", "gb2312"):
        yield Case("html", "reports", "case.html", making.html(title, blocks, charset), card)
    word = timeless(making.word(title, blocks))
    yield Case("docx", "reports", "case.docx", word, card)
    reportlab.rl_config.invariant = 1  # no time of making in a pdf
    printed = making.pdf(title, blocks)
    yield Case("pdf", "reports", "case.pdf", printed, card)
    yield Case("card", "reports", "case.docx", word, card)


def _tables() -> Iterator[Case]:
    folder = ROOT / "data" / "tables"
    plain, card = (folder / "gdp_per_capita.csv").read_bytes(), (folder / "gdp_per_capita.yml").read_bytes()
    yield Case("csv", "tables", "case.csv", plain, card)
    stream = io.StringIO()
    csv.writer(stream).writerows([(_TITLE,), *_ROWS, ("注：2022年为初步核算数。",)])
    headed = stream.getvalue()
    for encoding in ("utf-8", "gb18030"):
        yield Case("csv", "tables", "case.csv", headed.encode(encoding), _CARD.encode())
    sheet = _sheet()
    yield Case("xlsx", "tables", "case.xlsx", sheet, _CARD.encode())
    yield Case("docx", "tables", "case.docx", _word_table(), _CARD.encode())
    yield Case("html", "tables", "case.html", _page_table(), _CARD.encode())
    yield Case("pdf", "tables", "case.pdf", making.ruled_pdf(_TITLE, _ROWS, ()), _CARD.encode())
    yield Case("card", "tables", "case.csv", plain, card)
    yield Case("card", "tables", "case.xlsx", sheet, _CARD.encode())


def _sheet() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "生产总值"
    sheet.append([_TITLE])
    sheet.merge_cells("A1:C1")
    for row in _ROWS:
        sheet.append([float(cell) if cell.replace(".", "").isdecimal() else cell for cell in row])
    data = io.BytesIO()
    book.save(data)
    return timeless(data.getvalue())


def _word_table() -> bytes:
    document = docx.Document()
    document.add_paragraph(_TITLE)
    table = document.add_table(len(_ROWS), len(_ROWS[0]))
    for number, row in enumerate(_ROWS):
        for cell, text in zip(table.rows[number].cells, row, strict=True):
            cell.text = text
    return timeless(making.saved(document))


def _page_table() -> bytes:
    rows = "\n".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in _ROWS)
    return f"<html><head><meta charset=utf-8></head><body><p>{_TITLE}</p><table>{rows}</table></body></html>".encode()


def timeless(package: bytes) -> bytes:
    """An office file without the time of its making, so that a seed is the same on every day."""
    data = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(data, "w") as new:
        for name in old.namelist():
            part = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2024-01-01T00:00:00Z", old.read(name))
            new.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED)
    return data.getvalue()


def neighbours(folder: Path) -> None:
    """Good sources that a build must bring through whatever lies beside them, written into a data root."""
    for name in ("reports", "tables"):
        (folder / name).mkdir(parents=True)
    report = (ROOT / "data" / "reports" / "xining.md").read_bytes()
    (folder / "reports" / "good.md").write_bytes(report)
    for suffix in (".csv", ".yml"):
        (folder / "tables" / f"good{suffix}").write_bytes((ROOT / "data" / "tables" / f"gdp{suffix}").read_bytes())
