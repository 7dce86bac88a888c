"""For notebooks and scripts: the rows behind any chart, in a few lines.

    import indicators

    data = indicators.open()
    data.growth("地区生产总值", ["浙江", "江苏"], years=(2015, 2024))
    data.ranking("rd_intensity")

Indicators and regions are given by id or code, or by name in Chinese or English. Every method returns a frame with the
columns of `observation.OBSERVATIONS`, as the pages compute it; `inputs` names the printed values behind a row, and
`evidence` shows where one was read.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import pandas as pd

from indicators import compare, development
from indicators.catalog import Catalog, load_catalog
from indicators.compare import DENOMINATORS, Basis
from indicators.development import Mode, View
from indicators.errors import UnknownIndicatorError, UnknownRegionError
from indicators.observation import SCENARIOS
from indicators.paths import data_paths
from indicators.queries import Edition, Library
from indicators.queries_sql import INDICATORS, REGIONS, lists, run
from indicators.region_sets import whole_country
from indicators.regions import COUNTRY, LEVELS, Region
from indicators.selection import Selection

Names: TypeAlias = str | Iterable[str]
_COMMON = 2 / 3
"""A ranking is of the latest year that so large a part of the regions report, of those in the best reported year."""


def open_data(data: Path | str | None = None, edition: str | None = None) -> Data:
    """See `indicators.open`."""
    paths = data_paths(data)
    held = Edition(paths.parquet / Path(edition).name) if edition else Library(paths.parquet).current()
    return Data(held, load_catalog(paths.catalog))


class Data:
    """One edition with the catalogue; read only and safe to share between threads."""

    def __init__(self, edition: Edition, catalog: Catalog) -> None:
        self.edition = edition
        self.catalog = catalog

    @property
    def indicators(self) -> pd.DataFrame:
        """All indicators: id, names, theme, unit, kind, direction."""
        return pd.DataFrame(lists(self.catalog)["indicators"], columns=INDICATORS.names)

    @property
    def regions(self) -> pd.DataFrame:
        """All regions: code, names, level, parent."""
        return pd.DataFrame(lists(self.catalog)["regions"], columns=REGIONS.names)

    def observations(
        self,
        indicators: Names = (),
        regions: Names = (),
        years: tuple[int, int] | None = None,
        *,
        measures: Names = (),
        scenarios: Names = (),
        origins: Names = (),
        sources: Names = (),
        standings: Names = ("current",),
        whole: bool = False,
    ) -> pd.DataFrame:
        """Printed values, as the Data page lists them.

        Args:
            years: First and last, both included.
            standings: The value shown for each quantity; `[]` for superseded vintages and other sources too.
            whole: Only values of the whole region, of no scope and no grade.
            measures, scenarios, origins, sources: Values of the columns; nothing given is no limit.
        """
        return self.edition.observations(
            Selection(
                indicators=self._indicators(indicators), regions=self._regions(regions), years=years,
                measures=_listed(measures), scenarios=_listed(scenarios), origins=_listed(origins),
                sources=_listed(sources), standings=_listed(standings), whole=whole,
            )
        )  # fmt: skip

    def per_head(self, indicators: Names, regions: Names = (), years: tuple[int, int] | None = None) -> pd.DataFrame:
        """Levels divided by the population at the end of the year, where the catalogue allows it."""
        return self.develop(indicators, regions, years, basis="per_head")

    def per_gdp(self, indicators: Names, regions: Names = (), years: tuple[int, int] | None = None) -> pd.DataFrame:
        """Levels divided by the gross domestic product of the same year, where the catalogue allows it."""
        return self.develop(indicators, regions, years, basis="per_gdp")

    def growth(self, indicators: Names, regions: Names = (), years: tuple[int, int] | None = None) -> pd.DataFrame:
        """Change against the year before: printed where a source prints it, else computed; in percent, for shares and
        rates in percentage points.
        """
        return self.develop(indicators, regions, years, mode="growth")

    def index(
        self, indicators: Names, regions: Names = (), years: tuple[int, int] | None = None, *, base_year: int
    ) -> pd.DataFrame:
        """Levels with those of the base year = 100; nothing beyond a break."""
        return self.develop(indicators, regions, years, mode="index", base_year=base_year)

    def share(self, indicators: Names, regions: Names = (), years: tuple[int, int] | None = None) -> pd.DataFrame:
        """Levels as a part of the whole country, in percent."""
        return self.develop(indicators, regions, years, mode="share")

    def develop(
        self,
        indicators: Names,
        regions: Names = (),
        years: tuple[int, int] | None = None,
        *,
        mode: Mode = "level",
        basis: Basis = "total",
        base_year: int | None = None,
    ) -> pd.DataFrame:
        """What the Trends page shows: see `development.develop` for the rules."""
        names, codes = self._indicators(indicators), self._regions(regions)
        under = DENOMINATORS.get(basis)
        breaks = self.edition.breaks([*names, *([under] if under else [])])
        read = self.edition.observations
        return development.develop(
            read(Selection(indicators=names, regions=codes)),
            View(mode, basis, base_year, years),
            self.catalog,
            compare.breaks_with_denominator(breaks, names, basis),
            denominators=read(Selection(indicators=(under,), regions=codes, whole=True)) if under else None,
            everywhere=read(Selection(indicators=names, regions=self._country(), whole=True)),
        ).rows.reset_index(drop=True)

    def ranking(
        self, indicator: str, year: int | None = None, regions: Names = (), *, basis: Basis = "total"
    ) -> pd.DataFrame:
        """Actual values of whole regions in one year, best first, with their `rank`; equal values share one.

        Args:
            year: Default: the latest that two thirds of the regions report, of those in the best reported year.
            regions: Default: the provinces. Regions of different levels are ranked together only when asked for.
        """
        chosen = self._indicator(indicator)
        codes = self._regions(regions) or tuple(region.code for region in self.catalog.regions.provinces())
        rows = self.develop(chosen, codes, basis=basis)
        rows = rows.loc[
            rows["scope"].isna() & rows["grade"].isna() & rows["year"].notna() & rows["base_year"].isna()
            & (rows["scenario"] == SCENARIOS[0]) & (rows["region"] != COUNTRY)
        ]  # fmt: skip
        rows = rows.loc[rows["series"].fillna("") == _most(rows["series"].fillna(""))]
        counts = rows.groupby("year")["region"].nunique()
        if counts.empty:
            return rows.assign(rank=pd.Series(dtype="Int64"))
        rows = rows.loc[rows["year"] == (year or counts.index[counts >= counts.max() * _COMMON].max())]
        ranked = rows.assign(rank=compare.rank(rows, self.catalog.indicators[chosen]))
        return ranked.sort_values(["rank", "region"]).reset_index(drop=True)

    def sql(self, statement: str) -> pd.DataFrame:
        """The rows of one query over the edition's tables, within the limits of the Data page.

        Raises:
            StatementError: It was refused, stopped or wrong.
        """
        return run(self.edition, statement, catalog=self.catalog).rows

    def named(self, rows: pd.DataFrame, lang: str = "zh") -> pd.DataFrame:
        """The same rows with the names of region and indicator beside their codes."""
        found = rows.copy()
        said = {
            "indicator": [self.catalog.indicators[name].name(lang) for name in rows["indicator"]],
            "region": [self.catalog.regions.path(code, lang) for code in rows["region"]],
        }
        for column, names in said.items():
            found.insert(found.columns.get_loc(column) + 1, f"{column}_name", names)
        return found

    def evidence(self, observation_id: str) -> dict[str, Any]:
        """Where a printed value was read: the observation's columns, and of its source `title_zh`, `title_en`,
        `publisher_zh`, `publisher_en`; for a report, `quote` is the paragraph with the number.

        Raises:
            KeyError: This edition has no such observation; a derived value's are in its `inputs`.
        """
        row = self.edition.observation(observation_id)
        if row is None:
            raise KeyError(observation_id)
        source = self.edition.source(row["source_id"]) or {}
        names = [f"{part}_{lang}" for part in ("title", "publisher") for lang in ("zh", "en")]
        body, start = source.get("body"), row["start"]
        quote = None
        if body and start is not None:
            end = body.find("\n", start)
            quote = body[body.rfind("\n", 0, start) + 1 : end if end >= 0 else None].strip()
        return {**row, **{name: source.get(name) for name in names}, "quote": quote}

    def _country(self) -> tuple[str, ...]:
        return (COUNTRY, *whole_country(self.catalog.folder))

    def _indicators(self, names: Names) -> tuple[str, ...]:
        return tuple(dict.fromkeys(map(self._indicator, _listed(names))))

    def _indicator(self, name: str) -> str:
        """
        Raises:
            UnknownIndicatorError: No indicator, or more than one, has that name.
        """
        known = self.catalog.indicators
        if name in known:
            return name
        wanted = name.strip().casefold()
        named = [one.id for one in known.values() if wanted in (one.zh.casefold(), one.en.casefold())]
        found = named or [one.id for one in known.values() if wanted in [word.casefold() for word in one.aliases]]
        if len(found) == 1:
            return found[0]
        if found:
            raise UnknownIndicatorError(f"{name}? {', '.join(found)}")
        words = [word for one in known.values() for word in (one.id, one.zh, one.en)]
        raise UnknownIndicatorError(f"{name}? {', '.join(difflib.get_close_matches(name, words, cutoff=0.5))}".strip())

    def _regions(self, names: Names) -> tuple[str, ...]:
        return tuple(dict.fromkeys(map(self._region, _listed(names))))

    def _region(self, name: str) -> str:
        """The code of a name; of a province and a city of the same name, the province.

        Raises:
            UnknownRegionError: No region has that name, or several of one level have it; the message lists their codes.
        """
        regions = self.catalog.regions
        if name in regions:
            return name
        wanted = name.strip().casefold()
        found = [one for one in regions if one.valid_to is None and wanted in _words(one)]
        highest = [one for one in found if LEVELS.index(one.level) == min(LEVELS.index(each.level) for each in found)]
        if len(highest) == 1:
            return highest[0].code
        codes = ", ".join(f"{one.code} {regions.path(one.code, 'zh')}" for one in highest)
        raise UnknownRegionError(f"{name}? {codes}".strip())


def _words(region: Region) -> list[str]:
    return [word.casefold() for word in (region.zh, region.short_zh, region.en, *region.aliases)]


def _listed(names: Names) -> tuple[str, ...]:
    return (names,) if isinstance(names, str) else tuple(names)


def _most(series: Sequence[str] | pd.Series) -> str:
    """The name that stands most often; values of different series do not belong into one ranking."""
    counts = pd.Series(series).value_counts()
    return "" if counts.empty else str(counts.index[0])
