"""Writes the README's table of what is covered from the current edition: `python -m tools.coverage`."""

from __future__ import annotations

from pathlib import Path

from indicators.catalog import Catalog, load_catalog
from indicators.paths import data_paths
from indicators.queries import Edition, Library

README = Path(__file__).resolve().parents[1] / "README.md"
START, END = "<!-- coverage: written by `python -m tools.coverage` -->\n", "<!-- /coverage -->"


def coverage(edition: Edition, catalog: Catalog) -> str:
    """A line of totals and one row for each theme: indicators with values, regions, years, values shown."""
    counts = edition.manifest["counts"]
    frame = edition.coverage()
    frame["theme"] = [catalog.indicators[name].theme for name in frame["indicator"]]
    lines = [
        f"{counts['observations']:,} observations: {counts['from_tables']:,} of {counts['tables']} tables, "
        f"{counts['superseded']:,} superseded vintages, {counts['from_reports']:,} of {counts['reports']} reports; "
        f"{counts['indicators']} indicators and {counts['regions']} regions.",
        "",
        "| theme | indicators | regions | years | values shown |",
        "|---|---|---|---|---|",
    ]
    for theme in catalog.themes.values():
        rows = frame.loc[frame["theme"] == theme.id]
        years = rows["year"].dropna()
        span = f"{years.min()}–{years.max()}" if len(years) else "–"
        counts_of = [rows[name].nunique() for name in ("indicator", "region")]
        cells = (f"{theme.zh} {theme.en}", *counts_of, span, f"{rows['n'].sum():,}")
        lines.append("| " + " | ".join(map(str, cells)) + " |")
    return "\n".join(lines) + "\n"


def written_into(readme: str, table: str, start: str = START, end: str = END) -> str:
    """The README with a table in its place, between two marks.

    Raises:
        ValueError: The README lacks the marks.
    """
    before, opened, rest = readme.partition(start)
    _, closed, after = rest.partition(end)
    if not opened or not closed:
        raise ValueError(f"{README.name} has no place for the table: {start.strip()} … {end}")
    return before + start + table + end + after


def main() -> None:
    edition = Library(data_paths().parquet).current()
    table = coverage(edition, load_catalog())
    README.write_text(written_into(README.read_text(encoding="utf-8"), table), encoding="utf-8")


if __name__ == "__main__":
    main()
