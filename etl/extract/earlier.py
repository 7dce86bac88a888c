"""Ways to find a number's subject in what went before it in the sentence."""

from __future__ import annotations

import re

from etl.extract.limits import Head
from etl.extract.lists import total_of
from etl.extract.view import Span, Spoken, Subject, View

# 增速创近十年新高、列全国第7位: what a total has done before its rank is told.
_TOTAL_SAYS = re.compile(r"(总量|规模|增速|增幅|总数|总额)(?:再?创|首次|继续|保持|稳居|连续|在).*$")
_RELATIVE = frozenset(("percent", "percentage_point", "rank", "times"))
_CLAUSES = ",;:。!?\n"


def part_of_place(view: View, head: Head) -> Subject | None:
    """高新技术企业560家,其中甲市高新区210家: a place is a part of the whole, whatever its name would say."""
    if not head.text.endswith(view.tools.place_tails) or view.tools.limits.outright(head.text):
        return None
    whole = _whole(view)
    if whole is None or whole.subjects[0].indicator is None:
        return None
    hit = view.named(head.text)
    if hit and (hit.start == 0 or whole.subjects[0].indicator == hit.indicator):
        return None
    return whole.subjects[0]._replace(
        phrase=head.text,
        scope=_of_whole(whole.subjects[0]) + view.limit(head.start, len(view.phrase)),
        rule="part",
        confidence=0.85,
    )


def property_of(view: View, head: Head) -> Subject | None:
    """总量, 规模: the thing just counted once more; 增加值: of what was named earlier in the sentence."""
    word = head.text or view.phrase
    if word in view.tools.attributes:
        before = view.text[view.start : view.item.before_start]
        indicator = view.tools.names.composed(word, before, view.item.unit, view.measure)
        if indicator:
            return Subject(word, indicator, None, (), "composed", 0.85)
    if not view.spoken:
        return None
    if word not in view.tools.totals:
        word = view.tools.names.plain(word)[0]
        says = _TOTAL_SAYS.match(word)
        word = says[1] if says else word
        if word not in view.tools.totals:
            return None
    fitting = (s.subjects[-1] for s in reversed(view.spoken) if s.subjects[-1].indicator)
    counted = next((s for s in fitting if s.indicator and view.fits(s.indicator)), view.last)
    found = total_of(view, counted, word)
    return found if found.indicator or view.last.indicator is None else None


def part(view: View, head: Head) -> Subject | None:
    """其中线上20人, 30件(线上12件), 国家级2家、省级21家: a part of what was counted just before."""
    whole = _whole(view)
    by_tier = bool(head.text) and view.tools.limits.only_tier(head.text)
    goes_on = view.further_part(head)
    if whole is None or not (head.subset or view.item.bracket or by_tier or goes_on) or whole.measure != view.measure:
        return None
    grade = view.tier(head.text) or view.tools.limits.grade_of_choice(view.own, view.context.region_code)
    scope = () if by_tier or (grade and not view.named(head.text)) else view.limit(head.start, len(view.phrase))
    first = whole.subjects[0]
    return Subject(
        head.text, first.indicator, grade or first.grade, _of_whole(first) + scope, "part", 0.88, at=first.at
    )


def part_by_name(view: View, head: Head) -> Subject | None:
    """专利授权185件,其中发明专利12件: a name that means another indicator as a part of the last."""
    whole = _whole(view)
    if whole is None or not head.subset:
        return None
    indicator = view.tools.names.parts.get((whole.subjects[0].indicator or "", head.text))
    return Subject(head.text, indicator, None, (), "part", 0.9) if indicator else None


def cross_class(view: View, head: Head) -> Subject | None:
    """规上企业86家,其中民营企业79家: two ways to divide the same whole, so the second limits the first."""
    whole, hit = _whole(view), view.name
    if whole is None or hit is None:
        return None
    first, known = whole.subjects[0], view.tools.names.indicators
    if first.indicator is None or first.indicator == hit.indicator:
        return None
    total = known[hit.indicator].parts_of
    if total is None or total != known[first.indicator].parts_of:
        return None
    scope = _of_whole(first) + view.limit(head.start, len(view.phrase))
    return Subject(head.text, first.indicator, view.tier(head.text) or first.grade, scope, "part", 0.85, at=first.at)


def _of_whole(whole: Subject) -> tuple[Span, ...]:
    """The word for something new that limits a whole limits its parts as well."""
    return (whole.new,) if whole.new and whole.new in whole.scope else ()


def _whole(view: View) -> Spoken | None:
    """The last count of the same unit before this one."""
    return next((spoken for spoken in reversed(view.spoken) if spoken.item.unit == view.item.unit), None)


def short_form(view: View, head: Head) -> Subject | None:
    """内资 after 内资企业: the beginning of a name that stood shortly before."""
    text = head.text
    if len(text) < 2 or text in view.tools.attributes or view.measure not in ("growth", "change", "rank"):
        return None
    earlier = view.earlier
    place = earlier.rfind(text)
    if place < 0:
        return None
    window = earlier[place : place + len(text) + 6]
    for end in range(len(window), len(text), -1):
        hit = view.named(window[:end], "growth", "")
        if hit and hit.start == 0 and hit.end == end:
            return Subject(text, hit.indicator, None, (), "short_form", 0.85)
    return None


