"""The catalogue as it stands, and the faults that its check must find."""

import shutil
from pathlib import Path

import pytest

from indicators.catalog import load_catalog
from indicators.errors import CatalogError, UnknownRegionError, UnknownUnitError
from indicators.labels import check_labels

CONTRACT = "contract/indicators.csv"


@pytest.fixture
def folder(tmp_path: Path, root: Path) -> Path:
    shutil.copytree(root / "data" / "catalog", tmp_path / "catalog")
    return tmp_path / "catalog"


def test_every_indicator_of_the_contract_is_there(shared: Path) -> None:
    catalog = load_catalog()
    lines = (shared / CONTRACT).read_text(encoding="utf-8").splitlines()[1:]
    assert len(lines) > 100
    for line in lines:
        name, theme, unit = line.split(",")[:3]
        assert (catalog.indicators[name].theme, catalog.indicators[name].unit) == (theme, unit), name


def test_places_are_found_with_their_tree() -> None:
    regions = load_catalog().regions
    assert regions.path("632802", "zh") == "青海 · 海西 · 德令哈"
    assert [region.code for region in regions.ancestors("632802")] == ["632800", "630000", "000000"]
    assert "632800" in [region.code for region in regions.children("630000")]
    with pytest.raises(UnknownRegionError):
        regions["999999"]


def test_abolished_units_are_not_offered_but_still_known() -> None:
    regions = load_catalog().regions
    abolished = [region for region in regions if region.valid_to is not None]
    assert abolished
    for region in abolished:
        assert region not in regions.children(region.parent or "")


def test_printed_units_convert() -> None:
    units = load_catalog().units
    unit, factor = units.of_word("亿元")
    assert (unit.id, factor) == ("yuan", 10**8)
    with pytest.raises(UnknownUnitError):
        units.of_word("浬")


@pytest.mark.parametrize(
    ("file", "old", "new", "fault"),
    [
        ("indicators/research.yml", "unit: percent", "unit: percents", "indicators/research.yml: rd_intensity: unit"),
        ("indicators/research.yml", "kind: share", "kind: part", "indicators/research.yml: rd_intensity: kind"),
        ("indicators/research.yml", "  meaning:", "  meant:", "meaning: is missing"),
        ("indicators/output.yml", "direction: higher", "direction: up", "direction: 'up'"),
        ("indicators/economy.yml", "parts_of: gdp", "parts_of: gnp", "parts_of: 'gnp' is no indicator"),
        ("indicators/talent.yml", "- id: trainees", "- id: gdp", "gdp: id: stands twice"),
        ("units.yml", "- id: yuan", "- id: ''", "id, dimension: must not be empty"),
        ("themes.yml", "id: talent", "id: talents", "no theme of that name"),
        ("regions.csv", "110000,", "11000,", "code: '11000' is not six digits"),
        ("regions.csv", ",province,000000,", ",province,000009,", "000009 is not in the list"),
        ("scopes.yml", "zh:", "cn:", "scopes.yml: entry 1: zh: is missing"),
    ],
)  # fmt: skip
def test_a_fault_names_file_entry_and_field(folder: Path, file: str, old: str, new: str, fault: str) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CatalogError) as caught:
        load_catalog(folder)
    assert any(fault in line for line in caught.value.faults), caught.value.faults


def test_all_faults_are_told_together(folder: Path) -> None:
    for name in ("research", "economy"):
        path = folder / "indicators" / f"{name}.yml"
        path.write_text(path.read_text(encoding="utf-8").replace("period: flow", "period: often", 1), encoding="utf-8")
    with pytest.raises(CatalogError) as caught:
        load_catalog(folder)
    assert len(caught.value.faults) == 2


def test_a_label_without_english_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "page.yml").write_text("title: {zh: 标题}\n", encoding="utf-8")
    with pytest.raises(CatalogError, match=r"labels/page.yml: title: en: is empty"):
        check_labels(tmp_path)
