"""The tables of data/tables: each one whole and in line with its card, and all of them equal to the reference, cell by cell."""

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml

from tests.reference_names import CURRENT, SUPERSEDED

ROOT = Path(__file__).resolve().parents[2]
CATALOG = ROOT / "data" / "catalog"
TABLES = ROOT / "data" / "tables"
CARDS = sorted(TABLES.glob("*.yml"))
KEYS = ("region_code", "region")
READINGS = {"official", "copy", "restated", "second_hand"}
OFFICIAL_HOST = re.compile(r"([\w-]+\.)+gov\.cn")
DATE = re.compile(r"\d{4}(-\d{2}-\d{2})?")

# The one table that repeats cells of another: R&D intensity 2024 is both the newest and the first published.
REPEATED = "rd_intensity_first_published_2024"
BREAKS: dict[str, set[int]] = {
    "patent_applications": {2017, 2021},
    "patent_grants": {2017, 2021},
    "invention_applications": {2017, 2021},
    "invention_grants": {2017, 2021},
    "rd_intensity_first_published": {2014, 2015, 2019},
    "rd_intensity_first_published_2024": {2024},
    "technical_personnel": {2009},
    "gdp_vintage_nbs_2020": {2018},
}
SMALLEST_REFERENCE = 6475


@dataclass(frozen=True, slots=True)
class Cell:
    """One printed value with all that its card says of it."""

    table: str
    region: str
    region_zh: str
    indicator: str
    unit: str
    year: int
    scope: str | None
    series: str | None
    standing: str
    printed: str
    measure: str = "level"


