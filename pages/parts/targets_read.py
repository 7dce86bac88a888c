"""What the Targets page shows of an edition: every target with its verdict, and the requirements beside them."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from indicators import targets
from indicators.catalog import Catalog
from indicators.observation import SCENARIOS
from indicators.queries import Edition
from indicators.selection import Selection
from indicators.target_rules import TargetRules, load_target_rules
from indicators.targets import VERDICTS, Judged
from pages.parts.page import Page


@dataclass(frozen=True, slots=True)
class Found:
    """Targets with their verdicts, best news first.

    Attributes:
        frame: The targets' observations.
        norms: Requirements that are not judged.
        as_of: The year of the edition.
    """

    judged: tuple[Judged, ...]
    frame: pd.DataFrame
    norms: pd.DataFrame
    rules: TargetRules
    as_of: int


def read(page: Page) -> Found:
    return _read(page.edition.id, page.edition, page.catalog)


@st.cache_resource(max_entries=4, show_spinner=False)
def _read(edition_id: str, _edition: Edition, _catalog: Catalog) -> Found:
    """An edition never changes, so its targets are judged once."""
    del edition_id
    rules = load_target_rules(_catalog)
    as_of = int(str(_edition.manifest["built"])[:4])
    planned = _edition.observations(Selection(scenarios=SCENARIOS[1:]))
    frame, norms = targets.judged_and_norms(planned)
    if frame.empty:
        return Found((), frame, norms, rules, as_of)
    names = targets.needed_indicators(frame, rules)
    places = tuple(dict.fromkeys(frame["region"].tolist()))
    actual = _edition.observations(Selection(indicators=names, regions=places, scenarios=SCENARIOS[:1]))
    judged = targets.judge(frame, actual, _catalog, _edition.breaks(names), rules, as_of)
    order = {name: place for place, name in enumerate(_catalog.indicators)}
    judged.sort(
        key=lambda one: (
            VERDICTS.index(one.verdict), one.latest is None and one.start is None, one.target["region"], one.year or 0,
            order[one.target["indicator"]],
        )
    )  # fmt: skip
    return Found(tuple(judged), frame, norms, rules, as_of)
