"""A report's file: its fields (region, date, issuer, …) and the body, to which all spans refer.

The fields stand in a front matter at the beginning of the text, or on a card beside the file: `NAME.yml` with the same
fields beside `NAME.docx`. Where both say something, the card is right: it is written later, by who adds the report.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from etl.read.document import SUFFIXES, read_document
from etl.read.encoding import decode
from etl.read.fields import RefusedError, load_fields
from indicators.catalog import Catalog
from indicators.errors import Problem, SourceError

KINDS = ("report", "plan", "news", "survey")
REQUIRED = ("title", "region_code", "published")
_FENCE = "---"
_LINE = re.compile(r"([a-z_]+):[ \t]+(.+)")
_PUBLISHED = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


@dataclass(frozen=True, slots=True)
class Report:
    """One report as read from its file.

    Attributes:
        title_en, issuer_en: For readers of English; as in Chinese where the front matter gives none.
        note: What a reader must know of the text, by language; empty where there is nothing.
        body: The text after the front matter, newlines as `\\n`; spans are code points of it.
        published: ISO date, month or year.
        form: `digest` for a digest in our own words, else `original`.
    """

    source_id: str
    file: str
    title: str
    region: str
    issuer: str
    published: str
    kind: str
    form: str
    url: str | None
    document_number: str | None
    title_en: str
    issuer_en: str
    note: Mapping[str, str]
    body: str

    @property
    def year(self) -> int:
        return int(self.published[:4])

    @property
    def identity(self) -> tuple[str, str, str]:
        """What a digest and its original share."""
        return (self.region, self.published, self.title)


def split_front_matter(text: str) -> tuple[dict[str, Any] | None, str]:
    """The front matter's fields and the body; None in place of fields when the text does not begin with a `---` line.

    Raises:
        yaml.YAMLError: The front matter is no YAML mapping.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if not text.startswith(_FENCE + "\n"):
        return None, text
    head, closed, body = text[len(_FENCE) + 1 :].partition(f"\n{_FENCE}\n")
    if not closed:
        return None, text
    return _fields(head), body


def _fields(head: str) -> dict[str, Any]:
    """The fields of a front matter; one that is no YAML (`note: it says: this`) is taken line by line as it stands."""
    try:
        fields = load_fields(head)
    except RefusedError:
        raise
    except yaml.YAMLError:
        lines = [_LINE.fullmatch(line) for line in head.split("\n") if line.strip()]
        fields = {match[1]: match[2].strip().strip("\"'") for match in lines if match}
        if len(fields) < len(lines):
            raise
    if not isinstance(fields, dict):
        raise yaml.YAMLError("is not a list of `field: value` lines")
    return {str(key): value for key, value in fields.items()}


def read_report(
    path: Path,
    data: bytes,
    source_id: str,
    catalog: Catalog,
    given: Mapping[str, str] | None = None,
    card: bytes | None = None,
) -> Report:
    """Read one report of any format.

    Args:
        data: The file's bytes.
        given: Fields that the caller knows and the file may lack; they win over the file's and the card's.
        card: The bytes of the card beside the file, when there is one.
    Raises:
        SourceError: Everything that is missing or wrong, together.
    """
    where = f"{path.parent.name}/{path.name}"
    try:
        fields, body = _parts(path, data, where)
        on_card = _card_fields(path, card) if card is not None else {}
    except SourceError as error:
        raise SourceError(*(replace(problem, source_id=source_id) for problem in error.problems)) from error
    merged: dict[str, Any] = {**(fields or {}), **on_card}
    merged.update({key: value for key, value in (given or {}).items() if value})
    problems = [
        Problem("field_missing", where, params={"field": name}, source_id=source_id)
        for name in REQUIRED
        if not merged.get(name)
    ]
    region, published, kind = (
        str(merged.get("region_code", "")),
        str(merged.get("published", "")),
        merged.get("kind", "report"),
    )
    if region and region not in catalog.regions:
        problems.append(Problem("unknown_region", where, params={"region": region}, source_id=source_id))
    if published and not _is_date(published):
        problems.append(
            Problem("bad_date", where, params={"field": "published", "value": published}, source_id=source_id)
        )
    if kind not in KINDS:
        params = {"field": "kind", "value": str(kind), "allowed": " ".join(KINDS)}
        problems.append(Problem("bad_value", where, params=params, source_id=source_id))
    if not body.strip():
        problems.append(Problem("no_text", where, source_id=source_id))
    if problems:
        raise SourceError(*problems)
    return Report(
        source_id=source_id, file=where, title=str(merged["title"]), region=region,
        issuer=str(merged.get("issuer") or catalog.regions[region].zh), published=published, kind=str(kind),
        form=str(merged.get("form") or "original"), url=_optional(merged, "url"),
        document_number=_optional(merged, "document_number"), title_en=str(merged.get("title_en") or merged["title"]),
        issuer_en=str(merged.get("issuer_en") or merged.get("issuer") or catalog.regions[region].en),
        note=_in_both(merged.get("note")), body=body,
    )  # fmt: skip


def _parts(path: Path, data: bytes, where: str) -> tuple[dict[str, Any] | None, str]:
    """The front matter's fields and the body of a file."""
    if path.suffix.lower() in (".xlsx", ".csv"):
        params = {"suffix": path.suffix, "known": " ".join(SUFFIXES)}
        raise SourceError(Problem("unknown_format", where, params=params))
    try:
        return split_front_matter(read_document(path, data).text)
    except yaml.YAMLError as error:
        what = " ".join(str(error).split())
        raise SourceError(Problem("bad_front_matter", where, params={"what": what})) from error


def _card_fields(path: Path, card: bytes) -> dict[str, Any]:
    """The fields of a report's card; blank ones are as if not there."""
    where = f"{path.parent.name}/{path.stem}.yml"
    try:
        fields = _fields(decode(card, where))
    except yaml.YAMLError as error:
        raise SourceError(Problem("bad_card", where, params={"what": " ".join(str(error).split())})) from error
    return {name: value for name, value in fields.items() if value is not None}


def _is_date(published: str) -> bool:
    """True for a year, month or day that there is, in ISO form."""
    try:
        date.fromisoformat(published + "2000-01-01"[len(published) :])
    except ValueError:
        return False
    return _PUBLISHED.fullmatch(published) is not None


def _optional(fields: Mapping[str, Any], name: str) -> str | None:
    return str(fields[name]) if fields.get(name) else None


def _in_both(note: Any) -> dict[str, str]:
    """A note by language; one sentence stands for both."""
    if not note:
        return {}
    if isinstance(note, Mapping):
        known = [str(text) for text in note.values()]
        return {lang: str(note.get(lang) or known[0]) for lang in ("zh", "en")}
    return {"zh": str(note), "en": str(note)}
