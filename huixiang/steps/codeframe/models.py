"""Models over time: how good each was, which decides, and who said so."""

import dataclasses
from collections.abc import Sequence
from typing import Any

from huixiang.domain.coding.training import (
    Judged,
    KeptModel,
    ModelDecision,
    PromotionReason,
    VersionPoint,
)
from huixiang.domain.reason import Reason
from huixiang.errors import ConfigurationError, ModelRefused, NotFound
from huixiang.steps.context import Context, short_id
from huixiang.store.unit_of_work import UnitOfWork
from huixiang.understanding.model.model_file import load
from huixiang.understanding.training.training_report import main_share


def held_out_shares(questions: Sequence[Judged]) -> dict[str, Any]:
    """Return the main figure of each head as plain values, to be kept with the model."""
    heads = sorted({each.head for each in questions})
    return {
        head: dataclasses.asdict(
            main_share(head, [each for each in questions if each.head == head])
        )
        for head in heads
    }


def version_points(uow: UnitOfWork) -> tuple[VersionPoint, ...]:
    """Return the history of models, oldest first."""
    promoted = {each.model_id for each in uow.models.decisions() if each.promoted}
    return tuple(_point(each, each.model_id in promoted) for each in uow.models.all())


def _point(model: KeptModel, was_promoted: bool) -> VersionPoint:
    return VersionPoint(
        model_id=model.model_id,
        trained_at=model.trained_at,
        is_active=model.active,
        was_promoted=was_promoted or model.active,
        n_rows=model.figures.n_rows,
        n_corrections=model.figures.n_corrections,
        split=model.figures.split,
        heads=model.figures.held_out,
    )


def promote_model(
    context: Context, uow: UnitOfWork, model_id: str, *, by: str, why: str
) -> None:
    """Put a kept model to use on a person's word; refuse one that cannot be used."""
    model = uow.models.get(model_id)
    champion = uow.models.active()
    if model is None:
        raise NotFound(f"no model {model_id}; see huixiang model list")
    if not why.strip():
        raise ConfigurationError("say why this model should decide: --reason WORDS")
    try:
        load(
            context.home / model.folder,
            codeframe_version=context.rulebook.codeframe.version,
        )
    except ModelRefused as error:
        raise ConfigurationError(
            f"{model_id} cannot be put to use: {error}", code="model_unusable"
        ) from error
    champion_id = champion.model_id if champion else None
    uow.models.decide(
        ModelDecision(
            decision_id=short_id(
                "md", model_id, champion_id, context.run_id, context.now().isoformat()
            ),
            model_id=model_id,
            champion_id=champion_id,
            decided_at=context.now(),
            decided_by=by,
            promoted=True,
            reason=Reason(code=PromotionReason.PERSON, words=why.strip()),
        )
    )
