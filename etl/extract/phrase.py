"""Ways to find a number's subject in its own clause. Each takes a view and the opened head and gives a subject or
None.
"""

from __future__ import annotations

import re

from etl.extract.limits import Head
from etl.extract.naming import Frame, Hit
from etl.extract.view import Span, Subject, View

# Cut to so much of a total: 压缩到法定时限的70%.
_REDUCED = re.compile(r"(?:压缩|缩短|压减|减少|降低|缩减)(?:到|至)\S{2,}$")
_DISTRIBUTED = re.compile(r"(?P<topic>.{2,}?)分别(?:为|是|达到|达|有|增长|提高|实现|完成)(?P<part>.+)$")
_CONTRIBUTION = re.compile(r"^(?P<who>.+?)(?:对|拉动).+贡献率?$")
_AMONG = re.compile(r"[当之]?中(?![心小国型医试高介等部外央级期])")
_AMONG_COUNTED = re.compile(r"(?P<among>[当之]?中(?![心小国型医试高介等部外央级期]))(?P<what>.{2,}?)的?$")
_MADE_OF = re.compile(r"(?:成)?(?:为|是|属于)(?=..)")
_EACH_OF_THEM = ("户均", "平均", "均", "共", "合计")
_LONG_NAME = 12
_WITHIN = ("中", "内", "里")
_CLAUSE = re.compile(r"[,;:。]")
_EVENTS = frozenset(("次", "轮次", "批次"))


def said(view: View, head: Head) -> Subject | None:
    """26家企业入驻孵化基地: an indicator said with a verb."""
    if view.measure != "level":
        return None
    found = view.tools.names.said(view.own, view.item.unit, view.measure, view.earlier, single=False)
    if found is None:
        return None
    frame, weight = found
    if view.tools.names.in_topic(
        view.phrase, view.item.unit, view.measure, view.earlier, view.says_nothing
    ) and not any(word in view.item.after for word in frame.groups[1]):
        return None  # 众创空间入驻团队310个、企业174家: the frame is made of the next number's words
    if _names_itself(view, frame):
        return None
    direct = view.name
    # A name right before the number says more than a verb around it, unless it is the shorter; it may hold the verb
    # itself.
    if direct and (len(direct.name) >= weight or any(word in direct.name for word in frame.groups[1])):
        return None
    scope = view.list_scope() or view.new_only(head) + _who(view, head, frame)
    if head.subset and view.spoken and view.last.at:
        scope += (view.last.at,)
    return Subject(head.text, frame.indicator, view.grade_around(head), scope, "said", 0.9, view.new_span(head))


def _names_itself(view: View, frame: Frame) -> bool:
    """22家众创空间共入驻企业86家: counted are the places, which stand right behind the number, before the verb."""
    after = view.item.after
    return len(frame.groups) > 2 and after.startswith(frame.groups[2])


def _who(view: View, head: Head, frame: Frame) -> tuple[Span, ...]:
    """Who is counted, where that limits what a verb says: 退役军人 who take part in training, 小微企业 that move in."""
    phrase = view.phrase.rstrip("中内里")
    verb = next((word for word in frame.groups[1] if word in phrase), None)
    begin, end = _bearer(view, head, frame, phrase, verb)
    found = _limiting(view, frame, begin, end)
    if not found and verb is not None:
        begin = view.item.before_start + head.start
        found = _where(view, frame, begin, view.item.before_start + phrase.index(verb))
    return found


def _bearer(view: View, head: Head, frame: Frame, phrase: str, verb: str | None) -> Span:
    """Bounds of the noun phrase that says who is counted."""
    item = view.item
    origin = item.before_start
    relative = phrase.rstrip("的").rfind("的") + 1
    if verb is None and phrase.endswith(frame.groups[0]):
        return origin + head.start, origin + len(phrase)
    if item.after and not view.follows_verb(item.after):
        found = view.tools.predicate.search(item.after, 1)
        end = found.start() if found else len(item.after)
        if item.after[:end] in frame.groups[0] and head.text and verb is None:
            return origin + head.start, origin + len(phrase)  # the place that has them
        return item.numeral.tail, item.numeral.tail + end
    if relative:
        return origin + relative, origin + len(phrase)
    if verb is None:
        return origin, origin
    place = phrase.index(verb)
    own = phrase[place + len(verb) :].strip("的").endswith(frame.groups[0])
    return (origin + place + len(verb), origin + len(phrase)) if own else (origin + head.start, origin + place)


def _limiting(view: View, frame: Frame, begin: int, end: int) -> tuple[Span, ...]:
    """What a noun phrase limits the frame's own nouns by; nothing where it is one of them."""
    opened = view.open(view.text[begin:end])
    if (
        not opened.text
        or opened.text in frame.groups[0]
        or any(word in opened.text for group in frame.groups[1:] for word in group)
    ):
        return ()
    had = view.tools.limits.had(opened.text)
    first, last = view.tools.limits.modifiers(opened.text[: had[0]] if had else opened.text)
    if opened.text[first:last] in frame.groups[0]:
        return ()
    begin += opened.start
    return ((begin + first, begin + last),) if last > first else ()


