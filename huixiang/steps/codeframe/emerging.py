"""Emerging themes: find what is new, remember it, and let a person decide."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from huixiang.domain.coding.codeframe import Codeframe
from huixiang.domain.coding.insight import EmergingTheme, Proposal, ProposalState
from huixiang.errors import ConfigurationError, NotFound
from huixiang.steps.context import Context
from huixiang.store.unit_of_work import UnitOfWork
from huixiang.understanding.discovery.bursts import BurstRule
from huixiang.understanding.discovery.emerging import (
    EmergingRule,
    HeardVoice,
    propose,
    same_theme,
    whole_weeks,
)
from huixiang.understanding.text.normalise import normalise
from huixiang.understanding.text.segment import Segmenter

HISTORY_DAYS = 56
MAX_VOICES = 40_000
"""More are drawn evenly: rates stay true, only small news may be missed."""
STALE_DAYS = 28
"""A proposal nobody spoke of for so long is no longer shown."""


def find_emerging(context: Context, *, days: int = 14) -> tuple[EmergingTheme, ...]:
    """Find what is new in the last *days* (whole weeks), keep and return it.

    What somebody has decided about is left out; what was proposed before keeps its id.
    """
    rule = EmergingRule(burst=BurstRule(days=whole_weeks(days)))
    until = context.last_day
    first = until - dt.timedelta(days=rule.days + HISTORY_DAYS - 1)
    frame = context.rulebook.codeframe
    known = known_words(frame)
    with context.store.reading() as uow:
        voices = gather_voices(uow, first, until)
        stored = uow.emerging.proposals()
    if not voices:
        return ()
    found = propose(voices, Segmenter(known), until=until, known=known, rule=rule)
    waiting = [each for each in stored if each.is_open]
    decided = [each for each in stored if not each.is_open]
    new = tuple(_renamed(each, waiting) for each in found if _is_new(each, decided))
    later = {each.proposal_id for each in waiting if each.last_found_on > until}
    # A look at the past changes nothing.
    kept = [each for each in new if each.proposal_id not in later]
    if kept:
        with context.transaction("emerging") as uow:
            uow.emerging.save(kept, found_at=context.as_of, found_on=until)
    return new


def open_proposals(
    uow: UnitOfWork, *, as_of: dt.datetime, until: dt.date
) -> tuple[EmergingTheme, ...]:
    """Return what was proposed and not decided about at *as_of*, clearest first."""
    oldest = until - dt.timedelta(days=STALE_DAYS)
    themes = [
        each.found for each in uow.emerging.open(as_of) if each.last_found_on >= oldest
    ]
    return tuple(sorted(themes, key=lambda each: (-each.n, each.proposal_id)))


def stored_proposal(uow: UnitOfWork, proposal_id: str) -> Proposal:
    """Return a proposal, whatever became of it."""
    proposal = uow.emerging.get(proposal_id)
    if proposal is None:
        raise NotFound(
            f"no proposal {proposal_id}; `huixiang codeframe emerging` lists them"
        )
    return proposal


def open_proposal(uow: UnitOfWork, proposal_id: str) -> EmergingTheme:
    """Return a proposal that waits for a decision."""
    proposal = stored_proposal(uow, proposal_id)
    if not proposal.is_open:
        theme = f" (theme {proposal.accepted_as})" if proposal.accepted_as else ""
        raise ConfigurationError(
            f"{proposal_id} is {proposal.state.value} already{theme}",
            code="already_decided",
            about={"state": proposal.state.value},
        )
    return proposal.found


def dismiss_proposal(
    context: Context, uow: UnitOfWork, proposal_id: str, *, by: str, reason: str
) -> None:
    """Note that a proposal is no theme; it does not come back."""
    open_proposal(uow, proposal_id)
    uow.emerging.decide(
        proposal_id,
        ProposalState.DISMISSED,
        at=context.as_of,
        by=by,
        words=reason,
    )


def known_words(frame: Codeframe) -> frozenset[str]:
    """Return every word the codeframe has: what it covers is nothing new."""
    words = [
        word
        for theme in frame.themes
        for word in (*theme.keywords, *theme.negative, *theme.positive)
    ]
    return frozenset(normalise(words))


def gather_voices(uow: UnitOfWork, first: dt.date, until: dt.date) -> list[HeardVoice]:
    """Return the feedback of these days with the themes it surely mentions."""
    themes: dict[str, set[str]] = defaultdict(set)
    for row in uow.emerging.themes(first, until):
        themes[row.feedback_id].add(row.theme)
    return [
        HeardVoice(
            feedback_id=row.feedback_id,
            day=row.occurred_on,
            source=row.source,
            words=row.words,
            unit=row.unit,
            touchpoint=row.touchpoint,
            polarity=row.polarity,
            themes=tuple(sorted(themes[row.feedback_id])),
            person=row.customer_ref,
        )
        for row in uow.emerging.voices(first, until, MAX_VOICES)
    ]


def _is_new(found: EmergingTheme, decided: Iterable[Proposal]) -> bool:
    return not any(same_theme(found.keywords, each.found.keywords) for each in decided)


def _renamed(found: EmergingTheme, waiting: Iterable[Proposal]) -> EmergingTheme:
    """Give what was proposed before its old id; its leading word may have changed."""
    for each in waiting:
        if same_theme(found.keywords, each.found.keywords):
            return replace(found, proposal_id=each.proposal_id)
    return found
