"""One airport's report, small enough to read; tests change what they are about."""

import dataclasses
import datetime as dt
from collections.abc import Callable

import pytest

from huixiang.domain.action import ActionStatus, ItemKind
from huixiang.domain.ledger import Equation, Ledger
from huixiang.domain.route import Urgency
from huixiang.domain.text import Bilingual
from huixiang.domain.verdict import (
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
from huixiang.reporting.facts.assurance import ReportAssurance
from huixiang.reporting.facts.report import (
    CodingFigures,
    DepartmentResult,
    FunnelStep,
    ItemResult,
    Part,
    Precedent,
    QuarantineReason,
    QuotedVoice,
    Report,
    ReportPeriod,
    SeriesPoint,
    SourceState,
    TopIssue,
)
from huixiang.reporting.facts.voices import Voices
from tests.unit.reporting.report_parts import an_item_assurance, loop_parts

OPENED = dt.date(2026, 3, 2)
FIXED = dt.date(2026, 3, 20)


def words(zh: str, en: str) -> Bilingual:
    return Bilingual(zh=zh, en=en)


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
        theme=words("无糖饮料断供", "Sugar-free drinks gone"),
        touchpoint=words("休息室", "Lounge"),
        unit=words("一号航站楼", "Terminal 1"),
        department=words("商业部", "Retail"),
        severity=Urgency.HIGH,
        status=ActionStatus.VERIFIED,
        opened_on=OPENED,
        accepted_on=dt.date(2026, 3, 3),
        resolved_on=FIXED,
        due_on=dt.date(2026, 3, 9),
        alert=words("近 14 天 23 条，预期 9 条", "23 in 14 days, 9 expected"),
        root_cause="供应商换货后没有恢复",
        playbook=words("恢复原品类", "Bring the old choice back"),
        verdict=a_verdict(),
        explanation=words("确有改善", "It did improve"),
        plain_explanation=words("前后对比高估", "The plain figure overstates"),
        mean_before=3.1,
        mean_after=3.7,
        series=a_series(),
        evidence=(
            QuotedVoice(
                feedback_id=f"fb_of_{item_id}",
                quote="换成柠檬味之后再也没有换回来，回电［手机号］",
                said_on=dt.date(2026, 3, 1),
                channel=words("问卷", "Survey"),
            ),
        ),
        n_feedbacks=23,
        precedents=(
            Precedent(
                item_id="ai_old",
                playbook=words("加开通道", "Open more lanes"),
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


def an_equation(name: str, scope: str, n: int, waiting: int = 0) -> Equation:
    return Equation(
        name=name,
        scope=scope,
        left=((name, n),),
        right=(("stored", n - 12), ("quarantined", 12), ("waiting", waiting)),
    )


def a_report(**changes: object) -> Report:
    nothing, watched = InconclusiveReason.FEED_DIED, InconclusiveReason.FOLLOWING
    report = Report(
        title=words("整改前后报告", "Before and after"),
        workspace=words("示例机场", "Sample airport"),
        generated_for=words("管理层", "Management"),
        as_of=dt.datetime(2026, 5, 17, 17, 30, tzinfo=dt.UTC),
        period=ReportPeriod(first=dt.date(2025, 11, 20), last=dt.date(2026, 5, 18)),
        ledger=Ledger(equations=(an_equation("pulled", "survey", 3120),)),
        funnel=(
            FunnelStep(
                name=words("入库", "Stored"),
                n=3108,
                counted=words("条反馈", "feedbacks"),
                rest=(Part(name=words("隔离", "quarantined"), n=12),),
            ),
            FunnelStep(
                name=words("行动项", "Items"), n=7, counted=words("个行动项", "items")
            ),
        ),
        items=(
            an_item("ai_good"),
            an_item(
                "ai_dip",
                status=ActionStatus.REOPENED,
                verdict=a_verdict(
                    VerdictKind.NOT_IMPROVED, effect=an_effect(-0.02, 0.1)
                ),
            ),
            an_item(
                "ai_bad",
                status=ActionStatus.REOPENED,
                verdict=a_verdict(
                    VerdictKind.WORSE,
                    effect=an_effect(-0.5),
                    plain_comparison=VerdictKind.NOT_IMPROVED,
                ),
            ),
            an_item(
                "ai_silent", verdict=a_verdict(VerdictKind.INCONCLUSIVE, reason=nothing)
            ),
            an_item(
                "ai_watched",
                status=ActionStatus.RESOLVED,
                verdict=a_verdict(
                    VerdictKind.INCONCLUSIVE, reason=watched, effect=an_effect(0.1, 0.4)
                ),
            ),
            in_work("ai_open"),
            in_work("ai_single", kind=ItemKind.RECOVERY, status=ActionStatus.OPEN),
        ),
        issues=(
            TopIssue(
                issue_id="is_of_ai_good",
                theme=words("无糖饮料断供", "Sugar-free drinks gone"),
                department=words("商业部", "Retail"),
                n_negative=240,
                share=0.126,
                n_previous=200,
                item_ids=("ai_good", "ai_elsewhere"),
                trend=(3, 9, 14, 0, 8, 12),
            ),
        ),
        departments=(
            DepartmentResult(
                department=words("商业部", "Retail"),
                department_id="retail",
                n_opened=7,
                n_accepted=6,
                n_resolved=5,
                n_verified=1,
                n_working=2,
                n_overdue=1,
                sla_met=3,
                sla_due=4,
                n_not_mine=1,
                n_ping_pong=1,
            ),
        ),
        sources=(
            SourceState(
                name="survey",
                channel=words("问卷", "Survey"),
                n=3120,
                n_previous=3000,
                last_delivery_on=dt.date(2026, 5, 17),
            ),
            SourceState(
                name="hotline",
                channel=words("热线", "Hotline"),
                n=12,
                last_delivery_on=dt.date(2026, 4, 2),
                silent_since=dt.date(2026, 4, 2),
            ),
        ),
        quarantine=(
            QuarantineReason(
                rule="text_present",
                message=words("正文为空", "The text is empty"),
                source="survey",
                n=12,
                n_waiting=12,
            ),
        ),
        coding=CodingFigures(
            n_by_rule=2000,
            n_by_model=1000,
            n_by_person=3,
            codeframe_version="2026-01",
            model_version="lm-1",
            figures=(("macro_f1", 0.83),),
        ),
        n_feedbacks=3108,
        **loop_parts(),  # type: ignore[arg-type]  # test data
    )
    return dataclasses.replace(report, **changes)  # type: ignore[arg-type]  # test data


@pytest.fixture
def report() -> Report:
    return a_report()


@pytest.fixture
def empty_report() -> Report:
    nothing = (
        "funnel", "items", "issues", "departments", "sources", "quarantine",
        "periods", "service", "transfers", "scorecards", "goals", "maturity",
    )  # fmt: skip
    return a_report(
        ledger=Ledger(equations=()),
        coding=CodingFigures(),
        n_feedbacks=0,
        coverage=None,
        voices=Voices(),
        assurance=ReportAssurance(),
        **dict.fromkeys(nothing, ()),
    )


@pytest.fixture(scope="session")
def make_report() -> Callable[..., Report]:
    return a_report


@pytest.fixture(scope="session")
def make_item() -> Callable[..., ItemResult]:
    return an_item


@pytest.fixture(scope="session")
def make_verdict() -> Callable[..., Verdict]:
    return a_verdict


@pytest.fixture(scope="session")
def make_effect() -> Callable[..., Effect]:
    return an_effect
