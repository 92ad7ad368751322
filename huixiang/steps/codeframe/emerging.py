"""Emerging themes: find what is new, remember it, and let a person decide."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from pydantic import TypeAdapter

from huixiang.domain.codeframe import Codeframe, Polarity
from huixiang.domain.insight import EmergingTheme, ProposalState
from huixiang.errors import ConfigurationError, NotFound
from huixiang.steps.context import Context
from huixiang.store.unit_of_work import UnitOfWork
from huixiang.understanding.discovery.bursts import BurstRule
from huixiang.understanding.discovery.emerging import (
    EmergingRule,
    Voice,
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

_PLAIN: TypeAdapter[EmergingTheme] = TypeAdapter(EmergingTheme)


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
    decided, waiting = _parted(stored)
    new = tuple(_renamed(each, waiting) for each in found if _is_open(each, decided))
    later = {row["proposal_id"] for row in waiting if row["last_found_on"] > until}
    rows = [
        _row(each, context.as_of, until)
        for each in new
        if each.proposal_id not in later  # a look at the past changes nothing
    ]
    if rows:
        with context.transaction("emerging") as uow:
            uow.emerging.save(rows)
    return new


def open_proposals(
    uow: UnitOfWork, *, as_of: dt.datetime, until: dt.date
) -> tuple[EmergingTheme, ...]:
    """Return what was proposed and not decided about at *as_of*, clearest first."""
    oldest = until - dt.timedelta(days=STALE_DAYS)
    found = [
        read_proposal(row)
        for row in uow.emerging.open(as_of)
        if row["last_found_on"] >= oldest
    ]
    return tuple(sorted(found, key=lambda each: (-each.n, each.proposal_id)))


def read_proposal(row: Mapping[str, Any]) -> EmergingTheme:
    """Return a stored proposal as the fact it was made from."""
    return _PLAIN.validate_python(row["detail"])


def stored_proposal(uow: UnitOfWork, proposal_id: str) -> EmergingTheme:
    """Return a proposal that waits for a decision."""
    row = uow.emerging.get(proposal_id)
    if row is None:
        raise NotFound(
            f"no proposal {proposal_id}; `huixiang codeframe emerging` lists them"
        )
    if row["state"] is not ProposalState.PROPOSED:
        raise ConfigurationError(
            f"{proposal_id} is {row['state'].value} already"
            + (f" (theme {row['theme']})" if row["theme"] else "")
        )
    return read_proposal(row)


def dismiss_proposal(
    context: Context, proposal_id: str, *, by: str, reason: str
) -> None:
    """Note that a proposal is no theme; it does not come back."""
    with context.transaction("dismiss") as uow:
        stored_proposal(uow, proposal_id)
        uow.emerging.decide(
            proposal_id,
            ProposalState.DISMISSED,
            at=context.as_of,
            by=by,
            reason=reason,
        )


def known_words(frame: Codeframe) -> frozenset[str]:
    """Return every word the codeframe has: what it covers is nothing new."""
    words = [
        word
        for theme in frame.themes
        for word in (*theme.keywords, *theme.negative, *theme.positive)
    ]
    return frozenset(normalise(words))


def gather_voices(uow: UnitOfWork, first: dt.date, until: dt.date) -> list[Voice]:
    """Return the feedback of these days with the themes it surely mentions."""
    themes: dict[str, set[str]] = defaultdict(set)
    for row in uow.emerging.themes(first, until):
        themes[row.feedback_id].add(row.theme)
    return [
        Voice(
            feedback_id=row.feedback_id,
            day=row.occurred_on,
            source=row.source,
            words=f"{row.title}\n{row.verbatim}" if row.title else row.verbatim,
            unit=row.unit,
            touchpoint=row.touchpoint,
            polarity=Polarity(row.polarity) if row.polarity else None,
            themes=tuple(sorted(themes[row.feedback_id])),
            person=row.customer_ref,
        )
        for row in uow.emerging.voices(first, until, MAX_VOICES)
    ]


def _parted(
    stored: Iterable[Mapping[str, Any]],
) -> tuple[list[Mapping[str, Any]], list[Mapping[str, Any]]]:
    """Return the proposals that are decided about and those that are not."""
    decided: list[Mapping[str, Any]] = []
    waiting: list[Mapping[str, Any]] = []
    for row in stored:
        is_open = row["state"] is ProposalState.PROPOSED
        (waiting if is_open else decided).append(row)
    return decided, waiting


def _is_open(found: EmergingTheme, decided: Iterable[Mapping[str, Any]]) -> bool:
    return not any(same_theme(found.keywords, row["keywords"]) for row in decided)


def _renamed(
    found: EmergingTheme, waiting: Sequence[Mapping[str, Any]]
) -> EmergingTheme:
    """Give what was proposed before its old id; its leading word may have changed."""
    for row in waiting:
        if same_theme(found.keywords, row["keywords"]):
            return replace(found, proposal_id=row["proposal_id"])
    return found


def _row(found: EmergingTheme, as_of: dt.datetime, until: dt.date) -> dict[str, Any]:
    return {
        "proposal_id": found.proposal_id,
        "found_at": as_of,
        "last_found_on": until,
        "keywords": list(found.keywords),
        "detail": _PLAIN.dump_python(found, mode="json"),
    }
