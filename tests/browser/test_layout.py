"""The layout check sees each fault that it is there for, and only those."""

import json
from pathlib import Path
from typing import Any

import plotly
import pytest
from playwright.sync_api import Browser

PLOTLY = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
POINTS = {"type": "scatter", "x": [1, 2, 3], "y": [3, 1, 2], "mode": "lines"}
CALM = {"width": 500, "height": 300, "margin": {"l": 60, "r": 60, "t": 50, "b": 50}}


def note(text: str, x: float, y: float, **more: Any) -> dict[str, Any]:
    return {"text": text, "x": x, "y": y, "xref": "paper", "yref": "paper", "showarrow": False, **more}


@pytest.mark.parametrize(
    ("data", "layout_", "html", "faults"),
    [
        ([POINTS], {"annotations": [note("北京", 0.2, 0.5), note("上海", 0.6, 0.5)]}, "", []),
        ([POINTS], {"annotations": [note("北京", 0.5, 0.5), note("上海", 0.52, 0.5)]}, "", ['chart 1: "北京" and "上海" are on top of each other']),
        ([POINTS], {"annotations": [note("斜着", 0.4, 0.5, textangle=-45), note("写的", 0.46, 0.5, textangle=-45)]}, "", []),
        ([POINTS], {"annotations": [note("一个很长的名称写出了图的边", 1.0, 0.5, xanchor="left")]}, "", ['chart 1: "一个很长的名称写出了图的边" runs out of the chart']),
        ([{**POINTS, "mode": "text", "text": ["", "", "很长的数值标签"], "textposition": "middle right"}], {"xaxis": {"range": [1, 3]}, "margin": {"r": 200}}, "", ['chart 1: "很长的数值标签" is cut at the edge of the plot']),
        ([POINTS], {"annotations": [note("北京市海淀…", 0.2, 0.5)]}, "", ['chart 1: "北京市海淀…" is cut short']),
        ([{"type": "scatter", "x": [], "y": []}], {}, "", ["chart 1: has nothing in it"]),
        ([POINTS], {}, '<div style="width:80px;overflow:hidden;text-overflow:ellipsis;white-space:nowrap">一个被截断的标题文字</div>', ['"一个被截断的标题文字" is cut with dots in DIV']),
        ([POINTS], {}, '<div style="width:80px;overflow:hidden;white-space:nowrap"><p style="width:200px">一个被截断的标题文字</p></div>', ['"一个被截断的标题文字" is cut in DIV']),
        ([POINTS], {}, '<div style="width:1500px">宽</div>', ["the page is 1500 px wide in a window of 800"]),
    ],
    ids=["good", "overlap", "turned", "out", "clipped", "short", "empty", "dots", "hidden", "wide"],
)  # fmt: skip
def test_the_check_sees(
    browser: Browser, layout: str, data: list[Any], layout_: dict[str, Any], html: str, faults: list[str]
) -> None:
    page = browser.new_page(viewport={"width": 800, "height": 600})
    try:
        page.set_content(
            f"<body style='margin:0'><div data-testid=stPlotlyChart><div id=chart></div></div>{html}</body>"
        )
        page.add_script_tag(path=PLOTLY)
        page.evaluate(f"Plotly.newPlot('chart', {json.dumps(data)}, {json.dumps(CALM | layout_)})")
        assert page.evaluate(layout) == faults
    finally:
        page.close()
