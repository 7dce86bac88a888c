"""A pdf's text layer to paragraphs, and on request its tables. Run by the worker process (`etl.read.limits`)."""

from __future__ import annotations

import ctypes
import io
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from etl.read.grid import Document, Grid, Merged
from etl.read.lines import caption, one_line, superscript, text_of
from etl.read.typeset import Line, Page, paragraphs
from indicators.errors import Problem, SourceError

MAX_PAGES = 5000
_HYPHENS = ("\u0002", "\ufffe", "\u00ad")
_UNREADABLE = re.compile(r"[\ue000-\uf8ff\ufffd\x00-\x01\x03-\x08\x0e-\x1f]")
_READABLE_SHARE = 0.7
_CHARACTERS_A_PAGE = 10  # fewer, with pictures on the pages: a scan with a stamp or a page number
_RULED = {"vertical_strategy": "lines", "horizontal_strategy": "lines"}
_ALIGNED = {"vertical_strategy": "text", "horizontal_strategy": "text"}
_ABOVE = 60.0  # points above a table in which its caption stands


def read(data: bytes, where: str) -> Document:
    """The text of a pdf.

    Raises:
        SourceError: `password_protected`, `damaged_file`, `too_costly` for more than `MAX_PAGES` pages,
            `no_text_layer` for scans, and for fonts that do not say which characters they draw.
    """
    pages: list[Page] = []
    with _opened(data, where) as document:
        if len(document) > MAX_PAGES:
            params = {"what": f"{len(document)} pages"}
            raise SourceError(Problem("too_costly", where, params=params, source_id=where))
        for number in range(len(document)):
            pages.append(_page(document[number]))
        text = "".join(line.text for page in pages for line in page.lines if line.text)
        if not _has_text(text, document):
            raise SourceError(Problem("no_text_layer", where, source_id=where))
    return Document(text_of(one_line(paragraph) for paragraph in paragraphs(pages)))


def _opened(data: bytes, where: str) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code == pdfium.FPDF_ERR_PASSWORD:
            raise SourceError(Problem("password_protected", where, source_id=where)) from error
        raise SourceError(Problem("damaged_file", where, params={"what": str(error)}, source_id=where)) from error


def _has_text(text: str, document: pypdfium2.PdfDocument) -> bool:
    """Whether the text layer can be the document's text, and not a stamp on its scans or codes of unknown letters."""
    if not text or len(_UNREADABLE.findall(text)) > (1 - _READABLE_SHARE) * len(text):
        return False
    if len(text) >= _CHARACTERS_A_PAGE * len(document):
        return True
    pictures = [pdfium.FPDF_PAGEOBJ_IMAGE]
    return not any(next(document[page].get_objects(filter=pictures), None) for page in range(len(document)))


def _page(page: Any) -> Page:
    text = page.get_textpage()
    lines = list(_lines(text))
    size = page.get_size()
    text.close()
    page.close()
    return Page(tuple(_on_one_base(lines)), *size)


def _lines(text: Any) -> Iterator[Line]:
    """The lines of a page in the order of its content."""
    x, y = ctypes.c_double(), ctypes.c_double()
    at = [ctypes.c_double() for _ in range(4)]
    line: list[tuple[int, str, float, float]] = []
    height = 0.0
    for index in range(text.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text, index)
        if code in (10, 13):
            yield from _line(text, line, at)
            line = []
            continue
        character = chr(code) if code <= 0x10FFFF and not 0xD800 <= code < 0xE000 else "\ufffd"
        pdfium.FPDFText_GetCharOrigin(text, index, x, y)
        if line and abs(y.value - line[0][3]) > 0.5 * height and not character.isspace():
            yield from _line(text, line, at)
            line = []
        if not line:
            if character.isspace():
                continue
            height = _height(text, index)
        line.append((index, character, x.value, y.value))
    yield from _line(text, line, at)


def _line(text: Any, characters: Sequence[tuple[int, str, float, float]], at: list[Any]) -> Iterator[Line]:
    """One line of its characters (number on the page, character, x, y), without blanks that only fill it out."""
    end = len(characters)
    while end and characters[end - 1][1].isspace():
        end -= 1
    if not end:
        return
    characters = characters[:end]
    steps = [
        after[2] - before[2] for before, after in pairwise(characters) if _is_wide(before[1]) and after[2] > before[2]
    ]
    em = median(steps) if steps else _height(text, characters[0][0])
    last = characters[-1]
    pdfium.FPDFText_GetCharBox(text, last[0], at[0], at[1], at[2], at[3])
    right = last[2] + em if _is_wide(last[1]) or last[1] in "”’" else at[1].value
    base = median(character[3] for character in characters)
    yield Line(_text(characters, base, em), characters[0][2], max(right, characters[0][2]), base, em)