def gapped(view: View, head: Head) -> Subject | None:
    """其他企业不低于2%, 私营企业90%: the same said of another bearer, with the property left out."""
    if not view.spoken or not head.text:
        return None
    last, subject = view.spoken[-1], view.spoken[-1].subjects[0]
    measured = view.measure == "level" and (last.measure == "level" or subject.rule == "ratio")
    if not (measured and last.item.unit == view.item.unit == "percent" and subject.indicator):
        return None
    bound = view.item.peeled.roles.get("ge") or view.item.peeled.roles.get("le")
    same_bound = bound is not None and (bound in last.item.before or bound in last.item.peeled.roles.values())
    if subject.rule not in ("distributed", "topic") and not (subject.rule == "ratio" and same_bound):
        return None
    scope = view.limit(head.start, len(view.phrase))
    return Subject(head.text, subject.indicator, None, scope, subject.rule, 0.85)


def topic(view: View, head: Head) -> Subject | None:
    """企业技术中心按级别分,部级2家: the clause before names what the parts are parts of."""
    tier = view.tools.limits.only_tier(head.text)
    if not head.text or (view.measure != "level") or (view.spoken and not tier):
        return None
    for clause in _clauses_before(view):
        bare = view.tools.topic_tail.sub("", clause)
        if bare == clause and not tier:
            continue
        hit = view.named(bare)
        if hit:
            scope = () if tier else view.limit(head.start, len(view.phrase))
            return Subject(head.text, hit.indicator, view.tier(head.text), scope, "topic", 0.85)
    return None


def _clauses_before(view: View) -> list[str]:
    """The clauses of the sentence before the item's, the nearest first, back to the last number."""
    begin = max(view.start, view.spoken[-1].item.numeral.tail if view.spoken else view.start)
    text = view.text[begin : view.item.clause[0]]
    return [clause for mark in text.split(";")[-1:] for clause in reversed(mark.rstrip(_CLAUSES).split(","))]


def carried(view: View, head: Head) -> Subject | None:
    """增长5%: no noun of its own, so it is said of what the number before is said of."""
    if head.text or not view.spoken or view.counts_what_follows():
        return None
    said, last = next(
        (
            (spoken, spoken.subjects[-1])
            for spoken in reversed(view.spoken)
            if spoken.subjects[-1].phrase or spoken.subjects[-1].indicator
        ),
        (view.spoken[-1], view.last),
    )
    if last.rule == "applied_for" and head.verbs and last.phrase:
        hit = view.named(last.phrase)  # 申报412家,通过认定287家: what was applied for is held now
        if hit:
            return Subject(last.phrase, hit.indicator, last.grade, (), "carried", 0.82)
    if last.indicator is None and said is view.spoken[-1] and said.item.unit != view.item.unit:
        hit = view.named(last.phrase)  # 创业担保贷款326笔5680万元: the other unit is the indicator's
        if hit:
            return Subject(last.phrase, hit.indicator, last.grade, last.scope, "carried", 0.85, last.new)
    if view.measure == "growth" and last.rule in ("ratio", "share"):
        # 4.86亿元、占支出的1.7%、增长18%: what grows is the amount, not its share.
        amount = next((s.subjects[-1] for s in reversed(view.spoken) if s.item.unit not in _RELATIVE), None)
        if amount is not None and amount.indicator:
            return amount._replace(rule="carried", confidence=0.85)
    if last.indicator is None and last.rule == "counted_after":
        # The subject of the clause stands before its verb: 经济总量跨过两个万亿元大关、超过6万亿元.
        hit = view.named(said.item.peeled.head)
        if hit:
            return Subject(said.item.peeled.head, hit.indicator, None, (), "clause_subject", 0.85)
    moved = view.measure == "change" and view.item.unit == "percentage_point"
    moved_share = moved and (said.measure == "share" or "share" in view.item.peeled.roles)
    faster = moved and said.measure == "growth"
    if last.indicator and not moved_share and not faster and not view.fits(last.indicator):
        # 创业培训12期360人: the same words may name another indicator by another unit.
        hit = view.named(last.phrase)
        if hit:
            return Subject(last.phrase, hit.indicator, last.grade, last.scope, "carried", 0.85, last.new)
        return Subject("", None, last.grade, last.scope, "carried", 0.7)
    return last._replace(
        rule="carried" if last.rule != "applied_for" else last.rule, confidence=round(last.confidence * 0.95, 3)
    )


def all_of_last_clause(view: View) -> tuple[Subject, ...]:
    """均增长6%: said of everything that the clause before speaks of, or of the clauses before that count alike."""
    found: list[Subject] = []
    clause: int | None = None
    last = view.spoken[-1] if view.spoken else None
    for spoken in reversed(view.spoken):
        same_clause = clause is None or spoken.item.clause[0] == clause
        alike = last is not None and spoken.item.unit == last.item.unit and spoken.measure == last.measure
        if not same_clause and ((len(found) > 1 and clause == (last.item.clause[0] if last else None)) or not alike):
            break
        clause = spoken.item.clause[0]
        found[:0] = [subject for subject in spoken.subjects if subject.phrase or subject.indicator]
    unique = {
        (s.indicator, s.phrase if s.rule != "carried" else ""): s._replace(rule="each", confidence=0.88) for s in found
    }
    return tuple(unique.values()) or (Subject("", None, None, (), "unmapped", 0.6),)
