"""Compare: who leads, and is it fair to say so?"""

from __future__ import annotations

from charts import bar, heat, pairs, tiles
from charts import distribution as distribution_chart
from charts import scatter as scatter_chart
from indicators import across as rows_of
from indicators import distribution as spread
from indicators import facts
from indicators.comparability import notes
from indicators.regions import COUNTRY
from pages.parts import app, choose, frame
from pages.parts import compare_choices as choices
from pages.parts import compare_findings as findings
from pages.parts import compare_words as words
from pages.parts.compare_offer import offer
from pages.parts.compare_view import NothingToShow, View, competing, refuse
from pages.parts.opening import opening


def main() -> None:
    page = app.begin("compare")
    offered = offer(page)
    with choose.row(page):
        indicator, scope = choices.subject(page, offered)
        mode = choices.mode(page, offered, indicator, scope)
    try:
        VIEWS[mode](View(page, offered, page.catalog.indicators[indicator], scope, mode))
    except NothingToShow as why:
        refuse(page, why)
    app.finish(page)


def show_ranking(view: View) -> None:
    """Regions in order of one year's values."""
    page = view.page
    with choices.more(page):
        view.choose_regions()
        view.choose_basis()
        year = view.choose_year()
        planned = choices.plans(page, view.offered, view.indicator.id, view.basis)
    rows = view.read([view.indicator.id], [year], planned)
    ranked = competing(rows)
    opening(
        words.ranking(page, ranked, view.indicator, view.shown, view.place, year, len(view.regions)),
        words.places(page, ranked, view.indicator, view.pointed),
        view.missing(ranked),
    )
    said = view.fairness(rows)
    chart = bar.ranking(
        rows,
        page.catalog,
        frame.look(page),
        title=view.title(ranked, page.text("charts.year", year=year)),
        reference=COUNTRY,
        **view.chart_options(rows, said),
    )
    view.show(chart, rows, "ranking", said, {"year": str(year)})


def show_distribution(view: View) -> None:
    """Where the regions lie along the scale and the chosen ones stand; over several years, whether they draw closer."""
    page = view.page
    with choices.more(page):
        view.choose_regions()
        view.choose_basis()
        year = view.choose_year()
        years = view.choose_strips(year)
        rows = view.read([view.indicator.id], years)
        log = choices.log_scale(page, competing(rows))
    rows = rows_of.complete(rows, "year", years)
    now = view.some(competing(rows.loc[rows["year"] == year]))
    where = words.whereabouts(page, view.place, len(now), len(view.regions))
    summed = spread.adds_up(view.indicator, choices.basis_of(view.indicator, view.basis), view.scope)
    shape = findings.shape(page, now, view.indicator, view.shown, where, year, summed)
    stands = findings.standing(page, now, view.indicator, view.pointed, view.shown, where, year)
    drift = findings.drifted(page, competing(rows), years, view.shown, where)
    opening(*filter(None, [drift, stands, shape]), view.missing(now))
    said = [*view.fairness(rows), *([page.text("note_drift")] if drift else [])]
    when = page.text("charts.year", year=year)
    if len(years) > 1:
        when = page.text("charts.years", first=years[0], last=year)
    chart = distribution_chart.distribution(
        rows,
        page.catalog,
        frame.look(page),
        title=view.title(now, when, page.text("charts.distribution_of", what=view.shown)),
        reference=COUNTRY,
        log=log,
        **view.chart_options(rows, said),
    )
    view.show(chart, rows, "distribution", said, {"year": str(year)})


def show_map(view: View) -> None:
    """The provinces in their rough position, coloured by value."""
    page = view.page
    with choices.more(page):
        view.choose_regions(sets=False)
        view.choose_basis()
        year = view.choose_year()
    rows = competing(view.read([view.indicator.id], [year]))
    opening(
        words.ranking(page, rows, view.indicator, view.shown, view.place, year, len(view.regions)),
        words.places(page, rows, view.indicator, view.pointed),
        view.missing(rows),
    )
    said = view.fairness(rows)
    chart = tiles.tile_map(rows, page.catalog, frame.look(page), **view.chart_options(rows, said))
    view.show(chart, rows, "map", said, {"year": str(year)})


