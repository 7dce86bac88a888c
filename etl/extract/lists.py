"""Several things and several numbers: who has which."""

from __future__ import annotations

import re
from collections.abc import Sequence

from etl.extract.limits import Head
from etl.extract.naming import Hit
from etl.extract.statement import Item
from etl.extract.view import Span, Subject, View

_GIVEN = frozenset(("分别", "依次"))
_GIVEN_OUT = frozenset(("listed", "shared_end", "shared_start", "respectively"))
# Years in a row are no things: 2017、2018年科技投入分别为.
_YEARS = re.compile(r"(?:(?:19|20)\d\d年?[、和及与])+(?:19|20)\d\d年度?,?")
_RATE_NOUN = re.compile(r"(?:增速|增幅|增长率)$")
_COMMA = re.compile("、")


def shared_out(view: View, items: Sequence[Item], index: int) -> tuple[Subject, ...] | None:
    """A、B分别为x、y: one thing for each number. The first number has the list, the linked ones follow it."""
    first = index
    while first and items[first].linked:
        first -= 1
    count = 1
    while first + count < len(items) and items[first + count].linked:
        count += 1
    head = items[first]
    if count == 1 or any(items[first + k].unit != head.unit for k in range(count)):
        return None
    pair = pair_of(view, head.peeled.head)
    if len(pair) == count:
        return (pair[index - first],)
    bounds = split(view, head.peeled.head, count)
    if bounds:
        return (member(view, head, bounds, index - first),)
    sector = view.tools.names.structure(head.peeled.head, index - first) if count == 3 else None
    if sector:
        return (Subject(head.peeled.head, sector, None, (), "structure", 0.9),)
    return _each_its_own(view, head, count, index - first)


def _each_its_own(view: View, head: Item, count: int, place: int) -> tuple[Subject, ...] | None:
    """A达到x、B达到y,分别增长a、b: the numbers go to the things counted before, in their order."""
    opened = view.open(head.peeled.head)
    total = opened.text in view.tools.totals
    if (opened.text and not total) or not (
        "respectively" in head.peeled.roles or _GIVEN.intersection(opened.connectors) or _mirrors(view, head, count)
    ):
        return None
    before = [
        spoken
        for spoken in view.spoken
        if spoken.item.numeral.start < head.numeral.start and spoken.measure in ("level", "change")
    ]
    if len(before) < count:
        return None
    subject = before[-count:][place].subjects[-1]
    if total:
        return (total_of(view, subject, opened.text),)
    return (subject._replace(rule="respectively", confidence=0.88),)


def pair_of(view: View, phrase: str) -> tuple[Subject, ...]:
    """The subjects that one word of a phrase stands for (城乡居民收入), where all of them are named; else none."""
    for word, parts in view.tools.pairs.items():
        if word in phrase:
            hits = [(part, view.named(phrase.replace(word, part))) for part in parts]
            return tuple(Subject(part, hit.indicator, None, (), "listed", 0.9) for part, hit in hits if hit)
    return ()


def _mirrors(view: View, head: Item, count: int) -> bool:
    """A和B分别达到x和y、增长a和b: right after as many numbers that were given out one to each."""
    before = [spoken for spoken in view.spoken if spoken.item.numeral.start < head.numeral.start]
    last = before[-count:]
    given = all(spoken.subjects[-1].rule in _GIVEN_OUT for spoken in last)
    linked = len(last) == count and all(spoken.item.linked for spoken in last[1:])
    return linked and given and not head.peeled.head


def total_of(view: View, subject: Subject, word: str) -> Subject:
    """The total of what was said of a subject; where it was new, of the thing itself: 新登记经营主体 ... 总量."""
    indicator = subject.indicator
    if subject.new and subject.phrase:
        hit = view.named(subject.phrase.replace(view.text[subject.new[0] : subject.new[1]], ""))
        indicator = hit.indicator if hit else indicator
    if indicator is not None and not view.fits(indicator):
        indicator = None
    if indicator is None and subject.phrase and word in view.tools.totals:
        hit = view.named(subject.phrase + word)  # 子基金43支、总规模612亿元
        indicator = hit.indicator if hit else None
    return Subject(word, indicator, subject.grade, (), "total", 0.88)


def split(view: View, phrase: str, count: int) -> list[Span] | None:
    """Bounds of the members of a list that has `count` members: cut at 、 first, at 和 and the like where that is not
    enough.
    """
    row = _YEARS.match(phrase)
    for pattern in (_COMMA, view.tools.lexicon.conjunctions):
        bounds = _cut(phrase, pattern, row.end() if row else 0)
        if (
            len(bounds) == count
            and pattern is not _COMMA
            and (whole := view.named(phrase))
            and whole.start < bounds[-1][0]
        ):
            return None  # the word is inside a name: 技术合|同|成交额
        if len(bounds) == count:
            return bounds
    return None


