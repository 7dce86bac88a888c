"""Every number of the official reference is an observation with the same value in the canonical unit."""

import csv
from decimal import Decimal
from pathlib import Path

from indicators.observation import KEY
from indicators.queries import Library
from indicators.selection import Selection
from tests.reference_names import CURRENT, SUPERSEDED

FACTORS = {
    "亿元": 10**8, "万元": 10**4, "元/人": 1, "元": 1, "万人": 10**4, "人": 1, "人年": 1, "件": 1, "项": 1, "%": 1,
}  # fmt: skip


def observations(data_root: Path, standing: str) -> dict[tuple[str, str, int, str | None], list[float]]:
    edition = Library(data_root / "parquet").current()
    frame = edition.observations(Selection(origins=("table",), standings=(standing,)))
    found: dict[tuple[str, str, int, str | None], list[float]] = {}
    for row in frame.itertuples():
        scope = row.scope if isinstance(row.scope, str) else None
        found.setdefault((row.indicator, row.region, int(row.year), scope), []).append(row.value)
    return found


def reference(folder: Path, *, older: bool) -> list[dict[str, str]]:
    rows = []
    for path in sorted(folder.glob("*.csv")):
        if (path.name == "older_vintages.csv") == older:
            with path.open(encoding="utf-8", newline="") as stream:
                rows += list(csv.DictReader(stream))
    return rows


def test_every_number_is_a_current_observation(data_root: Path, shared: Path) -> None:
    found = observations(data_root, "current")
    rows = reference(shared / "reference", older=False)
    differing = []
    for row in rows:
        indicator, scope = CURRENT[row["indicator"]]
        wanted = float(Decimal(row["value"]) * FACTORS[row["unit"]])
        if found.get((indicator, row["region_code"], int(row["year"]), scope)) != [wanted]:
            differing.append(row)
    assert not differing, differing[:5]
    assert len(rows) == 6475


def test_every_earlier_value_is_kept_as_superseded(data_root: Path, shared: Path) -> None:
    found = observations(data_root, "superseded")
    rows = reference(shared / "reference", older=True)
    for row in rows:
        indicator, _ = SUPERSEDED[row["indicator"]]
        wanted = float(Decimal(row["value"]) * FACTORS[row["unit"]])
        assert wanted in found.get((indicator, row["region_code"], int(row["year"]), None), []), row
    assert len(rows) == 337


def test_one_value_is_shown_for_each_key(data_root: Path) -> None:
    edition = Library(data_root / "parquet").current()
    frame = edition.observations(Selection())
    assert len(frame) > 6000
    assert not frame.duplicated(list(KEY)).any()
    assert not edition.observations(Selection(standings=()))["observation_id"].duplicated().any()
