"""Placing things on a slide: boxes in points, text, lines, native charts and tables."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from pptx.enum.chart import XL_CHART_TYPE
from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.oxml import parse_xml
from pptx.util import Pt

from charts.deck.ink import NAMESPACES, Run, clean, fill, paragraph
from charts.deck.native import Native
from charts.layout import text_width, wrap
from indicators.labels import text

DASHES = {"solid": "solid", "dash": "dash", "dot": "sysDot"}


@dataclass(frozen=True, slots=True)
class Box:
    """A place on the slide in points, from the upper left corner."""

    x: float
    y: float
    w: float
    h: float

    @property
    def right(self) -> float:
        return self.x + self.w

    @property
    def bottom(self) -> float:
        return self.y + self.h

    def below(self, height: float) -> Box:
        """What is left under a strip of this height."""
        return Box(self.x, self.y + height, self.w, self.h - height)

    @property
    def emu(self) -> tuple[int, int, int, int]:
        return Pt(self.x), Pt(self.y), Pt(self.w), Pt(self.h)


@dataclass(frozen=True, slots=True)
class Paper:
    """One slide that is being drawn on."""

    slide: Any
    lang: str

    def word(self, key: str, **params: object) -> str:
        return text(f"deck.{key}", self.lang, **params)

    def text(
        self, name: str, box: Box, lines: Sequence[Sequence[Run]], *, align: str = "l", anchor: str = "t",
        spacing: float | None = None, after: float = 0, shape: Any = None,
    ) -> Any:  # fmt: skip
        """A text box without margins, a paragraph for each of `lines`; `anchor` is t, ctr or b.

        Args:
            shape: A shape that takes the text instead of a new box, as the title's placeholder.
        """
        if shape is None:
            shape = self.slide.shapes.add_textbox(*box.emu)
        else:
            shape.left, shape.top, shape.width, shape.height = box.emu
        shape.name = clean(name)
        inside = "".join(paragraph(line, self.lang, align=align, spacing=spacing, after=after) for line in lines)
        put_text(shape, inside, anchor)
        return shape

    def rectangle(self, name: str, box: Box, color: str | None, *, edge: str | None = None, to: Any = None) -> Any:
        """A filled rectangle, on the slide or in a group."""
        shape = (to or self.slide).shapes.add_shape(MSO_SHAPE.RECTANGLE, *box.emu)
        shape.name = clean(name)
        properties = shape._element.spPr
        for child in list(properties)[2:]:
            properties.remove(child)
        for part in elements(fill(color) + f'<a:ln w="{19050 if edge else 0}">{fill(edge)}</a:ln>'):
            properties.append(part)
        style = shape._element.find("{http://schemas.openxmlformats.org/presentationml/2006/main}style")
        if style is not None:
            shape._element.remove(style)
        return shape

    def line(self, name: str, start: tuple[float, float], end: tuple[float, float], color: str, dash: str) -> None:
        """A thin line over a chart, as at a median or a break."""
        ends = [Pt(place) for place in (*start, *end)]
        shape = self.slide.shapes.add_connector(MSO_CONNECTOR.STRAIGHT, *ends)
        shape.name = clean(name)
        dashed = f'<a:prstDash val="{DASHES.get(dash, "dash")}"/>'
        for part in elements(f'<a:ln w="12700">{fill(color)}{dashed}</a:ln>'):
            shape._element.spPr.append(part)

    def chart(self, name: str, box: Box, native: Native, alt: str) -> Any:
        """A native chart with its workbook and its alternative text."""
        # The kind given here is not asked: the chart brings its own XML.
        frame = self.slide.shapes.add_chart(XL_CHART_TYPE.LINE, *box.emu, native)
        describe(frame, name, alt)
        return frame

    def table(self, name: str, box: Box, xml: str, alt: str) -> Any:
        """A native table from the XML of its grid and rows."""
        frame = self.slide.shapes.add_table(1, 1, *box.emu)
        old = frame._element.graphic.graphicData.tbl
        old.getparent().replace(old, parse_xml(xml))
        describe(frame, name, alt)
        return frame


def put_text(shape: Any, paragraphs: str, anchor: str, inset: float = 0) -> None:
    """Replace a shape's text by these paragraphs, wrapped to the shape, with the same margin on all sides."""
    body = shape._element.txBody
    edge = Pt(inset)
    margins = f'lIns="{edge}" tIns="{edge}" rIns="{edge}" bIns="{edge}"'
    for child in list(body):
        body.remove(child)
    properties = f'<a:bodyPr wrap="square" {margins} anchor="{anchor}"><a:noAutofit/></a:bodyPr><a:lstStyle/>'
    for part in elements(properties + paragraphs):
        body.append(part)


def elements(xml: str) -> list[Any]:
    """The elements of a piece of DrawingML, their namespaces known."""
    return list(parse_xml(f"<a:root {NAMESPACES}>{xml}</a:root>"))


def describe(shape: Any, name: str, alt: str) -> None:
    """Name and alternative text, for readers who do not see the slide."""
    shape.name = clean(name)
    shape._element.xpath("./*/p:cNvPr")[0].set("descr", clean(alt))


@dataclass(frozen=True, slots=True)
class Fit:
    """A text that fits: its words, cut with an ellipsis where there was no room, its lines and its size."""

    words: str
    lines: int
    size: float

    def height(self, leading: float) -> float:
        return self.lines * self.size * leading


def fitted(words: str, width: float, sizes: Sequence[float], most: int, *, bold: bool = False) -> Fit:
    """The largest size at which the text takes no more than `most` lines; at the smallest one it is cut."""
    wider = (1.06 if bold else 1.0) * _stretch(words)
    for size in sizes:
        lines = len(wrap(words, width, size * wider))
        if lines <= most:
            return Fit(words, lines, size)
    low, high, size = 0, len(words), sizes[-1]
    while low < high:
        middle = (low + high + 1) // 2
        fits = len(wrap(words[:middle].rstrip() + "…", width, size * wider)) <= most
        low, high = (middle, high) if fits else (low, middle - 1)
    return Fit(words[:low].rstrip() + "…", most, size)


def _stretch(words: str) -> float:
    """How much longer a line gets by the quarter of an em that programs leave between Chinese and Latin letters."""
    seams = sum(_chinese(one) != _chinese(two) for one, two in pairwise(words) if " " not in (one, two))
    return 1 + 0.25 * seams / max(text_width(words, 1.0), 1.0)


def _chinese(letter: str) -> bool:
    return letter > "\u2e7f"


def shares(count: int, most: int) -> list[range]:
    """So many rows spread evenly over slides that hold `most` each."""
    each = math.ceil(count / math.ceil(count / most))
    return [range(at, min(at + each, count)) for at in range(0, count, each)]
