"""Models over time: which there are, which is in use, and who decided why."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, select, update

from huixiang.store.bulk import insert_new
from huixiang.store.tables.coding import ModelRow
from huixiang.store.tables.review import ModelDecisionRow


class Models:
    """Queries about the history of models."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> list[Mapping[str, Any]]:
        """Return every model that was kept, oldest first."""
        return self._rows(
            select(ModelRow.__table__).order_by(ModelRow.trained_at, ModelRow.model_id)
        )

    def get(self, model_id: str) -> Mapping[str, Any] | None:
        """Return one model."""
        found = self._rows(
            select(ModelRow.__table__).where(ModelRow.model_id == model_id)
        )
        return found[0] if found else None

    def decide(self, row: Mapping[str, Any]) -> None:
        """Note a decision; where it promotes, the model takes over."""
        insert_new(self._connection, ModelDecisionRow, [dict(row)])
        if row["promoted"]:
            self._connection.execute(
                update(ModelRow).values(active=ModelRow.model_id == row["model_id"])
            )

    def decisions(self, model_id: str | None = None) -> list[Mapping[str, Any]]:
        """Return the decisions about a model, or all, oldest first."""
        statement = select(ModelDecisionRow.__table__).order_by(
            ModelDecisionRow.decided_at, ModelDecisionRow.decision_id
        )
        if model_id is not None:
            statement = statement.where(ModelDecisionRow.model_id == model_id)
        return self._rows(statement)

    def _rows(self, statement: Any) -> list[Mapping[str, Any]]:
        return [dict(row) for row in self._connection.execute(statement).mappings()]
