"""Gather a report from the store: items, issues, departments, sources, the ledger."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from huixiang.domain.action import ActionItem, ActionStatus, Move
from huixiang.domain.ledger import Ledger
from huixiang.domain.text import Bilingual
from huixiang.reporting.model import (
    CodingFigures,
    DepartmentResult,
    Period,
    QuarantineReason,
    Report,
    SourceState,
    TopIssue,
)
from huixiang.steps.cards import channel_name, department_name, named_place, theme_name
from huixiang.steps.context import Context
from huixiang.steps.report_funnel import funnel
from huixiang.steps.report_items import ItemFacts, item_results
from huixiang.store.unit_of_work import UnitOfWork

RECENT_DAYS = 28
TOP_ISSUES = 15
_STATUS = ActionStatus


@dataclass(frozen=True, kw_only=True, slots=True)
class Gathered:
    """What several parts of the report are made of, read once."""

    items: Sequence[ActionItem]
    moves: Mapping[str, Sequence[Move]]
    issues: Mapping[str, Mapping[str, Any]]
    negatives: Sequence[Any]
    volumes: Sequence[Any]


def gather_report(context: Context, uow: UnitOfWork) -> Report:
    """Return everything the report of this run shows."""
    until = context.last_day
    gathered = Gathered(
        items=uow.items.find(),
        moves=uow.items.all_moves(),
        issues={row["issue_id"]: row for row in uow.codings.issues()},
        negatives=uow.histories.negatives_by_day(until),
        volumes=uow.histories.source_volume_by_day(until),
    )
    ledger = uow.ledgers.read()
    first = min((row.day for row in gathered.volumes), default=until)
    facts = ItemFacts(
        items=gathered.items, moves=gathered.moves, issues=gathered.issues
    )
    return Report(
        title=Bilingual(zh="整改前后报告", en="Before and after"),
        workspace=context.rulebook.name,
        generated_for=Bilingual(zh="管理层", en="Management"),
        as_of=context.as_of,
        period=Period(first=min(first, until), last=until),
        ledger=ledger,
        funnel=funnel(uow, gathered.items, len(gathered.issues), ledger),
        items=item_results(context, uow, facts),
        issues=_top_issues(context, gathered),
        departments=_departments(context, gathered),
        sources=_sources(context, uow, gathered),
        quarantine=_quarantine(uow),
        coding=_coding(context, uow, ledger),
        n_feedbacks=uow.histories.funnel()["stored"],
        time_zone=context.zone.key,
    )


def _b(zh: str, en: str) -> Bilingual:
    return Bilingual(zh=zh, en=en)


def _top_issues(context: Context, gathered: Gathered) -> tuple[TopIssue, ...]:
    start = context.today - dt.timedelta(days=RECENT_DAYS)
    before = start - dt.timedelta(days=RECENT_DAYS)
    now: Counter[str] = Counter()
    earlier: Counter[str] = Counter()
    for row in gathered.negatives:
        if row.day >= start:
            now[row.issue_id] += row.n
        elif row.day >= before:
            earlier[row.issue_id] += row.n
    total = sum(now.values())
    items = defaultdict(list)
    for item in gathered.items:
        items[item.issue_id].append(item.item_id)
    ranked = sorted(now, key=lambda key: (-now[key], key))[:TOP_ISSUES]
    return tuple(
        TopIssue(
            issue_id=key,
            theme=theme_name(context.rulebook, gathered.issues[key]["theme"]),
            touchpoint=named_place(
                context.rulebook, gathered.issues[key]["touchpoint"]
            ),
            unit=named_place(context.rulebook, gathered.issues[key]["unit"]),
            department=department_name(
                context.rulebook, gathered.issues[key]["department"]
            ),
            n_negative=now[key],
            share=now[key] / total,
            n_previous=earlier[key],
            item_ids=tuple(items[key]),
        )
        for key in ranked
    )


def _departments(context: Context, gathered: Gathered) -> tuple[DepartmentResult, ...]:
    by_department = defaultdict(list)
    for item in gathered.items:
        by_department[item.department].append(item)
    return tuple(
        _department(context, name, by_department[name], gathered.moves)
        for name in context.rulebook.departments
        if by_department[name]
    )


def _department(
    context: Context,
    name: str,
    items: Sequence[ActionItem],
    moves: Mapping[str, Sequence[Move]],
) -> DepartmentResult:
    def reached(*statuses: ActionStatus) -> int:
        return sum(
            any(move.after in statuses for move in moves[item.item_id])
            for item in items
        )

    answered = [_answered(item, moves[item.item_id]) for item in items]
    due = [
        (item, at)
        for item, at in zip(items, answered, strict=True)
        if at is not None or item.due_at <= context.as_of
    ]
    overdue = [item for item, at in due if at is None]
    reroutes = [
        sum(move.after is _STATUS.REJECTED for move in moves[item.item_id])
        for item in items
    ]
    return DepartmentResult(
        department=department_name(context.rulebook, name),
        n_opened=sum(
            item.status not in (_STATUS.PROPOSED, _STATUS.PARKED) for item in items
        ),
        n_accepted=reached(_STATUS.ACCEPTED),
        n_resolved=reached(_STATUS.RESOLVED),
        n_verified=reached(_STATUS.VERIFIED),
        n_working=sum(
            item.status in (_STATUS.OPEN, _STATUS.ACCEPTED, _STATUS.IN_PROGRESS)
            for item in items
        ),
        n_overdue=len(overdue),
        sla_met=sum(at is not None and at <= item.due_at for item, at in due),
        sla_due=len(due),
        n_not_mine=sum(reroutes),
        n_ping_pong=sum(count > 1 for count in reroutes),
    )


def _answered(item: ActionItem, moves: Iterable[Move]) -> dt.datetime | None:
    """Return when a department first answered: accepted, refused or fixed it."""
    for move in moves:
        if move.after in (_STATUS.ACCEPTED, _STATUS.REJECTED, _STATUS.RESOLVED):
            return move.moved_at
    return item.due_at if item.status is _STATUS.CANCELLED else None


def _sources(
    context: Context, uow: UnitOfWork, gathered: Gathered
) -> tuple[SourceState, ...]:
    states = {row["source"]: row for row in uow.intake.sources()}
    broken = Counter(row["source"] for row in uow.intake.problems())
    by_source: dict[str, dict[dt.date, int]] = defaultdict(dict)
    for row in gathered.volumes:
        by_source[row.source][row.day] = row.n
    return tuple(
        SourceState(
            name=source.name,
            channel=channel_name(source.channel),
            n=sum(by_source[source.name].values()),
            last_delivery_on=max(by_source[source.name], default=None),
            silent_since=_silent_since(
                context, by_source[source.name], source.expected_every_days
            ),
            problem=_problem(states.get(source.name), broken[source.name]),
        )
        for source in context.rulebook.sources.values()
    )


def _silent_since(
    context: Context, days: Mapping[dt.date, int], expected_every_days: float
) -> dt.date | None:
    if not days:
        return None
    last = max(days)
    return last if (context.last_day - last).days > expected_every_days else None


def _problem(state: Mapping[str, Any] | None, n_broken: int) -> Bilingual | None:
    if state is not None and state["last_error"]:
        return _b(f"读取失败：{state['last_error']}", f"failed: {state['last_error']}")
    if n_broken:
        return _b(
            f"{n_broken} 个文件读不了，详见 huixiang check",
            f"{n_broken} files cannot be read, see huixiang check",
        )
    return None


def _quarantine(uow: UnitOfWork) -> tuple[QuarantineReason, ...]:
    counts: Counter[tuple[str, str, str, str]] = Counter()
    for row in uow.histories.quarantine_reasons():
        for violation in row.violations:
            if violation["severity"] == "critical":
                key = (
                    violation["rule"],
                    row.source,
                    violation["message_zh"],
                    violation["message_en"],
                )
                counts[key] += 1
    return tuple(
        QuarantineReason(rule=rule, source=source, message=_b(zh, en), n=n, n_waiting=n)
        for (rule, source, zh, en), n in sorted(
            counts.items(), key=lambda each: (-each[1], each[0])
        )
    )


def _coding(context: Context, uow: UnitOfWork, ledger: Ledger) -> CodingFigures:
    counts = uow.codings.counts_by_coder()
    model = uow.runs.active_model()
    return CodingFigures(
        n_by_rule=counts.get("rule", 0),
        n_by_model=counts.get("model", 0),
        n_by_person=counts.get("person", 0),
        n_waiting=sum(
            dict(equation.right)["waiting"]
            for equation in ledger.equations
            if equation.name == "stored"
        ),
        codeframe_version=context.rulebook.codeframe.version,
        model_version=model["model_id"] if model else None,
        figures=_model_figures(model),
    )


def _model_figures(model: Mapping[str, Any] | None) -> tuple[tuple[str, float], ...]:
    if model is None:
        return ()
    return tuple(
        (f"{head}.{name}", value)
        for head, figures in sorted(model["figures"].items())
        if isinstance(figures, dict)
        for name, value in sorted(figures.items())
        if isinstance(value, float) and 0 <= value <= 1
    )
