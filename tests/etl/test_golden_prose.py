"""The golden cases of the prose reader: sentences, the figures that must be found in them, and what must not be one."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from etl.extract import Context, Figure, Reader
from indicators.catalog import load_catalog

FOLDER = Path(__file__).resolve().parents[1] / "golden" / "prose"
FIELDS = (
    "text",
    "value",
    "unit",
    "measure",
    "indicator",
    "grade",
    "scope",
    "year",
    "base_year",
    "status",
    "comparator",
)
CONTEXT = {"year", "kind", "region_code", "region_names", "title", "month"}


def cases() -> list[Any]:
    """Every case of every file; a case without an expectation, or with a field that means nothing, fails to load."""
    loaded = []
    for path in sorted(FOLDER.glob("*.yml")):
        for case in yaml.safe_load(path.read_text(encoding="utf-8")):
            name = f"{path.stem}:{case.get('name')}"
            assert set(case) <= {"name", "text", "context", "found", "not_figures", "gap"}, f"{name}: unknown field"
            assert "found" in case, f"{name}: says nothing about what is to be found"
            assert set(case["context"]) <= CONTEXT, f"{name}: context: unknown field"
            assert all(set(row) == set(FIELDS) for row in case["found"]), f"{name}: found: fields other than {FIELDS}"
            marks = [pytest.mark.xfail(reason=case["gap"], strict=True)] if "gap" in case else []
            loaded.append(pytest.param(case, id=name, marks=marks))
    assert loaded, f"no golden cases in {FOLDER}"
    return loaded


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(load_catalog())


def row(figure: Figure) -> dict[str, Any]:
    fields = {name: getattr(figure, name) for name in FIELDS}
    fields["value"] = figure.value.quantize(Decimal("0.0001"))
    return fields


@pytest.mark.parametrize("case", cases())
def test_golden(case: dict[str, Any], reader: Reader) -> None:
    text = case["text"]
    context = {**case["context"], "region_names": tuple(case["context"].get("region_names", ()))}
    reading = reader.read(text, Context(**context))
    expected = [{**found, "value": Decimal(str(found["value"])).quantize(Decimal("0.0001"))} for found in case["found"]]
    assert [row(figure) for figure in reading.figures] == expected
    for figure in reading.figures:
        assert text[figure.start : figure.end] == figure.text
    refused = [mark.text for mark in reading.ledger if mark.kind == "not_figure"]
    for printed in case.get("not_figures", ()):
        assert any(printed in text or text in printed for text in refused), (
            f"{printed} is not accounted for as no figure: {refused}"
        )
