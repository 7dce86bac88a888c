"""A number as a table prints it, and the value that it stands for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

_WIDTH = str.maketrans(
    {
        **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
        **dict.fromkeys(map(ord, "−–—―‐‑‒﹣"), "-"),
        **dict.fromkeys(map(ord, "\u00a0\u2002\u2003\u2009\u202f\u3000\t"), " "),
        ord("〔"): "[",
        ord("〕"): "]",
    }
)
_MARK = r"(?:[①-⑳⑴-⒇*†‡§¹²³⁰⁴-⁹]|\[\d{1,2}\])+"
_NUMBER = re.compile(
    rf"(?P<before>{_MARK})? ?(?P<open>\()?(?P<sign>[-+]?) ?"
    r"(?P<whole>\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+|\d*)(?P<fraction>\.\d+)?(?P<unit>[%‰]?)"
    rf"(?P<close>\))? ?(?P<after>{_MARK})?"
)


_LONGEST = 60
"""Characters of a cell that may print a number."""


@dataclass(frozen=True, slots=True)
class Printed:
    """What a cell says.

    Attributes:
        value: The number, in the unit that the table is printed in.
        unit: `%` or `‰` where the cell itself prints it, else empty.
        marks: Footnote marks at the number (`①`, `*`, `[1]`), as printed.
    """

    value: Decimal
    unit: str
    marks: str


def half_width(text: str) -> str:
    """Full-width forms, dashes and blanks as their plain ones; one character for one."""
    return text.translate(_WIDTH)


def read_number(text: str) -> Printed | None:
    """The number that a cell prints; None where it is none.

    Thousands may be separated by commas or blanks, digits may be full-width; a number in brackets is negative.
    """
    if len(text) > _LONGEST:
        return None
    match = _NUMBER.fullmatch(half_width(text).strip())
    if not match or not (match["whole"] or match["fraction"]):
        return None
    if bool(match["open"]) != bool(match["close"]) or (match["open"] and match["sign"]):
        return None
    value = Decimal(match["whole"].replace(",", "").replace(" ", "") + (match["fraction"] or ""))
    negative = match["open"] or match["sign"] == "-"
    return Printed(-value if negative else value, match["unit"], (match["before"] or "") + (match["after"] or ""))
