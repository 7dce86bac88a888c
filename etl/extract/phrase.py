"""Ways to find a number's subject in its own clause. Each takes a view and the opened head and gives a subject or
None.
"""

from __future__ import annotations

import re

from etl.extract.limits import Head
from etl.extract.naming import Hit
from etl.extract.ratios import share_within
from etl.extract.view import Subject, View

# Cut to so much of a total: 压缩到法定时限的70%.
_DISTRIBUTED = re.compile(r"(?P<topic>.{2,}?)分别(?:为|是|达到|达|有|增长|提高|实现|完成)(?P<part>.+)$")
_CONTRIBUTION = re.compile(r"^(?P<who>.+?)(?:对|拉动).+贡献率?$")
_AMONG_COUNTED = re.compile(r"(?P<among>[当之]?中(?![心小国型医试高介等部外央级期]))(?P<what>.{2,}?)的?$")
_EACH_OF_THEM = ("户均", "平均", "均", "共", "合计")
_LONG_NAME = 12
_EVENTS = frozenset(("次", "轮次", "批次"))


def distributed(view: View, head: Head) -> Subject | None:
    """存活率分别为内资企业95%: the property is named once, its bearers one after the other."""
    match = _DISTRIBUTED.search(view.phrase)
    hit = view.named(match["topic"]) if match else None
    if match is None or hit is None:
        return None
    return Subject(
        match["topic"], hit.indicator, None, view.limit(match.start("part"), match.end("part")), "distributed", 0.95
    )


def counted_after(view: View, head: Head) -> Subject | None:
    """新增3名院士: what is counted follows the number."""
    item, after = view.item, view.item.after
    counted = item.unit in ("count", "person")
    if not after or item.unit not in ("count", "person", "yuan", "sqm", "") or view.measure not in ("level", "change"):
        return None
    if item.word in _EVENTS and view.tools.lexicon.opening.take_first(after):
        return None  # 16次调度: times that something was done
    if not counted and after.startswith("的"):
        if not _is_property(view, view.phrase) and not view.says_nothing(view.phrase):
            return None
        after = after[1:]
    verb = view.follows_verb(after)
    hit, end = _noun_phrase(view, after, verb)
    if not counted and head.text and not item.after.startswith("的") and not (hit and hit.end == end and not view.name):
        return None  # 设立2亿元科技创新基金 may have a doer before it
    if hit is None and counted:
        hit = view.tools.names.in_topic(after[:end], item.unit, view.measure, view.earlier, view.says_nothing)
    if hit is None and (not counted or (not item.peeled.order and view.name)):
        return None
    if verb and hit is None:
        relative = after.rfind("的")
        if relative < 0 or relative == len(after) - 1 or head.text or head.subset:
            return None
        end = len(after)
    return _counted(view, head, after, end, hit)


def share_of_what_follows(view: View, head: Head) -> Subject | None:
    """集聚了全省42%的高新技术企业: a share of what follows the number."""
    after = view.item.after.rstrip("和及与")
    if view.item.unit != "percent" or view.measure != "level" or not after.startswith("的"):
        return None
    hit, _ = _noun_phrase(view, after[1:], False)
    hit = hit if hit and view.named(after[1 : 1 + hit.end], "share") else view.named(after[1:], "share")
    if hit is None or hit.start > 8:
        return None
    return Subject(
        after[1:], hit.indicator, view.tier(after[1:]), view.limit(head.start, len(view.phrase)), "share", 0.82
    )


def _counted(view: View, head: Head, after: str, end: int, hit: Hit | None) -> Subject:
    origin = view.item.numeral.tail + len(view.item.after) - len(after)
    grade = view.tier(after[:end], hit.start if hit else None) or view.grade_around(head)
    scope = view.list_scope() or view.new_only(head)
    if hit and hit.topic:
        scope += view.topic_scope(hit)
    elif hit:
        first, last = view.tools.limits.modifiers(after[: hit.end if hit.narrow else hit.start])
        scope += ((origin + first, origin + last),) if last > first else ()
    return Subject(
        after[:end], hit.indicator if hit else None, grade, scope, "counted_after", 0.84 if hit else 0.78,
        view.new_span(head), view.at(hit, origin) if hit else None,
    )  # fmt: skip


def _is_property(view: View, phrase: str) -> bool:
    """设立首期规模, 总投资 or nothing at all: words that leave open what they are a property of."""
    return not phrase or (phrase.endswith(tuple(view.tools.attributes)) and view.name is None)


def _noun_phrase(view: View, after: str, verb: bool) -> tuple[Hit | None, int]:
    """The noun phrase at the start of what follows a number: the shortest that names an indicator, ended by a verb
    or delimiter.
    """
    found = [match for match in view.tools.predicate.finditer(after) if match.start() > 0]
    ends = [match.start() for match in found]
    verbs = [match.start() for match in found if match.group() not in view.tools.nominal]
    for end in [*ends, len(after)]:
        hit = view.named(after[:end])
        # Past a verb the phrase goes on only as a relative clause (获得认定的企业), or with a verb that is in the name.
        past_verb = verb or any(place < (hit.start if hit else 0) for place in verbs)
        if hit and (not past_verb or hit.start == 0 or "的" in after[: hit.start + 1]):
            return hit, end
    for end in range(
        min(len(after) - 1, _LONG_NAME), 1, -1
    ):  # 百余名科技特派员深入田间: a verb that no list of predicates has
        goes_on = view.begins_deed(after[end:]) or after.startswith(_EACH_OF_THEM, end)
        hit = view.named(after[:end]) if goes_on else None
        if hit and hit.start == 0 and hit.end == end:
            return hit, end
    return None, (ends[0] if ends else len(after))


