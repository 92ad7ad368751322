"""Judge every follow-up that has no last word yet, with what stands beside it."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from huixiang.domain.action import ActionItem, ActionStatus
from huixiang.domain.verdict import Effect, InconclusiveReason, Verdict
from huixiang.steps.context import short_id
from huixiang.steps.documents import plain
from huixiang.steps.verify.follow_ups import FollowUp
from huixiang.steps.verify.guardrails import consistency_facts, side_effect_facts
from huixiang.steps.verify.setting import Scene
from huixiang.verification.engine.design import METRICS, Design
from huixiang.verification.engine.judging import Judgement, judge
from huixiang.wording.verdicts import explain_difference, explain_verdict

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


def judge_all(scene: Scene) -> list[Judged]:
    """Return the judgement of every resolved item that has no last word yet."""
    found = list(_judgements(scene))
    effects = _known_effects(scene) | {
        follow_up.item.item_id: judgement.verdict.effect
        for follow_up, judgement in found
        if judgement.verdict.effect is not None
        and _is_last_word(scene, follow_up, judgement)
    }
    return [_judged(scene, each, judgement, effects) for each, judgement in found]


def _judgements(scene: Scene) -> Iterator[tuple[FollowUp, Judgement]]:
    for design, waiting in _by_design(scene).items():
        judgements = judge(
            scene.panel(design.metric),
            scene.windows,
            as_of=scene.context.last_day,
            design=scene.audited(design).design,
            circumstances=scene.facts,
            only=waiting,
        )
        yield from ((waiting[each.action_id], each) for each in judgements)


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
    scene: Scene,
    follow_up: FollowUp,
    judgement: Judgement,
    effects: Mapping[str, Effect],
) -> Judged:
    verdict, until = judgement.verdict, scene.context.last_day
    final = _is_last_word(scene, follow_up, judgement)
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
            **(_guardrails(scene, follow_up, effects) if final else {}),
        },
        "method_version": METHOD,
    }
    return Judged(follow_up=follow_up, judgement=judgement, row=row, final=final)


def _is_last_word(scene: Scene, follow_up: FollowUp, judgement: Judgement) -> bool:
    return is_final(judgement.verdict, follow_up.resolved_on, scene.context.last_day)


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
        "p_improved": judgement.p_improved,
    }


def _guardrails(
    scene: Scene, follow_up: FollowUp, effects: Mapping[str, Effect]
) -> dict[str, Any]:
    """Return what the fix did to others, and what such fixes did elsewhere."""
    item = follow_up.item
    metric = item.criterion.metric
    alike = {
        other.item.issue_id: effects[other.item.item_id]
        for other in scene.follow_ups
        if other.item.item_id in effects and _is_alike(scene, item, other.item)
    }
    return {
        "side_effects": side_effects_of(scene, follow_up),
        "consistency": consistency_facts(alike, metric, METRICS[metric].direction)
        if item.issue_id in alike
        else None,
    }


def _is_alike(scene: Scene, item: ActionItem, other: ActionItem) -> bool:
    """Say whether two items are about one theme, measured alike."""
    themes = {scene.issues[each.issue_id].theme for each in (item, other)}
    return len(themes) == 1 and item.criterion.metric is other.criterion.metric


def _known_effects(scene: Scene) -> dict[str, Effect]:
    """Return the effect of each item's newest verdict, where that is its last word."""
    return {
        item_id: Effect(**effect)
        for item_id, row in scene.uow.verdicts.latest().items()
        if row["final"] and (effect := row["detail"]["verdict"]["effect"])
    }


def side_effects_of(scene: Scene, follow_up: FollowUp) -> dict[str, Any]:
    """Return which neighbours got worse since the fix, up to the last whole day."""
    design = scene.audited(follow_up.design).design
    return side_effect_facts(
        scene.panel(design.metric),
        follow_up.window,
        scene.windows,
        scene.issues,
        scene.context.rulebook,
        as_of=scene.context.last_day,
        design=design,
    )
