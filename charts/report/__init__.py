"""Charts as a written report: a Word document in the layout of Chinese official papers, and a page that prints on A4.

`to_docx` and `to_html` take the same `Report`, so both say the same.
"""

from charts.report.model import Report, Section, Table
from charts.report.web import to_html
from charts.report.word import to_docx

__all__ = ["Report", "Section", "Table", "to_docx", "to_html"]
