"""How the house stands: rooms, types, sentences and seams, counted.

Usage: python bench/structure/measure.py [ROOT]

Counts from the source alone, of any checkout of this project, so that the same script
can be held against an earlier one.
"""

import argparse
import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

PACKAGES = ("huixiang", "flows", "tasks")
LOOSE = re.compile(r"\b(Any|object|Row|RowMapping)\b")
"""What a result may not be typed as, for mypy would no longer see the columns."""

CHINESE = re.compile(r"[\u3400-\u9fff]")
DOCUMENTS = {
    "cli/demo.py": "facts of a run and answers of the sample's receiver",
    "configuration/": "YAML files, JSON Schema and a validator's findings",
    "connectors/": "records and cursors of a source",
    "domain/move.py": "facts of a reason",
    "flows/serving.py": "prefect.yaml",
    "intake/contract.py": "what Great Expectations returns",
    "intake/names.py": "groups of a pattern",
    "intake/normalise.py": "fields of a record that is being read",
    "sample/": "records that are written, and the receiver's own database",
    "settings.py": "a validator's findings",
    "steps/codeframe/": "the manifest of a model",
    "steps/review/files.py": "cells of a sheet that reviewers fill in",
    "cli/coding/review.py": "cells of a sheet that reviewers fill in",
    "steps/runs/": "facts of a run",
    "steps/verify/csv_files.py": "columns of CSV files",
    "understanding/": "manifests, labelled files, answers of a language model",
    "wording/": "facts of a reason",
}
"""Where a literal key names a field of a document from outside, or a reason's fact:
nothing there comes out of the store."""

STATEMENTS = frozenset({"bulk.py", "confidence.py", "codec.py", "rows.py"})
"""Inside the store: they build statements for its other modules, nobody else's."""

SPEAKERS = ("huixiang/wording/", "huixiang/sample/")


def main() -> None:
    """Print one line for each figure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("root", nargs="?", type=Path, default=Path())
    root = parser.parse_args().root
    for name, value in figures(root):
        print(f"{name:44} {value}")


def figures(root: Path) -> Iterator[tuple[str, object]]:
    """Yield (what, how much) of the checkout at *root*."""
    files = sources(root)
    folders = Counter(path.parent for path in files)
    largest, n_files = folders.most_common(1)[0]
    yield "files", len(files)
    yield "lines", sum(len(text.splitlines()) for text in files.values())
    yield "folders", len(folders)
    yield "files in the largest folder", f"{n_files} ({largest})"
    yield "files over 400 lines", _over(files, 400)
    yield "functions: median, 90 %, longest", _function_lengths(files)
    yield "loose results of the store", len(loose_results(files))
    yield "string-keyed reads of rows outside the store", len(keyed_reads(files))
    yield "lines with Chinese outside wording", len(chinese_lines(files, root))
    yield "class names with two meanings", len(shared_names(files))


def sources(root: Path) -> dict[Path, str]:
    """Return the text of every module of the product, by its path below *root*."""
    return {
        path.relative_to(root): path.read_text(encoding="utf-8")
        for package in PACKAGES
        for path in sorted((root / package).rglob("*.py"))
        if "migrations" not in path.parts
    }


def loose_results(files: dict[Path, str]) -> list[str]:
    """Return the public functions of the store whose result hides its columns."""
    return [
        f"{path}:{node.lineno} {node.name} -> {result}"
        for path, text in files.items()
        if path.parts[:2] == ("huixiang", "store") and path.name not in STATEMENTS
        if "tables" not in path.parts
        for node in _public_functions(ast.parse(text))
        if node.returns is not None
        and LOOSE.search(result := ast.unparse(node.returns))
    ]


def keyed_reads(files: dict[Path, str]) -> list[str]:
    """Return the reads by a literal string key of what may have come from the store."""
    return [
        f"{path}:{node.lineno} {ast.unparse(node)}"
        for path, text in files.items()
        if path.parts[:2] != ("huixiang", "store") and not _reads_documents(path)
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Subscript)
        and isinstance(node.ctx, ast.Load)
        and isinstance(node.slice, ast.Constant)
        and isinstance(node.slice.value, str)
        and not _is_annotation(node)
    ]


def _reads_documents(path: Path) -> bool:
    inside = path.as_posix().removeprefix("huixiang/")
    return inside.startswith(tuple(DOCUMENTS))


def chinese_lines(files: dict[Path, str], root: Path) -> list[str]:
    """Return the lines with Chinese in code and templates that do not speak."""
    found = [
        f"{path}:{number}"
        for path, text in files.items()
        if not str(path).startswith(SPEAKERS)
        for number in _chinese(text)
    ]
    for path in sorted((root / "huixiang").rglob("*.j2")):
        lines = path.read_text(encoding="utf-8").splitlines()
        found += [
            f"{path.relative_to(root)}:{number}"
            for number, line in enumerate(lines, 1)
            if CHINESE.search(line)
        ]
    return found


def shared_names(files: dict[Path, str]) -> dict[str, list[str]]:
    """Return the class names that stand in more than one module, private ones not."""
    places: dict[str, list[str]] = {}
    for path, text in files.items():
        for node in ast.parse(text).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                places.setdefault(node.name, []).append(str(path))
    return {name: where for name, where in places.items() if len(where) > 1}


def _public_functions(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef) and not (
            isinstance(node, ast.ClassDef) and node.name.startswith("_")
        ):
            for each in node.body:
                if isinstance(each, ast.FunctionDef) and not each.name.startswith("_"):
                    yield each


def _is_annotation(node: ast.Subscript) -> bool:
    """Say whether a subscript is a type such as Literal["a"]."""
    name = node.value
    return isinstance(name, ast.Name) and name.id in {"Literal", "type", "list"}


def _chinese(text: str) -> Iterator[int]:
    for node in ast.walk(ast.parse(text)):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and CHINESE.search(node.value)
        ):
            yield node.lineno


def _over(files: dict[Path, str], n_lines: int) -> int:
    return sum(len(text.splitlines()) > n_lines for text in files.values())


def _function_lengths(files: dict[Path, str]) -> str:
    lengths = sorted(
        node.end_lineno - node.lineno + 1
        for text in files.values()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef) and node.end_lineno is not None
    )
    n = len(lengths)
    return f"{lengths[n // 2]}, {lengths[n * 9 // 10]}, {lengths[-1]}"


if __name__ == "__main__":
    main()
