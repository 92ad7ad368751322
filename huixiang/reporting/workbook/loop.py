"""Tables on how the loop itself works: periods, answers, transfers, coverage, goals."""

from huixiang.domain.text import Bilingual
from huixiang.reporting.facts.loop import GoalProgress, PeriodFigures, ServiceLevel
from huixiang.reporting.facts.report import Report
from huixiang.reporting.workbook.cells import (
    Cell,
    Sheet,
    column,
    count,
    day,
    decimal,
    ids,
    level,
    plain,
    share,
    words,
    yes,
)
from huixiang.wording import labels

PERIOD_COLUMNS = (
    column("时段", "Period", 14),
    column("反馈", "Feedbacks"),
    column("负面提及", "Negative mentions"),
    column("开单", "Opened"),
    column("首次答复", "Answered"),
    column("整改完成", "Fixed"),
    column("经验收改善", "Verified improved"),
    column("未改善", "Not improved"),
    column("变差", "Worse"),
    column("无法证实", "Unproven"),
)


def period_sheet(report: Report) -> Sheet:
    """Return what happened month by month."""
    return Sheet(
        name=Bilingual(zh="各期", en="Periods"),
        columns=PERIOD_COLUMNS,
        rows=[_period_row(each) for each in report.periods],
        empty=Bilingual(
            zh="还没有满一期的数据；收到第一批反馈后，这里逐月列出。",
            en="No period yet; once feedback has come in, each month gets a row.",
        ),
    )


def _period_row(each: PeriodFigures) -> list[Cell]:
    counts = (
        each.n_feedbacks, each.n_negative, each.n_opened, each.n_answered,
        each.n_resolved, each.n_verified, each.n_not_improved, each.n_worse,
        each.n_unproven,
    )  # fmt: skip
    return [plain(each.label), *map(count, counts)]


SERVICE_COLUMNS = (
    column("部门", "Department", 24),
    column("应答复", "Answers due"),
    column("按时答复", "Answered in time"),
    column("按时答复率", "Share answered in time"),
    column("答复中位时长（小时）", "Median hours to answer"),
    column("应整改", "Fixes due"),
    column("按时整改", "Fixed in time"),
    column("按时整改率", "Share fixed in time"),
    column("整改中位时长（小时）", "Median hours to fix"),
    column("逾期未答", "Answer overdue"),
)


def service_sheet(report: Report) -> Sheet:
    """Return how soon departments answered and fixed."""
    return Sheet(
        name=Bilingual(zh="时限", en="Service levels"),
        columns=SERVICE_COLUMNS,
        rows=[_service_row(each) for each in report.service],
        empty=Bilingual(
            zh="本期没有到期的行动项，谈不上按时与否。",
            en="No item fell due in this period, so there is nothing to be in time for.",
        ),
    )


def _service_row(each: ServiceLevel) -> list[Cell]:
    return [
        words(each.department),
        count(each.answer_due),
        count(each.answer_met),
        share(_ratio(each.answer_met, each.answer_due)),
        decimal(each.median_answer_hours),
        count(each.resolve_due),
        count(each.resolve_met),
        share(_ratio(each.resolve_met, each.resolve_due)),
        decimal(each.median_resolve_hours),
        count(each.n_overdue),
    ]


def _ratio(part: int, whole: int) -> float | None:
    return part / whole if whole else None


TRANSFER_COLUMNS = (
    column("行动项", "Item", 22),
    column("日期", "Day"),
    column("退回部门", "Refused by", 22),
    column("转给", "Given to", 22),
    column("理由", "Reason", 44),
)


def transfer_sheet(report: Report) -> Sheet:
    """Return every "not mine"."""
    rows = [
        [
            ids(each.item_id),
            day(each.on),
            words(each.refused_by),
            words(each.given_to),
            plain(each.reason),
        ]
        for each in report.transfers
    ]
    return Sheet(
        name=Bilingual(zh="来回转派", en="Ping-pong"),
        columns=TRANSFER_COLUMNS,
        rows=rows,
        empty=Bilingual(
            zh="没有部门说过“不归我管”：派单规则把每一项都派对了地方。",
            en="No department said “not mine”: the rules sent each item to the right one.",
        ),
    )


SCORECARD_COLUMNS = (
    column("部门", "Department", 24),
    column("经验收改善", "Verified improved"),
    column("自报整改", "Fixes reported"),
    column("被否定", "Refuted"),
    column("复发", "Relapsed"),
    column("无法证实", "Unproven"),
    column("观察中", "Still watched"),
    column("计分的行动项", "Items that count", 40),
)


