"""Make a workspace, and find the rules that a command on plain files should use."""

import shutil
from collections.abc import Callable
from importlib import resources
from pathlib import Path
from typing import Any

from huixiang.domain.coding.codeframe import Codeframe, Coding, Polarity
from huixiang.domain.items.route import RoutingCase
from huixiang.errors import ConfigurationError
from huixiang.understanding.model.labels import LabelledRow

ENVIRONMENT = """\
# 复制为 .env 并填写；密钥只放在这里或环境变量里。
# Copy to .env and fill in; secrets live here or in the environment, nowhere else.
# HUIXIANG_DATABASE_URL=postgresql+psycopg://user:password@host/huixiang
# HUIXIANG_KEY=
# HUIXIANG_TIME_ZONE=Asia/Shanghai
# HUIXIANG_LANGUAGE=zh-CN
"""
IGNORED = ".huixiang/\n.env\ninbox/\n"


def make_workspace(folder: Path, pack: str | None = None) -> list[Path]:
    """Write rules, expectations, labels, .env.example, prefect.yaml and an inbox.

    With a *pack* the rules are those of its industry, and there are no labels yet.
    Raise ConfigurationError where the folder holds something already.
    """
    if folder.exists() and any(folder.iterdir()):
        raise ConfigurationError(
            f"{folder} is not empty; name a new folder, nothing is overwritten"
        )
    rules = template("rules") if pack is None else _pack(pack)
    shutil.copytree(rules, folder / "rules", ignore=_NO_CODE)
    shutil.copytree(template("expectations"), folder / "expectations", ignore=_NO_CODE)
    (folder / "inbox").mkdir()
    (folder / "labels").mkdir()
    if pack is None:
        labels = resources.files("huixiang.sample").joinpath("labels.jsonl")
        (folder / "labels" / "labels.jsonl").write_bytes(labels.read_bytes())
    (folder / ".env.example").write_text(ENVIRONMENT, encoding="utf-8")
    (folder / ".gitignore").write_text(IGNORED, encoding="utf-8")
    (folder / "prefect.yaml").write_text(_deployments(), encoding="utf-8")
    return sorted(folder.iterdir())


_NO_CODE = shutil.ignore_patterns("__pycache__", "*.py", "*.pyc")


def template(name: str) -> Path:
    """Return a folder of the template: in the wheel, else beside the checkout."""
    installed = Path(__file__).parents[1] / "template" / name
    checkout = Path(__file__).parents[2]
    beside = checkout / "examples" / name if name == "packs" else checkout / name
    return installed if installed.is_dir() else beside


def _pack(name: str) -> Path:
    folder = template("packs") / name
    if not (folder / "codeframe.yaml").is_file():
        known = ", ".join(row["pack"] for row in packs())
        raise ConfigurationError(f"there is no pack {name!r}; use one of: {known}")
    return folder


def packs() -> list[dict[str, Any]]:
    """Return the industry packs: name, what they are for, how many themes."""
    from huixiang.steps.rules import load_rules

    found = []
    for file in sorted(template("packs").glob("*/codeframe.yaml")):
        book = load_rules(file.parent)
        found.append(
            {
                "pack": file.parent.name,
                "name": f"{book.name.zh} / {book.name.en}",
                "n_themes": len(book.codeframe.themes),
            }
        )
    return found


def _deployments() -> str:
    """Return prefect.yaml for flows that are installed instead of lying beside it."""
    lines = Path(__file__).with_name("prefect.yaml").read_text(encoding="utf-8")
    return "".join(map(_as_module, lines.splitlines(keepends=True)))


def _as_module(line: str) -> str:
    """Turn `flows/loop.py:loop` into the installed module `flows.loop.loop`."""
    if "entrypoint:" not in line:
        return line
    return line.replace("flows/", "flows.").replace(".py:", ".")


def rules_of(
    home: Path | None,
) -> tuple[Codeframe | None, Callable[[LabelledRow, Coding], str | None] | None]:
    """Return the codeframe and routing of a workspace, or neither where there is none."""
    from huixiang.configuration.patterns import compile_pattern
    from huixiang.routing.compile import compile_router
    from huixiang.settings import load_settings
    from huixiang.steps.rules import load_rules

    folder = load_settings(home).home / "rules"
    if not (folder / "codeframe.yaml").is_file():
        return None, None
    rulebook = load_rules(folder)
    router = compile_router(rulebook.routing, rulebook.codeframe, compile_pattern)

    def route(row: LabelledRow, coding: Coding) -> str | None:
        if coding.polarity is not Polarity.NEGATIVE:
            return None
        return router.route(_case(row, coding, rulebook.codeframe)).department

    return rulebook.codeframe, route


def _case(row: LabelledRow, coding: Coding, codeframe: Codeframe) -> RoutingCase:
    theme = codeframe.by_id.get(coding.theme)
    return RoutingCase(
        theme=coding.theme,
        polarity=coding.polarity,
        need_tier=coding.need_tier,
        touchpoint=theme.touchpoint if theme else None,
        words=row.as_text.words,
    )
