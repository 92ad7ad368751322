"""What messages say, and what became of them."""

import datetime as dt
from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

from huixiang.domain.items.action import MOVES, ActionStatus, ItemKind
from huixiang.domain.items.digest import DigestPart
from huixiang.domain.items.issue import NOWHERE
from huixiang.domain.items.item_card import Button, Named
from huixiang.domain.items.outbox import (
    AttemptReason,
    DeadReason,
    DisabledReason,
    EventType,
    MessageState,
    Outcome,
    PastAttempt,
)
from huixiang.domain.items.route import Urgency
from huixiang.domain.reason import Fact, Reason
from huixiang.domain.text import Bilingual
from huixiang.wording.figures import moment
from huixiang.wording.language import b
from huixiang.wording.terms import KINDS, SEVERITIES

EVENTS: Mapping[EventType, Bilingual] = {
    EventType.OPENED: b("新行动项", "item opened"),
    EventType.UPDATED: b("有更新", "item updated"),
    EventType.ESCALATED: b("已升级", "item escalated"),
    EventType.VERIFIED: b("已验收改善", "improvement verified"),
    EventType.REOPENED: b("重新打开", "item reopened"),
    EventType.DIGEST: b("简报", "digest"),
    EventType.TEST: b("测试消息", "test message"),
}
MESSAGES: Mapping[MessageState, Bilingual] = {
    MessageState.QUEUED: b("排队中", "queued"),
    MessageState.SENDING: b("发送中", "being sent"),
    MessageState.DELIVERED: b("已送达", "delivered"),
    MessageState.DEAD: b("死信，已放弃", "dead letter, given up"),
}
OUTCOMES: Mapping[Outcome, Bilingual] = {
    Outcome.DELIVERED: b("已送达", "delivered"),
    Outcome.TRANSIENT: b("暂时失败", "failed for now"),
    Outcome.TERMINAL: b("失败，再试也没用", "failed, trying again cannot help"),
    Outcome.UNKNOWN: b("没有回答，可能已到", "no answer, it may have arrived"),
}
ATTEMPTS: Mapping[AttemptReason, Bilingual] = {
    AttemptReason.ANSWERED: b("接收端回答", "endpoint answered"),
    AttemptReason.ANSWER_BROKE_OFF: b(
        "接收端的回答中断了", "the endpoint's answer broke off"
    ),
    AttemptReason.ANSWER_UNREADABLE: b(
        "已发出，但回答无法识别，可能已到",
        "sent, but no readable answer: it may have arrived",
    ),
    AttemptReason.NO_ANSWER_IN_TIME: b(
        "已发出，但没有及时回答，可能已到",
        "sent, but no answer in time: it may have arrived",
    ),
    AttemptReason.NO_CONNECTION: b("未发出：连不上", "not sent: no connection"),
    AttemptReason.NO_CONNECTION_IN_TIME: b(
        "未发出：没有及时连上", "not sent: no connection in time"
    ),
    AttemptReason.CERTIFICATE_NOT_TRUSTED: b(
        "未发出：接收端的证书或 TLS 不受信任；检查它的证书，或 ca_file",
        "not sent: the certificate or TLS of the endpoint is not trusted; check its "
        "certificate, or ca_file",
    ),
    AttemptReason.HOST_UNKNOWN: b(
        "未发出：主机名无法解析", "not sent: the name could not be resolved"
    ),
    AttemptReason.HOST_NOT_RESOLVED_IN_TIME: b(
        "未发出：主机名没有及时解析出来", "not sent: the name was not resolved in time"
    ),
    AttemptReason.ADDRESS_NOT_PUBLIC: b(
        "未发出：主机解析到的地址不是公网地址；如果确实如此，请在 networks 里写明其网段",
        "not sent: the host resolves to an address that is not public; if this is meant, "
        "name its network in networks",
    ),
    AttemptReason.ADDRESS_OUTSIDE_NETWORKS: b(
        "未发出：主机解析到的地址不在接收端的 networks 之内",
        "not sent: the host resolves to an address outside the endpoint's networks",
    ),
    AttemptReason.NOT_WRITABLE: b(
        "未发出：消息或 URL 写不成请求",
        "not sent: the message or URL cannot be put into a request",
    ),
    AttemptReason.SENDER_DIED: b(
        "发送它的那次运行中途结束了", "the run that was sending it ended without a word"
    ),
    AttemptReason.AS_WRITTEN: b("早期版本的记录", "as an earlier version put it"),
}
DEAD: Mapping[DeadReason, Bilingual] = {
    DeadReason.REFUSED: b("{last}", "{last}"),
    DeadReason.GAVE_UP: b(
        "试了 {n} 次后放弃；最后一次：{last}",
        "gave up after {n} attempts; last: {last}",
    ),
    DeadReason.NOT_REPEATABLE: b(
        "{last}；它可能已到，而接收端不能识别重复，再发一次可能变成第二次通知",
        "{last}; it may have arrived and the endpoint is not idempotent, so a second "
        "copy could be a second notice",
    ),
}
DISABLED: Mapping[DisabledReason, Bilingual] = {
    DisabledReason.GONE: b("{said}", "{said}"),
}
SECTIONS: Mapping[DigestPart, Bilingual] = {
    DigestPart.OVERDUE: b("逾期未答复", "overdue for an answer"),
    DigestPart.OPEN: b("进行中", "being worked on"),
    DigestPart.REOPENED: b("这一周重新打开", "re-opened that week"),
    DigestPart.VERIFIED: b("这一周验收改善", "verified improvements that week"),
}
BUTTONS: Mapping[ActionStatus, Bilingual] = {
    ActionStatus.ACCEPTED: b("接单", "Accept"),
    ActionStatus.IN_PROGRESS: b("开始处理", "Start"),
    ActionStatus.RESOLVED: b("已整改", "Resolved"),
    ActionStatus.REJECTED: b("不归我", "Not mine"),
}
GREETING = b(
    "回响测试消息：收到即表示接收端已接通，无需处理。",
    "Huixiang test message: it arrived, nothing to do.",
)


