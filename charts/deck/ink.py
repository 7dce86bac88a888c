"""Text on a slide, as DrawingML: every run names a Latin and a Chinese font, so that no machine picks its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

LATIN = "Arial"
CHINESE = "Microsoft YaHei"
"""On every Windows and every Office for Mac since 2011, and in WPS; others fall back to their own Chinese font."""
LEADING = 1.32
"""Height of a line of this Chinese font in ems; the Latin one is lower."""
NAMESPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text in one style: size in points, colour as `#RRGGBB`."""

    words: str
    size: float
    color: str
    bold: bool = False


def clean(words: str) -> str:
    """Text without the characters that XML cannot hold."""
    return _NOT_XML.sub("", words)


def safe(words: str) -> str:
    """Text for the inside of an XML element."""
    return escape(clean(words))


def quoted(words: str) -> str:
    """Text as an XML attribute, quotes included."""
    return quoteattr(clean(words))


def fill(color: str | None) -> str:
    return "<a:noFill/>" if color is None else f'<a:solidFill><a:srgbClr val="{color[1:]}"/></a:solidFill>'


def style(tag: str, size: float, color: str, *, bold: bool = False, lang: str = "") -> str:
    """Character properties: `tag` is `rPr`, `defRPr` or `endParaRPr`."""
    spoken = {"zh": ' lang="zh-CN" altLang="en-US"', "en": ' lang="en-US" altLang="zh-CN"'}.get(lang, "")
    return (
        f'<a:{tag}{spoken} sz="{round(size * 100)}" b="{int(bold)}">{fill(color)}'
        f'<a:latin typeface="{LATIN}"/><a:ea typeface="{CHINESE}"/><a:cs typeface="{LATIN}"/></a:{tag}>'
    )


def paragraph(
    runs: Sequence[Run], lang: str, *, align: str = "l", spacing: float | None = None, after: float = 0
) -> str:
    """One paragraph; `align` is l, ctr or r, `spacing` the line height in points, `after` points below it."""
    exact = f'<a:lnSpc><a:spcPts val="{round(spacing * 100)}"/></a:lnSpc>' if spacing else ""
    below = f'<a:spcAft><a:spcPts val="{round(after * 100)}"/></a:spcAft>' if after else ""
    inside = "".join(
        f"<a:r>{style('rPr', run.size, run.color, bold=run.bold, lang=lang)}<a:t>{safe(run.words)}</a:t></a:r>"
        for run in runs
    )
    spaced = f'{exact}<a:spcBef><a:spcPts val="0"/></a:spcBef>{below}'
    return f'<a:p><a:pPr algn="{align}">{spaced}<a:buNone/></a:pPr>{inside}</a:p>'


def page_number(size: float, color: str, lang: str, number: int) -> str:
    """A paragraph with the slide's number as a field: it stays right when slides are moved."""
    return (
        f'<a:p><a:pPr algn="r"/><a:fld id="{{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}}" type="slidenum">'
        f"{style('rPr', size, color, lang=lang)}<a:t>{number}</a:t></a:fld></a:p>"
    )
