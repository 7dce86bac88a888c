"""What the Trends page says of its chart, in one sentence, against the rows themselves."""

from collections.abc import Callable

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from indicators.catalog import load_catalog
from indicators.labels import LANGUAGES, text

RunPage = Callable[..., AppTest]
CATALOG_NAME = {lang: load_catalog().indicators["gdp"].name(lang) for lang in LANGUAGES}


def opening(app: AppTest) -> str:
    return next((element.value for element in app.markdown if element.value.startswith("**")), "")


def level(levels: pd.DataFrame, indicator: str, region: str, year: int) -> float:
    rows = levels.query("indicator == @indicator and region == @region and year == @year")
    (value,) = rows["value"]
    return float(value)


@pytest.mark.parametrize(
    ("lang", "said"),
    [("zh", "2017—2024年，陕西的R&D经费支出由{}亿元升至{}亿元（+{}%）。"),
     ("en", "Shaanxi: R&D expenditure rose from {}B yuan in 2017 to {}B yuan in 2024 (+{}%).")],
)  # fmt: skip
def test_the_chart_of_one_region_says_its_course(run_page: RunPage, levels: pd.DataFrame, lang: str, said: str) -> None:
    before, after = (level(levels, "rd_expenditure", "610000", year) for year in (2017, 2024))
    scale, digits = (1e8, 1) if lang == "zh" else (1e9, 2)
    numbers = (f"{before / scale:.{digits}f}", f"{after / scale:.{digits}f}", f"{(after / before - 1) * 100:.1f}")
    assert opening(run_page("trends", lang=lang, i="rd_expenditure", r="610000")) == f"**{said.format(*numbers)}**"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("mode", ["level", "growth", "index", "share"])
@pytest.mark.parametrize(
    "regions", [["440000"], ["440000", "610000"], ["110000", "310000", "320000", "440000", "610000"]]
)
def test_every_view_says_one_sentence_of_what_it_shows(
    run_page: RunPage, lang: str, mode: str, regions: list[str]
) -> None:
    app = run_page("trends", lang=lang, i="gdp", mode=mode, r=regions)
    said = opening(app)
    assert (
        "2024" in said and CATALOG_NAME[lang] in said and "nan" not in said and said.rstrip("*").endswith(("。", "."))
    )
    assert (text("trends.note_nominal", lang) in said.split("**")[2]) == (mode in ("growth", "index"))


def test_no_sentence_spans_a_change_of_definition(run_page: RunPage) -> None:
    said = opening(run_page("trends", i="patent_grants", r="110000"))
    assert "2021—2024年" in said and "2021年以前的口径不同" in said


def test_figures_and_many_indicators_have_no_sentence_of_development(run_page: RunPage) -> None:
    assert opening(run_page("trends", i="incubators")) == ""
    many = ["gdp", "population", "rd_expenditure", "patent_grants"]
    assert opening(run_page("trends", i=many, r="110000")) == ""
