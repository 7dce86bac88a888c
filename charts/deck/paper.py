"""Placing things on a slide: boxes in points, text, lines, native charts and tables."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

from pptx.enum.chart import XL_CHART_TYPE
from pptx.enum.shapes import MSO_CONNECTOR
from pptx.oxml import parse_xml
from pptx.util import Pt

from charts.deck.ink import NAMESPACES, Run, clean, fill, paragraph, quoted
from charts.deck.native import Native
from charts.layout import text_width, wrap
from indicators.labels import text

SLIDES = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
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
class Block:
    """A rectangle: its name, place, fill and edge, and the XML of the paragraphs in it."""

    name: str
    box: Box
    color: str | None
    edge: str | None = None
    text: str = ""


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

    def rectangle(self, name: str, box: Box, color: str | None) -> None:
        """A filled rectangle."""
        self._add(self._block(Block(name, box, color)))

    def group(self, name: str, blocks: Sequence[Block], alt: str) -> None:
        """Rectangles that stay together; written at once, since a group that grows is measured anew for each."""
        place = (
            min(one.box.x for one in blocks), min(one.box.y for one in blocks),
            max(one.box.right for one in blocks), max(one.box.bottom for one in blocks),
        )  # fmt: skip
        x, y, w, h = Box(place[0], place[1], place[2] - place[0], place[3] - place[1]).emu
        ends = (
            f'<a:off x="{x}" y="{y}"/><a:ext cx="{w}" cy="{h}"/><a:chOff x="{x}" y="{y}"/><a:chExt cx="{w}" cy="{h}"/>'
        )
        inside = "".join(map(self._block, blocks))
        self._add(
            f"<p:grpSp><p:nvGrpSpPr>{self._identity(name, alt)}<p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>"
            f"<p:grpSpPr><a:xfrm>{ends}</a:xfrm></p:grpSpPr>{inside}</p:grpSp>"
        )

    def _add(self, xml: str) -> None:
        self.slide.shapes._spTree.extend(elements(xml))

    def _identity(self, name: str, alt: str = "") -> str:
        described = f" descr={quoted(alt)}" if alt else ""
        return f'<p:cNvPr id="{self.slide.shapes._next_shape_id}" name={quoted(name)}{described}/>'

    def _block(self, block: Block) -> str:
        x, y, w, h = block.box.emu
        edge = f'<a:ln w="{19050 if block.edge else 0}">{fill(block.edge)}</a:ln>'
        return (
            f"<p:sp><p:nvSpPr>{self._identity(block.name)}<p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr>"
            f'<a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{w}" cy="{h}"/></a:xfrm>'
            f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>{fill(block.color)}{edge}</p:spPr>'
            f"<p:txBody>{_body('ctr', 1)}{block.text or '<a:p/>'}</p:txBody></p:sp>"
        )

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
    for child in list(body):
        body.remove(child)
    body.extend(elements(_body(anchor, inset) + paragraphs))


def _body(anchor: str, inset: float) -> str:
    edge = Pt(inset)
    margins = f'lIns="{edge}" tIns="{edge}" rIns="{edge}" bIns="{edge}"'
    return f'<a:bodyPr wrap="square" {margins} anchor="{anchor}"><a:noAutofit/></a:bodyPr><a:lstStyle/>'


def elements(xml: str) -> list[Any]:
    """The elements of a piece of DrawingML or PresentationML, their namespaces known."""
    return list(parse_xml(f"<a:root {NAMESPACES} {SLIDES}>{xml}</a:root>"))


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


@lru_cache(maxsize=512)
def fitted(words: str, width: float, sizes: tuple[float, ...], most: int, *, bold: bool = False) -> Fit:
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
