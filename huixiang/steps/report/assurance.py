"""The part of a report that says what its verdicts rest on, and whether they last."""

import dataclasses
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from huixiang.configuration.rulebook import Rulebook
from huixiang.domain.coding.bridge import CrossedBridge, MoveAgreement
from huixiang.domain.items.action import ActionItem, ActionStatus, ItemKind
from huixiang.domain.items.move import Move
from huixiang.domain.proof.assurance import ItemOutlook, PlaceboCheck, SustainedLook
from huixiang.domain.proof.verdict import (
    HarmedNeighbour,
    Metric,
    StoredVerdict,
    Sustained,
    VerdictDetail,
)
from huixiang.domain.text import Bilingual
from huixiang.reporting.facts.assurance import (
    Aftercare,
    BridgeError,
    BridgeMove,
    FollowUpResult,
    Foresight,
    ItemAssurance,
    Neighbour,
    Placebo,
    ReportAssurance,
)
from huixiang.reporting.facts.report import ReportPeriod
from huixiang.steps.codeframe.models import version_points
from huixiang.steps.context import Context
from huixiang.steps.verify.criteria import changed_criterion
from huixiang.steps.verify.customer_surveys import DepartmentSurvey, department_surveys
from huixiang.steps.verify.lasting import next_look
from huixiang.store.unit_of_work import UnitOfWork
from huixiang.verification.checks.multiplicity import headline_of
from huixiang.verification.engine.design import METRICS
from huixiang.wording.names import department_name
from huixiang.wording.proof.headlines import headline_words
from huixiang.wording.proof.verdict_checks import (
    consistency_words,
    criterion_change_words,
    lasting_words,
    neighbour_name,
    outlook_words,
    side_effect_words,
)
from huixiang.wording.report import gathered

_S = ActionStatus
ALL_DEPARTMENTS = gathered.ALL_DEPARTMENTS


def assurance_of(
    context: Context, uow: UnitOfWork, period: ReportPeriod
) -> ReportAssurance:
    """Return what the verdicts known at the report's time rest on."""
    return ReportAssurance(
        headline=_headline(uow),
        placebo=_placebo(uow.assurance.placebo_checks(period.last)),
        follow_ups=_follow_ups(context, uow, period),
        models=version_points(uow),
        bridges=tuple(_bridge(each) for each in uow.codeframes.bridges()),
        n_reviewed=uow.reviews.counts().n_reviews,
    )


def _headline(uow: UnitOfWork) -> Bilingual | None:
    headline = headline_of(uow.verdicts.latest().values())
    return headline_words(headline) if headline.n_improved > 1 else None


def _placebo(checks: Mapping[str, PlaceboCheck]) -> Placebo | None:
    """Return the newest placebo check; of several designs the one with most dips."""
    if not checks:
        return None
    newest = max(
        checks.values(), key=lambda each: (each.looked_on, each.n_dips, each.check_id)
    )
    return Placebo(
        as_of=newest.looked_on,
        n_dips=newest.n_dips,
        n_improved=newest.n_improved,
        low=newest.low,
        high=newest.high,
        error_factor=newest.error_factor,
    )


def _follow_ups(
    context: Context, uow: UnitOfWork, period: ReportPeriod
) -> tuple[FollowUpResult, ...]:
    surveys = department_surveys(
        uow, context.zone, period.first, period.last, context.as_of
    )
    of_departments = [each for each in surveys if each.department]
    shown = surveys if len(of_departments) > 1 else of_departments
    return tuple(_follow_up(context, each) for each in shown if each.result.n_asked)


def _follow_up(context: Context, survey: DepartmentSurvey) -> FollowUpResult:
    result = survey.result
    return FollowUpResult(
        department=department_name(context.rulebook, survey.department)
        if survey.department
        else ALL_DEPARTMENTS,
        n_asked=result.n_asked,
        n_answered=result.n_answered,
        n_compared=result.n_compared,
        kind=result.kind,
        reason=result.reason,
        raw=result.raw,
        corrected=result.corrected,
        by_reliability=result.by_reliability,
    )


def _bridge(bridge: CrossedBridge) -> BridgeError:
    error = bridge.disagreement
    return BridgeError(
        from_version=bridge.from_version,
        to_version=bridge.to_version,
        crossed_on=bridge.last_on,
        n=bridge.n_mentions,
        n_disagree=bridge.n_disagree,
        error=error.value if error else None,
        low=error.low if error else None,
        high=error.high if error else None,
        max_error=bridge.max_error,
        holds=bridge.holds,
        moves=tuple(_move(each) for each in bridge.figures),
    )


