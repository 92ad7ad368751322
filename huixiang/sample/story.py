"""What was planted in the sample airport: the truths that verdicts must find."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field

from huixiang.domain.items.issue import NOWHERE, IssueKey
from huixiang.domain.text import Bilingual


class Truth(enum.StrEnum):
    """What a department's fix really does."""

    WORKED = "worked"
    NOTHING = "nothing"
    WORSE = "worse"
    UNKNOWABLE = "unknowable"  # the feed dies right after the fix
    NOT_MINE = "not_mine"  # no fix: the department refuses the item


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """How a department treats an item; days count from the item's opening.

    `resolve_after_days` is None where nothing is fixed inside the 180 days, and
    `again_after_days` (from the re-opening) where a re-opened item stays open.
    """

    accept_after_days: float
    resolve_after_days: float | None
    root_cause_zh: str
    root_cause_en: str
    actor: str
    reject: bool = False
    reject_reason_zh: str = ""
    reject_reason_en: str = ""
    suggested_department: str | None = None
    again_after_days: float | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Planted:
    """One issue with a known course; days count from START, sizes are in stars.

    The dip starts on `onset_day` and lasts until `heals_on_day` (None: until a fix);
    what then stays of it is `scar`. `effect` sets in on the day of the fix and stays.
    """

    key: IssueKey
    truth: Truth
    title: Bilingual
    onset_day: int
    dip: float
    plan: Plan
    effect: float = 0.0
    heals_on_day: int | None = None
    scar: float = 0.0
    per_day: float = 3.6
    level: float = 4.3


@dataclass(frozen=True, kw_only=True, slots=True)
class DeadFeed:
    """A source that never delivers again; `last_day` is the last with records."""

    source: str = "app_store"
    last_day: int = 113


@dataclass(frozen=True, kw_only=True, slots=True)
class Burst:
    """One complaint, sent many times over by the same few people."""

    source: str = "community"
    key: IssueKey = field(
        default_factory=lambda: IssueKey(
            theme="shop.price", touchpoint="shop", unit="T2"
        )
    )
    day: int = 96
    copies: int = 46


@dataclass(frozen=True, kw_only=True, slots=True)
class OldTemplate:
    """A survey export that arrives once with the headers of a former template."""

    source: str = "survey"
    day: int = 64
    rows: int = 9


