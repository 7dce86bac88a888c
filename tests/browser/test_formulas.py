"""The Method page's formulas: each one is set, and a phone shows it without pushing it aside."""

from playwright.sync_api import Browser

from indicators.methods import load_methods
from pages.parts.menu import PAGES
from tools.browser import Server, visit

ROUNDED = 4
"""Pixels by which the signs of a formula reach over its box, which nothing cuts."""
FORMULAS = """(rounded) => ({
  shown: document.querySelectorAll('.katex-display').length,
  wrong: [...document.querySelectorAll('.katex-error')].map((one) => one.textContent),
  cut: [...document.querySelectorAll('.katex')].filter((one) => {
    for (let box = one; box !== document.body; box = box.parentElement)
      if (getComputedStyle(box).overflowX !== 'visible' && box.scrollWidth > box.clientWidth + rounded) return true;
    return one.getBoundingClientRect().right > document.documentElement.clientWidth + 1;
  }).map((one) => one.querySelector('annotation').textContent),
})"""


def test_every_formula_fits_a_phone(browser: Browser, server: Server) -> None:
    with visit(browser, server, "en", 390) as visitor:
        for name in PAGES:
            page = visitor.open(f"/method?part=formulas&of={name}")
            expected = sum(name in method.pages and bool(method.formula) for method in load_methods())
            page.wait_for_function(f"document.querySelectorAll('.katex-display').length >= {expected}")
            assert page.evaluate(FORMULAS, ROUNDED) == {"shown": expected, "wrong": [], "cut": []}, name
