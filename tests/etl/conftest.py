"""A small data root that tests may write to: the project's catalogue, two tables, one report."""

import shutil
from pathlib import Path

import pytest

from indicators.catalog import Catalog, load_catalog
from indicators.paths import DataPaths

REPORT = """---
title: 甲市创新发展情况
region: 乌鲁木齐市
region_code: "650100"
issuer: 甲市科技局
published: "2021-03"
kind: report
---
# 一、载体建设
截至2020年底，全市共有众创空间35家，其中国家级15家。
# 二、投入
2020年，全市研发经费支出6.22亿元，比上年增长20.3%。
"""


@pytest.fixture
def sources(tmp_path: Path, root: Path) -> DataPaths:
    shutil.copytree(root / "data" / "catalog", tmp_path / "catalog")
    (tmp_path / "reports").mkdir()
    (tmp_path / "tables").mkdir()
    (tmp_path / "reports" / "first.md").write_text(REPORT, encoding="utf-8")
    for name in ("gdp", "population"):
        for suffix in (".csv", ".yml"):
            shutil.copy(root / "data" / "tables" / f"{name}{suffix}", tmp_path / "tables")
    return DataPaths(tmp_path)


@pytest.fixture(scope="session")
def catalog(root: Path) -> Catalog:
    """The project's catalogue."""
    return load_catalog(root / "data" / "catalog")
