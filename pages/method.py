"""Method: what does it mean? Definitions, rules, quality, sources, regions, editions; one part at a time."""

from __future__ import annotations

from pages.parts import (
    app,
    choose,
    method_edition,
    method_formulas,
    method_indicators,
    method_quality,
    method_rules,
    method_sources,
)

PARTS = {
    "indicators": method_indicators.show,
    "reading": method_rules.reading,
    "quality": method_quality.show,
    "comparing": method_rules.comparing,
    "formulas": method_formulas.show,
    "sources": method_sources.show,
    "regions": method_edition.regions,
    "editions": method_edition.editions,
}

page = app.begin("method")
part = choose.segment(
    page, "part", page.text("method.part"), list(PARTS), lambda name: page.text(f"method.part_{name}")
)
PARTS[part](page)
app.finish(page)
