"""Action items of a report, small enough to read; tests change what they are about."""

import dataclasses
import datetime as dt

from huixiang.domain.items.action import ActionStatus, ItemKind
from huixiang.domain.items.route import Urgency
from huixiang.domain.proof.verdict import (
    Criterion,
    Effect,
    InconclusiveReason,
    LevelRecovered,
    Metric,
    NoteCode,
    PlainComparison,
    Verdict,
    VerdictKind,
)
from huixiang.reporting.facts.report import (
    ItemResult,
    Precedent,
    QuotedVoice,
    SeriesPoint,
)
from huixiang.wording.language import b
from tests.unit.reporting.builders.parts import an_item_assurance

OPENED = dt.date(2026, 3, 2)
FIXED = dt.date(2026, 3, 20)


def an_effect(value: float, half: float = 0.2) -> Effect:
    return Effect(value=value, low=value - half, high=value + half)


def a_verdict(
    kind: VerdictKind = VerdictKind.IMPROVED,
    *,
    effect: Effect | None = None,
    reason: InconclusiveReason | None = None,
    metric: Metric = Metric.MEAN,
    plain_comparison: VerdictKind | None = VerdictKind.IMPROVED,
    least: float = 0.2,
) -> Verdict:
    if effect is None and kind.is_terminal:
        effect = an_effect(0.5)
    seen = (
        PlainComparison(
            effect=an_effect(0.6), verdict=plain_comparison, n_before=90, n_after=120
        )
        if plain_comparison
        else None
    )
    return Verdict(
        kind=kind,
        reason=reason,
        effect=effect,
        shrunk_effect=effect.value * 0.7 if effect else None,
        level_recovered=LevelRecovered.YES,
        plain_comparison=seen,
        n_before=410,
        n_after=120,
        n_controls=18,
        n_more_needed=None if kind.is_terminal else 180,
        as_of=dt.date(2026, 5, 1),
        criterion=Criterion(
            metric=metric, minimum_effect=least, horizon_days=56, alpha=0.025
        ),
        notes=(NoteCode.COLD_START_MEMORY,),
    )


def a_series() -> tuple[SeriesPoint, ...]:
    return tuple(
        SeriesPoint(
            on=dt.date(2026, 1, 5) + dt.timedelta(days=7 * week),
            n=10 + week,
            mean=None if week == 4 else 3.0 + week / 20,
            control=3.4,
        )
        for week in range(16)
    )


def an_item(item_id: str = "ai_1", **changes: object) -> ItemResult:
    item = ItemResult(
        item_id=item_id,
        issue_id=f"is_of_{item_id}",
        kind=ItemKind.IMPROVEMENT,
        theme=b("无糖饮料断供", "Sugar-free drinks gone"),
        touchpoint=b("休息室", "Lounge"),
        unit=b("一号航站楼", "Terminal 1"),
        department=b("商业部", "Retail"),
        severity=Urgency.HIGH,
        status=ActionStatus.VERIFIED,
        opened_on=OPENED,
        accepted_on=dt.date(2026, 3, 3),
        resolved_on=FIXED,
        due_on=dt.date(2026, 3, 9),
        alert=b("近 14 天 23 条，预期 9 条", "23 in 14 days, 9 expected"),
        root_cause="供应商换货后没有恢复",
        playbook=b("恢复原品类", "Bring the old choice back"),
        verdict=a_verdict(),
        explanation=b("确有改善", "It did improve"),
        plain_explanation=b("前后对比高估", "The plain figure overstates"),
        mean_before=3.1,
        mean_after=3.7,
        series=a_series(),
        evidence=(
            QuotedVoice(
                feedback_id=f"fb_of_{item_id}",
                quote="换成柠檬味之后再也没有换回来，回电［手机号］",
                said_on=dt.date(2026, 3, 1),
                channel=b("问卷", "Survey"),
            ),
        ),
        n_feedbacks=23,
        precedents=(
            Precedent(
                item_id="ai_old",
                playbook=b("加开通道", "Open more lanes"),
                verified_on=dt.date(2025, 11, 20),
                effect=an_effect(0.4),
            ),
        ),
        department_id="retail",
        assurance=an_item_assurance(),
    )
    return dataclasses.replace(item, **changes)  # type: ignore[arg-type]  # test data


def in_work(item_id: str, **changes: object) -> ItemResult:
    given: dict[str, object] = {
        "verdict": None,
        "resolved_on": None,
        "status": ActionStatus.IN_PROGRESS,
    }
    return an_item(item_id, **(given | changes))
