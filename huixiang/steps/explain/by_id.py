"""Explain: why is this as it is? Answered from stored facts alone."""

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from huixiang.alerts.compile import ReadyAlerts
from huixiang.configuration.rulebook import Rulebook
from huixiang.domain.coding.coding_reason import CodingReason, Why
from huixiang.domain.coding.stored_coding import StoredCoding
from huixiang.domain.items.issue import Issue
from huixiang.domain.items.outbox import MessageState, StoredMessage
from huixiang.domain.items.route import Route
from huixiang.domain.proof.verdict import StoredVerdict
from huixiang.domain.text import Bilingual, Language
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
from huixiang.steps.explain.themes import earlier_names, joined_issue
from huixiang.steps.explain.verdicts import bar_words, verdict_words
from huixiang.steps.items.issue_days import AlertContext, held_back
from huixiang.steps.messages.item_card import quotes
from huixiang.store.queries.proof.explanations import (
    LandedPlace,
    OpenedItem,
    StoredFeedback,
)
from huixiang.store.unit_of_work import UnitOfWork
from huixiang.wording import explanations as words
from huixiang.wording.coding import explained_codings
from huixiang.wording.figures import moment
from huixiang.wording.items.alerts import why_opened
from huixiang.wording.items.messages import outcome_words
from huixiang.wording.items.moves import move_words
from huixiang.wording.names import department_name, theme_name

MAX_LINES = 12
MAX_EXAMPLES = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Explanation:
    """Why something is as it is: sentences for people, facts for programs."""

    id: str
    kind: str
    lines: tuple[Bilingual, ...]
    facts: Mapping[str, Any]

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
            return Explanation(id=key, kind=kind, lines=lines, facts=_document(facts))
    raise NotFound(
        f"nothing is stored under {key}; ids look like fb_… (feedback), cd_… (coding), "
        "ld_… (landed record), is_… (issue), ai_… (action item), msg_… (message), vd_… (verdict), rv_… (review), model_…"
    )


def _document(fact: Any) -> Mapping[str, Any]:
    """Return a fact by the names of what it holds, for programs."""
    if isinstance(fact, OpenedItem):
        seals = {
            "criterion_hash": fact.criterion_hash,
            "rulebook_hash": fact.rulebook_hash,
        }
        return dataclasses.asdict(fact.item) | seals
    return dataclasses.asdict(fact)


def _feedback(asked: Asked, stored: StoredFeedback) -> Iterator[Bilingual]:
    key, when = stored.feedback_id, asked.moment(stored.occurred_at)
    yield words.feedback_heard(
        key, when, stored.channel, stored.source, stored.source_record_id
    )
    yield words.verbatim(" ".join(f"{stored.title} {stored.verbatim}".split()))
    yield from map(words.marked, stored.marks)
    n_more = asked.uow.explanations.n_duplicates(key)
    if n_more:
        yield words.repeated(n_more)
    if stored.not_codable:
        yield words.not_coded(stored.not_codable)
    for coding in asked.uow.codings.of_feedback(key):
        yield from _coding(asked, coding)
    yield from correction_lines(asked.uow, key, asked.zone)


def _one_coding(asked: Asked, coding: StoredCoding) -> Iterator[Bilingual]:
    yield explained_codings.coding_of(coding)
    yield from _coding(asked, coding)


def _coding(asked: Asked, coding: StoredCoding) -> Iterator[Bilingual]:
    theme = theme_name(asked.rulebook, coding.theme)
    yield explained_codings.coded(coding, theme, list(_further_reasons(coding)))
    if coding.no_issue_reason:
        yield explained_codings.on_no_issue(coding.no_issue_reason)
    if coding.route:
        yield from _route(asked, coding, coding.route)


def _further_reasons(coding: StoredCoding) -> Iterator[Why]:
    """Yield the reasons but the rule that is named as the coder."""
    for each in coding.reasons:
        rule = each.facts.get("rule") if each.code is CodingReason.RULE else None
        if rule != coding.coder_id:
            yield each


def _route(asked: Asked, coding: StoredCoding, route: Route) -> Iterator[Bilingual]:
    case = asked.uow.cases.of_coding(coding.coding_id)
    why, *changed = route_words(asked.router, case, route, asked.department)
    yield explained_codings.on_issue(coding.issue_id, why)
    yield from map(explained_codings.indented, changed)


