"""The chart as a picture, made by the browser that drew it: nothing is sent to the server, and nothing runs anew."""

from __future__ import annotations

import streamlit as st

from pages.parts.page import Page

FORMATS = ("png", "svg")
_HTML = '<div class="pictures"></div>'
_CSS = """
.pictures { display: flex; flex-direction: column; align-items: flex-start; gap: 1.5rem; }
.pictures button {
  display: flex; align-items: center; gap: 0.5rem; background: none; border: 0; padding: 0.25rem 0;
  font: inherit; font-size: 0.875rem; color: var(--st-text-color); cursor: pointer;
}
.pictures button:hover, .pictures button:focus-visible { color: var(--st-primary-color); }
.pictures span { font-family: "Material Symbols Rounded"; font-size: 1rem; line-height: 1; }
"""
# The chart library is not to be had from outside; its own button makes the picture, in the format that it is told.
_SCRIPT = """
export default function ({ parentElement, data }) {
  const box = parentElement.querySelector(".pictures")
  box.replaceChildren()
  for (const [format, label] of data.buttons) {
    const icon = document.createElement("span")
    icon.textContent = "download"
    icon.ariaHidden = "true"
    const button = document.createElement("button")
    button.type = "button"
    button.append(icon, label)
    button.onclick = () => {
      const drawn = document.querySelector(`.${data.chart} .js-plotly-plot`)
      if (!drawn) return
      drawn._context.toImageButtonOptions = { ...drawn._context.toImageButtonOptions, format }
      drawn.querySelector(".modebar-btn").click()
    }
    box.append(button)
  }
}
"""


def buttons(page: Page, key: str) -> None:
    """A button for each format; `key` is that of the chart."""
    draw = st.components.v2.component("chart_picture", html=_HTML, css=_CSS, js=_SCRIPT)
    labels = [[kind, page.text(f"common.download_{kind}")] for kind in FORMATS]
    draw(data={"chart": f"st-key-{key.replace('.', '-')}", "buttons": labels}, key=f"{key}.picture")
