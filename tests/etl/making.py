"""Files of every format made from one text, as offices and sites make them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from opencc import OpenCC
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A5
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate

from etl.read.report import split_front_matter

Block = tuple[int, str]
"""Level of a heading (0 for other text) and the text."""
FONT = "STSong-Light"


def parts(path: Path) -> tuple[str, bytes, list[Block]]:
    """A digest's title, its front matter as a card, and its blocks."""
    text = path.read_text(encoding="utf-8")
    fields, body = split_front_matter(text)
    assert fields is not None
    lines = [line for line in body.split("\n") if line.strip()]
    blocks = [(len(line) - len(line.lstrip("#")), line.lstrip("# ")) for line in lines]
    return str(fields["title"]), text.split("\n---\n")[0].removeprefix("---\n").encode(), blocks


def gb18030(path: Path) -> bytes:
    """A digest with its front matter in GB18030."""
    return path.read_text(encoding="utf-8").encode("gb18030")


def big5(path: Path) -> bytes:
    """A digest with its front matter in traditional characters, in Big5."""
    return str(OpenCC("s2tw").convert(path.read_text(encoding="utf-8"))).encode("cp950")


# --- html -----------------------------------------------------------------------------------------------------------


def html(title: str, blocks: Iterable[Block], charset: str = "utf-8") -> bytes:
    """A page of a government's site: the article lies in a layout table, between all that such pages have."""
    article = "\n".join(_element(level, escape(text)) for level, text in blocks)
    page = f"""<!DOCTYPE html>
<html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}"><title>{title}_甲市人民政府2024</title>
<style>.a{{width:1000px}}</style><script>var visits = 120345; document.write("今日访问1234人");</script></head>
<body><!-- 版本 3.2 -->
<div class="t1"><a href="/en">English</a> | <a href="/m">手机版</a> | <a href="/w">无障碍</a> | <span>2024年3月15日 星期五 12℃</span></div>
<div class="c7"><ul><li><a href="/">首页</a></li><li><a href="/1">政务公开</a></li><li><a href="/2">“十四五”规划102项工程</a></li></ul></div>
<nav><a href="/3">政府信息公开</a><a href="/4">办事服务（2360项）</a></nav>
<div class="p1">您现在的位置：<a href="/">首页</a> &gt; <a href="/1">政务公开</a> &gt; <a href="/5">工作报告</a> &gt; 正文</div>
<table width="1000" align="center"><tr><td width="720" valign="top">
<h1>{title}</h1>
<p align="center">发布时间：2024-03-15 09:30 &nbsp; 来源：甲市人民政府办公室 &nbsp; 浏览次数：12345 次 &nbsp; 字体：<a href="#">大</a> <a href="#">中</a> <a href="#">小</a></p>
<div class="x">
{article}
</div>
<p>【<a href="#">打印</a>】【<a href="#">关闭</a>】</p>
<p>分享到：<a href="#w">微信</a> <a href="#b">微博</a></p>
<p>上一篇：<a href="/8">乙市新增高新技术企业126家</a></p><p>下一篇：<a href="/9">丙县研发投入增长15.2%</a></p>
</td><td width="260" valign="top"><h3>相关阅读</h3>
<ul><li><a href="/10">丁市孵化器达到35家</a> <span>2024-03-01</span></li><li><a href="/11">戊县众创空间增长12%</a> <span>2024-02-28</span></li>
<li><a href="/12">己市新增企业1200家</a> <span>2024-02-11</span></li></ul></td></tr></table>
<div style="display:none">共有 9999 家企业入驻。</div>
<div class="f9"><p>主办单位：甲市人民政府办公室 承办单位：甲市信息中心</p><p>地址：甲市建设路100号　邮编：830000　电话：0991-1234567</p>
<p>甲ICP备05001234号-1　网站标识码：6501000001　<img src="x.png">公网安备 65010002000123号</p><p>建议使用1024×768分辨率浏览</p></div>
</body></html>"""
    return page.encode({"utf-8": "utf-8", "gb2312": "gb18030", "big5": "big5hkscs"}[charset])


def _element(level: int, text: str) -> str:
    if level:
        return f"<h{level}>{text}</h{level}>"
    middle = len(text) // 2
    return f'<p style="text-indent:2em">　　<span>{text[:middle]}</span><font face="宋体"><b>{text[middle:]}</b></font></p>'


# --- docx -----------------------------------------------------------------------------------------------------------


