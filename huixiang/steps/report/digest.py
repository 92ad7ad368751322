"""Digest: tell owners and managers once a week how things stand.

An endpoint with `digests: [owners]` hears of the departments that name it; one with
`digests: [managers]` hears of everything. What was told of a week is not told again.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from huixiang.domain.items.action import UNANSWERED, ActionItem, ActionStatus
from huixiang.domain.items.digest import (
    DigestCard,
    DigestItem,
    DigestPart,
    DigestSection,
)
from huixiang.domain.items.issue import Issue
from huixiang.domain.items.move import Move
from huixiang.domain.items.outbox import EventType
from huixiang.domain.proof.verdict import LastWord
from huixiang.domain.text import Bilingual
from huixiang.reporting.facts.loop import PeriodFigures, Scope
from huixiang.reporting.facts.report import ReportPeriod
from huixiang.steps.context import Context, short_id
from huixiang.steps.messages.envelope import message_of
from huixiang.steps.messages.item_card import item_named
from huixiang.steps.report.issues import complaints_of, top_issues
from huixiang.steps.report.periods import events_of, figures_of
from huixiang.steps.report.scope import day_of
from huixiang.store.queries.items.digests import Digest
from huixiang.store.unit_of_work import UnitOfWork
from huixiang.wording.items.messages import (
    SECTIONS,
    did_it_work,
    digest_title,
    hurts_most,
    who_is_on_it,
)
from huixiang.wording.names import department_name

WEEK = dt.timedelta(days=7)
MANAGERS = "managers"
MAX_ITEMS = 10
MAX_ISSUES = 3
_S = ActionStatus


@dataclass(frozen=True, kw_only=True, slots=True)
class Week:
    """What all digests of a week are made of, read once."""

    days: ReportPeriod
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


def _last_week(today: dt.date) -> ReportPeriod:
    """Return the last week, Monday to Sunday, that is wholly over."""
    monday = today - dt.timedelta(days=today.weekday()) - WEEK
    return ReportPeriod(first=monday, last=monday + dt.timedelta(days=6))


def _read(context: Context, uow: UnitOfWork, days: ReportPeriod) -> Week:
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
        message=message_of(
            card,
            EventType.DIGEST,
            message_id=message_id,
            endpoint=endpoint,
            occurred_at=context.as_of,
            workspace=context.workspace_name,
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
    name = department_name(context.rulebook, department) if department else None
    return DigestCard(
        title=digest_title(name, first, last),
        first_on=first,
        last_on=last,
        department_id=department,
        department=name,
        answers=(
            *_what_hurts(context, uow, week, scope, items),
            who_is_on_it(
                len(sections[DigestPart.OPEN]), len(sections[DigestPart.OVERDUE])
            ),
            _did_it_work(_figures(context, week, items)),
        ),
        sections=tuple(
            _section(context, week, part, listed) for part, listed in sections.items()
        ),
        report=week.report,
    )


def _section(
    context: Context, week: Week, part: DigestPart, items: Sequence[ActionItem]
) -> DigestSection:
    return DigestSection(
        part=part,
        name=SECTIONS[part],
        n_items=len(items),
        items=tuple(_line(context, week, item) for item in items[:MAX_ITEMS]),
    )


def _sections(
    context: Context, week: Week, items: Sequence[ActionItem]
) -> Mapping[DigestPart, Sequence[ActionItem]]:
    """Sort items into what a reader asks for; an item may be in several."""
    by_due = sorted(items, key=lambda item: (item.due_at, item.item_id))

    def moved(after: ActionStatus) -> list[ActionItem]:
        return [item for item in by_due if _moved(context, week, item, after)]

    unanswered = [item for item in by_due if item.status in UNANSWERED]
    return {
        DigestPart.OVERDUE: [
            item for item in unanswered if item.due_at <= context.as_of
        ],
        DigestPart.OPEN: [item for item in by_due if item.status in _OPEN],
        DigestPart.REOPENED: moved(_S.REOPENED),
        DigestPart.VERIFIED: moved(_S.VERIFIED),
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
        named = [issue.theme, issue.touchpoint, issue.unit]
        names = [each for each in named if each is not None]
        yield hurts_most(names, issue.n_negative, issue.n_previous)


def _did_it_work(figures: PeriodFigures) -> Bilingual:
    n_failed = figures.n_not_improved + figures.n_worse
    return did_it_work(figures.n_verified, n_failed, figures.n_unproven)


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
        status=item.status,
        due_at=item.due_at,
    )
