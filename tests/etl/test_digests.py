"""Each digest holds the figures of its report in words that are not the report's: all of them and no other or, where its
note says so, those that belong to an indicator.
"""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from etl.clean import fold
from etl.extract import Reader
from etl.read.report import Report, read_report, split_front_matter
from etl.sources import context_of
from indicators.catalog import Catalog, load_catalog

ROOT = Path(__file__).resolve().parents[2]
REPORTS = ("delingha", "mianzhu", "panshan", "urumqi", "xining")
"""Digests of every figure of their reports."""
PROVINCES = {
    "guangdong_2026": "028-guangdong-gwr2026",
    "hainan_2026": "030-hainan-gwr2026",
    "heilongjiang_2026": "025-heilongjiang-gwr2026",
    "ningxia_2026": "029-ningxia-gwr2026",
    "shaanxi_2026": "024-shaanxi-gwr2026",
    "sichuan_2026": "026-sichuan-gwr2026",
    "tianjin_2026": "031-tianjin-gwr2026",
    "yunnan_2026": "027-yunnan-gwr2026",
    "zhejiang_2026": "023-zhejiang-gwr2026",
}
"""Digests of the figures with an indicator, and the name of the passages that they were made from."""
MISREAD: dict[str, tuple[Counter[Any], Counter[Any]]] = {
    "tianjin_2026": (
        Counter([(Decimal("20.0000"), "percent", "growth", "fixed_investment", "national", 2025, 2024, "actual")]),
        Counter([(Decimal("20.0000"), "percent", "growth", "fixed_investment", None, 2025, 2024, "actual")]),
    ),
    "yunnan_2026": (
        Counter(),
        Counter([(Decimal("100.0000"), "percent", "growth", "industrial_output", None, 2025, 2020, "actual")]),
    ),
}
"""What the reader is known to miss, and to find too much, in the passages themselves; the digests have it right."""
COUNTRY = ("country_2016", "country_2021", "country_2026")
"""Digests of some main figures of published papers; there are no originals beside the project."""
DIGESTS = (*REPORTS, *PROVINCES, *COUNTRY)
FACTS = ("value", "unit", "measure", "indicator", "grade", "year", "base_year", "status")
FIELDS = {"title", "title_en", "region", "region_code", "issuer", "issuer_en", "published", "kind", "form", "note"}
LONGEST_SHARED_RUN = 11  # Chinese characters: the longest names of indicators and places take that much

Facts = Counter[tuple[Any, ...]]


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


@pytest.fixture(scope="module")
def reader(catalog: Catalog) -> Reader:
    return Reader(catalog)


def digest_path(name: str) -> Path:
    return ROOT / "data" / "reports" / f"{name}.md"


def report_of(path: Path, catalog: Catalog) -> Report:
    return read_report(path, path.read_bytes(), path.stem, catalog)


def original_path(name: str, shared: Path) -> Path:
    return (
        shared / "dev-reports" / f"{PROVINCES[name]}.txt" if name in PROVINCES else shared / "reports" / f"{name}.txt"
    )


def fact(fields: dict[str, Any]) -> tuple[Any, ...]:
    """A figure's facts, comparable: values to the fourth decimal, since 1/3 has no last one."""
    value = Decimal(str(fields["value"])).quantize(Decimal("0.0001"))
    return (value, *(fields[name] for name in FACTS[1:]))


def stored(name: str) -> Facts:
    rows = yaml.safe_load((ROOT / "tests" / "golden" / "digests" / f"{name}.yml").read_text(encoding="utf-8"))
    assert all(set(row) == set(FACTS) for row in rows), f"{name}.yml: a row has other fields than {', '.join(FACTS)}"
    return Counter(fact(row) for row in rows)


def read(report: Report, catalog: Catalog, reader: Reader) -> Facts:
    figures = reader.read(report.body, context_of(report, catalog)).figures
    return Counter(fact({name: getattr(figure, name) for name in FACTS}) for figure in figures)


def mapped(facts: Facts) -> Facts:
    """Those of an indicator."""
    return Counter({one: n for one, n in facts.items() if one[FACTS.index("indicator")] is not None})


