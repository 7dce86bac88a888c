"""Everything that is chosen for an index, as one value that fits into a URL.

Short names and values: they are what a reader shares, so they stay as they are once published.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeVar, get_args

from indicators.catalog import Catalog
from indicators.compare import BASES, Basis, can_divide

Treatment = Literal["auto", "winsorise", "log", "none"]
Normalisation = Literal["minmax", "zscore", "rank"]
Weighting = Literal["equal", "entropy", "own"]
Aggregation = Literal["arithmetic", "geometric"]
TREATMENTS: tuple[Treatment, ...] = get_args(Treatment)
NORMALISATIONS: tuple[Normalisation, ...] = get_args(Normalisation)
WEIGHTINGS: tuple[Weighting, ...] = get_args(Weighting)
AGGREGATIONS: tuple[Aggregation, ...] = get_args(Aggregation)
CHOSEN = "chosen"
"""The set of regions that are picked by hand."""
MOST_YEARS, MOST_PULLED = 5, 10
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Part:
    """One indicator of an index, as a total, per head or per GDP."""

    indicator: str
    basis: Basis = "total"

    @property
    def code(self) -> str:
        """`rd_intensity`, `pct_applications:per_head`."""
        return self.indicator if self.basis == "total" else f"{self.indicator}:{self.basis}"

    @staticmethod
    def of(code: str) -> Part:
        """The part that a code stands for.

        Raises:
            ValueError: It stands for none; the message names it.
        """
        name, _, basis = code.partition(":")
        if not name or any(sign in name for sign in "&= "):
            raise ValueError(f"{code!r} is no indicator")
        return Part(name, _one_of(basis or "total", BASES, code))


@dataclass(frozen=True, slots=True)
class Recipe:
    """The whole choice.

    Attributes:
        year, years: The latest of `years` years up to `year` is taken; 1 is that year alone.
        winsorised: So many values of an indicator may be pulled in at most.
        cover, theme_cover: Least share, in percent, of the indicators and of the themes that a region must have.
        weights: With `own` weights, (theme id or code of a part, weight); what is not named weighs 1.
        set, chosen: The id of a set of regions, empty for the one that makes up the country; or `CHOSEN` and their
            codes.
    """

    parts: tuple[Part, ...]
    year: int
    years: int = 1
    treatment: Treatment = "auto"
    winsorised: int = 5
    normalisation: Normalisation = "minmax"
    weighting: Weighting = "equal"
    aggregation: Aggregation = "arithmetic"
    cover: int = 66
    theme_cover: int = 66
    weights: tuple[tuple[str, float], ...] = ()
    set: str = ""
    chosen: tuple[str, ...] = ()

    def weight(self, name: str) -> float:
        """The own weight of a theme or part."""
        return dict(self.weights).get(name, 1.0)

    @property
    def first_year(self) -> int:
        return self.year - self.years + 1


def encode(recipe: Recipe) -> dict[str, list[str]]:
    """The recipe as the parameters of a URL, every choice written out."""
    query: dict[str, list[str]] = {
        "parts": [part.code for part in recipe.parts],
        "y": [str(recipe.year)],
        "years": [str(recipe.years)],
        "treat": [recipe.treatment],
        "win": [str(recipe.winsorised)],
        "norm": [recipe.normalisation],
        "weigh": [recipe.weighting],
        "agg": [recipe.aggregation],
        "cover": [str(recipe.cover)],
        "themes": [str(recipe.theme_cover)],
    }
    if recipe.set:
        query["set"] = [recipe.set]
    if recipe.chosen:
        query["r"] = list(recipe.chosen)
    return query | {f"w_{name}": [_short(weight)] for name, weight in recipe.weights}


def decode(query: Mapping[str, Sequence[str]]) -> Recipe:
    """The recipe that parameters of a URL stand for; what they leave out has its usual value.

    Raises:
        ValueError: A value means nothing, or there is no indicator or year; the message names it.
    """
    parts = tuple(Part.of(code) for code in dict.fromkeys(query.get("parts", ())))
    if not parts:
        raise ValueError("parts: no indicator is named")
    usual = Recipe(parts, 0)

    def one(name: str, options: Sequence[T], default: T) -> T:
        return _one_of(query[name][0], options, name) if query.get(name) else default

    def number(name: str, least: int, most: int, default: int | None = None) -> int:
        if not query.get(name):
            if default is None:
                raise ValueError(f"{name}: is missing")
            return default
        text = query[name][0]
        if not text.isdecimal() or not least <= int(text) <= most:
            raise ValueError(f"{name}: {text!r} is not a whole number from {least} to {most}")
        return int(text)

    weights = {name.removeprefix("w_"): _weight(values[0], name) for name, values in query.items() if _is_weight(name)}
    chosen_set = query["set"][0] if query.get("set") else usual.set
    return Recipe(
        parts,
        year=number("y", 1900, 2200),
        years=number("years", 1, MOST_YEARS, usual.years),
        treatment=one("treat", TREATMENTS, usual.treatment),
        winsorised=number("win", 0, MOST_PULLED, usual.winsorised),
        normalisation=one("norm", NORMALISATIONS, usual.normalisation),
        weighting=one("weigh", WEIGHTINGS, usual.weighting),
        aggregation=one("agg", AGGREGATIONS, usual.aggregation),
        cover=number("cover", 0, 100, usual.cover),
        theme_cover=number("themes", 0, 100, usual.theme_cover),
        weights=tuple(weights.items()),
        set=chosen_set,
        chosen=tuple(dict.fromkeys(query.get("r", ()))) if chosen_set == CHOSEN else (),
    )


def better(part: Part, catalog: Catalog) -> str:
    """What counts as better for a part: `higher`, `lower`, or `neutral` where neither does."""
    return catalog.indicators[part.indicator].direction


def unfit(part: Part, catalog: Catalog) -> str:
    """Why a part cannot enter an index: a key of `composite.unfit_<key>`, empty when it can."""
    if part.indicator not in catalog.indicators:
        return "unknown"
    if not can_divide(catalog.indicators[part.indicator], part.basis):
        return "basis"
    return "neutral" if better(part, catalog) == "neutral" else ""


def _is_weight(name: str) -> bool:
    return name.startswith("w_")


def _one_of(value: Any, options: Sequence[T], where: str) -> T:
    for option in options:
        if option == value:
            return option
    raise ValueError(f"{where}: {value!r} is none of {', '.join(map(repr, options))}")


def _weight(text: str, name: str) -> float:
    try:
        weight = float(text)
    except ValueError:
        weight = math.nan
    if not 0 <= weight < math.inf:
        raise ValueError(f"{name}: {text!r} is no weight")
    return weight


def _short(weight: float) -> str:
    return f"{weight:g}" if float(f"{weight:g}") == weight else repr(weight)
