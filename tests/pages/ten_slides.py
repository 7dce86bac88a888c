"""A briefing of ten charts from many pages, as a reader pins them."""

from pages.parts.briefing import Briefing, Slide

TEN = Briefing(
    "区域创新要览",
    "处务会",
    (
        Slide("compare", "compare.ranking", {"i": ("rd_expenditure",), "y": ("2023",)}, "投入看谁", "先看总量。"),
        Slide("compare", "compare.map", {"i": ("rd_intensity",), "mode": ("map",)}),
        Slide("compare", "compare.heat", {"mode": ("heat",)}),
        Slide("compare", "compare.change", {"i": ("rd_expenditure",), "mode": ("change",)}),
        Slide("compare", "compare.change", {"i": ("gdp",), "mode": ("change",), "form": ("slope",)}),
        Slide("compare", "compare.scatter", {"mode": ("scatter",)}),
        Slide("trends", "trends.main", {"i": ("gdp",), "r": ("110000", "440000")}),
        Slide("trends", "trends.main", {"i": ("patent_grants",), "r": ("330000",), "mode": ("growth",)}),
        Slide("region", "region.distances", {"r": ("440000",)}),
        Slide("composite", "composite.ranks", {}),
    ),
)