def _cut(phrase: str, pattern: re.Pattern[str], start: int) -> list[Span]:
    bounds, last = [], start
    for match in pattern.finditer(phrase, start):
        bounds.append((last, match.start()))
        last = match.end()
    bounds.append((last, len(phrase)))
    return [(begin, end) for begin, end in bounds if end > begin]


def each_of_list(view: View, head: Head, only_named: bool = False) -> tuple[Subject, ...] | None:
    """A、B均增长x: one record for each member of the list.

    `only_named`: without 均, only a list whose members all name different indicators is one of several subjects.
    """
    phrase = view.phrase
    bounds = _cut(phrase, _COMMA if "、" in phrase else view.tools.lexicon.conjunctions, head.start)
    if len(bounds) < 2:
        return None
    found = tuple(member(view, view.item, bounds, index) for index in range(len(bounds)))
    if only_named and (len({s.indicator for s in found}) < len(found) or any(s.indicator is None for s in found)):
        return None
    return found


def member(view: View, item: Item, bounds: Sequence[Span], index: int) -> Subject:
    """One member of a list; a member may lack the end that it shares with the last one: 城镇、农村居民收入."""
    here = View(view.tools, view.text, view.start, view.paragraph, item, view.spoken, view.measure, view.context)
    phrase = item.peeled.head
    begin, end = bounds[index]
    first, own = here.open(phrase[: bounds[0][1]]), here.open(phrase[begin:end])
    new = here.new_span(first)
    # 国家高新技术企业、科技型中小企业: what is part of a name is not shared, 国家级 is.
    grade = here.tier(own.text) or (here.tier(first.text) if here.tools.limits.outright(first.text) else None)
    governing: tuple[Span, ...] = (new,) if new else ()
    hit = here.named(phrase[begin:end])
    if hit is None and index == len(bounds) - 1 and "share" in item.peeled.roles:
        hit = here.named(phrase[begin:end] + "占比")
        hit = hit and hit._replace(end=min(hit.end, end - begin))
    if hit is None and index and own.text in here.tools.attributes:
        hit = _begun(here, phrase[: bounds[0][1]], own.text)
        if hit is not None:
            return Subject(own.text, hit.indicator, grade, governing, "shared_start", 0.85, new)
    if hit is not None:
        found = hit._replace(start=begin + hit.start, end=begin + hit.end)
        end = here.thing(found)[1] if hit.narrow else found.start
        scope = here.limit(begin + own.start, end)
        place = (item.before_start + begin + hit.start, item.before_start + begin + hit.end)
        return Subject(own.text, hit.indicator, grade, governing + scope, "listed", 0.92, new, place)
    if index < len(bounds) - 1:
        completed = _completed(here, own.text, phrase[bounds[-1][0] : bounds[-1][1]])
        if completed:
            scope = here.limit(begin + own.start, begin + own.start + completed.start)
            return Subject(own.text, completed.indicator, grade, governing + scope, "shared_end", 0.85, new)
    if "gap" in item.peeled.roles:  # which thing is ahead of elsewhere is all that tells such figures apart
        governing += here.limit(begin + own.start, begin + own.start + len(_RATE_NOUN.sub("", own.text)))
    return Subject(own.text, None, grade, governing, "unmapped", 0.8, new)


def _begun(view: View, first: str, own: str) -> Hit | None:
    """The name that a property makes with the beginning of the first member: 发明专利申请量和授权量."""
    for cut in range(len(first) - 1, 1, -1):
        hit = view.named(first[:cut] + own)
        if hit and hit.start < cut:
            return hit
    return None


def _completed(view: View, own: str, last: str) -> Hit | None:
    """The name that a member makes with the end of the last one; its start tells how much of the member is a limit."""
    best: Hit | None = None
    for cut in range(1, len(last)):
        hit = view.named(own + last[cut:])
        if hit and hit.start < len(own) and (best is None or len(hit.name) > len(best.name)):
            best = hit
    if best is not None:
        return Hit(best.indicator, len(own) if best.narrow else best.start, best.end, best.name, best.narrow)
    whole = view.named(last)
    if whole and whole.start > 1:
        # 信息传输、租赁和商务服务业增加值: the name begins inside the last member; what stands before it is a limit.
        return Hit(whole.indicator, len(own), len(own), whole.name)
    return None
