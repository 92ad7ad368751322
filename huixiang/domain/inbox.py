"""Calls that came in."""

import datetime as dt
import enum
from dataclasses import dataclass


class InboxState(enum.StrEnum):
    """What became of a call that came in."""

    WAITING = "waiting"
    APPLIED = "applied"
    IGNORED = "ignored"


@dataclass(frozen=True, kw_only=True, slots=True)
class WaitingCall:
    """A call that nobody dealt with yet; `name` is who called, `body` what it said."""

    call_id: str
    name: str
    received_at: dt.datetime
    body: bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class InboxCall:
    """A call without its body; `reason` says what became of it, None while it waits."""

    call_id: str
    door: str
    name: str
    received_at: dt.datetime
    state: InboxState
    reason: str | None
