"""What holds for the project as a whole: nothing of one machine in it, every version fixed, every label used."""

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from indicators import labels
from tests.rooms import room_files

LABELS = Path("data/catalog/labels")
TEXT = {
    ".cfg",
    ".css",
    ".csv",
    ".html",
    ".ini",
    ".js",
    ".json",
    ".md",
    ".py",
    ".sh",
    ".toml",
    ".txt",
    ".yaml",
    ".yml",
    "",
}
HOME = re.compile(r"(?<![\w.:/-])(?:/(?:home|Users|root|work)/\w|[A-Z]:\\+Users\\)")
REGISTRY = re.compile(
    r"pypi\.org|pythonhosted|npmjs|crates\.io|/simple(?=[\s/\"'])|simple/?$|--(?:extra-)?index-url|--find-links|-i\s+https?:"
)


def project_files(root: Path) -> list[Path]:
    """Every text file that belongs to the project: what git would take, made by nobody but its authors."""
    made = {".git", ".venv", "__pycache__", "parquet", ".pytest_cache", ".mypy_cache", ".ruff_cache", ".hypothesis"}
    return sorted(
        path
        for path in root.rglob("*")
        if path.is_file() and path.suffix in TEXT and made.isdisjoint(path.relative_to(root).parts)
    )


@pytest.mark.parametrize("pattern", [HOME, REGISTRY], ids=["a path of one machine", "a package registry"])
def test_the_project_names_no(root: Path, pattern: re.Pattern[str]) -> None:
    found = [
        f"{path.relative_to(root)}:{number}: {line.strip()[:120]}"
        for path in project_files(root)
        if path != Path(__file__)
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        if pattern.search(line)
    ]
    assert not found, "\n" + "\n".join(found)


@pytest.mark.parametrize(
    ("pattern", "line", "hit"),
    [
        (HOME, 'DATA = Path("/home/li/data")', True),
        (HOME, r"C:\Users\li\data", True),
        (HOME, "https://www.stats.gov.cn/home/index.html", False),
        (HOME, "../work/shared", False),
        (REGISTRY, "pip install --extra-index-url x", True),
        (REGISTRY, "files.pythonhosted.org", True),
        (REGISTRY, "a simple rule", False),
    ],
)
def test_the_patterns_see_what_they_should(pattern: re.Pattern[str], line: str, hit: bool) -> None:
    assert bool(pattern.search(line)) is hit


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_version_is_fixed(root: Path, name: str) -> None:
    lines = [line.split("#")[0].strip() for line in (root / name).read_text(encoding="utf-8").splitlines()]
    loose = [
        line for line in lines if line and not line.startswith("-r ") and not re.match(r"^[\w.-]+==[\w.]+(;.*)?$", line)
    ]
    assert not loose, loose


# --- labels ---------------------------------------------------------------------------------------------------------


def all_labels(root: Path) -> dict[str, dict[str, str]]:
    """Full key -> texts by language."""
    return {
        f"{path.stem}.{key}": entry
        for path in sorted((root / LABELS).glob("*.yml"))
        for key, entry in (yaml.safe_load(path.read_text(encoding="utf-8")) or {}).items()
    }


def test_every_label_is_in_both_languages_with_the_same_parameters(root: Path) -> None:
    labels.check_labels(root / LABELS)
    wrong = []
    for key, entry in all_labels(root).items():
        if set(entry) != set(labels.LANGUAGES):
            wrong.append(f"{key}: languages {sorted(entry)}")
            continue
        # A parameter that is itself in two languages ends in that of its sentence (indicator_zh, indicator_en).
        names = [
            {name.removesuffix(f"_{lang}") for _, name, _, _ in string.Formatter().parse(entry[lang]) if name}
            for lang in labels.LANGUAGES
        ]
        if names[0] != names[1]:
            wrong.append(f"{key}: parameters differ: {sorted(names[0])} and {sorted(names[1])}")
    assert not wrong, "\n" + "\n".join(wrong)


def strings(tree: ast.AST) -> Iterator[tuple[int, str, bool]]:
    """Line, pattern and whether it is whole, of each string: the holes of an f-string match anything."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, re.escape(node.value), True
        elif isinstance(node, ast.JoinedStr):
            parts = [re.escape(str(p.value)) if isinstance(p, ast.Constant) else ".+" for p in node.values]
            yield node.lineno, "".join(parts), False


def asked_keys(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and key of each `labels.text("area.key", ...)`, `text("area.key", ...)` and `page.text("area.key", ...)`."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(
                func=ast.Attribute(attr="text", value=ast.Name(id="labels")) | ast.Name(id="text"),
                args=[ast.Constant(value=str(key)), *_],
            ):
                yield node.lineno, key
            case ast.Call(
                func=ast.Attribute(attr="text", value=ast.Name(id="page")), args=[ast.Constant(value=str(key)), *_]
            ) if "." in key:  # a key without an area is one of the page's own
                yield node.lineno, key


def test_every_label_that_code_asks_for_exists(root: Path) -> None:
    known = set(all_labels(root))
    missing = [
        f"{path.relative_to(root)}:{line}: no label {key}"
        for path in room_files(root)
        for line, key in asked_keys(ast.parse(path.read_text(encoding="utf-8")))
        if key not in known
    ]
    assert not missing, "\n" + "\n".join(missing)


def areas_of(root: Path, path: Path) -> list[str]:
    """The areas that a bare key means in a file: the page's own, in a shared part of the pages every page's."""
    pages = [page.stem for page in sorted((root / "pages").glob("*.py"))]
    if path.parent == root / "pages":
        return [path.stem]
    if path.parent == root / "pages" / "parts":
        return [page for page in pages if path.stem.startswith(f"{page}_")] or pages
    return []


def test_every_label_is_used(root: Path) -> None:
    whole: set[str] = set()
    patterns: set[str] = set()
    for path in room_files(root):
        areas = areas_of(root, path)
        for _, pattern, is_whole in strings(ast.parse(path.read_text(encoding="utf-8"))):
            # A pattern of holes alone would make every label count as used.
            if is_whole:
                whole.update([pattern, *(rf"{area}\.{pattern}" for area in areas)])
            elif re.match(r"[a-z_]+\\\.", pattern):
                patterns.add(pattern)
            elif re.match(r"[a-z]+_", pattern):
                patterns.update(rf"{area}\.{pattern}" for area in areas)
    built = re.compile("|".join(sorted(patterns)) or r"(?!)")
    unused = [key for key in all_labels(root) if re.escape(key) not in whole and not built.fullmatch(key)]
    assert not unused, "\n" + "\n".join(unused)
