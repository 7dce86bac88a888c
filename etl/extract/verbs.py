"""Ways to find a subject in what is said with a verb: firms that move in, titles won, people trained."""

from __future__ import annotations

from etl.extract.limits import Head
from etl.extract.naming import Frame
from etl.extract.view import Span, Subject, View


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
