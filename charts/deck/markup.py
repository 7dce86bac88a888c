"""The pieces that native charts are put together from: markers, labels, points, axes, the place of the plot."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from charts.deck.ink import fill, quoted, safe, style
from charts.deck.native import Column
from charts.theme import LIGHT

EMU = 12700
"""To the point."""
SYMBOLS = {
    "circle": "circle", "square": "square", "diamond": "diamond", "triangle-up": "triangle", "pentagon": "circle",
    "triangle-down": "triangle", "hexagon": "square", "star": "star", "line-ew": "dash",
    "triangle-right": "triangle", "triangle-left": "triangle",
}  # fmt: skip
"""Plotly's markers as the nearest of PowerPoint's."""
HATCHES = {"/": "wdUpDiag", "-": "narHorz"}
_NUMBER = re.compile(r"[\d,]*\d(?:\.(\d+))?")


@dataclass(frozen=True, slots=True)
class Marker:
    """A point's mark: one of PowerPoint's symbols, size in points; hollow ones show the slide through."""

    symbol: str
    size: float
    color: str
    hollow: bool = False

    @property
    def xml(self) -> str:
        inside = fill(None if self.hollow else self.color)
        size = min(max(round(self.size), 2), 72)
        edge = f'<a:ln w="{round(1.6 * EMU)}">{fill(self.color)}</a:ln>'
        return (
            f'<c:marker><c:symbol val="{self.symbol}"/><c:size val="{size}"/><c:spPr>{inside}{edge}</c:spPr></c:marker>'
        )


NO_MARKER = '<c:marker><c:symbol val="none"/></c:marker>'


@dataclass(frozen=True, slots=True)
class Label:
    """What stands at one point.

    Attributes:
        place: r, l, t, b, ctr, or outEnd for bars.
        named, valued: Whether the series' name and the value are in it; both follow the workbook when it is edited.
        words: Fixed text instead of these.
        code: Format of the number; "" takes that of all.
        shift: How far it is moved from its place, in parts of the chart's width and height.
    """

    place: str = "r"
    named: bool = False
    valued: bool = True
    words: str = ""
    code: str = ""
    color: str = LIGHT.ink
    size: float = 11
    bold: bool = False
    shift: tuple[float, float] = (0.0, 0.0)


def labels(found: Mapping[int, Label], code: str) -> str:
    """The labels of a series by the index of their point; all others have none."""
    every = "".join(_label(number, label, code) for number, label in sorted(found.items()))
    return f"<c:dLbls>{every}{_shown(False, False)}</c:dLbls>"


def _label(number: int, label: Label, code: str) -> str:
    dx, dy = label.shift
    moved = (
        f'<c:layout><c:manualLayout><c:x val="{dx:.5f}"/><c:y val="{dy:.5f}"/></c:manualLayout></c:layout>'
        if dx or dy
        else ""
    )
    look = style("defRPr", label.size, label.color, bold=label.bold)
    if label.words:
        run = style("rPr", label.size, label.color, bold=label.bold)
        lines = "".join(
            f"<a:p><a:pPr>{look}</a:pPr><a:r>{run}<a:t>{safe(line)}</a:t></a:r></a:p>"
            for line in label.words.split("\n")
        )
        body = f'<c:tx><c:rich><a:bodyPr wrap="none" anchor="ctr"/><a:lstStyle/>{lines}</c:rich></c:tx>'
    else:
        body = f'<c:numFmt formatCode={quoted(label.code or code)} sourceLinked="0"/>'
    text = (
        f'<c:txPr><a:bodyPr wrap="none" anchor="ctr"/><a:lstStyle/><a:p><a:pPr>{look}</a:pPr><a:endParaRPr/></a:p>'
        "</c:txPr>"
    )
    spacing = "<c:separator>  </c:separator>" if label.named and label.valued else ""
    return (
        f'<c:dLbl><c:idx val="{number}"/>{moved}{body}<c:spPr>{fill(None)}<a:ln>{fill(None)}</a:ln></c:spPr>'
        f'{"" if label.words else text}<c:dLblPos val="{label.place}"/>{_shown(label.named, label.valued)}{spacing}'
        "</c:dLbl>"
    )


def _shown(named: bool, valued: bool) -> str:
    return (
        f'<c:showLegendKey val="0"/><c:showVal val="{int(valued)}"/><c:showCatName val="0"/>'
        f'<c:showSerName val="{int(named)}"/><c:showPercent val="0"/><c:showBubbleSize val="0"/>'
    )


def line_style(color: str | None, width: float = 2.0, dash: str = "solid") -> str:
    """A series' line, none without a colour."""
    if color is None:
        return f"<c:spPr><a:ln>{fill(None)}</a:ln></c:spPr>"
    drawn = f'{fill(color)}<a:prstDash val="{dash}"/><a:round/>'
    return f'<c:spPr><a:ln w="{round(width * EMU)}" cap="rnd">{drawn}</a:ln></c:spPr>'


