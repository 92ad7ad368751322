"""One airport's report, small enough to read; tests change what they are about."""

import dataclasses
import datetime as dt

from huixiang.domain.items.action import ActionStatus, ItemKind
from huixiang.domain.proof.ledger import Equation, Ledger
from huixiang.domain.proof.verdict import (
    InconclusiveReason,
    VerdictKind,
)
from huixiang.reporting.facts.assurance import ReportAssurance
from huixiang.reporting.facts.report import (
    CodingFigures,
    DepartmentResult,
    FunnelStep,
    Part,
    QuarantineReason,
    Report,
    ReportPeriod,
    SourceState,
    TopIssue,
)
from huixiang.reporting.facts.voices import Voices
from huixiang.wording.language import b
from tests.unit.reporting.builders.items import (
    a_verdict,
    an_effect,
    an_item,
    in_work,
)
from tests.unit.reporting.builders.parts import loop_parts


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
        title=b("整改前后报告", "Before and after"),
        workspace=b("示例机场", "Sample airport"),
        generated_for=b("管理层", "Management"),
        as_of=dt.datetime(2026, 5, 17, 17, 30, tzinfo=dt.UTC),
        period=ReportPeriod(first=dt.date(2025, 11, 20), last=dt.date(2026, 5, 18)),
        ledger=Ledger(equations=(an_equation("pulled", "survey", 3120),)),
        funnel=(
            FunnelStep(
                name=b("入库", "Stored"),
                n=3108,
                counted=b("条反馈", "feedbacks"),
                rest=(Part(name=b("隔离", "quarantined"), n=12),),
            ),
            FunnelStep(name=b("行动项", "Items"), n=7, counted=b("个行动项", "items")),
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
                theme=b("无糖饮料断供", "Sugar-free drinks gone"),
                department=b("商业部", "Retail"),
                n_negative=240,
                share=0.126,
                n_previous=200,
                item_ids=("ai_good", "ai_elsewhere"),
                trend=(3, 9, 14, 0, 8, 12),
            ),
        ),
        departments=(
            DepartmentResult(
                department=b("商业部", "Retail"),
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
                channel=b("问卷", "Survey"),
                n=3120,
                n_previous=3000,
                last_delivery_on=dt.date(2026, 5, 17),
            ),
            SourceState(
                name="hotline",
                channel=b("热线", "Hotline"),
                n=12,
                last_delivery_on=dt.date(2026, 4, 2),
                silent_since=dt.date(2026, 4, 2),
            ),
        ),
        quarantine=(
            QuarantineReason(
                rule="text_present",
                message=b("正文为空", "The text is empty"),
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


def an_empty_report() -> Report:
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
