"""The prose reader: finds every figure of a Chinese report, says what it is, and accounts for every number.

    reader = Reader(load_catalog())
    reading = reader.read(body, Context(year=2021, kind="report"))

`reading.figures` are the figures, `reading.ledger` has every number of the text exactly once, with its class.
"""

from etl.extract.model import REASONS, Context, Figure, Mark, Reading, Section, figure_record
from etl.extract.reader import Reader

__all__ = ["REASONS", "Context", "Figure", "Mark", "Reader", "Reading", "Section", "figure_record"]
