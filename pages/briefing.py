"""Briefing: show it. Charts pinned on any page, in order, with words; full-screen slides; files and links."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Literal

import streamlit as st

from charts.chart import Chart
from indicators.queries import Edition
from pages.parts import app, briefing, decks, exports, papers, pins, retake, slides, take
from pages.parts.briefing import Briefing, BriefingError, Slide
from pages.parts.decks import Told
from pages.parts.menu import PAGES
from pages.parts.page import Page
from pages.parts.retake import Shown

PRESENT = "briefing.present"
LINK = "b"
LONGEST_LINK = 6000
"""Longer addresses are cut by mail programs and servers; such a briefing is shared as a file."""


@st.cache_resource(max_entries=200, show_spinner=False)
def remade(key: tuple[object, ...], _page: Page, _slide: Slide, narrow: bool) -> tuple[Shown | None, list[str]]:
    """The chart of a slide in this edition, language and theme; None where its page no longer shows one."""
    shown, differs = retake.charts(_page, _slide.page, _slide.given, narrow=narrow)
    return next((one for one in shown if one.key == _slide.key), shown[0] if shown else None), differs


def chart_of(page: Page, slide: Slide, *, narrow: bool = False) -> tuple[Shown | None, str]:
    """The chart of a slide, and what to know about its making; a page that fails leaves its neighbours alone.

    Args:
        narrow: As a phone shows it; files take the wide form.
    """
    choices = tuple(sorted((name, values) for name, values in slide.given.items()))
    key = (page.edition.id, page.lang, page.dark, slide.page, slide.key, choices)
    try:
        shown, differs = remade(key, page, slide, narrow)
    except FileNotFoundError:
        return None, page.text("gone_page", page=slide.page)
    except Exception as error:  # noqa: BLE001 - a pinned choice may be of a kind that its page never had
        return None, page.text("failed", error=type(error).__name__)
    if shown is None or shown.chart.empty:
        return None, shown.chart.empty if shown and shown.chart.empty else page.text("gone_chart")
    return shown, page.text("moved") if differs else ""


def title_of(slide: Slide, shown: Shown | None) -> str:
    return slide.title or (shown.say or shown.chart.title if shown else slide.page)


def main() -> None:
    page = app.begin("briefing")
    open_link(page)
    pinned = pins.current()
    if not pinned.slides:
        st.info(page.text("nothing"), icon=":material/keep:")
        open_file(page)
    elif st.session_state.get(PRESENT):
        present(page, pinned)
    else:
        edit(page, pinned)
    link = briefing.to_link(pins.current())
    if pinned.slides and len(link) <= LONGEST_LINK:
        page.state.keep(LINK, [link], [])
    app.finish(page)


def open_link(page: Page) -> None:
    """Take the briefing of a link that was followed, once; what was there before can be had back."""
    given = (page.state.followed or {}).get(LINK)
    if not given:
        return
    try:
        opened = briefing.from_link(given[0])
    except BriefingError as error:
        st.error(page.text(f"bad_{error.code}"), icon=":material/error:")
        return
    before = pins.current()
    if opened != before:
        st.session_state["briefing.before"] = before if before.slides else None
        pins.put(opened)
        st.rerun()  # Only what was there when a run began is given to the browser to keep.


# -- putting together -------------------------------------------------------------------------------------------------


def edit(page: Page, pinned: Briefing) -> None:
    """The briefing's words, its slides, and what can be done with it."""
    made = [chart_of(page, slide) for slide in pinned.slides]
    words(page, pinned)
    taken = zip(pinned.slides, made, strict=True)
    actions(page, pinned, [Told(shown, slide.title, slide.note) for slide, (shown, _) in taken if shown])
    for place, (slide, (shown, told)) in enumerate(zip(pinned.slides, made, strict=True)):
        with st.container(border=True):
            on_phone = chart_of(page, slide, narrow=True)[0] if page.narrow else None
            one_slide(page, pinned, place, slide, on_phone or shown, told)
    open_file(page)


def words(page: Page, pinned: Briefing) -> None:
    """Title and subtitle of the cover."""
    first, second = st.columns(2)
    title = first.text_input(page.text("cover_title"), pinned.title, max_chars=briefing.MOST_TEXT)
    subtitle = second.text_input(page.text("cover_subtitle"), pinned.subtitle, max_chars=briefing.MOST_TEXT)
    if (title, subtitle) != (pinned.title, pinned.subtitle):
        pins.put(Briefing(title, subtitle, pinned.slides))
        st.rerun()


def actions(page: Page, pinned: Briefing, told: Sequence[Told]) -> None:
    """Show, take away, save, clear."""
    with st.container(horizontal=True):
        st.button(page.text("show"), icon=":material/slideshow:", type="primary", on_click=_present, args=(True,))
        if told:
            take_away(page, pinned, told)
        st.download_button(
            page.text("save"),
            data=briefing.to_json(pinned),
            file_name=f"{page.text('file')}.json",
            mime="application/json",
            on_click="ignore",
            icon=":material/save:",
        )
        st.button(page.text("clear"), icon=":material/delete:", type="tertiary", on_click=_clear)
        if st.session_state.get("briefing.before"):
            st.button(page.text("bring_back"), icon=":material/undo:", type="tertiary", on_click=_bring_back)
    link = briefing.to_link(pinned)
    st.caption(page.text("share_link" if len(link) <= LONGEST_LINK else "share_file", n=len(pinned.slides)))


