"""Lines of print to paragraphs: what a pdf holds is ink in places, and a paragraph is a matter of where lines end.

A line that runs to the right margin goes on in the next line, unless that one is indented, set apart or set larger.
Lines that stand at the head or foot of several pages, and page numbers, are no part of the text.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

_CLOSING = "，。、；：？！”’）》】」』％%,.;:?!)"
_ENDS = re.compile("[。！？；：]$")
_NUMBERED = re.compile(r"[第（(]?[一二三四五六七八九十]{1,3}[章节部、.）)]|[（(]?\d{1,2}[.、）)](?!\d)")
_TOKEN = re.compile(r"[0-9A-Za-z.,%&/+-]+|.", re.S)
_DASHES = "[-—–―·~ ]*"
_PAGE_NUMBER = re.compile(rf"{_DASHES}(?:第? ?(\d{{1,4}}) ?页?)(?: ?[/／,，共] ?共? ?\d{{1,4}} ?页?)?{_DASHES}")
_EDGE = 0.12  # of the page's height, at its head and at its foot
_SET_APART = 1.3  # times the usual distance of lines
_NEAR = 3.0  # points
_TOLERANCE = 0.8  # of a character: marks may not begin a line, so that one is taken down with them
_FEW = 6


@dataclass(frozen=True, slots=True)
class Line:
    """A line of print: its text; in points its left and right end, its baseline from below, a character's width."""

    text: str
    left: float
    right: float
    base: float
    em: float


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of a page in the order in which they are to be read, and its size in points."""

    lines: tuple[Line, ...]
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class _Column:
    """Where the text of a page, or of one of its two columns, begins and ends."""

    left: float
    right: float


def paragraphs(pages: Sequence[Page]) -> list[str]:
    """The text of the pages, one paragraph in each string. Linear in the number of lines."""
    pages = without_running_lines(pages)
    leading = _leading(pages)
    placed = list(_placed(pages))
    found: list[str] = []
    for number, (page, line, column) in enumerate(placed):
        if number and _goes_on(placed[number - 1], (page, line, column), leading):
            found[-1] = joined(found[-1], line.text)
        else:
            found.append(line.text)
    return found


def joined(first: str, second: str) -> str:
    """Two lines of one paragraph as one: a blank between Latin words alone, a hyphen at the line's end left out."""
    if first.endswith(("\u00ad", "\u0002", "\ufffe")):
        return first[:-1] + second
    before, after = first[-1:], second[:1]
    words = before.isascii() and after.isascii() and after.isalnum() and (before.isalnum() or before in ",;:.")
    if words and not (before.isdigit() and after.isdigit()) and not (before in ".," and after.isdigit()):
        return f"{first} {second}"
    return first + second


def without_running_lines(pages: Sequence[Page]) -> list[Page]:
    """The pages without running heads and feet, which repeat in one place over several pages, and page numbers."""
    leading = _leading(pages)
    candidates = [_at_the_edges(page, leading) for page in pages]
    repeated = Counter(key for lines in candidates for key in {_key(line) for line in lines})
    enough = 2 if len(pages) < _FEW else max(3, len(pages) * 0.3)
    numbers = Counter(
        int(match[1]) - place
        for place, lines in enumerate(candidates)
        for line in lines
        if (match := _PAGE_NUMBER.fullmatch(line.text.strip()))
    )
    kept: list[Page] = []
    for place, (page, lines) in enumerate(zip(pages, candidates, strict=True)):
        out = {
            id(line)
            for line in lines
            if repeated[_key(line)] >= enough or _is_page_number(line.text.strip(), place, numbers, len(pages))
        }
        kept.append(Page(tuple(line for line in page.lines if id(line) not in out), page.width, page.height))
    return kept


def _is_page_number(text: str, place: int, numbers: Counter[int], pages: int) -> bool:
    match = _PAGE_NUMBER.fullmatch(text)
    if not match:
        return False
    return not text.isdigit() or pages == 1 or numbers[int(match[1]) - place] > 1


