"""Slides over the whole screen, moved by keyboard or presenter remote; the browser turns them by itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from charts.layout import PIXELS
from charts.theme import THEMES
from pages.parts.page import Page

STYLE = """
<style>
  [class*="st-key-slide-"] {
    position: fixed; inset: 0; z-index: 1000000; visibility: hidden; overflow: hidden; gap: 0;
    padding: 3.5vh 4vw 6vh; background: var(--slide-back, #fff); color: var(--slide-ink, #000);
  }
  [class*="st-key-slide-"] > * { flex: none; }
  [class*="st-key-slide-"].now { visibility: visible; }
  [class*="st-key-slide-"] .head { font-size: min(4.2vh, 5vw); line-height: 1.25; font-weight: 700; margin: 0 0 1.5vh; }
  [class*="st-key-slide-"] .note { font-size: min(2.6vh, 4vw); line-height: 1.4; margin: 0 0 1vh; }
  [class*="st-key-slide-"] .cover { display: flex; flex-direction: column; justify-content: center; height: 80vh; }
  [class*="st-key-slide-"] .cover .head { font-size: min(8vh, 9vw); }
  .st-key-presenter { position: fixed; right: 2vw; bottom: 1.2vh; z-index: 1000001; width: auto; }
</style>
"""
_CSS = """
.bar { display: flex; gap: 0.75rem; align-items: center; font-family: var(--st-font); color: var(--st-text-color); }
.bar button {
  background: none; border: 0; font: inherit; font-size: 2.2vh; color: inherit; cursor: pointer; padding: 0.4rem;
}
.bar button:hover, .bar button:focus-visible { color: var(--st-primary-color); }
.bar .icon { font-family: "Material Symbols Rounded"; }
.bar span { font-size: 2.2vh; font-variant-numeric: tabular-nums; }
"""
_HTML = '<div class="bar"></div>'
# A chart is enlarged as a whole, letters too, until it fills the room below the words.
_SCRIPT = """
export default function ({ parentElement, data, setTriggerValue }) {
  const slides = () => [...document.querySelectorAll('[class*="st-key-slide-"]')]
  const bar = parentElement.querySelector(".bar")
  let now = Math.min(window.__slide ?? 0, data.count - 1)
  const fit = () => {
    for (const slide of slides()) {
      const chart = slide.querySelector("[data-testid=stElementContainer]:has([data-testid=stPlotlyChart])")
      const drawn = chart?.querySelector(".js-plotly-plot")?._fullLayout
      if (!drawn) continue
      const wide = window.innerWidth * 0.92
      const high = window.innerHeight * 0.935 - chart.offsetTop
      const scale = Math.min(wide / drawn.width, high / drawn.height)
      const left = Math.max(0, (wide - drawn.width * scale) / 2)
      chart.style.transformOrigin = "top left"
      chart.style.transform = `translateX(${left.toFixed(1)}px) scale(${scale.toFixed(4)})`
    }
  }
  const turn = (to) => {
    now = window.__slide = Math.max(0, Math.min(data.count - 1, to))
    slides().forEach((slide, place) => slide.classList.toggle("now", place === now))
    place.textContent = `${now + 1} / ${data.count}`
  }
  const leave = () => {
    if (document.fullscreenElement) document.exitFullscreen()
    window.__slide = 0
    setTriggerValue("leave", true)
  }
  const whole = () => {
    if (document.fullscreenElement) document.exitFullscreen()
    else document.documentElement.requestFullscreen?.().catch(() => {})
  }
  const keys = {
    ArrowRight: () => turn(now + 1), ArrowDown: () => turn(now + 1), PageDown: () => turn(now + 1),
    " ": () => turn(now + 1), Enter: () => turn(now + 1),
    ArrowLeft: () => turn(now - 1), ArrowUp: () => turn(now - 1), PageUp: () => turn(now - 1),
    Backspace: () => turn(now - 1), Home: () => turn(0), End: () => turn(data.count - 1),
    f: whole, F5: whole, Escape: leave,
  }
  const pressed = (event) => {
    const act = keys[event.key]
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    event.stopPropagation()
    act()
  }
  bar.replaceChildren()
  const add = (sign, label, act) => {
    const button = document.createElement("button")
    button.type = "button"
    button.textContent = sign
    button.className = "icon"
    button.ariaLabel = button.title = label
    button.onclick = act
    bar.append(button)
  }
  const place = document.createElement("span")
  add("chevron_left", data.labels.back, () => turn(now - 1))
  bar.append(place)
  add("chevron_right", data.labels.next, () => turn(now + 1))
  add("fullscreen", data.labels.whole, whole)
  add("close", data.labels.leave, leave)
  document.addEventListener("keydown", pressed, true)
  window.addEventListener("resize", fit)
  // Charts arrive after this part, one by one.
  const watch = new MutationObserver(() => { turn(now); fit() })
  watch.observe(document.body, { childList: true, subtree: true })
  turn(now)
  fit()
  return () => {
    document.removeEventListener("keydown", pressed, true)
    window.removeEventListener("resize", fit)
    watch.disconnect()
  }
}
"""


SHAPE = 2.07
"""Width to height of the room that two lines of words leave on a screen of 16:9."""


def sized(spec: Mapping[str, Any], width_name: str = "wide") -> dict[str, Any]:
    """The figure at its own height and the width that gives it the shape of a slide's room; a phone's at its own."""
    layout = spec["layout"]
    width = PIXELS["narrow"] if width_name == "narrow" else max(PIXELS["wide"], round(layout["height"] * SHAPE))
    return {**spec, "layout": {**layout, "autosize": False, "width": width}}


def presenter(page: Page, count: int, leave: Callable[[], None]) -> None:
    """The part that turns the slides, with its buttons; `leave` is called when the presenter ends the show."""
    labels = {name: page.text(f"briefing.show_{name}") for name in ("back", "next", "whole", "leave")}
    theme = THEMES[page.theme]
    st.html(STYLE + f"<style>:root {{ --slide-back: {theme.background}; --slide-ink: {theme.ink}; }}</style>")
    draw = st.components.v2.component("presenter", html=_HTML, css=_CSS, js=_SCRIPT)
    with st.container(key="presenter"):
        draw(data={"count": count, "labels": labels}, key="presenter.bar", on_leave_change=leave)
