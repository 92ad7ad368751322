"""Explain: why is this as it is? Answered from stored facts alone."""

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from huixiang.alerts.compile import ReadyAlerts
from huixiang.configuration.rulebook import Rulebook
from huixiang.domain.coding import StoredCoding
from huixiang.domain.coding_reason import CodingReason, Why
from huixiang.domain.issue import GivenBy, Issue
from huixiang.domain.outbox import MessageState, StoredMessage
from huixiang.domain.route import Route
from huixiang.domain.text import LANGUAGES, Bilingual, Language
from huixiang.domain.verdict import StoredVerdict
from huixiang.errors import NotFound
from huixiang.routing.compile import Router
from huixiang.steps.explain.proposals import proposal_lines
from huixiang.steps.explain.reviews import (
    correction_lines,
    model_lines,
    review_lines,
    superseded_lines,
    taken_off_lines,
)
from huixiang.steps.explain.routes import route_words
from huixiang.steps.explain.themes import earlier_names, joined_issue, joined_words
from huixiang.steps.explain.verdicts import bar_words, verdict_words
from huixiang.steps.items.issue_days import AlertContext, held_back
from huixiang.steps.messages.item_card import quotes
from huixiang.store.unit_of_work import UnitOfWork
from huixiang.wording.alerts import why_held, why_opened
from huixiang.wording.codes import (
    CODER,
    DECIDED,
    LANDED,
    POLARITY,
    moment,
    move_words,
    outcome_words,
)
from huixiang.wording.codings import NO_ISSUE, coding_reason_words
from huixiang.wording.language import b
from huixiang.wording.messages import EVENTS, MESSAGES, dead_words
from huixiang.wording.names import channel_name, department_name, place_name, theme_name
from huixiang.wording.records import DUPLICATES, NOT_CODABLE, violation_words
from huixiang.wording.terms import KINDS, STATUSES

MAX_LINES = 12
MAX_EXAMPLES = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Explanation:
    """Why something is as it is: sentences for people, facts for programs."""

    id: str
    kind: str
    lines: tuple[Bilingual, ...]
    facts: Any

    def text(self, language: Language) -> str:
        """Return the sentences in one language."""
        return "\n".join(line.get(language) for line in self.lines)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Everything an explanation is made from."""

    uow: UnitOfWork
    rulebook: Rulebook
    router: Router
    alerts: ReadyAlerts
    zone: ZoneInfo

    def department(self, key: str) -> Bilingual:
        """Return what people call a department."""
        return department_name(self.rulebook, key)

    def moment(self, value: dt.datetime) -> str:
        """Write a moment as the workspace's clock shows it."""
        return moment(value, self.zone)


def explain_id(key: str, asked: Asked) -> Explanation:
    """Return why *key* is as it is; raise NotFound where nothing is stored under it."""
    uow = asked.uow
    for kind, (find, explain) in _KINDS.items():
        facts = find(uow, key)
        if facts is not None:
            lines = tuple(explain(asked, facts))
            return Explanation(id=key, kind=kind, lines=lines, facts=_as_row(facts))
    raise NotFound(
        f"nothing is stored under {key}; ids look like fb_… (feedback), cd_… (coding), "
        "ld_… (landed record), is_… (issue), ai_… (action item), msg_… (message), vd_… (verdict), rv_… (review), model_…"
    )


def _as_row(facts: Any) -> Mapping[str, Any]:
    """Return facts by their names, as a document shows them."""
    row: Mapping[str, Any] = (
        dataclasses.asdict(facts) if dataclasses.is_dataclass(type(facts)) else facts
    )
    return row


