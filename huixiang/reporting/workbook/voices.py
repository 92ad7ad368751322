"""Tables on what the voices mean: drivers, need tiers, emotion, events, what is new."""

from huixiang.domain.insight import (
    Driver,
    EffortFigures,
    EmergingTheme,
    Estimate,
    GapFigures,
    HotIssue,
    Insights,
    JourneyEmotion,
    NeedEvidence,
)
from huixiang.domain.text import Bilingual
from huixiang.reporting.facts.report import Report
from huixiang.reporting.facts.voices import NameKind, Voices
from huixiang.reporting.workbook.cells import (
    Cell,
    Sheet,
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
from huixiang.wording import labels

NO_RATINGS = Bilingual(
    zh="带评分的反馈还太少，算不出主题对评分的影响；给一个来源配上 rating 字段即可。",
    en="Too little feedback carries a rating to tell what moves it; map a source's "
    "rating field to change that.",
)
NO_STAGES = Bilingual(
    zh="还看不出旅程上的情绪：需要旅程地图（rules/journey.yaml）和带触点的反馈。",
    en="Emotion along the journey cannot be told yet: it takes a journey map "
    "(rules/journey.yaml) and feedback that names a touchpoint.",
)

DRIVER_COLUMNS = (
    column("主题", "Theme", 26),
    column("提及", "Mentions"),
    column("负面占比", "Share negative"),
    column("正面占比", "Share positive"),
    column("影响力（星）", "Importance (stars)"),
    column("下限", "Low"),
    column("上限", "High"),
    column("抱怨拉低（星）", "Complaints cost (stars)"),
    column("表扬抬高（星）", "Praise gains (stars)"),
    column("净好评", "Net praise"),
    column("该做什么", "What to do", 18),
)


def insights_of(report: Report) -> Insights | None:
    """Return what the voices mean together, if it was worked out."""
    return report.voices.insights


def driver_sheet(report: Report) -> Sheet:
    """Return which themes move the mean rating most."""
    found = insights_of(report)
    rows = [
        _driver_row(each, report.voices) for each in (found.drivers if found else ())
    ]
    return Sheet(
        name=Bilingual(zh="驱动因素", en="Drivers"),
        columns=DRIVER_COLUMNS,
        rows=rows,
        empty=NO_RATINGS,
    )


def _driver_row(each: Driver, voices: Voices) -> list[Cell]:
    return [
        words(voices.name(NameKind.THEME, each.theme)),
        count(each.n_mentions),
        share(each.share_negative),
        share(each.share_positive),
        *_estimate(each.importance),
        stars(each.cost.value if each.cost else None),
        stars(each.gain.value if each.gain else None),
        stars(each.net),
        words(labels.QUADRANTS[each.quadrant]),
    ]


def _estimate(found: Estimate | None) -> list[Cell]:
    if found is None:
        return [stars(None)] * 3
    return [stars(found.value), stars(found.low), stars(found.high)]


NEED_COLUMNS = (
    column("主题", "Theme", 26),
    column("码框所定", "Declared tier", 14),
    column("评分所示", "Tier by ratings", 16),
    column("抱怨时（星）", "When complained (stars)"),
    column("下限", "Low"),
    column("上限", "High"),
    column("表扬时（星）", "When praised (stars)"),
    column("下限", "Low"),
    column("上限", "High"),
    column("负面条数", "n negative"),
    column("正面条数", "n positive"),
    column("说明", "Remark", 30),
)


def need_sheet(report: Report) -> Sheet:
    """Return the need tiers the codeframe declares and the ratings speak for."""
    found = insights_of(report)
    rows = [_need_row(each, report.voices) for each in (found.needs if found else ())]
    return Sheet(
        name=Bilingual(zh="需求层级", en="Need tiers"),
        columns=NEED_COLUMNS,
        rows=rows,
        empty=NO_RATINGS,
    )


def _need_row(each: NeedEvidence, voices: Voices) -> list[Cell]:
    return [
        words(voices.name(NameKind.THEME, each.theme)),
        words(labels.NEED_TIERS[each.declared]),
        words(labels.NEED_TIERS[each.tier] if each.tier else labels.UNDECIDED_TIER),
        *_estimate(each.penalty),
        *_estimate(each.reward),
        count(each.n_negative),
        count(each.n_positive),
        words(need_remark(each)),
    ]


def need_remark(each: NeedEvidence) -> Bilingual | None:
    """Say why the ratings decide nothing, or that they disagree."""
    if each.undecided:
        return labels.UNDECIDED[each.undecided]
    return labels.TIERS_DISAGREE if each.disagrees else None


EMOTION_COLUMNS = (
    column("旅程阶段", "Stage", 18),
    column("触点", "Touchpoint", 20),
    column("反馈", "Feedbacks"),
    column("情感（−1 到 1）", "Emotion (−1 to 1)"),
    column("下限", "Low"),
    column("上限", "High"),
    column("平均评分", "Mean rating"),
    column("评分条数", "n rated"),
    column("时刻", "Moment", 16),
)


def emotion_sheet(report: Report) -> Sheet:
    """Return how people feel along the journey."""
    found = insights_of(report)
    rows = [
        _emotion_row(each, report.voices) for each in (found.journey if found else ())
    ]
    return Sheet(
        name=Bilingual(zh="旅程情绪", en="Emotion"),
        columns=EMOTION_COLUMNS,
        rows=rows,
        empty=NO_STAGES,
    )


def _emotion_row(each: JourneyEmotion, voices: Voices) -> list[Cell]:
    rated = each.stars
    return [
        words(voices.name(NameKind.STAGE, each.stage)),
        words(_place(each, voices)),
        count(each.n),
        *_estimate(each.polarity),
        Cell(value=rated.value if rated else None, format="0.00"),
        count(rated.n if rated else None),
        words(labels.moments(each.moments)),
    ]


def _place(each: JourneyEmotion, voices: Voices) -> Bilingual:
    if each.touchpoint:
        return voices.name(NameKind.PLACE, each.touchpoint)
    stage = voices.name(NameKind.STAGE, each.stage)
    return Bilingual(zh=f"{stage.zh}（整个阶段）", en=f"{stage.en} (whole stage)")


HOT_COLUMNS = (
    column("事件", "Event", 40),
    column("热度（0–100）", "Heat (0–100)"),
    column("声量", "Feedbacks"),
    column("平常", "Usual"),
    column("人数", "People"),
    column("开始", "From"),
    column("最近", "To"),
    column("主题", "Theme", 20),
    column("触点", "Touchpoint", 16),
    column("单元", "Unit", 14),
    column("例证（编号）", "Examples (ids)", 44),
)


def hot_sheet(report: Report) -> Sheet:
    """Return the events many tell of."""
    return Sheet(
        name=Bilingual(zh="热点", en="Hot issues"),
        columns=HOT_COLUMNS,
        rows=[_hot_row(each, report.voices) for each in report.voices.hot],
        empty=Bilingual(
            zh="近 7 天没有许多人同时在说的事件。",
            en="No event told by many in the last 7 days.",
        ),
    )


def _hot_row(each: HotIssue, voices: Voices) -> list[Cell]:
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


def _named(voices: Voices, kind: NameKind, id_: str | None) -> Cell:
    return words(voices.name(kind, id_) if id_ else None)


EMERGING_COLUMNS = (
    column("新话题", "New topic", 20),
    column("词语", "Words", 30),
    column("近期条数", "Recent"),
    column("此前条数", "Before"),
    column("增长（倍）", "Growth (times)"),
    column("首次出现", "First seen"),
    column("为何提出", "Why", 50),
    column("例证（编号）", "Examples (ids)", 40),
    column("编号", "Id", 20),
)


def emerging_sheet(report: Report) -> Sheet:
    """Return what people begin to speak of, waiting for a decision."""
    return Sheet(
        name=Bilingual(zh="新话题", en="Emerging"),
        columns=EMERGING_COLUMNS,
        rows=[_emerging_row(each) for each in report.voices.emerging],
        empty=Bilingual(
            zh="没有待决的新话题；huixiang codeframe emerging 随时可查。",
            en="No new topic waits for a decision; huixiang codeframe emerging looks "
            "for them.",
        ),
    )


def _emerging_row(each: EmergingTheme) -> list[Cell]:
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
    column("触点", "Touchpoint", 22),
    column("反馈", "Feedbacks"),
    column("低于预期", "Below expectation"),
    column("高于预期", "Above expectation"),
    column("费力", "Hard"),
    column("省力", "Easy"),
    column("费力度评分（1–7，越高越省力）", "Effort score (1–7, higher is easier)", 14),
    column("例证（编号）", "Examples (ids)", 44),
)


