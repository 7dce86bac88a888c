"""Speaker notes: what the presenter wants to say, the chart in words, what to know, and where each value comes from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

import pandas as pd
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.parts.slide import NotesSlidePart

from charts.deck.ink import Run, paragraph
from charts.deck.kinds import NATIVE
from charts.deck.model import Slide
from charts.deck.paper import elements
from charts.deck.reading import Work
from charts.numbers import join_unit
from charts.numbers import plain as written
from charts.theme import LIGHT

MOST = 60
"""Values whose place is written out in the notes; the chart's workbook has all of them."""


def lines_of(slide: Slide, work: Work, *, drawn_as: str = "") -> list[tuple[str, bool]]:
    """The notes' lines, each with whether it is a heading.

    Args:
        drawn_as: A sentence on the form that the chart takes where PowerPoint has no such chart.
    """
    chart = slide.chart
    found = [(line, False) for line in slide.note.splitlines() if line.strip()]
    if slide.title and slide.title != chart.title:
        found.append((chart.title, True))
    found.append((chart.alt, False))
    found += [(drawn_as, False)] if drawn_as else []
    if chart.notes:
        found.append((work.word("to_know"), True))
        found += [(note, False) for note in chart.notes]
    found += _evidence(work)
    if chart.source:
        found.append((chart.source, False))
    return found


def _evidence(work: Work) -> list[tuple[str, bool]]:
    """Values by the place that they stand in, under their source."""
    table = work.chart.table
    if "observation_id" not in table or table.empty:
        return []
    groups: dict[str, dict[tuple[str, str], list[str]]] = {}
    several = table[next(name for name in ("indicator", "indicator_name") if name in table)].nunique() > 1
    missing, told = 0, 0
    for row in table.to_dict("records"):
        found = work.behind(row["observation_id"])
        if not found:
            missing += 1
            continue
        if told == MOST:
            continue
        told += 1
        words = value_words(row, work, several=several)
        for one in found:
            groups.setdefault(one.source, {}).setdefault((one.place, one.words), []).append(words)
    if not groups:
        return []
    lines = [(work.word("evidence"), True)]
    for number, (source, places) in enumerate(groups.items(), 1):
        lines.append((f"{number}. {source}", False))
        lines += [(_placed(place, values, work), False) for place, values in places.items()]
    left = len(table) - missing - told
    if left > 0:
        lines.append((work.word("more_book" if work.chart.kind in NATIVE else "more_export", n=left), False))
    if missing:
        lines.append((work.word("no_evidence", n=missing), False))
    return lines


def _placed(place: tuple[str, str], values: list[str], work: Work) -> str:
    where = work.word("comma").join(part for part in place if part)
    said = work.word("semicolon").join(dict.fromkeys(values))
    return f"· {said}" + (work.word("brackets", inside=where) if where else "")


def value_words(row: Mapping[Any, Any], work: Work, *, several: bool) -> str:
    """One value as it is read out: region, indicator where there are `several`, year, comparator, number, unit, kind.

    A row that holds several numbers, as a target beside what was reached, gives each with its heading.
    """
    parts = [str(row["region_name"])]
    parts += [str(row["indicator_name"])] if several else []
    parts += [str(row[name]) for name in ("grade", "scope") if name in row and not pd.isna(row[name])]
    parts += [str(row["year"])] if not pd.isna(row["year"]) else []
    said = " ".join(parts) + work.word("colon")
    if "value" not in row:
        named = {name: value for name, value in row.items() if isinstance(value, float) and not pd.isna(value)}
        return said + work.word("comma").join(f"{name} {_amount(value, row, work)}" for name, value in named.items())
    before = "" if pd.isna(row.get("comparator")) else f"{row['comparator']} "
    kind = "" if row["kind"] == work.word("kind_actual") else work.word("brackets", inside=row["kind"])
    return said + before + _amount(row["value"], row, work) + kind


def _amount(value: float, row: Mapping[Any, Any], work: Work) -> str:
    return join_unit(written(value, 4, strip=True), row["unit"], work.lang)


def write(slide: Any, lines: list[tuple[str, bool]], lang: str) -> None:
    """Put the lines into the notes of a slide of the presentation, which has none yet."""
    text = "".join(
        paragraph([Run(words, 12, LIGHT.ink, head)], lang, after=2) for words, head in lines or [("", False)]
    )
    # The library copies the master's placeholders one by one and asks each copy for its place: half of a slide's time.
    package, kind_of_part = slide.part.package, cast(Any, NotesSlidePart)
    part = kind_of_part._add_notes_slide_part(package, slide.part, package.presentation_part.notes_master_part)
    slide.part.relate_to(part, RELATIONSHIP_TYPE.NOTES_SLIDE)
    body = f"<p:txBody><a:bodyPr/><a:lstStyle/>{text}</p:txBody>"
    shapes = (("Slide Image", 'type="sldImg" idx="2"', ""), ("Notes", 'type="body" idx="3" sz="quarter"', body))
    part.notes_slide.shapes._spTree.extend(
        elements("".join(
            f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{name} Placeholder {number - 1}"/><p:cNvSpPr>'
            f'<a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph {kind}/></p:nvPr></p:nvSpPr><p:spPr/>{inside}</p:sp>'
            for number, (name, kind, inside) in enumerate(shapes, 2)
        ))
    )  # fmt: skip


def inputs_of(frame: pd.DataFrame | None) -> dict[str, tuple[str, ...]]:
    """Id of a plotted row -> ids of the printed values behind it, where it is derived from others."""
    if frame is None or frame.empty or "inputs" not in frame or "observation_id" not in frame:
        return {}
    return {name: tuple(inputs) for name, inputs in zip(frame["observation_id"], frame["inputs"], strict=True)}
