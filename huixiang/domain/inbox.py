"""Calls that came in."""

import enum


class InboxState(enum.StrEnum):
    """What became of a call that came in."""

    WAITING = "waiting"
    APPLIED = "applied"
    IGNORED = "ignored"
