"""Judge every follow-up that has no last word yet, with what stands beside it."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from huixiang.domain.items.action import ActionItem, ActionStatus
from huixiang.domain.proof.verdict import (
    Consistency,
    Effect,
    InconclusiveReason,
    SideEffects,
    StoredVerdict,
    Verdict,
    VerdictDetail,
)
from huixiang.steps.context import short_id
from huixiang.steps.verify.follow_ups import FollowUp
from huixiang.steps.verify.guardrails import neighbours_harmed
from huixiang.steps.verify.setting import VerificationSetting
from huixiang.verification.checks.guardrails import consistency
from huixiang.verification.engine.design import METRICS, Design
from huixiang.verification.engine.judging import Judgement, judge

METHOD = "forecast-1"


@dataclass(frozen=True, kw_only=True, slots=True)
class JudgedFollowUp:
    """One look at one follow-up."""

    follow_up: FollowUp
    stored: StoredVerdict

    @property
    def is_unproven(self) -> bool:
        """Say whether the last word is that it cannot be told."""
        return self.stored.final and not self.stored.kind.is_terminal


def judge_all(setting: VerificationSetting) -> list[JudgedFollowUp]:
    """Return the judgement of every resolved item that has no last word yet."""
    judgements = list(_judgements(setting))
    effects = _known_effects(setting) | {
        follow_up.item.item_id: judgement.verdict.effect
        for follow_up, judgement in judgements
        if judgement.verdict.effect is not None
        and _is_last_word(setting, follow_up, judgement)
    }
    return [
        JudgedFollowUp(
            follow_up=follow_up, stored=_stored(setting, follow_up, judgement, effects)
        )
        for follow_up, judgement in judgements
    ]


def _judgements(
    setting: VerificationSetting,
) -> Iterator[tuple[FollowUp, Judgement]]:
    for design, waiting in _by_design(setting).items():
        judgements = judge(
            setting.panel(design.metric),
            setting.windows,
            as_of=setting.context.last_day,
            design=setting.checked(design).design,
            circumstances=setting.facts,
            only=waiting,
        )
        yield from ((waiting[each.action_id], each) for each in judgements)


def _by_design(
    setting: VerificationSetting,
) -> Mapping[Design, Mapping[str, FollowUp]]:
    waiting: dict[Design, dict[str, FollowUp]] = defaultdict(dict)
    for each in setting.follow_ups:
        fair = each.item.item_id not in setting.tampered
        resolved = each.item.status is ActionStatus.RESOLVED
        if fair and resolved and not has_last_word(setting, each):
            waiting[each.design][each.key] = each
    return waiting


def has_last_word(setting: VerificationSetting, follow_up: FollowUp) -> bool:
    """Say whether a follow-up has been judged for good."""
    return setting.uow.verdicts.has_final(follow_up.item.item_id, follow_up.resolved_on)


def _stored(
    setting: VerificationSetting,
    follow_up: FollowUp,
    judgement: Judgement,
    effects: Mapping[str, Effect],
) -> StoredVerdict:
    verdict, until = judgement.verdict, setting.context.last_day
    final = _is_last_word(setting, follow_up, judgement)
    check = setting.checked(follow_up.design).check
    return StoredVerdict(
        verdict_id=short_id("vd", follow_up.key, until),
        item_id=follow_up.item.item_id,
        resolved_on=follow_up.resolved_on,
        looked_on=until,
        kind=verdict.kind,
        reason=verdict.reason,
        final=final,
        detail=replace(
            verdict_detail(judgement),
            placebo_check_id=check.check_id,
            side_effects=side_effects_of(setting, follow_up) if final else None,
            consistency=_consistency(setting, follow_up, effects) if final else None,
        ),
        method_version=METHOD,
    )


def verdict_detail(judgement: Judgement) -> VerdictDetail:
    """Return a judgement as it is kept, before anything is known beside it."""
    return VerdictDetail(
        verdict=judgement.verdict,
        looks=judgement.looks,
        p_improved=judgement.p_improved,
    )


def _is_last_word(
    setting: VerificationSetting, follow_up: FollowUp, judgement: Judgement
) -> bool:
    return is_final(judgement.verdict, follow_up.resolved_on, setting.context.last_day)


def is_final(verdict: Verdict, resolved_on: dt.date, until: dt.date) -> bool:
    """Say whether there is nothing more to wait for."""
    over = until >= resolved_on + dt.timedelta(days=verdict.criterion.horizon_days)
    following = verdict.reason is InconclusiveReason.FOLLOWING
    return verdict.kind.is_terminal or (over and not following)


def _consistency(
    setting: VerificationSetting, follow_up: FollowUp, effects: Mapping[str, Effect]
) -> Consistency | None:
    """Return what such fixes did elsewhere; None where this one tells no effect."""
    item = follow_up.item
    alike = {
        other.item.issue_id: effects[other.item.item_id]
        for other in setting.follow_ups
        if other.item.item_id in effects and _is_alike(setting, item, other.item)
    }
    if item.issue_id not in alike:
        return None
    return consistency(alike, METRICS[item.criterion.metric].direction)


def _is_alike(
    setting: VerificationSetting, item: ActionItem, other: ActionItem
) -> bool:
    """Say whether two items are about one theme, measured alike."""
    themes = {setting.issues[each.issue_id].theme for each in (item, other)}
    return len(themes) == 1 and item.criterion.metric is other.criterion.metric


def _known_effects(setting: VerificationSetting) -> dict[str, Effect]:
    """Return the effect of each item's newest verdict, where that is its last word."""
    return {
        item_id: stored.verdict.effect
        for item_id, stored in setting.uow.verdicts.latest().items()
        if stored.final and stored.verdict.effect
    }


def side_effects_of(setting: VerificationSetting, follow_up: FollowUp) -> SideEffects:
    """Return which neighbours got worse since the fix, up to the last whole day."""
    design = setting.checked(follow_up.design).design
    return neighbours_harmed(
        setting.panel(design.metric),
        follow_up.window,
        setting.windows,
        setting.issues,
        as_of=setting.context.last_day,
        design=design,
    )
