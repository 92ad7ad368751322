"""Fill an item's card from the store: what a department should see."""

from collections.abc import Sequence

from huixiang.configuration.rulebook import Rulebook
from huixiang.domain.coding.coding_reason import CONTRADICTIONS
from huixiang.domain.items.action import ActionItem, ActionStatus, ItemKind
from huixiang.domain.items.issue import NOWHERE, Issue
from huixiang.domain.items.item_card import NOT_NAMED, ItemCard, Named, PastFix, Quote
from huixiang.domain.proof.assurance import SustainedLook
from huixiang.domain.proof.verdict import StoredVerdict, Sustained, VerdictKind
from huixiang.domain.text import Bilingual
from huixiang.steps.context import Context
from huixiang.store.queries.coding.codings import IssueVoice
from huixiang.store.unit_of_work import UnitOfWork
from huixiang.wording.items.alerts import why_opened
from huixiang.wording.items.effects import effect_words, still_there
from huixiang.wording.items.messages import buttons, item_title
from huixiang.wording.names import department_name, place_name, theme_name
from huixiang.wording.proof.verdict_checks import outlook_words
from huixiang.wording.terms import SEVERITIES

MAX_QUOTES = 5
HAPPY_STARS = 4.0
MAX_QUOTE_CHARS = 160
MAX_PAST_FIXES = 3


def item_card(
    context: Context,
    uow: UnitOfWork,
    item: ActionItem,
    issue: Issue,
    *,
    news: Bilingual | None = None,
) -> ItemCard:
    """Return everything the department is told of *item*."""
    rulebook = context.rulebook
    theme, touchpoint, unit = subject = _subject(rulebook, issue)
    tickets = uow.outbox.remote_tickets(item.item_id)
    return ItemCard(
        item_id=item.item_id,
        kind=item.kind,
        status=item.status,
        issue_id=item.issue_id,
        title=item_title(item.kind, item.severity, subject),
        theme=theme,
        department=Named(
            id=item.department, name=department_name(rulebook, item.department)
        ),
        severity=item.severity,
        severity_name=SEVERITIES[item.severity],
        opened_at=item.opened_at,
        due_at=item.due_at,
        why=why_opened(item.alert, theme.name),
        touchpoint=touchpoint,
        unit=unit,
        evidence=quotes(uow, item),
        playbook=rulebook.playbooks.get(item.playbook or ""),
        past_fixes=past_fixes(uow, item),
        news=news,
        outlook=outlook_of(uow, item),
        ticket_id=tickets[0].remote_ticket_id if tickets else None,
        buttons=buttons(item.status),
    )


def item_named(rulebook: Rulebook, item: ActionItem, issue: Issue) -> Bilingual:
    """Return the one line by which people know an item."""
    return item_title(item.kind, item.severity, _subject(rulebook, issue))


def _subject(rulebook: Rulebook, issue: Issue) -> tuple[Named, Named, Named]:
    """Return theme, touchpoint and unit of an issue with their names."""
    return (
        Named(id=issue.theme, name=theme_name(rulebook, issue.theme)),
        _place(issue.touchpoint, rulebook),
        _place(issue.unit, rulebook),
    )


def outlook_of(uow: UnitOfWork, item: ActionItem) -> Bilingual | None:
    """Say whether the effect of a fix could be seen, as was found at the opening."""
    outlook = uow.assurance.outlook(item.item_id)
    return outlook_words(outlook, item.criterion) if outlook else None


def quotes(uow: UnitOfWork, item: ActionItem) -> tuple[Quote, ...]:
    """Return the newest masked words behind an item.

    A recovery item shows its one customer only; an improvement item shows last what may
    have been praise.
    """
    voices = uow.codings.voices_of(
        item.issue_id, item.opened_at, MAX_QUOTES * 4, feedback_id=item.feedback_id
    )
    seen: dict[str, Quote] = {}
    for voice in sorted(voices, key=_may_be_praise):
        quote = Quote(
            feedback_id=voice.feedback_id,
            said_on=voice.occurred_at.date(),
            channel=voice.channel,
            words=_excerpt(voice),
        )
        seen.setdefault(quote.feedback_id, quote)
    return tuple(seen.values())[:MAX_QUOTES]


def _may_be_praise(voice: IssueVoice) -> bool:
    doubted = any(each.code in CONTRADICTIONS for each in voice.reasons)
    return doubted or (voice.stars or 0) >= HAPPY_STARS


def _excerpt(voice: IssueVoice) -> str:
    words = " ".join(f"{voice.title} {voice.verbatim}".split())
    if len(words) <= MAX_QUOTE_CHARS:
        return words
    start = max(words.find(voice.evidence.strip()) - MAX_QUOTE_CHARS // 3, 0)
    piece = words[start : start + MAX_QUOTE_CHARS]
    before = "…" if start else ""
    return (
        f"{before}{piece}…" if start + MAX_QUOTE_CHARS < len(words) else before + piece
    )


def past_fixes(uow: UnitOfWork, item: ActionItem) -> tuple[PastFix, ...]:
    """Return what verifiably fixed the same theme before, and has not come back."""
    issues = uow.codings.issues()
    theme = issues[item.issue_id].theme
    verdicts, looks = uow.verdicts.latest(), uow.assurance.sustained()
    items = uow.items.find(kind=ItemKind.IMPROVEMENT)
    fixes = [
        (other, verdict)
        for other in items
        if other.status in (ActionStatus.VERIFIED, ActionStatus.CLOSED)
        and (verdict := verdicts.get(other.item_id))
        and verdict.kind is VerdictKind.IMPROVED
        and issues[other.issue_id].theme == theme
        and other.item_id != item.item_id
        and (_lasts(looks.get(other.item_id)) or not _came_back(other, items))
    ]
    fixes.sort(key=lambda each: (each[1].resolved_on, each[0].item_id))
    return tuple(
        _past_fix(other, verdict, looks.get(other.item_id))
        for other, verdict in fixes[-MAX_PAST_FIXES:]
    )


def _lasts(look: SustainedLook | None) -> bool:
    return look is not None and look.outcome is Sustained.SUSTAINED


def _came_back(fixed: ActionItem, items: Sequence[ActionItem]) -> bool:
    """Say whether another item had to be opened on the same issue since."""
    return any(
        each.issue_id == fixed.issue_id
        and fixed.resolved_at is not None
        and each.opened_at > fixed.resolved_at
        for each in items
    )


def _past_fix(
    item: ActionItem, verdict: StoredVerdict, look: SustainedLook | None
) -> PastFix:
    effect = effect_words(verdict.verdict)
    if look is not None and _lasts(look):
        effect = still_there(effect, look.after_days)
    return PastFix(
        item_id=item.item_id,
        resolved_on=verdict.resolved_on,
        root_cause=item.root_cause or "",
        effect=effect,
    )


def _place(key: str, rulebook: Rulebook) -> Named:
    if key == NOWHERE:
        return NOT_NAMED
    return Named(id=key, name=place_name(rulebook, key))
