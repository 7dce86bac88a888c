"""What the worked examples take from the data, asked of a freshly built edition: no new edition makes one wrong in silence."""

import re
from decimal import Decimal
from pathlib import Path

import pytest

import indicators
from indicators import interval
from indicators.composite.build import Composite, build
from indicators.composite.inputs import gather, wanted
from indicators.composite.recipe import Recipe
from indicators.composite.steps import contributions
from indicators.composite.usual import load_usual
from indicators.fit import judge
from indicators.fit_rules import load_rules
from indicators.interface import Data
from indicators.labels import LANGUAGES
from indicators.methods import Method, load_methods
from indicators.peers import near
from indicators.profile import needed, profile
from indicators.region_sets import load_region_sets, whole_country
from indicators.selection import Selection
from indicators.strengths import moves

WITH_DATA = [method for method in load_methods() if method.data]
ASKED = [pytest.param(asked, gives, id=f"{m.id}: {asked[:60]}") for m in WITH_DATA for asked, gives in m.data.items()]
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
VIEWS = """
with shown as (
  select * from observations
  where standing = 'current' and scenario = 'actual' and measure = 'level' and scope is null and grade is null
    and part_year is null
), provinces as (
  select * from shown where region like '%0000' and region <> '000000' and series is null and comparator = 'eq'
)
"""
"""What a query may read besides the edition's tables; `data/catalog/README.md` describes both."""


@pytest.fixture(scope="module")
def data(data_root: Path) -> Data:
    return indicators.open(data_root)


def answer(data: Data, asked: str) -> Decimal:
    """The one number that a question of an example asks for."""
    if not asked.startswith(("select ", "with ")):
        return printed(data, *asked.split())
    further = asked.startswith("with ")
    found = data.edition.frame(f"{VIEWS}, {asked.removeprefix('with ')}" if further else VIEWS + asked)
    assert found.shape == (1, 1)
    return Decimal(repr(float(found.iloc[0, 0])))


def printed(data: Data, indicator: str, region: str, year: str) -> Decimal:
    """The number of the value that is shown, as its source prints it."""
    found = data.edition.frame(
        f"{VIEWS} select printed, value, unit from shown where indicator = ? and region = ? and year = ?",
        [indicator, region, int(year)],
    )
    assert len(found) == 1
    reading = interval.read(*found.iloc[0])
    assert reading is not None
    number = reading.values[0] / 10**reading.power
    return Decimal(number.numerator) / Decimal(number.denominator)


def rounded(value: Decimal, like: Decimal) -> bool:
    """Whether a value is the other one to its last digit."""
    return abs(value - like) <= Decimal("0.5000001").scaleb(int(like.as_tuple().exponent))


@pytest.mark.parametrize(("asked", "gives"), ASKED)
def test_the_edition_has_what_an_example_says(data: Data, asked: str, gives: str) -> None:
    found = answer(data, asked)
    assert rounded(found, Decimal(gives)), f"the edition has {found}, the example {gives}"


def digits(number: str) -> str:
    """The digits that count, whatever the magnitude: 3278.4 and 327,840,000,000 have the same."""
    return number.replace(",", "").replace(".", "").strip("0")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("method", WITH_DATA, ids=lambda method: method.id)
def test_what_was_asked_stands_in_the_example(method: Method, lang: str) -> None:
    said = {digits(number) for number in NUMBER.findall(method.example[lang])}
    assert not {gives for gives in method.data.values() if digits(gives) not in said}


# -- examples that no query answers: the code that the pages run does ----------------------------------------------------


@pytest.fixture(scope="module")
def usual(data: Data) -> Composite:
    """The usual index of 2023 for the provinces."""
    recipe = Recipe(load_usual(data.catalog.folder).parts, 2023)
    regions = whole_country(data.catalog.folder)
    breaks = data.edition.breaks(list(data.catalog.indicators))
    inputs = gather(data.edition.observations(wanted(recipe, regions)), recipe, regions, data.catalog, breaks)
    return build(recipe, inputs, data.catalog)


