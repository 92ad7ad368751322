"""Tables of acts: what people decided, chained by hash, and what became of it."""

import datetime as dt

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from huixiang.domain.acts.act import (
    ActDoor,
    ActorKind,
    ActOutcome,
    ActReason,
    TargetKind,
)
from huixiang.domain.acts.decision import ActVerb
from huixiang.store.tables.base import Base
from huixiang.store.tables.types import enum_type
from huixiang.store.tables.words import (
    ClearText,
    MaskedDocument,
    NameText,
    PlainDocument,
    PlainText,
    SealedBytes,
)


class ActRow(Base):
    """One act; nothing of it ever changes but words, which can be erased.

    `hash` covers the facts, the hash before it and `digests`: salted digests of the
    words, of what is sealed and of the call. Without the words it still holds.
    """

    __tablename__ = "act"
    act_id: Mapped[PlainText] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    actor_kind: Mapped[ActorKind] = mapped_column(enum_type(ActorKind))
    actor: Mapped[NameText] = mapped_column(index=True)
    verb: Mapped[ActVerb] = mapped_column(enum_type(ActVerb))
    target_kind: Mapped[TargetKind] = mapped_column(enum_type(TargetKind))
    target: Mapped[ClearText] = mapped_column(index=True)
    facts: Mapped[PlainDocument]
    claimed_at: Mapped[dt.datetime | None]
    recorded_at: Mapped[dt.datetime]
    door: Mapped[ActDoor] = mapped_column(enum_type(ActDoor))
    call_id: Mapped[PlainText | None] = mapped_column(index=True)
    claimed_name: Mapped[NameText | None]
    words: Mapped[MaskedDocument | None]
    sealed: Mapped[SealedBytes | None]
    salt: Mapped[PlainText]
    digests: Mapped[PlainDocument]
    previous_hash: Mapped[PlainText]
    hash: Mapped[PlainText]


class ActHeadRow(Base):
    """Where the chain ends, and how many outcomes there are, with the sum of their
    hashes: two rows, each locked first by whoever adds one.
    """

    __tablename__ = "act_head"
    name: Mapped[PlainText] = mapped_column(primary_key=True)
    number: Mapped[int]
    hash: Mapped[PlainText]


class ActOutcomeRow(Base):
    """What became of an act, written once; an act without one still waits."""

    __tablename__ = "act_outcome"
    act_id: Mapped[PlainText] = mapped_column(
        ForeignKey("act.act_id"), primary_key=True
    )
    outcome: Mapped[ActOutcome] = mapped_column(enum_type(ActOutcome))
    reason: Mapped[ActReason | None] = mapped_column(enum_type(ActReason))
    facts: Mapped[PlainDocument]
    settled_at: Mapped[dt.datetime]
    run_id: Mapped[PlainText | None]
    item_id: Mapped[PlainText | None] = mapped_column(index=True)
    hash: Mapped[PlainText]
