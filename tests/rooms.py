"""Who may import whom: the contract as data, and the checker that reads import lines.

The contract lists what is allowed; everything else is a breach, a new room too.
"""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

#: room -> the rooms that it may import besides itself. A room is a folder or a module at the top of the project.
ALLOWED: Mapping[str, frozenset[str]] = {
    "dashboard": frozenset({"pages", "charts", "indicators"}),
    "pages": frozenset({"charts", "indicators"}),
    "charts": frozenset({"indicators"}),
    "etl": frozenset({"indicators"}),
    "indicators": frozenset(),
}
#: package -> the only files of the rooms that may import it.
CONFINED: Mapping[str, tuple[str, ...]] = {
    "streamlit": ("dashboard.py", "pages/*"),
    "plotly": ("charts/*",),
    "duckdb": ("indicators/queries*.py",),
}
#: Beside the rooms: they may use any room, and no room may use them.
WORKSHOPS = frozenset({"tests", "tools", "benchmarks"})


@dataclass(frozen=True, slots=True)
class Breach:
    """An import that the contract does not allow: `file` as a path from the project's folder, `line` from 1."""

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.reason}"


def room_files(root: Path) -> list[Path]:
    """Every Python file of the project that is not in a workshop, nor in a hidden folder such as .venv."""
    found = []
    for path in root.rglob("*.py"):
        top = path.relative_to(root).parts[0]
        if not top.startswith(".") and top not in WORKSHOPS:
            found.append(path)
    return sorted(found)


def breaches(root: Path) -> list[Breach]:
    """All breaches of the contract below `root`, in the order of files and lines.

    Raises:
        SyntaxError: a file is not Python.
    """
    files = room_files(root)
    rooms = {path.relative_to(root).parts[0].removesuffix(".py") for path in files} | set(ALLOWED) | WORKSHOPS
    return [breach for path in files for breach in _breaches_of(path.relative_to(root), path, rooms)]


def _breaches_of(name: Path, path: Path, rooms: set[str]) -> Iterator[Breach]:
    room = name.parts[0].removesuffix(".py")
    for line, module in _imports(path, name):
        if not module:
            yield Breach(name.as_posix(), line, "an import by a computed name cannot be checked")
            continue
        top = module.split(".")[0]
        if top in rooms and top != room and top not in ALLOWED.get(room, frozenset()):
            yield Breach(name.as_posix(), line, f"{room} may not import {module}")
        places = CONFINED.get(top)
        if places and not any(fnmatch(name.as_posix(), place) for place in places):
            yield Breach(name.as_posix(), line, f"{top} may be imported only in {', '.join(places)}")


def _imports(path: Path, name: Path) -> Iterator[tuple[int, str]]:
    """Line and absolute name of every module that a file imports, wherever in the file; "" for a computed name."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"), str(path))):
        match node:
            case ast.Import(names=names):
                yield from ((node.lineno, alias.name) for alias in names)
            case ast.ImportFrom(module=module, level=0):
                yield node.lineno, str(module)
            case ast.ImportFrom(module=module, names=names, level=level):
                package = name.parts[:-level]
                for target in [module] if module else [alias.name for alias in names]:
                    yield node.lineno, ".".join((*package, target))
            case ast.Call(func=ast.Attribute(attr="import_module") | ast.Name(id="import_module" | "__import__")):
                match node.args:
                    case [ast.Constant(value=str(module)), *_] if not module.startswith("."):
                        yield node.lineno, module
                    case _:
                        yield node.lineno, ""