def _feedback(asked: Asked, row: Mapping[str, Any]) -> Iterator[Bilingual]:
    channel = channel_name(row["channel"])
    when = asked.moment(row["occurred_at"])
    yield b(
        f"反馈 {row['feedback_id']}：{when}，渠道“{channel.zh}”，来源 {row['source']}"
        f"（记录 {row['source_record_id']}）。",
        f"Feedback {row['feedback_id']}: {when}, {channel.en}, source {row['source']} "
        f"(record {row['source_record_id']}).",
    )
    words = " ".join(f"{row['title']} {row['verbatim']}".split())
    yield b(f"原声：{words}", f"Verbatim: {words}")
    for mark in asked.uow.feedback.by_id([row["feedback_id"]])[
        row["feedback_id"]
    ].marks:
        broken = violation_words(mark)
        yield b(f"标记：{broken.zh}", f"Marked: {broken.en}")
    twins = len(asked.uow.explanations.duplicates_of(row["feedback_id"]))
    if twins:
        repeats = "record says" if twins == 1 else "records say"
        yield b(
            f"另有 {twins} 条记录与它重复，只算这一条。",
            f"{twins} further {repeats} the same; together they count as one.",
        )
    if row["not_codable"]:
        yield b(
            f"没有编码：{NOT_CODABLE[row['not_codable']].zh}",
            f"Not coded: {NOT_CODABLE[row['not_codable']].en}",
        )
    for coding in asked.uow.codings.of_feedback(row["feedback_id"]):
        yield from _coding(asked, coding)
    yield from correction_lines(asked.uow, row["feedback_id"], asked.zone)


def _one_coding(asked: Asked, coding: StoredCoding) -> Iterator[Bilingual]:
    yield b(
        f"编码 {coding.coding_id}，属于反馈 {coding.feedback_id}。",
        f"Coding {coding.coding_id} of feedback {coding.feedback_id}.",
    )
    yield from _coding(asked, coding)


def _coding(asked: Asked, coding: StoredCoding) -> Iterator[Bilingual]:
    theme = theme_name(asked.rulebook, coding.theme)
    polarity, coder = POLARITY[coding.polarity], CODER[coding.coder]
    told = [coding_reason_words(each) for each in _further_reasons(coding)]
    tail_zh, tail_en = (
        f" ({'; '.join(each.get(language) for each in told)})" if told else ""
        for language in LANGUAGES
    )
    yield b(
        f"· 编码“{theme.zh}”，{polarity.zh}，依据“{coding.evidence}”，"
        f"{coder.zh} {coding.coder_id}，把握 {coding.confidence:.0%}{tail_zh}",
        f"· coded “{theme.en}”, {polarity.en}, because of “{coding.evidence}”, by "
        f"{coder.en} {coding.coder_id}, {coding.confidence:.0%} sure{tail_en}",
    )
    if coding.no_issue_reason:
        why = NO_ISSUE[coding.no_issue_reason]
        yield b(f"  没有归入问题：{why.zh}", f"  on no issue: {why.en}")
    if coding.route:
        yield from _route(asked, coding, coding.route)


def _further_reasons(coding: StoredCoding) -> Iterator[Why]:
    """Yield the reasons but the rule that is named as the coder."""
    for each in coding.reasons:
        rule = each.facts.get("rule") if each.code is CodingReason.RULE else None
        if rule != coding.coder_id:
            yield each


def _route(asked: Asked, coding: StoredCoding, route: Route) -> Iterator[Bilingual]:
    case = asked.uow.codings.routed_case(coding.coding_id)
    why, *changed = route_words(asked.router, case, route, asked.department)
    yield b(
        f"  归入问题 {coding.issue_id}。{why.zh}",
        f"  on issue {coding.issue_id}. {why.en}",
    )
    for words in changed:
        yield b(f"  {words.zh}", f"  {words.en}")


def _landing(asked: Asked, row: Mapping[str, Any]) -> Iterator[Bilingual]:
    state = LANDED[row["state"]]
    yield b(
        f"记录 {row['landing_id']}，来源 {row['source']}，位置 {row['position']}："
        f"{state.zh}。",
        f"Record {row['landing_id']} of source {row['source']}, at {row['position']}: "
        f"{state.en}.",
    )
    key = row["landing_id"]
    quarantined = asked.uow.quarantine.by_id(key)
    if quarantined:
        for each in quarantined.violations:
            broken = violation_words(each)
            yield b(
                f"· 违反 {each.rule}：{broken.zh}", f"· broke {each.rule}: {broken.en}"
            )
        if quarantined.decided_at:
            decided, when = DECIDED[quarantined.state], quarantined.decided_at
            yield b(
                f"{asked.moment(when)} {quarantined.decided_by} {decided.zh}："
                f"{quarantined.reason}",
                f"{asked.moment(when)}: {decided.en} by {quarantined.decided_by}: "
                f"{quarantined.reason}",
            )
    duplicate = asked.uow.explanations.duplicate(key)
    if duplicate:
        how = DUPLICATES[duplicate["kind"]]
        yield b(
            f"它与反馈 {duplicate['feedback_id']} 重复（{how.zh}），只算一次。",
            f"It repeats feedback {duplicate['feedback_id']} ({how.en}) and counts once "
            "with it.",
        )
    for made in asked.uow.explanations.feedback_of(key):
        yield b(f"它成了反馈 {made}。", f"It became feedback {made}.")


