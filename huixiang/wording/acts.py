"""Words for acts: what was decided, through which door, and what became of it."""

from collections.abc import Mapping

from huixiang.domain.acts.act import (
    ActDoor,
    ActorKind,
    ActOutcome,
    ActReason,
    ChainFault,
    TargetKind,
)
from huixiang.domain.acts.decision import ActVerb
from huixiang.domain.reason import Fact
from huixiang.domain.text import Bilingual
from huixiang.wording.language import b

VERBS: Mapping[ActVerb, Bilingual] = {
    ActVerb.ITEM_ACCEPT: b("接单", "accept an item"),
    ActVerb.ITEM_START: b("开始处理", "start on an item"),
    ActVerb.ITEM_RESOLVE: b("报告已整改", "resolve an item"),
    ActVerb.ITEM_REJECT: b("退回行动项", "refuse an item"),
    ActVerb.ITEM_CANCEL: b("取消行动项", "cancel an item"),
    ActVerb.ITEM_CLOSE: b("关闭行动项", "close an item"),
    ActVerb.ITEM_COMMENT: b("留言", "comment on an item"),
    ActVerb.ITEM_REPORT: b("原样保存的调用", "a call kept as it came"),
    ActVerb.QUARANTINE_RELEASE: b("放行隔离记录", "release a record"),
    ActVerb.QUARANTINE_DISCARD: b("丢弃隔离记录", "discard a record"),
    ActVerb.REVIEW_NOTE: b("复核编码", "review codings"),
    ActVerb.REVIEW_WITHDRAW: b("撤回复核", "withdraw a review"),
    ActVerb.THEME_ACCEPT: b("采纳主题", "accept a theme"),
    ActVerb.THEME_DISMISS: b("驳回主题", "dismiss a theme"),
    ActVerb.MODEL_PROMOTE: b("启用模型", "promote a model"),
    ActVerb.MESSAGE_REPLAY: b("重发消息", "replay a message"),
    ActVerb.ENDPOINT_RESUME: b("恢复接收端", "resume an endpoint"),
}
ACTORS: Mapping[ActorKind, Bilingual] = {
    ActorKind.CLI: b("命令行用户", "command line user"),
    ActorKind.ENDPOINT: b("接收端", "endpoint"),
    ActorKind.LINK: b("签名链接", "signed link"),
    ActorKind.ACCOUNT: b("账号", "account"),
    ActorKind.TOKEN: b("API 令牌", "API token"),
}
DOORS: Mapping[ActDoor, Bilingual] = {
    ActDoor.CLI: b("命令行", "command line"),
    ActDoor.CALL: b("对方系统的调用", "call of another system"),
    ActDoor.LINK: b("链接", "link"),
    ActDoor.PAGE: b("网页", "page"),
    ActDoor.API: b("接口", "API"),
}
TARGETS: Mapping[TargetKind, Bilingual] = {
    TargetKind.ITEM: b("行动项", "action item"),
    TargetKind.TICKET: b("对方工单", "remote ticket"),
    TargetKind.RECORD: b("记录", "record"),
    TargetKind.FEEDBACK: b("反馈", "feedback"),
    TargetKind.REVIEW: b("复核", "review"),
    TargetKind.PROPOSAL: b("主题提议", "proposed theme"),
    TargetKind.MODEL: b("模型", "model"),
    TargetKind.MESSAGE: b("消息", "message"),
    TargetKind.ENDPOINT: b("接收端", "endpoint"),
}
OUTCOMES: Mapping[ActOutcome, Bilingual] = {
    ActOutcome.WAITING: b("等待生效", "waiting"),
    ActOutcome.APPLIED: b("已生效", "applied"),
    ActOutcome.REFUSED: b("被拒绝", "refused"),
    ActOutcome.EXPIRED: b("已过期", "expired"),
}
FAULTS: Mapping[ChainFault, Bilingual] = {
    ChainFault.MISSING: b("缺失", "it is missing"),
    ChainFault.ORDER: b("与前一条不相连", "it does not follow the one before"),
    ChainFault.FACTS: b("事实被改动", "its facts were changed"),
    ChainFault.WORDS: b("原话被改动", "its words were changed"),
    ChainFault.OUTCOME: b("结果被改动", "what became of it was changed"),
    ChainFault.OUTCOME_REMOVED: b(
        "它或后面某一条的结果被删去",
        "what became of it, or of a later act, was removed",
    ),
    ChainFault.UNREADABLE: b("内容被改得无法读取", "it was changed and cannot be read"),
}
WAITS = b(
    "已记录；正在写入的运行会让它生效。",
    "Recorded; the run that is writing now will apply it.",
)


