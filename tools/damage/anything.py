"""What happens to any file: bits flipped, parts lost, doubled or moved, bytes put in between."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random

Way = Callable[[bytes, Random], bytes]
"""One way of damage: bytes to bytes. All of it follows from the random generator, so that a case can be made again."""
_HOSTILE = (
    b"\x00",
    b"\x00" * 5000,
    b"\xff\xfe",
    b"\xfe\xff",
    b"\xef\xbb\xbf",
    b"\xed\xa0\x80",
    b"\xf4\x90\x80\x80",
    b"\xc0\x80",
    b"\x1a",
    b"\x1b[2J",
    b"\r",
    b"\r\n" * 500,
    b"---\n",
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"%PDF-1.7\n",
    b"<html>",
    b"<!DOCTYPE a [<!ENTITY b 'c'>]>",
    b"]]>",
    b"<![CDATA[",
    b"%s%n",
    b"'; drop table observations; --",
    b"../../../etc/passwd",
    b"=cmd|'/c calc'!A1",
    b"\x85\xe2\x80\xa8",
    b"\xe2\x80\x8b" * 999,
    b"\xd0\xcf\x11\xe0",
)


def _flip(data: bytes, chance: Random) -> bytes:
    out = bytearray(data)
    for _ in range(chance.choice((1, 3, 10, 100))):
        if out:
            out[chance.randrange(len(out))] ^= 1 << chance.randrange(8)
    return bytes(out)


def _cut(data: bytes, chance: Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def _cut_front(data: bytes, chance: Random) -> bytes:
    return data[chance.randrange(len(data) + 1) :]


def _insert(data: bytes, chance: Random) -> bytes:
    place = chance.randrange(len(data) + 1)
    return data[:place] + chance.randbytes(chance.choice((1, 10, 1000))) + data[place:]


def _insert_hostile(data: bytes, chance: Random) -> bytes:
    place = chance.choice((0, len(data), chance.randrange(len(data) + 1)))
    return data[:place] + chance.choice(_HOSTILE) * chance.choice((1, 1, 50)) + data[place:]


def _span(data: bytes, chance: Random) -> tuple[int, int]:
    start = chance.randrange(len(data) + 1)
    return start, min(len(data), start + chance.choice((1, 10, 100, 1000, 10_000)))


def _double(data: bytes, chance: Random) -> bytes:
    start, end = _span(data, chance)
    return data[:end] + data[start:end] * chance.choice((1, 5, 200)) + data[end:]


def _remove(data: bytes, chance: Random) -> bytes:
    start, end = _span(data, chance)
    return data[:start] + data[end:]


def _move(data: bytes, chance: Random) -> bytes:
    start, end = _span(data, chance)
    rest = data[:start] + data[end:]
    place = chance.randrange(len(rest) + 1)
    return rest[:place] + data[start:end] + rest[place:]


def _overwrite(data: bytes, chance: Random) -> bytes:
    start, end = _span(data, chance)
    filling = chance.choice((b"\0", b"\xff", b" ", b"("))
    return data[:start] + filling * (end - start) + data[end:]


def _twice(data: bytes, chance: Random) -> bytes:
    return data + data


def _nothing(data: bytes, chance: Random) -> bytes:
    return chance.choice((b"", b"\n", b"\0", b"---\n---\n", b"\xef\xbb\xbf"))


ANY: Mapping[str, Way] = {
    "flip": _flip,
    "cut": _cut,
    "cut-front": _cut_front,
    "insert": _insert,
    "hostile": _insert_hostile,
    "double": _double,
    "remove": _remove,
    "move": _move,
    "overwrite": _overwrite,
    "twice": _twice,
    "nothing": _nothing,
}