def _at_the_edges(page: Page, leading: float) -> list[Line]:
    """The lines at a page's head and foot that stand apart from its text, two at most on either side."""
    order = sorted(page.lines, key=lambda line: line.base)
    found: list[Line] = []
    for lines in (order, order[::-1]):
        for count in (1, 2):
            outer, rest = lines[:count], lines[count:]
            if not rest or not all(_is_outside(line, page.height) for line in outer):
                break
            if abs(rest[0].base - outer[-1].base) > _SET_APART * leading or abs(rest[0].base - outer[-1].base) < _NEAR:
                found += [line for line in outer if line not in found]
    return found


def _is_outside(line: Line, height: float) -> bool:
    return not _EDGE * height < line.base < (1 - _EDGE) * height


def _key(line: Line) -> tuple[str, int]:
    """What repeats: the wording without its numbers, and the height on the page."""
    return re.sub(r"\d+|[ivxlc]+", "#", line.text), round(line.base / _NEAR)


def _leading(pages: Iterable[Page]) -> float:
    """The usual distance from line to line, in points."""
    steps = [
        above.base - below.base
        for page in pages
        for above, below in pairwise(page.lines)
        if 0 < above.base - below.base < 4 * above.em
    ]
    return median(steps) if steps else 20.0


def _placed(pages: Sequence[Page]) -> Iterable[tuple[int, Line, _Column]]:
    """Each line with the number of its page and the column that it stands in."""
    sides = [[_side(line, gutter) for line in page.lines] for page in pages for gutter in (_gutter(page),)]
    groups: dict[tuple[int, str], list[Line]] = defaultdict(list)
    for number, page in enumerate(pages):
        for line, side in zip(page.lines, sides[number], strict=True):
            groups[number, side].append(line)
    widest: dict[str, float] = defaultdict(float)
    for (_, side), lines in groups.items():
        widest[side] = max(widest[side], _supported([line.right for line in lines]) - min(line.left for line in lines))
    for number, page in enumerate(pages):
        for line, side in zip(page.lines, sides[number], strict=True):
            left = min(other.left for other in groups[number, side]) if side else 0.0
            yield number, line, _Column(left, left + widest[side])


def _supported(ends: list[float]) -> float:
    """The right margin: the farthest end that another line comes near to."""
    ends = sorted(ends, reverse=True)
    near = [end for end, following in pairwise(ends) if end - following < 12]
    return near[0] if near else ends[0]


def _gutter(page: Page) -> float | None:
    """The middle of the blank between two columns; None for a page of one."""
    middle = [line for line in page.lines if line.left < 0.7 * page.width and line.right > 0.3 * page.width]
    for tenth in range(35, 66):
        place = page.width * tenth / 100
        left = sum(line.right <= place for line in page.lines)
        right = sum(line.left >= place for line in page.lines)
        crossing = len(page.lines) - left - right
        if middle and min(left, right) >= _FEW and crossing <= 0.2 * len(page.lines):
            return place
    return None


def _side(line: Line, gutter: float | None) -> str:
    if gutter is None:
        return "whole"
    return "left" if line.right <= gutter else "right" if line.left >= gutter else "whole"


def _goes_on(first: tuple[int, Line, _Column], second: tuple[int, Line, _Column], leading: float) -> bool:
    """Whether the second line continues the first one's paragraph."""
    (page, line, column), (next_page, following, next_column) = first, second
    token = _first_token(following.text)
    room = column.right - line.right
    if room > _width(token, following.em) + _TOLERANCE * line.em or abs(following.em - line.em) > 0.15 * line.em:
        return False
    if page == next_page and column == next_column and line.base - following.base > _SET_APART * leading:
        return False
    ended = _ENDS.search(line.text) is not None
    if following.left - next_column.left > 1.2 * following.em:
        return not ended and abs(following.left - line.left) < 0.5 * line.em and page == next_page
    return not (ended and _NUMBERED.match(following.text))


def _first_token(text: str) -> str:
    """What cannot be parted at the beginning of a line: a number or word or character, and marks that cling to it."""
    match = _TOKEN.match(text)
    token = match[0] if match else ""
    rest = text[len(token) :]
    return token + rest[: len(rest) - len(rest.lstrip(_CLOSING))]


def _width(token: str, em: float) -> float:
    return sum(0.55 * em if character.isascii() else em for character in token[:200])
