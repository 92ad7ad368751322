"""Tables on what the voices mean: drivers, need tiers, emotion, events, what is new."""

from huixiang.domain.coding.insight import (
    Driver,
    EffortFigures,
    Estimate,
    GapFigures,
    HotIssue,
    Insights,
    JourneyEmotion,
    NeedEvidence,
)
from huixiang.domain.text import Bilingual
from huixiang.reporting.facts.report import Report
from huixiang.reporting.facts.voices import NameKind, ProposedTheme, Voices
from huixiang.reporting.workbook.cells import (
    Sheet,
    SheetCell,
    column,
    count,
    day,
    decimal,
    ids,
    plain,
    share,
    stars,
    words,
)
from huixiang.wording import terms
from huixiang.wording.report import headings, sheets

DRIVER_COLUMNS = (
    column(headings.THEME, 26),
    column(headings.MENTIONS),
    column(headings.SHARE_NEGATIVE),
    column(headings.SHARE_POSITIVE),
    column(headings.IMPORTANCE_STARS),
    column(headings.LOW),
    column(headings.HIGH),
    column(headings.COMPLAINTS_COST_STARS),
    column(headings.PRAISE_GAINS_STARS),
    column(headings.NET_PRAISE),
    column(headings.WHAT_TO_DO, 18),
)


def insights_of(report: Report) -> Insights | None:
    """Return what the voices mean together, if it was worked out."""
    return report.voices.insights


def driver_sheet(report: Report) -> Sheet:
    """Return which themes move the mean rating most."""
    insights = insights_of(report)
    rows = [
        _driver_row(each, report.voices)
        for each in (insights.drivers if insights else ())
    ]
    return Sheet(
        name=sheets.DRIVERS,
        columns=DRIVER_COLUMNS,
        rows=rows,
        empty=sheets.NO_RATINGS,
    )


def _driver_row(each: Driver, voices: Voices) -> list[SheetCell]:
    return [
        words(voices.name(NameKind.THEME, each.theme)),
        count(each.n_mentions),
        share(each.share_negative),
        share(each.share_positive),
        *_estimate(each.importance),
        stars(each.cost.value if each.cost else None),
        stars(each.gain.value if each.gain else None),
        stars(each.net),
        words(terms.QUADRANTS[each.quadrant]),
    ]


def _estimate(estimate: Estimate | None) -> list[SheetCell]:
    if estimate is None:
        return [stars(None)] * 3
    return [stars(estimate.value), stars(estimate.low), stars(estimate.high)]


NEED_COLUMNS = (
    column(headings.THEME, 26),
    column(headings.DECLARED_TIER, 14),
    column(headings.TIER_BY_RATINGS, 16),
    column(headings.WHEN_COMPLAINED_STARS),
    column(headings.LOW),
    column(headings.HIGH),
    column(headings.WHEN_PRAISED_STARS),
    column(headings.LOW),
    column(headings.HIGH),
    column(headings.N_NEGATIVE),
    column(headings.N_POSITIVE),
    column(headings.REMARK, 30),
)


def need_sheet(report: Report) -> Sheet:
    """Return the need tiers the codeframe declares and the ratings speak for."""
    insights = insights_of(report)
    rows = [
        _need_row(each, report.voices) for each in (insights.needs if insights else ())
    ]
    return Sheet(
        name=sheets.NEED_TIERS,
        columns=NEED_COLUMNS,
        rows=rows,
        empty=sheets.NO_RATINGS,
    )


def _need_row(each: NeedEvidence, voices: Voices) -> list[SheetCell]:
    return [
        words(voices.name(NameKind.THEME, each.theme)),
        words(terms.NEED_TIERS[each.declared]),
        words(terms.NEED_TIERS[each.tier] if each.tier else terms.UNDECIDED_TIER),
        *_estimate(each.penalty),
        *_estimate(each.reward),
        count(each.n_negative),
        count(each.n_positive),
        words(need_remark(each)),
    ]


def need_remark(each: NeedEvidence) -> Bilingual | None:
    """Say why the ratings decide nothing, or that they disagree."""
    if each.undecided:
        return terms.UNDECIDED[each.undecided]
    return terms.TIERS_DISAGREE if each.disagrees else None


EMOTION_COLUMNS = (
    column(headings.JOURNEY_STAGE, 18),
    column(headings.TOUCHPOINT, 20),
    column(headings.FEEDBACKS),
    column(headings.EMOTION),
    column(headings.LOW),
    column(headings.HIGH),
    column(headings.MEAN_RATING),
    column(headings.N_RATED),
    column(headings.MOMENT, 16),
)


def emotion_sheet(report: Report) -> Sheet:
    """Return how people feel along the journey."""
    insights = insights_of(report)
    rows = [
        _emotion_row(each, report.voices)
        for each in (insights.journey if insights else ())
    ]
    return Sheet(
        name=sheets.EMOTION,
        columns=EMOTION_COLUMNS,
        rows=rows,
        empty=sheets.NO_STAGES,
    )


