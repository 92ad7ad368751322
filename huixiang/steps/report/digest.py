"""Digest: tell owners and managers once a week how things stand.

An endpoint with `digests: [owners]` hears of the departments that name it; one with
`digests: [managers]` hears of everything. What was told of a week is not told again.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from huixiang.delivery.digest import DigestCard, DigestItem, digest_data
from huixiang.delivery.payload import event_body
from huixiang.domain.action import UNANSWERED, ActionItem, ActionStatus
from huixiang.domain.issue import Issue
from huixiang.domain.move import Move
from huixiang.domain.outbox import EventType, OutboxMessage
from huixiang.domain.text import Bilingual, Language
from huixiang.domain.verdict import LastWord
from huixiang.reporting.facts.loop import PeriodFigures, Scope
from huixiang.reporting.facts.report import Period, TopIssue
from huixiang.steps.context import Context, short_id
from huixiang.steps.messages.item_card import item_named
from huixiang.steps.report.issues import complaints_of, top_issues
from huixiang.steps.report.periods import events_of, figures_of
from huixiang.steps.report.scope import day_of
from huixiang.store.queries.items.digests import Digest
from huixiang.store.unit_of_work import UnitOfWork
from huixiang.wording.names import department_name

WEEK = dt.timedelta(days=7)
MANAGERS = "managers"
MAX_ITEMS = 10
MAX_ISSUES = 3
_S = ActionStatus


@dataclass(frozen=True, kw_only=True, slots=True)
class Week:
    """What all digests of a week are made of, read once."""

    days: Period
    items: Sequence[ActionItem]
    moves: Mapping[str, Sequence[Move]]
    issues: Mapping[str, Issue]
    finals: Sequence[LastWord]
    report: str | None


def publish_digests(context: Context) -> dict[str, int]:
    """Queue a digest for every reader and endpoint that has none of the last week."""
    readers = list(_readers(context))
    if not readers:
        return {"n_published": 0, "n_known": 0}
    with context.transaction("summaries") as uow:
        uow.summaries.refresh(context.now())
    days = _last_week(context.today)
    ids = {reader: short_id("dg", days.first, *reader) for reader in readers}
    with context.store.reading() as uow:
        known = uow.digests.known(list(ids.values()))
        week = _read(context, uow, days)
        new = [
            _digest(context, uow, week, reader, message_id)
            for reader, message_id in ids.items()
            if message_id not in known
        ]
    if new:
        with context.transaction("digest") as uow:
            uow.digests.publish(new, context.now())
    return {"n_published": len(new), "n_known": len(known)}


Reader = tuple[str, str]
"""A department or "managers", and the endpoint where it is told."""


def _readers(context: Context) -> Iterator[Reader]:
    rulebook = context.rulebook
    for department in rulebook.departments.values():
        for name in department.endpoints:
            if "owners" in rulebook.endpoints[name].digests:
                yield department.id, name
    for endpoint in rulebook.endpoints.values():
        if MANAGERS in endpoint.digests:
            yield MANAGERS, endpoint.name


def _last_week(today: dt.date) -> Period:
    """Return the last week, Monday to Sunday, that is wholly over."""
    monday = today - dt.timedelta(days=today.weekday()) - WEEK
    return Period(first=monday, last=monday + dt.timedelta(days=6))


def _read(context: Context, uow: UnitOfWork, days: Period) -> Week:
    return Week(
        days=days,
        items=uow.items.find(),
        moves=uow.items.all_moves(),
        issues=uow.codings.issues(),
        finals=uow.verdicts.finals(),
        report=uow.digests.newest_report(context.as_of),
    )


def _digest(
    context: Context, uow: UnitOfWork, week: Week, reader: Reader, message_id: str
) -> Digest:
    audience, endpoint = reader
    card = _card(context, uow, week, None if audience == MANAGERS else audience)
    return Digest(
        message=OutboxMessage(
            message_id=message_id,
            endpoint=endpoint,
            event=EventType.DIGEST,
            item_id=None,
            body=event_body(
                EventType.DIGEST,
                message_id=message_id,
                occurred_at=context.as_of,
                source_uri=f"urn:huixiang:{context.workspace_name}",
                data=digest_data(card),
            ),
        ),
        audience=audience,
        first_on=card.first_on,
        last_on=card.last_on,
        as_of=context.as_of,
    )


def _card(
    context: Context, uow: UnitOfWork, week: Week, department: str | None
) -> DigestCard:
    items = [item for item in week.items if department in (None, item.department)]
    first, last = week.days.first, week.days.last
    sections = _sections(context, week, items)
    scope = Scope(first=first, last=last, department_id=department)
    return DigestCard(
        first_on=first,
        last_on=last,
        department_id=department,
        department=department_name(context.rulebook, department)
        if department
        else None,
        answers=(
            *_what_hurts(context, uow, week, scope, items),
            _who(sections),
            _did_it_work(_figures(context, week, items)),
        ),
        sections={
            name: (
                len(mine),
                tuple(_line(context, week, item) for item in mine[:MAX_ITEMS]),
            )
            for name, mine in sections.items()
        },
        report=week.report,
    )


def _sections(
    context: Context, week: Week, items: Sequence[ActionItem]
) -> Mapping[str, Sequence[ActionItem]]:
    """Sort items into what a reader asks for; an item may be in several."""
    by_due = sorted(items, key=lambda item: (item.due_at, item.item_id))

    def moved(after: ActionStatus) -> list[ActionItem]:
        return [item for item in by_due if _moved(context, week, item, after)]

    unanswered = [item for item in by_due if item.status in UNANSWERED]
    return {
        "overdue": [item for item in unanswered if item.due_at <= context.as_of],
        "open": [item for item in by_due if item.status in _OPEN],
        "reopened": moved(_S.REOPENED),
        "verified": moved(_S.VERIFIED),
    }


_OPEN = UNANSWERED | {_S.ACCEPTED, _S.IN_PROGRESS}


def _moved(context: Context, week: Week, item: ActionItem, after: ActionStatus) -> bool:
    """Say whether an item came to *after* within the week and is still there."""
    return item.status is after and any(
        move.after is after
        and move.before is not after
        and week.days.first <= day_of(context, move.moved_at) <= week.days.last
        for move in week.moves[item.item_id]
    )


def _what_hurts(
    context: Context,
    uow: UnitOfWork,
    week: Week,
    scope: Scope,
    items: Sequence[ActionItem],
) -> Iterator[Bilingual]:
    complaints = complaints_of(uow, scope, context.last_day, week.issues)
    for issue in top_issues(context, complaints, week.issues, items)[:MAX_ISSUES]:
        yield Bilingual(
            zh=f"最痛：{_names(issue, 'zh-CN')}，{issue.n_negative} 条负面反馈"
            f"（前一周 {issue.n_previous}）",
            en=f"Hurts most: {_names(issue, 'en')}, {issue.n_negative} complaints "
            f"({issue.n_previous} the week before)",
        )


def _names(issue: TopIssue, language: Language) -> str:
    parts = (issue.theme, issue.touchpoint, issue.unit)
    names = [each.get(language) for each in parts if each is not None]
    return " · ".join(dict.fromkeys(names))


def _who(sections: Mapping[str, Sequence[ActionItem]]) -> Bilingual:
    n_open, n_late = len(sections["open"]), len(sections["overdue"])
    return Bilingual(
        zh=f"谁在做：{n_open} 个行动项进行中，其中 {n_late} 个逾期未答复",
        en=f"Who is on it: {n_open} items being worked on, {n_late} of them overdue "
        "for an answer",
    )


def _did_it_work(figures: PeriodFigures) -> Bilingual:
    failed = figures.n_not_improved + figures.n_worse
    return Bilingual(
        zh=f"见效了吗：这一周验收改善 {figures.n_verified} 个，未改善或变差 {failed} 个，"
        f"未能证明 {figures.n_unproven} 个",
        en=f"Did it work: {figures.n_verified} verified improvements that week, {failed} "
        f"not improved or worse, {figures.n_unproven} unproven",
    )


def _figures(
    context: Context, week: Week, items: Sequence[ActionItem]
) -> PeriodFigures:
    events = events_of(context, items, week.moves, week.finals, {}, {})
    return figures_of("", week.days, events)


def _line(context: Context, week: Week, item: ActionItem) -> DigestItem:
    issue = week.issues[item.issue_id]
    return DigestItem(
        item_id=item.item_id,
        title=item_named(context.rulebook, item, issue),
        status=item.status.value,
        due_at=item.due_at,
    )