def _where(view: View, frame: Frame, begin: int, end: int) -> tuple[Span, ...]:
    """The place before the verb, where it has a name of its own: 甲商务服务平台入驻企业."""
    opened = view.open(view.text[begin:end])
    hit = view.named(opened.text, "level", "count")
    text = opened.text[: hit.start] if hit else opened.text
    first, last = view.tools.limits.modifiers(text)
    if text[first:last] in view.tools.names.bearers.get(frame.indicator, ()):
        return ()
    begin += opened.start
    return ((begin + first, begin + last),) if last - first > 2 else ()


def set_against(view: View, head: Head) -> Subject | None:
    """X占Y的N%: a ratio that is an indicator, else a share of the indicator that one of the two names."""
    if view.item.numeral.word.startswith(":"):
        return _structure(view, head)
    if view.item.unit not in ("percent", "percentage_point"):
        return None
    phrase, roles = view.phrase, view.item.peeled.roles
    alone = "share" in roles and not head.subset and "占" not in phrase
    if alone and (hit := view.named(phrase + "占比", "level")):
        return Subject(phrase, hit.indicator, None, view.limit(head.start, hit.start), "ratio", 0.95)
    if "share" in roles and "占" not in phrase and (topic := _share_of_topic(view, head)):
        return topic
    found = view.tools.names.ratio(phrase)
    if found is None and view.spoken and phrase.startswith(("占", "与", "相当于")):
        carried_over = view.tools.names.ratio(view.last.phrase + phrase)
        if carried_over is not None:
            return Subject(view.last.phrase, carried_over[0], None, (), "ratio", 0.9)
    if found is not None:
        return Subject(head.text, found[0], None, view.limit(head.start, found[1]), "ratio", 0.95)
    if _REDUCED.search(phrase):
        return Subject(phrase, None, None, (), "share", 0.8)
    cut = phrase.rfind("占")
    if cut < 0:
        return Subject(phrase, None, None, (), "unmapped", 0.8) if "proportion" in roles else None
    return _part_of_whole(view, head, cut)


def _share_of_topic(view: View, head: Head) -> Subject | None:
    """研发经费支出中,企业资金占近六成: the whole stands before the comma."""
    comma = view.item.clause[0] - 1
    before = view.text[max(view.start, comma - 40) : max(comma, 0)]
    if not before.endswith(_WITHIN) or view.text[comma] != ",":
        return None
    hit = view.named(_CLAUSE.split(before)[-1].rstrip("当之其中里内"), "share")
    if hit is None:
        return None
    tier = view.tier(head.text) if view.tools.limits.only_tier(head.text) else None
    scope = () if tier else view.limit(head.start, len(view.phrase))
    return Subject(view.phrase, hit.indicator, tier, scope, "share", 0.88)


def _part_of_whole(view: View, head: Head, cut: int) -> Subject | None:
    part, whole = view.phrase[:cut], view.phrase[cut + 1 :]
    of_part, of_whole = view.named(part, "share"), view.named(whole, "share")
    counted = of_part.indicator if of_part else view.last.indicator if view.spoken and view.says_nothing(part) else None
    ratio = view.tools.names.ratios.get((counted, of_whole.indicator)) if counted and of_whole else None
    if ratio:
        begin = of_part.start if of_part else len(part)
        return Subject(part or view.last.phrase, ratio, None, view.limit(head.start, begin), "ratio", 0.92)
    if of_part and of_whole and of_part.indicator == of_whole.indicator:
        return Subject(part, of_part.indicator, None, view.limit(head.start, cut), "share", 0.92)
    if of_part:
        return Subject(part, of_part.indicator, None, view.scope(head, of_part), "share", 0.9, at=view.at(of_part))
    if view.says_nothing(part) and view.spoken:
        if view.last.indicator or of_whole is None:
            return view.last._replace(rule="share" if view.last.indicator else "carried", confidence=0.88)
        bearer = (view.last.at,) if view.last.at else ()
        return Subject(view.last.phrase, of_whole.indicator, None, bearer, "share", 0.8)
    if of_whole:
        return Subject(part, of_whole.indicator, None, view.limit(head.start, cut), "share", 0.88)
    return None


def _structure(view: View, head: Head) -> Subject | None:
    """三次产业结构为7:40:53: the members of a ratio are shares of the sectors in their order."""
    before = view.text[view.start : view.item.numeral.start]
    indicator = view.tools.names.structure(before, int(view.item.numeral.word[1:] or 0))
    return Subject(head.text, indicator, None, (), "share", 0.9) if indicator else None


