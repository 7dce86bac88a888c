"""The zip package of a docx, opened with care: sizes are checked before unpacking, XML brings nothing along."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from typing import Any

from lxml import etree

from indicators.errors import Problem, SourceError

MAX_UNPACKED = 200 * 1024 * 1024
"""Bytes of all parts together."""
MAX_RATIO = 100
"""Unpacked to packed, for a package of more than `_SMALL` bytes unpacked; XML of office programs has 10 to 30."""
MAX_PARTS = 10_000
_SMALL = 20 * 1024 * 1024
_ENCRYPTED = 0x1


class Package:
    """The parts of an office file.

    Raises:
        SourceError: `damaged_file` for what is no zip, `too_costly` for one that unpacks to too much,
            `password_protected` for encrypted parts.
    """

    def __init__(self, data: bytes, where: str) -> None:
        self._where = where
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            parts = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError) as error:
            raise self.damaged(error) from error
        unpacked = sum(part.file_size for part in parts)
        if unpacked > MAX_UNPACKED or len(parts) > MAX_PARTS or unpacked > max(_SMALL, MAX_RATIO * len(data)):
            params = {"what": f"{unpacked / 1024 / 1024:.0f} MB, {len(parts)} parts"}
            raise SourceError(Problem("too_costly", where, params=params, source_id=where))
        if any(part.flag_bits & _ENCRYPTED for part in parts):
            raise SourceError(Problem("password_protected", where, source_id=where))
        self._names = {part.filename.lower(): part.filename for part in parts}

    def xml(self, name: str) -> Any | None:
        """The root of an XML part; None where the package has none of that name.

        Raises:
            SourceError: `damaged_file`, also for a document type, which no office program writes.
        """
        stored = self._names.get(name.lower())
        if stored is None:
            return None
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
        )
        try:
            root = etree.fromstring(self._zip.read(stored), parser)
        except (zipfile.BadZipFile, zlib.error, etree.XMLSyntaxError, EOFError, NotImplementedError) as error:
            raise self.damaged(error) from error
        if root.getroottree().docinfo.internalDTD is not None:
            raise self.damaged(ValueError("document type"))
        return root

    def main_part(self) -> str:
        """The name of the part that holds the text."""
        root = self.xml("_rels/.rels")
        for relation in root if root is not None else ():
            if str(relation.get("Type")).endswith("/officeDocument"):
                return str(relation.get("Target")).lstrip("/")
        return "word/document.xml"

    def related(self, part: str, kind: str) -> Any | None:
        """The XML part that another part names as its `kind` (numbering, styles, footnotes); None without one."""
        folder, name = posixpath.split(part)
        root = self.xml(f"{folder}/_rels/{name}.rels")
        for relation in root if root is not None else ():
            if str(relation.get("Type")).endswith(f"/{kind}"):
                target = str(relation.get("Target"))
                return self.xml(target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target))
        return None

    def damaged(self, error: Exception) -> SourceError:
        """The problem that an error in the bytes is."""
        what = " ".join(f"{type(error).__name__}: {error}".split())[:200]
        return SourceError(Problem("damaged_file", self._where, params={"what": what}, source_id=self._where))
