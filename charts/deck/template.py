"""An empty 16:9 presentation with the project's fonts and colours, so that what a presenter adds looks alike."""

from __future__ import annotations

from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.util import Pt

from charts.deck.ink import CHINESE, LATIN
from charts.theme import LIGHT

WIDTH, HEIGHT = 960.0, 540.0
"""Points: 13⅓ by 7½ inches."""
TITLE_ONLY = 5
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def blank() -> Any:
    """A presentation without slides; only the layout with a title is left."""
    deck = Presentation()
    wider = Pt(WIDTH) / deck.slide_width
    deck.slide_width, deck.slide_height = Pt(WIDTH), Pt(HEIGHT)
    kept = deck.slide_layouts[TITLE_ONLY]
    for layout in list(deck.slide_layouts):
        if layout is not kept:
            deck.slide_layouts.remove(layout)
    for shape in [*deck.slide_master.shapes, *kept.shapes]:
        if shape._element.xpath("p:spPr/a:xfrm"):
            shape.left, shape.width = round(shape.left * wider), round(shape.width * wider)
    theme = deck.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme._blob = _themed(theme.blob)
    _without_thumbnail(deck)
    return deck


def _themed(blob: bytes) -> bytes:
    """The theme with our fonts for Latin and Chinese text and our series colours as accents."""
    root = etree.fromstring(blob)
    for name in ("majorFont", "minorFont"):
        for font in root.iter(_A + name):
            font.find(_A + "latin").set("typeface", LATIN)
            font.find(_A + "ea").set("typeface", CHINESE)
            for script in font.findall(_A + "font"):
                if script.get("script") == "Hans":
                    script.set("typeface", CHINESE)
    colors = {f"accent{n}": color for n, color in enumerate(LIGHT.series[:6], 1)}
    colors |= {"dk1": LIGHT.ink, "lt1": LIGHT.background, "dk2": LIGHT.muted, "lt2": LIGHT.surface}
    for name, color in colors.items():
        slot = next(root.iter(_A + name))
        for child in list(slot):
            slot.remove(child)
        etree.SubElement(slot, _A + "srgbClr", val=color[1:])
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return made


def _without_thumbnail(deck: Any) -> None:
    """The picture of the library's own template says nothing about this deck."""
    relations = deck.part.package._rels
    for name in [name for name, one in relations.items() if one.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
        relations.pop(name)
