"""The sentences of the Compare page over invented rows: ties, better sides, few regions, nothing moved."""

from typing import Any, cast

import pandas as pd
import pytest

from indicators import facts
from indicators.catalog import Indicator, load_catalog
from pages.parts import compare_findings as findings
from pages.parts import compare_words as words
from pages.parts.page import Page

CATALOG = load_catalog()
PLACES = ["110000", "120000", "130000", "140000", "150000", "210000"]
HIGHER = CATALOG.indicators["rd_expenditure"]
LOWER = CATALOG.indicators["business_setup_days"]
NEUTRAL = CATALOG.indicators["population"]


def page(lang: str) -> Page:
    """A page that only speaks: no edition, no link."""
    return Page("compare", cast(Any, lang), cast(Any, None), CATALOG, cast(Any, None), dark=False, narrow=False)


def rows(indicator: Indicator, values: list[float], year: int = 2020, unit: str = "") -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"region": code, "indicator": indicator.id, "unit": unit or indicator.unit, "year": year, "value": value}
            for code, value in zip(PLACES, values, strict=False)
        ]
    )


@pytest.mark.parametrize(
    ("indicator", "values", "zh", "en"),
    [
        (HIGHER, [9e8, 9e8, 3e8], "最高的是北京、天津（9亿元），是最低的河北（3亿元）的3.0倍",
         "the highest value, 900M yuan, is that of Beijing, Tianjin, 3.0 times the lowest, that of Hebei (300M yuan)"),
        (HIGHER, [9e8] * 5 + [3e8], "最高的是北京等5个地区（9亿元）", "is that of Beijing and others (5 regions), 3.0 times"),
        (HIGHER, [5e8, 5e8], "2个省份数值相同，均为5亿元", "all 2 provinces have the same value, 500M yuan"),
        (HIGHER, [5e8, 0.0], "最高的是北京（5亿元），最低的是天津（0元）", "the lowest, 0 yuan, that of Tianjin"),
        (LOWER, [3.0, 1.0, 9.0], "（越低越好）最低的是天津（1天），最高的是河北（9天）",
         "where lower is better: the lowest value, 1 day"),
        (NEUTRAL, [3e6, 1e6], "人口最高的是北京（300万人），是最低的天津（100万人）的3.0倍", "3.0 times the lowest, that of Tianjin"),
    ],
)  # fmt: skip
def test_a_ranking_in_words(indicator: Indicator, values: list[float], zh: str, en: str) -> None:
    for lang, said in (("zh", zh), ("en", en)):
        shown = rows(indicator, values)
        found = words.ranking(page(lang), shown, indicator, indicator.name(lang), "", 2020, len(values))
        assert said in found and found.endswith(("。", "."))
        assert "中位数" not in found if len(values) < 5 else True


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_places_respect_what_is_better_and_share_ties(lang: str) -> None:
    shown = rows(LOWER, [3.0, 1.0, 3.0, 9.0])
    found = words.places(page(lang), shown, LOWER, ["110000", "120000", "130000", "140000"])
    ranks = {"zh": ("北京第2位", "天津第1位", "河北第2位", "山西第4位"),
             "en": ("Beijing is 2nd", "Tianjin is 1st", "Hebei is 2nd", "Shanxi is 4th")}[lang]  # fmt: skip
    assert all(rank in found for rank in ranks)


