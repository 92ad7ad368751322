"""The words for codes, in both languages; one place, so pages never disagree."""

from collections.abc import Mapping, Sequence

from huixiang.domain.acts.act import ActDoor
from huixiang.domain.coding.codeframe import NeedTier
from huixiang.domain.coding.insight import Moment, Quadrant, Undecided
from huixiang.domain.items.action import ActionStatus, ItemKind
from huixiang.domain.items.route import Urgency
from huixiang.domain.proof.goal import GoalState
from huixiang.domain.proof.verdict import (
    InconclusiveReason,
    LevelRecovered,
    Metric,
    NoteCode,
    Sustained,
    VerdictKind,
)
from huixiang.domain.text import Bilingual
from huixiang.wording.acts import DOORS, refused_for
from huixiang.wording.language import b

VERDICTS: Mapping[VerdictKind, Bilingual] = {
    VerdictKind.IMPROVED: b("已改善", "Improved"),
    VerdictKind.NOT_IMPROVED: b("未改善", "Not improved"),
    VerdictKind.WORSE: b("变差", "Worse"),
    VerdictKind.INCONCLUSIVE: b("尚无定论", "Inconclusive"),
}

VERDICT_MEANINGS: Mapping[VerdictKind, Bilingual] = {
    VerdictKind.IMPROVED: b(
        "好转超过了它自己会好的程度", "got better by more than it would have on its own"
    ),
    VerdictKind.NOT_IMPROVED: b(
        "看不到值得一提的效果，已重新打开", "no effect worth having; reopened"
    ),
    VerdictKind.WORSE: b(
        "整改之后反而更差，已重新打开", "worse since the fix; reopened"
    ),
    VerdictKind.INCONCLUSIVE: b(
        "数据还不足以下结论", "the data cannot tell yet, and we say so"
    ),
}

REASONS: Mapping[InconclusiveReason, Bilingual] = {
    InconclusiveReason.NOT_RESOLVED: b("尚未整改", "not fixed yet"),
    InconclusiveReason.FOLLOWING: b("仍在观察期内", "still being watched"),
    InconclusiveReason.TOO_FEW_FEEDBACKS: b("反馈太少", "too few feedbacks"),
    InconclusiveReason.NOT_SEPARABLE: b(
        "观察期已满，效果与自然波动仍分不开",
        "follow-up over, effect not separable from chance",
    ),
    InconclusiveReason.NO_BASELINE: b("整改前的反馈太少", "too little feedback before"),
    InconclusiveReason.FEED_DIED: b(
        "来源已静默：没有声音不等于改善",
        "the feed went silent: silence is not improvement",
    ),
    InconclusiveReason.CHANNEL_DIED: b(
        "主要渠道已静默：没有声音不等于改善",
        "a main channel went silent: silence is not improvement",
    ),
    InconclusiveReason.MIX_MOVED: b("回答的人群变了", "different people answer now"),
    InconclusiveReason.CODEFRAME_CHANGED: b(
        "期间主题定义变了", "themes were redefined meanwhile"
    ),
    InconclusiveReason.MODEL_CHANGED: b(
        "期间编码模型换了", "the coding model was replaced meanwhile"
    ),
    InconclusiveReason.OVERLAPPING_ACTION: b(
        "同期还有另一项整改", "another fix in the same weeks"
    ),
}

NOTES: Mapping[NoteCode, Bilingual] = {
    NoteCode.WEAK_NO_CONTROLS: b(
        "没有未整改的单元可比，未扣除大势", "weak: nothing untreated to compare with"
    ),
    NoteCode.WEAK_FEW_CONTROLS: b(
        "可比的单元很少，大势只作平滑估计", "weak: few untreated units, smoothed trend"
    ),
    NoteCode.COLD_START_MEMORY: b(
        "历史太短，自然波动按常见值估计", "short history: typical wander assumed"
    ),
    NoteCode.PLACEBO_WIDENED: b(
        "安慰剂检验放宽了区间", "the placebo check widened the interval"
    ),
    NoteCode.EARLIER_ACTION: b(
        "整改前的时段里还有更早的整改", "an earlier fix lies in the time before"
    ),
}

