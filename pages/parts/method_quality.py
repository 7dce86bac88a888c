"""Method, the quality of extraction: how much of what reports say is read, and how much of it rightly."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import streamlit as st

from indicators.scores import SETS, Count, Scores, Stated, load_scores
from pages.parts.method_rules import line
from pages.parts.page import Page
from pages.parts.rows import rule_name

TOTALS = ("found", "record", "mapped")


def show(page: Page) -> None:
    """The stored scores: reports, invented documents, fields, kinds, confidence, rules, golden sentences."""
    measured = load_scores()
    if not measured:
        st.info(page.text("method.quality_nothing"), icon=":material/search_off:")
        return
    documents, invented, golden = (measured[name] for name in SETS)
    counts = {"documents": documents.documents, "records": f"{documents.found.gold:,}"}
    st.markdown(page.text("method.quality_about", **counts))
    st.markdown(totals(page, documents))
    st.caption(page.text("method.quality_terms"))
    about = page.text("method.quality_invented_about", documents=invented.documents, records=f"{invented.found.gold:,}")
    st.markdown(f"#### {page.text('method.quality_invented')}\n\n{about}\n\n{totals(page, invented)}")
    st.markdown(f"#### {page.text('method.quality_fields')}\n\n{fields(page, documents)}")
    st.markdown(f"#### {page.text('method.quality_kinds')}\n\n{kinds(page, documents)}")
    st.markdown(
        f"#### {page.text('method.quality_confidence')}\n\n{page.text('method.quality_confidence_about')}\n\n"
        + _stated(page, {page.text("method.quality_from", low=low): of for low, of in invented.bands.items()})
    )
    with st.expander(page.text("method.quality_rules"), icon=":material/rule:"):
        st.markdown(_stated(page, {rule_name(page, name): of for name, of in invented.rules.items()}))
    about = page.text("method.quality_golden_about", sentences=golden.documents, records=f"{golden.found.gold:,}")
    st.markdown(f"#### {page.text('method.quality_golden')}\n\n{about}\n\n{totals(page, golden)}")


def totals(page: Page, of: Scores) -> str:
    """Precision, recall and F1 of figures found, of whole records, and of those with an indicator; with the counts that
    they follow from where there is room.
    """
    columns = ("precision", "recall", "f1") if page.narrow else ("gold", "read", "precision", "recall", "f1")
    heads = ["", *(page.text(f"method.quality_{name}") for name in columns)]
    rows = []
    for name in TOTALS:
        count: Count = getattr(of, name)
        counts = () if page.narrow else (f"{count.gold:,}", f"{count.read:,}")
        shares = (percent(count.precision), percent(count.recall), percent(count.f1))
        rows.append([page.text(f"method.quality_{name}"), *counts, *shares])
    return _table(heads, rows)


def fields(page: Page, of: Scores) -> str:
    """Of the figures found, the part that has each field right."""
    known = {"scoped": "method.quality_scoped", "scope": "method.quality_scope", "status": "data.column_scenario"}
    rows = [
        [page.text(known.get(name, f"data.column_{name}")), f"{right:,}", percent(right / max(of.found.right, 1))]
        for name, right in of.fields.items()
    ]
    return _table([page.text(f"method.quality_{name}") for name in ("field", "right", "share")], rows)


def kinds(page: Page, of: Scores) -> str:
    """F1 by kind of document; with the counts where there is room."""
    counted = () if page.narrow else ("documents", "gold")
    heads = [page.text(f"method.quality_{name}") for name in ("kind", *counted, *TOTALS)]
    rows = [
        [
            page.text(f"reports.kind_{name}"),
            *(() if page.narrow else (str(kind.documents), f"{kind.found.gold:,}")),
            *(percent(count.f1) for count in (kind.found, kind.record, kind.mapped)),
        ]
        for name, kind in of.kinds.items()
    ]
    return _table(heads, rows)


def _stated(page: Page, groups: Mapping[str, Stated]) -> str:
    """What is stated of figures beside what was measured."""
    heads = [page.text(f"method.quality_{name}") for name in ("group", "read", "stated", "measured")]
    return _table(
        heads, [[name, f"{of.read:,}", percent(of.confidence), percent(of.share)] for name, of in groups.items()]
    )


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    return "\n".join([line(heads), "|---" + "|---:" * (len(heads) - 1) + "|", *(line(row) for row in rows)])


def percent(share: float) -> str:
    """A share in percent; only what is whole is printed as 100%."""
    return f"{share:.0%}" if share in (0, 1) else f"{min(share, 0.999):.1%}"