@pytest.mark.parametrize(
    ("before", "after", "zh", "en"),
    [
        (
            [1e8, 1e8],
            [2e8, 3e8],
            "2个省份的R&D经费支出全部上升；升幅最大的是天津（+200.0%）",
            "each of 2 provinces rose",
        ),
        ([2e8, 2e8], [1e8, 1e8], "全部下降；降幅最大的是北京、天津（−50.0%）", "each of 2 provinces fell"),
        ([2e8, 2e8], [2e8, 2e8], "2个省份的R&D经费支出都没有变化。", "none of 2 provinces changed."),
        ([2e8, 2e8, 2e8], [2e8, 3e8, 1e8], "1个上升、1个下降；1个不变", "1 rose and 1 fell; 1 stayed the same"),
        ([0.0, 2e8], [1e8, 2e8], "1个上升、0个下降；1个不变。", "1 rose and 0 fell; 1 stayed the same."),
    ],
)
def test_changes_in_words(before: list[float], after: list[float], zh: str, en: str) -> None:
    both = pd.concat([rows(HIGHER, before, 2015), rows(HIGHER, after, 2020)])
    changed = facts.changes(both, 2015, 2020, CATALOG)
    for lang, said in (("zh", zh), ("en", en)):
        assert said in words.change(page(lang), changed, HIGHER.name(lang), HIGHER, "", (2015, 2020))


def test_nobody_climbs_where_no_rank_changes() -> None:
    both = pd.concat([rows(HIGHER, [3e8, 2e8], 2015), rows(HIGHER, [4e8, 3e8], 2020)])
    assert words.climb(page("zh"), facts.changes(both, 2015, 2020, CATALOG), HIGHER) == ""


@pytest.mark.parametrize(
    ("values", "zh", "en"),
    [
        ([4e8, 1e8], "只有2个省份，看不出分布：北京4亿元、天津1亿元。", "only 2 provinces, too few to show a distribution"),
        ([5e8] * 6, "6个省份数值相同，均为5亿元", "all 6 provinces have the same value"),
        ([1e8, 2e8, 4e8, 7e8, 11e8], "居中的一半省份在2亿元至7亿元之间，中位数为4亿元。",
         "the middle half of the provinces lies between 200M yuan and 700M yuan, the median is 400M yuan."),
    ],
)  # fmt: skip
def test_a_distribution_in_words(values: list[float], zh: str, en: str) -> None:
    for lang, said in (("zh", zh), ("en", en)):
        found = findings.shape(page(lang), rows(HIGHER, values), HIGHER, HIGHER.name(lang), "", 2020, True)
        assert said in found


def test_where_a_region_stands_among_ties_at_the_median_and_at_the_ends() -> None:
    shown = rows(LOWER, [3.0, 5.0, 5.0, 5.0, 9.0])
    found = findings.standing(page("zh"), shown, LOWER, ["110000", "130000", "150000"], "时限", "", 2020)
    assert "（越低越好）" in found
    assert "北京（3天，第1位）最低" in found and "河北（5天，第2位）正是中位数" in found
    assert "内蒙古（9天，第5位）最高" in found
    assert findings.standing(page("zh"), shown, LOWER, [], "时限", "", 2020) == ""
    assert findings.standing(page("zh"), shown.head(4), LOWER, ["110000"], "时限", "", 2020) == ""


@pytest.mark.parametrize(
    ("after", "zh", "en"),
    [
        ([3e8, 3e8, 3e8, 3e8, 4e8], "相对差距缩小：变异系数由0.73降至0.13", "drew closer together"),
        ([1e8, 1e8, 1e8, 1e8, 30e8], "相对差距扩大：变异系数由0.73升至1.71", "drew further apart"),
        ([2e8, 4e8, 8e8, 14e8, 22e8], "几乎没变：变异系数都约为0.73", "is about 0.73 in both years"),
    ],
)
def test_drawing_closer_or_apart_in_words(after: list[float], zh: str, en: str) -> None:
    both = pd.concat([rows(HIGHER, [1e8, 2e8, 4e8, 7e8, 11e8], 2015), rows(HIGHER, after, 2020)])
    for lang, said in (("zh", zh), ("en", en)):
        found = findings.drifted(page(lang), both, [2015, 2020], HIGHER.name(lang), "")
        assert said in found and HIGHER.name(lang) in found
    assert findings.drifted(page("zh"), both.loc[both["year"] == 2020], [2020], "", "") == ""
