"""What kind of quantity a number is: an amount, a growth, a change, a share or a rank."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from etl.extract.lexicon import Lexicon
from etl.extract.numerals import HAN, parse_han

_RUNNING = re.compile(r"(?:已)?连续(?:\d{1,2}|[两三四五六七八九十]{1,2})(?:多)?年$")
_SPAN = re.compile(r"(?:近|过去|这|仅用)?(\d{1,2}|[两三四五六七八九十])年(?:来|间|内|时间)?$")
_DATED = re.compile(r"(?:19|20)\d\d年(?:末|底|度|初)?$")
_NET = re.compile(r"(?P<each>分别|依次)?(?:净增加?|净减少?|新增|增多)$")
_RATE = re.compile(r"(?:增速|增幅|增长率|增长速度|增长幅度|降幅|减幅|涨幅)(?:为|达|达到)?$")


class Peel(NamedTuple):
    """The words directly before a number, sorted out.

    Attributes:
        head: What is left of the phrase: what the number is said of.
        roles: Role -> the word that plays it, of the words taken off; the one nearest to the number where several do.
        order: The roles, the nearest to the number first.
        base_year: The year that the phrase compares with, 0 for `the year before`.
        span: Years over which it says that the change came about (3年翻一番).
    """

    head: str
    roles: dict[str, str]
    order: tuple[str, ...]
    base_year: int | None = None
    span: int | None = None


def peel(phrase: str, lexicon: Lexicon) -> Peel:
    """Take function words off the end of what stands before a number."""
    roles: dict[str, str] = {}
    order: list[str] = []
    base_year: int | None = None
    span: int | None = None
    ends = lexicon.before
    while phrase:
        if phrase[-1] in " -":
            phrase = phrase[:-1]
            continue
        if phrase[-1] in "年期末底比初度间限来有的," and (match := lexicon.compared.search(phrase)):
            base_year = _plan_end(match["plan"]) if match["plan"] else int(match["year"] or 0)
            roles.setdefault("compared", match.group())
            order.append("compared")
            phrase = phrase[: match.start()]
            continue
        if phrase[-1] in "年末底度初" and (match := _DATED.search(phrase)):
            roles.setdefault("dated", match.group())
            phrase = phrase[: match.start()]
            continue
        if phrase[-1] == "年" and (match := _RUNNING.search(phrase)):
            phrase = phrase[: match.start()]
            continue
        if phrase[-1] in "年来间内" and (match := _SPAN.search(phrase)):
            years = parse_han(match[1]) if match[1][0] in HAN else Decimal(match[1])
            span = int(years) if years else None
            phrase = phrase[: match.start()]
            continue
        if phrase[-1] in "增加减少多" and (net := _NET.search(phrase)) and _since(phrase[: net.start()], lexicon):
            if net["each"]:
                roles.setdefault("respectively", net["each"])
            roles.setdefault("down" if "减" in net.group() else "up", net.group())  # 较年初净增3420户
            order.append("up" if "up" in roles else "down")
            phrase = phrase[: net.start()]
            continue
        taken = ends.take_last(phrase)
        if taken is None:
            break
        role, word = taken
        roles.setdefault(role, word)
        order.append(role)
        phrase = phrase[: len(phrase) - len(word)]
    return Peel(phrase, roles, tuple(order), base_year, span)


def _since(phrase: str, lexicon: Lexicon) -> bool:
    """True where a phrase ends by saying with what time it compares."""
    return phrase.endswith(("同比", "环比")) or lexicon.compared.search(phrase) is not None


def _plan_end(number: str) -> int:
    """The last year of a five-year plan by its number past ten: 十三五 ended in 2020."""
    return 2005 + 5 * int(parse_han(number) or 0)


def moves(peeled: Peel) -> int:
    """1 where the words say a rise, -1 a fall, 0 where the number is where the quantity stands."""
    for role in peeled.order:
        if role == "up":
            return 1
        if role == "down":
            return -1
        if role in ("reach", "share", "rank", "gap") and not says_rate(peeled):
            return 0
    return 0


def says_rate(peeled: Peel) -> bool:
    """True where a rate of growth is named as a noun: 增速达到6%."""
    return any(_RATE.search(word) for word in peeled.roles.values())
