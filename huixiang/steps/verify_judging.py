"""Judge every follow-up that has no last word yet, with what stands beside it."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from huixiang.domain.action import ActionStatus
from huixiang.domain.verdict import Effect, InconclusiveReason, Verdict
from huixiang.steps.context import short_id
from huixiang.steps.plain import plain
from huixiang.steps.verify_follow_ups import FollowUp
from huixiang.steps.verify_guardrails import consistency_facts, side_effect_facts
from huixiang.steps.verify_scene import Scene
from huixiang.verification.design import METRICS, Design
from huixiang.verification.judging import Judgement, judge
from huixiang.verification.sentences import explain_difference, explain_verdict

METHOD = "forecast-1"


@dataclass(frozen=True, kw_only=True, slots=True)
class Judged:
    """One look at one follow-up; *final*: it has its last word now."""

    follow_up: FollowUp
    judgement: Judgement
    row: Mapping[str, Any]
    final: bool

    @property
    def is_unproven(self) -> bool:
        """Say whether the last word is that it cannot be told."""
        return self.final and not self.judgement.verdict.kind.is_terminal


def judge_all(scene: Scene) -> Iterator[Judged]:
    """Yield the judgement of every resolved item that has no last word yet."""
    for design, waiting in _by_design(scene).items():
        context, audited = scene.context, scene.audited(design)
        judgements = judge(
            scene.panel(design.metric),
            scene.windows,
            as_of=context.last_day,
            design=audited.design,
            circumstances=scene.facts,
            only=waiting,
        )
        for each in judgements:
            follow_up = waiting[each.action_id]
            yield _judged(scene, follow_up, each, audited.design)


def _by_design(scene: Scene) -> Mapping[Design, Mapping[str, FollowUp]]:
    found: dict[Design, dict[str, FollowUp]] = defaultdict(dict)
    for each in scene.follow_ups:
        fair = each.item.item_id not in scene.tampered
        resolved = each.item.status is ActionStatus.RESOLVED
        if fair and resolved and not has_last_word(scene, each):
            found[each.design][each.key] = each
    return found


def has_last_word(scene: Scene, follow_up: FollowUp) -> bool:
    """Say whether a follow-up has been judged for good."""
    return scene.uow.verdicts.has_final(follow_up.item.item_id, follow_up.resolved_on)


def _judged(
    scene: Scene, follow_up: FollowUp, judgement: Judgement, design: Design
) -> Judged:
    verdict, until = judgement.verdict, scene.context.last_day
    final = is_final(verdict, follow_up.resolved_on, until)
    row = {
        "verdict_id": short_id("vd", follow_up.key, until),
        "item_id": follow_up.item.item_id,
        "resolved_on": follow_up.resolved_on,
        "looked_on": until,
        "kind": verdict.kind,
        "reason": verdict.reason,
        "final": final,
        "detail": {
            **verdict_detail(judgement),
            "audit_id": scene.audited(follow_up.design).row["audit_id"],
            **(_guardrails(scene, follow_up, verdict, design) if final else {}),
        },
        "method_version": METHOD,
    }
    return Judged(follow_up=follow_up, judgement=judgement, row=row, final=final)


def is_final(verdict: Verdict, resolved_on: dt.date, until: dt.date) -> bool:
    """Say whether there is nothing more to wait for."""
    over = until >= resolved_on + dt.timedelta(days=verdict.criterion.horizon_days)
    following = verdict.reason is InconclusiveReason.FOLLOWING
    return verdict.kind.is_terminal or (over and not following)


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


def _guardrails(
    scene: Scene, follow_up: FollowUp, verdict: Verdict, design: Design
) -> dict[str, Any]:
    """Return what the fix did to others, and what it did elsewhere."""
    criterion = verdict.criterion
    effects = effects_elsewhere(scene, follow_up)
    if verdict.effect is not None:
        effects[follow_up.item.issue_id] = verdict.effect
    direction = METRICS[criterion.metric].direction
    return {
        "side_effects": side_effects_of(scene, follow_up, design),
        "consistency": consistency_facts(effects, criterion.metric, direction)
        if verdict.effect is not None
        else None,
    }


def side_effects_of(
    scene: Scene, follow_up: FollowUp, design: Design
) -> dict[str, Any]:
    """Return which neighbours got worse since the fix, up to the last whole day."""
    return side_effect_facts(
        scene.panel(design.metric),
        follow_up.window,
        scene.windows,
        scene.issues,
        scene.context.rulebook,
        as_of=scene.context.last_day,
        design=design,
    )


def effects_elsewhere(scene: Scene, follow_up: FollowUp) -> dict[str, Effect]:
    """Return the newest judged effect of the same theme in other places, by issue."""
    item = follow_up.item
    theme = scene.issues[item.issue_id]["theme"]
    newest = scene.uow.verdicts.latest()
    return {
        other.item.issue_id: Effect(**effect)
        for other in scene.follow_ups
        if other.item.issue_id != item.issue_id
        and scene.issues[other.item.issue_id]["theme"] == theme
        and other.item.criterion.metric is item.criterion.metric
        and (effect := _final_effect(newest.get(other.item.item_id)))
    }


def _final_effect(row: Mapping[str, Any] | None) -> Mapping[str, float] | None:
    if row is None or not row["final"]:
        return None
    effect: Mapping[str, float] | None = row["detail"]["verdict"]["effect"]
    return effect
