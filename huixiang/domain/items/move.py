"""Moves of action items: who changed a status, when, and why."""

import datetime as dt
import enum
from collections.abc import Iterable
from dataclasses import dataclass

from huixiang.domain.items.action import ActionItem, ActionStatus
from huixiang.domain.proof.verdict import InconclusiveReason, VerdictKind
from huixiang.domain.reason import Reason

LOOP = "huixiang"
"""The actor of every move that no person asked for."""


class MoveReason(enum.StrEnum):
    """Why an item moved; only the program sets any but `said`.

    The facts of each stand behind it.
    """

    SAID = "said"  # what a person wrote, or nothing
    IMPLIED = "implied"  # status: the reported state that nobody can skip this one for
    OPENED_BY_RULE = "opened_by_rule"  # rule
    ALARM_AGAIN = "alarm_again"  # rule
    PARKED_CAPACITY = "parked_capacity"
    PARKED_NO_DEPARTMENT = "parked_no_department"
    ROOM_NOW = "room_now"
    REROUTED = "rerouted"  # refused_by, given_to; words: why the first refused
    JUDGED = "judged"  # verdict, and why there is none where it is inconclusive
    SUSTAINED = "sustained"
    RELAPSED = "relapsed"
    LASTING_UNCLEAR = "lasting_unclear"
    UNPROVEN_CLOSED = "unproven_closed"
    NOT_MEASURABLE = "not_measurable"


def person_said(words: str) -> Reason[MoveReason]:
    """Return the reason of a move that a person made, in that person's masked words."""
    return Reason(code=MoveReason.SAID, words=words)


def implied_by(status: ActionStatus) -> Reason[MoveReason]:
    """Return the reason of a step that nobody reported on the way to *status*."""
    return Reason(code=MoveReason.IMPLIED, facts={"status": status.value})


def opened_by(rule: str) -> Reason[MoveReason]:
    """Return the reason of an item that an alert rule opened."""
    return Reason(code=MoveReason.OPENED_BY_RULE, facts={"rule": rule})


def alarmed_again_by(rule: str) -> Reason[MoveReason]:
    """Return the reason of an item that goes on because its issue came back."""
    return Reason(code=MoveReason.ALARM_AGAIN, facts={"rule": rule})


def rerouted(refused_by: str, given_to: str, words: str) -> Reason[MoveReason]:
    """Return the reason of an item that another department is asked for."""
    facts = {"refused_by": refused_by, "given_to": given_to}
    return Reason(code=MoveReason.REROUTED, facts=facts, words=words)


def judged_as(
    kind: VerdictKind, why_none: InconclusiveReason | None
) -> Reason[MoveReason]:
    """Return the reason of an item that a verdict moved."""
    facts = {"verdict": kind.value, "why_none": why_none and why_none.value}
    return Reason(code=MoveReason.JUDGED, facts=facts)


@dataclass(frozen=True, kw_only=True, slots=True)
class Handover:
    """A department that refused an item, and the one that was asked instead."""

    refused_by: str
    given_to: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Move:
    """One change of an item's status, with who, when and why."""

    item_id: str
    before: ActionStatus | None
    after: ActionStatus
    moved_at: dt.datetime
    actor: str
    reason: Reason[MoveReason]

    @property
    def handover(self) -> Handover | None:
        """From which to which department the move took the item; None for others."""
        if self.reason.code is not MoveReason.REROUTED:
            return None
        facts = self.reason.facts
        return Handover(
            refused_by=str(facts["refused_by"]), given_to=str(facts["given_to"])
        )


def time_to_answer(item: ActionItem, moves: Iterable[Move]) -> dt.timedelta:
    """Return how long a department has to answer; each re-opening gives it anew."""
    started_at = item.opened_at
    for move in moves:
        reopened = move.after is ActionStatus.REOPENED
        if reopened and move.before is not move.after:
            started_at = move.moved_at
    return item.due_at - started_at
