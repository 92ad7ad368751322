"""Models over time: which there are, which is in use, and who decided why."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, select, update

from huixiang.domain.coding.training import (
    KeptModel,
    ModelComparison,
    ModelDecision,
    ModelFigures,
    Share,
)
from huixiang.domain.reason import Reason
from huixiang.store.bulk import insert_new, upsert
from huixiang.store.codec import decode, encode
from huixiang.store.tables.coding import ModelRow
from huixiang.store.tables.review import ModelDecisionRow


class Models:
    """Queries about the history of models."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(
        self,
        model_id: str,
        *,
        trained_at: dt.datetime,
        folder: str,
        codeframe_version: str,
        figures: Mapping[str, Any],
        active: bool,
    ) -> None:
        """Note a trained model with everything that was measured of it.

        An active one is used from now on, and no other.
        """
        if active:
            self._connection.execute(update(ModelRow).values(active=False))
        row = {
            "model_id": model_id,
            "trained_at": trained_at,
            "folder": folder,
            "codeframe_version": codeframe_version,
            "figures": dict(figures),
            "active": active,
        }
        upsert(self._connection, ModelRow, [row], ("active", "folder"))

    def all(self) -> Sequence[KeptModel]:
        """Return every model that was kept, oldest first."""
        return self._models(
            select(ModelRow.__table__).order_by(ModelRow.trained_at, ModelRow.model_id)
        )

    def get(self, model_id: str) -> KeptModel | None:
        """Return one model."""
        found = self._models(
            select(ModelRow.__table__).where(ModelRow.model_id == model_id)
        )
        return found[0] if found else None

    def active(self) -> KeptModel | None:
        """Return the model in use."""
        found = self._models(select(ModelRow.__table__).where(ModelRow.active))
        return found[0] if found else None

    def decide(self, decision: ModelDecision) -> None:
        """Note a decision; where it promotes, the model takes over."""
        insert_new(self._connection, ModelDecisionRow, [_decision_row(decision)])
        if decision.promoted:
            self._connection.execute(
                update(ModelRow).values(active=ModelRow.model_id == decision.model_id)
            )

    def decisions(self, model_id: str | None = None) -> Sequence[ModelDecision]:
        """Return the decisions about a model, or all, oldest first."""
        statement = select(ModelDecisionRow.__table__).order_by(
            ModelDecisionRow.decided_at, ModelDecisionRow.decision_id
        )
        if model_id is not None:
            statement = statement.where(ModelDecisionRow.model_id == model_id)
        return [
            _decision(row) for row in self._connection.execute(statement).mappings()
        ]

    def _models(self, statement: Select[Any]) -> list[KeptModel]:
        rows = self._connection.execute(statement).mappings()
        return [
            KeptModel(**{**row, "figures": _figures(row["figures"])}) for row in rows
        ]


def _figures(document: Mapping[str, Any]) -> ModelFigures:
    held_out: Mapping[str, Any] = document.get("held_out", {})
    return ModelFigures(
        n_rows=document.get("n_rows", 0),
        n_corrections=document.get("n_corrections", 0),
        split=document.get("split"),
        held_out={head: decode(Share, each) for head, each in held_out.items()},
        measures={
            head: {k: v for k, v in each.items() if isinstance(v, float)}
            for head, each in document.items()
            if isinstance(each, dict) and head != "held_out"
        },
    )


def _decision_row(decision: ModelDecision) -> dict[str, Any]:
    comparison = decision.comparison
    return {
        "decision_id": decision.decision_id,
        "model_id": decision.model_id,
        "champion_id": decision.champion_id,
        "decided_at": decision.decided_at,
        "decided_by": decision.decided_by,
        "promoted": decision.promoted,
        "reason": decision.reason.code,
        "words": decision.reason.words or None,
        "detail": encode(comparison) if comparison else {},
    }


def _decision(row: RowMapping) -> ModelDecision:
    return ModelDecision(
        decision_id=row["decision_id"],
        model_id=row["model_id"],
        champion_id=row["champion_id"],
        decided_at=row["decided_at"],
        decided_by=row["decided_by"],
        promoted=row["promoted"],
        reason=Reason(code=row["reason"], words=row["words"] or ""),
        comparison=decode(ModelComparison, row["detail"]) if row["detail"] else None,
    )
