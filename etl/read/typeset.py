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
from statistics import median, quantiles

_CLOSING = "，。、；：？！”’）》】」』％%,.;:?!)"
_ENDS = re.compile("[。！？；：]$")
_NUMBERED = re.compile(r"[第（(]?[一二三四五六七八九十]{1,3}[章节部、.）)]|[（(]?\d{1,2}[.、）)](?!\d)")
_OPENING = "（《“‘【「『〔〈([{"
_TOKEN = re.compile(rf"[{re.escape(_OPENING)}]*(?:[0-9A-Za-z\u00c0-\u024f.,%&/+—–~～-]+|.)?", re.S)
_DASHES = "[-—–―·~ ]*"
_PAGE_NUMBER = re.compile(rf"{_DASHES}(?:第? ?(\d{{1,4}}) ?页?)(?: ?[/／,，共] ?共? ?\d{{1,4}} ?页?)?{_DASHES}")
_EDGE = 0.12  # of the page's height, at its head and at its foot
_HEAD, _FOOT = 0.08, 0.05  # of the page's height: small print beyond is a running line, on a single page as well
_SMALLER, _LARGER = 0.9, 1.2  # times the usual size of characters
_SET_APART = 1.3  # times the usual distance of lines
_NEAR = 3.0  # points
_TOLERANCE = 0.8  # of a character: marks may not begin a line, so that one is taken down with them
_FEW = 3


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
    leading, usual = _leading(pages), _usual_size(pages)
    placed = list(_placed(pages))
    found: list[list[str]] = []
    for number, (page, line, column) in enumerate(placed):
        before = placed[number - 1] if number else None
        if before and (_goes_on(before, (page, line, column), leading) or _is_title(before[1], line, usual)):
            found[-1][-1:] = _seam(found[-1][-1], line.text)
        else:
            found.append([line.text])
    return ["".join(pieces) for pieces in found]


def joined(first: str, second: str) -> str:
    """Two lines of one paragraph as one: a blank between Latin words alone, a hyphen at the line's end left out."""
    return "".join(_seam(first, second))


def _seam(first: str, second: str) -> tuple[str, str]:
    if first.endswith(("\u00ad", "\u0002", "\ufffe")):
        return first[:-1], second
    before, after = first[-1:], second[:1]
    words = before.isascii() and after.isascii() and after.isalnum() and (before.isalnum() or before in ",;:.")
    if words and not (before.isdigit() and after.isdigit()) and not (before in ".," and after.isdigit()):
        return first, f" {second}"
    return first, second


def without_running_lines(pages: Sequence[Page]) -> list[Page]:
    """The pages without running heads and feet, which repeat in one place over several pages, and page numbers."""
    leading, usual = _leading(pages), _usual_size(pages)
    candidates = [_at_the_edges(page, leading, usual) for page in pages]
    repeated = Counter(key for lines in candidates for key in {_key(line) for line in lines})
    enough = max(2, len(pages) * 0.3)
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
            if repeated[_key(line)] >= enough
            or _is_page_number(line.text.strip(), place, numbers, len(pages))
            or (line.em < _SMALLER * usual and not _FOOT * page.height < line.base < (1 - _HEAD) * page.height)
        }
        kept.append(Page(tuple(line for line in page.lines if id(line) not in out), page.width, page.height))
    return kept


def _is_page_number(text: str, place: int, numbers: Counter[int], pages: int) -> bool:
    match = _PAGE_NUMBER.fullmatch(text)
    if not match:
        return False
    return not text.isdigit() or pages == 1 or numbers[int(match[1]) - place] > 1


def _at_the_edges(page: Page, leading: float, usual: float) -> list[Line]:
    """The lines at a page's head and foot that stand apart from its text or are smaller, two at most on either side."""
    order = sorted(page.lines, key=lambda line: line.base)
    found: list[Line] = []
    for lines in (order, order[::-1]):
        for count in (1, 2):
            outer, rest = lines[:count], lines[count:]
            if not rest or not all(_is_outside(line, page.height) for line in outer):
                break
            step = abs(rest[0].base - outer[-1].base)
            if step > _SET_APART * leading or step < _NEAR or outer[-1].em < _SMALLER * usual:
                found += [line for line in outer if line not in found]
    return found


def _is_outside(line: Line, height: float) -> bool:
    return not _EDGE * height < line.base < (1 - _EDGE) * height


