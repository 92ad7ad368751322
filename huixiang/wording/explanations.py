"""Why a thing is as it is: records, issues, items and messages, a sentence at a time.

Moments come as the workspace's clock shows them.
"""

import datetime as dt
from zoneinfo import ZoneInfo

from huixiang.alerts.decision import HeldBack
from huixiang.configuration.rulebook import Rulebook
from huixiang.domain.coding.bridge import IssueSuccession
from huixiang.domain.items.action import ActionItem
from huixiang.domain.items.issue import GivenBy, Issue
from huixiang.domain.items.outbox import DeadReason, StoredMessage
from huixiang.domain.reason import Reason
from huixiang.domain.records.feedback import Channel, LandingState, NotCodable
from huixiang.domain.records.record import Duplicate, QuarantinedRecord
from huixiang.domain.records.violation import Violation
from huixiang.domain.text import Bilingual
from huixiang.wording.figures import moment
from huixiang.wording.items.alerts import why_held
from huixiang.wording.items.messages import EVENTS, MESSAGES, dead_words
from huixiang.wording.language import b
from huixiang.wording.names import channel_name, department_name, place_name, theme_name
from huixiang.wording.records import (
    DECIDED,
    DUPLICATES,
    LANDED,
    NOT_CODABLE,
    violation_words,
)
from huixiang.wording.terms import KINDS, STATUSES


def feedback_heard(
    feedback_id: str, when: str, channel: Channel, source: str, record: str
) -> Bilingual:
    """Say when and where a feedback was heard."""
    by = channel_name(channel)
    return b(
        f"反馈 {feedback_id}：{when}，渠道“{by.zh}”，来源 {source}（记录 {record}）。",
        f"Feedback {feedback_id}: {when}, {by.en}, source {source} (record {record}).",
    )


def verbatim(words: str) -> Bilingual:
    """Give the words of a feedback."""
    return b(f"原声：{words}", f"Verbatim: {words}")


def marked(mark: Violation) -> Bilingual:
    """Say what a stored record falls short of."""
    broken = violation_words(mark)
    return b(f"标记：{broken.zh}", f"Marked: {broken.en}")


def repeated(n: int) -> Bilingual:
    """Say how many records say the same as a feedback."""
    repeats = "record says" if n == 1 else "records say"
    return b(
        f"另有 {n} 条记录与它重复，只算这一条。",
        f"{n} further {repeats} the same; together they count as one.",
    )


def not_coded(reason: NotCodable) -> Bilingual:
    """Say why a feedback has no coding."""
    why = NOT_CODABLE[reason]
    return b(f"没有编码：{why.zh}", f"Not coded: {why.en}")


def record_landed(
    landing_id: str, source: str, position: str, state: LandingState
) -> Bilingual:
    """Say where a record came from and where it is now."""
    now = LANDED[state]
    return b(
        f"记录 {landing_id}，来源 {source}，位置 {position}：{now.zh}。",
        f"Record {landing_id} of source {source}, at {position}: {now.en}.",
    )


def broke(violation: Violation) -> Bilingual:
    """Say which expectation a record broke."""
    broken = violation_words(violation)
    return b(
        f"· 违反 {violation.rule}：{broken.zh}",
        f"· broke {violation.rule}: {broken.en}",
    )


def record_decided(record: QuarantinedRecord, when: str) -> Bilingual:
    """Say who decided what about a quarantined record, and why."""
    decided, who = DECIDED[record.state], record.decided_by
    return b(
        f"{when} {who} {decided.zh}：{record.reason}",
        f"{when}: {decided.en} by {who}: {record.reason}",
    )


def repeats(duplicate: Duplicate) -> Bilingual:
    """Say which feedback a record repeats."""
    how, key = DUPLICATES[duplicate.kind], duplicate.feedback_id
    return b(
        f"它与反馈 {key} 重复（{how.zh}），只算一次。",
        f"It repeats feedback {key} ({how.en}) and counts once with it.",
    )


def became(feedback_id: str) -> Bilingual:
    """Say which feedback a record became."""
    return b(f"它成了反馈 {feedback_id}。", f"It became feedback {feedback_id}.")


def issue_named(issue: Issue, rulebook: Rulebook, zone: ZoneInfo) -> Bilingual:
    """Say what an issue is about, where, and over which time."""
    theme = theme_name(rulebook, issue.theme)
    touchpoint = place_name(rulebook, issue.touchpoint)
    unit = place_name(rulebook, issue.unit)
    first, last = moment(issue.first_at, zone), moment(issue.last_at, zone)
    return b(
        f"问题 {issue.issue_id}：{theme.zh} × {touchpoint.zh} × {unit.zh}，"
        f"{first} 至 {last}。",
        f"Issue {issue.issue_id}: {theme.en} × {touchpoint.en} × {unit.en}, from "
        f"{first} to {last}.",
    )


def issue_owned(issue: Issue, rulebook: Rulebook) -> Bilingual:
    """Say who answers for an issue, and who or what decided so."""
    department = department_name(rulebook, issue.department)
    if issue.department_by is GivenBy.RULE:
        return b(
            f"由“{department.zh}”负责：最近一条反馈的路由如此。",
            f"{department.en} answers for it: so the route of its newest feedback says.",
        )
    person = issue.department_person
    return b(
        f"由“{department.zh}”负责：{person} 这样决定，规则不再改它。",
        f"{department.en} answers for it: {person} decided so, and rules leave it there.",
    )


