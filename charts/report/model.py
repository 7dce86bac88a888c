"""What a written report is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from charts.chart import Chart
from charts.export import Meta


@dataclass(frozen=True, slots=True)
class Section:
    """One chart with its words.

    Attributes:
        chart: Drawn in the report's language.
        frame: The rows behind the chart; None when unknown.
        title: Its heading; without it the chart's own title stands there.
        say: What the chart shows, in one sentence made from its data; empty where its page says nothing.
        note: The author's own words.
        notes: What a reader must know before comparing.
        sources: Titles of the sources, as in `Meta.sources`.
    """

    chart: Chart
    frame: pd.DataFrame | None = None
    title: str = ""
    say: str = ""
    note: str = ""
    notes: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()

    @property
    def heading(self) -> str:
        return self.title or self.chart.title


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
