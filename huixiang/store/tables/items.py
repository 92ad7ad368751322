"""Tables of action items and of what is sent about them."""

import datetime as dt

from sqlalchemy import (
    ForeignKey,
    Index,
)
from sqlalchemy.orm import Mapped, mapped_column

from huixiang.domain.items.action import ActionStatus, ItemKind
from huixiang.domain.items.move import MoveReason
from huixiang.domain.items.outbox import (
    AttemptReason,
    DeadReason,
    DisabledReason,
    EventType,
    MessageState,
    Outcome,
)
from huixiang.domain.items.route import Urgency
from huixiang.store.tables.base import Base, primary_id
from huixiang.store.tables.words import (
    MaskedDocument,
    MaskedText,
    NameText,
    PlainDocument,
    PlainText,
    SealedBytes,
)


class ActionItemRow(Base):
    """Work asked of a department."""

    __tablename__ = "action_item"
    item_id: Mapped[PlainText] = primary_id()
    kind: Mapped[ItemKind]
    issue_id: Mapped[PlainText] = mapped_column(
        ForeignKey("issue.issue_id"), index=True
    )
    feedback_id: Mapped[PlainText | None] = mapped_column(
        ForeignKey("feedback.feedback_id"), unique=True
    )
    department: Mapped[PlainText]
    status: Mapped[ActionStatus] = mapped_column(index=True)
    severity: Mapped[Urgency]
    priority: Mapped[float]
    playbook: Mapped[PlainText | None]
    opened_at: Mapped[dt.datetime]
    due_at: Mapped[dt.datetime]
    resolved_at: Mapped[dt.datetime | None]
    root_cause: Mapped[MaskedText | None]
    alert: Mapped[PlainDocument]
    criterion: Mapped[PlainDocument]
    criterion_hash: Mapped[PlainText]
    rulebook_hash: Mapped[PlainText]


class MoveRow(Base):
    """One change of an item's status: who, when, why, and what it replaced.

    `reason_facts` is what the reason's sentence is filled with; `words` is what a
    person wrote. `moved_at` is business time, `stored_at` when we came to know of it.
    """

    __tablename__ = "move"
    item_id: Mapped[PlainText] = mapped_column(
        ForeignKey("action_item.item_id"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True)
    before: Mapped[ActionStatus | None]
    after: Mapped[ActionStatus]
    moved_at: Mapped[dt.datetime]
    actor: Mapped[NameText]
    reason_code: Mapped[MoveReason]
    reason_facts: Mapped[PlainDocument]
    words: Mapped[MaskedText]
    stored_at: Mapped[dt.datetime | None]
    replaced: Mapped[MaskedDocument | None]


class AnnouncementRow(Base):
    """An event of an item, and how many endpoints should hear of it."""

    __tablename__ = "announcement"
    announcement_id: Mapped[PlainText] = primary_id()
    item_id: Mapped[PlainText] = mapped_column(
        ForeignKey("action_item.item_id"), index=True
    )
    event: Mapped[EventType]
    n_endpoints: Mapped[int]
    announced_at: Mapped[dt.datetime]
    stored_at: Mapped[dt.datetime | None]


class MessageRow(Base):
    """The outbox: stored with the business change, sent afterwards.

    `content` is the neutral event. `body` is what a platform made of it at the first
    sending, and `form` how it is sent: every try sends the same bytes. `earlier_body` is
    the text of a message that a version before neutral events had queued.
    """

    __tablename__ = "outbox_message"
    message_id: Mapped[PlainText] = primary_id()
    announcement_id: Mapped[PlainText | None] = mapped_column(
        ForeignKey("announcement.announcement_id")
    )
    item_id: Mapped[PlainText | None] = mapped_column(
        ForeignKey("action_item.item_id"), index=True
    )
    endpoint: Mapped[PlainText]
    event: Mapped[EventType]
    content: Mapped[MaskedDocument | None]
    body: Mapped[SealedBytes | None]
    form: Mapped[PlainDocument | None]
    earlier_body: Mapped[MaskedText | None]
    state: Mapped[MessageState]
    n_attempts: Mapped[int]
    next_attempt_at: Mapped[dt.datetime]
    claimed_by: Mapped[PlainText | None]
    dead_code: Mapped[DeadReason | None]
    dead_facts: Mapped[PlainDocument | None]
    dead_words: Mapped[MaskedText | None]
    created_at: Mapped[dt.datetime]
    __table_args__ = (Index(None, "state", "next_attempt_at"),)


class AttemptRow(Base):
    """One try of one message; `detail` is what the endpoint said."""

    __tablename__ = "delivery_attempt"
    message_id: Mapped[PlainText] = mapped_column(
        ForeignKey("outbox_message.message_id"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True)
    outcome: Mapped[Outcome]
    attempted_at: Mapped[dt.datetime]
    status_code: Mapped[int | None]
    reason_code: Mapped[AttemptReason]
    reason_facts: Mapped[PlainDocument]
    detail: Mapped[MaskedText]


class EndpointRow(Base):
    """What an endpoint's behaviour has made of it."""

    __tablename__ = "endpoint"
    endpoint: Mapped[PlainText] = primary_id()
    disabled_at: Mapped[dt.datetime | None]
    disabled_code: Mapped[DisabledReason | None]
    disabled_facts: Mapped[PlainDocument | None]
    disabled_words: Mapped[MaskedText | None]


class RemoteTicketRow(Base):
    """The remote system's object for an item: one item, one ticket."""

    __tablename__ = "remote_ticket"
    item_id: Mapped[PlainText] = mapped_column(
        ForeignKey("action_item.item_id"), primary_key=True
    )
    endpoint: Mapped[PlainText] = mapped_column(primary_key=True)
    remote_ticket_id: Mapped[PlainText] = mapped_column(index=True)
    remote_status: Mapped[PlainText | None]
    seen_at: Mapped[dt.datetime]
