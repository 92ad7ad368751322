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
LOOSE = re.compile(
    r"\b(Any|object|Row|RowMapping|dict\[str, |Mapping\[str, (Any|object))"
)
"""What a result may not be typed as, for mypy would no longer see the columns."""

CHINESE = re.compile(r"[\u3400-\u9fff]")
KEYED = {"store"}
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
    yield "string-keyed reads outside the store", len(keyed_reads(files))
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
        if path.parts[:2] == ("huixiang", "store") and path.name != "codec.py"
        for node in _public_functions(ast.parse(text))
        if node.returns is not None
        and LOOSE.search(result := ast.unparse(node.returns))
    ]


def keyed_reads(files: dict[Path, str]) -> list[str]:
    """Return the reads of a value by a literal string key, outside the store."""
    return [
        f"{path}:{node.lineno} {ast.unparse(node)}"
        for path, text in files.items()
        if path.parts[:2] != ("huixiang", "store")
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Subscript)
        and isinstance(node.ctx, ast.Load)
        and isinstance(node.slice, ast.Constant)
        and isinstance(node.slice.value, str)
        and not _is_annotation(node)
    ]


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
