"""Explain a proposed theme: what is new about it, who says so, what was decided."""

from collections.abc import Iterator
from typing import Protocol
from zoneinfo import ZoneInfo

from huixiang.domain.insight import Proposal
from huixiang.domain.text import Bilingual
from huixiang.store.unit_of_work import UnitOfWork
from huixiang.wording.codes import moment
from huixiang.wording.language import b
from huixiang.wording.proposals import PROPOSALS, proposal_reason_words


class Asked(Protocol):
    """What is needed of a question."""

    @property
    def uow(self) -> UnitOfWork:
        """The store, being read."""
        ...

    @property
    def zone(self) -> ZoneInfo:
        """The workspace's time zone."""
        ...


def proposal_lines(asked: Asked, proposal: Proposal) -> Iterator[Bilingual]:
    """Say why a theme was proposed, with masked examples, and what became of it."""
    found, state = proposal.found, PROPOSALS[proposal.state]
    since, at = found.first_seen_on, moment(proposal.found_at, asked.zone)
    yield b(
        f"主题提议 {found.proposal_id}（{found.name_zh}）：{at} 提出，{state.zh}",
        f"Proposed theme {found.proposal_id} ({found.name_zh}): found {at}, {state.en}",
    )
    yield proposal_reason_words(found.why)
    yield b(
        f"现在 {found.n} 条，以往 {found.n_before} 条，最早 {since}；"
        f"{found.share_uncovered:.0%} 没有主题",
        f"{found.n} now, {found.n_before} before, first {since}; "
        f"{found.share_uncovered:.0%} have no theme",
    )
    for key, words in sorted(asked.uow.emerging.quotes(found.examples).items()):
        yield b(f"· {key}：{words}", f"· {key}: {words}")
    if proposal.decided_at is not None:
        why = proposal.accepted_as or proposal.words
        when, who = moment(proposal.decided_at, asked.zone), proposal.decided_by
        yield b(f"{when} 由 {who} 决定：{why}", f"Decided {when} by {who}: {why}")