def kept(act_id: str) -> Bilingual:
    """Say that an act is kept although nothing can be applied just now."""
    return b(
        f"已记录为 {act_id}，不必再说一遍；下面的问题解决后，下一次运行会让它生效。",
        f"Recorded as {act_id}, no need to say it again; the next run applies it once "
        "this is mended:",
    )


_REASONS: Mapping[ActReason, Bilingual] = {
    ActReason.NOT_JSON: b("内容不是 UTF-8 的 JSON", "the body is not JSON in UTF-8"),
    ActReason.NOT_AN_OBJECT: b(
        "内容（或其 data）不是 JSON 对象",
        "the body (or its data) is not a JSON object",
    ),
    ActReason.NO_TARGET: b(
        "item_id 与 ticket_id 都没有给", "neither item_id nor ticket_id is given"
    ),
    ActReason.NOT_TEXT: b("{field} 不是文字", "{field} is not text"),
    ActReason.UNKNOWN_STATUS: b(
        "status 不是其中之一：{known}", "status is none of: {known}"
    ),
    ActReason.NOT_A_TIME: b(
        "{field} 不是 ISO 8601 时间", "{field} is not an ISO 8601 time"
    ),
    ActReason.NO_TIME_ZONE: b(
        "{field} 没有时区；请写成 2026-01-31T09:30:00+08:00",
        "{field} has no time zone; write 2026-01-31T09:30:00+08:00",
    ),
    ActReason.UNKNOWN_ITEM: b(
        "这个接收端没有收到过这个 item_id 的行动项",
        "this endpoint was never told of an item with this item_id",
    ),
    ActReason.OTHER_CONTENT: b(
        "同一个 webhook-id 已带着别的内容来过",
        "this webhook-id came before with other content",
    ),
    ActReason.UNKNOWN_TICKET: b(
        "一直没有出现这个编号的工单", "no ticket of this name turned up in time"
    ),
    ActReason.NEVER_TOLD: b(
        "这个接收端没有收到过这个行动项",
        "this endpoint was never told of the item",
    ),
    ActReason.OVERTAKEN: b(
        "{happened_at} 的状态已被 {by} 的情况取代",
        "a status of {happened_at} was overtaken by what happened at {by}",
    ),
    ActReason.ILLEGAL_MOVE: b(
        "不能从 {before} 变为 {after}", "it cannot move from {before} to {after}"
    ),
    ActReason.BEFORE_LAST_MOVE: b(
        "{stated_at} 早于最近一次变动（{last_moved_at}）",
        "{stated_at} lies before its last move ({last_moved_at})",
    ),
    ActReason.NOT_FOUND: b("没有这个对象", "there is no such thing"),
    ActReason.UNKNOWN_DEPARTMENT: b(
        "规则里没有这个部门；已有：{known}",
        "the rules know no such department; known are {known}",
    ),
    ActReason.UNKNOWN_ENDPOINT: b(
        "规则里没有这个接收端", "the rules know no such endpoint"
    ),
    ActReason.UNKNOWN_THEME: b("码框里没有这个主题", "the codeframe has no such theme"),
    ActReason.UNKNOWN_SOURCE: b(
        "规则里已没有它的来源", "the rules have its source no more"
    ),
    ActReason.ALREADY_DECIDED: b("已经有了决定：{state}", "it was {state} already"),
    ActReason.STILL_INVALID: b("更正之后仍不合格", "it is not valid yet, as corrected"),
    ActReason.NOT_DEAD: b("不是死信，而是 {state}", "it is {state}, not a dead letter"),
    ActReason.MODEL_UNUSABLE: b("这个模型用不了", "the model cannot be used"),
    ActReason.RULES_UNUSABLE: b(
        "这样改，规则就读不了", "the rules could not be read with it"
    ),
    ActReason.FILE_TROUBLE: b(
        "文件读不了或写不了", "a file could not be read or written"
    ),
    ActReason.NOT_ALLOWED: b("不允许", "it is not allowed"),
    ActReason.EARLIER_VERSION: b(
        "由较早的版本处理", "an earlier version dealt with it"
    ),
}


