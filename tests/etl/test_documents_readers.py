"""What each reader makes of the things that its format has and plain text has not."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.read.document import pdf_grids, read_document
from etl.read.grid import Document, Grid, Merged
from etl.read.numbering import counted
from etl.read.typeset import Line, Page, joined, paragraphs
from tests.etl import making

GRID = Grid(
    "表1 主要指标 单位：亿元",
    (("地区", "产值", ""), ("", "2020", "2021"), ("甲县", "12.5", "13")),
    (Merged(0, 0, 2, 1), Merged(0, 1, 1, 2)),
)
TABLE_LINES = ["| 地区 | 产值 |  |", "|  | 2020 | 2021 |", "| 甲县 | 12.5 | 13 |"]


def page(inside: str) -> Document:
    text = "<p>全市经济平稳运行，质量稳步提高。</p>"
    document = read_document(Path("x/x.html"), f"<html><body>{text}{inside}</body></html>".encode())
    assert document.text.startswith("全市经济平稳运行，质量稳步提高。")
    return Document(document.text.partition("\n")[2], document.grids)


def word(*body: str, **parts: str) -> Document:
    return read_document(Path("x/x.docx"), making.word_of_xml(*body, **parts))


def paragraph(*runs: str, properties: str = "") -> str:
    return f"<w:p >{properties and f'<w:pPr>{properties}</w:pPr>'}{''.join(runs)}</w:p>"


def run(text: str, properties: str = "") -> str:
    return f'<w:r>{properties and f"<w:rPr>{properties}</w:rPr>"}<w:t xml:space="preserve">{text}</w:t></w:r>'


# --- html -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("<p>占<span>12</span><b><i>.5</i></b>%，有<font>3</font>5家</p>", "占12.5%，有35家"),
        ("<p>　　有&nbsp;12&ensp;家&amp;3户&#65292;约&frac12;<br>另有5家</p>", "有 12\u2002家&3户，约½\n另有5家"),
        ("<p>建成\n    孵化器\n12家</p>", "建成孵化器 12家"),
        ("<p><ruby>创<rp>(</rp><rt>chuàng</rt><rp>)</rp></ruby>新</p>", "创新"),
        ("<p>面积5万m<sup>2</sup>，有12家<sup>1</sup></p>", "面积5万m²，有12家¹"),
        ("<h2>一、总体情况</h2><h3>载体建设</h3><h1>乙市<br>报告</h1>", "一、总体情况\n### 载体建设\n# 乙市报告"),
        ("<ol><li>第一项</li><li>第二项</li></ol><ul><li>其他</li></ul>", "1. 第一项\n2. 第二项\n其他"),
        ('<div style="display: none">99家</div><p hidden>98家</p><p aria-hidden=true>97家</p>12家', "12家"),
        ("<pre>甲  1\n乙  2</pre>", "甲 1\n乙 2"),
        ("<script>document.write('99家')</script><style>99家</style><noscript>98家</noscript>12家", "12家"),
        ("<!-- 99家 -->12<!-- x -->家", "12家"),
        ("<table><tr><td><p>有12家。</p><p>有13家。</p></td></tr></table>", "有12家。\n有13家。"),
        ("<table><tr><td>甲<table><tr><td>乙<td>1<tr><td>丙<td>2</table></table>", "甲\n| 乙 | 1 |\n| 丙 | 2 |"),
    ],
)  # fmt: skip
def test_a_page_is_read_as_it_is_shown(inside: str, text: str) -> None:
    assert page(inside).text == text


def test_a_table_of_a_page_becomes_a_grid_and_lines() -> None:
    table = (
        "<p>表1 主要指标</p><p>单位：亿元</p><table><thead><tr><th rowspan=2>地区<th colspan=2>产值<tr><th>2020<th>2021"
        "<tbody><tr><td>甲县<td><span>12</span>.5<td>13</table>"
    )
    found = page(table)
    assert found.grids == (GRID,)
    assert found.text.split("\n")[2:] == TABLE_LINES


def test_a_table_of_sentences_is_layout() -> None:
    long = "全市深入实施创新驱动发展战略，截至2020年底共有众创空间35家，其中国家级15家，比上年增加3家。" * 2
    table = (
        f"<table><tr><td>栏目</td><td><p>{long}</p><p>{long}</p></td></tr><tr><td>说明</td><td>{long}</td></tr></table>"
    )
    assert page(table) == Document("\n".join(["栏目", long, long, "说明", long]))


FURNITURE = [
    '<nav>栏目99个</nav><header>访问量99次</header><footer>电话：0991-1234567</footer><div role="navigation">99项</div>',
    '<div class="q1"><a href=1>首页</a> &gt; <a href=2>公开</a> &gt; 正文99</div>',
    "<p>当前位置：首页 &gt; 公开 &gt; 统计99</p>",
    "<p>来源：甲市统计局 发布时间：2024-03-15 浏览次数：9999 次</p><p>【字体：大 中 小】 【打印】 【关闭】</p>",
    "<p>上一篇：<a href=1>乙市新增企业99家</a></p><p>下一篇：<a href=1>丙市增长9.9%</a></p>",
    "<ul><li><a href=1>丁市达99家</a> 2024-03-01<li><a href=2>戊市达98家</a> 2024-03-02</ul>",
    "<div><p>主办单位：甲市人民政府</p><p>地址：甲市建设路99号 电话：0991-1234567</p><p>甲ICP备05001234号</p></div>",
    "<p>分享到：<a href=1>微信</a> <a href=2>微博</a></p><h3>相关新闻</h3><p>责任编辑：某某</p>",
    "<div>共3页 <a href=1>1</a> <a href=2>2</a> <a href=2>下一页</a></div>",
    "<el-footer><div>版权所有：某局<br>地 址：建设路99号</div><div>电 话：0991-1234567</div><div>网站标识码：99</div></el-footer>",
    "<div><span>Copyright © 2024 甲市 版权所有</span></div>",
]


@pytest.mark.parametrize("inside", FURNITURE)
def test_furniture_is_left_out(inside: str) -> None:
    assert page(f"<p>全市有12家。</p>{inside}<p>全县有13家。</p>").text == "全市有12家。\n全县有13家。"


@pytest.mark.parametrize(
    "inside",
    [
        # What looks like furniture and holds the article, or a good part of it, stays.
        "<nav><p>全市有孵化器12家，其中国家级5家。</p>" + "<p>全县研发经费支出增长12.5%，占比提高0.2个百分点。</p>" * 4,
        "<footer><p>全市有孵化器12家。</p>"
        + "<p>全县研发经费支出增长12.5%，占比提高0.2个百分点。</p>" * 4
        + "</footer>",
        '<div style="display:none">' + "<p>全县研发经费支出增长12.5%，占比提高0.2个百分点。</p>" * 4 + "</div>",
        "<p>有<a href=1>孵化器</a>12家、<a href=2>众创空间</a>15家，<a href=3>加速器</a>3家。</p>",
        "<table><tr><td><a href=1>甲县</a><td>12<td>2020-01-01<tr><td><a href=1>乙县</a><td>5<td>2020-01-02</table>",
        "<ul><li><a href=1>高新技术企业</a>12<li><a href=2>众创空间数</a>15<li><a href=3>孵化器数</a>5</ul>",
        "<p>来源：规模以上工业企业研发活动统计</p>",
        "<p>网站访问量达到120万人次</p><p>主办单位以企业为主的展会12个</p>",
        "<p>小微企业：大中小企业融通发展</p><p>字号企业12家</p><p>分享经济企业35家，增长较快</p>",
    ],
)
def test_text_that_may_be_the_article_stays(inside: str) -> None:
    numbers = [word for word in ("12", "5", "15", "120", "35") if word in inside]
    assert all(number in page(inside).text for number in numbers)
    assert len(page(inside).text) > 0.5 * len(inside.replace("<p>", "").replace("</p>", "")) - 60


# --- docx -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        (paragraph(run("占12"), run(".5", "<w:b/>"), run("%")), "占12.5%"),
        (paragraph("<w:ins >" + run("12") + "</w:ins><w:del ><w:r><w:delText>99</w:delText></w:r></w:del>", run("家")), "12家"),
        (paragraph('<w:hyperlink r:id="x">' + run("孵化器") + "</w:hyperlink>", run("12家")), "孵化器12家"),
        (paragraph("<w:smartTag >" + run("甲市") + "</w:smartTag>", run("12家")), "甲市12家"),
        (paragraph("<w:sdt ><w:sdtContent>" + run("12") + "</w:sdtContent></w:sdt>", run("家")), "12家"),
        ("<w:sdt ><w:sdtContent><w:p>" + run("有12家") + "</w:p></w:sdtContent></w:sdt>", "有12家"),
        (paragraph(run("隐藏", "<w:vanish/>"), run("12家")), "12家"),
        (paragraph(run("5m"), run("2", '<w:vertAlign w:val="superscript"/>')), "5m²"),
        (paragraph("<w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:tab/><w:t>丙</w:t><w:noBreakHyphen/><w:t>1</w:t></w:r>"), "甲\n乙 丙-1"),
        (paragraph('<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>REF 99</w:instrText></w:r>', run("12家")), "12家"),
        (paragraph("<m:oMath ><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>3</m:t></m:r></m:den></m:f></m:oMath>"), "1/3"),
        (paragraph(run("甲"), "<w:r><w:pict><w:txbxContent><w:p>" + run("框内12家") + "</w:p></w:txbxContent></w:pict></w:r>", run("乙")), "甲乙\n框内12家"),
        ('<w:sdt ><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr><w:sdtContent><w:p>' + run("一、总体 3") + "</w:p></w:sdtContent></w:sdt>", ""),
        (paragraph(run("总体情况"), properties='<w:outlineLvl w:val="1"/>'), "## 总体情况"),
        (paragraph(run("一、总体情况"), properties='<w:outlineLvl w:val="0"/>'), "一、总体情况"),
    ],
)  # fmt: skip
def test_a_word_document_is_read_as_it_is_shown(xml: str, text: str) -> None:
    assert word(xml).text == text


def listed(text: str, level: int, number: int = 1) -> str:
    return paragraph(run(text), properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def test_labels_that_word_computes_are_written_out() -> None:
    levels = [
        ("chineseCountingThousand", "%1、"),
        ("chineseCounting", "（%2）"),
        ("decimal", "%3."),
        ("decimal", "%1.%4"),
    ]
    xml = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{"<w:isLgl/>" if n == 3 else ""}<w:lvlText w:val="{text}"/></w:lvl>'
        for n, (form, text) in enumerate(levels)
    )
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    numbering = (
        f'<w:numbering {space}><w:abstractNum w:abstractNumId="7">{xml}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="2"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
        "</w:numbering>"
    )
    body = [
        *(listed("总体", 0), listed("载体", 1), listed("甲", 2), listed("乙", 2), listed("人才", 1), listed("丙", 2)),
        *(listed("投入", 0), listed("丁", 1), listed("戊", 3), paragraph(run("有12家")), listed("己", 2, 2)),
    ]
    assert word(*body, numbering=numbering).text.split("\n") == [
        *("一、总体", "（一）载体", "1. 甲", "2. 乙", "（二）人才", "1. 丙"),
        *("二、投入", "（一）丁", "2.1 戊", "有12家", "5. 己"),
    ]


@pytest.mark.parametrize(
    ("number", "form", "label"),
    [
        (10, "chineseCounting", "十"),
        (21, "chineseCountingThousand", "二十一"),
        (105, "chineseCountingThousand", "一百零五"),
        (1010, "chineseCountingThousand", "一千零一十"),
        (12, "ideographDigital", "一二"),
        (3, "ideographTraditional", "丙"),
        (3, "decimalEnclosedCircle", "③"),
        (14, "upperRoman", "XIV"),
        (28, "lowerLetter", "bb"),
        (7, "decimalZero", "07"),
        (7, "unheardOf", "7"),
    ],
)
def test_forms_of_numbers(number: int, form: str, label: str) -> None:
    assert counted(number, form) == label


def test_a_table_of_a_word_document_becomes_a_grid_and_lines() -> None:
    def cell(text: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p>{run(text) if text else ''}</w:p></w:tc>"

    rows = [
        cell("地区", '<w:vMerge w:val="restart"/>') + cell("产值", '<w:gridSpan w:val="2"/>'),
        cell("", "<w:vMerge/>") + cell("2020") + cell("2021"),
        cell("甲县") + cell("12.5") + cell("13"),
    ]
    table = "<w:tbl >" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"
    found = word(paragraph(run("表1 主要指标")), paragraph(run("单位：亿元")), table, paragraph(run("完")))
    assert found.grids == (GRID,)
    assert found.text.split("\n")[2:] == [*TABLE_LINES, "完"]


def test_footnotes_stand_at_the_end() -> None:
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    notes = (
        f'<w:footnotes {space}><w:footnote w:type="separator" w:id="0"><w:p>{run("—")}</w:p></w:footnote>'
        f'<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r>{run("按2020年价格计算。")}</w:p></w:footnote></w:footnotes>'
    )
    body = paragraph(run("有12"), '<w:r><w:footnoteReference w:id="2"/></w:r>', run("家。"))
    assert word(body, paragraph(run("完。")), footnotes=notes).text == "有12家。\n完。\n按2020年价格计算。"


# --- pdf ------------------------------------------------------------------------------------------------------------


def test_a_paragraph_goes_on_over_the_page_and_furniture_does_not_part_it() -> None:
    sentence = "全市研发经费支出占地区生产总值的比重为2.35%，比上年提高0.12个百分点，"
    text = sentence * 40 + "共有孵化器12家。"
    found = read_document(Path("x/x.pdf"), making.pdf("甲市报告", [(0, text), (0, "完。")])).text
    assert found == f"甲市报告\n{text}\n完。"


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ("增长12", ".5%", "增长12.5%"),
        ("有12", "34家", "有1234家"),
        ("R&D", "expenditure", "R&D expenditure"),
        ("共有", "孵化器", "共有孵化器"),
        ("innova\u0002", "tion", "innovation"),
        ("1,", "234家", "1,234家"),
    ],
)
def test_lines_are_joined_without_parting_numbers(first: str, second: str, whole: str) -> None:
    assert joined(first, second) == whole


def print_page(*lines: tuple[str, float, float], base: float = 700) -> Page:
    """A page of lines (text, left, right) at 20 points' distance, characters 12 points wide."""
    return Page(
        tuple(Line(text, left, right, base - 20 * n, 12) for n, (text, left, right) in enumerate(lines)), 600, 800
    )


