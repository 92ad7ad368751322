"""What a department owner does with an item, by hand or through a remote system."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from huixiang.domain.action import ActionItem, ActionStatus, path
from huixiang.domain.outbox import EventType
from huixiang.domain.text import Bilingual
from huixiang.errors import ConfigurationError
from huixiang.steps.context import Context
from huixiang.steps.messages.announce import announce
from huixiang.store.unit_of_work import UnitOfWork
from huixiang.wording.names import department_name


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What somebody says of an item; words are masked already.

    `told_by` is the endpoint it came from, None for the command line.
    """

    item_id: str
    status: str
    answered_at: dt.datetime
    actor: str
    reason: str = ""
    root_cause: str = ""
    department: str | None = None
    told_by: str | None = None


def apply_answer(context: Context, uow: UnitOfWork, answer: Answer) -> None:
    """Move the item as the answer says, and tell the other endpoints.

    Raise IllegalMove where the table does not allow it.
    """
    _HANDLERS[answer.status](context, uow, answer)


def _plain(after: ActionStatus) -> Callable[[Context, UnitOfWork, Answer], None]:
    def apply(context: Context, uow: UnitOfWork, answer: Answer) -> None:
        item = uow.items.get(answer.item_id)
        if item.status is after:
            return
        item = _walk(uow, item, after, answer)
        announce(
            context,
            uow,
            item,
            EventType.UPDATED,
            news=_news(item),
            told_by=answer.told_by,
        )

    return apply


def _walk(
    uow: UnitOfWork, item: ActionItem, after: ActionStatus, answer: Answer
) -> ActionItem:
    """Take every step up to *after*; steps nobody reported are marked as implied."""
    steps = path(item.status, after, f"action item {item.item_id}")
    for step in steps:
        implied = "" if step is steps[-1] else f"implied by {after.value}"
        item = uow.items.move(
            item.item_id,
            step,
            moved_at=answer.answered_at,
            actor=answer.actor,
            reason=implied or answer.reason,
            **_changes(step, answer),
        )
    return item


def _changes(step: ActionStatus, answer: Answer) -> Mapping[str, object]:
    if step is not ActionStatus.RESOLVED:
        return {}
    return {
        "resolved_at": answer.answered_at,
        "root_cause": answer.root_cause or answer.reason or None,
    }


def _reject(context: Context, uow: UnitOfWork, answer: Answer) -> None:
    """Re-route what a department refuses; a second refusal is left to a person."""
    before = uow.items.get(answer.item_id)
    if before.status is ActionStatus.REJECTED:
        return
    item = _walk(uow, before, ActionStatus.REJECTED, answer)
    department = _elsewhere(context, uow, item, answer)
    if department is None:
        return
    uow.codings.give_issue(item.issue_id, department, by=answer.actor)
    name = department_name(context.rulebook, department)
    item = uow.items.move(
        item.item_id,
        ActionStatus.OPEN,
        moved_at=answer.answered_at,
        actor="huixiang",
        reason=f"re-routed from {before.department} to {department}: {answer.reason}",
        department=department,
    )
    news = Bilingual(
        zh=f"原部门说“不归我”，转给{name.zh}：{answer.reason}",
        en=f"Refused as not theirs; now with {name.en}: {answer.reason}",
    )
    announce(context, uow, item, EventType.UPDATED, news=news)


def _elsewhere(
    context: Context, uow: UnitOfWork, item: ActionItem, answer: Answer
) -> str | None:
    """Return the department to try next, or None where all that is known refused."""
    refused = {item.department}
    for move in uow.items.moves(item.item_id):
        if move.reason.startswith("re-routed from "):
            refused.add(move.reason.split()[2])
    for candidate in (answer.department, context.rulebook.routing.default_department):
        if candidate in context.rulebook.departments and candidate not in refused:
            return candidate
    return None


def _comment(context: Context, uow: UnitOfWork, answer: Answer) -> None:
    uow.items.note(
        answer.item_id,
        noted_at=answer.answered_at,
        actor=answer.actor,
        reason=answer.reason,
    )


def _news(item: ActionItem) -> Bilingual:
    words = {
        ActionStatus.ACCEPTED: ("已接单", "accepted"),
        ActionStatus.IN_PROGRESS: ("处理中", "in progress"),
        ActionStatus.RESOLVED: ("已整改，等待验收", "resolved, waiting to be verified"),
        ActionStatus.CANCELLED: ("已取消", "cancelled"),
        ActionStatus.CLOSED: ("已关闭", "closed"),
    }
    zh, en = words[item.status]
    return Bilingual(zh=f"行动项状态：{zh}", en=f"The item is now {en}")


_HANDLERS: Mapping[str, Callable[[Context, UnitOfWork, Answer], None]] = {
    "accepted": _plain(ActionStatus.ACCEPTED),
    "in_progress": _plain(ActionStatus.IN_PROGRESS),
    "resolved": _plain(ActionStatus.RESOLVED),
    "cancelled": _plain(ActionStatus.CANCELLED),
    "closed": _plain(ActionStatus.CLOSED),
    "rejected": _reject,
    "comment": _comment,
}


def check_department(context: Context, department: str | None) -> None:
    """Raise ConfigurationError unless the rules know *department*."""
    if department is not None and department not in context.rulebook.departments:
        known = ", ".join(context.rulebook.departments)
        raise ConfigurationError(f"no department {department!r}; known are {known}")


def check_moment(uow: UnitOfWork, item_id: str, answered_at: dt.datetime) -> None:
    """Raise ConfigurationError where an answer lies before the item's last move."""
    last = uow.items.moves(item_id)[-1:]
    if last and answered_at < last[0].moved_at:
        raise ConfigurationError(
            f"{item_id} last moved at {last[0].moved_at.isoformat()}; an answer cannot "
            f"lie before that ({answered_at.isoformat()}): give a later --as-of"
        )
