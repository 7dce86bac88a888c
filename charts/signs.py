"""The signs before a number: ≥, ≤ or ≈ where a source prints a value so, + before a rise."""

from __future__ import annotations

from indicators.labels import text


def comparator_sign(comparator: str, lang: str) -> str:
    """The sign of a comparator and a space; nothing before a value that is printed as itself."""
    return "" if comparator == "eq" else text(f"charts.comparator_{comparator}", lang) + " "


def plus(change: float) -> str:
    """+ before a rise. A fall has the minus of its number, and no change has no sign."""
    return "+" if change > 0 else ""
