"""Read a status callback: what the receiver says became of an item. Pure."""

import datetime as dt
import enum
import json
from collections.abc import Mapping
from dataclasses import dataclass

from huixiang.clock import check_aware
from huixiang.delivery.text_limits import clean, cut
from huixiang.domain.acts.act import ActReason

_ID_CHARS = 200
_WORDS_CHARS = 2000


class ReportedStatus(enum.StrEnum):
    """What a receiver may report."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    IN_PROGRESS = "in_progress"
    RESOLVED = "resolved"
    COMMENT = "comment"
    CANCELLED = "cancelled"


@dataclass(frozen=True, kw_only=True, slots=True)
class StatusUpdate:
    """One report about one item, named by our id or by the receiver's.

    Its words come from outside and are not masked yet.
    """

    item_id: str | None
    ticket_id: str | None
    status: ReportedStatus
    occurred_at: dt.datetime
    actor: str = ""
    reason: str = ""
    root_cause: str = ""
    suggested_department: str | None = None

    def __post_init__(self) -> None:
        check_aware(self.occurred_at, "occurred_at")


@dataclass(frozen=True, kw_only=True, slots=True)
class NotUnderstood:
    """Why a callback could not be read; `field` names what is wrong, if one thing is."""

    code: ActReason
    field: str | None = None


class _Unreadable(Exception):
    """Ends the reading; never leaves this module."""

    def __init__(self, code: ActReason, field: str | None = None) -> None:
        super().__init__(code)
        self.fault = NotUnderstood(code=code, field=field)


def read_status(
    body: bytes, *, received_at: dt.datetime
) -> StatusUpdate | NotUnderstood:
    """Read our status JSON, bare or as the data of a CloudEvent.

    A report without `occurred_at` happened when it was received.
    """
    try:
        return _update(_document(body), received_at)
    except _Unreadable as error:
        return error.fault


def _document(body: bytes) -> Mapping[str, object]:
    try:
        document = json.loads(body.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise _Unreadable(ActReason.NOT_JSON) from error
    if isinstance(document, dict) and "specversion" in document:
        document = document.get("data")
    if not isinstance(document, dict):
        raise _Unreadable(ActReason.NOT_AN_OBJECT)
    return document


def _update(document: Mapping[str, object], received_at: dt.datetime) -> StatusUpdate:
    item_id = _words(document, "item_id", _ID_CHARS) or None
    ticket_id = _words(document, "ticket_id", _ID_CHARS) or None
    if item_id is None and ticket_id is None:
        raise _Unreadable(ActReason.NO_TARGET)
    return StatusUpdate(
        item_id=item_id,
        ticket_id=ticket_id,
        status=_status(document),
        occurred_at=_moment(document, received_at),
        actor=_words(document, "actor", _ID_CHARS),
        reason=_words(document, "reason", _WORDS_CHARS),
        root_cause=_words(document, "root_cause", _WORDS_CHARS),
        suggested_department=_words(document, "suggested_department", _ID_CHARS)
        or None,
    )


def _words(document: Mapping[str, object], name: str, limit: int) -> str:
    value = document.get(name)
    if value is None:
        return ""
    # Ticket systems number their tickets: 17 is as good as "17".
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise _Unreadable(ActReason.NOT_TEXT, name)
    return cut(clean(str(value)).strip(), limit)


def _status(document: Mapping[str, object]) -> ReportedStatus:
    value = document.get("status")
    if value not in list(ReportedStatus):
        raise _Unreadable(ActReason.UNKNOWN_STATUS, "status")
    return ReportedStatus(str(value))


def _moment(document: Mapping[str, object], received_at: dt.datetime) -> dt.datetime:
    value = document.get("occurred_at")
    if value is None:
        return received_at
    try:
        moment = dt.datetime.fromisoformat(str(value))
        aware = moment.astimezone(dt.UTC) if moment.tzinfo else None
    except (ValueError, OverflowError) as error:
        raise _Unreadable(ActReason.NOT_A_TIME, "occurred_at") from error
    if aware is None:
        raise _Unreadable(ActReason.NO_TIME_ZONE, "occurred_at")
    return aware