LEVELS: Mapping[LevelRecovered, Bilingual] = {
    LevelRecovered.YES: b("已回到往常水平", "back to the usual level"),
    LevelRecovered.NO: b("尚未回到往常水平", "not back to the usual level"),
    LevelRecovered.UNKNOWN: b("水平未知", "level unknown"),
}

STATUSES: Mapping[ActionStatus, Bilingual] = {
    ActionStatus.PARKED: b("已搁置", "parked"),
    ActionStatus.OPEN: b("待接单", "open"),
    ActionStatus.ACCEPTED: b("已接单", "accepted"),
    ActionStatus.IN_PROGRESS: b("处理中", "in progress"),
    ActionStatus.REJECTED: b("退回（非本部门）", "rejected (not mine)"),
    ActionStatus.RESOLVED: b("已整改，待验收", "resolved, being verified"),
    ActionStatus.VERIFIED: b("已验收", "verified"),
    ActionStatus.UNPROVEN: b("无法证实", "unproven"),
    ActionStatus.REOPENED: b("已重新打开", "reopened"),
    ActionStatus.CLOSED: b("已关闭", "closed"),
    ActionStatus.CANCELLED: b("已取消", "cancelled"),
}

SEVERITIES: Mapping[Urgency, Bilingual] = {
    Urgency.LOW: b("低", "low"),
    Urgency.MEDIUM: b("中", "medium"),
    Urgency.HIGH: b("高", "high"),
    Urgency.CRITICAL: b("严重", "critical"),
}

KINDS: Mapping[ItemKind, Bilingual] = {
    ItemKind.IMPROVEMENT: b("改进", "improvement"),
    ItemKind.RECOVERY: b("挽回", "recovery"),
}

METRICS: Mapping[Metric, Bilingual] = {
    Metric.MEAN: b("平均评分", "mean rating"),
    Metric.TOP_BOX: b("最高分占比", "share of top ratings"),
    Metric.BOTTOM_BOX: b("低分占比", "share of low ratings"),
    Metric.NPS: b("净推荐值", "NPS"),
    Metric.NEGATIVE: b("负面提及占比", "share of negative mentions"),
    Metric.CES: b("客户费力度评分", "customer effort score"),
    Metric.COMPLAINT_RATE: b("投诉率", "complaint rate"),
}

GOAL_STATES: Mapping[GoalState, Bilingual] = {
    GoalState.REACHED: b("已达成", "reached"),
    GoalState.ON_TRACK: b("按进度", "on track"),
    GoalState.BEHIND: b("落后", "behind"),
    GoalState.MISSED: b("未达成", "missed"),
    GoalState.UNMEASURED: b("无法衡量", "not measured"),
}

SUSTAINED: Mapping[Sustained, Bilingual] = {
    Sustained.WATCHED: b("持续观察中", "still watched"),
    Sustained.SUSTAINED: b("效果保持", "it lasted"),
    Sustained.RELAPSED: b("已复发", "relapsed"),
    Sustained.UNCLEAR: b("看不清是否保持", "cannot be told"),
}

NEED_TIERS: Mapping[NeedTier, Bilingual] = {
    NeedTier.PAIN: b("痛点", "pain"),
    NeedTier.ITCH: b("痒点", "itch"),
    NeedTier.DELIGHT: b("悦点", "delight"),
}

NEED_MEANINGS: Mapping[NeedTier, Bilingual] = {
    NeedTier.PAIN: b(
        "做不好就扣分，做好了没人夸", "costs when bad, earns nothing when good"
    ),
    NeedTier.ITCH: b("做得越好，评分越高", "the better it is, the better the rating"),
    NeedTier.DELIGHT: b("没有也不怪，有了就惊喜", "not missed, but a joy when there"),
}

UNDECIDED_TIER = b("未定", "undecided")
TIERS_DISAGREE = b("评分与码框所定不一致", "ratings disagree with the codeframe")

