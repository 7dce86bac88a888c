"""Draft a table's card from the file: what is printed is taken over, what only a person can know stays `TODO`.

Guesses carry the comment `# ?`. A drafted card builds once each `TODO` is answered.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from etl.read.cards import READINGS, TODO
from etl.read.frame import Frame, Framer, column_letter, years_in
from etl.read.grid import Grid
from etl.read.measure import YEAR_ALONE, bare_name, printed_units
from etl.read.pick import is_hidden, overlap, read_grids
from etl.read.places import Places, region_in
from etl.read.words import load_words, plain
from indicators.catalog import Catalog, Indicator
from indicators.errors import Problem, SourceError
from indicators.printed import read_number
from indicators.regions import COUNTRY

_GUESS = "# ?"


@dataclass(frozen=True, slots=True)
class _Draft:
    """A table as the draft understands it: its parts and what its rows are."""

    number: int
    grid: Grid
    frame: Frame
    rows: str


def draft_table(path: Path, data: bytes, catalog: Catalog, table: str | None = None, page: int | None = None) -> str:
    """The card of one table of a file, as YAML with comments.

    Args:
        table: Name or number (from 1) of the sheet or table; None takes the one with the most rows that are understood.
        page: Of a pdf.
    Raises:
        SourceError: The file cannot be read, or no table in it is understood.
    """
    where = f"{path.parent.name}/{path.name}"
    grids = read_grids(path, data, where, page=page)
    wanted = [
        (number, grid)
        for number, grid in enumerate(grids, 1)
        if grid.rows
        and not overlap(grid)
        and (str(table) in (str(number), grid.name) if table is not None else not is_hidden(grid))
    ]
    drafts = [draft for number, grid in wanted if (draft := _understand(number, grid, catalog))]
    if not drafts:
        names = ", ".join(f"{number} {grid.name}".strip() for number, grid in enumerate(grids, 1))
        params = {"field": "sheet, table", "wanted": str(table or "–"), "names": names}
        raise SourceError(Problem("unknown_table" if table else "no_table", where, params=params, source_id=where))
    best = max(drafts, key=lambda draft: len(draft.frame.body))
    shown = sum(bool(grid.rows) and not is_hidden(grid) for grid in grids)
    several = max(shown, 2) if is_hidden(best.grid) else shown
    lines = [*_about(best, path, catalog), *_place(best, path, several, page), *_axes(best, catalog)]
    return "\n".join(lines) + "\n"


def scalar(value: Any) -> str:
    """A value as YAML writes it in one line."""
    text: str = yaml.safe_dump(value, allow_unicode=True, default_flow_style=True, width=10_000)
    return text.removesuffix("\n").removesuffix("\n...")


def _understand(number: int, grid: Grid, catalog: Catalog) -> _Draft | None:
    """What the rows are: the reading by which most of them have a name."""
    words = load_words(catalog.folder)
    places = Places(catalog, words)
    names = {plain(name) for indicator in catalog.indicators.values() for name in (indicator.zh, *indicator.aliases)}
    tests: dict[str, Callable[[str], bool]] = {
        "regions": lambda text: places.known(text) or words.is_total(text),
        "years": lambda text: len(years_in([text])) == 1 and len(plain(text)) <= 8,
        "indicators": lambda text: bare_name(text, catalog) in names,
    }
    best: tuple[int, _Draft] | None = None
    for rows, test in tests.items():
        frame = Framer(grid, test, words).frame()
        if frame is None or not frame.header_rows:
            continue
        named = sum(test(frame.cells[row][frame.label]) for row in frame.body)
        if named and (best is None or named > best[0]):
            best = (named, _Draft(number, grid, frame, rows))
    return best[1] if best else None


def _about(draft: _Draft, path: Path, catalog: Catalog) -> list[str]:
    """What the table is called, who published it, and of which region it is."""
    of_sheet = path.suffix.lower() == ".xlsx"  # a sheet's name says less than the line above the table
    title = next(
        (text for text in draft.frame.titles() if not of_sheet or text != draft.grid.name), draft.grid.name or path.stem
    )
    source = next((note for note in draft.frame.notes if "来源" in note), None)
    lines = [
        f"title: {scalar(title.strip())}",
        f"publisher: {TODO}  # who published the figures" + (f"; the table says: {source}" if source else ""),
        f"published: {TODO}  # year, month or day of the publication: '2024', '2024-03', '2024-03-15'",
        f"reading: {TODO}  # {' | '.join(READINGS)}",
    ]
    if draft.frame.notes:
        lines.append("# The lines below the table are taken over as its notes.")
    return lines


def _place(draft: _Draft, path: Path, several: int, page: int | None) -> list[str]:
    lines = []
    suffix = path.suffix.lower()
    if suffix == ".xlsx" and several > 1:
        lines.append(f"sheet: {scalar(draft.grid.name)}  # the file has {several} sheets; a card reads one")
    elif suffix not in (".csv", ".xlsx") and several > 1:
        lines.append(f"table: {draft.number}  # the file has {several} tables; a card reads one")
    if page is not None:
        lines.append(f"page: {page}")
    if len(draft.frame.header_rows) != 1:
        lines.append(f"header_rows: {len(draft.frame.header_rows)}")
    return lines


def _axes(draft: _Draft, catalog: Catalog) -> list[str]:
    frame = draft.frame
    columns = [index for index in range(len(frame.headers)) if index != frame.label and _has_numbers(frame, index)]
    regions = draft.rows == "regions"
    lines = _regions(draft, catalog) if regions else [_region(draft, catalog), f"rows: {draft.rows}"]
    if not columns:
        return [*lines, f"columns: {TODO}  # no column holds numbers"]
    years = [years_in(frame.headers[index]) for index in columns]
    of_years = all(len(found) == 1 for found in years) and len(set(years)) == len(years)
    if draft.rows == "indicators":
        lines += ["columns: years"] if of_years else _columns(draft, columns, catalog, own=False)
        return lines + _indicators(draft, catalog)
    if of_years and (len(columns) > 1 or YEAR_ALONE.fullmatch(plain(frame.header(columns[0])))):
        indicator, remark = _indicator([*_headers_without_years(frame, columns, catalog), *frame.title], catalog)
        measured = _measured([*frame.headers[columns[0]], *frame.title], frame, indicator, catalog)
        beside = [frame.header(index) for index in range(len(frame.headers)) if _is_order(frame, index)]
        lines += [f"ignore: {scalar(beside)}"] if beside else []
        return [*lines, "columns: years", f"indicator: {indicator}{remark}", *measured]
    return lines + _columns(draft, columns, catalog, own=True)


def _regions(draft: _Draft, catalog: Catalog) -> list[str]:
    """`within` and `total`, where they are needed."""
    words = load_words(catalog.folder)
    labels = [draft.frame.cells[row][draft.frame.label] for row in draft.frame.body]
    found = Places(catalog, words).find_all(labels)
    known = [one.code for one in found if one.code and one.code != COUNTRY]
    lines = []
    above = _common([[region.code for region in catalog.regions.ancestors(code)] for code in known])
    if above and above != COUNTRY:
        lines.append(f"within: '{above}'  # {catalog.regions.path(above, 'zh')}: all rows that are known lie there")
    total = next((label.strip() for label in labels if words.is_total(label)), None)
    if total:
        region = f"'{above}'" if above else TODO
        lines.append(f"# total: {region}  # the region that {total} is of; without it that row is left out")
    unknown = [label.strip() for label, one in zip(labels, found, strict=True) if not one.candidates and label.strip()]
    unknown = [label for label in unknown if not words.is_total(label)]
    if unknown:
        lines.append(f"# skip: {scalar(unknown)}  # rows that are no region of the catalogue")
    return lines


def _region(draft: _Draft, catalog: Catalog) -> str:
    """The one region of a table whose rows are years or indicators."""
    found = region_in(draft.frame.title, catalog)
    if found:
        return f"region: '{found}'  {_GUESS} {catalog.regions.path(found, 'zh')}"
    return f"region: {TODO}  # code of the region that the table is of"


def _columns(draft: _Draft, columns: Sequence[int], catalog: Catalog, own: bool) -> list[str]:
    frame = draft.frame
    lines = ["columns:"]
    twice = Counter(frame.header(index) for index in columns)
    for index in columns:
        header = frame.header(index)
        parts = [f"header: {scalar(header)}"] if header and twice[header] == 1 else [f"column: {column_letter(index)}"]
        remark = ""
        if own:
            indicator, remark = _indicator(frame.headers[index], catalog, frame.title)
            parts += [f"indicator: {indicator}", *_measured(frame.headers[index], frame, indicator, catalog)]
        if draft.rows != "years":
            parts += _year(frame, index)
        lines.append(f"- {{{', '.join(parts)}}}{remark}")
    return lines


def _indicators(draft: _Draft, catalog: Catalog) -> list[str]:
    frame = draft.frame
    words = load_words(catalog.folder)
    unit_columns = [i for i, parts in enumerate(frame.headers) if parts and plain(parts[-1]) in words.unit_headers]
    lines = ["indicators:"]
    for row in frame.body:
        label = frame.cells[row][frame.label].strip()
        texts = [label, *(frame.cells[row][column] for column in unit_columns)]
        if not label or not any(read_number(text) for text in frame.cells[row]):
            continue
        indicator, remark = _indicator([label], catalog)
        measured = ", ".join(_measured(texts, frame, indicator, catalog))
        lines.append(f"- {{header: {scalar(label)}, indicator: {indicator}, {measured}}}{remark}")
    return lines


def _year(frame: Frame, index: int) -> list[str]:
    years = years_in(frame.headers[index]) or years_in(frame.title)
    return [f"year: {years[0] if len(years) == 1 else TODO}"]


def _measured(texts: Sequence[str], frame: Frame, indicator: str, catalog: Catalog) -> list[str]:
    """The unit of a row or column, and that it is growth where its header says so and prints a percentage."""
    growth = load_words(catalog.folder).is_growth(texts)
    percent = {"%", "％"} & set(printed_units(texts, catalog))
    if growth and percent:
        return ["measure: growth", "unit: '%'"]
    return [f"unit: {_unit(texts, frame, indicator, catalog)}"]


def _unit(texts: Sequence[str], frame: Frame, indicator: str, catalog: Catalog) -> str:
    """The printed unit that fits the indicator; TODO where none or several do."""
    wanted = catalog.indicators[indicator].unit if indicator in catalog.indicators else None
    for words in (printed_units(texts, catalog), printed_units(frame.title, catalog)):
        fitting = [word for word in words if wanted is None or catalog.units.of_word(word)[0].id == wanted]
        if len(fitting) == 1:
            return scalar(fitting[0])
        if words:
            break
    return TODO


def _indicator(texts: Sequence[str], catalog: Catalog, title: Sequence[str] = ()) -> tuple[str, str]:
    """The indicator that a header names, and a remark; by its name, else by the longest alias, else by the title."""
    for group in (texts, title):
        bare = [part for text in group for part in (bare_name(text, catalog),) if part]
        exact = {i.id: i for i in catalog.indicators.values() if {plain(n) for n in (i.zh, *i.aliases)} & set(bare)}
        if len(exact) == 1:
            return next(iter(exact)), ""
        candidates = exact or _by_alias(bare, catalog)
        if len(candidates) == 1:
            (indicator,) = candidates.values()
            return indicator.id, f"  {_GUESS} {indicator.zh}"
        if candidates:
            return TODO, f"  {_GUESS} {' | '.join(candidates)}"
    return TODO, "  # an id of data/catalog/indicators"


def _by_alias(texts: Iterable[str], catalog: Catalog) -> dict[str, Indicator]:
    """The indicators whose longest name stands in a text, where no near miss of theirs does."""
    found: dict[int, dict[str, Indicator]] = {}
    for text in texts:
        for indicator in catalog.indicators.values():
            if any(plain(other) in text for other in indicator.not_this):
                continue
            lengths = [len(plain(name)) for name in (indicator.zh, *indicator.aliases) if plain(name) in text]
            if lengths:
                found.setdefault(max(lengths), {})[indicator.id] = indicator
    return found[max(found)] if found else {}


def _headers_without_years(frame: Frame, columns: Sequence[int], catalog: Catalog) -> list[str]:
    """Parts of the headers that all columns share."""
    shared = set(frame.headers[columns[0]]).intersection(*(frame.headers[index] for index in columns))
    return [part for part in frame.headers[columns[0]] if part in shared and not years_in([part])]


def _has_numbers(frame: Frame, column: int) -> bool:
    """Whether a column holds values: numbers that are neither codes of regions nor an order."""
    texts = [text.strip() for row in frame.body if (text := frame.cells[row][column])]
    numbers = sum(read_number(text) is not None for text in texts)
    codes = all(len(text) == 6 and text.isdecimal() for text in texts)
    return numbers > 0 and not (codes and len(set(texts)) == len(texts) and column < 3) and not _is_order(frame, column)


def _is_order(frame: Frame, column: int) -> bool:
    """Whether a column numbers the rows: 1, 2, 3, … without a gap."""
    texts = [frame.cells[row][column].strip() for row in frame.body]
    counted = [text for text in texts if text]
    return len(counted) > 2 and column < 3 and counted == [str(number) for number in range(1, len(counted) + 1)]


def _common(paths: Sequence[Sequence[str]]) -> str | None:
    """The lowest region that all lie in; each path leads from the region above upwards."""
    if not paths:
        return None
    return next((code for code in paths[0] if all(code in path for path in paths)), None)
