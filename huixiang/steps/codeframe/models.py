"""Models over time: how good each was, which decides, and who said so."""

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

from huixiang.domain.training import Judged, Share, VersionPoint
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
    promoted = {row["model_id"] for row in uow.models.decisions() if row["promoted"]}
    return tuple(_point(row, row["model_id"] in promoted) for row in uow.models.all())


def _point(row: Mapping[str, Any], was_promoted: bool) -> VersionPoint:
    figures = row["figures"]
    return VersionPoint(
        model_id=row["model_id"],
        trained_at=row["trained_at"],
        is_active=row["active"],
        was_promoted=was_promoted or row["active"],
        n_rows=figures.get("n_rows", 0),
        n_corrections=figures.get("n_corrections", 0),
        split=figures.get("split"),
        heads={
            head: Share(**each) for head, each in figures.get("held_out", {}).items()
        },
    )


def promote_model(context: Context, model_id: str, *, by: str, why: str) -> None:
    """Put a kept model to use on a person's word; refuse one that cannot be used."""
    with context.store.reading() as uow:
        row = uow.models.get(model_id)
        champion = uow.runs.active_model()
    if row is None:
        raise NotFound(f"no model {model_id}; see huixiang model list")
    if not why.strip():
        raise ConfigurationError("say why this model should decide: --reason WORDS")
    try:
        load(
            context.home / row["folder"],
            codeframe_version=context.rulebook.codeframe.version,
        )
    except ModelRefused as error:
        raise ConfigurationError(f"{model_id} cannot be put to use: {error}") from error
    champion_id = champion["model_id"] if champion else None
    with context.transaction("promote") as uow:
        uow.models.decide(
            {
                "decision_id": short_id("md", model_id, champion_id, context.run_id),
                "model_id": model_id,
                "champion_id": champion_id,
                "decided_at": context.now(),
                "decided_by": by,
                "promoted": True,
                "reason": why.strip(),
                "detail": {},
            }
        )
