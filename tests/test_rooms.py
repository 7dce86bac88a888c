"""The import contract holds, and the checker that says so can fail."""

from pathlib import Path

import pytest

from tests.rooms import ALLOWED, breaches, room_files


def test_the_contract_holds(root: Path) -> None:
    found = breaches(root)
    assert not found, "\n" + "\n".join(map(str, found))


def test_every_room_is_in_the_contract(root: Path) -> None:
    rooms = {path.relative_to(root).parts[0].removesuffix(".py") for path in room_files(root)}
    assert rooms == set(ALLOWED)


@pytest.mark.parametrize(
    ("file", "source", "expected"),
    [
        ("indicators/units.py", "import json\n\nfrom etl import build\n", "indicators/units.py:3: indicators may not import etl"),
        ("charts/line.py", "def draw():\n    from etl.clean import clean\n", "charts/line.py:2: charts may not import etl.clean"),
        ("etl/build.py", "import charts.theme as theme\n", "etl/build.py:1: etl may not import charts.theme"),
        ("etl/read/html.py", "from importlib import import_module\nimport_module('pages.parts')\n", "etl/read/html.py:2: etl may not import pages.parts"),
        ("etl/read/pdf.py", "from ...pages import data\n", "etl/read/pdf.py:1: etl may not import pages"),
        ("pages/data.py", "import tests.rooms\n", "pages/data.py:1: pages may not import tests.rooms"),
        ("pages/data.py", "import duckdb\n", "pages/data.py:1: duckdb may be imported only in indicators/queries*.py"),
        ("indicators/observation.py", "import duckdb as d\n", "indicators/observation.py:1: duckdb may be imported only in indicators/queries*.py"),
        ("pages/trends.py", "from plotly import express\n", "pages/trends.py:1: plotly may be imported only in charts/*"),
        ("charts/line.py", "import streamlit as st\n", "charts/line.py:1: streamlit may be imported only in dashboard.py, pages/*"),
        ("newroom/a.py", "import indicators\n", "newroom/a.py:1: newroom may not import indicators"),
        ("pages/a.py", "import importlib\nimportlib.import_module(name)\n", "pages/a.py:2: an import by a computed name cannot be checked"),
    ],
)  # fmt: skip
def test_a_breach_is_named_with_file_and_line(tmp_path: Path, file: str, source: str, expected: str) -> None:
    path = tmp_path / file
    path.parent.mkdir(parents=True)
    path.write_text(source, encoding="utf-8")
    assert [str(breach) for breach in breaches(tmp_path)] == [expected]


@pytest.mark.parametrize(
    ("file", "source"),
    [
        ("dashboard.py", "import streamlit as st\nfrom pages.parts import state\nfrom indicators import labels\n"),
        ("pages/trends.py", "from charts import line\nfrom indicators.queries import series\nfrom pages.parts import frame\n"),
        ("charts/line.py", "import plotly.graph_objects as go\nfrom . import theme\nfrom indicators.units import Unit\n"),
        ("etl/read/html.py", "import pyarrow\nfrom ..clean import clean\nfrom .. import observe\nimport indicators\n"),
        ("indicators/queries_series.py", "import duckdb\nfrom indicators.errors import DataError\n"),
    ],
)  # fmt: skip
def test_what_is_allowed_passes(tmp_path: Path, file: str, source: str) -> None:
    path = tmp_path / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(source, encoding="utf-8")
    assert breaches(tmp_path) == []
