"""Train: a challenger learns from labels and corrections; the better model decides."""

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from huixiang.domain.coding.codeframe import Codeframe
from huixiang.domain.coding.review import Review
from huixiang.domain.coding.training import (
    CurvePoint,
    Judged,
    JudgedOn,
    KeptModel,
    ModelComparison,
    ModelDecision,
    PromotionReason,
    TrainingPage,
)
from huixiang.domain.reason import Reason
from huixiang.domain.text import Bilingual
from huixiang.errors import ConfigurationError, ModelRefused
from huixiang.steps.codeframe.models import held_out_shares, version_points
from huixiang.steps.codeframe.training_page import CURVE, points_of, write_page
from huixiang.steps.context import Context, short_id
from huixiang.understanding.model.labels import LabelledRow, read_rows
from huixiang.understanding.model.model_file import Model, load
from huixiang.understanding.training.held_out import answers_of
from huixiang.understanding.training.labelled_files import train_rows
from huixiang.understanding.training.learning import (
    SPLIT,
    Lessons,
    correction,
    lessons,
    subsamples,
)
from huixiang.understanding.training.promotion import compare
from huixiang.understanding.training.training_report import head_figures, judged

LABELS = "labels"
MODELS = ".huixiang/models"


@dataclass(frozen=True, kw_only=True)
class _Challenger:
    """A model just trained, and how it answers the held-out rows."""

    model: Model
    folder: str
    figures: Mapping[str, Any]
    judged: Sequence[Judged]


def train_model(context: Context) -> dict[str, Any]:
    """Train a challenger and put it to use unless the champion decides better.

    Raise ConfigurationError where there is nothing to learn from.
    """
    found = lessons(labelled_rows(context), corrections(context))
    challenger = _learn(context, found)
    with context.store.reading() as uow:
        champion = uow.models.active()
    if champion and champion.model_id == challenger.model.version:
        return _facts(challenger, found, promoted=False, why=PromotionReason.SAME_MODEL)
    comparison, why = _judge(context, champion, challenger, found.held_out)
    _keep(context, champion, challenger, found, (comparison, why))
    facts = _facts(challenger, found, promoted=_is_promoted(comparison), why=why)
    return facts | {"page": _page(context, challenger, found, comparison)}


def _is_promoted(comparison: ModelComparison | None) -> bool:
    return comparison is None or comparison.is_promoted


# -- what is learned from ------------------------------------------------------------


def labelled_rows(context: Context) -> list[LabelledRow]:
    """Return the rows of every file in `labels/`, in the order of their names.

    Raise ConfigurationError where there is none, and no review either.
    """
    folder = context.home / LABELS
    files = sorted(
        path for kind in ("jsonl", "csv", "xlsx") for path in folder.glob(f"*.{kind}")
    )
    with context.store.reading() as uow:
        n_reviews = uow.reviews.counts().n_reviews
    if not files and not n_reviews:
        raise ConfigurationError(
            f"{folder} has no labelled file; put a .jsonl, .csv or .xlsx with the "
            "columns text, department, polarity (and mentions) there"
        )
    return [row for path in files for row in read_rows(path)]


def corrections(context: Context) -> list[LabelledRow]:
    """Return what people said in reviews as labelled rows, oldest first."""
    with context.store.reading() as uow:
        reviews = uow.reviews.live()
        found = []
        for start in range(0, len(reviews), context.batch_size):
            part = reviews[start : start + context.batch_size]
            found += _corrections(
                part, uow.feedback.by_id([r.feedback_id for r in part])
            )
    return found


def _corrections(
    reviews: Sequence[Review], feedback: Mapping[str, Any]
) -> list[LabelledRow]:
    rows = []
    for review in reviews:
        said = feedback[review.feedback_id]
        stars = said.rating.stars if said.rating else None
        rows.append(correction(review, said.words, stars))
    return rows


# -- the challenger ------------------------------------------------------------------


def _learn(context: Context, found: Lessons) -> _Challenger:
    scratch = context.home / MODELS / f"new-{context.run_id}"
    codeframe = context.rulebook.codeframe
    figures = train_rows(found.learn, scratch, codeframe=codeframe)
    version = str(figures["version"])
    folder = context.home / MODELS / version
    if folder.exists():
        shutil.rmtree(scratch)
    else:
        scratch.rename(folder)
    model = load(folder, codeframe_version=codeframe.version)
    return _Challenger(
        model=model,
        folder=f"{MODELS}/{version}",
        figures=figures,
        judged=_answers(codeframe, model, found.held_out),
    )


