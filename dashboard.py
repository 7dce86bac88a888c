"""The dashboard's entry: page set-up, language, navigation."""

from __future__ import annotations

import streamlit as st

from indicators.labels import LANGUAGES, text
from pages.parts.app import choose_language, warm
from pages.parts.menu import PAGES
from pages.parts.style import ICON, STYLE

TITLE = " · ".join(text("charts.site", lang) for lang in LANGUAGES)

st.set_page_config(page_title=TITLE, page_icon=ICON, layout="wide")
st.html(STYLE)
warm()
lang = choose_language()
navigation = st.navigation(
    [
        st.Page(
            f"pages/{name}.py", title=text(f"{name}.title", lang), icon=icon, url_path=name, default=name == "overview"
        )
        for name, icon in PAGES.items()
    ],
    position="top",
)
navigation.run()
