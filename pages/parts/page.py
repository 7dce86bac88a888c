"""One run of a page: what every part of it may need to know."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from charts.layout import Width
from charts.theme import Mode
from indicators.catalog import Catalog
from indicators.labels import Lang, text
from indicators.queries import Edition
from pages.parts.state import UrlState


@dataclass(frozen=True, slots=True)
class Page:
    """One run of a page."""

    name: str
    lang: Lang
    edition: Edition
    catalog: Catalog
    state: UrlState
    dark: bool
    narrow: bool

    def text(self, key: str, **params: object) -> str:
        """A label: of the page's own area, or of another when the key names one (`charts.title`)."""
        return text(key if "." in key else f"{self.name}.{key}", self.lang, **params)

    def pick(self, row: Any, name: str) -> Any:
        """The reader's language of a bilingual pair of columns (`title` -> `title_zh` or `title_en`)."""
        return row[f"{name}_{self.lang}"]

    @property
    def theme(self) -> Mode:
        return "dark" if self.dark else "light"

    @property
    def width(self) -> Width:
        return "narrow" if self.narrow else "wide"
