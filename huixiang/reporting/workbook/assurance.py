"""Tables on what verdicts rest on: power, neighbours, placebo check, second ratings, models."""

from huixiang.domain.coding.training import VersionPoint
from huixiang.reporting.facts.assurance import FollowUpResult
from huixiang.reporting.facts.report import ItemResult, Report
from huixiang.reporting.workbook.cells import (
    Sheet,
    SheetCell,
    column,
    count,
    day,
    decimal,
    difference,
    ids,
    plain,
    share,
    stars,
    words,
    yes,
)
from huixiang.wording import terms
from huixiang.wording.report import headings, sheets

FORESIGHT_COLUMNS = (
    column(headings.ITEM, 22),
    column(headings.THEME, 24),
    column(headings.DEPARTMENT, 20),
    column(headings.FEEDBACKS_A_DAY),
    column(headings.DAYS_UNTIL_MEDIUM_EFFECT_SHOWS, 14),
    column(headings.FOLLOW_UP_DAYS),
    column(headings.ADVICE, 50),
    column(headings.LASTING, 14),
    column(headings.LOOKED_AT),
    column(headings.CONSISTENCY_OVER_UNITS, 40),
    column(headings.CRITERION_CHANGED, 40),
)


def foresight_sheet(report: Report) -> Sheet:
    """Return what could be seen of each fix, and whether it lasted."""
    known = [each for each in report.items if each.assurance.foresight]
    return Sheet(
        name=sheets.POWER,
        columns=FORESIGHT_COLUMNS,
        rows=[_foresight_row(each) for each in known],
        empty=sheets.NOTHING_PLANNED,
    )


def _foresight_row(each: ItemResult) -> list[SheetCell]:
    said, after = each.assurance.foresight, each.assurance.aftercare
    return [
        ids(each.item_id),
        words(each.theme),
        words(each.department),
        decimal(said.feedbacks_per_day if said else None),
        count(said.days_until_medium if said else None),
        count(said.horizon_days if said else None),
        words(said.advice if said else None),
        words(terms.SUSTAINED[after.state] if after else None),
        day(after.on if after else None),
        words(each.assurance.consistency),
        words(each.assurance.criterion_change),
    ]


NEIGHBOUR_COLUMNS = (
    column(headings.ITEM, 22),
    column(headings.FIXED_THEME, 24),
    column(headings.NEIGHBOUR, 34),
    column(headings.EFFECT),
    column(headings.INTERVAL_LOW),
    column(headings.INTERVAL_HIGH),
    column(headings.METRIC, 18),
    column(headings.SINCE),
    column(headings.HARMED),
    column(headings.ISSUE, 20),
)


def neighbour_sheet(report: Report) -> Sheet:
    """Return the side effects of fixes."""
    rows = [
        [
            ids(each.item_id),
            words(each.theme),
            words(other.name),
            difference(other.effect.value, other.metric),
            difference(other.effect.low, other.metric),
            difference(other.effect.high, other.metric),
            words(terms.METRICS[other.metric]),
            day(other.since),
            yes(other.is_harmed),
            ids(other.issue_id),
        ]
        for each in report.items
        for other in each.assurance.side_effects
    ]
    return Sheet(
        name=sheets.SIDE_EFFECTS,
        columns=NEIGHBOUR_COLUMNS,
        rows=rows,
        empty=sheets.NO_SIDE_EFFECTS,
    )


FOLLOW_UP_COLUMNS = (
    column(headings.DEPARTMENT, 24),
    column(headings.CUSTOMERS_ANSWERED),
    column(headings.RATED_AGAIN),
    column(headings.COMPARED_WITH),
    column(headings.PLAIN_CHANGE_STARS),
    column(headings.CORRECTED_STARS),
    column(headings.LOW),
    column(headings.HIGH),
    column(headings.VERDICT, 16),
    column(headings.REASON, 30),
)