def take_away(page: Page, pinned: Briefing, told: Sequence[Told]) -> None:
    """The briefing as a presentation, a written report, a page and a workbook; each is made when it is asked for."""
    title, subtitle = pinned.title, pinned.subtitle
    kinds: list[tuple[str, Callable[[], bytes], str, str]] = [
        ("deck", partial(decks.briefing_deck, page, told, title, subtitle), decks.PPTX, "pptx"),
        *(
            (kind, partial(papers.paper, page, kind, told, title, subtitle), mime, ending)
            for kind, (_, mime, ending) in papers.FORMATS.items()
        ),
        ("workbook", partial(decks.briefing_workbook, page, told, title), take.FORMATS["xlsx"][1], "xlsx"),
    ]
    named = decks.briefing_meta(page, told, title)
    for kind, made, mime, ending in kinds:
        exports.file_button(page.text(kind), made, named, mime, ending, f"briefing.{kind}", kind="secondary")


def one_slide(page: Page, pinned: Briefing, place: int, slide: Slide, shown: Shown | None, told: str) -> None:
    """A slide with its words and the buttons that order it."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{place + 1}** / {len(pinned.slides)}")
        for name, icon, by in (("up", "arrow_upward", -1), ("down", "arrow_downward", 1)):
            st.button(
                page.text(name), key=f"briefing.{name}.{place}", icon=f":material/{icon}:", type="tertiary",
                disabled=not 0 <= place + by < len(pinned.slides), on_click=_move, args=(place, by),
            )  # fmt: skip
        st.button(
            page.text("remove"), key=f"briefing.remove.{place}", icon=":material/close:", type="tertiary",
            on_click=_remove, args=(place,),
        )  # fmt: skip
        if slide.page in PAGES:  # without a chart too: its page says more, and has the way out
            st.page_link(
                f"pages/{slide.page}.py", label=page.text("open_page"), icon=":material/open_in_new:",
                query_params={**{name: list(values) for name, values in slide.given.items()}, "lang": page.lang},
            )  # fmt: skip
    key = f"{hash((slide.page, slide.key, tuple(sorted(slide.given.items()))))}.{place}"
    left, right = st.columns(2)
    auto = title_of(Slide(slide.page, slide.key, slide.given), shown)
    if not shown and slide.page in PAGES:
        auto = page.text(f"{slide.page}.title")
    title = left.text_input(page.text("slide_title"), slide.title, placeholder=auto, key=f"briefing.title.{key}")
    note = right.text_input(page.text("slide_note"), slide.note, key=f"briefing.note.{key}")
    if (title, note) != (slide.title, slide.note):
        pins.put(pinned.changed(place, Slide(slide.page, slide.key, slide.given, title, note)))
        st.rerun()
    if told:
        st.warning(told, icon=":material/info:")
    if shown:
        drawn(shown.chart, f"briefing.chart.{place}")


def drawn(chart: Chart, key: str, width: Literal["stretch", "content"] = "stretch") -> None:
    config = {"displayModeBar": False, "displaylogo": False, "showSendToCloud": False}
    st.plotly_chart(chart.spec, theme=None, key=key, config=config, alt=chart.alt, width=width)


def untitled(chart: Chart) -> Chart:
    """The chart without its own title, which stands above it already."""
    layout = chart.spec["layout"]
    kept = [{**one, "visible": False} if one.get("name") == "title" else one for one in layout["annotations"]]
    return replace(chart, spec={**chart.spec, "layout": {**layout, "annotations": kept}})


def open_file(page: Page) -> None:
    """A briefing from a file, of this machine or another."""
    with st.expander(page.text("open"), icon=":material/folder_open:", expanded=not pins.current().slides):
        given = st.file_uploader(page.text("open_file"), type=["json"], max_upload_size=1, key="briefing.file")
        if given is None or st.session_state.get("briefing.opened") == given.file_id:
            return
        try:
            opened = briefing.from_json(given.getvalue())
        except BriefingError as error:
            st.error(page.text(f"bad_{error.code}"), icon=":material/error:")
            return
        st.session_state["briefing.opened"] = given.file_id
        st.session_state["briefing.before"] = pins.current() if pins.current().slides else None
        pins.put(opened)
        st.rerun()


def _present(on: bool) -> None:
    st.session_state[PRESENT] = on


def _move(place: int, by: int) -> None:
    pins.put(pins.current().moved(place, by))


def _remove(place: int) -> None:
    pins.put(pins.current().without(place))


def _clear() -> None:
    st.session_state["briefing.before"] = pins.current()
    pins.put(Briefing())


def _bring_back() -> None:
    before = st.session_state.pop("briefing.before", None)
    if before:
        pins.put(before)


# -- showing ----------------------------------------------------------------------------------------------------------


def present(page: Page, pinned: Briefing) -> None:
    """Every slide over the whole window, one above the other; the browser shows one at a time."""
    made = [(slide, *chart_of(page, slide, narrow=page.narrow)) for slide in pinned.slides]
    fit = [(slide, shown) for slide, shown, _ in made if shown]
    covered = bool(pinned.title)
    if covered:
        with st.container(key="slide-0"):
            edition: Edition = page.edition
            st.html(
                f'<div class="cover"><p class="head">{html.escape(pinned.title)}</p>'
                f'<p class="note">{html.escape(pinned.subtitle)}</p>'
                f'<p class="note">{html.escape(page.text("edition", edition=edition.id))}</p></div>'
            )
    for place, (slide, shown) in enumerate(fit, int(covered)):
        with st.container(key=f"slide-{place}"):
            note = f'<p class="note">{html.escape(slide.note)}</p>' if slide.note else ""
            title = title_of(slide, shown)
            st.html(f'<p class="head">{html.escape(title)}</p>{note}')
            chart = untitled(shown.chart) if title == shown.chart.title else shown.chart
            drawn(replace(chart, spec=slides.sized(chart.spec, page.width)), f"briefing.slide.{place}", width="content")
    slides.presenter(page, len(fit) + covered, lambda: _present(False))


main()
