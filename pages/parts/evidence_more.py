"""Below the evidence of a value: what the checks found about it, what other sources say, and what follows from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from charts.numbers import compact
from indicators.choice import agree, why
from indicators.compare import in_points
from indicators.queries_derived import derived_from, findings, following
from indicators.queries_files import plain
from pages.parts import problems, spans
from pages.parts.page import Page

MOST = 6
"""Other values that are shown with their evidence."""
Show = Callable[[Page, dict[str, Any]], None]


def found(page: Page, ids: Sequence[str]) -> None:
    """What the checks found about values, each in a box of its gravity."""
    for row in findings(page.edition, ids).itertuples():
        said = (
            f"**{page.text(f'problems.{row.code}_name')}**{page.text('evidence.colon')}{problems.sentence(page, row)}"
        )
        if row.severity == "note":
            st.info(said, icon=":material/rule:")
        else:
            st.warning(said, icon=":material/warning:")


def others(page: Page, row: Mapping[str, Any], show: Show) -> None:
    """The further values of the same observation: what each is, how far off, and why it is not the one shown.

    Args:
        show: Shows the place of a value: its sentence or its cell.
    """
    same = page.edition.same_key(row["observation_id"])
    further = same.loc[same["observation_id"] != row["observation_id"]]
    rows = [plain(one) for _, one in further.iterrows()]
    if not rows:
        return
    shown = next((one for one in (row, *rows) if one["standing"] == "current"), None)
    st.markdown(page.text("evidence.others", n=len(rows)))
    titles = page.edition.sources.set_index("source_id")[f"title_{page.lang}"]
    for other in rows[:MOST]:
        title = titles.get(other["source_id"], other["source_id"])
        standing = page.text(f"common.standing_{other['standing']}")
        label = page.text(
            "evidence.other", value=_amount(page, other), standing=standing, title=title, date=other["published"]
        )
        with st.expander(label):
            st.markdown(_compared(page, row, other))
            st.markdown(_why(page, shown, row, other))
            show(page, other)
    if len(rows) > MOST:
        st.caption(page.text("evidence.others_more", n=len(rows) - MOST))


def _compared(page: Page, row: Mapping[str, Any], other: Mapping[str, Any]) -> str:
    """How far another value lies from this one; values that rounding allows both agree."""
    if other["value"] == row["value"]:
        return page.text("evidence.same")
    params = {"difference": _amount(page, {**other, "value": other["value"] - row["value"], "comparator": "eq"}, True)}
    points = in_points(page.catalog.indicators[row["indicator"]], row["unit"])
    if points:
        params["difference"] = _amount(page, {
            **other, "value": other["value"] - row["value"], "unit": "percentage_point", "comparator": "eq",
        }, True)  # fmt: skip
    elif row["value"]:
        params["percent"] = f"{(other['value'] / row['value'] - 1) * 100:+.2f}%".replace("-", "−")
    key = "evidence.agrees" if agree(row, other) else "evidence.differs"
    ratio = page.text("evidence.in_percent", percent=params["percent"]) if "percent" in params else ""
    return page.text(key, difference=params["difference"], ratio=ratio)


def _why(page: Page, shown: Mapping[str, Any] | None, row: Mapping[str, Any], other: Mapping[str, Any]) -> str:
    """Which of the values is shown and by which step of the rule."""
    if shown is None:
        return page.text("evidence.none_shown")
    if other is shown:
        return page.text("evidence.shown_instead", why=page.text(f"evidence.why_{why(other, row)}"))
    if row is shown:
        return page.text("evidence.shown_here", why=page.text(f"evidence.why_{why(row, other)}"))
    return page.text("evidence.shown_neither")


def _amount(page: Page, row: Mapping[str, Any], sign: bool = False) -> str:
    indicator = page.catalog.indicators[row["indicator"]]
    return compact(
        row["value"], row["unit"], page.lang, page.catalog, indicator=indicator, comparator=row["comparator"],
        sign=sign, digits=6,
    )  # fmt: skip


def follows(page: Page, row: Mapping[str, Any]) -> None:
    """What was derived from a value, with its bounds and beside what is printed of the same."""
    rows = following(page.edition, row["observation_id"], row["indicator"], row["region"])
    if rows.empty:
        return
    with st.expander(page.text("evidence.follows", n=len(rows)), icon=":material/function:"):
        st.markdown("\n".join(f"- {_told(page, one)}" for one in rows.to_dict("records")))
        st.caption(page.text("evidence.follows_note"))


def made(page: Page, rows: Sequence[Mapping[str, Any]]) -> None:
    """What was derived from exactly these values, where the edition holds it."""
    first = rows[0]
    found_rows = derived_from(
        page.edition, [row["observation_id"] for row in rows], first["indicator"], first["region"]
    )
    for one in found_rows.to_dict("records"):
        st.markdown(_told(page, one))


def _told(page: Page, row: Mapping[str, Any]) -> str:
    year = page.text("charts.year", year=row["year"])
    said = page.text(
        f"evidence.derived_{row['method']}", year=year, value=spans.middle(page, row), bounds=spans.bounds(page, row),
        base=row["base_year"],
    )  # fmt: skip
    if isinstance(row["verdict"], str):
        printed = page.edition.observation(row["printed_id"])
        if printed:
            said += page.text(f"evidence.verdict_{row['verdict']}", printed=_amount(page, printed))
    return said
