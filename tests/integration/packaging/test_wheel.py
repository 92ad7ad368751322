"""The wheel carries all that the installed command needs."""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
PARTS = ("huixiang", "flows", "tasks", "rules", "expectations", "examples/packs", "pyproject.toml",
         "README.md", "LICENSE", "prefect.yaml")  # fmt: skip


@pytest.fixture(scope="module")
def names(tmp_path_factory) -> set[str]:
    """Build a wheel from a copy of the sources; return the names in it."""
    copy = tmp_path_factory.mktemp("sources")
    for part in PARTS:
        source = ROOT / part
        if source.is_dir():
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(source, copy / part, ignore=ignored, symlinks=True)
        else:
            shutil.copy(source, copy / part)
    done = subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", str(copy)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    (wheel,) = (copy / "dist").glob("*.whl")
    return set(zipfile.ZipFile(wheel).namelist())


def test_every_module_is_in_the_wheel(names):
    modules = {
        str(path.relative_to(ROOT))
        for part in ("huixiang", "flows", "tasks")
        for path in (ROOT / part).rglob("*.py")
    }
    assert modules - names == set()


def test_what_a_new_workspace_starts_from_is_in_the_wheel(names):
    for name in ("rules", "expectations"):
        wanted = {
            f"huixiang/template/{name}/{path.name}" for path in (ROOT / name).iterdir()
        }
        assert wanted - names == set()
    packs = {
        f"huixiang/template/{path.relative_to(ROOT / 'examples')}"
        for path in (ROOT / "examples" / "packs").rglob("*.yaml")
    }
    assert len(packs) > 40
    assert packs - names == set()
    assert "huixiang/cli/prefect.yaml" in names
    assert "huixiang/sample/labels.jsonl" in names


def test_templates_and_texts_are_in_the_wheel(names):
    wanted = {
        str(path.relative_to(ROOT))
        for kind in ("*.j2", "*.css", "*.txt", "*.mako", "py.typed", "*.json", "*.npz")
        for path in (ROOT / "huixiang").rglob(kind)
    }
    assert wanted - names == set()