REASONS: Mapping[ActReason, Bilingual] = {
    ActReason.NOT_JSON: b("不是 JSON", "not JSON"),
    ActReason.NOT_AN_OBJECT: b("不是 JSON 对象", "not an object"),
    ActReason.NO_TARGET: b("没说是哪一项", "no item or ticket named"),
    ActReason.NOT_TEXT: b("字段不是文字", "a field is not text"),
    ActReason.UNKNOWN_STATUS: b("状态不认识", "unknown status"),
    ActReason.NOT_A_TIME: b("时间读不懂", "not a time"),
    ActReason.NO_TIME_ZONE: b("时间没有时区", "no time zone"),
    ActReason.UNKNOWN_ITEM: b("没有这个行动项", "unknown item"),
    ActReason.OTHER_CONTENT: b("同一编号、别的内容", "same id, other content"),
    ActReason.UNKNOWN_TICKET: b("一直不认识的工单", "ticket never turned up"),
    ActReason.NEVER_TOLD: b("没有告诉过它", "never told of it"),
    ActReason.OVERTAKEN: b("已被后来的事取代", "overtaken"),
    ActReason.ILLEGAL_MOVE: b("不允许的变动", "illegal move"),
    ActReason.BEFORE_LAST_MOVE: b("早于最近的变动", "before the last move"),
    ActReason.NOT_FOUND: b("找不到", "not found"),
    ActReason.UNKNOWN_DEPARTMENT: b("没有这个部门", "unknown department"),
    ActReason.UNKNOWN_ENDPOINT: b("没有这个接收端", "unknown endpoint"),
    ActReason.UNKNOWN_THEME: b("没有这个主题", "unknown theme"),
    ActReason.UNKNOWN_SOURCE: b("来源已不在", "unknown source"),
    ActReason.ALREADY_DECIDED: b("已有决定", "already decided"),
    ActReason.STILL_INVALID: b("仍不合格", "still invalid"),
    ActReason.NOT_DEAD: b("不是死信", "not a dead letter"),
    ActReason.MODEL_UNUSABLE: b("模型用不了", "model unusable"),
    ActReason.RULES_UNUSABLE: b("规则会读不了", "rules unusable"),
    ActReason.FILE_TROUBLE: b("文件出错", "file trouble"),
    ActReason.NOT_ALLOWED: b("不允许", "not allowed"),
    ActReason.EARLIER_VERSION: b("由较早的版本处理", "by an earlier version"),
}
"""Why an act was refused or has expired, in a word or two."""


def refused_for(code: str) -> Bilingual:
    """Return the ledger's words for acts that were refused for one reason."""
    reason = REASONS[ActReason(code)]
    return b(f"被拒绝：{reason.zh}", f"refused: {reason.en}")


def refusal(code: ActReason, facts: Mapping[str, Fact]) -> Bilingual:
    """Return why an act was refused or has expired; a fact that is missing is "…"."""
    words = _REASONS[code]
    known = _Known({name: str(fact) for name, fact in facts.items()})
    return b(words.zh.format_map(known), words.en.format_map(known))


class _Known(dict[str, str]):
    def __missing__(self, _: str) -> str:
        return "…"