def follow_up_sheet(report: Report) -> Sheet:
    """Return what customers who were answered say afterwards."""
    return Sheet(
        name=sheets.FOLLOW_UP_SURVEY,
        columns=FOLLOW_UP_COLUMNS,
        rows=[_follow_up_row(each) for each in report.assurance.follow_ups],
        empty=sheets.NOBODY_RATED_AGAIN,
    )


def _follow_up_row(each: FollowUpResult) -> list[SheetCell]:
    corrected = each.corrected
    return [
        words(each.department),
        count(each.n_asked),
        count(each.n_answered),
        count(each.n_compared),
        stars(each.raw),
        stars(corrected.value if corrected else None),
        stars(corrected.low if corrected else None),
        stars(corrected.high if corrected else None),
        words(terms.VERDICTS[each.kind]),
        words(terms.REASONS[each.reason] if each.reason else None),
    ]


MODEL_COLUMNS = (
    column(headings.VERSION, 24),
    column(headings.NUMBER),
    column(headings.TRAINED_ON),
    column(headings.LABELS),
    column(headings.REVIEWED_BY_PEOPLE),
    column(headings.IN_USE),
    column(headings.HEAD, 16),
    column(headings.SHARE_RIGHT),
    column(headings.LOW),
    column(headings.HIGH),
    column(headings.HELD_OUT_N),
)


def model_sheet(report: Report) -> Sheet:
    """Return every model's share of right answers on feedback it had not seen."""
    rows = [
        row
        for number, each in enumerate(report.assurance.models, start=1)
        for row in _model_rows(number, each)
    ]
    return Sheet(
        name=sheets.MODELS,
        columns=MODEL_COLUMNS,
        rows=rows,
        empty=sheets.NO_MODEL,
    )


def _model_rows(number: int, each: VersionPoint) -> list[list[SheetCell]]:
    """Return a row for each head; one without figures where none was measured."""
    about = [
        ids(each.model_id),
        count(number),
        day(each.trained_at.date()),
        count(each.n_rows),
        count(each.n_corrections),
        yes(each.is_active),
    ]
    if not each.heads:
        unknown = [share(None), share(None), share(None), count(None)]
        return [[*about, words(sheets.NOT_HELD_OUT), *unknown]]
    return [
        [
            *about,
            words(terms.head(head)),
            share(right.value),
            share(right.low),
            share(right.high),
            count(right.n),
        ]
        for head, right in each.heads.items()
    ]


BRIDGE_COLUMNS = (
    column(headings.FROM_VERSION, 16),
    column(headings.TO_VERSION, 16),
    column(headings.CROSSED_ON),
    column(headings.OLD_THEMES, 26),
    column(headings.NEW_THEMES, 26),
    column(headings.CODED_TWICE),
    column(headings.DISAGREE),
    column(headings.BRIDGE_ERROR),
    column(headings.LOW),
    column(headings.HIGH),
    column(headings.HOLDS),
)


def bridge_sheet(report: Report) -> Sheet:
    """Return how well codeframe versions lead over to each other."""
    rows = []
    for each in report.assurance.bridges:
        head = [plain(each.from_version), plain(each.to_version), day(each.crossed_on)]
        whole = (each.n, each.n_disagree, each.error, each.low, each.high)
        every = words(sheets.ALL_OF_THEM)
        rows.append([*head, every, every, *_measured(whole), yes(each.holds)])
        for move in each.moves:
            part = (move.n, move.n_disagree, move.error, move.low, move.high)
            names = [plain(", ".join(move.old)), plain(", ".join(move.new))]
            rows.append([*head, *names, *_measured(part), words(None)])
    return Sheet(
        name=sheets.CODEFRAME_BRIDGE,
        columns=BRIDGE_COLUMNS,
        rows=rows,
        empty=sheets.NO_BRIDGE,
    )


def _measured(
    figures: tuple[int, int, float | None, float | None, float | None],
) -> list[SheetCell]:
    n, n_disagree, error, low, high = figures
    return [count(n), count(n_disagree), *map(share, (error, low, high))]
