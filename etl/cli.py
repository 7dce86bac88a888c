"""The command line. Data goes to standard output, everything else to standard error.

Exit codes: 0 all is well; 1 something was left out or is wrong, the rest went through; 2 nothing could be done
(wrong call, broken catalogue, no sources).
"""

from __future__ import annotations

import argparse
import json
import locale
import os
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from indicators import labels
from indicators.errors import CatalogError, Problem, SourceError
from indicators.paths import DataPaths, data_paths

OK, LEFT_OUT, FAILED = 0, 1, 2
TABLE_FIELDS = (
    "text",
    "value",
    "unit",
    "measure",
    "indicator",
    "grade",
    "scope",
    "year",
    "base_year",
    "status",
    "comparator",
)


def main(arguments: Sequence[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    paths = data_paths(options.data)
    if options.data:
        os.environ["INNOVATION_DATA"] = str(paths.root)  # the labels lie in the data root as well
    try:
        return int(options.run(options, paths))
    except CatalogError as error:
        for fault in error.faults:
            print(fault, file=sys.stderr)
        return FAILED


def _parser() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--data", type=Path, help="data root (default: $INNOVATION_DATA or the project's data/)")
    common.add_argument("--lang", choices=labels.LANGUAGES, default=_language(), help="language of messages")
    parser = argparse.ArgumentParser(prog="python -m etl", description="From reports and tables to editions.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    build = commands.add_parser("build", parents=[common], help="read what changed, check, publish an edition")
    build.add_argument("--force", action="store_true", help="read everything again")
    build.add_argument("--quiet", action="store_true", help="no progress")
    build.set_defaults(run=_build)
    check = commands.add_parser("check", parents=[common], help="catalogue, sources and values, without publishing")
    check.set_defaults(run=_check)
    figures = commands.add_parser("figures", parents=[common], help="what the reader finds in reports")
    figures.add_argument("files", nargs="+", type=Path, metavar="FILE")
    figures.add_argument("--format", choices=("jsonl", "table"), default="table")
    for name in ("region-code", "published", "kind", "title"):
        figures.add_argument(f"--{name}", help="where the file and its card lack it")
    figures.set_defaults(run=_figures)
    card = commands.add_parser("card", parents=[common], help="draft the card of a table or report")
    card.add_argument("file", type=Path, metavar="FILE")
    card.add_argument("--sheet", "--table", dest="table", help="name or number of the sheet or table")
    card.add_argument("--page", type=int, help="page of a pdf on which the table stands")
    card.add_argument("--write", action="store_true", help="write NAME.yml beside the file; never over another")
    card.add_argument("--name", help="another name for the card, so that several can read one file")
    card.set_defaults(run=_card)
    return parser


def _language() -> str:
    name = (
        os.environ.get("LC_ALL")
        or os.environ.get("LC_MESSAGES")
        or os.environ.get("LANG")
        or locale.getlocale()[0]
        or ""
    )
    return "zh" if name.lower().startswith(("zh", "chinese")) else "en"


def _build(options: argparse.Namespace, paths: DataPaths) -> int:
    from etl.build import build

    def progress(number: int, total: int, source_id: str, what: str) -> None:
        if not options.quiet and what == "read":
            print(f"[{number}/{total}] {source_id}", file=sys.stderr)

    summary = build(paths, force=options.force, progress=progress)
    _print_problems(summary.problems, options.lang)
    print(labels.text("etl.unchanged" if summary.unchanged else "etl.published", options.lang, edition=summary.edition))
    print(labels.text("etl.sources", options.lang, read=summary.read, reused=summary.reused, **_some(summary.counts)))
    print(labels.text("etl.counts", options.lang, **summary.counts))
    _print_checks(summary, options.lang)
    return LEFT_OUT if summary.errors else OK


def _check(options: argparse.Namespace, paths: DataPaths) -> int:
    from etl.build import build

    summary = build(paths, publishing=False)
    _print_problems(summary.problems, options.lang)
    print(labels.text("etl.counts", options.lang, **summary.counts))
    _print_checks(summary, options.lang)
    return LEFT_OUT if summary.errors else OK


def _some(counts: dict[str, int]) -> dict[str, int]:
    return {name: counts[name] for name in ("reports", "tables")}


def _print_checks(summary: Any, lang: str) -> None:
    for name, outcome in summary.checks.items():
        print("  " + labels.text("etl.check_line", lang, name=labels.text(f"problems.check_{name}", lang), **outcome))
    held = Counter(problem.code for problem in summary.problems)
    if held:
        print(labels.text("etl.told", lang))
    for code, number in sorted(held.items()):
        print("  " + labels.text("etl.told_line", lang, number=number, what=labels.text(f"problems.{code}_name", lang)))


def _print_problems(problems: Iterable[Problem], lang: str) -> None:
    """Errors and warnings in full; notes are counted in the summary and shown on the Overview page."""
    for problem in problems:
        if problem.severity != "note":
            print(describe(problem, lang), file=sys.stderr)


def describe(problem: Problem, lang: str) -> str:
    """One line: severity and code, where, what is wrong, what to do next."""
    sentence = labels.text(f"problems.{problem.code}", lang, **problem.params)
    hint = labels.text(f"problems.{problem.code}_hint", lang, **problem.params)
    return f"{problem.severity} {problem.code} · {problem.where} · {sentence} · {hint}"


def _figures(options: argparse.Namespace, paths: DataPaths) -> int:
    from etl.extract import Reader
    from etl.read.report import read_report
    from etl.sources import context_of, record
    from indicators.catalog import load_catalog

    catalog = load_catalog(paths.catalog)
    reader = Reader(catalog)
    given = {name: getattr(options, name) for name in ("region_code", "published", "kind", "title")}
    failed = 0
    for path in options.files:
        try:
            beside = path.with_suffix(".yml")
            card = beside.read_bytes() if beside.is_file() else None
            report = read_report(path, path.read_bytes(), str(path), catalog, given, card)
            found = [record(figure) for figure in reader.read(report.body, context_of(report, catalog)).figures]
        except OSError as error:
            failed += 1
            params = {"what": error.strerror or str(error)}
            print(describe(Problem("cannot_open", str(path), params=params), options.lang), file=sys.stderr)
        except SourceError as error:
            failed += 1
            for problem in error.problems:
                print(describe(problem, options.lang), file=sys.stderr)
        else:
            _print_figures(path, found, options.format)
    return OK if not failed else FAILED if failed == len(options.files) else LEFT_OUT


def _card(options: argparse.Namespace, paths: DataPaths) -> int:
    from etl.draft import draft_table
    from etl.draft_report import draft_report
    from indicators.catalog import load_catalog

    catalog = load_catalog(paths.catalog)
    path: Path = options.file
    of_table = options.table or options.page or path.suffix.lower() in (".csv", ".xlsx") or path.parent.name == "tables"
    place = path.with_name(f"{options.name or path.stem}.yml")
    try:
        data = path.read_bytes()
        if of_table:
            drafted = draft_table(path, data, catalog, options.table, options.page)
            drafted = f"file: {path.name}\n{drafted}" if options.name else drafted
        else:
            drafted = draft_report(path, data, catalog)
        if not options.write:
            print(drafted, end="")
            return OK
        with place.open("x", encoding="utf-8") as stream:
            stream.write(drafted)
    except FileExistsError:
        print(describe(Problem("card_exists", str(place)), options.lang), file=sys.stderr)
        return FAILED
    except OSError as error:
        params = {"what": error.strerror or str(error)}
        print(describe(Problem("cannot_open", str(path), params=params), options.lang), file=sys.stderr)
        return FAILED
    except SourceError as error:
        _print_problems(error.problems, options.lang)
        return FAILED
    print(labels.text("etl.card_written", options.lang, place=place, number=drafted.count("TODO")), file=sys.stderr)
    return OK


def _print_figures(path: Path, found: list[dict[str, Any]], style: str) -> None:
    if style == "jsonl":
        for figure in found:
            print(json.dumps({"report": path.stem, **figure}, ensure_ascii=False))
        return
    print(f"{path.name}: {len(found)}")
    print("\t".join(TABLE_FIELDS))
    for figure in found:
        print(
            "\t".join(
                "" if figure[name] is None else f"{figure[name]:g}" if name == "value" else str(figure[name])
                for name in TABLE_FIELDS
            )
        )
