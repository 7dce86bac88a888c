"""An empty document in the layout of official papers: GB/T 9704—2012, sections 5 to 7.

A4, 37 mm above and 28 mm left of a text area of 156 by 225 mm, 22 lines of 28 characters in 3号 (16 pt) 仿宋; the
title in 2号 小标宋, headings 黑体, 楷体 and 仿宋; page numbers 4号 between dashes, on the outer side of each page.
"""

from __future__ import annotations

from typing import Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from lxml import etree

BODY, TITLE, FIRST, SECOND = "仿宋_GB2312", "方正小标宋简体", "黑体", "楷体_GB2312"
LATIN = "Times New Roman"
FALLBACKS = {BODY: "仿宋;FangSong", TITLE: "华文中宋;STZhongsong", FIRST: "SimHei", SECOND: "楷体;KaiTi"}
"""What a machine without the standard's fonts shows instead, by the document's own font table."""
SIZE, TITLE_SIZE, FOOT_SIZE, SMALL = 16.0, 22.0, 14.0, 10.5
"""3号, 2号, 4号 and 五号 in points."""
LEADING = 28.95
"""22 lines in 225 mm, in points."""
TIGHTER = -5
"""Twentieths of a point between characters: 28 of 3号 are 8 points wider than 156 mm."""
CAPTION, CELL, SOURCE, COVER = "Report Caption", "Report Cell", "Report Source", "Report Subtitle"
_STYLES = {
    "Title": (TITLE, TITLE_SIZE, 36.0),
    "Heading 1": (FIRST, SIZE, LEADING),
    "Heading 2": (SECOND, SIZE, LEADING),
    "Heading 3": (BODY, SIZE, LEADING),
    "Normal": (BODY, SIZE, LEADING),
    COVER: (SECOND, SIZE, LEADING),
    CAPTION: (FIRST, SMALL, 18.0),
    SOURCE: (BODY, SMALL, 16.0),
    CELL: (BODY, SMALL, None),
}
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def blank(lang: str) -> Any:
    """A document with page, styles, fonts and page numbers, and nothing in it."""
    document = docx.Document()
    _page(document)
    for name, (font, size, leading) in _STYLES.items():
        _style(document, name, font, size, leading, lang)
    _fonts(document)
    _page_numbers(document)
    relations = document.part.package.rels
    for name in [name for name, one in relations.items() if one.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
        relations.pop(name)  # a picture of the library's own template
    return document


def _page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header_distance, section.footer_distance = Mm(15), Mm(22)
    grid = section._sectPr.find(qn("w:docGrid"))
    if grid is not None:
        section._sectPr.remove(grid)  # lines are set exactly, and tables stay free


def _style(document: Any, name: str, font: str, size: float, leading: float | None, lang: str) -> None:
    known = {style.name for style in document.styles}
    style = document.styles[name] if name in known else document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    if name not in known:
        style.base_style = None
    style.font.size, style.font.bold, style.font.italic = Pt(size), lang == "en" and font in (TITLE, FIRST), False
    style.font.color.rgb = RGBColor(0, 0, 0)
    properties = style.element.get_or_add_rPr()
    for old in (*properties.findall(qn("w:rFonts")), *properties.findall(qn("w:lang"))):
        properties.remove(old)
    properties.insert(
        0,
        parse_xml(f'<w:rFonts {nsdecls("w")} w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:cs="{LATIN}" w:eastAsia="{font}"/>'),
    )
    if name == "Normal":
        properties.append(parse_xml(f'<w:spacing {nsdecls("w")} w:val="{TIGHTER}"/>'))
    properties.append(parse_xml(f'<w:lang {nsdecls("w")} w:val="en-US" w:eastAsia="zh-CN"/>'))
    layout = style.paragraph_format
    layout.space_before = layout.space_after = Pt(0)
    if leading is not None:
        layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(leading)
    layout.widow_control = True
    borders = style.element.get_or_add_pPr().find(qn("w:pBdr"))
    if borders is not None:
        style.element.pPr.remove(borders)
    if name in ("Title", COVER):
        layout.alignment = WD_ALIGN_PARAGRAPH.CENTER
    elif name in ("Normal", "Heading 1", "Heading 2", "Heading 3"):
        layout.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        _indent(style, 2)
    elif name == CAPTION:
        layout.alignment, layout.keep_with_next = WD_ALIGN_PARAGRAPH.CENTER, True


def _indent(style: Any, characters: int) -> None:
    """The first line moved in by so many characters, whatever their size."""
    properties = style.element.get_or_add_pPr()
    first, twips = characters * 100, round(characters * SIZE * 20)
    properties._insert_ind(parse_xml(f'<w:ind {nsdecls("w")} w:firstLineChars="{first}" w:firstLine="{twips}"/>'))


def _fonts(document: Any) -> None:
    """Name the fonts in the document's font table, each with what may stand in for it."""
    part = next(one.target_part for one in document.part.rels.values() if one.reltype.endswith("/fontTable"))
    root = etree.fromstring(part.blob)
    for name, others in FALLBACKS.items():
        font = etree.SubElement(root, f"{{{_W}}}font", {f"{{{_W}}}name": name})
        etree.SubElement(font, f"{{{_W}}}altName", {f"{{{_W}}}val": others})
        etree.SubElement(font, f"{{{_W}}}charset", {f"{{{_W}}}val": "86"})
        etree.SubElement(font, f"{{{_W}}}family", {f"{{{_W}}}val": "auto"})
    part._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _page_numbers(document: Any) -> None:
    """— 1 — on the outer side, one character from the edge (7.5 of the standard)."""
    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        footer.is_linked_to_previous = False
        line = footer.paragraphs[0]
        line.style = document.styles["Normal"]
        line.alignment = WD_ALIGN_PARAGRAPH.RIGHT if side == "right" else WD_ALIGN_PARAGRAPH.LEFT
        # One character from the outer edge, and no first line of a paragraph.
        line._p.get_or_add_pPr()._insert_ind(
            parse_xml(f'<w:ind {nsdecls("w")} w:{side}Chars="100" w:firstLineChars="0" w:firstLine="0"/>')
        )
        size = round(FOOT_SIZE * 2)
        fonts = f'<w:rPr><w:rFonts w:ascii="宋体" w:hAnsi="宋体" w:eastAsia="宋体"/><w:sz w:val="{size}"/></w:rPr>'
        for inside in (
            "<w:t xml:space=\"preserve\">— </w:t>", '<w:fldChar w:fldCharType="begin"/>',
            '<w:instrText xml:space="preserve"> PAGE </w:instrText>', '<w:fldChar w:fldCharType="separate"/>',
            "<w:t>1</w:t>", '<w:fldChar w:fldCharType="end"/>', '<w:t xml:space="preserve"> —</w:t>',
        ):  # fmt: skip
            line._p.append(parse_xml(f"<w:r {nsdecls('w')}>{fonts}{inside}</w:r>"))


def rules(width: int) -> str:
    """The outer lines of a table with three lines: above and below."""
    edge = f'w:val="single" w:sz="{width}" w:space="0" w:color="000000"'
    return f"<w:tblBorders><w:top {edge}/><w:bottom {edge}/></w:tblBorders>"


def margins(twips: int, *, declare: bool = False) -> str:
    """The room left and right in each cell."""
    sides = "".join(f'<w:{side} w:w="{twips}" w:type="dxa"/>' for side in ("left", "right"))
    return f"<w:tblCellMar{' ' + nsdecls('w') if declare else ''}>{sides}</w:tblCellMar>"
