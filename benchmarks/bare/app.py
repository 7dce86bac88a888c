"""Bare Streamlit pages: the recorded calls again, with no query and no code of the project's rooms.

BARE_RECORDINGS names the folder of recordings that `benchmarks.pages` writes, one for each page: the steps before and
after one widget is changed. The page plays those that fit the widget's value.
"""

import os
import pickle
from functools import partial
from pathlib import Path
from typing import Any

import streamlit as st

FOLDER = Path(os.environ["BARE_RECORDINGS"])
FUNCTION = "<function>"
FIRST = "overview"


@st.cache_resource
def read(name: str) -> dict[str, Any]:
    recording: dict[str, Any] = pickle.loads((FOLDER / f"{name}.pickle").read_bytes())
    return recording


def play(name: str) -> None:
    recording = read(name)
    value = st.session_state.get(recording["widget"])
    containers: list[Any] = []
    for what, container, args, kwargs in recording["after" if value == recording["value"] else "before"]:
        target = st if container is None else containers[container]
        if what == "__enter__":
            target.__enter__()
        elif what == "__exit__":
            target.__exit__(None, None, None)
        else:
            kwargs = {
                key: bytes if isinstance(given, str) and given == FUNCTION else given for key, given in kwargs.items()
            }
            if what == "page_link":
                kwargs["page"] = PAGES[kwargs["page"] or FIRST]
            result = getattr(target, what)(*args, **kwargs)
            given = result if isinstance(result, list | tuple) else [result]
            containers.extend(part for part in given if hasattr(part, "__enter__") and hasattr(part, "markdown"))


st.set_page_config(layout="wide")
NAMES = sorted(path.stem for path in FOLDER.glob("*.pickle"))
PAGES = {name: st.Page(partial(play, name), title=name, url_path=name, default=name == FIRST) for name in NAMES}
st.navigation(list(PAGES.values()), position="top").run()
