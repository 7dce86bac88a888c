"""Each region as a part of the whole country."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from indicators.catalog import Catalog
from indicators.compare import with_inputs
from indicators.computed import derived, keys, matched, places_of, tuples
from indicators.region_sets import whole_country
from indicators.regions import COUNTRY
from indicators.usable import is_exact, is_whole

_WHOLE = ["indicator", "unit", "series", "year"]


def share_of_whole(frame: pd.DataFrame, everywhere: pd.DataFrame, catalog: Catalog) -> pd.DataFrame:
    """Each level as a part of the whole country, in percent.

    The whole is the printed national value of the year; where none is printed, the sum of the regions that add up to
    the country, if every one of them has a value in that year. Only indicators that add up over regions have a whole.

    Args:
        frame: Levels with `inputs`.
        everywhere: Current levels of the same indicators for the country and its provinces.
    Returns:
        The rows of regions below the country, those of years with a whole; its own values are the last of `inputs`.
    Raises:
        ValueError: There are several national values of one year.
    """
    summable = [name for name in everywhere["indicator"].unique() if "regions" in catalog.indicators[name].sum_over]
    levels = everywhere.loc[everywhere["indicator"].isin(summable)]
    levels = levels.loc[is_exact(levels) & is_whole(levels) & (levels["measure"] == "level")]
    wholes = _wholes(levels, whole_country(catalog.folder))
    parts = frame.loc[(frame["measure"] == "level") & (frame["region"] != COUNTRY) & frame["year"].notna()]
    parts = parts.loc[parts["part_year"].isna()]
    places = places_of(wholes, _WHOLE)
    now, whole = matched(parts, wholes, [places.get(key, -1) for key in keys(parts, _WHOLE)])
    value = now["value"].to_numpy() / whole["value"].to_numpy() * 100
    return derived(now, whole, "share", value=value, unit="percent", measure="share")


def _wholes(levels: pd.DataFrame, members: Sequence[str]) -> pd.DataFrame:
    """The country's value for each indicator and year: printed, else the sum over its members where none is missing."""
    printed = with_inputs(levels.loc[(levels["region"] == COUNTRY) & (levels["value"] > 0)])
    parts = levels.loc[levels["region"].isin(members)]
    known = set(keys(printed, _WHOLE))
    groups: dict[tuple[Any, ...], list[int]] = {}
    for place, key in enumerate(keys(parts, _WHOLE)):
        groups.setdefault(key, []).append(place)
    values, regions = parts["value"].tolist(), parts["region"].tolist()
    ids, sources = parts["observation_id"].tolist(), parts["source_id"].tolist()
    firsts, sums = [], []
    for key, group in groups.items():
        whole = sum(values[place] for place in group)
        if key not in known and whole > 0 and sorted(regions[place] for place in group) == sorted(members):
            firsts.append(group[0])
            sums.append(
                (whole, tuple(ids[place] for place in group), tuple(dict.fromkeys(sources[place] for place in group)))
            )
    summed = parts.iloc[firsts].assign(
        region=COUNTRY, value=[whole for whole, _, _ in sums], inputs=tuples([named for _, named, _ in sums]),
        sources=tuples([named for _, _, named in sums]),
    )  # fmt: skip
    return pd.concat([printed, summed], ignore_index=True) if firsts else printed
