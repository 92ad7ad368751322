"""Train one set with default settings, once: the commands of a run share the models."""

import argparse
import json
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from splits import Rows, split, write

from huixiang.understanding.training.labelled_files import train_file


@dataclass(frozen=True, kw_only=True, slots=True)
class Trained:
    """A model, the rows on both sides, and the CPU seconds training took."""

    model: Path
    learn: Rows
    judge: Rows
    labels: Path
    seconds: float


def parser(description: str | None) -> argparse.ArgumentParser:
    """Return the arguments every command takes."""
    arguments = argparse.ArgumentParser(description=description)
    arguments.add_argument("data", type=Path, help="the folder with the labelled files")
    arguments.add_argument(
        "--models", type=Path, help="keep the models here and use them again"
    )
    return arguments


@contextmanager
def folder(models: Path | None) -> Iterator[Path]:
    """Give *models*, or a folder that goes away."""
    if models is not None:
        yield models
        return
    with tempfile.TemporaryDirectory() as temporary:
        yield Path(temporary)


def trained(data: Path, name: str, models: Path) -> Trained:
    """Return the model of one set, trained now unless *models* has it."""
    learn, judge = split(data, name)
    model, notes = models / name, models / f"{name}.seconds.json"
    labels = write(models / f"{name}.judge.jsonl", judge)
    if not notes.exists():
        started = time.process_time()
        train_file(write(models / f"{name}.learn.jsonl", learn), model)
        notes.write_text(json.dumps(time.process_time() - started), "utf-8")
    return Trained(
        model=model,
        learn=learn,
        judge=judge,
        labels=labels,
        seconds=float(json.loads(notes.read_text("utf-8"))),
    )
