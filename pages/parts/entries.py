"""Lists of things to read: heading, paragraphs, facts, and what folds away. A whole list is one element of the page."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence

_STYLE = """
<style>
  .entry { padding: .75rem 0 .8rem; overflow-wrap: anywhere;
    border-top: 1px solid color-mix(in srgb, currentColor 13%, transparent); }
  .entry h3 { font-size: 1.02rem; margin: 0 0 .25rem; padding: 0; }
  .entry h3 small { font-weight: 400; opacity: .62; margin-left: .5rem; font-size: .86rem; }
  .entry p { margin: .15rem 0; max-width: 62rem; line-height: 1.65; }
  .entry p.quiet, .entry summary { opacity: .72; font-size: .9rem; }
  .entry summary { cursor: pointer; margin-top: .3rem; }
  .entry ul { margin: .2rem 0; padding-left: 1.2rem; max-width: 62rem; }
  .entry li { font-size: .92rem; line-height: 1.6; }
  .entry a, dl.facts a { color: inherit; }
</style>
"""


def entry(
    title: str,
    *,
    aside: str = "",
    lines: Iterable[str] = (),
    quiet: Iterable[str] = (),
    folded: tuple[str, str] | None = None,
) -> str:
    """One entry as HTML. Everything is escaped but `folded`, whose second part is HTML of `facts` or `bullets`."""
    beside = f"<small>{html.escape(aside)}</small>" if aside else ""
    said = [f"<h3>{html.escape(title)}{beside}</h3>"] if title else []
    said += [f"<p>{html.escape(line)}</p>" for line in lines if line]
    said += [f'<p class="quiet">{html.escape(line)}</p>' for line in quiet if line]
    if folded and folded[1]:
        said.append(f"<details><summary>{html.escape(folded[0])}</summary>{folded[1]}</details>")
    return f'<div class="entry">{"".join(said)}</div>'


class Html(str):
    """Text that is HTML already and must not be escaped again."""

    __slots__ = ()


def facts(pairs: Iterable[tuple[str, object]]) -> str:
    """Names and values side by side; what has no value is left out. Everything but `Html` is escaped."""
    rows = "".join(
        f"<dt>{html.escape(name)}</dt><dd>{value if isinstance(value, Html) else html.escape(str(value))}</dd>"
        for name, value in pairs if value
    )  # fmt: skip
    return f'<dl class="facts">{rows}</dl>' if rows else ""


def bullets(lines: Sequence[str]) -> str:
    return "<ul>" + "".join(f"<li>{html.escape(line)}</li>" for line in lines) + "</ul>" if lines else ""


def link(address: str | None) -> Html:
    """A link out; opened by the reader only, nothing is fetched. Anything but http(s) stays text."""
    shown = html.escape(address or "")
    if not shown.startswith(("https://", "http://")):
        return Html(shown)
    return Html(f'<a href="{shown}" target="_blank" rel="noreferrer noopener">{shown}</a>')


def listing(entries: Iterable[str]) -> str:
    """Entries as one piece of HTML with their style."""
    return _STYLE + "".join(entries)
