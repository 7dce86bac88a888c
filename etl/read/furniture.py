"""What of a web page is not its article: menus, paths, share buttons, neighbours' titles, the site's imprint.

Told by the meaning of elements and roles, by how much of a block is links, and by the wording of short lines, never by
one site's names. Nothing that holds a good part of the page's prose is taken for furniture: keeping some is better
than losing text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

_UNSEEN_NAMES = """
head script style noscript template iframe object embed applet svg canvas audio video button input select
textarea datalist map rt rp rtc meta link base title
"""
UNSEEN = frozenset(_UNSEEN_NAMES.split())
_FURNITURE = frozenset(("nav", "header", "footer", "aside", "menu", "dialog"))
_ROLES_NAMES = """
navigation banner contentinfo search menu menubar toolbar dialog alertdialog complementary
"""
_ROLES = frozenset(_ROLES_NAMES.split())
_BLOCKS = frozenset(
    (
        "div",
        "ul",
        "ol",
        "dl",
        "table",
        "tr",
        "td",
        "p",
        "section",
        "center",
        "li",
        "form",
        "fieldset",
        "header",
        "footer",
    )
)
_HIDDEN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)
_STOPS = re.compile("[。；！？]")
_DATED = re.compile(
    r"(?:19|20)\d\d ?[-/.年] ?\d{1,2} ?[-/.月] ?\d{1,2} ?日?|\d{1,2}:\d\d(?::\d\d)?"
    r"|星期[一二三四五六日天]|-?\d{1,2} ?℃|[|｜\[\]·]"
)
_SITE = re.compile(
    r"ICP备|公网安备|网站标识码|版权所有|主办单位|建议使用.{0,30}(?:浏览器|分辨率)|技术支持|备案序?号|©|copyright", re.I
)
_PATH = re.compile(r"^\W*(?:您|你)?(?:当前|现在|所在|目前)?(?:所在|所处)?的?位置\W?[:：>]")
_STEP = re.compile(r"[>»›→]|&gt;")
_BUTTONS = """
打印 打印本页 打印此页 打印页面 打印文章 我要打印 关闭 关闭本页 关闭窗口 关闭页面 返回 返回顶部 返回首页
返回列表 回到顶部 顶部 首页 网站首页 大 中 小 字体 字号 字体大小 字号大小 特大 收藏 加入收藏 收藏本页 设为首页
分享 分享到 分享至 一键分享 转发 微信 微博 新浪微博 腾讯微博 QQ QQ空间 朋友圈 复制链接 复制 扫一扫 下载 保存
繁体 简体 繁體 English EN 无障碍 无障碍浏览 适老版 长者模式 长者版 关怀版 登录 注册 搜索 检索 网站地图 站点地图
联系我们 关于我们 网站声明 免责声明 隐私声明 RSS 更多 MORE more 上一篇 下一篇 上一条 下一条 上一页 下一页
相关链接 相关新闻 相关阅读 相关文章 相关报道 相关信息 相关推荐 推荐阅读 热门推荐 热点推荐 友情链接 手机版 客户端
移动端 听全文 朗读 语音播报 大中小 TOP 我要纠错 违法和不良信息举报中心 本网站支持IPv6 本站已支持IPv6访问
"""
_WORDS = frozenset(_BUTTONS.split())
_BETWEEN = re.compile(r"[\s|｜\[\]【】()（）/、,，:：>»›·•\-+—]+")
_LINES = re.compile(
    r"[\[【(（]?\s*(?:上|下)一[篇条则页]\s*[:：].*"
    r"|[\[【(（]?\s*(?:字体|字号)(?:大小)?\s*[:：].{0,30}"
    r"|(?:分享(?:到|至)|扫一扫|扫码|微信扫).{0,30}"
    r"|.*(?:ICP备\s*\d|公网安备|网站标识码|版权所有).*"
    r"|(?:copyright|©).*"
    r"|.*(?:上一页|下一页|尾页|末页).*"
    r"|您是(?:本站)?第\s*\d+\s*位.*"
    r"|(?:浏览|点击|阅读|访问)(?:次数|量|数)?\s*[:：]\s*\d[\d,]*\s*次?"
    r"|[\[【(（]?\s*(?:责任编辑|责编|编辑)\s*[:：][^。]{0,30}",
    re.I,
)
_LABELS = re.compile(
    r"(?:(?:发布|发表|发文|更新|成文|录入)(?:时间|日期)|(?:信息|文章|稿件|新闻)?来源|稿源|作者|责任编辑|编辑|审核|校对"
    r"|(?:浏览|点击|阅读|访问)(?:次数|量|数)|字体|字号|索引号|时间|日期)\s*[:：]"
)
_LONGEST_VALUE = 40
_LONGEST_LINE = 120
_KEPT_SHARE = 0.3
_KEPT_PROSE = 60
_SMALL = 800
_LEAST = 5  # characters: no menu, path or imprint is shorter


@dataclass(slots=True)
class _Size:
    """What an element holds: characters but blanks, those of links; outside links those of sentences and of dates, and
    digits that are no date's; the number of its links.
    """

    text: int = 0
    linked: int = 0
    prose: int = 0
    dated: int = 0
    digits: int = 0
    links: int = 0

    def add(self, other: _Size) -> None:
        self.text += other.text
        self.linked += other.linked
        self.prose += other.prose
        self.dated += other.dated
        self.digits += other.digits
        self.links += other.links


def remove(root: Any) -> None:
    """Take the furniture out of a parsed page (an lxml element), in place. Linear in the page's length."""
    for element in [e for e in root.iter() if not isinstance(e.tag, str) or e.tag in UNSEEN]:
        _drop(element)
    sizes = _sizes(root)
    whole = sizes[root]
    stack = [root]
    while stack:
        element = stack.pop()
        if element is not root and _is_furniture(element, sizes[element], whole):
            _drop(element)
        else:
            stack.extend(element)


