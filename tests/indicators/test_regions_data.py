"""The list of regions as data: its codes, its tree and its names, against its card."""

import csv
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

CATALOG = Path(__file__).resolve().parents[2] / "data" / "catalog"
COLUMNS = ["code", "name_zh", "short_zh", "name_en", "level", "parent", "from", "to", "aliases"]
LEVELS = ["country", "province", "prefecture", "county"]

Row = dict[str, str]


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    with (CATALOG / "regions.csv").open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, strict=True)
        assert reader.fieldnames == COLUMNS
        return list(reader)


@pytest.fixture(scope="module")
def by_code(rows: list[Row]) -> dict[str, Row]:
    return {row["code"]: row for row in rows}


@pytest.fixture(scope="module")
def card() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((CATALOG / "regions.yml").read_text(encoding="utf-8"))
    return loaded


def test_file_is_plain_utf8_with_unix_line_ends() -> None:
    raw = (CATALOG / "regions.csv").read_bytes()
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in raw
    assert raw.endswith(b"\n")


def test_codes_are_unique_sorted_and_of_six_digits(rows: list[Row]) -> None:
    codes = [row["code"] for row in rows]
    assert [code for code in codes if not re.fullmatch(r"[0-9]{6}", code)] == []
    assert [code for code, times in Counter(codes).items() if times > 1] == []
    assert codes == sorted(codes)


def test_fields_are_filled_and_trimmed(rows: list[Row]) -> None:
    assert [row["code"] for row in rows if not (row["name_zh"] and row["short_zh"] and row["name_en"])] == []
    assert [row["code"] for row in rows if any(value != value.strip() for value in row.values())] == []
    assert {row["level"] for row in rows} == set(LEVELS)


def test_every_parent_exists_and_is_of_a_higher_level(rows: list[Row], by_code: dict[str, Row]) -> None:
    assert [row["code"] for row in rows if not row["parent"]] == ["000000"]
    wrong = [
        row["code"]
        for row in rows
        if row["parent"]
        and (
            row["parent"] not in by_code or LEVELS.index(by_code[row["parent"]]["level"]) >= LEVELS.index(row["level"])
        )
    ]
    assert wrong == []


def test_code_agrees_with_level_and_parent(rows: list[Row], by_code: dict[str, Row]) -> None:
    """A county hangs on the prefecture of its first four digits, or on its province if there is no such prefecture."""
    wrong = []
    for row in rows:
        code, level, parent = row["code"], row["level"], row["parent"]
        province, prefecture = f"{code[:2]}0000", f"{code[:4]}00"
        if level == "country":
            expected = (code == "000000", "")
        elif level == "province":
            expected = (code.endswith("0000"), "000000")
        elif level == "prefecture":
            expected = (code.endswith("00") and code[2:4] != "00", province)
        else:
            expected = (not code.endswith("00"), prefecture if prefecture in by_code else province)
        if expected != (True, parent):
            wrong.append(code)
    assert wrong == []


def test_only_municipalities_and_directly_governed_counties_skip_the_prefecture(
    rows: list[Row], by_code: dict[str, Row]
) -> None:
    skipping = {
        row["code"][:4] for row in rows if row["level"] == "county" and by_code[row["parent"]]["level"] == "province"
    }
    municipalities = {"1101", "1201", "3101", "5001", "5002"}
    directly_governed = {"4190", "4290", "4690", "6590"}
    assert skipping == municipalities | directly_governed


def test_there_are_no_placeholder_units(rows: list[Row]) -> None:
    assert [row["code"] for row in rows if row["name_zh"] in {"市辖区", "县"} or "直辖县级" in row["name_zh"]] == []


def test_there_are_34_provinces(rows: list[Row]) -> None:
    provinces = {row["short_zh"] for row in rows if row["level"] == "province"}
    assert len(provinces) == 34
    assert {"北京", "内蒙古", "广西", "西藏", "宁夏", "新疆", "香港", "澳门", "台湾"} <= provinces


def test_counts_are_those_of_the_card(rows: list[Row], card: dict[str, Any]) -> None:
    assert Counter(row["level"] for row in rows if not row["to"]) == card["counts"]["current"]
    assert Counter(row["level"] for row in rows if row["to"]) == card["counts"]["abolished"]


def test_years_lie_within_the_edition(rows: list[Row], card: dict[str, Any]) -> None:
    first, last = card["history_from"], int(card["edition"][:4])
    wrong = []
    for row in rows:
        start = int(row["from"] or first)
        # An old code of 2010 was last valid at the end of 2009.
        end = int(row["to"] or last)
        if not (first <= start <= last and first - 1 <= end <= last and (start <= end or not row["from"])):
            wrong.append(row["code"])
        if row["to"] and end == last:
            wrong.append(row["code"])
    assert wrong == []


