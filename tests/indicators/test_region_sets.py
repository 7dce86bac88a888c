"""Sets of regions: what stands in the data, and the faults that its check must find."""

import shutil
from pathlib import Path

import pytest

from indicators.catalog import load_catalog
from indicators.errors import CatalogError
from indicators.region_sets import load_region_sets, whole_country


@pytest.fixture
def folder(tmp_path: Path, root: Path) -> Path:
    shutil.copytree(root / "data" / "catalog", tmp_path / "catalog")
    return tmp_path / "catalog"


def test_the_four_economic_regions_are_the_31_provinces_without_overlap() -> None:
    sets = load_region_sets()
    assert {name: len(one.codes) for name, one in sets.items()} == {
        "provinces": 31,
        "east": 10,
        "central": 6,
        "west": 12,
        "northeast": 3,
    }
    assert whole_country() == sets["provinces"].codes
    assert len(set(whole_country())) == 31
    provinces = {region.code for region in load_catalog().regions.provinces()}
    assert provinces - set(whole_country()) == {"710000", "810000", "820000"}


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('"110000", ', '"119999", ', "east: members: '119999' is not in regions.csv"),
        ('"110000", ', '"120000", ', "east: members: '120000' stands twice"),
        ('"110000", ', "110000, ", "east: members: 110000 is not in regions.csv"),
        ("  whole: true", "  whole: false", "whole: must be true in exactly one set"),
        ("sets: [east,", "sets: [eastern,", "provinces: sets: 'eastern' is no set with members"),
        ("zh: 东部地区", "cn: 东部地区", "entry 2: zh: is missing"),
        ("  whole: true", "  parts: true", "provinces: parts: is not a field"),
        ('  members: ["210000"', '  member: ["210000"', "northeast: members, sets: needs one of the two"),
    ],
)
def test_a_fault_names_file_entry_and_field(folder: Path, old: str, new: str, fault: str) -> None:
    path = folder / "region_sets.yml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CatalogError) as caught:
        load_region_sets(folder)
    assert any(fault in line for line in caught.value.faults), caught.value.faults
