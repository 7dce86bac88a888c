"""What the worked examples take from the data, asked of a freshly built edition: no new edition makes one wrong in silence."""

import re
from decimal import Decimal
from pathlib import Path

import pytest

import indicators
from indicators import interval
from indicators.interface import Data
from indicators.labels import LANGUAGES
from indicators.methods import Method, load_methods

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
