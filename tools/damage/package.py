"""Damage to office files and pages: their XML or HTML, and the zip that holds the parts of office files."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from functools import lru_cache
from random import Random

from tools.damage.anything import ANY, Way
from tools.damage.text import TEXT, as_text, number, word


def unzipped(data: bytes) -> dict[str, bytes]:
    """The parts of a good package; empty for one that was damaged before."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return {name: package.read(name) for name in package.namelist()}
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError, EOFError, RuntimeError):
        return {}


def zipped(parts: Mapping[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for name, part in parts.items():
            package.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED, 1)
    return data.getvalue()


def _main(parts: Mapping[str, bytes], chance: Random) -> str:
    """The name of a part, mostly of one that holds text or cells."""
    main = [name for name in parts if name in ("word/document.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml")]
    return chance.choice(main if main and chance.random() < 0.7 else sorted(parts))


def _part(way: Callable[[str, Random], str]) -> Way:
    """A way of XML text as one of a package's parts."""

    def run(data: bytes, chance: Random) -> bytes:
        parts = unzipped(data)
        if not parts:
            return data
        name = _main(parts, chance)
        text = parts[name].decode("utf-8", "replace")
        return zipped({**parts, name: way(text, chance).encode("utf-8", "surrogatepass")})

    return run


def _part_bytes(data: bytes, chance: Random) -> bytes:
    parts = unzipped(data)
    if not parts:
        return data
    name = _main(parts, chance)
    return zipped({**parts, name: chance.choice(list(ANY.values()))(parts[name], chance)})


def _entities(text: str, chance: Random) -> str:
    """An entity bomb, a file of the machine, or an entity that is not declared, in a tag's text."""
    bomb = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    doctype, use = chance.choice(
        (
            (f'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">{bomb}]>', "&i;"),
            ('<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>', "&f;"),
            ('<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">', ""),
            ("", "&nbsp;"),
            ("", "&#xD800;"),
            ("", "&#0;"),
            ("", "&#99999999;"),
        )
    )
    declared = re.sub(r"^(<\?xml[^>]*\?>)?", lambda match: match[0] + doctype, text, count=1)
    places = [match.end() for match in re.finditer(r"<(?:w:t|t|v|p|td)\b[^>]*>", declared)] or [len(declared)]
    place = chance.choice(places)
    return declared[:place] + use + declared[place:]


def _nest(text: str, chance: Random) -> str:
    """Very deep nesting inside a tag."""
    name = chance.choice(("w:p", "w:tbl", "c", "row", "div", "table", "a:b", "w:tc", "is", "sdt", "font"))
    depth = chance.choice((300, 5000, 100_000))
    places = [match.end() for match in re.finditer(r"<(?:w:body|sheetData|body|sst)>", text)] or [len(text) // 2]
    closing = f"</{name}>" * depth if chance.random() < 0.7 else ""
    return text[: places[0]] + f"<{name}>" * depth + closing + text[places[0] :]


def _attribute(text: str, chance: Random) -> str:
    """The value of an attribute made another one."""
    values = list(re.finditer(r'="([^"]*)"', text))
    if not values:
        return text
    match = chance.choice(values)
    value = chance.choice(
        (
            "-1",
            "0",
            "99999999999999999999",
            "1e999",
            "",
            "A1:XFD1048576",
            "XFD1048576",
            "ZZZZ99999999",
            "A0",
            "x" * 100_000,
            "nan",
            "../x",
            "s",
            "e",
            "d",
            "b",
        )
    )
    return text[: match.start(1)] + value + text[match.end(1) :]


def _tags(text: str, chance: Random) -> str:
    """Tags taken out, doubled or moved."""
    pieces = re.split(r"(<[^>]*>)", text)
    for _ in range(chance.choice((1, 5, 50))):
        place = chance.randrange(len(pieces))
        match chance.randrange(3):
            case 0:
                pieces[place] = ""
            case 1:
                pieces[place] *= min(chance.choice((2, 1000)), 100_000 // (len(pieces[place]) + 1) + 1)
            case _:
                pieces.insert(chance.randrange(len(pieces)), pieces.pop(place))
    return "".join(pieces)


def _dimensions(text: str, chance: Random) -> str:
    """Tables that say they are huge, in the words of sheets, Word and pages."""
    for pattern, new in (
        (r'<dimension ref="[^"]*"', '<dimension ref="A1:XFD1048576"'),
        (r'<mergeCell ref="[^"]*"', '<mergeCell ref="A1:XFD1048576"'),
        (r'<c r="[A-Z]+\d+"', '<c r="XFD1048576"'),
        (r'<row r="\d+"', f'<row r="{chance.choice((1048576, 10**12, 0, -5))}"'),
        (r"<w:tcPr>", f'<w:tcPr><w:gridSpan w:val="{chance.choice((10**6, 10**9, -1))}"/><w:vMerge/>'),
        (r"<td", f'<td colspan="{10**9}" rowspan="{10**9}"'),
        (r"<v>\d+</v>", f"<v>{chance.choice(('99999999', '-1', '1e308', '1e999', 'x'))}</v>"),
        (r"</sheetData>", "<cols><col min='1' max='999999999' hidden='1'/></cols></sheetData>"),
        (
            r"</sheetData>",
            "</sheetData>"
            + "<mergeCells>"
            + "".join(f'<mergeCell ref="A{n}:XFD{n}"/>' for n in range(1, 3000))
            + "</mergeCells>",
        ),
    ):
        if re.search(pattern, text) and chance.random() < 0.6:
            text = re.sub(pattern, new, text, count=chance.choice((1, 0)))
    return text


def _repeat(text: str, chance: Random) -> str:
    """One element many times."""
    elements = re.findall(r"<w:p\b.*?</w:p>|<row\b.*?</row>|<tr\b.*?</tr>|<p\b.*?</p>|<si>.*?</si>", text, re.S)
    if not elements:
        return text * 2
    element = chance.choice(elements)
    return text.replace(element, element * min(100_000, chance.choice((1000, 700_000)) // len(element) + 1), 1)


@lru_cache(maxsize=4)
def blanks(size: int) -> bytes:
    return b" " * size


def _bomb(data: bytes, chance: Random) -> bytes:
    """A part that unpacks to much more than the file has; honest about it or not."""
    parts = unzipped(data)
    if not parts:
        return data
    name, size = _main(parts, chance), chance.choice((30_000_000, 120_000_000))
    start, end = parts[name][: len(parts[name]) // 2], parts[name][len(parts[name]) // 2 :]
    out = bytearray(zipped({**parts, name: start + blanks(size) + end}))
    if chance.random() < 0.5:
        for entry in _entries(out):
            struct.pack_into("<I", out, entry + 24, 1000)
    return bytes(out)


def _entries(data: bytes | bytearray) -> list[int]:
    """Where the entries of a zip's directory begin."""
    return [match.start() for match in re.finditer(b"PK\x01\x02", data)]


def _directory(data: bytes, chance: Random) -> bytes:
    """A directory with absurd sizes, offsets, methods, flags or names."""
    out = bytearray(data)
    entries = [entry for entry in _entries(out) if entry + 46 <= len(out)]
    if not entries:
        return data
    way = chance.randrange(6)
    for entry in entries if chance.random() < 0.5 else [chance.choice(entries)]:
        match way:
            case 0:  # compressed and unpacked size
                struct.pack_into("<II", out, entry + 20, *(chance.choice((0, 1, 2**31, 2**32 - 1)) for _ in range(2)))
            case 1:  # all in one place: overlapping
                struct.pack_into(
                    "<I",
                    out,
                    entry + 42,
                    chance.choice((0, 2**31, len(out), struct.unpack_from("<I", out, entries[0] + 42)[0])),
                )
            case 2:
                struct.pack_into("<H", out, entry + 10, chance.choice((0, 9, 12, 14, 93, 99)))
            case 3:
                struct.pack_into("<H", out, entry + 8, chance.choice((1, 0x41, 8, 0x800, 0xFFFF)))
            case 4:  # lengths of name, extra field and comment
                struct.pack_into("<HHH", out, entry + 28, *(chance.choice((0, 5, 65535)) for _ in range(3)))
            case _:
                struct.pack_into("<I", out, entry + 16, chance.getrandbits(32))
    return bytes(out)


def _end(data: bytes, chance: Random) -> bytes:
    """The record at the end of a zip: counts, size and offset of its directory."""
    out, end = bytearray(data), data.rfind(b"PK\x05\x06")
    if 0 <= end <= len(out) - 22:
        offset, form = chance.choice(((8, "<H"), (10, "<H"), (12, "<I"), (16, "<I"), (20, "<H")))
        struct.pack_into(form, out, end + offset, chance.choice((0, 1, 65535)))
    return bytes(out)


@lru_cache(maxsize=1)
def _empties() -> Mapping[str, bytes]:
    return {f"x/{number}": b"" for number in range(15_000)}


def _parts(data: bytes, chance: Random) -> bytes:
    """Parts missing, empty, exchanged, twice, very many, or with names that lead out of the package."""
    parts = unzipped(data)
    if not parts:
        return data
    name = _main(parts, chance)
    match chance.randrange(6):
        case 0:
            return zipped({key: part for key, part in parts.items() if key != name})
        case 1:
            return zipped({**parts, name: b""})
        case 2:
            return zipped({**parts, name: parts[chance.choice(sorted(parts))]})
        case 3:
            return zipped({**parts, **_empties()})
        case 4:
            return zipped(
                {**parts, "../../../../tmp/out.xml": b"x", "/etc/x": b"x", "C:\\x": b"x", name.upper(): parts[name]}
            )
        case _:
            return zipped({**parts, name: zipped(parts)})


_XML: Mapping[str, Callable[[str, Random], str]] = {
    "entities": _entities,
    "nest": _nest,
    "attribute": _attribute,
    "tags": _tags,
    "dimensions": _dimensions,
    "repeat": _repeat,
    "word-in-xml": word,
    "number-in-xml": number,
}
ZIP: Mapping[str, Way] = {
    **{name: _part(way) for name, way in _XML.items()},
    "part-bytes": _part_bytes,
    "zip-bomb": _bomb,
    "zip-directory": _directory,
    "zip-overlap": _directory,
    "zip-end": _end,
    "zip-parts": _parts,
}
HTML: Mapping[str, Way] = {**{name: as_text(way) for name, way in _XML.items()}, **TEXT}
