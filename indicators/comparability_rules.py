"""The rules of comparability as data: `data/catalog/comparability.yml`, read and checked once for each folder."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, get_args

import yaml

from indicators.comparability_rows import PROPERTIES
from indicators.errors import CatalogError
from indicators.labels import LANGUAGES

FILE = "comparability.yml"
LABELS = "labels/notes.yml"
Use = Literal[
    "ranking", "change", "trend", "side", "scatter", "heat", "index", "sum", "target", "rows", "profile"
]  # fmt: skip
USES: tuple[Use, ...] = get_args(Use)
Test = Literal["differs", "any", "apart", "crosses"]
TESTS: tuple[Test, ...] = get_args(Test)
ASKED = ("latest", "plans")
"""What a reader can ask for outright: the latest value of each region; targets beside results."""
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_FIELDS = frozenset(
    ("code", *TESTS, "within", "missing", "where", "is", "present", "over", "refuse", "note", "asked", "unless", "way")
)


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that keeps rows from being compared.

    Attributes:
        test, of: What is asked of which property of the rows; see the head of the file.
        within: Properties by which the rows are grouped first.
        over: For `apart`: what the groups' members are.
        is_: For `any`: the values looked for; empty where `present` says whether any value, or none, is.
        missing_counts: For `differs`: an empty value is one more value.
        where: Only rows with these values of these properties are looked at.
        refuse, note: The uses in which the rows are not compared, and those in which the sentence stands beside them.
        asked: What turns the refusal into a note when the reader asked for it.
        unless: Codes after which this one is not said.
        way: The way out of a refusal.
    """

    code: str
    test: Test
    of: str
    within: tuple[str, ...] = ()
    over: str = ""
    is_: frozenset[str] = frozenset()
    present: bool | None = None
    missing_counts: bool = True
    where: Mapping[str, frozenset[str]] = field(default_factory=dict)
    refuse: frozenset[str] = frozenset()
    note: frozenset[str] = frozenset()
    asked: str | None = None
    unless: frozenset[str] = frozenset()
    way: str | None = None

    def severity(self, use: str, asked: Iterable[str] = ()) -> Literal["refuse", "note"] | None:
        """What the rule does for a use, None where it says nothing."""
        if use in self.refuse:
            return "note" if self.asked in set(asked) else "refuse"
        return "note" if use in self.note else None


@lru_cache(maxsize=4)
def load_rules(folder: Path) -> tuple[Rule, ...]:
    """The rules of a catalogue's folder, in their order.

    Raises:
        CatalogError: Every fault found, as `comparability.yml: code: field: what`.
    """
    entries, labels = _read(folder / FILE), _read(folder / LABELS)
    if not isinstance(entries, list) or not isinstance(labels, dict):
        raise CatalogError([f"{FILE}: is not a list of rules, or {LABELS} no list of labels"])
    faults: list[str] = []
    codes: list[str] = []
    for entry in entries:
        if not isinstance(entry, dict) or not entry.get("code"):
            faults.append(f"{FILE}: entry {len(codes) + 1}: code: is missing")
            continue
        codes.append(str(entry["code"]))
        faults += [f"{FILE}: {entry['code']}: {fault}" for fault in _faults(entry, codes, labels)]
    if faults:
        raise CatalogError(faults)
    return tuple(map(_rule, entries))


def _read(path: Path) -> Any:
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)
    except (OSError, yaml.YAMLError, UnicodeDecodeError) as error:
        raise CatalogError([f"{path.name}: cannot be read: {' '.join(str(error).split())}"]) from error


def _faults(entry: Mapping[str, Any], codes: list[str], labels: Mapping[str, Any]) -> list[str]:
    """What is wrong with one entry; `codes`: those up to and with this one."""
    found = [f"{name}: is not a field of a rule" for name in sorted(set(entry) - _FIELDS)]
    if codes.count(entry["code"]) > 1:
        found.append("code: stands twice")
    tests = [name for name in TESTS if name in entry]
    if len(tests) != 1:
        return [*found, f"needs one of {', '.join(TESTS)}"]
    if tests[0] == "crosses":
        found += ["crosses: can be breaks only"] if entry["crosses"] != "breaks" else []
    named = [entry[tests[0]]] if tests[0] != "crosses" else []
    named += [*entry.get("within", ()), *entry.get("where", {})] + ([entry["over"]] if "over" in entry else [])
    found += [f"{name!r} is no property of rows" for name in named if name not in PROPERTIES]
    if (tests[0] == "any") != ("is" in entry or "present" in entry):
        found.append("any: needs is or present, and nothing else does")
    if (tests[0] == "apart") != ("over" in entry):
        found.append("apart: needs over, and nothing else does")
    for name in ("refuse", "note"):
        found += [f"{name}: {use!r} is no use" for use in entry.get(name, ()) if use not in USES]
    found += [
        f"{use} stands in refuse and in note" for use in set(entry.get("refuse", ())) & set(entry.get("note", ()))
    ]
    if not entry.get("refuse") and not entry.get("note"):
        found.append("needs refuse or note")
    if entry.get("asked") is not None and entry["asked"] not in ASKED:
        found.append(f"asked: {entry['asked']!r} is none of {', '.join(ASKED)}")
    found += [
        f"unless: {code!r} is no rule before this one" for code in entry.get("unless", ()) if code not in codes[:-1]
    ]
    if bool(entry.get("refuse")) != bool(entry.get("way")):
        found.append("way: a refusal needs a way out, and only a refusal has one")
    return found + [f"{LABELS}: {key}: is missing" for key in _sentences(entry) if not _both(labels.get(key))]


def _sentences(entry: Mapping[str, Any]) -> list[str]:
    """The labels that a rule needs."""
    code = entry["code"]
    wanted = [f"{code}_rule"]
    wanted += [code] if entry.get("note") or entry.get("asked") else []
    wanted += [f"{code}_no"] if entry.get("refuse") else []
    return wanted + ([f"way_{entry['way']}"] if entry.get("way") else [])


def _both(label: Any) -> bool:
    return isinstance(label, dict) and all(label.get(lang) for lang in LANGUAGES)


def _rule(entry: Mapping[str, Any]) -> Rule:
    test: Test = next(name for name in TESTS if name in entry)
    return Rule(
        code=entry["code"],
        test=test,
        of=entry[test],
        within=tuple(entry.get("within", ())),
        over=entry.get("over", ""),
        is_=frozenset(entry.get("is", ())),
        present=entry.get("present"),
        missing_counts=entry.get("missing") != "ignored",
        where={name: frozenset(values) for name, values in entry.get("where", {}).items()},
        refuse=frozenset(entry.get("refuse", ())),
        note=frozenset(entry.get("note", ())),
        asked=entry.get("asked"),
        unless=frozenset(entry.get("unless", ())),
        way=entry.get("way"),
    )
