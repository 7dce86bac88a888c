"""From what a number is said of to an indicator of the catalogue.

A Chinese noun phrase ends in its head, so a name is looked for at the end of the phrase, the longest first:
规上装备工业增加值 is an industrial value added, 高新技术企业研发中心 is no enterprise. A near miss (`not_this`) that
fits better than a name takes the indicator out of the running.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from etl.extract.lexicon import Lexicon, sizes_by_edge
from etl.extract.numeral import alternatives
from indicators.catalog import Indicator

# A printed unit may stand for a finer one that the indicator says: 41230元 for each person.
_REFINED = {
    ("count", "per_10k"),
    ("yuan", "yuan_per_person"),
    ("", "index"),
    ("index", "index"),
    ("percent", "index"),
    ("", "percent"),
    ("", "rank"),
}
READING_FIELDS = frozenset(
    {
        "heads",
        "topic",
        "said",
        "within",
        "ratio",
        "kinds",
        "of",
        "also",
        "part_names",
        "moves",
        "structure",
        "qualified",
        "applications_for",
        "verbs",
        "led",
        "stages",
        "granted_to",
    }
)
_PER_ENDS = frozenset("人口户亩均家村校米员有个")
_RELATIVE = ("growth", "change", "share", "rank")


class Hit(NamedTuple):
    """An indicator named by a phrase: `start` and `end` bound the name in the phrase.

    `narrow`: the name is of a narrower thing, kept as scope. `topic`: where the topic that decided stands in what
    went before.
    """

    indicator: str
    start: int
    end: int
    name: str
    narrow: bool = False
    topic: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Frame:
    """A way of saying an indicator with a verb: each group has a word in the clause."""

    indicator: str
    groups: tuple[tuple[str, ...], ...]
    within: tuple[str, ...]

    def weight(self, clause: str) -> int:
        """Characters of the clause that the frame accounts for; 0 where it does not fit."""
        total = 0
        for group in self.groups:
            for word in group:
                if word in clause:
                    total += len(word)
                    break
            else:
                return 0
        return total


class Names:
    """All names of all indicators, compiled once."""

    def __init__(self, indicators: Mapping[str, Indicator], lexicon: Lexicon) -> None:
        self.indicators = indicators
        silent = rf"[“”\"'《》 ]|\([^()]*\)|的|{alternatives(lexicon.words['silent'])}"
        self._silent = re.compile(silent)
        # A verb between a bearer and its property says nothing more: 技术市场|实现|交易额.
        infixes = alternatives(lexicon.words["infixes"])
        self._infix = re.compile(infixes)
        infix = rf"(?<=[\u4e00-\u9fff]{{2}})(?:{infixes})(?=[\u4e00-\u9fff]{{2}})"
        self._silent_infix = re.compile(rf"{infix}|{silent}")
        self._per = re.compile(rf"(?:{alternatives(lexicon.words['per_each'])})$")
        self._tails = frozenset(lexicon.words["tails"])
        self._names: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self._heads: dict[str, list[tuple[str, tuple[str, ...]]]] = defaultdict(list)
        frames: list[Frame] = []
        self._ratios: dict[str, list[tuple[str, tuple[str, ...]]]] = defaultdict(list)
        self._qualified: list[tuple[str, tuple[str, ...], str]] = []
        self._structures: list[tuple[tuple[str, ...], int, str]] = []
        self.applications: dict[str, str] = {}
        self._also: dict[str, str] = {}
        self.parts: dict[tuple[str, str], str] = {}
        self.bearers: dict[str, frozenset[str]] = {}
        self._grantees: list[tuple[str, str]] = []
        self.stages: dict[str, re.Pattern[str]] = {}
        self.ratios: dict[tuple[str, str], str] = {}
        self.led: dict[str, str] = {}
        self.cuts: dict[str, frozenset[str]] = {}
        for indicator in indicators.values():
            self._add(indicator, frames)
        self._frames = {
            single: _with_verbs([f for f in frames if (len(f.groups) == 1) is single]) for single in (False, True)
        }
        self._name_sizes = sizes_by_edge((name for name in self._names if len(name) > 1), -1)
        self._head_sizes = sizes_by_edge(self._heads, -1)
        self._qualified_ends = frozenset(head[-1] for head, _, _ in self._qualified)
        self._wholes = self._by_attribute(lexicon.words["attributes"])

    def _add(self, indicator: Indicator, frames: list[Frame]) -> None:
        reading: Mapping[str, Any] = indicator.reading
        kinds = {self.plain(word)[0] for word in reading.get("kinds", ())}
        for word in {*(self.plain(alias)[0] for alias in indicator.aliases), *kinds}:
            self._names[word].append((indicator.id, "kind" if word in kinds else "name"))
        for word in reading.get("moves", ()):
            self._names[self.plain(word)[0]].append((indicator.id, "moves"))
        for entry in reading.get("qualified", ()):
            qualifiers, heads = (tuple(part.strip().split("|")) for part in entry.split(">"))
            self._qualified += [(head, qualifiers, indicator.id) for head in sorted(heads, key=len, reverse=True)]
        for word in indicator.not_this:
            self._names[self.plain(word)[0]].append((indicator.id, "not"))
        topic = tuple(reading.get("topic", ()))
        for head in reading.get("heads", ()):
            self._heads[self.plain(head)[0]].append((indicator.id, topic))
        for said in reading.get("said", ()):
            groups = tuple(tuple(part.strip().split("|")) for part in said.split("+"))
            frames.append(Frame(indicator.id, groups, tuple(reading.get("within", ()))))
        for ratio in reading.get("ratio", ()):
            numerators, denominators = ratio.split("/")
            for word in denominators.strip().split("|"):
                self._ratios[self.plain(word)[0]].append(
                    (indicator.id, tuple(self.plain(n)[0] for n in numerators.strip().split("|")))
                )
        if "structure" in reading:
            words, _, place = reading["structure"].partition("/")
            self._structures.append((tuple(words.strip().split("|")), int(place) - 1, indicator.id))
        if "applications_for" in reading:
            self.applications[reading["applications_for"]] = indicator.id
        if "also" in reading:
            self._also[indicator.id] = reading["also"]
        for entry in reading.get("part_names", ()):
            whole, _, words = entry.partition(">")
            self.parts.update({(whole.strip(), word): indicator.id for word in words.strip().split("|")})
        if "of" in reading:
            self.bearers[indicator.id] = frozenset(self.plain(word)[0] for word in reading["of"])
        if indicator.unit == "percent" and indicator.ratio_of:
            self.ratios[indicator.ratio_of[0], indicator.ratio_of[1]] = indicator.id
        self._grantees += [(word, indicator.id) for word in reading.get("granted_to", ())]
        if "stages" in reading:
            stage = alternatives(reading["stages"])
            self.stages[indicator.id] = re.compile(rf"(?:{stage})(?:[、和及]?(?:{stage}))*")
        self.led.update(dict.fromkeys(reading.get("led", ()), indicator.id))
        if "verbs" in reading:
            self.cuts[indicator.id] = frozenset(reading["verbs"])

    def _by_attribute(self, attributes: Iterable[str]) -> dict[str, list[tuple[str, str]]]:
        """attribute -> (what it is an attribute of, indicator): 增加值 -> (服务业, gdp_tertiary)."""
        found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for attribute in attributes:
            for name, uses in self._names.items():
                if name.endswith(attribute) and len(name) > len(attribute) + 1:
                    found[attribute] += [
                        (name[: -len(attribute)], indicator) for indicator, use in uses if use != "not"
                    ]
        return found

    def plain(self, phrase: str) -> tuple[str, list[int] | None]:
        """The phrase without quotation marks, brackets and silent words, and the offsets of its characters where it
        changed.
        """
        silent = self._silent_infix if self._infix.search(phrase, 2) else self._silent
        if not silent.search(phrase):
            return phrase.upper(), None
        kept: list[int] = []
        last = 0
        for match in silent.finditer(phrase):
            kept += range(last, match.start())
            last = match.end()
        kept += range(last, len(phrase))
        return "".join(phrase[i] for i in kept).upper(), kept

    def fits(self, indicator: str, unit: str, measure: str) -> bool:
        """Could a quantity of this unit be this measure of the indicator?"""
        if measure in ("growth", "rank", "share") or unit == "rank":
            return True
        own = self.indicators[indicator].unit
        if measure == "change" and unit == "percentage_point":
            return own in ("percent", "index")
        return unit == own or (unit, own) in _REFINED or unit == self._also.get(indicator)

    def named(self, phrase: str, unit: str, measure: str) -> Hit | None:
        """The indicator that a noun phrase names by its end."""
        plain, kept = self.plain(phrase)
        best: tuple[str, int, bool] | None = None
        end = best_end = len(plain)
        while end > 1:
            hit = self._ending(plain, end, unit, measure) or self._with_qualifier(plain, end, unit, measure)
            if hit and (best is None or hit[1] < best[1]):
                best, best_end = hit, end  # 高新技术|企业总数: without the tail the name says more
            size = next((size for size in (3, 2, 1, 4) if plain[end - size : end] in self._tails), 0)
            if not size or (best is not None and end < best_end):
                break
            end -= size
        if best is None:
            return None
        indicator, start, narrow = best
        if start and plain[start - 1] in _PER_ENDS and self._per.search(plain, max(0, start - 8), start):
            return None  # 每千人市场主体, 户均研发投入: a ratio that is another thing
        return Hit(indicator, *_original(kept, start, best_end), plain[start:best_end], narrow)

    def _with_qualifier(self, plain: str, end: int, unit: str, measure: str) -> tuple[str, int, bool] | None:
        """A head that names the indicator when a qualifier stands before it: 限上 ... 企业."""
        if plain[end - 1] not in self._qualified_ends:
            return None
        for head, qualifiers, indicator in self._qualified:
            if plain.endswith(head, 0, end) and self.fits(indicator, unit, measure):
                for qualifier in qualifiers:
                    place = plain.rfind(qualifier, 0, end - len(head))
                    if place >= 0:
                        return indicator, place, False
        return None

    def _ending(self, plain: str, end: int, unit: str, measure: str) -> tuple[str, int, bool] | None:
        excluded: set[str] = set()
        names = self._names
        for size in self._name_sizes.get(plain[end - 1], ()):
            uses = names.get(plain[end - size : end]) if size <= end else None
            if uses is None:
                continue
            best = None
            for indicator, use in uses:
                if use == "not":
                    excluded.add(indicator)
                elif use == "moves" and measure not in _RELATIVE:
                    continue
                elif indicator not in excluded and self.fits(indicator, unit, measure):
                    exact = self.indicators[indicator].unit == unit
                    if best is None or exact:
                        best = (indicator, end - size, use == "kind")
            if best and best[0] not in excluded:
                return best
        return None

    def in_topic(
        self, phrase: str, unit: str, measure: str, earlier: str, is_open: Callable[[str], bool]
    ) -> Hit | None:
        """The indicator of a head that names one only within a topic: 入驻企业 after 众创空间.

        The last topic named decides. Nothing else may limit the head: `is_open` says whether the words before it
        say nothing.
        """
        plain, kept = self.plain(phrase)
        end = len(plain)
        for tail in (0, 1, 2, 3):
            stop = end - tail
            if tail and plain[stop:end] not in self._tails:
                continue
            for size in self._head_sizes.get(plain[stop - 1 : stop], ()):
                uses = self._heads.get(plain[stop - size : stop]) if size <= stop else None
                if not uses:
                    continue
                before = earlier + plain[: stop - size]
                opening = plain[: stop - size]
                if opening and not any(word in opening for _, topic in uses for word in topic) and not is_open(opening):
                    continue
                place, length, indicator = max(
                    (
                        (before.rfind(word), len(word), name)
                        for name, topic in uses
                        if self.fits(name, unit, measure)
                        for word in topic
                    ),
                    default=(-1, 0, ""),
                )
                if place >= 0:
                    start = stop - size
                    topic_at = (place, place + length) if kept is None or place + length <= len(earlier) else None
                    begin, end = _original(kept, start, stop)
                    return Hit(indicator, begin, end, plain[start:stop], topic=topic_at)
        return None

    def said(self, clause: str, unit: str, measure: str, earlier: str, single: bool) -> tuple[Frame, int] | None:
        """(frame, weight) by which a clause says an indicator with a verb, or None: 26家企业入驻孵化基地.

        `single` asks for the weak frames, that have one group of words and rest on their topic.
        """
        frames, verbs = self._frames[single]
        if verbs.search(clause) is None:
            return None
        best: Frame | None = None
        weight = 0
        for frame in frames:
            if not self.fits(frame.indicator, unit, measure):
                continue
            found = frame.weight(clause)
            if found > weight and (not frame.within or any(word in earlier or word in clause for word in frame.within)):
                best, weight = frame, found
        return (best, weight) if best else None

    def ratio(self, phrase: str) -> tuple[str, int] | None:
        """(indicator, end of the numerator in the phrase) where a phrase sets one quantity against another: X占Y."""
        plain, kept = self.plain(phrase)
        for size in range(min(10, len(plain) - 2), 1, -1):
            for indicator, numerators in self._ratios.get(plain[-size:], ()):
                left = plain[:-size]
                for numerator in numerators:
                    place = left.rfind(numerator)
                    if place >= 0 and len(left) - place - len(numerator) <= 8:
                        stop = place + len(numerator)
                        return indicator, (kept[place] if kept else place) if stop else 0
        return None

    def granted(self, whom: str) -> str | None:
        """The indicator of sums given to somebody, by the end of the words that say to whom: 众创空间, 高新技术企业."""
        plain, _ = self.plain(whom)
        found = [(len(word), indicator) for word, indicator in self._grantees if plain.endswith(word)]
        return max(found)[1] if found else None

    def structure(self, before: str, index: int) -> str | None:
        """The indicator whose share is the member `index` of the structure that a sentence names."""
        for words, place, indicator in self._structures:
            if place == index and any(word in before for word in words):
                return indicator
        return None

    def composed(self, attribute: str, earlier: str, unit: str, measure: str) -> str | None:
        """The indicator of a property whose bearer was named earlier: 服务业 ..., 增加值."""
        place, indicator = max(
            (
                (earlier.rfind(bearer), name)
                for bearer, name in self._wholes.get(attribute, ())
                if self.fits(name, unit, measure)
            ),
            default=(-1, ""),
        )
        return indicator if place >= 0 else None

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)


def _original(kept: list[int] | None, start: int, end: int) -> tuple[int, int]:
    """Bounds in the phrase as written of a part of the plain phrase."""
    return (kept[start], kept[end - 1] + 1) if kept else (start, end)


def _with_verbs(frames: list[Frame]) -> tuple[list[Frame], re.Pattern[str]]:
    """Frames and a search for the words without which none of them fits: their second group, or their only one."""
    words = [word for frame in frames for word in frame.groups[-1 if len(frame.groups) == 1 else 1]]
    return frames, re.compile(alternatives(words or ["\0"]))
