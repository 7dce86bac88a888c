"""The dashboard's settings: the theme is the charts' theme, and nothing is sent or opened that should not be."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from charts import theme


@pytest.fixture(scope="module")
def config(root: Path) -> dict[str, Any]:
    return tomllib.loads((root / ".streamlit" / "config.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_colours_are_those_of_the_charts(config: dict[str, Any], mode: str) -> None:
    colours = theme.THEMES[mode]
    assert config["theme"][mode] == {
        "primaryColor": colours.accent,
        "backgroundColor": colours.background,
        "secondaryBackgroundColor": colours.surface,
        "textColor": colours.ink,
        "linkColor": colours.accent,
        "borderColor": colours.grid,
        "dataframeBorderColor": colours.grid,
        "dataframeHeaderBackgroundColor": colours.surface,
        # Streamlit wants exactly ten.
        "chartCategoricalColors": [*colours.series, colours.axis, colours.rest],
        "chartSequentialColors": list(colours.sequential),
        "chartDivergingColors": list(colours.diverging),
    }


def test_type_is_that_of_the_charts(config: dict[str, Any]) -> None:
    assert config["theme"]["font"] == theme.FONT


def test_the_server_is_closed_to_others_and_tells_nobody(config: dict[str, Any]) -> None:
    assert config["server"]["address"] == "127.0.0.1"
    assert config["browser"]["gatherUsageStats"] is False
    assert config["client"]["showErrorDetails"] == "none"
    assert config["server"]["showEmailPrompt"] is False, "a first start would wait for an e-mail address"
