"""The choices of a page on their way to the browser."""

from streamlit.testing.v1 import AppTest


def page_cut_short() -> None:
    """A page with one choice, whose run can be cut short before its end as a click does."""
    import streamlit as st

    from pages.parts.state import UrlState, draw_anew

    if st.session_state.pop("anew", False):
        draw_anew()
    state = UrlState("any")
    state.fill("r", "any.r", "a", lambda values: values[0])
    st.selectbox("r", ["a", "b"], key="any.r")
    if not st.session_state.pop("cut", False):
        state.write("zh")


def told(app: AppTest) -> bool:
    """Whether the run told the browser the value of its widget."""
    return bool(app.selectbox[0].proto.set_value)


def test_a_run_that_a_click_cuts_short_leaves_the_telling_to_the_next() -> None:
    app = AppTest.from_function(page_cut_short).run()
    app.selectbox[0].set_value("b").run()
    assert not told(app)
    app.session_state["anew"] = app.session_state["cut"] = True
    assert told(app.run())
    assert told(app.run()) and app.selectbox[0].value == "b"
    assert not told(app.run())