def _answers(
    codeframe: Codeframe, model: Model, rows: Sequence[LabelledRow]
) -> list[Judged]:
    """Let rules and model answer together, as they do in the loop."""
    return judged(rows, answers_of(model, rows, codeframe))


# -- champion and challenger ---------------------------------------------------------


def _judge(
    context: Context,
    champion: KeptModel | None,
    challenger: _Challenger,
    held_out: Sequence[LabelledRow],
) -> tuple[ModelComparison | None, PromotionReason]:
    """Return the comparison, None where none is possible, and the reason to decide by."""
    if champion is None:
        return None, PromotionReason.FIRST_MODEL
    if champion.figures.split != SPLIT:
        return None, PromotionReason.CHAMPION_SAW_HELD_OUT
    codeframe = context.rulebook.codeframe
    try:
        model = load(
            context.home / champion.folder, codeframe_version=codeframe.version
        )
    except ModelRefused:
        return None, PromotionReason.CHAMPION_REFUSED
    theirs = _answers(codeframe, model, held_out)
    comparison = compare(theirs, challenger.judged, split=SPLIT)
    return comparison, comparison.reason


def _keep(
    context: Context,
    champion: KeptModel | None,
    challenger: _Challenger,
    found: Lessons,
    decision: tuple[ModelComparison | None, PromotionReason],
) -> None:
    """Keep both models; note who decides from now on and why."""
    comparison, why = decision
    version = challenger.model.version
    champion_id = champion.model_id if champion else None
    with context.transaction("train") as uow:
        uow.models.keep(
            version,
            trained_at=context.now(),
            folder=challenger.folder,
            codeframe_version=context.rulebook.codeframe.version,
            figures={
                **challenger.figures,
                "split": SPLIT,
                "n_held_out": len(found.held_out),
                "n_corrections": found.n_corrections,
                "held_out": held_out_shares(challenger.judged),
            },
            active=_is_promoted(comparison),
        )
        uow.models.decide(
            ModelDecision(
                decision_id=short_id("md", version, champion_id, context.run_id),
                model_id=version,
                champion_id=champion_id,
                decided_at=context.now(),
                decided_by="huixiang",
                promoted=_is_promoted(comparison),
                reason=Reason(code=why),
                comparison=comparison,
            )
        )


def _facts(
    challenger: _Challenger, found: Lessons, *, promoted: bool, why: PromotionReason
) -> dict[str, Any]:
    return {
        "model": challenger.model.version,
        "promoted": promoted,
        "why": why.value,
        "n_learned": len(found.learn),
        "n_held_out": len(found.held_out),
        "n_corrections": found.n_corrections,
        "held_out": held_out_shares(challenger.judged),
    }


# -- the page ------------------------------------------------------------------------


def _page(
    context: Context,
    challenger: _Challenger,
    found: Lessons,
    comparison: ModelComparison | None,
) -> str:
    with context.store.reading() as uow:
        versions = version_points(uow)
    page = TrainingPage(
        model=challenger.model.version,
        trained_at=context.now(),
        n_rows=len(found.learn),
        n_corrections=found.n_corrections,
        judge=JudgedOn.HELD_OUT,
        n_judged=len(found.held_out),
        split=SPLIT,
        heads=head_figures(challenger.judged),
        curve=tuple(_curve(context, challenger, found)),
        versions=versions,
        comparison=comparison,
    )
    folder = context.home / challenger.folder
    path = write_page(folder, page, context.language, _names(context))
    return path.relative_to(context.home).as_posix()


def _names(context: Context) -> dict[str, Bilingual]:
    """Return what people call departments and themes."""
    departments = context.rulebook.departments.values()
    return {each.id: each.name for each in departments} | {
        each.id: each.name for each in context.rulebook.codeframe.themes
    }


def _curve(
    context: Context, challenger: _Challenger, found: Lessons
) -> list[CurvePoint]:
    """Return how well each head is told after a part of the rows, and after all."""
    codeframe = context.rulebook.codeframe
    points = []
    for rows in subsamples(found.learn, CURVE):
        model = _trained(
            rows, codeframe, context.home / MODELS / f"part-{context.run_id}"
        )
        if model:
            points += points_of(_answers(codeframe, model, found.held_out), len(rows))
    return [*points, *points_of(challenger.judged, len(found.learn))]


def _trained(
    rows: Sequence[LabelledRow], codeframe: Codeframe, scratch: Path
) -> Model | None:
    """Return a model of a part of the rows, None where the part is too poor."""
    try:
        train_rows(rows, scratch, codeframe=codeframe)
        return load(scratch, codeframe_version=codeframe.version)
    except ConfigurationError:
        return None
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
