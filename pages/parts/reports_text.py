"""A report's text as HTML, every number marked by its class. No widgets; everything from the text is escaped."""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

HERE = "number-here"
"""Element id of the number that a link points at."""
_LINE = re.compile(r"[^\n]+")
_HEADING = re.compile(r"(#{1,6})[ \t]+")
_TITLE_LEVEL = 2

STYLE = """
<style>
  .source-title { font-size: 1.15rem; padding: .2rem 0 .4rem; }
  dl.facts a { color: inherit; }
  .report { max-width: 54rem; line-height: 2; font-size: 1.02rem; overflow-wrap: anywhere; }
  .report p { margin: 0 0 .55rem; }
  .report h2, .report h3, .report h4 { padding: 0; line-height: 1.5; }
  .report h2 { font-size: 1.15rem; margin: 1.5rem 0 .5rem; }
  .report h3 { font-size: 1.04rem; margin: 1.1rem 0 .4rem; }
  .report h4 { font-size: 1rem; margin: .9rem 0 .3rem; }
  .number { color: inherit; background: none; border-radius: 3px; padding: .08em .2em; scroll-margin: 40vh; }
  .number-observation, .number-target, .number-requirement, .number-unmapped { font-weight: 600; }
  .number-observation { background: color-mix(in srgb, #F2B705 38%, transparent); border-bottom: 2px solid #C98A00; }
  .number-target { outline: 1.5px solid #C98A00; outline-offset: -1px; }
  .number-requirement { outline: 1.5px dashed #C98A00; outline-offset: -1px; }
  .number-unmapped { border-radius: 0; border-bottom: 2px dotted color-mix(in srgb, currentColor 65%, transparent); }
  .number-none { padding: 0; border-radius: 0; font-weight: inherit;
    color: color-mix(in srgb, currentColor 62%, transparent);
    border-bottom: 1px solid color-mix(in srgb, currentColor 22%, transparent); }
  .number[data-flagged] { text-decoration: underline wavy #C0392B 1.5px; text-underline-offset: .3em; }
  #number-here { box-shadow: 0 0 0 3px color-mix(in srgb, #1B5E9E 85%, currentColor); animation: here 1.6s ease-out 1; }
  @keyframes here {
    0% { box-shadow: 0 0 0 14px transparent; }
    30% { box-shadow: 0 0 0 9px color-mix(in srgb, #1B5E9E 45%, transparent); }
  }
  @media (prefers-reduced-motion: reduce) { #number-here { animation: none; } }
  ul.legend { display: flex; flex-wrap: wrap; gap: .35rem 1.4rem; margin: 0 0 .2rem; padding: 0;
    list-style: none; font-size: .92rem; line-height: 1.9; }
  ul.legend li { margin: 0; padding: 0; }
  ul.legend b { font-variant-numeric: tabular-nums; }
  .st-key-scroll_to { position: absolute; height: 0; }
</style>
"""


@dataclass(frozen=True, slots=True)
class Marked:
    """One number of the text: half-open span, its class (a suffix of `number-`) and what a pointer over it is told.

    `flagged`: the checks found that it contradicts another figure.
    """

    start: int
    end: int
    kind: str
    told: str
    flagged: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """One line of the text without its Markdown sign: a paragraph (level 0) or a heading (1 is the highest)."""

    start: int
    end: int
    level: int


def blocks(body: str, titles: Collection[str] = ()) -> Iterator[Block]:
    """The lines of a text that hold something.

    Args:
        titles: Lines that are headings although no Markdown sign says so, as in originals.
    """
    for line in _LINE.finditer(body):
        words = line.group().strip()
        if not words:
            continue
        start = line.start() + line.group().index(words)
        sign = _HEADING.match(words)
        if sign:
            yield Block(start + sign.end(), start + len(words), len(sign.group(1)))
        else:
            yield Block(start, start + len(words), _TITLE_LEVEL if words in titles else 0)


def section_of(body: str, headings: Sequence[Block], place: int) -> str | None:
    """The heading above a place, None before the first."""
    above = [block for block in headings if block.start <= place]
    return body[above[-1].start : above[-1].end] if above else None


def render(body: str, marks: Sequence[Marked], titles: Collection[str] = (), at: int | None = None) -> str:
    """The text as HTML.

    Args:
        marks: In any order; where two overlap, the first keeps the characters that both claim.
        at: A place in the text; the number there gets the id `HERE`.
    """
    ordered = sorted(marks, key=lambda mark: (mark.start, mark.end))
    said, next_mark = [], 0
    for block in blocks(body, titles):
        pieces, done = [], block.start
        while next_mark < len(ordered) and ordered[next_mark].start < block.end:
            mark = ordered[next_mark]
            next_mark += 1
            start, end = max(mark.start, done), min(mark.end, block.end)
            if start < end:
                pieces += [html.escape(body[done:start]), _number(body[start:end], mark, at)]
                done = end
        pieces.append(html.escape(body[done : block.end]))
        tag = f"h{min(block.level + 1, 4)}" if block.level else "p"
        said.append(f"<{tag}>{''.join(pieces)}</{tag}>")
    return f'<div class="report" lang="zh">{"".join(said)}</div>'


def holds(marks: Sequence[Marked], at: int | None) -> bool:
    """Whether a number stands at that place."""
    return at is not None and any(mark.start <= at < mark.end for mark in marks)


def _number(words: str, mark: Marked, at: int | None) -> str:
    here = f' id="{HERE}"' if at is not None and mark.start <= at < mark.end else ""
    flag = " data-flagged" if mark.flagged else ""
    title = html.escape(mark.told)
    return f'<mark class="number number-{mark.kind}"{here}{flag} title="{title}">{html.escape(words)}</mark>'


def legend(items: Sequence[tuple[str, str, str, int]], total: str) -> str:
    """The key to the marks: (class, sample, label, count) each, and the sum in words."""
    rows = [
        f'<li><mark class="number number-{kind}">{html.escape(sample)}</mark> '
        f"{html.escape(label)} <b>{count:,}</b></li>"
        for kind, sample, label, count in items
    ]
    return f'<ul class="legend">{"".join(rows)}<li>{html.escape(total)}</li></ul>'
