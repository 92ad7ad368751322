"""Write the training page into a model's folder; let a file's training be watched."""

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from huixiang.domain.coding.training import CurvePoint, Judged, JudgedOn, TrainingPage
from huixiang.domain.text import Bilingual, Language
from huixiang.errors import ConfigurationError
from huixiang.intake.redaction import mask
from huixiang.reporting.page.training_page import render_training
from huixiang.understanding.discovery.unseen import Unseen, judged_unseen
from huixiang.understanding.model.labels import LabelledRow, read_rows
from huixiang.understanding.training.labelled_files import train_rows
from huixiang.understanding.training.learning import subsamples
from huixiang.understanding.training.training_report import head_figures, main_share

PAGE = "training.html"
CURVE = (0.25, 0.5)
"""Shares of the rows that the learning curve is drawn from, before all of them."""


def write_page(
    folder: Path,
    page: TrainingPage,
    language: Language,
    names: Mapping[str, Bilingual] | None = None,
) -> Path:
    """Write the page beside the model and return where it stands."""
    moment = f"{page.trained_at:%Y-%m-%d %H:%M} UTC" if page.trained_at else ""
    path = folder / PAGE
    text = render_training(_masked(page), language=language, names=names, moment=moment)
    # A lone surrogate in a label must not cost the model its page.
    path.write_text(text, encoding="utf-8", errors="replace")
    return path


def _masked(page: TrainingPage) -> TrainingPage:
    """Mask what the page quotes from the labels."""
    heads = tuple(
        replace(
            head,
            mistakes=tuple(
                replace(each, row_id=mask(each.row_id), words=mask(each.words))
                for each in head.mistakes
            ),
        )
        for head in page.heads
    )
    return replace(page, heads=heads)


def train_with_page(
    labels: Path, out: Path, *, with_curve: bool, language: Language = "zh-CN"
) -> dict[str, Any]:
    """Train on a file and write its page; the learning curve costs further training."""
    rows = read_rows(labels)
    questions, figures = _watched(rows, out)
    page = TrainingPage(
        model=str(figures["version"]),
        trained_at=None,
        n_rows=len(rows),
        n_corrections=0,
        judge=JudgedOn.CROSS,
        n_judged=len(rows),
        split=None,
        heads=head_figures(questions),
        curve=tuple(_curve(rows, questions, out)) if with_curve else (),
    )
    return figures | {"page": str(write_page(out, page, language))}


def _watched(
    rows: Sequence[LabelledRow], out: Path
) -> tuple[list[Judged], dict[str, Any]]:
    questions: list[Judged] = []

    def watch(unseen: Unseen) -> None:
        questions.extend(judged_unseen(unseen))

    figures = train_rows(rows, out, watch=watch)
    return questions, figures


def _curve(
    rows: Sequence[LabelledRow], questions: Sequence[Judged], out: Path
) -> list[CurvePoint]:
    points, scratch = [], out / "part"
    for part in subsamples(rows, CURVE):
        try:
            judged, _ = _watched(part, scratch)
        except ConfigurationError:  # too small a part has one answer only
            continue
        points += points_of(judged, len(part))
    shutil.rmtree(scratch, ignore_errors=True)
    return [*points, *points_of(questions, len(rows))]


def points_of(questions: Sequence[Judged], n_rows: int) -> list[CurvePoint]:
    """Return one point of the learning curve for each head."""
    heads = sorted({each.head for each in questions})
    return [
        CurvePoint(
            head=head,
            n_rows=n_rows,
            right=main_share(head, [q for q in questions if q.head == head]),
        )
        for head in heads
    ]