@pytest.mark.parametrize("column", ["name_zh", "short_zh", "name_en"])
def test_names_are_unique_within_a_parent(rows: list[Row], column: str) -> None:
    times = Counter((row["parent"], row[column]) for row in rows)
    assert [key for key, number in times.items() if number > 1] == []


def test_no_alias_means_two_units_of_one_parent(rows: list[Row]) -> None:
    owners: dict[tuple[str, str], set[str]] = {}
    for row in rows:
        aliases = row["aliases"].split("|") if row["aliases"] else []
        assert "" not in aliases and len(aliases) == len(set(aliases)), row["code"]
        for name in [row["name_zh"], row["short_zh"], row["name_en"], *aliases]:
            owners.setdefault((row["parent"], name), set()).add(row["code"])
    assert {key: codes for key, codes in owners.items() if len(codes) > 1} == {}


def test_short_names_are_never_a_single_character(rows: list[Row]) -> None:
    assert [row["code"] for row in rows if len(row["short_zh"]) < 2] == []


def test_english_names_are_latin_and_capitalised(rows: list[Row]) -> None:
    assert [
        row["code"] for row in rows if not re.fullmatch(r"[A-Z][a-zü']*( [A-Z][a-zü']*)*|Shangri-La", row["name_en"])
    ] == []


def test_pinyin_apostrophe_stands_only_before_a_vowel(rows: list[Row]) -> None:
    assert [row["code"] for row in rows if re.search(r"'(?![aeo])", row["name_en"])] == []


@pytest.mark.parametrize(
    ("code", "parent", "short_zh", "name_en"),
    [
        ("632802", "632800", "德令哈", "Delingha"),
        ("630100", "630000", "西宁", "Xining"),
        ("650100", "650000", "乌鲁木齐", "Urumqi"),
        ("211122", "211100", "盘山", "Panshan"),
        ("510683", "510600", "绵竹", "Mianzhu"),
    ],
)
def test_the_places_of_the_digests_are_known(
    by_code: dict[str, Row], code: str, parent: str, short_zh: str, name_en: str
) -> None:
    row = by_code[code]
    assert (row["parent"], row["short_zh"], row["name_en"], row["to"]) == (parent, short_zh, name_en, "")


@pytest.mark.parametrize(
    ("code", "name_en"),
    [
        ("130225", "Laoting"),
        ("130726", "Yuxian"),
        ("140428", "Zhangzi"),
        ("140924", "Fanshi"),
        ("141024", "Hongtong"),
        ("222404", "Hunchun"),
        ("310112", "Minhang"),
        ("320116", "Luhe"),
        ("320830", "Xuyi"),
        ("330382", "Yueqing"),
        ("331000", "Taizhou"),
        ("331100", "Lishui"),
        ("340722", "Zongyang"),
        ("341021", "Shexian"),
        ("341500", "Lu'an"),
        ("341600", "Bozhou"),
        ("341621", "Guoyang"),
        ("350200", "Xiamen"),
        ("361124", "Yanshan"),
        ("371481", "Laoling"),
        ("371524", "Dong'e"),
        ("371722", "Shanxian"),
        ("410122", "Zhongmu"),
        ("410621", "Xunxian"),
        ("411726", "Biyang"),
        ("421303", "Zengdu"),
        ("440113", "Panyu"),
        ("441422", "Dabu"),
        ("500000", "Chongqing"),
        ("511123", "Qianwei"),
        ("511822", "Yingjing"),
        ("522701", "Duyun"),
        ("610000", "Shaanxi"),
        ("620722", "Minle"),
        ("621223", "Tanchang"),
        ("652823", "Yuli"),
        ("632800", "Haixi"),
    ],
)
def test_readings_that_are_easily_got_wrong(by_code: dict[str, Row], code: str, name_en: str) -> None:
    assert by_code[code]["name_en"] == name_en


@pytest.mark.parametrize(
    ("code", "alias"),
    [
        ("000000", "中国"),
        ("540000", "Xizang"),
        ("820000", "Macau"),
        ("420600", "襄樊"),
        ("632800", "海西州"),
        ("513402", "会理县"),
    ],
)
def test_further_and_former_names_are_known(by_code: dict[str, Row], code: str, alias: str) -> None:
    assert alias in by_code[code]["aliases"].split("|")


@pytest.mark.parametrize(
    ("code", "last_year"), [("371200", "2017"), ("341400", "2010"), ("330103", "2020"), ("500105", "2024")]
)
def test_abolished_units_end_with_their_last_full_year(by_code: dict[str, Row], code: str, last_year: str) -> None:
    assert by_code[code]["to"] == last_year
