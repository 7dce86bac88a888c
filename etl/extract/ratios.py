"""Ways to find what a percentage is of: indicators that are ratios, parts of a whole, structures."""

from __future__ import annotations

import re

from etl.extract.limits import Head
from etl.extract.view import Subject, View

_REDUCED = re.compile(r"(?:压缩|缩短|压减|减少|降低|缩减)(?:到|至)\S{2,}$")
_AMONG = re.compile(r"[当之]?中(?![心小国型医试高介等部外央级期])")
_MADE_OF = re.compile(r"(?:成)?(?:为|是|属于)(?=..)")
_RELATIVE = re.compile(r"的(?:占|比例|比重)")
_WITHIN = ("中", "内", "里")
_CLAUSE = re.compile(r"[,;:。]")


def set_against(view: View, head: Head) -> Subject | None:
    """X占Y的N%: a ratio that is an indicator, else a share of the indicator that one of the two names."""
    if view.item.numeral.word.startswith(":"):
        return _structure(view, head)
    if view.item.unit not in ("percent", "percentage_point"):
        return None
    phrase, roles = view.phrase, view.item.peeled.roles
    if "share" in roles and (having := _share_that_have(view, head)):
        return having
    alone = "share" in roles and not head.subset and "占" not in phrase
    if alone and (hit := view.named(phrase + "占比", "level")):
        return Subject(phrase, hit.indicator, None, view.limit(head.start, hit.start), "ratio", 0.95)
    if "share" in roles and "中" in phrase and (within := share_within(view)):
        return within  # 高新技术企业中规上企业占比
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


def _share_that_have(view: View, head: Head) -> Subject | None:
    """规上工业企业建有研发机构的比例达46%; ...856家,建有研发机构的占35%: how many of them have or do something."""
    having = view.tools.shared_by.search(view.phrase) if _RELATIVE.search(view.item.before) else None
    if having is None:
        return None
    scope = view.limit(having.start(), len(view.phrase))
    if view.says_nothing(view.phrase[: having.start()]):
        known = view.spoken and view.last.indicator
        return view.last._replace(scope=scope, rule="share", confidence=0.82) if known else None
    hit = view.named(view.phrase[: having.start()], "share")
    if hit is None:
        return None
    return Subject(view.phrase, hit.indicator, view.grade(head, hit), view.scope(head, hit) + scope, "share", 0.84)


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


def share_within(view: View) -> Subject | None:
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
