"""No command, page, flow or task opens a transaction or asks a query of its own."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
FOLDERS = ("huixiang/cli", "huixiang/console", "flows", "tasks")
FILES = sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))


def _offences(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in {"reading", "transaction"}:
            yield node.lineno, f".{node.attr}"
        if isinstance(node, ast.Name | ast.arg):
            name = node.id if isinstance(node, ast.Name) else node.arg
            if name == "uow":
                yield node.lineno, name


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_what_is_asked_of_the_store_is_asked_by_a_step(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))

    assert list(_offences(tree)) == []


def test_the_test_sees_what_it_is_for():
    tree = ast.parse("with app.store.reading() as uow:\n    uow.items.find()")

    assert {each for _, each in _offences(tree)} == {".reading", "uow"}
