"""The deck as a whole, in both languages: every kind of chart, nothing cut, nothing on top of another."""

import itertools
from dataclasses import replace
from typing import Any

import pytest
from pptx.enum.shapes import MSO_SHAPE_TYPE

from charts.deck import Slide
from charts.layout import Look, text_width, wrap
from indicators.catalog import Catalog
from indicators.labels import text
from tests.charts import decks

LONG = {
    "zh": "研发经费支出连续五年增长，其中北京、上海和广东三地合计占全国的比重超过三成，但各地区之间的差距仍在扩大，二〇一八年起口径有变",
    "en": "R&D expenditure has grown for five years in a row; Beijing, Shanghai and Guangdong together spend more than thirty percent, yet the distance between regions widens",
}


@pytest.fixture(scope="module", params=["zh", "en"])
def lang(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(scope="module")
def slides(catalog: Catalog, frame: Any, provinces: list[str], lang: str) -> list[Slide]:
    rows = decks.frame_of(catalog, frame, provinces)
    drawn = decks.charts(rows, catalog, Look(lang)) | decks.in_rows(rows, catalog, Look(lang))
    many = tuple(f"{n}：{LONG[lang]}" for n in range(6))
    charts = [replace(chart, notes=many) if n % 2 else chart for n, chart in enumerate(drawn.values())]
    charts += [replace(drawn["ranking"], kind="a kind of tomorrow")]
    return [Slide(chart, None, LONG[lang] if n % 3 == 0 else "") for n, chart in enumerate(charts)]


@pytest.fixture(scope="module")
def opened(slides: list[Slide], lang: str) -> Any:
    return decks.deck(slides, lang, cover=True)


def test_it_is_wide_and_ends_with_numbered_sources(opened: Any, lang: str) -> None:
    assert opened.slide_width / opened.slide_height == pytest.approx(16 / 9)
    first, last = opened.slides[0], opened.slides[-1]
    assert first.shapes.title.text_frame.text == "创新简报" and "三十一个省份" in decks.texts(first)
    assert "1. 甲局《统计公报》  2025-01-23" in decks.texts(last)
    assert "2. 乙局《年鉴》  https://a.cn/b?c=1&d=2" in decks.texts(last)
    assert text("deck.cite", lang) in decks.texts(last) and "E1" in decks.texts(last)


def test_every_chart_has_its_slides_and_every_slide_its_notes(opened: Any, slides: list[Slide]) -> None:
    # Nine panels take three slides; the table, the ranges and the stacked bars of 31 rows two; cover and sources one each.
    assert len(opened.slides) == 2 + len(slides) + 2 + 3
    assert all(slide.has_notes_slide and decks.notes(slide).strip() for slide in opened.slides)


def test_nothing_leaves_the_slide_and_nothing_overlaps(opened: Any) -> None:
    for slide in opened.slides:
        places = list(decks.boxes(slide))
        for name, left, top, right, bottom in places:
            assert left >= -0.5 and top >= -0.5 and right <= 960.5 and bottom <= 540.5, name
        for one, other in itertools.combinations(places, 2):
            across = min(one[3], other[3]) - max(one[1], other[1])
            down = min(one[4], other[4]) - max(one[2], other[2])
            assert across <= 0.5 or down <= 0.5, (one, other)


def test_every_text_fits_its_box(opened: Any) -> None:
    for slide in opened.slides:
        for shape in slide.shapes:
            if not shape.has_text_frame or not shape.text_frame.text:
                continue
            height = sum(
                len(wrap(p.text, shape.width / decks.EMU + 0.5, p.runs[0].font.size.pt * (1.06 if p.runs[0].font.bold else 1)))
                * p.runs[0].font.size.pt
                for p in shape.text_frame.paragraphs
                if p.runs
            )  # fmt: skip
            assert height <= shape.height / decks.EMU, shape.text_frame.text


def test_titles_are_the_whole_sentences_in_two_lines_or_three_small_ones(
    opened: Any, slides: list[Slide], lang: str
) -> None:
    titles = [slide.shapes.title.text_frame for slide in opened.slides]
    assert titles[1].text == LONG[lang]
    assert slides[1].chart.title in [title.text for title in titles]
    for title in titles[1:]:
        size = title.paragraphs[0].runs[0].font.size.pt
        assert size >= 18 and text_width(title.text, size) <= (3 if size == 18 else 2) * 872


def test_unit_and_source_stand_on_every_chart_slide(opened: Any, slides: list[Slide]) -> None:
    shown = [decks.texts(slide) for slide in opened.slides]
    for slide in slides:
        chart = slide.chart
        if not chart.empty:
            assert any(chart.source in words and chart.unit in words for words in shown), chart.title


def test_every_piece_of_text_names_a_chinese_font(opened: Any) -> None:
    seen = 0
    for slide in opened.slides:
        parts = [slide._element, slide.notes_slide._element, *(chart._chartSpace for chart in decks.native(slide))]
        for part in parts:
            for tag in ("rPr", "defRPr"):
                for properties in part.iter(f"{{http://schemas.openxmlformats.org/drawingml/2006/main}}{tag}"):
                    seen += 1
                    assert properties.find("{*}ea").get("typeface") == "Microsoft YaHei"
            runs = list(part.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}r"))
            assert all(run.find("{*}rPr") is not None for run in runs)
    assert seen > 500


def test_an_empty_chart_says_why(opened: Any, lang: str) -> None:
    assert text("charts.empty_frame", lang) in "".join(decks.texts(slide) for slide in opened.slides)


def test_the_file_says_who_made_it_and_nothing_of_the_template(opened: Any, lang: str) -> None:
    site = text("charts.site", lang)
    assert opened.core_properties.author == opened.core_properties.last_modified_by == site
    assert opened.core_properties.title == "创新简报"


def test_alternative_text_is_on_every_chart(opened: Any, slides: list[Slide]) -> None:
    told = [
        shape._element.xpath("./*/p:cNvPr")[0].get("descr") or ""
        for slide in opened.slides
        for shape in slide.shapes
        if shape.has_chart or shape.has_table or shape.shape_type == MSO_SHAPE_TYPE.GROUP
    ]
    assert all(told)
    for slide in slides:
        # A panel's text begins with what it shows.
        assert slide.chart.empty or any(words.endswith(slide.chart.alt) for words in told)


def test_a_chart_drawn_dark_and_narrow_is_shown_light(
    catalog: Catalog, frame: Any, provinces: list[str], lang: str
) -> None:
    f = decks.frame_of(catalog, frame, provinces)
    light, dark = (
        decks.charts(f, catalog, Look(lang, mode, width)) for mode, width in (("light", "wide"), ("dark", "narrow"))
    )
    for name in ("two lines", "ranking", "map", "heat"):
        one, other = (decks.deck([Slide(charts[name])], lang).slides[0] for charts in (light, dark))
        colors = [
            {element.get("val") for part in (s._element, *(c._chartSpace for c in decks.native(s))) for element in part.iter("{*}srgbClr")}
            for s in (one, other)
        ]  # fmt: skip
        # Steps of a scale are found by their place on it, so the last digits may differ.
        assert all(min(_apart(c, k) for k in colors[0]) <= 24 for c in colors[1])


def _apart(one: str, other: str) -> int:
    return sum(abs(int(one[i : i + 2], 16) - int(other[i : i + 2], 16)) for i in (0, 2, 4))