def band_style(color: str, width: float, part: float = 1.0) -> str:
    """A line as wide as a bar, ending at its last point. `part` of its colour covers what lies below: PowerPoint draws
    the first series at the bottom, Impress on top.
    """
    ink = (
        f'<a:solidFill><a:srgbClr val="{color[1:]}"><a:alpha val="{round(part * 100_000)}"/></a:srgbClr></a:solidFill>'
    )
    drawn = f'{ink}<a:prstDash val="solid"/><a:miter lim="800000"/>'
    return f'<c:spPr><a:ln w="{round(width * EMU)}" cap="flat">{drawn}</a:ln></c:spPr>'


def bar_style(color: str, kind: str, hatch: str = "") -> str:
    """Solid for actual values, hollow for targets, hatched for requirements and derived values."""
    edge = f'<a:ln w="{round(1.6 * EMU)}">{fill(color)}</a:ln>'
    if kind == "actual":
        return f"<c:spPr>{fill(color)}<a:ln>{fill(None)}</a:ln></c:spPr>"
    if kind == "target":
        return f"<c:spPr>{fill(None)}{edge}</c:spPr>"
    inside = (
        f'<a:pattFill prst="{HATCHES.get(hatch, "wdUpDiag")}"><a:fgClr><a:srgbClr val="{color[1:]}"/></a:fgClr>'
        f'<a:bgClr><a:srgbClr val="{LIGHT.background[1:]}"/></a:bgClr></a:pattFill>'
    )
    return f"<c:spPr>{inside}{edge}</c:spPr>"


@dataclass(frozen=True, slots=True)
class Series:
    """One series of a line or scatter chart: its column, how it looks, and what differs at single points.

    Attributes:
        line: XML of its line, from `line_style`.
        marks: Markers of points that differ from `marker`, by index.
        whiskers: How far each value may lie below and above, for intervals of derived values.
        joints: How far a thick line reaches above and below each point, to the point of another series.
    """

    column: Column
    line: str
    marker: Marker | None = None
    marks: Mapping[int, Marker] = field(default_factory=dict)
    labels: Mapping[int, Label] = field(default_factory=dict)
    whiskers: tuple[Sequence[float], Sequence[float]] | None = None
    color: str = LIGHT.ink
    code: str = "General"
    joints: tuple[Column, Column] | None = None


def series_xml(number: int, series: Series, across: Column, *, scatter: bool = False) -> str:
    points = "".join(
        f'<c:dPt><c:idx val="{n}"/>{mark.xml}<c:bubble3D val="0"/></c:dPt>' for n, mark in sorted(series.marks.items())
    )
    marker = series.marker.xml if series.marker else NO_MARKER
    values = (
        f"<c:xVal>{across.data}</c:xVal><c:yVal>{series.column.data}</c:yVal>"
        if scatter
        else f"<c:cat>{across.data}</c:cat><c:val>{series.column.data}</c:val>"
    )
    return (
        f'<c:ser><c:idx val="{number}"/><c:order val="{number}"/>{series.column.title}{series.line}{marker}{points}'
        f'{labels(series.labels, series.code)}{_whiskers(series)}{values}<c:smooth val="0"/></c:ser>'
    )


def _whiskers(series: Series) -> str:
    if series.joints is not None:
        above, below = (column.data for column in series.joints)
        color, width, bare = LIGHT.rest, 2.25, 1
    elif series.whiskers is not None:
        below, above = (_numbers(side) for side in series.whiskers)
        color, width, bare = series.color, 1.2, 0
    else:
        return ""
    return (
        f'<c:errBars><c:errDir val="y"/><c:errBarType val="both"/><c:errValType val="cust"/><c:noEndCap val="{bare}"/>'
        f"<c:plus>{above}</c:plus><c:minus>{below}</c:minus>{line_style(color, width)}</c:errBars>"
    )


def _numbers(values: Sequence[float]) -> str:
    points = "".join(f'<c:pt idx="{n}"><c:v>{value!r}</c:v></c:pt>' for n, value in enumerate(values))
    return f'<c:numLit><c:formatCode>General</c:formatCode><c:ptCount val="{len(values)}"/>{points}</c:numLit>'


def inner(left: float, top: float, width: float, height: float) -> str:
    """Where the plot itself lies, in parts of the chart; labels of the axes stand outside of it."""
    sides = zip("xywh", (left, top, width, height), strict=True)
    places = "".join(f'<c:{side} val="{value:.5f}"/>' for side, value in sides)
    return (
        '<c:layout><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
        f"{places}</c:manualLayout></c:layout>"
    )


