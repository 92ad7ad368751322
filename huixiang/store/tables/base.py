"""What all tables share: names of constraints, types of columns."""

import datetime as dt
import enum
from typing import Any, ClassVar

from sqlalchemy import (
    JSON,
    MetaData,
    Text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, mapped_column

from huixiang.domain.coding.codeframe import CoderKind, NeedTier, Polarity
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
from huixiang.domain.proof.verdict import VerdictKind
from huixiang.domain.records.feedback import (
    Channel,
    CodingState,
    LandingState,
    NotCodable,
    Ownership,
    QuarantineState,
    RatingScale,
)
from huixiang.domain.records.record import DuplicateKind
from huixiang.domain.run import Lane, RunState
from huixiang.store.tables.types import CodeText, UtcDateTime, enum_type

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

ENUMS: tuple[type[enum.StrEnum], ...] = (
    ActionStatus, AttemptReason, Channel, CoderKind, CodingState, DeadReason,
    DisabledReason, EventType, ItemKind, LandingState, Lane, MessageState,
    MoveReason, NeedTier, Outcome, Ownership, Polarity, QuarantineState, RatingScale,
    RunState, Urgency, VerdictKind,
)  # fmt: skip
CODES: tuple[type[enum.StrEnum], ...] = (DuplicateKind, NotCodable)
"""Enums whose columns were text of any length in the first databases."""

DOCUMENT = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
TYPES: dict[Any, Any] = {kind: enum_type(kind) for kind in ENUMS}
TYPES |= {kind: CodeText(kind) for kind in CODES}
TYPES[str] = Text
TYPES[dt.datetime] = UtcDateTime
TYPES[dict[str, Any]] = DOCUMENT
TYPES[list[Any]] = DOCUMENT


class Base(DeclarativeBase):
    """Base of all tables."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar = TYPES


def primary_id() -> Any:
    """Return the column of a primary key."""
    return mapped_column(primary_key=True)