def _issue(asked: Asked, issue: Issue) -> Iterator[Bilingual]:
    yield from _issue_line(asked, issue)
    by_rule = issue.department_by is GivenBy.RULE
    department = department_name(asked.rulebook, issue.department)
    person = issue.department_person
    yield b(
        f"由“{department.zh}”负责："
        + ("最近一条反馈的路由如此" if by_rule else f"{person} 这样决定，规则不再改它")
        + "。",
        f"{department.en} answers for it: "
        + (
            "so the route of its newest feedback says."
            if by_rule
            else f"{person} decided so, and rules leave it there."
        ),
    )
    yield from taken_off_lines(asked.uow, issue.issue_id)
    items = asked.uow.explanations.items_of_issue(issue.issue_id)
    for item in items:
        kind, status = KINDS[item["kind"]], STATUSES[item["status"]]
        yield b(
            f"· {kind.zh}行动项 {item['item_id']}：{status.zh}",
            f"· {kind.en} item {item['item_id']}: {status.en}",
        )
    yield from _why_nothing(asked, issue, has_items=bool(items))


def _why_nothing(asked: Asked, issue: Issue, *, has_items: bool) -> Iterator[Bilingual]:
    """Say what alerting would decide on the last whole business day."""
    day = _last_day(asked)
    if day is None:
        return
    look = AlertContext(
        rulebook=asked.rulebook, alerts=asked.alerts, zone=asked.zone, last_day=day
    )
    held = held_back(look, asked.uow, issue)
    if held is None:
        yield b(
            f"按截至 {day} 的反馈，它会新开一个行动项。",
            f"With the feedback up to {day} it would open an item.",
        )
        return
    why = why_held(held)
    again = ("再", "further ") if has_items else ("", "")
    rule_zh = f"（规则 {held.rule}）" if held.rule else ""
    rule_en = f" (rule {held.rule})" if held.rule else ""
    yield b(
        f"截至 {day} 没有{again[0]}开行动项{rule_zh}：{why.zh}。",
        f"No {again[1]}item up to {day}{rule_en}: {why.en}.",
    )


def _last_day(asked: Asked) -> dt.date | None:
    """Return the last whole business day of the newest run that opened items."""
    looked = [asked.uow.runs.latest_as_of(flow) for flow in ("loop", "act")]
    known = [each for each in looked if each is not None]
    if not known:
        return asked.uow.histories.last_day()
    return max(known).astimezone(asked.zone).date() - dt.timedelta(days=1)


def _issue_line(asked: Asked, issue: Issue) -> Iterator[Bilingual]:
    theme = theme_name(asked.rulebook, issue.theme)
    touchpoint = place_name(asked.rulebook, issue.touchpoint)
    unit = place_name(asked.rulebook, issue.unit)
    yield b(
        f"问题 {issue.issue_id}：{theme.zh} × {touchpoint.zh} × {unit.zh}，"
        f"{asked.moment(issue.first_at)} 至 {asked.moment(issue.last_at)}。",
        f"Issue {issue.issue_id}: {theme.en} × {touchpoint.en} × {unit.en}, from "
        f"{asked.moment(issue.first_at)} to {asked.moment(issue.last_at)}.",
    )
    yield from earlier_names(asked.uow, issue.issue_id)