def item_of_issue(item: ActionItem) -> Bilingual:
    """Say how an item of an issue stands."""
    kind, status = KINDS[item.kind], STATUSES[item.status]
    return b(
        f"· {kind.zh}行动项 {item.item_id}：{status.zh}",
        f"· {kind.en} item {item.item_id}: {status.en}",
    )


def would_open(day: dt.date) -> Bilingual:
    """Say that an issue would open an item."""
    return b(
        f"按截至 {day} 的反馈，它会新开一个行动项。",
        f"With the feedback up to {day} it would open an item.",
    )


def opens_nothing(held: HeldBack, day: dt.date, *, has_items: bool) -> Bilingual:
    """Say why an issue opens no (further) item."""
    why = why_held(held)
    again = b("再", "further ") if has_items else b("", "")
    rule = (
        b(f"（规则 {held.rule}）", f" (rule {held.rule})") if held.rule else b("", "")
    )
    return b(
        f"截至 {day} 没有{again.zh}开行动项{rule.zh}：{why.zh}。",
        f"No {again.en}item up to {day}{rule.en}: {why.en}.",
    )


def joined_by(other: IssueSuccession) -> Bilingual:
    """Say that another issue has become part of this one."""
    key, theme, version = other.issue_id, other.old_theme, other.to_version
    return b(
        f"  问题 {key}（原主题 {theme}）自码框版本 {version} 起并入它。",
        f"  Issue {key} (theme {theme} then) has been part of it since codeframe "
        f"version {version}.",
    )


def formerly_called(succession: IssueSuccession) -> Bilingual:
    """Say what the theme of an issue was called before."""
    version, theme = succession.to_version, succession.old_theme
    return b(
        f"  码框版本 {version} 之前它的主题叫 {theme}。",
        f"  Before codeframe version {version} its theme was called {theme}.",
    )


def joined_into(succession: IssueSuccession) -> Bilingual:
    """Say where an issue went on."""
    key, theme, version = (
        succession.issue_id,
        succession.old_theme,
        succession.to_version,
    )
    return b(
        f"问题 {key}（主题 {theme}）在码框版本 {version} 中合并，历史与行动项都在问题 "
        f"{succession.continues_as} 上继续。",
        f"Issue {key} (theme {theme}) was merged by codeframe version {version}; its "
        f"past and its items go on as issue {succession.continues_as}.",
    )


def item_stands(item: ActionItem, rulebook: Rulebook, zone: ZoneInfo) -> Bilingual:
    """Say whose an item is and how it stands."""
    department = department_name(rulebook, item.department)
    kind, status, due = KINDS[item.kind], STATUSES[item.status], item.due_at
    until = moment(due, zone)
    return b(
        f"{kind.zh}行动项 {item.item_id}，部门“{department.zh}”，"
        f"状态：{status.zh}，截止 {until}。",
        f"{kind.en.capitalize()} item {item.item_id} for {department.en}: {status.en}, "
        f"due {until}.",
    )


def item_opened(why: Bilingual) -> Bilingual:
    """Say why an item opened."""
    return b(f"为什么开：{why.zh}", f"Why it opened: {why.en}")


def quoted(words: str, feedback_id: str) -> Bilingual:
    """Quote a customer behind an item."""
    return b(f"  “{words}”（{feedback_id}）", f"  “{words}” ({feedback_id})")


def message_of_item(message: StoredMessage) -> Bilingual:
    """Say how a message about an item stands."""
    event, state = EVENTS[message.event], MESSAGES[message.state]
    where = f"{message.endpoint} ({message.message_id})"
    return b(
        f"· 通知“{event.zh}”→ {where}：{state.zh}",
        f"· “{event.en}” to {where}: {state.en}",
    )


def message_stands(message: StoredMessage) -> Bilingual:
    """Say what a message is about, for whom, and how it stands."""
    event, state = EVENTS[message.event], MESSAGES[message.state]
    item_id = message.item_id  # a digest is about none
    of = b(f"行动项 {item_id} 的", f" of item {item_id}") if item_id else b("", "")
    return b(
        f"消息 {message.message_id}：{of.zh}“{event.zh}”通知，"
        f"发往 {message.endpoint}：{state.zh}。",
        f"Message {message.message_id}: “{event.en}”{of.en}, to {message.endpoint}: "
        f"{state.en}.",
    )


def next_try(when: str) -> Bilingual:
    """Say when a message is tried again."""
    return b(f"下一次尝试不早于 {when}。", f"The next try is not before {when}.")


def gave_up(reason: Reason[DeadReason]) -> Bilingual:
    """Say why a message is a dead letter, and what to do about it."""
    why = dead_words(reason)
    return b(
        f"放弃的原因：{why.zh}；解决后可用 huixiang outbox replay 重新投递。",
        f"Gave up: {why.en}; once that is solved, huixiang outbox replay sends it again.",
    )