STORY: tuple[Planted, ...] = (
    Planted(
        key=IssueKey(theme="lounge.drinks", touchpoint="lounge", unit="T2"),
        truth=Truth.WORKED,
        title=Bilingual(
            zh="休息室的健怡可乐全换成了柠檬味，一直没换回来",
            en="The lounge swapped Diet Coke for the lemon kind and never put it back",
        ),
        onset_day=60,
        dip=-1.7,
        effect=1.7,
        plan=Plan(
            accept_after_days=1,
            resolve_after_days=12,
            root_cause_zh="采购按供应商促销整批换成柠檬味，撤换原味时没有问过旅客；"
            "现恢复原味，柠檬味并列供应，酒水单变更须经贵宾服务部签字",
            root_cause_en="Purchasing took the supplier's lemon promotion and dropped "
            "the plain kind unasked; both are stocked again, and the lounge now signs "
            "off any change of the drinks list",
            actor="贵宾服务部 林主管",
        ),
    ),
    Planted(
        key=IssueKey(theme="security.queue", touchpoint="security", unit="T1"),
        truth=Truth.WORKED,
        title=Bilingual(
            zh="T1 安检早高峰排长队，队形是直线，看不到头",
            en="T1 security: endless straight queues in the morning peak",
        ),
        onset_day=60,
        dip=-1.7,
        effect=1.7,
        plan=Plan(
            accept_after_days=1,
            resolve_after_days=15,
            root_cause_zh="航班波提前后早班仍按旧排班开口；已加开两条通道，"
            "改蛇形队并显示预计等候时间",
            root_cause_en="The morning wave moved earlier but the roster did not; two "
            "more lanes, one winding queue, and a display of the expected wait",
            actor="安检站 周队长",
        ),
    ),
    Planted(
        key=IssueKey(theme="wayfinding.terminal", touchpoint="hall", unit="T1"),
        truth=Truth.WORKED,
        title=Bilingual(
            zh="旅客记错航站楼，到了 T1 才发现该去别处",
            en="Travellers come to the wrong terminal and find out at T1",
        ),
        onset_day=74,
        dip=-1.7,
        effect=1.7,
        plan=Plan(
            accept_after_days=2,
            resolve_after_days=10,
            root_cause_zh="三家航司换楼后，行程短信和高架入口的指示牌没有同步；"
            "短信改为首行写航站楼，入口加大字牌，开通免费穿梭车",
            root_cause_en="Three airlines moved, but texts and road signs did not; the "
            "text now opens with the terminal, the ramp has large signs, and a free "
            "shuttle runs",
            actor="航站楼管理部 何工",
        ),
    ),
    Planted(
        key=IssueKey(theme="flight.delay_info", touchpoint="gate", unit="T3"),
        truth=Truth.WORKED,
        title=Bilingual(
            zh="T3 航班延误却没有人说明原因和时间",
            en="T3: flights are late and nobody says why or how long",
        ),
        onset_day=88,
        dip=-1.9,
        effect=1.9,
        per_day=5.0,
        level=4.4,
        plan=Plan(
            accept_after_days=1,
            resolve_after_days=16,
            root_cause_zh="运控更新延误时间后不推送到登机口；现每 20 分钟自动推送"
            "原因与预计时刻，登机口必须口播",
            root_cause_en="Operations knew, the gates did not; reason and new time are "
            "now pushed and announced every 20 minutes",
            actor="运行控制中心 值班经理",
        ),
    ),
    Planted(
        key=IssueKey(theme="baggage.wait", touchpoint="baggage_claim", unit="T2"),
        truth=Truth.NOTHING,
        title=Bilingual(
            zh="T2 行李等得久：转盘故障自己好了，贴提示并没有用",
            en="T2 baggage wait: the belt recovered by itself, the posters did nothing",
        ),
        onset_day=74,
        dip=-1.9,
        heals_on_day=87,
        scar=-0.3,
        per_day=7.0,
        level=4.4,
        plan=Plan(
            accept_after_days=2,
            resolve_after_days=18,
            root_cause_zh="认为旅客不清楚等候时间，已在转盘旁张贴温馨提示",
            root_cause_en="Thought to be a matter of expectations; posters were put up "
            "beside the belts",
            actor="行李服务部 唐主任",
        ),
    ),
    Planted(
        key=IssueKey(theme="checkin.queue", touchpoint="checkin", unit="T3"),
        truth=Truth.WORSE,
        title=Bilingual(
            zh="T3 值机排队：关人工柜台改自助，队更长了",
            en="T3 check-in queue: counters closed for kiosks, and it got longer",
        ),
        onset_day=74,
        dip=-1.4,
        effect=-1.0,
        level=4.4,
        per_day=4.5,
        plan=Plan(
            accept_after_days=1,
            resolve_after_days=13,
            root_cause_zh="人手不足，关闭六个人工柜台，引导旅客使用自助机",
            root_cause_en="Short of staff: six counters were closed and travellers sent "
            "to the kiosks",
            actor="地面服务部 梁经理",
        ),
    ),
    Planted(
        key=IssueKey(theme="app.seat", touchpoint="app", unit=NOWHERE),
        truth=Truth.UNKNOWABLE,
        title=Bilingual(
            zh="不能提前选座位；刚修好，应用商店的数据就断了",
            en="Seats cannot be chosen in advance; the feed died right after the fix",
        ),
        onset_day=88,
        dip=-1.7,
        effect=1.7,
        plan=Plan(
            accept_after_days=1,
            resolve_after_days=9,
            root_cause_zh="接口升级后未开放提前选座，已恢复",
            root_cause_en="An upgrade of the interface dropped advance seat choice; it "
            "is back",
            actor="数字产品部 小孟",
        ),
    ),
    Planted(
        key=IssueKey(theme="transport.taxi", touchpoint="ground_transport", unit="T3"),
        truth=Truth.NOT_MINE,
        title=Bilingual(
            zh="T3 夜间打不到出租车；交通中心说不归他们管",
            en="T3: no taxis at night; the transport centre says it is not theirs",
        ),
        onset_day=88,
        dip=-1.8,
        per_day=2.8,
        plan=Plan(
            accept_after_days=2,
            resolve_after_days=None,
            root_cause_zh="",
            root_cause_en="",
            actor="地面交通中心 调度室",
            reject=True,
            suggested_department="customer_care",
            reject_reason_zh="出租车运力由客户服务中心与市里对接，不归我们调度",
            reject_reason_en="Taxi supply is agreed with the city by customer care; we "
            "do not dispatch it",
        ),
    ),
)

DEAD_FEED = DeadFeed()
BURST = Burst()
OLD_TEMPLATE = OldTemplate()

UNPLANNED = Plan(
    accept_after_days=2,
    resolve_after_days=None,
    root_cause_zh="",
    root_cause_en="",
    actor="值班员",
)
"""An improvement item nobody planned: taken on, not finished in the 180 days."""

RECOVERY = Plan(
    accept_after_days=0.25,
    resolve_after_days=1.5,
    root_cause_zh="已电话联系旅客致歉并说明处理结果",
    root_cause_en="The traveller was called, given an apology and told the outcome",
    actor="客户服务中心 回访组",
)
"""One customer to answer."""

BY_KEY: Mapping[IssueKey, Planted] = {planted.key: planted for planted in STORY}


def plan_for(
    theme: str, touchpoint: str, unit: str, *, kind: str = "improvement"
) -> Plan:
    """Return how the department treats an item of this issue."""
    if kind == "recovery":
        return RECOVERY
    key = IssueKey(theme=theme, touchpoint=touchpoint or NOWHERE, unit=unit or NOWHERE)
    planted = BY_KEY.get(key)
    return planted.plan if planted else UNPLANNED
