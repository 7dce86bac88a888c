"""Draft a report's card from its text: title, region, date, issuer, number and kind, each to be confirmed."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from etl.draft import scalar
from etl.read.cards import TODO
from etl.read.document import read_document
from etl.read.places import region_in
from etl.read.report import REQUIRED, split_front_matter
from etl.read.words import plain
from indicators.catalog import Catalog
from indicators.errors import CatalogError

_DATE = re.compile(r"((?:19|20)\d\d)年(\d{1,2})月(?:(\d{1,2})日)?|((?:19|20)\d\d)-(\d{1,2})-(\d{1,2})")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年")
_NUMBER = re.compile(r"[\u3400-\u9fff]{1,10}[〔\[(（](?:19|20)\d\d[〕\])）]\s*(?:第\s*)?\d+\s*号")
_SECTION = re.compile(r"[(（]?[一二三四五六七八九十]{1,3}[)）、.]|第[一二三四五六七八九十]+[章节部]")
_LONGEST_TITLE = 60
_ENDS = 12
"""Lines at a report's beginning and end in which date and issuer stand."""


def draft_report(path: Path, data: bytes, catalog: Catalog) -> str:
    """The card of a report, as YAML with comments; what its front matter says is taken over.

    Raises:
        SourceError: The file cannot be read.
    """
    text = read_document(path, data).text
    try:
        given, body = split_front_matter(text)
    except yaml.YAMLError:
        given, body = None, text
    lines = [line.strip().lstrip("#").strip() for line in body.split("\n") if line.strip()]
    guesses = _guesses(lines, catalog)
    out = ["# Every value is a guess from the text: confirm it, correct it, or remove the line."]
    for name in (*REQUIRED, "issuer", "document_number", "kind"):
        known = (given or {}).get(name)
        value = known or guesses.get(name)
        if value:
            remark = "" if known else "  # ?"
            if name == "region_code" and str(value) in catalog.regions:
                remark += f"{'' if remark else '  #'} {catalog.regions.path(str(value), 'zh')}"
            out.append(f"{name}: {scalar(str(value))}{remark}")
        elif name in REQUIRED:
            hint = {"region_code": "six digits of GB/T 2260", "published": "'2020', '2020-08' or '2020-08-20'"}
            out.append(f"{name}: {TODO}  # {hint.get(name, 'as printed')}")
    return "\n".join(out) + "\n"


def _guesses(lines: list[str], catalog: Catalog) -> dict[str, Any]:
    """What the text's first and last lines say."""
    words = _words(catalog.folder)
    head, tail = lines[:_ENDS], lines[-_ENDS:]
    no_title = [line for line in head if _is_issuer(line, words["issuers"]) or _DATE.fullmatch(plain(line))]
    title = _title([line for line in head if line not in no_title])
    issuer = next((line for line in reversed(tail) if _is_issuer(line, words["issuers"])), None)
    issuer = issuer or next((line for line in head if line != title and _is_issuer(line, words["issuers"])), None)
    number = next((match[0] for line in head if (match := _NUMBER.search(line))), None)
    kind = next((kind for kind, marks in words["kinds"].items() if any(mark in title for mark in marks)), "report")
    return {
        "title": title,
        "region_code": region_in([title], catalog) or region_in([issuer or ""], catalog),
        "published": _published(head, tail, title),
        "issuer": issuer,
        "document_number": number,
        "kind": kind,
    }


def _title(head: list[str]) -> str:
    """The first line that may be a title: before any section, short, no sentence, no document number."""
    for line in head:
        if _SECTION.match(line) or len(line) > 3 * _LONGEST_TITLE:
            break
        if 4 <= len(line) <= _LONGEST_TITLE and line[-1] not in "。；：:，" and not _NUMBER.search(plain(line)):
            return line
    return ""


def _is_issuer(line: str, endings: list[str]) -> bool:
    name = plain(re.sub(_DATE, "", line))
    return 3 <= len(name) <= 30 and name.endswith(tuple(endings)) and "，" not in line and "。" not in line


def _published(head: list[str], tail: list[str], title: str) -> str | None:
    """The date below the text, else above it, else the title's year."""
    for line in (*reversed(tail), *head):
        match = _DATE.search(plain(line))
        if match and len(plain(line)) <= 40:
            parts = [part for part in match.groups() if part]
            return "-".join([parts[0], *(f"{int(part):02d}" for part in parts[1:])])
    years = _YEAR.findall(title)
    return years[0] if len(set(years)) == 1 else None


@lru_cache(maxsize=4)
def _words(folder: Path) -> dict[str, Any]:
    """
    Raises:
        CatalogError: `drafts.yml` cannot be read or lacks a part.
    """
    try:
        data = yaml.safe_load((folder / "drafts.yml").read_text(encoding="utf-8"))
        return {"issuers": list(data["issuers"]), "kinds": dict(data["kinds"])}
    except (OSError, UnicodeDecodeError, yaml.YAMLError, KeyError, TypeError, ValueError) as error:
        raise CatalogError([f"drafts.yml: cannot be read: {' '.join(str(error).split())}"]) from error
