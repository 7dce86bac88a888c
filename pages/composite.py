"""Index: who is ahead overall, and how sure is it?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

import streamlit as st

from charts import intervals, stack
from charts.chart import Chart
from charts.stack import Bar
from indicators.catalog import Catalog
from indicators.comparability import Note
from indicators.composite import steps
from indicators.composite.build import LEAST_PARTS, Composite, RefusedError, build
from indicators.composite.inputs import Inputs, comparability, gather, wanted
from indicators.composite.recipe import CHOSEN, Recipe, encode
from indicators.queries import Edition
from pages.parts import app, choose, frame
from pages.parts import composite_choices as choices
from pages.parts import composite_view as view
from pages.parts import composite_words as words
from pages.parts.composite_choices import Choice
from pages.parts.opening import opening
from pages.parts.page import Page
from pages.parts.peer_sets import everyone

VIEWS = ("ranks", "scores")


def main() -> None:
    page = app.begin("composite")
    choice = choices.choose_all(page)
    try:
        if choice.recipe is None:
            raise RefusedError("few_parts", n=0, least=LEAST_PARTS)
        found, known = compute(page, choice.recipe, choice.among)
    except RefusedError as error:
        st.info(words.refused(page, error), icon=":material/search_off:")
    else:
        show(page, choice, found, known)
    app.finish(page)


def compute(page: Page, recipe: Recipe, among: tuple[str, ...]) -> tuple[Composite, Sequence[Note]]:
    """The index of a recipe, and what to know of its values.

    Raises:
        RefusedError: It cannot be built.
    """
    edition, catalog = page.edition, page.catalog
    codes = tuple(part.code for part in recipe.parts)
    inputs, known = _gathered(edition.id, codes, recipe.first_year, recipe.year, among, recipe, edition, catalog)
    query = urlencode(encode(recipe), doseq=True)
    found = _built(edition.id, query, among, recipe, inputs, catalog)
    if isinstance(found, RefusedError):
        raise found
    return found, known


@st.cache_resource(max_entries=32, show_spinner=False)
def _gathered(
    edition_id: str, codes: tuple[str, ...], first: int, last: int, among: tuple[str, ...], _recipe: Recipe,
    _edition: Edition, _catalog: Catalog,
) -> tuple[Inputs, Sequence[Note]]:  # fmt: skip
    """An edition never changes, and most choices leave the values as they are: they are read once."""
    del edition_id, codes, first, last
    selection = wanted(_recipe, among)
    breaks = _edition.breaks(selection.indicators)
    inputs = gather(_edition.observations(selection), _recipe, among, _catalog, breaks)
    return inputs, comparability(inputs, _catalog, breaks, _edition.sources)


@st.cache_resource(max_entries=32, show_spinner=False)
def _built(
    edition_id: str, query: str, among: tuple[str, ...], _recipe: Recipe, _inputs: Inputs, _catalog: Catalog
) -> Composite | RefusedError:
    """Worked out once for each recipe."""
    del edition_id, query, among
    try:
        return build(_recipe, _inputs, _catalog)
    except RefusedError as error:
        return error


def show(page: Page, choice: Choice, found: Composite, known: Sequence[Note]) -> None:
    """One message, its chart, what it depends on, and behind expanders how it came about."""
    picked = found.recipe.set == CHOSEN
    place = page.text("set_chosen") if picked else choices.set_name(page, found.recipe.set or everyone(page).code)
    lit = () if picked else choice.lit
    said = words.notes(page, found, place, known)
    filters = recipe_in_words(page, found, place)
    lines = [words.certainty(page, found), words.lit(page, found, lit), words.missing(page, found)]
    opening(words.leaders(page, found), *lines)
    form = choose.segment(page, "chart", page.text("view"), VIEWS, lambda code: page.text(f"view_{code}"))
    draw = ranks_chart if form == "ranks" else scores_chart
    chart = draw(page, found, lit, place, said)
    view.show_chart(page, found, chart, "index", f"composite.{form}", filters, said)
    show_depends(page, found, filters)
    if page.state.silent:
        return
    show_themes(page, found)
    view.show_steps(page, found, filters, said)
    view.take_book(page, found, filters, said)


def ranks_chart(page: Page, found: Composite, lit: tuple[str, ...], place: str, said: Sequence[str]) -> Chart:
    """The rank of each region, and the places between which it may stand."""
    return intervals.rank_ranges(
        steps.index(found, page.catalog),
        page.catalog,
        frame.look(page),
        title=page.text("title_ranks", place=place, when=words.when(page, found)),
        source=frame.source_text(page, found.inputs.rows),
        highlight=lit,
        notes=said,
    )


def scores_chart(page: Page, found: Composite, lit: tuple[str, ...], place: str, said: Sequence[str]) -> Chart:
    """The score of each region, put together from its themes where it is a sum."""
    summed = found.recipe.aggregation == "arithmetic"
    table = steps.index(found, page.catalog)
    parts = (
        [page.catalog.themes[name].name(page.lang) for name in found.weights.themes] if summed else [page.text("score")]
    )
    given = steps.contributions(found).set_index("region") if summed else table.set_index("region")[["score"]]
    given = given.fillna(0.0)
    bars = [
        Bar(code, words.region(page, code), tuple(given.loc[code]), int(rank))
        for code, rank in zip(table["region"], table["rank"], strict=True)
    ]
    return stack.stacked(
        bars,
        parts,
        frame.look(page),
        title=page.text("title_scores" if summed else "title_scores_whole", place=place, when=words.when(page, found)),
        unit=page.text("points"),
        source=frame.source_text(page, found.inputs.rows),
        highlight=lit,
        notes=said,
        decimals=1 if abs(found.index).max() >= 10 else 2,
    )


def show_depends(page: Page, found: Composite, filters: Mapping[str, str]) -> None:
    """What moves the ranks most."""
    effects = sorted(found.simulated.effects, key=lambda effect: -effect.shift)
    st.subheader(page.text("depends"), anchor=False)
    opening(words.depends(page, effects))
    chart = stack.stacked(
        [Bar(one.source, page.text(f"source_{one.source}"), (one.shift,)) for one in effects],
        [page.text("shift")],
        frame.look(page),
        title=page.text("title_depends"),
        unit=page.text("shift_unit"),
        source=frame.source_text(page, found.inputs.rows),
        heading="choice",
        decimals=2,
    )
    view.show_chart(page, found, chart, "effects", "composite.depends", filters, [words.simulated(page, found)])
    st.caption(page.text("depends_about"))


def show_themes(page: Page, found: Composite) -> None:
    """The score of each region in each theme."""
    st.subheader(page.text("themes_title"), anchor=False)
    table = steps.themes(found, page.catalog).assign(rank=found.ranks, score=found.index)
    table = table[["rank", "region", "score", *found.weights.themes]].sort_values(["rank", "region"])
    columns = view.columns_of(page, found, table)
    shown = view.readable(page, table).rename(columns={name: heading for name, (heading, _) in columns.items()})
    digits = "%.1f" if abs(found.index).max() >= 10 else "%.2f"
    config = {name: st.column_config.NumberColumn(format=digits) for name in shown if shown[name].dtype == float}
    st.dataframe(shown, hide_index=True, column_config=config, alt=page.text("themes_title"))


def recipe_in_words(page: Page, found: Composite, place: str) -> dict[str, str]:
    """What was chosen, for the exports."""
    recipe = found.recipe
    chosen = {
        "set": place,
        "year": words.when(page, found),
        "indicators": words.join(page, [choices.part_name(page, part) for part in found.parts]),
        "treat": page.text(f"treat_{recipe.treatment}"),
        "norm": page.text(f"norm_{recipe.normalisation}"),
        "weigh": page.text(f"weigh_{recipe.weighting}"),
        "agg": page.text(f"agg_{recipe.aggregation}"),
        "cover": f"{recipe.cover}%",
        "theme_cover": f"{recipe.theme_cover}%",
    }
    return {page.text(key): value for key, value in chosen.items()}


main()
