"""Verify: did the scores improve after the fix, more than they would have anyway?"""

import dataclasses
import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from huixiang.domain.action import ActionItem, ActionStatus, ItemKind, Move
from huixiang.domain.issue import NOWHERE, IssueKey
from huixiang.domain.outbox import EventType
from huixiang.domain.text import Bilingual
from huixiang.domain.verdict import InconclusiveReason, Metric, VerdictKind
from huixiang.steps.announce import announce
from huixiang.steps.context import Context, short_id
from huixiang.store.unit_of_work import UnitOfWork
from huixiang.verification.design import ActionWindow, Circumstances, Design
from huixiang.verification.judging import Judgement, judge
from huixiang.verification.panel import DailySummary, Panel
from huixiang.verification.sentences import explain_difference, explain_verdict

METHOD = "forecast-1"
NOT_MEASURABLE = "not_measurable"


@dataclass(frozen=True, kw_only=True, slots=True)
class FollowUp:
    """One fix of one item: from its opening (or re-opening) to its resolution."""

    item: ActionItem
    opened_on: dt.date
    resolved_on: dt.date

    @property
    def key(self) -> str:
        """Names the follow-up; a re-opened item has several."""
        return f"{self.item.item_id}@{self.resolved_on}"


def verify(context: Context) -> Counter[str]:
    """Judge every resolved item with what is known up to the last whole day."""
    with context.store.reading() as uow:
        judged = list(_judge_all(context, uow))
        recovered = uow.items.find(
            statuses=(ActionStatus.RESOLVED,), kind=ItemKind.RECOVERY
        )
    paths: Counter[str] = Counter()
    for follow_up, judgement in judged:
        paths[_apply(context, follow_up, judgement)] += 1
    for item in recovered:
        if item.resolved_at is not None and item.resolved_at > context.as_of:
            continue
        _unmeasurable(context, item)
        paths[NOT_MEASURABLE] += 1
    return paths


def _judge_all(
    context: Context, uow: UnitOfWork
) -> Iterator[tuple[FollowUp, Judgement]]:
    """Yield the judgement of every follow-up that has no last word yet."""
    items = uow.items.find(kind=ItemKind.IMPROVEMENT)
    moves = uow.items.all_moves()
    follow_ups = [
        each
        for item in items
        for each in _follow_ups(item, moves[item.item_id], context)
    ]
    by_design: dict[Design, list[FollowUp]] = defaultdict(list)
    for each in follow_ups:
        by_design[design_of(each.item)].append(each)
    for design, mine in by_design.items():
        open_ones = {
            each.key
            for each in mine
            if each.item.status is ActionStatus.RESOLVED
            and not uow.verdicts.has_final(each.item.item_id, each.resolved_on)
        }
        if open_ones:
            judgements = _judge(context, uow, design, mine)
            pairs = zip(mine, judgements, strict=True)
            yield from ((f, j) for f, j in pairs if f.key in open_ones)


def _judge(
    context: Context, uow: UnitOfWork, design: Design, follow_ups: Sequence[FollowUp]
) -> list[Judgement]:
    windows = [
        ActionWindow(
            action_id=each.key,
            unit=each.item.issue_id,
            opened_on=each.opened_on,
            resolved_on=each.resolved_on,
        )
        for each in follow_ups
    ]
    return judge(
        panel_of(uow, design.metric, context.last_day),
        windows,
        as_of=context.last_day,
        design=design,
        circumstances=_circumstances(uow, context.last_day),
    )


def design_of(item: ActionItem) -> Design:
    """Return the design that was fixed when the item opened."""
    return Design(
        metric=item.criterion.metric,
        horizon_days=item.criterion.horizon_days,
        minimum_effect=item.criterion.minimum_effect,
        alpha=item.criterion.alpha,
    )


def _follow_ups(
    item: ActionItem, moves: Sequence[Move], context: Context
) -> Iterator[FollowUp]:
    opened_on: dt.date | None = None
    for move in moves:
        day = move.moved_at.astimezone(context.zone).date()
        first_opening = move.after is ActionStatus.OPEN and opened_on is None
        if first_opening or move.after is ActionStatus.REOPENED:
            opened_on = day
        resolved = move.after is ActionStatus.RESOLVED and move.before is not move.after
        if resolved and opened_on is not None:
            yield FollowUp(item=item, opened_on=opened_on, resolved_on=day)


def panel_of(uow: UnitOfWork, metric: Metric, until: dt.date) -> Panel:
    """Return the panel of every issue."""
    return Panel.of(panel_rows(uow, metric, until))


def panel_rows(
    uow: UnitOfWork, metric: Metric, until: dt.date
) -> Iterator[DailySummary]:
    """Return the daily summaries of every issue: ratings, or negative mentions."""
    if metric is Metric.MEAN:
        return _rating_summaries(uow, until)
    return _negative_summaries(uow, until)


def _rating_summaries(uow: UnitOfWork, until: dt.date) -> Iterator[DailySummary]:
    for row in uow.histories.scores_by_day(until):
        key = IssueKey(theme=row.theme, touchpoint=row.touchpoint, unit=row.unit)
        yield DailySummary(
            unit=key.issue_id,
            on=row.day,
            channel=row.channel.value,
            n=row.n,
            total=row.total,
            squares=row.total_sq,
        )


