"""A class name means one thing in the whole tree."""

import ast
from collections import defaultdict
from pathlib import Path

import huixiang

ROOT = Path(huixiang.__file__).parent


def _owners():
    owners = defaultdict(set)
    for path in ROOT.rglob("*.py"):
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                owners[node.name].add(path.relative_to(ROOT).as_posix())
    return {name: files for name, files in owners.items() if len(files) > 1}


def test_no_two_classes_share_a_name():
    assert _owners() == {}
