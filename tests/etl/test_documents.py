"""A report reads the same in whatever format and encoding it comes."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import docx
import pytest

from etl.build import build
from etl.clean import fold
from etl.cli import main
from etl.extract import Reader
from etl.read.document import read_document
from etl.read.report import Report, read_report
from etl.sources import context_of
from indicators.catalog import Catalog, load_catalog
from indicators.paths import DataPaths
from indicators.queries import Library
from indicators.selection import Selection
from tests.etl import making

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("delingha", "mianzhu", "panshan", "urumqi", "xining")
KINDS = (
    "md in GB18030",
    "md in Big5",
    "html",
    "html in GB2312",
    "docx",
    "pdf",
    "pdf without indents",
    "pdf in two columns",
)
FIELDS = ("value", "unit", "measure", "indicator", "grade", "year", "base_year", "status", "comparator", "scope")


@dataclass(frozen=True, slots=True)
class Read:
    """What a reader takes from a report: its records in order, and how many numbers are of each class."""

    records: list[tuple[Any, ...]]
    ledger: Counter[tuple[str, str]]


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


@pytest.fixture(scope="module")
def reader(catalog: Catalog) -> Reader:
    return Reader(catalog)


def taken(report: Report, catalog: Catalog, reader: Reader) -> Read:
    reading = reader.read(report.body, context_of(report, catalog))
    for figure in reading.figures:
        assert report.body[figure.start : figure.end] == figure.text
    records = [
        tuple(
            fold(value).text if name == "scope" and value else value
            for name in FIELDS
            for value in [getattr(figure, name)]
        )
        for figure in reading.figures
    ]
    return Read(records, Counter((mark.kind, mark.reason) for mark in reading.ledger))


def made(name: str, kind: str) -> tuple[Path, bytes, bytes | None]:
    """A digest in another format: name, bytes, and the card beside it where the format has no front matter."""
    path = ROOT / "data" / "reports" / f"{name}.md"
    title, card, blocks = making.parts(path)
    match kind:
        case "md":
            return path, path.read_bytes(), None
        case "md in GB18030":
            return path, making.gb18030(path), None
        case "md in Big5":
            return path, making.big5(path), None
        case "html":
            return path.with_suffix(".html"), making.html(title, blocks), card
        case "html in GB2312":
            return path.with_suffix(".htm"), making.html(title, blocks, "gb2312"), card
        case "docx":
            return path.with_suffix(".docx"), making.word(title, blocks), card
        case "pdf":
            return path.with_suffix(".pdf"), making.pdf(title, blocks), card
        case "pdf without indents":
            return path.with_suffix(".pdf"), making.pdf(title, blocks, indent=0), card
    return path.with_suffix(".pdf"), making.pdf(title, blocks, columns=2), card


@pytest.mark.parametrize(
    ("name", "kind"),
    # Urumqi's digest is short: of its second column there are but two lines, which could be anything.
    [(name, kind) for kind in KINDS for name in NAMES if (name, kind) != ("urumqi", "pdf in two columns")],
)
def test_every_format_gives_the_same_records(name: str, kind: str, catalog: Catalog, reader: Reader) -> None:
    path, data, _ = made(name, "md")
    report = read_report(path, data, name, catalog)
    if not kind.startswith("md"):  # the title is printed there, and a number in it is in the ledger
        report = replace(report, body=f"# {report.title}\n{report.body}")
    expected = taken(report, catalog, reader)
    path, data, card = made(name, kind)
    found = taken(read_report(path, data, name, catalog, card=card), catalog, reader)
    assert found.records == expected.records
    assert found.ledger == expected.ledger
    assert len(expected.records) > 5


def test_a_text_in_utf_8_keeps_every_character() -> None:
    text = "\ufeff　一、总体\r\n\r\n全市 有企业１２ 家。\r  \n"
    assert read_document(Path("reports/x.txt"), text.encode()).text == "　一、总体\n\n全市 有企业１２ 家。\n  \n"


def test_a_card_completes_and_corrects_the_front_matter(catalog: Catalog) -> None:
    text = "---\ntitle: 甲市报告\nregion_code: '650100'\npublished: '2020'\n---\n全市有孵化器12家。\n"
    card = "published: '2021-03'\nissuer: 甲市科技局\nurl:\n".encode()
    report = read_report(Path("reports/x.md"), text.encode(), "reports/x", catalog, card=card)
    assert (report.title, report.published, report.issuer, report.url) == ("甲市报告", "2021-03", "甲市科技局", None)
    assert report.body == "全市有孵化器12家。\n"


def test_a_front_matter_may_stand_in_any_format(catalog: Catalog) -> None:
    lines = ["---", "title: 甲市报告", "region_code: 650100", "published: 2020-05", "---", "全市有孵化器12家。"]
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    report = read_report(Path("reports/x.docx"), making.saved(document), "reports/x", catalog)
    assert (report.title, report.published, report.body) == ("甲市报告", "2020-05", "全市有孵化器12家。")


def test_a_build_takes_reports_of_all_formats_with_their_cards(sources: DataPaths) -> None:
    card = "title: 乙市报告\nregion_code: '{}'\npublished: '2021-02'\n"
    sentence = [(0, "截至2020年底，全市共有众创空间35家。")]
    for name, code, data in (
        ("b.docx", "110000", making.word("乙市报告", sentence)),
        ("c.pdf", "120000", making.pdf("丙市报告", sentence)),
        ("d.html", "130000", making.html("丁市报告", sentence, "gb2312")),
    ):
        (sources.reports / name).write_bytes(data)
        (sources.reports / name).with_suffix(".yml").write_text(card.format(code), encoding="utf-8")
    summary = build(sources)
    assert not summary.errors
    edition = Library(sources.parquet).current()
    spaces = edition.observations(Selection(indicators=("makerspaces",), whole=True))
    assert {row.region: row.value for row in spaces.itertuples()} == dict.fromkeys(
        ("650100", "110000", "120000", "130000"), 35.0
    )
    source = edition.source("reports/c")
    assert source is not None
    figures = edition.figures("reports/c")
    assert [source["body"][row.start : row.end] for row in figures.itertuples()] == ["35家"]
    (sources.reports / "c.yml").write_text(card.format("120000").replace("-02", "-03"), encoding="utf-8")
    assert (build(sources).read, Library(sources.parquet).current().source("reports/c")["published"]) == (1, "2021-03")  # type: ignore[index]


def test_a_card_without_report_is_told(sources: DataPaths) -> None:
    (sources.reports / "lost.yml").write_text("title: x\n", encoding="utf-8")
    assert [(problem.code, problem.where) for problem in build(sources).errors] == [
        ("card_without_report", "reports/lost.yml")
    ]


def test_the_figures_command_reads_the_card_beside_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "x.docx").write_bytes(making.word("甲市报告", [(0, "截至2020年底，全市共有众创空间35家。")]))
    assert main(["figures", str(tmp_path / "x.docx")]) == 2
    assert "field_missing" in capsys.readouterr().err
    (tmp_path / "x.yml").write_text("title: 甲市报告\nregion_code: '650100'\npublished: '2021'\n", encoding="utf-8")
    assert main(["figures", str(tmp_path / "x.docx"), "--format", "jsonl"]) == 0
    assert '"text": "35家"' in capsys.readouterr().out


def test_a_build_of_plain_texts_loads_no_parser(sources: DataPaths) -> None:
    program = (
        "import sys\nfrom etl.cli import main\n"
        f"assert main(['build', '--quiet', '--data', {str(sources.root)!r}]) == 0\n"
        "sys.exit(' '.join({'lxml', 'pypdfium2', 'pdfplumber', 'docx', 'openpyxl'} & sys.modules.keys()) or 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