def said(name: str) -> str:
    """The example of a method, in English."""
    return next(method for method in load_methods() if method.id == name).example["en"]


def test_the_index_of_the_examples(usual: Composite) -> None:
    at = usual.regions.index("440000")
    themes = ", ".join(f"{score:.6f}" for score in usual.scores[at]).replace(", 35", " and 35")
    assert f"themes {themes}, mean {usual.index[at]:.6f}, rank {usual.ranks[at]}." in said("composite_mean")
    parts = contributions(usual).set_index("region").loc["440000"]
    assert f"= {parts['output']:.4f}" in said("composite_contributions")
    assert f"add up to {parts.sum():.4f}." in said("composite_contributions")


def test_the_simulations_of_the_examples(usual: Composite) -> None:
    found, at = usual.simulated, usual.regions.index("440000")
    low, middle, high = (int(ranks[at]) for ranks in (found.low, found.middle, found.high))
    words = said("composite_range")
    assert f"is {low}, the 5th percentile, the 500th is {middle}, the median, and the 950th is {high}," in words
    first, width = int(usual.ranks.argmin()), found.high - found.low
    loose = int(width.argmax())
    assert (usual.regions[first], usual.regions[loose]) == ("110000", "620000")
    words = said("composite_certainty")
    assert f"first in {(found.ranks[:, first] == 1).sum()} of {len(found.ranks)} " in words
    assert f"{(width <= 2).sum()} of {len(width)} provinces" in words
    assert f"from {found.low[loose]}st to {found.high[loose]}th" in words


def test_the_moves_of_the_example(data: Data) -> None:
    edition, catalog = data.edition, data.catalog
    own = edition.observations(Selection(regions=("110000",)))
    levels = Selection(measures=("level",), scenarios=("actual",), regions=whole_country(catalog.folder), whole=True)
    peers = edition.at(needed(own), levels)
    entries = profile("110000", own, peers, catalog, edition.breaks(list(catalog.indicators)))
    found = moves(entries)
    words = said("region_moves")
    assert f"has {found.better + found.worse + found.same} such indicators" in words
    assert f"{found.better} got better and {found.worse} got worse" in words
    for name in ("industrial_value_added", "pct_applications"):
        change = next(entry.change for entry in entries if entry.indicator.id == name)
        assert change is not None and f"(−{abs(change.value):.1f} %)" in words


def test_the_line_of_the_example(data: Data) -> None:
    rows = data.edition.frame(f"{VIEWS} select * from provinces where year = 2024")
    across, up = (
        dict(rows.loc[rows["indicator"] == name, ["region", "value"]].to_numpy()) for name in ("gdp", "rd_expenditure")
    )
    found = judge(across, up, load_rules(data.catalog.folder), log_x=True, log_y=True).line
    assert found is not None
    words = said("compare_line")
    assert f"b = {found.slope:.5f}," in words and f"are {found.low:.5f} and {found.high:.5f}," in words
    low, high = ((1.1**slope - 1) * 100 for slope in (found.low, found.high))
    assert f"that is {low:.1f}% to {high:.1f}%" in words


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_critical_values_are_those_of_the_rules(lang: str) -> None:
    rules, words = load_rules(), {method.id: method for method in load_methods()}
    assert all(str(rules.critical(n)) in words["compare_spearman"].says[lang] for n in (10, 20, 31))
    assert all(str(rules.critical(n)) in words["compare_line_rule"].example[lang] for n in (31, 30))


def test_the_neighbours_of_the_example(data: Data) -> None:
    found = near("220000", data.edition.regions["region"], data.catalog, load_region_sets(data.catalog.folder))
    names = [data.catalog.regions[code].en for code in sorted(found.members)]
    assert f"its neighbours are {' and '.join(names)}: two," in said("region_other_peers")