@dataclass(frozen=True, slots=True)
class Axis:
    """One axis of a native chart.

    Attributes:
        place: l, b, r or t.
        low, high, step: Of a value axis; None lets PowerPoint choose.
        hidden: Neither line nor labels are drawn.
        reverse: First category on top, rank 1 on top.
        crosses: Where on the other axis this one stands: autoZero, min or max.
        skip: Every how many categories have a label.
        turn: Degrees by which labels are turned.
        numbers: At which end of the other axis the labels stand: `low`, or `high` where that one is reversed.
    """

    place: str
    values: bool = True
    low: float | None = None
    high: float | None = None
    step: float | None = None
    log: bool = False
    hidden: bool = False
    reverse: bool = False
    grid: bool = False
    line: bool = False
    crosses: str = "autoZero"
    code: str = "General"
    size: float = 11
    color: str = LIGHT.muted
    skip: int = 1
    turn: float = 0
    between: str = "between"
    numbers: str = "low"
    title: str = ""


def axis_xml(axis: Axis, number: int, other: int) -> str:
    """The axis `number`, crossing the axis `other`."""
    bounds = "".join(f'<c:{name} val="{v!r}"/>' for name, v in (("max", axis.high), ("min", axis.low)) if v is not None)
    log = '<c:logBase val="10"/>' if axis.log else ""
    grid = (
        f'<c:majorGridlines><c:spPr><a:ln w="9525">{fill(LIGHT.grid)}</a:ln></c:spPr></c:majorGridlines>'
        if axis.grid
        else ""
    )
    turned = f' rot="{round(axis.turn * 60000)}" vert="horz"'
    text = (
        f"<c:txPr><a:bodyPr{turned}/><a:lstStyle/><a:p><a:pPr>{style('defRPr', axis.size, axis.color)}</a:pPr>"
        "<a:endParaRPr/></a:p></c:txPr>"
    )
    line = f'<c:spPr><a:ln w="9525">{fill(LIGHT.axis if axis.line else None)}</a:ln></c:spPr>'
    common = (
        f'<c:axId val="{number}"/><c:scaling>{log}<c:orientation val="{"maxMin" if axis.reverse else "minMax"}"/>'
        f'{bounds}</c:scaling><c:delete val="{int(axis.hidden)}"/><c:axPos val="{axis.place}"/>{grid}'
        f"{_axis_title(axis)}"
        f'<c:numFmt formatCode={quoted(axis.code)} sourceLinked="0"/><c:majorTickMark val="none"/>'
        f'<c:minorTickMark val="none"/><c:tickLblPos val="{axis.numbers}"/>{line}{text}<c:crossAx val="{other}"/>'
        f'<c:crosses val="{axis.crosses}"/>'
    )
    if axis.values:
        step = f'<c:majorUnit val="{axis.step!r}"/>' if axis.step and not axis.log else ""
        return f'<c:valAx>{common}<c:crossBetween val="{axis.between}"/>{step}</c:valAx>'
    return (
        f'<c:catAx>{common}<c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="60"/>'
        f'<c:tickLblSkip val="{axis.skip}"/><c:tickMarkSkip val="1"/><c:noMultiLvlLbl val="1"/></c:catAx>'
    )


def _axis_title(axis: Axis) -> str:
    if not axis.title:
        return ""
    turned = ' rot="-5400000" vert="horz"' if axis.place in "lr" else ""
    run = style("rPr", axis.size, axis.color)
    return (
        f"<c:title><c:tx><c:rich><a:bodyPr{turned}/><a:lstStyle/><a:p><a:pPr>{style('defRPr', axis.size, axis.color)}"
        f"</a:pPr><a:r>{run}<a:t>{safe(axis.title)}</a:t></a:r></a:p></c:rich></c:tx>"
        '<c:overlay val="0"/></c:title>'
    )


def number_code(decimals: int, before: str = "") -> str:
    """A number format with separators and a real minus sign; `before` is a comparator such as ≥."""
    digits = "#,##0" + ("." + "0" * decimals if decimals else "")
    lead = f'"{before} "' if before else ""
    return f"{lead}{digits};{lead}−{digits}"


def decimals_in(texts: Iterable[str]) -> int:
    """The decimals that most of these numbers are written with; 0 where there are none."""
    counts: dict[int, int] = {}
    for words in texts:
        found = _NUMBER.search(words)
        if found:
            length = len(found.group(1) or "")
            counts[length] = counts.get(length, 0) + 1
    return max(counts, key=lambda length: (counts[length], length), default=0)
