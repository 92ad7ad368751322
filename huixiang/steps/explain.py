"""Explain: why is this as it is? Answered from stored facts alone."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from huixiang.configuration.rulebook import Rulebook
from huixiang.domain.action import ActionItem, Move
from huixiang.domain.route import Route
from huixiang.domain.text import Bilingual
from huixiang.errors import NotFound
from huixiang.routing.compile import Router
from huixiang.routing.why import changes, why_change, why_route
from huixiang.steps.cards import channel_name, department_name, place_name, theme_name
from huixiang.steps.explain_words import (
    CODER,
    POLARITY,
    b,
    moment,
    move_words,
    outcome_words,
)
from huixiang.steps.sentences import why_opened
from huixiang.store.codings import routing_case
from huixiang.store.unit_of_work import UnitOfWork

MAX_LINES = 12


@dataclass(frozen=True, kw_only=True, slots=True)
class Explanation:
    """Why something is as it is: sentences for people, facts for programs."""

    id: str
    kind: str
    lines: tuple[Bilingual, ...]
    facts: Mapping[str, Any]

    def text(self, language: str) -> str:
        """Return the sentences in one language."""
        return "\n".join(line.get(language) for line in self.lines)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Everything an explanation is made from."""

    uow: UnitOfWork
    rulebook: Rulebook
    router: Router


def explain_id(
    key: str, uow: UnitOfWork, rulebook: Rulebook, router: Router
) -> Explanation:
    """Return why *key* is as it is; raise NotFound where nothing is stored under it."""
    asked = Asked(uow=uow, rulebook=rulebook, router=router)
    for kind, (find, explain) in _KINDS.items():
        facts = find(uow, key)
        if facts is not None:
            lines = tuple(explain(asked, facts))
            return Explanation(id=key, kind=kind, lines=lines, facts=facts)
    raise NotFound(
        f"nothing is stored under {key}; ids look like fb_… (feedback), ld_… (landed "
        "record), is_… (issue), ai_… (action item), msg_… (message), vd_… (verdict)"
    )


def _feedback(asked: Asked, row: Mapping[str, Any]) -> Iterator[Bilingual]:
    channel = channel_name(row["channel"])
    when = moment(row["occurred_at"])
    yield b(
        f"反馈 {row['feedback_id']}：{when}，渠道“{channel.zh}”，来源 {row['source']}"
        f"（记录 {row['source_record_id']}）。",
        f"Feedback {row['feedback_id']}: {when}, {channel.en}, source {row['source']} "
        f"(record {row['source_record_id']}).",
    )
    yield b(f"原声：{row['verbatim']}", f"Verbatim: {row['verbatim']}")
    for mark in row["marks"]:
        yield b(f"标记：{mark['message_zh']}", f"Marked: {mark['message_en']}")
    twins = len(asked.uow.explanations.duplicates_of(row["feedback_id"]))
    if twins:
        yield b(
            f"另有 {twins} 条重复记录只算这一条。",
            f"{twins} further records say the same and count as this one.",
        )
    if row["not_codable"]:
        yield b(
            f"没有编码：{_not_codable(row['not_codable']).zh}",
            f"Not coded: {_not_codable(row['not_codable']).en}",
        )
    for coding in asked.uow.explanations.codings(row["feedback_id"]):
        yield from _coding(asked, row, coding)


def _not_codable(reason: str) -> Bilingual:
    known = {
        "no_words": b("没有文字", "it has no words"),
        "no_theme": b(
            "码框里没有主题对得上；会用来发现新主题",
            "no theme of the codeframe fits; it feeds the search for new themes",
        ),
    }
    return known.get(reason, b(reason, reason))


def _coding(
    asked: Asked, feedback: Mapping[str, Any], coding: Mapping[str, Any]
) -> Iterator[Bilingual]:
    theme = theme_name(asked.rulebook, coding["theme"])
    polarity, coder = POLARITY[coding["polarity"]], CODER[coding["coder"]]
    reasons = "; ".join(map(str, coding["reasons"]))
    tail = f" ({reasons})" if reasons else ""
    yield b(
        f"· 编码“{theme.zh}”，{polarity.zh}，依据“{coding['evidence']}”，"
        f"{coder.zh} {coding['coder_id']}，把握 {coding['confidence']:.0%}{tail}",
        f"· coded “{theme.en}”, {polarity.en}, because of “{coding['evidence']}”, by "
        f"{coder.en} {coding['coder_id']}, {coding['confidence']:.0%} sure{tail}",
    )
    if coding["no_issue_reason"]:
        yield b(
            f"  没有归入问题：{coding['no_issue_reason']}",
            f"  on no issue: {coding['no_issue_reason']}",
        )
    if coding["rule"]:
        yield from _route(asked, feedback, coding)