def difference(found: Facts, expected: Facts) -> str:
    lines = [f"missing {n} x {facts}" for facts, n in (expected - found).items()]
    return "\n".join(lines + [f"surplus {n} x {facts}" for facts, n in (found - expected).items()])


def chinese(text: str) -> str:
    """The Chinese characters of a text, simplified, nothing else: numbers and marks do not break a copied run."""
    return re.sub(r"[^\u3400-\u9fff]", "", fold(text).text)


def test_every_report_has_a_digest_and_stored_facts() -> None:
    digests = {path.stem for path in (ROOT / "data" / "reports").glob("*.md") if path.name != "README.md"}
    facts = {path.stem for path in (ROOT / "tests" / "golden" / "digests").glob("*.yml")}
    assert digests == facts == set(DIGESTS)


@pytest.mark.parametrize("name", DIGESTS)
def test_front_matter_is_complete(name: str, catalog: Catalog) -> None:
    fields, body = split_front_matter(digest_path(name).read_text(encoding="utf-8"))
    assert fields is not None
    assert {key for key, value in fields.items() if value} >= FIELDS
    assert set(fields) <= FIELDS | {"document_number", "url"}
    assert fields["form"] == "digest"
    assert set(fields["note"]) == {"zh", "en"}
    assert body.lstrip().startswith("## ")
    report = report_of(digest_path(name), catalog)
    assert report.form == "digest"
    assert catalog.regions[report.region].zh in fields["region"]


@pytest.mark.parametrize("name", DIGESTS)
def test_digest_gives_the_stored_figures(name: str, catalog: Catalog, reader: Reader) -> None:
    differing = difference(read(report_of(digest_path(name), catalog), catalog, reader), stored(name))
    assert not differing, differing


@pytest.mark.parametrize("name", (*REPORTS, *PROVINCES))
def test_original_gives_the_stored_figures(name: str, shared: Path, catalog: Catalog, reader: Reader) -> None:
    found = read(report_of(original_path(name, shared), catalog), catalog, reader)
    missed, surplus = MISREAD.get(name, (Counter(), Counter()))
    differing = difference(mapped(found) if name in PROVINCES else found, stored(name) - missed + surplus)
    assert not differing, differing


@pytest.mark.parametrize("name", (*PROVINCES, *COUNTRY))
def test_a_digest_that_leaves_figures_out_says_so(name: str, catalog: Catalog) -> None:
    note = report_of(digest_path(name), catalog).note
    assert "其余数字未列入" in note["zh"]
    assert "Other figures are left out" in note["en"]
    assert stored(name) == mapped(stored(name))


@pytest.mark.parametrize("name", PROVINCES)
def test_digest_of_passages_is_their_source(name: str, shared: Path, catalog: Catalog) -> None:
    digest, original = report_of(digest_path(name), catalog), report_of(original_path(name, shared), catalog)
    assert digest.identity == original.identity
    assert (digest.kind, digest.url) == (original.kind, original.url)


@pytest.mark.parametrize("name", REPORTS)
def test_digest_and_original_are_the_same_source(name: str, shared: Path, catalog: Catalog) -> None:
    digest, original = report_of(digest_path(name), catalog), report_of(original_path(name, shared), catalog)
    assert digest.identity == original.identity
    assert (digest.issuer, digest.kind, digest.document_number) == (
        original.issuer,
        original.kind,
        original.document_number,
    )


@pytest.mark.parametrize("name", (*REPORTS, *PROVINCES))
def test_no_sentence_is_copied(name: str, shared: Path, catalog: Catalog) -> None:
    body = report_of(digest_path(name), catalog).body
    statements = chinese("\n".join(line for line in body.splitlines() if not line.startswith("#")))
    original = chinese(report_of(original_path(name, shared), catalog).body)
    assert len(original) > len(statements) > 0
    size = LONGEST_SHARED_RUN + 1
    copied = [
        statements[at : at + size] for at in range(len(statements) - size + 1) if statements[at : at + size] in original
    ]
    assert not copied, copied