def _height(text: Any, index: int) -> float:
    """The height of a character's line in points, about the width of a Chinese character."""
    box = pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(text, index, box)
    return abs(box.top - box.bottom) or 10.0


def _text(characters: Sequence[tuple[int, str, float, float]], base: float, em: float) -> str:
    parts: list[str] = []
    for place, (_, character, x, y) in enumerate(characters):
        if character.isspace() and 0 < place < len(characters) - 1:
            before, after = characters[place - 1], characters[place + 1]
            if _is_wide(before[1]) and after[2] - before[2] < 1.6 * em:
                continue  # a gap that only fills the line out
            if _is_wide(after[1]) and not before[1].isspace() and after[2] - x < 0.4 * em:
                continue
        twice = place and characters[place - 1][1] == character and abs(characters[place - 1][2] - x) < 0.1
        if twice and character.isalnum():  # a dash of two characters is one sign as well
            continue  # printed twice in one place to look bold
        if character in _HYPHENS and place < len(characters) - 1:
            character = "-"
        raised = character.isdigit() and 0.15 * em < y - base < 0.6 * em
        parts.append(superscript(character) if raised else character)
    return "".join(parts)


def _is_wide(character: str) -> bool:
    return character >= "\u2e80"


def _on_one_base(lines: list[Line]) -> Iterator[Line]:
    """Pieces that follow each other on one baseline are one line: cells of a row, words set far apart."""
    current: Line | None = None
    for line in lines:
        if (
            current is not None
            and abs(line.base - current.base) < 0.2 * current.em
            and -0.5 * current.em < line.left - current.right < 3 * current.em
        ):
            gap = " " if line.left - current.right > 0.3 * current.em else ""
            text = f"{current.text}{gap}{line.text}"
            current = Line(text, current.left, line.right, current.base, max(current.em, line.em))
            continue
        if current is not None:
            yield current
        current = line
    if current is not None:
        yield current


def grids(data: bytes, where: str, page: int | None = None) -> tuple[Grid, ...]:
    """The tables of a pdf by their ruled lines; on a page without any, by aligned columns of numbers.

    Raises:
        SourceError: As `read`; `no_such_page`.
    """
    import pdfplumber  # takes long to load and is seldom needed

    with _opened(data, where) as document:  # pdfium tells passwords and damage apart
        pages = len(document)
    if page is not None and not 1 <= page <= pages:
        params = {"page": str(page), "pages": str(pages)}
        raise SourceError(Problem("no_such_page", where, params=params, source_id=where))
    found: list[Grid] = []
    with pdfplumber.open(io.BytesIO(data), pages=[page] if page else None) as document:
        for sheet in document.pages:
            found += _grids_of(sheet)
            sheet.close()
    return tuple(found)


def _grids_of(page: Any) -> list[Grid]:
    ruled = [_grid(page, table) for table in page.find_tables(_RULED)]
    ruled = [grid for grid in ruled if len(grid.rows) > 1 and len(grid.rows[0]) > 1]
    if ruled:
        return ruled
    return [grid for grid in (_grid(page, table) for table in page.find_tables(_ALIGNED)) if _is_table(grid)]


def _grid(page: Any, table: Any) -> Grid:
    """A table by the places of its cells: one that covers several places is merged."""
    columns = sorted({round(cell[0]) for cell in table.cells})
    lines = sorted({round(cell[1]) for cell in table.cells})
    rows = [[""] * len(columns) for _ in lines]
    merged: list[Merged] = []
    for row, texts in zip(table.rows, table.extract(), strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            if cell is None:
                continue
            x, y = columns.index(round(cell[0])), lines.index(round(cell[1]))
            wide = sum(1 for place in columns if cell[0] - 1 <= place < cell[2] - 1)
            high = sum(1 for place in lines if cell[1] - 1 <= place < cell[3] - 1)
            rows[y][x] = one_line(text or "")
            if wide * high > 1:
                merged.append(Merged(y, x, high, wide))
    return Grid(_caption(page, table.bbox), tuple(map(tuple, rows)), tuple(merged))


def _caption(page: Any, box: tuple[float, float, float, float]) -> str:
    top = max(box[1], page.bbox[1] + 1)
    above = page.crop((page.bbox[0], max(page.bbox[1], top - _ABOVE), page.bbox[2], top))
    return caption([one_line(line) for line in (above.extract_text() or "").split("\n")])


def _is_table(grid: Grid) -> bool:
    """Whether aligned words are a table: three rows and two columns at least, most places filled, half with numbers."""
    cells = [cell for row in grid.rows for cell in row]
    if len(grid.rows) < 3 or len(grid.rows[0]) < 2:
        return False
    filled = [cell for cell in cells if cell]
    numbers = [cell for cell in filled if re.fullmatch(r"[-+]?[\d,]+(?:\.\d+)?%?|[—…-]+", cell)]
    return len(filled) > 0.6 * len(cells) and len(numbers) > 0.4 * len(filled)
