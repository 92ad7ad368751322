"""What the voices of one small report mean."""

import datetime as dt

from huixiang.domain.coding.codeframe import NeedTier
from huixiang.domain.coding.insight import (
    Driver,
    EffortFigures,
    Estimate,
    GapFigures,
    Heat,
    HotIssue,
    Insights,
    JourneyEmotion,
    Moment,
    NeedEvidence,
    Quadrant,
    Undecided,
)
from huixiang.reporting.facts.voices import NamedId, NameKind, ProposedTheme, Voices
from huixiang.wording.language import b

MAY = dt.date(2026, 5, 17)


def about(value: float, half: float = 0.1, n: int = 80) -> Estimate:
    return Estimate(value=value, low=value - half, high=value + half, n=n)


def the_voices() -> Voices:
    return Voices(
        insights=Insights(
            first_on=dt.date(2026, 2, 17),
            last_on=MAY,
            n_feedbacks=3108,
            n_rated=2800,
            needs=(
                NeedEvidence(
                    theme="queue",
                    declared=NeedTier.PAIN,
                    n_rated=300,
                    n_negative=200,
                    n_positive=100,
                    penalty=about(-1.2),
                    reward=about(0.1),
                    asymmetry=about(-0.6),
                    tier=NeedTier.PAIN,
                    undecided=None,
                ),
                NeedEvidence(
                    theme="lounge",
                    declared=NeedTier.PAIN,
                    n_rated=90,
                    n_negative=30,
                    n_positive=60,
                    penalty=about(-0.2),
                    reward=about(0.7),
                    asymmetry=about(0.5),
                    tier=NeedTier.DELIGHT,
                    undecided=None,
                ),
                NeedEvidence(
                    theme="wifi",
                    declared=NeedTier.ITCH,
                    n_rated=9,
                    n_negative=4,
                    n_positive=5,
                    penalty=None,
                    reward=None,
                    asymmetry=None,
                    tier=None,
                    undecided=Undecided.TOO_FEW_NEGATIVE,
                ),
            ),
            drivers=(
                Driver(
                    theme="queue",
                    n_mentions=300,
                    share_negative=0.07,
                    share_positive=0.03,
                    cost=about(-0.08, 0.02),
                    gain=about(0.01, 0.005),
                    importance=about(0.09, 0.02),
                    net=-0.33,
                    quadrant=Quadrant.FIX_FIRST,
                ),
                Driver(
                    theme="lounge",
                    n_mentions=90,
                    share_negative=0.01,
                    share_positive=0.02,
                    cost=None,
                    gain=about(0.02, 0.01),
                    importance=about(0.02, 0.01),
                    net=0.33,
                    quadrant=Quadrant.KEEP_UP,
                ),
            ),
            journey=(
                _felt("arrive", None, -0.1, 400),
                _felt("arrive", "transport", -0.3, 200, (Moment.LOW,)),
                _felt("arrive", "hall", 0.4, 200, (Moment.PEAK,)),
                _felt("leave", None, None, 9),
                _felt("leave", "baggage", None, 9, (Moment.END,)),
            ),
            gaps=(
                GapFigures(
                    touchpoint=None,
                    n=3108,
                    n_below=20,
                    n_above=9,
                    below=about(0.7),
                    examples=("fb_gap",),
                ),
            ),
            efforts=(
                EffortFigures(
                    touchpoint="hall",
                    n=200,
                    n_high=12,
                    n_low=3,
                    high=about(0.8),
                    ces=about(4.2),
                    examples=("fb_effort",),
                ),
            ),
        ),
        hot=(
            HotIssue(
                hot_id="ho_1",
                title=b("MU5101 延误", "MU5101 delayed"),
                first_on=dt.date(2026, 5, 15),
                last_on=MAY,
                theme="queue",
                touchpoint="hall",
                unit="T1",
                entities=("MU5101",),
                dates=(),
                by=("entity",),
                n=42,
                n_people=39,
                n_copies=3,
                expected=2.5,
                heat=Heat(volume=0.9, people=0.8, negativity=1, public=0.5, growth=1),
                examples=("fb_hot",),
            ),
        ),
        emerging=(
            ProposedTheme(
                proposal_id="et_1",
                name_zh="充电桩",
                keywords=("充电桩", "排队"),
                n=18,
                n_before=1,
                first_seen_on=dt.date(2026, 5, 4),
                growth=None,
                q_value=0.01,
                share_uncovered=0.8,
                nearest_theme=None,
                examples=("fb_new",),
                why=b("近 14 天 18 条", "18 in 14 days"),
            ),
        ),
        names=(
            _name(NameKind.THEME, "queue", "安检排队", "Security queue"),
            _name(NameKind.THEME, "lounge", "休息室", "Lounge"),
            _name(NameKind.THEME, "wifi", "无线网络", "Wireless network"),
            _name(NameKind.STAGE, "arrive", "到达机场", "Arriving"),
            _name(NameKind.STAGE, "leave", "离开", "Leaving"),
            _name(NameKind.PLACE, "hall", "出发大厅", "Departure hall"),
            _name(NameKind.PLACE, "transport", "地面交通", "Ground transport"),
            _name(NameKind.PLACE, "baggage", "行李提取", "Baggage claim"),
            _name(NameKind.PLACE, "T1", "一号航站楼", "Terminal 1"),
        ),
    )


def _name(kind: NameKind, id_: str, zh: str, en: str) -> NamedId:
    return NamedId(kind=kind, id=id_, name=b(zh, en))


def _felt(
    stage: str,
    place: str | None,
    value: float | None,
    n: int,
    moments: tuple[Moment, ...] = (),
) -> JourneyEmotion:
    return JourneyEmotion(
        stage=stage,
        touchpoint=place,
        n=n,
        polarity=None if value is None else about(value, n=n),
        stars=None if value is None else about(3 + value, n=n),
        moments=moments,
    )