def named_before(view: View, head: Head) -> Subject | None:
    """The noun phrase before the number names an indicator by its end."""
    phrase = view.phrase
    # The share of something in a whole may move by points: 民间投资占比提高2.2个百分点.
    moved_share = view.measure == "change" and "share" in view.item.peeled.roles
    hit = (view.named(phrase + "占比") or view.named(phrase, "share")) if moved_share else view.name
    if hit is None and (added := view.tools.added.search(phrase)):
        return _added(view, head, added.start())
    if hit is None and (done := view.tools.recognised.search(phrase)):
        hit = view.named(phrase[: done.start()])  # 科技型中小企业备案3260家
    if (
        hit is None
        and "中" in phrase
        and view.item.unit in ("count", "person")
        and (among := _AMONG_COUNTED.search(phrase))
    ):
        return _among_counted(view, head, among)
    if hit is None and view.item.word and phrase.endswith(view.item.word):
        hit = view.named(phrase[: -len(view.item.word)])  # a slip of the pen: 实验室家3家
    if hit is None and "中" in phrase and view.item.unit == "percent" and view.measure in ("share", "level"):
        return share_within(view)
    if hit is None:
        return _joint_list(view, head)
    grade = view.grade(head, hit)
    if grade is None and view.item.bracket and view.spoken and view.last.indicator == hit.indicator:
        grade = view.last.grade  # 国家级62家(含重点18家)
    return Subject(
        phrase,
        hit.indicator,
        grade,
        view.scope(head, hit),
        "named_before",
        0.95,
        view.new_span(head),
        view.at(hit),
    )


def _among_counted(view: View, head: Head, among: re.Match[str]) -> Subject | None:
    """规上工业企业中有研发活动的达到46家: some of what stands before 中."""
    hit = view.named(view.phrase[: among.start()])
    if hit is None:
        return None
    scope = view.scope(head, hit) + view.limit(among.end("among"), among.end("what"))
    return Subject(view.phrase, hit.indicator, view.grade(head, hit), scope, "named_before", 0.88, at=view.at(hit))


def _added(view: View, head: Head, cut: int) -> Subject | None:
    """两院院士新增5位: the word for something new stands after the noun."""
    hit = view.named(view.phrase[:cut])
    if hit is None:
        return None
    span = (view.item.before_start + cut, view.item.before_start + len(view.phrase))
    scope = (span, *view.limit(head.start, hit.end if hit.narrow else hit.start))
    return Subject(
        view.phrase[:cut], hit.indicator, view.grade(head, hit), scope, "named_before", 0.92, at=view.at(hit)
    )


def _joint_list(view: View, head: Head) -> Subject | None:
    """众创空间、创业咖啡等10家: one total of several things, of which one kind names an indicator."""
    phrase = view.phrase
    if not phrase.endswith("等") or "、" not in phrase:
        return None
    hits = [hit for part in phrase.rstrip("等").split("、") if (hit := view.named(part))]
    if len({hit.indicator for hit in hits}) != 1:
        return None
    return Subject(
        phrase, hits[0].indicator, view.grade(head, None), view.new_only(head), "joint_list", 0.85, view.new_span(head)
    )


def within_topic(view: View, head: Head) -> Subject | None:
    """入驻企业: a head that names an indicator only within the topic named last."""
    hit = view.tools.names.in_topic(view.phrase, view.item.unit, view.measure, view.earlier, view.says_nothing)
    if hit is None:
        return None
    grade = view.grade(head, None)
    if grade is None and not head.text and view.spoken and view.spoken[-1].item.unit == view.item.unit:
        grade = view.last.grade
    scope = view.new_only(head) + view.topic_scope(hit)
    return Subject(head.text, hit.indicator, grade, scope, "within_topic", 0.88, view.new_span(head), view.at(hit))


def unmapped(view: View, head: Head) -> Subject:
    """A figure that fits no indicator: what limits it is kept, what is counted is no scope."""
    scope = view.list_scope() or view.new_only(head)
    if match := _CONTRIBUTION.match(view.phrase):
        scope += view.limit(match.start("who"), match.end("who"))
    elif view.measure == "rank" and head.text:  # what is ranked is all that tells one rank from another
        scope += view.limit(head.start, len(view.phrase.rstrip("的")))
    begin, end = view.item.before_start + head.start, view.item.before_start + len(view.phrase)
    at = (begin, end) if head.text else None
    return Subject(head.text, None, view.grade_around(head), scope, "unmapped", 0.8, view.new_span(head), at)


def applied_for(view: View, head: Head, found: Subject) -> Subject:
    """申报 is not yet 认定: counted as applications where there is an indicator of them, else without indicator."""
    if found.rule == "said" or view.item.unit not in ("count", "person"):
        return found
    begin, end = view.item.reach
    before, after = view.text[begin : view.item.numeral.start], view.item.after
    word = next((w for w in view.tools.applied if w in before or w in after), None)
    if word is None and not (view.later_in_list(head) and view.last.rule == "applied_for"):
        return found
    if found.indicator in view.tools.names.applications.values():
        return found
    if found.indicator is None and (found.scope or word is None):
        return found
    other = view.tools.names.applications.get(found.indicator or "")
    if other:
        return found._replace(indicator=other, rule="applied_for")
    place = view.text.find(word, begin, end) if word else -1
    return found._replace(
        indicator=None, scope=((place, place + len(word)),) if word and place >= 0 else (), rule="applied_for"
    )
