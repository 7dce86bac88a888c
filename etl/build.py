"""One build: find the sources, read those that changed, settle and check all values, publish an edition."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from etl import publish
from etl.tables import find_tables
from indicators.errors import Problem, SourceError
from indicators.observation import SCHEMA_VERSION
from indicators.paths import DataPaths

Row = dict[str, Any]
Progress = Callable[[int, int, str, str], None]
CACHE = "cache"
_CODE = Path(__file__).resolve().parent
_IGNORED = ("README.md",)


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to read: its bytes, its card's (a report may have none), and a fingerprint of all that reading takes."""

    source_id: str
    path: Path
    data: bytes
    card: bytes | None
    fingerprint: str


@dataclass(slots=True)
class Summary:
    """What a build did, for the command line and the manifest."""

    edition: str | None = None
    unchanged: bool = False
    read: int = 0
    reused: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    checks: dict[str, dict[str, int]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def errors(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.severity == "error"]


def build(
    paths: DataPaths, *, force: bool = False, progress: Progress = lambda *_: None, publishing: bool = True
) -> Summary:
    """Build an edition from everything in the data root.

    A source with an error is left out and told; the others go through. When nothing changed since the current edition,
    nothing is written.

    Args:
        force: Read everything again.
        progress: Called with (number, total, source id, what happened) for each source.
        publishing: False reads and checks only.
    Raises:
        CatalogError: The catalogue does not hold together; nothing is read.
    """
    files, problems = find_sources(paths)
    inputs = _digest([*(file.source_id + file.fingerprint for file in files), *(p.code + p.where for p in problems)])
    if publishing and not force:
        manifest = publish.current_manifest(paths.parquet)
        if manifest and manifest.get("inputs") == inputs:
            stored = [Problem(**problem) for problem in manifest["problems"]]
            return Summary(manifest["edition"], True, 0, len(files), manifest["counts"], manifest["checks"], stored)
    summary = Summary(problems=problems)
    results = _read_all(files, paths, force, progress, summary)
    rows = _assemble(results, paths, summary)
    if publishing:
        now = datetime.now(UTC)
        summary.edition = publish.free_name(paths.parquet, f"{now:%Y%m%dT%H%M%S}-{inputs[:6]}")
        manifest = {
            "edition": summary.edition,
            "schema": SCHEMA_VERSION,
            "built": now.isoformat(timespec="seconds"),
            "inputs": inputs,
            "counts": summary.counts,
            "checks": summary.checks,
            "problems": [_as_dict(p) for p in summary.problems],
        }
        publish.publish(paths.parquet, manifest, rows)
    return summary


def find_sources(paths: DataPaths) -> tuple[list[SourceFile], list[Problem]]:
    """Every report and table of the data root, and what in their folders is neither."""
    base = _digest(hashlib.sha256(path.read_bytes()).hexdigest() for path in _reading_depends_on(paths))
    files: list[SourceFile] = []
    problems: list[Problem] = []
    cards = {path.stem: path for path in _listed(paths.reports) if path.suffix == ".yml"}
    reports = [path for path in _listed(paths.reports) if path.suffix != ".yml"]
    for path in reports:
        data, said = path.read_bytes(), cards[path.stem].read_bytes() if path.stem in cards else None
        hashes = [hashlib.sha256(part).hexdigest() for part in (data, said) if part is not None]
        files.append(SourceFile(f"reports/{path.stem}", path, data, said, _digest([base, path.name, *hashes])))
    for stem in sorted(cards.keys() - {path.stem for path in reports}):
        problems.append(Problem("card_without_report", f"reports/{stem}.yml", source_id=f"reports/{stem}"))
    pairs, unpaired = find_tables(_listed(paths.tables))
    problems += unpaired
    for path, card_path in pairs:
        data, card_data = path.read_bytes(), card_path.read_bytes()
        hashes = [hashlib.sha256(part).hexdigest() for part in (data, card_data)]
        files.append(SourceFile(f"tables/{card_path.stem}", path, data, card_data, _digest([base, path.name, *hashes])))
    return _without_twins(files, problems), problems


def _without_twins(files: list[SourceFile], problems: list[Problem]) -> list[SourceFile]:
    """Two files of one name and different endings would share an id; the first is read, the other told."""
    kept: dict[str, SourceFile] = {}
    for file in files:
        if file.source_id in kept:
            params = {"other": kept[file.source_id].path.name}
            problems.append(Problem("same_name", f"reports/{file.path.name}", params=params, source_id=file.source_id))
        else:
            kept[file.source_id] = file
    return list(kept.values())


def _listed(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(
        path
        for path in folder.iterdir()
        if path.is_file() and path.name not in _IGNORED and not path.name.startswith((".", "~$"))
    )


def _reading_depends_on(paths: DataPaths) -> list[Path]:
    """Catalogue and code; labels and pages do not change what is read."""
    catalog = [
        path for path in paths.catalog.rglob("*") if path.suffix in (".yml", ".csv") and path.parent.name != "labels"
    ]
    code = [*_CODE.rglob("*.py"), *(_CODE.parent / "indicators").glob("*.py")]
    return sorted([*catalog, *code])


def _digest(parts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _read_all(
    files: list[SourceFile], paths: DataPaths, force: bool, progress: Progress, summary: Summary
) -> dict[str, dict[str, Any]]:
    """The reading result of each source, from the cache where nothing changed."""
    cache = paths.parquet / CACHE
    cache.mkdir(parents=True, exist_ok=True)
    results: dict[str, dict[str, Any]] = {}
    reader: _SourceReader | None = None
    for number, file in enumerate(files, 1):
        stored = cache / f"{file.fingerprint}.json"
        result = None if force else _cached(stored)
        if result is None:
            reader = reader or _SourceReader(paths)
            result = reader.read(file)
            aside = stored.with_suffix(f".{os.getpid()}")
            aside.write_text(json.dumps(result, ensure_ascii=False), encoding="utf-8")
            aside.replace(stored)
            summary.read += 1
            progress(number, len(files), file.source_id, "read")
        else:
            summary.reused += 1
            progress(number, len(files), file.source_id, "unchanged")
        results[file.source_id] = result
    wanted = {file.fingerprint for file in files}
    for path in cache.iterdir():
        if path.stem not in wanted:
            path.unlink(missing_ok=True)
    return results


def _cached(path: Path) -> dict[str, Any] | None:
    try:
        result: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None  # never read, or damaged: it is read again
    return result


class _SourceReader:
    """Reads sources one after another with one catalogue and one prose reader, made when the first is needed."""

    def __init__(self, paths: DataPaths) -> None:
        from etl.extract import Reader
        from indicators.catalog import load_catalog

        self._catalog = load_catalog(paths.catalog)
        self._reader = Reader(self._catalog)

    def read(self, file: SourceFile) -> dict[str, Any]:
        """The source as plain data: `source`, `rows`, `figures`, `ledger`, `breaks`, `problems`, `identity`."""
        from etl import sources

        try:
            if file.card is not None and file.source_id.startswith("tables/"):
                return sources.of_table(file.path, file.data, file.card, file.source_id, self._catalog)
            return sources.of_report(file.path, file.data, file.source_id, self._catalog, self._reader, file.card)
        except SourceError as error:
            return {"source": None, "problems": [_as_dict(problem) for problem in error.problems]}


def _assemble(results: Mapping[str, dict[str, Any]], paths: DataPaths, summary: Summary) -> dict[str, list[Row]]:
    """All rows of the edition's files, settled and checked; fills the summary."""
    from etl import check, observe, sources
    from indicators.catalog import load_catalog
    from indicators.derive import derive

    catalog = load_catalog(paths.catalog)
    summary.problems += [Problem(**problem) for result in results.values() for problem in result["problems"]]
    good = {source_id: result for source_id, result in results.items() if result["source"]}
    shown = sources.prefer_originals(good, summary.problems)
    candidates = [row for result in shown.values() for row in result["rows"]]
    range_check, held = check.held_back(candidates, catalog)
    settled = observe.settle(row for row in candidates if row["observation_id"] not in held)
    settled.sort(
        key=lambda row: (row["indicator"], row["region"], row["year"] or 0, row["source_id"], row["start"] or 0)
    )
    breaks = [row for result in shown.values() for row in result["breaks"]]
    checks = [range_check, *check.all_checks(settled, catalog, breaks)]
    derived = derive(settled, catalog, breaks)
    summary.problems += [problem for outcome in checks for problem in outcome.problems]
    summary.checks = {
        outcome.name: {"compared": outcome.compared, "found": len(outcome.problems)} for outcome in checks
    }
    figures = [
        {**figure, "observation_id": None if figure["observation_id"] in held else figure["observation_id"]}
        for result in shown.values()
        for figure in result["figures"]
    ]
    ledger = [mark for result in shown.values() for mark in result["ledger"]]
    per_source = sources.count_rows(settled)
    rows: dict[str, list[Row]] = {
        "observations": settled,
        "derived": derived,
        "figures": figures,
        "ledger": ledger,
        "sources": [
            {**result["source"], "observations": per_source.get(source_id, 0)} for source_id, result in shown.items()
        ],
        "breaks": breaks,
        "problems": [
            {**_as_dict(p), "params": json.dumps(dict(p.params), ensure_ascii=False)} for p in summary.problems
        ],
    }
    tables = [row for row in settled if row["origin"] == "table"]
    summary.counts = {
        "reports": sum(row["origin"] == "report" for row in rows["sources"]),
        "tables": sum(row["origin"] == "table" for row in rows["sources"]),
        "numbers": len(ledger),
        "figures": len(figures),
        "observations": len(settled),
        "from_tables": sum(row["standing"] != "superseded" for row in tables),
        "superseded": sum(row["standing"] == "superseded" for row in tables),
        "from_reports": len(settled) - len(tables),
        "derived": len(derived),
        "held_back": len(held),
        "regions": len({row["region"] for row in settled}),
        "indicators": len({row["indicator"] for row in settled}),
    }
    return rows


def _as_dict(problem: Problem) -> dict[str, Any]:
    return {**asdict(problem), "params": dict(problem.params)}