def _emotion_row(each: JourneyEmotion, voices: Voices) -> list[SheetCell]:
    rated = each.stars
    return [
        words(voices.name(NameKind.STAGE, each.stage)),
        words(_place(each, voices)),
        count(each.n),
        *_estimate(each.polarity),
        SheetCell(value=rated.value if rated else None, format="0.00"),
        count(rated.n if rated else None),
        words(terms.moments(each.moments)),
    ]


def _place(each: JourneyEmotion, voices: Voices) -> Bilingual:
    if each.touchpoint:
        return voices.name(NameKind.PLACE, each.touchpoint)
    stage = voices.name(NameKind.STAGE, each.stage)
    return sheets.whole_stage(stage)


HOT_COLUMNS = (
    column(headings.EVENT, 40),
    column(headings.HEAT_0_100),
    column(headings.VOLUME),
    column(headings.USUAL),
    column(headings.PEOPLE),
    column(headings.STARTED),
    column(headings.LATEST),
    column(headings.THEME, 20),
    column(headings.TOUCHPOINT, 16),
    column(headings.UNIT, 14),
    column(headings.EXAMPLES_IDS, 44),
)


def hot_sheet(report: Report) -> Sheet:
    """Return the events many tell of."""
    return Sheet(
        name=sheets.HOT_ISSUES,
        columns=HOT_COLUMNS,
        rows=[_hot_row(each, report.voices) for each in report.voices.hot],
        empty=sheets.NOTHING_HOT,
    )


def _hot_row(each: HotIssue, voices: Voices) -> list[SheetCell]:
    return [
        words(each.title),
        decimal(each.heat.index),
        count(each.n),
        decimal(each.expected),
        count(each.n_people),
        day(each.first_on),
        day(each.last_on),
        _named(voices, NameKind.THEME, each.theme),
        _named(voices, NameKind.PLACE, each.touchpoint),
        _named(voices, NameKind.PLACE, each.unit),
        ids(*each.examples),
    ]


def _named(voices: Voices, kind: NameKind, id_: str | None) -> SheetCell:
    return words(voices.name(kind, id_) if id_ else None)


EMERGING_COLUMNS = (
    column(headings.NEW_TOPIC, 20),
    column(headings.KEYWORDS, 30),
    column(headings.RECENT),
    column(headings.BEFORE),
    column(headings.GROWTH_TIMES),
    column(headings.FIRST_SEEN),
    column(headings.WHY, 50),
    column(headings.EXAMPLES_IDS, 40),
    column(headings.ID, 20),
)


def emerging_sheet(report: Report) -> Sheet:
    """Return what people begin to speak of, waiting for a decision."""
    return Sheet(
        name=sheets.EMERGING,
        columns=EMERGING_COLUMNS,
        rows=[_emerging_row(each) for each in report.voices.emerging],
        empty=sheets.NOTHING_NEW,
    )


def _emerging_row(each: ProposedTheme) -> list[SheetCell]:
    return [
        plain(each.name_zh),
        plain("、".join(each.keywords)),
        count(each.n),
        count(each.n_before),
        decimal(each.growth),
        day(each.first_seen_on),
        words(each.why),
        ids(*each.examples),
        ids(each.proposal_id),
    ]


SIGN_COLUMNS = (
    column(headings.TOUCHPOINT, 22),
    column(headings.FEEDBACKS),
    column(headings.BELOW_EXPECTATION),
    column(headings.ABOVE_EXPECTATION),
    column(headings.HARD),
    column(headings.EASY),
    column(headings.EFFORT_SCORE, 14),
    column(headings.EXAMPLES_IDS, 44),
)


def effort_sheet(report: Report) -> Sheet:
    """Return expectation against perception, and effort, where the text says so."""
    insights = insights_of(report)
    return Sheet(
        name=sheets.EXPECTATION_AND_EFFORT,
        columns=SIGN_COLUMNS,
        rows=_sign_rows(insights, report.voices) if insights else [],
        empty=sheets.NO_EXPECTATIONS,
    )


def _sign_rows(insights: Insights, voices: Voices) -> list[list[SheetCell]]:
    gaps = {each.touchpoint: each for each in insights.gaps}
    efforts = {each.touchpoint: each for each in insights.efforts}
    return [
        _sign_row(place, gaps.get(place), efforts.get(place), voices)
        for place in dict.fromkeys([*gaps, *efforts])
    ]


def _sign_row(
    place: str | None,
    gap: GapFigures | None,
    effort: EffortFigures | None,
    voices: Voices,
) -> list[SheetCell]:
    sizes = [each.n for each in (gap, effort) if each]
    quoted = [*(gap.examples if gap else ()), *(effort.examples if effort else ())]
    return [
        words(voices.name(NameKind.PLACE, place) if place else terms.EVERYWHERE),
        count(max(sizes, default=None)),
        count(gap.n_below if gap else None),
        count(gap.n_above if gap else None),
        count(effort.n_high if effort else None),
        count(effort.n_low if effort else None),
        decimal(effort.ces.value if effort and effort.ces else None),
        ids(*dict.fromkeys(quoted)),
    ]
