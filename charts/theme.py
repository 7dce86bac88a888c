"""Colours, type and sizes of every chart, light and dark; the same constants feed the dashboard's own theme.

Series colours were searched for so that any two of them stay apart for readers with protan, deutan and tritan vision as
well; a test simulates it (Machado, Oliveira and Fernandes 2009) and measures text contrast as WCAG 2 defines it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

Mode = Literal["light", "dark"]

FONT = '"Noto Sans CJK SC","PingFang SC","Microsoft YaHei","Segoe UI",sans-serif'
TITLE_SIZE = {"wide": 18, "narrow": 16}
SUBTITLE_SIZE = 13
LABEL_SIZE = 12
FOOT_SIZE = 11
SYMBOLS = ("circle", "square", "diamond", "triangle-up", "pentagon", "triangle-down", "hexagon", "star")
"""Marker of each series, so that colour is never the only difference."""


@dataclass(frozen=True, slots=True)
class Theme:
    """One mode's colours, all `#RRGGBB`.

    Attributes:
        ink, muted: Text, and secondary text (both at least 4.5 : 1 on `background`).
        grid, axis: Hairlines, from faint to firm.
        rest: Series and bars that are not in focus.
        accent: The one colour of a chart with a single series.
        series: Eight categorical colours, at least 3 : 1 on `background`.
        sequential: Ten steps, least to most.
        diverging: Ten steps, lowest to highest, the middle neutral.
        empty: Tile without a value.
    """

    background: str
    surface: str
    ink: str
    muted: str
    grid: str
    axis: str
    rest: str
    accent: str
    series: tuple[str, ...]
    sequential: tuple[str, ...]
    diverging: tuple[str, ...]
    empty: str


LIGHT = Theme(
    background="#FFFFFF",
    surface="#F5F7FA",
    ink="#1B2430",
    muted="#5A6675",
    grid="#E6EAEF",
    axis="#8C97A5",
    rest="#B4BDC8",
    accent="#1B5E9E",
    series=("#1B5E9E", "#C07C1E", "#BB2D67", "#0F9AA0", "#8B73E9", "#1E5A1C", "#5D155C", "#7A9459"),
    sequential=(
        "#EDF4FA", "#D5E5F2", "#BAD4E9", "#9BC1DE", "#79ABD2", "#5894C3", "#3C7CB1", "#27659B", "#174E80", "#0B3761",
    ),
    diverging=(
        "#8A4A08", "#B06A1E", "#CF9147", "#E5BA83", "#F4E0C6", "#D9E6F2", "#A6C6E2", "#6C9FCB", "#3A77AE", "#144F86",
    ),
    empty="#F0F2F5",
)  # fmt: skip

DARK = Theme(
    background="#14181F",
    surface="#1C222B",
    ink="#E9EDF2",
    muted="#A3AEBB",
    grid="#2A323D",
    axis="#6C7886",
    rest="#535E6B",
    accent="#6CAEE6",
    series=("#6CAEE6", "#EDD15D", "#F57E8D", "#45E0D2", "#8189E6", "#B0ED9D", "#AB7CA2", "#C88A56"),
    sequential=(
        "#1D2E40", "#203C57", "#234B6F", "#285B88", "#306DA1", "#4080B7", "#5A96CA", "#7BADDA", "#A2C6E8", "#CFE2F4",
    ),
    diverging=(
        "#F2B265", "#D8944A", "#B67634", "#8B5A2A", "#5A4026", "#2C435A", "#2F6091", "#437FB6", "#69A1D3", "#9FC7EC",
    ),
    empty="#1E242D",
)  # fmt: skip

THEMES: dict[str, Theme] = {"light": LIGHT, "dark": DARK}


def luminance(color: str) -> float:
    """Relative luminance of a `#RRGGBB` colour, 0 to 1. Method: WCAG 2.2."""
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21. Method: WCAG 2.2."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def blend(one: str, other: str, part: float) -> str:
    """The colour `part` (0 to 1) of the way from one to the other."""
    mixed = (round(int(one[i : i + 2], 16) * (1 - part) + int(other[i : i + 2], 16) * part) for i in (1, 3, 5))
    return "#" + "".join(f"{c:02X}" for c in mixed)


@lru_cache(maxsize=512)
def readable(color: str, background: str, least: float = 4.5) -> str:
    """The colour, moved towards black or white just so far that text in it can be read on the background."""
    target = "#000000" if luminance(background) > 0.2 else "#FFFFFF"
    for step in range(21):
        moved = blend(color, target, step / 20)
        if contrast(moved, background) >= least:
            return moved
    return target


@lru_cache(maxsize=512)
def ink_on(color: str) -> str:
    """Black or white, whichever reads better on a fill; one of the two always reaches 4.5 : 1."""
    return max(("#000000", "#FFFFFF"), key=lambda ink: contrast(ink, color))


def ramp(colors: Sequence[str], part: float) -> str:
    """The colour at `part` (0 to 1, clipped) of a scale."""
    place = min(max(part, 0.0), 1.0) * (len(colors) - 1)
    lower = min(int(place), len(colors) - 2)
    return blend(colors[lower], colors[lower + 1], place - lower)


def series_style(number: int, mode: Mode) -> tuple[str, str]:
    """Colour and marker symbol of the n-th series in focus; from the ninth on colours repeat with another symbol."""
    colors = THEMES[mode].series
    return colors[number % len(colors)], SYMBOLS[(number + number // len(colors)) % len(SYMBOLS)]
