"""What format a file is of, by its name and by its first bytes, which must agree."""

from __future__ import annotations

import re
import struct

from indicators.errors import Problem, SourceError

_BY_SUFFIX = {
    ".md": "text",
    ".txt": "text",
    ".html": "html",
    ".htm": "html",
    ".docx": "docx",
    ".pdf": "pdf",
    ".xlsx": "xlsx",
}
READERS = {name: name for name in ("text", "html", "docx", "pdf", "xlsx")}
SUFFIXES = (".md", ".txt", ".html", ".htm", ".docx", ".pdf")
"""What a report may be; tables are .csv and .xlsx besides."""
_NAMES = {"text": "txt"}
_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_MAGIC = (
    (b"{\\rtf", "rtf"),
    (b"\x89PNG", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"GIF8", "gif"),
    (b"II*\x00", "tif"),
    (b"MM\x00*", "tif"),
    (b"\x1f\x8b", "gz"),
    (b"Rar!", "rar"),
    (b"7z\xbc\xaf", "7z"),
)
_MARKUP = re.compile(rb"(?>\s+|<\?xml[^>]*>|<!--.*?-->)*+<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_ARCHIVED = re.compile(rb"\s*(?:From:|MIME-Version:|Subject:)[^\n]*\n(?:[^\n]*\n){0,20}?Content-Type:", re.I)
_HEAD = 4096
_END = struct.Struct("<4s4HIIH")  # a zip's last record: …, size and offset of its directory, …


def check_format(suffix: str, data: bytes, where: str, only: str | None = None) -> str:
    """The format of a file: text, html, docx, pdf or xlsx.

    Args:
        only: The one format that will do.
    Raises:
        SourceError: `password_protected`, `old_format` for the binary formats of old office programs,
            `unknown_format` for a suffix that is not read, `format_differs` where the content is of another.
    """
    content = sniff(data)
    wanted = _BY_SUFFIX.get(suffix.lower())
    if content == "encrypted":
        raise SourceError(Problem("password_protected", where, source_id=where))
    if content in ("doc", "xls", "ole"):
        new = "xlsx" if content == "xls" else "docx"
        raise SourceError(Problem("old_format", where, params={"found": content, "wanted": new}, source_id=where))
    if wanted is None or wanted != (only or wanted):
        params = {"suffix": suffix, "known": f".{only}" if only else " ".join(SUFFIXES)}
        raise SourceError(Problem("unknown_format", where, params=params, source_id=where))
    # Markup that does not begin like a page is a piece of one: what is named .html is read as such.
    if content != wanted and not (content == "text" and wanted == "html"):
        if content == "text" and not _is_text(data):
            raise SourceError(Problem("damaged_file", where, params={"what": f"no {suffix}"}, source_id=where))
        params = {"suffix": suffix, "found": f".{_NAMES.get(content, content)}"}
        raise SourceError(Problem("format_differs", where, params=params, source_id=where))
    return wanted


def sniff(data: bytes) -> str:
    """The format by content alone: pdf, docx, xlsx, zip, doc, xls, ole, encrypted, html, …; `text` for all else."""
    if data.startswith(_OLE):
        return _of_ole(data)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _of_zip(data)
    for magic, name in _MAGIC:
        if data.startswith(magic):
            return name
    head = data[:_HEAD]
    if re.match(rb"[\s\xef\xbb\xbf]*%PDF-", head):
        return "pdf"
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head[2:].replace(b"\0", b"")
    if _MARKUP.match(head.removeprefix(b"\xef\xbb\xbf")):
        return "html"
    return "mht" if _ARCHIVED.match(head) else "text"


def _of_ole(data: bytes) -> str:
    """An OLE compound file names its streams in its directory: an encrypted package, a Word or an Excel file."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return "encrypted"
    if "WordDocument".encode("utf-16-le") in data:
        return "doc"
    return "xls" if any(f"\0{name}".encode("utf-16-be") in data for name in ("Workbook", "Book")) else "ole"


def _of_zip(data: bytes) -> str:
    """A zip by the parts that its directory names; where that is damaged, by the names beside the parts."""
    end = data.rfind(b"PK\x05\x06")
    if end >= 0 and len(data) >= end + _END.size:
        size, offset = _END.unpack_from(data, end)[5:7]
        directory = data[offset : offset + size] or data
    else:
        directory = data
    for part, name in ((b"word/", "docx"), (b"xl/", "xlsx"), (b"ppt/", "pptx")):
        if part in directory:
            return name
    return "zip"


def _is_text(data: bytes) -> bool:
    return not any(byte < 9 for byte in data[:_HEAD])