def is_furniture_line(line: str) -> bool:
    """Whether a whole line is the page's machinery by its wording: 打印, 上一篇：…, 来源：… 发布时间：…, ICP备…."""
    if not line or len(line) > _LONGEST_LINE or "。" in line:
        return False
    words = [word for word in _BETWEEN.split(line) if word]
    if words and all(word in _WORDS for word in words):
        return True
    if _LINES.fullmatch(line) or _PATH.match(line):
        return True
    before, *values = _LABELS.split(line)
    return len(values) >= 2 and not re.search(r"\w", before) and max(map(len, values)) <= _LONGEST_VALUE


def _sizes(root: Any) -> dict[Any, _Size]:
    """The size of every element, by one pass from the leaves up."""
    sizes: dict[Any, _Size] = {}
    for element in reversed(list(root.iter())):
        size = _text_size(element.text)
        for child in element:
            size.add(sizes[child])
            size.add(_text_size(child.tail))
        if element.tag == "a" and element.get("href") is not None:
            size = _Size(size.text, size.text, links=1)
        sizes[element] = size
    return sizes


def _text_size(text: str | None) -> _Size:
    if not text or text.isspace():
        return _Size()
    length = len("".join(text.split()))
    dates = "".join("".join(_DATED.findall(text)).split())
    digits = sum(map(str.isdigit, text)) - sum(map(str.isdigit, dates))
    return _Size(length, prose=length if _STOPS.search(text) else 0, dated=len(dates), digits=digits)


def _is_furniture(element: Any, size: _Size, whole: _Size) -> bool:
    if size.prose > _KEPT_PROSE and size.prose > _KEPT_SHARE * whole.prose:
        return False
    if element.tag in _FURNITURE:
        return not (element.tag in ("header", "footer", "aside") and _within_article(element))
    if (element.get("role") or "").lower() in _ROLES or _is_hidden(element):
        return True
    if (element.tag not in _BLOCKS and "-" not in element.tag) or size.text < _LEAST:  # a-b: a site's own element
        return False
    return _is_links(size) or _is_path(element, size) or _is_imprint(element, size, whole)


def _within_article(element: Any) -> bool:
    """Whether an element belongs to the article (its head, its notes) and not to the site."""
    return any(above.tag in ("article", "main") or above.get("role") == "main" for above in element.iterancestors())


def _is_hidden(element: Any) -> bool:
    style = element.get("style")
    return (
        element.get("hidden") is not None
        or (element.get("aria-hidden") or "").lower() == "true"
        or bool(style and _HIDDEN.search(style[:1000]))
    )


def _is_links(size: _Size) -> bool:
    """A block that is nothing but links, with dates or a label between them; numbers beside links may be data."""
    if size.prose or size.links < 2 or size.digits:
        return False
    return size.linked > (0.5 if size.links > 2 else 0.7) * (size.text - size.dated)


def _is_path(element: Any, size: _Size) -> bool:
    """首页 > 政务公开 > 工作报告"""
    if size.prose or size.text > 150:
        return False
    text = "".join(element.itertext())
    return bool(_PATH.match(text.strip())) or (size.links >= 2 and len(_STEP.findall(text)) >= 2)


def _is_imprint(element: Any, size: _Size, whole: _Size) -> bool:
    """Who runs the site: address, telephone, registration. A block of that and no more, not the page around it."""
    if size.prose or size.text > _SMALL or (not whole.prose and size.text > _KEPT_SHARE * whole.text):
        return False
    return bool(_SITE.search("".join(element.itertext())))


def _drop(element: Any) -> None:
    """Take an element out; the text after it stays."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)
