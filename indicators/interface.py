"""For notebooks and scripts: the rows behind any chart, in a few lines.

    import indicators

    data = indicators.open()
    data.growth("地区生产总值", ["浙江", "江苏"], years=(2015, 2024))
    data.ranking("rd_intensity")
    data.profile("浙江")

Indicators and regions are given by id or code, or by name in Chinese or English. The frames are those of the pages, by
the same functions, most with the columns of `observation.OBSERVATIONS`; `inputs` names the printed values behind a row,
and `evidence` shows where one was read.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from indicators import across, compare, development, facts, profile
from indicators.catalog import Catalog, load_catalog
from indicators.compare import DENOMINATORS, Basis
from indicators.development import Mode, View
from indicators.errors import StatementError
from indicators.labels import LANGUAGES, text
from indicators.names import Names, indicator_id, indicator_ids, listed, region_code, region_codes
from indicators.observation import SCENARIOS
from indicators.paths import data_paths
from indicators.peers import same_level
from indicators.profile import Entry
from indicators.queries import Edition, Library
from indicators.queries_sql import INDICATORS, REGIONS, lists, run
from indicators.region_sets import whole_country
from indicators.regions import COUNTRY
from indicators.selection import Selection

PROFILE = [
    "indicator", "year", "value", "unit", "comparator", "change", "change_unit", "rank", "of", "rank_year", "inputs",
]  # fmt: skip
"""The columns of a profile."""


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
                indicators=indicator_ids(self.catalog, indicators), regions=region_codes(self.catalog, regions),
                years=years, measures=listed(measures), scenarios=listed(scenarios), origins=listed(origins),
                sources=listed(sources), standings=listed(standings), whole=whole,
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
        names, codes = indicator_ids(self.catalog, indicators), region_codes(self.catalog, regions)
        under = DENOMINATORS.get(basis)
        breaks = self.edition.breaks([*names, *([under] if under else [])])
        read = self.edition.observations
        return development.develop(
            read(Selection(indicators=names, regions=codes)),
            View(mode, basis, base_year, years),
            self.catalog,
            compare.breaks_with_denominator(breaks, names, basis),
            denominators=read(Selection(indicators=(under,), regions=codes, whole=True)) if under else None,
            everywhere=read(
                Selection(indicators=names, regions=(COUNTRY, *whole_country(self.catalog.folder)), whole=True)
            ),
        ).rows.reset_index(drop=True)

    def ranking(
        self, indicator: str, year: int | None = None, regions: Names = (), *, basis: Basis = "total"
    ) -> pd.DataFrame:
        """What the Compare page ranks: actual values of whole regions in one year, best first, with their `rank`; equal
        values share one.

        Args:
            year: Default: the page's choice (see `across.usual_year`).
            regions: Default: the provinces. Regions of different levels are ranked together only when asked for.
        """
        name, codes = indicator_id(self.catalog, indicator), self._compared(regions)
        chosen = self._usual_year(name, codes, basis) if year is None else year
        rows = self._across(name, codes, () if chosen is None else (chosen,), basis)
        ranked = rows.assign(rank=compare.rank(rows, self.catalog.indicators[name]))
        return ranked.sort_values(["rank", "region"]).reset_index(drop=True)

    def change(
        self, indicator: str, first: int, last: int, regions: Names = (), *, basis: Basis = "total"
    ) -> pd.DataFrame:
        """What the Compare page shows between two years: region, before, after, change and its unit, and `inputs`.

        Percent, or percentage points for shares and rates; regions that lack a year are left out.
        """
        name, codes = indicator_id(self.catalog, indicator), self._compared(regions)
        rows = self._across(name, codes, (first, last), basis)
        changed = facts.changes(rows, first, last, self.catalog)
        inputs = rows.groupby("region")["inputs"].sum()
        return changed.assign(inputs=[inputs[code] for code in changed["region"]])

    def profile(self, region: str, peers: Names = ()) -> pd.DataFrame:
        """What the Region page shows: every indicator with its latest value, change against the year before, `rank`
        among `of` regions in `rank_year` (the newest in which enough peers have a value), and `inputs`. What a source
        does not give is missing.

        Args:
            peers: Default: all regions of the same level.
        """
        code, read = region_code(self.catalog, region), self.edition.observations
        own = read(Selection(regions=(code,)))
        having = self.edition.regions["region"]
        among = region_codes(self.catalog, peers) or same_level(code, having, self.catalog).members
        levels = Selection(regions=(*among, code), measures=("level",), scenarios=SCENARIOS[:1], whole=True)
        breaks = self.edition.breaks(tuple(own["indicator"].unique()))
        entries = profile.profile(code, own, self.edition.at(profile.needed(own), levels), self.catalog, breaks)
        found = pd.DataFrame([_entry(one) for one in entries], columns=PROFILE)
        return found.astype(
            {**dict.fromkeys(["rank", "of", "rank_year"], "Int64"), "value": "float64", "change": "float64"}
        )

    def sql(self, statement: str) -> pd.DataFrame:
        """The rows of one query over the edition's tables, within the limits of the Data page.

        Raises:
            StatementError: It was refused, stopped or wrong; its notes say what to do, in both languages.
        """
        try:
            return run(self.edition, statement, catalog=self.catalog).rows
        except StatementError as error:
            for lang in LANGUAGES:
                for key in (f"data.sql_{error.problem.code}", f"data.sql_{error.problem.code}_hint"):
                    error.add_note(text(key, lang, **error.problem.params))
            raise

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

    def _compared(self, regions: Names) -> tuple[str, ...]:
        return region_codes(self.catalog, regions) or whole_country(self.catalog.folder)

    def _across(self, name: str, codes: tuple[str, ...], years: tuple[int, ...], basis: Basis) -> pd.DataFrame:
        """The actual values of one indicator; of no year where there is none."""
        wanted = across.Wanted((name,), years or (0,), codes, basis)
        return across.actual(across.regional(across.read(self.edition, self.catalog, wanted)[0]))

    def _usual_year(self, name: str, codes: tuple[str, ...], basis: Basis) -> int | None:
        """The year that the Compare page takes by itself."""
        held = self.edition.values_of(("year",), Selection(indicators=(name,), regions=codes, whole=True))["year"]
        rows = self._across(name, codes, tuple(int(year) for year in held), basis)
        years = {int(year): frozenset(part["region"]) for year, part in rows.groupby("year")}
        return across.usual_year(years, codes, sorted(years, reverse=True)) if years else None


def _entry(one: Entry) -> tuple[Any, ...]:
    """A row of `PROFILE`."""
    level, change, compared = one.level, one.change, one.compared
    return (
        one.indicator.id, one.year,
        *((level.value, level.unit, level.comparator) if level else (None, None, None)),
        *((change.value, change.unit) if change else (None, None)),
        *((compared.place.rank, compared.place.of, compared.year) if compared else (None, None, None)),
        one.inputs,
    )  # fmt: skip