UNDECIDED: Mapping[Undecided, Bilingual] = {
    Undecided.TOO_FEW_NEGATIVE: b("带评分的抱怨太少", "too few rated complaints"),
    Undecided.TOO_FEW_POSITIVE: b("带评分的表扬太少", "too little rated praise"),
    Undecided.NO_EFFECT: b("看不出它影响评分", "does not visibly move the rating"),
    Undecided.NOT_SEPARABLE: b("区间太宽，分不清", "interval too wide to tell"),
}

QUADRANTS: Mapping[Quadrant, Bilingual] = {
    Quadrant.FIX_FIRST: b("优先整改", "fix first"),
    Quadrant.KEEP_UP: b("继续保持", "keep up"),
    Quadrant.WATCH: b("留意", "watch"),
    Quadrant.LEAVE: b("暂可不动", "leave for now"),
}

MOMENTS: Mapping[Moment, Bilingual] = {
    Moment.PEAK: b("峰值", "peak"),
    Moment.LOW: b("谷底", "low"),
    Moment.END: b("终点", "end"),
}

EVERYWHERE = b("全部", "everywhere")

REFUSED = "refused: "

LEDGER_TERMS: Mapping[str, Bilingual] = {
    "all": b("全部", "all"),
    "pulled": b("已拉取", "pulled"),
    "waiting": b("待处理", "waiting"),
    "stored": b("已入库", "stored"),
    "duplicate": b("重复", "duplicate"),
    "quarantined": b("已隔离", "quarantined"),
    "discarded": b("人工丢弃", "discarded"),
    "coded": b("已编码", "coded"),
    "not codable": b("无法编码", "not codable"),
    "negative codings": b("负面编码", "negative codings"),
    "negative": b("负面", "negative"),
    "on an issue": b("已归入问题", "on an issue"),
    "waiting for a route": b("待路由", "waiting for a route"),
    "with a reason why not": b("未归入（有原因）", "with a reason why not"),
    "issues": b("问题", "issues"),
    "with one department": b("有唯一负责部门", "with one department"),
    "announced": b("通知", "announced"),
    "digest × endpoint": b("简报×接收端", "digest × endpoint"),
    "item × event × endpoint": b("行动项×事件×接收端", "item × event × endpoint"),
    "delivered": b("已送达", "delivered"),
    "queued": b("排队中", "queued"),
    "sending": b("发送中", "sending"),
    "dead": b("死信", "dead letters"),
    "items": b("行动项", "items"),
    "opened items": b("已开单", "opened items"),
    "announced as opened": b("已发开单通知", "announced as opened"),
    "one item, one remote ticket": b("一项一单", "one item, one remote ticket"),
    "item × endpoint": b("行动项×接收端", "item × endpoint"),
    "remote tickets": b("远端工单", "remote tickets"),
    "acts": b("操作", "acts"),
    "recorded": b("已记录", "recorded"),
    "applied": b("已生效", "applied"),
    "expired": b("已过期", "expired"),
}


def moments(found: Sequence[Moment]) -> Bilingual | None:
    """Return the words for the moments a stage or touchpoint is remembered by."""
    if not found:
        return None
    return b(
        "、".join(MOMENTS[each].zh for each in found),
        ", ".join(MOMENTS[each].en for each in found),
    )


HEADS: Mapping[str, Bilingual] = {
    "department": b("部门", "Department"),
    "polarity": b("整段情感", "Polarity of the whole"),
    "themes": b("主题", "Themes"),
    "mention_polarity": b("主题的情感", "Polarity of a theme"),
}


def head(name: str) -> Bilingual:
    """Return the words for what a model was trained to tell, or its name."""
    return HEADS.get(name, b(name, name))


def term(name: str) -> Bilingual:
    """Return the words for a term of the ledger, or the term itself."""
    if name.startswith(REFUSED):
        return refused_for(name.removeprefix(REFUSED))
    plain = name.replace("_", " ")
    return LEDGER_TERMS.get(plain, b(plain, plain))


def scope(name: str) -> Bilingual:
    """Return the words for the scope of an equation: everything, or a source's name."""
    if name in {"all", "*"}:
        return LEDGER_TERMS["all"]
    return DOORS[ActDoor(name)] if name in list(ActDoor) else b(name, name)