def _negative_summaries(uow: UnitOfWork, until: dt.date) -> Iterator[DailySummary]:
    """Yield shares of complaints: of all feedback of the place, not of the theme."""
    negatives = {
        (row.issue_id, row.day, row.channel): row.n
        for row in uow.histories.negatives_by_day(until)
    }
    places = defaultdict(list)
    for row in uow.histories.exposure_by_day(until):
        places[row.unit].append(row)
    for issue in uow.codings.issues():
        for row in places[issue["unit"]]:
            if row.touchpoint in (issue["touchpoint"], NOWHERE):
                n = negatives.get((issue["issue_id"], row.day, row.channel), 0)
                yield DailySummary(
                    unit=issue["issue_id"],
                    on=row.day,
                    channel=row.channel.value,
                    n=row.n,
                    total=n,
                    squares=n,
                )


def _circumstances(uow: UnitOfWork, until: dt.date) -> Circumstances:
    changes = uow.histories.coder_changes()
    volumes: dict[str, dict[dt.date, int]] = defaultdict(lambda: defaultdict(int))
    for row in uow.histories.source_volume_by_day(until):
        volumes[row.channel.value][row.day] += row.n
    return Circumstances(
        codeframe_changes=tuple(changes["codeframe"]),
        model_changes=tuple(changes["model"]),
        source_volumes=volumes,
    )


def _apply(context: Context, follow_up: FollowUp, judgement: Judgement) -> str:
    verdict = judgement.verdict
    over = context.last_day >= follow_up.resolved_on + dt.timedelta(
        days=verdict.criterion.horizon_days
    )
    still_following = verdict.reason is InconclusiveReason.FOLLOWING
    final = verdict.kind.is_terminal or (over and not still_following)
    with context.transaction("verify") as uow:
        uow.verdicts.add(_row(follow_up, judgement, context.last_day, final=final))
        if final:
            _move(context, uow, follow_up.item, judgement)
    return verdict.kind.value if final else "following"


def _row(
    follow_up: FollowUp, judgement: Judgement, looked_on: dt.date, *, final: bool
) -> Mapping[str, Any]:
    verdict = judgement.verdict
    return {
        "verdict_id": short_id("vd", follow_up.key, looked_on),
        "item_id": follow_up.item.item_id,
        "resolved_on": follow_up.resolved_on,
        "looked_on": looked_on,
        "kind": verdict.kind,
        "reason": verdict.reason,
        "final": final,
        "detail": verdict_detail(judgement),
        "method_version": METHOD,
    }


def verdict_detail(judgement: Judgement) -> dict[str, Any]:
    """Return a judgement as plain values: the verdict, its words and every look."""
    verdict = judgement.verdict
    return {
        "verdict": plain(verdict),
        "sentences": {
            "zh": explain_verdict(verdict, "zh-CN"),
            "en": explain_verdict(verdict, "en"),
        },
        "difference": {
            "zh": explain_difference(verdict, "zh-CN"),
            "en": explain_difference(verdict, "en"),
        },
        "looks": [plain(look) for look in judgement.looks],
    }


def plain(value: Any) -> Any:
    """Return a frozen fact as JSON-able values."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {
            field.name: plain(getattr(value, field.name))
            for field in dataclasses.fields(value)
        }
    if isinstance(value, tuple | list):
        return [plain(each) for each in value]
    if isinstance(value, dt.date):
        return value.isoformat()
    return value


_AFTER: Mapping[VerdictKind, tuple[ActionStatus, EventType]] = {
    VerdictKind.IMPROVED: (ActionStatus.VERIFIED, EventType.VERIFIED),
    VerdictKind.NOT_IMPROVED: (ActionStatus.REOPENED, EventType.REOPENED),
    VerdictKind.WORSE: (ActionStatus.REOPENED, EventType.REOPENED),
    VerdictKind.INCONCLUSIVE: (ActionStatus.UNPROVEN, EventType.UPDATED),
}


def _move(
    context: Context, uow: UnitOfWork, item: ActionItem, judgement: Judgement
) -> None:
    verdict = judgement.verdict
    after, event = _AFTER[verdict.kind]
    reason = f"{verdict.kind.value} {verdict.reason or ''}".strip()
    due = {"due_at": context.as_of + (item.due_at - item.opened_at)}
    moved = uow.items.move(
        item.item_id,
        after,
        moved_at=context.as_of,
        actor="huixiang",
        reason=reason,
        **(due if after is ActionStatus.REOPENED else {}),
    )
    news = Bilingual(
        zh=explain_verdict(verdict, "zh-CN"), en=explain_verdict(verdict, "en")
    )
    announce(context, uow, moved, event, news=news)


def _unmeasurable(context: Context, item: ActionItem) -> None:
    """One customer was answered: there is no score to compare, and we say so."""
    news = Bilingual(
        zh="已回应这位客户；单个客户没有可比的分数，不作验收结论。",
        en="This customer was answered; one person has no score to compare, so there "
        "is no verdict.",
    )
    with context.transaction("verify") as uow:
        moved = uow.items.move(
            item.item_id,
            ActionStatus.UNPROVEN,
            moved_at=context.as_of,
            actor="huixiang",
            reason=NOT_MEASURABLE,
        )
        announce(context, uow, moved, EventType.UPDATED, news=news)
