"""Find sentences in Python sources and in templates, with what kind of text each is."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

CHINESE = re.compile(r"[\u4e00-\u9fff]")
ENGLISH = re.compile(r"[A-Za-z][A-Za-z’']*(?:[,;:]? [A-Za-z][A-Za-z’']*){2}")
"""Three words in a row."""

MARKUP = re.compile(
    r"\{#.*?#\}|<code>.*?</code>|\{%.*?%\}|\{\{.*?\}\}|<style>.*?</style>|<[^>]*>",
    re.DOTALL,
)
QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
SPOKEN_TO_PROGRAMMERS = frozenset(
    {"description", "help", "msg", "reason", "short_help", "title_style"}
)
"""Arguments that are never shown as a sentence of the product."""

LOGS = frozenset({"debug", "info", "warning", "error", "exception", "critical"})


def is_sentence(text: str) -> bool:
    """Say whether people would read *text* as words of a language."""
    return bool(CHINESE.search(text) or ENGLISH.search(text))


def in_python(path: Path) -> Iterator[tuple[int, str]]:
    """Yield line and text of each sentence that is not exempt by its kind."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    exempt = {id(node) for node in _exempt(tree)}
    for node in ast.walk(tree):
        if id(node) in exempt:
            continue
        text = _text(node)
        if text is not None and is_sentence(text):
            yield getattr(node, "lineno", 0), text


def _text(node: ast.AST) -> str | None:
    if isinstance(node, ast.JoinedStr):
        return "".join(
            part.value
            if isinstance(part, ast.Constant) and isinstance(part.value, str)
            else "{}"
            for part in node.values
        )
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    return None


def _exempt(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield the strings that are no sentences of the product, whatever they hold."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node.value  # docstrings, of modules, classes, functions, constants
        elif isinstance(node, ast.JoinedStr):
            yield from node.values  # its parts; the whole is looked at once
        elif isinstance(node, ast.Raise):
            yield from ast.walk(node)
        elif isinstance(node, ast.Call):
            yield from _of_call(node)


def _of_call(node: ast.Call) -> Iterator[ast.AST]:
    name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
    owner = getattr(getattr(node.func, "value", None), "id", "")
    called = getattr(node.func, "id", name)
    is_error = called.endswith(("Error", "Exception", "Problem", "Refused"))
    if (
        is_error
        or (owner in {"log", "logger", "_log"} and name in LOGS)
        or owner == "re"
    ):
        yield from ast.walk(node)
    for keyword in node.keywords:
        if keyword.arg in SPOKEN_TO_PROGRAMMERS:
            yield from ast.walk(keyword.value)


def in_template(path: Path) -> Iterator[tuple[int, str]]:
    """Yield line and text of what a template says itself, also inside expressions."""
    source = path.read_text(encoding="utf-8")
    said = MARKUP.sub(lambda match: "\n" * match[0].count("\n") + " | ", source)
    for at, line in enumerate(said.splitlines(), start=1):
        for piece in line.split(" | "):
            if is_sentence(piece):
                yield at, piece.strip()
    for at, line in enumerate(source.splitlines(), start=1):
        for quoted in QUOTED.findall(line):
            if CHINESE.search(quoted):
                yield at, quoted
