"""Method, the rules: how figures are read, settled and compared, each so that it can be done again by hand."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import streamlit as st

from indicators.comparability_rules import USES, load_rules
from indicators.compare import DENOMINATORS, QUOTIENTS
from indicators.labels import has
from pages.parts.page import Page

GROUPS: Mapping[str, frozenset[str]] = {
    "compared": frozenset({"ranking", "change", "scatter", "heat", "index", "sum"}),
    "shown": frozenset({"trend", "side", "rows", "profile"}),
}
"""Uses that most rules treat alike."""
READING = ("sources", "extraction", "ledger", "truth", "fields", "settling", "checks")
COMPARING = ("units", "growth", "quotients", "index", "share", "rank", "breaks", "limits")


def reading(page: Page) -> None:
    """From the source to the value."""
    glyphs = {kind: page.text(f"charts.glyph_{kind}") for kind in ("actual", "target", "requirement", "derived")}
    st.markdown("\n\n".join(_rule(page, name, **(glyphs if name == "truth" else {})) for name in READING))


def comparing(page: Page) -> None:
    """From values to comparisons: formulas with their terms, and where a series breaks."""
    parts = []
    for name in COMPARING:
        parts.append(_rule(page, name))
        if name == "quotients":
            parts.append(_quotients(page))
        if name == "breaks":
            parts.append(_breaks(page))
        if name == "limits":
            parts.append(_limits(page))
    st.markdown("\n\n".join(parts))


def _rule(page: Page, name: str, **params: str) -> str:
    return f"#### {page.text(f'method.rule_{name}_title')}\n\n{page.text(f'method.rule_{name}', **params)}"


def _quotients(page: Page) -> str:
    """The formulas as they are computed, and the unit of their result."""
    heads = [page.text(f"method.quotient_{name}") for name in ("basis", "formula", "result")]
    lines = [line(heads), "|" + "---|" * len(heads)]
    for (basis, unit), (factor, result) in QUOTIENTS.items():
        under = page.catalog.indicators[DENOMINATORS[basis]]
        denominator = page.text("method.in_unit", what=under.name(page.lang), unit=_unit(page, under.unit))
        formula = page.text("method.quotient", factor=f"{factor:,.0f}", unit=_unit(page, unit), denominator=denominator)
        lines.append(line([page.text(f"method.basis_{basis}"), formula, page.text(f"method.result_{result}")]))
    return "\n".join(lines)


def _unit(page: Page, unit: str) -> str:
    return page.catalog.units[unit].name(page.lang)


def _breaks(page: Page) -> str:
    """Every break that a card names."""
    rows = page.edition.breaks(list(page.catalog.indicators))
    if rows.empty:
        return page.text("method.no_breaks")
    heads = [page.text("data.column_year"), page.text("data.indicators"), page.text("method.break_what")]
    lines = [line(heads), "|---|---|---|"]
    names, comma = page.catalog.indicators, page.text("charts.list_comma")
    for (year, what), same in rows.groupby(["year", page.lang], sort=True):
        concerned = dict.fromkeys(names[name].name(page.lang) for name in same["indicator"])
        lines.append(line([str(year), comma.join(concerned), str(what)]))
    return "\n".join(lines)


def _limits(page: Page) -> str:
    """Every rule of comparability, from the data that the pages judge by: the most serious first."""
    heads = [page.text(f"method.limit_{name}") for name in ("what", "refused", "noted", "way")]
    rows = []
    for rule in load_rules(page.catalog.folder):
        asked = page.text(f"notes.asked_{rule.asked}") if rule.asked else ""
        way = _way(page, rule.way) if rule.way else ""
        rows.append(
            [page.text(f"notes.{rule.code}_rule"), _uses(page, rule.refuse) + asked, _uses(page, rule.note), way]
        )
    groups = [
        page.text("method.limit_group", group=page.text(f"method.limit_{name}"), uses=_named(page, group))
        for name, group in GROUPS.items()
    ]
    if page.narrow:  # four columns do not fit a phone
        said = [
            "  \n".join(
                [
                    f"- **{what}**",
                    *(
                        page.text("method.limit_line", head=h, what=w)
                        for h, w in zip(heads[1:], more, strict=True)
                        if w
                    ),
                ]
            )
            for what, *more in rows
        ]
        return "\n".join([*groups, "", *said])
    return "\n".join(["  \n".join(groups), "", line(heads), "|" + "---|" * len(heads), *map(line, rows)])


def _way(page: Page, way: str) -> str:
    """A way out in general, without the year of one case."""
    general = f"notes.way_{way}_any"
    return page.text(general if has(general) else f"notes.way_{way}")


def _uses(page: Page, uses: Collection[str]) -> str:
    """Uses in words; those of a whole group by the group's name."""
    whole = [name for name, group in GROUPS.items() if group <= frozenset(uses)]
    rest = frozenset(uses).difference(*(GROUPS[name] for name in whole))
    names = [page.text(f"method.limit_{name}") for name in whole]
    return page.text("charts.list_comma").join([*names, *([_named(page, rest)] if rest else [])])


def _named(page: Page, uses: Collection[str]) -> str:
    return page.text("charts.list_comma").join(page.text(f"notes.use_{use}") for use in USES if use in uses)


def line(cells: Sequence[str]) -> str:
    """A row of a Markdown table."""
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