def distributed(view: View, head: Head) -> Subject | None:
    """存活率分别为内资企业95%: the property is named once, its bearers one after the other."""
    match = _DISTRIBUTED.search(view.phrase)
    hit = view.named(match["topic"]) if match else None
    if match is None or hit is None:
        return None
    return Subject(
        match["topic"], hit.indicator, None, view.limit(match.start("part"), match.end("part")), "distributed", 0.95
    )


def titled(view: View, head: Head) -> Subject | None:
    """3家企业获批市级企业技术中心: counted by the title that they were given."""
    if view.item.unit != "count" or view.measure != "level" or not view.item.after:
        return None
    match = view.tools.title.match(view.item.after)
    if match is None:
        return None
    title = match["title"].removesuffix("认定").removesuffix("称号").rstrip("”")
    hit = view.named(title)
    if hit is None or hit.end < len(title) - 1:
        return None
    return Subject(view.item.after, hit.indicator, view.tier(title), view.new_only(head), "titled", 0.85)


def granted(view: View, head: Head) -> Subject | None:
    """对新认定的省级众创空间,给予不超过30万元补助: whom a sum is given to says which sum it is."""
    item = view.item
    if item.unit != "yuan" or view.measure != "level":
        return None
    if view.tools.grants.search(view.text, *item.clause) is None:
        return None
    begin = max(view.start, item.numeral.start - 90)
    indicator, phrase = None, ""
    for whom in view.tools.granted_to.finditer(view.text, begin, item.numeral.start + 1):
        said_to = whom["whom"].rstrip("的, ")
        if found := view.tools.names.granted(said_to):
            indicator, phrase = found, said_to  # the nearest counts
    if indicator is None:
        return None
    opened = view.open(phrase)
    return Subject(phrase, indicator, _granted_tier(view, opened.text), (), "granted", 0.82)


def _granted_tier(view: View, phrase: str) -> str | None:
    """The tier of those who are given a sum; the n-th of several tiers for the n-th of several sums."""
    tiers = [part for part in phrase.split("、") if view.tools.limits.outright(part)]
    if len(tiers) > 1:
        place = sum(spoken.item.linked for spoken in view.spoken) if view.item.linked else 0
        run = [spoken for spoken in view.spoken if spoken.subjects[-1].rule == "granted"]
        place = len(run) if view.item.linked and len(run) < len(tiers) else place
        return view.tier(tiers[min(place, len(tiers) - 1)])
    return view.tier(phrase)


def counted_after(view: View, head: Head) -> Subject | None:
    """新增3名院士: what is counted follows the number."""
    item, after = view.item, view.item.after
    counted = item.unit in ("count", "person")
    if not after or item.unit not in ("count", "person", "yuan", "sqm", "") or view.measure not in ("level", "change"):
        return None
    if item.word in _EVENTS and view.tools.lexicon.opening.take_first(after):
        return None  # 16次调度: times that something was done
    if not counted and after.startswith("的"):
        if not _is_property(view, view.phrase):
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
    after = view.item.after
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


def led_by_verb(view: View, head: Head) -> Subject | None:
    """培训返乡农民工1260人次: the verb says what is counted, whoever they are."""
    indicator = view.tools.names.led.get(head.verbs[-1]) if head.verbs and head.text else None
    if head.text and view.later_in_list(head) and view.last.rule == "led_by_verb":
        indicator = view.last.indicator
    if indicator is None or view.measure != "level" or not view.fits(indicator):
        return None
    if view.name and view.name.indicator == indicator:
        return None  # named outright
    anybody = head.text in view.tools.names.bearers.get(indicator, ())
    scope = () if anybody else view.limit(head.start, len(view.phrase))
    return Subject(head.text, indicator, view.grade_around(head), scope, "led_by_verb", 0.88)


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
        return _share_within(view)
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


def _share_within(view: View) -> Subject | None:
    """科技计划项目中企业牵头占比, 研发经费中企业资金超八成, 在孵企业中近六成为...: a share of what stands before 中."""
    among = _AMONG.search(view.phrase)
    hit = view.named(view.phrase[: among.start()], "share") if among else None
    if among is None or hit is None:
        return None
    head = view.open(view.phrase)
    scope = view.scope(head, hit) + view.limit(among.end(), len(view.phrase))
    if among.end() == len(view.phrase):
        made_of = _MADE_OF.match(view.item.after)
        if made_of is None:
            return None
        scope += ((view.item.numeral.tail + made_of.end(), view.item.numeral.tail + len(view.item.after)),)
    return Subject(view.phrase, hit.indicator, view.grade(head, hit), scope, "share", 0.85, at=view.at(hit))


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


def said_in_topic(view: View, head: Head) -> Subject | None:
    """已补助20万 within 孵化: one verb that names an indicator only within its topic."""
    if view.measure != "level":
        return None
    found = view.tools.names.said(view.own, view.item.unit, view.measure, view.earlier, single=True)
    return (
        Subject(head.text, found[0].indicator, view.grade_around(head), view.new_only(head), "said_in_topic", 0.8)
        if found
        else None
    )


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
