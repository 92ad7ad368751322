"""Count both sides of every equation of the ledger, each from its own tables."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select

from huixiang.domain.acts.act import ActOutcome
from huixiang.domain.coding.codeframe import Polarity
from huixiang.domain.items.action import ActionStatus
from huixiang.domain.items.outbox import EventType, MessageState
from huixiang.domain.proof.ledger import Equation, Ledger
from huixiang.domain.records.feedback import CodingState, LandingState
from huixiang.store.knowledge import ALL, Knowledge
from huixiang.store.queries.items.items import Items
from huixiang.store.queries.records.quarantined import discarded_then, waiting_then
from huixiang.store.tables.acts import ActOutcomeRow, ActRow
from huixiang.store.tables.coding import CodingRow, IssueRow
from huixiang.store.tables.items import (
    ActionItemRow,
    AnnouncementRow,
    MessageRow,
    RemoteTicketRow,
)
from huixiang.store.tables.records import (
    DuplicateRow,
    FeedbackRow,
    LandingRow,
    PullBatchRow,
    QuarantineRow,
)
from huixiang.store.tables.reports import DigestRow


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
                *self._stored_equations(),
                self._negative(),
                self._owned(),
                self._announced(),
                self._opened(),
                self._tickets(),
                *self._acts(),
            )
        )

    def backlog(self) -> Mapping[str, int]:
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
            select(PullBatchRow.source, func.sum(PullBatchRow.n_records))
            .where(*self._knowledge.of(PullBatchRow.pulled_at))
            .group_by(PullBatchRow.source)
        )
        waiting = self._waiting()
        stored = self._stored_by_source()
        duplicate = self._by(
            select(DuplicateRow.source, func.count())
            .where(*self._knowledge.of(DuplicateRow.stored_at))
            .group_by(DuplicateRow.source)
        )
        quarantined = self._quarantined(waiting_then(self._knowledge))
        discarded = self._quarantined(discarded_then(self._knowledge))
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

    def _waiting(self) -> dict[str, int]:
        """Count landed records that nobody had judged, by source."""
        waiting = [LandingRow.state == LandingState.WAITING]
        if self._knowledge.until is not None:
            judged = (
                select(FeedbackRow.landing_id).where(*self._stored()),
                select(DuplicateRow.landing_id).where(
                    *self._knowledge.of(DuplicateRow.stored_at)
                ),
                select(QuarantineRow.landing_id).where(
                    *self._knowledge.of(QuarantineRow.quarantined_at)
                ),
            )
            waiting = [LandingRow.landing_id.not_in(each) for each in judged]
            waiting += self._knowledge.of(LandingRow.pulled_at)
        return self._by(
            select(LandingRow.source, func.count())
            .where(*waiting)
            .group_by(LandingRow.source)
        )

    def _stored(self) -> tuple[ColumnElement[bool], ...]:
        return self._knowledge.of(FeedbackRow.stored_at)

    def _stored_by_source(self, *wanted: ColumnElement[bool]) -> dict[str, int]:
        return self._by(
            select(FeedbackRow.source, func.count())
            .where(*wanted, *self._stored())
            .group_by(FeedbackRow.source)
        )

    def _quarantined(self, wanted: Iterable[ColumnElement[bool]]) -> dict[str, int]:
        return self._by(
            select(QuarantineRow.source, func.count())
            .where(*wanted)
            .group_by(QuarantineRow.source)
        )

    def _stored_equations(self) -> Iterable[Equation]:
        stored = self._stored_by_source()
        by_state = {
            state: self._stored_by_source(self._coding_state(state))
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

    def _coding_state(self, state: CodingState) -> ColumnElement[bool]:
        """Say whether a feedback stood at *state*: what was coded later was waiting."""
        now = FeedbackRow.coding_state == state
        if self._knowledge.until is None:
            return now
        later = FeedbackRow.coded_at >= self._knowledge.until
        known = later.is_not(True)
        return or_(now, later) if state is CodingState.WAITING else and_(now, known)

    def _negative(self) -> Equation:
        negative = and_(
            CodingRow.polarity == Polarity.NEGATIVE,
            *self._knowledge.of(CodingRow.coded_at),
        )
        on_issue = and_(
            CodingRow.issue_id.is_not(None), *self._knowledge.of(CodingRow.coded_at)
        )
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
        """Every event and digest that an endpoint should hear is a message of it."""
        expected = select(func.coalesce(func.sum(AnnouncementRow.n_endpoints), 0))
        sent = self._knowledge.of(MessageRow.created_at)
        digests = select(func.count(DigestRow.message_id)).join(
            MessageRow, MessageRow.message_id == DigestRow.message_id
        )
        of_loop = or_(
            MessageRow.announcement_id.is_not(None),
            MessageRow.event == EventType.DIGEST,
        )
        counts = {
            state: self._one(
                select(func.count()).where(MessageRow.state == state, of_loop, *sent)
            )
            for state in MessageState
        }
        return Equation(
            name="announced",
            scope="all",
            left=(
                (
                    "item × event × endpoint",
                    self._one(expected.where(*self._announced_then())),
                ),
                ("digest × endpoint", self._one(digests.where(*sent))),
            ),
            right=tuple((state.value, counts[state]) for state in MessageState),
        )

    def _announced_then(self) -> tuple[ColumnElement[bool], ...]:
        return self._knowledge.of(AnnouncementRow.stored_at)

    def _opened(self) -> Equation:
        """Every item that left the drawer was announced as opened exactly once."""
        moved = self._opened_items()
        events = select(func.count()).where(
            AnnouncementRow.event == EventType.OPENED,
            AnnouncementRow.item_id.in_(moved),
            *self._announced_then(),
        )
        n = self._one(select(func.count()).select_from(moved.subquery()))
        return Equation(
            name="items",
            scope="all",
            left=(("opened items", n),),
            right=(("announced as opened", self._one(events)),),
        )

    def _opened_items(self) -> Select[tuple[str]]:
        """Return the items that somebody should have heard of."""
        silent = (ActionStatus.PARKED, ActionStatus.CANCELLED)
        items = select(ActionItemRow.item_id)
        if self._knowledge.until is None:
            return items.where(ActionItemRow.status.not_in(silent))
        then = Items(self._connection, self._knowledge).find()
        opened = [item.item_id for item in then if item.status not in silent]
        return items.where(ActionItemRow.item_id.in_(opened))

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

    def _acts(self) -> Iterable[Equation]:
        """Whatever came in through a door was dealt with, or still waits."""
        recorded = self._by(
            select(ActRow.door, func.count())
            .where(*self._knowledge.of(ActRow.recorded_at))
            .group_by(ActRow.door)
        )
        settled = {
            outcome: self._settled(ActOutcomeRow.outcome == outcome)
            for outcome in (ActOutcome.APPLIED, ActOutcome.EXPIRED)
        }
        waiting, refused = self._acts_waiting(), self._refused()
        for door in sorted(recorded):
            yield Equation(
                name="acts",
                scope=str(door),
                left=(("recorded", recorded[door]),),
                right=(
                    ("applied", settled[ActOutcome.APPLIED].get(door, 0)),
                    ("waiting", waiting.get(door, 0)),
                    ("expired", settled[ActOutcome.EXPIRED].get(door, 0)),
                    *(
                        (f"refused: {reason}", by_door[door])
                        for reason, by_door in refused.items()
                        if by_door.get(door)
                    ),
                ),
            )

    def _settled(self, *wanted: ColumnElement[bool]) -> dict[str, int]:
        return self._by(
            select(ActRow.door, func.count())
            .join(ActOutcomeRow, ActOutcomeRow.act_id == ActRow.act_id)
            .where(*wanted, *self._knowledge.of(ActOutcomeRow.settled_at))
            .group_by(ActRow.door)
        )

    def _acts_waiting(self) -> dict[str, int]:
        known = self._knowledge.of(ActOutcomeRow.settled_at)
        settled = select(ActOutcomeRow.act_id).where(*known)
        return self._by(
            select(ActRow.door, func.count())
            .where(
                ActRow.act_id.not_in(settled),
                *self._knowledge.of(ActRow.recorded_at),
            )
            .group_by(ActRow.door)
        )

    def _refused(self) -> dict[str, dict[str, int]]:
        """Count refused acts by reason, then by door."""
        refused = ActOutcomeRow.outcome == ActOutcome.REFUSED
        reasons = self._by(
            select(ActOutcomeRow.reason, func.count())
            .where(refused)
            .group_by(ActOutcomeRow.reason)
        )
        return {
            str(reason): self._settled(refused, ActOutcomeRow.reason == reason)
            for reason in sorted(reasons)
        }

    def _by(self, statement: Select[Any]) -> dict[str, int]:
        return {row[0]: int(row[1]) for row in self._connection.execute(statement)}

    def _one(self, statement: Select[Any]) -> int:
        return int(self._connection.execute(statement).scalar_one())