def _move(figure: MoveAgreement) -> BridgeMove:
    return BridgeMove(
        old=figure.old,
        new=figure.new,
        n=figure.n,
        n_disagree=figure.n_disagree,
        error=figure.error,
        low=figure.low,
        high=figure.high,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class KeptBesideItems:
    """What is stored beside the items, read once for all of them."""

    outlooks: Mapping[str, ItemOutlook]
    looks: Mapping[str, SustainedLook]
    verdicts: Mapping[str, StoredVerdict]
    moves: Mapping[str, Sequence[Move]]


def item_assurances(
    context: Context,
    uow: UnitOfWork,
    items: Iterable[ActionItem],
    moves: Mapping[str, Sequence[Move]],
) -> Mapping[str, ItemAssurance]:
    """Return what stands beside each item's verdict, by item."""
    kept = KeptBesideItems(
        outlooks=uow.assurance.outlooks(context.as_of),
        looks=uow.assurance.sustained(context.last_day),
        verdicts=uow.verdicts.latest(),
        moves=moves,
    )
    return {item.item_id: _of_item(context, item, kept) for item in items}


def _of_item(
    context: Context, item: ActionItem, kept: KeptBesideItems
) -> ItemAssurance:
    if item.kind is not ItemKind.IMPROVEMENT:
        return ItemAssurance()
    changed = changed_criterion(context.rulebook, item)
    verdict = kept.verdicts.get(item.item_id)
    before_and_after = ItemAssurance(
        foresight=_foresight(kept.outlooks.get(item.item_id), item),
        aftercare=_aftercare(item, kept, verdict, context),
        criterion=item.criterion,
        criterion_change=criterion_change_words(item.criterion, changed)
        if changed
        else None,
    )
    if verdict is None:
        return before_and_after
    return _with_guardrails(before_and_after, verdict.detail, context.rulebook)


def _with_guardrails(
    assurance: ItemAssurance, detail: VerdictDetail, rulebook: Rulebook
) -> ItemAssurance:
    """Add what the fix did to others, and such fixes elsewhere."""
    effects, alike = detail.side_effects, detail.consistency
    metric = detail.verdict.criterion.metric
    if alike is not None:
        words = consistency_words(alike, metric)
        assurance = dataclasses.replace(assurance, consistency=words)
    if effects is None:
        return assurance
    return dataclasses.replace(
        assurance,
        side_effects=tuple(
            _neighbour(each, metric, rulebook) for each in effects.harmed
        ),
        n_neighbours=effects.n_watched,
        neighbours=side_effect_words(effects, metric, rulebook),
    )


def _foresight(outlook: ItemOutlook | None, item: ActionItem) -> Foresight | None:
    if outlook is None or outlook.feedbacks_per_day is None:
        return None
    return Foresight(
        feedbacks_per_day=outlook.feedbacks_per_day,
        days_until_medium=outlook.days_until_medium,
        horizon_days=item.criterion.horizon_days,
        medium_effect=METRICS[item.criterion.metric].medium_effect,
        detectable_effect=outlook.detectable_effect,
        advice=outlook_words(outlook, item.criterion),
    )


def _neighbour(
    harmed: HarmedNeighbour, metric: Metric, rulebook: Rulebook
) -> Neighbour:
    return Neighbour(
        name=neighbour_name(harmed, rulebook),
        effect=harmed.effect,
        metric=metric,
        since=harmed.since,
        issue_id=harmed.issue_id,
    )


def _aftercare(
    item: ActionItem,
    kept: KeptBesideItems,
    verdict: StoredVerdict | None,
    context: Context,
) -> Aftercare | None:
    """Return what became of a verified fix; none where none was verified."""
    verified = [move for move in kept.moves[item.item_id] if move.after is _S.VERIFIED]
    if not verified or verdict is None:
        return None
    look = kept.looks.get(item.item_id)
    if look and look.final and look.resolved_on == verdict.resolved_on:
        words = lasting_words(look, item.criterion.metric)
        return Aftercare(state=look.outcome, on=look.looked_on, words=words)
    reopened = _reopened_after(kept.moves[item.item_id], verified[-1], context)
    if reopened:
        return Aftercare(state=Sustained.RELAPSED, on=reopened)
    due = next_look(verdict.resolved_on, [look] if look else [])
    return Aftercare(state=Sustained.WATCHED, on=due)


def _reopened_after(
    moves: Sequence[Move], verified: Move, context: Context
) -> dt.date | None:
    """Return the day a verified item was reopened, if it was."""
    days = (
        move.moved_at.astimezone(context.zone).date()
        for move in moves
        if move.before is _S.VERIFIED
        and move.after is _S.REOPENED
        and move.moved_at >= verified.moved_at
    )
    return next(days, None)
