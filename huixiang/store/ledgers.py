"""Count both sides of every equation of the ledger, each from its own tables."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Select, func, select

from huixiang.domain.action import ActionStatus
from huixiang.domain.codeframe import Polarity
from huixiang.domain.ledger import Equation, Ledger
from huixiang.domain.outbox import EventType, MessageState
from huixiang.store.knowledge import ALL, Knowledge
from huixiang.store.tables import (
    ActionItemRow,
    AnnouncementRow,
    CodingRow,
    CodingState,
    DuplicateRow,
    FeedbackRow,
    IssueRow,
    LandingRow,
    LandingState,
    MessageRow,
    PullBatchRow,
    QuarantineRow,
    QuarantineState,
    RemoteTicketRow,
)


class Ledgers:
    """The invariants of the loop as numbers."""

    def __init__(self, connection: Connection, knowledge: Knowledge = ALL) -> None:
        self._connection = connection
        self._knowledge = knowledge

    def read(self) -> Ledger:
        """Return every equation, per source where that makes sense."""
        return Ledger(
            equations=(
                *self._pulled(),
                *self._stored(),
                self._negative(),
                self._owned(),
                self._announced(),
                self._opened(),
                self._tickets(),
            )
        )

    def backlog(self) -> dict[str, int]:
        """Return how much waits for each of the batch steps."""
        negative = CodingRow.polarity == Polarity.NEGATIVE
        unrouted = CodingRow.issue_id.is_(None) & CodingRow.no_issue_reason.is_(None)
        landed = LandingRow.state == LandingState.WAITING
        uncoded = FeedbackRow.coding_state == CodingState.WAITING
        return {
            "validate": self._one(select(func.count()).where(landed)),
            "classify": self._one(select(func.count()).where(uncoded)),
            "route": self._one(select(func.count()).where(negative, unrouted)),
        }

    def _pulled(self) -> Iterable[Equation]:
        pulled = self._by(
            select(PullBatchRow.source, func.sum(PullBatchRow.n_records)).group_by(
                PullBatchRow.source
            )
        )
        waiting = self._landed(LandingState.WAITING)
        stored = self._by(
            select(FeedbackRow.source, func.count()).group_by(FeedbackRow.source)
        )
        duplicate = self._by(
            select(DuplicateRow.source, func.count()).group_by(DuplicateRow.source)
        )
        quarantined = self._quarantined(QuarantineState.WAITING)
        discarded = self._quarantined(QuarantineState.DISCARDED)
        for source in sorted(pulled):
            yield Equation(
                name="pulled",
                scope=source,
                left=(("pulled", pulled[source]),),
                right=(
                    ("waiting", waiting.get(source, 0)),
                    ("stored", stored.get(source, 0)),
                    ("duplicate", duplicate.get(source, 0)),
                    ("quarantined", quarantined.get(source, 0)),
                    ("discarded", discarded.get(source, 0)),
                ),
            )

    def _landed(self, state: LandingState) -> dict[str, int]:
        return self._by(
            select(LandingRow.source, func.count())
            .where(LandingRow.state == state)
            .group_by(LandingRow.source)
        )

    def _quarantined(self, state: QuarantineState) -> dict[str, int]:
        return self._by(
            select(QuarantineRow.source, func.count())
            .where(QuarantineRow.state == state)
            .group_by(QuarantineRow.source)
        )

    def _stored(self) -> Iterable[Equation]:
        stored = self._by(
            select(FeedbackRow.source, func.count()).group_by(FeedbackRow.source)
        )
        by_state = {
            state: self._by(
                select(FeedbackRow.source, func.count())
                .where(FeedbackRow.coding_state == state)
                .group_by(FeedbackRow.source)
            )
            for state in CodingState
        }
        for source in sorted(stored):
            yield Equation(
                name="stored",
                scope=source,
                left=(("stored", stored[source]),),
                right=tuple(
                    (state.value, by_state[state].get(source, 0))
                    for state in CodingState
                ),
            )

    def _negative(self) -> Equation:
        negative = CodingRow.polarity == Polarity.NEGATIVE
        on_issue = CodingRow.issue_id.is_not(None)
        explained = CodingRow.issue_id.is_(None) & CodingRow.no_issue_reason.is_not(
            None
        )
        waiting = CodingRow.issue_id.is_(None) & CodingRow.no_issue_reason.is_(None)
        return Equation(
            name="negative codings",
            scope="all",
            left=(("negative", self._one(select(func.count()).where(negative))),),
            right=(
                ("on an issue", self._one(select(func.count()).where(on_issue))),
                (
                    "waiting for a route",
                    self._one(select(func.count()).where(negative, waiting)),
                ),
                (
                    "with a reason why not",
                    self._one(select(func.count()).where(negative, explained)),
                ),
            ),
        )

    def _owned(self) -> Equation:
        return Equation(
            name="issues",
            scope="all",
            left=(("issues", self._one(select(func.count(IssueRow.issue_id)))),),
            right=(
                (
                    "with one department",
                    self._one(select(func.count()).where(IssueRow.department != "")),
                ),
            ),
        )

    def _announced(self) -> Equation:
        expected = select(func.coalesce(func.sum(AnnouncementRow.n_endpoints), 0))
        counts = {
            state: self._one(
                select(func.count()).where(
                    MessageRow.state == state, MessageRow.announcement_id.is_not(None)
                )
            )
            for state in MessageState
        }
        return Equation(
            name="announced",
            scope="all",
            left=(("item × event × endpoint", self._one(expected)),),
            right=tuple((state.value, counts[state]) for state in MessageState),
        )

    def _opened(self) -> Equation:
        """Every item that left the drawer was announced as opened exactly once."""
        silent = (ActionStatus.PROPOSED, ActionStatus.PARKED)
        moved = ActionItemRow.status.not_in((*silent, ActionStatus.CANCELLED))
        events = select(func.count()).where(
            AnnouncementRow.event == EventType.OPENED,
            AnnouncementRow.item_id.in_(select(ActionItemRow.item_id).where(moved)),
        )
        return Equation(
            name="items",
            scope="all",
            left=(("opened items", self._one(select(func.count()).where(moved))),),
            right=(("announced as opened", self._one(events)),),
        )

    def _tickets(self) -> Equation:
        distinct = select(
            func.count(
                func.distinct(RemoteTicketRow.endpoint + RemoteTicketRow.item_id)
            )
        )
        names = select(
            func.count(
                func.distinct(
                    RemoteTicketRow.endpoint + RemoteTicketRow.remote_ticket_id
                )
            )
        )
        return Equation(
            name="one item, one remote ticket",
            scope="all",
            left=(("item × endpoint", self._one(distinct)),),
            right=(("remote tickets", self._one(names)),),
        )

    def _by(self, statement: Select[Any]) -> dict[str, int]:
        return {row[0]: int(row[1]) for row in self._connection.execute(statement)}

    def _one(self, statement: Select[Any]) -> int:
        return int(self._connection.execute(statement).scalar_one())
