"""Colours: text can be read, series can be told apart, also by readers who see fewer colours."""

import itertools

import numpy as np
import pytest

from charts.theme import FONT, SYMBOLS, THEMES, Theme, contrast, ink_on, ramp, readable, series_style

# Simulated dichromacy, linear RGB (Machado, Oliveira and Fernandes 2009, severity 1).
VISION = {
    "normal": np.eye(3),
    "protan": np.array([[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]),
    "deutan": np.array([[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]]),
    "tritan": np.array([[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]]),
}  # fmt: skip
XYZ = np.array([[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.072175], [0.0193339, 0.119192, 0.9503041]])


def lab(color: str, vision: str) -> np.ndarray:
    """CIE Lab of a colour as seen with a kind of vision."""
    rgb = np.array([int(color[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    x, y, z = XYZ @ np.clip(VISION[vision] @ linear, 0, 1) / np.array([0.95047, 1, 1.08883])
    fx, fy, fz = (np.cbrt(v) if v > 0.008856 else 7.787 * v + 16 / 116 for v in (x, y, z))
    return np.array([116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)])


@pytest.fixture(params=["light", "dark"])
def theme(request: pytest.FixtureRequest) -> Theme:
    return THEMES[request.param]


def test_text_can_be_read(theme: Theme) -> None:
    for ground in (theme.background, theme.surface):
        assert contrast(theme.ink, ground) >= 7
        assert contrast(theme.muted, ground) >= 4.5
    assert contrast(theme.muted, theme.empty) >= 4.5


def test_series_stand_out_and_their_labels_can_be_read(theme: Theme) -> None:
    for color in theme.series:
        assert contrast(color, theme.background) >= 3
        assert contrast(readable(color, theme.background), theme.background) >= 4.5


@pytest.mark.parametrize("vision", VISION)
def test_series_can_be_told_apart(theme: Theme, vision: str) -> None:
    for one, other in itertools.combinations(theme.series, 2):
        assert np.linalg.norm(lab(one, vision) - lab(other, vision)) > 14, f"{one} and {other} for {vision} vision"
    for one, other in itertools.pairwise(theme.series):
        assert np.linalg.norm(lab(one, vision) - lab(other, vision)) > 20, f"{one} beside {other} for {vision} vision"


def test_scales_have_ten_steps_in_even_order_of_lightness(theme: Theme) -> None:
    lightness = [lab(color, "normal")[0] for color in theme.sequential]
    rising = lightness if theme.background == "#14181F" else lightness[::-1]
    assert len(theme.sequential) == len(theme.diverging) == 10
    assert rising == sorted(rising)
    assert min(b - a for a, b in itertools.pairwise(rising)) > 3
    ends, middle = (theme.diverging[0], theme.diverging[-1]), theme.diverging[4:6]
    assert all(contrast(end, theme.background) > contrast(step, theme.background) for end in ends for step in middle)


def test_text_on_every_fill_can_be_read(theme: Theme) -> None:
    fills = [ramp(colors, n / 40) for colors in (theme.sequential, theme.diverging) for n in range(41)]
    assert all(contrast(ink_on(fill), fill) >= 4.5 for fill in fills)


def test_markers_differ_too_and_colours_repeat_only_with_another_marker() -> None:
    styles = [series_style(n, "light") for n in range(16)]
    assert len(set(styles)) == 16
    assert len({symbol for _, symbol in styles[:8]}) == len(SYMBOLS) == 8


def test_fonts_are_those_of_systems_with_chinese() -> None:
    assert FONT.startswith('"Noto Sans CJK SC","PingFang SC","Microsoft YaHei"')
