"""What a deck is made of."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from charts.chart import Chart


@dataclass(frozen=True, slots=True)
class Slide:
    """One chart of a deck; a chart with many panels or rows takes several slides.

    Attributes:
        chart: Drawn in the deck's language; a dark or narrow one is redrawn in light colours at full width.
        frame: The rows behind the chart: `observation_id`, and `inputs` where rows are derived. None when unknown.
        title: A sentence that says what the chart shows; without it the chart's own title stands there.
        note: What the presenter wants to say; it stands below the title and heads the speaker notes.
    """

    chart: Chart
    frame: pd.DataFrame | None = None
    title: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Cover:
    """The first slide: title, a line below it, and the date as it is written in the deck's language."""

    title: str
    subtitle: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where one printed value stands, in the reader's language.

    Attributes:
        source: Title of the source as it is cited.
        place: Row and column of a table, or the section of a report.
        words: The sentence that has the number; empty for a table.
    """

    source: str
    place: str = ""
    words: str = ""
