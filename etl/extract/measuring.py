"""What a number comes to: its unit, its measure, its value as it goes into the figure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from etl.extract.lexicon import Lexicon, any_of
from etl.extract.model import Comparator, Measure
from etl.extract.naming import Names
from etl.extract.quantity import moves, says_rate
from etl.extract.statement import Item
from etl.extract.view import Spoken, Subject, Tools
from indicators.catalog import Indicator

_PAPERS = frozenset(("条", "项", "个", "份", "件", "类"))
# 保持30%以上增长: the noun after the number says what it is.
_GROWING = re.compile(r"的?(?:年均)?(?:增长|增速|增幅)")
# 增速高于各项贷款8.3个百分点: the distance to something else, no change in time.
_AHEAD_OF = re.compile(r"(?:高于|低于|快于|慢于|高出|领先于?)[^,。;、]{2,10}$")
_STEPS = ("台阶", "大关", "千亿", "万亿", "百亿", "关口")
_PER_PERSON, _PER_10K = "人均", "每万人"


class Sized(NamedTuple):
    """A number as a quantity."""

    measure: Measure
    value: Decimal
    unit: str


class Measuring:
    """Reads measures and units. Compiled once; holds no state."""

    def __init__(self, names: Names, tools: Tools, lexicon: Lexicon, indicators: Mapping[str, Indicator]) -> None:
        words = lexicon.words
        self._names, self._tools, self._indicators = names, tools, indicators
        self._index_heads = tuple(words["index_heads"])
        self._unitless = {unit: tuple(heads) for unit, heads in words["unitless"].items()}
        self._measure_heads = tuple(lexicon.numbers["measure_heads"])
        self._issues = any_of(words["issues"])
        self._people = self._unitless["person"]
        self._most = any_of(words["at_most"])
        self._bounds = tuple(word for word in words["before"]["ge"] if len(word) > 1)

    def settle_unit(self, item: Item) -> None:
        """Give a number without unit the one that its head implies."""
        if item.word == "位" and ("up" in item.peeled.roles or "down" in item.peeled.roles):
            item.unit = "rank"  # 居全国第11位、前进1位
        if item.unit or item.numeral.unit:
            return
        head = item.peeled.head
        if item.numeral.bare:
            item.unit = "index" if head.endswith(self._index_heads) else "rank" if "rank" in item.peeled.roles else ""
            return
        ending = head[-12:]
        found = next((unit for unit, heads in self._unitless.items() if any(w in ending for w in heads)), None)
        if found is None and any(word in item.after[:8] for word in self._people):
            found = "person"  # 6600多万纳税人
        item.unit = found or "count"

    def refusal(self, item: Item) -> str | None:
        """Why a number turns out to be no figure in its sentence, or None."""
        if item.numeral.bare and not item.unit:
            return "no_unit"
        roles = item.peeled.roles
        climbs = item.numeral.unit == "person"
        if (
            item.unit == "rank"
            and not climbs
            and "rank" not in roles
            and "arena" not in roles
            and not self._tools.ranks(item.before)
        ):
            return "ordinal"
        if item.word == "条" and not item.after and self._issues.search(item.before):
            return "measures"  # 出台促进民营经济发展28条
        set_task = roles.get("be") in ("是", "为")  # 任务是60件 sets a number, 落实任务60件 counts tasks
        if (
            item.unit == "count"
            and item.word in _PAPERS
            and not set_task
            and item.peeled.head.endswith(self._measure_heads)
        ):
            return "measures"
        return None

    def sized(self, item: Item, spoken: Sequence[Spoken]) -> Sized:
        """Measure, value and unit as the words around a number make them."""
        previous = spoken[-1] if spoken else None
        if item.unit == "rank":
            climbed = moves(item.peeled) if item.numeral.unit == "person" else 0
            return (
                Sized("change", item.numeral.value * climbed, "rank")
                if climbed
                else Sized("rank", item.numeral.value, "rank")
            )
        if item.word == "番":
            return Sized("growth", item.numeral.value, item.unit)
        if item.unit == "percentage_point":
            return _points(item, previous)
        if item.unit in ("percent", "times"):
            return _relative(item, previous)
        if item.linked and previous and previous.measure == "change" and previous.item.unit == item.unit:
            return Sized("change", item.numeral.value * _sign(previous), item.unit)  # 分别增加1642户、318户
        move, peeled = moves(item.peeled), item.peeled
        same = previous is not None and previous.item.unit == item.unit
        if move and "reach" not in peeled.roles and ("compared" in peeled.roles or peeled.head or same):
            return Sized("change", item.numeral.value * move, item.unit)
        return Sized("level", item.numeral.value, item.unit)

    def settled(self, item: Item, subject: Subject, sized: Sized) -> tuple[Sized, str | None]:
        """(quantity, indicator) once the subject is known: shares that are levels, cuts, units made finer."""
        measure, value, indicator = sized.measure, sized.value, subject.indicator
        verbs = self._names.cuts.get(indicator or "")
        if verbs is not None and measure == "growth" and "down" in item.peeled.roles:
            measure, value = "level", abs(value)  # 审批时限压缩70%: the cut itself is what is measured
        elif verbs is not None and measure == "level" and not any(verb in item.before for verb in verbs):
            indicator = None
        if measure == "level" and subject.rule == "share" and sized.unit == "percent":
            measure = "share"
        elif (
            measure == "share" and subject.rule != "share" and (indicator is None or self._is_ratio(subject, indicator))
        ):
            measure = "level"
        return Sized(measure, value, self._refined(item, indicator, measure, sized.unit)), indicator

    def _is_ratio(self, subject: Subject, indicator: str) -> bool:
        """True where the indicator is the share itself."""
        return subject.rule == "ratio" or self._indicators[indicator].unit == "percent"

    def _refined(self, item: Item, indicator: str | None, measure: Measure, unit: str) -> str:
        """The unit as the indicator or the head makes it finer: yuan for each person, pieces for each 10,000 people."""
        if measure not in ("level", "change") or unit in ("percentage_point", "rank"):
            return unit
        if unit == "percent" and indicator is not None and self._indicators[indicator].unit == "index":
            return unit  # 综合科技创新水平指数58.6%, as it is printed
        if indicator is not None:
            return self._indicators[indicator].unit if self._names.fits(indicator, unit, "level") else unit
        if unit == "yuan" and _PER_PERSON in item.before:
            return "yuan_per_person"
        if unit == "count" and _PER_10K in item.before:
            return "per_10k"
        return unit

    def comparator(self, item: Item, subject: Subject) -> Comparator:
        """On which side of the printed number the figure lies; words after the number count before words in front."""
        numeral, roles = item.numeral, item.peeled.roles
        found = numeral.comparator
        if item.after.startswith(_STEPS, 0, 8) and item.word == "个":
            return "eq"  # 跨越两个台阶, 跨过两个千亿元大关: the verb takes the steps, it does not bound them
        if found == "eq":
            found = next((role for role in ("ge", "le", "approx") if role in roles), "eq")
        if found == "eq" and (item.before.endswith("内") or self._most.search(item.before)):
            return "le"
        if found == "eq" and roles.get("share", "").endswith(("超过", "超")):
            return "ge"
        if found == "eq" and roles.get("share", "").startswith("约"):
            return "approx"
        if found == "eq" and subject.rule in ("ratio", "share") and any(word in item.before for word in self._bounds):
            return "ge"
        return _COMPARATORS[found]


_COMPARATORS: Mapping[str, Comparator] = {"eq": "eq", "ge": "ge", "le": "le", "approx": "approx"}


def _points(item: Item, previous: Spoken | None) -> Sized:
    """Percentage points: a change in time, or the distance to another place."""
    roles, value = item.peeled.roles, item.numeral.value
    if item.linked and previous is not None and "gap" in previous.item.peeled.roles:
        roles.setdefault("gap", "")
    if "gap" in roles or _AHEAD_OF.search(item.before):
        return Sized("level", value, item.unit)
    sign = moves(item.peeled) or (_sign(previous) if item.linked and previous else 1)
    return Sized("change", value * sign, item.unit)


def _relative(item: Item, previous: Spoken | None) -> Sized:
    """Percent and times: a growth, a share, or a level that is a ratio."""
    value, unit, peeled = item.numeral.value, item.unit, item.peeled
    move, rate = moves(peeled), says_rate(peeled)
    follows = previous if previous and previous.item.unit == unit and (item.linked or not peeled.head) else None
    if unit == "times":
        grows = move or rate or (previous is not None and previous.measure == "growth" and (item.linked or follows))
        return Sized("growth", value * 100, "percent") if grows else Sized("level", value, unit)
    if item.linked and previous is not None and previous.measure in ("growth", "share"):
        return Sized(previous.measure, value * (_sign(previous) if previous.measure == "growth" else 1), unit)
    if move or rate or value < 0 or _GROWING.match(item.after):
        return Sized("growth", value * (move or 1), unit)
    if "reach" in peeled.roles and follows is not None and "from" in follows.item.peeled.roles:
        return Sized(follows.measure, value, unit)
    kept = peeled.roles.get("reach", "").startswith(("保持", "稳定", "维持")) and not peeled.head
    if kept and follows is not None and follows.measure == "growth":
        return Sized("growth", value, unit)  # 增长8.6%,连续10个季度保持在8%以上
    moved = previous if previous and previous.item.unit == "percentage_point" and not peeled.head else None
    if moved is not None and "share" in moved.item.peeled.roles:
        return Sized("share", value, unit)  # 占比提升1.6个百分点至76.3%
    return Sized("share" if "share" in peeled.roles else "level", value, unit)


def _sign(spoken: Spoken) -> int:
    return moves(spoken.item.peeled) or 1
