"""Tables on how the loop itself works: periods, answers, transfers, coverage, goals."""

from huixiang.reporting.facts.loop import GoalProgress, PeriodFigures, ServiceLevel
from huixiang.reporting.facts.report import Report
from huixiang.reporting.workbook.cells import (
    Sheet,
    SheetCell,
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
from huixiang.wording import terms
from huixiang.wording.report import headings, plans, sheets

PERIOD_COLUMNS = (
    column(headings.PERIOD, 14),
    column(headings.FEEDBACKS),
    column(headings.NEGATIVE_MENTIONS),
    column(headings.OPENED),
    column(headings.ANSWERED),
    column(headings.FIX_DONE),
    column(headings.VERIFIED_IMPROVED),
    column(headings.NOT_IMPROVED),
    column(headings.WORSE),
    column(headings.UNPROVEN),
)


def period_sheet(report: Report) -> Sheet:
    """Return what happened month by month."""
    return Sheet(
        name=sheets.PERIODS,
        columns=PERIOD_COLUMNS,
        rows=[_period_row(each) for each in report.periods],
        empty=sheets.NO_PERIOD,
    )


def _period_row(each: PeriodFigures) -> list[SheetCell]:
    counts = (
        each.n_feedbacks, each.n_negative, each.n_opened, each.n_answered,
        each.n_resolved, each.n_verified, each.n_not_improved, each.n_worse,
        each.n_unproven,
    )  # fmt: skip
    return [plain(each.label), *map(count, counts)]


SERVICE_COLUMNS = (
    column(headings.DEPARTMENT, 24),
    column(headings.ANSWERS_DUE),
    column(headings.ANSWERED_IN_TIME),
    column(headings.SHARE_ANSWERED_IN_TIME),
    column(headings.MEDIAN_HOURS_TO_ANSWER),
    column(headings.FIXES_DUE),
    column(headings.FIXED_IN_TIME),
    column(headings.SHARE_FIXED_IN_TIME),
    column(headings.MEDIAN_HOURS_TO_FIX),
    column(headings.ANSWER_OVERDUE),
)


def service_sheet(report: Report) -> Sheet:
    """Return how soon departments answered and fixed."""
    return Sheet(
        name=sheets.SERVICE_LEVELS,
        columns=SERVICE_COLUMNS,
        rows=[_service_row(each) for each in report.service],
        empty=sheets.NOTHING_DUE,
    )


def _service_row(each: ServiceLevel) -> list[SheetCell]:
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
    column(headings.ITEM, 22),
    column(headings.DAY),
    column(headings.REFUSED_BY, 22),
    column(headings.GIVEN_TO, 22),
    column(headings.REASON_GIVEN, 44),
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
        name=sheets.PING_PONG,
        columns=TRANSFER_COLUMNS,
        rows=rows,
        empty=sheets.NO_PING_PONG,
    )


SCORECARD_COLUMNS = (
    column(headings.DEPARTMENT, 24),
    column(headings.VERIFIED_IMPROVED),
    column(headings.FIXES_REPORTED),
    column(headings.REFUTED),
    column(headings.RELAPSED),
    column(headings.UNPROVEN),
    column(headings.STILL_WATCHED),
    column(headings.ITEMS_THAT_COUNT, 40),
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
        name=sheets.SCORECARDS,
        columns=SCORECARD_COLUMNS,
        rows=rows,
        empty=sheets.NO_FIX_REPORTED,
    )


COVERAGE_COLUMNS = (
    column(headings.JOURNEY_STAGE, 18),
    column(headings.TOUCHPOINT, 20),
    column(headings.FEEDBACKS),
    column(headings.NEGATIVE),
    column(headings.SOURCES),
    column(headings.WHICH_SOURCES, 34),
    column(headings.NEWEST),
    column(headings.BLIND_SPOT),
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
        name=sheets.COVERAGE,
        columns=COVERAGE_COLUMNS,
        rows=rows,
        empty=sheets.NO_JOURNEY,
    )


GOAL_COLUMNS = (
    column(headings.GOAL, 34),
    column(headings.STATE, 14),
    column(headings.METRIC, 18),
    column(headings.BASELINE),
    column(headings.PERIOD_BEFORE),
    column(headings.NOW_28_DAYS),
    column(headings.TARGET),
    column(headings.PROGRESS),
    column(headings.N),
    column(headings.DUE),
    column(headings.THEME, 18),
    column(headings.TOUCHPOINT, 16),
    column(headings.UNIT, 14),
    column(headings.ID, 20),
)


def goal_sheet(report: Report) -> Sheet:
    """Return the goals and how far they are."""
    return Sheet(
        name=sheets.GOALS,
        columns=GOAL_COLUMNS,
        rows=[_goal_row(each) for each in report.goals],
        empty=sheets.NO_GOALS,
    )


def _goal_row(each: GoalProgress) -> list[SheetCell]:
    levels = (each.baseline, each.previous, each.current, each.target)
    return [
        words(each.name),
        words(terms.GOAL_STATES[each.state]),
        words(terms.METRICS[each.metric]),
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
    column(headings.SCOPE, 22),
    column(headings.STAGE, 22),
    column(headings.REACHED),
    column(headings.MILESTONE, 44),
    column(headings.VALUE),
    column(headings.NEEDED),
    column(headings.N),
)


def maturity_sheet(report: Report) -> Sheet:
    """Return each milestone of each stage with what was measured."""
    rows = [
        [
            words(each.department or sheets.EVERYTHING),
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
        name=sheets.MATURITY,
        columns=MATURITY_COLUMNS,
        rows=rows,
        empty=plans.NOTHING_TO_MEASURE_YET,
    )
