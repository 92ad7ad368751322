"""A record on its way in: landed, told from what is known, kept out or let in."""

import datetime as dt
import enum
from dataclasses import dataclass

from huixiang.domain.records.feedback import QuarantineState, RawRecord
from huixiang.domain.records.violation import Violation


@dataclass(frozen=True, kw_only=True, slots=True)
class LandedRecord:
    """A raw record with the id under which it was stored."""

    landing_id: str
    record: RawRecord


class DuplicateKind(enum.StrEnum):
    """Why a record counts as one that is stored already."""

    SAME_ID = "same_id"  # the source calls it by the same number
    SAME_CONTENT = "same_content"  # the same words about the same time


@dataclass(frozen=True, kw_only=True, slots=True)
class Duplicate:
    """A record that says again what feedback *feedback_id* says."""

    landing_id: str
    feedback_id: str
    kind: DuplicateKind


@dataclass(frozen=True, kw_only=True, slots=True)
class KnownContent:
    """A feedback whose words are stored already."""

    feedback_id: str
    occurred_at: dt.datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class KeptOut:
    """A record that may not pass, with all it broke."""

    landing_id: str
    position: str
    violations: tuple[Violation, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class QuarantinedRecord:
    """A record that was kept out, and what a person decided about it.

    `decided_by` is a name and `reason` that person's words; both are None while the
    record waits.
    """

    landing_id: str
    source: str
    position: str
    violations: tuple[Violation, ...]
    state: QuarantineState
    quarantined_at: dt.datetime
    decided_at: dt.datetime | None
    decided_by: str | None
    reason: str | None
