"""The sentence that a page or a view opens with: what it says in plain words, above its chart."""

from __future__ import annotations

import streamlit as st

from pages.parts import retake


def opening(sentence: str, *further: str) -> None:
    """What the chart says in plain words; below it whatever else must be read first."""
    retake.say(sentence)
    st.markdown("  \n".join([f"**{sentence}**", *filter(None, further)]))
