"""Train: learn a model from the workspace's labelled sentences."""

import shutil
from pathlib import Path
from typing import Any

from huixiang.errors import ConfigurationError
from huixiang.steps.context import Context
from huixiang.understanding.files import train_file

LABELS = "labels"
MODELS = ".huixiang/models"


def train_model(context: Context) -> dict[str, Any]:
    """Train from `labels/`, keep the model by its version, and put it to use.

    Raise ConfigurationError where there is nothing to learn from.
    """
    labels = labelled_file(context.home)
    scratch = context.home / MODELS / f"new-{context.run_id}"
    figures = train_file(labels, scratch, codeframe=context.rulebook.codeframe)
    version = str(figures["version"])
    folder = context.home / MODELS / version
    if folder.exists():
        shutil.rmtree(scratch)
    else:
        scratch.rename(folder)
    with context.transaction("train") as uow:
        uow.runs.add_model(
            {
                "model_id": version,
                "trained_at": context.now(),
                "folder": f"{MODELS}/{version}",
                "codeframe_version": context.rulebook.codeframe.version,
                "figures": figures,
            },
            active=True,
        )
    return {"model": version, "labels": labels.name, "figures": figures}


def labelled_file(home: Path) -> Path:
    """Return the labelled file of a workspace."""
    folder = home / LABELS
    found = sorted(
        path for kind in ("jsonl", "csv", "xlsx") for path in folder.glob(f"*.{kind}")
    )
    if not found:
        raise ConfigurationError(
            f"{folder} has no labelled file; put a .jsonl, .csv or .xlsx with the "
            "columns text, department, polarity (and mentions) there"
        )
    return found[0]