def load(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def rows_of(card_path: Path) -> list[list[str]]:
    with card_path.with_suffix(".csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def columns_of(card: dict[str, Any], header: list[str]) -> list[dict[str, Any]]:
    """One spec for each value column, in the card's order."""
    if card["columns"] == "years":
        shared = {key: card.get(key) for key in ("indicator", "unit", "scope")}
        return [{"header": year, "year": int(year), **shared} for year in header[len(KEYS) :]]
    columns: list[dict[str, Any]] = card["columns"]
    return columns


def cells_of(card_path: Path) -> Iterator[Cell]:
    card, (header, *rows) = load(card_path), rows_of(card_path)
    columns = columns_of(card, header)
    for region, region_zh, *values in rows:
        for spec, printed in zip(columns, values, strict=True):
            if printed:
                yield Cell(
                    card_path.stem,
                    region,
                    region_zh,
                    spec["indicator"],
                    spec["unit"],
                    spec["year"],
                    spec.get("scope"),
                    card["series"],
                    card["standing"],
                    printed,
                    spec.get("measure", "level"),
                )


def all_cells() -> list[Cell]:
    return [cell for card in CARDS for cell in cells_of(card)]


@pytest.fixture(scope="module")
def indicators() -> dict[str, dict[str, Any]]:
    return {entry["id"]: entry for path in sorted((CATALOG / "indicators").glob("*.yml")) for entry in load(path)}


@pytest.fixture(scope="module")
def factors() -> dict[tuple[str, str], Decimal]:
    """(printed unit, canonical unit) -> factor."""
    return {
        (word, unit["id"]): Decimal(str(factor))
        for unit in load(CATALOG / "units.yml")
        for word, factor in unit["words"].items()
    }


def test_tables_and_cards_come_in_pairs() -> None:
    assert CARDS, f"no cards in {TABLES}"
    assert {path.stem for path in CARDS} == {path.stem for path in TABLES.glob("*.csv")}


@pytest.mark.parametrize("path", CARDS, ids=lambda path: path.stem)
def test_card(path: Path, indicators: dict[str, Any], factors: dict[tuple[str, str], Decimal]) -> None:
    card = load(path)
    for field in ("title", "publisher", "publication", "how_read", "definition"):
        assert set(card[field]) == {"zh", "en"}, field
        assert all(text == text.strip() and text for text in card[field].values()), field
    assert DATE.fullmatch(card["published"])
    assert card["reading"] in READINGS
    assert card["standing"] in {"current", "superseded"}
    assert card["series"] is None or isinstance(card["series"], str)
    if "url" in card:
        assert OFFICIAL_HOST.fullmatch(urlsplit(card["url"]).hostname or ""), "not a government's own address"
    assert all(set(item) == {"year", "zh", "en"} for item in card["breaks"])
    assert all(set(note) == {"zh", "en"} for note in card["notes"])
    header = rows_of(path)[0]
    for column, source in card.get("column_sources", {}).items():
        assert column in header
        assert set(source) == {"zh", "en", "published"}
        assert DATE.fullmatch(source["published"])
    scopes = {entry["zh"] for entry in load(CATALOG / "scopes.yml")}
    for spec in columns_of(card, header):
        assert spec["indicator"] in indicators
        unit = "percent" if spec.get("measure") == "growth" else indicators[spec["indicator"]]["unit"]
        assert (spec["unit"], unit) in factors, "the unit does not convert"
        assert spec.get("scope") is None or spec["scope"] in scopes


@pytest.mark.parametrize("path", CARDS, ids=lambda path: path.stem)
def test_table_is_rectangular(path: Path) -> None:
    card, (header, *rows) = load(path), rows_of(path)
    assert not path.with_suffix(".csv").read_bytes().startswith(b"\xef\xbb\xbf"), "byte order mark"
    assert header == [*KEYS, *(str(spec["header"]) for spec in columns_of(card, header))]
    assert len(set(header)) == len(header)
    if card["columns"] == "years":
        assert header[len(KEYS) :] == sorted(header[len(KEYS) :])
        assert all(re.fullmatch(r"(19|20)\d\d", year) for year in header[len(KEYS) :])
    assert {len(row) for row in rows} == {len(header)}
    codes = [row[0] for row in rows]
    assert all(re.fullmatch(r"\d{6}", code) for code in codes)
    assert codes == sorted(set(codes)), "region codes repeat or are out of order"
    assert all(any(row[len(KEYS) :]) for row in rows), "a row without a value"
    for number, name in enumerate(header[len(KEYS) :], len(KEYS)):
        assert any(row[number] for row in rows), f"column {name} has no value"
    assert all(re.fullmatch(r"(\d+(\.\d+)?)?", value) for row in rows for value in row[len(KEYS) :])


def test_regions_are_those_of_the_catalogue() -> None:
    with (CATALOG / "regions.csv").open(encoding="utf-8", newline="") as file:
        short = {row["code"]: row["short_zh"] for row in csv.DictReader(file)}
    named = {(cell.region, cell.region_zh) for cell in all_cells()}
    assert named
    assert {(code, short[code]) for code, _ in named} == named


def test_current_values_are_unique() -> None:
    count = Counter(
        (cell.indicator, cell.region, cell.year, cell.scope, cell.series, cell.measure)
        for cell in all_cells()
        if cell.standing == "current"
    )
    assert [key for key, number in count.items() if number > 1] == []


def test_values_are_plausible(indicators: dict[str, Any], factors: dict[tuple[str, str], Decimal]) -> None:
    outside = []
    for cell in (cell for cell in all_cells() if cell.measure == "level"):
        entry = indicators[cell.indicator]
        low, high = entry["plausible"]
        if not low <= Decimal(cell.printed) * factors[cell.unit, entry["unit"]] <= high:
            outside.append(cell)
    assert outside == []


def test_the_repeated_table_equals_its_original() -> None:
    original = {c.region: c.printed for c in all_cells() if c.table == "rd_intensity" and c.year == 2024}
    assert {c.region: c.printed for c in all_cells() if c.table == REPEATED} == original


@pytest.mark.parametrize("table", BREAKS)
def test_known_breaks_are_in_the_card(table: str) -> None:
    assert {item["year"] for item in load(TABLES / f"{table}.yml")["breaks"]} == BREAKS[table]


def test_every_reference_figure_is_a_cell(shared: Path) -> None:
    by_key: dict[tuple[object, ...], list[Cell]] = defaultdict(list)
    for cell in all_cells():
        table = cell.table if cell.standing == "superseded" else None
        by_key[cell.standing, table, cell.indicator, cell.region, cell.year, cell.scope].append(cell)
    wrong: list[str] = []
    compared = total = 0
    matched: set[Cell] = set()
    for path in sorted((shared / "reference").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                total += 1
                key: tuple[object, ...]
                if path.stem == "older_vintages":
                    indicator, table = SUPERSEDED[row["indicator"]]
                    key = ("superseded", table, indicator, row["region_code"], int(row["year"]), None)
                else:
                    indicator, scope = CURRENT[row["indicator"]]
                    key = ("current", None, indicator, row["region_code"], int(row["year"]), scope)
                found = by_key.get(key, [])
                expected = (row["value"], row["unit"], row["region_zh"])
                if [(cell.printed, cell.unit, cell.region_zh) for cell in found] != [expected]:
                    wrong.append(
                        f"{path.name} {row['indicator']} {row['region_zh']} {row['year']}: {expected} -> {found}"
                    )
                    continue
                compared += 1
                matched.add(found[0])
    assert wrong == []
    assert compared == total == len(matched)
    assert sum(cell.standing == "current" for cell in matched) >= SMALLEST_REFERENCE
    tables = {cell.table for cell in matched}
    surplus = [cell for cell in all_cells() if cell.table in tables and cell not in matched]
    assert surplus == [], "cells that the reference does not have"
