"""The lines of a chart over years, as pieces that nothing cuts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from charts.deck.markup import SYMBOLS, Marker
from charts.deck.reading import Work, of_kinds, plain
from charts.theme import LIGHT

DASH = {"solid": "solid", "dot": "sysDot", "dash": "dash"}


@dataclass(frozen=True, slots=True)
class Strand:
    """A piece of a line that nothing cuts: values by year, and how it looks."""

    line: str
    name: str
    kind: str
    values: Mapping[int, float]
    ids: tuple[str | None, ...]
    color: str
    dash: str | None
    width: float
    marker: Marker | None
    written: Mapping[int, str]
    bounds: Mapping[int, tuple[float, float]]

    @property
    def quiet(self) -> bool:
        return self.color == LIGHT.rest


def strands_of(traces: Sequence[Mapping[str, Any]], work: Work) -> list[Strand]:
    """The traces' pieces, those in grey first so that the others lie over them."""
    every = [strand for trace in traces for strand in _pieces(trace, work)]
    merged: dict[tuple[str, str], Strand] = {}
    found: list[Strand] = []
    for strand in every:
        before = merged.get((strand.line, strand.kind))
        if strand.kind == "target" and before and not before.values.keys() & strand.values.keys():
            found.remove(before)
            strand = replace(
                strand, values={**before.values, **strand.values}, ids=before.ids + strand.ids,
                written={**before.written, **strand.written},
            )  # fmt: skip
        merged[strand.line, strand.kind] = strand
        found.append(strand)
    return found


def _pieces(trace: Mapping[str, Any], work: Work) -> list[Strand]:
    """One trace cut where its line is: at breaks between neighbouring years. A missing year is a gap anyway."""
    kind, line = trace["meta"]["kind"], plain(trace["name"])
    if kind == "requirement":
        return [_required(trace, line, work)]
    runs: list[list[int]] = [[]]
    cut = False
    for n, (year, name) in enumerate(zip(trace["x"], trace["customdata"], strict=True)):
        if year is None or name is None:
            cut = cut or year is None
            continue
        last = trace["x"][runs[-1][-1]] if runs[-1] else None
        if last is not None and (year <= last or (cut and year == last + 1)):
            runs.append([])
        runs[-1].append(n)
        cut = False
    return [_piece(trace, line, kind, run, run is runs[-1], work) for run in runs if run]


def _piece(trace: Mapping[str, Any], line: str, kind: str, run: Sequence[int], final: bool, work: Work) -> Strand:
    years = [int(trace["x"][n]) for n in run]
    limits = [] if kind == "actual" or _all_derived(work) else [work.word(f"kind_{kind}")]
    if not final:
        limits.append(work.word("years", first=years[0], last=years[-1]) if len(years) > 1 else str(years[0]))
    name = line + work.word("brackets", inside=work.word("comma").join(limits)) if limits else line
    texts, error = trace.get("text") or (), trace.get("error_y")
    return Strand(
        line, name, kind, {int(trace["x"][n]): trace["y"][n] for n in run}, tuple(trace["customdata"][n] for n in run),
        trace["line"]["color"], None if kind == "target" else DASH[trace["line"]["dash"]], trace["line"]["width"],
        _marker(trace["marker"], run[-1]), {int(trace["x"][n]): texts[n] for n in run if texts and texts[n]},
        {int(trace["x"][n]): (error["arrayminus"][n], error["array"][n]) for n in run} if error else {},
    )  # fmt: skip


def _all_derived(work: Work) -> bool:
    """Whether every line of the chart is computed, so that nothing has to be told apart."""
    return not of_kinds(work.chart.spec, "actual", "target", "requirement")


def _marker(marker: Mapping[str, Any], at: int) -> Marker:
    size = marker["size"][at] if isinstance(marker["size"], list | tuple) else marker["size"]
    symbol = marker["symbol"]
    hollow = symbol.endswith("-open")
    return Marker(SYMBOLS.get(symbol.removesuffix("-open"), "circle"), size + hollow, marker["color"], hollow)


def _required(trace: Mapping[str, Any], line: str, work: Work) -> Strand:
    """A requirement: a dash at its year, or a line across all years where it has none."""
    first, last = trace["x"]
    everywhere = last - first >= 1
    years = range(round(first + 0.3), round(last - 0.3) + 1) if everywhere else [round((first + last) / 2)]
    color = trace["line"]["color"]
    return Strand(
        line, line + work.word("brackets", inside=work.word("kind_requirement")), "requirement",
        dict.fromkeys(years, trace["y"][0]), (trace["customdata"][0],), color, "dash" if everywhere else None, 2,
        None if everywhere else Marker("dash", 16, color), {years[0]: trace["text"][0]}, {},
    )  # fmt: skip


def years_of(strands: Sequence[Strand]) -> list[int]:
    known = [year for strand in strands for year in strand.values]
    return list(range(min(known), max(known) + 1))
