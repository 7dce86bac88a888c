"""The methods as they stand: complete, and each example's arithmetic comes out as printed; and the faults found."""

import ast
import operator
import re
from decimal import Decimal
from pathlib import Path

import pytest

from etl.check import USUAL_STEP
from etl.check_sums import RATIO_TOLERANCE
from indicators import distribution, peers, standing
from indicators.composite import simulate, treat
from indicators.composite.build import LEAST_REGIONS
from indicators.composite.normalise import POSITIVE, SPAN
from indicators.composite.recipe import Recipe
from indicators.development import TREND
from indicators.errors import CatalogError
from indicators.labels import LANGUAGES
from indicators.methods import Method, load_methods
from indicators.observation import DOUBTFUL
from indicators.strengths import RECENT
from pages.parts.menu import PAGES

CHECKED = [method for method in load_methods() if method.check]
OPERATIONS = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv, ast.Pow: operator.pow,
}  # fmt: skip
FUNCTIONS = {name: getattr(Decimal, name) for name in ("ln", "exp", "sqrt", "log10")} | {"abs": abs}

CONSTANTS: dict[str, tuple[float, ...]] = {
    "unusual_step": USUAL_STEP,
    "ratio_contradiction": (RATIO_TOLERANCE, 100 * RATIO_TOLERANCE),
    "confidence": (100 * DOUBTFUL,),
    "compare_quartiles": (distribution.FEW,),
    "compare_apart": (distribution.FENCE,),
    "compare_first_share": (distribution.FIRST, 4 * distribution.FIRST),
    "compare_tenths": (distribution.MANY,),
    "compare_variation": (distribution.FEW, 100 * distribution.STEADY),
    "index_100": (TREND,),
    "composite_skewness": (treat.SKEWNESS, treat.KURTOSIS, treat.LEAST),
    "composite_treatment": (treat.SKEWNESS, treat.KURTOSIS, treat.OFFSET, Recipe((), 0).winsorised),
    "composite_coverage": (Recipe((), 0).cover, LEAST_REGIONS),
    "composite_minmax": (*SPAN, *POSITIVE),
    "composite_range": (simulate.SIMULATIONS, 1 - simulate.SPREAD, 1 + simulate.SPREAD),
    "region_similar_peers": (peers.NEAREST, peers.LEAST),
    "region_distance": (standing.MIN_PEERS, standing.FAR, RECENT - 1),
    "region_rank": (standing.MIN_PEERS,),
    "region_moves": (RECENT - 1,),
}
"""Limits in the code that a method tells the reader of."""

GOOD = """
- id: one
  pages: [trends]
  name: {zh: 一, en: One}
  formula: x
  says: {zh: 说, en: Says}
  example: {zh: 例, en: Example}
  source: {zh: 定义, en: By definition}
"""


def computed(node: ast.expr) -> Decimal:
    """The value of an arithmetic expression: numbers, + - * / **, and a few functions."""
    match node:
        case ast.Constant(value=int() | float()):
            return Decimal(str(node.value))
        case ast.UnaryOp(op=ast.USub()):
            return -computed(node.operand)
        case ast.BinOp():
            result = OPERATIONS[type(node.op)](computed(node.left), computed(node.right))
            assert isinstance(result, Decimal)
            return result
        case ast.Call(func=ast.Name(id=name)):
            result = FUNCTIONS[name](*map(computed, node.args))
            assert isinstance(result, Decimal)
            return result
    raise AssertionError(ast.dump(node))


@pytest.mark.parametrize("method", CHECKED, ids=lambda method: method.id)
def test_an_example_can_be_recomputed(method: Method) -> None:
    gives = Decimal(method.check["gives"])
    value = computed(ast.parse(method.check["compute"], mode="eval").body)
    assert abs(value - gives) <= Decimal("0.5000001").scaleb(int(gives.as_tuple().exponent))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("method", CHECKED, ids=lambda method: method.id)
def test_the_result_stands_in_the_example(method: Method, lang: str) -> None:
    numbers = [Decimal(found.replace(",", "")) for found in re.findall(r"\d[\d,]*(?:\.\d+)?", method.example[lang])]
    gives = abs(Decimal(method.check["gives"]))
    shown = {number for number in numbers if abs(number - gives) <= Decimal("0.5").scaleb(_exponent(number))}
    assert shown, f"{gives} is not among {numbers}"


def _exponent(number: Decimal) -> int:
    return int(number.as_tuple().exponent)


def test_every_page_has_its_methods_and_no_method_another_page() -> None:
    """Every page of the menu shows numbers that it or a page before it computed, if only rounded ones."""
    assert {page for method in load_methods() for page in method.pages} == set(PAGES)


@pytest.mark.parametrize(("name", "constants"), CONSTANTS.items())
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_limits_are_those_of_the_code(name: str, constants: tuple[float, ...], lang: str) -> None:
    method = next(method for method in load_methods() if method.id == name)
    told = set(re.findall(r"\d+(?:\.\d+)?", f"{method.formula} {method.says[lang]}"))
    assert not {f"{constant:g}" for constant in constants} - told


def test_a_good_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "methods").mkdir()
    (tmp_path / "methods" / "own.yml").write_text(GOOD, encoding="utf-8")
    (method,) = load_methods(tmp_path)
    assert (method.id, method.area, method.pages, method.formula) == ("one", "own", ("trends",), "x")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (GOOD + GOOD, "id: stands twice"),
        (GOOD.replace("zh: 例, ", ""), "example: zh: is empty"),
        (GOOD.replace("[trends]", "[]"), "pages: names no page"),
        (GOOD.replace("  formula:", "  formulae:"), "formulae: is not a field"),
        (GOOD + "  check: {compute: 1 + 1}\n", "check: must hold compute and gives"),
        (GOOD + "  data: {select 1: 1}\n", "data: must hold questions and their answers"),
        (GOOD.replace("zh: 说", 'zh: "$x"'), "says: zh: a formula between dollars is not closed"),
        ("- 5\n", "is no mapping"),
        ("id: one\n", "is not a list of entries"),
        ("- [\n", "cannot be read"),
    ],
)
def test_a_fault_names_its_place(tmp_path: Path, text: str, fault: str) -> None:
    (tmp_path / "methods").mkdir()
    (tmp_path / "methods" / "own.yml").write_text(text, encoding="utf-8")
    with pytest.raises(CatalogError) as error:
        load_methods(tmp_path)
    assert any(fault in said and "methods/own.yml" in said for said in error.value.faults)