def item_title(kind: ItemKind, severity: Urgency, places: Sequence[Named]) -> Bilingual:
    """Return the one line by which people know work of this kind about these places."""
    named = [each for each in places if each.id != NOWHERE]
    zh = " · ".join(dict.fromkeys(each.name.zh or each.id for each in named))
    en = " · ".join(dict.fromkeys(each.name.en or each.id for each in named))
    work, how_bad = KINDS[kind], SEVERITIES[severity]
    return b(
        f"【{work.zh}·{how_bad.zh}】{zh}",
        f"[{work.en.capitalize()}, {how_bad.en}] {en}",
    )


def buttons(status: ActionStatus) -> tuple[Button, ...]:
    """Return what the owner of an item in *status* may answer."""
    return tuple(
        Button(answer=answer, label=label)
        for answer, label in BUTTONS.items()
        if answer in MOVES[status]
    )


def digest_title(
    department: Bilingual | None, first_on: dt.date, last_on: dt.date
) -> Bilingual:
    """Return the one line by which people know a digest; None: that of managers."""
    name = department or b("全局", "everything")
    days = f"{first_on} … {last_on}"
    return b(f"【简报】{name.zh} {days}", f"[Digest] {name.en}, {days}")


def hurts_most(
    names: Sequence[Bilingual], n_negative: int, n_previous: int | None
) -> Bilingual:
    """Say what hurts, where, and how much it did the week before (None: unknown)."""
    zh = " · ".join(dict.fromkeys(each.zh for each in names))
    en = " · ".join(dict.fromkeys(each.en for each in names))
    before = b("", "")
    if n_previous is not None:
        before = b(f"（前一周 {n_previous}）", f" ({n_previous} the week before)")
    return b(
        f"最痛：{zh}，{n_negative} 条负面反馈{before.zh}",
        f"Hurts most: {en}, {n_negative} complaints{before.en}",
    )


def who_is_on_it(n_open: int, n_late: int) -> Bilingual:
    """Say how many items are being worked on, and how many are late."""
    return b(
        f"谁在做：{n_open} 个行动项进行中，其中 {n_late} 个逾期未答复",
        f"Who is on it: {n_open} items being worked on, {n_late} of them overdue for an "
        "answer",
    )


def did_it_work(n_verified: int, n_failed: int, n_unproven: int) -> Bilingual:
    """Say what came of the items whose last look was in the week."""
    return b(
        f"见效了吗：这一周验收改善 {n_verified} 个，未改善或变差 {n_failed} 个，"
        f"未能证明 {n_unproven} 个",
        f"Did it work: {n_verified} verified improvements that week, {n_failed} not "
        f"improved or worse, {n_unproven} unproven",
    )


def attempt_words(
    reason: Reason[AttemptReason], status_code: int | None = None
) -> Bilingual:
    """Say why an attempt ended as it did, with what the endpoint said."""
    return _attempt(reason.code, reason.words, {**reason.facts, _STATUS: status_code})


def dead_words(reason: Reason[DeadReason]) -> Bilingual:
    """Say why a message was given up."""
    facts = reason.facts
    last = _attempt(AttemptReason(str(facts["attempt"])), reason.words, facts)
    words, n = DEAD[reason.code], facts.get("n_attempts")
    return b(words.zh.format(last=last.zh, n=n), words.en.format(last=last.en, n=n))


def disabled_words(reason: Reason[DisabledReason]) -> Bilingual:
    """Say why an endpoint is not sent to."""
    words = DISABLED[reason.code]
    said = _attempt(AttemptReason.ANSWERED, reason.words, reason.facts)
    return b(words.zh.format(said=said.zh), words.en.format(said=said.en))


_STATUS = "status_code"


def _attempt(code: AttemptReason, said: str, facts: Mapping[str, Fact]) -> Bilingual:
    words = ATTEMPTS[code]
    status, own_code, error = (
        facts.get(name) for name in (_STATUS, "answer_code", "error")
    )
    before = f" {status}" if status is not None else ""
    more = f"（{own_code or error}）" if own_code or error else ""
    more_en = f" ({own_code or error})" if own_code or error else ""
    zh, en = f"{words.zh}{before}{more}", f"{words.en}{before}{more_en}"
    if not said:
        return b(zh, en)
    return b(f"{zh}：{said}", f"{en}: {said}")


def outcome_words(attempt: PastAttempt, zone: ZoneInfo) -> Bilingual:
    """Say how one attempt ended, and why."""
    words, why = (
        OUTCOMES[attempt.outcome],
        attempt_words(attempt.reason, attempt.status_code),
    )
    when = moment(attempt.attempted_at, zone)
    return b(f"· {when} {words.zh}：{why.zh}", f"· {when} {words.en}: {why.en}")
