"""What a page asks of Streamlit, written down call by call, so that a bare page can ask the same without our code.

The recording holds every call of one run in order, with its container and its arguments as plain values: the chart as
its finished spec, the table as its finished frame, options as the words shown. Nothing that computes is in it.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import PurePath
from typing import Any
from unittest.mock import patch

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

#: Stands for a function in the arguments (data made on click); the bare page passes one that returns nothing.
FUNCTION = "<function>"
CHOICES = frozenset({"selectbox", "multiselect", "radio", "pills", "segmented_control", "select_slider"})


#: Name of the method, number of the container it is called on (None: wherever the page is writing), arguments.
#: Containers are numbered in the order in which they were given.
Step = tuple[str, int | None, tuple[Any, ...], dict[str, Any]]


class Recorder:
    """Collects the steps of one run; `steps` is emptied by `clear` before the next."""

    def __init__(self) -> None:
        self.steps: list[Step] = []
        self._containers: list[DeltaGenerator] = []
        self._inside = False

    def clear(self) -> None:
        self.steps.clear()
        self._containers.clear()

    def call(
        self, name: str, container: DeltaGenerator | None, method: Callable[..., Any], *args: Any, **kwargs: Any
    ) -> Any:
        """Run a method of Streamlit and note it, unless Streamlit itself is the caller."""
        if self._inside:
            return method(*args, **kwargs)
        self._inside = True
        try:
            result = method(*args, **kwargs)
        finally:
            self._inside = False
        args, kwargs = plain(name, method, args, kwargs, result)
        self.steps.append((name, self._number(container), args, kwargs))
        for given in result if isinstance(result, list | tuple) else [result]:
            if isinstance(given, DeltaGenerator):
                self._containers.append(given)
        return result

    def _number(self, container: DeltaGenerator | None) -> int | None:
        return next((number for number, known in enumerate(self._containers) if known is container), None)

    def cross(self, name: str, container: DeltaGenerator) -> None:
        """Note that `with container:` begins (`__enter__`) or ends (`__exit__`)."""
        number = self._number(container)
        if number is not None and not self._inside:
            self.steps.append((name, number, (), {}))


def plain(
    name: str, method: Callable[..., Any], args: tuple[Any, ...], kwargs: Mapping[str, Any], result: Any
) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """The arguments without anything of ours: a widget starts at the value that it had, options are words."""
    signature = inspect.signature(method)
    if any(parameter.kind is parameter.VAR_POSITIONAL for parameter in signature.parameters.values()):
        return args, dict(kwargs)
    given = dict(signature.bind(*args, **kwargs).arguments)
    given |= given.pop("kwargs", {})
    if name in CHOICES:
        words = given.pop("format_func", str)
        options = list(given["options"])
        chosen = [
            options.index(value) for value in (result if isinstance(result, list) else [result]) if value in options
        ]
        given["options"] = [str(words(option)) for option in options]
        _start(name, given, chosen)
    elif "value" in signature.parameters and "key" in given and name not in {"metric"}:
        given["value"] = result
    if name == "page_link":
        given["page"] = PurePath(getattr(given["page"], "url_path", given["page"])).stem
    for key, value in list(given.items()):
        if key in {"on_change", "on_click", "args"} and not isinstance(value, str):
            del given[key]
        elif callable(value):
            given[key] = FUNCTION
    return (), given


def _start(name: str, given: dict[str, Any], chosen: list[int]) -> None:
    for key in ("index", "default", "value"):
        given.pop(key, None)
    if name in {"selectbox", "radio"}:
        given["index"] = chosen[0] if chosen else None
    elif name == "select_slider":
        given["value"] = tuple(given["options"][i] for i in chosen) if len(chosen) > 1 else given["options"][chosen[0]]
    elif chosen:
        values = [given["options"][i] for i in chosen]
        several = name == "multiselect" or given.get("selection_mode") == "multi"
        given["default"] = values if several else values[0]


@contextmanager
def recording() -> Iterator[Recorder]:
    """While open, what pages ask of Streamlit in this process is noted."""
    recorder = Recorder()
    with (
        patch.multiple(DeltaGenerator, **_watched_methods(recorder)),
        patch.multiple(st, **_watched_functions(recorder)),
    ):
        yield recorder


def _watched_functions(recorder: Recorder) -> dict[str, Any]:
    return {
        name: partial(recorder.call, name, None, method)
        for name, method in vars(st).items()
        if not name.startswith("_") and inspect.ismethod(method) and isinstance(method.__self__, DeltaGenerator)
    }


def _watched_methods(recorder: Recorder) -> dict[str, Any]:
    def watched(name: str, original: Callable[..., Any]) -> Callable[..., Any]:
        def call(self: DeltaGenerator, *args: Any, **kwargs: Any) -> Any:
            return recorder.call(name, self, partial(original, self), *args, **kwargs)

        return call

    enter, leave = DeltaGenerator.__enter__, DeltaGenerator.__exit__

    def entering(self: DeltaGenerator) -> None:
        recorder.cross("__enter__", self)
        enter(self)

    def leaving(self: DeltaGenerator, *error: Any) -> Any:
        recorder.cross("__exit__", self)
        return leave(self, *error)

    methods = {
        name: watched(name, getattr(DeltaGenerator, name))
        for name in _watched_functions(recorder)
        if inspect.isfunction(getattr(DeltaGenerator, name, None))
    }
    return methods | {"__enter__": entering, "__exit__": leaving}
