"""A region's profile as a written report holds what its page shows."""

import io
from collections.abc import Callable
from typing import Any

import docx
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from indicators.catalog import load_catalog
from indicators.labels import LANGUAGES, text

RunPage = Callable[..., AppTest]


@pytest.fixture
def written(run_page: RunPage, monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[AppTest, dict[str, bytes]]]:
    """The page after a run, and its reports as they are made at a click."""

    def run(code: str, lang: str) -> tuple[AppTest, dict[str, bytes]]:
        files: dict[str, Callable[[], bytes]] = {}

        def button(label: str, *, data: Callable[[], bytes], key: str, **more: Any) -> None:
            files[key] = data

        monkeypatch.setattr("streamlit.download_button", button)
        app = run_page("region", lang=lang, r=code)
        return app, {kind: files[f"region.{kind}"]() for kind in ("docx", "html")}

    return run


def tables(content: bytes) -> list[list[list[str]]]:
    return [
        [[cell.text for cell in row.cells] for row in table.rows] for table in docx.Document(io.BytesIO(content)).tables
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_indicator_of_the_profile_is_in_the_report(written: Any, lang: str) -> None:
    app, files = written("440000", lang)
    profile = next(one.value for one in app.dataframe if text("region.column_latest", lang) in one.value.columns)
    rows = {row[0]: row for table in tables(files["docx"]) for row in table}
    for _, shown in profile.iterrows():
        name = shown[text("region.column_indicator", lang)].removesuffix("…")
        row = rows.get(name) or next(row for whole, row in rows.items() if whole.startswith(name))
        assert shown[text("region.column_latest", lang)] in row
        assert str(shown[text("region.column_year", lang)]) in row
        distance = shown[text("region.column_distance", lang)]
        assert pd.isna(distance) or distance in row
    name = load_catalog().indicators["rd_intensity"].name(lang)
    assert rows[name][-2].endswith({"zh": "/11（2024年）", "en": "/11 (2024)"}[lang]), "a year that its peers have too"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_report_opens_with_the_page_s_own_sentences(written: Any, lang: str) -> None:
    app, files = written("630000", lang)
    words = [line.text for line in docx.Document(io.BytesIO(files["docx"])).paragraphs]
    opening = words[words.index(text("report.level_1", lang, n="一" if lang == "zh" else "1",
                                     words=text("region.paper_opening", lang))) + 1]  # fmt: skip
    assert opening in "\n".join(one.value.replace("\\", "") for one in app.markdown)
    assert opening in files["html"].decode()


def test_a_county_s_report_quotes_what_its_sources_say(written: Any) -> None:
    _, files = written("510683", "zh")
    words = [line.text for line in docx.Document(io.BytesIO(files["docx"])).paragraphs]
    heads = [line for line in words if "所述" in line and "《" in line]
    assert heads, "what the county's report promises or limits is quoted"
    quoted = words[words.index(heads[0]) + 2]
    assert any(sign.isdigit() for sign in quoted)