def _landing(asked: Asked, landed: LandedPlace) -> Iterator[Bilingual]:
    key, uow = landed.landing_id, asked.uow
    yield words.record_landed(key, landed.source, landed.position, landed.state)
    quarantined = uow.quarantine.by_id(key)
    if quarantined:
        yield from map(words.broke, quarantined.violations)
        if quarantined.decided_at:
            when = asked.moment(quarantined.decided_at)
            yield words.record_decided(quarantined, when)
    duplicate = uow.explanations.duplicate(key)
    if duplicate:
        yield words.repeats(duplicate)
    yield from map(words.became, uow.explanations.feedback_of(key))


def _issue(asked: Asked, issue: Issue) -> Iterator[Bilingual]:
    yield from _issue_line(asked, issue)
    yield words.issue_owned(issue, asked.rulebook)
    yield from taken_off_lines(asked.uow, issue.issue_id)
    opened = asked.uow.explanations.items_of_issue(issue.issue_id)
    for each in opened:
        yield words.item_of_issue(each.item)
    yield from _why_nothing(asked, issue, has_items=bool(opened))


def _why_nothing(asked: Asked, issue: Issue, *, has_items: bool) -> Iterator[Bilingual]:
    """Say what alerting would decide on the last whole business day."""
    day = _last_day(asked)
    if day is None:
        return
    look = AlertContext(
        rulebook=asked.rulebook, alerts=asked.alerts, zone=asked.zone, last_day=day
    )
    held = held_back(look, asked.uow, issue)
    yield (
        words.opens_nothing(held, day, has_items=has_items)
        if held
        else words.would_open(day)
    )


def _last_day(asked: Asked) -> dt.date | None:
    """Return the last whole business day of the newest run that opened items."""
    looked = [asked.uow.runs.latest_as_of(flow) for flow in ("loop", "act")]
    known = [each for each in looked if each is not None]
    if not known:
        return asked.uow.histories.last_day()
    return max(known).astimezone(asked.zone).date() - dt.timedelta(days=1)


def _issue_line(asked: Asked, issue: Issue) -> Iterator[Bilingual]:
    yield words.issue_named(issue, asked.rulebook, asked.zone)
    yield from earlier_names(asked.uow, issue.issue_id)


def _item(asked: Asked, opened: OpenedItem) -> Iterator[Bilingual]:
    item, issue = asked.uow.items.with_issue(opened.item.item_id)
    yield words.item_stands(item, asked.rulebook, asked.zone)
    yield from _issue_line(asked, issue)
    yield words.item_opened(
        why_opened(item.alert, theme_name(asked.rulebook, issue.theme))
    )
    for quote in quotes(asked.uow, item)[:MAX_EXAMPLES]:
        yield words.quoted(quote.words, quote.feedback_id)
    yield from bar_words(asked.uow, asked.rulebook, item)
    yield from taken_off_lines(asked.uow, item.issue_id)
    for move in asked.uow.items.moves(item.item_id):
        yield move_words(move, asked.zone, asked.department)
    yield from map(words.message_of_item, asked.uow.outbox.of_item(item.item_id))
    for verdict in asked.uow.verdicts.of_item(item.item_id)[-1:]:
        yield from _verdict(asked, verdict)


def _verdict(asked: Asked, stored: StoredVerdict) -> Iterator[Bilingual]:
    yield from verdict_words(asked.uow, asked.rulebook, stored)


def _message(asked: Asked, message: StoredMessage) -> Iterator[Bilingual]:
    yield words.message_stands(message)
    if message.state is MessageState.QUEUED and message.n_attempts:
        yield words.next_try(asked.moment(message.next_attempt_at))
    if message.dead_reason:
        yield words.gave_up(message.dead_reason)
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
    "proposed theme": (
        lambda uow, key: uow.emerging.get(key),
        lambda asked, row: proposal_lines(asked.uow, row, asked.zone),
    ),
    "landed record": (lambda uow, key: uow.explanations.landing(key), _landing),
    "issue": (lambda uow, key: uow.codings.issue(key), _issue),
    "joined issue": (joined_issue, lambda _, row: iter([words.joined_into(row)])),
    "action item": (lambda uow, key: uow.explanations.item(key), _item),
    "message": (lambda uow, key: uow.outbox.get(key), _message),
    "verdict": (lambda uow, key: uow.verdicts.get(key), _verdict),
}