def effort_sheet(report: Report) -> Sheet:
    """Return expectation against perception, and effort, where the text says so."""
    found = insights_of(report)
    return Sheet(
        name=Bilingual(zh="预期与费力", en="Expectation and effort"),
        columns=SIGN_COLUMNS,
        rows=_sign_rows(found, report.voices) if found else [],
        empty=Bilingual(
            zh="还没有反馈说到预期落差或费力程度。",
            en="No feedback speaks of expectations or effort yet.",
        ),
    )


def _sign_rows(found: Insights, voices: Voices) -> list[list[Cell]]:
    gaps = {each.touchpoint: each for each in found.gaps}
    efforts = {each.touchpoint: each for each in found.efforts}
    return [
        _sign_row(place, gaps.get(place), efforts.get(place), voices)
        for place in dict.fromkeys([*gaps, *efforts])
    ]


def _sign_row(
    place: str | None,
    gap: GapFigures | None,
    effort: EffortFigures | None,
    voices: Voices,
) -> list[Cell]:
    sizes = [each.n for each in (gap, effort) if each]
    quoted = [*(gap.examples if gap else ()), *(effort.examples if effort else ())]
    return [
        words(voices.name(NameKind.PLACE, place) if place else labels.EVERYWHERE),
        count(max(sizes, default=None)),
        count(gap.n_below if gap else None),
        count(gap.n_above if gap else None),
        count(effort.n_high if effort else None),
        count(effort.n_low if effort else None),
        decimal(effort.ces.value if effort and effort.ces else None),
        ids(*dict.fromkeys(quoted)),
    ]
