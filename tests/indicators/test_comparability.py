"""Comparability: a table of selections that must warn, that must be refused, and that need no word (tests/golden)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml

from indicators.catalog import load_catalog
from indicators.comparability import Note, Verdict, judge
from indicators.comparability_rules import FILE, LABELS, load_rules
from indicators.comparability_words import sentence, way_out
from indicators.errors import CatalogError
from indicators.observation import OBSERVATIONS

FOLDER = Path(__file__).resolve().parents[1] / "golden" / "comparability"
CATALOG = load_catalog()
RULES = load_rules(CATALOG.folder)
FIELDS = {"name", "use", "asked", "breaks", "rows", "notes", "refusals"}
DEFAULT: dict[str, Any] = {
    **dict.fromkeys(OBSERVATIONS.names),
    "region": "110000", "indicator": "rd_expenditure", "year": 2020, "measure": "level", "unit": "yuan", "value": 100.0,
    "comparator": "eq", "scenario": "actual", "status": "A", "standing": "current", "origin": "table",
    "source_id": "tables/t",
}  # fmt: skip
SOURCES = pd.DataFrame(
    [
        ("tables/t", "table", "official", "全社会口径。"),
        ("tables/t2", "table", "official", "全社会口径。"),
        ("tables/copied", "table", "second_hand", "全社会口径。"),
        ("tables/enterprises", "table", "official", "规模以上企业口径。"),
        ("tables/silent", "table", "official", None),
        ("reports/r", "report", None, None),
    ],
    columns=["source_id", "origin", "reading", "definition_zh"],
)


def cases(*names: str) -> list[Any]:
    """The cases of some files; one with an unknown field, or without an expectation, fails to load."""
    loaded = []
    for name in names:
        for case in yaml.safe_load((FOLDER / f"{name}.yml").read_text(encoding="utf-8")):
            assert set(case) <= FIELDS, f"{name}: {case.get('name')}: unknown field"
            said = [*case.get("notes", ()), *case.get("refusals", ())]
            assert bool(said) == (name != "quiet"), f"{name}: {case['name']}: what is expected?"
            loaded.append(pytest.param(case, id=f"{name}:{case['name']}"))
    return loaded


def frame_of(rows: Sequence[dict[str, Any]]) -> pd.DataFrame:
    frame = pd.DataFrame(
        [{**DEFAULT, **row} for row in rows], columns=[*DEFAULT, *({"sources"} & {k for r in rows for k in r})]
    )
    frame["observation_id"] = [f"o{number}" for number in range(len(frame))]
    return frame.astype({"year": "Int16", "base_year": "Int16"})


def verdict(case: dict[str, Any]) -> Verdict:
    breaks = pd.DataFrame(case.get("breaks", []), columns=["indicator", "series", "year", "zh", "en"])
    return judge(frame_of(case["rows"]), case["use"], CATALOG, breaks, SOURCES, case.get("asked", ()))


def as_said(notes: Sequence[Note]) -> list[dict[str, str]]:
    found = []
    for note in notes:
        said = {"code": note.code, "zh": sentence(note, CATALOG, "zh"), "en": sentence(note, CATALOG, "en")}
        if note.refused:
            said |= {"way_zh": way_out(note, CATALOG, "zh"), "way_en": way_out(note, CATALOG, "en")}
        found.append(said)
    return found


@pytest.mark.parametrize("case", cases("notes", "refusals", "quiet"))
def test_what_is_said_of_a_selection(case: dict[str, Any]) -> None:
    found = verdict(case)
    assert as_said(found.notes) == case.get("notes", [])
    assert as_said(found.refusals) == case.get("refusals", [])
    assert found.fair is ("refusals" not in case)


def test_the_table_is_long_enough_and_has_every_rule_as_often_as_it_speaks() -> None:
    """A rule that is taken out of the catalogue leaves a case without its sentence."""
    warns, refuses, quiet = (cases(name) for name in ("notes", "refusals", "quiet"))
    assert len(warns) + len(refuses) >= 20 and len(warns) >= 20 and len(refuses) >= 20 and len(quiet) >= 20
    named = {
        (said["code"], kind)
        for param in [*warns, *refuses]
        for kind in ("notes", "refusals")
        for said in param.values[0].get(kind, ())
    }
    wanted = {(rule.code, "notes") for rule in RULES if rule.note} | {
        (rule.code, "refusals") for rule in RULES if rule.refuse
    }
    assert wanted <= named


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_without_a_rule_some_case_of_the_table_fails(rule: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    others = tuple(one for one in RULES if one is not rule)
    monkeypatch.setattr("indicators.comparability.load_rules", lambda folder: others)
    changed = [
        param.values[0]["name"]
        for param in cases("notes", "refusals")
        if rule.code in {said["code"] for kind in ("notes", "refusals") for said in param.values[0].get(kind, ())}
        and as_said(verdict(param.values[0]).notes) + as_said(verdict(param.values[0]).refusals)
        != param.values[0].get("notes", []) + param.values[0].get("refusals", [])
    ]
    assert changed


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ({"differs": "colour", "within": [], "note": ["side"]}, "'colour' is no property of rows"),
        ({"differs": "unit", "any": "unit", "note": ["side"]}, "needs one of differs, any, apart, crosses"),
        ({"any": "unit", "note": ["side"]}, "any: needs is or present"),
        ({"apart": "year", "note": ["side"]}, "apart: needs over"),
        ({"differs": "unit", "note": ["party"]}, "note: 'party' is no use"),
        ({"differs": "unit"}, "needs refuse or note"),
        ({"differs": "unit", "refuse": ["sum"]}, "way: a refusal needs a way out"),
        (
            {"differs": "unit", "note": ["side"], "refuse": ["side"], "way": "one_unit"},
            "side stands in refuse and in note",
        ),
        ({"differs": "unit", "note": ["side"], "asked": "nicely"}, "asked: 'nicely' is none of"),
        ({"differs": "unit", "note": ["side"], "unless": ["later"]}, "unless: 'later' is no rule before this one"),
        ({"differs": "unit", "note": ["side"], "wether": 1}, "wether: is not a field of a rule"),
        ({"differs": "unit", "refuse": ["sum"], "way": "teleport"}, "way_teleport: is missing"),
        ({"crosses": "borders", "note": ["side"]}, "crosses: can be breaks only"),
    ],
)
def test_a_faulty_rule_is_named_with_its_fault(tmp_path: Path, entry: dict[str, Any], fault: str) -> None:
    (tmp_path / "labels").mkdir()
    (tmp_path / LABELS).write_text((CATALOG.folder / LABELS).read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / FILE).write_text(json.dumps([{"code": "mixed_units", **entry}]), encoding="utf-8")
    with pytest.raises(CatalogError, match=fault):
        load_rules(tmp_path)


def test_a_rule_without_its_sentences_does_not_load(tmp_path: Path) -> None:
    (tmp_path / "labels").mkdir()
    (tmp_path / LABELS).write_text("new: {zh: 新, en: ''}", encoding="utf-8")
    (tmp_path / FILE).write_text(json.dumps([{"code": "new", "differs": "unit", "note": ["side"]}]), encoding="utf-8")
    with pytest.raises(CatalogError) as raised:
        load_rules(tmp_path)
    assert {fault.split(": ")[-2] for fault in raised.value.faults} == {"new", "new_rule"}