def _key(line: Line) -> tuple[str, int]:
    """What repeats: the wording without its numbers, and the height on the page."""
    return re.sub(r"\d+|[ivxlc]+", "#", line.text), round(line.base / _NEAR)


def _usual_size(pages: Iterable[Page]) -> float:
    """The width of a character in most of the text, in points."""
    sizes = [line.em for page in pages for line in page.lines for _ in range(0, len(line.text), 10)]
    return median(sizes) if sizes else 10.0


def _leading(pages: Iterable[Page]) -> float:
    """The distance from line to line within a paragraph, in points: of all distances a small one, not the least."""
    steps = [
        above.base - below.base
        for page in pages
        for above, below in pairwise(page.lines)
        if 0 < above.base - below.base < 4 * above.em
    ]
    return quantiles(steps, n=10)[1] if len(steps) > 1 else 20.0


def _placed(pages: Sequence[Page]) -> Iterable[tuple[int, Line, _Column]]:
    """Each line with the number of its page and the column that it stands in."""
    sides = [[_side(line, gutter) for line in page.lines] for page in pages for gutter in (_gutter(page),)]
    groups: dict[tuple[int, str], list[Line]] = defaultdict(list)
    for number, page in enumerate(pages):
        for line, side in zip(page.lines, sides[number], strict=True):
            groups[number, side].append(line)
    begins: dict[str, Counter[int]] = defaultdict(Counter)
    for (_, side), lines in groups.items():
        begins[side].update(round(line.left) for line in lines)
    lefts = {key: _margin([line.left for line in lines], begins[key[1]]) for key, lines in groups.items()}
    widest: dict[str, float] = defaultdict(float)
    for (number, side), lines in groups.items():
        widest[side] = max(widest[side], _supported([_end(line) for line in lines]) - lefts[number, side])
    for number, page in enumerate(pages):
        for line, side in zip(page.lines, sides[number], strict=True):
            left = lefts[number, side]
            yield number, line, _Column(left, left + widest[side])


def _margin(lefts: list[float], begins: Counter[int]) -> float:
    """The left margin of a page's column: the farthest left that other lines of the document begin at, too."""
    shared = [left for left in lefts if sum(begins[round(left) + step] for step in (-1, 0, 1)) > 1]
    return min(shared or lefts)


def _supported(ends: list[float]) -> float:
    """The right margin: the farthest end that another line comes near to."""
    ends = sorted(ends, reverse=True)
    near = [end for end, following in pairwise(ends) if end - following < 12]
    return near[0] if near else ends[0]


def _end(line: Line) -> float:
    """Where a line's last character ends, a mark left out: marks may hang over the margin."""
    return line.right - line.em if line.text[-1:] in _CLOSING and line.text[-1:] > "\u2000" else line.right


def _gutter(page: Page) -> float | None:
    """The middle of the blank between two columns; None for a page of one."""
    found: list[tuple[int, float, float]] = []
    for hundredth in range(35, 66):
        place = page.width * hundredth / 100
        left = [line.base for line in page.lines if line.right <= place]
        right = [line.base for line in page.lines if line.left >= place]
        crossing = len(page.lines) - len(left) - len(right)
        beside = min(len(left), len(right)) >= _FEW and max(right) > median(left)  # and not a signature below
        if beside and crossing <= 0.2 * len(page.lines):
            found.append((crossing, abs(hundredth - 50), place))
    return min(found)[2] if found else None


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
    if following.left - next_column.left > 1.2 * following.em:
        return False
    return not (_ENDS.search(line.text) and _NUMBERED.match(following.text))


def _is_title(line: Line, following: Line, usual: float) -> bool:
    """Whether two lines are one title, set in larger letters and broken where it looks well."""
    return (
        min(line.em, following.em) > _LARGER * usual
        and abs(line.em - following.em) < 0.15 * line.em
        and 0 < line.base - following.base < 2.5 * line.em
        and not _NUMBERED.match(following.text)
    )


def _first_token(text: str) -> str:
    """What cannot be parted at the beginning of a line: a number or word or character, and marks that cling to it."""
    match = _TOKEN.match(text)
    token = match[0] if match else ""
    rest = text[len(token) :]
    return token + rest[: len(rest) - len(rest.lstrip(_CLOSING))]


def _width(token: str, em: float) -> float:
    return sum(0.55 * em if character.isascii() else em for character in token[:200])