def _route(
    asked: Asked, feedback: Mapping[str, Any], coding: Mapping[str, Any]
) -> Iterator[Bilingual]:
    why = why_route(
        _stored_route(coding), department_name(asked.rulebook, coding["department"])
    )
    yield b(
        f"  归入问题 {coding['issue_id']}。{why.zh}",
        f"  on issue {coding['issue_id']}. {why.en}",
    )
    for change in changes(asked.router, routing_case(_Row({**feedback, **coding}))):
        words = why_change(change)
        yield b(f"  {words.zh}", f"  {words.en}")


class _Row:
    """A mapping read like a row."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self.__dict__.update(values)

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(name)


def _stored_route(coding: Mapping[str, Any]) -> Route:
    return Route(
        department=coding["department"],
        severity=coding["severity"],
        sla_hours=coding["sla_hours"],
        playbook=coding["playbook"],
        rule=coding["rule"],
        rules_version=coding["rules_version"],
        matched=tuple(coding["matched"]),
        losing=tuple(coding["losing"]),
    )


def _landing(asked: Asked, row: Mapping[str, Any]) -> Iterator[Bilingual]:
    yield b(
        f"来源 {row['source']} 的记录，位置 {row['position']}，状态 {row['state'].value}。",
        f"A record of source {row['source']} at {row['position']}; it is "
        f"{row['state'].value}.",
    )
    key = row["landing_id"]
    quarantined = asked.uow.explanations.quarantine(key)
    if quarantined:
        for each in quarantined["violations"]:
            yield b(
                f"· 违反 {each['rule']}：{each['message_zh']}",
                f"· broke {each['rule']}: {each['message_en']}",
            )
        if quarantined["decided_by"]:
            yield b(
                f"{quarantined['decided_by']} 已处理"
                f"（{quarantined['state'].value}）：{quarantined['reason']}",
                f"{quarantined['state'].value} by {quarantined['decided_by']}: "
                f"{quarantined['reason']}",
            )
    duplicate = asked.uow.explanations.duplicate(key)
    if duplicate:
        yield b(
            f"与 {duplicate['feedback_id']} 重复（{duplicate['kind']}）。",
            f"It repeats {duplicate['feedback_id']} ({duplicate['kind']}).",
        )


def _issue(asked: Asked, row: Mapping[str, Any]) -> Iterator[Bilingual]:
    yield from _issue_line(asked, row)
    by_rule = row["department_by"] == "rule"
    department = department_name(asked.rulebook, row["department"])
    who_zh = "最近一条反馈命中的路由规则" if by_rule else row["department_by"]
    who_en = "the route of its newest feedback" if by_rule else row["department_by"]
    yield b(
        f"部门“{department.zh}”由{who_zh}确定。",
        f"{department.en} answers for it, by {who_en}.",
    )
    items = asked.uow.explanations.items_of_issue(row["issue_id"])
    for item in items:
        yield b(
            f"· 行动项 {item['item_id']}，状态 {item['status'].value}",
            f"· action item {item['item_id']}, {item['status'].value}",
        )
    if not items:
        yield b(
            "还没有行动项：负面提及没有明显超过它自己的平常水平。",
            "No action item: its negative mentions have not clearly outgrown its own "
            "usual level.",
        )


def _issue_line(asked: Asked, row: Mapping[str, Any]) -> Iterator[Bilingual]:
    theme = theme_name(asked.rulebook, row["theme"])
    touchpoint = place_name(asked.rulebook, row["touchpoint"])
    unit = place_name(asked.rulebook, row["unit"])
    yield b(
        f"问题 {row['issue_id']}：{theme.zh} × {touchpoint.zh} × {unit.zh}，"
        f"{moment(row['first_at'])} 至 {moment(row['last_at'])}。",
        f"Issue {row['issue_id']}: {theme.en} × {touchpoint.en} × {unit.en}, from "
        f"{moment(row['first_at'])} to {moment(row['last_at'])}.",
    )


def _item(asked: Asked, row: Mapping[str, Any]) -> Iterator[Bilingual]:
    item, issue = asked.uow.items.with_issue(row["item_id"])
    department = department_name(asked.rulebook, item.department)
    yield b(
        f"行动项 {item.item_id}（{item.kind.value}），部门“{department.zh}”，"
        f"状态 {item.status.value}，截止 {moment(item.due_at)}。",
        f"Action item {item.item_id} ({item.kind.value}) for {department.en}, "
        f"{item.status.value}, due {moment(item.due_at)}.",
    )
    yield from _issue_line(asked, issue)
    why = why_opened(item, issue, asked.rulebook)
    yield b(f"为什么开：{why.zh}", f"Why it opened: {why.en}")
    for quote in asked.uow.codings.evidence(item.issue_id, item.opened_at, 3):
        yield b(
            f"  “{quote['verbatim'][:80]}”（{quote['feedback_id']}）",
            f"  “{quote['verbatim'][:80]}” ({quote['feedback_id']})",
        )
    yield _criterion(item)
    for move in asked.uow.items.moves(item.item_id):
        yield _move(move)
    for message in asked.uow.explanations.messages_of_item(item.item_id):
        yield b(
            f"· 消息 {message['message_id']} → {message['endpoint']}：{message['event'].value} {message['state'].value}",
            f"· message {message['message_id']} → {message['endpoint']}: {message['event'].value} {message['state'].value}",
        )
    for verdict in asked.uow.verdicts.of_item(item.item_id)[-1:]:
        yield from _verdict(asked, verdict)


def _criterion(item: ActionItem) -> Bilingual:
    criterion = item.criterion
    return b(
        f"开单时定下的成功标准：{criterion.metric.value} 至少好 "
        f"{criterion.minimum_effect:g}，整改后 {criterion.horizon_days} 天内。",
        f"Success was fixed at opening: {criterion.metric.value} better by "
        f"{criterion.minimum_effect:g} or more within {criterion.horizon_days} days of "
        "the fix.",
    )


def _move(move: Move) -> Bilingual:
    return move_words(move)


def _verdict(asked: Asked, row: Mapping[str, Any]) -> Iterator[Bilingual]:
    del asked
    detail = row["detail"]
    yield b(
        f"验收（{row['looked_on']} 看，{row['resolved_on']} 整改）："
        f"{detail['sentences']['zh']}",
        f"Verdict (looked at on {row['looked_on']}, fixed on {row['resolved_on']}): "
        f"{detail['sentences']['en']}",
    )
    if detail["difference"]["zh"]:
        yield b(detail["difference"]["zh"], detail["difference"]["en"])
    looks = len(detail["looks"])
    yield b(f"依据：{looks} 次逐日查看。", f"It rests on {looks} daily looks.")


def _message(asked: Asked, row: Mapping[str, Any]) -> Iterator[Bilingual]:
    yield b(
        f"消息 {row['message_id']}：行动项 {row['item_id']} 的 {row['event'].value}，"
        f"发往 {row['endpoint']}，状态 {row['state'].value}。",
        f"Message {row['message_id']}: {row['event'].value} of item {row['item_id']} "
        f"to {row['endpoint']}; it is {row['state'].value}.",
    )
    if row["dead_reason"]:
        yield b(f"死信原因：{row['dead_reason']}", f"Gave up: {row['dead_reason']}")
    for attempt in asked.uow.outbox.attempts(row["message_id"])[-MAX_LINES:]:
        yield outcome_words(attempt)


Find = Callable[[UnitOfWork, str], Mapping[str, Any] | None]
Explain = Callable[[Asked, Mapping[str, Any]], Iterator[Bilingual]]

_KINDS: Mapping[str, tuple[Find, Explain]] = {
    "feedback": (lambda uow, key: uow.explanations.feedback(key), _feedback),
    "landed record": (lambda uow, key: uow.explanations.landing(key), _landing),
    "issue": (lambda uow, key: uow.explanations.issue(key), _issue),
    "action item": (lambda uow, key: uow.explanations.item(key), _item),
    "message": (lambda uow, key: uow.explanations.message(key), _message),
    "verdict": (lambda uow, key: uow.explanations.verdict(key), _verdict),
}
