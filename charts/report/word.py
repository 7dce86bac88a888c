"""A report as a Word document: headings, paragraphs, native charts with their data, native tables, numbered sources."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import Any

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt, RGBColor

from charts.deck.ink import Run, clean, quoted, safe
from charts.export import citation
from charts.layout import text_width
from charts.report import office, words
from charts.report.drawing import WIDE, Drawing, Drawn, drawn
from charts.report.model import Report, Section, Table
from charts.report.tables import table_in, table_title
from indicators.labels import text

EMU = 12700
SHORT = 4
"""Characters of a cell that stay on one line."""
_PIECES = re.compile(r"[^\s\u2e80-\uffff]+|[\u2e80-\uffff]|\s")
"""What no line breaks within: words and numbers, single Chinese characters."""
_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def to_docx(report: Report) -> bytes:
    """The report for Word and WPS.

    Args:
        report: Its empty charts become a sentence that says why there is nothing.
    Returns:
        A4 by GB/T 9704—2012; charts that a word processor knows are native with their workbook, all are tables.
    """
    lang = report.meta.lang
    document = office.blank(lang)
    writer = _Writer(document, report)
    document.add_paragraph(clean(report.title), style="Title")
    for line in (report.subtitle, report.date):
        if line:
            document.add_paragraph(clean(line), style=office.COVER)
    document.add_paragraph()
    for n, section in enumerate(report.sections, 1):
        writer.section(n, section)
    writer.ends(len(report.sections) + 1)
    properties = document.core_properties
    site = text("charts.site", lang)
    properties.title, properties.author, properties.last_modified_by = clean(report.title)[:255], site, site
    properties.comments, properties.keywords = clean(citation(report.meta))[:255], clean(report.meta.edition)
    properties.language = {"zh": "zh-CN", "en": "en-US"}[lang]
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


class _Writer:
    """Writes sections into a document and counts what is numbered."""

    def __init__(self, document: Any, report: Report) -> None:
        self.document, self.report, self.lang = document, report, report.meta.lang
        self.numbers = words.source_numbers(report)
        self.figures = self.tables = self.parts = 0

    def section(self, n: int, section: Section) -> None:
        self.document.add_heading(clean(words.numbered(1, n, section.heading, self.lang)), 1)
        for said in words.paragraphs(section, self.lang):
            self.document.add_paragraph(clean(said))
        self.chart(section)
        if table := table_in(section, self.lang):
            self.table(section, table)
        below = [words.source_line(section, self.numbers, self.lang)]
        for line in filter(None, below):
            self.document.add_paragraph(clean(line), style=office.SOURCE)

    def chart(self, section: Section) -> None:
        made = drawn(section, self.lang)
        if not made.drawings:
            return
        for line in made.key:
            self._key(line)
        if len(made.drawings) > 1 and made.drawings[0].title:
            self._panels(made)
        else:
            for drawing in made.drawings:
                self._inline(self._plain(), drawing)
        self.figures += 1
        title = text("report.figure", self.lang, n=self.figures, title=section.chart.title if section.chart else "")
        caption = self.document.add_paragraph(clean(title), style=office.CAPTION)
        caption.paragraph_format.keep_with_next = False
        if made.words:
            said = text("report.comma_list", self.lang).join(made.words)
            self.document.add_paragraph(clean(said), style=office.SOURCE).alignment = WD_ALIGN_PARAGRAPH.CENTER

    def table(self, section: Section, table: Table) -> None:
        self.tables += 1
        title = table_title(section, table, self.tables, self.lang)
        self.document.add_paragraph(clean(title), style=office.CAPTION)
        _table(self.document, table)
        if table.left_out:
            self.document.add_paragraph(clean(table.left_out), style=office.SOURCE)

    def ends(self, n: int) -> None:
        """What to know, the sources and how to cite."""
        lang, part = self.lang, 0
        self.document.add_heading(words.numbered(1, n, text("report.ends_title", lang), lang), 1)
        notes = words.notes_of(self.report.sections)
        entries = words.source_entries(self.report)
        cited = [text("report.edition", lang, edition=self.report.meta.edition), words.cited(self.report)]
        for name, lines in (("notes", notes), ("sources", entries), ("cite", cited)):
            if not lines:
                continue
            part += 1
            self.document.add_heading(words.numbered(2, part, text(f"report.{name}", lang), lang), 2)
            for number, line in enumerate(lines, 1):
                said = words.numbered(3, number, line, lang) if name == "notes" else line
                paragraph = self.document.add_paragraph(clean(said))
                if name == "sources":
                    # An address breaks nowhere, and the line before it would be drawn apart.
                    paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT

    def _plain(self, to: Any = None) -> Any:
        """A paragraph for a chart: centred, and as high as what stands in it."""
        paragraph = (to or self.document).add_paragraph(style=office.CELL)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.keep_with_next = True
        return paragraph

    def _key(self, line: Sequence[Run]) -> None:
        paragraph = self._plain()
        for run in line:
            written = paragraph.add_run(clean(run.words))
            written.font.color.rgb = RGBColor.from_string(run.color[1:])

    def _panels(self, made: Drawn) -> None:
        """Small charts two by two in a table without lines."""
        grid = _grid(self.document, (len(made.drawings) + 1) // 2)
        for n, drawing in enumerate(made.drawings):
            cell = grid.cell(*divmod(n, 2))
            head = cell.paragraphs[0]
            head.style = self.document.styles[office.CELL]
            head.add_run(clean(drawing.title)).font.bold = True
            self._inline(self._plain(cell), drawing)

    def _inline(self, paragraph: Any, drawing: Drawing) -> None:
        """Put a native chart, with the workbook that “Edit data” opens, into a paragraph."""
        self.parts += 1
        number, package = self.parts, self.document.part.package
        book = Part(PackURI(f"/word/embeddings/chart{number}.xlsx"), _SHEET, drawing.native.xlsx_blob, package)
        xml = drawing.native.xml_bytes()
        chart = Part(PackURI(f"/word/charts/chart{number}.xml"), CONTENT_TYPE.DML_CHART, xml, package)
        name = chart.relate_to(book, RELATIONSHIP_TYPE.PACKAGE)
        data = f'<c:externalData r:id="{name}"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
        chart._blob = xml.replace(b"</c:chartSpace>", data.encode())
        link = self.document.part.relate_to(chart, RELATIONSHIP_TYPE.CHART)
        wide, tall = round(drawing.width * EMU), round(drawing.height * EMU)
        label = text("report.chart_name", self.lang, n=number)
        paragraph.add_run()._r.append(
            parse_xml(
                f'<w:drawing {nsdecls("w", "wp", "a", "r")}><wp:inline distT="0" distB="0" distL="0" distR="0">'
                f'<wp:extent cx="{wide}" cy="{tall}"/>'
                f'<wp:docPr id="{1000 + number}" name={quoted(label)} descr={quoted(drawing.alt)}/>'
                f'<wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="{_CHART}">'
                f'<c:chart xmlns:c="{_CHART}" r:id="{link}"/></a:graphicData></a:graphic></wp:inline></w:drawing>'
            )
        )


def _table(document: Any, table: Table) -> None:
    """A native table with three lines, its heads repeated on each page."""
    size = _fitting(table)
    widths = [round(width * 20) for width in _widths(table, size)]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    rows = [_row(cells, table.numeric, widths, size, head=not n) for n, cells in enumerate([table.heads, *table.rows])]
    xml = (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'{office.rules(12)}<w:tblLayout w:type="fixed"/>{office.margins(60)}</w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )
    # Written as a whole: adding cell by cell takes seconds for a long table.
    document.element.body.insert_element_before(parse_xml(xml), "w:sectPr")


def _row(cells: Sequence[str], numeric: Sequence[bool], widths: Sequence[int], size: float, *, head: bool) -> str:
    edge = '<w:tcBorders><w:bottom w:val="single" w:sz="6" w:space="0" w:color="000000"/></w:tcBorders>' if head else ""
    inside = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{edge}<w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{office.CELL.replace(" ", "")}"/><w:jc w:val="{"right" if number else "left"}"/>'
        f'</w:pPr><w:r><w:rPr><w:sz w:val="{round(size * 2)}"/></w:rPr>'
        f'<w:t xml:space="preserve">{safe(said)}</w:t></w:r></w:p></w:tc>'
        for said, number, width in zip(cells, numeric, widths, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if head else ''}</w:trPr>{inside}</w:tr>"


def _fitting(table: Table) -> float:
    """The largest size of 五号, 小五 and 六号 at which every cell stays on one line, else the smallest."""
    for size in (office.SMALL, 9.0, 7.5):
        if sum(_asked(table, size)) <= WIDE:
            return size
    return 7.5


def _asked(table: Table, size: float) -> list[float]:
    rows = [table.heads, *table.rows]
    return [max(text_width(row[n], size) for row in rows) + 10 for n in range(len(table.heads))]


def _widths(table: Table, size: float) -> list[float]:
    """Columns as wide as their cells, made wider together, or the widest ones narrower, until they fill the page."""
    asked = _asked(table, size)
    spare = WIDE - sum(asked)
    if spare >= 0:
        return [width + spare / len(asked) for width in asked]
    # A year or a name of one word would break within it, so only what is longer gives way.
    rows = [table.heads, *table.rows]
    words = [
        max(text_width(word, size) for row in rows for word in _PIECES.findall(row[n] or "-"))
        for n in range(len(asked))
    ]
    least = [min(whole, max(word + 10, SHORT * size + 10)) for whole, word in zip(asked, words, strict=True)]
    left, given = WIDE - sum(least), sum(asked) - sum(least)
    if left < 0:
        return [width * WIDE / sum(least) for width in least]
    return [low + left * (whole - low) / given for low, whole in zip(least, asked, strict=True)]


def _grid(document: Any, rows: int) -> Any:
    """A table of two columns without lines, for small charts."""
    grid = document.add_table(rows, 2)
    grid.alignment, grid.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for row in grid.rows:
        for cell in row.cells:
            cell.width = Pt(WIDE / 2)
    grid._tbl.tblPr.append(parse_xml(office.margins(0, declare=True)))
    return grid