def test_a_short_line_ends_a_paragraph_and_an_indented_one_begins_one() -> None:
    page = print_page(
        ("　甲", 124, 500), ("乙", 100, 500), ("丙。", 100, 300), ("丁", 124, 500), ("戊", 124, 500), ("己", 100, 200)
    )
    assert paragraphs([page]) == ["　甲乙丙。", "丁", "戊己"]


def test_page_numbers_and_repeating_heads_are_no_text() -> None:
    def sheet(number: int) -> Page:
        head, foot = Line("甲市公报 2024年", 100, 200, 770, 9), Line(f"— {number} —", 280, 320, 30, 9)
        text = print_page((f"第{'一二三'[number]}句有12家", 124, 220), ("完", 100, 300)).lines
        return Page((head, foot, *text), 600, 800)

    assert paragraphs([sheet(0), sheet(1), sheet(2)]) == [
        *("第一句有12家", "完", "第二句有12家", "完", "第三句有12家", "完"),
    ]


def test_a_ruled_table_of_a_pdf_becomes_a_grid() -> None:
    rows = [["地区", "产值", ""], ["", "2020", "2021"], ["甲县", "12.5", "13"]]
    data = making.ruled_pdf("表1 主要指标", rows, [("SPAN", (0, 0), (0, 1)), ("SPAN", (1, 0), (2, 0))])
    expected = Grid("表1 主要指标", GRID.rows, GRID.merged)
    assert pdf_grids(Path("x.pdf"), data) == pdf_grids(Path("x.pdf"), data, 1) == (expected,)
    assert "全市经济平稳运行。" in read_document(Path("x/x.pdf"), data).text


def test_prose_is_no_table() -> None:
    assert pdf_grids(Path("x.pdf"), making.pdf("甲市报告", [(0, "全市有孵化器12家，比上年增加3家。" * 20)])) == ()