def _item(asked: Asked, row: Mapping[str, Any]) -> Iterator[Bilingual]:
    item, issue = asked.uow.items.with_issue(row["item_id"])
    department = department_name(asked.rulebook, item.department)
    kind, status, due = KINDS[item.kind], STATUSES[item.status], item.due_at
    yield b(
        f"{kind.zh}行动项 {item.item_id}，部门“{department.zh}”，"
        f"状态：{status.zh}，截止 {asked.moment(due)}。",
        f"{kind.en.capitalize()} item {item.item_id} for {department.en}: {status.en}, "
        f"due {asked.moment(due)}.",
    )
    yield from _issue_line(asked, issue)
    why = why_opened(item.alert, theme_name(asked.rulebook, issue.theme))
    yield b(f"为什么开：{why.zh}", f"Why it opened: {why.en}")
    for quote in quotes(asked.uow, item)[:MAX_EXAMPLES]:
        yield b(
            f"  “{quote.words}”（{quote.feedback_id}）",
            f"  “{quote.words}” ({quote.feedback_id})",
        )
    yield from bar_words(asked.uow, asked.rulebook, item)
    yield from taken_off_lines(asked.uow, item.issue_id)
    for move in asked.uow.items.moves(item.item_id):
        yield move_words(move, asked.zone, asked.department)
    for message in asked.uow.outbox.of_item(item.item_id):
        event, state = EVENTS[message.event], MESSAGES[message.state]
        where = f"{message.endpoint} ({message.message_id})"
        yield b(
            f"· 通知“{event.zh}”→ {where}：{state.zh}",
            f"· “{event.en}” to {where}: {state.en}",
        )
    for verdict in asked.uow.verdicts.of_item(item.item_id)[-1:]:
        yield from _verdict(asked, verdict)


def _verdict(asked: Asked, stored: StoredVerdict) -> Iterator[Bilingual]:
    yield from verdict_words(asked.uow, asked.rulebook, stored)


def _message(asked: Asked, message: StoredMessage) -> Iterator[Bilingual]:
    event, state = EVENTS[message.event], MESSAGES[message.state]
    item_id = message.item_id  # a digest is about none
    of = b(f"行动项 {item_id} 的", f" of item {item_id}") if item_id else b("", "")
    yield b(
        f"消息 {message.message_id}：{of.zh}“{event.zh}”通知，"
        f"发往 {message.endpoint}：{state.zh}。",
        f"Message {message.message_id}: “{event.en}”{of.en}, to "
        f"{message.endpoint}: {state.en}.",
    )
    if message.state is MessageState.QUEUED and message.n_attempts:
        when = asked.moment(message.next_attempt_at)
        yield b(f"下一次尝试不早于 {when}。", f"The next try is not before {when}.")
    if message.dead_reason:
        why = dead_words(message.dead_reason)
        yield b(
            f"放弃的原因：{why.zh}；解决后可用 huixiang outbox replay 重新投递。",
            f"Gave up: {why.en}; once that is solved, huixiang outbox replay sends it "
            "again.",
        )
    for attempt in asked.uow.outbox.attempts(message.message_id)[-MAX_LINES:]:
        yield outcome_words(attempt, asked.zone)


Find = Callable[[UnitOfWork, str], Any]
Explain = Callable[[Asked, Any], Iterator[Bilingual]]


_KINDS: Mapping[str, tuple[Find, Explain]] = {
    "feedback": (lambda uow, key: uow.explanations.feedback(key), _feedback),
    "coding": (lambda uow, key: uow.codings.get(key), _one_coding),
    "superseded coding": (
        lambda uow, key: uow.reviews.superseded(key),
        lambda asked, row: superseded_lines(row, asked.zone),
    ),
    "review": (
        lambda uow, key: uow.reviews.get(key),
        lambda asked, row: review_lines(row, asked.zone),
    ),
    "model": (
        lambda uow, key: uow.models.get(key),
        lambda asked, row: model_lines(asked.uow, row, asked.zone),
    ),
    "proposed theme": (lambda uow, key: uow.emerging.get(key), proposal_lines),
    "landed record": (lambda uow, key: uow.explanations.landing(key), _landing),
    "issue": (lambda uow, key: uow.codings.issue(key), _issue),
    "joined issue": (joined_issue, lambda _, row: iter([joined_words(row)])),
    "action item": (lambda uow, key: uow.explanations.item(key), _item),
    "message": (lambda uow, key: uow.outbox.get(key), _message),
    "verdict": (lambda uow, key: uow.verdicts.get(key), _verdict),
}