def scorecard_sheet(report: Report) -> Sheet:
    """Return what departments achieved; only what was verified counts."""
    rows = [
        [
            words(each.department),
            count(each.n_verified),
            count(each.n_claimed),
            count(each.n_refuted),
            count(each.n_relapsed),
            count(each.n_unproven),
            count(each.n_followed),
            ids(*each.item_ids),
        ]
        for each in report.scorecards
    ]
    return Sheet(
        name=Bilingual(zh="成绩单", en="Scorecards"),
        columns=SCORECARD_COLUMNS,
        rows=rows,
        empty=Bilingual(
            zh="还没有部门报告整改完成；成绩只记经验收改善的整改。",
            en="No department has reported a fix; only verified improvements will count.",
        ),
    )


COVERAGE_COLUMNS = (
    column("旅程阶段", "Stage", 18),
    column("触点", "Touchpoint", 20),
    column("反馈", "Feedbacks"),
    column("负面", "Negative"),
    column("来源数", "Sources"),
    column("来源", "Which sources", 34),
    column("最近一条", "Newest"),
    column("盲区", "Blind spot"),
)


def coverage_sheet(report: Report) -> Sheet:
    """Return how much is heard at each contact moment."""
    cells = report.coverage.cells if report.coverage else ()
    rows = [
        [
            words(each.stage),
            words(each.touchpoint),
            count(each.n_feedbacks),
            count(each.n_negative),
            count(len(each.sources)),
            plain(", ".join(each.sources)),
            day(each.last_on),
            yes(each.is_blind),
        ]
        for each in cells
    ]
    return Sheet(
        name=Bilingual(zh="覆盖", en="Coverage"),
        columns=COVERAGE_COLUMNS,
        rows=rows,
        empty=NO_JOURNEY,
    )


NO_JOURNEY = Bilingual(
    zh="还没有旅程地图：在 rules/journey.yaml 写下阶段与触点，这里就能看出哪里听不到声音。",
    en="No journey map yet: write stages and touchpoints into rules/journey.yaml, and "
    "this shows where nobody is heard.",
)

GOAL_COLUMNS = (
    column("目标", "Goal", 34),
    column("状态", "State", 14),
    column("指标", "Metric", 18),
    column("基线", "Baseline"),
    column("上一期", "Period before"),
    column("当前（近 28 天）", "Now (28 days)"),
    column("目标值", "Target"),
    column("进度", "Progress"),
    column("条数", "n"),
    column("期限", "Due"),
    column("主题", "Theme", 18),
    column("触点", "Touchpoint", 16),
    column("单元", "Unit", 14),
    column("编号", "Id", 20),
)


def goal_sheet(report: Report) -> Sheet:
    """Return the goals and how far they are."""
    return Sheet(
        name=Bilingual(zh="目标", en="Goals"),
        columns=GOAL_COLUMNS,
        rows=[_goal_row(each) for each in report.goals],
        empty=NO_GOALS,
    )


NO_GOALS = Bilingual(
    zh="还没有目标：在 rules/goals.yaml 写下指标、范围、目标值和日期，进度就会出现在这里。",
    en="No goals yet: write metric, scope, target and date into rules/goals.yaml, and "
    "progress appears here.",
)


def _goal_row(each: GoalProgress) -> list[Cell]:
    levels = (each.baseline, each.previous, each.current, each.target)
    return [
        words(each.name),
        words(labels.GOAL_STATES[each.state]),
        words(labels.METRICS[each.metric]),
        *(level(value, each.metric) for value in levels),
        share(each.progress),
        count(each.n),
        day(each.due_on),
        words(each.theme),
        words(each.touchpoint),
        words(each.unit),
        ids(each.goal_id),
    ]


MATURITY_COLUMNS = (
    column("范围", "Scope", 22),
    column("阶段", "Stage", 22),
    column("达到", "Reached"),
    column("里程碑", "Milestone", 44),
    column("现值", "Value"),
    column("要求", "Needed"),
    column("条数", "n"),
)


def maturity_sheet(report: Report) -> Sheet:
    """Return each milestone of each stage with what was measured."""
    rows = [
        [
            words(each.department or EVERYTHING),
            words(stage.name),
            yes(stage.is_reached),
            words(milestone.name),
            share(milestone.value),
            share(milestone.needed),
            count(milestone.n),
        ]
        for each in report.maturity
        for stage in each.stages
        for milestone in stage.milestones
    ]
    return Sheet(
        name=Bilingual(zh="成熟度", en="Maturity"),
        columns=MATURITY_COLUMNS,
        rows=rows,
        empty=Bilingual(
            zh="还没有可以衡量的事实：跑完第一轮闭环后，这里给出成熟度。",
            en="Nothing to measure yet: maturity appears after the first whole loop.",
        ),
    )


EVERYTHING = Bilingual(zh="全部", en="Everything")