def show_change(view: View) -> None:
    """Each region in two years: values side by side, or lines between them, or ranks."""
    page = view.page
    with choices.more(page):
        view.choose_regions()
        view.choose_basis()
        first, last = view.choose_two_years()
        form = choose.segment(page, "form", page.text("form"), choices.FORMS, lambda code: page.text(f"form_{code}"))
    rows = view.some(rows_of.complete(competing(view.read([view.indicator.id], [first, last])), "year", [first, last]))
    changed = facts.changes(rows, first, last, page.catalog)
    opening(
        words.change(page, changed, view.shown, view.indicator, view.place, (first, last)),
        words.climb(page, changed, view.indicator) if form == "ranks" else "",
        words.changes_of(page, changed, view.indicator, view.pointed),
        view.missing(rows),
    )
    said = view.fairness(rows)
    options = {
        **view.chart_options(rows, said),
        "first": first,
        "last": last,
        "title": view.title(rows, page.text("charts.two_years", first=first, last=last)) if form != "ranks" else None,
    }
    if form == "dumbbell":
        chart = pairs.dumbbell(rows, page.catalog, frame.look(page), **options)
    else:
        options["by"] = "rank" if form == "ranks" else "value"
        chart = pairs.slope(rows, page.catalog, frame.look(page), place=words.begun(view.place), **options)
    view.show(chart, rows, "change", said, {"year_first": str(first), "year": str(last)})


def show_scatter(view: View) -> None:
    """Two indicators of one year against each other."""
    page = view.page
    with choices.more(page):
        other = page.catalog.indicators[choices.second(page, view.offered, view.indicator.id, view.scope)]
        view.choose_regions(other)
        view.choose_basis(other)
        year = view.choose_year(other)
        log = choose.one(page, "log", page.text("scale"), choices.SCALES, lambda code: page.text(f"scale_{code}"))
    both = (view.indicator, other)
    names = [one.id for one in both]
    rows = view.some(rows_of.complete(competing(view.read(names, [year])), "indicator", names))
    log_x, log_y = "x" in log, "y" in log
    drawn = choices.positive(rows, [name for name, wanted in zip(names, (log_x, log_y), strict=True) if wanted])
    sides = view.sides(other, rows)
    found, relation = view.line(sides, (log_x, log_y))
    opening(
        words.scatter(page, [(side.name, side.rows) for side in sides], view.place, year),
        findings.line(page, sides, found, relation),
        findings.by_size(page, sides) if found.line else "",
        view.missing(rows),
    )
    said = [
        *view.fairness(rows),
        *words.correlation(page, [(side.name, side.rows) for side in sides]),
        *findings.line_notes(page, sides, found, relation),
    ]
    chart = scatter_chart.scatter(
        drawn,
        page.catalog,
        frame.look(page),
        x=view.indicator.id,
        y=other.id,
        place=words.begun(view.place),
        source=frame.source_text(page, drawn),
        x_label=view.label(view.indicator),
        y_label=view.label(other),
        log_x=log_x,
        log_y=log_y,
        highlight=view.lit_in(drawn),
        line=found.line,
        notes=said,
    )
    view.show(chart, drawn, "scatter", said, {"second": sides[1].name, "year": str(year)})


def show_heat(view: View) -> None:
    """Regions by indicators, each indicator for itself."""
    page = view.page
    with choices.more(page):
        view.choose_regions()
        view.choose_basis()
        year = view.choose_year()
        cells = choose.segment(page, "cell", page.text("cell"), choices.CELLS, lambda code: page.text(f"cell_{code}"))
    columns = choices.columns(page, view.offered, view.indicator.id, year, view.regions)
    rows = competing(view.read([view.indicator.id, *columns], [year]))
    opening(words.heat(page, rows, view.place, year), view.missing(rows))
    said = view.fairness(rows)
    show: heat.Show = next(one for one in choices.CELLS if one == cells)
    chart = heat.heat_table(
        rows,
        page.catalog,
        frame.look(page),
        place=view.place,
        source=frame.source_text(page, rows),
        show=show,
        highlight=view.pointed,
        notes=said,
    )
    view.show(chart, rows, "heat", said, {"year": str(year)})


def show_figures(view: View) -> None:
    """Loose figures, each with its year, grade and scope: shown side by side, never ranked."""
    page = view.page
    ranked = view.offered.rankable(view.indicator.id)
    found = rows_of.figures(page.edition, view.indicator.id, reports_only=ranked)
    with choose.row(page):
        found = choices.with_plans(page, found)
        rows = choices.one_measure(page, found)
    opening(words.figures(page, rows, view.indicator.name(page.lang)), page.text("not_ranked") if len(rows) > 1 else "")
    breaks = page.edition.breaks([view.indicator.id])
    said = frame.note_texts(page, notes(rows, page.catalog, breaks, page.edition.sources))
    chart = bar.figures(rows, page.catalog, frame.look(page), source=frame.source_text(page, rows), notes=said)
    view.show(chart, rows, "figures", said, {})


VIEWS = {
    "ranking": show_ranking,
    "distribution": show_distribution,
    "change": show_change,
    "scatter": show_scatter,
    "map": show_map,
    "heat": show_heat,
    "figures": show_figures,
}

main()
