"""Damage to pdf files: their objects, streams and table of offsets."""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping
from random import Random

from tools.damage.anything import ANY, Way
from tools.damage.package import blanks


def _pdf_number(data: bytes, chance: Random) -> bytes:
    """A number outside the streams (a length, count, offset, size, reference) made another one."""
    bare = list(re.finditer(rb"(?<=[ \[/])\d+(?=[ \]/\n>])", data))
    if not bare:
        return data
    match = chance.choice(bare)
    new = chance.choice(
        (b"0", b"-1", b"1", b"4", b"99999999999", b"1e99", b"9" * 5000, b"(" * 5000, b"null", b"[" * 5000)
    )
    return data[: match.start()] + new + data[match.end() :]


def _pdf_key(data: bytes, chance: Random) -> bytes:
    keys = list(re.finditer(rb"/[A-Z][A-Za-z]+", data))
    if not keys:
        return data
    match, other = chance.choice(keys), chance.choice(keys)
    return data[: match.start()] + chance.choice((b"/X", other[0], b"/Encrypt", b"")) + data[match.end() :]


def _pdf_stream(data: bytes, chance: Random) -> bytes:
    """The bytes of a stream: damaged, or made a bomb."""
    streams = list(re.finditer(rb"(?<!end)stream\r?\n(.*?)\r?\n?endstream", data, re.S))
    if not streams:
        return data
    match = chance.choice(streams)
    new = chance.choice(
        (
            chance.randbytes(500),
            b"",
            zlib.compress(blanks(50_000_000), 1),
            zlib.compress(b"q " * 500_000, 1),
            ANY["flip"](match[1], chance),
        )
    )
    return data[: match.start(1)] + new + data[match.end(1) :]


def _pdf_xref(data: bytes, chance: Random) -> bytes:
    """The table of offsets: shifted, cut, or pointing at itself."""
    at = data.rfind(b"xref\n")
    if at < 0:
        return data
    table = data[at:]
    match chance.randrange(4):
        case 0:
            table = re.sub(rb"\d{10}", lambda m: b"%010d" % ((int(m[0]) + chance.randrange(99)) % 10**10), table)
        case 1:
            table = table[: chance.randrange(len(table))]
        case 2:
            table = re.sub(rb"startxref\s+\d+", b"startxref\n%d" % chance.choice((0, at, len(data), 10**15)), table)
        case _:
            table = table.replace(b"trailer\n<<", b"trailer\n<< /Prev %d" % at)
    return data[:at] + table


def crafted(contents: bytes, page: bytes = b"", pages: bytes = b"/Kids [3 0 R] /Count 1", more: bytes = b"") -> bytes:
    """A small pdf of one page, without a table of offsets, with these bytes as its content stream."""
    return (
        b"%PDF-1.7\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n2 0 obj << /Type /Pages "
        + pages
        + b" >> endobj\n"
        b"3 0 obj << /Type /Page /Parent 2 0 R /Contents 4 0 R /MediaBox [0 0 400 600] " + page + b" >> endobj\n"
        b"4 0 obj << /Length %d /Filter /FlateDecode >> stream\n"
        % len(contents)
        + contents
        + b"\nendstream endobj\n"
        + more
        + b"trailer << /Root 1 0 R >>\n%%EOF\n"
    )


def _pdf_crafted(data: bytes, chance: Random) -> bytes:
    """A pdf that was made to do harm."""
    text = b"BT /F1 12 Tf (1) Tj ET "
    match chance.randrange(7):
        case 0:
            return crafted(zlib.compress(text * 300_000, 1))
        case 1:
            return crafted(zlib.compress(blanks(100_000_000), 1))
        case 2:
            return crafted(zlib.compress(text), pages=b"/Kids [2 0 R 2 0 R 3 0 R] /Count 999999999")
        case 3:
            return crafted(zlib.compress(text), page=b"/X " + b"[" * 50_000)
        case 4:
            return crafted(zlib.compress(b"q 0 0 1 1 re f " * 200_000, 1), page=b"/MediaBox [0 0 1e9 1e9]")
        case 5:
            return crafted(
                zlib.compress(zlib.compress(text)),
                more=b"4 0 obj << /Filter [" + b"/FlateDecode " * 5000 + b"] >> stream\nx\nendstream endobj\n",
            )
        case _:
            form = (
                b"5 0 obj << /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /A 5 0 R >> >>"
                b" /Length 20 >> stream\n/A Do /A Do /A Do   \nendstream endobj\n"
            )
            return crafted(zlib.compress(b"/A Do"), page=b"/Resources << /XObject << /A 5 0 R >> >>", more=form)


PDF: Mapping[str, Way] = {
    "pdf-number": _pdf_number,
    "pdf-key": _pdf_key,
    "pdf-stream": _pdf_stream,
    "pdf-xref": _pdf_xref,
    "pdf-crafted": _pdf_crafted,
}
