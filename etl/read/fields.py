"""Fields that people write in YAML: front matter and cards. What YAML can do beyond that is refused.

Aliases let a few lines stand for millions of values, and a parser that follows brackets down without end brings the
whole program down. Both are seen in the stream of events, before anything is built.
"""

from __future__ import annotations

from typing import Any

import yaml

LARGEST = 1_000_000
"""Characters of a front matter or card."""
DEEPEST = 20
"""Lists and mappings within each other."""
_MOST = 10**18
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class RefusedError(yaml.YAMLError):  # type: ignore[misc]  # the library carries no types
    """YAML that no person writes for a front matter or card."""


def load_fields(text: str) -> Any:
    """What a YAML text says.

    Raises:
        RefusedError: It is very long, very deep, or uses aliases.
        yaml.YAMLError: It is no YAML, or a value in it is impossible (30 February).
    """
    if len(text) > LARGEST:
        raise RefusedError(f"longer than {LARGEST:,} characters")
    try:
        depth = 0
        for event in yaml.parse(text, Loader=_Loader):
            if isinstance(event, yaml.events.AliasEvent):
                raise RefusedError(f"line {event.start_mark.line + 1}: aliases (*{event.anchor}) are not allowed")
            if isinstance(event, yaml.events.CollectionStartEvent):
                depth += 1
            elif isinstance(event, yaml.events.CollectionEndEvent):
                depth -= 1
            if depth > DEEPEST:
                raise RefusedError(f"line {event.start_mark.line + 1}: nested deeper than {DEEPEST}")
        fields = yaml.load(text, Loader=_Loader)
        _refuse_huge(fields)
    except (ValueError, AttributeError, OverflowError) as error:
        # The library's constructors of dates and numbers let these through.
        raise yaml.YAMLError(" ".join(str(error).split())[:200]) from error
    return fields


def _refuse_huge(value: Any) -> None:
    """A whole number that Python would not print again (0xfff…) is none that a person writes."""
    if isinstance(value, dict):
        for key, part in value.items():
            _refuse_huge(key)
            _refuse_huge(part)
    elif isinstance(value, list | tuple | set):
        for part in value:
            _refuse_huge(part)
    elif isinstance(value, int) and abs(value) > _MOST:
        raise RefusedError("a number of more than 18 digits")
