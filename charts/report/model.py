"""What a written report is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from charts.chart import Chart
from charts.export import Meta


@dataclass(frozen=True, slots=True)
class Table:
    """Cells as text.

    Attributes:
        numeric: For each column, whether it holds numbers (set right).
        unit: The unit of all values, empty where they differ (heads or cells name it then).
        kind: What all values are, where none is an actual value.
        left_out: What the chart has and the table has not, as a sentence; empty if nothing.
    """

    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    numeric: Sequence[bool]
    unit: str = ""
    kind: str = ""
    left_out: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One chart with its words, or words and a table alone.

    Attributes:
        chart: Drawn in the report's language; None where there is none.
        frame: The rows behind the chart; None when unknown.
        title: Its heading; without it the chart's own title stands there.
        say: What the chart shows, in one sentence made from its data; empty where its page says nothing.
        note: The author's own words.
        paragraphs: Further paragraphs above the chart.
        table: Printed in place of the chart's numbers.
        notes: What a reader must know before comparing.
        sources: Titles of the sources, as in `Meta.sources`.
    """

    chart: Chart | None = None
    frame: pd.DataFrame | None = None
    title: str = ""
    say: str = ""
    note: str = ""
    paragraphs: tuple[str, ...] = ()
    table: Table | None = None
    notes: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()

    @property
    def heading(self) -> str:
        return self.title or (self.chart.title if self.chart else "")

    @property
    def drawn(self) -> Chart | None:
        """The chart, where it has something to show."""
        return self.chart if self.chart and not self.chart.empty else None


@dataclass(frozen=True, slots=True)
class Report:
    """Sections in order below a title.

    Attributes:
        meta: Edition and language of all of it; its sources are numbered in their order.
        date: As it is written in the report's language.
    """

    title: str
    sections: Sequence[Section]
    meta: Meta
    subtitle: str = ""
    date: str = ""
