"""Sums that are given: whom they are given to says which they are."""

from __future__ import annotations

from etl.extract.limits import Head
from etl.extract.view import Subject, View


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
