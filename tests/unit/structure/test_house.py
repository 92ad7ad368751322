"""The house keeps its measures; `bench/structure/measure.py` prints them all."""

import tomllib
from collections import Counter
from pathlib import Path

import pytest

from bench.structure import measure

ROOT = Path(__file__).parents[3]
FILES = measure.sources(ROOT)


def test_no_folder_is_too_full_to_find_anything():
    folders = Counter(path.parent.as_posix() for path in FILES)
    assert {folder: n for folder, n in folders.items() if n > 25} == {}


def test_no_file_is_too_long_to_read():
    assert [path for path, text in FILES.items() if text.count("\n") > 400] == []


def test_the_store_hands_out_typed_facts():
    assert measure.loose_results(FILES) == []


def test_hardly_anything_is_read_by_a_literal_key():
    assert len(measure.keyed_reads(FILES)) <= 30


@pytest.mark.parametrize("package", ["huixiang", "flows", "tasks"])
def test_the_wheel_names_every_room(package):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    listed = set(project["tool"]["setuptools"]["packages"])
    rooms = {
        ".".join(file.parent.relative_to(ROOT).parts)
        for file in (ROOT / package).rglob("__init__.py")
    }
    assert rooms - listed == set()
