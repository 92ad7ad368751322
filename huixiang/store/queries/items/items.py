"""Action items and every change of their status."""

import dataclasses
import datetime as dt
import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any, TypedDict, Unpack

from sqlalchemy import ColumnElement, Connection, Row, func, insert, select, update

from huixiang.domain.items.action import (
    WORKING,
    ActionItem,
    ActionStatus,
    ItemKind,
    check_move,
)
from huixiang.domain.items.alert import CriticalFacts, RateFacts
from huixiang.domain.items.issue import Issue
from huixiang.domain.items.move import LOOP, Move, MoveReason, person_said
from huixiang.domain.proof.verdict import Criterion
from huixiang.domain.reason import Reason
from huixiang.errors import NotFound
from huixiang.store.codec import decode, encode, facts_of
from huixiang.store.knowledge import ALL, Knowledge
from huixiang.store.tables.coding import IssueRow
from huixiang.store.tables.items import ActionItemRow, MoveRow


class ChangedFields(TypedDict, total=False):
    """What of an item may change with a move."""

    department: str
    opened_at: dt.datetime
    due_at: dt.datetime
    resolved_at: dt.datetime
    root_cause: str | None


class Items:
    """Queries about work asked of departments."""

    def __init__(self, connection: Connection, knowledge: Knowledge = ALL) -> None:
        self._connection = connection
        self._knowledge = knowledge

    def add(
        self, item: ActionItem, *, rulebook_hash: str, reason: Reason[MoveReason]
    ) -> None:
        """Store a new item with its first move."""
        criterion = encode(item.criterion)
        self._connection.execute(
            insert(ActionItemRow).values(
                **{
                    field.name: getattr(item, field.name)
                    for field in dataclasses.fields(item)
                    if field.name not in {"criterion", "alert"}
                },
                alert=encode(item.alert),
                criterion=criterion,
                criterion_hash=_hash(criterion),
                rulebook_hash=rulebook_hash,
            )
        )
        opening = Move(
            item_id=item.item_id,
            before=None,
            after=item.status,
            moved_at=item.opened_at,
            actor=LOOP,
            reason=reason,
        )
        self._keep(opening, {})

    def move(
        self,
        item_id: str,
        after: ActionStatus,
        *,
        moved_at: dt.datetime,
        actor: str,
        reason: Reason[MoveReason],
        **changes: Unpack[ChangedFields],
    ) -> ActionItem:
        """Move an item if the table allows it; return it as it is now."""
        item = self.get(item_id)
        check_move(item_id, item.status, after)
        self._connection.execute(
            update(ActionItemRow)
            .where(ActionItemRow.item_id == item_id)
            .values(status=after, **changes)
        )
        replaced = {name: _plain(getattr(item, name)) for name in changes}
        move = Move(
            item_id=item_id,
            before=item.status,
            after=after,
            moved_at=moved_at,
            actor=actor,
            reason=reason,
        )
        self._keep(move, replaced)
        return self.get(item_id)

    def note(
        self, item_id: str, *, noted_at: dt.datetime, actor: str, words: str
    ) -> None:
        """Keep a comment: a move that stays where it is."""
        status = self.get(item_id).status
        comment = Move(
            item_id=item_id,
            before=status,
            after=status,
            moved_at=noted_at,
            actor=actor,
            reason=person_said(words),
        )
        self._keep(comment, {})

    def _keep(self, move: Move, replaced: Mapping[str, Any]) -> None:
        """Store a move as the newest of its item."""
        number = self._connection.execute(
            select(func.count()).where(MoveRow.item_id == move.item_id)
        ).scalar_one()
        self._connection.execute(
            insert(MoveRow).values(
                item_id=move.item_id,
                number=number + 1,
                before=move.before,
                after=move.after,
                moved_at=move.moved_at,
                actor=move.actor,
                reason_code=move.reason.code,
                reason_facts=dict(move.reason.facts),
                words=move.reason.words,
                stored_at=self._knowledge.now,
                replaced=replaced,
            )
        )

    def get(self, item_id: str) -> ActionItem:
        """Return one item."""
        items = self.find(ids=[item_id])
        if not items:
            raise NotFound(f"no action item {item_id}; see huixiang item list")
        return items[0]

    def find(
        self,
        *,
        ids: Collection[str] | None = None,
        statuses: Collection[ActionStatus] | None = None,
        department: str | None = None,
        kind: ItemKind | None = None,
    ) -> Sequence[ActionItem]:
        """Return items, oldest first."""
        if self._knowledge.until is not None:
            return [
                item
                for item in self._then(ids)
                if (statuses is None or item.status in statuses)
                and department in (None, item.department)
                and kind in (None, item.kind)
            ]
        statement = select(ActionItemRow.__table__).order_by(
            ActionItemRow.opened_at, ActionItemRow.item_id
        )
        if ids is not None:
            statement = statement.where(ActionItemRow.item_id.in_(ids))
        if statuses is not None:
            statement = statement.where(ActionItemRow.status.in_(statuses))
        if department is not None:
            statement = statement.where(ActionItemRow.department == department)
        if kind is not None:
            statement = statement.where(ActionItemRow.kind == kind)
        return [_item(row) for row in self._connection.execute(statement).mappings()]

    def _then(self, ids: Collection[str] | None) -> list[ActionItem]:
        """Return items as they were: every later move undone, the newest first."""
        wanted = [] if ids is None else [ActionItemRow.item_id.in_(ids)]
        stored = self._connection.execute(
            select(ActionItemRow.__table__).where(*wanted)
        ).mappings()
        rows: dict[str, dict[str, Any]] = {row["item_id"]: dict(row) for row in stored}
        for move in self._connection.execute(
            select(MoveRow.item_id, MoveRow.before, MoveRow.replaced)
            .where(MoveRow.stored_at >= self._knowledge.until)
            .order_by(MoveRow.item_id, MoveRow.number.desc())
        ):
            if move.before is None:
                rows.pop(move.item_id, None)
            elif row := rows.get(move.item_id):
                row.update(_typed(move.replaced or {}), status=move.before)
        items = map(_item, rows.values())
        return sorted(items, key=lambda each: (each.opened_at, each.item_id))

    def moves(self, item_id: str) -> Sequence[Move]:
        """Return an item's moves, oldest first."""
        return self._moves(MoveRow.item_id == item_id)

    def all_moves(self) -> Mapping[str, Sequence[Move]]:
        """Return the moves of every item."""
        moves: dict[str, list[Move]] = {}
        for move in self._moves():
            moves.setdefault(move.item_id, []).append(move)
        return moves

    def _moves(self, *wanted: ColumnElement[bool]) -> Sequence[Move]:
        rows = self._connection.execute(
            select(MoveRow.__table__)
            .where(*wanted, *self._knowledge.of(MoveRow.stored_at))
            .order_by(MoveRow.item_id, MoveRow.number)
        )
        return [_move(row) for row in rows]

    def n_working(self) -> dict[str, int]:
        """Return how many improvement items each department works on."""
        rows = self._connection.execute(
            select(ActionItemRow.department, func.count())
            .where(
                ActionItemRow.status.in_(WORKING),
                ActionItemRow.kind == ItemKind.IMPROVEMENT,
            )
            .group_by(ActionItemRow.department)
        )
        return {row[0]: row[1] for row in rows}

    def tampered(self) -> list[str]:
        """Return the items whose criterion is not the one that was fixed at opening."""
        rows = self._connection.execute(
            select(
                ActionItemRow.item_id,
                ActionItemRow.criterion,
                ActionItemRow.criterion_hash,
            ).order_by(ActionItemRow.item_id)
        )
        return [r.item_id for r in rows if _hash(r.criterion) != r.criterion_hash]

    def with_issue(self, item_id: str) -> tuple[ActionItem, Issue]:
        """Return an item and its issue."""
        item = self.get(item_id)
        (issue,) = facts_of(
            Issue,
            self._connection.execute(
                select(IssueRow.__table__).where(IssueRow.issue_id == item.issue_id)
            ),
        )
        return item, issue


def _move(row: Row[Any]) -> Move:
    return Move(
        item_id=row.item_id,
        before=row.before,
        after=row.after,
        moved_at=row.moved_at,
        actor=row.actor,
        reason=Reason(code=row.reason_code, facts=row.reason_facts, words=row.words),
    )


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, dt.datetime) else value


def _typed(values: Mapping[str, Any]) -> Mapping[str, Any]:
    """Give moments their type back, which JSON does not know."""
    return {
        name: dt.datetime.fromisoformat(value)
        if name.endswith("_at") and value is not None
        else value
        for name, value in values.items()
    }


def _hash(criterion: Mapping[str, Any]) -> str:
    text = json.dumps(criterion, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def _item(row: Mapping[Any, Any]) -> ActionItem:
    values = {field.name: row[field.name] for field in dataclasses.fields(ActionItem)}
    alert = CriticalFacts if row["kind"] is ItemKind.RECOVERY else RateFacts
    values["alert"] = decode(alert, row["alert"])
    values["criterion"] = decode(Criterion, row["criterion"])
    return ActionItem(**values)
