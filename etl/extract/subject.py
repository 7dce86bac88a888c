"""What a number is said of: found in its own clause, shared out over a list, or carried over from what went before."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from etl.extract import earlier, grants, lists, phrase, ratios, verbs
from etl.extract.limits import Head
from etl.extract.statement import Item
from etl.extract.view import Subject, View

Way = Callable[[View, Head], Subject | None]

# In order: what is said outright comes before what is understood.
_WAYS = (
    verbs.said,
    verbs.titled,
    ratios.set_against,
    phrase.distributed,
    phrase.share_of_what_follows,
    phrase.counted_after,
    earlier.part_of_place,
    earlier.part_by_name,
    earlier.cross_class,
    verbs.led_by_verb,
    phrase.named_before,
    phrase.within_topic,
    verbs.said_in_topic,
    earlier.property_of,
    earlier.part,
    earlier.short_form,
    earlier.gapped,
    earlier.topic,
    earlier.carried,
)
# Ways that can only lead somewhere under a condition; what cannot is not tried.
_LEVELS = frozenset(
    (
        verbs.titled,
        verbs.said,
        verbs.led_by_verb,
        verbs.said_in_topic,
        earlier.topic,
        earlier.gapped,
    )
)
_MOVES = frozenset((earlier.short_form,))
_PARTS = frozenset((earlier.part_of_place, earlier.part_by_name, earlier.cross_class))


def _open_ways(level: bool, part: bool) -> tuple[Way, ...]:
    closed = (_MOVES if level else _LEVELS) | (frozenset() if part else _PARTS)
    return tuple(way for way in _WAYS if way not in closed)


_OPEN = {(level, part): _open_ways(level, part) for level in (False, True) for part in (False, True)}


def subjects(view: View, items: Sequence[Item], index: int) -> tuple[Subject, ...]:
    """The subjects of one item of a sentence, at least one.

    Args:
        view: The item and its surroundings.
        items: All items of the sentence; `index` is the item's place among them.
    """
    head = view.open(view.phrase)
    if (sum_given := grants.granted(view, head)) is not None:
        return (sum_given,)
    shared = lists.shared_out(view, items, index)
    if shared is not None:
        return shared
    if view.measure == "growth" and len(pair := lists.pair_of(view, head.text)) > 1:
        return pair
    if "together" in view.item.peeled.roles:
        if not head.text:
            return earlier.all_of_last_clause(view)
        if len(pair := lists.pair_of(view, head.text)) > 1:
            return pair
        if (several := lists.each_of_list(view, head)) is not None:
            return several
    if (
        view.measure == "growth"
        and "、" in head.text
        and (several := lists.each_of_list(view, head, only_named=True)) is not None
    ):
        return several
    return (_one(view, head),)


def _one(view: View, head: Head) -> Subject:
    part = bool(view.spoken) and (head.subset or view.further_part(head))
    for way in _OPEN[view.measure == "level", part]:
        found = way(view, head)
        if found is not None:
            return phrase.applied_for(view, head, found)
    return phrase.unmapped(view, head)