def word(title: str, blocks: Iterable[Block]) -> bytes:
    """A Word document with a title, heading styles, a running head and a page number."""
    document = docx.Document()
    section = document.sections[0]
    section.header.paragraphs[0].text = "甲市人民政府办公室　2024年第12期"
    section.footer.paragraphs[0].text = "— 3 —"
    document.add_paragraph(title, style="Title")
    for level, text in blocks:
        if level:
            document.add_heading(text, level)
            continue
        paragraph = document.add_paragraph()
        for start in range(0, len(text), 7):  # runs end wherever someone once corrected something
            paragraph.add_run(text[start : start + 7])
    return saved(document)


def saved(document: Any) -> bytes:
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def word_of_xml(*body: str, **parts: str) -> bytes:
    """A Word document with this XML as its body, and other parts (numbering, footnotes) replaced or added."""
    document = docx.Document()
    inside = document.element.body
    for xml in body:
        inside.insert(len(inside) - 1, parse_xml(xml.replace(" ", f" {nsdecls('w', 'r', 'wp', 'a', 'm')} ", 1)))
    return repacked(saved(document), {f"word/{name}.xml": text for name, text in parts.items()})


def repacked(package: bytes, texts: dict[str, str]) -> bytes:
    """An office file with some of its parts replaced or added, and the relations and types that they need."""
    data = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name).decode("utf-8", "surrogateescape")
            if name == "word/_rels/document.xml.rels":
                text = text.replace("</Relationships>", "".join(map(_relation, texts)) + "</Relationships>")
            if name not in texts:
                new.writestr(name, text.encode("utf-8", "surrogateescape"))
        for name, text in texts.items():
            new.writestr(name, text)
    return data.getvalue()


def _relation(part: str) -> str:
    kind = Path(part).stem
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return f'<Relationship Id="x{kind}" Type="{base}/{kind}" Target="{kind}.xml"/>'


# --- pdf ------------------------------------------------------------------------------------------------------------


def pdf(title: str, blocks: Iterable[Block], *, indent: float = 2, columns: int = 1, password: str = "") -> bytes:
    """A pdf of small pages with a running head and page numbers; lines are broken by the width of the page.

    Args:
        indent: First-line indent in characters; 0 parts paragraphs by space between them.
        columns: 1 or 2.
    """
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    style = ParagraphStyle("text", fontName=FONT, fontSize=11, leading=18, wordWrap="CJK", firstLineIndent=11 * indent)
    if not indent:
        style = ParagraphStyle("apart", style, spaceAfter=9)
    large = ParagraphStyle("large", style, fontSize=15, leading=24, firstLineIndent=0, alignment=TA_CENTER)
    data = io.BytesIO()

    def furniture(canvas: Canvas, document: Any) -> None:
        canvas.setFont(FONT, 9)
        canvas.drawString(60, A5[1] - 30, "甲市人民政府公报　2024年第12期")
        canvas.drawCentredString(A5[0] / 2, 25, f"— {document.page} —")

    story = [Paragraph(title, large), *(Paragraph(escape(text), style) for _, text in blocks)]
    document = SimpleDocTemplate(data, pagesize=A5, margin=60, encrypt=password or None)
    if columns == 2:
        from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

        document = BaseDocTemplate(data, pagesize=A5)
        frames = [Frame(30 + 185 * n, 60, 175, A5[1] - 130, id=str(n)) for n in (0, 1)]
        document.addPageTemplates([PageTemplate("two", frames, onPage=furniture)])
        document.build(story)
    else:
        document.build(story, onFirstPage=furniture, onLaterPages=furniture)
    return data.getvalue()


def scan() -> bytes:
    """A pdf of two pages that hold pictures and no text."""
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    data = io.BytesIO()
    canvas = Canvas(data, pagesize=A5)
    for _ in range(2):
        canvas.drawImage(ImageReader(Image.new("L", (200, 300), 200)), 0, 0, *A5)
        canvas.showPage()
    canvas.save()
    return data.getvalue()


def ruled_pdf(
    caption: str, rows: Sequence[Sequence[str]], spans: Sequence[tuple[str, tuple[int, int], tuple[int, int]]]
) -> bytes:
    """A pdf with a ruled table; `spans` are reportlab's, (column, row) of the first and last cell."""
    from reportlab.platypus import Table

    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    data = io.BytesIO()
    style = ParagraphStyle("text", fontName=FONT, fontSize=11, leading=18, wordWrap="CJK")
    table = Table(rows, style=[("FONT", (0, 0), (-1, -1), FONT, 10), ("GRID", (0, 0), (-1, -1), 0.5, "black"), *spans])
    SimpleDocTemplate(data, pagesize=A5).build(
        [Paragraph("全市经济平稳运行。", style), Paragraph(caption, style), table]
    )
    return data.getvalue()
